//! The records, as they stand in a line, and their way to what readers tell
//! and back.

mod account;
mod border;
mod counts;
mod crossing;
mod elsewhere;
mod message;
mod policy;
mod refused;
mod session;

use serde::{Deserialize, Serialize};

use super::codes::{Hexadecimal, Text};

pub(super) use self::account::Account;
pub(super) use self::counts::Counts;
pub(super) use self::elsewhere::Elsewhere;
pub(super) use self::message::Message;
pub(super) use self::policy::Policy;
pub(super) use self::refused::Refused;
pub(super) use self::session::Told;

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Record<'a> {
    /// The first of all.
    Observations(Head),
    #[serde(borrow)]
    Message(Box<Message<'a>>),
    #[serde(borrow)]
    Counts(Box<Counts<'a>>),
    #[serde(borrow)]
    Session(Box<Told<'a>>),
    #[serde(borrow)]
    RefusedSignIn(Box<Refused<'a>>),
    TlsReport(Box<Policy>),
    #[serde(borrow)]
    Counted(Box<Elsewhere<'a>>),
    /// All that a file tells of what was counted elsewhere was told.
    CountedEnd(OfFile),
    /// The last of a file.
    Account(Box<Account>),
}

/// What the lines are.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) version: u32,
    /// The clock, in seconds since 1970.
    pub(super) now: u32,
}

/// Keys of a record, which is read without them.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys(pub(super) Vec<Hexadecimal>);

impl Keys {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Keys {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| Self::default())
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn is_one(count: &u32) -> bool {
    *count == 1
}

fn one() -> u32 {
    1
}

fn text(text: Option<&str>) -> Option<Text<'_>> {
    text.map(Text::from)
}

fn plain<'t>(text: Option<&'t Text<'_>>) -> Option<&'t str> {
    text.map(|text| text.0.as_ref())
}

/// Of which file something is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OfFile {
    pub(super) file: u32,
}
