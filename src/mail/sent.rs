//! Single messages: what rows say of one beyond what is counted, and the
//! messages that an account sent, joined with that.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{AuthMethod, Day, TlsState};

/// The most bytes that are held for what rows say of single messages: a
/// million of them are joined within a gigabyte of a tab's memory.
pub const MESSAGE_BYTES: usize = 512_000_000;

/// What a row says of its message that is not counted. Read only where
/// messages are to be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Particulars<'a> {
    /// Addresses of recipients as written, each in a line.
    pub recipients: Cow<'a, str>,
    /// What became of it: one for all recipients, or one for each, in lines.
    pub statuses: Cow<'a, str>,
    /// The subject as written.
    pub subject: Cow<'a, str>,
    /// IP address of the client.
    pub client_ip: Cow<'a, str>,
}

impl Particulars<'_> {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.recipients.is_empty() && self.statuses.is_empty() && self.subject.is_empty()
    }
}

/// Which messages are wanted: those of one SMTP AUTH client in some days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentQuery {
    /// The account, lower case; empty where the source leaves it out.
    pub account: String,
    /// Its domain.
    pub domain: String,
    /// The first and last UTC day, both included; `None` for all of them.
    pub days: Option<(Day, Day)>,
    /// What recipients or subject must hold, in upper or lower case; empty for
    /// all messages.
    pub search: String,
}

/// How many messages there are of what was asked for, and what is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentCounts {
    /// Messages of the account in those days.
    pub messages: u64,
    /// Those of them that the search finds.
    pub found: u64,
    /// Those of them of which no row tells recipients or subject.
    pub untraced: u64,
    /// Messages with the account's address as sender, in those days, which no
    /// row knows as sent with SMTP AUTH. They are not listed.
    pub only_traced: u64,
    /// Rows of all files that are kept.
    pub kept: u64,
    /// Rows of all files that are not kept, since memory is full.
    pub left_out: u64,
    /// Bytes that those kept take.
    pub bytes: u64,
}

/// A message that an account sent with SMTP AUTH, with all that rows say of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentMessage {
    /// Seconds since 1970-01-01T00:00:00Z of the submission.
    pub seconds: u32,
    /// The first recipients as written, in the order of their addresses.
    pub recipients: Vec<String>,
    /// How many others it has.
    pub more_recipients: u64,
    /// Subjects as written: one, but for files that do not agree.
    pub subjects: Vec<String>,
    /// What became of it, each with the number of recipients, the most first;
    /// of a recipient the last that a row says.
    pub statuses: Vec<(String, u64)>,
    /// Recipients whose status is another.
    pub more_statuses: u64,
    /// IP address of the client; empty where no row says.
    pub client_ip: String,
    /// TLS of the submission; several only where rows recorded several.
    pub tls: Vec<TlsState>,
    /// Cipher suite as written; empty where no row says.
    pub cipher: String,
    /// How the account signed in.
    pub method: Option<AuthMethod>,
    /// Whether any row tells of recipients or subject.
    pub traced: bool,
}
