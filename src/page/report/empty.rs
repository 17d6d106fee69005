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
            ReportKind::Connectors => t.report.no_connectors,
            ReportKind::Senders => t.report.no_auth,
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
    if report.choices.is_empty() {
        // The filter says so itself where the period ends before it starts.
        let label = (t.report.show_days)(&first.to_string(), &last.to_string());
        let offer = button(&label, move || reports.change(|shown| shown.query.span = Span::All));
        return Some(note(t.report.none_in_period).add(offer));
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

fn note(text: &str) -> El {
    el("div").class("report-empty").add(text_el("p", text))
}
