//! Which days of an axis are written below it.

use crate::mail::Day;
use crate::page::chart::recorder::whole;
use crate::page::chart::text_width::text_width;

/// A date below the axis, in pixels of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Date {
    /// Which day it is.
    pub(super) index: usize,
    /// Month and day: `09-03`.
    pub(super) text: String,
    /// The year, on a line of its own, where it is another than before.
    pub(super) year: Option<String>,
    /// Where its middle is.
    pub(super) middle: i32,
}

/// Font size of all labels.
pub(in crate::page::chart) const FONT: i32 = 12;
/// Between two dates at least.
const GAP: i32 = 10;

/// How far apart the written days are.
#[derive(Clone, Copy)]
enum Every {
    Days(usize),
    /// The first days of months, counted from January.
    Months(i32),
}

const EVERY: [Every; 14] = [
    Every::Days(1),
    Every::Days(2),
    Every::Days(4),
    Every::Days(7),
    Every::Days(14),
    Every::Months(1),
    Every::Months(2),
    Every::Months(3),
    Every::Months(6),
    Every::Months(12),
    Every::Months(24),
    Every::Months(60),
    Every::Months(120),
    Every::Months(240),
];

/// As many dates as fit beside each other on a drawing of `width`; `middle` is
/// where a day is.
pub(super) fn dates(
    first: Day,
    days: usize,
    width: i32,
    middle: &dyn Fn(usize) -> i32,
) -> Vec<Date> {
    let all: Vec<_> =
        (0..days).map(|index| day_at(first, index).calendar().unwrap_or_default()).collect();
    let label = whole(text_width("00-00", f64::from(FONT)).ceil());
    let mut sparsest = Vec::new();
    for every in EVERY {
        let mut dates: Vec<Date> = Vec::new();
        let mut fits = true;
        let mut year_before = None;
        for (index, (year, month, day)) in all.iter().copied().enumerate() {
            let written = match every {
                Every::Days(days) => index.is_multiple_of(days),
                Every::Months(months) => {
                    day == 1 && (year * 12 + i32::from(month) - 1) % months == 0
                }
            };
            if !written {
                continue;
            }
            let middle = middle(index).min(width - label / 2).max(label / 2);
            fits = dates.last().is_none_or(|before| middle - before.middle >= label + GAP);
            if !fits {
                break;
            }
            let other_year = (year_before != Some(year)).then(|| year.to_string());
            let text = format!("{month:02}-{day:02}");
            dates.push(Date { index, text, year: other_year, middle });
            year_before = Some(year);
        }
        if dates.is_empty() {
            break;
        }
        if fits {
            return dates;
        }
        sparsest = dates;
    }
    // Hardly any room: one date is better than none.
    sparsest.truncate(1);
    sparsest
}

/// A day of the axis.
pub(super) fn day_at(first: Day, index: usize) -> Day {
    first.plus(i32::try_from(index).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::{Date, FONT, dates};
    use crate::mail::Day;
    use crate::page::chart::text_width::text_width;

    fn on_axis(first: &str, days: usize, width: i32) -> Vec<Date> {
        let first = Day::parse(first).unwrap();
        let wide = i32::try_from(days).unwrap() - 1;
        dates(first, days, width, &|index| {
            40 + (width - 60) * i32::try_from(index).unwrap() / wide.max(1)
        })
    }

    fn texts(dates: &[Date]) -> Vec<String> {
        let text = |date: &Date| match &date.year {
            Some(year) => format!("{year}-{}", date.text),
            None => date.text.clone(),
        };
        dates.iter().map(text).collect()
    }

    #[test]
    fn dates_never_overlap_and_stay_on_the_drawing() {
        for width in (320..=2560).step_by(7).chain([320, 2560]) {
            for days in 1..=400 {
                let dates = on_axis("2025-10-20", days, width);
                assert!(!dates.is_empty(), "{days} days on {width}");
                let half = text_width("00-00", f64::from(FONT)) / 2.0;
                for date in &dates {
                    assert!(f64::from(date.middle) + half <= f64::from(width) + 1.0);
                    assert!(f64::from(date.middle) - half >= -1.0);
                }
                for pair in dates.windows(2) {
                    let apart = f64::from(pair[1].middle - pair[0].middle);
                    assert!(apart >= 2.0 * half + 4.0, "{days} days on {width}");
                }
            }
        }
    }

    #[test]
    fn long_times_have_months_and_years() {
        assert_eq!(
            texts(&on_axis("2021-12-15", 400, 500)),
            ["2022-01-01", "03-01", "05-01", "07-01", "09-01", "11-01", "2023-01-01"]
        );
        assert_eq!(
            texts(&on_axis("2021-12-15", 5 * 365, 320)),
            ["2022-01-01", "2023-01-01", "2024-01-01", "2025-01-01", "2026-01-01"]
        );
        assert!((3..20).contains(&on_axis("1970-01-01", 49_000, 600).len()));
    }

    #[test]
    fn the_year_stands_where_it_changes() {
        assert_eq!(
            texts(&on_axis("2025-12-30", 4, 400)),
            ["2025-12-30", "12-31", "2026-01-01", "01-02"]
        );
    }
}
