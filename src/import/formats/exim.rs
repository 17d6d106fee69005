//! Exim's main log, by itself or through syslog (`formats.md` D2; the Exim
//! specification, chapter 52, "Log files"). A row is a line.
//!
//! | fact | place |
//! |---|---|
//! | a message | its id: 16 characters, 23 since Exim 4.97; never used again |
//! | its Message-ID | `id=` of the line `<=` |
//! | inbound | `<=` with `H=`; protocol in `P=`, whose `s` (RFC 3848) says TLS |
//! | SMTP AUTH | `A=authenticator:account` of `<=` |
//! | outbound | `=>`, `->`, `>>` with `H=`, not over LMTP |
//! | TLS | `X=TLS1.3:cipher:bits`. Without it, `P=esmtp` says that there was none; a delivery without it had none if the log has an `X=` at all, since then `log_selector` has `tls_cipher`, which is the default |
//! | refused | `… authenticator failed for …` |
//! | hop between own servers | a loopback address; `C="250 OK id=…"`, where that id is in the logs |

use std::borrow::Cow;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::mail_log::{
    Server, arrival_is_local, connector_of, host_name, next_queue_id, queue_hash, server_of,
    tell_silent,
};
use super::row::{Notes, domain_of, fingerprint, some};
use super::{LogFormat, RowReader, Tell};
use crate::account::{Gap, LeftOut, NoMail};
use crate::import::bytes::{behind, contains, find, until};
use crate::import::columns::Columns;
use crate::import::csv::Record;
use crate::import::log_clock::LogClock;
use crate::import::sink::Settings;
use crate::import::syslog::{Entry, entry, take_stamp};
use crate::mail::{
    AuthMethod, Carrier, Choices, ConnectorType, Crossing, Direction, Identity, MessageKey,
    Observation, Queue, RefusedSignIn, RowLayout, SessionKey, Start, TlsState, lower,
};

/// The log.
pub(crate) const FORMAT: LogFormat = LogFormat {
    name: "Exim log",
    by_line: true,
    signature: |probe| server_of(probe) == Some(Server::Exim),
    reader: |probe, settings| Box::new(Exim::new(probe, settings)),
};

struct Exim {
    columns: Columns,
    clock: LogClock,
    choices: Choices,
    /// The log has shown an `X=`: servers for which that was told.
    shows_tls: Vec<u64>,
    /// The last refused attempt's line, and how often it stood there.
    refused: (u64, u64),
}

/// Exim's own text of a line: what stands behind stamps, host and process id;
/// `None` where another program wrote the line.
fn text_of(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let Entry { host, program, message, .. } = entry(rest);
    if program.starts_with(b"exim") && program.len() <= 16 {
        let message = take_stamp(message).map_or(message, |(_, text)| text);
        return Some((host, behind_pid(message)));
    }
    let text = behind_pid(rest);
    is_exim(text).then_some((b"".as_slice(), text))
}

/// `+pid` puts `[1234] ` before the text.
fn behind_pid(text: &[u8]) -> &[u8] {
    let inside =
        text.strip_prefix(b"[").and_then(|inside| find(inside, b"] ").map(|at| (inside, at)));
    match inside {
        Some((inside, at)) if inside[..at].iter().all(u8::is_ascii_digit) => &inside[at + 2..],
        _ => text,
    }
}

/// The server of a line, if it is Exim's, for the signature.
pub(super) fn is_line(rest: &[u8]) -> bool {
    text_of(rest).is_some()
}

/// Whether a text behind a stamp is one that Exim writes.
fn is_exim(text: &[u8]) -> bool {
    message_id(text).is_some()
        || text.starts_with(b"H=")
        || find(&text[..text.len().min(60)], b" authenticator failed for ").is_some()
        || text.starts_with(b"Start queue run: pid=")
        || text.starts_with(b"End queue run: pid=")
        || text.starts_with(b"exim ") && contains(text, b" daemon started: pid=")
}

/// The id of a message at the start of a text, and the rest:
/// `1abCde-000001-AB` or `10HmaX-000000005vi-0000`.
fn message_id(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let id = until(text, b" ");
    let lengths: &[usize; 3] = match id.len() {
        16 => &[6, 6, 2],
        23 => &[6, 11, 4],
        _ => return None,
    };
    let mut parts = id.split(|&byte| byte == b'-');
    let fits = lengths.iter().all(|length| {
        parts
            .next()
            .is_some_and(|part| part.len() == *length && part.iter().all(u8::is_ascii_alphanumeric))
    });
    (fits && parts.next().is_none()).then(|| (id, text.get(id.len() + 1..).unwrap_or_default()))
}

/// What the fields of a line say.
#[derive(Default)]
struct Fields<'l> {
    name: &'l [u8],
    address: &'l [u8],
    /// `H=` is there.
    remote: bool,
    protocol: &'l [u8],
    tls: Option<&'l [u8]>,
    auth: &'l [u8],
    id: &'l [u8],
    transport: &'l [u8],
    confirmation: &'l [u8],
}

impl<'l> Fields<'l> {
    /// Reads fields up to what other people write: a subject (`T="…"`), the
    /// `from` and `for` of an arrival.
    fn of(mut text: &'l [u8]) -> Self {
        let mut fields = Self::default();
        while !text.is_empty() {
            text = text.trim_ascii_start();
            let quoted = find(until(text, b" "), b"=\"");
            // A quoted value may hold blanks; quotes in it are escaped.
            let end = match quoted {
                Some(at) => closing_quote(text, at + 2),
                None => until(text, b" ").len(),
            };
            let (token, rest) = text.split_at(end.min(text.len()));
            text = rest;
            let value = |name: &[u8]| token.strip_prefix(name);
            if token == b"from" || token == b"for" || token.starts_with(b"T=\"") {
                break;
            } else if let Some(name) = value(b"H=") {
                fields.remote = true;
                fields.name =
                    if name.starts_with(b"(") || name.starts_with(b"[") { b"" } else { name };
                if name.starts_with(b"[") {
                    fields.address = until(&name[1..], b"]");
                }
            } else if fields.remote && fields.address.is_empty() && token.starts_with(b"[") {
                fields.address = until(&token[1..], b"]");
            } else if let Some(protocol) = value(b"P=") {
                fields.protocol = protocol;
            } else if let Some(tls) = value(b"X=") {
                fields.tls = Some(tls);
            } else if let Some(auth) = value(b"A=") {
                fields.auth = auth;
            } else if let Some(id) = value(b"id=") {
                fields.id = id;
            } else if let Some(transport) = value(b"T=") {
                fields.transport = transport;
            } else if let Some(confirmation) = value(b"C=") {
                fields.confirmation = confirmation;
            }
        }
        fields
    }

    /// Version and cipher of `TLS1.3:TLS_AES_128_GCM_SHA256:128`; `GnuTLS`
    /// writes `TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256`.
    fn version(&self) -> Option<(TlsState, Option<String>)> {
        let text = self.tls?;
        let version = until(text, b":");
        let cipher = text.get(version.len() + 1..).map(|rest| until(rest, b":"));
        let cipher = cipher.filter(|name| !name.is_empty());
        let state = TlsState::parse_version(version).unwrap_or(TlsState::VersionNotStated);
        Some((state, cipher.map(|name| String::from_utf8_lossy(name).into_owned())))
    }

    /// TLS of an arrival: what `X=` says, else the protocol.
    fn arrival_tls(&self) -> (TlsState, Option<String>) {
        self.version().unwrap_or_else(|| {
            let state = match self.protocol {
                b"smtp" | b"esmtp" | b"esmtpa" | b"asmtp" => TlsState::NoTls,
                b"smtps" | b"esmtps" | b"esmtpsa" | b"ssmtp" => TlsState::VersionNotStated,
                _ => TlsState::NotRecorded,
            };
            (state, None)
        })
    }
}

/// Behind the quote that ends a value.
fn closing_quote(text: &[u8], from: usize) -> usize {
    let mut escaped = false;
    for (at, &byte) in text.iter().enumerate().skip(from) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// What a line of a message tells.
struct Said<'l> {
    key: MessageKey,
    queue: u64,
    seconds: u32,
    record: &'l Record<'l>,
}

impl Said<'_> {
    fn part(&self, start: Start) -> Queue {
        Queue {
            thread: self.queue,
            id: self.queue,
            first: self.seconds,
            last: self.seconds,
            start,
            ended: false,
            arrived: false,
            accepted: true,
            delivered: false,
        }
    }

    fn observation(&self) -> Observation<'_> {
        let id = Identity { network: Some(self.key), message_id: b"" };
        let row = fingerprint(self.record);
        // A line that tells of no crossing makes no message.
        let plain = Observation::of_row(id, RowLayout::ManyRows, row, self.seconds, "");
        Observation { failed: true, ..plain }
    }
}

impl Exim {
    fn new(probe: &[u8], settings: &Settings) -> Self {
        Self {
            columns: Columns::default(),
            clock: LogClock::new(probe, settings),
            choices: settings.choices.clone(),
            shows_tls: Vec::new(),
            refused: (0, 0),
        }
    }

    /// `<= sender H=… P=… X=… A=… id=…`
    fn arrival(&self, said: &Said<'_>, text: &[u8], notes: &mut Notes, tell: &mut dyn Tell) {
        let sender = until(text, b" ");
        let fields = Fields::of(&text[sender.len()..]);
        let sender = lower(notes.text(Cow::Borrowed(sender)).trim_matches(['<', '>', ' ']));
        let sender_domain = domain_of(&sender);
        let account = fields.auth.splitn(2, |&byte| byte == b':').nth(1);
        let account = account.map(|name| lower(notes.text(Cow::Borrowed(name)).trim()));
        let account = account.or_else(|| (!fields.auth.is_empty()).then(|| sender.clone()));
        let host = host_name(fields.name, fields.address);
        let address = String::from_utf8_lossy(fields.address);
        let submission = account.is_some();
        let local = !submission
            && (!fields.remote || arrival_is_local(&self.choices, fields.name, fields.address));
        let (tls, cipher) = fields.arrival_tls();
        let connector = connector_of(&self.choices, &host, &address).filter(|_| !submission);
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
            account_stated: contains(fields.auth, b":"),
            method: if submission { method(fields.auth) } else { AuthMethod::Unknown },
            sender: None,
            client_ip: some(&address).filter(|_| submission),
        });
        let id = fields.id;
        let id = id.strip_prefix(b"<").unwrap_or(id);
        let id = id.strip_suffix(b">").unwrap_or(id);
        tell.message(&Observation {
            id: Identity { network: Some(said.key), message_id: id },
            sender: &sender,
            crossing,
            queue: Some(&Queue {
                arrived: crossing.is_some() && !submission,
                ..said.part(Start::Seen)
            }),
            ..said.observation()
        });
    }

    /// `=> recipient R=… T=… H=… X=… C="…"`
    fn delivery(
        &self,
        said: &Said<'_>,
        host: u64,
        text: &[u8],
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) {
        let recipient = until(text, b" ");
        let fields = Fields::of(&text[recipient.len()..]);
        let recipient = lower(notes.text(Cow::Borrowed(recipient)).trim_matches(['<', '>', ' ']));
        let name = host_name(fields.name, fields.address);
        let address = String::from_utf8_lossy(fields.address);
        let local = !fields.remote || contains(fields.transport, b"lmtp");
        let hop = arrival_is_local(&self.choices, fields.name, fields.address);
        let (tls, cipher) = fields.version().unwrap_or((TlsState::NotRecorded, None));
        let connector = connector_of(&self.choices, &name, &address);
        let crossing = (!local && !hop).then(|| Crossing {
            direction: Direction::Outbound,
            by_domains: false,
            connector,
            connector_type: match connector {
                None => ConnectorType::NoConnector,
                Some(_) => ConnectorType::Unknown,
            },
            forced_tls: None,
            tls,
            cipher: cipher.as_deref(),
            sender_domain: None,
            remote_domain: domain_of(&recipient),
            remote_host: some(&name),
            account: None,
            account_stated: false,
            method: AuthMethod::Unknown,
            sender: None,
            client_ip: None,
        });
        let silent = crossing.is_some() && tls == TlsState::NotRecorded;
        let part = Queue { delivered: true, ..said.part(Start::Unseen) };
        let delivered = local || hop && contains(fields.transport, b"lmtp");
        tell.message(&Observation {
            crossing,
            failed: crossing.is_none() && !delivered,
            session: silent.then_some(Carrier {
                key: shows_tls_key(host),
                under_way: false,
                answer: None,
            }),
            queue: Some(&part).filter(|_| delivered),
            relayed_as: next_queue_id(fields.confirmation),
            ..said.observation()
        });
    }

    /// `login authenticator failed for host (helo) [ip]:port: 535 …
    /// (set_id=user)`
    fn refused(
        &mut self,
        record: &Record<'_>,
        seconds: u32,
        text: &[u8],
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) {
        let raw = fingerprint(record);
        let nth = if self.refused.0 == raw { self.refused.1 + 1 } else { 0 };
        self.refused = (raw, nth);
        let account = behind(text, b"(set_id=").map(|name| until(name, b")"));
        let account = lower(notes.text(Cow::Borrowed(account.unwrap_or_default())).trim());
        // The helo may be an address in brackets, too: the last one counts.
        let before = until_text(text, b": 535 ");
        let open = before.iter().rposition(|&byte| byte == b'[').map_or(before.len(), |at| at + 1);
        let address = String::from_utf8_lossy(until(&before[open..], b"]"));
        let tls = behind(text, b" X=")
            .map(|tls| Fields { tls: Some(until(tls, b" ")), ..Fields::default() });
        let tls = tls.and_then(|fields| fields.version());
        tell.refused_sign_in(&RefusedSignIn {
            attempt: xxh3_64_with_seed(&nth.to_le_bytes(), raw),
            seconds,
            account: &account,
            client_ip: some(&address),
            tls: tls.map_or(TlsState::NotRecorded, |(tls, _)| tls),
            session: SessionKey(raw),
        });
    }
}

/// `text` up to `end`, or all of it.
fn until_text<'t>(text: &'t [u8], end: &[u8]) -> &'t [u8] {
    &text[..find(text, end).unwrap_or(text.len())]
}

/// By what deliveries without TLS know whether the log would show it.
fn shows_tls_key(host: u64) -> SessionKey {
    SessionKey(xxh3_64_with_seed(b"exim shows TLS", host))
}

/// The authenticators' usual names: `plain`, `dovecot_login`, `xoauth2`.
fn method(auth: &[u8]) -> AuthMethod {
    let name = until(auth, b":").to_ascii_lowercase();
    let has = |part: &[u8]| contains(&name, part);
    if has(b"oauth") {
        AuthMethod::Modern
    } else if has(b"plain") || has(b"login") || has(b"cram") || has(b"md5") || has(b"scram") {
        AuthMethod::Basic
    } else {
        AuthMethod::Unknown
    }
}

impl RowReader for Exim {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        vec![Gap::Connector, Gap::InternalHosts]
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
        let seconds = timed.seconds;
        let Some((host, text)) = text_of(timed.rest) else {
            // Under syslog others write to the log, too.
            let entry = entry(timed.rest);
            let other = !entry.program.is_empty() && !entry.pid.is_empty();
            let reason = if other { NoMail::OtherProgram } else { NoMail::ServiceEvent };
            return Some(LeftOut::NoMail(reason));
        };
        let host = xxh3_64(host);
        if contains(text, b" X=") && !self.shows_tls.contains(&host) {
            self.shows_tls.push(host);
            tell_silent(shows_tls_key(host), TlsState::NoTls, tell);
        }
        let Some((id, said)) = message_id(text) else {
            if contains(text, b" authenticator failed for ") {
                self.refused(record, seconds, text, notes, tell);
                return Some(LeftOut::NoMail(NoMail::NoMessage));
            }
            let session = text.starts_with(b"H=")
                || contains(text, b" rejected ")
                || text.starts_with(b"SMTP ")
                || text.starts_with(b"TLS ")
                || contains(text, b" SMTP connection ");
            let reason = if session { NoMail::NoMessage } else { NoMail::ServiceEvent };
            return Some(LeftOut::NoMail(reason));
        };
        let of = Said {
            key: MessageKey::of_parts(&[b"exim", id]),
            queue: queue_hash(id),
            seconds,
            record,
        };
        match said {
            [b'<', b'=', b' ', text @ ..] => self.arrival(&of, text, notes, tell),
            [b'=' | b'-' | b'>', b'>', b' ', text @ ..] => {
                self.delivery(&of, host, text, notes, tell);
            }
            // Deferred, failed, suppressed, completed, and remarks.
            _ if contains(said, b" rejected ") || said.starts_with(b"rejected ") => {
                return Some(LeftOut::NoMail(NoMail::NoMessage));
            }
            _ => tell.message(&of.observation()),
        }
        None
    }
}
