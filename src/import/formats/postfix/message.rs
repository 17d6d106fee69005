//! A message, from its first to its last line.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

use super::delivery::Delivery;
use crate::account::NoMail;
use crate::import::formats::Tell;
use crate::import::formats::connections::Pending;
use crate::import::formats::row::{Notes, domain_of, some};
use crate::mail::{
    AuthMethod, Carrier, ConnectorType, Crossing, Direction, Identity, MessageKey, Observation,
    Queue, RowLayout, SessionKey, Start, TlsState, lower,
};

/// Where a message came from.
#[derive(Debug)]
pub(super) enum Origin {
    /// In another file.
    Unseen,
    /// A program of the server, a content filter, or another own server.
    Local,
    /// A host, by SMTP.
    Client(Box<Arrival>),
}

/// How a message came in.
#[derive(Debug)]
pub(super) struct Arrival {
    pub(super) host: String,
    pub(super) address: String,
    /// The account that signed in.
    pub(super) account: Option<String>,
    pub(super) method: AuthMethod,
    pub(super) connector: Option<String>,
    pub(super) tls: TlsState,
    pub(super) cipher: Option<String>,
    /// Its session, as long as that may say more of its TLS.
    pub(super) session: Option<SessionKey>,
}

/// A message under way.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) thread: u64,
    pub(super) queue: u64,
    first: u32,
    pub(super) last: u32,
    start: Start,
    pub(super) origin: Origin,
    /// The `smtpd` process that received it.
    pub(super) process: u64,
    internet_id: Vec<u8>,
    sender: String,
    pub(super) accepted: bool,
    pub(super) rejected: bool,
    /// Delivered to a mailbox of the server.
    pub(super) delivered: bool,
    pub(super) deliveries: Vec<Delivery>,
    /// It was handed on to a server that gave it this queue id, before it was in a queue of its own.
    pub(super) handed_on: Option<u64>,
    pub(super) pending: Pending,
}

impl Message {
    pub(super) fn new(thread: u64, queue: u64, first: u32, start: Start, origin: Origin) -> Self {
        Self {
            thread,
            queue,
            first,
            last: first,
            start,
            origin,
            process: 0,
            internet_id: Vec::new(),
            sender: String::new(),
            accepted: false,
            rejected: false,
            delivered: false,
            deliveries: Vec::new(),
            handed_on: None,
            pending: Pending::default(),
        }
    }

    /// By what the message is known: server, queue id and time.
    pub(super) fn key(&self) -> MessageKey {
        MessageKey::of_parts(&[
            b"queue",
            &self.thread.to_le_bytes(),
            &self.first.to_le_bytes(),
            &[self.start as u8],
        ])
    }

    /// Takes the sender address from a `from=<…>`.
    pub(super) fn sender(&mut self, address: &[u8], notes: &mut Notes) {
        if self.sender.is_empty() {
            self.sender = lower(notes.text(Cow::Borrowed(address)).trim());
        }
    }

    /// Takes the Message-ID from `message-id=<…>`.
    pub(super) fn message_id(&mut self, text: &[u8]) {
        let id = text.trim_ascii();
        let id = id.strip_prefix(b"<").unwrap_or(id);
        let id = id.strip_suffix(b">").unwrap_or(id);
        if self.internet_id.is_empty() {
            self.internet_id = id.to_vec();
        }
    }

    fn queue(&self, ended: bool) -> Queue {
        Queue {
            thread: self.thread,
            id: self.queue,
            first: self.first,
            last: self.last,
            start: self.start,
            ended,
            arrived: matches!(&self.origin, Origin::Client(arrival) if arrival.account.is_none()),
            accepted: self.accepted || !self.deliveries.is_empty() || self.delivered,
            delivered: self.delivered,
        }
    }

    /// Tells of the message. `ended`: nothing follows in another file.
    pub(super) fn settle(mut self, ended: bool, tell: &mut dyn Tell) {
        if self.rejected && !self.accepted {
            self.pending.leave_out(NoMail::NoMessage, tell);
            return;
        }
        let sent = self.delivered || !self.deliveries.is_empty();
        if matches!(self.origin, Origin::Unseen) && !sent && !self.accepted {
            self.pending.leave_out(NoMail::SessionCut, tell);
            return;
        }
        let queue = self.queue(ended);
        let key = self.key();
        let rows = self.pending.take();
        let sender_domain = domain_of(&self.sender);
        let (crossing, session) = match &self.origin {
            Origin::Client(arrival) => {
                let session = arrival.session.filter(|_| !arrival.tls.is_definite());
                let carrier = |key| Carrier { key, under_way: false, answer: None };
                (Some(arrival.crossing(sender_domain)), session.map(carrier))
            }
            _ => (None, None),
        };
        let id = Identity { network: Some(key), message_id: &self.internet_id };
        let base = Observation {
            crossing,
            internal: self.delivered && !matches!(self.origin, Origin::Unseen),
            failed: crossing.is_none() && !self.delivered,
            rows,
            session,
            queue: Some(&queue),
            relayed_as: self.handed_on,
            ..Observation::of_row(id, RowLayout::ManyRows, 0, self.first, &self.sender)
        };
        tell_of(&base, key, tell);
        for delivery in &self.deliveries {
            let remote_domain = some(&delivery.recipient_domain);
            let crossing = (!delivery.hop).then(|| Crossing {
                direction: Direction::Outbound,
                by_domains: false,
                connector: delivery.connector.as_deref(),
                connector_type: kind_of(delivery.connector.as_deref()),
                forced_tls: None,
                tls: delivery.tls,
                cipher: delivery.cipher.as_deref(),
                sender_domain,
                remote_domain,
                remote_host: some(&delivery.host),
                account: None,
                account_stated: false,
                method: AuthMethod::Unknown,
                sender: None,
                client_ip: None,
            });
            let carrier = |key| Carrier { key, under_way: false, answer: None };
            let observation = Observation {
                seconds: delivery.seconds,
                crossing,
                internal: false,
                rows: delivery.rows,
                session: delivery.session.map(carrier),
                queue: None,
                relayed_as: delivery.queued_as,
                ..base
            };
            tell_of(&observation, key, tell);
        }
    }
}

impl Arrival {
    fn crossing<'a>(&'a self, sender_domain: Option<&'a str>) -> Crossing<'a> {
        let submission = self.account.is_some();
        Crossing {
            direction: if submission { Direction::Submission } else { Direction::Inbound },
            by_domains: false,
            connector: self.connector.as_deref().filter(|_| !submission),
            connector_type: if submission {
                ConnectorType::Unknown
            } else {
                kind_of(self.connector.as_deref())
            },
            forced_tls: None,
            tls: self.tls,
            cipher: self.cipher.as_deref(),
            sender_domain,
            remote_domain: sender_domain.filter(|_| !submission),
            remote_host: some(&self.host).filter(|_| !submission),
            account: self.account.as_deref(),
            account_stated: submission,
            method: self.method,
            sender: None,
            client_ip: some(&self.address).filter(|_| submission),
        }
    }
}

fn kind_of(connector: Option<&str>) -> ConnectorType {
    if connector.is_some() { ConnectorType::Unknown } else { ConnectorType::NoConnector }
}

/// Tells of one observation. Its fingerprint is that of all it says, so that
/// only what says nothing new is a second copy.
fn tell_of(observation: &Observation<'_>, key: MessageKey, tell: &mut dyn Tell) {
    let mut said = Vec::with_capacity(160);
    said.extend_from_slice(&key.0.to_le_bytes());
    said.extend_from_slice(&observation.seconds.to_le_bytes());
    said.extend_from_slice(&observation.relayed_as.unwrap_or(0).to_le_bytes());
    let session = observation.session.map_or(0, |carrier| carrier.key.0);
    said.extend_from_slice(&session.to_le_bytes());
    said.push(u8::from(observation.internal) | u8::from(observation.failed) << 1);
    if let Some(queue) = observation.queue {
        said.extend_from_slice(&queue.last.to_le_bytes());
        said.push(
            u8::from(queue.ended)
                | u8::from(queue.accepted) << 1
                | u8::from(queue.delivered) << 2
                | u8::from(queue.arrived) << 3,
        );
    }
    let mut add = |text: &[u8]| {
        said.push(0);
        said.extend_from_slice(text);
    };
    add(observation.id.message_id);
    add(observation.sender.as_bytes());
    if let Some(crossing) = &observation.crossing {
        add(&[crossing.direction as u8, crossing.tls as u8, crossing.method as u8]);
        for text in [
            crossing.connector,
            crossing.cipher,
            crossing.remote_domain,
            crossing.remote_host,
            crossing.account,
            crossing.client_ip,
        ] {
            add(text.unwrap_or("").as_bytes());
        }
    }
    tell.message(&Observation { row: xxh3_64(&said), ..*observation });
}
