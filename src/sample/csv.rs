use std::fmt::{Display, Write as _};

/// One row of CSV (RFC 4180) in the making.
#[derive(Default)]
pub(super) struct Row(String);

impl Row {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds a field, quoted where it must be.
    pub(super) fn field(&mut self, text: &str) -> &mut Self {
        if text.contains([',', '"', '\r', '\n']) {
            self.0.push('"');
            for piece in text.split_inclusive('"') {
                self.0.push_str(piece);
                if piece.ends_with('"') {
                    self.0.push('"');
                }
            }
            self.0.push('"');
        } else {
            self.0.push_str(text);
        }
        self.0.push(',');
        self
    }

    /// Adds a field that never needs quotes.
    pub(super) fn plain(&mut self, value: impl Display) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{value},");
        self
    }

    /// The row with its line end, as UTF-16LE.
    pub(super) fn finish(&mut self) -> Vec<u8> {
        self.0.pop();
        self.0.push_str("\r\n");
        utf16(&self.0)
    }
}

pub(super) fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() * 2);
    for unit in text.encode_utf16() {
        bytes.extend_from_slice(&unit.to_le_bytes());
    }
    bytes
}
