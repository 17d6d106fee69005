use std::fmt::Write as _;

use super::recorder::SCALE;
use super::shape::{Point, Shape};
use crate::page::dom::{El, el, svg_el};

/// A drawing that a screen reader reads as one picture.
pub(super) fn figure(class: &str, label: &str, drawing: El) -> El {
    el("figure").class(class).attr("role", "img").attr("aria-label", label).add(drawing)
}

/// Recorded shapes as an SVG element of its own.
pub(super) fn svg(shapes: &[Shape], (width, height): (i32, i32)) -> El {
    let svg = svg_el("svg")
        .class("chart")
        .attr("viewBox", &format!("0 0 {} {}", width * SCALE, height * SCALE))
        .attr("width", &width.to_string())
        .attr("height", &height.to_string())
        .attr("aria-hidden", "true")
        .attr("focusable", "false");
    shapes.iter().fold(svg, add)
}

fn add(svg: El, shape: &Shape) -> El {
    match shape {
        Shape::Area { outline, paint } => {
            let points = points(outline);
            let area = |class| svg_el("polygon").class(class).attr("points", &points);
            let pattern = paint.pattern().map(|fill| area("chart-pattern").attr("fill", fill));
            svg.add(area(paint.class())).adds(pattern)
        }
        Shape::Marks { outlines, paint } => {
            let mut path = String::new();
            for outline in outlines {
                // More than two numbers after an M are lines.
                path.push('M');
                path.push_str(&points(outline));
                path.push('Z');
            }
            svg.add(svg_el("path").class(paint.class()).attr("d", &path))
        }
        Shape::Line { points: line, paint } => {
            svg.add(svg_el("polyline").class(paint.class()).attr("points", &points(line)))
        }
        Shape::Text { text, at: (x, y), anchor, size, paint } => svg.add(
            svg_el("text")
                .class(paint.class())
                .attr("x", &x.to_string())
                .attr("y", &y.to_string())
                .attr("text-anchor", anchor)
                .attr("font-size", &size.to_string())
                .text(text),
        ),
    }
}

fn points(points: &[Point]) -> String {
    let mut text = String::with_capacity(points.len() * 10);
    for (x, y) in points {
        // Writing to a `String` cannot fail.
        write!(text, "{x},{y} ").unwrap_or_default();
    }
    text
}
