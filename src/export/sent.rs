use super::csv::{Cell, csv};
use crate::mail::SentMessage;
use crate::report::SentWords;

/// Messages as CSV, as the page lists them but with all recipients; `complete`
/// as in [`SentWords::cells`].
pub fn sent_csv(
    words: &SentWords,
    messages: &mut dyn Iterator<Item = SentMessage>,
    complete: bool,
) -> String {
    let heads: Vec<&str> = words.heads.iter().map(String::as_str).collect();
    let cells = |message| words.cells(&message, complete).map(Cell::text).into();
    csv(&heads, &mut messages.map(cells))
}
