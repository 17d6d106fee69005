//! Reading units, for their keys or for their records.

use std::io::{self, BufWriter, StdoutLock};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use mailflow::account::Mapping;
use mailflow::import::{Settings, Slice, SliceRead, SliceReader, SlicedFile, read_file};
use mailflow::observations::{Form, Router, Writer};
use serde::{Deserialize, Serialize};

use super::{ReadArgs, StepArgs, input};
use crate::file_source::FileSource;
use crate::seconds_or_now;
use crate::threads::block_on;

/// What one task reads, in one go.
#[derive(Deserialize)]
struct Unit {
    #[serde(rename = "unit")]
    number: u32,
    path: PathBuf,
    /// Where it stands in the list.
    place: u32,
    /// Number of its first file.
    file: u32,
    part: Part,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Part {
    /// All of it.
    Whole,
    /// The rows up to the first cut.
    Head { cut: u64 },
    /// A slice: the how-manieth, from 1, and whether a row begins at its cut.
    Slice { number: u32, from: u64, to: u64, exact: bool },
    /// The rows up to the first cut, and behind the last slice.
    Rest { cut: u64, slices: Vec<SliceRead> },
}

/// What became of a part of a table.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    file: u32,
    /// Of a slice.
    #[serde(skip_serializing_if = "Option::is_none")]
    slice: Option<u32>,
    /// Where it was to begin, and whether that was known to be the start of a
    /// row.
    from: u64,
    exact: bool,
    /// Where its first row begins, and where the next row does that is not
    /// its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<(u64, u64)>,
    /// What all slices together need to know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<SliceRead>,
    /// The file must be read in one go.
    whole: bool,
}

/// Reads units.
struct Reading {
    /// Slices are known, and only read.
    known: bool,
    writer: Writer<BufWriter<StdoutLock<'static>>>,
    mapping: Mapping,
    settings: Settings,
    /// The reader of the last file's slices.
    slices: Option<(PathBuf, SliceReader)>,
}

/// A step that reads units.
fn reading(args: StepArgs, form: Form, known: bool) -> Reading {
    let (mut settings, mapping) = args.reading.resolve();
    settings.now = seconds_or_now(args.now);
    let out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let writer = Writer::new(out, form, settings.now);
    Reading { known, writer, mapping, settings, slices: None }
}

pub(super) fn survey(args: StepArgs) -> io::Result<ExitCode> {
    reading(args, Form::Links, false).all(input())
}

/// Lines of main keys come first: with a component, or alone where every
/// partition needs them.
pub(super) fn read(args: ReadArgs) -> io::Result<ExitCode> {
    let mut router = Router::new(args.partitions);
    let mut units = Vec::new();
    for (number, line) in input() {
        let line = line?;
        let wrong = || io::Error::other(format!("line {number} is no key"));
        let key = |text: &str| text.parse::<i64>().map_err(|_| wrong());
        if line.starts_with('{') {
            units.push((number, Ok(line)));
        } else if let Some((main, component)) = line.split_once('\t') {
            router.component(key(main)?, key(component)?);
        } else {
            router.hub(key(&line)?);
        }
    }
    reading(args.step, Form::Shared(router), true).all(units)
}

/// Places of records: those of one slice come behind those of all before.
fn place_of_slice(number: u32) -> u64 {
    u64::from(number) << 40
}

impl Reading {
    fn all(
        mut self,
        units: impl IntoIterator<Item = (u64, io::Result<String>)>,
    ) -> io::Result<ExitCode> {
        for (number, line) in units {
            let unit: Unit = serde_json::from_str(&line?)
                .map_err(|error| io::Error::other(format!("line {number} is no unit: {error}")))?;
            self.unit(unit)?;
            if !self.writer.is_fine() {
                break;
            }
        }
        self.writer.finish()?;
        Ok(ExitCode::SUCCESS)
    }

    fn unit(&mut self, unit: Unit) -> io::Result<()> {
        let Unit { number: unit, path, place, file, part } = unit;
        let mut source = FileSource::open(&path);
        self.writer.begin(place, file, 0);
        self.writer.begin_unit(unit);
        match part {
            Part::Whole => {
                self.whole(&path, &mut source);
                Ok(())
            }
            Part::Head { cut } => {
                let Some(mut sliced) = self.open(&path, &mut source) else {
                    return self.report(&path, &Report { file, whole: true, ..Report::default() });
                };
                let mut deaf = Writer::new(io::sink(), Form::Links, self.settings.now);
                let whole = !block_on(sliced.read_head(&mut source, cut, &mut deaf));
                let rows = Some((0, sliced.at()));
                self.report(&path, &Report { file, rows, whole, ..Report::default() })
            }
            Part::Slice { number, from, to, exact } => {
                self.writer.begin(place, file, place_of_slice(number));
                let read = self.slice(&path, &mut source, Slice { from, to }, exact)?;
                let rows = read.as_ref().map(|read| (read.start, read.end));
                let whole = read.is_none();
                let slice = Some(number);
                self.report(&path, &Report { file, slice, from, exact, rows, read, whole })
            }
            Part::Rest { cut, slices } => {
                let whole = !self.rest(&path, &mut source, (place, file), cut, &slices);
                self.report(&path, &Report { file, whole, ..Report::default() })
            }
        }
    }

    /// Says what became of a part. When records are read, that is known.
    fn report(&mut self, path: &Path, report: &Report) -> io::Result<()> {
        if self.known && report.whole {
            let path = path.display();
            return Err(io::Error::other(format!("{path} changed while the job was at work")));
        }
        self.writer.report(&serde_json::to_string(report)?);
        Ok(())
    }

    fn whole(&mut self, path: &Path, source: &mut FileSource) {
        let name = path.to_string_lossy();
        let read = read_file(source, &name, &self.mapping, &self.settings, &mut self.writer);
        for (entry, account) in (0..).zip(block_on(read)) {
            self.writer.end_file(entry, account);
        }
    }

    fn open(&self, path: &Path, source: &mut FileSource) -> Option<SlicedFile> {
        let name = path.to_string_lossy();
        block_on(SlicedFile::open(source, &name, &self.mapping, &self.settings))
    }

    fn slice(
        &mut self,
        path: &Path,
        source: &mut FileSource,
        slice: Slice,
        exact: bool,
    ) -> io::Result<Option<SliceRead>> {
        let known = self.slices.take().filter(|(own, _)| own == path);
        let reader = match known {
            Some((_, reader)) => Some(reader),
            None => block_on(SliceReader::open(source, &self.mapping, &self.settings)),
        };
        let Some(mut reader) = reader else { return Ok(None) };
        let read = block_on(reader.read_rows(source, slice, exact, &mut self.writer));
        self.slices = Some((path.to_owned(), reader));
        read.map_err(|error| io::Error::other(format!("{}: {}", path.display(), error.0)))
    }

    /// Reads what no slice has, and puts the account together; `false` where
    /// the slices do not fit.
    fn rest(
        &mut self,
        path: &Path,
        source: &mut FileSource,
        (place, file): (u32, u32),
        cut: u64,
        slices: &[SliceRead],
    ) -> bool {
        let Some(mut table) = self.open(path, source) else { return false };
        let writer = &mut self.writer;
        if !block_on(table.read_head(source, cut, writer)) {
            return false;
        }
        if !slices.iter().all(|slice| table.absorb(slice)) {
            return false;
        }
        let behind = u32::try_from(slices.len()).unwrap_or(u32::MAX - 1) + 1;
        writer.begin(place, file, place_of_slice(behind));
        let account = block_on(table.finish(source, writer));
        writer.end_file(0, account);
        true
    }
}
