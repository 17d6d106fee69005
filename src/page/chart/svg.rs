use std::fmt::Write as _;

use leptos::prelude::*;

use super::recorder::SCALE;
use super::shape::{Point, Shape};

/// Recorded shapes as an SVG element of its own.
pub(super) fn svg(shapes: &[Shape], (width, height): (i32, i32)) -> AnyView {
    let shapes = shapes.iter().map(shape).collect::<Vec<_>>();
    view! {
        <svg
            class="chart"
            viewBox=format!("0 0 {} {}", width * SCALE, height * SCALE)
            width=width
            height=height
            aria-hidden="true"
            focusable="false"
        >
            {shapes}
        </svg>
    }
    .into_any()
}

fn shape(shape: &Shape) -> AnyView {
    match shape {
        Shape::Area { outline, paint } => {
            let points = points(outline);
            let pattern = paint.pattern().map(|pattern| {
                view! { <polygon class="chart-pattern" points=points.clone() fill=pattern/> }
            });
            view! { <polygon class=paint.class() points=points/> {pattern} }.into_any()
        }
        Shape::Line { points: line, paint } => {
            view! { <polyline class=paint.class() points=points(line)/> }.into_any()
        }
        Shape::Text { text, at: (x, y), anchor, size, paint } => view! {
            <text class=paint.class() x=*x y=*y text-anchor=*anchor font-size=*size>
                {text.clone()}
            </text>
        }
        .into_any(),
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
