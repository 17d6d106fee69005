use crate::page::chart::{pie, state_names, tls_rows};
use crate::page::dom::{El, el, text_el};
use crate::page::shell::{cell, column, row_head, table};
use crate::report::{By, Report, ReportKind};
use crate::text::Catalogue;

use super::name_of;

/// The picture of a report: messages a day, or the share of each version.
pub(super) fn chart_view(t: &'static Catalogue, report: &Report) -> El {
    let name = name_of(t, &report.query.only, report.query.report);
    let section = el("section").class("panel").attr("aria-labelledby", "chart-title");
    let title = text_el("h2", &name).attr("id", "chart-title").attr("dir", "auto");
    let mut section = section.add(title);
    if let Some(period) = &report.period {
        let mut span = (t.flow.period)(period.days(), &period.last.to_string());
        if period.covered < period.days() {
            span.push_str(" \u{b7} ");
            span.push_str(&(t.flow.covered)(period.covered, period.days()));
        }
        section = section.add(text_el("p", &span).class("period"));
    }
    match report.query.by {
        By::Volume => section,
        By::Tls => section.adds(tls_usage(t, report, &name)),
    }
}

fn tls_usage(t: &'static Catalogue, report: &Report, name: &str) -> Vec<El> {
    let counts = &report.counts;
    if counts.recorded() == 0 {
        return vec![text_el("p", t.report.no_tls_recorded), tls_rows(t, name, counts)];
    }
    let columns = el("div").class("usage-columns");
    let usage = columns.add(pie(t, name, counts)).add(el("div").add(tls_rows(t, name, counts)));
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
