use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::paint::Paint;
use super::shape::{Point, Shape};
use super::simplify::simplify;
use super::text_width::text_width;

/// How many units of the drawing are one of the page: plotters rounds to
/// whole units, which would show.
pub(super) const SCALE: i32 = 10;

/// How far an outline may be from what was asked for, in units of the drawing:
/// a tenth of a pixel.
const TOLERANCE: f64 = 1.0;

/// A drawing backend that keeps what is drawn.
pub(super) struct Recorder<'a> {
    size: (u32, u32),
    shapes: &'a mut Vec<Shape>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl<'a> Recorder<'a> {
    /// Keeps what is drawn on an area of `size` in `shapes`.
    pub(super) fn new(size: (u32, u32), shapes: &'a mut Vec<Shape>) -> Self {
        Self { size, shapes }
    }

    fn line(&mut self, points: &[Point], color: BackendColor) {
        if color.alpha > 0.0 {
            let points = simplify(points, TOLERANCE);
            self.shapes.push(Shape::Line { points, paint: Paint::from_color(color) });
        }
    }

    fn area(&mut self, outline: &[Point], color: BackendColor) {
        if color.alpha <= 0.0 {
            return;
        }
        let paint = Paint::from_color(color);
        if !matches!(paint, Paint::Marks(_)) {
            let outline = simplify(outline, TOLERANCE);
            self.shapes.push(Shape::Area { outline, paint });
            return;
        }
        match self.shapes.last_mut() {
            Some(Shape::Marks { outlines, paint: before }) if *before == paint => {
                outlines.push(outline.to_vec());
            }
            _ => self.shapes.push(Shape::Marks { outlines: vec![outline.to_vec()], paint }),
        }
    }
}

impl DrawingBackend for Recorder<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.area(&[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)], color);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.line(&[from, to], style.color());
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        if fill {
            self.area(&corners, style.color());
        } else {
            self.line(&corners, style.color());
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.line(&path.into_iter().collect::<Vec<_>>(), style.color());
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        outline: I,
        style: &S,
    ) -> Drawn {
        self.area(&outline.into_iter().collect::<Vec<_>>(), style.color());
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        (x, y): BackendCoord,
    ) -> Drawn {
        if text.is_empty() || style.color().alpha <= 0.0 {
            return Ok(());
        }
        let anchor = style.anchor();
        // From the edge or middle of the line to its base line, as in most
        // sans-serif fonts.
        let drop = match anchor.v_pos {
            VPos::Top => 0.8,
            VPos::Center => 0.35,
            VPos::Bottom => -0.2,
        };
        self.shapes.push(Shape::Text {
            text: text.to_owned(),
            at: (x, y + whole(style.size() * drop)),
            anchor: match anchor.h_pos {
                HPos::Left => "start",
                HPos::Center => "middle",
                HPos::Right => "end",
            },
            size: whole(style.size()),
            paint: Paint::from_color(style.color()),
        });
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = whole(text_width(text, style.size()).ceil());
        Ok((width.unsigned_abs(), whole(style.size()).unsigned_abs()))
    }
}

/// To a whole unit; drawings are far smaller than the type.
#[expect(clippy::cast_possible_truncation, reason = "saturates")]
pub(super) fn whole(value: f64) -> i32 {
    value.round() as i32
}
