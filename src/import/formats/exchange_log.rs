//! What Exchange Server's logs have in common: `#` lines in front, then
//! comma-separated rows. A file may hold several logs behind each other, each
//! with its own `#` lines, or start in the middle, with none.

use std::borrow::Cow;

use crate::import::columns::squeeze;
use crate::import::csv::{CsvReader, Item, Record};

/// Rows from which a log without `#` lines is known.
const FIRST_ROWS: usize = 20;

/// The rest of a `#Name: value` line with that name; case is no matter.
fn value_of<'l>(line: &'l [u8], name: &[u8]) -> Option<&'l [u8]> {
    let (head, value) = line.split_at_checked(name.len())?;
    head.eq_ignore_ascii_case(name).then(|| value.trim_ascii())
}

/// The type of log that the `#` lines at the start of a text name.
pub(super) fn log_type(text: &[u8]) -> Option<&[u8]> {
    text.split(|&byte| byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .take_while(|line| line.is_empty() || line.starts_with(b"#"))
        .find_map(|line| value_of(line, b"#Log-type:"))
}

/// The columns that a `#Fields:` line names, squeezed.
pub(super) fn fields_of(line: &[u8]) -> Option<Vec<String>> {
    let names = value_of(line.trim_ascii(), b"#Fields:")?;
    let names = String::from_utf8_lossy(names);
    Some(names.split(',').map(squeeze).collect())
}

/// The first rows of a text, `#` lines left out. The very first may be the
/// end of a row.
pub(super) fn first_rows(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
    const LONGEST: usize = 64 << 10;
    let mut rows: Vec<Vec<Vec<u8>>> = Vec::new();
    let mut csv = CsvReader::new(b',', LONGEST).by_line();
    let mut take = |item: Item<'_>| {
        if let Item::Record(record) = item
            && rows.len() < FIRST_ROWS
            && !record.raw().starts_with(b"#")
        {
            rows.push((0..record.len()).map(|index| record.get(index).into_owned()).collect());
        }
    };
    let start = &text[..text.len().min(LONGEST)];
    csv.push(start, &mut take);
    csv.finish(&mut take);
    rows
}

/// Whether a cell is a time as these logs write it:
/// `2023-01-11T15:59:56.232Z`.
pub(super) fn is_time(cell: &[u8]) -> bool {
    cell.len() >= 20
        && cell[4] == b'-'
        && cell[7] == b'-'
        && cell[10] == b'T'
        && cell[13] == b':'
        && cell.ends_with(b"Z")
}

/// Where the columns that a reader wants stand.
pub(super) struct Fields<const N: usize> {
    names: &'static [&'static str; N],
    positions: [usize; N],
    width: usize,
}

impl<const N: usize> Fields<N> {
    /// Columns that stand as listed, until a `#Fields:` line says otherwise.
    pub(super) fn new(names: &'static [&'static str; N]) -> Self {
        Self { names, positions: std::array::from_fn(|index| index), width: N }
    }

    /// How many fields a row has.
    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// Takes note of a `#` line.
    pub(super) fn directive(&mut self, line: &[u8]) {
        let Some(fields) = fields_of(line) else { return };
        self.positions = self
            .names
            .map(|name| fields.iter().position(|field| field == name).unwrap_or(usize::MAX));
        self.width = fields.len();
    }

    /// Field number `column` of the list; empty where the log has none.
    pub(super) fn get<'a>(&self, column: usize, record: &Record<'a>) -> Cow<'a, [u8]> {
        record.get(self.positions.get(column).copied().unwrap_or(usize::MAX))
    }
}
