use super::csv::{Cell, csv, tsv};
use super::markdown::markdown;
use super::table::COPIED_ROWS;
use crate::mail::SentMessage;
use crate::report::SentWords;

/// Messages one after the other.
type Messages<'m> = &'m mut dyn Iterator<Item = SentMessage>;

/// Messages as CSV, as the page lists them but with all recipients; `complete`
/// as in [`SentWords::cells`].
pub fn sent_csv(words: &SentWords, messages: Messages<'_>, complete: bool) -> String {
    table(words, messages, complete, (csv, usize::MAX))
}

/// The same as text with tabs, for the clipboard: the first [`COPIED_ROWS`].
pub fn sent_tsv(words: &SentWords, messages: Messages<'_>, complete: bool) -> String {
    table(words, messages, complete, (tsv, COPIED_ROWS))
}

/// The same as Markdown.
pub fn sent_markdown(words: &SentWords, messages: Messages<'_>, complete: bool) -> String {
    table(words, messages, complete, (markdown, COPIED_ROWS))
}

type Write = fn(&[&str], &mut dyn Iterator<Item = Vec<Cell<'_>>>) -> String;

fn table(
    words: &SentWords,
    messages: Messages<'_>,
    complete: bool,
    (write, most): (Write, usize),
) -> String {
    let heads: Vec<&str> = words.heads.iter().map(String::as_str).collect();
    let cells = |message| words.cells(&message, complete).map(Cell::text).into();
    write(&heads, &mut messages.take(most).map(cells))
}
