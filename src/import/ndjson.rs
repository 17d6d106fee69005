//! The JSON document of an endpoint line by line (NDJSON): a header, an item a
//! line, and a last line that says how many they were. Several such pages may
//! follow each other.
//!
//! Nothing is held but a line. A text is read twice therefore: once to see that
//! it is whole, and once to count.

use super::csv::Item;
use super::document::{Take, goes_on, object, outer_names, utf8, walk};
use super::formats::counted::Head;
use super::formats::document::{List, Value};
use super::json::Json;
use super::lines::LineReader;
use crate::account::DocumentFault;

/// The longest line, in bytes. A header says more than an item.
const LONGEST: usize = 16 << 20;

/// Whether a text is such lines, by the first two of them (`whole`: there is no
/// more of it).
pub(super) fn is_ndjson(text: &[u8], whole: bool) -> bool {
    let text = text.trim_ascii_start();
    let end = text.iter().position(|byte| *byte == b'\n');
    let (header, rest) = match end {
        Some(end) => text.split_at(end),
        None if whole => (text, &[][..]),
        None => return false,
    };
    let (mut version, mut lists) = (false, false);
    let known = outer_names(header, &mut |name, first| {
        version |= name == b"version" && first.is_ascii_digit();
        lists |= first == b'[';
        matches!(name, b"messages" | b"cells") && first == b'['
    });
    if known != Some(false) || !version {
        return false;
    }
    if rest.trim_ascii().is_empty() {
        // Cut off behind its header. Much else has a version, and lists.
        return whole && !lists;
    }
    let item = |name: &[u8], first| matches!(name, b"message" | b"cell" | b"end") && first == b'{';
    match outer_names(rest, &mut |name, first| item(name, first)) {
        Some(known) => known,
        // Cut off in its first item.
        None => whole && !lists,
    }
}

/// What must come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// The header of the first page.
    Start,
    /// The header of another one.
    Next,
    /// An item of a page that has so many so far, or its end; `next` if the
    /// header names another page.
    Page { items: u64, next: bool },
    /// Nothing.
    Over,
}

/// Reads such lines, in chunks of any size.
pub(super) struct Ndjson {
    lines: LineReader,
    at: At,
    list: Option<List>,
    /// Items of all pages so far.
    items: usize,
    /// What the headers of all pages tell beside the items.
    head: Head,
}

impl Default for Ndjson {
    fn default() -> Self {
        let lines = LineReader::new(LONGEST);
        Self { lines, at: At::Start, list: None, items: 0, head: Head::default() }
    }
}

impl Ndjson {
    /// What is told beside the items.
    pub(super) fn head(self) -> Head {
        self.head
    }

    /// Reads a chunk, or ends the text; `take` gets every item.
    ///
    /// # Errors
    /// [`DocumentFault`] where the text is not as it must be, or not whole.
    pub(super) fn push(
        &mut self,
        text: Option<&[u8]>,
        take: Take<'_>,
    ) -> Result<(), DocumentFault> {
        let mut lines = std::mem::replace(&mut self.lines, LineReader::new(LONGEST));
        let mut read = Ok(());
        let last = text.is_none();
        let mut each = |item: Item<'_>| {
            if read.is_ok() {
                read = match item {
                    Item::Record(line) => self.line(line.raw(), line.line, last, take),
                    Item::TooLong { line, .. } => {
                        Err(DocumentFault::LongLine { line, limit: LONGEST as u64 })
                    }
                };
            }
        };
        match text {
            Some(text) => lines.push(text, &mut each),
            None => lines.finish(&mut each),
        }
        self.lines = lines;
        read?;
        match self.at {
            _ if !last => Ok(()),
            At::Over => Ok(()),
            At::Next => Err(DocumentFault::NextMissing),
            At::Start | At::Page { .. } => Err(DocumentFault::CutOff),
        }
    }

    /// Reads the line of that number, which is the `last` where no line feed
    /// ends it.
    fn line(
        &mut self,
        line: &[u8],
        number: u64,
        last: bool,
        take: Take<'_>,
    ) -> Result<(), DocumentFault> {
        let here = |fault| match fault {
            DocumentFault::Syntax { column, .. } => DocumentFault::Syntax { line: number, column },
            DocumentFault::Shape { column, .. } => DocumentFault::Shape { line: number, column },
            // Another line follows.
            DocumentFault::CutOff if !last => {
                DocumentFault::Syntax { line: number, column: line.len() as u64 }
            }
            other => other,
        };
        let shape = Err(DocumentFault::Shape { line: number, column: line.len() as u64 });
        match self.at {
            At::Over => Err(DocumentFault::Syntax { line: number, column: 1 }),
            At::Start | At::Next => {
                let next = header(line, &mut self.head).map_err(here)?;
                self.at = At::Page { items: 0, next };
                Ok(())
            }
            At::Page { items, next } => {
                let value = value(line).map_err(here)?;
                let lists = [(List::Messages, "message"), (List::Cells, "cell")];
                let item = lists.iter().find_map(|(list, name)| Some((*list, value.get(name)?)));
                if let Some((list, item)) = item {
                    if *self.list.get_or_insert(list) != list {
                        return Err(DocumentFault::TwoLists);
                    }
                    take(list, self.items, item);
                    self.items += 1;
                    self.at = At::Page { items: items + 1, next };
                    return Ok(());
                }
                let Some(end) = value.get("end") else { return shape };
                let Some(Value::Number(said)) = end.get("items") else { return shape };
                if *said != items {
                    return Err(DocumentFault::Items { said: *said, found: items });
                }
                let next = next || goes_on(&value) || goes_on(end);
                self.at = if next { At::Next } else { At::Over };
                Ok(())
            }
        }
    }
}

/// Reads a header as the document that it is without its items; whether it
/// names another page.
fn header(line: &[u8], head: &mut Head) -> Result<bool, DocumentFault> {
    let mut nothing = |_: List, _: usize, _: &Value| true;
    let Some(value) = object(line) else {
        walk(line, &mut nothing)?;
        return Ok(false);
    };
    let line = line.trim_ascii_end();
    let mut document = line[..line.len() - 1].to_vec();
    let comma = if value.fields().is_empty() { "" } else { "," };
    document.extend_from_slice([comma, "\"messages\":[]}"].concat().as_bytes());
    match walk(&document, &mut nothing) {
        // What it goes on with are lines.
        Err(DocumentFault::NextMissing) | Ok(_) => {}
        Err(fault) => return Err(fault),
    }
    let next = goes_on(&value);
    if let Value::Fields(fields) = value {
        for (name, value) in fields {
            head.take(&name, value);
        }
    }
    Ok(next)
}

/// A line as a value.
fn value(line: &[u8]) -> Result<Value, DocumentFault> {
    let text = utf8(line)?;
    let mut json = Json::new(text);
    let value = json.value().and_then(|value| json.end().map(|()| value));
    value.map_err(|wrong| wrong.fault(text))
}
