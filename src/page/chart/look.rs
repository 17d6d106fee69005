use super::shape::Point;

/// How a series looks, which is the same wherever it is shown. Colour, dashes
/// and the shape of the marks differ, so that each of them may be missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look(u8);

/// A class and the pattern of an area.
const LOOKS: [(&str, Option<&str>); 14] = [
    ("series-0", None),
    ("series-1", Some("url(#pattern-none)")),
    ("series-2", Some("url(#pattern-big-dots)")),
    ("series-3", Some("url(#pattern-1-1)")),
    ("series-4", Some("url(#pattern-falling)")),
    ("series-5", Some("url(#pattern-1-0)")),
    ("series-6", Some("url(#pattern-grid)")),
    ("series-7", Some("url(#pattern-upright)")),
    ("series-8", Some("url(#pattern-fine)")),
    ("series-9", Some("url(#pattern-checks)")),
    ("series-10", Some("url(#pattern-other)")),
    ("series-11", Some("url(#pattern-dashes)")),
    ("series-other", None),
    ("series-total", None),
];

const CIRCLE: &[Point] = &[
    (34, 0),
    (29, 17),
    (17, 29),
    (0, 34),
    (-17, 29),
    (-29, 17),
    (-34, 0),
    (-29, -17),
    (-17, -29),
    (0, -34),
    (17, -29),
    (29, -17),
];
const SQUARE: &[Point] = &[(-30, -30), (30, -30), (30, 30), (-30, 30)];
const DIAMOND: &[Point] = &[(0, -43), (43, 0), (0, 43), (-43, 0)];
const TRIANGLE: &[Point] = &[(0, -42), (38, 27), (-38, 27)];
const FALLEN_TRIANGLE: &[Point] = &[(0, 42), (38, -27), (-38, -27)];

impl Look {
    /// How many differ.
    const NAMED: usize = 12;
    /// Of several series together.
    pub(super) const OTHER: Self = Self(12);
    /// Of all together.
    pub(super) const TOTAL: Self = Self(13);

    /// The look of the series in that place.
    pub(super) fn of(place: usize) -> Self {
        Self(u8::try_from(place % Self::NAMED).unwrap_or_default())
    }

    /// What stands for it in a colour.
    pub(super) const fn number(self) -> u8 {
        self.0
    }

    /// Back from there.
    pub(super) const fn numbered(number: u8) -> Self {
        Self(number)
    }

    /// Its class.
    pub(super) fn class(self) -> &'static str {
        LOOKS.get(usize::from(self.0)).map_or("", |look| look.0)
    }

    /// The pattern laid over an area.
    pub(super) fn pattern(self) -> Option<&'static str> {
        LOOKS.get(usize::from(self.0)).and_then(|look| look.1)
    }

    /// A mark on the line, around a point.
    pub(super) fn mark(self, (x, y): Point) -> Vec<Point> {
        // The style sheet has four kinds of dashes, too, and changes them at
        // every series: no two of twelve have both in common.
        let outline = match self.0 {
            0 | 7 | 10 | 13 => CIRCLE,
            1 | 4 | 11 => SQUARE,
            2 | 5 | 8 => DIAMOND,
            3 | 6 | 9 => TRIANGLE,
            _ => FALLEN_TRIANGLE,
        };
        outline.iter().map(|(across, down)| (x + across, y + down)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Look;

    #[test]
    fn no_two_series_have_dashes_and_marks_in_common() {
        let looks: BTreeSet<_> =
            (0..12).map(|place| (place % 4, Look::of(place).mark((0, 0)))).collect();
        assert_eq!(looks.len(), 12);
    }

    #[test]
    fn no_two_series_have_a_pattern_in_common() {
        let patterns: BTreeSet<_> = (0..12).map(|place| Look::of(place).pattern()).collect();
        assert_eq!(patterns.len(), 12);
    }
}
