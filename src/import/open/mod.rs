//! Opening: from the bytes of a dropped file to the plain text of the files
//! in it. Gzip and zip are unpacked, encodings decoded, as a stream.
//!
//! The seam between page and program is [`Source`]: where bytes come from.
//! All else is one code for both, so both read the same.

mod charset;
mod gzip;
mod inflate;
mod source;
mod text;
mod zip;

pub(crate) use charset::Charset;
pub(crate) use gzip::Gunzip;
pub(crate) use inflate::{Inflate, Inflated};
pub use source::{MemorySource, ReadError, Source};
pub(crate) use text::TextDecoder;
pub(crate) use zip::{Entry, ZipProblem, directory, is_zip};

/// How far unpacking goes, in bytes, for a file of `packed` bytes: plenty for
/// any log (they shrink to a tenth, UTF-16 to a fiftieth), and an end to
/// archives made to fill the disk ("zip bombs").
pub(crate) const fn unpack_limit(packed: u64) -> u64 {
    const ALWAYS: u64 = 256 << 20;
    const TIMES: u64 = 250;
    let grown = packed.saturating_mul(TIMES);
    if grown > ALWAYS { grown } else { ALWAYS }
}
