//! A text as lines, which CRLF, LF and CR end (mail on old Macs has CR).

/// The longest stretch of a line that is handed on at once, in bytes.
const LONGEST: usize = 64 << 10;

/// A line, or a stretch of a very long one.
#[derive(Clone, Copy, Debug)]
pub(in crate::import) struct Piece<'a> {
    /// Its text, without the line end.
    pub(in crate::import) text: &'a [u8],
    /// The line, from 1.
    pub(in crate::import) line: u64,
    /// The line starts with it.
    pub(in crate::import) starts: bool,
    /// The line ends with it.
    pub(in crate::import) ends: bool,
}

/// Cuts a text into lines, whatever pieces it comes in.
#[derive(Debug, Default)]
pub(in crate::import) struct Lines {
    pending: Vec<u8>,
    /// Lines that ended before.
    ended: u64,
    /// The last byte was a CR: an LF now is of the same line end.
    after_cr: bool,
    /// A stretch of the line was handed on.
    inside: bool,
}

impl Lines {
    /// Takes the next of the text.
    pub(in crate::import) fn push(&mut self, mut text: &[u8], take: &mut dyn FnMut(Piece<'_>)) {
        if std::mem::take(&mut self.after_cr) {
            if text.is_empty() {
                self.after_cr = true;
            }
            text = text.strip_prefix(b"\n").unwrap_or(text);
        }
        while let Some(end) = text.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            self.stretch(&text[..end], true, take);
            let is_cr = text[end] == b'\r';
            text = &text[end + 1..];
            if is_cr {
                self.after_cr = text.is_empty();
                text = text.strip_prefix(b"\n").unwrap_or(text);
            }
        }
        if !text.is_empty() {
            self.stretch(text, false, take);
        }
    }

    /// The text ends.
    pub(in crate::import) fn finish(&mut self, take: &mut dyn FnMut(Piece<'_>)) {
        if self.inside || !self.pending.is_empty() {
            self.stretch(b"", true, take);
        }
    }

    fn stretch(&mut self, mut text: &[u8], ends: bool, take: &mut dyn FnMut(Piece<'_>)) {
        let line = self.ended + 1;
        self.ended += u64::from(ends);
        if ends && self.pending.is_empty() && !self.inside && text.len() < LONGEST {
            return take(Piece { text, line, starts: true, ends });
        }
        loop {
            let (part, rest) = text.split_at(text.len().min(LONGEST - self.pending.len()));
            self.pending.extend_from_slice(part);
            text = rest;
            if self.pending.len() < LONGEST {
                break;
            }
            take(Piece { text: &self.pending, line, starts: !self.inside, ends: false });
            self.inside = true;
            self.pending.clear();
        }
        if ends {
            take(Piece { text: &self.pending, line, starts: !self.inside, ends });
            self.inside = false;
            self.pending.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LONGEST, Lines};

    fn cut(text: &[u8], cuts: &[usize]) -> Vec<(Vec<u8>, u64, bool, bool)> {
        let mut found = Vec::new();
        let mut take = |piece: super::Piece<'_>| {
            found.push((piece.text.to_vec(), piece.line, piece.starts, piece.ends));
        };
        let mut lines = Lines::default();
        let mut rest = text;
        for at in cuts {
            let (piece, tail) = rest.split_at((*at).min(rest.len()));
            lines.push(piece, &mut take);
            rest = tail;
        }
        lines.push(rest, &mut take);
        lines.finish(&mut take);
        found
    }

    #[test]
    fn every_line_end_ends_a_line_once() {
        let texts = |text: &str| -> Vec<String> {
            let found = cut(text.as_bytes(), &[]);
            found.into_iter().map(|(text, ..)| String::from_utf8(text).expect("text")).collect()
        };
        for text in ["a\n\nb\n", "a\r\n\r\nb", "a\r\rb\r"] {
            assert_eq!(texts(text), ["a", "", "b"], "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn pieces_do_not_matter(
            text in "[ab\r\n]{0,60}",
            long in prop::sample::select(vec![0, LONGEST - 1, LONGEST, LONGEST + 1, 2 * LONGEST]),
            cuts in prop::collection::vec(prop_oneof![0_usize..5, 0..2 * LONGEST], 0..8),
        ) {
            let text = [vec![b'x'; long], text.into_bytes()].concat();
            prop_assert_eq!(cut(&text, &cuts), cut(&text, &[]));
        }
    }
}
