use super::csv::{Cell, csv, tsv};
use crate::report::{Answer, Value};
use crate::tally::Tally;

/// A report's table as CSV: every row that the search leaves, as shown, in
/// the order shown.
pub fn table_csv(tally: &Tally, answer: &Answer) -> String {
    csv(&answer.heads(), &mut answer.values(tally).map(cells))
}

/// The same as text with tabs, for the clipboard.
pub fn table_tsv(tally: &Tally, answer: &Answer) -> String {
    tsv(&answer.heads(), &mut answer.values(tally).map(cells))
}

pub(super) fn cells(values: Vec<Value>) -> Vec<Cell<'static>> {
    let cell = |value| match value {
        Value::Text(text) => Cell::Text(text.into()),
        Value::Number(number) => Cell::Number(number),
    };
    values.into_iter().map(cell).collect()
}
