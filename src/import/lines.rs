//! A log, line by line, in chunks of any size.

use memchr::memchr;

use super::csv::{Item, Record};

/// Reads lines; LF and CRLF end them, blank ones are passed over.
pub(crate) struct LineReader {
    longest: usize,
    /// Beginning of a line that the last chunk did not end.
    carry: Vec<u8>,
    line: u64,
    /// A line that is too long was handed on; the rest of it is passed over.
    skipping: bool,
}

impl LineReader {
    /// A reader of lines of at most `longest` bytes.
    pub(crate) fn new(longest: usize) -> Self {
        Self { longest, carry: Vec::new(), line: 1, skipping: false }
    }

    /// Reads a chunk; `sink` gets each line that ends in it, as a record
    /// without fields.
    pub(crate) fn push(&mut self, mut chunk: &[u8], sink: &mut dyn FnMut(Item<'_>)) {
        while let Some(end) = memchr(b'\n', chunk) {
            let (line, rest) = (&chunk[..end], &chunk[end + 1..]);
            if self.skipping {
                self.skipping = false;
                self.line += 1;
            } else if self.carry.is_empty() {
                self.emit(line, sink);
            } else {
                let mut carry = std::mem::take(&mut self.carry);
                carry.extend_from_slice(line);
                self.emit(&carry, sink);
                // Its room is used again.
                carry.clear();
                self.carry = carry;
            }
            chunk = rest;
        }
        if self.skipping {
            return;
        }
        // The carriage return of a line end is none of the line's bytes.
        let most = self.longest + 2;
        let room = most - self.carry.len();
        self.carry.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if self.carry.len() == most {
            let carry = std::mem::take(&mut self.carry);
            self.too_long(&carry, sink);
            self.skipping = true;
        }
    }

    /// Ends the file: what is left is the last line.
    pub(crate) fn finish(&mut self, sink: &mut dyn FnMut(Item<'_>)) {
        let carry = std::mem::take(&mut self.carry);
        self.emit(&carry, sink);
    }

    fn emit(&mut self, line: &[u8], sink: &mut dyn FnMut(Item<'_>)) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.len() > self.longest {
            self.too_long(line, sink);
        } else if line.iter().any(|byte| !byte.is_ascii_whitespace()) {
            sink(Item::Record(Record::of_line(line, self.line)));
        }
        self.line += 1;
    }

    fn too_long(&self, line: &[u8], sink: &mut dyn FnMut(Item<'_>)) {
        sink(Item::TooLong { line: self.line, start: &line[..line.len().min(400)] });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &[u8], size: usize) -> Vec<(u64, Vec<u8>, bool)> {
        let mut reader = LineReader::new(12);
        let mut found = Vec::new();
        let mut take = |item: Item<'_>| match item {
            Item::Record(record) => found.push((record.line, record.raw().to_vec(), false)),
            Item::TooLong { line, start } => found.push((line, start[..12].to_vec(), true)),
        };
        for chunk in text.chunks(size) {
            reader.push(chunk, &mut take);
        }
        reader.finish(&mut take);
        found
    }

    proptest! {
        #[test]
        fn chunks_do_not_matter(text in "[ab\r\n ]{0,60}", size in 1_usize..40) {
            let expected: Vec<_> = (1..)
                .zip(text.split('\n'))
                .map(|(line, text)| (line, text.strip_suffix('\r').unwrap_or(text)))
                .filter(|(_, text)| text.len() > 12 || !text.trim().is_empty())
                .map(|(line, text)| {
                    let long = text.len() > 12;
                    (line, text.as_bytes()[..text.len().min(12)].to_vec(), long)
                })
                .collect();
            let found = lines(text.as_bytes(), size);
            prop_assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(&expected) {
                prop_assert_eq!((found.0, &found.1), (expected.0, &expected.1));
            }
        }
    }
}
