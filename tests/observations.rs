//! What `mailflow observations` writes gives, counted again, the figures of
//! the files themselves.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::path::{Path, PathBuf};

use common::{ReadOn, settings};
use mailflow::account::{FileAccount, Mapping};
use mailflow::engine::Analysis;
use mailflow::export::tally_json;
use mailflow::import::MemorySource;
use mailflow::observations::Fault;

/// The lines of these files.
fn lines(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let files: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect();
    common::observations(&files).0
}

fn counted(lines: &[u8]) -> Result<String, Fault> {
    Ok(json(&common::observed(lines)?))
}

/// The figures as JSON, and the accounts with everything in them.
fn json(analysis: &Analysis) -> String {
    let (tally, files) = analysis.figures();
    let accounts: Vec<&FileAccount> = files.iter().map(|(_, account)| account).collect();
    format!("{}\n{files:#?}\n{tally:#?}", tally_json(&tally, &accounts, None))
}

fn read(files: &[(String, Vec<u8>)]) -> String {
    let mut analysis = Analysis::new(settings());
    for (place, (name, bytes)) in (0..).zip(files) {
        let mut source = MemorySource(bytes.clone());
        let mapping = Mapping::default();
        common::at_once(analysis.read(place, name, &mut source, &mapping, &mut ReadOn));
    }
    json(&analysis)
}

/// Every file in a folder, sorted.
fn files_in(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let (mut paths, mut pending) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a folder");
            pending.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else {
            paths.push(path);
        }
    }
    paths.sort();
    let read = |path: &PathBuf| std::fs::read(path).expect("a sample");
    paths.iter().map(|path| (path.to_string_lossy().into_owned(), read(path))).collect()
}

fn first_difference(one: &str, other: &str) -> String {
    let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    differs.map_or(String::new(), |(one, other)| format!("{one}\n{other}"))
}

fn come_back(files: &[(String, Vec<u8>)]) {
    let (expected, found) = (read(files), counted(&lines(files)).expect("records"));
    let of = files.first().map_or("", |(name, _)| name);
    assert!(expected == found, "{of}: {}", first_difference(&expected, &found));
}

#[test]
fn samples_come_back_each_and_all_together() {
    let samples = files_in(&common::tests_folder().join("samples"));
    assert!(samples.len() > 30, "only {} samples", samples.len());
    for sample in &samples {
        come_back(std::slice::from_ref(sample));
    }
    come_back(&samples);
    // Overlapping copies, in another order.
    let twice: Vec<_> = samples.iter().rev().chain(&samples).cloned().collect();
    come_back(&twice);
}

#[test]
fn shared_samples_come_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    if !folder.is_dir() {
        println!("SKIPPED: {} is missing", folder.display());
        return;
    }
    let samples = files_in(&folder);
    for sample in &samples {
        come_back(std::slice::from_ref(sample));
    }
    come_back(&samples);
}
