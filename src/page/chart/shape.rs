use super::paint::Paint;

/// A point in the drawing's own units.
pub(super) type Point = (i32, i32);

/// One recorded shape.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// A filled area.
    Area {
        /// Its outline.
        outline: Vec<Point>,
        /// Its fill.
        paint: Paint,
    },
    /// Small areas of one paint: a hundred days are one element of the page.
    Marks {
        /// Their outlines.
        outlines: Vec<Vec<Point>>,
        /// Their fill.
        paint: Paint,
    },
    /// A line with bends.
    Line {
        /// Its points.
        points: Vec<Point>,
        /// Its stroke.
        paint: Paint,
    },
    /// A piece of text on one line.
    Text {
        /// The text.
        text: String,
        /// Where its base line starts, or ends, or has its middle.
        at: Point,
        /// SVG's `text-anchor`.
        anchor: &'static str,
        /// Font size.
        size: i32,
        /// Its fill.
        paint: Paint,
    },
}
