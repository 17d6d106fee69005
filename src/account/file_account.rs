use serde::{Deserialize, Serialize};

use super::{
    ColumnUse, DOCUMENT_FORMAT, Example, Gap, Inference, NoMail, Problem, SAVED_FORMAT, Unfamiliar,
    Unreadable, Warning,
};
use crate::mail::{Border, Direction, TlsState};

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileAccount {
    /// Name, with the archive's in front (`week.zip/monday.csv`).
    pub name: String,
    /// Name of the format, in its maker's words; `None` where not recognised.
    pub format: Option<String>,
    /// Character encoding, e.g. `UTF-16LE`.
    pub encoding: String,
    /// Bytes of the file as dropped (of the entry, in an archive).
    pub bytes: u64,
    /// All rows.
    pub rows: u64,
    /// Rows that opened a message.
    pub messages: u64,
    /// Rows that joined a message opened by another row.
    pub joined: u64,
    /// Rows that are a policy of an SMTP TLS report: they tell of sessions, not
    /// of messages.
    pub policies: u64,
    /// Second copies of rows that are counted elsewhere.
    pub duplicates: u64,
    /// Rows that carry no mail; reasons in order, none with zero.
    pub no_mail: Vec<(NoMail, u64)>,
    /// Rows that could not be read; reasons in order, none with zero.
    pub unreadable: Vec<(Unreadable, u64)>,
    /// The first rows that were left out, by line.
    pub examples: Vec<Example>,
    /// Seconds of the first and last row that was read.
    pub period: Option<(u32, u32)>,
    /// How the columns were taken.
    pub columns: Vec<ColumnUse>,
    /// Values that are not understood, most frequent first.
    pub unfamiliar: Vec<Unfamiliar>,
    /// What was concluded, with the number of rows.
    pub inferred: Vec<(Inference, u64)>,
    /// What the format cannot tell.
    pub gaps: Vec<Gap>,
    /// What a person should know.
    pub warnings: Vec<Warning>,
    /// Why the file gave no rows.
    pub problem: Option<Problem>,
    /// Attempts to sign in with SMTP AUTH that were refused, second copies
    /// left out.
    pub refused_sign_ins: u64,
    /// Of its counts that other files have the messages of: how many messages
    /// it counts, and how many the other files tell of.
    pub covered: Option<(u64, u64)>,
    /// Made by the sample generator: fictitious.
    pub fictitious: bool,
    /// Whether a person may say which of its columns is what.
    pub mappable: bool,
    /// Whether the columns were taken as a person had them remembered for
    /// this header.
    pub remembered: bool,
    /// The way of the only mail in it, first hop first.
    pub path: Vec<Hop>,
    /// How many files were counted for it, if it is a document that tells so:
    /// those are what was read.
    pub brought: u32,
    /// Where it was read, if that was elsewhere.
    pub elsewhere: Option<Elsewhere>,
}

/// Where a file was read, if that was elsewhere, and what it was called there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Elsewhere {
    /// It came in a saved analysis, and is counted here with all other files.
    Saved(String),
    /// It came with a document of cells, which were counted there: so its
    /// figures are those of elsewhere, whatever is counted here.
    Counted(String),
}

/// One hop of a mail's way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// Name and address of the server that sent.
    pub from: Option<String>,
    /// Name and address of the server that received.
    pub by: Option<String>,
    /// The protocol, as written.
    pub protocol: Option<String>,
    /// TLS of the connection.
    pub tls: TlsState,
    /// Cipher suite as written.
    pub cipher: Option<String>,
    /// Seconds since 1970-01-01T00:00:00Z, by the receiving server's clock.
    pub seconds: Option<u32>,
    /// Seconds since the hop before: negative where clocks are wrong.
    pub delay: Option<i64>,
    /// The client signed in with SMTP AUTH.
    pub signed_in: bool,
    /// As whom, where that is stated.
    pub account: Option<String>,
    /// Which way the mail crosses the organization's border here, by the own
    /// domains.
    pub direction: Option<Direction>,
    /// What they tell it by.
    pub border: Option<Border<String>>,
}

impl FileAccount {
    /// What it was called where it was read.
    pub fn read_as(&self) -> &str {
        match &self.elsewhere {
            None => &self.name,
            Some(Elsewhere::Saved(name) | Elsewhere::Counted(name)) => name,
        }
    }

    /// Whether what it tells was read or counted elsewhere: it is in a saved
    /// analysis, or is a document of cells or messages.
    pub fn is_of_elsewhere(&self) -> bool {
        let formats = [SAVED_FORMAT, DOCUMENT_FORMAT];
        self.elsewhere.is_some() || self.format.as_deref().is_some_and(|own| formats.contains(&own))
    }

    /// Whether it came with a document of cells, which were counted elsewhere:
    /// what it was as a file is not known.
    pub const fn is_counted_elsewhere(&self) -> bool {
        matches!(self.elsewhere, Some(Elsewhere::Counted(_)))
    }

    /// The same as a file of the file `within`, which brought it.
    #[must_use]
    pub fn within(&self, within: &str) -> Self {
        let name = self.read_as().to_owned();
        Self {
            name: format!("{within}/{name}"),
            elsewhere: Some(if self.is_counted_elsewhere() {
                Elsewhere::Counted(name)
            } else {
                Elsewhere::Saved(name)
            }),
            ..self.clone()
        }
    }

    /// Rows that carry no mail, of all reasons.
    pub fn no_mail_rows(&self) -> u64 {
        self.no_mail.iter().map(|(_, rows)| rows).sum()
    }

    /// Rows that could not be read, of all reasons.
    pub fn unreadable_rows(&self) -> u64 {
        self.unreadable.iter().map(|(_, rows)| rows).sum()
    }

    /// Whether every row is accounted for, exactly once.
    pub fn adds_up(&self) -> bool {
        self.rows
            == self.messages
                + self.joined
                + self.policies
                + self.duplicates
                + self.no_mail_rows()
                + self.unreadable_rows()
    }
}
