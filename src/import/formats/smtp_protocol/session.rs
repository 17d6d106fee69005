//! A session, as far as a file tells of it, and what it tells of mail when it
//! ends.

use std::collections::VecDeque;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::role::Role;
use crate::account::{LeftOut, NoMail};
use crate::import::bytes::contains;
use crate::import::formats::Tell;
use crate::import::formats::row::{Named, domain_of, some};
use crate::mail::{
    AuthMethod, Carrier, Choices, ConnectorType, Crossing, Direction, Identity, MessageKey,
    Observation, RefusedSignIn, RowLayout, Session, SessionKey, TlsState,
};

/// In place of a sequence number: of the attempt that was under way where a
/// file was cut.
pub(super) const UNDER_WAY: u64 = 1 << 60;
/// In place of a sequence number: none yet.
const NONE: u64 = u64::MAX;

/// A command that waits for its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    StartTls,
    /// `DATA`, before its `354`.
    Data,
    /// What ends a message: the dot, or `BDAT … LAST`.
    End,
    Auth,
    Other,
}

/// A message under way.
#[derive(Debug, Default)]
pub(super) struct Mail {
    pub(super) seconds: u32,
    /// Sequence number of its first row.
    pub(super) sequence: u64,
    pub(super) sender: String,
    pub(super) recipient_domain: Option<String>,
    pub(super) probe: bool,
    /// Its beginning is in another file.
    pub(super) cut: bool,
}

/// A message that was accepted; rows that follow may still be of it.
pub(super) struct Accepted {
    pub(super) mail: Mail,
    pub(super) message_id: Vec<u8>,
    pub(super) tls: TlsState,
    pub(super) rows: u32,
    pub(super) line: u64,
}

/// One session, as far as this file tells of it.
#[expect(clippy::struct_excessive_bools, reason = "what was seen of it")]
pub(super) struct State {
    pub(super) role: Role,
    pub(super) connector: String,
    /// What the connector's name says.
    pub(super) named: Named,
    pub(super) local_port: u32,
    pub(super) remote_ip: String,
    pub(super) remote_port: u32,
    /// The file has its first row.
    pub(super) start: bool,
    /// The file has its `+` row; sessions that send have rows before it.
    pub(super) connected: bool,
    pub(super) tls: TlsState,
    pub(super) cipher: Option<String>,
    /// The server agreed to start TLS.
    pub(super) agreed: bool,
    pub(super) waiting: VecDeque<Command>,
    pub(super) account: Option<String>,
    pub(super) mechanism: Option<Mechanism>,
    /// Signed in as a server, or handed on by one.
    pub(super) server: bool,
    /// The session that a front end handed on.
    pub(super) front_end: Option<SessionKey>,
    pub(super) client_ip: Option<String>,
    /// The session was handed on to another server.
    pub(super) handed_on: bool,
    /// Message-ID that the next message has, by an information row.
    pub(super) announced: Vec<u8>,
    pub(super) mail: Option<Mail>,
    pub(super) accepted: Option<Accepted>,
    pub(super) messages: u32,
    pub(super) failure: Option<Failure>,
    /// Sequence number of the last refused attempt, and how many had it:
    /// equal numbers happen.
    pub(super) refused: (u64, u64),
    /// A command was seen.
    pub(super) commanded: bool,
    /// Answers before the first command, of a session without its start.
    pub(super) answers: u32,
    /// A sign-in was seen, or the end of one.
    pub(super) signing_in: bool,
    /// Rows that no message has taken.
    pub(super) rows: u64,
    /// Line and beginning of the first of them.
    pub(super) line: u64,
    pub(super) text: Vec<u8>,
    pub(super) last_row: u64,
}

/// How a client signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mechanism {
    /// `LOGIN` or `PLAIN` (RFC 4616): a password.
    Password,
    /// `XOAUTH2` or `OAUTHBEARER` (RFC 7628).
    Token,
    /// `NTLM` or `GSSAPI`: servers do so, and clients on their own connector.
    Windows,
}

/// An attempt to sign in that was refused.
pub(super) struct Failure {
    pub(super) seconds: u32,
    pub(super) sequence: u64,
    pub(super) account: String,
}

impl State {
    pub(super) fn new(role: Role, connector: &str, named: Named) -> Self {
        Self {
            role,
            connector: connector.to_owned(),
            named,
            local_port: 0,
            remote_ip: String::new(),
            remote_port: 0,
            start: false,
            connected: false,
            tls: TlsState::NotRecorded,
            cipher: None,
            agreed: false,
            waiting: VecDeque::new(),
            account: None,
            mechanism: None,
            server: false,
            front_end: None,
            client_ip: None,
            handed_on: false,
            announced: Vec::new(),
            mail: None,
            accepted: None,
            messages: 0,
            failure: None,
            refused: (NONE, 0),
            commanded: false,
            answers: 0,
            signing_in: false,
            rows: 0,
            line: 0,
            text: Vec::new(),
            last_row: 0,
        }
    }

    /// The connector of Exchange 2013 and later over which a front end hands
    /// on sessions of clients.
    fn is_client_proxy(&self) -> bool {
        self.role == Role::Receive
            && (self.front_end.is_some()
                || self.local_port == 465
                || contains(self.connector.as_bytes(), b"\\Client Proxy "))
    }

    /// The connector for clients.
    fn is_for_clients(&self) -> bool {
        self.local_port == 587 || contains(self.connector.as_bytes(), b"\\Client ")
    }

    pub(super) fn is_hop(&self, choices: &Choices) -> bool {
        let port = if self.role == Role::Receive { self.local_port } else { self.remote_port };
        if self.front_end.is_some() && self.is_client_proxy() {
            return false;
        }
        self.server
            || self.start && self.is_client_proxy()
            || matches!(port, 2525 | 475 | 717)
            || self.named.intra
            || choices.is_internal(&self.remote_ip)
            || self.mechanism == Some(Mechanism::Windows)
                && self.account.is_some()
                && !self.is_for_clients()
    }

    fn direction(&self) -> Direction {
        if self.role == Role::Send {
            Direction::Outbound
        } else if self.account.is_some() || self.front_end.is_some() || self.is_client_proxy() {
            Direction::Submission
        } else {
            Direction::Inbound
        }
    }

    /// How many answers come before the one that accepts the message under
    /// way.
    fn awaits(&self) -> Option<u32> {
        let end = self
            .waiting
            .iter()
            .position(|command| matches!(command, Command::Data | Command::End))?;
        let before = u32::try_from(end).ok()?;
        Some(if self.waiting.get(end) == Some(&Command::Data) { before + 1 } else { before })
    }

    fn method(&self) -> AuthMethod {
        match self.mechanism {
            Some(Mechanism::Password) => AuthMethod::Basic,
            Some(Mechanism::Token) => AuthMethod::Modern,
            _ => AuthMethod::Unknown,
        }
    }

    /// What its messages have in common.
    pub(super) fn crossing<'a>(&'a self, mail: Option<&'a Mail>, tls: TlsState) -> Crossing<'a> {
        let direction = self.direction();
        let connector = Some(self.connector.as_str())
            .filter(|_| direction != Direction::Submission && !self.named.none);
        let sender_domain = mail.and_then(|mail| domain_of(&mail.sender));
        let recipient_domain = mail.and_then(|mail| mail.recipient_domain.as_deref());
        let submission = direction == Direction::Submission;
        Crossing {
            remote_host: None,
            direction,
            by_domains: false,
            connector,
            connector_type: match connector {
                None if submission => ConnectorType::Unknown,
                None => ConnectorType::NoConnector,
                Some(_) => self.named.hybrid,
            },
            forced_tls: None,
            tls,
            cipher: self.cipher.as_deref(),
            sender_domain,
            remote_domain: if direction == Direction::Inbound {
                sender_domain
            } else {
                recipient_domain
            },
            account: self
                .account
                .as_deref()
                .or_else(|| mail.map(|mail| mail.sender.as_str()).filter(|_| submission)),
            account_stated: self.account.is_some(),
            method: if submission { self.method() } else { AuthMethod::Unknown },
            sender: None,
            client_ip: match &self.client_ip {
                Some(client_ip) => Some(client_ip.as_str()),
                None => some(&self.remote_ip),
            }
            .filter(|_| submission),
        }
    }

    /// Tells of the message that was accepted last.
    pub(super) fn tell_accepted(&mut self, key: u64, choices: &Choices, tell: &mut dyn Tell) {
        let Some(accepted) = self.accepted.take() else { return };
        let Accepted { mail, message_id, tls, rows, line } = accepted;
        if mail.probe || self.is_hop(choices) {
            let reason = if mail.probe { NoMail::HealthProbe } else { NoMail::InternalHop };
            tell.left_out(LeftOut::NoMail(reason), u64::from(rows), line, &self.text);
            return;
        }
        self.messages += 1;
        // A part that starts in the middle may not know what the whole does,
        // so that it must not pass for it.
        let whole = u64::from(!self.start) | u64::from(mail.cut) << 1;
        let row = xxh3_64_with_seed(&mail.sequence.to_le_bytes(), key ^ whole);
        let network = message_id.is_empty().then(|| {
            MessageKey::of_parts(&[b"session", &key.to_le_bytes(), &mail.sequence.to_le_bytes()])
        });
        // TLS between the servers is not the client's.
        let tls = if self.is_client_proxy() { TlsState::NotRecorded } else { tls };
        tell.message(&Observation {
            queue: None,
            relayed_as: None,
            id: Identity { network, message_id: &message_id },
            layout: RowLayout::ManyRows,
            row,
            seconds: mail.seconds,
            sender: &mail.sender,
            crossing: Some(self.crossing(Some(&mail), tls)),
            internal: false,
            failed: false,
            count: 1,
            rows,
            session: Some(Carrier {
                key: self.front_end.unwrap_or(SessionKey(key)),
                under_way: mail.cut,
                answer: None,
            }),
        });
    }

    /// Tells of a refused attempt.
    pub(super) fn tell_failure(&mut self, key: u64, tell: &mut dyn Tell) {
        let Some(failure) = self.failure.take() else { return };
        let (last, times) = self.refused;
        let nth = if last == failure.sequence { times + 1 } else { 0 };
        self.refused = (failure.sequence, nth);
        let attempt = failure.sequence.wrapping_add(nth << 32);
        tell.refused_sign_in(&RefusedSignIn {
            attempt: xxh3_64_with_seed(&attempt.to_le_bytes(), key),
            seconds: failure.seconds,
            account: &failure.account,
            client_ip: some(&self.remote_ip),
            tls: self.tls,
            session: SessionKey(key),
        });
    }

    /// Tells of what is left when the session, or its part in this file, ends.
    pub(super) fn settle(mut self, key: u64, ended: bool, choices: &Choices, tell: &mut dyn Tell) {
        if let Some(failure) = self.failure.as_mut().filter(|_| !ended) {
            failure.sequence = UNDER_WAY;
        }
        self.tell_failure(key, tell);
        if let Some(accepted) = &mut self.accepted {
            accepted.rows =
                accepted.rows.saturating_add(u32::try_from(self.rows).unwrap_or(u32::MAX));
            self.rows = 0;
        }
        self.tell_accepted(key, choices, tell);
        let hop = self.is_hop(choices);
        let cut = !self.start || !ended;
        if self.rows > 0 {
            let reason = if hop {
                NoMail::InternalHop
            } else if self.mail.as_ref().is_some_and(|mail| mail.probe) {
                NoMail::HealthProbe
            } else if cut || self.handed_on {
                NoMail::SessionCut
            } else {
                NoMail::NoMessage
            };
            tell.left_out(LeftOut::NoMail(reason), self.rows, self.line, &self.text);
        }
        let wanted = if hop { cut } else { cut || self.handed_on || self.messages > 0 };
        if wanted && (cut || self.front_end.is_none()) {
            let mail = self.mail.as_ref().filter(|_| !ended);
            tell.session(&Session {
                key: SessionKey(key),
                // A sign-in may end in the next file.
                crossing: Crossing { method: self.method(), ..self.crossing(mail, self.tls) },
                under_way: mail.map(|mail| mail.seconds),
                message_id: if ended { b"" } else { &self.announced },
                awaits: mail.and_then(|_| self.awaits()),
                hop: hop || mail.is_some_and(|mail| mail.probe),
                front_end: self.front_end,
                parts: &[],
            });
        }
    }
}
