use std::rc::Rc;

use leptos::prelude::*;

use super::dates::day_at;
use super::view::DayView;
use crate::page::dom::{El, el, text_el};
use crate::page::shell::{cell, column, disclosure, row_head, table};

/// The chart as a table, built when it is opened.
pub(super) fn day_table(view: Rc<DayView>) -> El {
    let opened = RwSignal::new(false);
    let summary = text_el("span", view.t.chart.table);
    let rest = el("div").live(move || opened.get().then(|| whole_table(&view)));
    disclosure(summary, rest).on("toggle", move |_| opened.set(true))
}

fn whole_table(view: &DayView) -> El {
    let t = view.t;
    let names = view.chart.series.iter().map(|series| {
        let name = series.name.text(t);
        column(&name, "figure").attr("title", &name).attr("dir", "auto")
    });
    let head = std::iter::once(column(t.report.date, "")).chain(names);
    let rows = (0..view.chart.days()).map(|day| {
        let cells = view.chart.series.iter().map(|series| {
            let value = series.days.get(day).copied().flatten();
            cell(&view.figure(value), if value.is_some() { "figure" } else { "figure zero" })
        });
        let date = day_at(view.chart.first, day).to_string();
        el("tr").add(row_head(&date, "nowrap")).adds(cells)
    });
    table(&view.chart.label, "grid small", head, rows)
}
