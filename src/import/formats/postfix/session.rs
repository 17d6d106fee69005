//! `smtpd`: sessions of clients, each known by its process id from `connect`
//! to `disconnect`.

use std::borrow::Cow;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::message::{Arrival, Message, Origin};
use super::{Line, Postfix, host_and_address, queue_id, until_address_end};
use crate::account::NoMail;
use crate::import::bytes::{behind, contains, find, number, until};
use crate::import::formats::Tell;
use crate::import::formats::connections::Pending;
use crate::import::formats::mail_log::{
    arrival_is_local, connector_of, host_name, next_queue_id, sasl_method, tell_more_rows,
    told_session,
};
use crate::import::formats::row::{Notes, some};
use crate::mail::{
    AuthMethod, Direction, MessageKey, RefusedSignIn, SessionKey, SessionPart, Start, TlsState,
    lower,
};

/// One session, as far as this file tells of it.
pub(super) struct Smtpd {
    /// The process: it serves one session after the other.
    process: u64,
    key: SessionKey,
    first: u32,
    pub(super) last: u32,
    /// The file has its `connect`.
    starts: bool,
    /// The service wraps all sessions in TLS, so that no `STARTTLS` is no sign.
    wrapped: bool,
    tls: TlsState,
    cipher: Option<String>,
    /// Threads of its messages that are not yet told of.
    open: Vec<u64>,
    /// The last one that is.
    told: Option<(MessageKey, u32)>,
    /// Its TLS is wanted by messages that are told of.
    lent: bool,
    refused: Vec<Refused>,
    /// A content filter before the queue takes its messages (`smtpd_proxy_filter`).
    proxied: Option<Box<Arrival>>,
    pending: Pending,
}

/// An attempt to sign in that was refused.
struct Refused {
    attempt: u64,
    seconds: u32,
    account: String,
    address: String,
}

/// More attempts than this in one session are told of before it ends.
const MOST_REFUSED: usize = 256;

impl Smtpd {
    /// A message of the session is told of, and the session goes on.
    pub(super) fn forget(&mut self, message: &Message) {
        if let Some(at) = self.open.iter().position(|open| *open == message.thread) {
            self.open.swap_remove(at);
            self.told = Some((message.key(), message.last));
            let Origin::Client(arrival) = &message.origin else { return };
            self.lent |= !arrival.tls.is_definite();
        }
    }

    fn tell_refused(&mut self, tell: &mut dyn Tell) {
        self.lent |= !self.refused.is_empty() && self.tls == TlsState::NotRecorded;
        for refused in self.refused.drain(..) {
            tell.refused_sign_in(&RefusedSignIn {
                attempt: refused.attempt,
                seconds: refused.seconds,
                account: &refused.account,
                client_ip: some(&refused.address),
                tls: self.tls,
                session: self.key,
            });
        }
    }

    /// What the summary behind `disconnect` tells of TLS:
    /// `ehlo=2 starttls=1 auth=1 mail=1 … commands=8`, `starttls=0/1` where it
    /// failed (Postfix 3.0 and later).
    fn summary(&mut self, text: &[u8]) {
        let count = |name: &[u8]| behind(text, name).map_or(0, number);
        if self.tls != TlsState::NotRecorded || !contains(text, b" commands=") {
            return;
        }
        if count(b" starttls=") > 0 {
            self.tls = TlsState::VersionNotStated;
        } else if count(b" mail=") > 0 && !self.wrapped {
            self.tls = TlsState::NoTls;
        }
    }
}

impl Postfix {
    pub(super) fn smtpd(
        &mut self,
        line: &Line<'_>,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<NoMail> {
        let text = line.entry.message;
        if let Some((id, text)) = queue_id(text) {
            return self.of_message(line, id, text, notes, tell);
        }
        let connects = text.starts_with(b"connect from ");
        self.session(line, connects, tell);
        let session = self.sessions.get_mut(&line.process)?;
        session.last = session.last.max(line.seconds);
        session.pending.add(line.number, line.raw);
        if let Some(tls) = behind(text, b"TLS connection established from ") {
            (session.tls, session.cipher) = tls_of(tls);
        } else if text.starts_with(b"disconnect from ") {
            session.summary(text);
            if let Some(session) = self.sessions.remove(&line.process) {
                self.end_session(session, true, tell);
            }
        } else if let Some(client) = text.strip_prefix(b"NOQUEUE: client=") {
            self.proxied(line, client, notes);
        } else if let Some(answer) = behind(text, b"proxy-accept: END-OF-MESSAGE") {
            self.handed_on(line, answer, notes, tell);
        } else {
            self.perhaps_refused(line, text, notes, tell);
        }
        None
    }

    /// The session under way in a process; a new one where it `connects`.
    fn session(&mut self, line: &Line<'_>, connects: bool, tell: &mut dyn Tell) {
        if self.sessions.contains_key(&line.process) {
            if !connects {
                return;
            }
            if let Some(before) = self.sessions.remove(&line.process) {
                self.end_session(before, false, tell);
            }
        }
        // A process may serve two clients, or one twice, within a second.
        let nth = match self.connects.get(&line.process) {
            Some((seconds, nth)) if *seconds == line.seconds => nth.saturating_add(1),
            _ => 0,
        };
        self.connects.insert(line.process, (line.seconds, nth));
        let mut name = line.seconds.to_le_bytes().to_vec();
        name.extend([nth, u8::from(connects)]);
        let key = SessionKey(xxh3_64_with_seed(&name, line.process));
        let service = line.entry.program;
        self.sessions.insert(
            line.process,
            Smtpd {
                process: line.process,
                key,
                first: line.seconds,
                last: line.seconds,
                starts: connects,
                // `smtps` (465) and `submissions` (RFC 8314), as `master.cf` names them.
                wrapped: [b"/smtps/".as_slice(), b"/submissions/", b"/ssmtp/", b"/465/"]
                    .iter()
                    .any(|name| contains(service, name)),
                tls: TlsState::NotRecorded,
                cipher: None,
                open: Vec::new(),
                told: None,
                lent: false,
                refused: Vec::new(),
                proxied: None,
                pending: Pending::default(),
            },
        );
    }

    /// A line of a message: `ID: client=…`, `ID: reject: RCPT from …`.
    fn of_message(
        &mut self,
        line: &Line<'_>,
        id: &[u8],
        text: &[u8],
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<NoMail> {
        let Some(client) = text.strip_prefix(b"client=") else {
            let message = self.message(line, id, Start::Unseen);
            message.pending.add(line.number, line.raw);
            message.rejected |= [b"reject: END-OF-MESSAGE".as_slice(), b"reject: DATA"]
                .iter()
                .any(|end| contains(text, end));
            return None;
        };
        self.begin_anew(line, id, tell);
        self.session(line, false, tell);
        let origin = self.origin(line, client, notes);
        let process = line.process;
        let message = self.message(line, id, Start::Seen);
        message.process = process;
        message.origin = origin;
        message.pending.add(line.number, line.raw);
        let thread = message.thread;
        if let Some(session) = self.sessions.get_mut(&process) {
            let rows = session.pending.take();
            session.last = session.last.max(line.seconds);
            session.open.push(thread);
            if let Some(message) = self.messages.get_mut(&thread) {
                message.pending.rows = message.pending.rows.saturating_add(rows);
            }
        }
        None
    }

    /// Where a message came from, of `host[ip], sasl_method=LOGIN,
    /// sasl_username=user@contoso.example`.
    fn origin(&self, line: &Line<'_>, client: &[u8], notes: &mut Notes) -> Origin {
        let (name, address) = host_and_address(client).unwrap_or_default();
        let host = host_name(name, address);
        let address_text = String::from_utf8_lossy(address).into_owned();
        let value = |key: &[u8]| {
            behind(client, key).map(|value| match find(value, b", ") {
                Some(end) => &value[..end],
                None => value,
            })
        };
        let account =
            value(b", sasl_username=").map(|name| lower(notes.text(Cow::Borrowed(name)).trim()));
        if account.is_none() && arrival_is_local(&self.choices, name, address) {
            return Origin::Local;
        }
        let (tls, cipher, key) = match self.sessions.get(&line.process) {
            Some(session) => (session.tls, session.cipher.clone(), Some(session.key)),
            None => (TlsState::NotRecorded, None, None),
        };
        Origin::Client(Box::new(Arrival {
            connector: connector_of(&self.choices, &host, &address_text).map(str::to_owned),
            host,
            address: address_text,
            method: value(b", sasl_method=").map_or(AuthMethod::Unknown, sasl_method),
            account,
            tls,
            cipher,
            session: key,
        }))
    }

    /// `NOQUEUE: client=…`: what the session receives goes to a filter first.
    fn proxied(&mut self, line: &Line<'_>, client: &[u8], notes: &mut Notes) {
        if let Origin::Client(arrival) = self.origin(line, client, notes)
            && let Some(session) = self.sessions.get_mut(&line.process)
        {
            session.proxied = Some(arrival);
        }
    }

    /// `proxy-accept: END-OF-MESSAGE: 250 … queued as ID; from=<…> to=<…>`: the
    /// filter took the message, and Postfix gave it a queue id behind it.
    fn handed_on(
        &mut self,
        line: &Line<'_>,
        answer: &[u8],
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) {
        let Some(queue) = next_queue_id(answer) else { return };
        let Some(session) = self.sessions.get_mut(&line.process) else { return };
        let Some(mut arrival) = session.proxied.take() else { return };
        (arrival.tls, arrival.cipher) = (session.tls, session.cipher.clone());
        session.lent |= !session.tls.is_definite();
        let thread = xxh3_64_with_seed(&queue.to_le_bytes(), line.process);
        let origin = Origin::Client(arrival);
        let mut message = Message::new(thread, thread, line.seconds, Start::Seen, origin);
        message.accepted = true;
        message.handed_on = Some(queue);
        if let Some(from) = behind(answer, b" from=<") {
            message.sender(until(until_address_end(from), b">"), notes);
        }
        std::mem::swap(&mut message.pending, &mut session.pending);
        session.told = Some((message.key(), line.seconds));
        message.settle(true, tell);
    }

    /// `warning: host[ip]: SASL LOGIN authentication failed: …,
    /// sasl_username=…`, which syslog may have put together:
    /// `message repeated 2 times: [ … ]`.
    fn perhaps_refused(
        &mut self,
        line: &Line<'_>,
        text: &[u8],
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) {
        let (times, text) = match text.strip_prefix(b"message repeated ") {
            Some(repeated) => (
                number(repeated).min(MOST_REFUSED as u64),
                behind(repeated, b"[ ").unwrap_or_default(),
            ),
            None => (1, text),
        };
        let Some(warned) = text.strip_prefix(b"warning: ") else { return };
        let Some(at) = find(warned, b"]: SASL ") else { return };
        if !contains(&warned[at..], b"authentication failed")
            && !contains(&warned[at..], b"authentication aborted")
        {
            return;
        }
        let (_, address) = host_and_address(&warned[..=at]).unwrap_or_default();
        let account = behind(warned, b"sasl_username=").map(|name| until(name, b" ,]"));
        let account = account.unwrap_or_default();
        let account = lower(notes.text(Cow::Borrowed(account)).trim());
        let Some(session) = self.sessions.get_mut(&line.process) else { return };
        if session.refused.len() >= MOST_REFUSED {
            session.tell_refused(tell);
        }
        let raw = xxh3_64_with_seed(line.raw, line.process);
        for _ in 0..times {
            // The same line twice is two attempts.
            let before = session.refused.iter().filter(|r| r.seconds == line.seconds).count();
            let nth = (before as u64).to_le_bytes();
            session.refused.push(Refused {
                attempt: xxh3_64_with_seed(&nth, raw),
                seconds: line.seconds,
                account: account.clone(),
                address: String::from_utf8_lossy(address).into_owned(),
            });
        }
    }

    /// Tells of what is left of a session. `ended`: the file has its end.
    pub(super) fn end_session(&mut self, mut session: Smtpd, ended: bool, tell: &mut dyn Tell) {
        session.tell_refused(tell);
        let mut last_open = None;
        for thread in std::mem::take(&mut session.open) {
            let Some(message) = self.messages.get_mut(&thread) else { continue };
            message.process = 0;
            if let Origin::Client(arrival) = &mut message.origin
                && arrival.session == Some(session.key)
            {
                if arrival.tls == TlsState::NotRecorded {
                    arrival.tls = session.tls;
                    arrival.cipher.clone_from(&session.cipher);
                }
                if session.starts && ended {
                    arrival.session = None;
                }
            }
            last_open = Some(thread);
        }
        let open = last_open.and_then(|thread| self.messages.get_mut(&thread));
        match (open, session.told) {
            (Some(message), _) => {
                let rows = session.pending.take();
                message.pending.rows = message.pending.rows.saturating_add(rows);
            }
            (None, Some((key, seconds))) => {
                let rows = session.pending.take();
                let raw = xxh3_64(&session.pending.text);
                tell_more_rows(key, seconds, rows, raw, tell);
            }
            (None, None) => {
                let whole = session.starts && ended;
                let reason = if whole { NoMail::NoMessage } else { NoMail::SessionCut };
                session.pending.leave_out(reason, tell);
            }
        }
        if session.lent || !session.starts || !ended {
            let part = SessionPart {
                thread: session.process,
                first: session.first,
                last: session.last,
                starts: session.starts,
                ends: ended,
            };
            tell.session(&told_session(
                session.key,
                Direction::Inbound,
                session.tls,
                session.cipher.as_deref(),
                &[part],
            ));
        }
    }
}

/// TLS version and cipher of `host[ip]: TLSv1.2 with cipher ECDHE-… (256/256
/// bits)`.
pub(super) fn tls_of(text: &[u8]) -> (TlsState, Option<String>) {
    let Some(at) = find(text, b" with cipher ") else { return (TlsState::VersionNotStated, None) };
    let version = text[..at].rsplit(|&byte| byte == b' ').next().unwrap_or_default();
    let cipher = until(&text[at + b" with cipher ".len()..], b" ");
    let version = TlsState::parse_version(version).unwrap_or(TlsState::VersionNotStated);
    (version, Some(String::from_utf8_lossy(cipher).into_owned()).filter(|name| !name.is_empty()))
}
