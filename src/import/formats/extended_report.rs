//! Exchange Online's "Extended report" (`MTDetail`). Many rows, in no order,
//! tell the life of one message.
//!
//! Columns (`formats.md` A3): `date_time_utc`, `source`, `event_id`,
//! `message_id`, `network_message_id`, `sender_address`, `recipient_address`,
//! `directionality`, `connector_id`, `message_info`, `original_client_ip`,
//! `custom_data`. Where the facts are:
//!
//! | fact | row | place |
//! |---|---|---|
//! | submission | RECEIVE | `message_info` starts with `06I` (AUTH over TLS) or `07I` (AUTH without TLS) |
//! | inbound | RECEIVE by SMTP | Incoming, or `S:InboundConnectorData` in `custom_data` |
//! | its TLS | the same | `S:tlsversion`, `S:tlscipher` |
//! | outbound | SENDEXTERNAL, or SEND out of the organization | |
//! | its TLS | the same | a version in a `S:*tls*` key or in the remote server's answer; never `RequiredTlsAuthLevel`, `EffectiveTlsAuthLevel` or `InboundTlsDetails`, which are policies |
//! | its connector | the same | `TenantOutboundConnectorCustomData=Name=` |
//! | internal | any | `S:FromEntity=Hosted` with `S:ToEntity=Hosted`, or DELIVER of Originating mail |

use super::row::{Notes, domain_of, fingerprint, identity, some};
use super::smtp_protocol::session_key;
use super::words;
use super::{Opened, RowReader, TableFormat, Tell};
use crate::account::{Field, Gap, Inference, LeftOut, Mapping, NoMail};
use crate::import::columns::{Columns, Header};
use crate::import::csv::Record;
use crate::mail::{
    AuthMethod, Carrier, ConnectorType, Crossing, Direction, Observation, RowLayout, TlsState,
    names_no_connector,
};

/// The format.
pub(crate) const FORMAT: TableFormat = TableFormat {
    name: "Extended report",
    signature: |header| header.has("datetimeutc") && header.has("eventid"),
    reader: open,
};

#[expect(clippy::unnecessary_wraps, reason = "the signature of all formats")]
fn open(header: &Header, _: &Mapping) -> Opened {
    Ok(Box::new(ExtendedReport::new(header, Dialect::Online)))
}

/// Whose rows they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Exchange Online's.
    Online,
    /// Exchange Server's tracking log: connectors stand in `connector-id`, and
    /// `source-context` names the SMTP session.
    Server,
    /// The same, as `Get-MessageTrackingLog` exports it: in local time.
    ServerLocalTime,
}

impl ExtendedReport {
    pub(super) fn new(header: &Header, dialect: Dialect) -> Self {
        let time = ["datetimeutc", "datetime", "timestamp"].into_iter().find(|key| header.has(key));
        let sender = if header.has("senderaddress") { "senderaddress" } else { "sender" };
        let recipient =
            if header.has("recipientaddress") { "recipientaddress" } else { "recipients" };
        let custom = if header.has("customdata") { "customdata" } else { "eventdata" };
        let columns = Columns::exactly(
            header,
            &[
                (Field::Time, time.unwrap_or_default()),
                (Field::Direction, "directionality"),
                (Field::Connector, "connectorid"),
                (Field::Sender, sender),
                (Field::Recipient, recipient),
                (Field::Status, "recipientstatus"),
                (Field::MessageId, "messageid"),
                (Field::NetworkMessageId, "networkmessageid"),
                (Field::ClientIp, "originalclientip"),
                (Field::AuthMethod, "messageinfo"),
                (Field::Tls, custom),
            ],
        );
        Self {
            dialect,
            event: header.position("eventid"),
            source: header.position("source"),
            source_context: header.position("sourcecontext"),
            columns,
        }
    }
}

pub(super) struct ExtendedReport {
    dialect: Dialect,
    columns: Columns,
    event: Option<usize>,
    source: Option<usize>,
    source_context: Option<usize>,
}

/// What a row is about, from `event_id`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Event {
    Receive,
    Send,
    SendExternal,
    Deliver,
    Failed,
    ShadowCopy,
    Other,
}

impl Event {
    fn of(event: &[u8]) -> Self {
        match event.trim_ascii() {
            b"RECEIVE" => Self::Receive,
            b"SEND" => Self::Send,
            b"SENDEXTERNAL" => Self::SendExternal,
            b"DELIVER" => Self::Deliver,
            b"FAIL" | b"DEFER" | b"DROP" | b"BADMAIL" | b"POISONMESSAGE" | b"SUBMITFAIL" => {
                Self::Failed
            }
            event if event.starts_with(b"HARE") || event.starts_with(b"HADISC") => Self::ShadowCopy,
            _ => Self::Other,
        }
    }
}

/// What `custom_data` says of transport.
#[derive(Default)]
struct CustomData<'a> {
    tls: Option<&'a [u8]>,
    cipher: Option<&'a [u8]>,
    /// A version found in any other key that speaks of TLS.
    other_version: Option<TlsState>,
    inbound_connector: Option<ConnectorData<'a>>,
    outbound_connector: Option<ConnectorData<'a>>,
    from_hosted: bool,
    to_hosted: bool,
}

#[derive(Clone, Copy, Default)]
struct ConnectorData<'a> {
    name: &'a [u8],
    connector_type: &'a [u8],
}

impl<'a> ConnectorData<'a> {
    /// `Name=Contoso inbound;ConnectorType=Partner;TenantId=…`
    fn read(value: &'a [u8]) -> Self {
        let mut data = Self::default();
        for part in value.split(|&byte| byte == b';') {
            data.take(part);
        }
        data
    }

    fn take(&mut self, part: &'a [u8]) {
        if let Some(name) = part.strip_prefix(b"Name=") {
            self.name = name;
        } else if let Some(kind) = part.strip_prefix(b"ConnectorType=") {
            self.connector_type = kind;
        }
    }
}

impl<'a> CustomData<'a> {
    /// `;` separates `S:key=value`; a value that holds `;` is in single
    /// quotes: `'S:key=a=b;c=d'`. Of a key like `Microsoft.Exchange.X.Y` the
    /// last part counts.
    fn read(data: &'a [u8]) -> Self {
        let mut facts = Self::default();
        let mut rest = data;
        let mut inbound_open = false;
        while !rest.is_empty() {
            let (segment, tail) = next_segment(rest);
            rest = tail;
            let Some(segment) = segment.strip_prefix(b"S:") else {
                // Without quotes a connector's data goes on behind the `;`.
                if inbound_open && let Some(connector) = &mut facts.inbound_connector {
                    connector.take(segment);
                }
                continue;
            };
            let Some(equals) = segment.iter().position(|&byte| byte == b'=') else { continue };
            let (key, value) = (&segment[..equals], &segment[equals + 1..]);
            let key = match key.iter().rposition(|&byte| byte == b'.') {
                Some(dot) => &key[dot + 1..],
                None => key,
            };
            inbound_open = false;
            match key {
                b"tlsversion" => facts.tls = Some(value),
                b"tlscipher" => facts.cipher = Some(value),
                b"InboundConnectorData" => {
                    facts.inbound_connector = Some(ConnectorData::read(value));
                    inbound_open = true;
                }
                b"TenantOutboundConnectorCustomData" => {
                    facts.outbound_connector = Some(ConnectorData::read(value));
                }
                b"FromEntity" => facts.from_hosted = value == b"Hosted",
                b"ToEntity" => facts.to_hosted = value == b"Hosted",
                b"RequiredTlsAuthLevel" | b"EffectiveTlsAuthLevel" | b"InboundTlsDetails" => {}
                _ if speaks_of_tls(key) => {
                    facts.other_version =
                        facts.other_version.or_else(|| TlsState::parse_version(value));
                }
                _ => {}
            }
        }
        facts
    }
}

/// The first segment of `data`, without quotes, and what follows it.
fn next_segment(data: &[u8]) -> (&[u8], &[u8]) {
    if let Some(quoted) = data.strip_prefix(b"'") {
        let end = quoted.iter().enumerate().position(|(at, &byte)| {
            byte == b'\'' && matches!(quoted.get(at + 1), None | Some(b';'))
        });
        if let Some(end) = end {
            return (&quoted[..end], quoted.get(end + 2..).unwrap_or_default());
        }
    }
    match data.iter().position(|&byte| byte == b';') {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &[]),
    }
}

fn speaks_of_tls(key: &[u8]) -> bool {
    key.windows(3).any(|window| window.eq_ignore_ascii_case(b"tls"))
}

/// A version in prose, where the prose says that it was used: the portal
/// writes "… using TLS1.2 with AES256".
fn version_in_prose(text: &[u8]) -> Option<TlsState> {
    const BEFORE: [&[u8]; 3] = [b"using tls", b"version=tls", b"tlsversion="];
    let lower = text.to_ascii_lowercase();
    BEFORE.iter().find_map(|before| {
        let at = lower.windows(before.len()).position(|window| window == *before)?;
        let word = &lower[at..];
        let end =
            word.iter().skip(before.len()).position(|byte| matches!(byte, b' ' | b',' | b';'));
        TlsState::parse_version(&word[..end.map_or(word.len(), |end| end + before.len())])
    })
}

impl RowReader for ExtendedReport {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        match self.dialect {
            Dialect::Online => vec![Gap::OutboundTls, Gap::ForcedTls, Gap::ModernAuth],
            _ => vec![Gap::ServerTls, Gap::ConnectorType, Gap::ForcedTls],
        }
    }

    fn read(
        &mut self,
        record: &Record<'_>,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<LeftOut> {
        let columns = &self.columns;
        let time = columns.get(Field::Time, record);
        let seconds = match self.dialect {
            Dialect::ServerLocalTime => notes.local_seconds(&time),
            _ => notes.seconds(&time),
        };
        let seconds = match seconds {
            Ok(seconds) => seconds,
            Err(left_out) => return Some(left_out),
        };
        let column = |position: Option<usize>| record.get(position.unwrap_or(usize::MAX));
        let event = Event::of(&column(self.event));
        if event == Event::ShadowCopy {
            return Some(LeftOut::NoMail(NoMail::ShadowCopy));
        }
        let network = columns.get(Field::NetworkMessageId, record);
        let message_id = columns.get(Field::MessageId, record);
        let id = identity(&network, &message_id);
        if id.network.is_none() && id.message_id.is_empty() {
            return Some(LeftOut::NoMail(NoMail::ServiceEvent));
        }
        let sender = notes.address(columns, Field::Sender, record);
        if sender.starts_with("healthmailbox") {
            return Some(LeftOut::NoMail(NoMail::HealthProbe));
        }
        let originating = columns.get(Field::Direction, record);
        let directionality = originating.trim_ascii();
        let originating = directionality == b"Originating" || directionality == b"2";
        let incoming = directionality == b"Incoming" || directionality == b"1";
        if !originating && !incoming && !matches!(directionality, b"" | b"Undefined") {
            notes.unfamiliar(Field::Direction, directionality);
        }
        let mut row = Row { notes, columns, record, sender: &sender, dialect: self.dialect };
        let mut base = Observation {
            id,
            layout: RowLayout::ManyRows,
            row: fingerprint(record),
            seconds,
            sender: &sender,
            crossing: None,
            internal: false,
            failed: event == Event::Failed,
            count: 1,
            rows: 1,
            session: self.session(record),
        };
        if !matches!(event, Event::Receive | Event::Send | Event::SendExternal | Event::Deliver) {
            tell.message(&base);
            return None;
        }
        let custom = columns.get(Field::Tls, record);
        let custom = CustomData::read(&custom);
        base.internal =
            custom.from_hosted && custom.to_hosted || event == Event::Deliver && originating;
        let by_smtp = column(self.source).trim_ascii() == b"SMTP";
        match event {
            Event::Receive => {
                let info = columns.get(Field::AuthMethod, record);
                if let [b'0', code @ (b'6' | b'7'), b'I', ..] = info.trim_ascii_start() {
                    row.submission(*code, &custom, base, tell);
                    return None;
                }
                if by_smtp && self.dialect != Dialect::Online {
                    row.received(incoming, &custom, base, tell);
                    return None;
                }
                if by_smtp && (incoming || custom.inbound_connector.is_some()) {
                    row.inbound(&custom, base, tell);
                    return None;
                }
            }
            Event::SendExternal => {
                row.outbound(&custom, &column(self.source_context), base, tell);
                return None;
            }
            Event::Send => {
                let connector = columns.get(Field::Connector, record);
                let intra = words::is_intra_organization(&String::from_utf8_lossy(&connector));
                if by_smtp && !custom.to_hosted && !intra {
                    row.outbound(&custom, &column(self.source_context), base, tell);
                    return None;
                }
            }
            _ => {}
        }
        tell.message(&base);
        None
    }
}

impl ExtendedReport {
    /// The SMTP session that a tracking log's row names:
    /// `08DC1DB12C345BE5;2024-01-25T15:16:09.544Z;0`.
    fn session(&self, record: &Record<'_>) -> Option<Carrier> {
        if self.dialect == Dialect::Online {
            return None;
        }
        let context = record.get(self.source_context?);
        let id = context.split(|&byte| byte == b';').next()?.trim_ascii();
        let is_id = id.len() == 16 && id.iter().all(u8::is_ascii_hexdigit);
        is_id.then(|| Carrier { key: session_key(id), under_way: false, answer: None })
    }
}

/// A row that tells of a crossing.
struct Row<'a, 'n> {
    dialect: Dialect,
    notes: &'n mut Notes,
    columns: &'n Columns,
    record: &'n Record<'a>,
    sender: &'n str,
}

impl Row<'_, '_> {
    fn submission(
        &mut self,
        code: u8,
        custom: &CustomData<'_>,
        base: Observation<'_>,
        tell: &mut dyn Tell,
    ) {
        if code != b'?' {
            self.notes.infer(Inference::SubmissionFromAuthCode);
        }
        let stated = custom.tls.and_then(TlsState::parse).filter(|tls| tls.is_recorded());
        let tls = stated.unwrap_or_else(|| {
            if code != b'?' {
                self.notes.infer(Inference::TlsFromAuthCode);
            }
            match code {
                b'6' => TlsState::VersionNotStated,
                b'7' => TlsState::NoTls,
                _ => TlsState::NotRecorded,
            }
        });
        let client_ip = self.notes.cell(self.columns, Field::ClientIp, self.record);
        let cipher = custom.cipher.map(String::from_utf8_lossy);
        let recipient = self.notes.address(self.columns, Field::Recipient, self.record);
        tell.message(&Observation {
            crossing: Some(Crossing {
                direction: Direction::Submission,
                by_domains: false,
                connector: None,
                connector_type: ConnectorType::Unknown,
                forced_tls: None,
                tls,
                cipher: cipher.as_deref(),
                sender_domain: domain_of(self.sender),
                remote_domain: recipient.split(';').next().and_then(domain_of),
                account: Some(self.sender),
                account_stated: false,
                // 6 is "TLSAuthLogin" and 7 "Login" in Exchange's own list.
                method: if code == b'?' { AuthMethod::Unknown } else { AuthMethod::Basic },
                client_ip: some(&client_ip),
            }),
            ..base
        });
    }

    /// A message that an Exchange Server received by SMTP.
    fn received(
        &mut self,
        incoming: bool,
        custom: &CustomData<'_>,
        base: Observation<'_>,
        tell: &mut dyn Tell,
    ) {
        let connector = self.notes.cell(self.columns, Field::Connector, self.record);
        if words::is_for_clients(&connector) {
            return self.submission(b'?', custom, base, tell);
        }
        // Exchange 2007 and 2010 have no directionality.
        let silent = !self.columns.has(Field::Direction);
        if incoming || custom.inbound_connector.is_some() || silent {
            self.inbound(custom, base, tell);
        } else {
            tell.message(&base);
        }
    }

    fn inbound(&mut self, custom: &CustomData<'_>, base: Observation<'_>, tell: &mut dyn Tell) {
        let tls = custom.tls.map_or(TlsState::NotRecorded, |word| self.notes.tls(word));
        let data = custom.inbound_connector.unwrap_or_default();
        let connector = self.notes.cell(self.columns, Field::Connector, self.record);
        let server = self.dialect != Dialect::Online;
        let fallback = some(&connector).filter(|_| server);
        if server && !self.columns.has(Field::Direction) {
            self.notes.infer(Inference::DirectionFromOwnDomains);
            let recipient = self.notes.address(self.columns, Field::Recipient, self.record);
            let remote = recipient.split(';').next().and_then(domain_of);
            self.crossing(Direction::Unknown, tls, data, fallback, remote, custom, base, tell);
            return;
        }
        let sender_domain = domain_of(self.sender);
        self.crossing(Direction::Inbound, tls, data, fallback, sender_domain, custom, base, tell);
    }

    fn outbound(
        &mut self,
        custom: &CustomData<'_>,
        source_context: &[u8],
        base: Observation<'_>,
        tell: &mut dyn Tell,
    ) {
        let status = self.columns.get(Field::Status, self.record);
        let tls = custom
            .tls
            .and_then(TlsState::parse_version)
            .or(custom.other_version)
            .or_else(|| version_in_prose(&status))
            .or_else(|| version_in_prose(source_context))
            .unwrap_or(TlsState::NotRecorded);
        let data = custom.outbound_connector.unwrap_or_default();
        let connector_id = self.notes.cell(self.columns, Field::Connector, self.record);
        let recipient = self.notes.address(self.columns, Field::Recipient, self.record);
        let remote = recipient.split(';').next().and_then(domain_of);
        let fallback = some(&connector_id).filter(|name| !name.contains('\\'));
        self.crossing(Direction::Outbound, tls, data, fallback, remote, custom, base, tell);
    }

    #[expect(clippy::too_many_arguments, reason = "both directions fill one and the same crossing")]
    fn crossing(
        &mut self,
        direction: Direction,
        tls: TlsState,
        data: ConnectorData<'_>,
        fallback: Option<&str>,
        remote_domain: Option<&str>,
        custom: &CustomData<'_>,
        base: Observation<'_>,
        tell: &mut dyn Tell,
    ) {
        let name = self.notes.text(data.name.into());
        let connector = some(name.trim()).or(fallback).filter(|name| !names_no_connector(name));
        let word = String::from_utf8_lossy(data.connector_type);
        let stated = words::connector_type(&word).unwrap_or_else(|| {
            self.notes.unfamiliar(Field::ConnectorType, word.as_bytes());
            ConnectorType::Unknown
        });
        let client_ip = self.notes.cell(self.columns, Field::ClientIp, self.record);
        let cipher = custom.cipher.map(String::from_utf8_lossy);
        tell.message(&Observation {
            crossing: Some(Crossing {
                direction,
                by_domains: direction == Direction::Unknown,
                connector,
                connector_type: if let Some(name) = connector {
                    if stated == ConnectorType::Unknown { words::hybrid_type(name) } else { stated }
                } else {
                    ConnectorType::NoConnector
                },
                forced_tls: None,
                tls,
                cipher: cipher.as_deref(),
                sender_domain: domain_of(self.sender),
                remote_domain,
                account: None,
                account_stated: false,
                method: AuthMethod::Unknown,
                client_ip: some(&client_ip),
            }),
            ..base
        });
    }
}
