use super::csv::{Cell, csv, tsv};
use super::markdown::markdown;
use crate::report::{Answer, Value};
use crate::tally::Tally;

/// A report's table as CSV: every row that the search leaves, as shown, in
/// the order shown.
pub fn table_csv(tally: &Tally, answer: &Answer) -> String {
    csv(&answer.heads(), &mut answer.values(tally).map(cells))
}

/// So many rows are copied at most: a clipboard is no file, and a browser that
/// is given more stands still.
pub const COPIED_ROWS: usize = 50_000;

/// The same as text with tabs, for the clipboard: the first [`COPIED_ROWS`].
pub fn table_tsv(tally: &Tally, answer: &Answer) -> String {
    tsv(&answer.heads(), &mut answer.values(tally).map(cells).take(COPIED_ROWS))
}

/// The same as Markdown.
pub fn table_markdown(tally: &Tally, answer: &Answer) -> String {
    markdown(&answer.heads(), &mut answer.values(tally).map(cells).take(COPIED_ROWS))
}

pub(super) fn cells(values: Vec<Value>) -> Vec<Cell<'static>> {
    let cell = |value| match value {
        Value::Text(text) => Cell::Text(text.into()),
        Value::Number(number) => Cell::Number(number),
    };
    values.into_iter().map(cell).collect()
}
