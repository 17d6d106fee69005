use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, MouseEvent};

use super::readout::{readout, spoken};
use super::scene::{HEIGHT, Scene};
use super::view::WeekView;
use crate::page::chart::svg::svg;
use crate::page::dom::{El, el};

/// Where the drawing is: as wide as there is room, and operable.
pub(super) fn stage(view: &Rc<WeekView>) -> El {
    let width = RwSignal::new(None);
    let days = view.weeks.first().zip(view.weeks.last());
    let days = days.map(|(first, last)| view.t.days_between(first.monday, last.sunday()));
    let label = (view.t.trend.plot)(&view.label, &days.unwrap_or_default());
    let stage = el("div")
        .class("stage")
        .attr("role", "application")
        .attr("aria-label", &label)
        .on_width(move |now| width.set(usize::try_from(now).ok()));
    let say = {
        let view = view.clone();
        move |week| spoken(&view, week)
    };
    let stage = view.walk.operable(stage, view.weeks.len(), say);
    let view = view.clone();
    stage.live(move || {
        let width = i32::try_from(width.get()?).ok()?;
        (width > 0).then(|| drawing(&view, width))
    })
}

/// The drawing at a width, with what belongs to the week that is looked at.
fn drawing(view: &Rc<WeekView>, width: i32) -> El {
    let scene = Rc::new(Scene::new(view.t, &view.weeks, &view.bands, &view.shown(), width));
    let walk = view.walk;
    let point = {
        let scene = scene.clone();
        move |event: Event| {
            let across = event.unchecked_ref::<MouseEvent>().offset_x();
            walk.point(scene.nearest(across));
        }
    };
    let class = if scene.is_dense() { "chart dense" } else { "chart" };
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
        .live(move || readout(&view, &scene, walk.at.get()?))
}
