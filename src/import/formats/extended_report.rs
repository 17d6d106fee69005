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

use super::custom_data::{ConnectorData, CustomData, version_in_prose};
use super::exchange_log::is_time;
use super::row::{Notes, domain_of, fingerprint, identity, sent_within, some};
use super::smtp_protocol::session_key;
use super::words;
use super::{Headless, Opened, RowReader, TableFormat, Tell};
use crate::account::{Field, Gap, Inference, LeftOut, Mapping, NoMail};
use crate::import::columns::{Columns, Header};
use crate::import::csv::Record;
use crate::import::particulars::Places;
use crate::mail::{
    AuthMethod, Carrier, ConnectorType, Crossing, Direction, Observation, RowLayout, TlsState,
};

/// The format.
pub(crate) const FORMAT: TableFormat = TableFormat {
    name: "Extended report",
    signature: |header| header.has("datetimeutc") && header.has("eventid"),
    reader: open,
};

/// Without its header: time, source and event tell it.
pub(crate) const HEADLESS: Headless = Headless {
    columns: &[
        "date_time_utc",
        "client_ip",
        "client_hostname",
        "server_ip",
        "server_hostname",
        "source_context",
        "connector_id",
        "source",
        "event_id",
        "internal_message_id",
        "message_id",
        "network_message_id",
        "recipient_address",
        "recipient_status",
        "total_bytes",
        "recipient_count",
        "related_recipient_address",
        "reference",
        "message_subject",
        "sender_address",
        "return_path",
        "message_info",
        "directionality",
        "tenant_id",
        "original_client_ip",
        "original_server_ip",
        "custom_data",
    ],
    is_row: |row| {
        let name = |cell: &[u8]| !cell.is_empty() && cell.iter().all(u8::is_ascii_uppercase);
        // A tracking log writes three digits of a second.
        let long = row[0].len() > b"2026-09-03T08:00:08.900Z".len();
        long && is_time(&row[0]) && name(&row[7]) && name(&row[8])
    },
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
            subject: header.position("messagesubject"),
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
    subject: Option<usize>,
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

    fn rows_stand_alone(&self) -> bool {
        self.dialect == Dialect::Online
    }

    fn places(&self) -> Places {
        Places { subject: self.subject, event: self.event, ..Places::of(&self.columns) }
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
            queue: None,
            relayed_as: None,
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
                    row.submission(*code, &custom, &base, tell);
                    return None;
                }
                if by_smtp && self.dialect != Dialect::Online {
                    row.received(incoming, &custom, &base, tell);
                    return None;
                }
                if by_smtp && (incoming || custom.inbound_connector.is_some()) {
                    row.inbound(&custom, &base, tell);
                    return None;
                }
            }
            Event::SendExternal if !self.is_intra(record, row.notes) => {
                row.outbound(&custom, &column(self.source_context), &base, tell);
                return None;
            }
            Event::Send if by_smtp && !custom.to_hosted && !self.is_intra(record, row.notes) => {
                row.outbound(&custom, &column(self.source_context), &base, tell);
                return None;
            }
            _ => {}
        }
        tell.message(&base);
        None
    }
}

impl ExtendedReport {
    /// Whether a row's connector only joins servers of the organization.
    fn is_intra(&self, record: &Record<'_>, notes: &mut Notes) -> bool {
        let connector = self.columns.get(Field::Connector, record);
        notes.connector(&String::from_utf8_lossy(&connector)).intra
    }

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
        base: &Observation<'_>,
        tell: &mut dyn Tell,
    ) {
        if code != b'?' {
            self.notes.infer(Inference::SubmissionFromAuthCode);
        }
        let stated =
            custom.tls.and_then(|word| self.notes.tls_word(word)).filter(|tls| tls.is_recorded());
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
            queue: None,
            relayed_as: None,
            crossing: Some(Crossing {
                remote_host: None,
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
                sender: None,
                client_ip: some(&client_ip),
            }),
            ..*base
        });
    }

    /// A message that an Exchange Server received by SMTP.
    fn received(
        &mut self,
        incoming: bool,
        custom: &CustomData<'_>,
        base: &Observation<'_>,
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
            tell.message(base);
        }
    }

    fn inbound(&mut self, custom: &CustomData<'_>, base: &Observation<'_>, tell: &mut dyn Tell) {
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
        base: &Observation<'_>,
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
        base: &Observation<'_>,
        tell: &mut dyn Tell,
    ) {
        let name = self.notes.text(data.name.into());
        let connector =
            some(name.trim()).or(fallback).filter(|name| !self.notes.connector(name).none);
        let word = String::from_utf8_lossy(data.connector_type);
        let stated = self.notes.connector_type(&word).unwrap_or_else(|| {
            self.notes.unfamiliar(Field::ConnectorType, word.as_bytes());
            ConnectorType::Unknown
        });
        let client_ip = self.notes.cell(self.columns, Field::ClientIp, self.record);
        let cipher = custom.cipher.map(String::from_utf8_lossy);
        let sender = (direction == Direction::Inbound && connector.is_none())
            .then(|| self.notes.address(self.columns, Field::Recipient, self.record))
            .and_then(|to| sent_within(self.sender, &to));
        tell.message(&Observation {
            queue: None,
            relayed_as: None,
            crossing: Some(Crossing {
                remote_host: None,
                direction,
                by_domains: direction == Direction::Unknown,
                connector,
                connector_type: if let Some(name) = connector {
                    if stated == ConnectorType::Unknown {
                        self.notes.connector(name).hybrid
                    } else {
                        stated
                    }
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
                sender,
                client_ip: some(&client_ip),
            }),
            ..*base
        });
    }
}
