use std::rc::Rc;

use leptos::prelude::*;

use super::series::DayChartKind;
use super::view::DayView;
use crate::page::chart::look::Look;
use crate::page::chart::paint::Paint;
use crate::page::chart::recorder::SCALE;
use crate::page::chart::shape::Shape;
use crate::page::chart::svg::svg;
use crate::page::dom::{El, button, el};

/// A button for each series, which switches it off and on.
pub(super) fn legend(view: &Rc<DayView>) -> El {
    let list = el("ul").class("legend").attr("aria-label", view.t.chart.legend);
    let entry = |(series, switch): (usize, &RwSignal<bool>)| {
        let switch = *switch;
        let press = button("", move || switch.update(|on| *on = !*on));
        let press = press.adds(named(view, series));
        let pressed = move || Some(if switch.get() { "true" } else { "false" }.to_owned());
        el("li").add(press.live_attr("aria-pressed", pressed))
    };
    list.adds(view.switches.iter().enumerate().map(entry))
}

/// Sample and name of a series.
pub(super) fn named(view: &DayView, series: usize) -> Vec<El> {
    let (Some(look), Some(series)) = (view.looks.get(series), view.chart.series.get(series)) else {
        return Vec::new();
    };
    let name = series.name.text(view.t);
    // Isolates names that are written from right to left.
    let sample = svg(&swatch(view.chart.kind, *look), (28, 12));
    vec![sample, el("bdi").attr("title", &name).text(&name)]
}

/// A sample of a line or an area.
pub(super) fn swatch(kind: DayChartKind, look: Look) -> Vec<Shape> {
    let (width, height) = (28 * SCALE, 12 * SCALE);
    let level = |height: i32| Shape::Line {
        points: vec![(0, height), (width, height)],
        paint: Paint::Series(look),
    };
    let outline = vec![(0, 0), (width, 0), (width, height), (0, height)];
    let area = Shape::Area { outline, paint: Paint::Series(look) };
    if look == Look::TOTAL {
        vec![area, level(0)]
    } else if kind == DayChartKind::Stack {
        vec![area]
    } else {
        let outlines = vec![look.mark((width / 2, height / 2))];
        vec![level(height / 2), Shape::Marks { outlines, paint: Paint::Marks(look) }]
    }
}
