//! Connections over which a process delivers mail, and the rows that wait for
//! a message.

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::Tell;
use super::mail_log::told_session;
use crate::account::{LeftOut, NoMail};
use crate::mail::{Direction, SessionKey, SessionPart, TlsState};

/// Rows that are not yet told of.
#[derive(Clone, Debug, Default)]
pub(super) struct Pending {
    pub(super) rows: u32,
    /// Line and beginning of the first of them.
    line: u64,
    pub(super) text: Vec<u8>,
}

impl Pending {
    pub(super) fn add(&mut self, line: u64, raw: &[u8]) {
        if self.rows == 0 {
            self.line = line;
            self.text.clear();
            self.text.extend_from_slice(&raw[..raw.len().min(800)]);
        }
        self.rows = self.rows.saturating_add(1);
    }

    pub(super) fn take(&mut self) -> u32 {
        std::mem::take(&mut self.rows)
    }

    pub(super) fn leave_out(&mut self, reason: NoMail, tell: &mut dyn Tell) {
        let rows = self.take();
        if rows > 0 {
            tell.left_out(LeftOut::NoMail(reason), u64::from(rows), self.line, &self.text);
        }
    }
}

/// How long after its connection a delivery may be told of, in seconds: the
/// time-outs of a transaction add up to about that (`smtp_data_done_timeout` and
/// others, postconf(5)).
pub(super) const LONGEST: u32 = 3_600;

/// A process that delivers one message after the other.
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
pub(super) struct Over {
    pub(super) tls: TlsState,
    pub(super) cipher: Option<String>,
    pub(super) session: Option<SessionKey>,
    pub(super) rows: u32,
}

impl Client {
    pub(super) fn new(process: u64, seconds: u32) -> Self {
        Self { process, relays: Vec::new(), last: seconds }
    }

    /// The TLS of a delivery of the message `thread` to `relay`.
    pub(super) fn over(
        &mut self,
        relay: u64,
        thread: u64,
        seconds: u32,
        file_begins: u32,
        tell: &mut dyn Tell,
    ) -> Over {
        let silent = Over { tls: TlsState::NotRecorded, cipher: None, session: None, rows: 0 };
        if let Some(known) = self.relays.iter_mut().find(|known| known.relay == relay) {
            let fresh = known.seconds.saturating_add(LONGEST) >= seconds;
            match known.used_by {
                None if fresh => known.used_by = Some(thread),
                Some(by) if by == thread && fresh => {}
                _ => {
                    // Used again: whose connection it is now is not known.
                    known.used_by = Some(thread);
                    known.tls = TlsState::NotRecorded;
                    known.session = None;
                    known.seconds = seconds;
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
        if seconds <= file_begins.saturating_add(LONGEST) {
            let name = [relay.to_le_bytes(), u64::from(seconds).to_le_bytes()].concat();
            let key = SessionKey(xxh3_64_with_seed(&name, self.process ^ 1));
            let parts = [None, Some(thread)].map(|of| SessionPart {
                thread: self.connection(relay, of),
                first: seconds,
                last: seconds,
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
                seconds,
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

    /// Takes note of a connection that was made with TLS.
    pub(super) fn connects(
        &mut self,
        relay: u64,
        (tls, cipher): (TlsState, Option<String>),
        seconds: u32,
        pending: Pending,
        tell: &mut dyn Tell,
    ) {
        let connection =
            Connection { relay, tls, cipher, seconds, used_by: None, session: None, pending };
        self.remember(connection, tell);
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

/// Host and address of a relay, hashed; its port is not logged by all
/// versions.
pub(super) fn relay_of(text: &[u8]) -> u64 {
    let end = text.iter().position(|&byte| byte == b']').map_or(text.len(), |at| at + 1);
    xxh3_64(&text[..end])
}
