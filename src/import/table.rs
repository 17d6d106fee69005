//! A text taken for a table: which format it is, or what is missing.

use super::columns::{Columns, Header};
use super::csv::{CsvReader, Item, Record, line_feeds};
use super::formats::{FORMATS, HEADLESS, MissingColumns, RowReader, is_mappable, open_mapped};
use super::open::Charset;
use super::recognise::kind_of_text;
use super::time::{TimeError, date_order_evidence, hangs_on_order, parse_time};
use crate::account::{
    ColumnsNeeded, DateOrder, Field, FileKind, Gap, MAX_ROW_BYTES, Mapping, Problem,
};
use crate::mail::is_of_word;

/// Rows that are shown in Map columns.
const SAMPLE_ROWS: usize = 5;

/// A text taken for a table.
pub(super) struct Table {
    pub(super) delimiter: u8,
    pub(super) header: Header,
    /// Byte behind the header and what stands before it.
    pub(super) header_at: usize,
    /// Line of the first row.
    pub(super) first_line: u64,
    rows: Vec<Vec<Vec<u8>>>,
    sample: Vec<Vec<String>>,
    /// Rows of the probe that have as many cells as the header.
    fitting: usize,
    kind: FileKind,
    /// It has rows of a known export, but not its header.
    headless: bool,
}

/// What will read a table.
pub(super) struct Plan {
    pub(super) format: &'static str,
    pub(super) reader: Box<dyn RowReader>,
    /// Whether a person may say which column is what.
    pub(super) mappable: bool,
}

impl Plan {
    fn new(format: &'static str, reader: Box<dyn RowReader>) -> Self {
        Self { format, reader, mappable: is_mappable(format) }
    }
}

pub(super) enum Dates {
    Plain,
    Order(DateOrder),
    Unsettled { column: usize, example: Option<String> },
}

impl Table {
    pub(super) fn read(probe: &[u8], whole: bool, charset: Charset) -> Self {
        let (mut start, mut line, mut delimiter) = (0, 1, None);
        // `sep=;` is for Excel, `#TYPE …` is PowerShell's, blank lines are
        // nobody's.
        loop {
            let rest = &probe[start..];
            let Some(end) = rest.iter().position(|&byte| byte == b'\n') else { break };
            let text = rest[..end].trim_ascii();
            let squeezed = text.strip_prefix(b"\"").unwrap_or(text);
            if squeezed.len() >= 5 && squeezed[..4].eq_ignore_ascii_case(b"sep=") {
                delimiter = Some(squeezed[4]);
            } else if rest[..end].starts_with(b"sep=\t") {
                delimiter = Some(b'\t');
            } else if !text.is_empty() && !text.starts_with(b"#TYPE ") {
                break;
            }
            start += end + 1;
            line += 1;
        }
        let body = &probe[start..];
        let delimiter = delimiter.unwrap_or_else(|| likely_delimiter(body));
        let mut table = Self {
            delimiter,
            header: Header::default(),
            header_at: probe.len(),
            first_line: line,
            rows: Vec::new(),
            sample: Vec::new(),
            fitting: 0,
            kind: kind_of_text(probe),
            headless: false,
        };
        let mut header_raw = None;
        let mut take = |item: Item<'_>| {
            let Item::Record(record) = item else { return };
            if header_raw.is_none() {
                header_raw = Some((record.raw().len(), record.line));
                let cells = header_cells(&record, charset);
                table.header = Header::new(&cells);
                return;
            }
            table.fitting += usize::from(record.len() == table.header.cells.len());
            if table.sample.len() < SAMPLE_ROWS {
                table.sample.push(record.to_strings(200));
            }
            table
                .rows
                .push((0..record.len()).map(|index| record.get(index).into_owned()).collect());
        };
        let mut csv = CsvReader::new(delimiter, MAX_ROW_BYTES).at_line(line);
        csv.push(body, &mut take);
        if whole {
            csv.finish(&mut take);
        }
        table.begin_in_the_middle();
        if table.headless {
            table.header_at = start;
            return table;
        }
        if let Some((length, header_line)) = header_raw {
            let blank = body.len() - body.trim_ascii_start().len();
            // Spaces may belong to the header; line ends before it do not.
            let lead = body[..blank].iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
            let header_start = start + lead.map_or(0, |at| at + 1);
            table.header_at = header_start + length;
            table.first_line = header_line + line_feeds(&probe[header_start..table.header_at]);
        }
        table
    }

    /// An export that starts in the middle has no header: where its rows tell
    /// all the same what it is, it gets that of the whole export.
    fn begin_in_the_middle(&mut self) {
        if self.delimiter != b',' || FORMATS.iter().any(|format| (format.signature)(&self.header)) {
            return;
        }
        let known = HEADLESS.iter().find(|headless| {
            let is_row =
                |row: &Vec<Vec<u8>>| row.len() == headless.columns.len() && (headless.is_row)(row);
            let first = self.header.cells.iter().map(|cell| cell.clone().into_bytes()).collect();
            self.rows.iter().any(is_row) || is_row(&first)
        });
        if let Some(known) = known {
            let cells: Vec<String> = known.columns.iter().map(|name| (*name).to_owned()).collect();
            self.header = Header::new(&cells);
            self.headless = true;
        }
    }

    /// The formats whose header this is.
    pub(super) fn claims(&self) -> impl Iterator<Item = &'static str> {
        FORMATS.iter().filter(|format| (format.signature)(&self.header)).map(|format| format.name)
    }

    /// Which format reads the table, or why none does.
    pub(super) fn plan(&self, mapping: &Mapping) -> Result<Plan, Problem> {
        let named = self.header.names_any(mapping);
        let known = FORMATS.iter().find(|format| (format.signature)(&self.header));
        if let Some(format) = known.filter(|format| !named || !is_mappable(format.name)) {
            return match (format.reader)(&self.header, mapping) {
                Ok(reader) if mapping.period.is_none() && reader.gaps().contains(&Gap::Days) => {
                    Err(Problem::PeriodNeeded)
                }
                Ok(reader) => Ok(Plan::new(format.name, reader)),
                Err(missing) => Err(self.ask(*missing)),
            };
        }
        if !named && !self.is_table() {
            return Err(Problem::NotATrace { looks_like: Some(self.kind) });
        }
        match open_mapped(&self.header, mapping) {
            Ok((format, reader)) if named => Ok(Plan::new(format, reader)),
            Ok((_, reader)) => {
                Err(self
                    .ask(MissingColumns { missing: Vec::new(), found: reader.columns().clone() }))
            }
            Err(missing) => Err(self.ask(*missing)),
        }
    }

    /// Whether it is a table at all: several columns with names, and rows that
    /// fit them.
    fn is_table(&self) -> bool {
        let cells = &self.header.cells;
        let named = cells.iter().all(|cell| {
            cell.len() <= 100
                && !cell.contains(['{', '}', ';', '\n', '<', '>', '='])
                && cell.chars().any(|c| is_of_word(c) && !c.is_ascii_digit())
        });
        self.kind == FileKind::Text
            && cells.len() >= 3
            && named
            && !self.rows.is_empty()
            && self.fitting * 10 >= self.rows.len() * 8
    }

    fn ask(&self, missing: MissingColumns) -> Problem {
        Problem::ColumnsNeeded(self.columns(missing))
    }

    /// The columns, as they are taken with this mapping.
    pub(super) fn look(&self, mapping: &Mapping) -> ColumnsNeeded {
        let found = Columns::guess(&self.header, mapping);
        self.columns(MissingColumns { missing: Vec::new(), found })
    }

    fn columns(&self, missing: MissingColumns) -> ColumnsNeeded {
        let guess = Field::ALL
            .into_iter()
            .filter_map(|field| {
                let position = missing.found.position(field)?;
                Some((field, u32::try_from(position).ok()?))
            })
            .collect();
        ColumnsNeeded {
            missing: missing.missing,
            header: self.header.cells.clone(),
            sample: self.sample.clone(),
            guess,
        }
    }

    /// Whether the dates of the probe tell which of day and month comes first.
    pub(super) fn order_of_dates(&self, plan: &Plan, known: Option<DateOrder>) -> Dates {
        let Some(column) = plan.reader.columns().position(Field::Time) else { return Dates::Plain };
        if known.is_some() {
            return Dates::Plain;
        }
        let mut cells = self.rows.iter().filter_map(|row| row.get(column));
        if let Some(order) = cells.clone().find_map(|cell| date_order_evidence(cell)) {
            // Those behind the probe have the order of those in it.
            return Dates::Order(order);
        }
        if !cells.clone().any(|cell| hangs_on_order(cell)) {
            return Dates::Plain;
        }
        let example = cells
            .find(|cell| parse_time(cell, None) == Err(TimeError::Ambiguous))
            .map(|cell| String::from_utf8_lossy(cell).into_owned());
        Dates::Unsettled { column, example }
    }
}

pub(super) fn header_cells(record: &Record<'_>, charset: Charset) -> Vec<String> {
    (0..record.len()).map(|index| charset.text(&record.get(index)).0.into_owned()).collect()
}

/// The sign that stands most often in the first line, outside quotes.
fn likely_delimiter(body: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for &byte in body {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                for (sign, count) in &mut counts {
                    *count += usize::from(*sign == byte);
                }
            }
            _ => {}
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}
