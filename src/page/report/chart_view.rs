use crate::mail::Day;
use crate::page::chart::{
    DayChart, DayChartKind, DaySeries, SeriesName, day_chart, pie, state_names, tls_rows,
};
use crate::page::dates::{until, with_covered};
use crate::page::dom::{El, el, text_el};
use crate::page::shell::{cell, column, row_head, table};
use crate::report::{By, Report, ReportKind};
use crate::text::Catalogue;

use super::peers_note::peers_note;
use super::{name_of, trend};

/// The picture of a report: messages a day, or the share of each version.
pub(super) fn chart_view(t: &'static Catalogue, report: &Report) -> El {
    let name = name_of(t, &report.query.only, report.query.report);
    let section = el("section").class("panel").attr("aria-labelledby", "chart-title");
    let title = text_el("h2", &name).attr("id", "chart-title").attr("dir", "auto");
    let mut section = section.add(title);
    if let Some(period) = &report.period {
        let span = with_covered(t, until(t, period), period);
        section = section.add(text_el("p", &span).class("period"));
    }
    section = section.adds(peers_note(t, report, false));
    match report.query.by {
        By::Volume => section.add(days(t, report, name)),
        By::Tls => section.adds(tls_usage(t, report, &name)),
        By::Trend => {
            section.adds(report.trend.iter().flat_map(|trend| trend::weeks(t, &name, trend)))
        }
    }
}

/// Messages a day: a line for each connector over the sum of all (CR-01), a
/// band for each domain (SA-04).
fn days(t: &'static Catalogue, report: &Report, label: String) -> El {
    day_chart(t, day_series(t, report, label))
}

/// The same as figures.
pub(crate) fn day_series(t: &'static Catalogue, report: &Report, label: String) -> DayChart {
    let kind = report.query.report;
    let named = report.series.iter().map(|series| DaySeries {
        name: match &series.of {
            Some(only) => SeriesName::Named(name_of(t, only, kind)),
            None => SeriesName::Other(report.others),
        },
        days: series.days.clone(),
    });
    let mut series: Vec<DaySeries> = named.collect();
    let chart_kind = match kind {
        ReportKind::Senders => DayChartKind::Stack,
        _ => DayChartKind::Lines,
    };
    if kind != ReportKind::Senders && series.len() > 1 {
        series.push(DaySeries { name: SeriesName::Total, days: total(report) });
    }
    let first = report.period.map_or(Day(0), |period| period.first);
    DayChart { label, kind: chart_kind, first, series }
}

/// All series together.
fn total(report: &Report) -> Vec<Option<u64>> {
    let mut days: Vec<Option<u64>> = Vec::new();
    for series in &report.series {
        days.resize(series.days.len(), None);
        for (sum, messages) in days.iter_mut().zip(&series.days) {
            if let Some(messages) = messages {
                *sum = Some(sum.unwrap_or(0) + messages);
            }
        }
    }
    days
}

fn tls_usage(t: &'static Catalogue, report: &Report, name: &str) -> Vec<El> {
    let counts = &report.counts;
    if counts.recorded() == 0 {
        return vec![text_el("p", t.report.no_tls_recorded), tls_rows(t, name, counts)];
    }
    let days = report.period.map(|period| (period.first, period.last));
    let columns = el("div").class("usage-columns");
    let usage =
        columns.add(pie(t, name, days, counts)).add(el("div").add(tls_rows(t, name, counts)));
    let mut parts = vec![usage];
    if report.query.report == ReportKind::Senders {
        parts.push(text_el("h3", t.report.senders_by));
        parts.push(senders(t, report));
    }
    parts
}

/// How many senders used each version (SA-12).
fn senders(t: &'static Catalogue, report: &Report) -> El {
    let slices = state_names(t);
    let rows = slices.into_iter().filter_map(|(state, name)| {
        let senders = *report.senders.get(state.index())?;
        let line = el("tr").add(row_head(name, "")).add(cell(&t.count(senders), "figure"));
        Some(line)
    });
    let head = [column(t.flyout.state, ""), column(t.report.senders, "figure")];
    table(t.report.senders_by, "grid small", head, rows)
}
