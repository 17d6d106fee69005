use std::rc::Rc;

use leptos::prelude::*;

use super::band::Band;
use super::readout::{readout, spoken};
use super::scene::Scene;
use super::table::week_table;
use crate::mail::Day;
use crate::page::chart::keep::{PAPER, SHEET, keep_menu, still};
use crate::page::chart::recorder::SCALE;
use crate::page::chart::shape::Shape;
use crate::page::chart::sheet::Sheet;
use crate::page::chart::stage::{self, HEIGHT, OverTime, stage};
use crate::page::chart::svg::svg;
use crate::page::chart::walk::Walk;
use crate::page::dates::written_days;
use crate::page::dom::{El, button, el, text_el};
use crate::report::{TlsCounts, Week};
use crate::text::Catalogue;

/// A chart while it is shown.
pub(super) struct WeekView {
    /// Its language.
    pub(super) t: &'static Catalogue,
    /// What the messages are of: the title of a report.
    pub(super) label: String,
    /// Every week from the first to the last.
    pub(super) weeks: Vec<Week>,
    /// What each column consists of, from its foot.
    pub(super) bands: Vec<Band>,
    /// Whether anything is not recorded.
    pub(super) silent: bool,
    /// Whether each band is switched on.
    switches: Vec<RwSignal<bool>>,
    /// The week that is looked at.
    pub(super) walk: Walk,
}

/// The share of each TLS version week by week, of what is recorded, with the
/// same figures as a table.
pub(crate) fn week_chart(t: &'static Catalogue, label: &str, weeks: &[Week]) -> El {
    let view = Rc::new(WeekView::new(t, label, weeks));
    let sheet = {
        let view = view.clone();
        move || view.sheet(&untrack(|| view.shown()), SHEET)
    };
    let menu = keep_menu(t, label, view.reach(), sheet);
    el("figure")
        .class("day-chart week-chart")
        .attr("aria-label", label)
        .add(text_el("figcaption", t.trend.caption).class("weak"))
        .add(stage(view.clone()))
        .add(legend(&view))
        .add(view.walk.status())
        .add(el("div").class("below-chart").add(week_table(view)).add(menu))
}

/// The same as it stands on paper: nothing to operate.
pub(crate) fn week_picture(t: &'static Catalogue, label: &str, weeks: &[Week]) -> El {
    let view = WeekView::new(t, label, weeks);
    let sheet = view.sheet(&vec![true; view.bands.len()], PAPER);
    still(t, "day-chart week-chart", &sheet, t.trend.caption)
}

impl WeekView {
    fn new(t: &'static Catalogue, label: &str, weeks: &[Week]) -> Self {
        let bands = Band::all(t, weeks);
        let switches = bands.iter().map(|_| RwSignal::new(true)).collect();
        let silent = |counts: &TlsCounts| counts.recorded() < counts.volume();
        Self {
            t,
            label: label.to_owned(),
            weeks: weeks.to_vec(),
            bands,
            silent: weeks.iter().any(|week| silent(&week.counts)),
            switches,
            walk: Walk::new(),
        }
    }

    /// The first and the last day.
    fn reach(&self) -> Option<(Day, Day)> {
        Some((self.weeks.first()?.monday, self.weeks.last()?.sunday()))
    }

    /// As a picture of its own.
    fn sheet(&self, shown: &[bool], width: i32) -> Sheet {
        let scene = Scene::new(self.t, &self.weeks, &self.bands, shown, width);
        let bands = self.bands.iter().zip(shown).filter(|(_, shown)| **shown);
        let days = self.reach().map(|(first, last)| self.t.days_between(first, last));
        Sheet {
            class: "day-chart week-chart",
            title: self.label.clone(),
            about: days.unwrap_or_default(),
            drawing: (scene.shapes(self.t), (width, HEIGHT)),
            legend: bands.map(|(band, _)| (sample(*band), band.name.to_owned())).collect(),
            spoken: self.t.trend.caption.to_owned(),
        }
    }

    /// Which bands are switched on.
    pub(super) fn shown(&self) -> Vec<bool> {
        self.switches.iter().map(|switch| switch.get()).collect()
    }

    /// The days of a week: `28 December 2026 – 3 January 2027`.
    pub(super) fn days(&self, week: &Week) -> String {
        written_days(self.t, week.monday, week.sunday())
    }
}

impl OverTime for WeekView {
    fn label(&self) -> String {
        let days = self.weeks.first().zip(self.weeks.last());
        let days = days.map(|(first, last)| written_days(self.t, first.monday, last.sunday()));
        (self.t.trend.plot)(&self.label, &days.unwrap_or_default())
    }

    fn places(&self) -> usize {
        self.weeks.len()
    }

    fn walk(&self) -> Walk {
        self.walk
    }

    fn spoken(&self, at: usize) -> String {
        spoken(self, at)
    }

    fn scene(self: Rc<Self>, width: i32) -> Rc<dyn stage::Scene> {
        let scene = Scene::new(self.t, &self.weeks, &self.bands, &self.shown(), width);
        Rc::new(Drawn { scene, view: self })
    }
}

/// The chart at a width.
struct Drawn {
    view: Rc<WeekView>,
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
        readout(&self.view, &self.scene, at)
    }

    fn nearest(&self, across: i32) -> Option<usize> {
        self.scene.nearest(across)
    }

    fn is_dense(&self) -> bool {
        self.scene.is_dense()
    }
}

/// A button for each band, which switches it off and on.
fn legend(view: &Rc<WeekView>) -> El {
    let entry = |(band, switch): (&Band, &RwSignal<bool>)| {
        let switch = *switch;
        let press = button("", move || switch.update(|on| *on = !*on)).adds(named(*band));
        let pressed = move || Some(if switch.get() { "true" } else { "false" }.to_owned());
        el("li").add(press.live_attr("aria-pressed", pressed))
    };
    let list = el("ul").class("legend").attr("aria-label", view.t.chart.legend);
    list.adds(view.bands.iter().zip(&view.switches).map(entry))
}

/// Sample and name of a band.
pub(super) fn named(band: Band) -> [El; 2] {
    [svg(&sample(band), (28, 12)), text_el("span", band.name)]
}

fn sample(band: Band) -> Vec<Shape> {
    let (width, height) = (28 * SCALE, 12 * SCALE);
    let outline = vec![(0, 0), (width, 0), (width, height), (0, height)];
    vec![Shape::Area { outline, paint: band.paint }]
}
