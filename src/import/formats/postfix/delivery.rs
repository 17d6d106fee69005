//! Deliveries: `ID: to=<…>, relay=…, status=sent (…)`, and the TLS of the
//! connections over which `smtp` makes them.

use std::borrow::Cow;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::session::{tls_of, told_session};
use super::{
    Line, Pending, Postfix, host_and_address, host_name, is_loopback, queue_id, queued_as,
    until_address_end,
};
use crate::account::NoMail;
use crate::import::bytes::{behind, find};
use crate::import::formats::Tell;
use crate::import::formats::row::{Notes, domain_of};
use crate::mail::{Direction, SessionKey, SessionPart, Start, TlsState, lower};

/// A delivery of a message, with all recipients who had the same.
#[derive(Debug)]
pub(super) struct Delivery {
    /// The host on the other side.
    pub(super) host: String,
    pub(super) recipient_domain: String,
    pub(super) connector: Option<String>,
    pub(super) tls: TlsState,
    pub(super) cipher: Option<String>,
    pub(super) seconds: u32,
    pub(super) rows: u32,
    /// The connection, whose TLS another file may tell.
    pub(super) session: Option<SessionKey>,
    /// The queue id that the other side gave it, hashed.
    pub(super) queued_as: Option<u64>,
    /// To the server itself: no crossing.
    pub(super) hop: bool,
}

/// More deliveries of one message than this are not told apart by the other
/// side's queue ids.
const MOST_DELIVERIES: usize = 1 << 10;

/// How long after its connection a delivery may be told of, in seconds: the
/// time-outs of a transaction add up to about that (smtp_data_done_timeout and
/// others, postconf(5)).
const LONGEST: u32 = 3_600;

/// A process of `smtp`: it delivers one message after the other.
pub(super) struct Client {
    process: u64,
    relays: Vec<Connection>,
    pub(super) last: u32,
}

/// Its last connection to a relay.
struct Connection {
    /// Host and address, hashed.
    relay: u64,
    tls: TlsState,
    cipher: Option<String>,
    seconds: u32,
    /// The message that was delivered over it.
    used_by: Option<u64>,
    /// Where the file may begin between the connection and the delivery.
    session: Option<SessionKey>,
    pending: Pending,
}

/// What a connection says of a delivery.
struct Over {
    tls: TlsState,
    cipher: Option<String>,
    session: Option<SessionKey>,
    rows: u32,
}

impl Client {
    /// The TLS of a delivery of the message `thread` to `relay`.
    fn over(
        &mut self,
        relay: u64,
        thread: u64,
        line: &Line<'_>,
        file_begins: u32,
        tell: &mut dyn Tell,
    ) -> Over {
        let silent = Over { tls: TlsState::NotRecorded, cipher: None, session: None, rows: 0 };
        if let Some(known) = self.relays.iter_mut().find(|known| known.relay == relay) {
            let fresh = known.seconds.saturating_add(LONGEST) >= line.seconds;
            match known.used_by {
                None if fresh => known.used_by = Some(thread),
                Some(by) if by == thread && fresh => {}
                _ => {
                    // Used again: whose connection it is now is not known.
                    known.used_by = Some(thread);
                    known.tls = TlsState::NotRecorded;
                    known.session = None;
                    known.seconds = line.seconds;
                    known.pending.leave_out(NoMail::NoMessage, tell);
                    return silent;
                }
            }
            return Over {
                tls: known.tls,
                cipher: known.cipher.clone(),
                session: known.session,
                rows: known.pending.take(),
            };
        }
        let mut session = None;
        if line.seconds <= file_begins.saturating_add(LONGEST) {
            let name = [relay.to_le_bytes(), u64::from(line.seconds).to_le_bytes()].concat();
            let key = SessionKey(xxh3_64_with_seed(&name, self.process ^ 1));
            let parts = [None, Some(thread)].map(|of| SessionPart {
                thread: self.connection(relay, of),
                first: line.seconds,
                last: line.seconds,
                starts: false,
                ends: true,
            });
            tell.session(&told_session(
                key,
                Direction::Outbound,
                TlsState::NotRecorded,
                None,
                &parts,
            ));
            session = Some(key);
        }
        self.remember(
            Connection {
                relay,
                tls: TlsState::NotRecorded,
                cipher: None,
                seconds: line.seconds,
                used_by: Some(thread),
                session,
                pending: Pending::default(),
            },
            tell,
        );
        Over { session, ..silent }
    }

    fn remember(&mut self, connection: Connection, tell: &mut dyn Tell) {
        const MOST: usize = 64;
        if let Some(at) = self.relays.iter().position(|known| known.relay == connection.relay) {
            self.relays.swap_remove(at).pending.leave_out(NoMail::NoMessage, tell);
        } else if self.relays.len() >= MOST {
            let oldest = (0..self.relays.len()).min_by_key(|at| self.relays[*at].seconds);
            self.relays.swap_remove(oldest.unwrap_or(0)).pending.leave_out(NoMail::NoMessage, tell);
        }
        self.relays.push(connection);
    }

    /// By what a connection is known over several files.
    fn connection(&self, relay: u64, used_by: Option<u64>) -> u64 {
        let name = [relay.to_le_bytes(), used_by.unwrap_or(0).to_le_bytes()].concat();
        xxh3_64_with_seed(&name, self.process)
    }

    /// Tells of connections over which the next file may go on.
    pub(super) fn settle(mut self, file_ends: u32, tell: &mut dyn Tell) {
        for known in std::mem::take(&mut self.relays) {
            let told = known.tls != TlsState::NotRecorded || known.session.is_some();
            if told && known.seconds.saturating_add(LONGEST) >= file_ends {
                let name = [known.relay.to_le_bytes(), u64::from(known.seconds).to_le_bytes()];
                let own = SessionKey(xxh3_64_with_seed(&name.concat(), self.process));
                let part = SessionPart {
                    thread: self.connection(known.relay, known.used_by),
                    first: known.seconds,
                    last: known.seconds,
                    starts: known.session.is_none(),
                    ends: false,
                };
                let cipher = known.cipher.as_deref();
                let key = known.session.unwrap_or(own);
                tell.session(&told_session(key, Direction::Outbound, known.tls, cipher, &[part]));
            }
            let mut pending = known.pending;
            pending.leave_out(NoMail::SessionCut, tell);
        }
    }
}

impl Postfix {
    /// `smtp`: connections and deliveries to other hosts.
    pub(super) fn smtp(
        &mut self,
        line: &Line<'_>,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<NoMail> {
        let text = line.entry.message;
        if let Some((id, text)) = queue_id(text) {
            return self.delivery(line, id, text, true, notes, tell);
        }
        let Some(to) = behind(text, b"TLS connection established to ") else {
            return Some(NoMail::ServiceEvent);
        };
        let (tls, cipher) = tls_of(to);
        let client = client_of(&mut self.clients, line);
        let mut pending = Pending::default();
        pending.add(line);
        let connection = Connection {
            relay: relay_of(to),
            tls,
            cipher,
            seconds: line.seconds,
            used_by: None,
            session: None,
            pending,
        };
        client.remember(connection, tell);
        None
    }

    /// `lmtp`, `local`, `virtual`, `pipe`: deliveries to mailboxes; `error`,
    /// `bounce` and others: no deliveries.
    pub(super) fn other_delivery(
        &mut self,
        line: &Line<'_>,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<NoMail> {
        match queue_id(line.entry.message) {
            Some((id, text)) => self.delivery(line, id, text, false, notes, tell),
            None => Some(NoMail::ServiceEvent),
        }
    }

    fn delivery(
        &mut self,
        line: &Line<'_>,
        id: &[u8],
        text: &[u8],
        by_smtp: bool,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<NoMail> {
        let file_begins = self.first.unwrap_or(line.seconds);
        let thread = self.message(line, id, Start::Unseen).thread;
        let message = self.messages.get_mut(&thread)?;
        let Some(to) = text.strip_prefix(b"to=<") else {
            message.pending.add(line);
            return None;
        };
        message.accepted = true;
        let relay = behind(text, b", relay=").unwrap_or_default();
        let status = behind(relay, b", status=").unwrap_or_default();
        let sent = status.starts_with(b"sent ") && !status.starts_with(b"sent (silently");
        let relay = &relay[..find(relay, b", ").unwrap_or(relay.len())];
        let (name, address) = host_and_address(relay).unwrap_or_default();
        let over = if by_smtp && !address.is_empty() {
            let client = client_of(&mut self.clients, line);
            client.over(relay_of(relay), thread, line, file_begins, tell)
        } else {
            Over { tls: TlsState::NotRecorded, cipher: None, session: None, rows: 0 }
        };
        let rows = over.rows.saturating_add(1);
        let queued_as = if sent { queued_as(status) } else { None };
        let host = host_name(name, address);
        let address_text = String::from_utf8_lossy(address);
        let own = is_loopback(name, address)
            || self.choices.is_internal(&host)
            || self.choices.is_internal(&address_text);
        let hop = own || !by_smtp;
        let connector = self
            .connector_of(&host, &address_text)
            .or_else(|| transport_of(line.entry.program).filter(|_| by_smtp));
        let message = self.messages.get_mut(&thread)?;
        message.delivered |= sent && !by_smtp;
        if !sent || hop && queued_as.is_none() {
            message.pending.add(line);
            message.pending.rows = message.pending.rows.saturating_add(over.rows);
            return None;
        }
        let recipient = lower(notes.text(Cow::Borrowed(until_address_end(to))).trim());
        let queued_as = queued_as.filter(|_| message.deliveries.len() < MOST_DELIVERIES);
        let known = message.deliveries.iter_mut().find(|known| {
            known.host == host
                && known.tls == over.tls
                && known.queued_as == queued_as
                && known.session == over.session
                && known.hop == hop
                && known.cipher == over.cipher
        });
        if let Some(known) = known {
            known.rows = known.rows.saturating_add(rows);
            return None;
        }
        message.deliveries.push(Delivery {
            host,
            recipient_domain: domain_of(&recipient).unwrap_or_default().to_owned(),
            connector,
            tls: over.tls,
            cipher: over.cipher,
            seconds: line.seconds,
            rows,
            session: over.session.filter(|_| over.tls == TlsState::NotRecorded),
            queued_as,
            hop,
        });
        None
    }
}

fn client_of<'c>(
    clients: &'c mut rustc_hash::FxHashMap<u64, Client>,
    line: &Line<'_>,
) -> &'c mut Client {
    let client = clients.entry(line.process).or_insert_with(|| Client {
        process: line.process,
        relays: Vec::new(),
        last: line.seconds,
    });
    client.last = client.last.max(line.seconds);
    client
}

/// Host and address of a relay, hashed; its port is not logged by all
/// versions.
fn relay_of(text: &[u8]) -> u64 {
    let end = text.iter().position(|&byte| byte == b']').map_or(text.len(), |at| at + 1);
    xxh3_64(&text[..end])
}

/// The transport that a program's name has between Postfix and the daemon:
/// `postfix/partner/smtp` (`-o syslog_name=postfix/partner`, or
/// `postfix/$service_name`).
fn transport_of(program: &[u8]) -> Option<String> {
    let mut parts = program.split(|&byte| byte == b'/');
    let (_, name, daemon) = (parts.next()?, parts.next()?, parts.next()?);
    let plain = name == b"smtp" || daemon != b"smtp" || parts.next().is_some();
    (!plain).then(|| String::from_utf8_lossy(name).into_owned())
}
