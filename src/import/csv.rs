//! Comma-separated values, read in one pass over the bytes as they come.
//!
//! The answer is that of the `csv` crate with its default settings on every
//! input (a property test holds it), only faster: sixty-four bytes are compared
//! at once, and a field is looked at only when somebody asks for it.
//!
//! In short: a quote opens a quoted field only as the field's first byte;
//! inside, two quotes are one; after the closing quote whatever follows is
//! taken as it stands; CR, LF and CRLF each end a record; empty lines are no
//! records; the end of the file ends the last record, even inside quotes.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};
use wide::u8x16;

/// One record, still in the buffer it was read from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    bytes: &'a [u8],
    /// Where each field ends; the next begins one byte behind.
    ends: &'a [u32],
    /// Some field is in quotes, as it stands in the file.
    quoted: bool,
    /// Line on which the record starts, from 1.
    pub(crate) line: u64,
    /// The file ends inside a quoted field of this record.
    pub(crate) open: bool,
}

impl<'a> Record<'a> {
    /// A line of a log that has no fields.
    pub(crate) fn of_line(bytes: &'a [u8], line: u64) -> Self {
        Self { bytes, ends: &[], quoted: false, line, open: false }
    }

    /// Number of fields.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The record as it stands in the file, without its line end.
    pub(crate) fn raw(&self) -> &'a [u8] {
        self.bytes
    }

    /// Field `index`, unquoted; empty where there is none.
    pub(crate) fn get(&self, index: usize) -> Cow<'a, [u8]> {
        let Some(end) = self.ends.get(index) else { return Cow::Borrowed(&[]) };
        let before = index.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.map_or(0, |before| *before as usize + 1);
        let field = self.bytes.get(start..*end as usize).unwrap_or_default();
        if self.quoted && field.first() == Some(&b'"') {
            unquote(field)
        } else {
            Cow::Borrowed(field)
        }
    }

    /// All fields as text, for people.
    pub(crate) fn to_strings(self, longest: usize) -> Vec<String> {
        (0..self.len())
            .map(|index| {
                let field = self.get(index);
                String::from_utf8_lossy(&field[..field.len().min(longest)]).into_owned()
            })
            .collect()
    }
}

/// A record of fields that come from elsewhere.
#[derive(Debug, Default)]
pub(crate) struct OwnedRecord {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl OwnedRecord {
    /// The record of these fields.
    #[expect(clippy::cast_possible_truncation, reason = "a row is at most 4 MB")]
    pub(crate) fn new<'f>(fields: impl Iterator<Item = &'f str>) -> Self {
        let mut record = Self::default();
        for field in fields {
            record.bytes.extend_from_slice(field.as_bytes());
            record.ends.push(record.bytes.len() as u32);
            // So that neighbours are told apart in the row as a whole.
            record.bytes.push(0x1f);
        }
        record
    }

    /// The record, as if it stood on that line.
    pub(crate) fn on_line(&self, line: u64) -> Record<'_> {
        Record { bytes: &self.bytes, ends: &self.ends, quoted: false, line, open: false }
    }
}

/// Takes the quotes off a field that starts with one.
fn unquote(field: &[u8]) -> Cow<'_, [u8]> {
    let Some(body) = field.strip_prefix(b"\"") else { return Cow::Borrowed(field) };
    match memchr(b'"', body) {
        None => return Cow::Borrowed(body),
        Some(quote) if quote + 1 == body.len() => return Cow::Borrowed(&body[..quote]),
        Some(_) => {}
    }
    let mut plain = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(quote) = memchr(b'"', rest) {
        plain.extend_from_slice(&rest[..quote]);
        rest = &rest[quote + 1..];
        match rest.strip_prefix(b"\"") {
            Some(tail) => {
                plain.push(b'"');
                rest = tail;
            }
            None => break,
        }
    }
    plain.extend_from_slice(rest);
    Cow::Owned(plain)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// At the first byte of a field.
    FieldStart,
    /// In a field outside quotes.
    Plain,
    /// Inside quotes.
    Quoted,
    /// Just behind a quote inside quotes: the end, or half of a doubled one.
    Quote,
}

/// What [`CsvReader::push`] hands on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Item<'a> {
    /// A record.
    Record(Record<'a>),
    /// A record longer than the limit, which is passed over up to the next
    /// line end; its beginning.
    TooLong {
        /// Line on which it starts.
        line: u64,
        /// Its first bytes.
        start: &'a [u8],
    },
}

/// Reads records from chunks of any size.
#[expect(clippy::struct_excessive_bools, reason = "where it stands in the text")]
pub(crate) struct CsvReader {
    delimiter: u8,
    longest: usize,
    state: State,
    ends: Vec<u32>,
    field_start: usize,
    /// Some field of the record is in quotes.
    quoted: bool,
    /// Line feeds inside its quotes.
    inner_lines: u64,
    /// Where the last quote inside quotes was.
    quote: usize,
    /// Beginning of a record that the last chunk did not end.
    carry: Vec<u8>,
    /// How far `carry` has been looked at.
    scanned: usize,
    line: u64,
    /// The last byte of the last chunk was a CR that ended a record, so a LF
    /// at the start of the next is part of it.
    after_cr: bool,
    skipping: bool,
    /// A line feed ends a record even inside quotes.
    lines: bool,
}

impl CsvReader {
    /// A reader of records of at most `longest` bytes.
    pub(crate) fn new(delimiter: u8, longest: usize) -> Self {
        Self {
            delimiter,
            longest,
            state: State::FieldStart,
            ends: Vec::with_capacity(64),
            field_start: 0,
            quoted: false,
            inner_lines: 0,
            quote: 0,
            carry: Vec::new(),
            scanned: 0,
            line: 1,
            after_cr: false,
            skipping: false,
            lines: false,
        }
    }

    /// A reader of a log: no record goes on in the next line, so that a quote
    /// that is never closed costs one line, not all that follow.
    pub(crate) fn by_line(mut self) -> Self {
        self.lines = true;
        self
    }

    /// Starts counting at `line`, where lines before were read by other means.
    pub(crate) fn at_line(mut self, line: u64) -> Self {
        self.line = line;
        self
    }

    /// A reader like this one, at the start of a record of another place.
    pub(crate) fn anew(&self) -> Self {
        let reader = Self::new(self.delimiter, self.longest);
        Self { lines: self.lines, ..reader }
    }

    /// Whether what was read ends with a record.
    pub(crate) fn is_between_records(&self) -> bool {
        self.carry.is_empty() && !self.skipping && self.state == State::FieldStart
    }

    /// Lines that have ended.
    pub(crate) fn lines(&self) -> u64 {
        self.line - 1
    }

    /// So many lines were read by another.
    pub(crate) fn pass(&mut self, lines: u64) {
        self.line += lines;
    }

    /// Reads a chunk; `sink` gets each record that ends in it.
    pub(crate) fn push(&mut self, mut chunk: &[u8], sink: &mut dyn FnMut(Item<'_>)) {
        const PIECE: usize = 64 << 10;
        while !chunk.is_empty() {
            if self.skipping {
                chunk = self.skip_line(chunk);
            } else if self.carry.is_empty() {
                chunk = self.skip_line_ends(chunk);
                let used = self.run(chunk, sink);
                chunk = &chunk[used..];
                if !self.skipping {
                    self.carry.extend_from_slice(chunk);
                    self.scanned = chunk.len();
                    return;
                }
            } else {
                // A record is under way: feed it pieces until it ends.
                let before = self.carry.len();
                let piece = &chunk[..chunk.len().min(PIECE).min(self.longest + 1 - before)];
                let mut carry = std::mem::take(&mut self.carry);
                carry.extend_from_slice(piece);
                if let Some(end) = self.scan(&carry, self.scanned) {
                    self.emit(&carry[..end], false, sink);
                    chunk = &chunk[end - before..];
                    carry.clear();
                } else {
                    chunk = &chunk[piece.len()..];
                    if carry.len() > self.longest {
                        self.give_up(&carry, sink);
                        carry.clear();
                    } else {
                        self.scanned = carry.len();
                    }
                }
                self.carry = carry;
            }
        }
    }

    /// Ends the file: what is left is the last record.
    pub(crate) fn finish(&mut self, sink: &mut dyn FnMut(Item<'_>)) {
        if self.carry.is_empty() {
            return;
        }
        let carry = std::mem::take(&mut self.carry);
        let open = self.state == State::Quoted;
        self.close_field(carry.len());
        self.emit(&carry, open, sink);
    }

    /// Reads whole records from the start of `chunk`; returns the bytes used.
    fn run(&mut self, chunk: &[u8], sink: &mut dyn FnMut(Item<'_>)) -> usize {
        let mut used = 0;
        while used < chunk.len() {
            let rest = &chunk[used..];
            // What is too long must not hang on where chunks are cut.
            let window = &rest[..rest.len().min(self.longest + 1)];
            if let Some(end) = self.scan(window, 0) {
                self.emit(&rest[..end], false, sink);
                used = chunk.len() - self.skip_line_ends(&rest[end..]).len();
            } else if window.len() > self.longest {
                self.give_up(window, sink);
                return used + window.len();
            } else {
                return used;
            }
        }
        used
    }

    fn emit(&mut self, bytes: &[u8], open: bool, sink: &mut dyn FnMut(Item<'_>)) {
        let open = open || self.state == State::Quoted;
        let (quoted, line) = (self.quoted, self.line);
        sink(Item::Record(Record { bytes, ends: &self.ends, quoted, line, open }));
        self.line += self.inner_lines;
        self.start_record();
    }

    fn start_record(&mut self) {
        self.ends.clear();
        self.state = State::FieldStart;
        self.field_start = 0;
        self.quoted = false;
        self.inner_lines = 0;
        self.scanned = 0;
    }

    /// A record is too long: most likely a quote that nobody closed, or a file
    /// that is no table.
    fn give_up(&mut self, bytes: &[u8], sink: &mut dyn FnMut(Item<'_>)) {
        sink(Item::TooLong { line: self.line, start: &bytes[..bytes.len().min(400)] });
        self.line += line_feeds(bytes);
        self.start_record();
        self.skipping = true;
    }

    fn skip_line<'c>(&mut self, chunk: &'c [u8]) -> &'c [u8] {
        match memchr(b'\n', chunk) {
            Some(end) => {
                self.skipping = false;
                self.line += 1;
                &chunk[end + 1..]
            }
            None => &[],
        }
    }

    /// Passes over line ends, which count as lines.
    fn skip_line_ends<'c>(&mut self, mut chunk: &'c [u8]) -> &'c [u8] {
        loop {
            match chunk.split_first() {
                Some((b'\n', rest)) => {
                    if !self.after_cr {
                        self.line += 1;
                    }
                    self.after_cr = false;
                    chunk = rest;
                }
                Some((b'\r', rest)) => {
                    self.line += 1;
                    self.after_cr = true;
                    chunk = rest;
                }
                Some(_) => {
                    self.after_cr = false;
                    return chunk;
                }
                None => return chunk,
            }
        }
    }

    /// Looks for the end of the record that starts at the first byte of
    /// `bytes`, from byte `from` on; `None` if it lies behind them.
    fn scan(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        let delimiter = u8x16::splat(self.delimiter);
        let mut at = from;
        let (blocks, tail) = bytes[from..].as_chunks::<64>();
        for block in blocks {
            let (delimiters, others) = specials(block, delimiter);
            match self.state {
                // Most blocks: nothing but fields that end.
                State::FieldStart | State::Plain if others == 0 => {
                    self.close_fields(delimiters, at);
                }
                State::Quoted if others == 0 => {}
                _ => {
                    let mut mask = delimiters | others;
                    while mask != 0 {
                        let offset = mask.trailing_zeros() as usize;
                        mask &= mask - 1;
                        if self.special(block[offset & 63], at + offset) {
                            return Some(at + offset);
                        }
                    }
                }
            }
            at += 64;
        }
        for (offset, &byte) in tail.iter().enumerate() {
            let is_special = byte == self.delimiter || matches!(byte, b'"' | b'\r' | b'\n');
            if is_special && self.special(byte, at + offset) {
                return Some(at + offset);
            }
        }
        None
    }

    /// Takes note of a delimiter, quote or line end at `position`; whether it
    /// ends the record.
    fn special(&mut self, byte: u8, position: usize) -> bool {
        match self.state {
            State::Quoted => {
                if byte == b'"' {
                    self.state = State::Quote;
                    self.quote = position;
                }
                if !self.lines || byte != b'\n' {
                    self.inner_lines += u64::from(byte == b'\n');
                    return false;
                }
                self.close_field(position);
                self.state = State::Quoted;
                return true;
            }
            State::Quote => {
                if byte == b'"' && self.quote + 1 == position {
                    self.state = State::Quoted;
                    return false;
                }
                self.state = State::Plain;
            }
            State::FieldStart if byte == b'"' && position == self.field_start => {
                self.state = State::Quoted;
                self.quoted = true;
                return false;
            }
            State::FieldStart | State::Plain => {}
        }
        if byte == b'"' {
            return false;
        }
        self.close_field(position);
        byte != self.delimiter
    }

    /// Fields end where bits are set in a block that begins at `at`.
    #[expect(clippy::cast_possible_truncation, reason = "a record is at most `longest` bytes")]
    fn close_fields(&mut self, mut mask: u64, at: usize) {
        if mask == 0 {
            return;
        }
        self.ends.extend((0..mask.count_ones()).map(|_| {
            let end = at as u32 + mask.trailing_zeros();
            mask &= mask - 1;
            end
        }));
        self.field_start = self.ends.last().map_or(0, |end| *end as usize + 1);
        self.state = State::FieldStart;
    }

    /// The field under way ends at `end`, and the next starts behind it.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a record is at most `longest` bytes")]
    fn close_field(&mut self, end: usize) {
        self.ends.push(end as u32);
        self.field_start = end + 1;
        self.state = State::FieldStart;
    }
}

/// Where in a block delimiters are; and where quotes and line ends.
#[inline]
fn specials(block: &[u8; 64], delimiter: u8x16) -> (u64, u64) {
    let (quote, cr, lf) = (u8x16::splat(b'"'), u8x16::splat(b'\r'), u8x16::splat(b'\n'));
    let (mut delimiters, mut others) = (0, 0);
    let (parts, _) = block.as_chunks::<16>();
    for (index, part) in parts.iter().enumerate() {
        let part = u8x16::new(*part);
        let other = part.simd_eq(quote) | part.simd_eq(cr) | part.simd_eq(lf);
        delimiters |= u64::from(part.simd_eq(delimiter).to_bitmask()) << (16 * index);
        others |= u64::from(other.to_bitmask()) << (16 * index);
    }
    (delimiters, others)
}

/// Line feeds in `bytes`.
pub(crate) fn line_feeds(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}
