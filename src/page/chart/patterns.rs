use crate::page::dom::{El, svg_el};

/// A pattern: the id, the side of its square, by how much it is turned, and
/// its marks.
type Pattern = (&'static str, &'static str, &'static str, &'static [Mark]);

/// A shape of a pattern: the class, the tag and its attributes.
type Mark = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const PATTERNS: [Pattern; 5] = [
    ("none", "70", "rotate(45)", &[("pattern-ink", "rect", &[("width", "22"), ("height", "70")])]),
    ("1-0", "64", "", &[("pattern-ink", "circle", &[("cx", "32"), ("cy", "32"), ("r", "13")])]),
    ("1-1", "80", "", &[("pattern-ink", "rect", &[("width", "80"), ("height", "14")])]),
    (
        "other",
        "80",
        "rotate(45)",
        &[
            ("pattern-ink", "rect", &[("width", "80"), ("height", "12")]),
            ("pattern-ink", "rect", &[("width", "12"), ("height", "80")]),
        ],
    ),
    (
        "not-recorded",
        "60",
        "rotate(-45)",
        &[("pattern-grey", "rect", &[("width", "12"), ("height", "60")])],
    ),
];

/// The patterns that tell slices apart without their colours, once a page.
pub(crate) fn patterns() -> El {
    let patterns = PATTERNS.iter().map(|(name, side, turned, marks)| {
        let pattern = svg_el("pattern")
            .attr("id", &format!("pattern-{name}"))
            .attr("width", side)
            .attr("height", side)
            .attr("patternUnits", "userSpaceOnUse")
            .attr("patternTransform", turned);
        let mark = |(class, tag, attributes): &Mark| {
            let mark = svg_el(tag).class(class);
            attributes.iter().fold(mark, |mark, (name, value)| mark.attr(name, value))
        };
        pattern.adds(marks.iter().map(mark))
    });
    svg_el("svg")
        .class("patterns")
        .attr("width", "0")
        .attr("height", "0")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .add(svg_el("defs").adds(patterns))
}
