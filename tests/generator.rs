//! The engine finds exactly what the generator of fictitious mail knows to be
//! true, however its files come.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{Folder, json, program, program_json, read, sums};
use mailflow::account::{FileAccount, NoMail};
use mailflow::mail::Day;
use mailflow::sample::{SampleOptions, sample};
use serde_json::Value;

/// Seeds, with and without overlapping files.
const VARIANTS: [(u64, bool); 6] =
    [(1, false), (2, true), (3, false), (4, true), (77, false), (u64::MAX, true)];

fn options(seed: u64, overlap: bool) -> SampleOptions {
    let last_day = Day::parse("2026-11-21").expect("a day");
    SampleOptions {
        days: 12,
        extended_days: 8,
        messages_per_day: 40,
        seed,
        overlap,
        ..SampleOptions::page(last_day)
    }
}

/// The files of a sample, and its truth.
fn made(options: &SampleOptions) -> (Vec<(&'static str, Vec<u8>)>, Value) {
    let sample = sample(options);
    let truth = serde_json::from_str(&sample.truth.to_json()).expect("JSON");
    (sample.files.into_iter().map(|file| (file.name, file.bytes)).collect(), truth)
}

/// Reads the files and holds the figures against the truth.
fn hold(files: &[(&str, Vec<u8>)], truth: &Value, what: &str) -> Vec<FileAccount> {
    let (tally, accounts) = read(files);
    let found = json(&tally, &[]);
    assert_eq!(found["cells"], truth["cells"], "{what}");
    assert_eq!(found["senders"], truth["senders"], "{what}");
    accounts
}

#[test]
fn the_figures_are_the_truth() {
    for (seed, overlap) in VARIANTS {
        let (files, truth) = made(&options(seed, overlap));
        let accounts = hold(&files, &truth, &format!("seed {seed}, overlap {overlap}"));
        for (account, truth) in accounts.iter().zip(truth["files"].as_array().expect("files")) {
            assert_eq!(Value::from(account.rows), truth["rows"], "{}", account.name);
            assert_eq!(account.unreadable, []);
            assert_eq!(account.unfamiliar, []);
        }
    }
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    for (seed, overlap) in VARIANTS {
        let (files, truth) = made(&options(seed, overlap));
        let expected = sums(&read(&files).1);
        for turn in 0..files.len() {
            let mut turned = files.clone();
            turned.rotate_left(turn);
            let accounts = hold(&turned, &truth, &format!("seed {seed}, turned {turn}"));
            assert_eq!(sums(&accounts), expected);
            turned.reverse();
            let accounts = hold(&turned, &truth, &format!("seed {seed}, reversed {turn}"));
            assert_eq!(sums(&accounts), expected);
        }
    }
}

#[test]
fn files_dropped_twice_change_no_figure_and_are_all_second_copies() {
    for (seed, overlap) in [(1, false), (4, true)] {
        let (files, truth) = made(&options(seed, overlap));
        let twice: Vec<_> = files.iter().chain(&files).cloned().collect();
        let accounts = hold(&twice, &truth, "all, then all again");
        let (first, copies) = accounts.split_at(files.len());
        for (account, copy) in first.iter().zip(copies) {
            assert_eq!((copy.messages, copy.joined), (0, 0), "{}", copy.name);
            let no_mail: u64 = copy
                .no_mail
                .iter()
                .filter(|(reason, _)| *reason != NoMail::NotSent)
                .map(|(_, rows)| rows)
                .sum();
            assert_eq!(copy.rows, copy.duplicates + no_mail, "{}", copy.name);
            assert_eq!(account.rows, copy.rows);
        }
        let pairs: Vec<_> = files.iter().flat_map(|file| [file.clone(), file.clone()]).collect();
        hold(&pairs, &truth, "each twice in a row");
    }
}

#[test]
fn each_file_alone_tells_what_it_alone_can_tell() {
    for (seed, overlap) in VARIANTS {
        let (files, truth) = made(&options(seed, overlap));
        for (file, truth) in files.iter().zip(truth["files"].as_array().expect("files")) {
            let what = format!("seed {seed}, {}", file.0);
            let accounts = hold(std::slice::from_ref(file), truth, &what);
            let account = &accounts[0];
            assert_eq!(Value::from(account.rows), truth["rows"], "{what}");
            assert_eq!(Value::from(account.messages), truth["distinctMessages"], "{what}");
            let left_out = |reason| {
                let found = account.no_mail.iter().find(|(own, _)| *own == reason);
                Value::from(found.map_or(0, |(_, rows)| *rows))
            };
            assert_eq!(left_out(NoMail::NotSent), truth["noMail"]["notSent"], "{what}");
            assert_eq!(left_out(NoMail::ShadowCopy), truth["noMail"]["shadowCopy"], "{what}");
        }
    }
}

#[test]
fn the_sample_that_the_page_offers_is_its_truth() {
    for last_day in ["2026-11-21", "2026-09-04"] {
        let day = Day::parse(last_day).expect("a day");
        let (files, truth) = made(&SampleOptions::page(day));
        hold(&files, &truth, last_day);
    }
}

#[test]
fn the_program_writes_a_sample_and_reads_its_truth() {
    let folder = Folder::new("trio");
    let arguments =
        ["sample", "--days", "9", "--seed", "5", "--last-day", "2026-11-21", "--overlap"];
    let output = program(&[&arguments[..], &[folder.path()]].concat());
    assert!(output.status.success());
    let read = |name: &str| std::fs::read(format!("{}/{name}", folder.path())).expect("a file");
    let truth: Value = serde_json::from_slice(&read("truth.json")).expect("JSON");
    let names: Vec<_> = truth["files"].as_array().expect("files").iter().collect();
    let paths: Vec<_> = names
        .iter()
        .map(|file| format!("{}/{}", folder.path(), file["name"].as_str().expect("a name")))
        .collect();
    assert_eq!(paths.len(), 6);
    let paths: Vec<_> = paths.iter().map(String::as_str).collect();
    let (json, status) = program_json(&paths, b"");
    assert_eq!(status, 0);
    assert_eq!(json["cells"], truth["cells"]);
    assert_eq!(json["senders"], truth["senders"]);
}
