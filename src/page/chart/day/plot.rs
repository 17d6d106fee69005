use std::ops::Range;

use plotters::coord::CoordTranslate as _;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::{RangedCoordi32, RangedCoordu64};

use super::dates::FONT;
use super::ticks::Ticks;
use crate::page::chart::recorder::{SCALE, whole};
use crate::page::chart::shape::Point;
use crate::page::chart::stage::HEIGHT;
use crate::page::chart::text_width::text_width;
use crate::text::Catalogue;

/// Where the topmost mark is.
const TOP: i32 = 12;
/// From the bottom of the drawing to the axis: a date and a year.
const FOOT: i32 = 44;
/// From the sides of the axes to the first and the last day.
const SIDE: i32 = 14;

/// Where everything is: days across, numbers upwards.
#[derive(Clone)]
pub(super) struct Plot {
    /// Width of the drawing.
    pub(super) width: i32,
    /// How many days.
    pub(super) days: usize,
    /// Marks of the numbers.
    pub(super) ticks: Ticks,
    /// Where the numbers' axis is.
    pub(super) left: i32,
    coord: Cartesian2d<RangedCoordi32, RangedCoordu64>,
}

impl Plot {
    /// A drawing of `width` for so many days and numbers up to `most`.
    pub(super) fn new(t: &Catalogue, width: i32, days: usize, most: u64) -> Self {
        let ticks = Ticks::reaching(most);
        let widest = text_width(&t.count(ticks.top), f64::from(FONT));
        let left = whole(widest.ceil()) + 8;
        let last = i32::try_from(days).unwrap_or(i32::MAX).saturating_sub(1);
        // A single day stands in the middle.
        let across = if last > 0 { 0..last } else { -1..1 };
        let sides = (left + SIDE) * SCALE..(width - SIDE) * SCALE;
        // Downwards is more, in a drawing.
        let heights = Range { start: (HEIGHT - FOOT) * SCALE, end: TOP * SCALE };
        let coord = Cartesian2d::new(across, 0..ticks.top, (sides, heights));
        Self { width, days, ticks, left, coord }
    }

    /// Where a day's number is, in the drawing's units.
    pub(super) fn at(&self, day: usize, value: u64) -> Point {
        self.coord.translate(&(i32::try_from(day).unwrap_or(i32::MAX), value))
    }

    /// Where a day is, in pixels.
    pub(super) fn middle(&self, day: usize) -> i32 {
        self.at(day, 0).0 / SCALE
    }

    /// From a day to the next, in the drawing's units.
    pub(super) fn apart(&self) -> i32 {
        (self.at(1, 0).0 - self.at(0, 0).0).max(1)
    }

    /// Whether lines need to be thin, because days are close.
    pub(super) fn is_dense(&self) -> bool {
        self.apart() < 4 * SCALE
    }

    /// The day that is nearest to so many pixels from the left.
    pub(super) fn nearest(&self, pixels: i32) -> Option<usize> {
        let last = self.days.checked_sub(1)?;
        let (start, end) = (self.at(0, 0).0, self.at(last, 0).0);
        let from_start = (pixels.saturating_mul(SCALE).clamp(start, end.max(start)) - start).into();
        let (room, last_day) = (i64::from(end - start), i64::try_from(last).ok()?);
        let nearest = if room > 0 {
            // Half a day is added so that the division rounds.
            (2 * i64::saturating_mul(from_start, last_day) + room) / (2 * room)
        } else {
            0
        };
        usize::try_from(nearest).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{FOOT, Plot, SCALE, TOP};
    use crate::page::chart::stage::HEIGHT;
    use crate::text::Language;

    fn plot(width: i32, days: usize, most: u64) -> Plot {
        Plot::new(Language::English.texts(), width, days, most)
    }

    #[test]
    fn a_single_day_stands_in_the_middle() {
        let plot = plot(640, 1, 3);
        assert!((300..360).contains(&plot.middle(0)));
        assert_eq!(plot.nearest(0), Some(0));
        assert_eq!(plot.nearest(10_000), Some(0));
    }

    #[test]
    fn no_days_have_none_near() {
        assert_eq!(plot(640, 0, 0).nearest(100), None);
    }

    proptest! {
        #[test]
        fn no_day_is_nearer(width in 320..2560, days in 1_usize..300, pixels in -100..3000) {
            let plot = plot(width, days, 5_000);
            let away = |day| plot.at(day, 0).0.abs_diff(pixels * SCALE);
            let found = plot.nearest(pixels).unwrap();
            // Days stand at whole units, so two may be equally near.
            prop_assert!((0..days).all(|day| away(found) <= away(day) + 1));
        }

        #[test]
        fn numbers_stay_on_the_drawing(most in any::<u64>(), shift in 0_u32..64, part in 0_u64..=100) {
            let most = most >> shift;
            let plot = plot(1000, 7, most);
            let value = most / 100 * part;
            let (_, y) = plot.at(3, value);
            prop_assert!((TOP * SCALE..=(HEIGHT - FOOT) * SCALE).contains(&y));
        }
    }
}
