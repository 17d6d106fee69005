//! Writes JSON (RFC 8259), piece by piece and never wrong in its commas: in
//! one line, or with each item on a line of its own.

/// A JSON text in the making.
#[derive(Debug, Default)]
pub struct Json {
    text: String,
    /// Lines and blanks for people.
    pretty: bool,
    depth: usize,
    /// Whether the list or object has an item already.
    filled: bool,
}

impl Json {
    /// In one line.
    pub fn compact() -> Self {
        Self::default()
    }

    /// For people: an item a line, two blanks for each level.
    pub fn pretty() -> Self {
        Self { pretty: true, ..Self::default() }
    }

    /// Opens a list or an object: a value, or an item of a list.
    #[must_use]
    pub fn begin(mut self, bracket: char) -> Self {
        self.open(None, bracket);
        self
    }

    /// Opens a list (`[`) or an object (`{`); `name` is that of a field.
    pub fn open(&mut self, name: Option<&str>, bracket: char) {
        self.item(name);
        self.text.push(bracket);
        self.depth += 1;
        self.filled = false;
    }

    /// Closes it, with its own bracket.
    pub fn close(&mut self, bracket: char) {
        self.depth = self.depth.saturating_sub(1);
        if self.filled {
            self.line();
        }
        self.text.push(bracket);
        self.filled = true;
    }

    /// A text, or `null`.
    pub fn text(&mut self, name: Option<&str>, value: Option<&str>) {
        self.item(name);
        match value {
            Some(value) => self.quoted(value),
            None => self.text.push_str("null"),
        }
    }

    /// A count.
    pub fn number(&mut self, name: &str, value: u64) {
        self.item(Some(name));
        self.text.push_str(&value.to_string());
    }

    /// A value that is JSON already.
    pub fn raw(&mut self, value: &str) {
        self.item(None);
        self.text.push_str(value);
    }

    /// A number with its sign, or `null`.
    pub fn signed(&mut self, name: &str, value: Option<i64>) {
        self.item(Some(name));
        self.text.push_str(&value.map_or_else(|| "null".to_owned(), |value| value.to_string()));
    }

    /// A truth, or `null`.
    pub fn truth(&mut self, name: &str, value: Option<bool>) {
        self.item(Some(name));
        self.text.push_str(value.map_or("null", |value| if value { "true" } else { "false" }));
    }

    /// The text, when all is closed.
    pub fn finish(self) -> String {
        self.text
    }

    /// What stands before a value.
    fn item(&mut self, name: Option<&str>) {
        if self.filled {
            self.text.push(',');
        }
        self.filled = true;
        self.line();
        if let Some(name) = name {
            self.quoted(name);
            self.text.push_str(if self.pretty { ": " } else { ":" });
        }
    }

    fn line(&mut self) {
        if self.pretty && !self.text.is_empty() {
            self.text.push('\n');
            for _ in 0..self.depth {
                self.text.push_str("  ");
            }
        }
    }

    fn quoted(&mut self, value: &str) {
        self.text.push('"');
        let mut start = 0;
        for (at, byte) in value.bytes().enumerate() {
            let escape = match byte {
                b'"' => '"',
                b'\\' => '\\',
                0x08 => 'b',
                b'\t' => 't',
                b'\n' => 'n',
                0x0C => 'f',
                b'\r' => 'r',
                0..0x20 => 'u',
                _ => continue,
            };
            self.text.push_str(&value[start..at]);
            self.text.push('\\');
            self.text.push(escape);
            if escape == 'u' {
                self.text.push_str(if byte < 0x10 { "000" } else { "001" });
                self.text.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
            }
            start = at + 1;
        }
        self.text.push_str(&value[start..]);
        self.text.push('"');
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop")]

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::Json;

    /// Writes a value whose numbers are counts.
    fn write(json: &mut Json, name: Option<&str>, value: &Value) {
        match value {
            Value::Array(items) => {
                json.open(name, '[');
                for item in items {
                    write(json, None, item);
                }
                json.close(']');
            }
            Value::Object(fields) => {
                json.open(name, '{');
                for (name, value) in fields {
                    write(json, Some(name), value);
                }
                json.close('}');
            }
            Value::Number(number) => json.number(name.unwrap(), number.as_u64().unwrap()),
            Value::Bool(truth) => json.truth(name.unwrap(), Some(*truth)),
            Value::Null | Value::String(_) => json.text(name, value.as_str()),
        }
    }

    fn both(value: &Value) -> [String; 2] {
        [Json::pretty(), Json::compact()].map(|mut json| {
            write(&mut json, None, value);
            json.finish()
        })
    }

    #[test]
    fn lists_and_objects_are_written_as_by_serde() {
        let value = json!({
            "a": [], "b": {}, "c": [[], {}, "x", null, [{"d": 1, "e": true}]], "f": {"g": ["y"]},
        });
        let by_serde =
            [serde_json::to_string_pretty(&value).unwrap(), serde_json::to_string(&value).unwrap()];
        assert_eq!(both(&value), by_serde);
        assert_eq!(both(&json!([])), ["[]", "[]"]);
        let mut json = Json::compact().begin('{');
        json.truth("a", None);
        json.close('}');
        assert_eq!(json.finish(), r#"{"a":null}"#);
    }

    proptest! {
        #[test]
        fn any_text_is_written_as_by_serde(name in any::<String>(), text in "[\\x00-\\x7f\u{7e0}-\u{fff}😀]*") {
            let value = json!({ name: [text] });
            prop_assert_eq!(&both(&value)[0], &serde_json::to_string_pretty(&value).unwrap());
        }
    }
}
