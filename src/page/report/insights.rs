use super::Reports;
use crate::page::dom::{El, button, el, text_el};
use crate::page::shell::{Picture, field, panel};
use crate::page::view::View;
use crate::report::{Insight, InsightKind, Only, Report, ReportKind, Severity, Span, Thresholds};
use crate::text::Catalogue;

/// What stands out (CR-07), why it matters and what to do, and the thresholds.
pub(super) fn insights(t: &'static Catalogue, reports: Reports, report: &Report) -> El {
    let section = panel("panel insights", "insights-title", Picture::Warning, t.report.insights);
    let list = if report.insights.is_empty() {
        text_el("p", t.report.no_insights).class("weak")
    } else {
        el("ul").adds(report.insights.iter().map(|insight| one(t, reports, report, insight)))
    };
    section.add(list).adds(thresholds(t, reports, report))
}

/// The thresholds of the report's insights, to be changed.
fn thresholds(t: &'static Catalogue, reports: Reports, report: &Report) -> Option<El> {
    type Set = fn(&mut Thresholds, u32);
    let Thresholds { tls_1_0, no_tls, never_tls } = report.query.thresholds;
    let number = move |id, label, value: u32, (least, most): (u32, u32), set: Set| {
        let enter = move |text: String| {
            if let Some(number) = text.parse().ok().filter(|n| (least..=most).contains(n)) {
                reports.change(|shown| set(&mut shown.query.thresholds, number));
            }
        };
        field(id, label, "number", "change", move || value.to_string(), enter)
    };
    let fields = el("div").class("thresholds");
    match report.query.report {
        ReportKind::Connectors => {
            let (old, none) = (t.report.threshold_tls_1_0, t.report.threshold_no_tls);
            let set_old: Set = |of, n| of.tls_1_0 = n;
            let set_none: Set = |of, n| of.no_tls = n;
            let old = number("tls-1-0-above", old, tls_1_0, (0, 100), set_old);
            Some(fields.add(old).add(number("no-tls-above", none, no_tls, (0, 100), set_none)))
        }
        ReportKind::Domains => {
            let label = t.peers.threshold_never_tls;
            let set: Set = |of, n| of.never_tls = n;
            Some(fields.add(number("never-tls-from", label, never_tls, (1, u32::MAX), set)))
        }
        _ => None,
    }
}

fn one(t: &'static Catalogue, reports: Reports, report: &Report, insight: &Insight) -> El {
    el("li").adds(insight_told(t, insight)).adds(way(t, reports, report, insight))
}

/// What it says and how much it matters, why, and what to do.
pub(crate) fn insight_told(t: &'static Catalogue, insight: &Insight) -> Vec<El> {
    let title = text_el("b", (t.report.insight)(insight.kind));
    let labelled = |label: &str, text: &str| {
        el("p").add(text_el("b", label)).text(": ").text(text).class("weak")
    };
    let mut parts = vec![
        el("p").class("insight-title").add(title).text(" ").add(severity(t, insight)),
        text_el("p", &t.insight_figures(insight)),
    ];
    let names = t.insight_names(insight);
    parts.extend(names.map(|names| text_el("p", &names).attr("dir", "auto")));
    parts.push(labelled(t.peers.why, (t.peers.why_of)(insight.kind)));
    parts.push(labelled(t.peers.next, (t.peers.next_of)(insight.kind)));
    parts
}

/// How much it matters, as a word.
pub(crate) fn severity(t: &'static Catalogue, insight: &Insight) -> El {
    let class = match insight.severity {
        Severity::High => "severity high",
        Severity::Medium => "severity",
    };
    text_el("span", (t.peers.severity)(insight.severity)).class(class)
}

/// A way to the rows behind it, or to the report that has them.
fn way(t: &'static Catalogue, reports: Reports, report: &Report, insight: &Insight) -> Option<El> {
    let span = report.query.span;
    let open = match insight.kind {
        InsightKind::DirectSend if report.query.report == ReportKind::DirectSend => return None,
        InsightKind::DirectSend => {
            button(t.peers.direct_title, move || to_report(reports, ReportKind::DirectSend, span))
        }
        kind => {
            let only = match kind {
                InsightKind::NeverTls => Only::Direction(insight.direction),
                _ => Only::Connector(insight.direction, insight.connector.clone()),
            };
            button(t.report.show_rows, move || reports.show_only(only.clone(), true))
        }
    };
    Some(open.class("link"))
}

/// Another report, of the same days.
fn to_report(reports: Reports, kind: ReportKind, span: Span) {
    let mut view = reports.view_of(kind);
    if let View::Report(shown) = &mut view {
        shown.query.span = span;
        shown.query.only = Only::All;
    }
    view.open();
}
