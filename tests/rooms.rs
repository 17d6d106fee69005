//! The allowed edges between the rooms of the code (`ARCHITECTURE.md`).
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

use std::fs;
use std::path::{Path, PathBuf};

const ROOMS: [(&str, &[&str]); 12] = [
    ("mail", &[]),
    ("account", &["mail"]),
    ("import", &["mail", "account"]),
    ("tally", &["mail"]),
    ("report", &["mail", "tally"]),
    ("export", &["mail", "account", "tally", "report"]),
    ("sample", &["mail"]),
    ("text", &["mail", "account", "report"]),
    ("engine", &["mail", "account", "import", "tally"]),
    ("messages", &["mail", "account", "report"]),
    ("page", &["mail", "account", "report", "export", "messages", "text"]),
    ("bin", &[]),
];

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

#[test]
fn no_room_reaches_back() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut edges = 0;
    for (room, allowed) in ROOMS.iter().filter(|(room, _)| *room != "bin") {
        let mut files = Vec::new();
        sources(&src.join(room), &mut files);
        assert!(!files.is_empty(), "the room {room} is empty");
        for file in files {
            let text = fs::read_to_string(&file).expect("a source file");
            for (number, line) in (1..).zip(text.lines()) {
                let code = line.split("//").next().unwrap_or_default();
                for used in code.split("crate::").skip(1) {
                    let end = used.find(|c: char| !c.is_alphanumeric() && c != '_');
                    let used = &used[..end.unwrap_or(used.len())];
                    if used == *room || !ROOMS.iter().any(|(known, _)| *known == used) {
                        continue;
                    }
                    edges += 1;
                    if !allowed.contains(&used) {
                        wrong.push(format!("{}:{number}: {room} uses {used}", file.display()));
                    }
                }
            }
        }
    }
    assert!(edges > 30, "the search for edges finds none");
    assert!(wrong.is_empty(), "edges that ARCHITECTURE.md does not allow:\n{}", wrong.join("\n"));
}
