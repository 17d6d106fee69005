//! What fuzzing found worth keeping (`fuzz/corpus`), and every sample, through
//! every target of it.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]
#![allow(clippy::duplicate_mod, reason = "fuzzing reads by the code of the tests")]

mod common;
#[allow(dead_code, unreachable_pub, reason = "it is shared with the fuzzer")]
#[path = "../fuzz/src/targets/mod.rs"]
mod targets;

use std::path::Path;

use targets::TARGETS;

/// The longest input that is kept, in bytes: they are read in every test run.
const LONGEST: usize = 4_096;

#[test]
fn what_fuzzing_found_holds() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut sum = 0;
    for (name, target) in TARGETS {
        let folder = std::fs::read_dir(corpus.join(name)).expect("a corpus for each target");
        let paths: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
        assert!(paths.len() > 2, "{name}: only {} inputs", paths.len());
        for path in paths {
            let bytes = std::fs::read(&path).expect("an input");
            assert!(bytes.len() <= LONGEST, "{} is too long to be kept", path.display());
            sum += bytes.len();
            said(&path.display().to_string(), || target(&bytes));
        }
    }
    assert!(sum < 1 << 20, "{sum} bytes are too many to be kept");
}

/// A byte that is no UTF-8, behind the text by which a file is recognised.
#[test]
fn an_encoding_does_not_hang_on_the_pieces_of_a_file() {
    let row = common::CONNECTORS.lines().nth(1).expect("a row");
    let mut bytes = common::CONNECTORS.as_bytes().to_vec();
    bytes.extend(format!("{row}\r\n").repeat(900).into_bytes());
    assert!(bytes.len() > 64 << 10);
    bytes.extend(row.as_bytes());
    bytes.extend(b"\xe9\r\n");
    targets::read(&bytes);
}

#[test]
fn what_holds_of_any_file_holds_of_samples() {
    let samples = common::samples();
    assert!(samples.len() > 30, "only {} samples", samples.len());
    for (target, run) in TARGETS {
        for (name, bytes) in &samples {
            // Repeated to a megabyte they are a matter of `damage.rs`.
            if target != "repeated" {
                said(&format!("{name} in {target}"), || run(bytes));
            }
        }
    }
}

/// Says of what input it is that a target stops.
fn said(name: &str, run: impl FnOnce()) {
    let run = std::panic::AssertUnwindSafe(run);
    if let Err(stopped) = std::panic::catch_unwind(run) {
        println!("STOPPED: {name}");
        std::panic::resume_unwind(stopped);
    }
}
