//! Unusual activity of SMTP AUTH clients (RP-03): what a compromised account
//! or a changed device looks like. One file for each kind of finding, and one
//! table of thresholds.
//!
//! A day is judged by the days before it alone, so that a finding does not
//! change when later files are added.

mod first_seen;
mod habit;
mod weaker_tls;

use serde::{Deserialize, Serialize};

use super::groups::Groups;
use super::period::Coverage;
use super::{Period, Span, senders};
use crate::mail::{Day, TlsState};
use crate::order::sort_by;
use crate::tally::{SubmissionCell, Tally, Text};

/// At most so many findings are listed.
pub const FINDINGS_LISTED: usize = 500;

/// The thresholds. They are for 20,000 senders looked at for months: what
/// happens to one sender in ten thousand days happens every day.
mod thresholds {
    /// Days of data before a day, without which nothing is "first seen".
    pub(super) const HISTORY: u32 = 14;
    /// Days that make a habit: two months hold what comes once a month.
    pub(super) const HABIT: i32 = 60;
    /// Days with mail, without which a sender has no habit.
    pub(super) const ACTIVE: usize = 5;
    /// Messages of a day that quiet senders do not reach.
    pub(super) const MANY: u64 = 30;
    /// From so many days of data before on, how often the highest day or hour
    /// of two months must be exceeded. Counts of bursty devices fall off
    /// exponentially: three times the highest of 60 days comes once in 200,000
    /// days. The fewer days are known, the lower was the highest.
    pub(super) const ABOVE_HIGHEST: [(u32, u64); 3] = [(56, 3), (28, 4), (0, 6)];
    /// The same for senders without a habit, and the messages it takes.
    pub(super) const ABOVE_RARE: (u64, u64) = (10, 100);
    /// Messages of one hour that make a burst.
    pub(super) const BURST: u64 = 60;
    /// Messages of the first three days that make a new sender noteworthy:
    /// people come and go, and send a few.
    pub(super) const NEWCOMER: u64 = 100;
    /// With fewer days of data before, a sender of one day may be a monthly job.
    pub(super) const MONTH: u32 = 35;
    /// Messages of a day from a network that was never seen.
    pub(super) const NEW_CLIENT: u64 = 20;
    /// Networks before, above which a sender roams: another one tells nothing.
    pub(super) const ROAMS: usize = 3;
    /// Messages of a day with weaker TLS than ever.
    pub(super) const WEAKER: u64 = 3;
    /// Messages before, of recorded TLS, that "ever" stands on.
    pub(super) const RECORDED: u64 = 20;
}

/// What is unusual in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unusual {
    /// The days looked at; `None` without data.
    pub period: Option<Period>,
    /// Days of data before the period.
    pub history: u32,
    /// The findings, most messages first.
    pub findings: Vec<Finding>,
    /// Those that did not fit.
    pub more: u64,
}

/// Something unusual of one sender; one for each sender and kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The sender; empty where the source leaves it out.
    pub address: String,
    /// Its domain.
    pub domain: String,
    /// The day.
    pub day: Day,
    /// Messages that it is about.
    pub messages: u64,
    /// What is unusual, with the figures behind it.
    pub kind: FindingKind,
}

/// What is unusual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FindingKind {
    /// Far above the sender's own habit.
    AboveHabit {
        /// Its usual day: the median of its days with mail.
        usual: u64,
        /// Its highest day before.
        highest: u64,
    },
    /// Many messages within one hour.
    Burst {
        /// The hour of the day (UTC).
        hour: u32,
        /// The highest hour before.
        highest: u64,
    },
    /// Never seen before, and much at once.
    NewSender {
        /// Days of data before.
        history: u32,
    },
    /// From a network that was never seen for this sender.
    NewClient {
        /// The address.
        client: String,
        /// How many networks were seen before.
        known: u32,
    },
    /// Weaker TLS than ever before.
    WeakerTls {
        /// The weakest until then.
        from: TlsState,
        /// That day.
        to: TlsState,
    },
}

/// Everything of one sender, in the order of time.
struct Sender<'t> {
    tally: &'t Tally,
    coverage: &'t Coverage,
    /// The first day of all data of the report.
    oldest: Day,
    period: Period,
    cells: Vec<&'t SubmissionCell>,
    /// Messages of the days with mail.
    days: Vec<(Day, u64)>,
}

impl Sender<'_> {
    /// Days of data before `day`.
    fn history(&self, day: Day) -> u32 {
        self.coverage.period(self.oldest, day.plus(-1)).covered
    }

    /// Whether enough is known of the time before `day`.
    fn is_known_time(&self, day: Day) -> bool {
        self.history(day) >= thresholds::HISTORY
    }

    /// How often the highest of before must be exceeded on `day`.
    fn times(&self, day: Day) -> u64 {
        let history = self.history(day);
        let row = thresholds::ABOVE_HIGHEST.iter().find(|(days, _)| history >= *days);
        row.map_or(u64::MAX, |(_, times)| *times)
    }

    /// The days with mail of the two months before `day`.
    fn habit(&self, day: Day) -> &[(Day, u64)] {
        let from = self.days.partition_point(|(known, _)| *known < day.plus(-thresholds::HABIT));
        let to = self.days.partition_point(|(known, _)| *known < day);
        self.days.get(from..to).unwrap_or_default()
    }

    /// The days of the period with mail.
    fn judged(&self) -> impl Iterator<Item = (Day, u64)> {
        self.days.iter().copied().filter(|(day, _)| self.period.holds(*day))
    }
}

/// What one rule finds in a sender: the day, the messages, what it is.
type Found = Option<(Day, u64, FindingKind)>;

/// What is unusual in the days of `span`; `now` is the clock, in seconds since
/// 1970.
pub fn unusual(tally: &Tally, now: u32, span: Span) -> Unusual {
    let (coverage, reach) = senders::coverage(tally, super::latest(now));
    let mut unusual = Unusual::default();
    let Some((oldest, newest)) = reach else { return unusual };
    let Some(period) = coverage.resolve(span, (oldest, newest)) else { return unusual };
    unusual.period = Some(period);
    unusual.history = coverage.period(oldest, period.first.plus(-1)).covered;
    // Files of whole days put everything at one hour of the day.
    let hour = tally.submissions.first().map_or(0, |cell| cell.hour % 24);
    let timed = tally.submissions.iter().any(|cell| cell.hour % 24 != hour);
    for cells in by_sender(tally) {
        let Some(last) = cells.last() else { continue };
        if last.day() < period.first {
            continue;
        }
        let (address, domain) = (last.account, last.domain);
        let mut days: Vec<(Day, u64)> = Vec::new();
        for cell in &cells {
            match days.last_mut() {
                Some((day, messages)) if *day == cell.day() => *messages += cell.messages,
                _ => days.push((cell.day(), cell.messages)),
            }
        }
        let sender = Sender { tally, coverage: &coverage, oldest, period, cells, days };
        let above = habit::above_habit(&sender);
        // Both of the same day are told once.
        let burst = if timed { habit::burst(&sender) } else { None };
        let burst = burst.filter(|burst| above.as_ref().is_none_or(|above| above.0 != burst.0));
        let new = first_seen::new_sender(&sender);
        let client = first_seen::new_client(&sender);
        let weaker = weaker_tls::weaker_tls(&sender);
        for (day, messages, kind) in [above, burst, new, client, weaker].into_iter().flatten() {
            let text = |text: Text| tally.text(text).to_owned();
            let (address, domain) = (text(address), text(domain));
            unusual.findings.push(Finding { address, domain, day, messages, kind });
        }
    }
    rank(&mut unusual.findings);
    unusual.more = unusual.findings.len().saturating_sub(FINDINGS_LISTED) as u64;
    unusual.findings.truncate(FINDINGS_LISTED);
    unusual
}

/// Puts the most telling of each kind first, then the second of each: a fall in
/// TLS version is of few messages, and must not hide behind floods.
fn rank(findings: &mut Vec<Finding>) {
    let kind = |finding: &Finding| match finding.kind {
        FindingKind::NewClient { .. } => 0,
        FindingKind::AboveHabit { .. } => 1,
        FindingKind::Burst { .. } => 2,
        FindingKind::NewSender { .. } => 3,
        FindingKind::WeakerTls { .. } => 4,
    };
    sort_by(findings, &|a, b| {
        let order = kind(a).cmp(&kind(b)).then(b.messages.cmp(&a.messages));
        order.then_with(|| (&a.address, &a.domain).cmp(&(&b.address, &b.domain)))
    });
    let mut ranked: Vec<(usize, Finding)> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let rank = match ranked.last() {
            Some((rank, last)) if kind(last) == kind(&finding) => rank + 1,
            _ => 0,
        };
        ranked.push((rank, finding));
    }
    sort_by(&mut ranked, &|a, b| a.0.cmp(&b.0));
    findings.extend(ranked.into_iter().map(|(_, finding)| finding));
}

/// The cells of each sender, in the order of time: counted into place, since a
/// sort of millions would be felt.
fn by_sender(tally: &Tally) -> Vec<Vec<&SubmissionCell>> {
    let mut senders: Vec<Vec<&SubmissionCell>> = Vec::new();
    let mut groups = Groups::new(2 * tally.texts());
    for cell in &tally.submissions {
        let group = groups.of(senders::account(tally, cell));
        if senders.len() <= group {
            senders.resize_with(group + 1, Vec::new);
        }
        senders[group].push(cell);
    }
    senders
}
