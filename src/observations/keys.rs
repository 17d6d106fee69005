//! The keys of a record: records that share one may speak of one message, and
//! none that share none do.

use xxhash_rust::xxh3::xxh3_64;

use crate::mail::{MessageKey, Observation, RefusedSignIn, Session, TlsReport};

/// What a key of 64 bits is of, so that keys of two kinds are never the same.
#[derive(Clone, Copy)]
#[repr(u64)]
enum Kind {
    Row = 1,
    Session,
    /// What sessions or messages are put together by, over several files.
    Thread,
    /// A queue id, whichever server's.
    QueueId,
    Attempt,
    File,
    Report,
}

fn key(kind: Kind, value: u64) -> u128 {
    u128::from(kind as u64) << 64 | u128::from(value)
}

/// A key, and what it is to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The key.
    pub key: u128,
    /// The record borrows what a session tells, if anything, and gives it
    /// nothing: such records need the session's, but not each other.
    pub borrows: bool,
}

/// The keys of a record.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The key that nearly all records of one message have in common.
    pub main: u128,
    /// The others.
    pub others: Vec<Link>,
}

impl Links {
    fn start(&mut self, main: u128) {
        self.main = main;
        self.others.clear();
    }

    fn add(&mut self, key: u128, borrows: bool) {
        // What links a record with itself tells something of a session only.
        if key != self.main || borrows {
            self.others.push(Link { key, borrows });
        }
    }

    /// All keys, the main one first.
    pub fn all(&self) -> impl Iterator<Item = u128> {
        let others = self.others.iter().map(|link| link.key).filter(|key| *key != self.main);
        std::iter::once(self.main).chain(others)
    }

    pub(super) fn of_message(&mut self, told: &Observation<'_>) {
        let id = told.id.message_id;
        let row = key(Kind::Row, told.row);
        self.start(match told.id.network {
            _ if !id.is_empty() => MessageKey::of_message_id(id).0,
            Some(network) => network.0,
            None => row,
        });
        if let Some(network) = told.id.network {
            self.add(network.0, false);
        }
        // A row of a table is one text, with its ids in it. What a log tells
        // in several lines may be told with an id in one file only.
        let by_itself = told.queue.is_none()
            && told.session.is_none()
            && told.relayed_as.is_none()
            && told.rows == 1;
        if !by_itself {
            self.add(row, false);
        }
        if let Some(queue) = told.queue {
            self.add(key(Kind::Thread, queue.thread), false);
            self.add(key(Kind::QueueId, queue.id), false);
        }
        if let Some(id) = told.relayed_as {
            self.add(key(Kind::QueueId, id), false);
        }
        if let Some(carrier) = told.session {
            let borrows = !carrier.under_way && carrier.answer.is_none();
            self.add(key(Kind::Session, carrier.key.0), borrows);
        }
    }

    pub(super) fn of_session(&mut self, told: &Session<'_>) {
        self.start(key(Kind::Session, told.key.0));
        let lends_only = told.under_way.is_none()
            && told.message_id.is_empty()
            && told.awaits.is_none()
            && !told.hop
            && told.front_end.is_none()
            && told.parts.is_empty();
        // A session that does more than lend is linked with all that name it.
        self.others.push(Link { key: self.main, borrows: lends_only });
        if !told.message_id.is_empty() {
            self.add(MessageKey::of_message_id(told.message_id).0, false);
        }
        if let Some(front_end) = told.front_end {
            self.add(key(Kind::Session, front_end.0), false);
        }
        for part in told.parts {
            self.add(key(Kind::Thread, part.thread), false);
        }
    }

    pub(super) fn of_refused(&mut self, told: &RefusedSignIn<'_>) {
        self.start(key(Kind::Attempt, told.attempt));
        self.add(key(Kind::Session, told.session.0), true);
    }

    /// Counts are compared with those of all other files, at the end.
    pub(super) fn of_counts(&mut self, file: u32) {
        self.start(key(Kind::File, file.into()));
    }

    pub(super) fn of_report(&mut self, told: &TlsReport) {
        let name = [told.organization.as_str(), &told.report_id, &told.domain].join("\n");
        self.start(key(Kind::Report, xxh3_64(name.as_bytes())));
    }

    /// Parts that were counted elsewhere are known as a whole.
    pub(super) fn of_counted(&mut self, file: u32) {
        self.start(key(Kind::File, file.into()));
    }

    pub(super) fn of_account(&mut self, file: u32) {
        self.start(key(Kind::File, file.into()));
    }
}
