//! The Inbound and Outbound messages reports of the Exchange admin center, and
//! the Connector report of the Security & Compliance Center before it: one row
//! for each day and connector, with a number of messages and a column for each
//! TLS version. Days are UTC ("Chart time zone: (UTC)").
//!
//! Documented columns (`formats.md` B2, B3): `Date`, `Connector direction and
//! name`, `Connector type`, `Forced TLS?`, `No TLS`, `TLS 1.0` to `TLS 1.2`
//! (today probably `TLS 1.3`, too), `Volume`. How the file writes them is not
//! published, so columns are found by name in English and Korean, direction
//! and name may have a column each, and the cells are read as `shares` says.

use super::row::{Notes, some};
use super::shares::{States, columns_of, counts, is_aggregate};
use super::{MissingColumns, Opened, RowReader, TableFormat, Tell, smtp_auth_clients, words};
use crate::account::{Field, Gap, Inference, LeftOut, Mapping};
use crate::import::columns::{Columns, Header};
use crate::import::csv::Record;
use crate::mail::{Aggregate, AuthMethod, ConnectorType, Crossing, Day, Direction, TlsState};

/// The format.
pub(crate) const FORMAT: TableFormat =
    TableFormat { name: "Messages report", signature: is_messages_report, reader: open };

/// Titles that only these reports have: for both the direction and the name of
/// a connector, and with what stands in the column.
const FURTHER: [(Field, &[&str]); 2] = [
    (
        Field::Connector,
        &["connectordirectionandname", "커넥터방향및이름", "커넥터방향과이름", "커넥터방향이름"],
    ),
    (Field::ForcedTls, &["forcedtlstruefalse"]),
];

fn is_messages_report(header: &Header) -> bool {
    is_aggregate(header) && !smtp_auth_clients::is_of_clients(header)
}

fn open(header: &Header, mapping: &Mapping) -> Opened {
    let columns = columns_of(header, mapping, &FURTHER);
    let missing: Vec<Field> = [Field::Time, Field::MessageCount]
        .into_iter()
        .filter(|field| !columns.has(*field))
        .collect();
    if missing.is_empty() {
        Ok(Box::new(MessagesReport { columns, states: States::of(header) }))
    } else {
        Err(Box::new(MissingColumns { missing, found: columns }))
    }
}

struct MessagesReport {
    columns: Columns,
    states: States,
}

impl RowReader for MessagesReport {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        [
            (Field::Connector, Gap::Connector),
            (Field::ConnectorType, Gap::ConnectorType),
            (Field::ForcedTls, Gap::ForcedTls),
        ]
        .into_iter()
        .filter(|(field, _)| !self.columns.has(*field))
        .map(|(_, gap)| gap)
        .chain([Gap::SmtpAuth])
        .collect()
    }

    fn read(
        &mut self,
        record: &Record<'_>,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<LeftOut> {
        let columns = &self.columns;
        let seconds = match notes.seconds(&columns.get(Field::Time, record)) {
            Ok(seconds) => seconds,
            Err(left_out) => return Some(left_out),
        };
        let (counts, rounded) = match counts(columns, &self.states, record, notes) {
            Ok(counts) => counts,
            Err(left_out) => return Some(left_out),
        };
        if rounded {
            notes.infer(Inference::RoundedShares);
        }
        let cell = notes.cell(columns, Field::Connector, record);
        let (told, name) = words::direction_and_name(&cell);
        let word = notes.cell(columns, Field::Direction, record);
        let direction = match notes.direction(&word) {
            Some(Direction::Unknown) => told,
            Some(stated) => stated,
            None => {
                notes.unfamiliar(Field::Direction, word.as_bytes());
                told
            }
        };
        if direction == Direction::Unknown && !cell.is_empty() {
            notes.unfamiliar(Field::Direction, cell.as_bytes());
        }
        // With a direction of its own, the other column is all name.
        let name = if word.is_empty() { name } else { &cell };
        let connector = some(name).filter(|name| !notes.connector(name).none);
        let word = notes.cell(columns, Field::ConnectorType, record);
        let stated_type = notes.connector_type(&word).unwrap_or_else(|| {
            notes.unfamiliar(Field::ConnectorType, word.as_bytes());
            ConnectorType::Unknown
        });
        let connector_type = match (connector, stated_type) {
            (None, ConnectorType::Unknown) if columns.has(Field::Connector) => {
                ConnectorType::NoConnector
            }
            (_, stated) => stated,
        };
        let word = notes.cell(columns, Field::ForcedTls, record);
        let forced_tls = notes.forced(&word).unwrap_or_else(|| {
            notes.unfamiliar(Field::ForcedTls, word.as_bytes());
            None
        });
        let day = Day::of_seconds(seconds);
        tell.aggregate(&Aggregate {
            days: (day, day),
            dated: true,
            crossing: Crossing {
                remote_host: None,
                direction,
                by_domains: false,
                connector,
                connector_type,
                forced_tls,
                tls: TlsState::NotRecorded,
                cipher: None,
                sender_domain: None,
                remote_domain: None,
                account: None,
                account_stated: false,
                method: AuthMethod::Unknown,
                sender: None,
                client_ip: None,
            },
            counts,
            rounded,
            yields: true,
        });
        None
    }
}
