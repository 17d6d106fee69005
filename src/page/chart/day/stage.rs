use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, KeyboardEvent, MouseEvent};

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
        .attr("tabindex", "0")
        .attr("role", "application")
        .attr("aria-label", &label)
        .on("keydown", {
            let view = view.clone();
            move |event| press(&view, days, &event)
        })
        .on("blur", {
            let (day, spoken) = (view.day, view.spoken);
            move |_| {
                day.set(None);
                spoken.set(String::new());
            }
        })
        .on_width(move |now| width.set(usize::try_from(now).ok()));
    let view = view.clone();
    stage.live(move || {
        let width = i32::try_from(width.get()?).ok()?;
        (width > 0).then(|| drawing(&view, width))
    })
}

/// The drawing at a width, with what belongs to the day that is looked at.
fn drawing(view: &Rc<DayView>, width: i32) -> El {
    let scene = Rc::new(Scene::new(view.t, &view.chart, &view.shown(), width));
    let day = view.day;
    let point = {
        let scene = scene.clone();
        move |event: Event| {
            let now = scene.plot.nearest(event.unchecked_ref::<MouseEvent>().offset_x());
            if day.get_untracked() != now {
                day.set(now);
            }
        }
    };
    let class = if scene.plot.is_dense() { "chart dense" } else { "chart" };
    let drawing = svg(&scene.shapes(view.t), (width, HEIGHT)).class(class);
    let marker = {
        let scene = scene.clone();
        move || {
            let marker = scene.marker(day.get()?);
            Some(svg(&marker, (width, HEIGHT)).class("chart day-marker"))
        }
    };
    let view = view.clone();
    el("div")
        .class("drawing")
        .on("mousemove", point)
        .on("mouseleave", move |_| day.set(None))
        .add(drawing)
        .live(marker)
        .live(move || Some(readout(&view, &scene.plot, day.get()?)))
}

/// Goes to another day and says it.
fn press(view: &DayView, days: usize, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    let now = view.day.get_untracked();
    let Some(last) = days.checked_sub(1) else { return };
    if key.alt_key() || key.ctrl_key() || key.meta_key() {
        return;
    }
    let next = match key.key().as_str() {
        "ArrowLeft" => Some(now.map_or(last, |day| day.saturating_sub(1))),
        "ArrowRight" => Some(now.map_or(0, |day| (day + 1).min(last))),
        "Home" => Some(0),
        "End" => Some(last),
        // Where nothing is shown, it belongs to what is around.
        "Escape" if now.is_some() => None,
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    view.day.set(next);
    view.spoken.set(next.map(|day| spoken(view, day)).unwrap_or_default());
}
