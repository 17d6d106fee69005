//! The steps of a job that counts on many machines: `spark/README.md` shows
//! how they follow each other. What is read, joined and counted is decided
//! here, in the same code as for one machine; others only carry lines.

mod part;

use std::io::{self, BufRead, BufReader, BufWriter, StdoutLock, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use mailflow::account::Mapping;
use mailflow::engine::Analysis;
use mailflow::import::{
    Settings, Slice, SliceRead, SliceReader, SlicedFile, Source, files_in, read_file,
};
use mailflow::observations::{Form, Reader, Router, Writer};
use mailflow::tally::DomainEvidence;
use serde::{Deserialize, Serialize};

use self::part::{Counted, Evidence};
use crate::file_source::FileSource;
use crate::reading::ReadingArgs;
use crate::threads::block_on;
use crate::{AnswerArgs, print_figures, seconds_or_now};

#[derive(Args)]
pub(crate) struct JobArgs {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand)]
enum Step {
    /// From paths, one a line, to what is there: files, bytes, slices.
    Plan(StepArgs),
    /// From units to the keys that their records link, and to what became of
    /// slices.
    Survey(StepArgs),
    /// From components, hubs and units to blocks of records, by partition.
    Read(ReadArgs),
    /// From the records of a partition to evidence and a part, each behind its
    /// length.
    Count(CountArgs),
    /// From the evidence of all partitions to what they are all settled with.
    Conclude(StepArgs),
    /// From parts to one whose messages are counted, and not known any more.
    Settle(StepArgs),
    /// From parts to one.
    Merge(StepArgs),
    /// From all parts to the figures.
    Finish(FinishArgs),
}

#[derive(Args)]
struct ReadArgs {
    #[command(flatten)]
    step: StepArgs,
    /// How many partitions there are.
    #[arg(long)]
    partitions: u32,
}

#[derive(Args)]
struct CountArgs {
    #[command(flatten)]
    step: StepArgs,
    /// Which partition it is.
    #[arg(long)]
    partition: u32,
}

#[derive(Args)]
struct FinishArgs {
    #[command(flatten)]
    step: StepArgs,
    /// How many partitions there are.
    #[arg(long)]
    partitions: u32,
    /// How many files there are.
    #[arg(long)]
    files: u32,
    #[command(flatten)]
    answer: AnswerArgs,
}

/// What all steps of a job are told alike.
#[derive(Args)]
struct StepArgs {
    #[command(flatten)]
    reading: ReadingArgs,
    /// The clock of the job, in seconds since 1970.
    #[arg(long)]
    now: Option<u32>,
    /// An own domain that was concluded from all partitions.
    #[arg(long)]
    guessed_domain: Vec<String>,
    /// The same, and there may be none.
    #[arg(long)]
    concluded: bool,
    /// A log of any partition tells which messages were accepted.
    #[arg(long)]
    acceptance: bool,
    /// Bytes of a slice of a large table.
    #[arg(long, default_value_t = 64 << 20)]
    slice: u64,
}

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

/// Runs a step.
pub(crate) fn job(args: JobArgs) -> io::Result<ExitCode> {
    match args.step {
        Step::Plan(args) => plan(args.slice.max(2)),
        Step::Survey(args) => survey(args),
        Step::Read(args) => read(args),
        Step::Count(args) => count(args),
        Step::Conclude(args) => conclude(&args),
        Step::Settle(args) => merge(args, true),
        Step::Merge(args) => merge(args, false),
        Step::Finish(args) => finish(args),
    }
}

/// Lines of standard input, with their numbers from 1.
fn input() -> impl Iterator<Item = (u64, io::Result<String>)> {
    (1..).zip(io::stdin().lock().lines())
}

fn plan(slice: u64) -> io::Result<ExitCode> {
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

fn survey(args: StepArgs) -> io::Result<ExitCode> {
    reading(args, Form::Links, false).all(input())
}

/// Lines of main keys come first: with a component, or alone where every
/// partition needs them.
fn read(args: ReadArgs) -> io::Result<ExitCode> {
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

fn analysis(args: StepArgs) -> Analysis {
    let (mut settings, _) = args.reading.resolve();
    settings.now = seconds_or_now(args.now);
    let mut analysis = Analysis::new(settings);
    if args.concluded {
        analysis.store_mut().guess_domains(args.guessed_domain);
    }
    if args.acceptance {
        analysis.store_mut().acceptance_is_told();
    }
    analysis
}

fn count(args: CountArgs) -> io::Result<ExitCode> {
    let mut analysis = analysis(args.step);
    let mut counted = Counted { partitions: vec![args.partition], ..Counted::default() };
    let mut input = BufReader::with_capacity(1 << 20, io::stdin().lock());
    analysis.observed(|sink| -> io::Result<_> {
        let (mut reader, mut line) = (Reader::default(), Vec::new());
        loop {
            line.clear();
            if input.read_until(b'\n', &mut line)? == 0 {
                return Ok(Vec::new());
            }
            // Accounts go to the end as they are.
            if line.starts_with(b"{\"account\"") {
                counted.accounts.push(String::from_utf8_lossy(&line).into_owned());
                continue;
            }
            reader.line(&line, sink).map_err(|fault| {
                io::Error::other(format!("partition {}: {fault}", args.partition))
            })?;
        }
    })?;
    let store = analysis.store();
    counted.store = store.to_partial().to_bytes();
    let (domains, acceptance) = (DomainEvidence::of(store), store.tells_acceptance());
    let mut out = io::stdout().lock();
    for frame in [Evidence { domains, acceptance }.to_bytes()?, counted.to_bytes()?] {
        out.write_all(&(frame.len() as u64).to_le_bytes())?;
        out.write_all(&frame)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Says with which arguments the steps to come are to be run.
fn conclude(_: &StepArgs) -> io::Result<ExitCode> {
    let mut input = BufReader::with_capacity(1 << 20, io::stdin().lock());
    let evidence = Evidence::of_all(&mut input)?;
    let mut arguments = vec!["--concluded".to_owned()];
    for domain in evidence.domains.own_domains() {
        arguments.push(format!("--guessed-domain={domain}"));
    }
    arguments.extend(evidence.acceptance.then(|| "--acceptance".to_owned()));
    serde_json::to_writer(io::stdout().lock(), &arguments)?;
    Ok(ExitCode::SUCCESS)
}

/// Takes all parts of standard input.
fn take_parts(analysis: &mut Analysis) -> io::Result<Counted> {
    let mut input = BufReader::with_capacity(1 << 20, io::stdin().lock());
    let mut all = Counted::default();
    while let Some(part) = Counted::next(&mut input)? {
        analysis.store_mut().merge(0, &part.partial()?);
        all.take(part)?;
    }
    Ok(all)
}

fn merge(args: StepArgs, settle: bool) -> io::Result<ExitCode> {
    let mut analysis = analysis(args);
    let mut all = take_parts(&mut analysis)?;
    let store = analysis.store();
    let partial = if settle { store.settle().to_partial() } else { store.to_partial() };
    all.store = partial.to_bytes();
    io::stdout().lock().write_all(&all.to_bytes()?)?;
    Ok(ExitCode::SUCCESS)
}

fn finish(args: FinishArgs) -> io::Result<ExitCode> {
    let mut analysis = analysis(args.step);
    let all = take_parts(&mut analysis)?;
    if !(0..args.partitions).eq(all.partitions.iter().copied()) {
        let missing = (0..args.partitions).find(|own| all.partitions.binary_search(own).is_err());
        let what = missing.map_or("another".to_owned(), |missing| missing.to_string());
        return Err(io::Error::other(format!(
            "{} of {} partitions are there; wrong is {what}",
            all.partitions.len(),
            args.partitions
        )));
    }
    let wrong = |fault: mailflow::observations::Fault| io::Error::other(fault.to_string());
    analysis.observed(|sink| -> io::Result<_> {
        let mut reader = Reader::default();
        for account in &all.accounts {
            reader.line(account.as_bytes(), sink).map_err(wrong)?;
        }
        let files = reader.files().map_err(wrong)?;
        if files.len() != args.files as usize {
            let (there, planned) = (files.len(), args.files);
            return Err(io::Error::other(format!(
                "accounts of {there} files are there, and not of {planned}"
            )));
        }
        Ok(files)
    })?;
    // A file that is not recognised is no fault of the job.
    print_figures(&analysis, &args.answer).map(|_| ExitCode::SUCCESS)
}
