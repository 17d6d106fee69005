//! One file per format: its signature, its reader, and where each field comes
//! from. Adding a format is one file here and one line in [`FORMATS`].

mod connector_report;
pub(super) mod document;
mod enhanced_summary;
mod extended_report;
mod row;
mod smtp_auth_report;
mod words;

use super::columns::{Columns, Header};
use super::csv::Record;
use crate::account::{Field, Gap, LeftOut, Mapping};
use crate::mail::Observation;

pub(crate) use connector_report::is_aggregate;
pub(crate) use row::Notes;

/// A table format.
pub(crate) struct TableFormat {
    /// The export's name, in its maker's words.
    pub(crate) name: &'static str,
    /// Whether a header is this format's. No header is two formats'.
    pub(crate) signature: fn(&Header) -> bool,
    /// A reader for a table with this header.
    pub(crate) reader: fn(&Header, &Mapping) -> Opened,
}

/// A reader, or what it lacks.
pub(crate) type Opened = Result<Box<dyn RowReader>, Box<MissingColumns>>;

/// Required fields for which no column was found, and what was.
#[derive(Debug)]
pub(crate) struct MissingColumns {
    pub(crate) missing: Vec<Field>,
    pub(crate) found: Columns,
}

/// Turns the rows of one file into observations.
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
        observe: &mut dyn FnMut(&Observation<'_>),
    ) -> Option<LeftOut>;
}

/// Every format, in the order in which signatures are tried.
pub(crate) const FORMATS: [TableFormat; 4] = [
    extended_report::FORMAT,
    enhanced_summary::FORMAT,
    smtp_auth_report::FORMAT,
    connector_report::FORMAT,
];

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
