use crate::page::dom::{El, svg_el};

/// A pattern: the id, the side of its square, by how much it is turned, and
/// its marks.
type Pattern = (&'static str, &'static str, &'static str, &'static [Mark]);

/// A shape of a pattern: the class, the tag and its attributes.
type Mark = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const PATTERNS: [Pattern; 12] = [
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
    // For series, of which there may be more.
    ("upright", "60", "", &[("pattern-ink", "rect", &[("width", "16"), ("height", "60")])]),
    (
        "falling",
        "90",
        "rotate(-45)",
        &[("pattern-ink", "rect", &[("width", "36"), ("height", "90")])],
    ),
    ("fine", "44", "rotate(45)", &[("pattern-ink", "rect", &[("width", "12"), ("height", "44")])]),
    (
        "big-dots",
        "110",
        "",
        &[("pattern-ink", "circle", &[("cx", "55"), ("cy", "55"), ("r", "28")])],
    ),
    (
        "grid",
        "90",
        "",
        &[
            ("pattern-ink", "rect", &[("width", "90"), ("height", "14")]),
            ("pattern-ink", "rect", &[("width", "14"), ("height", "90")]),
        ],
    ),
    (
        "checks",
        "80",
        "",
        &[
            ("pattern-ink", "rect", &[("width", "40"), ("height", "40")]),
            ("pattern-ink", "rect", &[("x", "40"), ("y", "40"), ("width", "40"), ("height", "40")]),
        ],
    ),
    (
        "dashes",
        "90",
        "",
        &[
            ("pattern-ink", "rect", &[("width", "50"), ("height", "16")]),
            ("pattern-ink", "rect", &[("x", "45"), ("y", "45"), ("width", "50"), ("height", "16")]),
        ],
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
