//! A document of the endpoint as lines of JSON, one an item, so that a reader
//! need not hold all of it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// The lists of a document, and what their items are called in a line.
const LISTS: [(&str, &str); 2] = [("messages", "message"), ("cells", "cell")];

/// The lines: first a head with whatever the document has beside its lists,
/// then the items, and last how many they are, without which the lines broke
/// off.
///
/// # Errors
///
/// The document is no JSON object, or a list is none.
pub(super) fn ndjson(document: &str) -> serde_json::Result<String> {
    let fields: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(document)?;
    let mut out = String::with_capacity(document.len());
    out.push('{');
    let beside = |name: &str| LISTS.iter().all(|(list, _)| *list != name);
    for (index, (name, value)) in fields.iter().filter(|(name, _)| beside(name)).enumerate() {
        out.push_str(if index == 0 { "" } else { "," });
        out.push_str(&serde_json::to_string(name)?);
        out.push(':');
        push_compact(value.get(), &mut out);
    }
    out.push_str("}\n");
    let mut items = 0_u64;
    for (list, item) in LISTS {
        let Some(list) = fields.get(list) else { continue };
        for value in serde_json::from_str::<Vec<&RawValue>>(list.get())? {
            out.push_str(&["{\"", item, "\":"].concat());
            push_compact(value.get(), &mut out);
            out.push_str("}\n");
            items += 1;
        }
    }
    out.push_str(&["{\"end\":{\"items\":", &items.to_string(), "}}\n"].concat());
    Ok(out)
}

/// Writes JSON without the blanks between its parts.
fn push_compact(json: &str, out: &mut String) {
    let (mut in_text, mut escaped) = (false, false);
    out.extend(json.chars().filter(|sign| {
        let blank = !in_text && matches!(sign, ' ' | '\t' | '\r' | '\n');
        if escaped {
            escaped = false;
        } else if *sign == '"' {
            in_text = !in_text;
        } else {
            escaped = in_text && *sign == '\\';
        }
        !blank
    }));
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_document_becomes_lines() {
        let document = "{\n \"version\" : 1,\n \"cells\": [ { \"connector\": \"a \\\" b\\\\\" },\n\
                        { \"messages\": 2 } ],\n \"files\": [ {\"name\": \"x y\"} ] }";
        assert_eq!(
            ndjson(document).unwrap(),
            "{\"files\":[{\"name\":\"x y\"}],\"version\":1}\n\
             {\"cell\":{\"connector\":\"a \\\" b\\\\\"}}\n\
             {\"cell\":{\"messages\":2}}\n\
             {\"end\":{\"items\":2}}\n"
        );
        assert!(ndjson("[]").is_err());
        assert!(ndjson("{\"cells\":{}}").is_err());
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost(texts: Vec<String>, pretty: bool) {
            let cells: Vec<Value> = texts.iter().map(|text| json!({ "connector": text })).collect();
            let document = json!({ "version": 1, "cells": cells, "note": texts });
            let text = if pretty {
                serde_json::to_string_pretty(&document).unwrap()
            } else {
                document.to_string()
            };
            let lines = ndjson(&text).unwrap();
            let mut lines: Vec<Value> =
                lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            let end = lines.pop().unwrap();
            assert_eq!(end["end"]["items"], texts.len());
            assert_eq!(lines.remove(0), json!({ "version": 1, "note": texts }));
            let read: Vec<&Value> = lines.iter().map(|line| &line["cell"]).collect();
            assert_eq!(read, cells.iter().collect::<Vec<_>>());
        }
    }
}
