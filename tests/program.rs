//! The program, as scripts rely on it: its JSON, its exit status, standard
//! input, and what it prints for people.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::io::Read as _;
use std::process::{Command, Stdio};

use common::{
    CONNECTOR_CELLS, CONNECTORS, Folder, SAMPLES, cell_lines, expected, gzip, program,
    program_json, program_with_input, sample_text, tests_folder, utf16, zip,
};
use mailflow::text::Language;
use serde_json::Value;

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn sorted<'a>(names: &[&'a str]) -> Vec<&'a str> {
    let mut names = names.to_vec();
    names.sort_unstable();
    names
}

fn out(output: &std::process::Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

/// The paths of all samples, in a folder of their own.
fn samples(folder: &Folder) -> Vec<String> {
    SAMPLES.iter().map(|(name, _)| folder.file(&format!("{name}.csv"), sample_text(name))).collect()
}

#[test]
fn the_json_has_the_documented_keys_and_no_others() {
    let folder = Folder::new("keys");
    let paths = samples(&folder);
    let paths: Vec<_> = paths.iter().map(String::as_str).collect();
    let (json, _) = program_json(&paths, b"");
    assert_eq!(keys(&json), sorted(&["version", "files", "cells", "senders"]));
    assert_eq!(json["version"], 1);
    let file =
        ["name", "format", "rows", "messages", "joined", "duplicates", "noMail", "unreadable"];
    let cell = [
        "day",
        "organization",
        "direction",
        "connector",
        "connectorType",
        "forcedTls",
        "tls",
        "messages",
    ];
    let sender = ["address", "domain", "tls", "authMethod", "messages"];
    for (list, known) in [("files", &file[..]), ("cells", &cell), ("senders", &sender)] {
        let list = json[list].as_array().expect("a list");
        assert!(!list.is_empty());
        for entry in list {
            // These stand only where there is something to say.
            let also = |key: &str| match key {
                "rounded" => entry[key] == true,
                "period" => entry["day"].is_null(),
                _ => false,
            };
            let always: Vec<_> = keys(entry).into_iter().filter(|key| !also(key)).collect();
            assert_eq!(always, sorted(known));
        }
    }
}

#[test]
fn the_json_has_the_documented_words() {
    let folder = Folder::new("words");
    let paths = samples(&folder);
    let paths: Vec<_> = paths.iter().map(String::as_str).collect();
    let (json, _) = program_json(&paths, b"");
    let tls = ["none", "1.0", "1.1", "1.2", "1.3", "older", "unstated", "notRecorded"];
    let directions = ["inbound", "outbound", "internal", "submission", "unknown"];
    let types = ["OnPremises", "Partner", "NoConnector", "Unknown"];
    let methods = ["basic", "modern", "unknown"];
    let holds = |words: &[&str], value: &Value| {
        assert!(words.contains(&value.as_str().expect("a word")), "{value}");
    };
    for cell in json["cells"].as_array().expect("cells") {
        holds(&directions, &cell["direction"]);
        holds(&types, &cell["connectorType"]);
        holds(&tls, &cell["tls"]);
        assert!(cell["forcedTls"].is_null() || cell["forcedTls"].is_boolean());
        assert!(cell["messages"].as_u64().is_some_and(|messages| messages > 0));
        let day = cell["day"].as_str().expect("a day");
        assert!(mailflow::mail::Day::parse(day).is_some_and(|read| read.to_string() == day));
    }
    for sender in json["senders"].as_array().expect("senders") {
        holds(&methods, &sender["authMethod"]);
        holds(&tls, &sender["tls"]);
        let address = sender["address"].as_str().expect("an address");
        assert_eq!(address, address.to_lowercase());
    }
}

#[test]
fn the_same_files_give_the_same_text_and_each_cell_once() {
    let folder = Folder::new("same");
    let mut paths = samples(&folder);
    let text = |paths: &[String]| {
        let paths: Vec<_> = paths.iter().map(String::as_str).collect();
        out(&program(&[&["tally", "--json"], &paths[..]].concat()))
    };
    let first = text(&paths);
    assert_eq!(text(&paths), first);
    let json: Value = serde_json::from_str(&first).expect("JSON");
    for list in ["cells", "senders"] {
        let list = json[list].as_array().expect("a list");
        let unnumbered = |entry: &Value| {
            let mut entry = entry.clone();
            entry["messages"].take();
            entry.to_string()
        };
        let mut distinct: Vec<_> = list.iter().map(unnumbered).collect();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), list.len(), "a key stands twice");
    }
    // The order of the files is that of the list, and of nothing else.
    paths.reverse();
    let turned: Value = serde_json::from_str(&text(&paths)).expect("JSON");
    assert_eq!((&turned["cells"], &turned["senders"]), (&json["cells"], &json["senders"]));
    let names = |json: &Value| -> Vec<Value> {
        json["files"].as_array().expect("files").iter().map(|file| file["name"].clone()).collect()
    };
    let mut backwards = names(&turned);
    backwards.reverse();
    assert_eq!(backwards, names(&json));
}

#[test]
fn cells_are_sorted_by_day_and_senders_by_address() {
    let json = expected("connector-report");
    let folder = Folder::new("sorted");
    let (all, _) =
        program_json(&samples(&folder).iter().map(String::as_str).collect::<Vec<_>>(), b"");
    for json in [&json, &all] {
        let days: Vec<_> = json["cells"]
            .as_array()
            .expect("cells")
            .iter()
            .map(|cell| cell["day"].as_str())
            .collect();
        assert!(days.is_sorted(), "{days:?}");
    }
    let addresses: Vec<_> =
        all["senders"].as_array().expect("senders").iter().map(|s| s["address"].as_str()).collect();
    assert!(addresses.is_sorted() && addresses.len() > 3, "{addresses:?}");
}

#[test]
fn a_dash_is_standard_input() {
    for (name, _) in SAMPLES {
        let (mut json, status) = program_json(&["-"], sample_text(name).as_bytes());
        assert_eq!(json["files"][0]["name"], "-");
        json["files"][0]["name"] = format!("{name}.csv").into();
        assert_eq!((json, status), (expected(name), 0));
    }
}

#[test]
fn a_file_that_several_threads_read_tells_what_one_reads_from_standard_input() {
    let folder = Folder::new("threads");
    let text = sample_text("extended-report");
    let (header, rows) = text.split_once('\n').expect("a header");
    let mut large = format!("{header}\n");
    for copy in 0_u32.. {
        // Other messages, in other hours.
        let hour = format!("T{:02}:", copy % 24);
        large.push_str(&rows.replace("T01:", &hour).replace('@', &format!("-{copy}@")));
        if large.len() > 6 << 20 {
            break;
        }
    }
    let path = folder.file("large.csv", &large);
    let (mut json, status) = program_json(&[&path], b"");
    json["files"][0]["name"] = "-".into();
    assert_eq!((json, status), program_json(&["-"], large.as_bytes()));
}

#[test]
fn standard_input_may_be_packed_and_encoded() {
    let text = sample_text("extended-report");
    let cells = cell_lines(&expected("extended-report"));
    for bytes in [
        gzip(&text),
        zip(&[("a.csv", &text)], false),
        zip(&[("a.csv", &text)], true),
        utf16(&text, false, false),
    ] {
        let (json, status) = program_json(&["-"], &bytes);
        assert_eq!((cell_lines(&json), status), (cells.clone(), 0));
    }
}

#[test]
fn standard_input_and_files_go_together() {
    let folder = Folder::new("together");
    let path = folder.file("c.csv", CONNECTORS);
    let (json, status) = program_json(&["-", &path], CONNECTORS.as_bytes());
    assert_eq!((cell_lines(&json), status), (CONNECTOR_CELLS.map(str::to_owned).to_vec(), 0));
    assert_eq!(json["files"][1]["duplicates"], 3);
}

#[test]
fn standard_input_leaves_nothing_behind() {
    let folder = Folder::new("spool");
    let mut child = Command::new(env!("CARGO_BIN_EXE_mailflow"))
        .args(["tally", "--json", "-"])
        .env("TMPDIR", folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), CONNECTORS.as_bytes())
        .expect("the program reads");
    assert!(child.wait().expect("the program ends").success());
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn the_exit_status_is_0_when_every_file_was_recognised() {
    let folder = Folder::new("zero");
    let path = folder.file("c.csv", format!("{CONNECTORS}damaged\r\n"));
    assert_eq!(program(&["tally", &path]).status.code(), Some(0));
    assert_eq!(program(&["tally", "--json", &path]).status.code(), Some(0));
    assert_eq!(program(&["--help"]).status.code(), Some(0));
    assert_eq!(program(&["--version"]).status.code(), Some(0));
}

#[test]
fn the_exit_status_is_1_when_some_file_was_not_recognised_and_the_rest_is_printed() {
    let folder = Folder::new("one");
    let good = folder.file("c.csv", CONNECTORS);
    let bad = folder.file("notes.txt", "remember the milk\n");
    let archive = folder.file("a.zip", zip(&[("c.csv", CONNECTORS), ("n.txt", "milk\n")], false));
    for paths in [&[bad.as_str(), &good][..], &[&good, &bad], &[&archive]] {
        let (json, status) = program_json(paths, b"");
        assert_eq!((cell_lines(&json), status), (CONNECTOR_CELLS.map(str::to_owned).to_vec(), 1));
    }
    let (json, _) = program_json(&[&bad], b"");
    assert_eq!(json["files"][0]["format"], Value::Null);
    assert_eq!(json["files"][0]["rows"], 0);
}

#[test]
fn the_exit_status_is_2_for_wrong_use_and_the_mistake_is_named() {
    for (arguments, word) in [
        (&[][..], "Usage"),
        (&["tally"], "FILE"),
        (&["tally", "--jsno", "a"], "--jsno"),
        (&["counts", "a"], "count"),
        (&["tally", "--map", "time", "a"], "FIELD=COLUMN"),
        (&["tally", "--map", "colour=x", "a"], "no field colour"),
        (&["tally", "--map", "time=", "a"], "no column"),
        (&["tally", "--map-word", "tls=x", "a"], "FIELD:WORD=MEANING"),
        (&["tally", "--map-word", "sender:x=y", "a"], "no field sender"),
        (&["tally", "--map-word", "tls:x=9", "a"], "notRecorded"),
        (&["tally", "--mapping", "no-such-file.json", "a"], "No such file"),
        (&["tally", "--mapping", "Cargo.toml", "a"], "no exported mapping"),
        (&["tally", "--connector-type", "Gate", "a"], "NAME=TYPE"),
        (&["tally", "--connector-type", "Gate=x", "a"], "OnPremises, Partner, NoConnector"),
        (&["tally", "--time-zone", "Seoul", "a"], "+09:00"),
        (&["tally", "--time-zone", "+9:75", "a"], "+09:00"),
        (&["tally", "--date-order", "year-first", "a"], "day-month"),
        (&["tally", "--language", "fr", "a"], "en, ko"),
        (&["sample", "--last-day", "tomorrow", "a"], "2026-09-03"),
    ] {
        let output = program(arguments);
        let said = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(said.contains(word), "{arguments:?}: {said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_column_can_be_named_where_the_report_calls_it_by_an_unknown_name() {
    let text = CONNECTORS.replacen("date", "Zeitpunkt", 1);
    let (json, status) = program_json(&["-"], text.as_bytes());
    assert_eq!((&json["files"][0]["format"], status), (&Value::Null, 1));
    let said = out(&program_with_input(&["tally", "-"], text.as_bytes()));
    assert!(said.contains("required column") && said.contains("Time"), "{said}");
    // Capitals and signs do not matter, as for the columns that are known.
    for map in ["time=Zeitpunkt", "TIME=zeit_punkt"] {
        let (json, status) = program_json(&["--map", map, "-"], text.as_bytes());
        assert_eq!((cell_lines(&json), status), (CONNECTOR_CELLS.map(str::to_owned).to_vec(), 0));
    }
    let said =
        out(&program_with_input(&["tally", "--map", "time=Zeitpunkt", "-"], text.as_bytes()));
    assert!(said.contains("Time: Zeitpunkt ("), "{said}");
    // A name that no column has changes nothing.
    let (_, status) = program_json(&["--map", "time=Datum", "-"], text.as_bytes());
    assert_eq!(status, 1);
}

#[test]
fn what_no_file_says_can_be_given() {
    let text = "Zeit;Von;An;Tor;TLS\n\
        2026-09-03 10:00:00;a@fabrikam.example;b@contoso.example;Gate=1;ja\n";
    let folder = Folder::new("said");
    let mapping = folder.file(
        "mapping.json",
        r#"{"version":1,"header":["Zeit","Von","An","Tor","TLS"],
            "columns":{"time":"Zeit","sender":"Von","recipient":"An","connector":"Tor"}}"#,
    );
    let said = ["--own-domain", "Contoso.example", "--connector-type", "Gate=1=partner"];
    let said = [&said[..], &["--time-zone", "-05:00", "--internal-host", "10.1."]].concat();
    let said = [&said[..], &["--map-word", "tls:ja=unstated", "--mapping", &mapping]].concat();
    let (json, status) = program_json(&[&said[..], &["-"]].concat(), text.as_bytes());
    assert_eq!(status, 0);
    assert_eq!(cell_lines(&json), ["2026-09-03 inbound Gate=1 Partner - unstated 1"]);
    let arguments = [&["tally"], &said[..], &["-"]].concat();
    let printed = out(&program_with_input(&arguments, text.as_bytes()));
    assert!(printed.contains("Own domains: contoso.example (as you said)"), "{printed}");
    // A mapping that is for none of the files is not passed over in silence.
    let other = program_with_input(&["tally", "--mapping", &mapping, "-"], CONNECTORS.as_bytes());
    let complaint = String::from_utf8(other.stderr).expect("text");
    assert!(complaint.contains("no file has the header"), "{complaint}");
}

#[test]
fn guessed_own_domains_are_said_to_be_guessed() {
    let printed = out(&program_with_input(&["tally", "-"], CONNECTORS.as_bytes()));
    assert!(printed.contains("(guessed from the data)"), "{printed}");
}

#[test]
fn the_columns_of_an_unknown_table_can_be_named() {
    let text = "Zeitpunkt;Absender;Verschlüsselung;Weg\n\
        2026-09-03 10:00:00;a@x.example;TLSv1.2;in\n2026-09-03 11:00:00;b@x.example;keine;out\n";
    let (_, status) = program_json(&["-"], text.as_bytes());
    assert_eq!(status, 1);
    let (json, status) = program_json(
        &["--map", "time=Zeitpunkt", "--map", "tls=Verschlüsselung", "--map", "direction=Weg", "-"],
        text.as_bytes(),
    );
    assert_eq!(status, 0);
    assert_eq!(
        cell_lines(&json),
        ["2026-09-03 inbound - Unknown - 1.2 1", "2026-09-03 outbound - Unknown - notRecorded 1",]
    );
    assert_eq!(json["files"][0]["format"], "ConnectorReport");
    // A table with a way of signing in is one of submissions.
    let text =
        text.replace("Weg", "Anmeldung").replace("in\n", "Basic\n").replace("out\n", "Basic\n");
    let (json, _) = program_json(
        &[
            "--map",
            "time=Zeitpunkt",
            "--map",
            "tls=Verschlüsselung",
            "--map",
            "authMethod=Anmeldung",
            "--map",
            "sender=Absender",
            "-",
        ],
        text.as_bytes(),
    );
    assert_eq!(json["files"][0]["format"], "SmtpCSReport");
    assert_eq!(json["senders"][0]["address"], "a@x.example");
}

#[test]
fn people_get_the_cards_and_the_account_of_every_row() {
    let folder = Folder::new("people");
    let path = folder.file("extended.csv", sample_text("extended-report"));
    let output = program(&["tally", &path]);
    let said = out(&output);
    for line in [
        "7 days to 2026-09-03, UTC",
        "Format: Extended report",
        "Encoding: UTF-8",
        "Rows: 31",
        "Messages: 4",
        "Joined: 19",
        "Duplicates: 1",
        "Left out: 7",
    ] {
        assert!(said.contains(line), "{line:?} is missing in {said}");
    }
    assert!(said.contains(&path));
    assert!(output.stderr.is_empty());
}

/// What stands out in the exports of a month: old TLS on its way out, and an
/// account that is misused. The files in `tests/expected` were read through by
/// a person; another text is written beside for that.
#[test]
fn what_stands_out_is_told_in_every_language() {
    let folder = Folder::new("told");
    let sample = ["sample", "--days", "30", "--messages", "60", "--last-day", "2026-09-08"];
    assert!(program(&[&sample[..], &[folder.path()]].concat()).status.success());
    let mut paths: Vec<String> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("a file").path().to_str().expect("text").to_owned())
        .filter(|path| !path.ends_with("truth.json"))
        .collect();
    paths.sort_unstable();
    for language in Language::ALL.iter().map(|language| language.texts()) {
        let arguments = ["tally", "--language", language.tag];
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let told = out(&program(&[&arguments[..], &paths].concat()));
        let parts = told.split("\n\n");
        let mut found = parts.filter(|part| part.starts_with(language.standing_out.title));
        let found = format!("{}\n", found.next().expect("the part"));
        let name = format!("standing-out.{}.txt", language.tag);
        let path = tests_folder().join("expected").join(&name);
        if found != std::fs::read_to_string(&path).unwrap_or_default() {
            let seen = format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"));
            std::fs::write(&seen, &found).expect("a file");
            panic!("{seen} is not {}:\n{found}", path.display());
        }
    }
}

#[test]
fn what_stands_out_is_told_with_its_figures_and_what_to_do() {
    let row = |n: usize, tls: &str| {
        format!("2026-09-03T09:00:00Z,Inbound,Gate\u{1b}[31m,Partner,{tls},<{n}@a.example>\n")
    };
    let mut text = "date,direction,connector,connector type,tls version,message id\n".to_owned();
    text.extend((0..9).map(|n| row(n, "TLS1_0")));
    text.push_str(&row(9, "TLS1_2"));
    let told = out(&program_with_input(&["tally", "-"], text.as_bytes()));
    for part in [
        "What stands out",
        "Inbound Partner connector seeing significant TLS1.0 mail flow (Medium)",
        "90.0%",
        "Why it matters: ",
        "Next step: ",
        "These files do not tell of SMTP AUTH.",
    ] {
        assert!(told.contains(part), "{part:?} is missing in {told}");
    }
    assert!(!told.contains('\u{1b}'), "a name may not speak to the terminal");
    let told = out(&program_with_input(&["tally", "--language", "ko-KR", "-"], text.as_bytes()));
    assert!(told.contains("눈에 띄는 항목") && told.contains("중요한 이유"), "{told}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_fault() {
    let folder = Folder::new("pipe");
    // So many cells that they do not fit into a pipe.
    let row = |n: usize| format!("2026-09-03,<{n}@x.example>,Sent,Connector number {n},TLS1.2\n");
    let rows: String = (0..5_000).map(row).collect();
    let path =
        folder.file("c.csv", format!("date,message_id,direction,connector,tls_version\n{rows}"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_mailflow"))
        .args(["tally", "--json", &path])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut start = [0; 16];
    child.stdout.take().expect("a pipe").read_exact(&mut start).expect("some output");
    // The pipe is closed here, long before the program is done.
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_file_name_that_is_no_utf8_is_read_all_the_same() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let folder = Folder::new("bytes");
    let path = [folder.path().as_bytes(), b"/\xb9\xe6.csv"].concat();
    let path = OsStr::from_bytes(&path);
    std::fs::write(path, CONNECTORS).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_mailflow"))
        .args(["tally", "--json"])
        .arg(path)
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_file_of_someone_else_in_the_way_is_left_alone() {
    let folder = Folder::new("theirs");
    // The shell's process becomes the program's, so its number is known.
    let script = "echo theirs > \"$TMPDIR/mailflow-$$.tmp\" && exec \"$0\" tally --json -";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_mailflow")])
        .env("TMPDIR", folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
}
