//! A mapping as a file, as [`Mapping::to_json`] writes it.

use super::document::object;
use super::formats::document::Value;
use crate::account::{DateOrder, Field, Mapping, MappingFault};

/// Reads a mapping file: the header that it is for, and the mapping.
///
/// # Errors
/// [`MappingFault`] where it is none, or speaks of what is not known.
pub fn read_mapping(text: &str) -> Result<(Vec<String>, Mapping), MappingFault> {
    let file =
        object(text.trim_start_matches('\u{feff}').as_bytes()).ok_or(MappingFault::NotAMapping)?;
    let (Some(version), Some(Value::Fields(columns)), Some(Value::List(header))) =
        (file.get("version"), file.get("columns"), file.get("header"))
    else {
        return Err(MappingFault::NotAMapping);
    };
    if !matches!(version, Value::Number(1)) {
        return Err(MappingFault::Version(version.text().chars().take(40).collect()));
    }
    let unknown = |name: &str| MappingFault::Unknown(name.chars().take(80).collect());
    let field = |name: &str| Field::of_code(name).ok_or_else(|| unknown(name));
    let mut mapping = Mapping::default();
    for (name, column) in columns {
        mapping.columns.push((field(name)?, column.text().into_owned()));
    }
    if let Some(Value::List(words)) = file.get("words") {
        for word in words {
            let text = |name| word.get(name).map(Value::text).unwrap_or_default();
            let (of, code) = (field(&text("field"))?, text("means"));
            if !of.codes().contains(&&*code) {
                return Err(unknown(&code));
            }
            mapping.words.push((of, text("word").into_owned(), code.into_owned()));
        }
    }
    if let Some(order) = file.get("dateOrder").map(Value::text) {
        let known = DateOrder::ALL.into_iter().find(|known| known.code() == order);
        mapping.date_order = Some(known.ok_or_else(|| unknown(&order))?);
    }
    Ok((header.iter().map(|cell| cell.text().into_owned()).collect(), mapping))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test may stop")]

    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let header = ["Zeit \"UTC\"\n", "", "TLS\\"].map(str::to_owned).to_vec();
        let mapping = Mapping {
            columns: vec![(Field::Time, header[0].clone()), (Field::Tls, "#3".to_owned())],
            words: vec![(Field::Tls, "ja\u{1}".to_owned(), "unstated".to_owned())],
            date_order: Some(DateOrder::DayMonth),
            ..Mapping::default()
        };
        let text = mapping.to_json(&header);
        assert_eq!(read_mapping(&text), Ok((header, mapping)));
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(json["words"][0]["means"], "unstated");
        let none = Mapping::default();
        assert_eq!(read_mapping(&none.to_json(&[])), Ok((Vec::new(), none)));
    }

    #[test]
    fn a_file_that_is_no_mapping_is_refused_with_its_reason() {
        let unknown = |name: &str| MappingFault::Unknown(name.to_owned());
        for (text, fault) in [
            ("", MappingFault::NotAMapping),
            ("{", MappingFault::NotAMapping),
            ("[]", MappingFault::NotAMapping),
            (r#"{"version":1,"cells":[]}"#, MappingFault::NotAMapping),
            (r#"{"version":2,"header":[],"columns":{}}"#, MappingFault::Version("2".to_owned())),
            (r#"{"version":1,"header":[],"columns":{"colour":"x"}}"#, unknown("colour")),
            (
                r#"{"version":1,"header":[],"columns":{},"words":[{"field":"tls","word":"x","means":"9"}]}"#,
                unknown("9"),
            ),
            (r#"{"version":1,"header":[],"columns":{},"dateOrder":"year"}"#, unknown("year")),
        ] {
            assert_eq!(read_mapping(text), Err(fault), "{text}");
        }
    }
}
