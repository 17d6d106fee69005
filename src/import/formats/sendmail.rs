//! Sendmail's log, as syslog writes it (`formats.md` D3). A row is a line.
//!
//! | fact | place |
//! |---|---|
//! | a message | its queue id; sendmail does not use one again (it holds time and process id) |
//! | its Message-ID | `msgid=` of the line `from=` |
//! | inbound | `from=…, proto=…, relay=host [ip]` |
//! | inbound TLS | `STARTTLS=server, relay=…, version=…` of the same process before it; else `proto=ESMTPS` (some TLS); else not recorded, since the log may be less talkative |
//! | SMTP AUTH | `AUTH=server, relay=…, authid=…, mech=…` of the same process |
//! | outbound | `to=…, mailer=esmtp, relay=host [ip], stat=Sent (…)` |
//! | outbound TLS | `STARTTLS=client, relay=host., version=…` of the same process, for the next message it delivers there |
//! | refused | `AUTH failure (LOGIN): …` |
//!
//! `version=TLSv1/SSLv3` is no version: see [`TlsState::parse`]. What a
//! program hands to the daemon on the same machine is a hop.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::connections::{Client, LONGEST, Over, Pending};
use super::mail_log::{
    Server, arrival_is_local, connector_of, host_name, next_queue_id, queue_hash, sasl_method,
    server_of, told_session,
};
use super::row::{Notes, domain_of, fingerprint, some};
use super::{LogFormat, RowReader, Tell};
use crate::account::{Gap, LeftOut, NoMail};
use crate::import::bytes::{behind, contains, find, number, until};
use crate::import::columns::Columns;
use crate::import::csv::Record;
use crate::import::log_clock::LogClock;
use crate::import::syslog::entry;
use crate::mail::{
    AuthMethod, Carrier, Choices, ConnectorType, Crossing, Direction, Identity, MessageKey,
    Observation, Queue, RefusedSignIn, RowLayout, SessionKey, SessionPart, Start, TlsState, lower,
};

/// The log.
pub(crate) const FORMAT: LogFormat = LogFormat {
    name: "Sendmail log",
    by_line: true,
    signature: |probe| server_of(probe) == Some(Server::Sendmail),
    reader: |probe, settings| {
        Box::new(Sendmail {
            columns: Columns::default(),
            clock: LogClock::new(probe, settings),
            choices: settings.choices.clone(),
            sessions: FxHashMap::default(),
            clients: FxHashMap::default(),
            refused: (0, 0),
            first: None,
            last: 0,
        })
    },
};

/// Whether a program is one of sendmail's.
pub(super) fn is_program(program: &[u8]) -> bool {
    matches!(program, b"sendmail" | b"sm-mta" | b"sm-msp-queue" | b"sm-msp" | b"sendmail.real")
}

struct Sendmail {
    columns: Columns,
    clock: LogClock,
    choices: Choices,
    /// What is known of the client of each process.
    sessions: FxHashMap<u64, Session>,
    clients: FxHashMap<u64, Client>,
    refused: (u64, u64),
    first: Option<u32>,
    last: u32,
}

/// Processes that are at work at once.
const MOST_PROCESSES: usize = 1 << 14;

/// The client that a process of the daemon serves.
struct Session {
    key: SessionKey,
    thread: u64,
    seconds: u32,
    starts: bool,
    tls: TlsState,
    cipher: Option<String>,
    account: Option<String>,
    method: AuthMethod,
    address: String,
    pending: Pending,
}

impl Session {
    fn tell(&self, tell: &mut dyn Tell) {
        let part = SessionPart {
            thread: self.thread,
            first: self.seconds,
            last: self.seconds,
            starts: self.starts,
            ends: false,
        };
        let direction =
            if self.account.is_some() { Direction::Submission } else { Direction::Inbound };
        let parts = [part];
        let told = told_session(self.key, direction, self.tls, self.cipher.as_deref(), &parts);
        let crossing = Crossing {
            account: self.account.as_deref(),
            account_stated: self.account.is_some(),
            method: self.method,
            client_ip: some(&self.address).filter(|_| self.account.is_some()),
            ..told.crossing
        };
        tell.session(&crate::mail::Session { crossing, ..told });
    }
}

/// A line, with whose it is.
struct Line<'l> {
    seconds: u32,
    host: u64,
    process: u64,
    record: &'l Record<'l>,
}

/// The value of `name` in a line of `name=value, name=value`.
fn value<'t>(text: &'t [u8], name: &[u8]) -> &'t [u8] {
    let found = behind(text, name).unwrap_or_default();
    &found[..find(found, b", ").unwrap_or(found.len())]
}

/// Name and address of `host.example. [192.0.2.7] (may be forged)`.
fn relay(text: &[u8]) -> (&[u8], &[u8]) {
    let name = until(text, b" [");
    let address = behind(text, b"[").map(|inside| until(inside, b"]")).unwrap_or_default();
    (name.strip_suffix(b".").unwrap_or(name), address)
}

/// The queue id that a text starts with, and the rest.
fn queue_id(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let id = until(&text[..text.len().min(24)], b":");
    let rest = text.get(id.len()..)?.strip_prefix(b": ")?;
    let plausible = (12..=20).contains(&id.len())
        && id.iter().all(u8::is_ascii_alphanumeric)
        && id[id.len() - 6..].iter().all(u8::is_ascii_digit);
    plausible.then_some((id, rest))
}

/// An address of `from=<a@contoso.example>`, or of `from=root`.
fn address_of(text: &[u8]) -> &[u8] {
    match text.strip_prefix(b"<") {
        Some(inside) => &inside[..find(inside, b">").unwrap_or(inside.len())],
        None => until(text, b", "),
    }
}

impl Sendmail {
    /// `STARTTLS=server, …` and `AUTH=server, …`
    fn of_session(&mut self, line: &Line<'_>, text: &[u8], notes: &mut Notes, tell: &mut dyn Tell) {
        let (_, address) = relay(value(text, b"relay="));
        let starts_tls = text.starts_with(b"STARTTLS=");
        let known = self.sessions.get(&line.process);
        let same = known.is_some_and(|known| known.address.as_bytes() == address);
        // STARTTLS comes first, perhaps in the file before.
        let near = line.seconds <= self.first.unwrap_or(0).saturating_add(LONGEST);
        let starts = starts_tls || !near;
        if starts_tls || !same {
            let thread = xxh3_64_with_seed(address, line.process);
            let key = SessionKey(xxh3_64_with_seed(&line.seconds.to_le_bytes(), thread));
            let fresh = Session {
                key,
                thread,
                seconds: line.seconds,
                starts,
                tls: TlsState::NotRecorded,
                cipher: None,
                account: None,
                method: AuthMethod::Unknown,
                address: String::from_utf8_lossy(address).into_owned(),
                pending: Pending::default(),
            };
            if let Some(mut before) = self.sessions.insert(line.process, fresh) {
                before.pending.leave_out(NoMail::NoMessage, tell);
            }
        }
        let Some(session) = self.sessions.get_mut(&line.process) else { return };
        session.pending.add(line.record.line, line.record.raw());
        if starts_tls {
            session.tls = tls_of(text);
            session.cipher = cipher_of(text);
        } else {
            let account = value(text, b"authid=");
            session.account = Some(lower(notes.text(Cow::Borrowed(account)).trim()));
            session.method = sasl_method(value(text, b"mech="));
            if !session.starts {
                session.tell(tell);
            }
        }
    }

    /// `from=<…>, size=…, nrcpts=…, msgid=<…>, proto=ESMTP, relay=host [ip]`
    fn arrival(
        &mut self,
        line: &Line<'_>,
        id: &[u8],
        text: &[u8],
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<NoMail> {
        let recipients = value(text, b", nrcpts=");
        if recipients.first().is_some_and(u8::is_ascii_digit) && number(recipients) == 0 {
            // Every recipient was refused.
            return Some(NoMail::NoMessage);
        }
        let sender = lower(notes.text(Cow::Borrowed(address_of(&text[5..]))).trim());
        let sender_domain = domain_of(&sender);
        let message_id = value(text, b", msgid=");
        let message_id = message_id.strip_prefix(b"<").unwrap_or(message_id);
        let message_id = message_id.strip_suffix(b">").unwrap_or(message_id);
        let protocol = value(text, b", proto=");
        let from = value(text, b", relay=");
        let (name, address) = relay(from);
        let address_text = String::from_utf8_lossy(address).into_owned();
        let host = host_name(name, address);
        let mut session = self.sessions.get_mut(&line.process).filter(|session| {
            session.address == address_text
                && session.seconds.saturating_add(24 * 3_600) >= line.seconds
        });
        let rows = session.as_mut().map_or(0, |session| session.pending.take());
        let session = session.as_deref();
        let account = session.and_then(|session| session.account.clone());
        let submission = account.is_some();
        let local =
            !submission && (address.is_empty() || arrival_is_local(&self.choices, name, address));
        let near = line.seconds <= self.first.unwrap_or(0).saturating_add(LONGEST);
        let (mut tls, mut cipher, mut carrier) = (TlsState::NotRecorded, None, None);
        if let Some(session) = session {
            (tls, cipher) = (session.tls, session.cipher.clone());
            let open = !session.starts && !tls.is_definite();
            let key = session.key;
            carrier = open.then_some(Carrier { key, under_way: false, answer: None });
        } else if near && !local {
            // What the session is may stand in the file before.
            let thread = xxh3_64_with_seed(address, line.process);
            let key = SessionKey(xxh3_64_with_seed(&line.seconds.to_le_bytes(), !thread));
            let seconds = line.seconds;
            let part =
                SessionPart { thread, first: seconds, last: seconds, starts: false, ends: false };
            let direction = Direction::Inbound;
            tell.session(&told_session(key, direction, TlsState::NotRecorded, None, &[part]));
            carrier = Some(Carrier { key, under_way: false, answer: None });
        }
        if tls == TlsState::NotRecorded && protocol.to_ascii_uppercase().starts_with(b"ESMTPS") {
            tls = TlsState::VersionNotStated;
        }
        let connector = connector_of(&self.choices, &host, &address_text).filter(|_| !submission);
        let crossing = (!local).then(|| Crossing {
            direction: if submission { Direction::Submission } else { Direction::Inbound },
            by_domains: false,
            connector,
            connector_type: match connector {
                None if !submission => ConnectorType::NoConnector,
                _ => ConnectorType::Unknown,
            },
            forced_tls: None,
            tls,
            cipher: cipher.as_deref(),
            sender_domain,
            remote_domain: sender_domain.filter(|_| !submission),
            remote_host: some(&host).filter(|_| !submission),
            account: account.as_deref(),
            account_stated: submission,
            method: session.map_or(AuthMethod::Unknown, |session| session.method),
            sender: None,
            client_ip: some(&address_text),
        });
        let queue = Queue { arrived: crossing.is_some() && !submission, ..part(line, id) };
        tell.message(&Observation {
            id: Identity { network: Some(key_of(line, id)), message_id },
            sender: &sender,
            crossing,
            rows: rows.saturating_add(1),
            session: carrier,
            queue: Some(&Queue { start: Start::Seen, ..queue }),
            ..plain(line, id)
        });
        None
    }

    /// `to=<…>,<…>, mailer=esmtp, relay=host. [ip], stat=Sent (…)`
    fn delivery(
        &mut self,
        line: &Line<'_>,
        id: &[u8],
        text: &[u8],
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) {
        let status = behind(text, b", stat=").unwrap_or_default();
        let mailer = value(text, b", mailer=");
        let to = value(text, b", relay=");
        let (name, address) = relay(to);
        let remote = !address.is_empty() && !is_local_mailer(mailer);
        let over = if remote {
            let begins = self.first.unwrap_or(line.seconds);
            let client = client_of(&mut self.clients, line);
            client.over(xxh3_64(name), queue_hash(id), line.seconds, begins, tell)
        } else {
            Over { tls: TlsState::NotRecorded, cipher: None, session: None, rows: 0 }
        };
        let rows = over.rows.saturating_add(1);
        if !status.starts_with(b"Sent") {
            tell.message(&Observation { rows, ..plain(line, id) });
            return;
        }
        let recipient = lower(notes.text(Cow::Borrowed(address_of(&text[3..]))).trim());
        let hop = remote && arrival_is_local(&self.choices, name, address);
        let host = host_name(name, address);
        let address = String::from_utf8_lossy(address);
        let connector = connector_of(&self.choices, &host, &address);
        let crossing = (remote && !hop).then(|| Crossing {
            direction: Direction::Outbound,
            by_domains: false,
            connector,
            connector_type: match connector {
                None => ConnectorType::NoConnector,
                Some(_) => ConnectorType::Unknown,
            },
            forced_tls: None,
            tls: over.tls,
            cipher: over.cipher.as_deref(),
            sender_domain: None,
            remote_domain: domain_of(&recipient),
            remote_host: some(&host),
            account: None,
            account_stated: false,
            method: AuthMethod::Unknown,
            sender: None,
            client_ip: None,
        });
        let carrier = |key| Carrier { key, under_way: false, answer: None };
        let queue = Queue { delivered: true, ..part(line, id) };
        tell.message(&Observation {
            crossing,
            failed: crossing.is_none() && remote,
            rows,
            session: over.session.filter(|_| crossing.is_some()).map(carrier),
            queue: Some(&queue).filter(|_| !remote),
            relayed_as: next_queue_id(status).filter(|_| remote),
            ..plain(line, id)
        });
    }

    /// `AUTH failure (LOGIN): …, relay=host [ip]`
    fn refused(&mut self, line: &Line<'_>, text: &[u8], tell: &mut dyn Tell) {
        let raw = fingerprint(line.record);
        let nth = if self.refused.0 == raw { self.refused.1 + 1 } else { 0 };
        self.refused = (raw, nth);
        let (_, address) = relay(value(text, b"relay="));
        let session = self.sessions.get(&line.process);
        tell.refused_sign_in(&RefusedSignIn {
            attempt: xxh3_64_with_seed(&nth.to_le_bytes(), raw),
            seconds: line.seconds,
            account: "",
            client_ip: some(&String::from_utf8_lossy(address)),
            tls: session.map_or(TlsState::NotRecorded, |session| session.tls),
            session: session.map_or(SessionKey(raw), |session| session.key),
        });
    }

    fn make_room(&mut self, tell: &mut dyn Tell) {
        if self.sessions.len() > MOST_PROCESSES || self.clients.len() > MOST_PROCESSES {
            self.settle(tell);
        }
    }

    fn settle(&mut self, tell: &mut dyn Tell) {
        let last = self.last;
        let mut sessions: Vec<Session> =
            self.sessions.drain().map(|(_, session)| session).collect();
        crate::order::sort_by(&mut sessions, &|a, b| (a.seconds, a.key).cmp(&(b.seconds, b.key)));
        for mut session in sessions {
            if session.seconds.saturating_add(LONGEST) >= last {
                session.tell(tell);
            }
            session.pending.leave_out(NoMail::SessionCut, tell);
        }
        let mut clients: Vec<(u64, Client)> = self.clients.drain().collect();
        crate::order::sort_by(&mut clients, &|a, b| a.0.cmp(&b.0));
        for (_, client) in clients {
            client.settle(last, tell);
        }
    }
}

fn client_of<'c>(clients: &'c mut FxHashMap<u64, Client>, line: &Line<'_>) -> &'c mut Client {
    clients.entry(line.process).or_insert_with(|| Client::new(line.process, line.seconds))
}

/// Mailers that deliver on the machine.
fn is_local_mailer(mailer: &[u8]) -> bool {
    matches!(
        mailer,
        b"local" | b"prog" | b"*file*" | b"*include*" | b"lmtp" | b"procmail" | b"maildrop"
    ) || mailer.starts_with(b"cyrus")
        || mailer.starts_with(b"dovecot")
}

/// The version of `version=TLSv1.2, …`
fn tls_of(text: &[u8]) -> TlsState {
    let version = value(text, b"version=");
    TlsState::parse_version(version).unwrap_or(TlsState::VersionNotStated)
}

fn cipher_of(text: &[u8]) -> Option<String> {
    let name = value(text, b"cipher=");
    (!name.is_empty()).then(|| String::from_utf8_lossy(name).into_owned())
}

fn key_of(line: &Line<'_>, id: &[u8]) -> MessageKey {
    MessageKey::of_parts(&[b"sendmail", &line.host.to_le_bytes(), id])
}

fn part(line: &Line<'_>, id: &[u8]) -> Queue {
    Queue {
        thread: xxh3_64_with_seed(id, line.host),
        id: queue_hash(id),
        first: line.seconds,
        last: line.seconds,
        start: Start::Unseen,
        ended: false,
        arrived: false,
        accepted: true,
        delivered: false,
    }
}

/// A line of a message that tells of no crossing, and makes no message.
fn plain<'l>(line: &Line<'l>, id: &[u8]) -> Observation<'l> {
    let id = Identity { network: Some(key_of(line, id)), message_id: b"" };
    let row = fingerprint(line.record);
    Observation {
        failed: true,
        ..Observation::of_row(id, RowLayout::ManyRows, row, line.seconds, "")
    }
}

impl RowReader for Sendmail {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        vec![Gap::OutboundTls, Gap::Connector, Gap::InternalHosts]
    }

    fn is_log(&self) -> bool {
        true
    }

    fn read(
        &mut self,
        record: &Record<'_>,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<LeftOut> {
        let timed = match self.clock.read(record.raw()) {
            Ok(timed) => timed,
            Err(reason) => return Some(reason),
        };
        notes.infer_all(timed.inferred);
        let entry = entry(timed.rest);
        if !is_program(entry.program) {
            return Some(LeftOut::NoMail(NoMail::OtherProgram));
        }
        let host = xxh3_64(entry.host);
        let line = Line {
            seconds: timed.seconds,
            host,
            process: xxh3_64_with_seed(entry.pid, host),
            record,
        };
        self.first.get_or_insert(line.seconds);
        self.last = self.last.max(line.seconds);
        self.make_room(tell);
        let found = queue_id(entry.message);
        let text = found.map_or(entry.message, |(_, text)| text);
        if text.starts_with(b"STARTTLS=server, relay=") || text.starts_with(b"AUTH=server, relay=")
        {
            self.of_session(&line, text, notes, tell);
            return None;
        }
        if text.starts_with(b"STARTTLS=client, relay=") {
            let (name, _) = relay(value(text, b"relay="));
            let mut pending = Pending::default();
            pending.add(record.line, record.raw());
            let tls = (tls_of(text), cipher_of(text));
            let client = client_of(&mut self.clients, &line);
            client.connects(xxh3_64(name), tls, line.seconds, pending, tell);
            return None;
        }
        if contains(text, b"AUTH failure (") {
            self.refused(&line, text, tell);
            return Some(LeftOut::NoMail(NoMail::NoMessage));
        }
        let Some((id, text)) = found else {
            let session = contains(text, b"relay=") || contains(text, b" [");
            let reason = if session { NoMail::NoMessage } else { NoMail::ServiceEvent };
            return Some(LeftOut::NoMail(reason));
        };
        if text.starts_with(b"from=") {
            return self.arrival(&line, id, text, notes, tell).map(LeftOut::NoMail);
        } else if text.starts_with(b"to=") && contains(text, b", stat=") {
            self.delivery(&line, id, text, notes, tell);
        } else if text.starts_with(b"ruleset=") || contains(text, b", reject=") {
            return Some(LeftOut::NoMail(NoMail::NoMessage));
        } else {
            tell.message(&plain(&line, id));
        }
        None
    }

    fn finish(&mut self, _: &mut Notes, tell: &mut dyn Tell) {
        self.settle(tell);
    }
}
