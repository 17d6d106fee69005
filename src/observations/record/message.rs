//! A row, or a hop, that tells of a message.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::border::Bordered;
use super::crossing::Crossed;
use super::{Keys, is_false, is_one, one, plain, text};
use crate::mail::{
    Border, Carrier, Identity, MessageKey, Observation, Queue, RowLayout, SessionKey, Start,
};
use crate::observations::codes::{Coded, Hash, Hexadecimal, Text, bytes_of, digits_of};

/// A row, or a hop, that tells of a message.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names of the field")]
pub(in super::super) struct Message<'a> {
    pub(in super::super) file: u32,
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(in super::super) keys: Keys,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    network_message_id: Option<Hexadecimal>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    message_id: Option<Text<'a>>,
    /// Of one that is no UTF-8.
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    message_id_bytes: Option<Text<'a>>,
    layout: Coded<RowLayout>,
    row: Hash,
    seconds: u32,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    sender: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    crossing: Option<Crossed<'a>>,
    #[serde(default, skip_serializing_if = "is_false")]
    internal: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    failed: bool,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: u32,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    rows: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    session: Option<Carried>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    queue: Option<Queued>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    relayed_as: Option<Hash>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    border: Option<Bordered<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Carried {
    key: Hash,
    #[serde(default, skip_serializing_if = "is_false")]
    under_way: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<u32>,
}

#[derive(Debug, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Queued {
    thread: Hash,
    id: Hash,
    first: u32,
    last: u32,
    start: Coded<Start>,
    ended: bool,
    arrived: bool,
    accepted: bool,
    delivered: bool,
}

impl<'a> Message<'a> {
    pub(in super::super) fn of(
        file: u32,
        keys: Keys,
        told: &Observation<'a>,
        border: Option<Border<&'a str>>,
    ) -> Self {
        let id = told.id.message_id;
        let readable = std::str::from_utf8(id).ok();
        Self {
            file,
            keys,
            network_message_id: told.id.network.map(|key| Hexadecimal(key.0)),
            message_id: text(readable.filter(|id| !id.is_empty())),
            message_id_bytes: readable.is_none().then(|| Text(Cow::Owned(digits_of(id)))),
            layout: Coded(told.layout),
            row: Hash(told.row),
            seconds: told.seconds,
            sender: text(Some(told.sender).filter(|sender| !sender.is_empty())),
            crossing: told.crossing.as_ref().map(Crossed::of),
            internal: told.internal,
            failed: told.failed,
            count: told.count,
            rows: told.rows,
            session: told.session.map(|carrier| Carried {
                key: Hash(carrier.key.0),
                under_way: carrier.under_way,
                answer: carrier.answer,
            }),
            queue: told.queue.map(|queue| Queued {
                thread: Hash(queue.thread),
                id: Hash(queue.id),
                first: queue.first,
                last: queue.last,
                start: Coded(queue.start),
                ended: queue.ended,
                arrived: queue.arrived,
                accepted: queue.accepted,
                delivered: queue.delivered,
            }),
            relayed_as: told.relayed_as.map(Hash),
            border: border.map(Bordered::of),
        }
    }

    /// Hands on what the record says; `None` where its Message-ID is no bytes.
    pub(in super::super) fn tell(
        &self,
        take: impl FnOnce(&Observation<'_>, Option<Border<&str>>),
    ) -> Option<()> {
        let queue = self.queue.as_ref().map(|queue| Queue {
            thread: queue.thread.0,
            id: queue.id.0,
            first: queue.first,
            last: queue.last,
            start: queue.start.0,
            ended: queue.ended,
            arrived: queue.arrived,
            accepted: queue.accepted,
            delivered: queue.delivered,
        });
        let bytes = match &self.message_id_bytes {
            Some(digits) => Some(bytes_of(&digits.0)?),
            None => None,
        };
        let written = plain(self.message_id.as_ref()).unwrap_or_default();
        let observation = Observation {
            id: Identity {
                network: self.network_message_id.map(|key| MessageKey(key.0)),
                message_id: bytes.as_deref().unwrap_or(written.as_bytes()),
            },
            layout: self.layout.0,
            row: self.row.0,
            seconds: self.seconds,
            sender: plain(self.sender.as_ref()).unwrap_or_default(),
            crossing: self.crossing.as_ref().map(Crossed::crossing),
            internal: self.internal,
            failed: self.failed,
            count: self.count,
            rows: self.rows,
            session: self.session.as_ref().map(|carried| Carrier {
                key: SessionKey(carried.key.0),
                under_way: carried.under_way,
                answer: carried.answer,
            }),
            queue: queue.as_ref(),
            relayed_as: self.relayed_as.map(|id| id.0),
        };
        take(&observation, self.border.as_ref().map(Bordered::border));
        Some(())
    }
}
