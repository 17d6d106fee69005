use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, FontFamily, IntoFont as _, Text, TextStyle};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::paint::Paint;
use super::recorder::Recorder;
use super::shape::Point;
use super::wedges::rgb;

/// Draws a line of text whose middle is level with a point.
pub(super) fn write(
    area: &DrawingArea<Recorder<'_>, Shift>,
    text: &str,
    at: Point,
    size: i32,
    anchor: HPos,
    paint: Paint,
) -> Option<()> {
    let color = rgb(paint);
    let style = TextStyle::from((FontFamily::SansSerif, size).into_font())
        .color(&color)
        .pos(Pos::new(anchor, VPos::Center));
    area.draw(&Text::new(text.to_owned(), at, style)).ok()
}
