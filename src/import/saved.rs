//! A saved analysis as a file: what it is known by, and how it is known to be
//! whole. What is in it is the engine's.
//!
//! A line names the format and its version; then come, in little-endian bytes,
//! the length of the body and its xxh3 hash, and the body. All of it is
//! packed with gzip where it is saved, but is read without, too.

use xxhash_rust::xxh3::xxh3_64;

pub(super) use crate::account::SAVED_FORMAT as NAME;
use crate::account::SavedFault;

/// How it begins, before the version.
const MAGIC: &[u8] = b"mailflow analysis ";
/// The version that is read and written.
const VERSION: &str = "1";
/// The longest that is read, in bytes: it is held in memory as a whole.
pub(super) const SAVED_LIMIT: usize = 1 << 30;

/// Whether a file is a saved analysis, by its first bytes.
pub(super) fn is_saved(head: &[u8]) -> bool {
    head.starts_with(MAGIC)
}

/// A body as a file, before it is packed.
pub fn saved_file(body: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(body.len() + 64);
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(VERSION.as_bytes());
    file.push(b'\n');
    file.extend_from_slice(&(body.len() as u64).to_le_bytes());
    file.extend_from_slice(&xxh3_64(body).to_le_bytes());
    file.extend_from_slice(body);
    file
}

/// The body of a file that is not packed (any more).
///
/// # Errors
/// [`SavedFault`] where it is not as it was saved.
pub fn saved_body(file: &[u8]) -> Result<&[u8], SavedFault> {
    /// Of a version, as far as it is shown.
    const LONGEST: usize = 20;
    let rest = file.strip_prefix(MAGIC).ok_or(SavedFault::Damaged)?;
    let line = rest.iter().take(LONGEST).position(|byte| *byte == b'\n');
    let end = match line {
        Some(end) => end,
        None if rest.len() < LONGEST => return Err(SavedFault::CutOff),
        None => return Err(SavedFault::Damaged),
    };
    let (version, rest) = rest.split_at(end);
    if version != VERSION.as_bytes() {
        let number = !version.is_empty() && version.iter().all(u8::is_ascii_digit);
        let found = String::from_utf8_lossy(version).into_owned();
        return Err(if number { SavedFault::Version { found } } else { SavedFault::Damaged });
    }
    let (length, rest) =
        rest.get(1..).and_then(<[u8]>::split_first_chunk).ok_or(SavedFault::CutOff)?;
    let (sum, body) = rest.split_first_chunk().ok_or(SavedFault::CutOff)?;
    let length = u64::from_le_bytes(*length);
    if (body.len() as u64) < length {
        return Err(SavedFault::CutOff);
    }
    let whole = body.len() as u64 == length && xxh3_64(body) == u64::from_le_bytes(*sum);
    if whole { Ok(body) } else { Err(SavedFault::Damaged) }
}
