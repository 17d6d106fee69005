//! What there is to read, and where it is cut.

use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;

use mailflow::account::Mapping;
use mailflow::import::{Settings, SliceReader, SlicedFile, Source, files_in};
use serde::Serialize;

use super::input;
use crate::file_source::FileSource;
use crate::threads::block_on;

/// What stands at a path.
#[derive(Serialize)]
struct Found {
    path: String,
    bytes: u64,
    /// How many files it counts for: as many as are in an archive.
    files: u32,
    /// The cuts between its slices; none where it is read in one go.
    cuts: Vec<u64>,
}

pub(super) fn plan(slice: u64) -> io::Result<ExitCode> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (_, path) in input() {
        let path = path?;
        let mut source = FileSource::open(Path::new(&path));
        // A file that cannot be read has an account that says so.
        let files = block_on(files_in(&mut source)).unwrap_or(1);
        let bytes = source.size();
        let found = Found { files, bytes, cuts: cuts(&mut source, slice), path };
        serde_json::to_writer(&mut out, &found)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Where a file is cut. Only a table is, which the reader of its slices says
/// itself: with the settings of the job it may say otherwise, and then the file
/// is read in one go all the same.
fn cuts(source: &mut FileSource, slice: u64) -> Vec<u64> {
    /// What is behind the last cut is not worth a slice.
    const REST: u64 = 64 << 10;
    let end = source.size().saturating_sub(REST.min(slice));
    if source.size() <= 2 * slice || end <= SlicedFile::FIRST_CUT {
        return Vec::new();
    }
    let (mapping, settings) = (Mapping::default(), Settings::default());
    if block_on(SliceReader::open(source, &mapping, &settings)).is_none() {
        return Vec::new();
    }
    // Whole characters in UTF-16.
    let step = usize::try_from(slice.next_multiple_of(2)).unwrap_or(usize::MAX);
    let mut cuts: Vec<u64> = (SlicedFile::FIRST_CUT..end).step_by(step).collect();
    cuts.push(end / 2 * 2);
    cuts.dedup();
    cuts
}
