//! `mailflow serve`, as page, browser and strangers meet it: the real program
//! behind a real socket.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;
#[path = "common/server.rs"]
mod server;

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use common::{
    CONNECTOR_CELLS, CONNECTOR_HEADER, CONNECTORS, Folder, cell_lines, gzip, log_text,
    program_json, sample_text, zip,
};
use serde_json::Value;
use server::{Answer, Server, until};

const FIGURES: &str = "/api/mail.json";

fn sub(folder: &Folder, name: &str) -> String {
    let path = Path::new(folder.path()).join(name);
    std::fs::create_dir_all(&path).expect("a folder");
    path.to_str().expect("a path").to_owned()
}

/// A folder of logs with one small export.
fn small(folder: &Folder) -> String {
    let logs = sub(folder, "logs");
    std::fs::write(format!("{logs}/connectors.csv"), CONNECTORS).expect("a file");
    logs
}

/// The figures of a document, as whoever reads it has them.
fn figures_of(document: &[u8]) -> Value {
    let (tally, accounts) = common::read(&[("figures", document)]);
    common::json(&tally, &accounts)
}

fn figures(server: &Server) -> Value {
    figures_of(&server.document())
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).expect("gzip");
    plain
}

/// A `ConnectorReport` of so many messages, of this sender.
fn many(messages: u32, sender: &str) -> String {
    let mut text = CONNECTOR_HEADER.to_owned();
    for number in 0..messages {
        let (hour, minute) = (number / 60 % 24, number % 60);
        writeln!(
            text,
            "2026-09-03T{hour:02}:{minute:02}:00Z,<{number}.{sender}@x.example>,\
             r@contoso.example,{sender}@x.example,Received,From x,Partner,TLS1.2,True\r"
        )
        .expect("memory");
    }
    text
}

fn messages(figures: &Value) -> u64 {
    let cells = figures["cells"].as_array().expect("cells");
    cells.iter().map(|cell| cell["messages"].as_u64().expect("a count")).sum()
}

#[test]
fn the_figures_are_those_of_all_files_in_the_folder() {
    let folder = Folder::new("serve-figures");
    let logs = sub(&folder, "logs");
    sub(&folder, "logs/2026/september");
    sub(&folder, "logs/.git");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(format!("{logs}/{name}"), bytes).expect("a file");
    };
    write("a.csv", sample_text("connector-report").as_bytes());
    write("2026/trace.csv.gz", &gzip(sample_text("extended-report")));
    write("2026/september/mail.zip", &zip(&[("mail.log", log_text("postfix"))], false));
    // What is being copied, and what is no log, is left alone.
    write(".a.csv.part", CONNECTORS.as_bytes());
    write(".git/b.csv", CONNECTORS.as_bytes());
    Command::new("mkfifo").arg(format!("{logs}/pipe")).status().expect("mkfifo");
    symlink(&logs, format!("{logs}/2026/again")).expect("a link");

    let names = ["2026/september/mail.zip", "2026/trace.csv.gz", "a.csv"];
    let paths = names.map(|name| format!("{logs}/{name}"));
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let (expected, _) = program_json(&paths, b"");

    let server = Server::counted(&[&logs]);
    let counted = figures(&server);
    for list in ["cells", "senders"] {
        assert_eq!(counted[list], expected[list], "{list}");
    }
    let document: Value = serde_json::from_slice(&server.document()).expect("JSON");
    let own = document["files"].as_array().expect("files").iter().map(|file| &file["name"]);
    assert_eq!(own.collect::<Vec<_>>(), ["2026/september/mail.zip/mail.log", names[1], names[2]]);

    // The same as lines.
    let accept = ("Accept", "application/x-ndjson, application/json");
    let lines = server.ask("GET", FIGURES, &[accept], b"");
    assert_eq!(lines.field("content-type"), Some("application/x-ndjson"));
    let lines = lines.text();
    let mut lines: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let (mut head, end) = (lines.remove(0), lines.pop().expect("an end"));
    assert_eq!(end["end"]["items"], lines.len());
    head["cells"] = lines.iter().map(|line| line["cell"].clone()).collect();
    assert_eq!(head, document);
}

#[test]
fn settings_are_those_of_tally() {
    let folder = Folder::new("serve-settings");
    let logs = sub(&folder, "logs");
    let path = format!("{logs}/trace.csv");
    std::fs::write(&path, sample_text("message-trace")).expect("a file");
    let said = ["--own-domain", "fabrikam.example", "--time-zone", "+09:00"];
    let (expected, _) = program_json(&[&said[..], &[&path]].concat(), b"");
    let (other, _) = program_json(&[&path], b"");
    assert_ne!(expected["cells"], other["cells"], "the settings matter");
    let server = Server::counted(&[&said[..], &[&logs]].concat());
    assert_eq!(figures(&server)["cells"], expected["cells"]);
}

#[test]
fn answers_are_tagged_compressed_and_without_body_for_head() {
    let folder = Folder::new("serve-tags");
    let server = Server::counted(&[&small(&folder)]);
    let plain = server.get(FIGURES);
    let tag = plain.field("etag").expect("a tag").to_owned();
    assert_eq!(plain.field("content-length"), Some(&*plain.body.len().to_string()));
    assert_eq!(plain.field("content-encoding"), None);
    assert_eq!(plain.field("vary"), Some("Accept, Accept-Encoding"));
    assert_eq!(plain.field("cache-control"), Some("no-store"));

    let packed = server.ask("GET", FIGURES, &[("Accept-Encoding", "br, gzip")], b"");
    assert_eq!(packed.field("content-encoding"), Some("gzip"));
    assert_eq!(packed.field("etag"), Some(&*tag));
    assert_eq!(gunzip(&packed.body), plain.body);

    let head = server.ask("HEAD", FIGURES, &[], b"");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.field("content-length"), plain.field("content-length"));
    assert_eq!(head.field("etag"), Some(&*tag));

    let known = server.ask("GET", FIGURES, &[("If-None-Match", &tag)], b"");
    assert_eq!((known.status, known.body.len()), (304, 0));
    assert_eq!(known.field("etag"), Some(&*tag));
    let other = server.ask("GET", FIGURES, &[("If-None-Match", "\"other\"")], b"");
    assert_eq!(other.body, plain.body);

    // The same content has the same tag, whoever counted it.
    let again = Server::counted(&[&format!("{}/logs", folder.path())]);
    assert_eq!(again.get(FIGURES).field("etag"), Some(&*tag));
}

#[test]
fn changes_of_the_folder_are_seen() {
    let folder = Folder::new("serve-changes");
    let logs = small(&folder);
    let server = Server::counted(&[&logs]);
    let mut expected: Vec<String> = CONNECTOR_CELLS.iter().map(ToString::to_string).collect();
    assert_eq!(cell_lines(&figures(&server)), expected);

    // A log that grows in pieces is read when it has settled.
    let path = format!("{logs}/grows.csv");
    let text = many(400, "y");
    let mut file = std::fs::File::create(&path).expect("a file");
    for piece in text.as_bytes().chunks(text.len() / 5) {
        file.write_all(piece).expect("a file");
        file.flush().expect("a file");
        std::thread::sleep(Duration::from_millis(300));
    }
    let grown = until("the new file", || {
        let figures = figures(&server);
        (messages(&figures) == 403).then_some(figures)
    });
    assert_eq!(cell_lines(&grown).len(), expected.len());

    std::fs::remove_file(&path).expect("a file");
    until("the file's end", || (cell_lines(&figures(&server)) == expected).then_some(()));

    // Another file of the same name, size and time is another.
    let other = CONNECTORS.replace("Partner,TLS1.2", "Partner,TLS1.3");
    std::fs::write(format!("{logs}/.new"), other).expect("a file");
    std::fs::rename(format!("{logs}/.new"), format!("{logs}/connectors.csv")).expect("a file");
    expected[1] = expected[1].replace("1.2", "1.3");
    until("the other file", || (cell_lines(&figures(&server)) == expected).then_some(()));

    // Without the folder the last figures stand.
    std::fs::rename(&logs, format!("{logs}-gone")).expect("a folder");
    until("the loss", || server.log().contains("the last figures stand").then_some(()));
    assert_eq!(cell_lines(&figures(&server)), expected);
    std::fs::rename(format!("{logs}-gone"), &logs).expect("a folder");
    std::fs::remove_file(format!("{logs}/connectors.csv")).expect("a file");
    until("an empty folder", || cell_lines(&figures(&server)).is_empty().then_some(()));
}

#[test]
fn before_the_first_count_it_is_busy_and_later_the_old_answer_stands() {
    let folder = Folder::new("serve-busy");
    let logs = sub(&folder, "logs");
    std::fs::write(format!("{logs}/large.csv"), many(600_000, "a")).expect("a file");
    let server = Server::start(&[&logs]);
    let busy = server.get(FIGURES);
    assert_eq!(busy.status, 503);
    let seconds = busy.field("retry-after").and_then(|text| text.parse::<u32>().ok());
    assert!(seconds.is_some_and(|seconds| seconds > 0), "{busy:?}");
    // What needs no figures is answered all the while.
    assert_eq!(server.get("/nothing").status, 404);
    server.when_counted();
    assert_eq!(messages(&figures(&server)), 600_000);

    std::fs::write(format!("{logs}/more.csv"), many(1_000, "b")).expect("a file");
    let mut seen = Vec::new();
    until("the new count", || {
        let head = server.ask("HEAD", FIGURES, &[], b"");
        assert_eq!(head.status, 200);
        let tag = head.field("etag").expect("a tag").to_owned();
        if !seen.contains(&tag) {
            seen.push(tag);
        }
        (seen.len() == 2).then_some(())
    });
    assert_eq!(messages(&figures(&server)), 601_000);
}

/// A page of a kind, beside a secret.
fn page(folder: &Folder) -> String {
    let dist = sub(folder, "dist");
    sub(folder, "dist/sub");
    sub(folder, "dist/.git");
    let secret = folder.file("secret.txt", "SECRET");
    for (name, text) in [
        ("index.html", "<!doctype html><title>page</title>"),
        ("style-0123456789abcdef.css", "p {}"),
        ("service-worker.js", "skipWaiting()"),
        ("manifest.webmanifest", "{}"),
        ("sub/a b.txt", "inside"),
        (".env", "SECRET"),
        (".git/config", "SECRET"),
    ] {
        std::fs::write(format!("{dist}/{name}"), text).expect("a file");
    }
    symlink(secret, format!("{dist}/link.txt")).expect("a link");
    symlink(folder.path(), format!("{dist}/out")).expect("a link");
    dist
}

#[test]
fn the_page_is_served_and_nothing_beside_it() {
    let folder = Folder::new("serve-page");
    let (dist, logs) = (page(&folder), small(&folder));
    let server = Server::counted(&[&logs, "--page", &dist]);
    let index = server.get("/");
    assert_eq!(index.status, 200);
    assert_eq!(index.field("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(index.field("cache-control"), Some("no-cache"));
    assert_eq!(server.get("/index.html?source=/api/mail.json").body, index.body);
    let tag = index.field("etag").expect("a tag");
    assert_eq!(server.ask("GET", "/", &[("If-None-Match", tag)], b"").status, 304);
    let hashed = server.get("/style-0123456789abcdef.css");
    assert_eq!(hashed.field("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(hashed.field("content-type"), Some("text/css; charset=utf-8"));
    assert_eq!(server.get("/sub/a%20b.txt").text(), "inside");
    let manifest = server.get("/manifest.webmanifest");
    assert_eq!(manifest.field("content-type"), Some("application/manifest+json"));
    // The policy in the page does not bind it, so it comes with one.
    let worker = server.get("/service-worker.js");
    assert_eq!(worker.field("cache-control"), Some("no-cache"));
    let policy = worker.field("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'; connect-src 'self'"), "{policy}");

    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/sub/../../secret.txt",
        "/sub/..%5c..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "//secret.txt",
        "//../secret.txt",
        "/./.env",
        "/.env",
        "/%2eenv",
        "/.git/config",
        "/link.txt",
        "/out/secret.txt",
        "/out",
        "/sub",
        "/sub/",
        "/index.html/",
        "/index.html%00.css",
        "/%00",
        "/%ff%fe",
        "/%",
        "/..",
        "/logs/connectors.csv",
        "/etc/passwd",
        "//etc/passwd",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}: {answer:?}");
        assert!(!answer.text().contains("SECRET"), "{path}");
    }
    for target in [
        format!("http://{}/../secret.txt", server.address),
        "file:///etc/passwd".to_owned(),
        "*".to_owned(),
        "/index.html HTTP/1.1\r\nHost: localhost\r\n\r\nGET /secret".to_owned(),
    ] {
        let answer = server.get(&target);
        assert!(!String::from_utf8_lossy(&answer.body).contains("SECRET"), "{target}");
    }

    // A page that is built anew is seen.
    std::fs::write(format!("{dist}/index.html"), "<!doctype html>new").expect("a file");
    until("the new page", || (server.get("/").text() == "<!doctype html>new").then_some(()));
}

#[test]
fn without_a_page_it_is_told_how_to_get_one() {
    let folder = Folder::new("serve-no-page");
    let server = Server::start(&[&small(&folder)]);
    let answer = server.get("/");
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("make page"), "{answer:?}");
    let korean = server.ask("GET", "/", &[("Accept-Language", "ko-KR,ko;q=0.9")], b"");
    assert!(korean.text().contains("페이지가 없습니다"), "{korean:?}");
}

#[test]
fn every_answer_is_guarded() {
    let folder = Folder::new("serve-fields");
    let (dist, logs) = (page(&folder), small(&folder));
    let server = Server::counted(&[&logs, "--page", &dist]);
    let evil = [("Host", "evil.example")];
    let (cross, typed) = ([("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "none")]);
    for (method, path, fields, status) in [
        ("GET", "/", &[][..], 200),
        ("GET", FIGURES, &[], 200),
        ("GET", "/nothing", &[], 404),
        ("GET", "/api/nothing", &[], 404),
        ("POST", "/", &[], 405),
        ("PUT", "/index.html", &[], 405),
        ("DELETE", FIGURES, &[], 405),
        ("POST", FIGURES, &[], 405),
        ("OPTIONS", FIGURES, &[], 405),
        ("TRACE", "/", &[], 405),
        ("GET", server::REQUESTS, &[], 405),
        ("GET", FIGURES, &evil, 421),
        ("GET", FIGURES, &cross, 403),
        ("GET", FIGURES, &typed, 200),
        ("GET", "/", &cross, 200),
    ] {
        let answer = server.ask(method, path, fields, b"");
        assert_eq!(answer.status, status, "{method} {path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("content-security-policy", "frame-ancestors 'none'"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.field(name), Some(value), "{method} {path}");
        }
        assert_eq!(answer.field("server"), None);
        assert_eq!(answer.field("access-control-allow-origin"), None);
        assert_eq!(answer.field("allow").is_some(), status == 405, "{method} {path}");
    }
}

#[test]
fn requests_by_other_names_are_refused() {
    let folder = Folder::new("serve-host");
    let server = Server::counted(&[&small(&folder), "--host", "mail.contoso.example"]);
    let status = |host: &str| server.ask("GET", FIGURES, &[("Host", host)], b"").status;
    for host in ["localhost", "localhost:9000", "127.0.0.1", "[::1]:80", "mail.contoso.example"] {
        assert_eq!(status(host), 200, "{host}");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", "contoso.example", "", "a b"] {
        assert!(matches!(status(host), 400 | 421), "{host}");
    }
    let raw = |text: &str| server.send(text.as_bytes()).status;
    assert_eq!(raw("GET /api/mail.json HTTP/1.0\r\n\r\n"), 421);
    let twice =
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert!(matches!(raw(twice), 400 | 421));
    let whole = "GET http://evil.example/api/mail.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(raw(whole), 421);
}

#[test]
fn figures_need_the_token_and_the_page_does_not() {
    const TOKEN: &str = "correct-horse-battery-staple";
    let folder = Folder::new("serve-token");
    let (dist, logs) = (page(&folder), small(&folder));
    let path = folder.file("token", format!("{TOKEN}\n"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("a file");
    let server = Server::counted(&[&logs, "--page", &dist, "--token-file", &path]);
    assert!(server.log().contains("others can read"), "{}", server.log());
    assert_eq!(server.get("/").status, 200);

    for path in [FIGURES, "/api/nothing", server::REQUESTS] {
        let answer = server.get(path);
        assert_eq!(answer.status, 401, "{path}");
        assert_eq!(answer.field("www-authenticate"), Some("Bearer realm=\"mailflow\""));
    }
    let with = |value: &str| server.ask("GET", FIGURES, &[("Authorization", value)], b"");
    let wrong = with("Bearer wrong");
    assert_eq!(wrong.status, 401);
    assert!(wrong.field("www-authenticate").is_some_and(|field| field.contains("invalid_token")));
    for value in ["", "Bearer", "Basic Y29ycmVjdA==", TOKEN, &format!("Bearer {TOKEN}x")] {
        assert_eq!(with(value).status, 401, "{value}");
    }
    assert_eq!(server.get(&format!("{FIGURES}?token={TOKEN}")).status, 401);
    let right = with(&format!("bearer {TOKEN}"));
    assert_eq!(cell_lines(&figures_of(&right.body)), CONNECTOR_CELLS);

    // Nothing of it is in the log, which has a line for each request.
    let log = server.log();
    assert!(!log.contains(TOKEN) && !log.contains("token="), "{log}");
    assert!(log.contains("127.0.0.1 GET /api/mail.json 401"), "{log}");
}

#[test]
fn the_log_is_one_plain_line_a_request() {
    let folder = Folder::new("serve-log");
    let server = Server::counted(&[&small(&folder)]);
    server.send(b"GET /a\x1b[31mred HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    server.send(
        "GET /\u{202e}evil HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".as_bytes(),
    );
    server.send(b"\x00\x01\x02\r\n\r\n");
    server.get("/end?secret=1");
    let log = until("the last line", || Some(server.log()).filter(|log| log.contains("/end")));
    assert!(!log.contains("secret"), "{log}");
    assert!(log.chars().all(|sign| sign == '\n' || !sign.is_control()), "{log:?}");
    assert!(!log.contains('\u{202e}'), "{log:?}");
}

#[test]
fn what_is_too_much_is_refused() {
    let folder = Folder::new("serve-limits");
    let outbox = sub(&folder, "outbox");
    let server = Server::counted(&[&small(&folder), "--outbox", &outbox]);
    let long = "a".repeat(40_000);
    let head = server.ask("GET", "/", &[("X-Long", &long)], b"");
    assert_eq!(head.status, 431);
    let many: Vec<_> = (0..200).map(|_| ("X-More", "1")).collect();
    assert_eq!(server.ask("GET", "/", &many, b"").status, 431);
    assert!(matches!(server.get(&format!("/{long}")).status, 414 | 431));

    let body = server.post(&Value::String("a".repeat(100_000)));
    assert_eq!(body.status, 413, "{body:?}");
    assert_eq!(body.json()["outcome"], "refused");
    // The same in chunks, whose length nobody says.
    let chunk = format!("4000\r\n{}\r\n", "a".repeat(0x4000)).repeat(8);
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nConnection: close\r\n\
         Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
        server::REQUESTS
    );
    assert_eq!(server.send(format!("{head}{chunk}0\r\n\r\n").as_bytes()).status, 413);
    assert_eq!(server.get(FIGURES).status, 200);
}

#[test]
fn slow_clients_are_given_up() {
    let folder = Folder::new("serve-slow");
    let outbox = sub(&folder, "outbox");
    let server = Server::counted(&[&small(&folder), "--outbox", &outbox]);
    let begun = Instant::now();
    // One byte of the head now and then, and one of the body.
    let mut head = server.connect();
    let mut body = server.connect();
    let start = format!(
        "POST {} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n",
        server::REQUESTS
    );
    body.write_all(start.as_bytes()).expect("a connection");
    let mut idle = server.connect();
    while begun.elapsed() < Duration::from_secs(13) {
        head.write_all(b"G").expect("a connection");
        body.write_all(b" ").expect("a connection");
        std::thread::sleep(Duration::from_millis(500));
    }
    let late = Answer::read(&mut body);
    assert_eq!(late.status, 408, "{late:?}");
    assert_eq!(late.json()["outcome"], "refused");
    assert!(matches!(Answer::read(&mut head).status, 0 | 400 | 408));
    assert_eq!(Answer::read(&mut idle).status, 0);
    assert!(begun.elapsed() < Duration::from_secs(25), "{:?}", begun.elapsed());
}

#[test]
fn a_client_that_takes_nothing_is_given_up() {
    let folder = Folder::new("serve-taking");
    let (dist, logs) = (page(&folder), small(&folder));
    // More than the buffers of the system hold.
    std::fs::write(format!("{dist}/large.bin"), vec![b'x'; 60 << 20]).expect("a file");
    let server = Server::counted(&[&logs, "--page", &dist]);
    let mut stream = server.connect();
    stream.write_all(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a connection");
    until("the end of its patience", || server.log().contains("timed out").then_some(()));
    // Others get it all.
    assert_eq!(server.get("/large.bin").body.len(), 60 << 20);
}

#[test]
fn too_many_connections_are_told_so() {
    let folder = Folder::new("serve-many");
    let server = Server::counted(&[&small(&folder)]);
    let mut open: Vec<_> = (0..256).map(|_| server.connect()).collect();
    let refused = until("a refusal", || Some(server.get(FIGURES)).filter(|a| a.status != 200));
    assert_eq!(refused.status, 503);
    assert!(refused.field("retry-after").is_some());
    open.truncate(200);
    until("a free place", || (server.get(FIGURES).status == 200).then_some(()));
}

#[test]
fn it_ends_when_asked_and_answers_what_is_at_hand() {
    let folder = Folder::new("serve-end");
    let outbox = sub(&folder, "outbox");
    let mut server = Server::counted(&[&small(&folder), "--outbox", &outbox]);
    let request = br#"{"version":1,"report":"connectors","recipients":["a@contoso.example"]}"#;
    let mut idle = server.connect();
    let mut busy = server.connect();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        server::REQUESTS,
        request.len()
    );
    busy.write_all(head.as_bytes()).expect("a connection");
    busy.write_all(&request[..20]).expect("a connection");
    // The server is at it once it has answered another.
    assert_eq!(server.get(FIGURES).status, 200);
    server.signal("-TERM");
    until("the closing", || server.log().contains("ending after").then_some(()));
    until("no more connections", || std::net::TcpStream::connect(server.address).err());
    busy.write_all(&request[20..]).expect("a connection");
    let answer = Answer::read(&mut busy);
    assert_eq!((answer.status, &answer.json()["outcome"]), (201, &Value::from("written")));
    assert_eq!(Answer::read(&mut idle).status, 0);
    assert_eq!(server.end().code(), Some(0));
    assert_eq!(std::fs::read_dir(&outbox).expect("a folder").count(), 1);
}

#[test]
fn what_cannot_be_served_is_told_at_once() {
    let folder = Folder::new("serve-wrong");
    let (dist, logs) = (page(&folder), small(&folder));
    let in_logs = sub(&folder, "logs/outbox");
    let in_dist = sub(&folder, "dist/outbox");
    let short = folder.file("short", "0123456789");
    let lines = folder.file("lines", "0123456789abcdef\n0123456789abcdef\n");
    let token_in_dist = format!("{dist}/token");
    std::fs::write(&token_in_dist, "0123456789abcdef").expect("a file");
    let smtp = ["--smtp", "localhost:587", "--mail-from", "a@contoso.example"];
    for (arguments, why) in [
        (vec!["/nowhere"], "/nowhere"),
        (vec![&*short], "is no folder"),
        (vec![&*logs, "--page", &in_dist], "no index.html"),
        (vec![&*logs, "--outbox", &in_logs], "keep the outbox elsewhere"),
        (vec![&*logs, "--page", &dist, "--outbox", &in_dist], "keep the outbox elsewhere"),
        (vec![&*dist, "--page", &dist], "keep the logs elsewhere"),
        (vec![&*logs, "--page", &dist, "--token-file", &token_in_dist], "keep a secret elsewhere"),
        (vec![&*logs, "--token-file", &short], "16 signs or more"),
        (vec![&*logs, "--token-file", &lines], "not one line"),
        (vec![&*logs, "--outbox", "/proc"], "/proc"),
        ([&[&*logs], &smtp[..]].concat(), "--recipient-domain"),
        (vec![&*logs, "--smtp", "localhost:465"], "no STARTTLS"),
        (vec![&*logs, "--mail-from", "no address"], "write an address"),
    ] {
        let arguments = [&["serve", "--listen", "127.0.0.1:0"], &arguments[..]].concat();
        let output = common::program(&arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(why), "{arguments:?}: {said}");
    }
    let server = Server::start(&[&logs]);
    let taken = server.address.to_string();
    let output = common::program(&["serve", "--listen", &taken, &logs]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&taken), "{said}");
}
