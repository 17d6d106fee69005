//! The parts of a message (RFC 2046): those that are wanted, decoded.

use super::{Field, FieldLine, Header, Piece};

/// How deep parts may lie in each other.
const DEEPEST: usize = 32;

/// What a part says of itself.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Head {
    /// `type/subtype`, lower case; empty for none.
    pub(in crate::import) kind: String,
    /// `Content-Type` as written.
    content_type: String,
    /// `Content-Disposition` as written.
    pub(in crate::import) disposition: String,
    encoding: Encoding,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Encoding {
    /// `7bit`, `8bit` or `binary`.
    #[default]
    Plain,
    Base64,
    QuotedPrintable,
}

impl Head {
    /// Takes note of a field of the header, if it speaks of the content.
    pub(in crate::import) fn field(&mut self, name: &[u8], value: &[u8]) {
        let text = || String::from_utf8_lossy(value).into_owned();
        let Some(what) = name.get(8..) else { return };
        if !name[..8].eq_ignore_ascii_case(b"Content-") {
            return;
        }
        if what.eq_ignore_ascii_case(b"Type") {
            self.content_type = text();
            let kind = self.content_type.split([';', ' ', '\t', '(']).next().unwrap_or_default();
            self.kind = crate::mail::lower(kind);
        } else if what.eq_ignore_ascii_case(b"Disposition") {
            self.disposition = text();
        } else if what.eq_ignore_ascii_case(b"Transfer-Encoding") {
            let value = value.trim_ascii();
            self.encoding = if value.eq_ignore_ascii_case(b"base64") {
                Encoding::Base64
            } else if value.eq_ignore_ascii_case(b"quoted-printable") {
                Encoding::QuotedPrintable
            } else {
                Encoding::Plain
            };
        }
    }

    /// Whether its name, wherever that stands, has this in it.
    pub(in crate::import) fn has_name(&self, part: &str) -> bool {
        [&self.content_type, &self.disposition]
            .into_iter()
            .any(|field| crate::mail::lower(field).contains(part))
    }

    /// A parameter of the content type (RFC 2045, 5.1).
    pub(in crate::import) fn parameter(&self, name: &str) -> Option<String> {
        let mut rest = self.content_type.as_str();
        loop {
            rest = rest.split_once(';')?.1.trim_start();
            let (key, value) = rest.split_once('=')?;
            let (value, behind) = if let Some(quoted) = value.trim_start().strip_prefix('"') {
                unquote(quoted)
            } else {
                let end = value.find([';', ' ', '\t']).unwrap_or(value.len());
                (value[..end].to_owned(), &value[end..])
            };
            if key.trim_end().eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = behind;
        }
    }
}

/// The text up to the closing quote, and what is behind it.
fn unquote(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut signs = text.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => return (value, text.get(at + 1..).unwrap_or_default()),
            '\\' => value.extend(signs.next().map(|(_, sign)| sign)),
            _ => value.push(sign),
        }
    }
    (value, "")
}

/// A part that was wanted.
#[derive(Debug)]
pub(in crate::import) struct Part {
    /// What it says of itself.
    pub(in crate::import) head: Head,
    /// Its decoded bytes.
    pub(in crate::import) body: Vec<u8>,
    /// Line on which its body starts.
    pub(in crate::import) line: u64,
    /// It is longer than may be held: this is its beginning.
    pub(in crate::import) over: bool,
}

enum State {
    /// Before, between and behind parts, and in those that are not wanted.
    Skip,
    Header(Header, Head),
    Body(Body),
}

struct Body {
    part: Part,
    /// Bits of base64 that are no byte yet, and how many.
    bits: (u32, u32),
    /// The line end before the next line, which is a boundary's if that is one.
    line_end: bool,
    /// Base64 ended with `=`.
    ended: bool,
}

/// The parts of one message.
pub(in crate::import) struct Parts {
    wants: fn(&Head) -> bool,
    /// The longest body that is held.
    limit: usize,
    boundaries: Vec<Vec<u8>>,
    state: State,
}

impl Parts {
    /// The parts of a message whose header says this.
    pub(in crate::import) fn new(head: Head, wants: fn(&Head) -> bool, limit: usize) -> Self {
        let mut parts = Self { wants, limit, boundaries: Vec::new(), state: State::Skip };
        parts.begin(head, 0);
        parts
    }

    /// Whether nothing more of the message can be wanted.
    pub(in crate::import) fn is_over(&self) -> bool {
        self.boundaries.is_empty() && matches!(self.state, State::Skip)
    }

    /// Takes a line behind the message's header.
    pub(in crate::import) fn line(&mut self, piece: Piece<'_>, take: &mut dyn FnMut(Part)) {
        let whole = piece.starts && piece.ends;
        if whole && piece.text.starts_with(b"--") && self.boundary(piece.text, take) {
            return;
        }
        match &mut self.state {
            State::Skip => {}
            State::Body(body) => body.line(piece, self.limit),
            State::Header(header, head) => {
                let mut field = |field: Field<'_>| head.field(field.name, field.value);
                if header.line(piece, &mut field) == FieldLine::End {
                    let head = std::mem::take(head);
                    self.begin(head, piece.line + 1);
                }
            }
        }
    }

    /// The message ends.
    pub(in crate::import) fn finish(&mut self, take: &mut dyn FnMut(Part)) {
        self.end_part(take);
        self.boundaries.clear();
    }

    /// What stands behind a header.
    fn begin(&mut self, head: Head, line: u64) {
        self.state = State::Skip;
        if head.kind.starts_with("multipart/") {
            if let Some(boundary) = head.parameter("boundary")
                && self.boundaries.len() < DEEPEST
            {
                self.boundaries.push(boundary.trim_end().as_bytes().to_vec());
            }
        } else if matches!(head.kind.as_str(), "message/rfc822" | "message/global")
            && head.encoding == Encoding::Plain
        {
            self.state = State::Header(Header::default(), Head::default());
        } else if (self.wants)(&head) {
            let part = Part { head, body: Vec::new(), line, over: false };
            self.state = State::Body(Body { part, bits: (0, 0), line_end: false, ended: false });
        }
    }

    /// Whether a line is a boundary, of whichever level; then what it ends is
    /// ended.
    fn boundary(&mut self, line: &[u8], take: &mut dyn FnMut(Part)) -> bool {
        let line = line[2..].trim_ascii_end();
        let last = line.strip_suffix(b"--");
        let is = |boundary: &Vec<u8>| line == boundary.as_slice();
        let closes = |boundary: &Vec<u8>| last == Some(boundary.as_slice());
        let Some(level) =
            self.boundaries.iter().rposition(|boundary| is(boundary) || closes(boundary))
        else {
            return false;
        };
        let another = self.boundaries.get(level).is_some_and(is);
        self.end_part(take);
        self.boundaries.truncate(level + usize::from(another));
        if another {
            self.state = State::Header(Header::default(), Head::default());
        }
        true
    }

    fn end_part(&mut self, take: &mut dyn FnMut(Part)) {
        if let State::Body(body) = std::mem::replace(&mut self.state, State::Skip) {
            take(body.part);
        }
    }
}

impl Body {
    fn line(&mut self, piece: Piece<'_>, limit: usize) {
        match self.part.head.encoding {
            Encoding::Plain => {
                self.end_line(limit);
                self.hold(piece.text, limit);
                self.line_end = piece.ends;
            }
            Encoding::Base64 => self.base64(piece.text, limit),
            Encoding::QuotedPrintable => {
                self.end_line(limit);
                self.quoted_printable(piece, limit);
            }
        }
    }

    fn end_line(&mut self, limit: usize) {
        if std::mem::take(&mut self.line_end) {
            self.hold(b"\r\n", limit);
        }
    }

    fn hold(&mut self, bytes: &[u8], limit: usize) {
        let room = limit.saturating_sub(self.part.body.len());
        self.part.over |= bytes.len() > room;
        self.part.body.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// RFC 2045, 6.8: what is no sign of base64 is passed over.
    fn base64(&mut self, text: &[u8], limit: usize) {
        for &byte in text {
            let value = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                b'=' => {
                    self.ended = true;
                    continue;
                }
                _ => continue,
            };
            if self.ended {
                return;
            }
            let (bits, count) = self.bits;
            let (bits, count) = (bits << 6 | u32::from(value), count + 6);
            self.bits = (bits & 0xff, count);
            if count >= 8 {
                self.bits.1 = count - 8;
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "the eight bits that are whole"
                )]
                self.hold(&[(bits >> (count - 8)) as u8], limit);
            }
        }
    }

    /// RFC 2045, 6.7: what is not as it must be stays as it is.
    fn quoted_printable(&mut self, piece: Piece<'_>, limit: usize) {
        let mut rest = if piece.ends { piece.text.trim_ascii_end() } else { piece.text };
        self.line_end = piece.ends;
        if piece.ends
            && let Some(soft) = rest.strip_suffix(b"=")
        {
            rest = soft;
            self.line_end = false;
        }
        while let Some(at) = rest.iter().position(|&byte| byte == b'=') {
            self.hold(&rest[..at], limit);
            let digit = |index: usize| rest.get(index).and_then(|&byte| hex(byte));
            if let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2)) {
                self.hold(&[high << 4 | low], limit);
                rest = &rest[at + 3..];
            } else {
                self.hold(b"=", limit);
                rest = &rest[at + 1..];
            }
        }
        self.hold(rest, limit);
    }
}

fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}
