use plotters::coord::Shift;
use plotters::element::{PathElement, Polygon};
use plotters::prelude::{DrawingArea, IntoDrawingArea as _};
use plotters::style::Color as _;
use plotters::style::text_anchor::HPos;

use super::band::Band;
use crate::page::chart::day::{FONT, Ticks};
use crate::page::chart::paint::Paint;
use crate::page::chart::recorder::{Recorder, SCALE, whole};
use crate::page::chart::shape::{Point, Shape};
use crate::page::chart::stage::HEIGHT;
use crate::page::chart::text_width::text_width;
use crate::page::chart::wedges::rgb;
use crate::page::chart::write::write;
use crate::report::Week;
use crate::text::Catalogue;

/// Where the highest column ends.
const TOP: i32 = 12;
/// From the bottom of the drawing to the axis: a mark, a date and a year.
const FOOT: i32 = 50;
/// Weeks that are closer have no gaps between their columns.
const ROOM_FOR_GAPS: i32 = 6 * SCALE;
/// No column is wider.
const WIDEST: i32 = 64 * SCALE;
/// Shares are drawn as so many parts of all that is recorded.
const ALL: u64 = 1_000_000;
/// Between two dates at least.
const GAP: i32 = 10;
/// How many weeks apart dates may be: months, quarters, years and more.
const EVERY: [usize; 12] = [1, 2, 4, 8, 13, 26, 52, 104, 260, 520, 1_040, 2_600];

/// What is drawn of the weeks at a width.
pub(super) struct Scene {
    /// Width of the drawing.
    pub(super) width: i32,
    /// Where the columns begin, in the drawing's units.
    left: i32,
    weeks: Vec<Week>,
    /// What each week adds up to, from band to band; none where nothing is
    /// recorded.
    tops: Vec<Option<Vec<u64>>>,
    paints: Vec<Paint>,
    ticks: Ticks,
}

impl Scene {
    /// The bands that are `shown`, on a drawing of `width`.
    pub(super) fn new(
        t: &Catalogue,
        weeks: &[Week],
        bands: &[Band],
        shown: &[bool],
        width: i32,
    ) -> Self {
        let shown: Vec<&Band> =
            bands.iter().zip(shown).filter(|(_, shown)| **shown).map(|(band, _)| band).collect();
        let tops = weeks.iter().map(|week| tops(week, &shown)).collect::<Vec<_>>();
        let last = tops.iter().flatten().filter_map(|tops| tops.last());
        let most = last.copied().max().filter(|most| *most > 0).unwrap_or(ALL);
        let ticks = Ticks::reaching(most);
        let widths = ticks.all().map(|value| text_width(&percent(t, value), f64::from(FONT)));
        let left = (whole(widths.fold(0.0, f64::max).ceil()) + 8) * SCALE;
        let paints = shown.iter().map(|band| band.paint).collect();
        Self { width, left, weeks: weeks.to_vec(), tops, paints, ticks }
    }

    /// Whether columns stand without gaps.
    pub(super) fn is_dense(&self) -> bool {
        self.room() / count(self.weeks.len().max(1)) < ROOM_FOR_GAPS
    }

    /// The whole drawing.
    pub(super) fn shapes(&self, t: &Catalogue) -> Vec<Shape> {
        self.record(&|area| {
            self.frame(t, area)?;
            self.marks(area)?;
            for (band, paint) in self.paints.iter().enumerate() {
                for outline in self.outlines(band) {
                    area.draw(&Polygon::new(outline, rgb(*paint).filled())).ok()?;
                }
            }
            Some(())
        })
    }

    /// What marks a week.
    pub(super) fn marker(&self, week: usize) -> Vec<Shape> {
        let (left, right) = self.column(week);
        let (low, high) = (self.height(0), self.height(self.ticks.top));
        let around = vec![(left, low), (left, high), (right, high), (right, low), (left, low)];
        self.record(&|area| line(area, around.clone(), Paint::Leader))
    }

    /// The middle of a week, in pixels.
    pub(super) fn middle(&self, week: usize) -> i32 {
        i32::midpoint(self.start(week), self.start(week + 1)) / SCALE
    }

    /// The week at so many pixels from the left.
    pub(super) fn nearest(&self, pixels: i32) -> Option<usize> {
        let last = self.weeks.len().checked_sub(1)?;
        let across = pixels.saturating_mul(SCALE).saturating_sub(self.left).max(0);
        let week = i64::from(across) * i64::from(count(self.weeks.len()));
        let week = week / i64::from(self.room());
        Some(usize::try_from(week).unwrap_or(last).min(last))
    }

    /// For all columns, in the drawing's units.
    fn room(&self) -> i32 {
        (self.width * SCALE - self.left - 4 * SCALE).max(1)
    }

    /// Where the room of a week begins.
    fn start(&self, week: usize) -> i32 {
        let across = i64::from(self.room()) * i64::from(count(week));
        let across = across / i64::from(count(self.weeks.len().max(1)));
        self.left.saturating_add(i32::try_from(across).unwrap_or(i32::MAX))
    }

    /// The sides of a column.
    fn column(&self, week: usize) -> (i32, i32) {
        let (start, end) = (self.start(week), self.start(week + 1));
        if self.is_dense() {
            return (start, end);
        }
        let gap = ((end - start) / 8).max((end - start - WIDEST) / 2);
        (start + gap, end - gap)
    }

    /// How high so many parts are.
    fn height(&self, parts: u64) -> i32 {
        let (bottom, top) = ((HEIGHT - FOOT) * SCALE, TOP * SCALE);
        let share = i128::from(bottom - top) * i128::from(parts) / i128::from(self.ticks.top);
        bottom - i32::try_from(share).unwrap_or(bottom - top)
    }

    /// The areas of a band: a column for each week, or, where they stand
    /// without gaps, one for all that stand beside each other.
    fn outlines(&self, band: usize) -> Vec<Vec<Point>> {
        let mut outlines = Vec::new();
        let (mut upper, mut lower): (Vec<Point>, Vec<Point>) = (Vec::new(), Vec::new());
        let dense = self.is_dense();
        for (week, tops) in self.tops.iter().enumerate() {
            let parts = tops.as_ref().and_then(|tops| {
                let below = band.checked_sub(1).map_or(Some(0), |below| tops.get(below).copied());
                Some((below?, *tops.get(band)?))
            });
            let parts = parts.filter(|(below, top)| dense || below < top);
            if (parts.is_none() || !dense) && !upper.is_empty() {
                outlines.push(closed(&mut upper, &mut lower));
            }
            if let Some((below, top)) = parts {
                let (left, right) = self.column(week);
                let (high, low) = (self.height(top), self.height(below));
                upper.extend([(left, high), (right, high)]);
                lower.extend([(left, low), (right, low)]);
            }
        }
        if !upper.is_empty() {
            outlines.push(closed(&mut upper, &mut lower));
        }
        outlines
    }

    /// Axes with their shares and dates.
    fn frame(&self, t: &Catalogue, area: &DrawingArea<Recorder<'_>, Shift>) -> Option<()> {
        let right = self.width * SCALE;
        for value in self.ticks.all() {
            let height = self.height(value);
            let paint = if value == 0 { Paint::Axis } else { Paint::Grid };
            line(area, vec![(self.left, height), (right, height)], paint)?;
            let at = (self.left - 6 * SCALE, height);
            write(area, &percent(t, value), at, FONT * SCALE, HPos::Right, Paint::Weak)?;
        }
        let axis = self.height(0);
        let mut year_before = None;
        for week in self.dated() {
            let (year, month, day) = self.weeks.get(week)?.monday.calendar()?;
            let middle = self.middle(week) * SCALE;
            line(area, vec![(middle, axis), (middle, axis + 5 * SCALE)], Paint::Axis)?;
            let label = |text: &str, drop: i32| {
                let at = (self.within(middle), axis + drop * SCALE);
                write(area, text, at, FONT * SCALE, HPos::Center, Paint::Weak)
            };
            label(&format!("{month:02}-{day:02}"), 22)?;
            if year_before != Some(year) {
                label(&year.to_string(), 39)?;
            }
            year_before = Some(year);
        }
        Some(())
    }

    /// So that half a date fits on both sides.
    fn within(&self, middle: i32) -> i32 {
        let half = date_width() * SCALE / 2;
        middle.min(self.width * SCALE - half).max(half)
    }

    /// The weeks whose Mondays are written: as many as fit.
    fn dated(&self) -> impl Iterator<Item = usize> {
        let weeks = count(self.weeks.len().max(1));
        let apart = |every: usize| i64::from(self.room()) * i64::from(count(every));
        let needed = i64::from((date_width() + GAP) * SCALE) * i64::from(weeks);
        let every = EVERY.into_iter().find(|every| apart(*every) >= needed).unwrap_or(usize::MAX);
        (0..self.weeks.len()).step_by(every)
    }

    /// A line below each week that has no data on some of its days.
    fn marks(&self, area: &DrawingArea<Recorder<'_>, Shift>) -> Option<()> {
        let height = self.height(0) + 9 * SCALE;
        for (index, week) in self.weeks.iter().enumerate() {
            if week.covered() > 0 && !week.is_full() {
                let (left, right) = self.column(index);
                line(area, vec![(left, height), (right, height)], Paint::Leader)?;
            }
        }
        Some(())
    }

    fn record(&self, draw: &dyn Fn(&DrawingArea<Recorder<'_>, Shift>) -> Option<()>) -> Vec<Shape> {
        let mut shapes = Vec::new();
        let size = ((self.width * SCALE).unsigned_abs(), (HEIGHT * SCALE).unsigned_abs());
        let area = Recorder::new(size, &mut shapes).into_drawing_area();
        // The recorder cannot fail, and a chart without a label is a chart.
        draw(&area).unwrap_or_default();
        drop(area);
        shapes
    }
}

fn line(area: &DrawingArea<Recorder<'_>, Shift>, points: Vec<Point>, paint: Paint) -> Option<()> {
    area.draw(&PathElement::new(points, rgb(paint))).ok()
}

/// Upper edge and lower edge as one outline, which leaves both empty.
fn closed(upper: &mut Vec<Point>, lower: &mut Vec<Point>) -> Vec<Point> {
    let mut outline = std::mem::take(upper);
    outline.extend(std::mem::take(lower).into_iter().rev());
    outline
}

/// What the bands add up to, one on the other, in parts of [`ALL`].
fn tops(week: &Week, shown: &[&Band]) -> Option<Vec<u64>> {
    let recorded = Some(week.counts.recorded()).filter(|recorded| *recorded > 0)?;
    let mut sum = 0;
    let top = |band: &&Band| {
        sum += band.amount(&week.counts).0;
        let parts = u128::from(sum) * u128::from(ALL) / u128::from(recorded);
        u64::try_from(parts).unwrap_or(ALL)
    };
    Some(shown.iter().map(top).collect())
}

/// So many parts of [`ALL`], as a mark of the axis: `20%`, `0.5%`.
fn percent(t: &Catalogue, parts: u64) -> String {
    let (integer, fraction) = (parts / (ALL / 100), parts % (ALL / 100));
    let digits = format!("{fraction:04}");
    match digits.trim_end_matches('0') {
        "" => format!("{integer}%"),
        digits => format!("{integer}{}{digits}%", t.point),
    }
}

fn date_width() -> i32 {
    whole(text_width("00-00", f64::from(FONT)).ceil())
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Band, Paint, Scene, Shape, Week};
    use crate::mail::{Day, TlsState};
    use crate::report::TlsCounts;
    use crate::text::Language;

    /// Messages of No TLS, TLS 1.2 and not recorded, a week each; none where
    /// no file covers the week.
    fn weeks(messages: &[Option<[u64; 3]>]) -> Vec<Week> {
        let states = [TlsState::NoTls, TlsState::V1_2, TlsState::NotRecorded];
        let week = |(number, messages): (i32, &Option<[u64; 3]>)| {
            let mut counts = TlsCounts::default();
            for (state, messages) in states.into_iter().zip(messages.unwrap_or_default()) {
                counts.add(state, messages);
            }
            let days = if messages.is_some() { 0b111_1111 } else { 0 };
            Week { monday: Day(4 + 7 * number), days, counts }
        };
        (0..).zip(messages).map(week).collect()
    }

    fn scene(weeks: &[Week], shown: &[bool], width: i32) -> Scene {
        let t = Language::English.texts();
        Scene::new(t, weeks, &Band::all(t, weeks), shown, width)
    }

    /// Left, top, right and bottom of every area of a paint.
    fn areas(scene: &Scene, paint: Paint) -> Vec<[i32; 4]> {
        let of = |shape: &Shape| match shape {
            Shape::Area { outline, paint: own } if *own == paint => {
                let across = || outline.iter().map(|point| point.0);
                let down = || outline.iter().map(|point| point.1);
                Some([across().min()?, down().min()?, across().max()?, down().max()?])
            }
            _ => None,
        };
        scene.shapes(Language::English.texts()).iter().filter_map(of).collect()
    }

    fn labels(scene: &Scene) -> Vec<String> {
        let text = |shape| match shape {
            Shape::Text { text, .. } => Some(text),
            _ => None,
        };
        scene.shapes(Language::English.texts()).into_iter().filter_map(text).collect()
    }

    #[test]
    fn columns_are_all_that_is_recorded_and_silences_have_none() {
        let weeks = weeks(&[Some([1, 3, 96]), None, Some([0, 0, 5]), Some([0, 0, 0])]);
        let scene = scene(&weeks, &[true, true], 800);
        let (none, v1_2) = (areas(&scene, Paint::None), areas(&scene, Paint::V1_2));
        assert_eq!((none.len(), v1_2.len()), (1, 1));
        let ([_, line, _, foot], [_, top, _, above]) = (none[0], v1_2[0]);
        // A quarter and three quarters, though most is not recorded.
        assert_eq!((line, foot - line), (above, (foot - top) / 4));
    }

    #[test]
    fn a_version_that_is_off_leaves_the_axis_to_the_others() {
        let weeks = weeks(&[Some([1, 99, 0])]);
        assert!(labels(&scene(&weeks, &[true, true], 800)).contains(&"100%".to_owned()));
        let rest = labels(&scene(&weeks, &[true, false], 800));
        assert!(rest.contains(&"0.2%".to_owned()) && rest.contains(&"1%".to_owned()), "{rest:?}");
        assert!(!rest.contains(&"20%".to_owned()));
        assert!(labels(&scene(&weeks, &[false, false], 800)).contains(&"100%".to_owned()));
    }

    #[test]
    fn five_years_are_few_shapes_and_a_gap_stays_a_gap() {
        let mut messages = vec![Some([1, 3, 0]); 260];
        messages[100] = None;
        let weeks = weeks(&messages);
        for width in [300, 1_300] {
            let scene = scene(&weeks, &[true, true], width);
            assert!(scene.is_dense());
            let areas = areas(&scene, Paint::V1_2);
            assert_eq!(areas.len(), 2);
            assert!(areas[0][2] < areas[1][0]);
        }
    }

    #[test]
    fn every_week_is_found_where_it_is_drawn() {
        for count in [1, 2, 13, 53, 260] {
            let weeks = weeks(&vec![Some([1, 1, 0]); count]);
            for width in [300, 777, 1_300] {
                let scene = scene(&weeks, &[true, true], width);
                // A week may be narrower than a pixel.
                let near =
                    |week: usize| scene.nearest(scene.middle(week)).map(|w| w.abs_diff(week));
                assert!((0..count).all(|week| near(week).is_some_and(|away| away <= 1)));
                assert_eq!(scene.nearest(-5), Some(0));
                assert_eq!(scene.nearest(10_000), Some(count - 1));
            }
        }
        assert_eq!(scene(&[], &[], 300).nearest(5), None);
        assert_eq!(areas(&scene(&[], &[], 300), Paint::None).len(), 0);
    }

    #[test]
    fn dates_never_overlap_and_stay_on_the_drawing() {
        for count in [1, 5, 14, 60, 260, 2_600] {
            let weeks = weeks(&vec![Some([1, 1, 0]); count]);
            for width in [280, 390, 1_300] {
                let scene = scene(&weeks, &[true, true], width);
                let middles: Vec<_> =
                    scene.dated().map(|week| scene.within(scene.middle(week) * 10) / 10).collect();
                assert!(!middles.is_empty());
                assert!(middles.iter().all(|middle| (10..width - 10).contains(middle)));
                assert!(middles.windows(2).all(|pair| pair[1] - pair[0] > 34), "{middles:?}");
            }
        }
    }
}
