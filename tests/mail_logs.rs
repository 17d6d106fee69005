//! Logs of Unix mail servers: what each sample holds, that neither cuts nor
//! the order of files change the figures, and what lines without year and zone
//! are taken for.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{cells, expected, gzip, json, log_text, read, senders, sums, utf16};
use mailflow::tally::Tally;

/// The logs with an expected answer.
const LOGS: [&str; 4] = ["postfix", "exim", "sendmail", "opensmtpd"];

/// What is done to a text, and its name.
type Wrapping = (&'static str, fn(&str) -> Vec<u8>);

/// Everything that is counted, in lines.
fn figures(tally: &Tally) -> Vec<String> {
    let json = json(tally, &[]);
    let refused = json["refusedSignIns"].as_array().into_iter().flatten().map(ToString::to_string);
    let mut lines = cells(tally);
    lines.extend(senders(tally));
    lines.extend(refused);
    lines
}

/// A log with the year and the zone in every line, so that no piece of it has
/// to guess.
fn dated(text: &str) -> String {
    let stamp = |line: &str| match (line.get(..7), line.get(7..15)) {
        (Some("Dec 31 "), Some(time)) => format!("2024-12-31T{time}+00:00{}", &line[15..]),
        (Some("Sep  3 "), Some(time)) => format!("2026-09-03T{time}+00:00{}", &line[15..]),
        (Some("Jan  1 "), Some(time)) => format!("2025-01-01T{time}+00:00{}", &line[15..]),
        _ => line.to_owned(),
    };
    text.split_inclusive('\n').map(stamp).collect()
}

#[test]
fn every_log_has_the_answer_that_was_counted_by_hand() {
    for name in LOGS {
        let wrappings: [Wrapping; 5] = [
            ("as it is", |text| text.as_bytes().to_vec()),
            ("gzip", |text| gzip(text)),
            ("UTF-16", |text| utf16(text, true, false)),
            ("CRLF", |text| text.replace('\n', "\r\n").into_bytes()),
            ("no last line end", |text| text.trim_end().as_bytes().to_vec()),
        ];
        for (wrapping, wrap) in wrappings {
            let file = format!("{name}.log");
            let (tally, accounts) = read(&[(&file, wrap(&log_text(name)))]);
            assert_eq!(json(&tally, &accounts), expected(name), "{name}, {wrapping}");
        }
    }
}

/// The whole log, the same cut in two before every line, and in pieces of so
/// many lines.
#[test]
fn a_cut_anywhere_changes_no_figure() {
    for name in LOGS {
        let whole = dated(&log_text(name));
        let expected = figures(&read(&[("whole", &whole)]).0);
        assert_eq!(expected, figures(&read(&[("log", log_text(name))]).0), "{name}, dated");
        let lines: Vec<&str> = whole.split_inclusive('\n').collect();
        let mut changed = Vec::new();
        let mut check = |what: String, pieces: Vec<String>| {
            for turned in [false, true] {
                let mut files: Vec<(&str, &String)> = pieces.iter().map(|p| ("part", p)).collect();
                if turned {
                    files.reverse();
                }
                let (tally, _) = read(&files);
                let found = figures(&tally);
                if found != expected {
                    let missing = |now: &[String], then: &[String]| {
                        then.iter().filter(|line| !now.contains(line)).cloned().collect::<Vec<_>>()
                    };
                    let (lost, new) = (missing(&found, &expected), missing(&expected, &found));
                    changed.push(format!("{what}, turned {turned}: lost {lost:#?}, new {new:#?}"));
                }
            }
        };
        for cut in 1..lines.len() {
            check(format!("line {cut}"), vec![lines[..cut].concat(), lines[cut..].concat()]);
        }
        for size in 1..8 {
            let pieces = lines.chunks(size).map(<[&str]>::concat).collect();
            check(format!("pieces of {size}"), pieces);
        }
        assert!(changed.is_empty(), "{name}: {}", changed.join("\n"));
    }
}

#[test]
fn a_log_dropped_twice_adds_nothing() {
    for name in LOGS {
        let text = log_text(name);
        let once = read(&[("one", &text)]);
        let twice = read(&[("one", &text), ("two", &text)]);
        assert_eq!(figures(&twice.0), figures(&once.0), "{name}");
        let again = &twice.1[1];
        assert_eq!((again.messages, again.joined), (0, 0), "{name}: {again:#?}");
        assert_eq!(again.refused_sign_ins, 0, "{name}");
        // Overlapping slices.
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let (head, tail) =
            (lines[..lines.len() * 2 / 3].concat(), lines[lines.len() / 3..].concat());
        let (tally, accounts) = read(&[("head", dated(&head)), ("tail", dated(&tail))]);
        assert_eq!(figures(&tally), figures(&once.0), "{name}, overlapping");
        assert_eq!(sums(&accounts)[0], sums(&once.1)[0], "{name}, overlapping");
    }
}
