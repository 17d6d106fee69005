//! The JSON document of an endpoint as a whole: what it is known by, its
//! version, and the walk over its items. What an item says is read in
//! [`formats::document`](super::formats::document).

use super::formats::counted::Head;
use super::formats::document::{List, Value};
use super::json::{Json, Wrong};
use crate::account::DocumentFault;

/// The longest document that is read, in bytes: it is held in memory as a
/// whole, so that nothing is counted of one that is not whole.
pub(super) const DOCUMENT_LIMIT: usize = 512 << 20;

/// The version that is read.
const VERSION: u64 = 1;

/// Called with every item, its list and its index there; whether to go on.
type Take<'t> = &'t mut dyn FnMut(List, usize, &Value) -> bool;

/// Whether a text is such a document, by its outermost keys: `messages` or
/// `cells` with a list, or a version before other lists of a tally or before
/// the text ends (`whole`: there is no more of it).
pub(super) fn is_document(text: &[u8], whole: bool) -> bool {
    let mut version = false;
    let known = outer_names(text, &mut |name, first| {
        match (name, first) {
            (b"messages" | b"cells", b'[') => return true,
            (b"files" | b"senders" | b"parts", b'[') => return version,
            (b"version", b'0'..=b'9') => version = true,
            _ => {}
        }
        false
    });
    known.unwrap_or(version && whole)
}

/// Calls `found` with the names of the outermost object, each with the first
/// byte of its value, until it says that it has what it looks for. `None`
/// where the text ends before that and before the object does.
pub(super) fn outer_names(text: &[u8], found: &mut dyn FnMut(&[u8], u8) -> bool) -> Option<bool> {
    let (mut depth, mut at) = (0_u32, 0);
    let text = text.trim_ascii_start();
    if text.first() != Some(&b'{') {
        return Some(false);
    }
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return Some(false),
            b'}' | b']' => depth -= 1,
            b'"' => {
                let start = at;
                while let Some(byte) = text.get(at).filter(|byte| **byte != b'"') {
                    at += if *byte == b'\\' { 2 } else { 1 };
                }
                let name = text.get(start..at).unwrap_or_default();
                at += 1;
                let rest = text.get(at..).unwrap_or_default().trim_ascii_start();
                let Some(value) = rest.strip_prefix(b":").filter(|_| depth == 1) else { continue };
                let first = value.trim_ascii_start().first();
                if first.is_some_and(|first| found(name, *first)) {
                    return Some(true);
                }
            }
            _ => {}
        }
    }
    None
}

/// Walks over the items of a document; what it tells beside them, `None` where
/// `take` wanted no more.
///
/// # Errors
/// [`DocumentFault`] where the text is not such a document; `take` has been
/// called with the items before that.
pub(super) fn walk(text: &[u8], take: Take<'_>) -> Result<Option<Head>, DocumentFault> {
    let text = str::from_utf8(text).map_err(|error| {
        // RFC 8259 wants UTF-8.
        let before = &text[..error.valid_up_to()];
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let lines = before.split(|byte| *byte == b'\n').count();
        match error.error_len() {
            None => DocumentFault::CutOff,
            Some(_) => DocumentFault::Syntax {
                line: lines as u64,
                column: (before.len() - line_start) as u64 + 1,
            },
        }
    })?;
    let mut top = Top { version: None, lists: Vec::new(), head: Head::default(), stopped: false };
    let walked = top.read(&mut Json::new(text), take);
    if top.stopped {
        return Ok(None);
    }
    // What another version looks like is not known, so it comes first.
    match &top.version {
        None | Some(Value::Number(VERSION)) => {}
        Some(other) => {
            let found = other.text().chars().take(40).collect();
            return Err(DocumentFault::Version { found });
        }
    }
    walked.map_err(|wrong| wrong.fault(text))?;
    let missing = |name: &str| Err(DocumentFault::Missing { name: name.to_owned() });
    match (top.version, top.lists.as_slice()) {
        (None, _) => missing("version"),
        (_, []) => missing("messages"),
        (_, [_]) => Ok(Some(top.head)),
        _ => Err(DocumentFault::TwoLists),
    }
}

/// One JSON object by itself; `None` if it is none.
pub(super) fn object(text: &[u8]) -> Option<Value> {
    let mut json = Json::new(str::from_utf8(text).ok()?);
    let value = json.value().ok()?;
    json.end().ok()?;
    matches!(value, Value::Fields(_)).then_some(value)
}

/// What is known of the outermost object.
struct Top {
    version: Option<Value>,
    /// The lists that it has.
    lists: Vec<List>,
    head: Head,
    stopped: bool,
}

impl Top {
    /// Reads all, or until `take` wants no more.
    fn read(&mut self, json: &mut Json<'_>, take: Take<'_>) -> Result<(), Wrong> {
        let mut first = true;
        json.open(b'{')?;
        while json.more(b'}', first)? {
            first = false;
            let name = json.name()?;
            let Some(list) = List::of(&name) else {
                let value = json.value()?;
                if name == "version" {
                    self.version = Some(value);
                } else {
                    self.head.take(&name, value);
                }
                continue;
            };
            self.lists.push(list);
            json.open(b'[')?;
            let mut index = 0;
            while json.more(b']', index == 0)? {
                self.stopped = !take(list, index, &json.value()?);
                if self.stopped {
                    return Ok(());
                }
                index += 1;
            }
        }
        json.end()
    }
}

#[cfg(test)]
mod tests {
    use super::is_document;

    #[test]
    fn a_document_is_known_by_its_outermost_keys() {
        for text in [
            r#"{"version":1,"messages":[{"time""#,
            "\n {\n\"cells\" : [",
            r#"{"a":"\"]}{","b":{"messages":1},"messages":[]}"#,
            r#"{"version":1,"files":["#,
            r#"{"version": 2"#,
        ] {
            assert!(is_document(text.as_bytes(), true), "{text}");
        }
        for text in [
            "",
            "[1]",
            "{}",
            r#"{"version":3,"sources":[]}"#,
            r#"{"version":"1.0","files":["a"]}"#,
            r#"{"policies":[{"messages":[]}]}"#,
            r#"{"x":"messages","y":["#,
        ] {
            assert!(!is_document(text.as_bytes(), true), "{text}");
        }
        assert!(!is_document(br#"{"version": 3, "names""#, false));
    }
}
