//! Counting partitions, and putting together what they counted.

use std::io::{self, BufRead, BufReader, Write as _};
use std::process::ExitCode;

use mailflow::engine::Analysis;
use mailflow::observations::Reader;
use mailflow::tally::DomainEvidence;

use super::part::{Counted, Evidence};
use super::{CountArgs, FinishArgs, StepArgs};
use crate::{print_figures, seconds_or_now};

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

pub(super) fn count(args: CountArgs) -> io::Result<ExitCode> {
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
pub(super) fn conclude(_: &StepArgs) -> io::Result<ExitCode> {
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

pub(super) fn merge(args: StepArgs, settle: bool) -> io::Result<ExitCode> {
    let mut analysis = analysis(args);
    let mut all = take_parts(&mut analysis)?;
    let store = analysis.store();
    let partial = if settle { store.settle().to_partial() } else { store.to_partial() };
    all.store = partial.to_bytes();
    io::stdout().lock().write_all(&all.to_bytes()?)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn finish(args: FinishArgs) -> io::Result<ExitCode> {
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
