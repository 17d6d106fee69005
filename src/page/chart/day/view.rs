use std::rc::Rc;

use leptos::prelude::*;

use super::dates::day_at;
use super::legend::{legend, swatch};
use super::readout::{readout, spoken};
use super::scene::Scene;
use super::series::DayChart;
use super::table::day_table;
use crate::mail::Day;
use crate::page::chart::keep::{PAPER, SHEET, keep_menu, still};
use crate::page::chart::look::Look;
use crate::page::chart::shape::Shape;
use crate::page::chart::sheet::Sheet;
use crate::page::chart::stage::{self, HEIGHT, OverTime, stage};
use crate::page::chart::walk::Walk;
use crate::page::dates::written_days;
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
    let sheet = {
        let view = view.clone();
        move || view.sheet(&untrack(|| view.shown()), SHEET)
    };
    let menu = keep_menu(t, &view.chart.label, view.days(), sheet);
    el("figure")
        .class("day-chart")
        .attr("aria-label", &view.chart.label)
        .add(text_el("figcaption", t.chart.caption).class("weak"))
        .add(stage(view.clone()))
        .add(legend(&view))
        .add(view.walk.status())
        .add(el("div").class("below-chart").add(day_table(view)).add(menu))
}

/// The same as it stands on paper: nothing to operate.
pub(crate) fn day_picture(t: &'static Catalogue, chart: DayChart) -> El {
    let looks = chart.looks();
    let view = DayView { t, chart, looks, switches: Vec::new(), walk: Walk::new() };
    let sheet = view.sheet(&vec![true; view.chart.series.len()], PAPER);
    still(t, "day-chart", &sheet, t.chart.caption)
}

impl DayView {
    /// Which series are switched on.
    pub(super) fn shown(&self) -> Vec<bool> {
        self.switches.iter().map(|switch| switch.get()).collect()
    }

    /// The first and the last day.
    fn days(&self) -> Option<(Day, Day)> {
        let last = day_at(self.chart.first, self.chart.days().checked_sub(1)?);
        Some((self.chart.first, last))
    }

    /// As a picture of its own.
    fn sheet(&self, shown: &[bool], width: i32) -> Sheet {
        let scene = Scene::new(self.t, &self.chart, shown, width);
        let series = self.chart.series.iter().zip(&self.looks).zip(shown);
        let legend = series
            .filter(|(_, shown)| **shown)
            .map(|((series, look), _)| (swatch(self.chart.kind, *look), series.name.text(self.t)));
        let days = self.days().map(|(first, last)| self.t.days_between(first, last));
        Sheet {
            class: "day-chart",
            title: self.chart.label.clone(),
            about: days.unwrap_or_default(),
            drawing: (scene.shapes(self.t), (width, HEIGHT)),
            legend: legend.collect(),
            spoken: self.t.chart.caption.to_owned(),
        }
    }

    /// A number, or that there is none.
    pub(super) fn figure(&self, value: Option<u64>) -> String {
        value.map_or_else(|| self.t.chart.no_data.to_owned(), |value| self.t.count(value))
    }
}

impl OverTime for DayView {
    fn label(&self) -> String {
        let days = self.days().map(|(first, last)| written_days(self.t, first, last));
        (self.t.chart.plot)(&self.chart.label, &days.unwrap_or_default())
    }

    fn places(&self) -> usize {
        self.chart.days()
    }

    fn walk(&self) -> Walk {
        self.walk
    }

    fn spoken(&self, at: usize) -> String {
        spoken(self, at)
    }

    fn scene(self: Rc<Self>, width: i32) -> Rc<dyn stage::Scene> {
        let scene = Scene::new(self.t, &self.chart, &self.shown(), width);
        Rc::new(Drawn { scene, view: self })
    }
}

/// The chart at a width.
struct Drawn {
    view: Rc<DayView>,
    scene: Scene,
}

impl stage::Scene for Drawn {
    fn shapes(&self) -> Vec<Shape> {
        self.scene.shapes(self.view.t)
    }

    fn marker(&self, at: usize) -> Vec<Shape> {
        self.scene.marker(at)
    }

    fn readout(&self, at: usize) -> Option<El> {
        Some(readout(&self.view, &self.scene.plot, at))
    }

    fn nearest(&self, across: i32) -> Option<usize> {
        self.scene.plot.nearest(across)
    }

    fn is_dense(&self) -> bool {
        self.scene.plot.is_dense()
    }
}
