//! A chart as a picture of its own: its title, the drawing, and what its
//! colours and patterns stand for.

use super::paint::Paint;
use super::recorder::{SCALE, whole};
use super::shape::Shape;
use super::text_width::text_width;

/// Font sizes, in pixels.
const TITLE: i32 = 15;
const SMALL: i32 = 12;
/// Around the drawing.
const MARGIN: i32 = 16;
/// Height of a line of the legend.
const LINE: i32 = 20;
/// Width of a sample.
const SAMPLE: i32 = 28;
/// From a sample to its name, and from there to the next sample.
const GAPS: (i32, i32) = (6, 18);
/// Longer names are cut: they come out of files.
const LONGEST: usize = 80;

/// What a picture of a chart is made of.
pub(super) struct Sheet {
    /// Classes of what the drawing stands in on the page.
    pub(super) class: &'static str,
    /// The title.
    pub(super) title: String,
    /// A line below it: the days.
    pub(super) about: String,
    /// The drawing, and its size in pixels.
    pub(super) drawing: (Vec<Shape>, (i32, i32)),
    /// Samples of 28 to 12 pixels, and what they stand for.
    pub(super) legend: Vec<(Vec<Shape>, String)>,
    /// What is read out: the figures.
    pub(super) spoken: String,
}

impl Sheet {
    /// All of it, and its size in pixels.
    pub(super) fn shapes(&self) -> (Vec<Shape>, (i32, i32)) {
        let (drawing, (width, height)) = &self.drawing;
        let narrow = self.legend.iter().map(|(_, name)| SAMPLE + GAPS.0 + wide(&cut(name), SMALL));
        let titles = [wide(&cut(&self.title), TITLE), wide(&cut(&self.about), SMALL)];
        let inner = narrow.chain(titles).chain([*width]).max().unwrap_or(*width);
        let mut shapes = vec![text(&self.title, (MARGIN, MARGIN + TITLE), TITLE, Paint::Strong)];
        let mut top = MARGIN + TITLE + 10;
        if !self.about.is_empty() {
            shapes.push(text(&self.about, (MARGIN, top + SMALL), SMALL, Paint::Weak));
            top += SMALL + 10;
        }
        let left = MARGIN + (inner - width) / 2;
        shapes.extend(drawing.iter().map(|shape| moved(shape, (left, top))));
        top += height + 10;
        let mut across = 0;
        for (sample, name) in &self.legend {
            let name = cut(name);
            let room = SAMPLE + GAPS.0 + wide(&name, SMALL);
            if across > 0 && across + room > inner {
                across = 0;
                top += LINE;
            }
            let at = (MARGIN + across, top + 4);
            shapes.extend(sample.iter().map(|shape| moved(shape, at)));
            let at = (at.0 + SAMPLE + GAPS.0, top + SMALL + 2);
            shapes.push(text(&name, at, SMALL, Paint::Weak));
            across += room + GAPS.1;
        }
        let legend = if self.legend.is_empty() { 0 } else { LINE };
        (shapes, (inner + 2 * MARGIN, top + legend + MARGIN))
    }
}

/// Another program has another font, which may be wider.
fn wide(text: &str, size: i32) -> i32 {
    whole((text_width(text, f64::from(size)) * 1.1).ceil())
}

fn cut(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    name.chars().take(LONGEST - 1).chain(['\u{2026}']).collect()
}

fn text(text: &str, (x, y): (i32, i32), size: i32, paint: Paint) -> Shape {
    let at = (x * SCALE, y * SCALE);
    Shape::Text { text: cut(text), at, anchor: "start", size: size * SCALE, paint }
}

/// The shape elsewhere, so many pixels to the right and down.
fn moved(shape: &Shape, (right, down): (i32, i32)) -> Shape {
    let shift = |(x, y): (i32, i32)| (x + right * SCALE, y + down * SCALE);
    let shifts = |points: &[(i32, i32)]| points.iter().map(|point| shift(*point)).collect();
    let mut shape = shape.clone();
    match &mut shape {
        Shape::Area { outline, .. } => *outline = shifts(outline),
        Shape::Marks { outlines, .. } => {
            *outlines = outlines.iter().map(|outline| shifts(outline)).collect();
        }
        Shape::Line { points, .. } => *points = shifts(points),
        Shape::Text { at, .. } => *at = shift(*at),
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_length_stay_on_the_sheet_and_apart() {
        let names = ["a", "가나다", &"x".repeat(5_000), "b", "c"];
        let sheet = Sheet {
            class: "",
            title: "t".repeat(300),
            about: String::new(),
            drawing: (Vec::new(), (200, 100)),
            legend: names.iter().map(|name| (Vec::new(), (*name).to_owned())).collect(),
            spoken: String::new(),
        };
        let (shapes, (width, height)) = sheet.shapes();
        let mut lines = std::collections::BTreeSet::new();
        for shape in &shapes {
            let Shape::Text { text, at, size, .. } = shape else { continue };
            let end = at.0 / SCALE + wide(text, size / SCALE);
            assert!(end <= width && at.1 / SCALE < height, "{text}");
            lines.insert(at.1);
        }
        assert_eq!(shapes.len(), 6);
        assert!(lines.len() >= 3 && height > 160);
    }
}
