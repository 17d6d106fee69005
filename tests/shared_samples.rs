//! Real samples that several projects share: each is read, or refused as what
//! it is, and never claimed wrongly.
//!
//! `expected/shared-samples.tsv` holds the outcome of each, looked at by eye.
//! They lie outside of the repository; where they are missing, this says so.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mailflow::account::{FileAccount, Problem};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples")
}

/// Every file in `folder` but its index, by its path from there.
fn files_in(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a folder");
            pending.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else {
            let name = path.strip_prefix(folder).expect("a file inside").to_string_lossy();
            if name != "INDEX.tsv" {
                found.insert(name.into_owned(), path);
            }
        }
    }
    found
}

/// What became of a file, in one word and its counts.
fn outcome(account: &FileAccount) -> String {
    match &account.problem {
        None => {
            let left_out = account.no_mail_rows() + account.unreadable_rows();
            // A row of a TLS report is a policy.
            let (count, what) = match account.policies {
                0 => (account.messages, "messages"),
                policies => (policies, "policies"),
            };
            format!(
                "{}: {} rows, {count} {what}, {left_out} left out",
                account.format.as_deref().expect("a format"),
                account.rows,
            )
        }
        Some(Problem::NotATrace { looks_like: Some(kind) }) => format!("{kind:?}"),
        Some(other) => format!("{other:?}"),
    }
}

#[test]
fn no_sample_is_claimed_by_two_formats() {
    let mut files: Vec<PathBuf> =
        ["samples", "expected"].map(|name| common::tests_folder().join(name)).to_vec();
    files.push(folder());
    let mut claimed = 0;
    for (name, path) in files.iter().filter(|folder| folder.is_dir()).flat_map(|of| files_in(of)) {
        let text = std::fs::read(&path).expect("a sample");
        let text = if text.starts_with(&[0xff, 0xfe]) {
            let units: Vec<u16> =
                text.chunks(2).skip(1).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
            String::from_utf16_lossy(&units).into_bytes()
        } else {
            text
        };
        // As it is, behind itself, and from the middle.
        let half = text.len() / 2;
        for text in [text.clone(), text.repeat(2), text[half..].to_vec()] {
            let claims = mailflow::import::claims(&text, true);
            assert!(claims.len() <= 1, "{name}: {claims:?}");
            claimed += claims.len();
        }
    }
    assert!(claimed >= 3 * common::SAMPLES.len(), "only {claimed}");
}

#[test]
fn every_shared_sample_has_the_outcome_that_was_looked_at() {
    let folder = folder();
    if !folder.is_dir() {
        println!("SKIPPED: {} is missing", folder.display());
        return;
    }
    let expected =
        std::fs::read_to_string(common::tests_folder().join("expected/shared-samples.tsv"))
            .expect("the expected outcomes");
    let expected: BTreeMap<&str, &str> = expected
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once('\t').expect("a path and an outcome"))
        .collect();
    let (mut held, mut wrong) = (0, Vec::new());
    for (name, path) in files_in(&folder) {
        let found = outcome(&common::account(std::fs::read(path).expect("a sample")));
        match expected.get(name.as_str()) {
            Some(expected) if *expected == found => held += 1,
            Some(expected) => wrong.push(format!("{name}: {found}, expected {expected}")),
            None => println!("not looked at yet: {name}\t{found}"),
        }
    }
    println!("{held} shared samples are as expected");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(held * 10 > expected.len() * 9, "only {held} of {} are there", expected.len());
}
