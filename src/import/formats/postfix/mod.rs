//! Postfix's log, as syslog writes it (`formats.md` D1). A row is a line.
//!
//! | fact | place |
//! |---|---|
//! | a message | its queue id, from `client=` (or `pickup`, or a notification) to `removed`; ids are used again |
//! | its Message-ID | `cleanup`: `message-id=<…>` |
//! | accepted | `qmgr`: `from=<…> … (queue active)`, or any line of its delivery |
//! | inbound TLS | `smtpd`: `TLS connection established from …`, by process id between `connect` and `disconnect`; else `disconnect … starttls=1` (some TLS) or none in a summary that has a `mail=` (no TLS; not on services that wrap all in TLS) |
//! | SMTP AUTH | `sasl_username=` of `client=` |
//! | refused | `warning: …: SASL … authentication failed` of `smtpd` |
//! | outbound TLS | `smtp`: `TLS connection established to …`, by process id and relay, for the next message it delivers there; a connection that is used again logs none, nor does a low `smtp_tls_loglevel`: not recorded, never "no TLS" |
//! | hop of a content filter or between own servers | a loopback address; or `queued as ID`, where that queue id is in the logs (`tally/threads.rs`) |
//! | connector | the transport's name where `syslog_name` has one (`postfix/partner/smtp`), or what the person says of the host |
//!
//! What a file cuts is told in parts, which the tally joins: messages by queue
//! id, sessions by process id, in the order of time.

mod delivery;
mod message;
mod session;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use self::message::{Message, Origin};
use self::session::Smtpd;
use super::connections::Client;
use super::mail_log::{Server, queue_hash, server_of};
use super::row::Notes;
use super::{LogFormat, RowReader, Tell};
use crate::account::{Gap, LeftOut, NoMail};
use crate::import::bytes::contains;
use crate::import::columns::Columns;
use crate::import::csv::Record;
use crate::import::log_clock::LogClock;
use crate::import::sink::Settings;
use crate::import::syslog::{Entry, entry};
use crate::mail::{Choices, Start};
use crate::order::sort_by;

/// The log.
pub(crate) const FORMAT: LogFormat = LogFormat {
    name: "Postfix log",
    by_line: true,
    signature: |probe| server_of(probe) == Some(Server::Postfix),
    reader: |probe, settings| Box::new(Postfix::new(probe, settings)),
};

/// Postfix's daemons that write to the log: the last part of a program's name.
const DAEMONS: [&[u8]; 28] = [
    b"smtpd",
    b"smtp",
    b"qmgr",
    b"cleanup",
    b"lmtp",
    b"local",
    b"virtual",
    b"pipe",
    b"pickup",
    b"bounce",
    b"error",
    b"discard",
    b"retry",
    b"postscreen",
    b"tlsproxy",
    b"dnsblog",
    b"anvil",
    b"trivial-rewrite",
    b"tlsmgr",
    b"verify",
    b"scache",
    b"proxymap",
    b"master",
    b"postdrop",
    b"sendmail",
    b"flush",
    b"nqmgr",
    b"oqmgr",
];

/// Messages that are in the queue at once; beyond that those that were silent
/// longest are settled as if they went on in another file.
const MOST_MESSAGES: usize = 1 << 17;
/// Processes that are at work at once; as above.
const MOST_PROCESSES: usize = 1 << 14;

/// The daemon of a program's name, where it is Postfix's: `postfix/smtpd`,
/// `postfix/submission/smtpd`, `postfix-out/smtp`.
pub(super) fn daemon(program: &[u8]) -> Option<&[u8]> {
    let slash = program.iter().rposition(|&byte| byte == b'/').filter(|at| *at > 0)?;
    let last = &program[slash + 1..];
    DAEMONS.contains(&last).then_some(last)
}

/// What a line says, beside its text.
#[derive(Clone, Copy)]
struct Line<'l> {
    seconds: u32,
    /// Server, hashed.
    host: u64,
    /// Server, program and process id, hashed.
    process: u64,
    number: u64,
    raw: &'l [u8],
    entry: Entry<'l>,
}

struct Postfix {
    columns: Columns,
    clock: LogClock,
    choices: Choices,
    messages: FxHashMap<u64, Message>,
    sessions: FxHashMap<u64, Smtpd>,
    clients: FxHashMap<u64, Client>,
    /// When each process of `smtpd` began its last session, and the
    /// how-manieth of that second it was.
    connects: FxHashMap<u64, (u32, u8)>,
    /// Time of the first line, since sessions under way may begin before it.
    first: Option<u32>,
    last: u32,
}

impl Postfix {
    fn new(probe: &[u8], settings: &Settings) -> Self {
        Self {
            columns: Columns::default(),
            clock: LogClock::new(probe, settings),
            choices: settings.choices.clone(),
            messages: FxHashMap::default(),
            sessions: FxHashMap::default(),
            clients: FxHashMap::default(),
            connects: FxHashMap::default(),
            first: None,
            last: 0,
        }
    }

    fn line(&mut self, line: &Line<'_>, notes: &mut Notes, tell: &mut dyn Tell) -> Option<NoMail> {
        match daemon(line.entry.program) {
            None => Some(NoMail::OtherProgram),
            Some(b"smtpd") => self.smtpd(line, notes, tell),
            Some(b"smtp") => self.smtp(line, notes, tell),
            Some(b"qmgr" | b"nqmgr" | b"oqmgr") => self.qmgr(line, notes, tell),
            Some(b"cleanup") => self.cleanup(line),
            Some(b"pickup") => self.pickup(line, tell),
            Some(
                b"lmtp" | b"local" | b"virtual" | b"pipe" | b"error" | b"retry" | b"discard"
                | b"bounce",
            ) => self.other_delivery(line, notes, tell),
            Some(_) => Some(NoMail::ServiceEvent),
        }
    }

    /// The message of a queue id, begun if it is not there.
    fn message(&mut self, line: &Line<'_>, id: &[u8], start: Start) -> &mut Message {
        let queue = queue_hash(id);
        let thread = xxh3_64_with_seed(id, line.host);
        let message = self.messages.entry(thread).or_insert_with(|| {
            let origin = if start == Start::Likely { Origin::Local } else { Origin::Unseen };
            Message::new(thread, queue, line.seconds, start, origin)
        });
        message.last = message.last.max(line.seconds);
        message
    }

    /// Ends the message of a queue id that begins anew.
    fn begin_anew(&mut self, line: &Line<'_>, id: &[u8], tell: &mut dyn Tell) {
        let thread = xxh3_64_with_seed(id, line.host);
        if let Some(message) = self.messages.remove(&thread) {
            message.settle(true, tell);
        }
    }

    /// `qmgr`: `ID: from=<…>, size=…, nrcpt=… (queue active)`, `ID: removed`.
    fn qmgr(&mut self, line: &Line<'_>, notes: &mut Notes, tell: &mut dyn Tell) -> Option<NoMail> {
        let Some((id, text)) = queue_id(line.entry.message) else {
            return Some(NoMail::ServiceEvent);
        };
        let removed = text == b"removed";
        let expired = contains(text, b", status=expired");
        let delivery = text.starts_with(b"to=");
        let message = self.message(line, id, Start::Unseen);
        message.pending.add(line.number, line.raw);
        if delivery {
            // What qmgr itself tells of is not delivered.
            message.accepted = true;
        } else if removed {
            message.accepted = true;
            let thread = message.thread;
            if let Some(message) = self.messages.remove(&thread) {
                self.settle_removed(message, tell);
            }
        } else if let Some(from) = text.strip_prefix(b"from=<") {
            message.accepted |= !expired;
            message.sender(until_address_end(from), notes);
        }
        None
    }

    /// A message that leaves the queue while its session goes on: what the
    /// session says of TLS later is lent by the tally.
    fn settle_removed(&mut self, message: Message, tell: &mut dyn Tell) {
        if let Some(session) = self.sessions.get_mut(&message.process) {
            session.forget(&message);
        }
        message.settle(true, tell);
    }

    /// `cleanup`: `ID: message-id=<…>`; the first line of a notification.
    fn cleanup(&mut self, line: &Line<'_>) -> Option<NoMail> {
        let Some((id, text)) = queue_id(line.entry.message) else {
            return Some(NoMail::ServiceEvent);
        };
        let names = text.strip_prefix(b"message-id=");
        let start = if names.is_some() { Start::Likely } else { Start::Unseen };
        let message = self.message(line, id, start);
        message.pending.add(line.number, line.raw);
        if let Some(name) = names {
            message.message_id(name);
        } else if text.starts_with(b"milter-reject: END-OF-MESSAGE")
            || text.starts_with(b"reject: END-OF-MESSAGE")
            || text.starts_with(b"milter-discard")
        {
            message.rejected = true;
        }
        None
    }

    /// `pickup`: `ID: uid=0 from=<root>`: mail of a program of the server.
    fn pickup(&mut self, line: &Line<'_>, tell: &mut dyn Tell) -> Option<NoMail> {
        let Some((id, text)) = queue_id(line.entry.message) else {
            return Some(NoMail::ServiceEvent);
        };
        if text.starts_with(b"uid=") {
            self.begin_anew(line, id, tell);
        }
        let message = self.message(line, id, Start::Seen);
        if text.starts_with(b"uid=") {
            message.origin = Origin::Local;
        }
        message.pending.add(line.number, line.raw);
        None
    }

    /// Settles what was silent longest where there is too much of it.
    fn make_room(&mut self, tell: &mut dyn Tell) {
        if self.messages.len() > MOST_MESSAGES {
            self.settle_messages(MOST_MESSAGES / 2, tell);
        }
        if self.sessions.len() > MOST_PROCESSES {
            self.settle_sessions(MOST_PROCESSES / 2, tell);
        }
        if self.connects.len() > MOST_PROCESSES {
            self.connects.clear();
        }
        if self.clients.len() > MOST_PROCESSES {
            self.settle_clients(MOST_PROCESSES / 2, tell);
        }
    }

    /// Settles all messages but the `keep` latest.
    fn settle_messages(&mut self, keep: usize, tell: &mut dyn Tell) {
        let ages = self.messages.iter().map(|(key, message)| (message.last, *key));
        for key in oldest(ages.collect(), keep) {
            if let Some(message) = self.messages.remove(&key) {
                if let Some(session) = self.sessions.get_mut(&message.process) {
                    session.forget(&message);
                }
                message.settle(false, tell);
            }
        }
    }

    fn settle_sessions(&mut self, keep: usize, tell: &mut dyn Tell) {
        let ages = self.sessions.iter().map(|(key, session)| (session.last, *key));
        for key in oldest(ages.collect(), keep) {
            if let Some(session) = self.sessions.remove(&key) {
                self.end_session(session, false, tell);
            }
        }
    }

    fn settle_clients(&mut self, keep: usize, tell: &mut dyn Tell) {
        let ages = self.clients.iter().map(|(key, client)| (client.last, *key));
        for key in oldest(ages.collect(), keep) {
            if let Some(client) = self.clients.remove(&key) {
                client.settle(self.last, tell);
            }
        }
    }
}

impl RowReader for Postfix {
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
        let host = xxh3_64(entry.host);
        let line = Line {
            seconds: timed.seconds,
            host,
            process: xxh3_64_with_seed(entry.pid, xxh3_64_with_seed(entry.program, host)),
            number: record.line,
            raw: record.raw(),
            entry,
        };
        self.first.get_or_insert(line.seconds);
        self.last = self.last.max(line.seconds);
        let left_out = self.line(&line, notes, tell);
        self.make_room(tell);
        left_out.map(LeftOut::NoMail)
    }

    fn finish(&mut self, _: &mut Notes, tell: &mut dyn Tell) {
        // Sessions first: they know what messages still want to know.
        self.settle_sessions(0, tell);
        self.settle_messages(0, tell);
        self.settle_clients(0, tell);
    }
}

/// The keys of all but the `keep` that are latest, oldest first.
fn oldest(mut ages: Vec<(u32, u64)>, keep: usize) -> Vec<u64> {
    sort_by(&mut ages, &Ord::cmp);
    let ending = ages.len().saturating_sub(keep);
    ages.into_iter().take(ending).map(|(_, key)| key).collect()
}

/// The queue id that a text starts with, and the rest: `670FCA58C8: removed`.
///
/// Short ids are hexadecimal; long ones (`enable_long_queue_ids`) have no
/// vowels, so that no word such as `warning` is one (postconf(5)).
fn queue_id(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = text.iter().take(32).position(|&byte| byte == b':')?;
    let (id, rest) = (&text[..end], text.get(end + 2..)?);
    let hexadecimal = |byte: &u8| matches!(byte, b'0'..=b'9' | b'A'..=b'F');
    let long = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            && !matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u')
    };
    let is_id = id.len() >= 5 && id.iter().all(hexadecimal)
        || id.len() >= 11 && id.iter().all(long) && id.iter().any(u8::is_ascii_digit);
    is_id.then_some((id, rest))
}

/// An address up to its `>`.
fn until_address_end(text: &[u8]) -> &[u8] {
    let end = crate::import::bytes::find(text, b">,")
        .or_else(|| text.iter().position(|&byte| byte == b'>'));
    &text[..end.unwrap_or(text.len())]
}

/// `host.example[192.0.2.7]:25` to name and address. The name is empty where
/// Postfix does not know it.
fn host_and_address(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let open = text.iter().position(|&byte| byte == b'[')?;
    let length = text[open + 1..].iter().position(|&byte| byte == b']')?;
    let name = &text[..open];
    Some((if name == b"unknown" { b"" } else { name }, &text[open + 1..open + 1 + length]))
}
