//! Saved analyses: that reading one is reading its files, and what is said of
//! one that is not as it was saved.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{
    Folder, NOW, ReadOn, account, as_read, at_once, gzip, log_text, problem, program, program_json,
    samples,
};
use mailflow::account::{
    Elsewhere, FileAccount, Mapping, NoMail, Owners, Problem, SavedFault, Unreadable,
};
use mailflow::engine::{Analysis, FileIn, NoHelpers, Organizations, save};
use mailflow::import::{MemorySource, Settings, saved_body, saved_file};
use mailflow::mail::Choices;
use mailflow::tally::{Partial, Tally};
use serde_json::Value;

fn analysis(files: &[(String, Vec<u8>)], choices: &Choices) -> Analysis {
    let settings = Settings { now: NOW, choices: choices.clone(), ..Settings::default() };
    let mut analysis = Analysis::new(settings);
    read_more(&mut analysis, files);
    analysis
}

fn read_more(analysis: &mut Analysis, files: &[(String, Vec<u8>)]) {
    for (place, (name, bytes)) in (0..).zip(files) {
        let mut source = MemorySource(bytes.clone());
        at_once(analysis.read(place, name, &mut source, &Mapping::default(), &mut ReadOn));
    }
}

fn saved(analysis: &Analysis) -> Vec<u8> {
    gzip(save(&[analysis.to_saved("", Vec::new())]))
}

/// What was read, saved and opened again is what was read; and so it is if
/// half of it is read here and half of it comes saved, on either side.
#[test]
fn what_was_saved_is_what_was_read() {
    let files = samples();
    let nothing = Choices::default();
    let whole = as_read(&analysis(&files, &nothing));
    let opened =
        |files: &[(String, Vec<u8>)]| ("x.mailflow".to_owned(), saved(&analysis(files, &nothing)));
    assert_eq!(as_read(&analysis(&[opened(&files)], &nothing)), whole);
    // What is saved of what was saved, too.
    assert_eq!(
        as_read(&analysis(
            &[("y".to_owned(), saved(&analysis(&[opened(&files)], &nothing)))],
            &nothing
        )),
        whole
    );
    for at in 0..=files.len() {
        let (first, second) = files.split_at(at);
        for halves in [
            vec![opened(first), opened(second)],
            [vec![opened(first)], second.to_vec()].concat(),
            [first.to_vec(), vec![opened(second)]].concat(),
        ] {
            let (tally, accounts) = as_read(&analysis(&halves, &nothing));
            assert_eq!(tally.flow, whole.0.flow, "{at}");
            if at > 0 && at < files.len() {
                assert_eq!((tally, accounts), whole, "{at}");
            }
        }
    }
}

/// Every log cut in the middle of its sessions: one half saved, one read.
#[test]
fn a_session_that_was_cut_is_joined_with_its_saved_half() {
    for name in ["postfix", "exim", "sendmail", "opensmtpd"] {
        let text = log_text(name);
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let nothing = Choices::default();
        for at in (1..lines.len()).step_by(3) {
            let half = |lines: &[&str]| ("log".to_owned(), lines.concat().into_bytes());
            let (first, second) = (half(&lines[..at]), half(&lines[at..]));
            let whole = as_read(&analysis(&[first.clone(), second.clone()], &nothing));
            let first = ("half".to_owned(), saved(&analysis(&[first], &nothing)));
            assert_eq!(as_read(&analysis(&[first, second], &nothing)), whole, "{name} {at}");
        }
    }
}

#[test]
fn the_files_of_a_saved_analysis_are_shown_as_those_of_an_archive() {
    let files = samples();
    let (name, bytes) =
        ("week.mailflow".to_owned(), saved(&analysis(&files[..3], &Choices::default())));
    let archive = common::zip(&[("a.mailflow", &bytes), ("b.csv", &files[3].1)], false);
    let archive = ("all.zip".to_owned(), archive);
    let (_, read) = analysis(&[(name, bytes), archive], &Choices::default()).figures();
    let names: Vec<_> =
        read.iter().map(|(place, account)| (*place, account.name.clone())).collect();
    let own = |place: u32, name: &str, file: usize| (place, format!("{name}/{}", files[file].0));
    let expected = [
        own(0, "week.mailflow", 0),
        own(0, "week.mailflow", 1),
        own(0, "week.mailflow", 2),
        own(1, "all.zip/a.mailflow", 0),
        own(1, "all.zip/a.mailflow", 1),
        own(1, "all.zip/a.mailflow", 2),
        (1, "all.zip/b.csv".to_owned()),
    ];
    assert_eq!(names, expected);
    for (_, account) in &read[3..6] {
        assert_eq!((account.messages, account.adds_up()), (0, true), "{account:#?}");
    }
}

#[test]
fn what_was_said_holds_where_nothing_else_is_said() {
    let files = samples();
    let said =
        Choices { own_domains: Some(vec!["fabrikam.example".to_owned()]), ..Choices::default() };
    let bytes = saved(&analysis(&files, &said));
    let file = ("x".to_owned(), bytes);
    let opened = analysis(std::slice::from_ref(&file), &Choices::default());
    assert_eq!(opened.choices(), &said);
    assert_eq!(opened.figures().0.own_domains, ["fabrikam.example"]);
    let other =
        Choices { own_domains: Some(vec!["contoso.example".to_owned()]), ..Choices::default() };
    assert_eq!(analysis(std::slice::from_ref(&file), &other).choices(), &other);
    // Something was read before.
    let late = analysis(&[files[0].clone(), file], &Choices::default());
    assert_eq!(late.choices(), &Choices::default());
}

fn fault(bytes: &[u8]) -> SavedFault {
    match problem(bytes) {
        Problem::Saved(fault) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_not_as_it_was_saved_counts_nothing_and_is_told() {
    let plain = save(&[analysis(&samples(), &Choices::default()).to_saved("", Vec::new())]);
    let named = account(save(&[]));
    assert_eq!((named.format.as_deref(), named.rows), (Some("mailflow analysis"), 0));
    for end in (18..plain.len()).step_by(977) {
        assert_eq!(fault(&plain[..end]), SavedFault::CutOff, "{end}");
    }
    let packed = gzip(&plain);
    assert_eq!(fault(&packed[..packed.len() / 2]), SavedFault::CutOff);
    for at in (37..plain.len()).step_by(977) {
        let mut bytes = plain.clone();
        bytes[at] ^= 0x20;
        assert_eq!(fault(&bytes), SavedFault::Damaged, "{at}");
    }
    let mut longer = plain.clone();
    longer.push(b'x');
    assert_eq!(fault(&longer), SavedFault::Damaged);
    let newer = [b"mailflow analysis 12\n", &plain[20..]].concat();
    assert_eq!(fault(&newer), SavedFault::Version { found: "12".to_owned() });
    assert_eq!(fault(&[b"mailflow analysis \xff\n", &plain[20..]].concat()), SavedFault::Damaged);
}

/// What is in a saved file: the version of the program, and of each
/// organization its name, what was said, what was ticked off, files and store.
type Body = (String, Vec<(String, Choices, Vec<String>, Vec<FileAccount>, Partial)>);

/// Somebody who can write a file can write its hash, too.
#[test]
fn a_file_that_was_changed_with_its_hash_must_add_up() {
    let plain = save(&[analysis(&samples(), &Choices::default()).to_saved("", Vec::new())]);
    let body = saved_body(&plain).expect("it is whole");
    let known: Body = postcard::from_bytes(body).expect("what was written");
    let changed = |change: &dyn Fn(&mut FileAccount)| {
        let mut body = known.clone();
        let files = &mut body.1[0].3;
        change(files.iter_mut().find(|file| file.rows > 2).expect("a file with rows"));
        saved_file(&postcard::to_allocvec(&body).expect("memory"))
    };
    let read = common::read(&[("file", changed(&|_| ()))]).1;
    assert!(read.len() > 30 && read.iter().any(|file| file.messages > 0));
    let ways: [&dyn Fn(&mut FileAccount); 12] = [
        &|file| file.rows += 1,
        &|file| file.rows -= 1,
        &|file| file.rows = u64::MAX,
        &|file| file.messages += 1,
        &|file| file.duplicates += file.rows,
        &|file| file.no_mail.insert(0, (NoMail::NotSent, 1)),
        &|file| file.no_mail.push((NoMail::CoveredByMessages, 0)),
        &|file| file.unreadable.extend([(Unreadable::Damaged, u64::MAX), (Unreadable::NoHop, 1)]),
        &|file| file.problem = Some(Problem::Empty),
        &|file| file.format = None,
        &|file| file.period = Some((2, 1)),
        &|file| file.elsewhere = Some(Elsewhere::Counted(String::new())),
    ];
    for (number, change) in ways.into_iter().enumerate() {
        let bytes = changed(change);
        assert_eq!(fault(&bytes), SavedFault::Account, "{number}");
        // Where organizations are told apart, nothing of it is handed out.
        let all = organizations(&[("x", &bytes, Owners::nobody())]);
        assert_eq!(told(&all), [(String::new(), 1, 0)], "{number}");
    }
    // Rows that the account does not know of.
    let mut other = known.clone();
    other.1[0].3.truncate(0);
    assert_eq!(
        fault(&saved_file(&postcard::to_allocvec(&other).expect("memory"))),
        SavedFault::Damaged
    );
}

fn organizations(files: &[(&str, &[u8], Owners)]) -> Organizations {
    let settings = Settings { now: NOW, ..Settings::default() };
    let mut all = Organizations::new(settings, Vec::new(), String::new());
    for (place, (name, bytes, owners)) in (0..).zip(files) {
        let mut source = MemorySource(bytes.to_vec());
        let file = FileIn { place, name, mapping: &Mapping::default(), owners };
        at_once(all.read(file, &mut source, &mut ReadOn, &mut || NoHelpers));
    }
    all
}

fn told(all: &Organizations) -> Vec<(String, usize, u64)> {
    let messages = |tally: &Tally| tally.flow.iter().map(|cell| cell.messages).sum::<u64>();
    let told = |one: &mailflow::engine::Organization| {
        let (tally, files) = one.analysis.figures();
        (one.name.clone(), files.len(), messages(&tally))
    };
    all.list().iter().map(told).collect()
}

#[test]
fn organizations_that_were_saved_are_told_apart_again() {
    let one = common::CONNECTORS.as_bytes();
    let named = |name: &str| Owners::Named(vec![name.to_owned()]);
    let files = [
        ("a.csv", one, named("Contoso")),
        ("b.csv", one, named("Fabrikam")),
        ("c.csv", one, named("Fabrikam")),
    ];
    let all = organizations(&files);
    let ticks = |name: &str| vec![format!("tick of {name}")];
    let bytes = save(&all.to_saved(&ticks));
    let opened = organizations(&[("x", &bytes, Owners::nobody())]);
    let expected = [("Contoso".to_owned(), 1, 3), ("Fabrikam".to_owned(), 2, 3)];
    assert_eq!(told(&opened), expected);
    assert_eq!(opened.list()[1].analysis.ticks(), ["tick of Fabrikam"]);
    assert_eq!(told(&organizations(&[("x", &bytes, Owners::ByDomain)])), expected);
    assert_eq!(told(&organizations(&[("x", &bytes, named("Else"))])), expected);
    // Beside what is there.
    let beside =
        organizations(&[("b.csv", one, named("fabrikam")), ("x", &bytes, Owners::nobody())]);
    assert_eq!(told(&beside), [("fabrikam".to_owned(), 3, 3), ("Contoso".to_owned(), 1, 3)]);
    // Of one without a name the person says whose it is.
    let bytes = save(&organizations(&[("a.csv", one, Owners::nobody())]).to_saved(&|_| Vec::new()));
    assert_eq!(told(&organizations(&[("x", &bytes, named("Else"))])), [("Else".to_owned(), 1, 3)]);
    assert_eq!(told(&organizations(&[("x", &bytes, Owners::nobody())])), [(String::new(), 1, 3)]);
    let by_domain = organizations(&[("x", &bytes, Owners::ByDomain)]);
    assert_eq!(told(&by_domain), [("contoso.example".to_owned(), 1, 3)]);
}

#[test]
fn the_program_saves_and_opens() {
    let folder = Folder::new("saved");
    let paths: Vec<String> =
        samples().iter().map(|(name, bytes)| folder.file(name, bytes)).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let out = format!("{}/all.mailflow", folder.path());
    let (mut expected, code) = program_json(&[&["--save", &out], &paths[..]].concat(), b"");
    let (found, opened) = program_json(&[&out], b"");
    // One of the samples is of no format, and stays so.
    assert_eq!((code, opened), (1, 1));
    for file in expected["files"].as_array_mut().expect("files") {
        file["name"] = Value::from(format!("{out}/{}", file["name"].as_str().expect("a name")));
    }
    assert_eq!(found, expected);
    let bad = program(&["tally", "--save", "/nowhere/at/all.mailflow", paths[0]]);
    assert_ne!(bad.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&bad.stderr).contains("/nowhere/at/all.mailflow"));
}
