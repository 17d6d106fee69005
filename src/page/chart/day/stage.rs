use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, MouseEvent};

use super::dates::day_at;
use super::plot::HEIGHT;
use super::readout::{readout, spoken};
use super::scene::Scene;
use super::view::DayView;
use crate::page::chart::svg::svg;
use crate::page::dom::{El, el};

/// Where the drawing is: as wide as there is room, and operable.
pub(super) fn stage(view: &Rc<DayView>) -> El {
    let width = RwSignal::new(None);
    let days = view.chart.days();
    let first = view.chart.first;
    let last = day_at(first, days.saturating_sub(1));
    let t = view.t;
    let period = (t.files.days)(&first.to_string(), &last.to_string());
    let period = if days > 1 { period } else { first.to_string() };
    let label = (t.chart.plot)(&view.chart.label, &period);
    let stage = el("div")
        .class("stage")
        .attr("role", "application")
        .attr("aria-label", &label)
        .on_width(move |now| width.set(usize::try_from(now).ok()));
    let say = {
        let view = view.clone();
        move |day| spoken(&view, day)
    };
    let stage = view.walk.operable(stage, days, say);
    let view = view.clone();
    stage.live(move || {
        let width = i32::try_from(width.get()?).ok()?;
        (width > 0).then(|| drawing(&view, width))
    })
}

/// The drawing at a width, with what belongs to the day that is looked at.
fn drawing(view: &Rc<DayView>, width: i32) -> El {
    let scene = Rc::new(Scene::new(view.t, &view.chart, &view.shown(), width));
    let walk = view.walk;
    let point = {
        let scene = scene.clone();
        move |event: Event| {
            let across = event.unchecked_ref::<MouseEvent>().offset_x();
            walk.point(scene.plot.nearest(across));
        }
    };
    let class = if scene.plot.is_dense() { "chart dense" } else { "chart" };
    let drawing = svg(&scene.shapes(view.t), (width, HEIGHT)).class(class);
    let marker = {
        let scene = scene.clone();
        move || {
            let marker = scene.marker(walk.at.get()?);
            Some(svg(&marker, (width, HEIGHT)).class("chart chart-marker"))
        }
    };
    let view = view.clone();
    el("div")
        .class("drawing")
        .on("mousemove", point)
        .on("mouseleave", move |_| walk.point(None))
        .add(drawing)
        .live(marker)
        .live(move || Some(readout(&view, &scene.plot, walk.at.get()?)))
}
