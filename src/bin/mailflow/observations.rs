//! `mailflow observations`, and `mailflow count`, its way back.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use mailflow::engine::Analysis;
use mailflow::import::read_file;
use mailflow::observations::{Form, Reader, Writer};

use crate::file_source::FileSource;
use crate::reading::ReadingArgs;
use crate::threads::block_on;
use crate::{AnswerArgs, print_figures, seconds_or_now};

#[derive(Args)]
pub(crate) struct ObservationsArgs {
    #[command(flatten)]
    reading: ReadingArgs,
    /// The clock, in seconds since 1970, where it must be that of another run.
    #[arg(long, hide = true)]
    now: Option<u32>,
    /// Files: CSV exports, logs …, also as .gz or .zip; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Args)]
pub(crate) struct CountArgs {
    #[command(flatten)]
    answer: AnswerArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    /// What `mailflow observations` wrote; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Writes what the readers tell of files.
pub(crate) fn observations(args: ObservationsArgs) -> io::Result<ExitCode> {
    let (mut settings, mapping) = args.reading.resolve();
    settings.now = seconds_or_now(args.now);
    let out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut writer = Writer::new(out, Form::Records, settings.now);
    let (mut file, mut recognised) = (0, true);
    for (place, path) in (0..).zip(&args.files) {
        let mut source = FileSource::open(path);
        writer.begin(place, file, 0);
        let name = path.to_string_lossy();
        let read = read_file(&mut source, &name, &mapping, &settings, &mut writer);
        let accounts = block_on(read);
        for (entry, account) in (0..).zip(accounts) {
            recognised &= account.format.is_some();
            writer.end_file(entry, account);
            file += 1;
        }
        if !writer.is_fine() {
            break;
        }
    }
    writer.finish()?;
    Ok(if recognised { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Counts what was written so.
pub(crate) fn count(args: CountArgs) -> io::Result<ExitCode> {
    let (settings, _) = args.reading.resolve();
    // The clock stands in the first line, and is needed before the second.
    let mut inputs = args.files.iter().map(|path| open(path)).collect::<io::Result<Vec<_>>>()?;
    let mut first = Vec::new();
    if let Some((name, input)) = inputs.first_mut() {
        input.read_until(b'\n', &mut first).map_err(|error| named(name, &error.to_string()))?;
    }
    let mut reader = Reader::default();
    let mut waiting = Analysis::new(settings.clone());
    let name = inputs.first().map(|(name, _)| name.clone()).unwrap_or_default();
    let told = waiting.observed(|sink| reader.line(&first, sink).map(|()| Vec::new()));
    told.map_err(|fault| named(&name, &fault.to_string()))?;
    let Some(now) = reader.now() else {
        return Err(named(&name, "these are no observations: their first line is missing"));
    };
    let mut analysis = Analysis::new(mailflow::import::Settings { now, ..settings });
    analysis.observed(|sink| -> io::Result<_> {
        let mut line = Vec::new();
        for (name, input) in &mut inputs {
            loop {
                line.clear();
                let read = input.read_until(b'\n', &mut line);
                if read.map_err(|error| named(name, &error.to_string()))? == 0 {
                    break;
                }
                let told = reader.line(&line, sink);
                told.map_err(|fault| named(name, &fault.to_string()))?;
            }
        }
        reader.files().map_err(|fault| io::Error::other(fault.to_string()))
    })?;
    print_figures(&analysis, &args.answer)
}

type Input = (String, Box<dyn BufRead>);

fn open(path: &Path) -> io::Result<Input> {
    let name = path.to_string_lossy().into_owned();
    if path == Path::new("-") {
        return Ok((name, Box::new(BufReader::new(io::stdin()))));
    }
    let file = File::open(path).map_err(|error| named(&name, &error.to_string()))?;
    Ok((name, Box::new(BufReader::with_capacity(1 << 20, file))))
}

fn named(name: &str, what: &str) -> io::Error {
    io::Error::other(format!("{name}: {what}"))
}
