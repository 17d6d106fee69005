use serde::{Deserialize, Serialize};

use super::Field;
use crate::mail::{AuthMethod, Day, Direction, TlsState};

/// What a person said of a file that cannot speak for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Field and header of the column to take for it: as written, or `#3` for
    /// the third; empty for none. Fields that are not here are guessed.
    pub columns: Vec<(Field, String)>,
    /// A word of a column, as written without blanks around it, and the code
    /// ([`Field::codes`]) of what it means. They come before the words that
    /// readers know.
    pub words: Vec<(Field, String, String)>,
    /// Which of day and month comes first in `3/4/2026`.
    pub date_order: Option<DateOrder>,
    /// First and last day of counts without a date.
    pub period: Option<(Day, Day)>,
    /// Not as remembered for the file's header.
    pub as_guessed: bool,
}

/// Order of day and month in a numeric date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is what its name says")]
pub enum DateOrder {
    DayMonth,
    MonthDay,
}

impl DateOrder {
    /// Both orders.
    pub const ALL: [Self; 2] = [Self::DayMonth, Self::MonthDay];

    /// The word for it in a mapping file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::DayMonth => "dayMonth",
            Self::MonthDay => "monthDay",
        }
    }
}

/// What is wrong with a mapping file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MappingFault {
    /// No JSON (RFC 8259), or without columns.
    NotAMapping,
    /// A version that is not read.
    Version(String),
    /// A field, code or order that is not known.
    Unknown(String),
}

impl Field {
    /// The field with that code, in any case.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code().eq_ignore_ascii_case(code))
    }

    /// Whether its column holds words that are read as one of [`Field::codes`].
    pub const fn holds_words(self) -> bool {
        matches!(
            self,
            Self::Tls | Self::Direction | Self::ConnectorType | Self::ForcedTls | Self::AuthMethod
        )
    }

    /// What words of its column can mean, by the codes of the program's JSON;
    /// none for a column that holds no such words.
    pub fn codes(self) -> Vec<&'static str> {
        match self {
            Self::Tls => TlsState::ALL.map(TlsState::code).to_vec(),
            Self::Direction => Direction::ALL.map(Direction::code).to_vec(),
            Self::ConnectorType => ["OnPremises", "Partner", "NoConnector", "Unknown"].to_vec(),
            Self::ForcedTls => ["true", "false", "notRecorded"].to_vec(),
            Self::AuthMethod => AuthMethod::ALL.map(AuthMethod::code).to_vec(),
            _ => Vec::new(),
        }
    }
}

impl Mapping {
    /// The mapping as a file: JSON, for tables with this header.
    pub fn to_json(&self, header: &[String]) -> String {
        let mut out = String::from("{\n  \"version\": 1,\n  \"header\": [");
        for (index, cell) in header.iter().enumerate() {
            separate(&mut out, index, " ");
            quote(&mut out, cell);
        }
        out.push_str("],\n  \"columns\": {");
        for (index, (field, column)) in self.columns.iter().enumerate() {
            separate(&mut out, index, "\n    ");
            quote(&mut out, field.code());
            out.push_str(": ");
            quote(&mut out, column);
        }
        out.push_str("\n  },\n  \"words\": [");
        for (index, (field, word, code)) in self.words.iter().enumerate() {
            separate(&mut out, index, "\n    ");
            for (name, text) in [("{ \"field\": ", field.code()), (", \"word\": ", word)] {
                out.push_str(name);
                quote(&mut out, text);
            }
            out.push_str(", \"means\": ");
            quote(&mut out, code);
            out.push_str(" }");
        }
        out.push_str("\n  ]");
        if let Some(order) = self.date_order {
            out.push_str(",\n  \"dateOrder\": ");
            quote(&mut out, order.code());
        }
        out.push_str("\n}\n");
        out
    }
}

fn separate(out: &mut String, index: usize, blank: &str) {
    if index > 0 {
        out.push(',');
    }
    if index > 0 || blank.len() > 1 {
        out.push_str(blank);
    }
}

/// A JSON string (RFC 8259, 7).
fn quote(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\0'..' ' => {
                let code = c as usize;
                out.push_str("\\u00");
                out.extend([code / 16, code % 16].map(|digit| char::from(HEX[digit])));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}
