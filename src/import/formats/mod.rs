//! One file per format, or a folder of its tasks where it is long: its
//! signature, its reader, and where each field comes from. Adding a format is
//! one file here and one line in [`FORMATS`].

mod connections;
mod connector_report;
pub(super) mod counted;
mod custom_data;
pub(super) mod document;
mod enhanced_summary;
mod exchange_log;
mod exim;
mod extended_report;
mod google_email_log;
pub(super) mod json_items;
mod mail_log;
mod message_trace;
mod message_trace_detail;
mod message_tracking;
mod messages_report;
mod opensmtpd;
mod postfix;
pub(super) mod received;
mod row;
mod sendmail;
mod shares;
mod smtp_auth_clients;
mod smtp_auth_report;
mod smtp_protocol;
pub(super) mod tls_report;
mod words;

use super::columns::{Columns, Header};
use super::csv::Record;
use super::particulars::Places;
use super::sink::Settings;
use crate::account::{Field, Gap, LeftOut, Mapping};
use crate::mail::{Aggregate, Border, Observation, Ready, RefusedSignIn, Session, TlsReport};

pub(crate) use row::Notes;
pub(crate) use words::meaning;

/// A table format.
pub(crate) struct TableFormat {
    /// The export's name, in its maker's words.
    pub(crate) name: &'static str,
    /// Whether a header is this format's. No header is two formats'.
    pub(crate) signature: fn(&Header) -> bool,
    /// A reader for a table with this header.
    pub(crate) reader: fn(&Header, &Mapping) -> Opened,
}

/// A log, in lines.
pub(crate) struct LogFormat {
    /// The log's name, in its maker's words.
    pub(crate) name: &'static str,
    /// Lines are no comma-separated fields.
    pub(crate) by_line: bool,
    /// Whether a text, from its first 64 kB, is this format's. No text is two
    /// formats'.
    pub(crate) signature: fn(&[u8]) -> bool,
    /// A reader for a log that starts so.
    pub(crate) reader: fn(&[u8], &Settings) -> Box<dyn RowReader>,
}

/// Every log, in the order in which signatures are tried.
pub(crate) const LOGS: [LogFormat; 7] = [
    message_tracking::FORMAT,
    smtp_protocol::RECEIVE,
    smtp_protocol::SEND,
    postfix::FORMAT,
    exim::FORMAT,
    sendmail::FORMAT,
    opensmtpd::FORMAT,
];

/// A reader, or what it lacks.
pub(crate) type Opened = Result<Box<dyn RowReader>, Box<MissingColumns>>;

/// Required fields for which no column was found, and what was.
#[derive(Debug)]
pub(crate) struct MissingColumns {
    pub(crate) missing: Vec<Field>,
    pub(crate) found: Columns,
}

/// Who is told what a reader makes of its rows.
pub(crate) trait Tell {
    /// A message, or a part of its life.
    fn message(&mut self, observation: &Observation<'_>);

    /// One hop of a mail, which may cross this border.
    fn hop(&mut self, observation: &Observation<'_>, border: Border<&str>);

    /// Messages that the source has counted.
    fn aggregate(&mut self, aggregate: &Aggregate<'_>);

    /// An SMTP session.
    fn session(&mut self, session: &Session<'_>);

    /// A refused attempt to sign in.
    fn refused_sign_in(&mut self, refused: &RefusedSignIn<'_>);

    /// A policy of an SMTP TLS report.
    fn tls_report(&mut self, report: TlsReport);

    /// What was counted elsewhere, and is in that part of the file.
    fn ready(&mut self, part: u32, ready: &Ready<'_>);

    /// Rows read before, of which only now is known that they do not count:
    /// how many, and line and text of the first.
    fn left_out(&mut self, reason: LeftOut, rows: u64, line: u64, text: &[u8]);
}

/// What a reader told, in words, fingerprints left out.
#[cfg(test)]
#[derive(Debug, Default)]
pub(crate) struct Heard(pub(crate) Vec<String>);

#[cfg(test)]
impl Tell for Heard {
    fn message(&mut self, observation: &Observation<'_>) {
        self.0.push(format!("{:?}", Observation { row: 0, ..*observation }));
    }

    fn hop(&mut self, observation: &Observation<'_>, border: Border<&str>) {
        self.message(observation);
        self.0.push(format!("{border:?}"));
    }

    fn aggregate(&mut self, aggregate: &Aggregate<'_>) {
        self.0.push(format!("{aggregate:?}"));
    }

    fn session(&mut self, session: &Session<'_>) {
        self.0.push(format!("{session:?}"));
    }

    fn refused_sign_in(&mut self, refused: &RefusedSignIn<'_>) {
        self.0.push(format!("{:?}", RefusedSignIn { attempt: 0, ..*refused }));
    }

    fn tls_report(&mut self, report: TlsReport) {
        self.0.push(format!("{report:?}"));
    }

    fn ready(&mut self, part: u32, ready: &Ready<'_>) {
        self.0.push(format!("{part} {ready:?}"));
    }

    fn left_out(&mut self, reason: LeftOut, rows: u64, line: u64, _: &[u8]) {
        self.0.push(format!("{reason:?} {rows} {line}"));
    }
}

/// Turns the rows of one file into observations.
///
/// Each row is told of in a message or an aggregate, or left out: at once by the answer of
/// `read`, or later through [`Tell::left_out`]. The sum of the messages'
/// `rows`, of aggregates and of rows left out is the number of rows that were
/// read.
pub(crate) trait RowReader {
    /// How the columns were taken.
    fn columns(&self) -> &Columns;

    /// What the format, with these columns, cannot tell.
    fn gaps(&self) -> Vec<Gap>;

    /// Reads one row; hands on what it says, or says why it was left out.
    fn read(
        &mut self,
        record: &Record<'_>,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<LeftOut>;

    /// Where a row has what it says of its message beyond what is counted.
    fn places(&self) -> Places {
        Places::of(self.columns())
    }

    /// Whether it reads a log: a row never goes on in the next line, and lines
    /// that start with `#` are directives.
    fn is_log(&self) -> bool {
        false
    }

    /// Whether a row tells the same wherever it stands, and tells of messages
    /// only: then several readers can share the file.
    fn rows_stand_alone(&self) -> bool {
        false
    }

    /// A line of a log that starts with `#`. It is not a row.
    fn directive(&mut self, _line: &[u8]) {}

    /// How many fields a row must have now, where that is not the number of
    /// columns of the header.
    fn width(&self) -> Option<usize> {
        None
    }

    /// The file ends, or is cancelled: what is open is settled.
    fn finish(&mut self, _notes: &mut Notes, _tell: &mut dyn Tell) {}
}

/// An export that is known by its rows alone.
pub(crate) struct Headless {
    /// Its columns, as published.
    pub(crate) columns: &'static [&'static str],
    /// Whether a row with so many fields is one of it.
    pub(crate) is_row: fn(&[Vec<u8>]) -> bool,
}

/// Every such export. No row is two exports'.
pub(crate) const HEADLESS: [Headless; 2] = [extended_report::HEADLESS, enhanced_summary::HEADLESS];

/// Every format, in the order in which signatures are tried.
pub(crate) const FORMATS: [TableFormat; 11] = [
    extended_report::FORMAT,
    message_tracking::EXPORT,
    enhanced_summary::FORMAT,
    smtp_auth_report::FORMAT,
    connector_report::FORMAT,
    message_trace::CMDLET,
    message_trace::PORTAL,
    message_trace_detail::FORMAT,
    google_email_log::FORMAT,
    messages_report::FORMAT,
    smtp_auth_clients::FORMAT,
];

/// Whether a person may say which column of a table of that format is what.
pub(crate) fn is_mappable(format: &str) -> bool {
    [connector_report::FORMAT.name, smtp_auth_report::FORMAT.name].contains(&format)
}

/// A reader for a table whose columns a person named: as a `ConnectorReport`,
/// or as an `SmtpCSReport` when an authentication method is among them.
pub(crate) fn open_mapped(
    header: &Header,
    mapping: &Mapping,
) -> Result<(&'static str, Box<dyn RowReader>), Box<MissingColumns>> {
    let submissions = Columns::guess(header, mapping).has(Field::AuthMethod);
    let format = if submissions { &smtp_auth_report::FORMAT } else { &connector_report::FORMAT };
    Ok((format.name, (format.reader)(header, mapping)?))
}
