//! The time of the lines of a log that may state neither year nor zone.
//!
//! The year of the first line is, in this order: what the person says; a year
//! that lines of the log state, in their stamps or in the dates inside them
//! (Message-IDs and queue ids that hold one, `Received` fields, Google's
//! `250 2.0.0 OK  1608161352 …`); the one in which the weekday fits; the
//! latest that is not later than the file's date. From there on it turns where
//! the months do: a log is written in order, so a step back by more than half
//! a year is the new year, and a step forward by as much a late line of the old.
//!
//! The zone is what the line states, else what the person says, else what the
//! exact dates inside the log's first lines tell, else UTC. In the hour that
//! clocks show twice, the lines before tell which is meant.

use super::bytes::find;
use super::sink::Settings;
use super::syslog::{Stamp, take_stamp};
use super::time::{civil, clock, digits, month_of, parse_time};
use crate::account::{Inference, LeftOut, Unreadable};
use crate::mail::{MAX_SECONDS, Zone};
use crate::order::sort_by;

const DAY: i64 = 86_400;
/// Zones are quarters of an hour from UTC.
const QUARTER: i64 = 900;
/// A step as long as this in the order of the days is a new year.
const HALF_YEAR: i64 = 183;
/// How much earlier than the latest line a line may be, in seconds: several
/// processes write one log.
const LATE: i64 = 600;

/// Turns the stamps of one log into seconds since 1970.
pub(super) struct LogClock {
    /// The last stamp as written, and its time: most lines repeat it.
    last: (Vec<u8>, u32),
    /// The last minute, as RFC 3339 writes it.
    minute: Option<Minute>,
    /// Year and day of the year of the last line that states no year.
    year: u32,
    day: Option<i64>,
    /// How the year and the zone were found, for the account.
    year_from: Option<Inference>,
    zone: Zone,
    zone_from_log: bool,
    /// Time of the latest line, which settles what hour is meant where the
    /// clock was put back.
    latest: Option<i64>,
}

/// A minute as a stamp of RFC 3339 tells it: `2022-01-08T19:42:` before the
/// seconds, `+00:00 ` behind them and their fraction.
struct Minute {
    before: [u8; 17],
    behind: Vec<u8>,
    /// Its first second, since 1970.
    start: u32,
}

impl Minute {
    /// The minute of a stamp that says `seconds`, if it is written so.
    fn read(stamp: &[u8], seconds: u32) -> Option<Self> {
        let (before, rest) = stamp.split_first_chunk()?;
        let clock = digits(rest.get(..2)?).filter(|clock| *clock < 60)?;
        let behind = behind_fraction(rest.get(2..)?);
        // What the stamp does not say may be another in the next line.
        let said = matches!(behind, [b'Z' | b'+' | b'-', .., b' '])
            && [before[13], before[16]] == [b':', b':'];
        let start = seconds.checked_sub(clock)?;
        said.then(|| Self { before: *before, behind: behind.to_vec(), start })
    }

    /// The time of a line of this minute, and what stands behind its stamp.
    fn of<'l>(&self, line: &'l [u8]) -> Option<(u32, &'l [u8])> {
        let rest = line.strip_prefix(&self.before)?;
        let clock = digits(rest.get(..2)?).filter(|clock| *clock < 60)?;
        let behind = rest.get(2..)?;
        let rest = match behind.split_first()? {
            (b'.', _) => behind_fraction(behind).strip_prefix(self.behind.as_slice())?,
            _ => behind.strip_prefix(self.behind.as_slice())?,
        };
        Some((self.start + clock, rest))
    }
}

/// What stands behind `.572958`; all of it where no fraction is.
fn behind_fraction(text: &[u8]) -> &[u8] {
    let Some(fraction) = text.strip_prefix(b".") else { return text };
    let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if length == 0 { text } else { &fraction[length..] }
}

/// The time behind the stamp, what stands there, and what was concluded.
pub(super) struct Timed<'l> {
    pub(super) seconds: u32,
    pub(super) rest: &'l [u8],
    pub(super) inferred: [Option<Inference>; 2],
}

impl LogClock {
    /// A clock for a log that starts so.
    pub(super) fn new(probe: &[u8], settings: &Settings) -> Self {
        let evidence = Evidence::of(probe);
        let said = settings.choices.log_year.and_then(|year| u32::try_from(year).ok());
        let (year, year_from) = match (said, evidence.year) {
            (Some(year), _) => (year, None),
            (None, Some(year)) => (year, Some(Inference::YearFromLog)),
            (None, None) => {
                evidence.latest_year(i64::from(settings.file_date.unwrap_or(settings.now)))
            }
        };
        let said = &settings.choices.zone;
        let told = evidence.zone.filter(|_| !said.is_said());
        let zone = told.map_or_else(|| said.clone(), Zone::fixed);
        Self {
            last: (Vec::new(), 0),
            minute: None,
            year,
            day: None,
            year_from,
            zone,
            zone_from_log: told.is_some(),
            latest: None,
        }
    }

    /// Reads the time of a line.
    pub(super) fn read<'l>(&mut self, line: &'l [u8]) -> Result<Timed<'l>, LeftOut> {
        const NONE: LeftOut = LeftOut::Unreadable(Unreadable::BadTime);
        let mut inferred = [None; 2];
        if !self.last.0.is_empty()
            && let Some(rest) = line.strip_prefix(self.last.0.as_slice())
        {
            return Ok(Timed { seconds: self.last.1, rest, inferred });
        }
        if let Some((seconds, rest)) = self.minute.as_ref().and_then(|minute| minute.of(line)) {
            self.latest = self.latest.max(Some(i64::from(seconds)));
            return Ok(Timed { seconds, rest, inferred });
        }
        let (stamp, rest) = take_stamp(line).ok_or(NONE)?;
        let mut year = stamp.year;
        if year.is_none() {
            year = self.turn(&stamp);
            inferred[0] = self.year_from;
        }
        let days = year.and_then(|year| civil(year, stamp.month, stamp.day)).ok_or(NONE)?;
        let local = days * DAY + i64::from(stamp.clock);
        let utc = if let Some(east) = stamp.zone {
            local - i64::from(east)
        } else {
            inferred[1] = self.zone_from_log.then_some(Inference::ZoneFromLog);
            self.zone.to_utc(local, self.latest.map(|latest| latest - LATE))
        };
        let seconds = u32::try_from(utc)
            .ok()
            .filter(|seconds| i64::from(*seconds) <= MAX_SECONDS)
            .ok_or(LeftOut::Unreadable(Unreadable::TimeOutOfRange))?;
        self.latest = self.latest.max(Some(utc));
        let text = &line[..line.len() - rest.len()];
        if inferred == [None; 2] && text.ends_with(b" ") {
            self.last.0.clear();
            self.last.0.extend_from_slice(text);
            self.last.1 = seconds;
            self.minute = Minute::read(text, seconds);
        }
        Ok(Timed { seconds, rest, inferred })
    }

    /// The year of a stamp without one.
    fn turn(&mut self, stamp: &Stamp) -> Option<u32> {
        // In a leap year, so that every day has its place.
        let day = civil(2000, stamp.month, stamp.day)?;
        let last = self.day.unwrap_or(day);
        if day - last > HALF_YEAR {
            return Some(self.year.saturating_sub(1));
        }
        if last - day > HALF_YEAR {
            self.year += 1;
        }
        self.day = Some(day);
        Some(self.year)
    }
}

/// What the first lines of a log tell of its year and zone.
struct Evidence {
    /// The first stamp without a year.
    first: Option<Stamp>,
    year: Option<u32>,
    /// Minutes east of UTC.
    zone: Option<i32>,
}

impl Evidence {
    fn of(probe: &[u8]) -> Self {
        let mut first: Option<Stamp> = None;
        let (mut years, mut zones) = (Vec::new(), Vec::new());
        for line in probe.split(|&byte| byte == b'\n') {
            let Some((stamp, rest)) = take_stamp(line) else { continue };
            let start = *first.get_or_insert(stamp);
            // What year the first line is of, when this one is of `year`.
            let turned = (stamp.month, stamp.day) < (start.month, start.day);
            let of_first = |year: u32| year - u32::from(turned);
            if start.year.is_some() {
                first = None;
                if stamp.zone.is_some() {
                    continue;
                }
            }
            if let Some(year) = stamp.year {
                years.push(of_first(year));
            }
            each_date(rest, &mut |date, exact| {
                let around = stamp.year.map_or_else(
                    || {
                        let year = year_of(date);
                        [year - 1, year, year + 1].map(Some)
                    },
                    |year| [Some(year), None, None],
                );
                for year in around.into_iter().flatten() {
                    let Some(days) = civil(year, stamp.month, stamp.day) else { continue };
                    let local = days * DAY + i64::from(stamp.clock);
                    let apart = local - date;
                    if apart.abs() > 2 * DAY {
                        continue;
                    }
                    if stamp.year.is_none() {
                        years.push(of_first(year));
                    }
                    let quarters = (apart + QUARTER / 2).div_euclid(QUARTER);
                    if exact
                        && (apart - quarters * QUARTER).abs() <= 5
                        && (-48..=56).contains(&quarters)
                        && stamp.zone.is_none()
                    {
                        zones.extend(i32::try_from(quarters * 15));
                    }
                }
            });
        }
        Self { first, year: most(years), zone: most(zones) }
    }

    /// The latest year in which the first line is not later than `reference`
    /// (and a day, for the zone), and has its weekday.
    fn latest_year(&self, reference: i64) -> (u32, Option<Inference>) {
        let now = year_of(reference);
        let Some(first) = self.first else { return (now, None) };
        let fits = |year: &u32| {
            civil(*year, first.month, first.day).is_some_and(|days| {
                // 1970-01-01 was a Thursday.
                let weekday = u32::try_from((days + 4).rem_euclid(7)).ok();
                days * DAY <= reference + DAY
                    && (first.weekday.is_none() || first.weekday == weekday)
            })
        };
        let year = (0..30).map(|back| now.saturating_sub(back)).find(fits);
        let from = if first.weekday.is_some() {
            Inference::YearFromLog
        } else {
            Inference::YearFromFileDate
        };
        (year.unwrap_or(now), Some(from))
    }
}

fn year_of(seconds: i64) -> u32 {
    let day = i32::try_from(seconds.div_euclid(DAY)).unwrap_or(0);
    let year = crate::mail::Day(day).calendar().map_or(1970, |(year, ..)| year);
    u32::try_from(year).unwrap_or(1970).max(1)
}

/// What more than half of the votes are for.
fn most<T: Copy + Ord>(mut votes: Vec<T>) -> Option<T> {
    sort_by(&mut votes, &Ord::cmp);
    let middle = *votes.get(votes.len() / 2)?;
    let of_it = votes.iter().filter(|vote| **vote == middle).count();
    (of_it * 2 > votes.len()).then_some(middle)
}

/// The dates inside a line, in seconds since 1970, and whether they are exact:
/// of the moment in which the line was written, with a zone.
fn each_date(text: &[u8], take: &mut dyn FnMut(i64, bool)) {
    let mut at = 0;
    while let Some(from) = text[at..].iter().position(u8::is_ascii_digit) {
        let start = at + from;
        let length = text[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let run = &text[start..start + length];
        at = start + length;
        if length == 10 && text[..start].trim_ascii_end().ends_with(b"OK") {
            // Google: `250 2.0.0 OK  1608161352 c34si2363086pgm.445 - gsmtp`.
            if let Some(seconds) = digits(run) {
                take(i64::from(seconds), true);
            }
        } else if length >= 14
            && let Some(seconds) = compact(&run[..14])
        {
            // Message-IDs: `<20220108194212.4A7@…>`.
            take(seconds, false);
        } else if (1..=2).contains(&length)
            && let Some(date) = written(&text[start..])
        {
            // RFC 5322: `Thu, 17 Dec 2020 06:28:57 +0700`.
            take(date, text[..start].ends_with(b", "));
        }
    }
}

/// `20220108194212`
fn compact(run: &[u8]) -> Option<i64> {
    let part = |from: usize, to: usize| digits(&run[from..to]);
    let year = part(0, 4).filter(|year| (1990..2100).contains(year))?;
    let days = civil(year, part(4, 6)?, part(6, 8)?)?;
    Some(days * DAY + clock(part(8, 10)?, part(10, 12)?, part(12, 14)?)?)
}

/// `17 Dec 2020 06:28:57 +0700`, which says its zone.
fn written(text: &[u8]) -> Option<i64> {
    let text = &text[..text.len().min(30)];
    let gap = find(text, b" ")?;
    month_of(str::from_utf8(text.get(gap + 1..gap + 4)?).ok()?)?;
    let sign = text.iter().position(|byte| matches!(byte, b'+' | b'-'))?;
    parse_time(text.get(..sign + 5)?, None).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn times(clock: &mut LogClock, line: &str) -> Option<(u32, String)> {
        let timed = clock.read(line.as_bytes()).ok()?;
        Some((timed.seconds, String::from_utf8_lossy(timed.rest).into_owned()))
    }

    proptest! {
        #[test]
        fn what_was_read_before_does_not_change_a_stamp_that_says_all(
            lines in prop::collection::vec(
                (
                    prop::sample::select(vec!["", "<22>", "<22>1 ", "mail-1  | ", "mail-12345| "]),
                    (1_u32..4, 0_u32..3, 0_u32..62),
                    prop::sample::select(vec!["T", " "]),
                    prop::sample::select(vec!["", ".5", ".572958", ".", ",5"]),
                    prop::sample::select(vec!["Z", "+00:00", "+0900", "-03:30", "X"]),
                ),
                1..12,
            ),
        ) {
            let settings = Settings::default();
            let mut running = LogClock::new(b"", &settings);
            for (lead, (day, minute, second), between, fraction, zone) in lines {
                let line =
                    format!("{lead}2026-0{day}-28{between}07:0{minute}:{second:02}{fraction}{zone} mx a[1]: b");
                let mut fresh = LogClock::new(b"", &settings);
                prop_assert_eq!(times(&mut running, &line), times(&mut fresh, &line), "{}", line);
            }
        }
    }
}
