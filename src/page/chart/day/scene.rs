use plotters::coord::Shift;
use plotters::element::{PathElement, Polygon};
use plotters::prelude::{DrawingArea, IntoDrawingArea as _};
use plotters::style::Color as _;
use plotters::style::text_anchor::HPos;

use super::dates::{Date, FONT, dates};
use super::plot::Plot;
use super::series::{DayChart, DayChartKind, SeriesName};
use super::values::{Days, is_alone, most, runs, stack, sum_of_nothing};
use crate::page::chart::look::Look;
use crate::page::chart::paint::Paint;
use crate::page::chart::recorder::{Recorder, SCALE};
use crate::page::chart::shape::{Point, Shape};
use crate::page::chart::stage::HEIGHT;
use crate::page::chart::wedges::rgb;
use crate::page::chart::write::write;
use crate::text::Catalogue;

/// Days this far apart have a mark each.
const ROOM_FOR_MARKS: i32 = 14 * SCALE;
/// Else marks are this far apart, enough to tell the line by.
const BETWEEN_MARKS: i32 = 72 * SCALE;

/// What is shown of a chart at a width.
pub(super) struct Scene {
    /// Where everything is.
    pub(super) plot: Plot,
    layers: Vec<Layer>,
    dates: Vec<Date>,
}

/// A series in the drawing.
struct Layer {
    look: Look,
    /// The numbers at which it is drawn.
    top: Days,
    /// What it lies on, if it is an area.
    bottom: Option<Days>,
}

impl Scene {
    /// The series that are `shown`, on a drawing of `width`.
    pub(super) fn new(t: &Catalogue, chart: &DayChart, shown: &[bool], width: i32) -> Self {
        let layers = layers(chart, shown);
        let most = layers.iter().map(|layer| most(&layer.top)).max().unwrap_or(0);
        let plot = Plot::new(t, width, chart.days(), most);
        let dates = dates(chart.first, plot.days, width, &|day| plot.middle(day));
        Self { plot, layers, dates }
    }

    /// The whole drawing.
    pub(super) fn shapes(&self, t: &Catalogue) -> Vec<Shape> {
        self.record(&|area| {
            self.frame(t, area)?;
            for layer in &self.layers {
                self.layer(area, layer)?;
            }
            // No line hides a mark.
            for (place, layer) in self.layers.iter().enumerate() {
                self.marks(area, layer, place)?;
            }
            Some(())
        })
    }

    /// What marks a day.
    pub(super) fn marker(&self, day: usize) -> Vec<Shape> {
        self.record(&|area| {
            let (across, low) = self.plot.at(day, 0);
            let (_, high) = self.plot.at(day, self.plot.ticks.top);
            line(area, vec![(across, high), (across, low)], Paint::Leader)?;
            for layer in &self.layers {
                if let Some(value) = layer.top.get(day).copied().flatten() {
                    self.mark(area, layer.look, day, value)?;
                }
            }
            Some(())
        })
    }

    fn record(&self, draw: &dyn Fn(&DrawingArea<Recorder<'_>, Shift>) -> Option<()>) -> Vec<Shape> {
        let mut shapes = Vec::new();
        let size = (self.plot.width * SCALE, HEIGHT * SCALE);
        let size = (size.0.unsigned_abs(), size.1.unsigned_abs());
        let area = Recorder::new(size, &mut shapes).into_drawing_area();
        // The recorder cannot fail, and a chart without a label is a chart.
        draw(&area).unwrap_or_default();
        drop(area);
        shapes
    }

    /// Axes with their numbers and dates.
    fn frame(&self, t: &Catalogue, area: &DrawingArea<Recorder<'_>, Shift>) -> Option<()> {
        let plot = &self.plot;
        let (left, right) = (plot.left * SCALE, plot.width * SCALE);
        for value in plot.ticks.all() {
            let (_, height) = plot.at(0, value);
            let paint = if value == 0 { Paint::Axis } else { Paint::Grid };
            line(area, vec![(left, height), (right, height)], paint)?;
            let at = (left - 6 * SCALE, height);
            write(area, &t.count(value), at, FONT * SCALE, HPos::Right, Paint::Weak)?;
        }
        for date in &self.dates {
            let (across, height) = plot.at(date.index, 0);
            line(area, vec![(across, height), (across, height + 5 * SCALE)], Paint::Axis)?;
            let label = |text: &str, drop: i32| {
                let at = (date.middle * SCALE, height + drop * SCALE);
                write(area, text, at, FONT * SCALE, HPos::Center, Paint::Weak)
            };
            label(&date.text, 16)?;
            if let Some(year) = &date.year {
                label(year, 33)?;
            }
        }
        Some(())
    }

    fn layer(&self, area: &DrawingArea<Recorder<'_>, Shift>, layer: &Layer) -> Option<()> {
        let paint = Paint::Series(layer.look);
        for run in runs(&layer.top) {
            let edge = |days: &Days| -> Vec<Point> {
                let at = |day: usize| {
                    let value = days.get(day).copied().flatten().unwrap_or(0);
                    self.plot.at(day, value)
                };
                if !is_alone(&run) {
                    return run.clone().map(at).collect();
                }
                // An area needs a width.
                let (across, height) = at(run.start);
                let half = (self.plot.apart() * 3 / 10).min(12 * SCALE);
                vec![(across - half, height), (across + half, height)]
            };
            let top = edge(&layer.top);
            match &layer.bottom {
                None if is_alone(&run) => {}
                None => line(area, top, paint)?,
                Some(bottom) => {
                    let mut outline = top.clone();
                    outline.extend(edge(bottom).into_iter().rev());
                    area.draw(&Polygon::new(outline, rgb(paint).filled())).ok()?;
                    if layer.look == Look::TOTAL {
                        line(area, top, paint)?;
                    }
                }
            }
        }
        Some(())
    }

    /// The marks of a line, of which those of the next line stand aside.
    fn marks(
        &self,
        area: &DrawingArea<Recorder<'_>, Shift>,
        layer: &Layer,
        place: usize,
    ) -> Option<()> {
        if layer.bottom.is_some() {
            return Some(());
        }
        let apart = self.plot.apart();
        let every = if apart >= ROOM_FOR_MARKS { 1 } else { (BETWEEN_MARKS / apart).max(1) };
        let every = usize::try_from(every).ok()?;
        let first = place * every / 5 % every;
        for run in runs(&layer.top) {
            let alone = is_alone(&run);
            for day in run {
                if (alone || day % every == first)
                    && let Some(value) = layer.top.get(day).copied().flatten()
                {
                    self.mark(area, layer.look, day, value)?;
                }
            }
        }
        Some(())
    }

    fn mark(
        &self,
        area: &DrawingArea<Recorder<'_>, Shift>,
        look: Look,
        day: usize,
        value: u64,
    ) -> Option<()> {
        let outline = look.mark(self.plot.at(day, value));
        area.draw(&Polygon::new(outline, rgb(Paint::Marks(look)).filled())).ok()
    }
}

fn line(area: &DrawingArea<Recorder<'_>, Shift>, points: Vec<Point>, paint: Paint) -> Option<()> {
    area.draw(&PathElement::new(points, rgb(paint))).ok()
}

/// What is drawn, from behind to the front.
fn layers(chart: &DayChart, shown: &[bool]) -> Vec<Layer> {
    let (mut layers, mut named) = (Vec::new(), Vec::new());
    for ((series, look), shown) in chart.series.iter().zip(chart.looks()).zip(shown) {
        if !shown {
        } else if matches!(series.name, SeriesName::Total) {
            let bottom = Some(sum_of_nothing(&[&series.days]));
            layers.push(Layer { look, top: series.days.clone(), bottom });
        } else {
            named.push((look, series.days.as_slice()));
        }
    }
    if chart.kind == DayChartKind::Lines {
        let lines = named.into_iter();
        layers.extend(lines.map(|(look, days)| Layer { look, top: days.to_vec(), bottom: None }));
        return layers;
    }
    let days: Vec<_> = named.iter().map(|(_, days)| *days).collect();
    let mut bottom = sum_of_nothing(&days);
    for ((look, _), top) in named.into_iter().zip(stack(&days)) {
        layers.push(Layer { look, top: top.clone(), bottom: Some(bottom) });
        bottom = top;
    }
    layers
}

#[cfg(test)]
mod tests {
    use super::{Paint, Scene, Shape};
    use crate::mail::Day;
    use crate::page::chart::day::{DayChart, DayChartKind, DaySeries, SeriesName};
    use crate::text::Language;

    fn chart(kind: DayChartKind, series: Vec<Vec<Option<u64>>>) -> DayChart {
        let named = |days| DaySeries { name: SeriesName::Named("a".to_owned()), days };
        let series = series.into_iter().map(named).collect();
        DayChart { label: String::new(), kind, first: Day(20_000), series }
    }

    fn shapes(chart: &DayChart, shown: &[bool]) -> Vec<Shape> {
        let t = Language::English.texts();
        Scene::new(t, chart, shown, 800).shapes(t)
    }

    fn lines(shapes: &[Shape]) -> usize {
        let is_line = |shape: &&Shape| matches!(shape, Shape::Line { paint: Paint::Series(_), .. });
        shapes.iter().filter(is_line).count()
    }

    #[test]
    fn a_gap_breaks_a_line_and_a_lonely_day_has_a_mark() {
        let days = [vec![Some(5); 3], vec![None], vec![Some(1)], vec![None], vec![Some(2); 2]];
        let shapes = shapes(&chart(DayChartKind::Lines, vec![days.concat()]), &[true]);
        assert_eq!(lines(&shapes), 2);
        let marks = shapes.iter().find_map(|shape| match shape {
            Shape::Marks { outlines, .. } => Some(outlines.len()),
            _ => None,
        });
        assert_eq!(marks, Some(6));
    }

    #[test]
    fn a_series_that_is_off_leaves_the_axis_to_the_others() {
        let chart = chart(DayChartKind::Lines, vec![vec![Some(9_000); 2], vec![Some(4); 2]]);
        let has = |shapes: &[Shape], label: &str| {
            shapes.iter().any(|shape| matches!(shape, Shape::Text { text, .. } if text == label))
        };
        assert!(has(&shapes(&chart, &[true, true]), "10,000"));
        let rest = shapes(&chart, &[false, true]);
        assert!(has(&rest, "4") && !has(&rest, "10,000"));
        assert_eq!(lines(&rest), 1);
        assert!(has(&shapes(&chart, &[false, false]), "1"));
    }

    #[test]
    fn bands_of_a_single_day_have_a_width() {
        let chart = chart(DayChartKind::Stack, vec![vec![Some(3)], vec![Some(4)]]);
        let mut bands = 0;
        for shape in shapes(&chart, &[true, true]) {
            if let Shape::Area { outline, .. } = shape {
                let left = outline.iter().map(|point| point.0).min();
                assert!(left < outline.iter().map(|point| point.0).max());
                bands += 1;
            }
        }
        assert_eq!(bands, 2);
    }

    #[test]
    fn a_chart_without_days_is_an_axis() {
        assert_eq!(lines(&shapes(&chart(DayChartKind::Stack, Vec::new()), &[])), 0);
    }
}
