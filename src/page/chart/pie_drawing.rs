use std::f64::consts::{FRAC_PI_2, TAU};

use plotters::coord::Shift;
use plotters::element::PathElement;
use plotters::prelude::{DrawingArea, IntoDrawingArea as _};
use plotters::style::text_anchor::HPos;

use super::angle::sin_cos;
use super::call_outs::{Wish, spread};
use super::paint::Paint;
use super::recorder::{Recorder, SCALE, whole};
use super::shape::Shape;
use super::slices::Slice;
use super::text_width::text_width;
use super::wedges::{draw_wedges, rgb};
use super::write::write;

/// Radius of the pie.
const RADIUS: f64 = 70.0;
/// From the pie to the names.
const REACH: f64 = 24.0;
/// Font size of the names.
const FONT: f64 = 12.0;
/// Height of a line of names.
const LINE: f64 = 17.0;
/// Height of the drawing.
pub(super) const HEIGHT: f64 = 176.0;

/// A pie, measured.
pub(super) struct Drawing {
    /// What it is of.
    pub(super) slices: Vec<Slice>,
    names: Vec<String>,
    /// Middle of each slice as an angle from three o'clock, clockwise.
    middles: Vec<f64>,
    center: (f64, f64),
    /// Width of the drawing.
    pub(super) width: f64,
}

impl Drawing {
    /// Room for slices and their names.
    pub(super) fn new(slices: Vec<Slice>, names: Vec<String>) -> Self {
        let total = slices.iter().map(|slice| slice.messages as f64).sum::<f64>();
        let mut angle = -FRAC_PI_2;
        let middles: Vec<_> = slices
            .iter()
            .map(|slice| {
                let sweep = slice.messages as f64 / total * TAU;
                let middle = angle + sweep / 2.0;
                angle += sweep;
                middle
            })
            .collect();
        // As much room on each side as its longest name needs.
        let room = |right: bool| {
            names
                .iter()
                .zip(&middles)
                .filter(|(_, middle)| is_right(**middle) == right)
                .map(|(name, _)| text_width(name, FONT))
                .fold(0.0, f64::max)
        };
        let (left, right) = (room(false), room(true));
        let margin = RADIUS + REACH + 8.0;
        Self {
            center: (left + margin, HEIGHT / 2.0),
            width: left + right + 2.0 * margin,
            slices,
            names,
            middles,
        }
    }

    /// The whole drawing.
    pub(super) fn shapes(&self) -> Vec<Shape> {
        let mut shapes = Vec::new();
        let size = (scaled(self.width).unsigned_abs(), scaled(HEIGHT).unsigned_abs());
        let area = Recorder::new(size, &mut shapes).into_drawing_area();
        // The recorder cannot fail, and a pie without a name is a pie.
        self.draw(&area).unwrap_or_default();
        drop(area);
        shapes
    }

    fn draw(&self, area: &DrawingArea<Recorder<'_>, Shift>) -> Option<()> {
        let center = (scaled(self.center.0), scaled(self.center.1));
        let radius = RADIUS * f64::from(SCALE);
        let slices: Vec<_> =
            self.slices.iter().map(|slice| (slice.messages as f64, slice.paint())).collect();
        draw_wedges(area, center, (0.0, radius), &slices)?;
        for right in [true, false] {
            for wish in self.places(right) {
                self.call_out(area, wish, right)?;
            }
        }
        Some(())
    }

    /// Where the names of one side stand.
    fn places(&self, right: bool) -> Vec<Wish> {
        let wishes = self
            .middles
            .iter()
            .enumerate()
            .filter(|(_, middle)| is_right(**middle) == right)
            .map(|(index, middle)| Wish {
                index,
                height: self.center.1 + (RADIUS + REACH / 2.0) * sin_cos(*middle).0,
            })
            .collect();
        spread(wishes, LINE, LINE / 2.0, HEIGHT - LINE / 2.0)
    }

    fn call_out(
        &self,
        area: &DrawingArea<Recorder<'_>, Shift>,
        wish: Wish,
        right: bool,
    ) -> Option<()> {
        let middle = *self.middles.get(wish.index)?;
        let side: f64 = if right { 1.0 } else { -1.0 };
        let on_circle = |radius: f64| {
            (
                scaled(self.center.0 + radius * sin_cos(middle).1),
                scaled(self.center.1 + radius * sin_cos(middle).0),
            )
        };
        let height = scaled(wish.height);
        let end = scaled(self.center.0 + side * (RADIUS + REACH - 6.0));
        let start = scaled(self.center.0 + side * (RADIUS + REACH - 2.0));
        let line =
            [on_circle(RADIUS - 3.0), on_circle(RADIUS + 6.0), (end, height), (start, height)];
        area.draw(&PathElement::new(line, rgb(Paint::Leader))).ok()?;
        let at = scaled(self.center.0 + side * (RADIUS + REACH + 2.0));
        let anchor = if right { HPos::Left } else { HPos::Right };
        write(area, self.names.get(wish.index)?, (at, height), scaled(FONT), anchor, Paint::Strong)
    }
}

fn is_right(middle: f64) -> bool {
    sin_cos(middle).1 >= 0.0
}

fn scaled(value: f64) -> i32 {
    whole(value * f64::from(SCALE))
}
