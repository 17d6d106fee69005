//! The header of a message or a part: its fields, unfolded (RFC 5322, 2.2.3).

use super::Piece;

/// The longest field that is held, in bytes.
const LONGEST_FIELD: usize = 64 << 10;
/// How far into a header fields are held, in bytes.
const LONGEST_HEADER: usize = 1 << 20;

/// A field of a header.
#[derive(Clone, Copy, Debug)]
pub(in crate::import) struct Field<'a> {
    /// Its name, as written.
    pub(in crate::import) name: &'a [u8],
    /// Its text, line ends left out; the beginning only, if `whole` is false.
    pub(in crate::import) value: &'a [u8],
    /// Line on which it starts.
    pub(in crate::import) line: u64,
    /// It is not longer than a field may be, and not behind more header than
    /// there may be.
    pub(in crate::import) whole: bool,
}

/// What a line of a header was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum FieldLine {
    /// Of a field, or nothing that could be used.
    Header,
    /// The empty line that ends it.
    End,
}

/// A header that is being read.
#[derive(Debug, Default)]
pub(in crate::import) struct Header {
    field: Vec<u8>,
    /// Bytes of the name; 0 for no field yet.
    name: usize,
    line: u64,
    /// Something of it was left out.
    over: bool,
    read: usize,
}

impl Header {
    /// Takes a line; hands on the field that ended before it.
    ///
    /// A line that neither is indented nor has a name goes on with the field
    /// before: text that was copied out of a mail program loses its blanks.
    pub(in crate::import) fn line(
        &mut self,
        piece: Piece<'_>,
        take: &mut dyn FnMut(Field<'_>),
    ) -> FieldLine {
        if piece.starts {
            if piece.text.is_empty() {
                self.end(take);
                return FieldLine::End;
            }
            let folded = matches!(piece.text.first(), Some(b' ' | b'\t'));
            match field_name(piece.text).filter(|_| !folded) {
                Some(name) => {
                    self.end(take);
                    (self.name, self.line) = (name.len(), piece.line);
                    self.over = self.read >= LONGEST_HEADER;
                }
                None if !folded => self.hold(b" "),
                None => {}
            }
        }
        self.read = self.read.saturating_add(piece.text.len() + 1);
        self.hold(piece.text);
        FieldLine::Header
    }

    /// The header ends here; hands on its last field.
    pub(in crate::import) fn end(&mut self, take: &mut dyn FnMut(Field<'_>)) {
        if self.name > 0 {
            let (name, rest) = self.field.split_at(self.name.min(self.field.len()));
            // Old mail has blanks before the colon (RFC 5322, 4.5).
            let value = rest.trim_ascii_start().strip_prefix(b":").unwrap_or(rest);
            let value = value.trim_ascii();
            take(Field { name, value, line: self.line, whole: !self.over });
        }
        self.field.clear();
        self.name = 0;
    }

    fn hold(&mut self, text: &[u8]) {
        if self.name == 0 {
            return;
        }
        let room = LONGEST_FIELD.saturating_sub(self.field.len());
        self.over |= text.len() > room;
        self.field.extend_from_slice(&text[..text.len().min(room)]);
    }
}

/// The name of the field that a line begins; `None` if it begins none.
pub(in crate::import) fn field_name(line: &[u8]) -> Option<&[u8]> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let end = line.iter().position(|byte| !is_of_name(byte))?;
    let name = &line[..end];
    let behind = line[end..].trim_ascii_start();
    (!name.is_empty() && behind.starts_with(b":")).then_some(name)
}
