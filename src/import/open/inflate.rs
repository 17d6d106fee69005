//! DEFLATE (RFC 1951) as a stream.
//!
//! The browser's `DecompressionStream` does not tell where a compressed stream
//! ends, which rotated logs joined with `cat` and archives with trailing bytes
//! need, so page and program both use `zlib-rs`.

use zlib_rs::{Inflate as Stream, InflateFlush, Status};

/// How far back a stream may reach, in bits (RFC 1951).
const WINDOW: u8 = 15;

/// A DEFLATE stream being unpacked.
pub(crate) struct Inflate {
    stream: Stream,
    output: Vec<u8>,
}

/// How far [`Inflate::push`] came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inflated {
    /// All input is used; the stream goes on.
    More,
    /// The stream ended after this many bytes of the input.
    End(usize),
    /// The data is damaged.
    Damaged,
    /// The receiver wants no more.
    Stopped,
}

impl Inflate {
    /// A stream at its start.
    pub(crate) fn new() -> Self {
        Self { stream: Stream::new(false, WINDOW), output: vec![0; 64 << 10] }
    }

    /// Starts over, for the next stream.
    pub(crate) fn reset(&mut self) {
        self.stream.reset(false);
    }

    /// Unpacks `input`; `sink` gets the plain bytes and says whether to go on.
    pub(crate) fn push(&mut self, input: &[u8], sink: &mut dyn FnMut(&[u8]) -> bool) -> Inflated {
        let mut rest = input;
        loop {
            let (read, written) = (self.stream.total_in(), self.stream.total_out());
            let status = self.stream.decompress(rest, &mut self.output, InflateFlush::NoFlush);
            let taken = |before: u64, after: u64| usize::try_from(after - before).unwrap_or(0);
            rest = rest.get(taken(read, self.stream.total_in())..).unwrap_or_default();
            let written = taken(written, self.stream.total_out());
            if written > 0 && !sink(self.output.get(..written).unwrap_or_default()) {
                return Inflated::Stopped;
            }
            match status {
                Ok(Status::StreamEnd) => return Inflated::End(input.len() - rest.len()),
                Ok(Status::Ok) => {}
                // Nothing to read and nothing to write: more input, please.
                Ok(Status::BufError) => return Inflated::More,
                Err(_) => return Inflated::Damaged,
            }
            if rest.is_empty() && written < self.output.len() {
                return Inflated::More;
            }
        }
    }
}
