//! The rows of a report: filtered and sorted once, handed over in pieces.

use std::cmp::Ordering;

use super::connectors::ConnectorLine;
use super::peers::PeerLine;
use super::senders::SenderLine;
use super::{
    Amount, Column, ConnectorRow, PeerRow, Period, Rows, SenderRow, Share, Sort, TlsCounts, Week,
};
use crate::mail::{AuthMethod, TlsState};
use crate::order::sort_by;
use crate::tally::{Tally, Text};

/// A row, and its messages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<T> {
    pub(super) of: T,
    pub(super) now: TlsCounts,
    /// Messages of the period before; `None` without one.
    pub(super) before: Option<u64>,
}

/// The rows of a report, in their order.
#[derive(Debug)]
pub(super) enum Table {
    Connectors(Vec<Line<ConnectorLine>>),
    Senders(Vec<Line<SenderLine>>),
    Weeks(Vec<Line<Week>>),
    Peers(Vec<Line<PeerLine>>),
}

impl Table {
    /// `count` rows from the row `from`.
    pub(super) fn rows(&self, tally: &Tally, from: usize, count: usize) -> Rows {
        match self {
            Self::Connectors(lines) => Rows::Connectors(
                lines.iter().skip(from).take(count).map(|l| l.row(tally)).collect(),
            ),
            Self::Senders(lines) => {
                Rows::Senders(lines.iter().skip(from).take(count).map(|l| l.row(tally)).collect())
            }
            Self::Weeks(lines) => {
                Rows::Weeks(lines.iter().skip(from).take(count).map(|l| l.of).collect())
            }
            Self::Peers(lines) => {
                Rows::Peers(lines.iter().skip(from).take(count).map(|l| l.row(tally)).collect())
            }
        }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Connectors(lines) => lines.len(),
            Self::Senders(lines) => lines.len(),
            Self::Weeks(lines) => lines.len(),
            Self::Peers(lines) => lines.len(),
        }
    }
}

impl Line<ConnectorLine> {
    fn row(&self, tally: &Tally) -> ConnectorRow {
        let ConnectorLine { day, flow, connector_type, forced_tls } = self.of;
        ConnectorRow {
            day,
            direction: flow.direction,
            connector: flow.connector.map(|name| tally.text(name).to_owned()),
            connector_type,
            forced_tls,
            counts: self.now,
        }
    }
}

impl Line<SenderLine> {
    fn row(&self, tally: &Tally) -> SenderRow {
        SenderRow {
            address: tally.text(self.of.account).to_owned(),
            domain: tally.text(self.of.domain).to_owned(),
            methods: self.of.methods(),
            counts: self.now,
            before: self.before,
        }
    }
}

impl Line<PeerLine> {
    fn row(&self, tally: &Tally) -> PeerRow {
        let PeerLine { key, first, last } = self.of;
        let text = |text: Option<Text>| text.map(|text| tally.text(text).to_owned());
        PeerRow {
            direction: key.direction,
            name: text(key.name),
            sender: text(key.sender),
            domain: text(key.domain),
            sure: key.sure,
            first,
            last,
            counts: self.now,
            before: self.before,
        }
    }
}

/// What a row has in the columns that are its own.
pub(super) trait Own {
    /// Compares in one of the columns "Date", "Connector type", "Forced TLS?",
    /// "Domain", "Authentication Protocol".
    fn compare(&self, other: &Self, column: Column) -> Ordering;
    /// The report's own order.
    fn usual(&self, other: &Self, volumes: (u64, u64)) -> Ordering;
}

impl Own for ConnectorLine {
    fn compare(&self, other: &Self, column: Column) -> Ordering {
        match column {
            Column::Date => self.day.cmp(&other.day),
            Column::Type => self.connector_type.cmp(&other.connector_type),
            Column::Forced => self.forced_tls.cmp(&other.forced_tls),
            _ => Ordering::Equal,
        }
    }

    /// Newest day first, then the most messages.
    fn usual(&self, other: &Self, (own, others): (u64, u64)) -> Ordering {
        other.day.cmp(&self.day).then(others.cmp(&own))
    }
}

impl Own for SenderLine {
    fn compare(&self, other: &Self, column: Column) -> Ordering {
        match column {
            Column::Domain => self.domain.cmp(&other.domain),
            Column::Methods => self.methods.cmp(&other.methods),
            _ => Ordering::Equal,
        }
    }

    /// The most messages first.
    fn usual(&self, _: &Self, (own, others): (u64, u64)) -> Ordering {
        others.cmp(&own)
    }
}

impl Own for PeerLine {
    fn compare(&self, other: &Self, column: Column) -> Ordering {
        let (a, b) = (&self.key, &other.key);
        match column {
            Column::Direction => a.direction.cmp(&b.direction),
            Column::Sender => a.sender.cmp(&b.sender),
            Column::Domain => a.domain.cmp(&b.domain),
            Column::Sure => b.sure.cmp(&a.sure),
            Column::First => self.first.cmp(&other.first),
            Column::Last => self.last.cmp(&other.last),
            _ => Ordering::Equal,
        }
    }

    /// The most messages first.
    fn usual(&self, _: &Self, (own, others): (u64, u64)) -> Ordering {
        others.cmp(&own)
    }
}

/// Sorts rows by a column, equal ones in the report's own order and then by
/// `name`, which is a number that follows the names.
pub(super) fn sort<T: Own>(
    lines: &mut [Line<T>],
    sort: Sort,
    name: &dyn Fn(&Line<T>) -> Option<usize>,
) {
    let usual = |a: &Line<T>, b: &Line<T>| {
        let volumes = (a.now.volume(), b.now.volume());
        a.of.usual(&b.of, volumes).then_with(|| name(a).cmp(&name(b)))
    };
    let Some(column) = sort.column else {
        sort_by(lines, &usual);
        return;
    };
    sort_by(lines, &|a, b| {
        let order = match column {
            Column::Name => name(a).cmp(&name(b)),
            Column::Tls(state) => by_share(&a.now, &b.now, state),
            Column::Volume => a.now.volume().cmp(&b.now.volume()),
            Column::Change => change(a).cmp(&change(b)),
            own => a.of.compare(&b.of, own),
        };
        let order = if sort.descending { order.reverse() } else { order };
        order.then_with(|| usual(a, b))
    });
}

/// The difference to the period before.
pub(super) fn change<T>(line: &Line<T>) -> i64 {
    let before = line.before.unwrap_or(0);
    line.now.volume().cast_signed().saturating_sub(before.cast_signed())
}

/// By the share of a TLS state, then by its messages. Rows without a share
/// come first.
fn by_share(a: &TlsCounts, b: &TlsCounts, state: TlsState) -> Ordering {
    let of = |counts: &TlsCounts| amount_of(counts, state).0;
    let share = |counts: &TlsCounts| Share::of(of(counts), counts.recorded());
    let shares = match (share(a), share(b)) {
        (Some(a), Some(b)) => {
            let product = |part: u64, whole: u64| u128::from(part) * u128::from(whole);
            product(a.part, b.whole).cmp(&product(b.part, a.whole))
        }
        (a, b) => a.is_some().cmp(&b.is_some()),
    };
    shares.then(of(a).cmp(&of(b)))
}

/// The messages of a column: "Older" stands for all of "Other TLS".
pub(super) fn amount_of(counts: &TlsCounts, state: TlsState) -> Amount {
    if state == TlsState::Older { counts.other_amount() } else { counts.amount(state) }
}

/// The cells of a period, of a list that is sorted by hour.
pub(super) fn cells_of<'t, T>(
    cells: &'t [T],
    period: &Period,
    hour: &dyn Fn(&T) -> u32,
) -> &'t [T] {
    let first = i64::from(period.first.0) * 24;
    let end = (i64::from(period.last.0) + 1) * 24;
    let from = cells.partition_point(|cell| i64::from(hour(cell)) < first);
    let to = cells.partition_point(|cell| i64::from(hour(cell)) < end);
    cells.get(from..to).unwrap_or_default()
}

impl SenderLine {
    fn methods(&self) -> Vec<AuthMethod> {
        let used = AuthMethod::ALL.into_iter().zip([1, 2, 4]);
        used.filter(|(_, bit)| self.methods & bit != 0).map(|(method, _)| method).collect()
    }
}
