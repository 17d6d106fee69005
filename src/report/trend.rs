//! Whether old TLS versions go away: the share of each, week by week.
//!
//! A week is a week of ISO 8601: it begins on Monday, and its days are UTC.
//! Shares are of what is recorded. A week in which no file covers any day has
//! no data, which is not 0.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::period::Coverage;
use super::table::{Line, Own, Table};
use super::{Amount, Column, Only, Period, Report, Subject, TlsCounts};
use crate::mail::{Day, Direction, TlsState, lower};
use crate::order::{merge_by, sort_by};
use crate::tally::{FlowCell, SubmissionCell, Tally, Text};

/// At most so many are listed of those who still use a weak version.
pub const STILL_LISTED: usize = 10;

/// The states that are to go away: below TLS 1.2, and no TLS.
pub const WEAK: [TlsState; 4] = [TlsState::NoTls, TlsState::Older, TlsState::V1_0, TlsState::V1_1];

/// Days of a week, as bits.
const ALL_DAYS: u8 = 0b111_1111;

/// The TLS versions of some messages, week by week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trend {
    /// Every week from the first to the last that has data, in order.
    pub weeks: Vec<Week>,
    /// What is known of each state, in the order of [`TlsState::ALL`].
    pub versions: [Seen; TlsState::ALL.len()],
    /// Messages whose day is not known, and which therefore are in no week.
    pub undated: u64,
    /// Who still uses a weak version; `None` without any data.
    pub still: Option<Still>,
}

/// One week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// Its first day.
    pub monday: Day,
    /// The days that files cover, a bit each, Monday's the lowest.
    pub days: u8,
    /// Messages by TLS.
    pub counts: TlsCounts,
}

/// What is known of one TLS state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The first and the last day with a message.
    pub days: Option<(Day, Day)>,
    /// How many messages.
    pub amount: Amount,
}

/// Who used a [`WEAK`] state in the newest week that has data on all its days,
/// else in the newest that has any; the most such messages first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Still {
    /// Which week; its counts are of all messages.
    pub week: Week,
    /// Connectors, or domains of senders, with their weak messages alone.
    pub groups: Vec<(Only, TlsCounts)>,
    /// How many more there are.
    pub more_groups: u64,
    /// SMTP AUTH clients. Empty in the Connector report.
    pub senders: Vec<(Subject, TlsCounts)>,
    /// How many more there are.
    pub more_senders: u64,
}

impl Week {
    /// Sunday.
    pub const fn sunday(&self) -> Day {
        self.monday.plus(6)
    }

    /// How many of its days files cover.
    pub const fn covered(&self) -> u32 {
        self.days.count_ones()
    }

    /// Whether files cover all of its days.
    pub const fn is_full(&self) -> bool {
        self.days == ALL_DAYS
    }

    /// Year and number (ISO 8601): `2026-W53`.
    pub fn name(&self) -> String {
        self.monday
            .week()
            .map_or_else(|| self.monday.to_string(), |(year, week)| format!("{year:04}-W{week:02}"))
    }
}

impl Trend {
    /// The first and the last week that files cover on all days.
    pub fn full(&self) -> Option<(&Week, &Week)> {
        let mut full = self.weeks.iter().filter(|week| week.is_full());
        let first = full.next()?;
        Some((first, full.next_back().unwrap_or(first)))
    }

    /// Messages of all weeks.
    pub fn counts(&self) -> TlsCounts {
        let mut counts = TlsCounts::default();
        for week in &self.weeks {
            counts.add_all(&week.counts);
        }
        counts
    }
}

/// The weeks of a period, from `cells` of its days: day, TLS, messages.
pub(super) fn by_week(
    coverage: &Coverage,
    period: &Period,
    cells: &mut dyn Iterator<Item = (Day, TlsState, Amount)>,
) -> Trend {
    let mut trend = Trend::default();
    let start = period.first.monday();
    for monday in (start.0..=period.last.0).step_by(7).map(Day) {
        let mut week = Week { monday, days: 0, counts: TlsCounts::default() };
        for (bit, day) in (monday.0..monday.0 + 7).enumerate() {
            if period.holds(Day(day)) && coverage.holds(Day(day)) {
                week.days |= 1 << bit;
            }
        }
        trend.weeks.push(week);
    }
    for (day, tls, amount) in cells {
        let since = usize::try_from(day.0 - start.0).ok();
        let week = since.and_then(|days| trend.weeks.get_mut(days / 7));
        let Some(week) = week.filter(|_| amount.0 > 0) else { continue };
        // A day with mail is a day with data, whatever the spans say.
        week.days |= 1 << (day.0 - week.monday.0);
        week.counts.add_amount(tls, amount);
        let seen = &mut trend.versions[tls.index()];
        let (first, last) = seen.days.unwrap_or((day, day));
        seen.days = Some((first.min(day), last.max(day)));
        seen.amount = (seen.amount.0 + amount.0, seen.amount.1 || amount.1);
    }
    // Weeks without data say something only between others.
    let data = |week: &Week| week.days != 0;
    let end = trend.weeks.iter().rposition(data).map_or(0, |last| last + 1);
    trend.weeks.truncate(end);
    let first = trend.weeks.iter().position(data).unwrap_or(0);
    trend.weeks.drain(..first);
    trend
}

impl Trend {
    /// The week by which is told who still uses a weak version, and its days.
    fn week_of_still(&self) -> Option<(Week, Period)> {
        let week = *self.full().map(|(_, last)| last).or(self.weeks.last())?;
        let period = Period { first: week.monday, last: week.sunday(), covered: week.covered() };
        Some((week, period))
    }
}

/// The weeks of flow cells of a period, and the connectors that still use a
/// weak version.
pub(super) fn of_flow<'t>(
    tally: &Tally,
    coverage: &Coverage,
    period: &Period,
    cells: impl Iterator<Item = &'t FlowCell> + Clone,
) -> Trend {
    let mut facts = cells.clone().map(|cell| (cell.day(), cell.tls, cell.amount()));
    let mut trend = by_week(coverage, period, &mut facts);
    let Some((week, days)) = trend.week_of_still() else { return trend };
    let of_week = cells.filter(|cell| days.holds(cell.day())).map(|cell| {
        let connector = cell.connector.map_or(0, |name| name.index() + 1);
        ((cell.direction as usize, connector), cell.tls, cell.amount())
    });
    let (groups, more_groups) = most(&mut of_week.into_iter());
    let only = |((direction, connector), counts): (Key, TlsCounts)| {
        let direction = Direction::ALL.into_iter().find(|known| *known as usize == direction);
        let name = connector.checked_sub(1).map(|name| name_of(tally, name));
        (Only::Connector(direction.unwrap_or(Direction::Unknown), name), counts)
    };
    let groups = groups.into_iter().map(only).collect();
    trend.still = Some(Still { week, groups, more_groups, senders: Vec::new(), more_senders: 0 });
    trend
}

/// The weeks of submissions of a period, and the domains and senders that
/// still use a weak version.
pub(super) fn of_submissions<'t>(
    tally: &Tally,
    coverage: &Coverage,
    period: &Period,
    cells: impl Iterator<Item = &'t SubmissionCell> + Clone,
) -> Trend {
    let mut facts = cells.clone().map(|cell| (cell.day(), cell.tls, cell.amount()));
    let mut trend = by_week(coverage, period, &mut facts);
    let Some((week, days)) = trend.week_of_still() else { return trend };
    let of_week = cells.filter(|cell| days.holds(cell.day()));
    let of = |cell: &SubmissionCell, key: Key| (key, cell.tls, cell.amount());
    let (groups, more_groups) =
        most(&mut of_week.clone().map(|cell| of(cell, (cell.domain.index(), 0))));
    let (senders, more_senders) =
        most(&mut of_week.map(|cell| of(cell, (cell.account.index(), cell.domain.index()))));
    let group =
        |((domain, _), counts): (Key, TlsCounts)| (Only::Domain(name_of(tally, domain)), counts);
    let sender = |((account, domain), counts): (Key, TlsCounts)| {
        (Subject::Sender(name_of(tally, account), name_of(tally, domain)), counts)
    };
    trend.still = Some(Still {
        week,
        groups: groups.into_iter().map(group).collect(),
        more_groups,
        senders: senders.into_iter().map(sender).collect(),
        more_senders,
    });
    trend
}

/// What a user of a weak version is known by: positions of texts.
type Key = (usize, usize);

fn name_of(tally: &Tally, text: usize) -> String {
    Text::at(text).map(|text| tally.text(text)).unwrap_or_default().to_owned()
}

/// Those with the most messages in a weak state, and how many others there
/// are.
fn most(cells: &mut dyn Iterator<Item = (Key, TlsState, Amount)>) -> (Vec<(Key, TlsCounts)>, u64) {
    let mut users: Vec<(Key, TlsCounts)> = Vec::new();
    for (key, tls, amount) in cells {
        if WEAK.contains(&tls) && amount.0 > 0 {
            let mut counts = TlsCounts::default();
            counts.add_amount(tls, amount);
            users.push((key, counts));
        }
    }
    merge_by(&mut users, &|a, b| a.0.cmp(&b.0), &|one, other| one.1.add_all(&other.1));
    sort_by(&mut users, &|a, b| b.1.volume().cmp(&a.1.volume()).then(a.0.cmp(&b.0)));
    let more = users.len().saturating_sub(STILL_LISTED) as u64;
    users.truncate(STILL_LISTED);
    (users, more)
}

impl Own for Week {
    fn compare(&self, other: &Self, column: Column) -> Ordering {
        match column {
            Column::Covered => self.covered().cmp(&other.covered()),
            Column::Week | Column::Monday => self.monday.cmp(&other.monday),
            _ => Ordering::Equal,
        }
    }

    /// Newest first.
    fn usual(&self, other: &Self, _: (u64, u64)) -> Ordering {
        other.monday.cmp(&self.monday)
    }
}

/// A report with its weeks: each is a row of the table, if the search leaves it.
pub(super) fn with_weeks(mut report: Report, mut trend: Trend) -> (Report, Table) {
    // Told beside the weeks, in their words.
    trend.undated = std::mem::take(&mut report.remarks.undated);
    let search = lower(report.query.search.trim());
    let holds = |week: &&Week| {
        lower(&week.name()).contains(&search) || week.monday.to_string().contains(&search)
    };
    let line = |week: &Week| Line { of: *week, now: week.counts, before: None };
    let mut rows: Vec<Line<Week>> = trend.weeks.iter().filter(holds).map(line).collect();
    super::table::sort(&mut rows, report.query.sort, &|_| None);
    report.rows = rows.len() as u64;
    report.rows_all = trend.weeks.len() as u64;
    report.trend = Some(trend);
    (report, Table::Weeks(rows))
}
