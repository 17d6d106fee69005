//! Requested reports, from the request to the mail: written to an outbox, or
//! handed to a real submission server. Whatever fails, nothing is half done,
//! and the answer says what became of it.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;
#[path = "common/server.rs"]
mod server;
#[path = "common/smtp.rs"]
mod smtp;

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use common::{CONNECTOR_HEADER, CONNECTORS, Folder, sample_text};
use mail_parser::{Message, MessageParser, MimeHeaders as _};
use serde_json::{Value, json};
use server::{Answer, Server, until};
use smtp::{Authority, Manner, SmtpServer};

fn sub(folder: &Folder, name: &str) -> String {
    let path = Path::new(folder.path()).join(name);
    std::fs::create_dir_all(&path).expect("a folder");
    path.to_str().expect("a path").to_owned()
}

fn logs(folder: &Folder) -> String {
    let logs = sub(folder, "logs");
    std::fs::write(format!("{logs}/connectors.csv"), CONNECTORS).expect("a file");
    let senders = sample_text("smtp-auth-report");
    std::fs::write(format!("{logs}/senders.csv"), senders).expect("a file");
    logs
}

fn request() -> Value {
    json!({
        "version": 1, "report": "connectors", "from": null, "to": null,
        "recipients": ["audit@office.example", "홍길동@office.example"],
        "direction": null, "connectorType": null, "tls": null
    })
}

/// The names of an outbox, those of the unfinished too.
fn names(outbox: &str) -> Vec<String> {
    let entries = std::fs::read_dir(outbox).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn assert_outcome(answer: &Answer, status: u16, outcome: &str, detail: &str) {
    assert_eq!(answer.status, status, "{answer:?}");
    assert_eq!(answer.field("content-type"), Some("application/json"));
    let json = answer.json();
    assert_eq!((&json["version"], &json["outcome"]), (&json!(1), &json!(outcome)), "{json}");
    let told = json["detail"].as_str().expect("a detail");
    assert!(told.contains(detail), "{told}");
    assert!(!told.chars().any(char::is_control), "{told:?}");
}

fn parsed(mail: &[u8]) -> Message<'_> {
    MessageParser::default().parse(mail).expect("a mail")
}

/// The messages that the attached table counts: its only file, and the sum of
/// the column.
fn attached(mail: &Message<'_>, name: &str) -> u64 {
    assert_eq!(mail.attachment_count(), 1);
    let attachment = mail.attachment(0).expect("an attachment");
    assert_eq!(attachment.attachment_name(), Some(name));
    let text = std::str::from_utf8(attachment.contents()).expect("text");
    let text = text.trim_start_matches('\u{feff}');
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let heads = table.headers().expect("heads").clone();
    let column = heads.iter().position(|head| head.contains("Message count"));
    let column = column.unwrap_or_else(|| panic!("{heads:?}"));
    let rows = table.records().map(|row| row.expect("a row"));
    rows.map(|row| row[column].parse::<u64>().expect("a count")).sum()
}

#[test]
fn a_report_is_written_to_the_outbox_as_a_draft() {
    let folder = Folder::new("requests-outbox");
    let outbox = sub(&folder, "outbox");
    let server = Server::counted(&[&logs(&folder), "--outbox", &outbox]);
    let answer = server.post(&request());
    let names = names(&outbox);
    assert_eq!(names.len(), 1, "{names:?}");
    assert!(names[0].contains("-connectors-"), "{names:?}");
    assert_outcome(&answer, 201, "written", &names[0]);

    let path = format!("{outbox}/{}", names[0]);
    let mode = std::fs::metadata(&path).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "others may not read it");
    let mail = std::fs::read(&path).expect("a file");
    let mail = parsed(&mail);
    assert_eq!(mail.header("X-Unsent").and_then(|value| value.as_text()), Some("1"));
    let to: Vec<_> = mail.to().expect("recipients").iter().map(|one| one.address()).collect();
    assert_eq!(to, [Some("audit@office.example"), Some("홍길동@office.example")]);
    assert_eq!(mail.subject(), Some("Connector report"));
    assert_eq!(attached(&mail, "connector-report-detailed.csv"), 3);
}

#[test]
fn a_report_is_what_was_asked_for() {
    let folder = Folder::new("requests-asked");
    let outbox = sub(&folder, "outbox");
    let server = Server::counted(&[&logs(&folder), "--outbox", &outbox]);
    let (tally, _) = common::read(&[("figures", server.document())]);
    let sent: u64 = common::json(&tally, &[])["senders"]
        .as_array()
        .expect("senders")
        .iter()
        .map(|sender| sender["messages"].as_u64().expect("a count"))
        .sum();
    assert!(sent > 0);
    let mut seen = Vec::new();
    let mut count = |changes: &[(&str, Value)], name: &str| {
        let mut request = request();
        for (field, value) in changes {
            request[*field] = value.clone();
        }
        let answer = server.post_with(&request, &[("Accept-Language", "en")]);
        assert_eq!(answer.status, 201, "{answer:?}");
        let new = names(&outbox).into_iter().find(|name| !seen.contains(name)).expect("a file");
        let mail = std::fs::read(format!("{outbox}/{new}")).expect("a file");
        seen.push(new);
        attached(&parsed(&mail), name)
    };
    let senders = "smtp-auth-clients-report-detailed.csv";
    let connectors = "connector-report-detailed.csv";
    assert_eq!(count(&[("report", json!("senders"))], senders), sent);
    assert_eq!(count(&[("direction", json!("inbound"))], connectors), 2);
    assert_eq!(count(&[("connectorType", json!("Partner"))], connectors), 1);
    assert_eq!(count(&[("tls", json!("none"))], connectors), 1);
    let day = json!("2026-09-03");
    assert_eq!(count(&[("from", day.clone()), ("to", day)], connectors), 3);

    let early = json!("2020-01-01");
    let mut asked = request();
    (asked["from"], asked["to"]) = (early.clone(), early);
    let answer = server.post(&asked);
    assert_outcome(&answer, 422, "refused", "no mail of these days");
    // That nobody did it is an answer.
    assert_eq!(count(&[("tls", json!("1.3"))], connectors), 0);

    // In the reader's language.
    let korean = server.post_with(&request(), &[("Accept-Language", "ko")]);
    assert_outcome(&korean, 201, "written", "보낼 편지함");
}

#[test]
fn requests_that_are_not_of_our_page_or_no_requests_are_refused() {
    let folder = Folder::new("requests-refused");
    let outbox = sub(&folder, "outbox");
    let arguments = ["--outbox", &outbox, "--recipient-domain", "Office.example"];
    let server = Server::counted(&[&[&*logs(&folder)], &arguments[..]].concat());
    let (body, json_type) = (request().to_string(), ("Content-Type", "application/json"));
    let origin = format!("http://{}", server.address);
    let ask =
        |fields: &[(&str, &str)]| server.ask("POST", server::REQUESTS, fields, body.as_bytes());
    assert_outcome(&ask(&[json_type]), 403, "refused", "Origin");
    for other in ["http://evil.example", "null", "http://127.0.0.1:1"] {
        assert_outcome(&ask(&[json_type, ("Origin", other)]), 403, "refused", "Origin");
    }
    let cross = [json_type, ("Origin", &*origin), ("Sec-Fetch-Site", "cross-site")];
    assert_outcome(&ask(&cross), 403, "refused", "Origin");
    let elsewhere = [json_type, ("Origin", &*origin), ("Host", "evil.example")];
    assert_outcome(&ask(&elsewhere), 421, "refused", "--host");
    for form in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let fields = [("Content-Type", form), ("Origin", &*origin)];
        assert_outcome(&ask(&fields), 415, "refused", "application/json");
    }

    let mut wrong = request();
    wrong["recipients"] = json!(["audit@evil.example"]);
    assert_outcome(&server.post(&wrong), 422, "refused", "evil.example");
    wrong["recipients"] = json!(["audit@office.example\r\nBcc: a@evil.example"]);
    assert_outcome(&server.post(&wrong), 422, "refused", "no mail address");
    assert_outcome(&server.post(&json!("no request")), 422, "refused", "could not be read");
    assert_eq!(names(&outbox), [""; 0]);
    assert_outcome(&server.post(&request()), 201, "written", ".eml");
}

#[test]
fn requests_have_a_rate() {
    let folder = Folder::new("requests-rate");
    let outbox = sub(&folder, "outbox");
    let server = Server::counted(&[&logs(&folder), "--outbox", &outbox]);
    let answers: Vec<_> = (0..12).map(|_| server.post(&request())).collect();
    let refused = answers.iter().find(|answer| answer.status == 429).expect("a refusal");
    assert_outcome(refused, 429, "refused", "Too many requests");
    let seconds: u32 = refused.field("retry-after").expect("a time").parse().expect("seconds");
    assert!((1..=6).contains(&seconds));
    let written = answers.iter().filter(|answer| answer.status == 201).count();
    assert!((10..12).contains(&written), "{written}");
    assert_eq!(names(&outbox).len(), written);
    // Figures have none.
    assert_eq!(server.get("/api/mail.json").status, 200);
}

#[test]
fn a_server_without_a_way_says_so() {
    let folder = Folder::new("requests-none");
    let server = Server::counted(&[&logs(&folder)]);
    assert_outcome(&server.post(&request()), 501, "refused", "--outbox");
}

#[test]
fn a_full_outbox_takes_nothing() {
    let folder = Folder::new("requests-full");
    let (outbox, logs) = (sub(&folder, "outbox"), logs(&folder));
    // A file of this server holds one block at most, as on a full disk.
    let mut command = Command::new("sh");
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
    command.args(["-c", script, env!("CARGO_BIN_EXE_mailflow"), "serve", &logs]);
    command.args(["--listen", "127.0.0.1:0", "--outbox", &outbox]);
    let server = Server::run(command);
    server.when_counted();
    assert_outcome(&server.post(&request()), 507, "refused", "no room left");
    assert_eq!(names(&outbox), [""; 0]);
}

/// A file system of 16 kB, while the value lives; `None` where that needs more
/// rights than there are.
struct Tiny(String);

impl Tiny {
    fn mount(path: &str) -> Option<Self> {
        let options = ["-t", "tmpfs", "-o", "size=16k", "tmpfs", path];
        let mounted = Command::new("mount").args(options).output().ok()?;
        mounted.status.success().then(|| Self(path.to_owned()))
    }
}

impl Drop for Tiny {
    fn drop(&mut self) {
        Command::new("umount").arg(&self.0).status().ok();
    }
}

#[test]
fn a_full_disk_keeps_what_is_whole() {
    let folder = Folder::new("requests-disk");
    let outbox = sub(&folder, "outbox");
    let Some(disk) = Tiny::mount(&outbox) else {
        eprintln!("skipped: no file system can be mounted here");
        return;
    };
    let server = Server::counted(&[&logs(&folder), "--outbox", &outbox]);
    let mut written = 0;
    let full = until("a full disk", || {
        let answer = server.post(&request());
        written += usize::from(answer.status == 201);
        (answer.status != 201).then_some(answer)
    });
    assert_outcome(&full, 507, "refused", "no room left");
    let names = names(&outbox);
    assert_eq!(names.len(), written);
    assert!(written > 0);
    for name in names {
        let mail = std::fs::read(format!("{outbox}/{name}")).expect("a file");
        assert_eq!(attached(&parsed(&mail), "connector-report-detailed.csv"), 3);
    }
    drop(server);
    drop(disk);
}

#[test]
fn an_outbox_that_is_gone_is_told() {
    let folder = Folder::new("requests-gone");
    let outbox = sub(&folder, "outbox");
    let server = Server::counted(&[&logs(&folder), "--outbox", &outbox]);
    std::fs::remove_dir(&outbox).expect("a folder");
    assert_outcome(&server.post(&request()), 500, "refused", "could not be written");
}

#[test]
fn a_server_that_is_killed_leaves_no_half_mail() {
    const MESSAGES: u64 = 40_000;
    let folder = Folder::new("requests-killed");
    let (outbox, logs) = (sub(&folder, "outbox"), sub(&folder, "logs"));
    // A mail of some megabytes, which takes a while to be written.
    let mut report = CONNECTOR_HEADER.to_owned();
    for number in 0..MESSAGES {
        let row = format!(
            "2026-09-03T10:00:00Z,<{number}@x.example>,r@contoso.example,s@x{number}.example,\
             Received,From x,Partner,TLS1.2,True\r\n"
        );
        report.push_str(&row);
    }
    std::fs::write(format!("{logs}/connectors.csv"), report).expect("a file");
    let mut finished = 0;
    for _ in 0..4 {
        let mut server = Server::counted(&[&logs, "--outbox", &outbox]);
        let before = names(&outbox);
        let body = request().to_string();
        let bytes = format!(
            "POST {} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            server::REQUESTS,
            body.len()
        );
        let mut stream = server.connect();
        std::io::Write::write_all(&mut stream, bytes.as_bytes()).expect("a connection");
        let begun = Instant::now();
        while names(&outbox) == before && begun.elapsed() < server::PATIENCE {
            std::thread::yield_now();
        }
        server.signal("-KILL");
        server.end();
        finished = 0;
        for name in names(&outbox).into_iter().filter(|name| !name.starts_with('.')) {
            let mail = std::fs::read(format!("{outbox}/{name}")).expect("a file");
            assert_eq!(
                attached(&parsed(&mail), "connector-report-detailed.csv"),
                MESSAGES,
                "{name}"
            );
            finished += 1;
        }
    }
    // What it left unfinished is removed when it is old.
    let old = std::time::SystemTime::now() - Duration::from_hours(2);
    for name in names(&outbox) {
        let file = std::fs::File::options().append(true).open(format!("{outbox}/{name}"));
        file.expect("a file").set_modified(old).expect("a time");
    }
    let _server = Server::start(&[&logs, "--outbox", &outbox]);
    assert_eq!(names(&outbox).len(), finished);
}

/// A server that sends over that one.
struct Sending {
    server: Server,
    outbox: String,
    _folder: Folder,
}

impl Sending {
    fn over(name: &str, smtp: &SmtpServer, authority: &Authority, more: &[&str]) -> Self {
        let folder = Folder::new(name);
        let (logs, outbox) = (logs(&folder), sub(&folder, "outbox"));
        let password = folder.file("password", "open sesame\n");
        let root = folder.file("root.pem", authority.pem());
        let named = smtp.named();
        let arguments = [
            &*logs,
            "--smtp",
            &named,
            "--smtp-user",
            "reports",
            "--smtp-password-file",
            &password,
            "--smtp-ca",
            &root,
            "--mail-from",
            "reports@contoso.example",
            "--recipient-domain",
            "office.example",
        ];
        let with_outbox = ["--outbox", &outbox];
        let more = if more.contains(&"outbox") { &with_outbox[..] } else { &[] };
        let server = Server::counted(&[&arguments[..], more].concat());
        Self { server, outbox, _folder: folder }
    }
}

#[test]
fn a_report_is_sent_by_starttls() {
    let authority = Authority::new();
    let smtp = SmtpServer::start(&authority, "localhost", Manner::default());
    let sending = Sending::over("requests-sent", &smtp, &authority, &["outbox"]);
    let answer = sending.server.post(&request());
    assert_outcome(&answer, 200, "sent", "2 recipients");
    assert_eq!(names(&sending.outbox), [""; 0]);

    let lines = smtp.seen.lines();
    let starts = |text: &str| lines.iter().filter(|line| line.starts_with(text)).count();
    // Before TLS nothing but the wish for it.
    assert_eq!(starts("plain "), starts("plain EHLO") + starts("plain STARTTLS"), "{lines:?}");
    assert_eq!(starts("tls AUTH PLAIN "), 1, "{lines:?}");
    assert_eq!(starts("tls MAIL FROM:<reports@contoso.example>"), 1, "{lines:?}");
    assert_eq!(starts("tls RCPT TO:<audit@office.example>"), 1, "{lines:?}");
    assert_eq!(starts("tls RCPT TO:<홍길동@office.example>"), 1, "{lines:?}");

    let mails = smtp.seen.mails();
    assert_eq!(mails.len(), 1);
    let mail = parsed(&mails[0]);
    let from = mail.from().and_then(|from| from.first()).and_then(|from| from.address());
    assert_eq!(from, Some("reports@contoso.example"));
    assert!(mail.message_id().is_some_and(|id| id.ends_with("@contoso.example")));
    assert!(mail.header("X-Unsent").is_none());
    assert!(mail.date().is_some());
    assert_eq!(attached(&mail, "connector-report-detailed.csv"), 3);
    let log = sending.server.log();
    assert!(!log.contains("sesame") && !log.contains("b3BlbiBz"), "{log}");

    // Another has an id of its own.
    sending.server.post(&request());
    let mails = smtp.seen.mails();
    let ids: Vec<_> =
        mails.iter().map(|mail| parsed(mail).message_id().map(str::to_owned)).collect();
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn no_mail_goes_to_other_domains() {
    let authority = Authority::new();
    let smtp = SmtpServer::start(&authority, "localhost", Manner::default());
    let sending = Sending::over("requests-relay", &smtp, &authority, &["outbox"]);
    for recipients in [
        json!(["a@evil.example"]),
        json!(["audit@office.example", "a@evil.example"]),
        json!(["a@office.example.evil.example"]),
        json!(["a%evil.example@office.example@evil.example"]),
        json!(["audit@office.example> RCPT TO:<a@evil.example"]),
    ] {
        let mut request = request();
        request["recipients"] = recipients;
        let answer = sending.server.post(&request);
        assert_eq!((answer.status, &answer.json()["outcome"]), (422, &json!("refused")));
    }
    assert_eq!(smtp.seen.lines(), [""; 0]);
    assert_eq!(names(&sending.outbox), [""; 0]);
}

/// What becomes of a request with and without an outbox, over a server of that
/// manner.
fn failing(name: &str, smtp: &SmtpServer, authority: &Authority, status: u16, why: &str) {
    let sending = Sending::over(&format!("{name}-alone"), smtp, authority, &[]);
    assert_outcome(&sending.server.post(&request()), status, "refused", why);
    assert_eq!(names(&sending.outbox), [""; 0]);

    let sending = Sending::over(&format!("{name}-outbox"), smtp, authority, &["outbox"]);
    let answer = sending.server.post(&request());
    assert_outcome(&answer, 201, "written", why);
    let written = names(&sending.outbox);
    assert_eq!(written.len(), 1);
    assert_outcome(&answer, 201, "written", &written[0]);
    assert_eq!(smtp.seen.mails().len(), 0);
}

#[test]
fn a_refusal_is_told_in_the_servers_words() {
    for (name, manner, why) in [
        ("rcpt", ("RCPT", "550 5.7.1 \u{1b}[31mnot for you"), "not for you"),
        ("from", ("MAIL", "553 5.7.1 not your address"), "553"),
        ("auth", ("AUTH", "535 5.7.8 who are you"), "who are you"),
        ("data", (".", "554 5.3.4 too big"), "too big"),
        ("busy", ("EHLO", "421 4.3.2 later"), "421"),
    ] {
        let authority = Authority::new();
        let manner = Manner { answers: Some(manner), ..Manner::default() };
        let smtp = SmtpServer::start(&authority, "localhost", manner);
        failing(&format!("requests-{name}"), &smtp, &authority, 502, why);
    }
}

#[test]
fn without_starttls_nothing_is_sent() {
    let authority = Authority::new();
    for (name, manner) in [
        ("plain", Manner { plain: true, ..Manner::default() }),
        ("stripped", Manner { answers: Some(("STARTTLS", "454 no TLS now")), ..Manner::default() }),
    ] {
        let smtp = SmtpServer::start(&authority, "localhost", manner);
        failing(&format!("requests-{name}"), &smtp, &authority, 502, "TLS");
        let told =
            smtp.seen.lines().into_iter().find(|line| {
                ["AUTH", "MAIL", "RCPT", "DATA"].iter().any(|verb| line.contains(verb))
            });
        assert_eq!(told, None);
    }
}

#[test]
fn a_certificate_that_is_not_the_servers_is_refused() {
    let (authority, other) = (Authority::new(), Authority::new());
    for (name, smtp) in [
        ("root", SmtpServer::start(&other, "localhost", Manner::default())),
        ("name", SmtpServer::start(&authority, "mail.evil.example", Manner::default())),
    ] {
        failing(&format!("requests-{name}"), &smtp, &authority, 502, "certificate");
        assert!(!smtp.seen.lines().iter().any(|line| line.starts_with("tls ")));
    }
}

#[test]
fn a_server_that_nobody_is_at_is_told() {
    let authority = Authority::new();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let smtp = SmtpServer { address, seen: smtp::Seen::default() };
    failing("requests-nobody", &smtp, &authority, 502, "refused");
}

#[test]
fn a_server_that_falls_silent_is_given_up() {
    let given_up = |name: &str, at| {
        let authority = Authority::new();
        let manner = Manner { silent_at: Some(at), ..Manner::default() };
        let smtp = SmtpServer::start(&authority, "localhost", manner);
        let sending = Sending::over(&format!("requests-{name}"), &smtp, &authority, &["outbox"]);
        let begun = Instant::now();
        let answer = sending.server.post(&request());
        assert_outcome(&answer, 201, "written", "25 seconds");
        assert!(begun.elapsed() < Duration::from_secs(29), "the page waits for 30");
        assert_eq!(names(&sending.outbox).len(), 1);
    };
    std::thread::scope(|threads| {
        threads.spawn(|| given_up("at-the-start", "EHLO"));
        threads.spawn(|| given_up("at-the-end", "."));
    });
}

#[test]
fn mail_and_outbox_may_fail_both() {
    let authority = Authority::new();
    let manner = Manner { answers: Some(("RCPT", "550 5.1.1 unknown")), ..Manner::default() };
    let smtp = SmtpServer::start(&authority, "localhost", manner);
    let sending = Sending::over("requests-both", &smtp, &authority, &["outbox"]);
    std::fs::remove_dir(&sending.outbox).expect("a folder");
    let answer = sending.server.post(&request());
    assert_outcome(&answer, 500, "refused", "5.1.1 unknown");
    assert_outcome(&answer, 500, "refused", "could not be written");
}
