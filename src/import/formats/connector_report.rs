//! `Start-HistoricalSearch -ReportType ConnectorReport`, the downloadable
//! "Inbound/Outbound Message Report" of Exchange Online. One row per message
//! and direction.
//!
//! The full header is not published (`formats.md` A4): columns are found by
//! name, shown, and can be set with Map columns. Required are a time and a TLS
//! column; only where a person says so is there none of TLS. Everything else may be missing: no direction is "unknown", no type
//! is Unknown, a blank TLS cell is not recorded.

use super::row::{Notes, domain_of, fingerprint, identity, sent_within, some};
use super::shares::is_aggregate;
use super::{MissingColumns, Opened, RowReader, TableFormat, Tell};
use crate::account::{Field, Gap, LeftOut, Mapping, Unreadable};
use crate::import::columns::{Columns, Header};
use crate::import::csv::Record;
use crate::mail::{AuthMethod, ConnectorType, Crossing, Direction, Observation, RowLayout};

/// The format.
pub(crate) const FORMAT: TableFormat =
    TableFormat { name: "ConnectorReport", signature: is_connector_report, reader: open };

/// Something of TLS, something of the mail's way, and neither trace nor
/// counts.
fn is_connector_report(header: &Header) -> bool {
    let columns = Columns::guess(header, &Mapping::default());
    let way = [
        Field::Connector,
        Field::ConnectorType,
        Field::Direction,
        Field::Sender,
        Field::MessageId,
        Field::NetworkMessageId,
    ];
    header.count_containing("tls") > 0
        && !is_aggregate(header)
        && !columns.has(Field::AuthMethod)
        && !header.has("datetimeutc")
        && !header.has("origintimestamputc")
        && way.into_iter().filter(|field| columns.has(*field)).count() >= 2
}

fn open(header: &Header, mapping: &Mapping) -> Opened {
    let columns = required(header, mapping)?;
    Ok(Box::new(ConnectorReport { columns }))
}

/// The columns, if a time and a TLS column are among them; where a person
/// named columns, TLS may be none of them.
pub(super) fn required(header: &Header, mapping: &Mapping) -> Result<Columns, Box<MissingColumns>> {
    let columns = Columns::guess(header, mapping);
    let tls = [Field::Tls].into_iter().filter(|_| !header.names_any(mapping));
    let missing: Vec<Field> =
        [Field::Time].into_iter().chain(tls).filter(|field| !columns.has(*field)).collect();
    if missing.is_empty() {
        Ok(columns)
    } else {
        Err(Box::new(MissingColumns { missing, found: columns }))
    }
}

/// How many messages the row stands for: 1 unless a column counts them.
pub(super) fn count(columns: &Columns, record: &Record<'_>) -> Result<u32, LeftOut> {
    let cell = columns.get(Field::MessageCount, record);
    let cell = cell.trim_ascii();
    if cell.is_empty() {
        return Ok(1);
    }
    str::from_utf8(cell)
        .ok()
        .and_then(|text| text.replace(',', "").parse().ok())
        .filter(|count| *count > 0)
        .ok_or(LeftOut::Unreadable(Unreadable::BadCount))
}

struct ConnectorReport {
    columns: Columns,
}

impl RowReader for ConnectorReport {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        [
            (Field::Tls, Gap::Tls),
            (Field::Connector, Gap::Connector),
            (Field::Direction, Gap::Direction),
            (Field::ConnectorType, Gap::ConnectorType),
            (Field::ForcedTls, Gap::ForcedTls),
        ]
        .into_iter()
        .filter(|(field, _)| !self.columns.has(*field))
        .map(|(_, gap)| gap)
        .chain(
            (!self.columns.has(Field::MessageId) && !self.columns.has(Field::NetworkMessageId))
                .then_some(Gap::MessageId),
        )
        .chain([Gap::SmtpAuth])
        .collect()
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
        let word = notes.cell(columns, Field::Direction, record);
        let direction = notes.direction(&word).unwrap_or_else(|| {
            notes.unfamiliar(Field::Direction, word.as_bytes());
            Direction::Unknown
        });
        let connector = notes.cell(columns, Field::Connector, record);
        let connector = some(&connector).filter(|name| !notes.connector(name).none);
        let word = notes.cell(columns, Field::ConnectorType, record);
        let stated_type = notes.connector_type(&word).unwrap_or_else(|| {
            notes.unfamiliar(Field::ConnectorType, word.as_bytes());
            ConnectorType::Unknown
        });
        let knows_connectors =
            columns.has(Field::Connector) || stated_type == ConnectorType::NoConnector;
        let connector_type = match (connector, stated_type) {
            (None, ConnectorType::Unknown) if knows_connectors => ConnectorType::NoConnector,
            (_, stated) => stated,
        };
        let word = notes.cell(columns, Field::ForcedTls, record);
        let forced_tls = notes.forced(&word).unwrap_or_else(|| {
            notes.unfamiliar(Field::ForcedTls, word.as_bytes());
            None
        });
        let sender = notes.address(columns, Field::Sender, record);
        let recipient = notes.address(columns, Field::Recipient, record);
        let cipher = notes.cell(columns, Field::Cipher, record);
        let client_ip = notes.cell(columns, Field::ClientIp, record);
        let status = crate::mail::lower(&notes.cell(columns, Field::Status, record));
        let failed = direction == Direction::Outbound
            && (status.starts_with("fail") || status.starts_with("실패"));
        let sender_domain = domain_of(&sender);
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
            crossing: (!failed).then_some(Crossing {
                remote_host: None,
                direction,
                by_domains: false,
                connector,
                connector_type,
                forced_tls,
                tls,
                cipher: some(&cipher),
                sender_domain,
                remote_domain: match direction {
                    Direction::Inbound => sender_domain,
                    _ => recipient.split(';').next().and_then(domain_of),
                },
                account: None,
                account_stated: false,
                method: AuthMethod::Unknown,
                sender: connector.map_or_else(|| sent_within(&sender, &recipient), |_| None),
                client_ip: some(&client_ip),
            }),
            internal: false,
            failed,
            count,
            rows: 1,
            session: None,
        });
        None
    }
}
