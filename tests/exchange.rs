//! Exchange Server's logs: what each sample holds, how they join, and that
//! neither cuts nor the order of files change the figures.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may stop"
)]

mod common;

use common::{cells, expected, gzip, json, log_text, read, senders, sums, utf16};
use mailflow::mail::{Choices, Zone};

/// The logs with an expected answer.
const LOGS: [&str; 3] = ["message-tracking", "smtp-receive", "smtp-send"];

/// What is done to a text, and its name.
type Wrapping = (&'static str, fn(&str) -> Vec<u8>);

fn log(name: &str) -> String {
    log_text(name)
}

/// Everything a person sees of refused attempts, in lines.
fn refused(files: &[(&str, impl AsRef<[u8]>)]) -> Vec<String> {
    let (tally, accounts) = read(files);
    let json = json(&tally, &accounts);
    let Some(list) = json["refusedSignIns"].as_array() else { return Vec::new() };
    list.iter()
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap_or("-").to_owned();
            format!("{} {} {} {}", text("account"), text("clientIp"), text("tls"), one["attempts"])
        })
        .collect()
}

#[test]
fn every_log_has_the_answer_that_was_counted_by_hand() {
    for name in LOGS {
        let wrappings: [Wrapping; 4] = [
            ("as it is", |text| text.as_bytes().to_vec()),
            ("gzip", |text| gzip(text)),
            ("UTF-16", |text| utf16(text, true, false)),
            ("LF", |text| text.replace("\r\n", "\n").into_bytes()),
        ];
        for (wrapping, wrap) in wrappings {
            let file = format!("{name}.log");
            let (tally, accounts) = read(&[(&file, wrap(&log(name)))]);
            assert_eq!(json(&tally, &accounts), expected(name), "{name}, {wrapping}");
        }
    }
}

#[test]
fn the_logs_of_one_server_are_joined() {
    let names = ["message-tracking", "smtp-receive", "smtp-receive-next", "smtp-send"];
    let files: Vec<(&str, String)> = names.iter().map(|name| (*name, log(name))).collect();
    let joined = [
        // Of old times, without a protocol log.
        "2026-09-03 inbound - NoConnector - notRecorded 1",
        r"2026-09-03 inbound MX1\Default Frontend MX1 Unknown - none 1",
        // Tracking and protocol log tell of the same first message.
        r"2026-09-03 inbound MX1\Default Frontend MX1 Unknown - 1.2 2",
        // Its session began before the protocol log does.
        r"2026-09-03 inbound MX1\Default Frontend MX1 Unknown - notRecorded 1",
        // Begun in one file, accepted in the next, on another day.
        r"2026-09-03 inbound MX1\Default Frontend MX1 Unknown - 1.3 1",
        r"2026-09-03 inbound MX1\사내 릴레이 Unknown - 1.1 1",
        "2026-09-03 outbound Outbound to Office 365 - 1f2e3d4c-0000-4000-8000-00000000beef \
         OnPremises - 1.3 1",
        "2026-09-03 outbound To Internet Unknown - none 1",
        "2026-09-03 outbound To Internet Unknown - 1.0 1",
        "2026-09-03 outbound To Internet Unknown - 1.2 2",
        // A submitted message, which the log of what was sent does not have.
        "2026-09-03 outbound To Internet Unknown - notRecorded 1",
        "2026-09-03 internal - Unknown - notRecorded 1",
        "2026-09-03 submission - Unknown - 1.0 1",
        "2026-09-03 submission - Unknown - 1.2 2",
    ];
    let mut joined = joined.map(str::to_owned).to_vec();
    joined.sort();
    let submitted = [
        r"contoso\scanner contoso.example 1.0 basic 1",
        "frank@contoso.example contoso.example 1.2 basic 2",
    ];
    for turn in 0..files.len() {
        let mut files = files.clone();
        files.rotate_left(turn);
        let (tally, _) = read(&files);
        let mut found = cells(&tally);
        found.sort();
        assert_eq!(found, joined, "from file {turn}");
        assert_eq!(senders(&tally), submitted);
    }
}

/// The whole log, and the same cut in two before every line.
#[test]
fn a_cut_anywhere_changes_no_figure() {
    for (name, others) in [("smtp-receive", vec!["smtp-receive-next"]), ("smtp-send", vec![])] {
        let whole = log(name);
        let rest: Vec<(&str, String)> = others.iter().map(|name| (*name, log(name))).collect();
        let mut all = vec![(name, whole.clone())];
        all.extend(rest.clone());
        let (expected, accounts) = read(&all);
        let (expected_refused, [.., left_out]) = (refused(&all), sums(&accounts));
        let lines: Vec<&str> = whole.split_inclusive('\n').collect();
        let mut changed = Vec::new();
        for cut in 5..lines.len() - 1 {
            let (one, other) = (lines[..cut].concat(), lines[cut..].concat());
            for turned in [false, true] {
                let mut files = vec![("one", one.clone()), ("other", other.clone())];
                if turned {
                    files.reverse();
                }
                files.extend(rest.clone());
                let (tally, accounts) = read(&files);
                assert!(accounts.iter().all(|account| account.format.is_some()), "line {cut}");
                if cells(&tally) != cells(&expected) || senders(&tally) != senders(&expected) {
                    let missing = |now: &[String], then: Vec<String>| {
                        then.into_iter().filter(|line| !now.contains(line)).collect::<Vec<_>>()
                    };
                    let lost = missing(&cells(&tally), cells(&expected));
                    let who = missing(&senders(&tally), senders(&expected));
                    changed.push(format!("{cut} {turned} {lost:?} {who:?}"));
                }
                assert_eq!(refused(&files), expected_refused, "line {cut}");
                assert!(sums(&accounts)[3] + 40 >= left_out);
            }
        }
        assert!(changed.is_empty(), "{name}: {changed:#?}");
    }
}

#[test]
fn a_log_dropped_twice_adds_nothing_but_duplicates() {
    for name in LOGS {
        let once = read(&[("one", log(name))]);
        let twice = read(&[("one", log(name)), ("two", log(name))]);
        assert_eq!(cells(&twice.0), cells(&once.0), "{name}");
        assert_eq!(senders(&twice.0), senders(&once.0), "{name}");
        let again = &twice.1[1];
        assert_eq!((again.messages, again.joined), (0, 0), "{name}");
        assert_eq!(again.refused_sign_ins, 0, "{name}");
        // One behind the other in one file.
        let both = read(&[("both", format!("{}{}", log(name), log(name)))]);
        assert_eq!(cells(&both.0), cells(&once.0), "{name}");
        assert_eq!(refused(&[("both", log(name).repeat(2))]), refused(&[("one", log(name))]));
    }
}

#[test]
fn a_log_without_its_first_lines_is_known_all_the_same() {
    for name in LOGS {
        let text = log(name);
        let rows = text.split_inclusive('\n').filter(|line| !line.starts_with('#'));
        let rows: String = rows.collect();
        // From the middle of a row.
        for start in [0, 30] {
            let (_, accounts) = read(&[("middle", &rows[start..])]);
            assert_eq!(
                accounts[0].format.as_deref(),
                expected(name)["files"][0]["format"].as_str(),
                "{name} from byte {start}"
            );
        }
    }
}

#[test]
fn refused_attempts_are_a_number_of_their_own() {
    let line = "2022-07-20T21:12:06.270Z,MX1\\Default Frontend MX1,08DA4F7C11473A60,9,\
        192.0.2.1:25,203.0.113.9:53722,>,535 5.7.3 Authentication unsuccessful,\r\n";
    // Equal numbers happen: each row is an attempt, a second file adds none.
    assert_eq!(
        refused(&[("one", line.repeat(3))]),
        ["- 203.0.113.9 - 3"]
            .map(|line| line.replacen("- 203", " 203", 1).replace(" - 3", " notRecorded 3"))
    );
    let files = [("one", line.repeat(3)), ("two", line.repeat(3))];
    assert_eq!(refused(&files).len(), 1);
    assert!(refused(&files)[0].ends_with("notRecorded 3"));
}

#[test]
fn a_host_that_a_person_names_is_an_internal_hop() {
    let choices = Choices { internal_hosts: vec!["192.0.2.".to_owned()], ..Choices::default() };
    let (tally, accounts) = common::read_choosing(&[("log", log("smtp-send"))], &choices);
    assert_eq!(
        cells(&tally),
        [
            "2026-09-03 outbound Outbound to Office 365 - 1f2e3d4c-0000-4000-8000-00000000beef \
             OnPremises - 1.3 1",
            "2026-09-03 outbound To Internet Unknown - none 1",
        ]
    );
    assert_eq!(accounts[0].no_mail_rows(), 48 + 31 + 24 + 2);
}

#[test]
fn the_export_of_the_cmdlet_is_in_local_time() {
    let text = common::sample_text("get-message-tracking-log");
    let choices = Choices { zone: Zone::fixed(9 * 60), ..Choices::default() };
    let (tally, _) = common::read_choosing(&[("export", text)], &choices);
    assert_eq!(
        cells(&tally),
        [
            // One in the morning in Seoul is the day before in UTC.
            "2026-09-12 outbound To Internet Unknown - notRecorded 1",
            "2026-09-23 inbound - NoConnector - notRecorded 1",
        ]
    );
}

#[test]
fn a_session_id_lends_its_tls_to_the_tracking_log() {
    let receive = log("smtp-receive").replace("<b1@adatum.example>", "Ok");
    let tracking = "#Software: Microsoft Exchange Server\r\n#Log-type: Message Tracking Log\r\n\
        #Fields: date-time,source-context,connector-id,source,event-id,message-id,sender-address,\
        recipient-address,message-info,directionality\r\n\
        2026-09-03T08:00:09.000Z,08DE0000000000B1;2026-09-03T08:00:08.100Z;1,MX1\\Default MX1,SMTP,\
        RECEIVE,<other@adatum.example>,news@adatum.example,lee@contoso.example,00A:,Incoming\r\n";
    let tracking = tracking.replace("        ", "");
    let (tally, accounts) = read(&[("tracking", tracking), ("receive", receive)]);
    assert_eq!(accounts[0].messages, 1, "{accounts:#?}");
    let of_server = cells(&tally);
    assert!(
        of_server
            .contains(&r"2026-09-03 inbound MX1\Default Frontend MX1 Unknown - none 2".to_owned()),
        "{of_server:#?}"
    );
}

#[test]
fn bad_rows_cost_no_more_than_themselves() {
    let text = log("smtp-receive");
    let good = cells(&read(&[("good", &text)]).0);
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let at = lines.len() / 2;
    // A quote that nobody closes, NUL bytes after a crash, a very long line,
    // a line in another encoding, a clock that goes backwards.
    let long = "x".repeat(1 << 20);
    for bad in [
        "2026-09-03T11:00:00.000Z,MX1\\A,\"08DE\r\n".to_owned(),
        "\0\0\0\0\0\0\0\0\r\n".to_owned(),
        format!("2026-09-03T11:00:00.000Z,{long}\r\n"),
        "1999-09-03T11:00:00.000Z,MX1\\A,08DE0000000FFFFF,0,a:25,b:1,+,,\r\n".to_owned(),
    ] {
        lines.insert(at, bad.clone());
        let (tally, _) = read(&[("bad", lines.concat())]);
        assert_eq!(cells(&tally), good, "{}", &bad[..bad.len().min(60)]);
        lines.remove(at);
    }
    let nul = text.replacen("2026-09-03T08:00:02", "\0\0\0\u{0}2026-09-03T08:00:02", 1);
    assert_eq!(cells(&read(&[("nul", nul)]).0), good);
    let mut bytes = text.into_bytes();
    let place = bytes.windows(4).position(|w| w == "사내".as_bytes().split_at(4).0).unwrap();
    bytes[place] = 0xff;
    let (tally, accounts) = read(&[("mixed", bytes)]);
    assert_eq!(cells(&tally).len(), good.len());
    assert_eq!(accounts[0].messages, 8);
}

#[test]
fn sessions_that_never_end_are_counted_and_do_not_fill_the_memory() {
    use std::fmt::Write as _;
    let mut text = "#Log-type: SMTP Receive Protocol Log\r\n".to_owned();
    let sessions = 70_000_u32;
    for session in 0..sessions {
        let line = |sequence: u32, event: &str, data: &str| {
            // The clock goes backwards, too.
            let second = 59 - session % 60;
            format!(
                "2026-09-03T10:00:{second:02}.000Z,MX1\\Default Frontend MX1,{session:016X},{sequence},10.0.0.5:25,\
                 192.0.2.1:4000,{event},{data},\r\n"
            )
        };
        write!(
            text,
            "{}{}{}{}",
            line(0, "+", ""),
            line(1, "<", "MAIL FROM:<a@x.example>"),
            line(2, "<", "BDAT 1 LAST"),
            line(3, ">", &format!("250 2.6.0 <{session}@x.example> Queued mail for delivery")),
        )
        .unwrap();
    }
    let (tally, accounts) = read(&[("log", text)]);
    assert_eq!(
        cells(&tally),
        [format!(r"2026-09-03 inbound MX1\Default Frontend MX1 Unknown - none {sessions}")]
    );
    assert_eq!(accounts[0].messages, u64::from(sessions));
}
