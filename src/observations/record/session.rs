//! What a log says of a session.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::crossing::Crossed;
use super::{Keys, is_false, plain, text};
use crate::mail::{Session, SessionKey, SessionPart};
use crate::observations::codes::{Hash, Text, bytes_of, digits_of};

/// What a log says of a session.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Told<'a> {
    pub(in super::super) file: u32,
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(in super::super) keys: Keys,
    key: Hash,
    #[serde(borrow)]
    crossing: Crossed<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    under_way: Option<u32>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    message_id: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    message_id_bytes: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    awaits: Option<u32>,
    #[serde(default, skip_serializing_if = "is_false")]
    hop: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    front_end: Option<Hash>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartOf>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct PartOf {
    thread: Hash,
    first: u32,
    last: u32,
    starts: bool,
    ends: bool,
}

impl<'a> Told<'a> {
    pub(in super::super) fn of(file: u32, keys: Keys, told: &Session<'a>) -> Self {
        let readable = std::str::from_utf8(told.message_id).ok();
        let hex = || Text(Cow::Owned(digits_of(told.message_id)));
        Self {
            file,
            keys,
            key: Hash(told.key.0),
            crossing: Crossed::of(&told.crossing),
            under_way: told.under_way,
            message_id: text(readable.filter(|id| !id.is_empty())),
            message_id_bytes: readable.is_none().then(hex),
            awaits: told.awaits,
            hop: told.hop,
            front_end: told.front_end.map(|key| Hash(key.0)),
            parts: told
                .parts
                .iter()
                .map(|part| PartOf {
                    thread: Hash(part.thread),
                    first: part.first,
                    last: part.last,
                    starts: part.starts,
                    ends: part.ends,
                })
                .collect(),
        }
    }

    /// Hands on what the record says; `None` where its Message-ID is no bytes.
    pub(in super::super) fn tell(&self, take: impl FnOnce(&Session<'_>)) -> Option<()> {
        let parts: Vec<SessionPart> = self
            .parts
            .iter()
            .map(|part| SessionPart {
                thread: part.thread.0,
                first: part.first,
                last: part.last,
                starts: part.starts,
                ends: part.ends,
            })
            .collect();
        let bytes = match &self.message_id_bytes {
            Some(digits) => Some(bytes_of(&digits.0)?),
            None => None,
        };
        let written = plain(self.message_id.as_ref()).unwrap_or_default();
        take(&Session {
            key: SessionKey(self.key.0),
            crossing: self.crossing.crossing(),
            under_way: self.under_way,
            message_id: bytes.as_deref().unwrap_or(written.as_bytes()),
            awaits: self.awaits,
            hop: self.hop,
            front_end: self.front_end.map(|key| SessionKey(key.0)),
            parts: &parts,
        });
        Some(())
    }
}
