use super::Reports;
use crate::page::dom::{El, button, el, text_el};
use crate::page::shell::{Picture, field, panel};
use crate::report::{Insight, Only, Report, Share, Thresholds};
use crate::text::Catalogue;

/// What stands out (CR-07), and the thresholds.
pub(super) fn insights(t: &'static Catalogue, reports: Reports, report: &Report) -> El {
    let section = panel("panel insights", "insights-title", Picture::Warning, t.report.insights);
    let list = if report.insights.is_empty() {
        text_el("p", t.report.no_insights).class("weak")
    } else {
        el("ul").adds(report.insights.iter().map(|insight| one(t, reports, insight)))
    };
    let thresholds = report.query.thresholds;
    let percent = move |id, label, value: u32, set: fn(&mut Thresholds, u32)| {
        let enter = move |text: String| {
            if let Some(percent) = text.parse().ok().filter(|percent| *percent <= 100) {
                reports.change(|shown| set(&mut shown.query.thresholds, percent));
            }
        };
        field(id, label, "number", "change", move || value.to_string(), enter)
    };
    let tls_1_0 =
        percent("tls-1-0-above", t.report.threshold_tls_1_0, thresholds.tls_1_0, |of, n| {
            of.tls_1_0 = n;
        });
    let no_tls = percent("no-tls-above", t.report.threshold_no_tls, thresholds.no_tls, |of, n| {
        of.no_tls = n;
    });
    section.add(list).add(el("div").class("thresholds").add(tls_1_0).add(no_tls))
}

fn one(t: &'static Catalogue, reports: Reports, insight: &Insight) -> El {
    let name = (t.report.direction_and_name)(insight.direction, insight.connector.as_deref());
    let whole = insight.counts.recorded();
    let share = Share::of(insight.messages, whole).map(|share| t.percent(share));
    let figures = (t.report.insight_figures)(
        &name,
        (insight.messages, insight.counts.any_rounded()),
        whole,
        &share.unwrap_or_default(),
        insight.threshold,
    );
    let only = Only::Connector(insight.direction, insight.connector.clone());
    let rows = button(t.report.show_rows, move || reports.show_only(only.clone(), true));
    el("li")
        .add(text_el("b", (t.report.insight)(insight.kind)))
        .add(text_el("p", &figures))
        .add(rows.class("link"))
}
