//! DEFLATE (RFC 1951) as a stream.
//!
//! The browser's `DecompressionStream` does not tell where a compressed stream
//! ends, which rotated logs joined with `cat` and archives with trailing bytes
//! need, so page and program both use `miniz_oxide`.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};

/// A DEFLATE stream being unpacked.
pub(crate) struct Inflate {
    state: Box<InflateState>,
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
        Self { state: InflateState::new_boxed(DataFormat::Raw), output: vec![0; 64 << 10] }
    }

    /// Starts over, for the next stream.
    pub(crate) fn reset(&mut self) {
        self.state.reset(DataFormat::Raw);
    }

    /// Unpacks `input`; `sink` gets the plain bytes and says whether to go on.
    pub(crate) fn push(&mut self, input: &[u8], sink: &mut dyn FnMut(&[u8]) -> bool) -> Inflated {
        let mut used = 0;
        loop {
            let result = inflate(&mut self.state, &input[used..], &mut self.output, MZFlush::None);
            used += result.bytes_consumed;
            if result.bytes_written > 0 && !sink(&self.output[..result.bytes_written]) {
                return Inflated::Stopped;
            }
            match result.status {
                Ok(MZStatus::StreamEnd) => return Inflated::End(used),
                Ok(_) => {}
                // Nothing to read and nothing to write: more input, please.
                Err(MZError::Buf) => return Inflated::More,
                Err(_) => return Inflated::Damaged,
            }
            if used == input.len() && result.bytes_written < self.output.len() {
                return Inflated::More;
            }
        }
    }
}
