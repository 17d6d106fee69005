//! Damaged files: bytes flipped, cut, doubled, spliced and encoded anew, from
//! a seed. Nothing panics, every account adds up, and none takes longer than
//! its size allows.
//!
//! `make soak` reads a million of them, the ordinary test a few thousand.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]
#![allow(clippy::duplicate_mod, reason = "fuzzing reads by the code of the tests")]

mod common;
#[allow(dead_code, unreachable_pub, reason = "it is shared with the fuzzer")]
#[path = "../fuzz/src/targets/mod.rs"]
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use common::{gzip, samples, utf16, zip};

/// So many damaged files an ordinary test reads.
const FEW: u64 = 4_000;
/// Of so many, one goes through all that is done with a file: saved, told as
/// lines, as cells, shown.
const EACH: u64 = 8;
/// What one damaged file may take, of three tries: a machine may be busy.
const LIMIT: Duration = Duration::from_secs(2);
/// No damaged file is longer.
const LONGEST: usize = 200_000;

/// A generator of numbers (`SplitMix64`): the same from the same seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("it is below")
    }

    /// Two places, in order.
    fn stretch(&mut self, length: usize) -> (usize, usize) {
        let (one, other) = (self.below(length + 1), self.below(length + 1));
        (one.min(other), one.max(other))
    }
}

/// What ends, opens or parts something in one format or other.
const TELLING: &[u8] = b"\"\",;\r\n\0\xff\x1f;'=<@{}[]:\\#( \t\x80%-+Z09";

/// Something that happens to a file.
fn strike(random: &mut Random, bytes: &mut Vec<u8>, others: &[Vec<u8>]) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    match random.below(14) {
        0 => {
            for _ in 0..=random.below(12) {
                bytes[random.below(length)] ^= 1 << random.below(8);
            }
        }
        1 => {
            for _ in 0..=random.below(12) {
                bytes[random.below(length)] = TELLING[random.below(TELLING.len())];
            }
        }
        2 => bytes.truncate(random.below(length)),
        3 => drop(bytes.drain(..random.below(length))),
        4 => bytes.extend_from_within(..),
        5 => {
            let (from, to) = random.stretch(length);
            drop(bytes.drain(from..to.min(from + 200)));
        }
        6 => {
            // A stretch of it once more, elsewhere or in its place.
            let (from, to) = random.stretch(length);
            let piece = bytes[from..to].to_vec();
            let at = random.below(length);
            bytes.splice(at..at, piece);
        }
        7 => {
            let other = &others[random.below(others.len())];
            let (from, to) = random.stretch(other.len());
            let at = random.below(length);
            let until = if random.below(2) == 0 { at } else { length };
            bytes.splice(at..until, other[from..to].iter().copied());
        }
        8 => {
            let at = random.below(length);
            let sign = TELLING[random.below(TELLING.len())];
            let times = [1, 2, 9, 3_000][random.below(4)];
            bytes.splice(at..at, std::iter::repeat_n(sign, times));
        }
        9 => {
            let mut lines: Vec<&[u8]> = bytes.split_inclusive(|&byte| byte == b'\n').collect();
            for _ in 0..=random.below(4) {
                let (one, other) = (random.below(lines.len()), random.below(lines.len()));
                lines.swap(one, other);
            }
            *bytes = lines.concat();
        }
        10 => number(random, bytes),
        11 => {
            let from = TELLING[random.below(TELLING.len())];
            let to = TELLING[random.below(TELLING.len())];
            bytes.iter_mut().filter(|byte| **byte == from).for_each(|byte| *byte = to);
        }
        _ => encode(random, bytes),
    }
    bytes.truncate(LONGEST);
}

/// Another number in the place of one.
fn number(random: &mut Random, bytes: &mut Vec<u8>) {
    const NUMBERS: [&str; 10] = [
        "0",
        "-1",
        "00",
        "99999999999999999999",
        "4294967296",
        "2147483648",
        "9007199254740993",
        "1e999",
        "1969",
        "2106",
    ];
    let start = random.below(bytes.len());
    let digit = |byte: &u8| byte.is_ascii_digit();
    let Some(at) = bytes[start..].iter().position(digit) else { return };
    let at = start + at;
    let end = bytes[at..].iter().position(|byte| !digit(byte)).map_or(bytes.len(), |end| at + end);
    bytes.splice(at..end, NUMBERS[random.below(NUMBERS.len())].bytes());
}

/// The same text as other bytes.
fn encode(random: &mut Random, bytes: &mut Vec<u8>) {
    let text = String::from_utf8_lossy(bytes);
    *bytes = match random.below(8) {
        0 => utf16(&text, true, false),
        1 => utf16(&text, true, true),
        2 => utf16(&text, false, random.below(2) == 0),
        3 => [&b"\xef\xbb\xbf"[..], bytes].concat(),
        4 => gzip(&*bytes),
        5 => zip(&[("a", &*bytes)], random.below(2) == 0),
        6 => text.replace("\r\n", "\n").replace('\n', "\r").into_bytes(),
        // As one byte each, where it is Latin.
        _ => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
    };
}

fn damaged(seed: u64, files: &[Vec<u8>]) -> Vec<u8> {
    let mut random = Random(seed);
    let mut bytes = files[random.below(files.len())].clone();
    for _ in 0..=random.below(4) {
        strike(&mut random, &mut bytes, files);
    }
    bytes
}

fn look(seed: u64, bytes: &[u8]) {
    let mut took = Duration::MAX;
    for _ in 0..3 {
        let start = Instant::now();
        if seed.is_multiple_of(EACH) {
            targets::file(bytes);
        } else {
            targets::read(bytes);
        }
        took = took.min(start.elapsed());
        if took < LIMIT {
            return;
        }
    }
    panic!("{} bytes take {took:?}", bytes.len());
}

/// Our own samples, and those that several projects share where they are.
fn files() -> Vec<Vec<u8>> {
    let mut files: Vec<Vec<u8>> = samples().into_iter().map(|(_, bytes)| bytes).collect();
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let mut pending: Vec<PathBuf> = vec![shared];
    let mut found = Vec::new();
    while let Some(path) = pending.pop() {
        if let Ok(entries) = std::fs::read_dir(&path) {
            pending.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    files.extend(found.iter().map(|path| std::fs::read(path).expect("a sample")));
    files
}

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// With `MAILFLOW_SOAK=COUNT` that many, from `MAILFLOW_SEED=NUMBER`. What
/// stops it is written beside the other files of tests.
#[test]
fn no_damage_stops_reading_or_is_lost() {
    let (count, seed) = (setting("MAILFLOW_SOAK", FEW), setting("MAILFLOW_SEED", 1));
    let files = files();
    let next = AtomicU64::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut stopped = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return stopped;
            }
            let own = seed.wrapping_add(number);
            let bytes = damaged(own, &files);
            if catch_unwind(AssertUnwindSafe(|| look(own, &bytes))).is_err() {
                let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("damaged-{own}"));
                std::fs::write(&path, bytes).expect("a file");
                stopped.push(path);
            }
        }
    };
    let start = Instant::now();
    let stopped: Vec<PathBuf> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("it ends")).collect()
    });
    println!(
        "{count} damaged files of {} samples from seed {seed} in {:.0?}",
        files.len(),
        start.elapsed()
    );
    assert!(stopped.is_empty(), "{} of {count} stopped: {stopped:#?}", stopped.len());
}

#[test]
fn every_sample_may_end_anywhere() {
    for bytes in files() {
        for end in (0..bytes.len()).step_by(997) {
            targets::read(&bytes[..end]);
            targets::read(&bytes[end..]);
        }
    }
}

/// Samples a hundred times as long, as they are and as one line, are read in a
/// time that grows no faster than they do.
#[test]
fn what_is_long_takes_no_longer_than_it_must() {
    for (_, bytes) in samples() {
        let repeated = |bytes: &[u8]| bytes.repeat(1 + (256 << 10) / bytes.len());
        targets::in_time(&repeated(&bytes));
        let mut line = bytes.clone();
        line.retain(|byte| !matches!(byte, b'\r' | b'\n'));
        targets::in_time(&repeated(&line));
        let end = bytes.iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |end| end + 1);
        let one_row = [&bytes[..end], &repeated(&line)].concat();
        targets::in_time(&one_row);
    }
}
