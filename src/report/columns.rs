//! The columns of a report's table, and what a row has in each: one place for
//! the page that shows it and the file that is exported.

use super::table::amount_of;
use super::{By, Column, ConnectorRow, PeerRow, Report, ReportKind, Rows, SenderRow, Week, Words};
use crate::mail::TlsState;

/// What a cell shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A count, or a difference of counts.
    Number(i64),
}

/// The row of a table.
#[derive(Clone, Copy, Debug)]
pub enum Row<'a> {
    /// Of the Connector report.
    Connector(&'a ConnectorRow),
    /// Of the SMTP Auth clients report.
    Sender(&'a SenderRow),
    /// Of a trend.
    Week(&'a Week),
    /// Of the Domains, Hosts and Direct Send report.
    Peer(&'a PeerRow),
}

impl Rows {
    /// The rows one by one.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        let (connectors, senders, weeks, peers): (&[_], &[_], &[_], &[_]) = match self {
            Self::Connectors(rows) => (rows, &[], &[], &[]),
            Self::Senders(rows) => (&[], rows, &[], &[]),
            Self::Weeks(rows) => (&[], &[], rows, &[]),
            Self::Peers(rows) => (&[], &[], &[], rows),
        };
        let rows = connectors.iter().map(Row::Connector).chain(senders.iter().map(Row::Sender));
        rows.chain(weeks.iter().map(Row::Week)).chain(peers.iter().map(Row::Peer))
    }
}

impl Report {
    /// The columns of its table (CR-05, SA-06, SA-07, SA-12, SA-13).
    pub fn columns(&self) -> Vec<Column> {
        let Self { query, other, silent, before, .. } = self;
        let trend = query.by == By::Trend;
        let mut columns = match query.report {
            _ if trend => vec![Column::Week, Column::Monday, Column::Covered],
            ReportKind::Connectors => {
                vec![Column::Date, Column::Name, Column::Type, Column::Forced]
            }
            ReportKind::Senders => vec![Column::Name, Column::Domain, Column::Methods],
            ReportKind::Domains | ReportKind::Hosts => vec![Column::Name, Column::Direction],
            ReportKind::DirectSend => {
                vec![Column::Name, Column::Sender, Column::Domain, Column::Sure]
            }
        };
        let versions = [TlsState::V1_0, TlsState::V1_1, TlsState::V1_2, TlsState::V1_3];
        let rare = [(TlsState::Older, *other), (TlsState::NotRecorded, *silent)];
        let rare = rare.into_iter().filter(|(_, there)| *there).map(|(state, _)| state);
        match (query.report, query.by) {
            (ReportKind::Senders, By::Tls) => {
                columns.extend(versions.map(Column::Tls));
                columns.push(Column::Tls(TlsState::NoTls));
                columns.extend(rare.map(Column::Tls));
            }
            (ReportKind::Senders, By::Volume) => {}
            _ => {
                columns.push(Column::Tls(TlsState::NoTls));
                columns.extend(versions.into_iter().chain(rare).map(Column::Tls));
            }
        }
        columns.push(Column::Volume);
        if query.report.is_of_peers() && !trend {
            columns.extend([Column::First, Column::Last]);
        }
        if query.report != ReportKind::Connectors && before.is_some() && !trend {
            columns.push(Column::Change);
        }
        columns
    }
}

impl Report {
    /// Whether its table shows numbers that are rounded.
    pub fn shows_rounded(&self) -> bool {
        let by_tls = |column: &Column| matches!(column, Column::Tls(_));
        self.counts.any_rounded() && self.columns().iter().any(by_tls)
    }
}

impl Column {
    /// Whether it holds numbers.
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::Tls(_) | Self::Volume | Self::Change | Self::Covered)
    }
}

impl Words {
    /// The head of a column.
    pub fn head(&self, column: Column) -> &str {
        match column {
            Column::Date => &self.date,
            Column::Name => &self.name,
            Column::Type => &self.connector_type,
            Column::Forced => &self.forced_tls,
            Column::Domain => &self.domain,
            Column::Methods => &self.method,
            Column::Tls(state) => self.tls.get(state.index()).map_or("", String::as_str),
            Column::Volume => &self.volume,
            Column::Change => &self.change,
            Column::Week => &self.week[0],
            Column::Monday => &self.week[1],
            Column::Covered => &self.week[2],
            Column::Direction => &self.peer_heads[0],
            Column::Sender => &self.peer_heads[1],
            Column::Sure => &self.peer_heads[2],
            Column::First => &self.peer_heads[3],
            Column::Last => &self.peer_heads[4],
        }
    }

    /// What `row` has in `column`. A rounded number of messages has `mark`
    /// before it.
    pub fn value(&self, row: Row<'_>, column: Column, mark: &str) -> Value {
        let counts = row.counts();
        let number = |count: u64| Value::Number(i64::try_from(count).unwrap_or(i64::MAX));
        match (column, row) {
            (Column::Covered, Row::Week(week)) => number(week.covered().into()),
            (Column::Week, Row::Week(week)) => Value::Text(week.name()),
            (Column::Monday, Row::Week(week)) => Value::Text(week.monday.to_string()),
            // Else it would read as 0.
            (Column::Tls(_) | Column::Volume, Row::Week(week)) if week.covered() == 0 => {
                Value::Text(self.no_data.clone())
            }
            (Column::Tls(TlsState::NotRecorded), _) => {
                let (silent, rounded) = counts.amount(TlsState::NotRecorded);
                if rounded && !mark.is_empty() {
                    Value::Text(format!("{mark}{}", self.count(silent)))
                } else {
                    number(silent)
                }
            }
            (Column::Tls(state), _) => {
                let (messages, rounded) = amount_of(counts, state);
                let mark = if rounded { mark } else { "" };
                Value::Text(self.marked_share(messages, counts.recorded(), mark))
            }
            (Column::Volume, _) => number(counts.volume()),
            (Column::Date, Row::Connector(row)) => Value::Text(row.day.to_string()),
            (Column::Name, Row::Connector(row)) => {
                Value::Text(self.flow(row.direction, row.connector.as_deref()))
            }
            (Column::Type, Row::Connector(row)) => {
                Value::Text(self.connector_type(row.connector_type).to_owned())
            }
            (Column::Forced, Row::Connector(row)) => {
                Value::Text(self.forced(row.forced_tls).to_owned())
            }
            (Column::Name, Row::Sender(row)) => Value::Text(row.address.clone()),
            (Column::Domain, Row::Sender(row)) => Value::Text(row.domain.clone()),
            (Column::Methods, Row::Sender(row)) => Value::Text(self.methods(&row.methods)),
            (
                Column::Change,
                Row::Sender(SenderRow { before, .. }) | Row::Peer(PeerRow { before, .. }),
            ) => Value::Number(counts.volume().cast_signed() - before.unwrap_or(0).cast_signed()),
            (column, Row::Peer(row)) => Value::Text(self.of_peer(row, column)),
            _ => Value::Text(String::new()),
        }
    }

    /// What a domain, host or client has in a column of its own.
    fn of_peer(&self, row: &PeerRow, column: Column) -> String {
        let named = |name: &Option<String>| name.as_ref().unwrap_or(&self.none).clone();
        match column {
            Column::Name => named(&row.name),
            Column::Sender => named(&row.sender),
            Column::Domain => named(&row.domain),
            Column::Direction => self.direction(row.direction).to_owned(),
            Column::Sure => self.sure[usize::from(!row.sure)].clone(),
            Column::First => row.first.to_string(),
            Column::Last => row.last.to_string(),
            _ => String::new(),
        }
    }

    /// The text that a cell shows.
    pub fn shown(&self, value: &Value, column: Column) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Number(number) if column == Column::Change => self.difference(*number),
            Value::Number(number) => self.count(number.unsigned_abs()),
        }
    }

    /// A difference with its sign: `+12`, `−3`, `0`.
    pub fn difference(&self, difference: i64) -> String {
        super::signed(difference, self.group)
    }
}

impl Row<'_> {
    /// Its messages.
    pub fn counts(&self) -> &super::TlsCounts {
        match self {
            Self::Connector(row) => &row.counts,
            Self::Sender(row) => &row.counts,
            Self::Week(week) => &week.counts,
            Self::Peer(row) => &row.counts,
        }
    }
}
