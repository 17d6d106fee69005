//! Exchange Server's SMTP protocol logs, `RECV*.LOG` and `SEND*.LOG`, of all
//! versions (`formats.md` C2). One row is one line of an SMTP session; the
//! rows of many sessions are mixed.
//!
//! `#Fields: date-time, connector-id, session-id, sequence-number,
//! local-endpoint, remote-endpoint, event, data, context`; `event` is `+`
//! connect, `-` disconnect, `<` received, `>` sent, `*` information. Where the
//! facts are:
//!
//! | fact | place |
//! |---|---|
//! | one message | `MAIL FROM` up to the `250` that answers its data |
//! | its Message-ID | `250 2.6.0 <id>` (receive); `InternetMessageId <id>` in an information row (send) |
//! | TLS | information row `TLS protocol SP_PROT_… negotiation succeeded`; a session seen from its start without one has none |
//! | SMTP AUTH | information row whose context is `authenticated` and whose data is the account; `Session for … will now be proxied` where a front end hands the session on |
//! | refused | `535`, or `Inbound AUTH … failed`; the name tried in `User Name: …` |
//! | client behind a front end | `XPROXY SID=<its session> IP=<client>` on the connector `Client Proxy` |
//!
//! Mail between servers of the organization (ports 2525, 475 and 717, the
//! connectors for it in any language, sign-in by `X-EXPS` or
//! `X-ANONYMOUSTLS`, hosts that a person names) is an internal hop. A log may
//! be cut within a session: what each file tells of it is joined by the
//! session id.

use std::borrow::Cow;
use std::collections::VecDeque;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::exchange_log::{Fields, first_rows, log_type};
use super::row::{Named, Notes, domain_of, some};
use super::{LogFormat, RowReader, Tell};
use crate::account::{Gap, LeftOut, NoMail};
use crate::import::bytes::{contains, find, number};
use crate::import::columns::Columns;
use crate::import::csv::Record;
use crate::import::sink::Settings;
use crate::mail::{
    AuthMethod, Carrier, Choices, ConnectorType, Crossing, Direction, Identity, MessageKey,
    Observation, RefusedSignIn, RowLayout, Session, SessionKey, TlsState,
};
use crate::order::sort_by;

/// The log of what a server received.
pub(crate) const RECEIVE: LogFormat = LogFormat {
    by_line: false,
    name: "SMTP Receive Protocol Log",
    signature: |probe| role_of(probe) == Some(Role::Receive),
    reader: open,
};

/// The log of what a server sent.
pub(crate) const SEND: LogFormat = LogFormat {
    by_line: false,
    name: "SMTP Send Protocol Log",
    signature: |probe| role_of(probe) == Some(Role::Send),
    reader: open,
};

/// The columns, in the order of [`Column`]; it is that of every version seen.
const COLUMNS: [&str; 9] = [
    "datetime",
    "connectorid",
    "sessionid",
    "sequencenumber",
    "localendpoint",
    "remoteendpoint",
    "event",
    "data",
    "context",
];

#[derive(Clone, Copy)]
enum Column {
    Time,
    Connector,
    Session,
    Sequence,
    Local,
    Remote,
    Event,
    Data,
    Context,
}

/// Whose log it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// The server's side: commands come in.
    Receive,
    /// The client's side: commands go out.
    Send,
}

impl Role {
    fn of_log_type(name: &[u8]) -> Option<Self> {
        let starts =
            |with: &[u8]| name.get(..with.len()).is_some_and(|n| n.eq_ignore_ascii_case(with));
        if starts(b"SMTP Receive Protocol") {
            Some(Self::Receive)
        } else {
            starts(b"SMTP Send Protocol").then_some(Self::Send)
        }
    }

    /// Whose log a row is of, where it tells: who speaks in commands, and who
    /// in numbers.
    fn of_row(event: &[u8], data: &[u8], context: &[u8]) -> Option<Self> {
        let number = data.first().is_some_and(u8::is_ascii_digit);
        match event {
            b"<" | b">" if data.len() < 3 => None,
            b"<" => Some(if number { Self::Send } else { Self::Receive }),
            b">" => Some(if number { Self::Receive } else { Self::Send }),
            _ if contains(context, b"_SERVER negotiation") => Some(Self::Receive),
            _ if contains(context, b"_CLIENT negotiation")
                || context == b"attempting to connect"
                || context.starts_with(b"sending message") =>
            {
                Some(Self::Send)
            }
            _ if context == b"authenticated" || context.starts_with(b"Inbound AUTH") => {
                Some(Self::Receive)
            }
            _ => None,
        }
    }
}

/// Whose log a text is, from its header, or from its rows where it starts in
/// the middle.
fn role_of(probe: &[u8]) -> Option<Role> {
    if let Some(name) = log_type(probe) {
        return Role::of_log_type(name);
    }
    let rows = first_rows(probe);
    let of_log = |row: &&Vec<Vec<u8>>| {
        row.len() == COLUMNS.len()
            && super::exchange_log::is_time(&row[0])
            && row[2].len() == 16
            && row[2].iter().all(u8::is_ascii_hexdigit)
            && !row[3].is_empty()
            && row[3].iter().all(u8::is_ascii_digit)
            && matches!(row[6].as_slice(), b"+" | b"-" | b"<" | b">" | b"*" | b"")
    };
    let mut rows = rows.iter().filter(of_log).peekable();
    rows.peek()?;
    // A log of connections alone says nothing of its side, and has no mail.
    Some(rows.find_map(|row| Role::of_row(&row[6], &row[7], &row[8])).unwrap_or(Role::Receive))
}

fn open(probe: &[u8], settings: &Settings) -> Box<dyn RowReader> {
    Box::new(SmtpProtocol {
        columns: Columns::default(),
        fields: Fields::new(&COLUMNS),
        role: role_of(probe),
        choices: settings.choices.clone(),
        sessions: FxHashMap::default(),
        rows: 0,
        directions: [false; 2],
    })
}

struct SmtpProtocol {
    columns: Columns,
    fields: Fields<9>,
    role: Option<Role>,
    choices: Choices,
    /// Sessions under way, by their key.
    sessions: FxHashMap<u64, State>,
    rows: u64,
    /// Whether received and sent mail was seen.
    directions: [bool; 2],
}

/// More sessions than this are hardly under way at once: those that were
/// silent longest never ended.
const MOST_SESSIONS: usize = 1 << 16;

/// In place of a sequence number: of the attempt that was under way where a
/// file was cut.
const UNDER_WAY: u64 = 1 << 60;
/// In place of a sequence number: none yet.
const NONE: u64 = u64::MAX;

/// A command that waits for its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Command {
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
struct Mail {
    seconds: u32,
    /// Sequence number of its first row.
    sequence: u64,
    sender: String,
    recipient_domain: Option<String>,
    probe: bool,
    /// Its beginning is in another file.
    cut: bool,
}

/// A message that was accepted; rows that follow may still be of it.
struct Accepted {
    mail: Mail,
    message_id: Vec<u8>,
    tls: TlsState,
    rows: u32,
    line: u64,
}

/// One session, as far as this file tells of it.
#[expect(clippy::struct_excessive_bools, reason = "what was seen of it")]
struct State {
    role: Role,
    connector: String,
    /// What the connector's name says.
    named: Named,
    local_port: u32,
    remote_ip: String,
    remote_port: u32,
    /// The file has its first row.
    start: bool,
    /// The file has its `+` row; sessions that send have rows before it.
    connected: bool,
    tls: TlsState,
    cipher: Option<String>,
    /// The server agreed to start TLS.
    agreed: bool,
    waiting: VecDeque<Command>,
    account: Option<String>,
    mechanism: Option<Mechanism>,
    /// Signed in as a server, or handed on by one.
    server: bool,
    /// The session that a front end handed on.
    front_end: Option<SessionKey>,
    client_ip: Option<String>,
    /// The session was handed on to another server.
    handed_on: bool,
    /// Message-ID that the next message has, by an information row.
    announced: Vec<u8>,
    mail: Option<Mail>,
    accepted: Option<Accepted>,
    messages: u32,
    failure: Option<Failure>,
    /// Sequence number of the last refused attempt, and how many had it:
    /// equal numbers happen.
    refused: (u64, u64),
    /// A command was seen.
    commanded: bool,
    /// Answers before the first command, of a session without its start.
    answers: u32,
    /// A sign-in was seen, or the end of one.
    signing_in: bool,
    /// Rows that no message has taken.
    rows: u64,
    /// Line and beginning of the first of them.
    line: u64,
    text: Vec<u8>,
    last_row: u64,
}

/// How a client signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mechanism {
    /// `LOGIN` or `PLAIN` (RFC 4616): a password.
    Password,
    /// `XOAUTH2` or `OAUTHBEARER` (RFC 7628).
    Token,
    /// `NTLM` or `GSSAPI`: servers do so, and clients on their own connector.
    Windows,
}

/// An attempt to sign in that was refused.
struct Failure {
    seconds: u32,
    sequence: u64,
    account: String,
}

impl State {
    fn new(role: Role, connector: &str, named: Named) -> Self {
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

    fn is_hop(&self, choices: &Choices) -> bool {
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
    fn crossing<'a>(&'a self, mail: Option<&'a Mail>, tls: TlsState) -> Crossing<'a> {
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
    fn tell_accepted(&mut self, key: u64, choices: &Choices, tell: &mut dyn Tell) {
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
    fn tell_failure(&mut self, key: u64, tell: &mut dyn Tell) {
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
    fn settle(mut self, key: u64, ended: bool, choices: &Choices, tell: &mut dyn Tell) {
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

impl RowReader for SmtpProtocol {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        let mut gaps = vec![Gap::ConnectorType, Gap::ForcedTls];
        if self.directions == [false, true] {
            gaps.push(Gap::SmtpAuth);
        }
        gaps
    }

    fn is_log(&self) -> bool {
        true
    }

    fn width(&self) -> Option<usize> {
        Some(self.fields.width())
    }

    fn directive(&mut self, line: &[u8]) {
        if let Some(name) = log_type(line) {
            self.role = Role::of_log_type(name).or(self.role);
        }
        self.fields.directive(line);
    }

    fn read(
        &mut self,
        record: &Record<'_>,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<LeftOut> {
        let field = |column: Column| self.fields.get(column as usize, record);
        let seconds = match notes.seconds(&field(Column::Time)) {
            Ok(seconds) => seconds,
            Err(left_out) => return Some(left_out),
        };
        let (event, data, context) =
            (field(Column::Event), field(Column::Data), field(Column::Context));
        let sequence = number(&field(Column::Sequence));
        let key = session_key(&field(Column::Session));
        self.rows += 1;
        let role = self.role.or_else(|| Role::of_row(&event, &data, &context));
        // The same session begins again: the file holds its log twice.
        let begins = event.as_ref() == b"+" || sequence == 0;
        if begins
            && self.sessions.get(&key.0).is_some_and(|state| state.connected)
            && let Some(state) = self.sessions.remove(&key.0)
        {
            state.settle(key.0, false, &self.choices, tell);
        }
        let state = self.sessions.entry(key.0).or_insert_with(|| {
            let connector = notes.text(field(Column::Connector));
            let connector = connector.trim();
            State::new(role.unwrap_or(Role::Receive), connector, notes.connector(connector))
        });
        state.last_row = self.rows;
        if state.rows == 0 {
            state.line = record.line;
            state.text.clear();
            state.text.extend_from_slice(&record.raw()[..record.raw().len().min(400)]);
        }
        state.rows += 1;
        if let (ip, port @ 1..) = endpoint(&field(Column::Remote)) {
            state.remote_port = port;
            if state.remote_ip.as_bytes() != ip {
                state.remote_ip = String::from_utf8_lossy(ip).into_owned();
            }
        }
        if let (_, port @ 1..) = endpoint(&field(Column::Local)) {
            state.local_port = port;
        }
        state.connected |= event.as_ref() == b"+";
        if begins && !state.start {
            state.start = true;
            if state.tls == TlsState::NotRecorded {
                state.tls = TlsState::NoTls;
            }
        }
        let mut row = Row {
            state,
            key: key.0,
            seconds,
            sequence,
            line: record.line,
            notes,
            tell,
            choices: &self.choices,
        };
        let command = if row.state.role == Role::Receive { b'<' } else { b'>' };
        match event.first() {
            Some(b'<' | b'>') if event[0] == command => row.command(&data),
            Some(b'<' | b'>') => row.answer(&data),
            Some(b'-') => {
                if let Some(state) = self.sessions.remove(&key.0) {
                    self.directions[state.role as usize] |= state.messages > 0;
                    state.settle(key.0, true, &self.choices, tell);
                }
                return None;
            }
            Some(b'*') | None => row.information(&data, &context),
            _ => {}
        }
        if self.sessions.len() > MOST_SESSIONS {
            self.settle_silent(tell);
        }
        None
    }

    fn finish(&mut self, _: &mut Notes, tell: &mut dyn Tell) {
        self.settle_all(0, tell);
    }
}

impl SmtpProtocol {
    /// Settles the half of all sessions that was silent longest.
    fn settle_silent(&mut self, tell: &mut dyn Tell) {
        self.settle_all(MOST_SESSIONS / 2, tell);
    }

    /// Settles all sessions but the `keep` latest.
    fn settle_all(&mut self, keep: usize, tell: &mut dyn Tell) {
        let mut by_age: Vec<(u64, u64)> =
            self.sessions.iter().map(|(key, state)| (state.last_row, *key)).collect();
        sort_by(&mut by_age, &Ord::cmp);
        let ending = by_age.len().saturating_sub(keep);
        for (_, key) in by_age.into_iter().take(ending) {
            if let Some(state) = self.sessions.remove(&key) {
                self.directions[state.role as usize] |= state.messages > 0;
                state.settle(key, false, &self.choices, tell);
            }
        }
    }
}

/// One row, with the session it is of.
struct Row<'a> {
    state: &'a mut State,
    key: u64,
    seconds: u32,
    sequence: u64,
    line: u64,
    notes: &'a mut Notes,
    tell: &'a mut dyn Tell,
    choices: &'a Choices,
}

impl Row<'_> {
    fn command(&mut self, data: &[u8]) {
        let verb = data.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-');
        let (verb, rest) = data.split_at(verb.unwrap_or(data.len()));
        let is = |name: &[u8]| verb.eq_ignore_ascii_case(name);
        self.state.commanded = true;
        let waits = if is(b"STARTTLS") {
            Command::StartTls
        } else if is(b"DATA") {
            Command::Data
        } else if is(b"BDAT") && rest.trim_ascii().to_ascii_uppercase().ends_with(b"LAST") {
            Command::End
        } else if is(b"AUTH") {
            self.auth(rest);
            Command::Auth
        } else {
            Command::Other
        };
        let state = &mut *self.state;
        if is(b"MAIL") {
            let sender = crate::mail::lower(self.notes.text(Cow::Borrowed(path_of(rest))).trim());
            state.mail = Some(Mail {
                seconds: self.seconds,
                sequence: self.sequence,
                probe: is_probe(&sender),
                sender,
                recipient_domain: None,
                cut: false,
            });
        } else if is(b"RCPT") {
            let recipient =
                crate::mail::lower(self.notes.text(Cow::Borrowed(path_of(rest))).trim());
            if state.mail.is_none() && !state.start {
                state.mail = Some(Mail {
                    seconds: self.seconds,
                    sequence: self.sequence,
                    cut: true,
                    ..Mail::default()
                });
            }
            if let Some(mail) = &mut state.mail {
                mail.probe |= is_probe(&recipient);
                if mail.recipient_domain.is_none() {
                    mail.recipient_domain = domain_of(&recipient).map(str::to_owned);
                }
            }
        } else if is(b"EHLO") || is(b"HELO") {
            // RFC 3207: the client greets again once TLS is there.
            if state.agreed && !state.tls.is_protected() {
                state.tls = TlsState::VersionNotStated;
            }
            state.mail = None;
        } else if is(b"RSET") {
            state.mail = None;
        } else if is(b"X-EXPS") || is(b"X-ANONYMOUSTLS") || is(b"XPROXYFROM") || is(b"XPROXYTO") {
            state.server = true;
        } else if is(b"XPROXY") {
            self.proxied(rest);
        }
        // More than this is no pipelining but a log without answers.
        if self.state.waiting.len() < 1_024 && !is(b"QUIT") {
            self.state.waiting.push_back(waits);
        }
    }

    fn auth(&mut self, rest: &[u8]) {
        let (key, tell) = (self.key, &mut *self.tell);
        self.state.tell_failure(key, tell);
        self.state.signing_in = true;
        let name = rest.trim_ascii();
        let end = name.iter().position(u8::is_ascii_whitespace).unwrap_or(name.len());
        let is = |known: &[u8]| name[..end].eq_ignore_ascii_case(known);
        self.state.mechanism = if is(b"LOGIN") || is(b"PLAIN") {
            Some(Mechanism::Password)
        } else if is(b"XOAUTH2") || is(b"OAUTHBEARER") {
            Some(Mechanism::Token)
        } else if is(b"NTLM") || is(b"GSSAPI") {
            Some(Mechanism::Windows)
        } else {
            None
        };
    }

    /// `XPROXY SID=08DF000000000005 IP=10.1.1.70 PORT=50100 DOMAIN=…`
    fn proxied(&mut self, rest: &[u8]) {
        for part in rest.split(|&byte| byte == b' ') {
            if let Some(id) = part.strip_prefix(b"SID=") {
                self.state.front_end = Some(session_key(id));
            } else if let Some(ip) = part.strip_prefix(b"IP=") {
                self.state.client_ip = Some(String::from_utf8_lossy(ip).into_owned());
            }
        }
    }

    fn answer(&mut self, data: &[u8]) {
        let code = data.get(..3).filter(|code| code.iter().all(u8::is_ascii_digit));
        let Some(&[class, second, third]) = code else { return };
        // `250-SIZE` is followed by more; `334` asks the client to go on.
        if data.get(3) == Some(&b'-')
            || class == b'3' && third != b'4'
            || (class, second) == (b'3', b'3')
        {
            return;
        }
        // Some logs leave out the answers between: this one is of the message.
        let queued = class == b'2'
            && (contains(data, b"ueued") || data.starts_with(b"250 2.6.0 <"))
            && !contains(data, b"redundancy");
        let ends = |command: &Command| matches!(command, Command::Data | Command::End);
        if queued
            && self.state.mail.is_some()
            && let Some(end) = self.state.waiting.iter().position(ends)
        {
            self.state.waiting.drain(..=end);
            return self.accept(data);
        }
        let waited = self.state.waiting.pop_front();
        if !self.state.start && !self.state.commanded {
            self.state.answers += 1;
        }
        match (waited, class) {
            (Some(Command::Data), b'3') => self.state.waiting.push_front(Command::End),
            (_, b'3') => {}
            (Some(Command::StartTls), b'2') => self.state.agreed = true,
            (Some(Command::End), b'2') => self.accept(data),
            (Some(Command::End), _) => self.state.mail = None,
            _ if (class, second, third) == (b'5', b'3', b'5') => {
                let seconds = self.seconds;
                // The file before may have told of it already.
                let begins = !self.state.start && !self.state.signing_in;
                let sequence = if begins { UNDER_WAY } else { self.sequence };
                self.state.signing_in = true;
                self.state.failure.get_or_insert_with(|| Failure {
                    seconds,
                    sequence,
                    account: String::new(),
                });
                let (key, tell) = (self.key, &mut *self.tell);
                self.state.tell_failure(key, tell);
            }
            // The command may stand in another file.
            (None, b'2') if message_id_of(data).is_some() && contains(data, b"ueued") => {
                self.accept(data);
            }
            (None, b'2') => self.perhaps_accept(),
            _ => {}
        }
    }

    /// An answer of success to a command that stands in another file: only
    /// there is known to which.
    fn perhaps_accept(&mut self) {
        let state = &mut *self.state;
        if state.start || state.commanded || state.is_hop(self.choices) {
            return;
        }
        let answer = state.answers - 1;
        state.rows -= 1;
        let key = SessionKey(self.key);
        let fingerprint = xxh3_64_with_seed(&u64::from(answer).to_le_bytes(), self.key ^ 4);
        self.tell.message(&Observation {
            queue: None,
            relayed_as: None,
            id: Identity {
                network: Some(MessageKey::of_parts(&[
                    b"answer",
                    &self.key.to_le_bytes(),
                    &answer.to_le_bytes(),
                ])),
                message_id: b"",
            },
            layout: RowLayout::ManyRows,
            row: fingerprint,
            seconds: self.seconds,
            sender: "",
            crossing: Some(state.crossing(None, state.tls)),
            internal: false,
            failed: false,
            count: 1,
            rows: 1,
            session: Some(Carrier { key, under_way: true, answer: Some(answer) }),
        });
    }

    /// The message's data were answered by `250`.
    fn accept(&mut self, data: &[u8]) {
        let (seconds, sequence, line) = (self.seconds, self.sequence, self.line);
        let cut = || Mail { seconds, sequence, cut: true, ..Mail::default() };
        let mut mail = self.state.mail.take().unwrap_or_else(cut);
        let announced = std::mem::take(&mut self.state.announced);
        let message_id = if announced.is_empty() {
            // A remote server's own words are no Message-ID of ours.
            let own = self.state.role == Role::Receive || data.starts_with(b"250 2.6.0 <");
            // Its announcement may stand in the file before.
            mail.cut |=
                !self.state.start && self.state.messages == 0 && self.state.accepted.is_none();
            message_id_of(data).filter(|_| own).unwrap_or_default().to_vec()
        } else {
            announced
        };
        let (key, choices) = (self.key, self.choices);
        self.state.tell_accepted(key, choices, &mut *self.tell);
        let rows = u32::try_from(self.state.rows).unwrap_or(u32::MAX);
        let tls = self.state.tls;
        self.state.accepted = Some(Accepted { mail, message_id, tls, rows, line });
        self.state.rows = 0;
    }

    fn information(&mut self, data: &[u8], context: &[u8]) {
        if let Some(at) = find(context, b"SP_PROT_")
            && contains(context, b"succe")
        {
            let word = &context[at..];
            let end = word.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
            let word = &word[..end.unwrap_or(word.len())];
            self.state.tls = TlsState::parse_version(word).unwrap_or(TlsState::VersionNotStated);
            self.state.cipher = find(context, b"CALG_").map(|at| {
                let cipher = &context[at..];
                let end = cipher.iter().position(u8::is_ascii_whitespace).unwrap_or(cipher.len());
                String::from_utf8_lossy(&cipher[..end]).into_owned()
            });
        } else if context == b"authenticated" {
            self.sign_in(data);
        } else if context.starts_with(b"Inbound ") && contains(context, b" failed because of") {
            self.state.signing_in = true;
            let (key, tell) = (self.key, &mut *self.tell);
            self.state.tell_failure(key, tell);
            self.state.failure = Some(Failure {
                seconds: self.seconds,
                sequence: self.sequence,
                account: String::new(),
            });
        } else if let Some(name) = context.strip_prefix(b"User Name:") {
            if !self.state.start && !self.state.signing_in {
                self.state.signing_in = true;
                self.state.failure = Some(Failure {
                    seconds: self.seconds,
                    sequence: UNDER_WAY,
                    account: String::new(),
                });
            }
            if let Some(failure) = &mut self.state.failure {
                failure.account = crate::mail::lower(self.notes.text(Cow::Borrowed(name)).trim());
            }
        } else if let Some(at) = find(context, b"InternetMessageId ") {
            let id = context[at + b"InternetMessageId ".len()..].trim_ascii();
            let id = id.strip_prefix(b"<").unwrap_or(id);
            self.state.announced = id.strip_suffix(b">").unwrap_or(id).to_vec();
        } else if let Some(at) = find(context, b"ession for")
            && contains(context, b"will now be proxied")
        {
            let name = &context[at + b"ession for".len()..];
            let end = find(name, b" will now be proxied").unwrap_or(name.len());
            let name = name[..end].to_vec();
            self.sign_in(&name);
            self.state.handed_on = true;
        }
    }

    fn sign_in(&mut self, name: &[u8]) {
        let name = crate::mail::lower(self.notes.text(Cow::Borrowed(name)).trim());
        if !name.is_empty() {
            self.state.account = Some(name);
            self.state.failure = None;
        }
    }
}

/// Whether an address is of Exchange's own monitoring.
fn is_probe(address: &str) -> bool {
    ["healthmailbox", "inboundproxy@", "maildeliveryprobe@"]
        .iter()
        .any(|start| address.starts_with(start))
}

/// `FROM:<user@contoso.example> SIZE=2048` to the address.
fn path_of(rest: &[u8]) -> &[u8] {
    let colon = rest.iter().position(|&byte| byte == b':').map_or(0, |at| at + 1);
    let path = rest[colon..].trim_ascii_start();
    match path.strip_prefix(b"<") {
        Some(path) => &path[..path.iter().position(|&byte| byte == b'>').unwrap_or(path.len())],
        None => &path[..path.iter().position(u8::is_ascii_whitespace).unwrap_or(path.len())],
    }
}

/// The Message-ID in `250 2.6.0 <id> [InternalId=…] Queued mail for delivery`.
fn message_id_of(answer: &[u8]) -> Option<&[u8]> {
    let start = answer.iter().position(|&byte| byte == b'<')? + 1;
    let length = answer[start..].iter().position(|&byte| byte == b'>')?;
    Some(&answer[start..start + length]).filter(|id| !id.is_empty())
}

/// `10.1.1.70:50100` and `[2001:db8::1]:25` to address and port.
fn endpoint(text: &[u8]) -> (&[u8], u32) {
    let Some(colon) = text.iter().rposition(|&byte| byte == b':') else { return (&[], 0) };
    let ip = text[..colon].trim_ascii();
    let ip = ip.strip_prefix(b"[").and_then(|ip| ip.strip_suffix(b"]")).unwrap_or(ip);
    (ip, u32::try_from(number(&text[colon + 1..])).unwrap_or(0))
}

/// A session's key: its id is sixteen hexadecimal digits.
pub(super) fn session_key(id: &[u8]) -> SessionKey {
    let id = id.trim_ascii();
    match id.try_into().map(|id: [u8; 16]| id.map(|byte| byte.to_ascii_uppercase())) {
        Ok(id) => SessionKey(xxh3_64(&id)),
        Err(_) => SessionKey(xxh3_64(&id.to_ascii_uppercase())),
    }
}
