//! Google Workspace's "Email Log Search", as its CSV export has it
//! (`formats.md` D6). Several rows a message: one an event and recipient.
//!
//! `Has encryption` says `Encrypted`, never a version; empty is silence.

use super::row::{Notes, domain_of, fingerprint, identity, sent_within};
use super::words;
use super::{Opened, RowReader, TableFormat, Tell};
use crate::account::{Field, Gap, LeftOut, Mapping, NoMail};
use crate::import::columns::{Columns, Header};
use crate::import::csv::Record;
use crate::mail::{
    AuthMethod, ConnectorType, Crossing, Direction, Observation, RowLayout, TlsState,
};

/// The format.
pub(crate) const FORMAT: TableFormat = TableFormat {
    name: "Email Log Search",
    signature: |header| header.has("hasencryption") && header.has("messageid"),
    reader: open,
};

#[expect(clippy::unnecessary_wraps, reason = "the signature of all formats")]
fn open(header: &Header, _: &Mapping) -> Opened {
    let time = if header.has("eventdate") { "eventdate" } else { "startdate" };
    let columns = Columns::exactly(
        header,
        &[
            (Field::Time, time),
            (Field::Direction, "direction"),
            (Field::Sender, "sender"),
            (Field::Recipient, "recipientaddress"),
            (Field::Status, "eventstatus"),
            (Field::MessageId, "messageid"),
            (Field::Tls, "hasencryption"),
        ],
    );
    let (start, target) = (header.position("startdate"), header.position("eventtarget"));
    Ok(Box::new(EmailLog { columns, start, target }))
}

struct EmailLog {
    columns: Columns,
    start: Option<usize>,
    target: Option<usize>,
}

impl RowReader for EmailLog {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        vec![Gap::TlsVersion, Gap::Connector, Gap::ConnectorType, Gap::ForcedTls, Gap::SmtpAuth]
    }

    fn read(
        &mut self,
        record: &Record<'_>,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<LeftOut> {
        let columns = &self.columns;
        let event = columns.get(Field::Time, record);
        let start = record.get(self.start.unwrap_or(usize::MAX));
        let time = if event.trim_ascii().is_empty() { start } else { event };
        let seconds = match notes.local_seconds(&time) {
            Ok(seconds) => seconds,
            Err(left_out) => return Some(left_out),
        };
        let message_id = columns.get(Field::MessageId, record);
        let id = identity(b"", &message_id);
        if id.message_id.is_empty() {
            return Some(LeftOut::NoMail(NoMail::ServiceEvent));
        }
        let sender = notes.address(columns, Field::Sender, record);
        let recipient = notes.address(columns, Field::Recipient, record);
        let word = notes.cell(columns, Field::Direction, record);
        let direction = words::direction(&word).unwrap_or_else(|| {
            notes.unfamiliar(Field::Direction, word.as_bytes());
            Direction::Unknown
        });
        let mut tls = notes.tls(&columns.get(Field::Tls, record));
        let target = record.get(self.target.unwrap_or(usize::MAX));
        if direction == Direction::Inbound && target.starts_with(b"SMTP_OUT") {
            // How it was forwarded says nothing of how it came.
            tls = TlsState::NotRecorded;
        }
        let status = crate::mail::lower(&notes.cell(columns, Field::Status, record));
        let failed = ["fail", "bounce", "reject", "drop"].iter().any(|word| status.contains(word));
        let outbound = direction == Direction::Outbound;
        let sender_domain = domain_of(&sender);
        let internal = direction == Direction::Internal;
        let crossing = Crossing {
            remote_host: None,
            direction,
            by_domains: direction == Direction::Unknown,
            connector: None,
            connector_type: ConnectorType::Unknown,
            forced_tls: None,
            tls,
            cipher: None,
            sender_domain,
            remote_domain: if direction == Direction::Inbound {
                sender_domain
            } else {
                domain_of(&recipient)
            },
            account: None,
            account_stated: false,
            method: AuthMethod::Unknown,
            sender: sent_within(&sender, &recipient),
            client_ip: None,
        };
        tell.message(&Observation {
            queue: None,
            relayed_as: None,
            id,
            layout: RowLayout::ManyRows,
            row: fingerprint(record),
            seconds,
            sender: &sender,
            crossing: (!(internal || failed && outbound)).then_some(crossing),
            internal,
            failed,
            count: 1,
            rows: 1,
            session: None,
        });
        None
    }
}
