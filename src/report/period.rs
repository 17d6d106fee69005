use serde::{Deserialize, Serialize};

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
    /// The last `days` days of what `spans` (first and last day of each file)
    /// cover; days later than `latest` do not move it. `None` without data.
    pub(super) fn last_days(days: u32, spans: &[(Day, Day)], newest: Option<Day>) -> Option<Self> {
        let last = newest?;
        let first = last.plus(1 - i32::try_from(days).unwrap_or(i32::MAX));
        let covered = (first.0..=last.0)
            .filter(|day| spans.iter().any(|(from, to)| (from.0..=to.0).contains(day)))
            .count();
        Some(Self { first, last, covered: u32::try_from(covered).unwrap_or(days) })
    }

    /// Number of days.
    pub fn days(&self) -> u32 {
        u32::try_from(self.last.0 - self.first.0 + 1).unwrap_or(0)
    }

    /// Whether `day` lies in it.
    pub fn holds(&self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}
