use serde::{Deserialize, Serialize};

use super::Span;
use crate::mail::Day;

/// A span of UTC days that a card or report speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub first: Day,
    /// The last day, included.
    pub last: Day,
    /// How many of the days a file covers; the others are "no data", not 0.
    pub covered: u32,
}

impl Period {
    /// Number of days.
    pub fn days(&self) -> u32 {
        u32::try_from(self.last.0 - self.first.0 + 1).unwrap_or(0)
    }

    /// Whether `day` lies in it.
    pub fn holds(&self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether all of these days lie in it.
    pub(super) fn contains(&self, (first, last): (Day, Day)) -> bool {
        self.first <= first && last <= self.last
    }

    /// How many days after the first `day` is; `None` outside.
    pub(super) fn index(&self, day: Day) -> Option<usize> {
        if self.holds(day) { usize::try_from(day.0 - self.first.0).ok() } else { None }
    }
}

/// No report speaks of more days than these 50 years.
const MOST_DAYS: i32 = 18_263;

/// The days that files cover.
pub(super) struct Coverage {
    /// First and last day, in order, apart from each other.
    spans: Vec<(Day, Day)>,
}

impl Coverage {
    /// From the first and last day of each file.
    pub(super) fn new(mut spans: Vec<(Day, Day)>) -> Self {
        crate::order::sort_by(&mut spans, &Ord::cmp);
        let mut merged: Vec<(Day, Day)> = Vec::new();
        for (first, last) in spans {
            match merged.last_mut() {
                Some((_, end)) if first <= end.plus(1) => *end = last.max(*end),
                _ => merged.push((first, last)),
            }
        }
        Self { spans: merged }
    }

    /// The first and last days of what is covered.
    pub(super) fn spans(&self) -> &[(Day, Day)] {
        &self.spans
    }

    /// Whether a file tells of `day`.
    pub(super) fn holds(&self, day: Day) -> bool {
        let next = self.spans.partition_point(|(_, last)| *last < day);
        self.spans.get(next).is_some_and(|(first, _)| *first <= day)
    }

    /// A period, with how much of it is covered.
    pub(super) fn period(&self, first: Day, last: Day) -> Period {
        let covered = self.spans.iter().map(|(from, to)| {
            let days = to.0.min(last.0) - from.0.max(first.0) + 1;
            u32::try_from(days).unwrap_or(0)
        });
        Period { first, last, covered: covered.sum() }
    }

    /// The days that are asked for, where `reach` is the first and last day of
    /// mail. A span that ends before it starts has no days.
    pub(super) fn resolve(&self, span: Span, (oldest, newest): (Day, Day)) -> Option<Period> {
        let (first, last) = match span {
            Span::Last(days) => (newest.plus(1_i32.saturating_sub_unsigned(days)), newest),
            Span::All => (oldest, newest),
            Span::Days(first, last) => (first, last),
        };
        // Both may come out of an address that somebody made up.
        let first = first.max(last.plus(1 - MOST_DAYS));
        (first <= last).then(|| self.period(first, last))
    }

    /// As many days before `period`, if any of them is covered.
    pub(super) fn before(&self, period: &Period) -> Option<Period> {
        let before = self.days_before(period);
        (before.covered > 0).then_some(before)
    }

    /// As many days before `period`.
    pub(super) fn days_before(&self, period: &Period) -> Period {
        let days = i32::try_from(period.days()).unwrap_or(i32::MAX);
        self.period(period.first.plus(-days), period.first.plus(-1))
    }
}
