//! The account of files, and how messages are counted.

use crate::account::{
    Field, FileKind, Gap, Inference, LeftOut, NoMail, Problem, Unreadable, Warning,
};
use crate::mail::Direction;
use crate::text::Advice;

/// The panel "Files".
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Files {
    pub title: &'static str,
    pub summary: fn(files: u64, rows: u64, messages: u64) -> String,
    pub name: &'static str,
    pub format: &'static str,
    pub encoding: &'static str,
    pub size: &'static str,
    pub rows: &'static str,
    pub messages: &'static str,
    pub joined: &'static str,
    pub duplicates: &'static str,
    pub left_out: &'static str,
    pub period: &'static str,
    pub days: fn(first: &str, last: &str) -> String,
    pub not_recognised: &'static str,
    pub not_read: &'static str,
    pub details_of: fn(file: &str) -> String,
    pub details: &'static str,
    pub adds_up: &'static str,
    pub does_not_add_up: &'static str,
    pub reasons: &'static str,
    pub examples: &'static str,
    pub line: &'static str,
    pub reason: &'static str,
    pub text: &'static str,
    pub columns: &'static str,
    pub taken_for: &'static str,
    pub column: &'static str,
    pub chosen: &'static str,
    pub unfamiliar: &'static str,
    pub unfamiliar_note: &'static str,
    pub value: &'static str,
    pub inferred: &'static str,
    pub gaps: &'static str,
    pub warnings: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub download_account: &'static str,
    pub download_figures: &'static str,
    pub more: fn(u64) -> String,
    pub account_of: &'static str,
}

/// The way of a single mail, hop by hop.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct MailPath {
    pub title: &'static str,
    pub note: &'static str,
    pub hop: &'static str,
    pub from: &'static str,
    pub by: &'static str,
    pub protocol: &'static str,
    pub time: &'static str,
    pub delay: &'static str,
    pub local: &'static str,
    /// How long something took; negative where clocks are wrong.
    pub took: fn(seconds: i64) -> String,
    /// Which way a mail crosses the border on a hop.
    pub crosses: fn(Direction) -> &'static str,
    pub signed_in: fn(account: Option<&str>) -> String,
}

/// "How messages are counted".
pub struct Counting {
    /// The title.
    pub title: &'static str,
    /// One heading and one explanation for each rule.
    pub points: [(&'static str, &'static str); 8],
}

/// Words for what an account holds.
#[expect(missing_docs, reason = "each names the type that it speaks of")]
pub struct Words {
    pub field: fn(Field) -> &'static str,
    pub direction: fn(Direction) -> &'static str,
    pub no_mail: fn(NoMail) -> &'static str,
    pub unreadable: fn(Unreadable) -> &'static str,
    pub inference: fn(Inference) -> &'static str,
    pub gap: fn(Gap) -> &'static str,
    pub warning: fn(&Warning) -> Advice,
    pub problem: fn(&Problem) -> Advice,
    pub file_kind: fn(FileKind) -> &'static str,
}

impl Words {
    /// The reason for which a row was left out.
    pub fn left_out(&self, reason: LeftOut) -> &'static str {
        match reason {
            LeftOut::NoMail(reason) => (self.no_mail)(reason),
            LeftOut::Unreadable(reason) => (self.unreadable)(reason),
        }
    }
}
