//! The directory of a zip archive (PKWARE APPNOTE 6.3), with Zip64. Only the
//! directory counts: what it does not list is not in the archive.

use super::source::{ReadError, Source};
use crate::import::time::{civil, clock};

/// One file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Path in the archive.
    pub(crate) name: String,
    /// 0 is stored, 8 is DEFLATE.
    pub(crate) method: u16,
    /// Needs a password.
    pub(crate) encrypted: bool,
    /// Bytes in the archive.
    pub(crate) packed: u64,
    /// Bytes when unpacked, as the directory says.
    pub(crate) size: u64,
    /// When it was last written, in seconds since 1970, where that is said.
    /// Archives tell local time, which is taken as UTC.
    pub(crate) modified: Option<u32>,
    header_at: u64,
}

/// Why an archive could not be opened.
#[derive(Debug)]
pub(crate) enum ZipProblem {
    /// The directory is missing or does not fit together.
    Damaged,
    /// The bytes could not be read.
    Read(ReadError),
}

impl From<ReadError> for ZipProblem {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// Whether `head` starts like a zip archive.
pub(crate) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

const END: [u8; 4] = *b"PK\x05\x06";
const END64: [u8; 4] = *b"PK\x06\x06";
const LOCATOR64: [u8; 4] = *b"PK\x06\x07";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";

/// A directory longer than this is a trick, not an archive of logs.
const LONGEST_DIRECTORY: u64 = 64 << 20;

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The files of the archive, in the order of its directory.
///
/// # Errors
/// [`ZipProblem`].
pub(crate) async fn directory(source: &mut impl Source) -> Result<Vec<Entry>, ZipProblem> {
    let size = source.size();
    // The end record is 22 bytes and may have a comment of 65,535 behind it.
    let tail_at = size.saturating_sub(22 + 65_535);
    let mut tail = Vec::new();
    source.read(tail_at, 22 + 65_535, &mut tail).await?;
    let end = tail
        .windows(4)
        .rposition(|window| window == END)
        .filter(|end| tail.len() >= end + 22)
        .ok_or(ZipProblem::Damaged)?;
    let (mut length, mut at) = end_record(&tail[end..]).ok_or(ZipProblem::Damaged)?;
    let locator = end.checked_sub(20).map(|at| &tail[at..end]);
    if let Some(locator) = locator.filter(|locator| locator.starts_with(&LOCATOR64)) {
        let end64_at = u64_at(locator, 8).ok_or(ZipProblem::Damaged)?;
        let mut end64 = Vec::new();
        source.read(end64_at, 56, &mut end64).await?;
        if !end64.starts_with(&END64) {
            return Err(ZipProblem::Damaged);
        }
        length = u64_at(&end64, 40).ok_or(ZipProblem::Damaged)?;
        at = u64_at(&end64, 48).ok_or(ZipProblem::Damaged)?;
    }
    if length > LONGEST_DIRECTORY || at.saturating_add(length) > size {
        return Err(ZipProblem::Damaged);
    }
    let mut listing = Vec::new();
    source
        .read(at, usize::try_from(length).map_err(|_| ZipProblem::Damaged)?, &mut listing)
        .await?;
    let mut entries = Vec::new();
    let mut rest = listing.as_slice();
    while rest.starts_with(&CENTRAL) {
        let (entry, used) = central_entry(rest).ok_or(ZipProblem::Damaged)?;
        rest = rest.get(used..).ok_or(ZipProblem::Damaged)?;
        // Folders, and the shadow files that macOS packs along.
        if !entry.name.ends_with('/') && !entry.name.starts_with("__MACOSX/") {
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// Length and position of the directory.
fn end_record(record: &[u8]) -> Option<(u64, u64)> {
    Some((u64::from(u32_at(record, 12)?), u64::from(u32_at(record, 16)?)))
}

fn central_entry(record: &[u8]) -> Option<(Entry, usize)> {
    const WIDE: u32 = u32::MAX;
    let flags = u16_at(record, 8)?;
    let name_length = usize::from(u16_at(record, 28)?);
    let extra_length = usize::from(u16_at(record, 30)?);
    let comment_length = usize::from(u16_at(record, 32)?);
    let name = record.get(46..46 + name_length)?;
    let mut entry = Entry {
        name: String::from_utf8_lossy(name).into_owned(),
        method: u16_at(record, 10)?,
        encrypted: flags & 1 != 0,
        packed: u64::from(u32_at(record, 20)?),
        size: u64::from(u32_at(record, 24)?),
        modified: dos_time(u16_at(record, 14)?, u16_at(record, 12)?),
        header_at: u64::from(u32_at(record, 42)?),
    };
    let mut extra = record.get(46 + name_length..46 + name_length + extra_length)?;
    while let (Some(id), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let Some(body) = extra.get(4..4 + usize::from(length)) else { break };
        if id == 1 {
            // Zip64: only the values that did not fit, in this order.
            let mut at = 0;
            for (value, narrow) in [
                (&mut entry.size, u32_at(record, 24)?),
                (&mut entry.packed, u32_at(record, 20)?),
                (&mut entry.header_at, u32_at(record, 42)?),
            ] {
                if narrow == WIDE {
                    *value = u64_at(body, at)?;
                    at += 8;
                }
            }
        }
        // AES encryption (WinZip): the true method is inside.
        entry.encrypted |= id == 0x9901;
        extra = &extra[4 + usize::from(length)..];
    }
    Some((entry, 46 + name_length + extra_length + comment_length))
}

/// Date and time of MS-DOS (APPNOTE 4.4.6) in seconds since 1970. The first
/// day that can be written is what those write who do not know.
fn dos_time(date: u16, time: u16) -> Option<u32> {
    const FIRST: u16 = 1 << 5 | 1;
    if date <= FIRST {
        return None;
    }
    let part = |of: u16, from: u16, bits: u16| u32::from(of >> from & ((1 << bits) - 1));
    let days = civil(1980 + part(date, 9, 7), part(date, 5, 4), part(date, 0, 5))?;
    let clock = clock(part(time, 11, 5), part(time, 5, 6), part(time, 0, 5) * 2)?;
    u32::try_from(days * 86_400 + clock).ok()
}

impl Entry {
    /// Where the packed bytes start.
    ///
    /// # Errors
    /// [`ZipProblem`].
    pub(crate) async fn data_at(&self, source: &mut impl Source) -> Result<u64, ZipProblem> {
        let mut header = Vec::new();
        source.read(self.header_at, 30, &mut header).await?;
        if !header.starts_with(&LOCAL) {
            return Err(ZipProblem::Damaged);
        }
        let lengths = u16_at(&header, 26).zip(u16_at(&header, 28)).ok_or(ZipProblem::Damaged)?;
        Ok(self.header_at + 30 + u64::from(lengths.0) + u64::from(lengths.1))
    }
}
