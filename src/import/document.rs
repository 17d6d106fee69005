//! The JSON document of an endpoint as a whole: what it is known by, its
//! version, and the walk over its items. What an item says is read in
//! [`formats::document`](super::formats::document).

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::formats::document::{List, Value};
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
    let (mut depth, mut at, mut version) = (0_u32, 0, false);
    let text = text.trim_ascii_start();
    if text.first() != Some(&b'{') {
        return false;
    }
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return false,
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
                match (name, first) {
                    (b"messages" | b"cells", Some(b'[')) => return true,
                    (b"files" | b"senders", Some(b'[')) if version => return true,
                    (b"version", Some(b'0'..=b'9')) => version = true,
                    _ => {}
                }
            }
            _ => {}
        }
    }
    version && whole
}

/// Walks over the items of a document; whether it came to the end.
///
/// # Errors
/// [`DocumentFault`] where the text is not such a document; `take` has been
/// called with the items before that.
pub(super) fn walk(text: &[u8], take: Take<'_>) -> Result<bool, DocumentFault> {
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
    let mut top = Top { version: None, lists: Vec::new(), stopped: false, take };
    let mut json = serde_json::Deserializer::from_str(text);
    let walked = Place::Top(&mut top).deserialize(&mut json).and_then(|_| json.end());
    if top.stopped {
        return Ok(false);
    }
    // What another version looks like is not known, so it comes first.
    match &top.version {
        None | Some(Value::Number(VERSION)) => {}
        Some(other) => {
            let found = other.text().chars().take(40).collect();
            return Err(DocumentFault::Version { found });
        }
    }
    walked.map_err(|error| fault(&error))?;
    let missing = |name: &str| Err(DocumentFault::Missing { name: name.to_owned() });
    match (top.version, top.lists.as_slice()) {
        (None, _) => missing("version"),
        (_, []) => missing("messages"),
        (_, [_]) => Ok(true),
        _ => Err(DocumentFault::TwoLists),
    }
}

/// One JSON object by itself; `None` if it is none.
pub(super) fn object(text: &[u8]) -> Option<Value> {
    let mut json = serde_json::Deserializer::from_slice(text);
    let value = Place::Value.deserialize(&mut json).ok()?;
    json.end().ok()?;
    matches!(value, Value::Fields(_)).then_some(value)
}

fn fault(error: &serde_json::Error) -> DocumentFault {
    let (line, column) = (error.line() as u64, error.column() as u64);
    match error.classify() {
        Category::Eof => DocumentFault::CutOff,
        Category::Data => DocumentFault::Shape { line, column },
        Category::Syntax | Category::Io => DocumentFault::Syntax { line, column },
    }
}

/// What is known of the outermost object.
struct Top<'t> {
    version: Option<Value>,
    /// The lists that it has.
    lists: Vec<List>,
    stopped: bool,
    take: Take<'t>,
}

/// What stands where in a document. One visitor for all places that takes
/// every kind of value itself: `serde_json`'s own values and messages of wrong
/// types would bring tables for numbers with a fraction, 10 kB of them.
enum Place<'a, 't> {
    Top(&'a mut Top<'t>),
    List(List, &'a mut Top<'t>),
    Value,
}

impl Place<'_, '_> {
    /// A value that is neither a list nor an object.
    fn single<E: Error>(self, value: Value) -> Result<Value, E> {
        if let Self::Value = self { Ok(value) } else { Err(E::custom("")) }
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_, '_> {
    type Value = Value;

    fn expecting(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.single(Value::Nothing)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.single(Value::Text(if value { "true" } else { "false" }.to_owned()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.single(Value::Number(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.single(Value::Text(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        // `1.2` without quotes is a version of TLS; nothing else has a fraction.
        #[expect(clippy::cast_possible_truncation, reason = "saturates")]
        let tenths = (value * 10.0).round() as i64;
        let text = format!("{}.{}", tenths / 10, (tenths % 10).abs());
        let exact = tenths as f64 / 10.0;
        self.single(Value::Text(if exact.total_cmp(&value).is_eq() {
            text
        } else {
            "…".to_owned()
        }))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.single(Value::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        match self {
            Self::Top(_) => return Err(A::Error::custom("")),
            Self::List(list, top) => {
                let mut index = 0;
                while let Some(item) = items.next_element_seed(Place::Value)? {
                    if !(top.take)(list, index, &item) {
                        top.stopped = true;
                        return Err(A::Error::custom(""));
                    }
                    index += 1;
                }
            }
            Self::Value => {
                let mut list = Vec::new();
                while let Some(item) = items.next_element_seed(Place::Value)? {
                    list.push(item);
                }
                return Ok(Value::List(list));
            }
        }
        Ok(Value::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        match self {
            Self::Top(top) => {
                while let Some(name) = map.next_key::<String>()? {
                    if let Some(list) = List::of(&name) {
                        top.lists.push(list);
                        map.next_value_seed(Place::List(list, &mut *top))?;
                    } else {
                        let value = map.next_value_seed(Place::Value)?;
                        if name == "version" {
                            top.version = Some(value);
                        }
                    }
                }
            }
            Self::List(..) => return Err(A::Error::custom("")),
            Self::Value => {
                while let Some(name) = map.next_key()? {
                    fields.push((name, map.next_value_seed(Place::Value)?));
                }
            }
        }
        Ok(Value::Fields(fields))
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
