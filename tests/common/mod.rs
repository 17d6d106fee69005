//! What the tests have in common: reading bytes with the engine or the
//! program, figures in one line, and wrappings.
#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "each test file uses some of it, and a test may stop"
)]

mod packing;
mod reading;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use mailflow::account::{FileAccount, FileKind, Mapping, Problem};
use mailflow::engine::Analysis;
use mailflow::export::tally_json;
use mailflow::import::{MemorySource, Settings, Source};
use mailflow::mail::Choices;
use mailflow::tally::Tally;
use serde_json::Value;

pub use self::packing::{gzip, zip};
pub use self::reading::{NOW, ReadOn, as_read, at_once, figures, observations, observed, settings};

/// The samples with an expected answer, and the format each is of.
pub const SAMPLES: [(&str, &str); 13] = [
    ("google-email-log", "Email Log Search"),
    ("message-trace", "Get-MessageTrace"),
    ("message-trace-detail", "Get-MessageTraceDetail"),
    ("portal-summary", "Message trace summary"),
    ("get-message-tracking-log", "Get-MessageTrackingLog"),
    ("enhanced-summary", "Enhanced summary"),
    ("extended-report", "Extended report"),
    ("connector-report", "ConnectorReport"),
    ("connector-report-korean", "ConnectorReport"),
    ("smtp-auth-report", "SmtpCSReport"),
    ("messages-report", "Messages report"),
    ("messages-report-korean", "Messages report"),
    ("connector-report-aggregate", "Messages report"),
];

pub const CONNECTOR_HEADER: &str = "date,message_id,recipient_address,sender_address,direction,\
    connector_name,connector_type,tls_version,tls_forced\r\n";

/// A small `ConnectorReport`, with the cells that it gives.
pub const CONNECTORS: &str = "date,message_id,recipient_address,sender_address,direction,connector_name,connector_type,tls_version,tls_forced\r\n\
2026-09-03T10:00:00Z,<a@x.example>,r@contoso.example,s@x.example,Received,From x,Partner,TLS1.2,True\r\n\
2026-09-03T11:00:00Z,<b@x.example>,r@contoso.example,s@x.example,Received,,NoConnector,No Tls,False\r\n\
2026-09-03T12:00:00Z,<c@contoso.example>,r@y.example,u@contoso.example,Sent,,NoConnector,,\r\n";

pub const CONNECTOR_CELLS: [&str; 3] = [
    "2026-09-03 inbound - NoConnector false none 1",
    "2026-09-03 inbound From x Partner true 1.2 1",
    "2026-09-03 outbound - NoConnector - notRecorded 1",
];

/// Reads one source as the only file.
pub fn read_source(source: &mut impl Source, mapping: &Mapping) -> (Tally, Vec<FileAccount>) {
    let mut analysis = Analysis::new(settings());
    at_once(analysis.read(0, "file", source, mapping, &mut ReadOn));
    figures(&analysis)
}

/// Reads files in this order; every account is checked to add up.
pub fn read_with(
    files: &[(&str, impl AsRef<[u8]>)],
    mapping: &Mapping,
) -> (Tally, Vec<FileAccount>) {
    let mut analysis = Analysis::new(settings());
    for (place, (name, bytes)) in (0..).zip(files) {
        let mut source = MemorySource(bytes.as_ref().to_vec());
        at_once(analysis.read(place, name, &mut source, mapping, &mut ReadOn));
    }
    figures(&analysis)
}

/// Reads files with what a person says that no file can.
pub fn read_choosing(
    files: &[(&str, impl AsRef<[u8]>)],
    choices: &Choices,
) -> (Tally, Vec<FileAccount>) {
    let settings = Settings { now: NOW, choices: choices.clone(), ..Settings::default() };
    let mut analysis = Analysis::new(settings);
    for (place, (name, bytes)) in (0..).zip(files) {
        let mut source = MemorySource(bytes.as_ref().to_vec());
        at_once(analysis.read(place, name, &mut source, &Mapping::default(), &mut ReadOn));
    }
    figures(&analysis)
}

pub fn read(files: &[(&str, impl AsRef<[u8]>)]) -> (Tally, Vec<FileAccount>) {
    read_with(files, &Mapping::default())
}

/// The account of the only file in `bytes`.
pub fn account(bytes: impl AsRef<[u8]>) -> FileAccount {
    let (_, mut accounts) = read(&[("file", bytes)]);
    assert_eq!(accounts.len(), 1, "{accounts:#?}");
    accounts.remove(0)
}

/// Why `bytes` are not read.
pub fn problem(bytes: impl AsRef<[u8]>) -> Problem {
    let account = account(bytes);
    account.problem.unwrap_or_else(|| panic!("it was read, as {:?}", account.format))
}

/// What `bytes`, which are no trace, are said to look like.
pub fn kind(bytes: impl AsRef<[u8]>) -> FileKind {
    match problem(bytes) {
        Problem::NotATrace { looks_like: Some(kind) } => kind,
        other => panic!("{other:?}"),
    }
}

/// The program's JSON of what the engine read.
pub fn json(tally: &Tally, accounts: &[FileAccount]) -> Value {
    let accounts: Vec<&FileAccount> = accounts.iter().collect();
    serde_json::from_str(&tally_json(tally, &accounts, None)).expect("JSON")
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn lines(list: &Value, keys: &[&str]) -> Vec<String> {
    let line =
        |entry: &Value| keys.iter().map(|key| text(&entry[*key])).collect::<Vec<_>>().join(" ");
    list.as_array().expect("a list").iter().map(line).collect()
}

/// Each cell in a line: day, direction, connector, type, forced, TLS, messages.
pub fn cells(tally: &Tally) -> Vec<String> {
    cell_lines(&json(tally, &[]))
}

pub fn cell_lines(json: &Value) -> Vec<String> {
    let keys = ["day", "direction", "connector", "connectorType", "forcedTls", "tls", "messages"];
    lines(&json["cells"], &keys)
}

/// Each sender in a line: address, domain, TLS, method, messages.
pub fn senders(tally: &Tally) -> Vec<String> {
    let keys = ["address", "domain", "tls", "authMethod", "messages"];
    lines(&json(tally, &[])["senders"], &keys)
}

/// The sums of all accounts: messages, joined, duplicates, left out.
pub fn sums(accounts: &[FileAccount]) -> [u64; 4] {
    accounts.iter().fold([0; 4], |sum, account| {
        [
            sum[0] + account.messages,
            sum[1] + account.joined,
            sum[2] + account.duplicates,
            sum[3] + account.no_mail_rows() + account.unreadable_rows(),
        ]
    })
}

pub fn tests_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Files with their names.
pub type Files = Vec<(String, Vec<u8>)>;

/// All of our own samples, by name.
pub fn samples() -> Files {
    let mut paths: Vec<_> = std::fs::read_dir(tests_folder().join("samples"))
        .expect("the samples")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "README.md"))
        .collect();
    paths.sort();
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read(path).expect("a sample"))).collect()
}

/// A sample's own text.
pub fn sample_text(name: &str) -> String {
    let path = tests_folder().join("samples").join(format!("{name}.csv"));
    std::fs::read_to_string(path).expect("a sample")
}

/// A sample log's own text.
pub fn log_text(name: &str) -> String {
    let path = tests_folder().join("samples").join(format!("{name}.log"));
    std::fs::read_to_string(path).expect("a sample")
}

/// The answer to a sample, counted by hand.
pub fn expected(name: &str) -> Value {
    let path = tests_folder().join("expected").join(format!("{name}.json"));
    let text = std::fs::read_to_string(path).expect("an expected answer");
    serde_json::from_str(&text).expect("JSON")
}

pub fn utf16(text: &str, mark: bool, big_endian: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|u| if big_endian { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

/// Runs the program with `input` on its standard input.
pub fn program_with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mailflow"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A program that stops early closes the pipe, which is its right.
        stdin.write_all(&input).ok();
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the input was written");
    output
}

pub fn program(arguments: &[&str]) -> Output {
    program_with_input(arguments, b"")
}

/// What the program printed as JSON, and its exit status.
pub fn program_json(arguments: &[&str], input: &[u8]) -> (Value, i32) {
    let arguments: Vec<&str> = ["tally", "--json"].iter().chain(arguments).copied().collect();
    let output = program_with_input(&arguments, input);
    let json = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    (json, output.status.code().expect("an exit status"))
}

/// A folder of its own for files that the program reads; gone with the value.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("{name}-{}", std::process::id()));
        std::fs::remove_dir_all(&path).ok();
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// Writes a file and gives its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("a file");
        path.to_str().expect("a path").to_owned()
    }

    pub fn path(&self) -> &str {
        self.0.to_str().expect("a path")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}
