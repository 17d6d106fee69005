use std::fmt;

use serde::{Deserialize, Serialize};
use time::{Date, Month};

/// The last second that a count can carry (2106-02-07), in seconds since 1970.
pub const MAX_SECONDS: i64 = u32::MAX as i64;

const UNIX_EPOCH_JULIAN_DAY: i32 = 2_440_588;

/// A UTC calendar day, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day(pub i32);

impl Day {
    /// The UTC day that holds the second `seconds` after 1970-01-01T00:00:00Z.
    pub const fn of_seconds(seconds: u32) -> Self {
        Self::of_hour(seconds / 3_600)
    }

    /// The UTC day that holds the hour `hour` after 1970-01-01T00:00Z.
    pub const fn of_hour(hour: u32) -> Self {
        Self((hour / 24).cast_signed())
    }

    /// Hours from 1970 to its first; 0 for days before that.
    pub fn first_hour(self) -> u32 {
        u32::try_from(self.0).unwrap_or(0).saturating_mul(24)
    }

    /// Reads `2026-09-03`; `None` if it is no day.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = Month::try_from(parts.next()?.parse::<u8>().ok()?).ok()?;
        let date = Date::from_calendar_date(year, month, parts.next()?.parse().ok()?).ok()?;
        Some(Self(date.to_julian_day() - UNIX_EPOCH_JULIAN_DAY))
    }

    /// Year, month and day of the month; `None` beyond the calendar.
    pub fn calendar(self) -> Option<(i32, u8, u8)> {
        let date = Date::from_julian_day(UNIX_EPOCH_JULIAN_DAY.saturating_add(self.0)).ok()?;
        Some((date.year(), date.month().into(), date.day()))
    }

    /// The Monday of its week (ISO 8601).
    #[must_use]
    pub const fn monday(self) -> Self {
        // 1970 began on a Thursday.
        Self(self.0.saturating_sub(self.0.saturating_add(3).rem_euclid(7)))
    }

    /// Year and number of its week (ISO 8601), the year being that of the
    /// week's Thursday; `None` beyond the calendar.
    pub fn week(self) -> Option<(i32, u8)> {
        let date = Date::from_julian_day(UNIX_EPOCH_JULIAN_DAY.saturating_add(self.0)).ok()?;
        let (year, week, _) = date.to_iso_week_date();
        Some((year, week))
    }

    /// The day `days` later (earlier when negative).
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

/// `2026-09-03`, as in ISO 8601.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.calendar() {
            Some((year, month, day)) => write!(f, "{year:04}-{month:02}-{day:02}"),
            None => write!(f, "day {}", self.0),
        }
    }
}
