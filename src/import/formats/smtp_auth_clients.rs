//! What the portals export of the SMTP Auth clients report: one row for each
//! sender, with its messages of the whole period that was shown there. Nothing
//! in the file says which period that was, so the person is asked.
//!
//! Documented columns (`formats.md` B1): in the Exchange admin center `Sender
//! address`, `Domain`, `TLS 1.0` to `TLS 1.2` (percentages), `Messages sent`;
//! in the Security & Compliance Center before it `Sender address`, `Message
//! count` (view "Sending volume") and `Sender address`, `TLS1.0%` to
//! `TLS1.2%`, `Message count` (view "TLS usage"), each cell "both the
//! percentage and number of messages". TLS 1.3 and No TLS have a column today
//! or not. How the file writes them is not published: see `shares`. With a
//! column of dates, which may be in other exports of it, each row is of its
//! day.

use super::row::{Notes, domain_of, some};
use super::shares::{States, columns_of, counts, is_aggregate};
use super::{MissingColumns, Opened, RowReader, TableFormat, Tell, words};
use crate::account::{Field, Gap, Inference, LeftOut, Mapping};
use crate::import::columns::{Columns, Header};
use crate::import::csv::Record;
use crate::mail::{Aggregate, AuthMethod, ConnectorType, Crossing, Day, Direction, TlsState};

/// The format.
pub(crate) const FORMAT: TableFormat =
    TableFormat { name: "SMTP AUTH clients", signature: is_smtp_auth_clients, reader: open };

/// Titles of a table of sending volumes, which has nothing else.
const VOLUMES: [(Field, &[&str]); 4] = [
    (Field::Sender, &["senderaddress", "sender", "보낸사람주소", "보낸사람", "발신자주소"]),
    (
        Field::MessageCount,
        &["messagecount", "messagessent", "메시지수", "보낸메시지", "보낸메시지수"],
    ),
    (Field::SenderDomain, &["domain", "senderdomain", "도메인", "보낸사람도메인"]),
    (Field::AuthMethod, &["authenticationprotocol", "authprotocol", "인증프로토콜"]),
];

fn is_smtp_auth_clients(header: &Header) -> bool {
    is_aggregate(header) && is_of_clients(header) || is_volumes(header)
}

/// Whether a table of counts is of senders, not of connectors.
pub(super) fn is_of_clients(header: &Header) -> bool {
    let columns = columns_of(header, &Mapping::default(), &[]);
    let connectors = [Field::Connector, Field::ConnectorType, Field::Direction];
    columns.has(Field::Sender) && !connectors.into_iter().any(|field| columns.has(field))
}

/// Exactly a sender and its messages; domain and protocol may be there.
fn is_volumes(header: &Header) -> bool {
    let columns: Vec<_> = VOLUMES
        .iter()
        .map(|(_, keys)| keys.iter().find_map(|key| header.position(key)).is_some())
        .collect();
    let found = columns.iter().filter(|found| **found).count();
    columns.iter().take(2).all(|found| *found) && found == header.cells.len()
}

fn open(header: &Header, mapping: &Mapping) -> Opened {
    let columns = columns_of(header, mapping, &VOLUMES);
    if !columns.has(Field::MessageCount) {
        let missing = vec![Field::MessageCount];
        return Err(Box::new(MissingColumns { missing, found: columns }));
    }
    let states = States::of(header);
    Ok(Box::new(SmtpAuthClients { columns, states, period: mapping.period }))
}

struct SmtpAuthClients {
    columns: Columns,
    states: States,
    /// The days of all counts, as the person says.
    period: Option<(Day, Day)>,
}

impl RowReader for SmtpAuthClients {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        let tls = self.states.is_empty().then_some(Gap::Tls);
        let days = (!self.columns.has(Field::Time)).then_some(Gap::Days);
        tls.into_iter().chain([Gap::Connector, Gap::ClientIp]).chain(days).collect()
    }

    fn read(
        &mut self,
        record: &Record<'_>,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<LeftOut> {
        let columns = &self.columns;
        let dated = columns.has(Field::Time);
        let days = match (dated, self.period) {
            (false, Some(days)) => days,
            // Without a period it is not opened, and an empty cell is no day.
            _ => match notes.seconds(&columns.get(Field::Time, record)) {
                Ok(seconds) => (Day::of_seconds(seconds), Day::of_seconds(seconds)),
                Err(left_out) => return Some(left_out),
            },
        };
        let (counts, rounded) = match counts(columns, &self.states, record, notes) {
            Ok(counts) => counts,
            Err(left_out) => return Some(left_out),
        };
        if rounded {
            notes.infer(Inference::RoundedShares);
        }
        let account = notes.address(columns, Field::Sender, record);
        let domain = notes.address(columns, Field::SenderDomain, record);
        let word = notes.cell(columns, Field::AuthMethod, record);
        let method = words::auth_method(&word).unwrap_or_else(|| {
            notes.unfamiliar(Field::AuthMethod, word.as_bytes());
            AuthMethod::Unknown
        });
        tell.aggregate(&Aggregate {
            days: (days.0.min(days.1), days.0.max(days.1)),
            dated,
            crossing: Crossing {
                remote_host: None,
                direction: Direction::Submission,
                by_domains: false,
                connector: None,
                connector_type: ConnectorType::Unknown,
                forced_tls: None,
                tls: TlsState::NotRecorded,
                cipher: None,
                sender_domain: domain_of(&account).or(some(&domain)),
                remote_domain: None,
                account: Some(&account),
                account_stated: true,
                method,
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
