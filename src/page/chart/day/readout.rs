//! What is told of a day.

use super::dates::day_at;
use super::legend::named;
use super::plot::Plot;
use super::series::DayChartKind;
use super::view::DayView;
use crate::page::dates::written;
use crate::page::dom::{El, el, text_el};

/// Width of the box.
const WIDTH: i32 = 264;
/// On a drawing that is not wider, it stands below: it would hide all lines.
const NARROW: i32 = 2 * (WIDTH + BESIDE);
/// Between the day and the box.
const BESIDE: i32 = 14;

/// The numbers of a day: those of the series that are switched on, by their
/// place, and below bands their sum, which has none.
fn numbers(view: &DayView, day: usize) -> Vec<(Option<usize>, Option<u64>)> {
    let (mut numbers, mut sum) = (Vec::new(), None);
    for (place, (shown, series)) in view.shown().into_iter().zip(&view.chart.series).enumerate() {
        if shown {
            let value = series.days.get(day).copied().flatten();
            numbers.push((Some(place), value));
            sum = match (sum, value) {
                (Some(sum), Some(value)) => Some(u64::saturating_add(sum, value)),
                (sum, value) => sum.or(value),
            };
        }
    }
    if view.chart.kind == DayChartKind::Stack {
        numbers.push((None, sum));
    }
    numbers
}

/// The box beside the day.
pub(super) fn readout(view: &DayView, plot: &Plot, day: usize) -> El {
    let rows = numbers(view, day).into_iter().map(|(series, value)| {
        let row = el("div").class(if series.is_some() { "row" } else { "row sum" });
        let name = match series {
            Some(place) => named(view, place),
            None => vec![text_el("span", view.t.chart.total)],
        };
        row.adds(name).add(text_el("b", &view.figure(value)))
    });
    let (left, width) = place(plot.middle(day), plot.width);
    el("div")
        .class(if is_narrow(plot.width) { "readout below" } else { "readout" })
        .style("left", &format!("{left}px"))
        .style("width", &format!("{width}px"))
        .add(text_el("p", &written(view.t, day_at(view.chart.first, day))))
        .adds(rows)
}

/// The same in words.
pub(super) fn spoken(view: &DayView, day: usize) -> String {
    let t = view.t;
    let parts = numbers(view, day).into_iter().map(|(series, value)| {
        let series = series.and_then(|place| view.chart.series.get(place));
        let name = series.map_or_else(|| t.chart.total.to_owned(), |series| series.name.text(t));
        (t.tls.call_out)(&name, &view.figure(value))
    });
    let parts = parts.collect::<Vec<_>>().join(", ");
    (t.chart.day)(&written(view.t, day_at(view.chart.first, day)), &parts)
}

/// Whether the box stands below a drawing of that width.
pub(in crate::page::chart) const fn is_narrow(drawing: i32) -> bool {
    drawing < NARROW
}

/// Left edge and width of the box: beside the day, and always on the drawing.
pub(in crate::page::chart) fn place(day: i32, drawing: i32) -> (i32, i32) {
    if is_narrow(drawing) {
        return (0, drawing);
    }
    let right = day + BESIDE;
    let place = if right + WIDTH <= drawing { right } else { day - BESIDE - WIDTH };
    (place, WIDTH)
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn the_box_stays_on_the_drawing_and_beside_the_day() {
        for drawing in 200..1200 {
            for day in 0..drawing {
                let (left, width) = place(day, drawing);
                assert!(left >= 0 && left + width <= drawing);
                assert!(width == drawing || !(left..left + width).contains(&day));
            }
        }
    }
}
