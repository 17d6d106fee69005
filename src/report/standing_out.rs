//! "What stands out" on the dashboard: what the reports find in the last 7 days, so that
//! nobody has to open each to learn that there is something.

use serde::{Deserialize, Serialize};

use super::insights::weightiest_first;
use super::{Insight, Period, Query, ReportKind, Span, Unusual, Words, answer, unusual};
use crate::tally::Tally;

/// At most so many insights, and so many findings; the reports have them all.
pub const STANDING_OUT: usize = 3;

/// What stands out in the last 7 days of the data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingOut {
    /// The days of mail flow that were looked at; `None` where no file tells of any.
    pub period: Option<Period>,
    /// The insights at Microsoft's thresholds, the weightiest first, then by messages.
    pub insights: Vec<Insight>,
    /// How many more there are.
    pub more: u64,
    /// What is unusual of SMTP AUTH clients.
    pub unusual: Unusual,
}

impl StandingOut {
    /// What stands out in `tally`, as the card has it; `now` is the clock, in
    /// seconds since 1970.
    pub fn new(tally: &Tally, now: u32) -> Self {
        Self::at_most(STANDING_OUT, tally, now)
    }

    /// The same with at most so many insights, and so many findings.
    pub fn at_most(most: usize, tally: &Tally, now: u32) -> Self {
        let of = |report| {
            let query = Query { report, ..Query::default() };
            answer(tally, now, &query, Words::default()).report
        };
        let (connectors, domains) = (of(ReportKind::Connectors), of(ReportKind::Domains));
        let mut insights = connectors.insights;
        insights.extend(domains.insights);
        weightiest_first(&mut insights);
        let more = insights.len().saturating_sub(most) as u64;
        insights.truncate(most);
        let mut unusual = unusual(tally, now, Span::default());
        unusual.more += unusual.findings.len().saturating_sub(most) as u64;
        unusual.findings.truncate(most);
        Self { period: connectors.period, insights, more, unusual }
    }

    /// How many insights there are in all.
    pub fn all_insights(&self) -> u64 {
        self.insights.len() as u64 + self.more
    }

    /// Whether there was anything to look at.
    pub fn is_filled(&self) -> bool {
        self.period.is_some() || self.unusual.period.is_some()
    }
}
