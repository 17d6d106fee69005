use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::donut::sheet_of;
use super::keep::{keep_menu, kept};
use super::paint::Paint;
use super::pie_drawing::{Drawing, HEIGHT};
use super::recorder::whole;
use super::shape::Shape;
use super::slices::{Slice, slices};
use super::svg::{figure, svg};
use super::walk::Walk;
use crate::mail::Day;
use crate::page::dom::{El, el, text_el};
use crate::report::TlsCounts;
use crate::text::Catalogue;

/// A pie of TLS states with call-outs, weakest version first (OI-07); `name`
/// is what the pie is of: "Outbound". Pointer and arrow keys give the number
/// of a slice (CR-09).
pub(crate) fn pie(
    t: &'static Catalogue,
    name: &str,
    days: Option<(Day, Day)>,
    counts: &TlsCounts,
) -> El {
    let mut slices = slices(t, counts);
    slices.retain(|slice| slice.messages > 0);
    let names = slices.iter().map(|slice| slice.call_out(t)).collect::<Vec<_>>();
    let label = (t.flow.donut_label)(name, &names.join(", "));
    let classes: Vec<_> = slices.iter().map(Slice::class).collect();
    let numbers: Vec<_> = slices.iter().map(|slice| slice.exact(t)).collect();
    let drawing = Drawing::new(slices, names);
    let size = (whole(drawing.width), whole(HEIGHT));
    let shapes = drawing.shapes();
    let sheet = {
        let (title, spoken, shapes) = (name.to_owned(), label.clone(), shapes.clone());
        let slices = drawing.slices.clone();
        move || {
            let drawing = (shapes.clone(), size);
            sheet_of(t, "pie", &title, days, drawing, &slices, spoken.clone())
        }
    };
    let walk = Walk::new();
    let point = move |event: Event| {
        let target = event.target().map(JsCast::unchecked_into::<Element>);
        let class = target.and_then(|target| target.get_attribute("class"));
        walk.point(class.and_then(|class| classes.iter().position(|slice| **slice == class)));
    };
    let picture = figure("", &label, svg(&shapes, size))
        .on("mousemove", point)
        .on("mouseleave", move |_| walk.point(None))
        .live(move || {
            let marker = svg(&[outline(&shapes, walk.at.get()?)?], size);
            Some(marker.class("chart chart-marker"))
        })
        .live({
            let numbers = numbers.clone();
            move || Some(text_el("div", numbers.get(walk.at.get()?)?).class("readout"))
        });
    let say = move |slice: usize| numbers.get(slice).cloned().unwrap_or_default();
    let picture = walk.operable(picture, drawing.slices.len(), say);
    let whole = el("div").class("pie").add(picture).add(walk.status());
    kept(whole, keep_menu(t, name, days, sheet))
}

/// The outline of a slice, as a line.
fn outline(shapes: &[Shape], slice: usize) -> Option<Shape> {
    let mut areas = shapes.iter().filter_map(|shape| match shape {
        Shape::Area { outline, .. } => Some(outline),
        _ => None,
    });
    let mut points = areas.nth(slice)?.clone();
    points.extend(points.first().copied());
    Some(Shape::Line { points, paint: Paint::Leader })
}
