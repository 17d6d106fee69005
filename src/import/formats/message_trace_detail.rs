//! `Get-MessageTraceDetail` and `Get-MessageTraceDetailV2`, and the same from
//! Microsoft Graph as JSON (`formats.md` A5, A6). Many rows tell the life of
//! one message.
//!
//! | fact | place |
//! |---|---|
//! | inbound | `Receive`, where `Data` says that it came from the internet or over an inbound connector |
//! | outbound | `Send external` |
//! | TLS | `Detail`: `… using TLS1.2 with AES256`; `Data`: `<MEP Name="CustomData" Blob="S:tlsversion=…"/>` |
//! | connector | `Data`: `InboundConnectorData`, `TenantOutboundConnectorCustomData` |
//!
//! A `Receive` that says nothing of where the message came from is inbound only
//! if no other row of the message knows better: mail that goes out is received
//! by a server too.

use super::custom_data::{ConnectorData, CustomData, version_in_prose};
use super::row::{Notes, domain_of, fingerprint, identity, sent_within, some};
use super::{Opened, RowReader, TableFormat, Tell};
use crate::account::{Field, Gap, LeftOut, Mapping, NoMail};
use crate::import::columns::{Columns, Header, squeeze};
use crate::import::csv::Record;
use crate::mail::{
    AuthMethod, ConnectorType, Crossing, Direction, Observation, RowLayout, TlsState,
};

/// The cmdlets' export.
pub(crate) const FORMAT: TableFormat =
    TableFormat { name: "Get-MessageTraceDetail", signature: is_detail, reader: open };

/// The columns of a JSON item, by the squeezed names of its fields.
pub(crate) const JSON_FIELDS: [&[&str]; 6] = [
    &["date", "datetime"],
    &["event"],
    &["action"],
    &["detail", "description"],
    &["data"],
    &["messageid"],
];

fn is_detail(header: &Header) -> bool {
    header.has("event")
        && header.has("detail")
        && (header.has("data") || header.has("action"))
        && (header.has("messageid") || header.has("messagetraceid"))
        && !header.has("eventid")
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of all formats")]
fn open(header: &Header, mapping: &Mapping) -> Opened {
    Ok(Box::new(MessageTraceDetail::new(header, mapping)))
}

pub(super) struct MessageTraceDetail {
    columns: Columns,
    event: Option<usize>,
    detail: Option<usize>,
    data: Option<usize>,
}

impl MessageTraceDetail {
    pub(super) fn new(header: &Header, mapping: &Mapping) -> Self {
        Self {
            columns: Columns::guess(header, mapping),
            event: header.position("event"),
            detail: header.position("detail"),
            data: header.position("data"),
        }
    }
}

/// What `<root><MEP Name="CustomData" Blob="…"/>…</root>` says.
#[derive(Default)]
struct Data {
    custom: String,
    sender: String,
    client_ip: String,
}

impl Data {
    fn read(data: &str) -> Self {
        let mut facts = Self::default();
        for element in data.split("<MEP ").skip(1) {
            let Some(name) = attribute(element, "Name=\"") else { continue };
            let wanted = match name {
                "CustomData" => &mut facts.custom,
                "ReturnPath" => &mut facts.sender,
                "ClientIP" => &mut facts.client_ip,
                _ => continue,
            };
            let value = ["Blob=\"", "String=\""].iter().find_map(|kind| attribute(element, kind));
            *wanted = decoded(value.unwrap_or_default());
        }
        facts
    }
}

/// The value of an attribute, as it stands.
fn attribute<'e>(element: &'e str, start: &str) -> Option<&'e str> {
    let (_, value) = element.split_once(start)?;
    value.split('"').next()
}

/// The five entities that every XML has; `&` comes last.
fn decoded(text: &str) -> String {
    const ENTITIES: [(&str, &str); 5] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    let mut text = text.to_owned();
    for (entity, sign) in ENTITIES {
        if text.contains(entity) {
            text = text.replace(entity, sign);
        }
    }
    text
}

impl RowReader for MessageTraceDetail {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        vec![Gap::OutboundTls, Gap::ForcedTls, Gap::SmtpAuth]
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
        let column = |position: Option<usize>| record.get(position.unwrap_or(usize::MAX));
        let network = columns.get(Field::NetworkMessageId, record);
        let message_id = columns.get(Field::MessageId, record);
        let id = identity(&network, &message_id);
        if id.network.is_none() && id.message_id.is_empty() {
            return Some(LeftOut::NoMail(NoMail::ServiceEvent));
        }
        let event = squeeze(&notes.text(column(self.event)));
        let detail = column(self.detail);
        let data = notes.text(column(self.data));
        let data = Data::read(&data);
        let custom = CustomData::read(data.custom.as_bytes());
        let stated = notes.address(columns, Field::Sender, record);
        let sender = crate::mail::lower(some(&stated).unwrap_or(&data.sender));
        let recipient = notes.address(columns, Field::Recipient, record);
        let sender_domain = domain_of(&sender);
        let inbound = event == "receive" || event == "수신";
        let outbound = matches!(event.as_str(), "sendexternal" | "외부로보내기");
        let hosted = custom.from_hosted;
        let came_in = inbound && !hosted && custom.says_of_origin();
        let internal = custom.from_hosted && custom.to_hosted;
        let in_detail = || version_in_prose(&detail);
        let tls = if outbound {
            custom.other_version.or_else(in_detail)
        } else {
            custom.tls.and_then(TlsState::parse).or_else(in_detail)
        };
        let tls = tls.unwrap_or(TlsState::NotRecorded);
        let connector: ConnectorData<'_> =
            if outbound { custom.outbound_connector } else { custom.inbound_connector }
                .unwrap_or_default();
        let name = notes.text(connector.name.into());
        let connector_name = some(name.trim()).filter(|name| !notes.connector(name).none);
        let kind = notes.connector_type(&String::from_utf8_lossy(connector.connector_type));
        let cipher = custom.cipher.map(String::from_utf8_lossy);
        // Mail that goes out is received by a server first: without a word of
        // where it came from it is inbound only if no other row knows better.
        let perhaps = inbound && !came_in && !hosted;
        let crossing = (came_in || outbound || perhaps).then_some(Crossing {
            remote_host: None,
            direction: if outbound { Direction::Outbound } else { Direction::Inbound },
            by_domains: perhaps,
            connector: connector_name,
            connector_type: match connector_name {
                Some(_) => kind.unwrap_or_default(),
                None if perhaps || data.custom.is_empty() => ConnectorType::Unknown,
                None => ConnectorType::NoConnector,
            },
            forced_tls: None,
            tls,
            cipher: cipher.as_deref(),
            sender_domain,
            remote_domain: if outbound { domain_of(&recipient) } else { sender_domain },
            account: None,
            account_stated: false,
            method: AuthMethod::Unknown,
            sender: sent_within(&sender, &recipient),
            client_ip: some(&data.client_ip),
        });
        tell.message(&Observation {
            queue: None,
            relayed_as: None,
            id,
            layout: RowLayout::ManyRows,
            row: fingerprint(record),
            seconds,
            sender: &sender,
            crossing,
            internal,
            failed: event.starts_with("fail") || event.starts_with("drop"),
            count: 1,
            rows: 1,
            session: None,
        });
        None
    }
}
