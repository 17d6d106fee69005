use leptos::prelude::*;
use web_sys::HtmlElement;

use super::peers_note::peers_note;
use super::rows_view::row;
use super::title_of;
use super::words::words;
use crate::messages::TableForm;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{field, table_region};
use crate::report::{Column, Report, ReportKind, Sort};
use crate::text::Catalogue;

/// Height of a row in pixels, as the style sheet has it.
const ROW: usize = 37;
/// Rows asked for beyond the edges of what is seen.
const AHEAD: usize = 60;
/// More rows would make the page taller than browsers draw (Firefox: 17.8
/// million pixels).
const MOST: usize = 400_000;

/// The table of a report: only the rows that are seen are in the document, the
/// worker has the others.
pub(super) fn table_view(t: &'static Catalogue, session: Session, kind: ReportKind) -> El {
    let reports = session.reports;
    let total = Memo::new(move |_| {
        reports.report.with(|report| report.as_ref().map_or(0, |report| report.rows))
    });
    let shown_rows = move || usize::try_from(total.get()).unwrap_or(MOST).min(MOST);
    let search = field(
        "search",
        t.report.search,
        "search",
        "input",
        move || reports.shown().query.search,
        move |text| reports.replace(|shown| shown.query.search = text),
    );
    let copy = button(t.report.copy, move || session.ask_for(&reports.table(TableForm::Clipboard)));
    let counted = move || {
        let all = reports.report.with(|report| report.as_ref().map_or(0, |report| report.rows_all));
        (t.report.rows)(total.get(), all)
    };
    let count = el("p").attr("role", "status").live_text(counted);
    let bar = el("div").class("table-bar").add(search).add(count).add(copy);
    // The rows between these are in the document.
    let seen = RwSignal::new((0, AHEAD));
    let body = el("tbody").lives(move || {
        let Some(window) = reports.window.get() else { return Vec::new() };
        let columns = reports.report.with_untracked(|report| {
            report.as_ref().map(|report| report.columns()).unwrap_or_default()
        });
        let (from, to) = seen.get();
        let words = words(t, kind);
        let there = window.rows.iter().count();
        let first = from.clamp(window.from, window.from + there);
        let end = to.clamp(first, window.from + there);
        let rows = window.rows.iter().enumerate().skip(first - window.from).take(end - first);
        let rows = rows
            .map(|(index, of)| row(t, session, kind, &words, &columns, window.from + index, of));
        let mut parts = vec![space(first)];
        parts.extend(rows);
        parts.push(space(untrack(shown_rows).saturating_sub(end)));
        parts
    });
    let table = el("table")
        .class("grid report-table")
        .live_attr("aria-rowcount", move || Some((total.get() + 1).to_string()))
        .lives(move || vec![head(t, session, kind)])
        .add(body);
    let wide = table.clone();
    // Columns keep their width while rows come and go.
    let table = table.whenever(move || {
        let columns = reports.report.with(|report| report.as_ref().map(|r| r.columns()));
        let width = width(&columns.unwrap_or_default());
        drop(wide.clone().style("min-width", &width));
    });
    let region = table_region(title_of(t, kind), table).class("table-region report-rows");
    let scrolled: HtmlElement = region.cast();
    let look = move || {
        let at = |pixels: i32| usize::try_from(pixels).unwrap_or(0) / ROW;
        let first = at(scrolled.scroll_top()).min(untrack(shown_rows));
        let visible = at(scrolled.client_height()).clamp(10, 200);
        let wanted = (first.saturating_sub(AHEAD / 2), first + visible + AHEAD / 2);
        if seen.get_untracked() != wanted {
            seen.set(wanted);
        }
        let missing = reports.window.with_untracked(|window| {
            window.as_ref().is_some_and(|window| {
                let end = window.from + window.rows.iter().count();
                wanted.0 < window.from || wanted.1.min(untrack(shown_rows)) > end
            })
        });
        if missing {
            let from = wanted.0.saturating_sub(AHEAD);
            session.ask_for(&reports.rows_from(from, visible + 3 * AHEAD));
        }
    };
    let top: HtmlElement = region.cast();
    let region = region.on("scroll", move |_| look()).whenever(move || {
        // Another table starts at its top.
        reports.report.track();
        top.set_scroll_top(0);
        seen.set((0, AHEAD));
    });
    let too_many = move || {
        let too_many = total.get() > MOST as u64;
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
        .live(too_many)
}

/// What is to be known of the figures.
fn notes(t: &'static Catalogue, session: Session) -> Vec<El> {
    let note = |report: &Option<std::sync::Arc<Report>>| {
        report.as_ref().map(|report| peers_note(t, report, true))
    };
    session.reports.report.with(note).unwrap_or_default()
}

/// The width of the table, as the style sheet has it: names 18, other texts 11,
/// figures 8.
fn width(columns: &[Column]) -> String {
    let width = |column: &Column| match column {
        Column::Name | Column::Sender => 18,
        column if column.is_figure() => 8,
        _ => 11,
    };
    let width: u32 = columns.iter().map(width).sum();
    format!("{width}rem")
}

/// Stands for rows that are not in the document.
fn space(rows: usize) -> El {
    let space = el("tr").class("space").attr("aria-hidden", "true").flag("hidden", rows == 0);
    space.style("height", &format!("{}px", rows * ROW))
}

fn head(t: &'static Catalogue, session: Session, kind: ReportKind) -> El {
    let reports = session.reports;
    let words = words(t, kind);
    let columns = reports
        .report
        .with(|report| report.as_ref().map(|report| report.columns()).unwrap_or_default());
    let sort = reports.shown().query.sort;
    let cells = columns.into_iter().map(|column| {
        let (name, figure) = (words.head(column), column.is_figure());
        let (order, arrow) = match sort_of(sort, kind, column) {
            Some(true) => (Some("descending"), " \u{2193}"),
            Some(false) => (Some("ascending"), " \u{2191}"),
            None => (None, ""),
        };
        // Numbers are looked at from the greatest, names from the first.
        let descending = order.map_or(figure || column == Column::Date, |o| o == "ascending");
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

/// Whether the table is sorted by `column`, and then whether greatest first.
fn sort_of(sort: Sort, kind: ReportKind, column: Column) -> Option<bool> {
    let usual = match kind {
        ReportKind::Connectors => Column::Date,
        _ => Column::Volume,
    };
    match sort.column {
        Some(known) => (known == column).then_some(sort.descending),
        None => (column == usual).then_some(true),
    }
}
