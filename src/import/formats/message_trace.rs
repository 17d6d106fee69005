//! Traces of Exchange Online without columns for TLS, connector and direction:
//! `Get-MessageTrace` and `Get-MessageTraceV2`, the same from the Reporting
//! Web Service and Microsoft Graph as JSON (`formats.md` A5, A6), and the
//! summary that the portal exports (A1). One row is one recipient of a
//! message.
//!
//! | fact | place |
//! |---|---|
//! | message | `MessageTraceId` (`id` in Graph) is the network message id, `MessageId` the Message-ID; the portal's export may have neither: then rows of one time, sender and subject are one message |
//! | direction | `FromIP` is empty for mail that was sent, `ToIP` for mail that was received; else the own domains tell it |
//! | TLS, connector | nowhere |

use rustc_hash::FxHashMap;

use super::row::{Notes, domain_of, fingerprint, identity, sent_within, some};
use super::{Opened, RowReader, TableFormat, Tell};
use crate::account::{Field, Gap, Inference, LeftOut, Mapping};
use crate::import::columns::{Columns, Header};
use crate::import::csv::Record;
use crate::import::particulars::Places;
use crate::mail::{
    AuthMethod, ConnectorType, Crossing, Direction, Identity, MessageKey, Observation, RowLayout,
    TlsState,
};

/// The cmdlets' export.
pub(crate) const CMDLET: TableFormat = TableFormat {
    name: "Get-MessageTrace",
    signature: |header| is_trace(header) && header.has("messagetraceid"),
    reader: open,
};

/// The portal's export.
pub(crate) const PORTAL: TableFormat = TableFormat {
    name: "Message trace summary",
    signature: |header| is_trace(header) && !header.has("messagetraceid"),
    reader: open,
};

/// The columns of a JSON item, by the squeezed names of its fields.
pub(crate) const JSON_FIELDS: [&[&str]; 8] = [
    &["received", "receiveddatetime"],
    &["senderaddress"],
    &["recipientaddress"],
    &["subject"],
    &["status"],
    &["fromip"],
    &["toip"],
    &["messageid"],
];

/// Time, sender and status, and nothing that another export has. `From` and
/// `To` are of too many tables to be these.
fn is_trace(header: &Header) -> bool {
    const OTHERS: [&str; 9] = [
        "eventid",
        "event",
        "datetimeutc",
        "origintimestamputc",
        "hasencryption",
        "authmethod",
        "directionality",
        "sourcecontext",
        "messagecount",
    ];
    const SENDER: [&str; 6] =
        ["senderaddress", "sender", "보낸사람주소", "보낸사람", "발신자주소", "발신자"];
    const RECIPIENT: [&str; 6] =
        ["recipientaddress", "recipient", "받는사람주소", "받는사람", "수신자주소", "수신자"];
    let columns = Columns::guess(header, &Mapping::default());
    let has = |field| columns.has(field);
    let has_any = |names: &[&str]| names.iter().any(|name| header.has(name));
    has(Field::Time)
        && has_any(&SENDER)
        && (has_any(&RECIPIENT) || header.has("messagetraceid"))
        && has(Field::Status)
        && !has(Field::Tls)
        && !has(Field::Direction)
        && !has(Field::Connector)
        && !has(Field::AuthMethod)
        && header.count_containing("tls") == 0
        && OTHERS.iter().all(|other| !header.has(other))
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of all formats")]
fn open(header: &Header, mapping: &Mapping) -> Opened {
    Ok(Box::new(MessageTrace::new(header, mapping)))
}

pub(super) struct MessageTrace {
    columns: Columns,
    subject: Option<usize>,
    from_ip: Option<usize>,
    to_ip: Option<usize>,
    /// How often each row without an id stood in the file so far.
    seen: FxHashMap<u64, u64>,
}

impl MessageTrace {
    pub(super) fn new(header: &Header, mapping: &Mapping) -> Self {
        const SUBJECT: [&str; 4] = ["subject", "messagesubject", "제목", "메시지제목"];
        Self {
            columns: Columns::guess(header, mapping),
            subject: SUBJECT.into_iter().find_map(|name| header.position(name)),
            from_ip: header.position("fromip"),
            to_ip: header.position("toip"),
            seen: FxHashMap::default(),
        }
    }
}

impl RowReader for MessageTrace {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        let mut gaps = vec![Gap::Tls, Gap::Connector, Gap::ConnectorType, Gap::ForcedTls];
        if !self.columns.has(Field::MessageId) && !self.columns.has(Field::NetworkMessageId) {
            gaps.push(Gap::MessageId);
        }
        gaps.push(Gap::SmtpAuth);
        gaps
    }

    fn places(&self) -> Places {
        Places { subject: self.subject, ..Places::of(&self.columns) }
    }

    fn read(
        &mut self,
        record: &Record<'_>,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<LeftOut> {
        let columns = &self.columns;
        let time = columns.get(Field::Time, record);
        let seconds = match notes.seconds(&time) {
            Ok(seconds) => seconds,
            Err(left_out) => return Some(left_out),
        };
        let sender = notes.address(columns, Field::Sender, record);
        let recipient = notes.address(columns, Field::Recipient, record);
        let status = crate::mail::lower(&notes.cell(columns, Field::Status, record));
        let failed = status.starts_with("fail") || status.starts_with("실패");
        let network = columns.get(Field::NetworkMessageId, record);
        let message_id = columns.get(Field::MessageId, record);
        let mut id = identity(&network, &message_id);
        let mut row = fingerprint(record);
        if id.network.is_none() && id.message_id.is_empty() {
            notes.infer(Inference::MessageFromParts);
            // The same row twice is two messages, in one file.
            let times = self.seen.entry(row).or_default();
            *times += 1;
            let nth = times.to_le_bytes();
            row ^= times.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let subject = record.get(self.subject.unwrap_or(usize::MAX));
            let parts = [b"parts", time.as_ref(), sender.as_bytes(), &subject, &nth];
            id = Identity { network: Some(MessageKey::of_parts(&parts)), message_id: b"" };
        }
        let empty = |position: Option<usize>| {
            position.map(|position| record.get(position).trim_ascii().is_empty())
        };
        let direction = match (empty(self.from_ip), empty(self.to_ip)) {
            (Some(true), Some(false)) => Direction::Outbound,
            (Some(false), Some(true)) => Direction::Inbound,
            _ => Direction::Unknown,
        };
        let by_domains = direction == Direction::Unknown;
        notes.infer(if by_domains {
            Inference::DirectionFromOwnDomains
        } else {
            Inference::DirectionFromIps
        });
        let sender_domain = domain_of(&sender);
        let inbound = direction == Direction::Inbound;
        let from_ip = notes.text(record.get(self.from_ip.unwrap_or(usize::MAX)));
        let crossing = Crossing {
            remote_host: None,
            direction,
            by_domains,
            connector: None,
            connector_type: ConnectorType::Unknown,
            forced_tls: None,
            tls: TlsState::NotRecorded,
            cipher: None,
            sender_domain,
            remote_domain: if inbound { sender_domain } else { domain_of(&recipient) },
            account: None,
            account_stated: false,
            method: AuthMethod::Unknown,
            sender: sent_within(&sender, &recipient),
            client_ip: some(from_ip.trim()).filter(|_| inbound),
        };
        tell.message(&Observation {
            queue: None,
            relayed_as: None,
            id,
            layout: RowLayout::ManyRows,
            row,
            seconds,
            sender: some(&sender).unwrap_or_default(),
            crossing: (!failed || direction != Direction::Outbound).then_some(crossing),
            internal: false,
            failed,
            count: 1,
            rows: 1,
            session: None,
        });
        None
    }
}
