use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, IntoDrawingArea as _};
use plotters::style::text_anchor::HPos;

use super::keep::{keep_menu, kept};
use super::paint::Paint;
use super::recorder::{Recorder, SCALE};
use super::shape::Shape;
use super::sheet::Sheet;
use super::slices::{Slice, slices};
use super::svg::{figure, svg};
use super::wedges::draw_wedges;
use super::write::write;
use crate::mail::Day;
use crate::page::dom::El;
use crate::report::TlsCounts;
use crate::text::Catalogue;

/// Width and height on the page.
const SIZE: i32 = 148;

/// A ring of TLS states with the protected share in its hole (OI-03); `name`
/// is what the ring is of: "Outbound".
pub(crate) fn donut(t: &'static Catalogue, name: &str, counts: &TlsCounts) -> El {
    let slices = slices(t, counts);
    let parts = slices.iter().filter(|s| s.messages > 0).map(|s| s.call_out(t)).collect::<Vec<_>>();
    let hole = hole(t, counts);
    let mut spoken = hole.clone();
    spoken.extend(parts);
    let label = (t.flow.donut_label)(name, &spoken.join(", "));
    figure("donut", &label, svg(&shapes(&slices, &hole), (SIZE, SIZE)))
}

/// The same with what saves it.
pub(crate) fn kept_donut(
    t: &'static Catalogue,
    name: &str,
    days: Option<(Day, Day)>,
    counts: &TlsCounts,
) -> El {
    let (title, counts) = (name.to_owned(), *counts);
    let sheet = move || {
        let slices = slices(t, &counts);
        let spoken = (t.flow.donut_label)(&title, &hole(t, &counts).join(", "));
        let drawing = (shapes(&slices, &hole(t, &counts)), (SIZE, SIZE));
        sheet_of(t, "donut", &title, days, drawing, &slices, spoken)
    };
    kept(donut(t, name, &counts), keep_menu(t, name, days, sheet))
}

/// A ring or a pie as a picture of its own, with a sample for each slice.
pub(super) fn sheet_of(
    t: &'static Catalogue,
    class: &'static str,
    title: &str,
    days: Option<(Day, Day)>,
    drawing: (Vec<Shape>, (i32, i32)),
    slices: &[Slice],
    spoken: String,
) -> Sheet {
    let shown = slices.iter().filter(|slice| slice.messages > 0);
    let outline = vec![(0, 0), (28 * SCALE, 0), (28 * SCALE, 12 * SCALE), (0, 12 * SCALE)];
    let entry = |slice: &Slice| {
        let sample = Shape::Area { outline: outline.clone(), paint: slice.paint() };
        (vec![sample], slice.exact(t))
    };
    Sheet {
        class,
        title: title.to_owned(),
        about: days.map(|(first, last)| t.days_between(first, last)).unwrap_or_default(),
        drawing,
        legend: shown.map(entry).collect(),
        spoken,
    }
}

/// The lines in the hole: the share, and what it is a share of.
fn hole(t: &Catalogue, counts: &TlsCounts) -> Vec<String> {
    match counts.protected_share() {
        Some(share) if share.whole == counts.volume() => vec![t.percent(share)],
        Some(share) => vec![t.percent(share), (t.tls.of_recorded)(share.whole)],
        None if counts.volume() > 0 => vec![t.tls.not_recorded.to_owned()],
        None => vec!["\u{2013}".to_owned()],
    }
}

fn shapes(slices: &[Slice], hole: &[String]) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let side = (SIZE * SCALE).unsigned_abs();
    let area = Recorder::new((side, side), &mut shapes).into_drawing_area();
    // The recorder cannot fail, and a drawing without a label is a drawing.
    draw(&area, slices, hole).unwrap_or_default();
    drop(area);
    shapes
}

fn draw(area: &DrawingArea<Recorder<'_>, Shift>, slices: &[Slice], hole: &[String]) -> Option<()> {
    let center = (SIZE * SCALE / 2, SIZE * SCALE / 2);
    let outer = f64::from(SIZE * SCALE / 2 - SCALE);
    let shown: Vec<_> = slices.iter().filter(|slice| slice.messages > 0).collect();
    let ring: Vec<_> = if shown.is_empty() {
        vec![(1.0, Paint::Empty)]
    } else {
        shown.iter().map(|slice| (slice.messages as f64, slice.paint())).collect()
    };
    draw_wedges(area, center, (outer * 0.7, outer), &ring)?;
    let (first, rest) = hole.split_first()?;
    // A word is longer than a figure.
    let size = if first.chars().count() > 7 { 14 } else { 25 } * SCALE;
    let rise = if rest.is_empty() { 0 } else { 8 * SCALE };
    write(area, first, (center.0, center.1 - rise), size, HPos::Center, Paint::Strong)?;
    for line in rest {
        let at = (center.0, center.1 + 14 * SCALE);
        write(area, line, at, 11 * SCALE, HPos::Center, Paint::Weak)?;
    }
    Some(())
}
