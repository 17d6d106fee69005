//! Every word that a person reads is in the catalogue (`src/text`), in every
//! language: no text stands in the code of the page, of its worker, of reports
//! and exports, or in what a server answers.
//!
//! What is looked for, in two steps: *any* letters where something is shown (a
//! text node, a label; see [`SHOWN`]), and *prose* anywhere else, which is two
//! words, one with a capital letter, or a letter that is not ASCII. Lists of
//! classes are known by the style sheets.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use mailflow::text::Language;

/// Where texts are shown: a function, and which of its arguments it shows.
const SHOWN: [(&str, usize); 18] = [
    ("text", 0),
    ("text_el", 1),
    ("live_text", 0),
    ("button", 0),
    ("cell", 0),
    ("row_head", 0),
    ("column", 0),
    ("panel", 3),
    ("table", 0),
    ("table_region", 0),
    ("warn", 0),
    ("tell", 0),
    ("labelled", 1),
    ("disclosure", 0),
    ("weak", 0),
    ("section", 0),
    ("menu", 0),
    ("alert", 0),
];

/// Attributes that people hear or see. All others are for the browser.
const SPOKEN: [&str; 9] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "label",
    "placeholder",
    "title",
];

/// Functions whose arguments are for the browser alone.
const TECHNICAL: [&str; 5] = ["class", "header", "style", "set_property", "query_selector_all"];

/// In the program: what goes to its terminal or log, which is in English, as
/// the help of its arguments is.
const TERMINAL: [&str; 10] = [
    "log",
    "eprintln!",
    "println!",
    "writeln!",
    "Err",
    "other",
    "ok_or",
    "ok_or_else",
    "named",
    "keep_out",
];

/// Texts that are the same in every language, with the reason.
const SAME: [(&str, &[&str]); 15] = [
    ("keys of a keyboard, as they are printed on it", &["Home", "End", "Esc"]),
    (
        "names of keys, errors, columns, headers and types that browsers and hosts know",
        &["Enter", "Escape", "Files", "Key", "Accept", "Bearer ", "Accept, Accept-Encoding"],
    ),
    ("the name of a publisher", &["Microsoft Exchange Team"]),
    (
        "names of products",
        &[
            "Haraka",
            "Proofpoint",
            "Mimecast",
            "Cisco Secure Email Gateway (ESA)",
            "Hornetsecurity",
            "Retarus Email Security",
        ],
    ),
    ("formats go by one name in every language", &["mailflow analysis", "mailflow JSON"]),
    (
        "types of connectors, as Microsoft writes them in commands and files",
        &["Partner", "Unknown"],
    ),
    ("the beginning of a file", &["mailflow job 1 "]),
    ("header fields of a mail", &["From: ", "Subject:", "To: ", "Date: "]),
    ("elements of a drawing", &["polygon, polyline, path, text, rect, circle"]),
    ("elements around another", &["dialog, main"]),
    ("a line of the log", &["{}: {error}; the last figures stand"]),
    ("methods of HTTP", &["GET, HEAD"]),
    ("classes without a rule of their own", &["grid small work", "panel organizations"]),
    ("a protocol or unit, which stands by itself", &["TLS", "UTC"]),
    ("SVG", &["none"]),
];

/// A text in quotes, and in what it stands.
#[derive(Debug, PartialEq, Eq)]
struct Literal {
    line: usize,
    text: String,
    /// Functions and macros around it, the innermost last, with the place of the
    /// argument and the first argument, where that is a text.
    within: Vec<(String, usize, Option<String>)>,
}

/// The text that begins with the quotes (or the `#` of a raw one) at `index`,
/// and where it has ended.
fn quoted(signs: &[char], mut index: usize, raw: bool) -> (String, usize) {
    let at = |index: usize| signs.get(index).copied().unwrap_or('\0');
    let hashes = signs[index..].iter().take_while(|sign| **sign == '#').count();
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    index += hashes + 1;
    let mut text = String::new();
    while index < signs.len() && !signs[index..].starts_with(&end) {
        if raw || at(index) != '\\' {
            text.push(at(index));
            index += 1;
            continue;
        }
        index += 1;
        match at(index) {
            '\n' => {
                while at(index + 1).is_whitespace() {
                    index += 1;
                }
            }
            'n' | 'r' | 't' => text.push(' '),
            'u' => {
                let code: String =
                    signs[index + 2..].iter().take_while(|sign| **sign != '}').collect();
                index += code.len() + 2;
                text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            other => text.push(other),
        }
        index += 1;
    }
    (text, index + end.len())
}

/// The texts in quotes of a file, without those of attributes, comments and tests.
fn literals(source: &str) -> Vec<Literal> {
    // Tests end a file; those in a file of their own end nothing.
    let source = source.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let signs: Vec<char> = source.chars().collect();
    let at = |index: usize| signs.get(index).copied().unwrap_or('\0');
    let mut found: Vec<Literal> = Vec::new();
    let mut open: Vec<(String, usize, Option<String>)> = Vec::new();
    let (mut index, mut line, mut word, mut attribute) = (0, 1, String::new(), 0);
    while index < signs.len() {
        let sign = at(index);
        line += usize::from(sign == '\n');
        if sign == '/' && at(index + 1) == '/' {
            while index < signs.len() && at(index) != '\n' {
                index += 1;
            }
            continue;
        }
        if sign == '#' && (at(index + 1) == '[' || at(index + 1) == '!' && at(index + 2) == '[') {
            attribute = open.len() + 1;
        }
        let raw = sign == 'r' && word.is_empty() && matches!(at(index + 1), '"' | '#');
        if raw || sign == '"' {
            let begun = line;
            let (text, behind) = quoted(&signs, index + usize::from(raw), raw);
            line +=
                signs[index..behind.min(signs.len())].iter().filter(|sign| **sign == '\n').count();
            index = behind;
            word.clear();
            if let Some((_, 0, first)) = open.last_mut() {
                first.get_or_insert_with(|| text.clone());
            }
            if attribute == 0 {
                found.push(Literal { line: begun, text, within: open.clone() });
            }
            continue;
        }
        if sign == '\'' {
            // A sign, or else a lifetime.
            if at(index + 1) == '\\' {
                index += 2;
                while index < signs.len() && at(index + 1) != '\'' {
                    index += 1;
                }
                index += 1;
            } else if at(index + 2) == '\'' {
                index += 2;
            }
            index += 1;
            word.clear();
            continue;
        }
        match sign {
            '(' | '[' | '{' => open.push((std::mem::take(&mut word), 0, None)),
            ')' | ']' | '}' => {
                open.pop();
                if open.len() < attribute {
                    attribute = 0;
                }
            }
            ',' => {
                if let Some((_, place, _)) = open.last_mut() {
                    *place += 1;
                }
            }
            _ => {}
        }
        if sign.is_alphanumeric() || matches!(sign, '_' | '!') {
            word.push(sign);
        } else {
            word.clear();
        }
        index += 1;
    }
    found
}

/// Without what `format!` puts in.
fn without_places(text: &str) -> String {
    let mut depth = 0_usize;
    let mut rest = String::new();
    for sign in text.chars() {
        match sign {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            sign if depth == 0 => rest.push(sign),
            _ => {}
        }
    }
    rest
}

/// Whether a text reads like one for people.
fn is_prose(text: &str) -> bool {
    // Selectors, assignments, addresses and paths.
    if text.contains(['[', ']', '=', '/', '_']) {
        return false;
    }
    let ends = |sign| matches!(sign, ',' | ';' | ':' | '.' | '(' | ')' | '?' | '!' | '…');
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(ends)).collect();
    let letters = |word: &&&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    let capital = |word: &str| {
        let mut signs = word.chars();
        signs.next().is_some_and(|first| first.is_ascii_uppercase())
            && word.len() > 1
            && signs.all(|sign| sign.is_ascii_lowercase())
    };
    text.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
        || words.iter().filter(letters).count() > 1
        || words.len() == 1 && capital(words[0])
}

/// Names of classes in the style sheets.
fn classes() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for sheet in files(&["style"], "css") {
        let text = read(&sheet);
        for piece in text.split('.').skip(1) {
            let name: String = piece
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                .collect();
            found.insert(name);
        }
    }
    assert!(found.len() > 100, "{}", found.len());
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files below some folders whose names end so.
fn files(folders: &[&str], ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder");
            open.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Why a literal is a text for people outside of the catalogue, if it is one.
fn fault(literal: &Literal, classes: &BTreeSet<String>, is_program: bool) -> Option<&'static str> {
    let text = without_places(&literal.text);
    if SAME.iter().any(|(_, same)| same.contains(&&*literal.text)) {
        return None;
    }
    let within = |names: &[&str]| literal.within.iter().any(|(name, ..)| names.contains(&&**name));
    if is_program {
        return (is_prose(&text) && !within(&TERMINAL)).then_some("is answered");
    }
    let mut inner = "";
    let attribute = |name: &str| name == "attr" || name == "live_attr";
    for (function, place, first) in literal.within.iter().rev() {
        if attribute(function) {
            let spoken = *place > 0 && first.as_ref().is_some_and(|of| SPOKEN.contains(&&**of));
            let letters = text.chars().any(char::is_alphabetic);
            return (spoken && letters).then_some("is an attribute that is spoken");
        }
        if TECHNICAL.contains(&&**function) {
            return None;
        }
        // The name of a member, to the writer of JSON.
        let name = function == "text" && inner == "Some";
        inner = function;
        if SHOWN.contains(&(function, *place)) && !name {
            let letters = text.chars().any(char::is_alphabetic);
            return letters.then_some("is shown");
        }
        // What is compared or looked up inside of a closure is not what it shows.
        if !matches!(&**function, "" | "format!" | "Some" | "concat!") {
            break;
        }
    }
    let of_classes =
        text.split_whitespace().all(|word| classes.contains(word) || word.contains('-'));
    (is_prose(&text) && !of_classes).then_some("reads like a text")
}

#[test]
fn no_text_stands_outside_of_the_catalogue() {
    let classes = classes();
    let rooms = ["account", "engine", "export", "messages", "page", "report", "worker"]
        .map(|room| format!("src/{room}"));
    let mut rooms: Vec<&str> = rooms.iter().map(String::as_str).collect();
    rooms.extend(["src/bin/page.rs", "src/bin/mailflow"]);
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for path in files(&rooms, "rs") {
        if path.ends_with("tests.rs") {
            continue;
        }
        let is_program = path.starts_with("src/bin/mailflow");
        for literal in literals(&read(&path)) {
            seen += 1;
            if let Some(why) = fault(&literal, &classes, is_program) {
                wrong.push(format!(
                    "{}:{}: {:?} {why}",
                    path.display(),
                    literal.line,
                    literal.text
                ));
            }
        }
    }
    assert!(seen > 2_000, "{seen}");
    assert!(
        wrong.is_empty(),
        "These texts belong into src/text, in every language:\n  {}\nWhat is the same in every \
         language is listed in SAME of tests/literals.rs, with the reason.",
        wrong.join("\n  ")
    );
}

#[test]
fn what_is_the_same_in_every_language_is_still_there() {
    let rooms = ["src/account", "src/bin", "src/export", "src/page", "src/report", "src/worker"];
    let all: BTreeSet<String> = files(&rooms, "rs")
        .iter()
        .flat_map(|path| literals(&read(path)))
        .map(|literal| literal.text)
        .collect();
    let gone: Vec<_> =
        SAME.iter().flat_map(|(_, same)| *same).filter(|text| !all.contains(**text)).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

#[test]
fn texts_are_found_however_they_are_written() {
    let classes = BTreeSet::from(["grid".to_owned(), "small".to_owned()]);
    let found = |source: &str, is_program| -> Vec<String> {
        let literals = literals(source);
        literals
            .into_iter()
            .filter(|l| fault(l, &classes, is_program).is_some())
            .map(|l| l.text)
            .collect()
    };
    for (source, texts) in [
        (r#"text_el("p", "hello")"#, &["hello"][..]),
        (r#"text_el("p", &format!("{n} rows"))"#, &["{n} rows"]),
        (r#"text_el("p", if n == 1 { "one" } else { t.more })"#, &["one"]),
        (r#"button("go", move || act())"#, &["go"]),
        (r#"el("p").text(": ")"#, &[]),
        (r#"el("p").attr("aria-label", "close")"#, &["close"]),
        (r#"el("p").attr("rel", "noreferrer noopener")"#, &[]),
        (r#"el("p").live_attr("title", move || Some("close".into()))"#, &["close"]),
        (r#"table(t.title, "grid small")"#, &[]),
        (r#"let name = "Grid";"#, &["Grid"]),
        (r#"let name = "grid big";"#, &["grid big"]),
        (r#"let name = "격자";"#, &["격자"]),
        ("let name = \"\\u{ac00}\";", &["가"]),
        (r##"let name = r#"two words"#;"##, &["two words"]),
        (r#"#[expect(dead_code, reason = "two words")] let c = '"'; // "two words""#, &[]),
        ("fn f<'a>(x: &'a str) { g(\"two words\") }", &["two words"]),
        ("let x = 1;\n#[cfg(test)]\nmod tests { fn f() { g(\"two words\") } }", &[]),
        ("use a::b;\n#[cfg(test)]\nmod tests;\nfn f() { g(\"two words\") }", &["two words"]),
    ] {
        assert_eq!(found(source, false), texts, "{source}");
    }
    assert_eq!(found(r#"log(&format!("no answer of {x}"))"#, true), [""; 0]);
    assert_eq!(found(r#"answer(404, "not here")"#, true), ["not here"]);
}

#[test]
fn what_stands_before_the_page_starts_is_in_every_language() {
    let page = read(Path::new("index.html"));
    for (begin, end) in [("<div id=\"not-started\"", "</div>"), ("<noscript>", "</noscript>")] {
        let (_, part) = page.split_once(begin).expect(begin);
        let (part, _) = part.split_once(end).expect(end);
        for language in Language::ALL {
            let tag = language.texts().tag;
            let mark = if tag == "en" { "<p>".to_owned() } else { format!("<p lang=\"{tag}\">") };
            assert_eq!(part.matches(&mark).count(), 1, "{begin} {tag}");
        }
        assert_eq!(
            (part.matches("<p>").count() + part.matches("<p lang").count()),
            Language::ALL.len(),
            "{begin}"
        );
    }
}

#[test]
fn scripts_beside_the_page_have_no_texts() {
    // No more than names of caches and what HTTP says.
    const OWN: [&str; 4] = ["use strict", "classic ", "mailflow ", "Failed to"];
    let mut wrong = Vec::new();
    for path in files(&["public"], "js") {
        let text = read(&path);
        for (number, line) in (1..).zip(text.lines()) {
            let code = line.split("// ").next().unwrap_or_default();
            if code.trim_start().starts_with(['*', '/']) {
                continue;
            }
            for mark in ['\'', '`', '"'] {
                for literal in code.split(mark).skip(1).step_by(2) {
                    let literal = without_places(&literal.replace('$', ""));
                    if is_prose(&literal) && !OWN.iter().any(|own| literal.starts_with(own)) {
                        wrong.push(format!("{}:{number}: {literal}", path.display()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn korean_is_in_one_style() {
    let mut pages = files(&["src/text/ko"], "rs");
    pages.extend(files(&["docs/ko"], "md"));
    assert!(pages.len() > 10, "{pages:?}");
    let mut wrong = Vec::new();
    for path in pages {
        // The one place that knows of particles which a word decides.
        let particles = path.ends_with("particles.rs");
        for (number, line) in (1..).zip(read(&path).lines()) {
            let polite = ["세요", "해요", "예요", "어요"].iter().any(|end| line.contains(end));
            let undecided = ["을(를)", "은(는)", "이(가)", "와(과)", "(으)로"];
            let undecided = !particles && undecided.iter().any(|pair| line.contains(pair));
            if polite || undecided {
                wrong.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
