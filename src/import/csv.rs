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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a reader handed on.
    #[derive(Clone, Debug, PartialEq, Eq)]
    enum Row {
        Record { line: u64, open: bool, raw: Vec<u8>, fields: Vec<Vec<u8>> },
        TooLong { line: u64 },
    }

    impl Row {
        fn fields(self) -> Vec<Vec<u8>> {
            match self {
                Self::Record { fields, .. } => fields,
                Self::TooLong { .. } => panic!("too long"),
            }
        }

        fn line(&self) -> u64 {
            match self {
                Self::Record { line, .. } | Self::TooLong { line } => *line,
            }
        }
    }

    /// Reads `bytes` in pieces of these sizes, the rest in one.
    fn read(bytes: &[u8], delimiter: u8, longest: usize, cuts: &[usize]) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut take = |item: Item<'_>| {
            rows.push(match item {
                Item::Record(record) => Row::Record {
                    line: record.line,
                    open: record.open,
                    raw: record.raw().to_vec(),
                    fields: (0..record.len()).map(|i| record.get(i).into_owned()).collect(),
                },
                Item::TooLong { line, .. } => Row::TooLong { line },
            });
        };
        let mut reader = CsvReader::new(delimiter, longest);
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

    fn ours(bytes: &[u8], delimiter: u8, cuts: &[usize]) -> Vec<Vec<Vec<u8>>> {
        read(bytes, delimiter, 1 << 20, cuts).into_iter().map(Row::fields).collect()
    }

    fn theirs(bytes: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(bytes)
            .byte_records()
            .map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect())
            .collect()
    }

    /// Bytes of which many mean something to a reader of CSV.
    fn some_csv(longest: usize) -> impl Strategy<Value = Vec<u8>> {
        let byte = prop_oneof![
            3 => prop::sample::select(b"\",;\t|\r\n".to_vec()),
            2 => prop::sample::select(b"ab \xb0\xa1\0".to_vec()),
        ];
        // Long fields reach past what is compared at once.
        let piece = prop_oneof![
            8 => byte.prop_map(|byte| vec![byte]),
            1 => (1_usize..40).prop_map(|length| vec![b'x'; length]),
            1 => Just(b"\"\"".to_vec()),
            1 => Just(b"\r\n".to_vec()),
        ];
        prop::collection::vec(piece, 0..longest).prop_map(|pieces| pieces.concat())
    }

    /// Sizes of the pieces in which a file comes.
    fn cuts() -> impl Strategy<Value = Vec<usize>> {
        prop::collection::vec(prop_oneof![0_usize..4, 0_usize..60], 0..12)
    }

    fn delimiter() -> impl Strategy<Value = u8> {
        prop::sample::select(b",;\t|".to_vec())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn equals_the_csv_crate_however_it_is_cut(
            bytes in some_csv(80), delimiter in delimiter(), cuts in cuts(),
        ) {
            prop_assert_eq!(ours(&bytes, delimiter, &cuts), theirs(&bytes, delimiter));
        }

        #[test]
        fn equals_the_csv_crate_on_any_bytes(
            bytes in prop::collection::vec(any::<u8>(), 0..200), cuts in cuts(),
        ) {
            prop_assert_eq!(ours(&bytes, b',', &cuts), theirs(&bytes, b','));
        }

        #[test]
        fn what_is_too_long_and_every_line_do_not_hang_on_the_pieces(
            bytes in some_csv(120), longest in 1_usize..40, cuts in cuts(),
        ) {
            prop_assert_eq!(
                read(&bytes, b',', longest, &cuts),
                read(&bytes, b',', longest, &[]),
            );
        }

        #[test]
        fn no_record_is_longer_than_the_limit(bytes in some_csv(120), longest in 1_usize..40) {
            for row in read(&bytes, b',', longest, &[]) {
                if let Row::Record { raw, .. } = row {
                    prop_assert!(raw.len() <= longest, "{}", raw.len());
                }
            }
        }

        #[test]
        fn each_record_knows_the_line_it_starts_on(
            records in prop::collection::vec(
                (prop::collection::vec("[a-z]{1,3}(\n[a-z]{0,3}){0,3}|[a-z]{1,20}", 1..4),
                    0_u64..3, any::<bool>()),
                0..12,
            ),
            cuts in cuts(),
        ) {
            let (mut bytes, mut line, mut expected) = (Vec::new(), 1, Vec::new());
            for (fields, blank_lines, crlf) in records {
                let end: &[u8] = if crlf { b"\r\n" } else { b"\n" };
                for _ in 0..blank_lines {
                    bytes.extend(end);
                }
                line += blank_lines;
                expected.push(line);
                let quoted: Vec<_> = fields.iter().map(|field| format!("\"{field}\"")).collect();
                let record = quoted.join(",");
                line += 1 + record.matches('\n').count() as u64;
                bytes.extend(record.as_bytes());
                bytes.extend(end);
            }
            let lines: Vec<_> = read(&bytes, b',', 1 << 20, &cuts).iter().map(Row::line).collect();
            prop_assert_eq!(lines, expected);
        }
    }

    #[test]
    fn reading_goes_on_behind_a_record_that_is_too_long() {
        let text = b"a,b\n\"xxxxxxxxxxxxxxxxxxxx\nyyyy\nc,d\n";
        // The quote is never closed; with it goes the line it stands on.
        assert_eq!(
            read(text, b',', 16, &[]),
            [
                Row::Record {
                    line: 1,
                    open: false,
                    raw: b"a,b".to_vec(),
                    fields: vec![b"a".to_vec(), b"b".to_vec()]
                },
                Row::TooLong { line: 2 },
                Row::Record {
                    line: 3,
                    open: false,
                    raw: b"yyyy".to_vec(),
                    fields: vec![b"yyyy".to_vec()]
                },
                Row::Record {
                    line: 4,
                    open: false,
                    raw: b"c,d".to_vec(),
                    fields: vec![b"c".to_vec(), b"d".to_vec()]
                },
            ]
        );
    }

    #[test]
    fn a_record_of_just_the_limit_is_read() {
        for end in ["", "\n", "\r\n"] {
            let text = format!("0123456789{end}");
            for cuts in [&[][..], &[1], &[9], &[10]] {
                let rows = read(text.as_bytes(), b',', 10, cuts);
                assert!(matches!(&rows[..], [Row::Record { raw, .. }] if raw.len() == 10));
                let rows = read(text.as_bytes(), b',', 9, cuts);
                assert_eq!(rows, [Row::TooLong { line: 1 }]);
            }
        }
    }

    #[test]
    fn only_a_field_whose_quote_is_never_closed_is_open() {
        let open = |text: &[u8]| match read(text, b',', 100, &[]).pop() {
            Some(Row::Record { open, .. }) => open,
            other => panic!("{other:?}"),
        };
        assert!(open(b"a,\"b"));
        assert!(open(b"a,\"b\n"));
        assert!(open(b"a,\"b\"\""));
        assert!(!open(b"a,\"b\""));
        assert!(!open(b"a,b\""));
        assert!(!open(b"a,b"));
    }
}
