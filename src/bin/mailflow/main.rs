//! The same engine on the command line.

mod file_source;
mod job;
mod merge;
mod observations;
mod reading;
mod save;
mod serve;
mod threads;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, Parser, Subcommand};
use mailflow::account::FileAccount;
use mailflow::engine::{Analysis, Snapshot, Watch};
use mailflow::export::{cells_json, tally_json};
use mailflow::import::Pause;
use mailflow::mail::Day;
use mailflow::report::{Dashboard, StandingOut, dashboard};
use mailflow::text::{Language, account_text, dashboard_text};

use crate::file_source::FileSource;
use crate::job::{JobArgs, job};
use crate::merge::{MergeArgs, merge};
use crate::observations::{CountArgs, ObservationsArgs, count, observations};
use crate::reading::{ReadingArgs, parse_day};
use crate::save::write_saved;
use crate::serve::{ServeArgs, serve};
use crate::threads::{Threads, block_on};

/// At most so many insights, and so many unusual findings, are told in text.
const STANDING_OUT: usize = 50;

/// What mail traces say about transport security.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Count the messages of trace exports, with an account of every row.
    ///
    /// Exit status: 0 when every file was recognised, 1 when some were not
    /// (the rest is still printed), 2 for wrong use.
    Tally(Box<TallyArgs>),
    /// Write what the files say, a record a line, before any message is
    /// joined or counted.
    ///
    /// docs/observations.md describes the records. Exit status as of `tally`.
    Observations(Box<ObservationsArgs>),
    /// Count what `observations` wrote: the figures are those of the files.
    ///
    /// Of the settings those hold that counting needs: --own-domain and
    /// --connector-type.
    Count(Box<CountArgs>),
    /// The steps of a job on many machines: spark/README.md.
    #[command(hide = true)]
    Job(Box<JobArgs>),
    /// Merge saved analyses and documents of cells.
    ///
    /// The order of files does not matter, nor whether some were merged
    /// before. Exit status: 1 when a file cannot be merged (nothing is written
    /// then), 2 for wrong use.
    Merge(MergeArgs),
    /// Write a fictitious sample: three exports of the same mail, and the true
    /// counts.
    Sample(SampleArgs),
    /// Serve the page and the figures of a folder of logs, counted again when
    /// the logs change.
    Serve(Box<ServeArgs>),
}

#[derive(Args)]
struct TallyArgs {
    #[command(flatten)]
    answer: AnswerArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Files: CSV exports, also as .gz or .zip; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// In which form the figures are told.
#[derive(Args)]
struct AnswerArgs {
    /// Print one JSON object instead of text for people.
    #[arg(long)]
    json: bool,
    /// Print one JSON object of ready cells with everything that is counted,
    /// which page and program read as they read the files.
    #[arg(long, conflicts_with = "json")]
    cells: bool,
    /// Save all that is known to a file, which is read like any other: dropped
    /// on the page, counted beside other files, merged.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// The language of the text for people: en or ko.
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = parse_language)]
    language: Language,
}

#[derive(Args)]
struct SampleArgs {
    /// Days of mail.
    #[arg(long, default_value_t = 90)]
    days: u32,
    /// Messages of a usual day.
    #[arg(long, default_value_t = 60)]
    messages: u32,
    /// Other seeds give other mail.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The last day of mail; yesterday when left out.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    last_day: Option<Day>,
    /// Write each report as two overlapping files.
    #[arg(long)]
    overlap: bool,
    /// Folder to write to.
    folder: PathBuf,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Tally(args) => tally(args),
        Command::Observations(args) => observations(*args),
        Command::Count(args) => count(*args),
        Command::Job(args) => job(*args),
        Command::Merge(args) => merge(&args),
        Command::Sample(args) => sample(&args),
        Command::Serve(args) => serve(*args),
    };
    match outcome {
        Ok(code) => code,
        // A reader like `head` that has seen enough is no fault.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mailflow: {error}");
            ExitCode::FAILURE
        }
    }
}

fn tally(args: Box<TallyArgs>) -> io::Result<ExitCode> {
    let (settings, mapping) = args.reading.resolve();
    let mappings = settings.remembered.len();
    let mut analysis = Analysis::new(settings);
    for (place, path) in (0..).zip(&args.files) {
        let name = path.to_string_lossy();
        let mut source = FileSource::open(path);
        let mut threads = Threads::of(path);
        let (watch, threads) = (&mut ReadOn, &mut threads);
        block_on(analysis.read_together(place, &name, &mut source, &mapping, watch, threads));
    }
    let known = || analysis.figures().1.iter().any(|(_, account)| account.remembered);
    if mappings > 0 && !known() {
        eprintln!("mailflow: no file has the header of the mapping");
    }
    print_figures(&analysis, &args.answer)
}

/// Prints the figures of an analysis; the exit status says whether all files
/// were recognised.
fn print_figures(analysis: &Analysis, answer: &AnswerArgs) -> io::Result<ExitCode> {
    // First, since who reads what is printed may not want all of it.
    if let Some(path) = &answer.save {
        write_saved(path, &[analysis.to_saved("", Vec::new())])?;
    }
    let (tally, files) = analysis.figures();
    let accounts: Vec<&FileAccount> = files.iter().map(|(_, account)| account).collect();
    let texts = answer.language.texts();
    let mut out = io::stdout().lock();
    if answer.json {
        writeln!(out, "{}", tally_json(&tally, &accounts, None))?;
    } else if answer.cells {
        writeln!(out, "{}", cells_json(&tally, &analysis.parts(), &accounts, None))?;
    } else {
        let found = StandingOut::at_most(STANDING_OUT, &tally, analysis.now());
        let dashboard =
            Dashboard { standing_out: Some(found), ..dashboard(&tally, analysis.now()) };
        write!(out, "{}", dashboard_text(texts, &dashboard))?;
        let used = dashboard.assumptions;
        if !used.own_domains.is_empty() {
            let domains = used.own_domains.join(", ");
            writeln!(out, "\n{}", (texts.settings.own_domains_are)(&domains, used.guessed))?;
        }
        for account in &accounts {
            write!(out, "\n{}", account_text(texts, account))?;
        }
    }
    let recognised = accounts.iter().all(|account| account.format.is_some());
    Ok(if recognised { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn parse_language(text: &str) -> Result<Language, String> {
    Language::of_tag(text).ok_or_else(|| {
        let tags: Vec<&str> = Language::ALL.iter().map(|language| language.texts().tag).collect();
        format!("languages are {}", tags.join(", "))
    })
}

fn sample(args: &SampleArgs) -> io::Result<ExitCode> {
    let last_day = args.last_day.unwrap_or_else(|| Day::of_seconds(now()).plus(-1));
    let options = mailflow::sample::SampleOptions {
        days: args.days,
        extended_days: args.days,
        messages_per_day: args.messages,
        seed: args.seed,
        overlap: args.overlap,
        ..mailflow::sample::SampleOptions::page(last_day)
    };
    let sample = mailflow::sample::sample(&options);
    std::fs::create_dir_all(&args.folder)?;
    for file in &sample.files {
        std::fs::write(args.folder.join(file.name), &file.bytes)?;
    }
    std::fs::write(args.folder.join("truth.json"), sample.truth.to_json())?;
    Ok(ExitCode::SUCCESS)
}

/// A clock that was said, else the system's: seconds since 1970.
fn seconds_or_now(said: Option<u32>) -> u32 {
    said.unwrap_or_else(now)
}

/// Seconds since 1970.
fn now() -> u32 {
    seconds(SystemTime::now())
}

/// Seconds from 1970 to then; 0 before.
fn seconds(time: SystemTime) -> u32 {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// Nothing watches a program but the person who can stop it.
struct ReadOn;

impl Watch for ReadOn {
    fn pause(&mut self, _: &Snapshot<'_>) -> Pause {
        Pause::GoOn
    }
}
