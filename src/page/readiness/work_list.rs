use std::rc::Rc;

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::row::row;
use super::words::head as head_of;
use crate::messages::TableForm;
use crate::page::copying::copy_menu;
use crate::page::dom::{El, button, el, text_el};
use crate::page::keys::EXPORT;
use crate::page::session::Session;
use crate::page::shell::{LongTable, Picture, long_table, most_rows, panel, search};
use crate::report::{Readiness, ReadinessColumn, ReadinessSort};
use crate::text::Catalogue;

/// Height of a row in pixels, as the style sheet has it.
const ROW: usize = 84;

/// The work list: what to fix, most refused messages first.
pub(super) fn work_list(t: &'static Catalogue, session: Session) -> El {
    let readiness = session.readiness;
    let w = &t.readiness;
    let of = move |pick: fn(&Readiness) -> u64| {
        readiness.answer.with(|answer| answer.as_ref().map_or(0, |answer| pick(answer)))
    };
    let total = Memo::new(move |_| of(|answer| answer.rows));
    let search = search(
        t.report.search,
        move || readiness.query().search,
        move |text| readiness.replace(|query| query.search = text),
    );
    let counted =
        move || (w.counted)(total.get(), of(|answer| answer.rows_all), readiness.done_now.get());
    let none = move || (total.get() == 0).then(String::new);
    let export = button(t.report.export, move || {
        session.ask_for(readiness.table(t, TableForm::Csv));
    });
    let copy = copy_menu(t, session, "", move |form| readiness.table(t, form));
    let hide_done = switch(
        w.hide_done,
        move || readiness.query().hide_done,
        move |on| readiness.change(|query| query.hide_done = on),
    );
    let untold = switch(
        w.list_untold,
        move || readiness.query().untold,
        move |on| readiness.change(|query| query.untold = on),
    );
    let bar = el("div")
        .class("table-bar")
        .add(search)
        .add(el("div").class("switches").add(hide_done).add(untold))
        .add(el("p").attr("role", "status").live_text(counted))
        .add(export.live_attr("disabled", none).key(EXPORT))
        .add(copy);
    let nothing = move || {
        let (all, told) = (of(|answer| answer.rows_all), of(|answer| answer.outcome.told()));
        let text = if told == 0 { w.nothing_told } else { w.nothing_to_fix };
        (all == 0).then(|| text_el("p", text))
    };
    let some = Memo::new(move |_| of(|answer| answer.rows_all) > 0);
    let too_many = move || {
        let too_many = total.get() > most_rows(ROW) as u64;
        too_many.then(|| text_el("p", t.report.too_many_rows).class("weak"))
    };
    panel("panel work-list", "work-list-title", Picture::Shield, w.work_list)
        .add(text_el("p", w.work_list_note).class("weak"))
        .add(bar)
        .live(nothing)
        .live(move || some.get().then(|| table(t, session, total)))
        .add(text_el("p", t.audit.only_seen).class("print-only weak"))
        .live(too_many)
}

/// A box to tick with its label.
fn switch(label: &str, on: impl Fn() -> bool + 'static, set: impl Fn(bool) + 'static) -> El {
    let input = el("input").attr("type", "checkbox");
    let element: HtmlInputElement = input.cast();
    let ticked = element.clone();
    let input = input
        .on("change", move |_| set(ticked.checked()))
        .whenever(move || element.set_checked(on()));
    el("label").class("switch").add(input).text(" ").text(label)
}

fn table(t: &'static Catalogue, session: Session, total: Memo<u64>) -> El {
    let readiness = session.readiness;
    let here = move || {
        readiness
            .window
            .with(|window| window.as_ref().map(|(from, rows)| (*from, from + rows.len())))
    };
    let rows = move |first: usize, end: usize| {
        let Some((from, rows)) = readiness.window.get_untracked() else { return Vec::new() };
        let policy = readiness
            .answer
            .with_untracked(|answer| answer.as_ref().map(|answer| answer.query.policy));
        let policy = policy.unwrap_or_default();
        let shown = rows.iter().enumerate().skip(first.saturating_sub(from));
        let shown = shown.take(end.saturating_sub(first));
        shown.map(|(index, of)| row(t, session, policy, from + index, of)).collect()
    };
    long_table(LongTable {
        label: t.readiness.to_fix,
        class: "grid report-table readiness-table",
        row_height: ROW,
        total,
        here: Rc::new(here),
        head: Box::new(move || head(t, session)),
        // As the style sheet has it.
        width: Box::new(|| "var(--list-width)".to_owned()),
        rows: Box::new(rows),
        ask: Box::new(move |from, count| session.ask_for(readiness.rows_from(from, count))),
        renewed: Box::new(move || readiness.answer.track()),
    })
}

fn head(t: &'static Catalogue, session: Session) -> El {
    let readiness = session.readiness;
    let sort = readiness.query().sort;
    let cells = ReadinessColumn::ALL.map(|column| {
        let (order, arrow) = match sort_of(sort, column) {
            Some(true) => (Some("descending"), " \u{2193}"),
            Some(false) => (Some("ascending"), " \u{2191}"),
            None => (None, ""),
        };
        // Numbers and days are looked at from the greatest, names from the first.
        let greatest = column.is_figure() || column == ReadinessColumn::Seen;
        let descending = order.map_or(greatest, |order| order == "ascending");
        let act = move || {
            readiness.change(|query| {
                query.sort = ReadinessSort { column: Some(column), descending };
            });
        };
        let mark = text_el("span", arrow).attr("aria-hidden", "true");
        let name = head_of(t, column);
        let sorter = button(name, act).class("sorter").attr("title", name).add(mark);
        let cell = el("th").attr("scope", "col").class(column.code()).add(sorter);
        match order {
            Some(order) => cell.attr("aria-sort", order),
            None => cell,
        }
    });
    el("thead").add(el("tr").attr("aria-rowindex", "1").adds(cells))
}

/// Whether the list is sorted by `column`, and then whether greatest first.
fn sort_of(sort: ReadinessSort, column: ReadinessColumn) -> Option<bool> {
    match sort.column {
        Some(known) => (known == column).then_some(sort.descending),
        None => (column == ReadinessColumn::Refused).then_some(true),
    }
}
