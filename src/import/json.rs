//! JSON, read strictly by RFC 8259: piece by piece, so that a long list is
//! never held as values. A general reader would bring the page tables for
//! numbers with a fraction, and code for each type that it can fill: 25 kB.

use super::formats::document::Value;
use crate::account::DocumentFault;

/// How many brackets may be open at once.
const DEPTH: u8 = 127;

/// Why reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// The text ends too early.
    End,
    /// No JSON: the last byte of this many is wrong.
    Syntax(usize),
    /// Another kind of value than there must be; the end of what was read.
    Shape(usize),
}

/// A JSON text, and how far it was read.
#[derive(Debug)]
pub(super) struct Json<'t> {
    text: &'t str,
    at: usize,
    /// Brackets that are open.
    depth: u8,
}

impl<'t> Json<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Opens a list (`[`) or an object (`{`): whatever else stands here is of
    /// the wrong shape.
    pub(super) fn open(&mut self, bracket: u8) -> Result<(), Wrong> {
        let Some(byte @ (b'[' | b'{')) = self.blanks() else {
            self.value()?;
            return Err(Wrong::Shape(self.at));
        };
        self.at += 1;
        if self.depth == DEPTH {
            return Err(Wrong::Syntax(self.at));
        }
        self.depth += 1;
        if byte == bracket { Ok(()) } else { Err(Wrong::Shape(self.at)) }
    }

    /// Whether there is another item before the `close`ing bracket, which is
    /// taken; `first` is whether this is asked for the first.
    pub(super) fn more(&mut self, close: u8, first: bool) -> Result<bool, Wrong> {
        match self.blanks() {
            None => Err(Wrong::End),
            Some(byte) if byte == close => {
                self.at += 1;
                self.depth -= 1;
                Ok(false)
            }
            Some(_) if first => Ok(true),
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(_) => Err(Wrong::Syntax(self.at + 1)),
        }
    }

    /// The name of a field, with the colon.
    pub(super) fn name(&mut self) -> Result<String, Wrong> {
        self.blanks();
        self.expect(b'"')?;
        let name = self.string()?;
        self.blanks();
        self.expect(b':')?;
        Ok(name)
    }

    /// A value as a whole; nothing of what a list holds.
    pub(super) fn value(&mut self) -> Result<Value, Wrong> {
        let byte = self.blanks().ok_or(Wrong::End)?;
        let mut first = true;
        match byte {
            b'{' => {
                let mut fields = Vec::new();
                self.open(byte)?;
                while self.more(b'}', first)? {
                    first = false;
                    fields.push((self.name()?, self.value()?));
                }
                Ok(Value::Fields(fields))
            }
            b'[' => {
                self.open(byte)?;
                let mut list = Vec::new();
                while self.more(b']', first)? {
                    first = false;
                    list.push(self.value()?);
                }
                Ok(Value::List(list))
            }
            b'"' => {
                self.at += 1;
                Ok(Value::Text(self.string()?))
            }
            b'n' => self.word("null", Value::Nothing),
            b't' => self.word("true", Value::Text("true".to_owned())),
            b'f' => self.word("false", Value::Text("false".to_owned())),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(Wrong::Syntax(self.at + 1)),
        }
    }

    /// Where the next value begins, or what else follows, in bytes from the
    /// start.
    pub(super) fn place(&mut self) -> usize {
        self.blanks();
        self.at
    }

    /// Nothing may follow.
    pub(super) fn end(&mut self) -> Result<(), Wrong> {
        self.blanks().map_or(Ok(()), |_| Err(Wrong::Syntax(self.at + 1)))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Result<u8, Wrong> {
        let byte = self.peek().ok_or(Wrong::End)?;
        self.at += 1;
        Ok(byte)
    }

    fn expect(&mut self, wanted: u8) -> Result<(), Wrong> {
        if self.next()? == wanted { Ok(()) } else { Err(Wrong::Syntax(self.at)) }
    }

    /// Skips blanks; what follows.
    fn blanks(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Wrong> {
        word.bytes().try_for_each(|byte| self.expect(byte))?;
        Ok(value)
    }

    /// A string behind its first quote.
    fn string(&mut self) -> Result<String, Wrong> {
        let mut string = String::new();
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let special = |byte: &u8| matches!(byte, 0..0x20 | b'"' | b'\\');
            let plain = rest.iter().position(special).ok_or(Wrong::End)?;
            // Both ends are beside an ASCII sign.
            string.push_str(self.text.get(self.at..self.at + plain).unwrap_or_default());
            self.at += plain;
            match self.next()? {
                b'"' => return Ok(string),
                b'\\' => string.push(self.escape()?),
                _ => return Err(Wrong::Syntax(self.at)),
            }
        }
    }

    /// The character of an escape behind its backslash.
    fn escape(&mut self) -> Result<char, Wrong> {
        let byte = self.next()?;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\x08',
            b'f' => '\x0C',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut unit = self.hex()?;
                if matches!(unit, 0xD800..0xDC00) {
                    self.expect(b'\\')?;
                    self.expect(b'u')?;
                    let low = self.hex()?.wrapping_sub(0xDC00);
                    // No character is so high.
                    unit = if low < 0x400 { 0x1_0000 + ((unit - 0xD800) << 10) + low } else { !0 };
                }
                char::from_u32(unit).ok_or(Wrong::Syntax(self.at))?
            }
            _ => return Err(Wrong::Syntax(self.at)),
        })
    }

    /// Four digits.
    fn hex(&mut self) -> Result<u32, Wrong> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4).ok_or(Wrong::End)?;
        self.at += 4;
        digits.iter().try_fold(0, |value, byte| {
            let digit = char::from(*byte).to_digit(16).ok_or(Wrong::Syntax(self.at))?;
            Ok(value << 4 | digit)
        })
    }

    /// Takes at least one digit; how many, and how many of them did not fit
    /// into `value` any more.
    fn digits(&mut self, value: &mut u64) -> Result<(i32, i32), Wrong> {
        let (mut all, mut dropped) = (0, 0);
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            let more =
                value.checked_mul(10).and_then(|value| value.checked_add((digit - b'0').into()));
            match more {
                Some(more) if dropped == 0 => *value = more,
                _ => dropped += 1,
            }
            all += 1;
            self.at += 1;
        }
        if all > 0 {
            return Ok((all, dropped));
        }
        self.next()?;
        Err(Wrong::Syntax(self.at))
    }

    fn number(&mut self) -> Result<Value, Wrong> {
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let (zero, mut value) = (self.peek() == Some(b'0'), 0);
        let (all, mut exponent) = self.digits(&mut value)?;
        if zero && all > 1 {
            // The digit behind the zero.
            return Err(Wrong::Syntax(self.at + 2 - all.unsigned_abs() as usize));
        }
        let mut whole = exponent == 0;
        if self.peek() == Some(b'.') {
            self.at += 1;
            let (all, dropped) = self.digits(&mut value)?;
            exponent += dropped - all;
            whole = false;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            let sign = self.peek().filter(|byte| matches!(byte, b'+' | b'-'));
            self.at += usize::from(sign.is_some());
            let mut power = 0;
            let (_, dropped) = self.digits(&mut power)?;
            let power =
                if dropped == 0 { i32::try_from(power).unwrap_or(i32::MAX) } else { i32::MAX };
            exponent = exponent.saturating_add(if sign == Some(b'-') { -power } else { power });
            whole = false;
        }
        match (whole, negative, value) {
            (true, false, _) => return Ok(Value::Number(value)),
            (true, true, 1..=0x8000_0000_0000_0000) => {
                return Ok(Value::Text(["-", &value.to_string()].concat()));
            }
            _ => {}
        }
        let mut number = value as f64;
        while exponent != 0 && number > 0.0 {
            // So many tens are exact.
            let step = exponent.clamp(-22, 22);
            let tens = (0..step.abs()).fold(1.0, |tens, _| tens * 10.0);
            number = if step > 0 { number * tens } else { number / tens };
            exponent -= step;
            if number.is_infinite() {
                return Err(Wrong::Syntax(self.at));
            }
        }
        Ok(Value::Text(tenths(if negative { -number } else { number })))
    }
}

/// `1.2` without quotes is a version of TLS; nothing else has a fraction.
fn tenths(value: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "saturates")]
    let tenths = (value * 10.0).round() as i64;
    if (tenths as f64 / 10.0).total_cmp(&value).is_ne() {
        return "…".to_owned();
    }
    [(tenths / 10).to_string(), (tenths % 10).abs().to_string()].join(".")
}

impl Wrong {
    /// What a person is told.
    pub(super) fn fault(self, text: &str) -> DocumentFault {
        let place = |at: usize| {
            let before = &text.as_bytes()[..at.min(text.len())];
            let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let lines = before.split(|byte| *byte == b'\n').count();
            (lines as u64, (before.len() - start) as u64)
        };
        match self {
            Self::End => DocumentFault::CutOff,
            Self::Syntax(at) => {
                let (line, column) = place(at);
                DocumentFault::Syntax { line, column }
            }
            Self::Shape(at) => {
                let (line, column) = place(at);
                DocumentFault::Shape { line, column }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop")]

    use std::fmt;

    use proptest::prelude::*;
    use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
    use serde_json::error::Category;

    use super::{Json, Value, tenths};
    use crate::account::DocumentFault;

    /// A value as `serde_json` reads it.
    struct BySerde(Value);

    impl<'de> Deserialize<'de> for BySerde {
        fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
            json.deserialize_any(Values).map(Self)
        }
    }

    struct Values;

    impl<'de> Visitor<'de> for Values {
        type Value = Value;

        fn expecting(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Ok(())
        }

        fn visit_unit<E: Error>(self) -> Result<Value, E> {
            Ok(Value::Nothing)
        }

        fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
            Ok(Value::Text(value.to_string()))
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
            Ok(Value::Number(value))
        }

        fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
            Ok(Value::Text(value.to_string()))
        }

        fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
            Ok(Value::Text(tenths(value)))
        }

        fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
            Ok(Value::Text(value.to_owned()))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
            let mut list = Vec::new();
            while let Some(BySerde(item)) = items.next_element()? {
                list.push(item);
            }
            Ok(Value::List(list))
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
            let mut fields = Vec::new();
            while let Some((name, value)) = map.next_entry::<String, BySerde>()? {
                fields.push((name, value.0));
            }
            Ok(Value::Fields(fields))
        }
    }

    /// What is read of a text, or what is wrong with it, and where.
    fn ours(text: &str) -> Result<String, DocumentFault> {
        let mut json = Json::new(text);
        let value = json.value().and_then(|value| json.end().map(|()| value));
        value.map(|value| format!("{value:?}")).map_err(|wrong| wrong.fault(text))
    }

    /// Whether there may be an exponent that `serde_json` refuses in its middle.
    fn far(text: &str) -> bool {
        text.split(['e', 'E']).skip(1).any(|behind| {
            let digits = behind.trim_start_matches(['+', '-']);
            digits.bytes().take_while(u8::is_ascii_digit).count() > 9
        })
    }

    fn by_serde(text: &str) -> Result<String, DocumentFault> {
        let value = serde_json::from_str::<BySerde>(text);
        value.map(|value| format!("{:?}", value.0)).map_err(|error| {
            let (line, column) = (error.line() as u64, error.column() as u64);
            match error.classify() {
                Category::Eof => DocumentFault::CutOff,
                Category::Syntax => DocumentFault::Syntax { line, column },
                Category::Data | Category::Io => DocumentFault::Shape { line, column },
            }
        })
    }

    #[test]
    fn numbers_escapes_and_depth_are_read_as_by_serde() {
        let (deep, deeper) = (127, 128);
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        let objects = |depth: usize| r#"{"a":"#.repeat(depth) + "1" + &"}".repeat(depth);
        for text in [
            "",
            " ",
            "0",
            "-0",
            "-",
            "01",
            "-01",
            "1.",
            "1.e1",
            ".5",
            "1.2",
            "1.20",
            "12e-1",
            "-1.5",
            "-0.5",
            "1e",
            "1e+",
            "1E5",
            "1e5x",
            "0e999999",
            "1e308",
            "1e309",
            "-1e309",
            "1e-400",
            "1.25",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775808",
            "-9223372036854775809",
            "0.1",
            "1.0",
            "100.5",
            "123456789012345678901234567890.5e-29",
            "0.000000000000000000000000000001e29",
            "+1",
            "NaN",
            "nul",
            "null",
            "nulL",
            "true",
            "false",
            "fal\nse",
            "tru",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1",
            "[1,",
            "{",
            "{}",
            r#"{"a""#,
            r#"{"a":"#,
            r#"{"a":1"#,
            r#"{"a":1,"#,
            r#"{"a":1,}"#,
            r#"{"a" 1}"#,
            "{1:2}",
            r#"{"a":1 "b":2}"#,
            r#"{"a":1]"#,
            r#"{"a":1,"a":2}"#,
            r#"{"a":[{"b":null}],"c":{"d":"e"}}"#,
            "\"\n\"",
            "\"\x1f\"",
            "\"\x7f\"",
            r#""\u0041\u00e9\ud55c\ud83d\ude00\/\b\f\n\r\t\"\\""#,
            r#""\ud83d""#,
            r#""\ud83dx""#,
            r#""\ud83d\n""#,
            r#""\ud83d\u0041""#,
            r#""\ude00""#,
            r#""\u12""#,
            r#""\u12""#,
            r#""\u12g4""#,
            r#""\u+123""#,
            r#""\x""#,
            r#""\"#,
            r#""\u"#,
            r#""\ud83d\"#,
            r#""\ud83d\u"#,
            "\"",
            "1 1",
            "[] x",
            "\u{feff}1",
            "\n \t\r[\n1,\n é]",
            &nested(deep),
            &nested(deeper),
            &objects(deep),
            &objects(deeper),
            &"[".repeat(100_000),
        ] {
            assert_eq!(ours(text), by_serde(text), "{text}");
        }
    }

    /// JSON of any kind, with blanks and escapes.
    fn valid() -> impl Strategy<Value = String> {
        let string = r#""([ -!#-\[\]-~é한😀]|\\["\\/bfnrt]|\\u[0-9a-cA-C][0-9a-f]{3}|\\ud8[0-9a-f]{2}\\udc[0-9A-F]{2}){0,8}""#;
        let single = prop_oneof![
            string,
            "-?(0|[1-9][0-9]{0,24})(\\.[0-9]{1,22})?([eE][-+]?[0-9]{1,2})?",
            "-?[1-9]?[0-9]\\.[0-9]",
            "null|true|false",
        ];
        single.prop_recursive(4, 40, 5, move |item| {
            let field = (string, "[ \n]{0,2}", item.clone(), "[ \r\t\n]{0,2}");
            let field = field.prop_map(|(name, a, value, b)| format!("{name}{a}:{a}{value}{b}"));
            prop_oneof![
                prop::collection::vec(field, 0..5)
                    .prop_map(|all| format!("{{ {}}}", all.join(","))),
                prop::collection::vec(item, 0..5)
                    .prop_map(|all| format!("[{}]\n", all.join(" ,\n"))),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_json_is_read_as_by_serde(text in valid()) {
            let read = ours(&text);
            prop_assert!(read.is_ok(), "{}: {:?}", text, read);
            prop_assert_eq!(read, by_serde(&text));
        }

        #[test]
        fn damaged_json_is_refused_as_by_serde(
            text in valid(), at in any::<prop::sample::Index>(), length in 0_usize..4,
            new in r#"[{}\[\]",:\\u0-9.eE+\-a\n ]{0,2}"#,
        ) {
            let mut signs: Vec<char> = text.chars().collect();
            let start = at.index(signs.len());
            let end = (start + length).min(signs.len());
            signs.splice(start..end, new.chars());
            let text: String = signs.into_iter().collect();
            prop_assert_eq!(ours(&text).is_ok(), by_serde(&text).is_ok(), "{}", text);
            prop_assert!(far(&text) || ours(&text) == by_serde(&text), "{}", text);
            let cut = text.chars().take(start).collect::<String>();
            prop_assert_eq!(ours(&cut), by_serde(&cut), "{}", cut);
        }

        #[test]
        fn any_text_is_read_as_by_serde(text in r#"[{}\[\]",:\\ud80-9.eE+\-truefalsn\n é]{0,40}"#) {
            prop_assert_eq!(ours(&text).is_ok(), by_serde(&text).is_ok());
            prop_assert!(far(&text) || ours(&text) == by_serde(&text));
        }
    }
}
