use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, MouseEvent};

use super::shape::Shape;
use super::svg::svg;
use super::walk::Walk;
use crate::page::dom::{El, el};

/// Height of a chart over time in pixels.
pub(super) const HEIGHT: i32 = 320;

/// A chart over time: of places (days, weeks) to look at one by one.
pub(super) trait OverTime {
    /// What it is, and of which days.
    fn label(&self) -> String;
    /// How many places it has.
    fn places(&self) -> usize;
    /// Which one is looked at.
    fn walk(&self) -> Walk;
    /// What is told of one.
    fn spoken(&self, at: usize) -> String;
    /// The drawing at a width in pixels.
    fn scene(self: Rc<Self>, width: i32) -> Rc<dyn Scene>;
}

/// A chart over time at a width.
pub(super) trait Scene {
    /// All of it.
    fn shapes(&self) -> Vec<Shape>;
    /// What marks a place.
    fn marker(&self, at: usize) -> Vec<Shape>;
    /// The box beside it.
    fn readout(&self, at: usize) -> Option<El>;
    /// The place that is nearest to so many pixels from the left.
    fn nearest(&self, across: i32) -> Option<usize>;
    /// Whether places are close together.
    fn is_dense(&self) -> bool;
}

/// Where the drawing is: as wide as there is room, and operable.
pub(super) fn stage(chart: Rc<dyn OverTime>) -> El {
    let width = RwSignal::new(None);
    let stage = el("div")
        .class("stage")
        .attr("role", "application")
        .attr("aria-label", &chart.label())
        .on_width(move |now| width.set(usize::try_from(now).ok()));
    let walk = chart.walk();
    let say = {
        let chart = chart.clone();
        move |at| chart.spoken(at)
    };
    let stage = walk.operable(stage, chart.places(), say);
    stage.live(move || {
        let width = i32::try_from(width.get()?).ok()?;
        (width > 0).then(|| drawing(chart.clone().scene(width), walk, width))
    })
}

/// The drawing at a width, with what belongs to the place that is looked at.
fn drawing(scene: Rc<dyn Scene>, walk: Walk, width: i32) -> El {
    let point = {
        let scene = scene.clone();
        move |event: Event| {
            let across = event.unchecked_ref::<MouseEvent>().offset_x();
            walk.point(scene.nearest(across));
        }
    };
    let class = if scene.is_dense() { "chart dense" } else { "chart" };
    let drawing = svg(&scene.shapes(), (width, HEIGHT)).class(class);
    let marker = {
        let scene = scene.clone();
        move || {
            let marker = scene.marker(walk.at.get()?);
            Some(svg(&marker, (width, HEIGHT)).class("chart chart-marker"))
        }
    };
    el("div")
        .class("drawing")
        .on("mousemove", point)
        .on("mouseleave", move |_| walk.point(None))
        .add(drawing)
        .live(marker)
        .live(move || scene.readout(walk.at.get()?))
}
