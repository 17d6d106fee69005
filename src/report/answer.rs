use serde::{Deserialize, Serialize};

use super::columns::{Row, Value};
use super::groups::Groups;
use super::refused::refused;
use super::table::Table;
use super::{
    Column, Field, Ignored, Insight, Only, Period, Query, Refused, Remarks, ReportKind, TlsCounts,
    Trend, Week, Words, connectors, peers, senders,
};
use crate::mail::{AuthMethod, ConnectorType, Day, Direction};
use crate::tally::Tally;

/// At most so many series have a name; the rest is "Other".
pub const NAMED_SERIES: usize = 12;
/// At most so many connectors or domains are offered: a longer list is no
/// choice, and slow. The others are found in the table.
pub const OFFERED: usize = 500;
/// At most so many connectors or domains are compared by name.
pub const COMPARED: usize = 50;

/// The answer to a [`Query`], but for the rows of its table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The question.
    pub query: Query,
    /// The days; `None` without data, or where the span ends before it starts.
    pub period: Option<Period>,
    /// The first and last day of the data of this report.
    pub reach: Option<(Day, Day)>,
    /// What "Show data for" offers, most messages of the period first.
    pub choices: Vec<(Only, u64)>,
    /// How many more there are.
    pub more_choices: u64,
    /// Messages of the selection in the period.
    pub counts: TlsCounts,
    /// As many days before, and the selection's messages in them.
    pub before: Option<(Period, TlsCounts)>,
    /// Messages a day; `None` for a day that no file covers.
    pub series: Vec<Series>,
    /// How many connectors or domains the series "Other" holds.
    pub others: u32,
    /// Connectors or domains of the selection, with the period before.
    pub compared: Vec<Compared>,
    /// How many more there are.
    pub not_compared: u64,
    /// What stands out.
    pub insights: Vec<Insight>,
    /// For each TLS state, how many senders used it.
    pub senders: Vec<u64>,
    /// How many senders there are.
    pub all_senders: u64,
    /// Refused attempts to sign in, in the period.
    pub refused: Refused,
    /// Rows of the table.
    pub rows: u64,
    /// Rows before the search.
    pub rows_all: u64,
    /// Messages of the selection whose domain, host or client is not recorded.
    pub unnamed: u64,
    /// The own domains that make mail Direct Send, where it is that report.
    pub own_domains: Vec<String>,
    /// Whether they were guessed.
    pub domains_guessed: bool,
    /// Whether any row has messages whose TLS is not recorded.
    pub silent: bool,
    /// Whether any row has messages with SSL, or with TLS of no stated version.
    pub other: bool,
    /// What is to be said beside the figures.
    pub remarks: Remarks,
    /// TLS versions week by week, where the question is by trend.
    pub trend: Option<Trend>,
    /// Fields of the filter that are not applied, and why.
    pub ignored: Vec<(Field, Ignored)>,
}

impl Report {
    /// Compares the groups of `order` with the period before.
    pub(super) fn compare(
        &mut self,
        order: &[usize],
        groups: &Groups,
        name: &dyn Fn(usize) -> Only,
    ) {
        let compared = order.iter().take(COMPARED).filter_map(|index| {
            let group = groups.list.get(*index)?;
            Some(Compared { of: name(*index), now: group.now, before: group.before })
        });
        self.compared = compared.collect();
        self.not_compared = order.len().saturating_sub(COMPARED) as u64;
    }
}

/// A line or area of a day chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// What it is of; `None` for "Other".
    pub of: Option<Only>,
    /// For each day of the period.
    pub days: Vec<Option<u64>>,
}

/// A connector or domain in two periods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Which one.
    pub of: Only,
    /// Messages of the period.
    pub now: TlsCounts,
    /// Messages of the period before.
    pub before: TlsCounts,
}

/// Some rows of a report's table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rows {
    /// Of the Connector report.
    Connectors(Vec<ConnectorRow>),
    /// Of the SMTP Auth clients report.
    Senders(Vec<SenderRow>),
    /// Of the trend of either.
    Weeks(Vec<Week>),
    /// Of the Domains, Hosts and Direct Send report.
    Peers(Vec<PeerRow>),
}

/// A row of the Connector report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectorRow {
    /// UTC day.
    pub day: Day,
    /// Inbound, outbound, or unknown.
    pub direction: Direction,
    /// Name as written; `None` for "without a connector".
    pub connector: Option<String>,
    /// Where it leads.
    pub connector_type: ConnectorType,
    /// Whether it forces TLS; `None` where not recorded.
    pub forced_tls: Option<bool>,
    /// Messages by TLS.
    pub counts: TlsCounts,
}

/// A row of the SMTP Auth clients report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenderRow {
    /// Address, lower case; empty where the source leaves it out.
    pub address: String,
    /// Its domain.
    pub domain: String,
    /// How it signed in; several where it did both.
    pub methods: Vec<AuthMethod>,
    /// Messages by TLS.
    pub counts: TlsCounts,
    /// Messages of the period before, where there is one.
    pub before: Option<u64>,
}

/// A row of the Domains, Hosts or Direct Send report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeerRow {
    /// Inbound, outbound, or unknown.
    pub direction: Direction,
    /// The domain, host or client; `None` where not recorded.
    pub name: Option<String>,
    /// Of Direct Send: the sender's address, where it is kept.
    pub sender: Option<String>,
    /// Of Direct Send: the sender's domain.
    pub domain: Option<String>,
    /// Of Direct Send: that it is is stated, not only likely.
    pub sure: bool,
    /// The first day of the period on which it is seen.
    pub first: Day,
    /// The last.
    pub last: Day,
    /// Messages by TLS.
    pub counts: TlsCounts,
    /// Messages of the period before, where there is one.
    pub before: Option<u64>,
}

/// A report with its rows, which are handed over in pieces.
#[derive(Debug)]
pub struct Answer {
    /// Everything but the rows.
    pub report: Report,
    table: Table,
    words: Words,
}

/// Answers `query`; `now` is the clock, in seconds since 1970: days later than
/// tomorrow do not move the end of "the last 7 days".
pub fn answer(tally: &Tally, now: u32, query: &Query, words: Words) -> Answer {
    let latest = super::latest(now);
    let (mut report, table) = match query.report {
        ReportKind::Connectors => connectors::connectors(tally, latest, query, &words),
        ReportKind::Senders => senders::senders(tally, latest, query),
        _ => peers::peers(tally, latest, query, &words),
    };
    if let (ReportKind::Senders, Some(period)) = (query.report, report.period) {
        report.refused = refused(tally, &period, None);
    }
    Answer { report, table, words }
}

impl Answer {
    /// `count` rows from the row `from`, of the tally that was asked.
    pub fn rows(&self, tally: &Tally, from: usize, count: usize) -> Rows {
        self.table.rows(tally, from, count)
    }

    /// The heads of the columns, as shown.
    pub fn heads(&self) -> Vec<&str> {
        let columns = self.report.columns();
        let mut heads: Vec<_> = columns.into_iter().map(|of| self.words.head(of)).collect();
        if self.report.shows_rounded() {
            heads.push(&self.words.rounded);
        }
        heads
    }

    /// All rows of the table, cell by cell, as shown, but for the mark of
    /// rounded numbers: where there are any, a last column tells of them.
    pub fn values<'a>(&'a self, tally: &'a Tally) -> impl Iterator<Item = Vec<Value>> + 'a {
        let columns = self.report.columns();
        let shows_rounded = self.report.shows_rounded();
        // In pieces, so that memory does not follow the table.
        (0..self.table.len()).step_by(1_000).flat_map(move |from| {
            let rows = self.table.rows(tally, from, 1_000);
            let values = |row: Row<'_>| {
                let value = |column: &Column| self.words.value(row, *column, "");
                let mut values: Vec<Value> = columns.iter().map(value).collect();
                if shows_rounded {
                    let rounded = self.words.forced(Some(row.counts().any_rounded()));
                    values.push(Value::Text(rounded.to_owned()));
                }
                values
            };
            rows.iter().map(values).collect::<Vec<Vec<Value>>>()
        })
    }
}
