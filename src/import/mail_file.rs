//! A mail, or a mailbox of many (RFC 4155), as a stream: of each only the
//! header is held.

use super::formats::received::{Mail, is_postmark};
use super::formats::{Notes, Tell};
use super::mail_message::{FieldLine, Header, Lines, Piece};
use crate::account::{Hop, Warning};
use crate::mail::Choices;

/// Reads a file of mail.
pub(super) struct MailFile {
    lines: Lines,
    mails: Mails,
}

impl MailFile {
    pub(super) fn new(choices: &Choices) -> Self {
        let mails = Mails {
            choices: choices.clone(),
            mailbox: false,
            state: State::Start,
            mail: Mail::default(),
            count: 0,
            silent: 0,
            path: Vec::new(),
            rows: 0,
        };
        Self { lines: Lines::default(), mails }
    }

    /// Takes the next of the text; how many rows it brought.
    pub(super) fn push(&mut self, text: &[u8], notes: &mut Notes, tell: &mut dyn Tell) -> u64 {
        let Self { lines, mails } = self;
        lines.push(text, &mut |piece| mails.line(piece, notes, tell));
        std::mem::take(&mut mails.rows)
    }

    /// The file ends, `cut_off` in the middle; how many rows that brought.
    pub(super) fn finish(&mut self, cut_off: bool, notes: &mut Notes, tell: &mut dyn Tell) -> u64 {
        let Self { lines, mails } = self;
        lines.finish(&mut |piece| mails.line(piece, notes, tell));
        if let State::Header(header) = &mut mails.state {
            let mail = &mut mails.mail;
            let mut last_is_received = false;
            header.end(&mut |field| {
                last_is_received = field.name.eq_ignore_ascii_case(b"Received");
                mail.field(field);
            });
            if cut_off && last_is_received {
                mail.cut(&mut mails.rows, tell);
            }
        }
        mails.settle(notes, tell);
        std::mem::take(&mut mails.rows)
    }

    /// The way of the only mail.
    pub(super) fn path(&self) -> Vec<Hop> {
        if self.mails.count == 1 { self.mails.path.clone() } else { Vec::new() }
    }

    /// What a person should know.
    pub(super) fn warning(&self) -> Option<Warning> {
        let mails = self.mails.silent;
        (mails > 0).then_some(Warning::NoReceived { mails })
    }
}

enum State {
    /// Nothing but blank lines yet.
    Start,
    Header(Header),
    Body,
}

struct Mails {
    choices: Choices,
    /// The file starts as a mailbox does, so others may follow the first mail.
    mailbox: bool,
    state: State,
    mail: Mail,
    /// Mails that have ended.
    count: u64,
    /// Those without a `Received` field.
    silent: u64,
    path: Vec<Hop>,
    /// Rows since they were last asked for.
    rows: u64,
}

impl Mails {
    fn line(&mut self, piece: Piece<'_>, notes: &mut Notes, tell: &mut dyn Tell) {
        let first = matches!(self.state, State::Start);
        let starts = piece.starts && piece.text.starts_with(b"From ");
        if starts && (first || self.mailbox && is_postmark(piece.text)) {
            self.mailbox |= is_postmark(piece.text);
            if !first {
                if let State::Header(header) = &mut self.state {
                    let mail = &mut self.mail;
                    header.end(&mut |field| mail.field(field));
                }
                self.settle(notes, tell);
            }
            self.state = State::Header(Header::default());
            return;
        }
        if first {
            if piece.text.is_empty() {
                return;
            }
            self.state = State::Header(Header::default());
        }
        if let State::Header(header) = &mut self.state {
            let mail = &mut self.mail;
            if header.line(piece, &mut |field| mail.field(field)) == FieldLine::End {
                self.state = State::Body;
            }
        }
    }

    /// Tells of the mail that has ended.
    fn settle(&mut self, notes: &mut Notes, tell: &mut dyn Tell) {
        if matches!(self.state, State::Start) {
            return;
        }
        self.state = State::Start;
        let mail = std::mem::take(&mut self.mail);
        self.count += 1;
        self.silent += u64::from(!mail.is_received());
        let settled = mail.settle(&self.choices, self.count == 1, notes, tell);
        self.rows += settled.rows;
        if self.count == 1 {
            self.path = settled.path;
        }
    }
}
