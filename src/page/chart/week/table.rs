use std::rc::Rc;

use leptos::prelude::*;

use super::band::{nothing, silent};
use super::view::WeekView;
use crate::page::dom::{El, el, text_el};
use crate::page::shell::{cell, column, disclosure, row_head, table};

/// The chart as a table, built when it is opened.
pub(super) fn week_table(view: Rc<WeekView>) -> El {
    let opened = RwSignal::new(false);
    let summary = text_el("span", view.t.chart.table);
    let rest = el("div").live(move || opened.get().then(|| whole_table(&view)));
    disclosure(summary, rest).on("toggle", move |_| opened.set(true))
}

fn whole_table(view: &WeekView) -> El {
    let t = view.t;
    let mut head = vec![column(t.trend.week, ""), column(t.trend.monday, "")];
    head.push(column(t.trend.covered, "figure"));
    head.extend(view.bands.iter().map(|band| column(band.name, "figure")));
    head.extend(view.silent.then(|| column(t.tls.not_recorded, "figure")));
    head.push(column(t.report.volume, "figure"));
    let rows = view.weeks.iter().map(|week| {
        let none = week.covered() == 0;
        let figure =
            |text: &str, zero: bool| cell(text, if zero { "figure zero" } else { "figure" });
        let count = |number: String| figure(if none { nothing(t, week) } else { &number }, none);
        let bands = view
            .bands
            .iter()
            .map(|band| figure(&band.figure(t, week), band.amount(&week.counts).0 == 0));
        let silent = silent(t, &week.counts).unwrap_or_else(|| t.count(0));
        el("tr")
            .add(row_head(&week.name(), "nowrap"))
            .add(cell(&week.monday.to_string(), "nowrap"))
            .add(figure(&t.count(week.covered().into()), none))
            .adds(bands)
            .adds(view.silent.then(|| count(silent)))
            .add(count(t.count(week.counts.volume())))
    });
    table(&view.label, "grid small", head, rows)
}
