//! How fast each format is read: its own sample over and over, every time with
//! other ids, until it is 64 MB, from memory, into the tally.
//!
//! `cargo bench --bench formats [NAME…]`
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a benchmark may stop")]

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use mailflow::account::Mapping;
use mailflow::engine::{Analysis, Snapshot, Watch};
use mailflow::import::{MemorySource, Pause, Settings};
use mailflow::mail::Day;

const NOW: u32 = 1_795_348_800;
const SIZE: usize = 64 << 20;
const RUNS: usize = 3;

struct ReadOn;

impl Watch for ReadOn {
    fn pause(&mut self, _: &Snapshot<'_>) -> Pause {
        Pause::GoOn
    }
}

/// The sample's rows, as often as it takes; what comes before them, once.
fn grown(text: &str, is_head: impl Fn(usize, &str) -> bool) -> Vec<u8> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let head: Vec<&str> = lines
        .iter()
        .enumerate()
        .take_while(|(at, line)| is_head(*at, line))
        .map(|(_, line)| *line)
        .collect();
    let rows = lines[head.len()..].concat();
    let mut grown = head.concat();
    for turn in 0_u32.. {
        if grown.len() >= SIZE {
            break;
        }
        // Message-IDs, network message ids and SMTP sessions of its own.
        let guid = format!("-{:04x}-{:04x}-", turn >> 16, turn & 0xffff);
        let block = rows
            .replace('@', &format!("{turn}@"))
            .replace("-4000-8000-", &guid)
            .replace("-4222-8333-", &guid)
            .replace("08DE0000", &format!("{turn:08X}"))
            .replace("08DE1000", &format!("{:08X}", turn | 1 << 31))
            // Queue ids of Postfix, Exim, sendmail; sessions and messages of OpenSMTPD.
            .replace("2C000", &format!("{turn:05X}"))
            .replace("0000A", &format!("{turn:05X}"))
            .replace("683A", &format!("{turn:04X}"))
            .replace("5df87c9", &format!("{turn:07x}"))
            .replace("3d4c4a0", &format!("{turn:07x}"))
            .replace("f6e9420", &format!("{:07x}", turn | 1 << 27));
        grown.push_str(&block);
    }
    grown.into_bytes()
}

fn read(bytes: &[u8]) -> (Duration, u64, Option<String>) {
    let mut analysis = Analysis::new(Settings { now: NOW, ..Settings::default() });
    let mut source = MemorySource(bytes.to_vec());
    let period = Day::parse("2026-09-01").zip(Day::parse("2026-09-30"));
    let mapping = Mapping { period, ..Mapping::default() };
    let mut watch = ReadOn;
    let start = Instant::now();
    {
        let mut reading = pin!(analysis.read(0, "file", &mut source, &mapping, &mut watch));
        match reading.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(()) => {}
            Poll::Pending => panic!("a source in memory made the engine wait"),
        }
    }
    let took = start.elapsed();
    let (_, files) = analysis.figures();
    let account = &files.first().expect("one file").1;
    assert!(account.adds_up(), "{account:#?}");
    (took, account.rows, account.format.clone())
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let entries = std::fs::read_dir(folder).expect("the samples");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    // Of mail, a mailbox; the other samples are of one each.
    paths.retain(|path| path.extension().is_some_and(|ending| ending != "md" && ending != "eml"));
    paths.sort();
    paths
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|name| name != "--bench").collect();
    println!("{:>8} {:>12}  format (sample)", "MB/s", "rows/s");
    for path in samples() {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if !wanted.is_empty() && !wanted.iter().any(|part| name.contains(part.as_str())) {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a sample");
        let ending = path.extension().unwrap_or_default();
        let log = ending == "log";
        let json = ending == "json";
        let bytes = if json {
            text.repeat(SIZE / text.len()).into_bytes()
        } else {
            let mailbox = ending == "mbox";
            grown(&text, |at, line| if log { line.starts_with('#') } else { !mailbox && at == 0 })
        };
        let mut runs: Vec<_> = (0..RUNS).map(|_| read(&bytes)).collect();
        runs.sort_by_key(|(took, ..)| *took);
        let (took, rows, format) = &runs[RUNS / 2];
        let seconds = took.as_secs_f64();
        let megabytes = bytes.len() as f64 / 1e6;
        println!(
            "{:>8.0} {:>12.0}  {} ({name})",
            megabytes / seconds,
            *rows as f64 / seconds,
            format.as_deref().unwrap_or("not recognised")
        );
    }
}
