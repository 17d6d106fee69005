//! Comma-separated values, read in one pass over the bytes as they come.
//!
//! The answer is that of the `csv` crate with its default settings on every
//! input (a property test holds it), only faster: sixteen bytes are compared
//! at once, and a field is looked at only when somebody asks for it.
//!
//! In short: a quote opens a quoted field only as the field's first byte;
//! inside, two quotes are one; after the closing quote whatever follows is
//! taken as it stands; CR, LF and CRLF each end a record; empty lines are no
//! records; the end of the file ends the last record, even inside quotes.

use std::borrow::Cow;

use wide::u8x16;

/// Where a field lies in its record.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: u32,
    end: u32,
    /// Quotes and escapes are still in it.
    raw: bool,
}

/// One record, still in the buffer it was read from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    bytes: &'a [u8],
    spans: &'a [Span],
    /// Line on which the record starts, from 1.
    pub(crate) line: u64,
    /// The file ends inside a quoted field of this record.
    pub(crate) open: bool,
}

impl<'a> Record<'a> {
    /// Number of fields.
    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The record as it stands in the file, without its line end.
    pub(crate) fn raw(&self) -> &'a [u8] {
        self.bytes
    }

    /// Field `index`, unquoted; empty where there is none.
    pub(crate) fn get(&self, index: usize) -> Cow<'a, [u8]> {
        let Some(span) = self.spans.get(index) else { return Cow::Borrowed(&[]) };
        let bytes = &self.bytes[span.start as usize..span.end as usize];
        if span.raw { unquote(bytes) } else { Cow::Borrowed(bytes) }
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

/// Takes the quotes off a field that starts with one.
fn unquote(field: &[u8]) -> Cow<'_, [u8]> {
    let Some(body) = field.strip_prefix(b"\"") else { return Cow::Borrowed(field) };
    match body.iter().position(|&byte| byte == b'"') {
        None => return Cow::Borrowed(body),
        Some(quote) if quote + 1 == body.len() => return Cow::Borrowed(&body[..quote]),
        Some(_) => {}
    }
    let mut plain = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(quote) = rest.iter().position(|&byte| byte == b'"') {
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
pub(crate) struct CsvReader {
    delimiter: u8,
    longest: usize,
    state: State,
    spans: Vec<Span>,
    field_start: usize,
    field_raw: bool,
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
}

impl CsvReader {
    /// A reader of records of at most `longest` bytes.
    pub(crate) fn new(delimiter: u8, longest: usize) -> Self {
        Self {
            delimiter,
            longest,
            state: State::FieldStart,
            spans: Vec::with_capacity(32),
            field_start: 0,
            field_raw: false,
            quote: 0,
            carry: Vec::new(),
            scanned: 0,
            line: 1,
            after_cr: false,
            skipping: false,
        }
    }

    /// Starts counting at `line`, where lines before were read by other means.
    pub(crate) fn at_line(mut self, line: u64) -> Self {
        self.line = line;
        self
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
        let quoted = self.spans.iter().any(|span| span.raw);
        sink(Item::Record(Record { bytes, spans: &self.spans, line: self.line, open }));
        if quoted {
            self.line += line_feeds(bytes);
        }
        self.start_record();
    }

    fn start_record(&mut self) {
        self.spans.clear();
        self.state = State::FieldStart;
        self.field_start = 0;
        self.field_raw = false;
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
        match chunk.iter().position(|&byte| byte == b'\n') {
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
        let (delimiter, quote) = (u8x16::splat(self.delimiter), u8x16::splat(b'"'));
        let (cr, lf) = (u8x16::splat(b'\r'), u8x16::splat(b'\n'));
        let mut at = from;
        let (blocks, tail) = bytes[from..].as_chunks::<16>();
        for block in blocks {
            let block = u8x16::new(*block);
            let special = block.simd_eq(delimiter)
                | block.simd_eq(quote)
                | block.simd_eq(cr)
                | block.simd_eq(lf);
            let mut mask = special.to_bitmask();
            while mask != 0 {
                let position = at + mask.trailing_zeros() as usize;
                mask &= mask - 1;
                if self.special(bytes[position], position) {
                    return Some(position);
                }
            }
            at += 16;
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
                return false;
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
                self.field_raw = true;
                return false;
            }
            State::FieldStart | State::Plain => {}
        }
        if byte == b'"' {
            return false;
        }
        self.close_field(position);
        if byte == self.delimiter {
            self.field_start = position + 1;
            self.state = State::FieldStart;
            self.field_raw = false;
            return false;
        }
        true
    }

    #[expect(clippy::cast_possible_truncation, reason = "a record is at most `longest` bytes")]
    fn close_field(&mut self, end: usize) {
        self.spans.push(Span {
            start: self.field_start as u32,
            end: end as u32,
            raw: self.field_raw,
        });
    }
}

/// Line feeds in `bytes`.
pub(crate) fn line_feeds(bytes: &[u8]) -> u64 {
    let lf = u8x16::splat(b'\n');
    let (blocks, tail) = bytes.as_chunks::<16>();
    let in_blocks: u32 =
        blocks.iter().map(|block| u8x16::new(*block).simd_eq(lf).to_bitmask().count_ones()).sum();
    let in_tail: u64 = tail.iter().map(|&byte| u64::from(byte == b'\n')).sum();
    u64::from(in_blocks) + in_tail
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ours(bytes: &[u8], delimiter: u8, cuts: &[usize]) -> Vec<Vec<Vec<u8>>> {
        let mut rows = Vec::new();
        let mut take = |item: Item<'_>| {
            if let Item::Record(record) = item {
                rows.push((0..record.len()).map(|i| record.get(i).into_owned()).collect());
            }
        };
        let mut reader = CsvReader::new(delimiter, 1 << 20);
        let mut rest = bytes;
        for cut in cuts {
            let (piece, tail) = rest.split_at((*cut).min(rest.len()));
            reader.push(piece, &mut take);
            rest = tail;
        }
        reader.push(rest, &mut take);
        reader.finish(&mut take);
        rows
    }

    fn theirs(bytes: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(bytes)
            .byte_records()
            .map(|record| record.unwrap_or_default().iter().map(<[u8]>::to_vec).collect())
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        #[test]
        fn equals_the_csv_crate_however_it_is_cut(
            bytes in prop::collection::vec(
                prop::sample::select(b"\",;\r\nab \xb0\xa1".to_vec()), 0..80),
            delimiter in prop::sample::select(vec![b',', b';']),
            cuts in prop::collection::vec(0_usize..20, 0..8),
        ) {
            prop_assert_eq!(ours(&bytes, delimiter, &cuts), theirs(&bytes, delimiter));
        }
    }
}
