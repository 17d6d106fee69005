use std::rc::Rc;

use leptos::prelude::*;

use super::peers_note::peers_note;
use super::reports::RowWindow;
use super::rows_view::row;
use crate::page::copying::copy_menu;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{LongTable, long_table, most_rows, search};
use crate::report::{By, Column, Report, ReportKind, Sort};
use crate::text::{Catalogue, report_title, report_words};

/// Height of a row in pixels, as the style sheet has it.
const ROW: usize = 37;

/// The table of a report: only the rows that are seen are in the document, the
/// worker has the others.
pub(super) fn table_view(t: &'static Catalogue, session: Session, kind: ReportKind) -> El {
    let reports = session.reports;
    let total = Memo::new(move |_| {
        reports.report.with(|report| report.as_ref().map_or(0, |report| report.rows))
    });
    let search = search(
        t.report.search,
        move || reports.shown().query.search,
        move |text| reports.replace(|shown| shown.query.search = text),
    );
    let copy = copy_menu(t, session, "", move |form| reports.table(form));
    let counted = move || {
        let all = reports.report.with(|report| report.as_ref().map_or(0, |report| report.rows_all));
        (t.report.rows)(total.get(), all)
    };
    let count = el("p").attr("role", "status").live_text(counted);
    let bar = el("div").class("table-bar").add(search).add(count).add(copy);
    let here = move || {
        let of = |window: &RowWindow| (window.from, window.from + window.rows.iter().count());
        reports.window.with(|window| window.as_ref().map(of))
    };
    let rows = move |first: usize, end: usize| {
        let Some(window) = reports.window.get_untracked() else { return Vec::new() };
        let columns = reports.report.with_untracked(|report| {
            report.as_ref().map(|report| report.columns()).unwrap_or_default()
        });
        let words = report_words(t, kind);
        let rows = window.rows.iter().enumerate();
        let rows = rows.skip(first.saturating_sub(window.from)).take(end.saturating_sub(first));
        rows.map(|(index, of)| row(t, session, kind, &words, &columns, window.from + index, of))
            .collect()
    };
    let width = move || {
        let columns = reports.report.with(|report| report.as_ref().map(|r| r.columns()));
        let width: i32 = columns.into_iter().flatten().map(rems).sum();
        format!("{width}rem")
    };
    let region = long_table(LongTable {
        label: report_title(t, kind),
        class: "grid report-table",
        row_height: ROW,
        total,
        here: Rc::new(here),
        head: Box::new(move || head(t, session, kind)),
        width: Box::new(width),
        rows: Box::new(rows),
        ask: Box::new(move |from, count| session.ask_for(reports.rows_from(from, count))),
        renewed: Box::new(move || reports.report.track()),
    });
    let too_many = move || {
        let too_many = total.get() > most_rows(ROW) as u64;
        too_many.then(|| text_el("p", t.report.too_many_rows).class("weak"))
    };
    let rounded = move || {
        let any = |report: &Option<_>| {
            report.as_ref().is_some_and(|r: &std::sync::Arc<Report>| r.shows_rounded())
        };
        reports.report.with(any).then(|| text_el("p", t.tls.rounded).class("weak"))
    };
    el("section")
        .class("report-details")
        .add(text_el("p", t.report.shares_note).class("weak"))
        .live(rounded)
        .lives(move || notes(t, session))
        .add(bar)
        .add(region)
        .add(text_el("p", t.audit.only_seen).class("print-only weak"))
        .live(too_many)
}

/// How wide a column is in rem, as the style sheet has it.
const fn rems(column: Column) -> i32 {
    match column {
        Column::Name | Column::Sender => 18,
        figure if figure.is_figure() => 8,
        _ => 11,
    }
}

/// What is to be known of the figures.
fn notes(t: &'static Catalogue, session: Session) -> Vec<El> {
    let note = |report: &Option<std::sync::Arc<Report>>| {
        report.as_ref().map(|report| peers_note(t, report, true))
    };
    session.reports.report.with(note).unwrap_or_default()
}

fn head(t: &'static Catalogue, session: Session, kind: ReportKind) -> El {
    let reports = session.reports;
    let words = report_words(t, kind);
    let columns = reports
        .report
        .with(|report| report.as_ref().map(|report| report.columns()).unwrap_or_default());
    let query = reports.shown().query;
    let sort = query.sort;
    let usual = match kind {
        _ if query.by == By::Trend => Column::Week,
        ReportKind::Connectors => Column::Date,
        _ => Column::Volume,
    };
    let cells = columns.into_iter().map(|column| {
        let (name, figure) = (words.head(column), column.is_figure());
        let (order, arrow) = match sort_of(sort, usual, column) {
            Some(true) => (Some("descending"), " \u{2193}"),
            Some(false) => (Some("ascending"), " \u{2191}"),
            None => (None, ""),
        };
        // Numbers are looked at from the greatest, names from the first.
        let descending = order.map_or(
            figure || matches!(column, Column::Date | Column::Week | Column::Monday),
            |o| o == "ascending",
        );
        let act = move || {
            reports.change(|shown| shown.query.sort = Sort { column: Some(column), descending });
        };
        let mark = text_el("span", arrow).attr("aria-hidden", "true");
        let sorter = button(name, act).class("sorter").add(mark);
        let class = match column {
            Column::Name | Column::Sender => "wide",
            _ if figure => "figure",
            _ => "text",
        };
        let cell = el("th").attr("scope", "col").class(class);
        let cell = cell.add(sorter);
        match order {
            Some(order) => cell.attr("aria-sort", order),
            None => cell,
        }
    });
    el("thead").add(el("tr").attr("aria-rowindex", "1").adds(cells))
}

/// Whether the table is sorted by `column`, and then whether greatest first;
/// `usual` is by which it is where no one said.
fn sort_of(sort: Sort, usual: Column, column: Column) -> Option<bool> {
    match sort.column {
        Some(known) => (known == column).then_some(sort.descending),
        None => (column == usual).then_some(true),
    }
}
