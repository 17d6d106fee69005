use leptos::prelude::*;

use super::card::{Card, card};
use super::span::span;
use crate::page::dates::written;
use crate::page::dom::{El, el, text_el};
use crate::page::report::severity;
use crate::page::session::Session;
use crate::page::shell::Picture;
use crate::page::view::{Shown, View};
use crate::report::{
    Finding, Insight, InsightKind, Only, Period, Query, ReportKind, Span, StandingOut,
};
use crate::text::Catalogue;

/// The card "What stands out": the insights and the unusual activity of the
/// last 7 days, each with a way to its rows.
pub(super) fn standing_out_card(t: &'static Catalogue, session: Session) -> El {
    // Built anew for other findings only, so that the focus stays.
    let found = Memo::new(move |_| session.dashboard.with(|of| of.standing_out.clone()));
    let w = &t.standing_out;
    let filled =
        Memo::new(move |_| found.with(|found| found.as_ref().is_some_and(StandingOut::is_filled)));
    let of = Card {
        class: "card wide",
        id: "standing-out-card",
        picture: Picture::Warning,
        title: w.title,
        filled,
        empty: (w.empty, w.empty_help),
    };
    card(t, session, of, move || {
        let parts = move || {
            found.with(|found| {
                found.as_ref().map(|found| vec![insights(t, found), unusual(t, found)])
            })
        };
        let parts = el("div").class("standing-out").lives(move || parts().unwrap_or_default());
        vec![span(t, move || found.with(|found| found.as_ref().and_then(period))), parts]
    })
}

fn period(found: &StandingOut) -> Option<Period> {
    found.period.or(found.unusual.period)
}

fn insights(t: &'static Catalogue, found: &StandingOut) -> El {
    let part = el("section").add(text_el("h3", t.report.insights));
    if found.period.is_none() {
        return part.add(text_el("p", t.standing_out.no_flow).class("weak"));
    }
    if found.insights.is_empty() {
        return part.add(text_el("p", t.standing_out.no_insights));
    }
    let more = (found.more > 0).then(|| {
        let report = View::Report(Shown::of(ReportKind::Connectors));
        el("p").add(
            text_el("a", &(t.standing_out.more_insights)(found.more)).attr("href", &report.href()),
        )
    });
    part.add(el("ul").adds(found.insights.iter().map(|insight| one_insight(t, insight)))).adds(more)
}

fn one_insight(t: &'static Catalogue, insight: &Insight) -> El {
    let (report, only) = match insight.kind {
        InsightKind::DirectSend => (ReportKind::DirectSend, Only::All),
        InsightKind::NeverTls => (ReportKind::Domains, Only::Direction(insight.direction)),
        _ => {
            let connector = insight.connector.clone();
            (ReportKind::Connectors, Only::Connector(insight.direction, connector))
        }
    };
    let query = Query { report, only, ..Query::default() };
    let rows = View::Report(Shown { query, table: true });
    let title = text_el("a", (t.report.insight)(insight.kind)).attr("href", &rows.href());
    el("li")
        .add(el("p").class("insight-title").add(title).text(" ").add(severity(t, insight)))
        .add(text_el("p", &t.insight_figures(insight)).class("weak").attr("dir", "auto"))
}

fn unusual(t: &'static Catalogue, found: &StandingOut) -> El {
    let unusual = &found.unusual;
    let part = el("section").add(text_el("h3", t.report.unusual));
    let senders = |query: Query, table| {
        let query = Query { report: ReportKind::Senders, ..query };
        View::Report(Shown { query, table }).href()
    };
    if unusual.period.is_none() {
        return part.add(text_el("p", t.standing_out.no_auth).class("weak"));
    }
    if unusual.findings.is_empty() {
        let all = senders(Query { span: Span::All, ..Query::default() }, false);
        let all = text_el("a", t.standing_out.all_days).attr("href", &all);
        return part.add(text_el("p", t.standing_out.nothing_unusual)).add(el("p").add(all));
    }
    let one = |finding: &Finding| {
        let search = if finding.address.is_empty() { &finding.domain } else { &finding.address };
        let rows = senders(Query { search: search.clone(), ..Query::default() }, true);
        let name = text_el("a", t.sender_name(finding)).attr("href", &rows).attr("dir", "auto");
        el("li")
            .add(el("p").add(name.class("row-name")))
            .add(text_el("p", &t.finding_sentence(finding, &written(t, finding.day))).class("weak"))
    };
    let more = (unusual.more > 0).then(|| {
        let report = senders(Query::default(), false);
        el("p")
            .add(text_el("a", &(t.standing_out.more_unusual)(unusual.more)).attr("href", &report))
    });
    part.add(el("ul").adds(unusual.findings.iter().map(one))).adds(more)
}
