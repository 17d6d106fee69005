use serde::{Deserialize, Serialize};

const DAY: i64 = 86_400;

/// A time zone, as it is needed for times that state none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// What a person calls it: `Europe/Berlin` (IANA), `UTC+09:00`; empty where
    /// nobody said one.
    pub name: String,
    /// Minutes east of UTC from each UTC second (since 1970) on, in order; the
    /// first holds from the beginning of time. One for a fixed offset, none
    /// where nobody said a zone: that is UTC.
    pub changes: Vec<(i64, i32)>,
}

impl Zone {
    /// The first and the last second of the years whose changes of clocks
    /// matter: 1990 to 2045. Nobody reads older mail, and no one knows what
    /// clocks will do in twenty years.
    pub const YEARS: (i64, i64) = (631_152_000, 2_398_377_600);

    /// A zone whose clocks never change.
    pub fn fixed(minutes: i32) -> Self {
        let sign = if minutes < 0 { '-' } else { '+' };
        let size = minutes.unsigned_abs();
        let name = match size {
            0 => "UTC".to_owned(),
            _ => format!("UTC{sign}{:02}:{:02}", size / 60, size % 60),
        };
        Self { name, changes: vec![(0, minutes)] }
    }

    /// Reads an offset from UTC: `UTC`, `Z`, `+09:00`, `UTC-5`; `None` if it is
    /// none.
    pub fn offset(text: &str) -> Option<Self> {
        if matches!(text, "UTC" | "Z") {
            return Some(Self::fixed(0));
        }
        let offset = text.strip_prefix("UTC").unwrap_or(text);
        let (sign, size) = match offset.strip_prefix('+') {
            Some(size) => (1, size),
            None => (-1, offset.strip_prefix(['-', '\u{2212}'])?),
        };
        let (hours, minutes) = size.split_once(':').unwrap_or((size, "0"));
        let number = |text: &str, below: i32| {
            let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            text.parse::<i32>().ok().filter(|number| digits && *number < below)
        };
        Some(Self::fixed(sign * (number(hours, 15)? * 60 + number(minutes, 60)?)))
    }

    /// Whether somebody said it.
    pub fn is_said(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Minutes east of UTC at a second since 1970.
    pub fn minutes_at(&self, utc: i64) -> i32 {
        self.changes.get(self.period(utc)).map_or(0, |(_, minutes)| *minutes)
    }

    /// The how-manieth of the changes holds at a second since 1970.
    fn period(&self, utc: i64) -> usize {
        self.changes.partition_point(|(from, _)| *from <= utc).saturating_sub(1)
    }

    /// The second since 1970 that clocks show as `local`, which is counted as
    /// if they showed UTC.
    ///
    /// In the hour that clocks show twice it is the first, unless that is
    /// before `not_before` and the second is not. In the hour that they never
    /// show, it is as if they had not been put forward.
    pub fn to_utc(&self, local: i64, not_before: Option<i64>) -> i64 {
        let mut first = None;
        let mut found = local;
        // No zone is a day from UTC.
        for at in self.period(local - DAY).. {
            let Some((from, minutes)) = self.changes.get(at) else { break };
            let utc = local - i64::from(*minutes) * 60;
            if at > 0 && utc < *from {
                break;
            }
            found = utc;
            if self.changes.get(at + 1).is_some_and(|(end, _)| utc >= *end) {
                continue;
            }
            match (first, not_before) {
                (None, _) => first = Some(utc),
                (Some(before), Some(least)) if before < least && utc >= least => {
                    first = Some(utc);
                }
                _ => {}
            }
        }
        first.unwrap_or(found)
    }

    /// A zone of the IANA database: of the system's copy, else of that which
    /// the program brings.
    #[cfg(feature = "program")]
    pub fn named(name: &str) -> Option<Self> {
        let zone = jiff::tz::TimeZone::get(name).ok()?;
        let name = zone.iana_name()?.to_owned();
        let start = jiff::Timestamp::from_second(Self::YEARS.0).ok()?;
        let minutes = |offset: jiff::tz::Offset| offset.seconds().div_euclid(60);
        let mut changes = vec![(Self::YEARS.0, minutes(zone.to_offset(start)))];
        for change in zone.following(start) {
            let at = change.timestamp().as_second();
            if at > Self::YEARS.1 {
                break;
            }
            let minutes = minutes(change.offset());
            if changes.last().is_some_and(|(_, before)| *before != minutes) {
                changes.push((at, minutes));
            }
        }
        Some(Self { name, changes })
    }
}

#[cfg(test)]
mod tests {
    use super::Zone;

    #[test]
    fn offsets_are_read_as_people_write_them() {
        for (text, minutes, name) in [
            ("UTC", 0, "UTC"),
            ("Z", 0, "UTC"),
            ("+00:00", 0, "UTC"),
            ("+09:00", 540, "UTC+09:00"),
            ("UTC+9", 540, "UTC+09:00"),
            ("-5", -300, "UTC-05:00"),
            ("UTC\u{2212}03:30", -210, "UTC-03:30"),
            ("+14", 840, "UTC+14:00"),
        ] {
            let zone = Zone::offset(text).expect(text);
            assert_eq!((zone.minutes_at(0), zone.name.as_str()), (minutes, name), "{text}");
        }
        for text in ["", "9", "+", "+9:75", "+15", "+009", "UTC 9", "+ 9", "KST", "Europe/Berlin"] {
            assert_eq!(Zone::offset(text), None, "{text}");
        }
    }

    #[test]
    fn a_zone_that_nobody_said_is_utc() {
        let zone = Zone::default();
        assert_eq!((zone.to_utc(7, Some(9)), zone.minutes_at(7), zone.is_said()), (7, 0, false));
        assert!(Zone::fixed(0).is_said());
    }

    #[test]
    fn the_first_change_holds_from_the_beginning_of_time() {
        let zone = Zone { name: String::new(), changes: vec![(1_000, 60), (9_000_000, 120)] };
        assert_eq!((zone.minutes_at(i64::MIN), zone.minutes_at(8_999_999)), (60, 60));
        assert_eq!(zone.to_utc(-3_600, None), -7_200);
    }
}
