//! Documents of ready cells: that reading one is reading the files that were
//! counted, and how several come together.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{
    CONNECTORS, Files, Folder, ReadOn, log_text, program, program_json, read, read_choosing,
    samples,
};
use mailflow::account::{DocumentFault, Elsewhere, FileAccount, Problem, Unreadable, Warning};
use mailflow::engine::Analysis;
use mailflow::export::cells_json;
use mailflow::import::{MemorySource, Settings};
use mailflow::mail::{Choices, Direction};
use mailflow::tally::Tally;
use serde_json::{Value, json};

/// The document of what was counted of files.
fn document(files: &[(String, Vec<u8>)], choices: &Choices) -> String {
    let settings = Settings { now: common::NOW, choices: choices.clone(), ..Settings::default() };
    let mut analysis = Analysis::new(settings);
    for (place, (name, bytes)) in (0..).zip(files) {
        let mut source = MemorySource(bytes.clone());
        let mapping = mailflow::account::Mapping::default();
        common::at_once(analysis.read(place, name, &mut source, &mapping, &mut ReadOn));
    }
    let (tally, accounts) = analysis.figures();
    let accounts: Vec<&FileAccount> = accounts.iter().map(|(_, account)| account).collect();
    cells_json(&tally, &analysis.parts(), &accounts, None)
}

/// Everything that is counted, in lines: cells that say the same are one.
fn lines(tally: &Tally) -> Vec<String> {
    let text = document_of(tally);
    let json: Value = serde_json::from_str(&text).expect("JSON");
    let mut lines: Vec<String> = ["cells", "refusedSignIns", "tlsReports", "ownDomains"]
        .iter()
        .flat_map(|name| match &json[name] {
            Value::Array(items) => items.iter().map(ToString::to_string).collect(),
            other => vec![other.to_string()],
        })
        .collect();
    lines.sort();
    lines
}

fn document_of(tally: &Tally) -> String {
    cells_json(tally, &[], &[], None)
}

#[test]
fn reading_the_cells_of_any_files_is_reading_the_files() {
    let all = samples();
    let own =
        |domain: &str| Choices { own_domains: Some(vec![domain.to_owned()]), ..Choices::default() };
    for choices in [Choices::default(), own("contoso.example"), own("fabrikam.example")] {
        let mut sets: Vec<Files> = all.iter().map(|file| vec![file.clone()]).collect();
        sets.push(all.clone());
        for files in sets {
            let here: Vec<(&str, &Vec<u8>)> =
                files.iter().map(|(name, bytes)| (name.as_str(), bytes)).collect();
            let (tally, read_here) = read_choosing(&here, &choices);
            let text = document(&files, &choices);
            let (back, accounts) = read(&[("cells.json", &text)]);
            let only = |these: Vec<String>, those: Vec<String>| -> Vec<String> {
                these.into_iter().filter(|line| !those.contains(line)).collect()
            };
            let lost = only(lines(&tally), lines(&back));
            let new = only(lines(&back), lines(&tally));
            assert!(lost.is_empty() && new.is_empty(), "{}: {lost:#?} became {new:#?}", files[0].0);
            assert_eq!(back.domains_guessed, tally.domains_guessed);
            assert_eq!(back.content(), tally.content());
            // Nothing of it was left out, and the files are told.
            assert_eq!(accounts[0].unreadable_rows(), 0, "{:?}", accounts[0]);
            let counted = read_here.iter().filter(|account| account.format.is_some());
            if lines(&tally).len() > 1 && !tally.flow.is_empty() {
                let names: Vec<String> =
                    counted.map(|account| format!("cells.json/{}", account.name)).collect();
                let told: Vec<_> = accounts[1..].iter().map(|own| own.name.clone()).collect();
                assert_eq!(told.len(), names.len());
                assert!(names.iter().all(|name| told.contains(name)), "{told:?}");
            }
            // Once more through a document it is the same text, but for the files.
            let again = document(
                &[("cells.json".to_owned(), text.clone().into_bytes())],
                &Choices::default(),
            );
            assert_eq!(without_files(&again)["cells"], without_files(&text)["cells"]);
            assert_eq!(without_files(&again)["parts"], without_files(&text)["parts"]);
        }
    }
}

fn without_files(text: &str) -> Value {
    let mut json: Value = serde_json::from_str(text).expect("JSON");
    json["files"] = Value::Null;
    json
}

/// A table of messages of one day, each with an id that begins so.
fn day(name: &str, day: u32, messages: u32) -> String {
    let mut text = common::CONNECTOR_HEADER.to_owned();
    for at in 0..messages {
        let hour = at % 24;
        let id = format!("{name}{at}@x.example");
        let row = "r@contoso.example,s@x.example,Received,From x,Partner,TLS1.2,True";
        let row = [format!("2026-09-{day:02}T{hour:02}:00:00Z"), format!("<{id}>"), row.to_owned()];
        text += &row.join(",");
        text += "\r\n";
    }
    text
}

#[test]
fn parts_add_up_and_each_counts_once() {
    let nothing = Choices::default();
    let of = |name: &str, at: u32, messages: u32| {
        document(&[(name.to_owned(), day(name, at, messages).into_bytes())], &nothing)
    };
    let (one, other) = (of("a", 3, 5), of("b", 4, 7));
    let count = |tally: &Tally| tally.flow.iter().map(|cell| cell.messages).sum::<u64>();
    let (tally, accounts) = read(&[("1", &one), ("2", &other), ("1 again", &one)]);
    assert_eq!(count(&tally), 12);
    let told: Vec<_> = accounts
        .iter()
        .map(|own| (own.name.as_str(), own.messages, own.duplicates, own.warnings.len()))
        .collect();
    assert_eq!(
        told,
        [("1", 5, 0, 0), ("1/a", 5, 0, 0), ("2", 7, 0, 0), ("2/b", 7, 0, 0), ("1 again", 0, 5, 0)]
    );
    assert_eq!(accounts[1].elsewhere, Some(Elsewhere::Counted("a".to_owned())));
    // Of one day and direction, two may have counted the same.
    let (tally, accounts) = read(&[("1", &one), ("2", &of("c", 3, 2))]);
    assert_eq!(count(&tally), 7);
    let day = mailflow::mail::Day::parse("2026-09-03").expect("a day");
    let twice =
        Warning::MayCountTwice { direction: Direction::Inbound, days: (day, day), count: 1 };
    assert_eq!(
        (&accounts[0].warnings[..], &accounts[2].warnings[..]),
        (&[][..], &[twice.clone()][..])
    );
    // So may messages that are known one by one.
    let (tally, accounts) = read(&[("1", CONNECTORS), ("2", &one)]);
    assert_eq!((count(&tally), &accounts[1].warnings[..]), (8, &[twice][..]));
}

#[test]
fn a_document_of_parts_must_name_them() {
    let cell =
        json!({"hour": "2026-09-03T10:00Z", "direction": "inbound", "tls": "1.2", "messages": 3});
    let with = |part: &str| {
        let mut cell = cell.clone();
        cell["part"] = part.into();
        cell
    };
    let document = json!({
        "version": 1,
        "parts": [{"id": "a"}, {"id": "b", "ownDomains": ["x.example"], "ownDomainsGuessed": false}],
        "refusedSignIns": [{"part": "a", "hour": "soon", "tls": "none", "attempts": 1},
            {"part": "a", "hour": "2026-09-03T10:00Z", "tls": "none", "account": "x", "attempts": 0},
            {"part": "b", "day": "2026-09-03", "tls": "none", "account": "x", "attempts": 4}],
        "tlsReports": [{"domain": "x.example"}],
        "files": [{"name": "a", "format": "F", "rows": 5, "messages": 3}, {"name": "b", "format": "F", "rows": 3, "messages": 3}, 7],
        "cells": [with("a"), with("b"), with("c"), cell, with("a")],
    });
    let (tally, accounts) = read(&[("x", document.to_string())]);
    // Two parts that say the same are told apart by what else they say.
    assert_eq!(tally.flow.iter().map(|cell| cell.messages).sum::<u64>(), 9);
    assert_eq!(tally.refused.iter().map(|cell| cell.attempts).sum::<u64>(), 4);
    assert_eq!(tally.own_domains, ["x.example"]);
    let reasons =
        [(Unreadable::BadTime, 1), (Unreadable::BadCount, 1), (Unreadable::MissingField, 3)];
    assert_eq!(accounts[0].unreadable, reasons);
    let places: Vec<_> =
        accounts[0].examples.iter().filter_map(|e| e.text.split(' ').next()).collect();
    let expected = [
        "/refusedSignIns/0/hour",
        "/refusedSignIns/1/attempts",
        "/tlsReports/0/begins",
        "/cells/2/part",
        "/cells/3/part",
    ];
    assert_eq!(places, expected);
    // A file whose rows do not add up is no account of anything.
    assert_eq!(accounts[1..].iter().map(|own| own.name.as_str()).collect::<Vec<_>>(), ["x/b"]);
    // Cut off, it counts nothing.
    let text = document.to_string();
    let cut = common::problem(&text[..text.len() - 1]);
    assert_eq!(cut, Problem::Document(DocumentFault::CutOff));
}

#[test]
fn the_program_merges_in_any_order_and_grouping() {
    let folder = Folder::new("merge");
    let inputs: Vec<String> = [("a", 3, 5), ("b", 4, 7), ("c", 4, 2)]
        .iter()
        .map(|(name, at, messages)| folder.file(&format!("{name}.csv"), day(name, *at, *messages)))
        .collect();
    let log = folder.file("exim.log", log_text("exim"));
    let out = |name: &str| format!("{}/{name}", folder.path());
    let run = |arguments: &[&str]| {
        let output = program(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        output
    };
    let mut sources = Vec::new();
    for (at, input) in inputs.iter().enumerate() {
        let cells = run(&["tally", "--cells", input]).stdout;
        sources.push(folder.file(&format!("{at}.json"), cells));
    }
    let saved = out("log.mailflow");
    run(&["tally", "--save", &saved, &log]);
    sources.push(saved);
    let [a, b, c, d] = &sources[..] else { panic!("four") };
    let merged = |name: &str, files: &[&str]| {
        let path = out(name);
        run(&[&["merge", "--save", &path], files].concat());
        path
    };
    let json_of = |files: &[&str], how: &str| {
        let output = run(&[&["merge", how], files].concat());
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")
    };
    let cells = |files: &[&str]| json_of(files, "--cells");
    let expected = cells(&[a, b, c, d]);
    let same = |found: Value| {
        for (name, value) in found.as_object().expect("an object") {
            assert_eq!(value, &expected[name], "{name}");
        }
    };
    // Commutative.
    same(cells(&[d, c, b, a]));
    // Idempotent.
    same(cells(&[a, a, b, c, d, d, b]));
    // Associative.
    let ab = merged("ab.mailflow", &[a, b]);
    let cd = merged("cd.mailflow", &[c, d]);
    let bc = merged("bc.mailflow", &[b, c]);
    same(cells(&[&ab, &cd]));
    same(cells(&[a, &bc, d]));
    same(cells(&[&merged("abcd.mailflow", &[&cd, &ab])]));
    // Of cells without their files, too: then what was a log is a part.
    let as_cells = folder.file("all.json", expected.to_string());
    assert_eq!(cells(&[&as_cells])["cells"], expected["cells"]);
    assert_eq!(cells(&[&as_cells, a, b, c])["cells"], expected["cells"]);
    assert_eq!(json_of(&[&as_cells], "--json")["cells"], json_of(&[&ab, &cd], "--json")["cells"]);
    // What is merged of saved logs is what is counted of the logs.
    let other = out("a.mailflow");
    run(&["tally", "--save", &other, &inputs[0]]);
    let (counted, _) = program_json(&[&log, &inputs[0]], b"");
    for files in [[d.as_str(), &other], [&other, d.as_str()]] {
        let both = json_of(&files, "--json");
        assert_eq!((&both["cells"], &both["senders"]), (&counted["cells"], &counted["senders"]));
    }
    // Two count messages of one day.
    let told = run(&["merge", "--cells", b, c]).stderr;
    let told = String::from_utf8_lossy(&told);
    assert!(told.contains("2026-09-04") && told.contains("twice"), "{told}");
    assert_eq!(run(&["merge", "--cells", a, b]).stderr, b"");
    // Nothing is written where a file cannot be merged.
    let nothing = out("nothing.mailflow");
    let refused = program(&["merge", "--save", &nothing, a, &log]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("mailflow tally --save"));
    let damaged = folder.file("damaged", &std::fs::read(d).expect("a file")[..200]);
    let refused = program(&["merge", "--save", &nothing, a, &damaged]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(!std::path::Path::new(&nothing).exists());
    assert_eq!(program(&["merge", a]).status.code(), Some(2));
}
