use std::f64::consts::{FRAC_PI_2, TAU};

use plotters::coord::Shift;
use plotters::element::Polygon;
use plotters::prelude::{DrawingArea, RGBColor};
use plotters::style::Color as _;

use super::angle::sin_cos;
use super::paint::Paint;
use super::recorder::{Recorder, whole};
use super::shape::Point;

/// Chords of a whole circle: none is farther than a tenth of a pixel from the
/// arc that it stands for.
const CHORDS: f64 = 120.0;

/// Draws the slices of a pie, or of a ring where there is an inner radius:
/// clockwise from twelve o'clock. plotters' own pie draws thousands of points
/// for each, and brings the printing of floating point numbers along.
pub(super) fn draw_wedges(
    area: &DrawingArea<Recorder<'_>, Shift>,
    center: Point,
    (inner, outer): (f64, f64),
    slices: &[(f64, Paint)],
) -> Option<()> {
    let total = slices.iter().map(|(size, _)| size).sum::<f64>();
    let mut from = -FRAC_PI_2;
    for (size, paint) in slices {
        let sweep = size / total * TAU;
        let outline = outline(center, (inner, outer), (from, sweep));
        area.draw(&Polygon::new(outline, rgb(*paint).filled())).ok()?;
        from += sweep;
    }
    Some(())
}

fn outline(center: Point, (inner, outer): (f64, f64), (from, sweep): (f64, f64)) -> Vec<Point> {
    let steps = whole((sweep / TAU * CHORDS).ceil()).max(1);
    let on = |radius: f64, step: i32| {
        let angle = from + sweep * f64::from(step) / f64::from(steps);
        let (sine, cosine) = sin_cos(angle);
        (center.0 + whole(radius * cosine), center.1 + whole(radius * sine))
    };
    let mut points: Vec<_> = (0..=steps).map(|step| on(outer, step)).collect();
    if inner > 0.0 {
        points.extend((0..=steps).rev().map(|step| on(inner, step)));
    } else {
        points.push(center);
    }
    points
}

/// A paint as plotters wants it.
pub(super) fn rgb(paint: Paint) -> RGBColor {
    let (red, green, blue) = paint.rgb();
    RGBColor(red, green, blue)
}

#[cfg(test)]
mod tests {
    use super::{TAU, outline};

    #[test]
    fn a_sliver_is_still_a_shape() {
        assert_eq!(outline((0, 0), (0.0, 100.0), (0.0, 0.001)).len(), 3);
    }

    #[test]
    fn a_whole_ring_has_a_hole() {
        let ring = outline((0, 0), (70.0, 100.0), (0.0, TAU));
        assert!(ring.contains(&(100, 0)) && ring.contains(&(70, 0)) && ring.contains(&(-70, 0)));
    }
}
