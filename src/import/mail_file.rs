//! A mail, or a mailbox of many (RFC 4155), as a stream: of each only the
//! header is held, and where an SMTP TLS report is attached (RFC 8460, 3), that
//! attachment. Such a mail is a report; what brought it is no row.

use super::formats::received::{self, Mail, is_postmark};
use super::formats::tls_report::{self, REPORT_LIMIT, is_report, read_report};
use super::formats::{Notes, Tell};
use super::mail_message::{Field, FieldLine, Head, Header, Lines, Part, Parts, Piece};
use super::open::Gunzip;
use crate::account::{Gap, Hop, LeftOut, Unreadable, Warning};
use crate::mail::Choices;

/// The longest attachment that is held, in bytes.
const LONGEST_ATTACHMENT: usize = 16 << 20;

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
            line: 0,
            report: Report::No,
            count: 0,
            reports: 0,
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
        if let State::Header(header, _) = &mut mails.state {
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

    /// What the file is called: mail, or reports if it has nothing else.
    pub(super) fn format(&self) -> &'static str {
        if self.holds_mail() { received::NAME } else { tls_report::NAME }
    }

    /// What it cannot tell.
    pub(super) fn gaps(&self) -> Vec<Gap> {
        if self.holds_mail() { received::GAPS.to_vec() } else { Vec::new() }
    }

    fn holds_mail(&self) -> bool {
        self.mails.count > self.mails.reports || self.mails.reports == 0
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
    Header(Header, Head),
    Body(Parts),
}

/// Whether a mail is an SMTP TLS report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Report {
    No,
    /// Its header says so.
    Announced,
    /// One was attached.
    Read,
}

struct Mails {
    choices: Choices,
    /// The file starts as a mailbox does, so others may follow the first mail.
    mailbox: bool,
    state: State,
    mail: Mail,
    /// Line on which it starts.
    line: u64,
    report: Report,
    /// Mails that have ended, and those of them that are reports.
    count: u64,
    reports: u64,
    /// Those without a `Received` field, reports left out.
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
                if let State::Header(header, _) = &mut self.state {
                    let mail = &mut self.mail;
                    header.end(&mut |field| mail.field(field));
                }
                self.settle(notes, tell);
            }
            self.begin(piece.line);
            return;
        }
        if first {
            if piece.text.is_empty() {
                return;
            }
            self.begin(piece.line);
        }
        let Self { state, mail, report, rows, .. } = self;
        match state {
            State::Start => {}
            State::Header(header, head) => {
                let mut take = |field: Field<'_>| {
                    head.field(field.name, field.value);
                    mail.field(field);
                };
                if header.line(piece, &mut take) == FieldLine::End {
                    let head = std::mem::take(head);
                    if head.parameter("report-type").is_some_and(|kind| kind == "tlsrpt") {
                        *report = Report::Announced;
                    }
                    *state = State::Body(Parts::new(head, may_be_report, LONGEST_ATTACHMENT));
                }
            }
            State::Body(parts) if parts.is_over() => {}
            State::Body(parts) => {
                parts.line(piece, &mut |part| read_part(part, report, rows, tell));
            }
        }
    }

    fn begin(&mut self, line: u64) {
        self.line = line;
        self.state = State::Header(Header::default(), Head::default());
    }

    /// Tells of the mail that has ended.
    fn settle(&mut self, notes: &mut Notes, tell: &mut dyn Tell) {
        let Self { report, rows, .. } = self;
        match std::mem::replace(&mut self.state, State::Start) {
            State::Start => return,
            State::Header(..) => {}
            State::Body(mut parts) => {
                parts.finish(&mut |part| read_part(part, report, rows, tell));
            }
        }
        let mail = std::mem::take(&mut self.mail);
        self.count += 1;
        match std::mem::replace(&mut self.report, Report::No) {
            Report::No => {}
            Report::Announced => {
                // It has none, or lost it.
                self.reports += 1;
                self.rows += 1;
                let reason = LeftOut::Unreadable(Unreadable::MissingField);
                return tell.left_out(
                    reason,
                    1,
                    self.line,
                    b"Content-Type: \xe2\x80\xa6/tlsrpt+gzip",
                );
            }
            Report::Read => {
                self.reports += 1;
                return;
            }
        }
        self.silent += u64::from(!mail.is_received());
        let settled = mail.settle(&self.choices, self.count == 1, notes, tell);
        self.rows += settled.rows;
        if self.count == 1 {
            self.path = settled.path;
        }
    }
}

/// Whether a part says that it is a report, or is called like one (RFC 8460,
/// 5.1).
fn may_be_report(head: &Head) -> bool {
    is_report_type(head) || head.kind.starts_with("application/") && head.has_name(".json")
}

/// `application/tlsrpt+gzip` and `…+json` (RFC 8460, 6.4 and 6.5); some leave
/// out how it is packed.
fn is_report_type(head: &Head) -> bool {
    head.kind.starts_with("application/tlsrpt")
}

/// Reads a part that may be a report. One that only has its name is one if it
/// is one by what is in it.
fn read_part(part: Part, report: &mut Report, rows: &mut u64, tell: &mut dyn Tell) {
    let Part { head, body, line, over } = part;
    let text = unpacked(body, over);
    let is_one = is_report_type(&head)
        || *report == Report::Announced
        || text.as_ref().is_ok_and(|text| is_report(text));
    if !is_one {
        return;
    }
    *report = Report::Read;
    *rows += match text {
        Ok(text) => read_report(&text, line, tell),
        Err(reason) => {
            let name = head.disposition.as_bytes();
            tell.left_out(LeftOut::Unreadable(reason), 1, line, name);
            1
        }
    };
}

/// The text of an attachment, which may be packed or not whatever it says.
fn unpacked(body: Vec<u8>, over: bool) -> Result<Vec<u8>, Unreadable> {
    if over {
        return Err(Unreadable::TooLong);
    }
    if !Gunzip::is_gzip(&body) {
        return Ok(body);
    }
    let mut text = Vec::new();
    let mut gunzip = Gunzip::new();
    let whole = gunzip.push(&body, &mut |plain| {
        text.extend_from_slice(plain);
        text.len() <= REPORT_LIMIT
    });
    let end = gunzip.finish();
    match (whole, end.damaged, end.cut_off) {
        (false, ..) => Err(Unreadable::TooLong),
        (_, true, _) => Err(Unreadable::Damaged),
        (_, _, true) => Err(Unreadable::CutOff),
        _ => Ok(text),
    }
}
