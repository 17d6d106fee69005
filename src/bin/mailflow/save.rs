//! Saved analyses as files on disk.

use std::fs;
use std::io;
use std::path::Path;

use mailflow::engine::{SavedOrganization, save};
use zlib_rs::{DeflateConfig, ReturnCode, compress_bound, compress_slice};

/// A gzip member, in the numbers of zlib: a window of 2^15 bytes, and 16 for
/// the format.
const GZIP: i32 = 15 + 16;
/// What gzip itself takes where nothing is said.
const LEVEL: i32 = 6;

/// Writes organizations to a file. It is there as a whole or not at all: what
/// was there before is replaced at the end.
pub(crate) fn write_saved(path: &Path, organizations: &[SavedOrganization]) -> io::Result<()> {
    let packed = gzip(&save(organizations))?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let new = path.with_file_name(name);
    let written = fs::write(&new, packed).and_then(|()| fs::rename(&new, path));
    written.map_err(|error| {
        fs::remove_file(&new).ok();
        io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    })
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = vec![0; compress_bound(bytes.len()) + 64];
    let config = DeflateConfig { window_bits: GZIP, level: LEVEL, ..DeflateConfig::default() };
    let (written, outcome) = compress_slice(&mut packed, bytes, config);
    if outcome != ReturnCode::Ok {
        return Err(io::Error::other("the analysis cannot be packed"));
    }
    let length = written.len();
    packed.truncate(length);
    Ok(packed)
}
