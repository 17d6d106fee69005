//! Exchange Online's "Enhanced summary report" (`MTSummary`). One row per
//! message; no TLS.
//!
//! Columns (`formats.md` A2): `origin_timestamp_utc`, `sender_address`,
//! `recipient_status` (`address##Receive, Deliver;address##Receive, Fail`),
//! `message_id`, `network_message_id`, `original_client_ip`,
//! `directionality` (Incoming or 1, Originating or 2), `connector_id`
//! (`To_DefaultOpportunisticTLS` is the service's own).
//!
//! Mail between the organization's own mailboxes is `Originating` too: it is
//! told from outbound mail by the status `Send`, by a connector, or by the
//! domains of sender and recipients, and the account says so.

use super::exchange_log::is_time;
use super::row::{Notes, domain_of, fingerprint, identity, sent_within, some};
use super::{Headless, Opened, RowReader, TableFormat, Tell};
use crate::account::{Field, Gap, Inference, LeftOut, Mapping};
use crate::import::columns::{Columns, Header};
use crate::import::csv::Record;
use crate::import::particulars::Places;
use crate::mail::{
    AuthMethod, ConnectorType, Crossing, Direction, Observation, RowLayout, TlsState,
};

/// The format.
pub(crate) const FORMAT: TableFormat = TableFormat {
    name: "Enhanced summary",
    signature: |header| header.has("origintimestamputc"),
    reader: open,
};

/// Without its header: the recipients tell it.
pub(crate) const HEADLESS: Headless = Headless {
    columns: &[
        "origin_timestamp_utc",
        "sender_address",
        "recipient_status",
        "message_subject",
        "total_bytes",
        "message_id",
        "network_message_id",
        "original_client_ip",
        "directionality",
        "connector_id",
        "delivery_priority",
    ],
    is_row: |row| is_time(&row[0]) && row[2].windows(2).any(|two| two == b"##"),
};

#[expect(clippy::unnecessary_wraps, reason = "the signature of all formats")]
fn open(header: &Header, _: &Mapping) -> Opened {
    let columns = Columns::exactly(
        header,
        &[
            (Field::Time, "origintimestamputc"),
            (Field::Direction, "directionality"),
            (Field::Connector, "connectorid"),
            (Field::Sender, "senderaddress"),
            (Field::Recipient, "recipientstatus"),
            (Field::MessageId, "messageid"),
            (Field::NetworkMessageId, "networkmessageid"),
            (Field::ClientIp, "originalclientip"),
        ],
    );
    Ok(Box::new(EnhancedSummary { columns, subject: header.position("messagesubject") }))
}

struct EnhancedSummary {
    columns: Columns,
    subject: Option<usize>,
}

/// What `recipient_status` says of all recipients together.
#[derive(Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Recipients<'a> {
    first_domain: Option<&'a str>,
    /// Every recipient has the sender's domain.
    all_own: bool,
    /// One is perhaps of the sender's organization.
    within: bool,
    sent: bool,
    delivered: bool,
}

impl<'a> Recipients<'a> {
    fn read(cell: &'a str, sender: &str) -> Self {
        let sender_domain = domain_of(sender);
        let mut recipients = Self { all_own: true, ..Self::default() };
        let mut rest = cell;
        // An address may hold `;` in quotes, but never `##`.
        while let Some((address, tail)) = rest.split_once("##") {
            let (statuses, next) = tail.split_once(';').unwrap_or((tail, ""));
            let domain = domain_of(address);
            recipients.first_domain = recipients.first_domain.or(domain);
            recipients.within |= sent_within(sender, address).is_some();
            recipients.all_own &= domain.is_some() && domain == sender_domain;
            for status in statuses.split(',') {
                match status.trim() {
                    "send" | "sent" | "sendexternal" | "send external" => recipients.sent = true,
                    "deliver" | "delivered" => recipients.delivered = true,
                    _ => {}
                }
            }
            rest = next;
        }
        recipients
    }
}

impl RowReader for EnhancedSummary {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        vec![Gap::Tls, Gap::ConnectorType, Gap::ForcedTls, Gap::SmtpAuth]
    }

    fn places(&self) -> Places {
        Places { subject: self.subject, ..Places::of(&self.columns) }
    }

    fn rows_stand_alone(&self) -> bool {
        true
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
        let sender = notes.address(columns, Field::Sender, record);
        let sender_domain = domain_of(&sender);
        let recipient_status = crate::mail::lower(&notes.cell(columns, Field::Recipient, record));
        let recipients = Recipients::read(&recipient_status, &sender);
        let connector_id = notes.cell(columns, Field::Connector, record);
        let connector = some(&connector_id).filter(|name| !notes.connector(name).none);
        let word = notes.cell(columns, Field::Direction, record);
        let direction = notes.direction(&word).unwrap_or_else(|| {
            notes.unfamiliar(Field::Direction, word.as_bytes());
            Direction::Unknown
        });
        let (direction, failed) = match direction {
            Direction::Outbound if notes.connector(&connector_id).intra => {
                (Direction::Internal, false)
            }
            Direction::Outbound if recipients.sent => (Direction::Outbound, false),
            Direction::Outbound if !recipients.delivered && !recipient_status.is_empty() => {
                (Direction::Outbound, true)
            }
            Direction::Outbound if !connector_id.is_empty() => (Direction::Outbound, false),
            Direction::Outbound => {
                notes.infer(Inference::DirectionFromDomains);
                let own = recipients.all_own && !recipient_status.is_empty();
                (if own { Direction::Internal } else { Direction::Outbound }, false)
            }
            other => (other, false),
        };
        let client_ip = notes.cell(columns, Field::ClientIp, record);
        let network = columns.get(Field::NetworkMessageId, record);
        let message_id = columns.get(Field::MessageId, record);
        tell.message(&Observation {
            queue: None,
            relayed_as: None,
            id: identity(&network, &message_id),
            layout: RowLayout::OneRow,
            row: fingerprint(record),
            seconds,
            sender: &sender,
            crossing: (!failed && direction != Direction::Internal).then_some(Crossing {
                remote_host: None,
                direction,
                by_domains: false,
                connector,
                connector_type: if connector.is_some() {
                    ConnectorType::Unknown
                } else {
                    ConnectorType::NoConnector
                },
                forced_tls: None,
                tls: TlsState::NotRecorded,
                cipher: None,
                sender_domain,
                remote_domain: if direction == Direction::Inbound {
                    sender_domain
                } else {
                    recipients.first_domain
                },
                account: None,
                account_stated: false,
                method: AuthMethod::Unknown,
                sender: Some(&*sender).filter(|_| recipients.within),
                client_ip: some(&client_ip),
            }),
            internal: !failed && direction == Direction::Internal,
            failed,
            count: 1,
            rows: 1,
            session: None,
        });
        None
    }
}
