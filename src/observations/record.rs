//! The records, as they stand in a line, and their way to what readers tell
//! and back.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::codes::{Coded, Hash, Hexadecimal, Text, bytes_of, digits_of};
use crate::account::FileAccount;
use crate::mail::{
    Aggregate, AuthMethod, Border, Carrier, ConnectorType, Crossing, Day, Direction, HopKind,
    Identity, MessageKey, Observation, Queue, Ready, ReadyCell, ReadyRefused, ReadyTime,
    RefusedSignIn, RowLayout, Session, SessionKey, SessionPart, Side, Start, TlsFailure, TlsReport,
    TlsState,
};

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Record<'a> {
    /// The first of all.
    Observations(Head),
    #[serde(borrow)]
    Message(Box<Message<'a>>),
    #[serde(borrow)]
    Counts(Box<Counts<'a>>),
    #[serde(borrow)]
    Session(Box<Told<'a>>),
    #[serde(borrow)]
    RefusedSignIn(Box<Refused<'a>>),
    TlsReport(Box<Policy>),
    #[serde(borrow)]
    Counted(Box<Elsewhere<'a>>),
    /// All that a file tells of what was counted elsewhere was told.
    CountedEnd(OfFile),
    /// The last of a file.
    Account(Box<Account>),
}

/// What the lines are.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) version: u32,
    /// The clock, in seconds since 1970.
    pub(super) now: u32,
}

/// Keys of a record, which is read without them.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys(pub(super) Vec<Hexadecimal>);

impl Keys {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Keys {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| Self::default())
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn is_one(count: &u32) -> bool {
    *count == 1
}

fn one() -> u32 {
    1
}

/// One crossing of a border.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Crossed<'a> {
    direction: Coded<Direction>,
    #[serde(default, skip_serializing_if = "is_false")]
    by_domains: bool,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    connector: Option<Text<'a>>,
    connector_type: Coded<ConnectorType>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    forced_tls: Option<bool>,
    tls: Coded<TlsState>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    cipher: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    sender_domain: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    remote_domain: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    remote_host: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    account: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "is_false")]
    account_stated: bool,
    auth_method: Coded<AuthMethod>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    sender: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    client_ip: Option<Text<'a>>,
}

fn text(text: Option<&str>) -> Option<Text<'_>> {
    text.map(Text::from)
}

fn plain<'t>(text: Option<&'t Text<'_>>) -> Option<&'t str> {
    text.map(|text| text.0.as_ref())
}

impl<'a> Crossed<'a> {
    fn of(crossing: &Crossing<'a>) -> Self {
        Self {
            direction: Coded(crossing.direction),
            by_domains: crossing.by_domains,
            connector: text(crossing.connector),
            connector_type: Coded(crossing.connector_type),
            forced_tls: crossing.forced_tls,
            tls: Coded(crossing.tls),
            cipher: text(crossing.cipher),
            sender_domain: text(crossing.sender_domain),
            remote_domain: text(crossing.remote_domain),
            remote_host: text(crossing.remote_host),
            account: text(crossing.account),
            account_stated: crossing.account_stated,
            auth_method: Coded(crossing.method),
            sender: text(crossing.sender),
            client_ip: text(crossing.client_ip),
        }
    }

    fn crossing(&self) -> Crossing<'_> {
        Crossing {
            direction: self.direction.0,
            by_domains: self.by_domains,
            connector: plain(self.connector.as_ref()),
            connector_type: self.connector_type.0,
            forced_tls: self.forced_tls,
            tls: self.tls.0,
            cipher: plain(self.cipher.as_ref()),
            sender_domain: plain(self.sender_domain.as_ref()),
            remote_domain: plain(self.remote_domain.as_ref()),
            remote_host: plain(self.remote_host.as_ref()),
            account: plain(self.account.as_ref()),
            account_stated: self.account_stated,
            method: self.auth_method.0,
            sender: plain(self.sender.as_ref()),
            client_ip: plain(self.client_ip.as_ref()),
        }
    }
}

/// A row, or a hop, that tells of a message.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names of the field")]
pub(super) struct Message<'a> {
    pub(super) file: u32,
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(super) keys: Keys,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    network_message_id: Option<Hexadecimal>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    message_id: Option<Text<'a>>,
    /// Of one that is no UTF-8.
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    message_id_bytes: Option<Text<'a>>,
    layout: Coded<RowLayout>,
    row: Hash,
    seconds: u32,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    sender: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    crossing: Option<Crossed<'a>>,
    #[serde(default, skip_serializing_if = "is_false")]
    internal: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    failed: bool,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: u32,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    rows: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    session: Option<Carried>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    queue: Option<Queued>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    relayed_as: Option<Hash>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    border: Option<Bordered<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Carried {
    key: Hash,
    #[serde(default, skip_serializing_if = "is_false")]
    under_way: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<u32>,
}

#[derive(Debug, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Queued {
    thread: Hash,
    id: Hash,
    first: u32,
    last: u32,
    start: Coded<Start>,
    ended: bool,
    arrived: bool,
    accepted: bool,
    delivered: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Bordered<'a> {
    kind: Coded<HopKind>,
    #[serde(borrow)]
    from: SideOf<'a>,
    #[serde(borrow)]
    by: SideOf<'a>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    sender: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    recipients: Option<Text<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum SideOf<'a> {
    Stranger,
    Internal,
    #[serde(borrow)]
    Of(Text<'a>),
    #[serde(borrow)]
    EndOf(Text<'a>),
}

impl<'a> Bordered<'a> {
    fn of(border: Border<&'a str>) -> Self {
        let side = |side| match side {
            Side::Stranger => SideOf::Stranger,
            Side::Internal => SideOf::Internal,
            Side::Of(whose) => SideOf::Of(Text::from(whose)),
            Side::EndOf(whose) => SideOf::EndOf(Text::from(whose)),
        };
        Self {
            kind: Coded(border.kind),
            from: side(border.from),
            by: side(border.by),
            sender: text(border.sender),
            recipients: text(border.recipients),
        }
    }

    fn border(&self) -> Border<&str> {
        fn side<'s>(side: &'s SideOf<'_>) -> Side<&'s str> {
            match side {
                SideOf::Stranger => Side::Stranger,
                SideOf::Internal => Side::Internal,
                SideOf::Of(whose) => Side::Of(&whose.0),
                SideOf::EndOf(whose) => Side::EndOf(&whose.0),
            }
        }
        Border {
            kind: self.kind.0,
            from: side(&self.from),
            by: side(&self.by),
            sender: plain(self.sender.as_ref()),
            recipients: plain(self.recipients.as_ref()),
        }
    }
}

impl<'a> Message<'a> {
    pub(super) fn of(
        file: u32,
        keys: Keys,
        told: &Observation<'a>,
        border: Option<Border<&'a str>>,
    ) -> Self {
        let id = told.id.message_id;
        let readable = std::str::from_utf8(id).ok();
        Self {
            file,
            keys,
            network_message_id: told.id.network.map(|key| Hexadecimal(key.0)),
            message_id: text(readable.filter(|id| !id.is_empty())),
            message_id_bytes: readable.is_none().then(|| Text(Cow::Owned(digits_of(id)))),
            layout: Coded(told.layout),
            row: Hash(told.row),
            seconds: told.seconds,
            sender: text(Some(told.sender).filter(|sender| !sender.is_empty())),
            crossing: told.crossing.as_ref().map(Crossed::of),
            internal: told.internal,
            failed: told.failed,
            count: told.count,
            rows: told.rows,
            session: told.session.map(|carrier| Carried {
                key: Hash(carrier.key.0),
                under_way: carrier.under_way,
                answer: carrier.answer,
            }),
            queue: told.queue.map(|queue| Queued {
                thread: Hash(queue.thread),
                id: Hash(queue.id),
                first: queue.first,
                last: queue.last,
                start: Coded(queue.start),
                ended: queue.ended,
                arrived: queue.arrived,
                accepted: queue.accepted,
                delivered: queue.delivered,
            }),
            relayed_as: told.relayed_as.map(Hash),
            border: border.map(Bordered::of),
        }
    }

    /// Hands on what the record says; `None` where its Message-ID is no bytes.
    pub(super) fn tell(
        &self,
        take: impl FnOnce(&Observation<'_>, Option<Border<&str>>),
    ) -> Option<()> {
        let queue = self.queue.as_ref().map(|queue| Queue {
            thread: queue.thread.0,
            id: queue.id.0,
            first: queue.first,
            last: queue.last,
            start: queue.start.0,
            ended: queue.ended,
            arrived: queue.arrived,
            accepted: queue.accepted,
            delivered: queue.delivered,
        });
        let bytes = match &self.message_id_bytes {
            Some(digits) => Some(bytes_of(&digits.0)?),
            None => None,
        };
        let written = plain(self.message_id.as_ref()).unwrap_or_default();
        let observation = Observation {
            id: Identity {
                network: self.network_message_id.map(|key| MessageKey(key.0)),
                message_id: bytes.as_deref().unwrap_or(written.as_bytes()),
            },
            layout: self.layout.0,
            row: self.row.0,
            seconds: self.seconds,
            sender: plain(self.sender.as_ref()).unwrap_or_default(),
            crossing: self.crossing.as_ref().map(Crossed::crossing),
            internal: self.internal,
            failed: self.failed,
            count: self.count,
            rows: self.rows,
            session: self.session.as_ref().map(|carried| Carrier {
                key: SessionKey(carried.key.0),
                under_way: carried.under_way,
                answer: carried.answer,
            }),
            queue: queue.as_ref(),
            relayed_as: self.relayed_as.map(|id| id.0),
        };
        take(&observation, self.border.as_ref().map(Bordered::border));
        Some(())
    }
}

/// Messages that an export counted.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names of the field")]
pub(super) struct Counts<'a> {
    pub(super) file: u32,
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(super) keys: Keys,
    first_day: Day,
    last_day: Day,
    dated: bool,
    #[serde(borrow)]
    crossing: Crossed<'a>,
    /// By TLS, in the order of [`TlsState::ALL`].
    counts: [u64; TlsState::ALL.len()],
    rounded: bool,
    yields: bool,
}

impl<'a> Counts<'a> {
    pub(super) fn of(file: u32, keys: Keys, told: &Aggregate<'a>) -> Self {
        Self {
            file,
            keys,
            first_day: told.days.0,
            last_day: told.days.1,
            dated: told.dated,
            crossing: Crossed::of(&told.crossing),
            counts: told.counts,
            rounded: told.rounded,
            yields: told.yields,
        }
    }

    pub(super) fn aggregate(&self) -> Aggregate<'_> {
        Aggregate {
            days: (self.first_day, self.last_day),
            dated: self.dated,
            crossing: self.crossing.crossing(),
            counts: self.counts,
            rounded: self.rounded,
            yields: self.yields,
        }
    }
}

/// What a log says of a session.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Told<'a> {
    pub(super) file: u32,
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(super) keys: Keys,
    key: Hash,
    #[serde(borrow)]
    crossing: Crossed<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    under_way: Option<u32>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    message_id: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    message_id_bytes: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    awaits: Option<u32>,
    #[serde(default, skip_serializing_if = "is_false")]
    hop: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    front_end: Option<Hash>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartOf>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct PartOf {
    thread: Hash,
    first: u32,
    last: u32,
    starts: bool,
    ends: bool,
}

impl<'a> Told<'a> {
    pub(super) fn of(file: u32, keys: Keys, told: &Session<'a>) -> Self {
        let readable = std::str::from_utf8(told.message_id).ok();
        let hex = || Text(Cow::Owned(digits_of(told.message_id)));
        Self {
            file,
            keys,
            key: Hash(told.key.0),
            crossing: Crossed::of(&told.crossing),
            under_way: told.under_way,
            message_id: text(readable.filter(|id| !id.is_empty())),
            message_id_bytes: readable.is_none().then(hex),
            awaits: told.awaits,
            hop: told.hop,
            front_end: told.front_end.map(|key| Hash(key.0)),
            parts: told
                .parts
                .iter()
                .map(|part| PartOf {
                    thread: Hash(part.thread),
                    first: part.first,
                    last: part.last,
                    starts: part.starts,
                    ends: part.ends,
                })
                .collect(),
        }
    }

    /// Hands on what the record says; `None` where its Message-ID is no bytes.
    pub(super) fn tell(&self, take: impl FnOnce(&Session<'_>)) -> Option<()> {
        let parts: Vec<SessionPart> = self
            .parts
            .iter()
            .map(|part| SessionPart {
                thread: part.thread.0,
                first: part.first,
                last: part.last,
                starts: part.starts,
                ends: part.ends,
            })
            .collect();
        let bytes = match &self.message_id_bytes {
            Some(digits) => Some(bytes_of(&digits.0)?),
            None => None,
        };
        let written = plain(self.message_id.as_ref()).unwrap_or_default();
        take(&Session {
            key: SessionKey(self.key.0),
            crossing: self.crossing.crossing(),
            under_way: self.under_way,
            message_id: bytes.as_deref().unwrap_or(written.as_bytes()),
            awaits: self.awaits,
            hop: self.hop,
            front_end: self.front_end.map(|key| SessionKey(key.0)),
            parts: &parts,
        });
        Some(())
    }
}

/// A refused attempt to sign in.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Refused<'a> {
    pub(super) file: u32,
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(super) keys: Keys,
    attempt: Hash,
    seconds: u32,
    #[serde(borrow)]
    account: Text<'a>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    client_ip: Option<Text<'a>>,
    tls: Coded<TlsState>,
    session: Hash,
}

impl<'a> Refused<'a> {
    pub(super) fn of(file: u32, keys: Keys, told: &RefusedSignIn<'a>) -> Self {
        Self {
            file,
            keys,
            attempt: Hash(told.attempt),
            seconds: told.seconds,
            account: told.account.into(),
            client_ip: text(told.client_ip),
            tls: Coded(told.tls),
            session: Hash(told.session.0),
        }
    }

    pub(super) fn refused(&self) -> RefusedSignIn<'_> {
        RefusedSignIn {
            attempt: self.attempt.0,
            seconds: self.seconds,
            account: &self.account.0,
            client_ip: plain(self.client_ip.as_ref()),
            tls: self.tls.0,
            session: SessionKey(self.session.0),
        }
    }
}

/// A policy of an SMTP TLS report.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names of the field")]
pub(super) struct Policy {
    pub(super) file: u32,
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(super) keys: Keys,
    organization: String,
    report_id: String,
    contact: String,
    first_second: u32,
    last_second: u32,
    position: u32,
    text: Hash,
    policy_type: String,
    mode: String,
    domain: String,
    mx_hosts: Vec<String>,
    successful_sessions: u64,
    failed_sessions: u64,
    failures: Vec<Failure>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    result_type: String,
    receiving_host: String,
    receiving_ip: String,
    sending_ip: String,
    information: String,
    reason: String,
    sessions: u64,
}

impl Policy {
    pub(super) fn of(file: u32, keys: Keys, told: TlsReport) -> Self {
        let failures = told.failures.into_iter().map(|failure| Failure {
            result_type: failure.result_type,
            receiving_host: failure.receiving_host,
            receiving_ip: failure.receiving_ip,
            sending_ip: failure.sending_ip,
            information: failure.information,
            reason: failure.reason,
            sessions: failure.sessions,
        });
        Self {
            file,
            keys,
            failures: failures.collect(),
            organization: told.organization,
            report_id: told.report_id,
            contact: told.contact,
            first_second: told.period.0,
            last_second: told.period.1,
            position: told.position,
            text: Hash(told.text),
            policy_type: told.policy_type,
            mode: told.mode,
            domain: told.domain,
            mx_hosts: told.mx_hosts,
            successful_sessions: told.successful,
            failed_sessions: told.failed,
        }
    }

    pub(super) fn report(self) -> TlsReport {
        let failures = self.failures.into_iter().map(|failure| TlsFailure {
            result_type: failure.result_type,
            receiving_host: failure.receiving_host,
            receiving_ip: failure.receiving_ip,
            sending_ip: failure.sending_ip,
            information: failure.information,
            reason: failure.reason,
            sessions: failure.sessions,
        });
        TlsReport {
            failures: failures.collect(),
            organization: self.organization,
            report_id: self.report_id,
            contact: self.contact,
            period: (self.first_second, self.last_second),
            position: self.position,
            text: self.text.0,
            policy_type: self.policy_type,
            mode: self.mode,
            domain: self.domain,
            mx_hosts: self.mx_hosts,
            successful: self.successful_sessions,
            failed: self.failed_sessions,
        }
    }
}

/// What was counted elsewhere.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Elsewhere<'a> {
    pub(super) file: u32,
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(super) keys: Keys,
    /// Number of the part of the file.
    part: u32,
    #[serde(borrow)]
    what: What<'a>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum What<'a> {
    #[serde(rename_all = "camelCase")]
    Cell {
        /// In hours since 1970, or first and last day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hour: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<(Day, Day)>,
        #[serde(borrow)]
        crossing: Box<Crossed<'a>>,
        #[serde(default, skip_serializing_if = "is_false")]
        rounded: bool,
        messages: u64,
    },
    #[serde(rename_all = "camelCase")]
    RefusedSignIns {
        hour: u32,
        #[serde(borrow)]
        account: Text<'a>,
        #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
        client_ip: Option<Text<'a>>,
        tls: Coded<TlsState>,
        attempts: u64,
    },
    OwnDomain {
        #[serde(borrow)]
        domain: Text<'a>,
        guessed: bool,
    },
}

impl<'a> Elsewhere<'a> {
    pub(super) fn of(file: u32, keys: Keys, part: u32, ready: &Ready<'a>) -> Self {
        let what = match ready {
            Ready::Cell(cell) => {
                let (hour, days) = match cell.time {
                    ReadyTime::Hour(hour) => (Some(hour), None),
                    ReadyTime::Days(first, last) => (None, Some((first, last))),
                };
                What::Cell {
                    hour,
                    days,
                    crossing: Box::new(Crossed::of(&cell.crossing)),
                    rounded: cell.rounded,
                    messages: cell.messages,
                }
            }
            Ready::Refused(refused) => What::RefusedSignIns {
                hour: refused.hour,
                account: refused.account.into(),
                client_ip: text(refused.client_ip),
                tls: Coded(refused.tls),
                attempts: refused.attempts,
            },
            Ready::OwnDomain(domain, guessed) => {
                What::OwnDomain { domain: (*domain).into(), guessed: *guessed }
            }
        };
        Self { file, keys, part, what }
    }

    /// Hands on what the record says, with the number of its part; `None`
    /// where it does not say when.
    pub(super) fn tell(&self, take: impl FnOnce(u32, &Ready<'_>)) -> Option<()> {
        let ready = match &self.what {
            What::Cell { hour, days, crossing, rounded, messages } => Ready::Cell(ReadyCell {
                time: match (hour, days) {
                    (Some(hour), None) => ReadyTime::Hour(*hour),
                    (None, Some((first, last))) => ReadyTime::Days(*first, *last),
                    _ => return None,
                },
                crossing: crossing.crossing(),
                rounded: *rounded,
                messages: *messages,
            }),
            What::RefusedSignIns { hour, account, client_ip, tls, attempts } => {
                Ready::Refused(ReadyRefused {
                    hour: *hour,
                    account: &account.0,
                    client_ip: plain(client_ip.as_ref()),
                    tls: tls.0,
                    attempts: *attempts,
                })
            }
            What::OwnDomain { domain, guessed } => Ready::OwnDomain(&domain.0, *guessed),
        };
        take(self.part, &ready);
        Some(())
    }
}

/// Of which file something is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OfFile {
    pub(super) file: u32,
}

/// What became of the rows of a file.
#[derive(Debug, Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names of the field")]
pub(super) struct Account {
    pub(super) file: u32,
    /// Where it stands in the list of those that were given.
    pub(super) place: u32,
    pub(super) account: Box<FileAccount>,
    /// By what the hops of `account.path` tell whether they cross the border.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) borders: Vec<Option<OwnedBorder>>,
}

/// A border that borrows nothing.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OwnedBorder {
    kind: Coded<HopKind>,
    from: OwnedSide,
    by: OwnedSide,
    sender: Option<String>,
    recipients: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum OwnedSide {
    Stranger,
    Internal,
    Of(String),
    EndOf(String),
}

impl OwnedBorder {
    fn of(border: &Border<String>) -> Self {
        let side = |side: &Side<String>| match side {
            Side::Stranger => OwnedSide::Stranger,
            Side::Internal => OwnedSide::Internal,
            Side::Of(whose) => OwnedSide::Of(whose.clone()),
            Side::EndOf(whose) => OwnedSide::EndOf(whose.clone()),
        };
        Self {
            kind: Coded(border.kind),
            from: side(&border.from),
            by: side(&border.by),
            sender: border.sender.clone(),
            recipients: border.recipients.clone(),
        }
    }

    fn border(self) -> Border<String> {
        let side = |side| match side {
            OwnedSide::Stranger => Side::Stranger,
            OwnedSide::Internal => Side::Internal,
            OwnedSide::Of(whose) => Side::Of(whose),
            OwnedSide::EndOf(whose) => Side::EndOf(whose),
        };
        Border {
            kind: self.kind.0,
            from: side(self.from),
            by: side(self.by),
            sender: self.sender,
            recipients: self.recipients,
        }
    }
}

impl Account {
    pub(super) fn of(file: u32, place: u32, account: FileAccount) -> Self {
        let known = account.path.iter().any(|hop| hop.border.is_some());
        let border = |hop: &crate::account::Hop| hop.border.as_ref().map(OwnedBorder::of);
        let borders = if known { account.path.iter().map(border).collect() } else { Vec::new() };
        Self { file, place, account: Box::new(account), borders }
    }

    pub(super) fn account(self) -> (u32, u32, FileAccount) {
        let mut account = *self.account;
        for (hop, border) in account.path.iter_mut().zip(self.borders) {
            hop.border = border.map(OwnedBorder::border);
        }
        (self.file, self.place, account)
    }
}
