//! Logs of Unix mail servers: what each sample holds, that neither cuts nor
//! the order of files change the figures, and what lines without year and zone
//! are taken for.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{cells, expected, gzip, json, log_text, read, senders, sums, utf16};
use mailflow::mail::Choices;
use mailflow::tally::Tally;

/// The logs with an expected answer.
const LOGS: [&str; 4] = ["postfix", "exim", "sendmail", "opensmtpd"];

/// What is done to a text, and its name.
type Wrapping = (&'static str, fn(&str) -> Vec<u8>);

/// Everything that is counted, in lines.
fn figures(tally: &Tally) -> Vec<String> {
    let json = json(tally, &[]);
    let refused = json["refusedSignIns"].as_array().into_iter().flatten().map(ToString::to_string);
    let mut lines = cells(tally);
    lines.extend(senders(tally));
    lines.extend(refused);
    lines
}

/// A log with the year and the zone in every line, so that no piece of it has
/// to guess.
fn dated(text: &str) -> String {
    let stamp = |line: &str| match (line.get(..7), line.get(7..15)) {
        (Some("Dec 31 "), Some(time)) => format!("2024-12-31T{time}+00:00{}", &line[15..]),
        (Some("Sep  3 "), Some(time)) => format!("2026-09-03T{time}+00:00{}", &line[15..]),
        (Some("Jan  1 "), Some(time)) => format!("2025-01-01T{time}+00:00{}", &line[15..]),
        _ => line.to_owned(),
    };
    text.split_inclusive('\n').map(stamp).collect()
}

#[test]
fn every_log_has_the_answer_that_was_counted_by_hand() {
    for name in LOGS {
        let wrappings: [Wrapping; 5] = [
            ("as it is", |text| text.as_bytes().to_vec()),
            ("gzip", |text| gzip(text)),
            ("UTF-16", |text| utf16(text, true, false)),
            ("CRLF", |text| text.replace('\n', "\r\n").into_bytes()),
            ("no last line end", |text| text.trim_end().as_bytes().to_vec()),
        ];
        for (wrapping, wrap) in wrappings {
            let file = format!("{name}.log");
            let (tally, accounts) = read(&[(&file, wrap(&log_text(name)))]);
            assert_eq!(json(&tally, &accounts), expected(name), "{name}, {wrapping}");
        }
    }
}

/// The whole log, the same cut in two before every line, and in pieces of so
/// many lines.
#[test]
fn a_cut_anywhere_changes_no_figure() {
    for name in LOGS {
        let whole = dated(&log_text(name));
        let expected = figures(&read(&[("whole", &whole)]).0);
        assert_eq!(expected, figures(&read(&[("log", log_text(name))]).0), "{name}, dated");
        let lines: Vec<&str> = whole.split_inclusive('\n').collect();
        let mut changed = Vec::new();
        let mut check = |what: String, pieces: Vec<String>| {
            for turned in [false, true] {
                let mut files: Vec<(&str, &String)> = pieces.iter().map(|p| ("part", p)).collect();
                if turned {
                    files.reverse();
                }
                let (tally, _) = read(&files);
                let found = figures(&tally);
                if found != expected {
                    let missing = |now: &[String], then: &[String]| {
                        then.iter().filter(|line| !now.contains(line)).cloned().collect::<Vec<_>>()
                    };
                    let (lost, new) = (missing(&found, &expected), missing(&expected, &found));
                    changed.push(format!("{what}, turned {turned}: lost {lost:#?}, new {new:#?}"));
                }
            }
        };
        for cut in 1..lines.len() {
            check(format!("line {cut}"), vec![lines[..cut].concat(), lines[cut..].concat()]);
        }
        for size in 1..8 {
            let pieces = lines.chunks(size).map(<[&str]>::concat).collect();
            check(format!("pieces of {size}"), pieces);
        }
        assert!(changed.is_empty(), "{name}: {}", changed.join("\n"));
    }
}

#[test]
fn a_log_dropped_twice_adds_nothing() {
    for name in LOGS {
        let text = log_text(name);
        let once = read(&[("one", &text)]);
        let twice = read(&[("one", &text), ("two", &text)]);
        assert_eq!(figures(&twice.0), figures(&once.0), "{name}");
        let again = &twice.1[1];
        assert_eq!((again.messages, again.joined), (0, 0), "{name}: {again:#?}");
        assert_eq!(again.refused_sign_ins, 0, "{name}");
        // Overlapping slices.
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let (head, tail) =
            (lines[..lines.len() * 2 / 3].concat(), lines[lines.len() / 3..].concat());
        let (tally, accounts) = read(&[("head", dated(&head)), ("tail", dated(&tail))]);
        assert_eq!(figures(&tally), figures(&once.0), "{name}, overlapping");
        assert_eq!(sums(&accounts)[0], sums(&once.1)[0], "{name}, overlapping");
    }
}

/// A message that comes in over TLS 1.2 and is delivered to a mailbox, at these stamps.
fn inbound(stamps: [&str; 2], id: &str) -> String {
    let [first, last] = stamps;
    format!(
        "{first} mx1 postfix/smtpd[9]: connect from a.example[192.0.2.1]\n\
         {first} mx1 postfix/smtpd[9]: Anonymous TLS connection established from a.example[192.0.2.1]: TLSv1.2 with cipher X (1/1 bits)\n\
         {first} mx1 postfix/smtpd[9]: {id}: client=a.example[192.0.2.1]\n\
         {first} mx1 postfix/qmgr[8]: {id}: from=<x@a.example>, size=1, nrcpt=1 (queue active)\n\
         {last} mx1 postfix/local[7]: {id}: to=<y@b.example>, relay=local, delay=1, delays=1/0/0/0, dsn=2.0.0, status=sent (delivered to mailbox)\n\
         {last} mx1 postfix/qmgr[8]: {id}: removed\n\
         {last} mx1 postfix/smtpd[9]: disconnect from a.example[192.0.2.1] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 quit=1 commands=7\n"
    )
}

fn days(text: &str) -> Vec<String> {
    cells(&read(&[("log", text)]).0).into_iter().map(|line| line[..10].to_owned()).collect()
}

#[test]
fn a_year_that_is_not_written_is_found() {
    // The clock of the tests is 2026-11-22: no log is later than its file.
    assert_eq!(days(&inbound(["Nov 22 10:00:00", "Nov 22 10:00:01"], "ABCDEF1")), ["2026-11-22"]);
    assert_eq!(days(&inbound(["Nov 30 10:00:00", "Nov 30 10:00:01"], "ABCDEF1")), ["2025-11-30"]);
    // From December to January, and a late line of the old year.
    let text = [
        inbound(["Dec 31 23:59:58", "Dec 31 23:59:59"], "ABCDEF1"),
        inbound(["Jan  1 00:00:00", "Jan  1 00:00:01"], "ABCDEF2"),
        inbound(["Dec 31 23:59:59", "Jan  1 00:00:02"], "ABCDEF3"),
        inbound(["Mar  1 00:00:00", "Mar  1 00:00:01"], "ABCDEF4"),
    ]
    .concat();
    assert_eq!(days(&text), ["2025-12-31", "2026-01-01", "2026-03-01"]);
    // A weekday says which year it is: 2 February 2024 was a Friday.
    let text = inbound(["Fri Feb  2 10:00:00", "Fri Feb  2 10:00:01"], "ABCDEF1");
    assert_eq!(days(&text), ["2024-02-02"]);
    // So does a neighbour that has a year.
    let text = inbound(["Feb  2 10:00:00", "Feb  2 10:00:01"], "ABCDEF1")
        + &inbound(["2019-02-03T10:00:00Z", "2019-02-03T10:00:01Z"], "ABCDEF2");
    assert_eq!(days(&text), ["2019-02-02", "2019-02-03"]);
    // And a date inside a line.
    let text = inbound(["Feb  2 10:00:00", "Feb  2 10:00:01"], "ABCDEF1")
        + "Feb  2 10:00:02 mx1 postfix/cleanup[6]: ABCDEF2: message-id=<20170202095958.77A1@a.example>\n";
    assert_eq!(days(&text), ["2017-02-02"]);
}

#[test]
fn a_zone_that_is_not_written_is_found() {
    let log = inbound(["Feb  2 01:00:00", "Feb  2 01:00:01"], "ABCDEF1");
    assert_eq!(days(&log), ["2026-02-02"]);
    // 1485968402 is 2017-02-01T17:00:02Z, so the log is nine hours ahead.
    let google = "Feb  2 02:00:02 mx1 postfix/smtp[5]: ABCDEF2: to=<z@g.example>, relay=mx.g.example[192.0.2.3]:25, \
         delay=1, dsn=2.0.0, status=sent (250 2.0.0 OK  1485968402 c34si2283086pgm.445 - gsmtp)\n"
        .replace("         ", "");
    assert_eq!(days(&(log + &google)), ["2017-02-01", "2017-02-01"]);
}

/// The lines that a test leaves in, each changed.
fn lines_of(text: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let mut lines = String::new();
    for line in text.lines().filter_map(&mut change) {
        lines.push_str(&line);
        lines.push('\n');
    }
    lines
}

/// All but what is told of TLS.
fn without_tls(text: &str, change: impl Fn(&str) -> String) -> String {
    lines_of(text, |line| (!line.contains("TLS connection")).then(|| change(line)))
}

#[test]
fn one_process_id_is_of_one_session_after_the_other() {
    // The first session's end is missing; the second has no TLS.
    let first = inbound(["2026-02-02T10:00:00Z", "2026-02-02T10:00:01Z"], "ABCDEF1");
    let mut left = 6;
    let first = lines_of(&first, |line| {
        left -= 1;
        (left >= 0).then(|| line.to_owned())
    });
    let second = inbound(["2026-02-02T10:00:02Z", "2026-02-02T10:00:03Z"], "ABCDEF2");
    let second = without_tls(&second, |line| line.replace(" starttls=1", ""));
    let figures = figures(&read(&[("log", first + &second)]).0);
    assert_eq!(
        figures,
        ["2026-02-02 inbound - NoConnector - none 1", "2026-02-02 inbound - NoConnector - 1.2 1"]
    );
}

#[test]
fn silence_is_never_no_tls() {
    // A low log level: no line on TLS, no summary of the session.
    let text = inbound(["2026-02-02T10:00:00Z", "2026-02-02T10:00:01Z"], "ABCDEF1");
    let silent = without_tls(&text, |line| line.split(" ehlo=").next().expect("a line").to_owned());
    let not_recorded = ["2026-02-02 inbound - NoConnector - notRecorded 1"];
    assert_eq!(cells(&read(&[("log", &silent)]).0), not_recorded);
    // A service that wraps all in TLS needs no STARTTLS.
    let wrapped = without_tls(&text, |line| {
        line.replace("postfix/smtpd", "postfix/smtps/smtpd").replace(" starttls=1", "")
    });
    assert_eq!(cells(&read(&[("log", wrapped)]).0), not_recorded);
    // STARTTLS that failed is none.
    let failed = text.replace("starttls=1", "starttls=0/1");
    let failed = without_tls(&failed, str::to_owned);
    assert_eq!(cells(&read(&[("log", failed)]).0), ["2026-02-02 inbound - NoConnector - none 1"]);
    // A connection that is used again: the second message's is not recorded.
    let out = |id: &str, second: u32| {
        format!(
            "2026-02-02T11:00:0{second}Z mx1 postfix/pickup[3]: {id}: uid=0 from=<root>\n\
             2026-02-02T11:00:0{second}Z mx1 postfix/smtp[5]: {id}: to=<z@g.example>, relay=mx.g.example[192.0.2.3]:25, delay=1, dsn=2.0.0, status=sent (250 ok)\n\
             2026-02-02T11:00:0{second}Z mx1 postfix/qmgr[8]: {id}: removed\n"
        )
    };
    let tls = "2026-02-02T11:00:00Z mx1 postfix/smtp[5]: Trusted TLS connection established to mx.g.example[192.0.2.3]:25: TLSv1.3 with cipher X (1/1 bits)\n";
    let text = [tls.to_owned(), out("ABCDEF1", 1), out("ABCDEF2", 2)].concat();
    assert_eq!(
        cells(&read(&[("log", text)]).0),
        [
            "2026-02-02 outbound - NoConnector - 1.3 1",
            "2026-02-02 outbound - NoConnector - notRecorded 1"
        ]
    );
}

#[test]
fn a_hop_between_own_servers_counts_once_where_both_logs_are_there() {
    let out = "2026-02-02T10:00:00Z mx1 postfix/smtpd[9]: AAAAA1: client=unknown[198.51.100.7], sasl_method=PLAIN, sasl_username=u@b.example\n\
        2026-02-02T10:00:00Z mx1 postfix/cleanup[6]: AAAAA1: message-id=<m1@b.example>\n\
        2026-02-02T10:00:00Z mx1 postfix/qmgr[8]: AAAAA1: from=<u@b.example>, size=1, nrcpt=1 (queue active)\n\
        2026-02-02T10:00:02Z mx1 postfix/smtp[5]: AAAAA1: to=<z@g.example>, relay=mx2.b.example[203.0.113.2]:587, delay=1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as BBBBB2)\n\
        2026-02-02T10:00:02Z mx1 postfix/qmgr[8]: AAAAA1: removed\n";
    let next = "2026-02-02T10:00:01Z mx2 postfix/smtpd[9]: connect from mx1.b.example[203.0.113.1]\n\
        2026-02-02T10:00:01Z mx2 postfix/smtpd[9]: BBBBB2: client=mx1.b.example[203.0.113.1]\n\
        2026-02-02T10:00:01Z mx2 postfix/cleanup[6]: BBBBB2: message-id=<m1@b.example>\n\
        2026-02-02T10:00:01Z mx2 postfix/qmgr[8]: BBBBB2: from=<u@b.example>, size=1, nrcpt=1 (queue active)\n\
        2026-02-02T10:00:02Z mx2 postfix/smtpd[9]: disconnect from mx1.b.example[203.0.113.1] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5\n\
        2026-02-02T10:00:04Z mx2 postfix/smtp[5]: Trusted TLS connection established to mx.g.example[192.0.2.3]:25: TLSv1.3 with cipher X (1/1 bits)\n\
        2026-02-02T10:00:05Z mx2 postfix/smtp[5]: BBBBB2: to=<z@g.example>, relay=mx.g.example[192.0.2.3]:25, delay=3, dsn=2.0.0, status=sent (250 ok)\n\
        2026-02-02T10:00:05Z mx2 postfix/qmgr[8]: BBBBB2: removed\n";
    let (out, next) = (out.replace("        ", ""), next.replace("        ", ""));
    assert_eq!(
        cells(&read(&[("mx1", &out)]).0),
        [
            "2026-02-02 outbound - NoConnector - notRecorded 1",
            "2026-02-02 submission - Unknown - notRecorded 1"
        ]
    );
    assert_eq!(
        cells(&read(&[("mx2", &next)]).0),
        ["2026-02-02 inbound - NoConnector - none 1", "2026-02-02 outbound - NoConnector - 1.3 1"]
    );
    for files in [[("mx1", &out), ("mx2", &next)], [("mx2", &next), ("mx1", &out)]] {
        let (tally, accounts) = read(&files);
        assert_eq!(
            cells(&tally),
            [
                "2026-02-02 outbound - NoConnector - 1.3 1",
                "2026-02-02 submission - Unknown - notRecorded 1"
            ]
        );
        assert_eq!(sums(&accounts)[0], 1, "one message");
    }
}

#[test]
fn the_person_names_connectors_and_internal_hosts() {
    let text = log_text("postfix");
    let choices = Choices {
        connectors: vec![
            ("*.adatum.example".to_owned(), "Gate".to_owned()),
            ("203.0.113.25".to_owned(), "Northwind".to_owned()),
        ],
        internal_hosts: vec!["192.0.2.10".to_owned()],
        ..Choices::default()
    };
    let (tally, _) = common::read_choosing(&[("log", &text)], &choices);
    let outbound: Vec<String> =
        cells(&tally).into_iter().filter(|line| line.contains(" outbound ")).collect();
    assert_eq!(
        outbound,
        [
            "2024-12-31 outbound Northwind Unknown - 1.3 1",
            "2025-01-01 outbound Gate Unknown - notRecorded 1"
        ]
    );
    assert!(!cells(&tally).iter().any(|line| line.contains("inbound - NoConnector - 1.2")));
}
