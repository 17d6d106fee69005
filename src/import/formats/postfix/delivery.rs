//! Deliveries: `ID: to=<…>, relay=…, status=sent (…)`, and the TLS of the
//! connections over which `smtp` makes them.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::session::tls_of;
use super::{Line, Postfix, host_and_address, queue_id, until_address_end};
use crate::account::NoMail;
use crate::import::bytes::{behind, find};
use crate::import::formats::Tell;
use crate::import::formats::connections::{Client, Over, Pending, relay_of};
use crate::import::formats::mail_log::{arrival_is_local, connector_of, host_name, next_queue_id};
use crate::import::formats::row::{Notes, domain_of};
use crate::mail::{SessionKey, Start, TlsState, lower};

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
        let mut pending = Pending::default();
        pending.add(line.number, line.raw);
        let client = client_of(&mut self.clients, line);
        client.connects(relay_of(to), tls_of(to), line.seconds, pending, tell);
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
            message.pending.add(line.number, line.raw);
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
            client.over(relay_of(relay), thread, line.seconds, file_begins, tell)
        } else {
            Over { tls: TlsState::NotRecorded, cipher: None, session: None, rows: 0 }
        };
        let rows = over.rows.saturating_add(1);
        let queued_as = if sent { next_queue_id(status) } else { None };
        let host = host_name(name, address);
        let address_text = String::from_utf8_lossy(address);
        let own = arrival_is_local(&self.choices, name, address);
        let hop = own || !by_smtp;
        let connector = connector_of(&self.choices, &host, &address_text)
            .map(str::to_owned)
            .or_else(|| transport_of(line.entry.program).filter(|_| by_smtp));
        let message = self.messages.get_mut(&thread)?;
        message.delivered |= sent && !by_smtp;
        if !sent || hop && queued_as.is_none() {
            message.pending.add(line.number, line.raw);
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

fn client_of<'c>(clients: &'c mut FxHashMap<u64, Client>, line: &Line<'_>) -> &'c mut Client {
    let fresh = || Client::new(line.process, line.seconds);
    let client = clients.entry(line.process).or_insert_with(fresh);
    client.last = client.last.max(line.seconds);
    client
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
