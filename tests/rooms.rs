//! The allowed edges between the rooms of the code (`ARCHITECTURE.md`).
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each room, and the rooms it may use beside itself.
const ROOMS: [(&str, &[&str]); 16] = [
    ("mail", &[]),
    ("order", &[]),
    ("json", &[]),
    ("account", &["mail"]),
    ("import", &["mail", "account", "order"]),
    ("answer", &["import"]),
    ("tally", &["mail", "order"]),
    ("report", &["mail", "order", "tally"]),
    ("export", &["mail", "account", "order", "json", "tally", "report"]),
    ("sample", &["mail", "json"]),
    ("text", &["mail", "account", "report"]),
    ("engine", &["mail", "account", "import", "tally"]),
    ("messages", &["mail", "account", "report"]),
    ("observations", &["mail", "account", "import"]),
    (
        "worker",
        &["mail", "account", "import", "tally", "report", "export", "engine", "messages", "sample"],
    ),
    (
        "page",
        &["answer", "mail", "account", "order", "json", "report", "export", "messages", "text"],
    ),
];

/// What may use every room: the programs.
const PROGRAMS: &str = "bin";

fn is_room(name: &str) -> bool {
    name == PROGRAMS || ROOMS.iter().any(|(room, _)| *room == name)
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The text without what stands in comments; line breaks stay.
fn without_comments(text: &str) -> String {
    let code = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    text.lines().map(code).collect::<Vec<_>>().join("\n")
}

fn word_at(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// The names that follow `crate::`: one, or those of a group, each with its
/// offset in `text`.
fn names(text: &str) -> Vec<(usize, &str)> {
    let Some(group) = text.strip_prefix('{') else { return vec![(0, word_at(text))] };
    let (mut depth, mut start, mut found) = (0_i32, true, Vec::new());
    for (at, sign) in group.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            _ if sign.is_whitespace() => {}
            _ if start => {
                found.push((at + 1, word_at(&group[at..])));
                start = false;
            }
            _ => {}
        }
    }
    found
}

/// The rooms that a source file at this depth of modules uses (1 is a room's
/// own `mod.rs`), each with its line.
fn used(text: &str, depth: usize) -> Vec<(usize, String)> {
    let code = without_comments(text);
    let line = |at: usize| code[..at].matches('\n').count() + 1;
    let mut found = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        // `$crate::` and `some_crate::` are others.
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$')) {
            continue;
        }
        let behind = at + path.len();
        for (offset, name) in names(&code[behind..]) {
            found.push((line(behind + offset), name.to_owned()));
        }
    }
    // As many `super::` as the file is deep lead out of the room.
    let out = "super::".repeat(depth);
    let mut rest = 0;
    while let Some(at) = code[rest..].find(&out).map(|at| rest + at) {
        let mut behind = at + out.len();
        while code[behind..].starts_with("super::") {
            behind += "super::".len();
        }
        for (offset, name) in names(&code[behind..]) {
            found.push((line(behind + offset), name.to_owned()));
        }
        rest = behind;
    }
    found.retain(|(_, name)| is_room(name));
    found
}

/// The modules above and including that of a file, from its room on.
fn depth(src: &Path, file: &Path) -> usize {
    let parts = file.strip_prefix(src).expect("a source file").components().count();
    if file.ends_with("mod.rs") { parts - 1 } else { parts }
}

#[test]
fn no_room_reaches_back() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut edges = 0;
    for (room, allowed) in ROOMS {
        let mut files = Vec::new();
        sources(&src.join(room), &mut files);
        assert!(!files.is_empty(), "the room {room} is empty");
        for file in files {
            let text = fs::read_to_string(&file).expect("a source file");
            for (line, other) in used(&text, depth(&src, &file)) {
                edges += usize::from(other != room);
                if other != room && !allowed.contains(&other.as_str()) {
                    let path = file.strip_prefix(&src).expect("a source file");
                    wrong.push(format!("src/{}:{line}: {room} uses {other}", path.display()));
                }
            }
        }
    }
    assert!(edges > 30, "the search for edges finds only {edges}");
    assert!(
        wrong.is_empty(),
        "These edges are not in the plan of ARCHITECTURE.md, where data goes one way:\n  {}\n\
         Move what is needed to a room that both may use (`mail` for words, `account` for the \
         account of rows), or hand it in as a parameter. If the plan itself is wrong, change \
         ARCHITECTURE.md and ROOMS in tests/rooms.rs in the same commit, and say why.",
        wrong.join("\n  ")
    );
}

#[test]
fn every_folder_of_the_code_is_a_room() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(src).expect("the sources") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        assert!(
            name == "lib.rs" || is_room(name),
            "src/{name} is no room: add it to ARCHITECTURE.md and to ROOMS in tests/rooms.rs, with \
             the rooms that it may use"
        );
    }
}

#[test]
fn the_plan_has_no_circle() {
    fn reaches(from: &str, to: &str) -> bool {
        let (_, next) = ROOMS.iter().find(|(room, _)| *room == from).expect("a room");
        next.iter().any(|room| *room == to || reaches(room, to))
    }
    for (room, allowed) in ROOMS {
        for other in allowed {
            assert!(!reaches(other, room), "{room} and {other} use each other");
        }
    }
}

#[test]
fn edges_are_found_however_they_are_written() {
    let found = |text: &str, depth| {
        used(text, depth)
            .into_iter()
            .map(|(line, room)| format!("{line} {room}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(found("use crate::tally::Tally;", 1), ["1 tally"]);
    assert_eq!(found("\nlet x = crate::report::dashboard(&t);", 1), ["2 report"]);
    assert_eq!(
        found("use crate::{\n    mail::{Day, text},\n    tally,\n};", 1),
        ["2 mail", "3 tally"]
    );
    assert_eq!(found("// use crate::tally::Tally;", 1), [""; 0]);
    assert_eq!(found("use crate::somewhere_else;", 1), [""; 0]);
    assert_eq!(found("$crate::tally::x(); my_crate::tally::x();", 1), [""; 0]);
    // Two steps up from `import::formats::row` is still `import`.
    assert_eq!(found("use super::super::text;", 3), [""; 0]);
    assert_eq!(found("use super::super::super::tally;", 3), ["1 tally"]);
    assert_eq!(found("use super::{report, mail};", 1), ["1 report", "1 mail"]);
}
