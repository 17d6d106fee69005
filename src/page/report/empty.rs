use crate::mail::Day;
use crate::page::dates::written_days;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::report::{Filter, Only, Report, ReportKind, Span};
use crate::text::Catalogue;

/// Why there is nothing to show, and what would give something; `None` where
/// there is something.
pub(super) fn empty(t: &'static Catalogue, session: Session, report: &Report) -> Option<El> {
    let reports = session.reports;
    let Some((first, last)) = report.reach else {
        return Some(note(match report.query.report {
            ReportKind::Senders => t.report.no_auth,
            _ => t.report.no_connectors,
        }));
    };
    if report.counts.volume() > 0 {
        return None;
    }
    let all = |only: &Only| *only == Only::All;
    if !report.query.filter.is_empty() {
        let act = move || reports.change(|shown| shown.query.filter = Filter::default());
        return Some(note(t.filters.nothing_passes).add(button(t.filters.remove_all, act)));
    }
    let direct = report.query.report == ReportKind::DirectSend;
    if direct && report.own_domains.is_empty() {
        return Some(note(t.peers.no_own_domains));
    }
    if direct && report.choices.is_empty() && report.period.is_some() {
        let domains = report.own_domains.join(", ");
        let domains = (t.settings.own_domains_are)(&domains, report.domains_guessed);
        let offer = (report.query.span != Span::All).then(|| show_days(t, session, first, last));
        let none = note(t.peers.no_direct).add(text_el("p", &domains).class("weak"));
        return Some(none.adds(offer));
    }
    if report.choices.is_empty() {
        // The filter says so itself where the period ends before it starts.
        return Some(note(t.report.none_in_period).add(show_days(t, session, first, last)));
    }
    let known = report.more_choices > 0
        || report.choices.iter().any(|(only, _)| *only == report.query.only);
    let text = if known || all(&report.query.only) {
        t.report.none_in_period
    } else {
        t.report.none_of_this
    };
    let label = t.report.show_everything;
    let offer = button(label, move || reports.change(|shown| shown.query.only = Only::All));
    Some(note(text).add(offer))
}

/// A way to all of the data.
fn show_days(t: &'static Catalogue, session: Session, first: Day, last: Day) -> El {
    let reports = session.reports;
    let label = (t.report.show_days)(&written_days(t, first, last));
    button(&label, move || reports.change(|shown| shown.query.span = Span::All))
}

fn note(text: &str) -> El {
    el("div").class("report-empty").add(text_el("p", text))
}
