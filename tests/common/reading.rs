//! Reading with the engine, as tests and fuzzing do it: whatever is read, the
//! account of every file is looked at.
#![allow(dead_code, unreachable_pub, reason = "each who reads uses some of it")]

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use mailflow::account::{FileAccount, Mapping};
use mailflow::engine::{Analysis, Snapshot, Watch};
use mailflow::import::{MemorySource, Pause, Settings, read_file};
use mailflow::observations::{Fault, Form, Reader, Writer};
use mailflow::tally::Tally;

/// The clock: 2026-11-22T12:00:00Z.
pub const NOW: u32 = 1_795_348_800;

pub fn settings() -> Settings {
    Settings { now: NOW, ..Settings::default() }
}

/// Nobody cancels.
pub struct ReadOn;

impl Watch for ReadOn {
    fn pause(&mut self, _: &Snapshot<'_>) -> Pause {
        Pause::GoOn
    }
}

/// Runs a future whose sources answer at once.
pub fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a source in memory made the engine wait"),
    }
}

/// The figures; every account is looked at.
pub fn figures(analysis: &Analysis) -> (Tally, Vec<FileAccount>) {
    let (tally, files) = analysis.figures();
    let accounts: Vec<_> = files.into_iter().map(|(_, account)| account).collect();
    for account in &accounts {
        assert!(account.adds_up(), "the account does not add up: {account:#?}");
        assert!(
            account.format.is_some() != account.problem.is_some(),
            "either a format or a problem: {account:#?}"
        );
        assert!(account.format.is_some() || account.rows == 0, "rows of nothing: {account:#?}");
    }
    (tally, accounts)
}

/// The figures, with the files as they were called where they were read.
pub fn as_read(analysis: &Analysis) -> (Tally, Vec<FileAccount>) {
    let (tally, mut accounts) = figures(analysis);
    for account in &mut accounts {
        account.name = account.read_as().to_owned();
        account.elsewhere = None;
    }
    (tally, accounts)
}

/// What `mailflow observations` writes of these files, and their accounts as
/// readers give them.
pub fn observations(files: &[(&str, &[u8])]) -> (Vec<u8>, Vec<FileAccount>) {
    let mut writer = Writer::new(Vec::new(), Form::Records, NOW);
    let mut all = Vec::new();
    for (place, (name, bytes)) in (0..).zip(files) {
        writer.begin(place, u32::try_from(all.len()).unwrap_or(u32::MAX), 0);
        let mut source = MemorySource(bytes.to_vec());
        let (mapping, settings) = (Mapping::default(), settings());
        let read = read_file(&mut source, name, &mapping, &settings, &mut writer);
        for (entry, account) in (0..).zip(at_once(read)) {
            writer.end_file(entry, account.clone());
            all.push(account);
        }
    }
    (writer.finish().unwrap_or_else(|error| panic!("lines in memory: {error}")), all)
}

/// What `mailflow count` counts of these lines.
///
/// # Errors
/// Where they are no observations.
pub fn observed(lines: &[u8]) -> Result<Analysis, Fault> {
    let mut analysis = Analysis::new(settings());
    analysis.observed(|sink| {
        let mut reader = Reader::default();
        for line in lines.split_inclusive(|&byte| byte == b'\n') {
            reader.line(line, sink)?;
        }
        reader.files()
    })?;
    Ok(analysis)
}
