use std::rc::Rc;

use leptos::prelude::*;

use super::legend::legend;
use super::series::DayChart;
use super::stage::stage;
use super::table::day_table;
use crate::page::chart::look::Look;
use crate::page::chart::walk::Walk;
use crate::page::dom::{El, el, text_el};
use crate::text::Catalogue;

/// A chart while it is shown.
pub(super) struct DayView {
    /// Its language.
    pub(super) t: &'static Catalogue,
    /// What it is of.
    pub(super) chart: DayChart,
    /// How each series looks.
    pub(super) looks: Vec<Look>,
    /// Whether each series is switched on.
    pub(super) switches: Vec<RwSignal<bool>>,
    /// The day that is looked at.
    pub(super) walk: Walk,
}

/// A chart of messages a day (CR-01, SA-04) with its legend, and the same
/// numbers as a table.
pub(crate) fn day_chart(t: &'static Catalogue, chart: DayChart) -> El {
    let looks = chart.looks();
    let switches = chart.series.iter().map(|_| RwSignal::new(true)).collect();
    let view = Rc::new(DayView { t, chart, looks, switches, walk: Walk::new() });
    el("figure")
        .class("day-chart")
        .attr("aria-label", &view.chart.label)
        .add(text_el("figcaption", t.chart.caption).class("weak"))
        .add(stage(&view))
        .add(legend(&view))
        .add(view.walk.status())
        .add(day_table(view))
}

impl DayView {
    /// Which series are switched on.
    pub(super) fn shown(&self) -> Vec<bool> {
        self.switches.iter().map(|switch| switch.get()).collect()
    }

    /// A number, or that there is none.
    pub(super) fn figure(&self, value: Option<u64>) -> String {
        value.map_or_else(|| self.t.chart.no_data.to_owned(), |value| self.t.count(value))
    }
}
