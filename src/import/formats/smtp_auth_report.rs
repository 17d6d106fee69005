//! `Start-HistoricalSearch -ReportType SmtpCSReport`, the downloadable file
//! behind Exchange Online's SMTP Auth clients report. One row per message.
//!
//! Known columns (`formats.md` A4b): `date`, `senderName`, `senderDomain`,
//! `authMethod`, `original_client_ip`, `tls_version`, `tls_cipher`,
//! `message_count`, `message_id` (with or without angle brackets); order and
//! further columns are not known. Required are a time and a TLS column.

use super::connector_report::{count, required};
use super::row::{Notes, domain_of, fingerprint, identity, some};
use super::shares::is_aggregate;
use super::words;
use super::{Opened, RowReader, TableFormat, Tell};
use crate::account::{Field, Gap, Inference, LeftOut, Mapping};
use crate::import::columns::{Columns, Header};
use crate::import::csv::Record;
use crate::mail::{AuthMethod, ConnectorType, Crossing, Direction, Observation, RowLayout};

/// The format.
pub(crate) const FORMAT: TableFormat =
    TableFormat { name: "SmtpCSReport", signature: is_smtp_auth_report, reader: open };

fn is_smtp_auth_report(header: &Header) -> bool {
    let columns = Columns::guess(header, &Mapping::default());
    columns.has(Field::AuthMethod)
        && !is_aggregate(header)
        && (header.count_containing("tls") > 0 || columns.has(Field::Time))
        && !header.has("datetimeutc")
        && !header.has("origintimestamputc")
}

fn open(header: &Header, mapping: &Mapping) -> Opened {
    let columns = required(header, mapping)?;
    Ok(Box::new(SmtpAuthReport { columns }))
}

struct SmtpAuthReport {
    columns: Columns,
}

impl RowReader for SmtpAuthReport {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        let message_id = (!self.columns.has(Field::MessageId)).then_some(Gap::MessageId);
        let client = (!self.columns.has(Field::ClientIp)).then_some(Gap::ClientIp);
        let tls = (!self.columns.has(Field::Tls)).then_some(Gap::Tls);
        [Gap::Connector].into_iter().chain(tls).chain(client).chain(message_id).collect()
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
        let count = match count(columns, record) {
            Ok(count) => count,
            Err(left_out) => return Some(left_out),
        };
        let tls = notes.tls(&columns.get(Field::Tls, record));
        let word = notes.cell(columns, Field::AuthMethod, record);
        let method = words::auth_method(&word).unwrap_or_else(|| {
            notes.unfamiliar(Field::AuthMethod, word.as_bytes());
            AuthMethod::Unknown
        });
        let mut account = notes.address(columns, Field::Sender, record);
        let domain = notes.address(columns, Field::SenderDomain, record);
        if !account.contains('@') && !domain.is_empty() {
            notes.infer(Inference::AddressFromParts);
            account = format!("{account}@{domain}").into();
        }
        let sender_domain = domain_of(&account).or(some(&domain));
        let cipher = notes.cell(columns, Field::Cipher, record);
        let client_ip = notes.cell(columns, Field::ClientIp, record);
        let recipient = notes.address(columns, Field::Recipient, record);
        let network = columns.get(Field::NetworkMessageId, record);
        let message_id = columns.get(Field::MessageId, record);
        tell.message(&Observation {
            queue: None,
            relayed_as: None,
            id: identity(&network, &message_id),
            layout: RowLayout::OneRow,
            row: fingerprint(record),
            seconds,
            sender: &account,
            crossing: Some(Crossing {
                remote_host: None,
                direction: Direction::Submission,
                by_domains: false,
                connector: None,
                connector_type: ConnectorType::Unknown,
                forced_tls: None,
                tls,
                cipher: some(&cipher),
                sender_domain,
                remote_domain: recipient.split(';').next().and_then(domain_of),
                account: Some(&account),
                account_stated: true,
                method,
                sender: None,
                client_ip: some(&client_ip),
            }),
            internal: false,
            failed: false,
            count,
            rows: 1,
            session: None,
        });
        None
    }
}
