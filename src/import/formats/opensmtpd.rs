//! `OpenSMTPD`'s log, as syslog writes it: 6.4 and later, and the words of 5.x
//! (`formats.md` D4; `smtp_session.c`, `mta.c`, `mta_session.c` and `mda.c` of
//! the source). A row is a line.
//!
//! | fact | place (5.x in brackets) |
//! |---|---|
//! | a session | 16 hexadecimal digits, from `smtp connected` to `smtp disconnected` (`smtp-in: New session` to `Closing session`) |
//! | a message | `smtp message msgid=` (`Accepted message … on session`); an envelope's id starts with its 8 digits |
//! | TLS | `smtp tls ciphers=TLSv1.3:…`, `mta tls ciphers=…` (`Started TLS on session …: version=…, cipher=…`); a session seen from its start without that line has none, since every version writes it |
//! | SMTP AUTH | `smtp authentication user=… result=ok` (`Accepted authentication for user … on session`) |
//! | refused | the same with `permfail` or `tempfail` (`Authentication failed for user`) |
//! | outbound | `mta delivery … relay="ip (host)" … result="Ok"` (`relay: Ok for …`) |
//! | local | `mda delivery … result="Ok"`, `lmtp` too (`delivery: Ok for …`) |

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::connections::Pending;
use super::mail_log::{
    Server, arrival_is_local, connector_of, host_name, next_queue_id, queue_hash, server_of,
    tell_more_rows, told_session,
};
use super::row::{Notes, domain_of, fingerprint, some};
use super::{LogFormat, RowReader, Tell};
use crate::account::{Gap, LeftOut, NoMail};
use crate::import::bytes::{behind, contains, find, until};
use crate::import::columns::Columns;
use crate::import::csv::Record;
use crate::import::log_clock::LogClock;
use crate::import::syslog::{Entry, entry};
use crate::mail::{
    AuthMethod, Carrier, Choices, ConnectorType, Crossing, Direction, Identity, MessageKey,
    Observation, Queue, RefusedSignIn, RowLayout, SessionKey, Start, TlsState, lower,
};
use crate::order::sort_by;

/// The log.
pub(crate) const FORMAT: LogFormat = LogFormat {
    name: "OpenSMTPD log",
    by_line: true,
    signature: |probe| server_of(probe) == Some(Server::OpenSmtpd),
    reader: |probe, settings| {
        Box::new(OpenSmtpd {
            columns: Columns::default(),
            clock: LogClock::new(probe, settings),
            choices: settings.choices.clone(),
            sessions: FxHashMap::default(),
            refused: (0, 0),
        })
    },
};

/// Whether a line is this server's.
pub(super) fn is_line(entry: &Entry<'_>) -> bool {
    entry.program == b"smtpd" && event(entry.message).is_some()
}

struct OpenSmtpd {
    columns: Columns,
    clock: LogClock,
    choices: Choices,
    sessions: FxHashMap<u64, Session>,
    refused: (u64, u64),
}

/// Sessions that are under way at once; beyond that those that were silent
/// longest are settled as if they went on in another file.
const MOST_SESSIONS: usize = 1 << 14;

/// A session, of a client or to a server.
struct Session {
    key: SessionKey,
    last: u32,
    outbound: bool,
    starts: bool,
    tls: TlsState,
    cipher: Option<String>,
    account: Option<String>,
    name: String,
    address: String,
    /// The last message that is told of.
    told: Option<(MessageKey, u32)>,
    pending: Pending,
}

impl Session {
    /// Its TLS: none where its beginning was seen and nothing was said.
    fn tls(&self) -> TlsState {
        match self.tls {
            TlsState::NotRecorded if self.starts => TlsState::NoTls,
            known => known,
        }
    }

    /// The file ends within it, or begins in it.
    fn tell(&self, tell: &mut dyn Tell) {
        let direction = match (self.outbound, &self.account) {
            (true, _) => Direction::Outbound,
            (false, Some(_)) => Direction::Submission,
            (false, None) => Direction::Inbound,
        };
        let told = told_session(self.key, direction, self.tls(), self.cipher.as_deref(), &[]);
        let crossing = Crossing {
            account: self.account.as_deref(),
            account_stated: self.account.is_some(),
            method: if self.account.is_some() { AuthMethod::Basic } else { AuthMethod::Unknown },
            client_ip: some(&self.address).filter(|_| self.account.is_some()),
            remote_host: some(&self.address),
            ..told.crossing
        };
        tell.session(&crate::mail::Session { crossing, ..told });
    }
}

/// What a line tells, whatever version wrote it.
enum Event<'l> {
    /// A client connects: address, name.
    Connected(&'l [u8], &'l [u8]),
    /// Connected to a server.
    Reached,
    Tls(&'l [u8], &'l [u8]),
    /// The account, and whether it was let in.
    Auth(&'l [u8], bool),
    /// A message is accepted: its id, and the sender where that is told.
    Message(&'l [u8], Option<&'l [u8]>),
    /// An envelope of a message: its id, the sender.
    Envelope(&'l [u8], &'l [u8]),
    /// A delivery: the envelope's id, the rest of the line; to a mailbox.
    Delivery(&'l [u8], &'l [u8], bool),
    Disconnected,
    /// Something else of a session.
    Other,
}

fn is_id(text: &[u8]) -> bool {
    text.len() == 16 && text.iter().all(u8::is_ascii_hexdigit)
}

/// The session of a line, and what it tells.
fn event(message: &[u8]) -> Option<(&[u8], Event<'_>)> {
    let id = until(message, b" ");
    if is_id(id) {
        let text = message.get(17..)?;
        let known = [b"smtp ".as_slice(), b"mta ", b"mda ", b"filter "];
        known.iter().any(|start| text.starts_with(start)).then(|| (id, modern(text)))
    } else if let Some(text) = message.strip_prefix(b"smtp-in: ") {
        Some(old(text, true))
    } else if let Some(text) = message.strip_prefix(b"smtp-out: ") {
        Some(old(text, false))
    } else if let Some(text) = message.strip_prefix(b"relay: ") {
        let (envelope, rest) = old_delivery(text)?;
        Some((value(rest, b"session="), Event::Delivery(envelope, rest, false)))
    } else {
        let (envelope, rest) = old_delivery(message.strip_prefix(b"delivery: ")?)?;
        Some((b"", Event::Delivery(envelope, rest, true)))
    }
}

/// `Ok for <evpid>: session=…` of 5.x; others are no deliveries.
fn old_delivery(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let of = behind(text, b" for ")?;
    let envelope = until(of, b":");
    is_id(envelope)
        .then(|| (envelope, if text.starts_with(b"Ok ") { text } else { b"".as_slice() }))
}

/// The words of 6.4 and later.
fn modern(text: &[u8]) -> Event<'_> {
    let field = |name: &[u8]| until(behind(text, name).unwrap_or_default(), b" ");
    if text.starts_with(b"smtp connected ") {
        Event::Connected(field(b" address="), field(b" host="))
    } else if text.starts_with(b"mta connected") {
        Event::Reached
    } else if contains(&text[..text.len().min(14)], b" tls ")
        || contains(&text[..text.len().min(14)], b" starttls ")
    {
        let ciphers = field(b"ciphers=");
        let version = until(ciphers, b":");
        let cipher = until(ciphers.get(version.len() + 1..).unwrap_or_default(), b":");
        Event::Tls(version, cipher)
    } else if text.starts_with(b"smtp authentication ") {
        Event::Auth(field(b" user="), field(b" result=") == b"ok")
    } else if text.starts_with(b"smtp message ") {
        Event::Message(field(b" msgid="), None)
    } else if text.starts_with(b"smtp envelope ") {
        Event::Envelope(field(b" evpid="), angle(text, b" from=<"))
    } else if text.starts_with(b"mta delivery ") || text.starts_with(b"mda delivery ") {
        let result = behind(text, b" result=").unwrap_or_default();
        let ok = [b"\"Ok\"".as_slice(), b"Ok ", b"Ok"].iter().any(|word| result.starts_with(word));
        Event::Delivery(field(b" evpid="), if ok { text } else { b"" }, text.starts_with(b"mda"))
    } else if contains(text, b" disconnected ") {
        Event::Disconnected
    } else {
        Event::Other
    }
}

/// The words of 5.x, and the session they are of.
fn old(text: &[u8], inbound: bool) -> (&[u8], Event<'_>) {
    let session = behind(text, b"session ").map(|id| until(id, b" :")).unwrap_or_default();
    let event = if text.starts_with(b"New session ") && inbound {
        let from = behind(text, b" from host ").unwrap_or_default();
        let address = behind(from, b"[").map(|inside| until(inside, b"]"));
        Event::Connected(address.unwrap_or_default(), until(from, b" "))
    } else if text.starts_with(b"Connected on session ") {
        Event::Reached
    } else if text.starts_with(b"Started TLS on session ") {
        Event::Tls(value(text, b"version="), value(text, b"cipher="))
    } else if let Some(user) = behind(text, b"Accepted authentication for user ") {
        Event::Auth(until(user, b" "), true)
    } else if let Some(user) = behind(text, b"Authentication failed for user ") {
        Event::Auth(until(user, b" "), false)
    } else if let Some(id) = text.strip_prefix(b"Accepted message ") {
        Event::Message(until(id, b" "), Some(angle(text, b"from=<")))
    } else if text.starts_with(b"Closing session ")
        || text.starts_with(b"Disconnecting session ")
        || text.starts_with(b"Received disconnect from session ")
    {
        Event::Disconnected
    } else {
        Event::Other
    };
    (session, event)
}

fn value<'t>(text: &'t [u8], name: &[u8]) -> &'t [u8] {
    until(behind(text, name).unwrap_or_default(), b", ")
}

fn angle<'t>(text: &'t [u8], name: &[u8]) -> &'t [u8] {
    let inside = behind(text, name).unwrap_or_default();
    &inside[..find(inside, b">").unwrap_or(inside.len())]
}

/// A line, with whose it is.
struct Line<'l> {
    seconds: u32,
    host: u64,
    record: &'l Record<'l>,
}

impl Line<'_> {
    /// The message of an id: its first eight digits, which are used again.
    fn queue(&self, id: &[u8], start: Start) -> Queue {
        let id = &id[..id.len().min(8)];
        Queue {
            thread: xxh3_64_with_seed(id, self.host),
            id: queue_hash(id),
            first: self.seconds,
            last: self.seconds,
            start,
            ended: false,
            arrived: false,
            accepted: true,
            delivered: false,
        }
    }

    fn observation<'o>(&'o self, queue: &'o Queue) -> Observation<'o> {
        let id = Identity { network: Some(key_of(queue)), message_id: b"" };
        let row = fingerprint(self.record);
        let plain = Observation::of_row(id, RowLayout::ManyRows, row, self.seconds, "");
        Observation { failed: true, queue: Some(queue), ..plain }
    }
}

/// By what a part of a message's life is known.
fn key_of(queue: &Queue) -> MessageKey {
    MessageKey::of_parts(&[
        b"opensmtpd",
        &queue.thread.to_le_bytes(),
        &queue.first.to_le_bytes(),
        &[queue.start as u8],
    ])
}

impl OpenSmtpd {
    fn session(&mut self, line: &Line<'_>, id: &[u8], outbound: bool) -> &mut Session {
        let key = xxh3_64_with_seed(id, line.host);
        let session = self.sessions.entry(key).or_insert_with(|| Session {
            key: SessionKey(key),
            last: line.seconds,
            outbound,
            starts: false,
            tls: TlsState::NotRecorded,
            cipher: None,
            account: None,
            name: String::new(),
            address: String::new(),
            told: None,
            pending: Pending::default(),
        });
        session.last = session.last.max(line.seconds);
        session
    }

    /// A message is accepted, or an envelope of it told.
    fn arrival(
        &mut self,
        line: &Line<'_>,
        session: &[u8],
        id: &[u8],
        (sender, opens): (Option<&[u8]>, bool),
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) {
        let sender = sender.unwrap_or_default();
        let sender = lower(notes.text(Cow::Borrowed(sender)).trim());
        let sender_domain = domain_of(&sender);
        let state = self.session(line, session, false);
        let rows = state.pending.take();
        let key = xxh3_64_with_seed(session, line.host);
        let Some(state) = self.sessions.get(&key) else { return };
        let submission = state.account.is_some();
        let host = host_name(state.name.as_bytes(), state.address.as_bytes());
        let local = !submission
            && arrival_is_local(&self.choices, state.name.as_bytes(), state.address.as_bytes());
        let connector = connector_of(&self.choices, &host, &state.address);
        let connector = connector.filter(|_| !submission);
        let tls = state.tls();
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
            cipher: state.cipher.as_deref(),
            sender_domain,
            remote_domain: sender_domain.filter(|_| !submission),
            remote_host: some(&host).filter(|_| !submission),
            account: state.account.as_deref(),
            account_stated: submission,
            // `AUTH PLAIN` and `AUTH LOGIN` are all that it has.
            method: if submission { AuthMethod::Basic } else { AuthMethod::Unknown },
            sender: None,
            client_ip: some(&state.address).filter(|_| submission),
        });
        let open = !tls.is_definite() && !state.starts;
        let start = if opens { Start::Seen } else { Start::Unseen };
        let arrived = crossing.is_some() && !submission && opens;
        let queue = Queue { arrived, ..line.queue(id, start) };
        let told = Some((key_of(&queue), line.seconds));
        tell.message(&Observation {
            sender: &sender,
            crossing,
            rows: rows.saturating_add(1),
            session: open.then_some(Carrier { key: state.key, under_way: false, answer: None }),
            ..line.observation(&queue)
        });
        if let Some(state) = self.sessions.get_mut(&key) {
            state.told = told;
        }
    }

    /// `relay="173.194.76.27 (ws-in-f27.1e100.net)"`, `relay=1.2.3.4 (host)`
    fn delivery(
        &mut self,
        line: &Line<'_>,
        session: &[u8],
        (envelope, text, mailbox): (&[u8], &[u8], bool),
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) {
        let queue = line.queue(envelope, Start::Unseen);
        let relay = behind(text, b"relay=").unwrap_or_default();
        let relay = relay.strip_prefix(b"\"").unwrap_or(relay);
        let address = until(relay, b" \",");
        let name = behind(relay, b"(").map(|name| until(name, b")")).unwrap_or_default();
        if text.is_empty() || mailbox || address.is_empty() {
            let delivered = mailbox && !text.is_empty();
            let queue = Queue { delivered, ..queue };
            tell.message(&Observation { failed: !delivered, ..line.observation(&queue) });
            return;
        }
        let recipient = lower(notes.text(Cow::Borrowed(angle(text, b" to=<"))).trim());
        let sender = lower(notes.text(Cow::Borrowed(angle(text, b"from=<"))).trim());
        let rows = self.session(line, session, true).pending.take();
        let key = xxh3_64_with_seed(session, line.host);
        let Some(state) = self.sessions.get_mut(&key) else { return };
        state.told = Some((key_of(&queue), line.seconds));
        let (tls, open) = (state.tls(), !state.tls().is_definite() && !state.starts);
        let host = host_name(name, address);
        let address_text = String::from_utf8_lossy(address);
        let connector = connector_of(&self.choices, &host, &address_text);
        let hop = arrival_is_local(&self.choices, name, address);
        let crossing = (!hop).then(|| Crossing {
            direction: Direction::Outbound,
            by_domains: false,
            connector,
            connector_type: match connector {
                None => ConnectorType::NoConnector,
                Some(_) => ConnectorType::Unknown,
            },
            forced_tls: None,
            tls,
            cipher: state.cipher.as_deref(),
            sender_domain: domain_of(&sender),
            remote_domain: domain_of(&recipient),
            remote_host: some(&host),
            account: None,
            account_stated: false,
            method: AuthMethod::Unknown,
            sender: None,
            client_ip: None,
        });
        let carrier = Carrier { key: state.key, under_way: false, answer: None };
        tell.message(&Observation {
            sender: &sender,
            crossing,
            rows: rows.saturating_add(1),
            session: (open && crossing.is_some()).then_some(carrier),
            relayed_as: next_queue_id(behind(text, b"stat=").unwrap_or_default()),
            ..line.observation(&queue)
        });
    }

    fn refused(&mut self, line: &Line<'_>, session: &[u8], account: &[u8], tell: &mut dyn Tell) {
        let raw = fingerprint(line.record);
        let nth = if self.refused.0 == raw { self.refused.1 + 1 } else { 0 };
        self.refused = (raw, nth);
        let state = self.session(line, session, false);
        tell.refused_sign_in(&RefusedSignIn {
            attempt: xxh3_64_with_seed(&nth.to_le_bytes(), raw),
            seconds: line.seconds,
            account: &lower(&String::from_utf8_lossy(account)),
            client_ip: some(&state.address),
            tls: state.tls(),
            session: state.key,
        });
    }

    fn end(mut session: Session, ended: bool, tell: &mut dyn Tell) {
        if !ended || !session.starts {
            session.tell(tell);
        }
        if let Some((key, seconds)) = session.told {
            let rows = session.pending.take();
            let raw = xxh3_64(&session.pending.text);
            return tell_more_rows(key, seconds, rows, raw, tell);
        }
        let whole = ended && session.starts;
        let reason = if whole { NoMail::NoMessage } else { NoMail::SessionCut };
        session.pending.leave_out(reason, tell);
    }

    fn settle(&mut self, keep: usize, tell: &mut dyn Tell) {
        let mut ages: Vec<(u32, u64)> =
            self.sessions.iter().map(|(key, session)| (session.last, *key)).collect();
        sort_by(&mut ages, &Ord::cmp);
        let ending = ages.len().saturating_sub(keep);
        for (_, key) in ages.into_iter().take(ending) {
            if let Some(session) = self.sessions.remove(&key) {
                Self::end(session, false, tell);
            }
        }
    }
}

impl RowReader for OpenSmtpd {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        vec![Gap::Connector, Gap::MessageId, Gap::InternalHosts]
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
        if entry.program != b"smtpd" {
            return Some(LeftOut::NoMail(NoMail::OtherProgram));
        }
        let Some((id, event)) = event(entry.message) else {
            return Some(LeftOut::NoMail(NoMail::ServiceEvent));
        };
        let line = Line { seconds: timed.seconds, host: xxh3_64(entry.host), record };
        if self.sessions.len() > MOST_SESSIONS {
            self.settle(MOST_SESSIONS / 2, tell);
        }
        let outbound = entry.message.get(17..).is_some_and(|text| text.starts_with(b"mta"))
            || entry.message.starts_with(b"smtp-out");
        match event {
            Event::Message(message, sender) => {
                self.arrival(&line, id, message, (sender, true), notes, tell);
                return None;
            }
            Event::Envelope(envelope, sender) => {
                self.arrival(&line, id, envelope, (Some(sender), false), notes, tell);
                return None;
            }
            Event::Delivery(envelope, text, mailbox) => {
                self.delivery(&line, id, (envelope, text, mailbox), notes, tell);
                return None;
            }
            Event::Auth(user, false) => self.refused(&line, id, user, tell),
            _ => {}
        }
        if id.is_empty() {
            return Some(LeftOut::NoMail(NoMail::ServiceEvent));
        }
        let session = self.session(&line, id, outbound);
        session.pending.add(record.line, record.raw());
        match event {
            Event::Connected(address, name) => {
                session.starts = true;
                let address = address.strip_prefix(b"[").unwrap_or(address);
                let address = address.strip_suffix(b"]").unwrap_or(address);
                session.address = String::from_utf8_lossy(address).into_owned();
                session.name = match name {
                    b"<unknown>" => String::new(),
                    name => String::from_utf8_lossy(name).into_owned(),
                };
            }
            Event::Reached => session.starts = true,
            Event::Tls(version, cipher) => {
                session.tls =
                    TlsState::parse_version(version).unwrap_or(TlsState::VersionNotStated);
                session.cipher =
                    (!cipher.is_empty()).then(|| String::from_utf8_lossy(cipher).into_owned());
            }
            Event::Auth(user, true) => {
                session.account = Some(lower(notes.text(Cow::Borrowed(user)).trim()));
            }
            Event::Disconnected => {
                let key = session.key.0;
                if let Some(session) = self.sessions.remove(&key) {
                    Self::end(session, true, tell);
                }
            }
            _ => {}
        }
        None
    }

    fn finish(&mut self, _: &mut Notes, tell: &mut dyn Tell) {
        self.settle(0, tell);
    }
}
