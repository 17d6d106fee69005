//! What README and guide say is so: links lead somewhere, commands are taken,
//! the page has the labels that are quoted in bold, and the worked example is
//! counted again.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use common::{Folder, program};
use serde_json::Value;

/// Bold words of the guide that are no labels of the page.
const EMPHASIS: [&str; 37] = [
    "A mail",
    "A mailbox",
    "Accepted but failed",
    "Another host",
    "Connectors",
    "Direction",
    "Directions",
    "Enhanced summary report",
    "Exchange Online, to see TLS",
    "Exchange Server",
    "Exports of counts",
    "Extended report",
    "How much of our mail travelled encrypted last week, with which TLS version, and who is behind",
    "Is it unusual",
    "Limits",
    "Message trace",
    "Message trace detail",
    "Message tracking log",
    "Messages go by queue id",
    "Modern authentication may go unseen",
    "Once per crossing",
    "Past one machine",
    "Report requests",
    "SMTP protocol logs",
    "The cmdlet writes the server's local time",
    "Token",
    "Try it with sample data",
    "Unix",
    "What breaks",
    "What is answered",
    "What is counted",
    "When",
    "Who is behind",
    "Who may ask",
    "Who sends with SMTP AUTH",
    "How much was encrypted",
    "Year and zone",
];

/// Every Markdown file that people read, from the root of the project.
fn pages() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md"]
            .map(PathBuf::from)
            .into();
    for folder in ["docs", "spark", "bench", "tests/samples"] {
        collect(Path::new(folder), "md", &mut found);
    }
    found
}

/// The files below a folder whose names end so.
fn collect(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of pages") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("node_modules") {
            collect(&path, ending, found);
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text in two halves: prose, and what stands in code, a piece each.
fn halves(text: &str) -> (String, Vec<String>) {
    let (mut prose, mut code, mut block) = (String::new(), Vec::new(), None::<String>);
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            match block.take() {
                Some(done) => code.push(done),
                None => block = Some(String::new()),
            }
        } else if let Some(block) = &mut block {
            block.push_str(line);
            block.push('\n');
        } else {
            for (index, piece) in line.split('`').enumerate() {
                if index % 2 == 0 {
                    prose.push_str(piece);
                } else {
                    code.push(piece.to_owned());
                }
            }
            prose.push('\n');
        }
    }
    (prose, code)
}

/// What `](…)`, `src="…"` and `srcset="…"` of a text lead to.
fn targets(prose: &str) -> Vec<&str> {
    let after = |mark: &'static str, end: char| {
        prose.match_indices(mark).filter_map(move |(at, _)| {
            let rest = &prose[at + mark.len()..];
            rest.find(end).map(|length| &rest[..length])
        })
    };
    after("](", ')').chain(after("src=\"", '"')).chain(after("srcset=\"", '"')).collect()
}

/// The anchors of a page, as GitHub makes them of headings.
fn anchors(path: &Path) -> BTreeSet<String> {
    let mut fenced = false;
    let mut heading = |line: &&str| {
        fenced ^= line.trim_start().starts_with("```");
        !fenced && line.starts_with('#')
    };
    let anchor = |line: &str| {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    text(path).lines().filter(|line| heading(line)).map(anchor).collect()
}

/// The path without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

#[test]
fn every_link_of_the_guide_leads_somewhere() {
    let mut broken = Vec::new();
    let mut seen = 0;
    for page in pages() {
        let (prose, _) = halves(&text(&page));
        for target in targets(&prose) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            seen += 1;
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let folder = page.parent().expect("a folder");
            let file = if file.is_empty() { page.clone() } else { plain(&folder.join(file)) };
            let there = file.exists()
                && (anchor.is_empty() || anchors(&file).contains(&anchor.to_lowercase()));
            if !there {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(seen > 100, "{seen}");
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The pages of README and guide.
fn guide() -> impl Iterator<Item = PathBuf> {
    pages().into_iter().filter(|page| {
        page.starts_with("docs") || page.ends_with("README.md") && page.components().count() == 1
    })
}

#[test]
fn every_command_of_the_guide_is_taken() {
    let output = |args: &[&str]| String::from_utf8(program(args).stdout).expect("text");
    let all = output(&["--help"]);
    let mut helps = BTreeMap::<String, String>::new();
    let makefile = text(Path::new("Makefile"));
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for page in guide() {
        let (_, code) = halves(&text(&page));
        for piece in code {
            let lines = piece.replace("\\\n", " ");
            for line in lines.lines() {
                let line = line.split(" # ").next().unwrap_or_default();
                let line = line.split('|').next_back().unwrap_or_default();
                let mut words =
                    line.split_whitespace().map(|word| word.trim_end_matches([',', '.', ';']));
                let Some(first) = words.next() else { continue };
                let complain = |what: &str| format!("{}: {what}: {line}", page.display());
                if first == "make" {
                    let target = words.find(|word| !word.contains('='));
                    let Some(target) = target else { continue };
                    seen += 1;
                    if !makefile.lines().any(|rule| rule.starts_with(&format!("{target}:"))) {
                        wrong.push(complain("no such target"));
                    }
                }
                if first != "mailflow" && !first.ends_with("/mailflow") {
                    continue;
                }
                let Some(command) = words.next() else { continue };
                if command == "help" {
                    continue;
                }
                seen += 1;
                if !all.lines().any(|known| known.split_whitespace().next() == Some(command)) {
                    wrong.push(complain("no such command"));
                    continue;
                }
                let help =
                    helps.entry(command.to_owned()).or_insert_with(|| output(&["help", command]));
                for option in words.filter(|word| word.starts_with("--")) {
                    let name = option.split('=').next().unwrap_or_default();
                    let known = help
                        .split(|c: char| c.is_whitespace() || c == ',')
                        .any(|word| word == name);
                    if !known {
                        wrong.push(complain(name));
                    }
                }
            }
        }
    }
    assert!(seen > 20, "{seen}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Bold words of a text.
fn bold(prose: &str) -> impl Iterator<Item = String> {
    let joined = prose.replace('\n', " ");
    let pieces: Vec<String> = joined.split("**").map(str::to_owned).collect();
    pieces.into_iter().enumerate().filter(|(index, _)| index % 2 == 1).map(|(_, piece)| piece)
}

#[test]
fn the_page_has_the_labels_that_the_guide_quotes() {
    let mut sources = Vec::new();
    collect(Path::new("src/text"), "rs", &mut sources);
    let texts: String = sources.iter().map(|source| text(source)).collect();
    let texts = texts.replace("\\u{2026}", "…");
    let (mut unknown, mut seen) = (BTreeSet::new(), 0);
    for page in guide() {
        let (prose, _) = halves(&text(&page));
        for quoted in bold(&prose) {
            let label = quoted.trim_end_matches(['?', '.']);
            // A sentence, or an emphasis in one.
            let korean = label.chars().any(|c| ('가'..='힣').contains(&c));
            let sentence = label.len() < quoted.len() || quoted.len() > 60 || label.contains(": ");
            let begins = label.chars().next().is_some_and(char::is_uppercase);
            if EMPHASIS.contains(&label) || sentence || !(begins || korean) {
                continue;
            }
            seen += 1;
            if !texts.contains(label) {
                unknown.insert(format!("{}: {quoted}", page.display()));
            }
        }
    }
    assert!(seen > 60, "{seen}");
    assert!(unknown.is_empty(), "{unknown:#?}");
}

/// A field of an export in UTF-16, as the sample writes them.
fn decoded(path: &Path) -> String {
    let bytes = fs::read(path).expect("an export");
    let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let text: String = char::decode_utf16(units).map(|c| c.expect("UTF-16")).collect();
    text.trim_start_matches('\u{feff}').to_owned()
}

fn json(output: &std::process::Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn the_worked_example_is_counted_as_the_guide_says() {
    let folder = Folder::new("worked-example");
    let sample = format!("{}/sample", folder.path());
    assert!(program(&["sample", "--last-day", "2026-11-20", &sample]).status.success());
    let mut exports: Vec<PathBuf> = fs::read_dir(&sample)
        .expect("the sample")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .collect();
    exports.sort();
    let paths: Vec<&str> = exports.iter().map(|path| path.to_str().expect("a path")).collect();

    let page = text(Path::new("docs/counting.md"));
    let said = |text: &str| assert!(page.contains(text), "docs/counting.md does not say {text}");
    let all = json(&program(&[&["tally", "--json"], &paths[..]].concat()));
    let rows: Vec<u64> = all["files"]
        .as_array()
        .expect("files")
        .iter()
        .map(|file| file["rows"].as_u64().expect("rows"))
        .collect();
    let [connector, extended, smtp] = rows[..] else { panic!("three files, not {rows:?}") };
    let thousands = |n: u64| format!("{},{:03}", n / 1_000, n % 1_000);
    said(&format!(
        "{} rows in the ConnectorReport, {} in the Extended report and {smtp} in the SmtpCSReport",
        thousands(connector),
        thousands(extended)
    ));
    let count = |direction: &str, keep: &dyn Fn(&str) -> bool| -> u64 {
        let cells = all["cells"].as_array().expect("cells").iter();
        let of = |cell: &&Value| {
            cell["direction"] == direction
                && cell["day"].as_str().is_some_and(|day| day >= "2026-11-14")
                && cell["tls"].as_str().is_some_and(keep)
        };
        cells.filter(of).map(|cell| cell["messages"].as_u64().expect("messages")).sum()
    };
    let every = |_: &str| true;
    let (outbound, inbound) = (count("outbound", &every), count("inbound", &every));
    let submitted = count("submission", &every);
    said(&format!("{outbound} outbound, {inbound} inbound and {submitted} submitted messages"));
    let silent = count("outbound", &|tls| tls == "notRecorded");
    let bare = count("outbound", &|tls| tls == "none");
    let share = |part: u64, of: u64| {
        let thousandths = (part * 1_000 + of / 2) / of;
        format!("{}.{}%", thousandths / 10, thousandths % 10)
    };
    let recorded = outbound - silent;
    said(&format!("{silent} of the outbound ones"));
    said(&format!("{} of {recorded} recorded", share(recorded - bare, recorded)));
    said(&format!(
        "between {} and {}",
        share(recorded - bare, outbound),
        share(outbound - bare, outbound)
    ));

    // The rows of the newsletter alone.
    let id = "<14ab.9a629fb2@marketing.contoso.example>";
    let mut parts = Vec::new();
    for (path, expected) in exports.iter().zip([1, 4, 1]) {
        let text = decoded(path);
        let mut lines = text.lines();
        let header = lines.next().expect("a header");
        let rows: Vec<&str> = lines.filter(|line| line.contains(id)).collect();
        assert_eq!(rows.len(), expected, "{}", path.display());
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        parts.push(folder.file(name, format!("{header}\n{}\n", rows.join("\n"))));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let one = json(&program(&[&["tally", "--json"], &parts[..]].concat()));
    let cells: Vec<String> = one["cells"]
        .as_array()
        .expect("cells")
        .iter()
        .map(|cell| {
            let word = |key: &str| cell[key].as_str().unwrap_or("-").to_owned();
            format!(
                "{} {} {} {}",
                word("direction"),
                word("connector"),
                word("tls"),
                cell["messages"]
            )
        })
        .collect();
    assert_eq!(cells, ["outbound - notRecorded 1", "submission - 1.2 1"]);
    let sum = |key: &str| -> u64 {
        let files = one["files"].as_array().expect("files").iter();
        files.map(|file| file[key].as_u64().expect("a count")).sum()
    };
    assert_eq!((sum("rows"), sum("messages"), sum("joined")), (6, 1, 5));
}
