//! RP-12: a sender's messages, joined from the SMTP AUTH file and a trace.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{NOW, ReadOn, SAMPLES, at_once, sample_text, zip};
use mailflow::account::Mapping;
use mailflow::engine::Analysis;
use mailflow::export::sent_csv;
use mailflow::import::{MemorySource, Settings};
use mailflow::mail::{Day, SentCounts, SentMessage, SentQuery, TlsState, utc};
use mailflow::report::{SentWords, Span, Subject, details};

const ROOM: usize = 100_000_000;

/// Reads files and keeps their messages.
fn keeping(limit: usize, files: &[&[u8]]) -> Analysis {
    let settings = Settings { now: NOW, keep: Some(limit), ..Settings::default() };
    let mut analysis = Analysis::new(settings);
    for (place, bytes) in (0..).zip(files) {
        let mut source = MemorySource(bytes.to_vec());
        at_once(analysis.read(place, "file", &mut source, &Mapping::default(), &mut ReadOn));
    }
    analysis
}

fn scanner(search: &str) -> SentQuery {
    let (account, domain) = ("scanner@contoso.example".to_owned(), "contoso.example".to_owned());
    SentQuery { account, domain, days: None, search: search.to_owned() }
}

fn sent(analysis: &Analysis, query: &SentQuery) -> (Vec<SentMessage>, SentCounts) {
    let sent = analysis.sent(query);
    let message = |place| analysis.sent_message(&sent, place, 3).expect("a message");
    ((0..sent.len()).map(message).collect(), analysis.sent_counts(&sent))
}

/// Time, recipients, subject and status of each message.
fn lines(messages: &[SentMessage]) -> Vec<String> {
    let words = SentWords { more: "and {} more".to_owned(), ..SentWords::default() };
    let words = SentWords { several: "{}: ".to_owned(), ..words };
    let words = SentWords { untraced: ["not in the trace".to_owned(), String::new()], ..words };
    let line = |message| words.cells(message, true)[..4].join(" | ");
    messages.iter().map(line).collect()
}

const AUTH_HEADER: &str = "date,senderName,senderDomain,authMethod,original_client_ip,tls_version,\
    tls_cipher,message_count,message_id\r\n";

/// The SMTP AUTH file, as it is downloaded.
fn auth_file() -> String {
    AUTH_HEADER.to_owned()
        + "2026-09-03 10:00:00,scanner,contoso.example,Basic Authentication,192.0.2.44,TLS1.2,\
           TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,1,<scan1@dev.contoso.example>\r\n\
           2026-09-03 11:00:00,scanner,contoso.example,Basic Authentication,192.0.2.44,TLS1.0,,1,\
           lost@dev.contoso.example\r\n\
           2026-09-03 12:00:00,scanner,contoso.example,Basic Authentication,192.0.2.44,TLS1.2,,1,\
           <same@dev.contoso.example>\r\n\
           2026-09-03 14:00:00,scanner,contoso.example,Basic Authentication,192.0.2.44,No Tls,,1,\
           <same@dev.contoso.example>\r\n\
           2026-09-04 09:00:00,scanner,contoso.example,Basic Authentication,192.0.2.44,TLS1.3,,1,\
           <all@dev.contoso.example>\r\n\
           2026-09-03 10:30:00,erp,contoso.example,Modern Authentication,192.0.2.50,TLS1.3,,1,\
           <erp1@dev.contoso.example>\r\n"
}

const TRACE_HEADER: &str = "date_time_utc,client_ip,client_hostname,server_ip,server_hostname,\
    source_context,connector_id,source,event_id,internal_message_id,message_id,network_message_id,\
    recipient_address,recipient_status,total_bytes,recipient_count,related_recipient_address,\
    reference,message_subject,sender_address,return_path,message_info,directionality,tenant_id,\
    original_client_ip,original_server_ip,custom_data\r\n";

/// A row of an Extended report.
#[derive(Clone, Copy)]
struct Row<'a> {
    at: &'a str,
    event: &'a str,
    id: &'a str,
    network: u32,
    to: &'a str,
    status: &'a str,
    subject: &'a str,
    from: &'a str,
    info: &'a str,
}

fn trace_row(row: Row<'_>) -> String {
    let Row { at, event, id, network, to, status, subject, from, info } = row;
    format!(
        "2026-09-{at}.1234567Z,,,,SE1P000MB0001.prod.contoso.example,,,SMTP,{event},42949672,<{id}>,\
         aaaaaaaa-0000-4000-8000-{network:012x},{to},{status},20480,,,,\"{subject}\",{from},{from},\
         {info},Originating,00000000-0000-4000-8000-00000c047050,192.0.2.44,,\
         S:FromEntity=Hosted;S:ToEntity=Internet\r\n"
    )
}

/// The Extended report of the same days.
fn trace() -> String {
    let scan1 = Row {
        at: "03T10:00:01",
        event: "RECEIVE",
        id: "scan1@dev.contoso.example",
        network: 1,
        to: "lee@bank.example;Kim@bank.example",
        status: "",
        subject: "=HYPERLINK(\"\"http://x.example\"\")",
        from: "Scanner@contoso.example",
        info: "06I: ",
    };
    let same = Row { id: "same@dev.contoso.example", to: "desk@contoso.example", ..scan1 };
    let all: Vec<String> = (0..500).map(|user| format!("user{user:03}@bank.example")).collect();
    let outlook =
        Row { id: "o@contoso.example", network: 9, subject: "Lunch", info: "04I: ", ..scan1 };
    let mut text = TRACE_HEADER.to_owned();
    for row in [
        Row {
            at: "03T10:00:09",
            event: "SENDEXTERNAL",
            to: "lee@bank.example",
            status: "250 2.6.0 Queued mail for delivery",
            info: "",
            ..scan1
        },
        scan1,
        Row {
            at: "03T10:00:05",
            event: "FAIL",
            to: "kim@bank.example",
            status: "550 5.1.10 RESOLVER.ADR.RecipientNotFound",
            info: "",
            ..scan1
        },
        // The id is used again, two hours later.
        Row { at: "03T14:00:02", network: 3, subject: "Scan 2", ..same },
        Row { at: "03T12:00:02", network: 2, subject: "Scan 1", ..same },
        Row {
            at: "04T09:00:00",
            id: "all@dev.contoso.example",
            network: 4,
            to: &all.join(";"),
            subject: "점검 안내",
            ..scan1
        },
        // From the same address, but from Outlook.
        outlook,
        Row { at: "03T10:00:03", event: "SENDEXTERNAL", ..outlook },
    ] {
        text += &trace_row(row);
    }
    text
}

const SCANNED: [&str; 5] = [
    "2026-09-04 09:00:00 | 500: user000@bank.example; user001@bank.example; user002@bank.example and 497 more | 점검 안내 | RECEIVE",
    "2026-09-03 14:00:00 | desk@contoso.example | Scan 2 | RECEIVE",
    "2026-09-03 12:00:00 | desk@contoso.example | Scan 1 | RECEIVE",
    "2026-09-03 11:00:00 | not in the trace |  | ",
    "2026-09-03 10:00:00 | 2: Kim@bank.example; lee@bank.example | =HYPERLINK(\"http://x.example\") | \
     FAIL: 550 5.1.10 RESOLVER.ADR.RecipientNotFound (1), SENDEXTERNAL: 250 2.6.0 Queued mail for delivery (1)",
];

#[test]
fn a_senders_messages_have_what_both_files_say() {
    let (auth, trace) = (auth_file(), trace());
    let analysis = keeping(ROOM, &[auth.as_bytes(), trace.as_bytes()]);
    let (messages, counts) = sent(&analysis, &scanner(""));
    assert_eq!(lines(&messages), SCANNED);
    let counts = SentCounts { bytes: 0, ..counts };
    let expected = SentCounts {
        messages: 5,
        found: 5,
        untraced: 1,
        only_traced: 1,
        kept: 8,
        ..SentCounts::default()
    };
    assert_eq!(counts, expected);
    let first = &messages[4];
    assert_eq!(first.client_ip, "192.0.2.44");
    assert_eq!(first.cipher, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    let tls: Vec<_> = messages.iter().map(|message| message.tls.as_slice()).collect();
    // The trace knows no version: it is the other file's.
    let versions =
        [TlsState::V1_3, TlsState::NoTls, TlsState::V1_2, TlsState::V1_0, TlsState::V1_2];
    assert_eq!(tls, versions.each_ref().map(std::slice::from_ref));
}

#[test]
fn a_list_is_as_long_as_its_count_in_the_report() {
    let (auth, trace) = (auth_file(), trace());
    let analysis = keeping(ROOM, &[auth.as_bytes(), trace.as_bytes()]);
    let (tally, _) = analysis.figures();
    for (account, days) in [("scanner@contoso.example", 2), ("erp@contoso.example", 2)] {
        let subject = Subject::Sender(account.to_owned(), "contoso.example".to_owned());
        let known = details(&tally, NOW, Span::default(), &subject);
        let period = known.period.expect("a period");
        assert!(period.days() >= days);
        let days = Some((period.first, period.last));
        let query = SentQuery { account: account.to_owned(), days, ..scanner("") };
        assert_eq!(sent(&analysis, &query).1.messages, known.counts.volume(), "{account}");
    }
    // Days are days.
    let first = Day::parse("2026-09-04").expect("a day");
    let (messages, _) = sent(&analysis, &SentQuery { days: Some((first, first)), ..scanner("") });
    assert_eq!(lines(&messages), SCANNED[..1]);
}

#[test]
fn any_order_and_copies_of_files_tell_the_same() {
    let (auth, trace) = (auth_file(), trace());
    let (auth, trace) = (auth.as_bytes(), trace.as_bytes());
    // The rows the other way round, and a part of them.
    let text = String::from_utf8_lossy(trace);
    let mut rows: Vec<&str> = text.split_inclusive("\r\n").skip(1).collect();
    rows.reverse();
    let turned = TRACE_HEADER.to_owned() + &rows.concat();
    let part = TRACE_HEADER.to_owned() + &rows[..3].concat();
    let packed = zip(&[("a.csv", trace), ("b.csv", auth)], false);
    let expected = sent(&keeping(ROOM, &[auth, trace]), &scanner(""));
    for files in [
        vec![trace, auth],
        vec![turned.as_bytes(), auth],
        vec![auth, part.as_bytes(), trace, trace],
        vec![trace, auth, turned.as_bytes(), auth],
        vec![&packed],
        vec![auth, &packed],
    ] {
        let (messages, counts) = sent(&keeping(ROOM, &files), &scanner(""));
        assert_eq!(messages, expected.0);
        assert_eq!(SentCounts { bytes: expected.1.bytes, ..counts }, expected.1);
    }
}

#[test]
fn search_finds_recipients_and_subjects() {
    let (auth, trace) = (auth_file(), trace());
    let analysis = keeping(ROOM, &[auth.as_bytes(), trace.as_bytes()]);
    for (search, found) in [
        ("KIM@bank", &[4][..]),
        ("user499", &[0]),
        ("점검", &[0]),
        ("scan 1", &[2]),
        (" desk@ ", &[1, 2]),
        ("lunch", &[]),
    ] {
        let (messages, counts) = sent(&analysis, &scanner(search));
        let expected: Vec<&str> = found.iter().map(|place: &usize| SCANNED[*place]).collect();
        assert_eq!(lines(&messages), expected, "{search}");
        assert_eq!((counts.messages, counts.found), (5, found.len() as u64));
    }
}

#[test]
fn the_exported_file_has_all_recipients_and_runs_no_formula() {
    let (auth, trace) = (auth_file(), trace());
    let analysis = keeping(ROOM, &[auth.as_bytes(), trace.as_bytes()]);
    let list = analysis.sent(&scanner(""));
    let all = |place| analysis.sent_message(&list, place, usize::MAX);
    let text = sent_csv(&SentWords::default(), &mut (0..list.len()).filter_map(all), true);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[0][1].split("; ").count(), 500);
    assert_eq!(&rows[4][2], "'=HYPERLINK(\"http://x.example\")");
}

#[test]
fn what_no_memory_is_left_for_is_counted() {
    let auth = auth_file();
    let rows = 4_000_u32;
    let mut trace = TRACE_HEADER.to_owned();
    let mut signed_in = AUTH_HEADER.to_owned();
    for row in 0..rows {
        let (id, to) = (format!("m{row}@dev.contoso.example"), format!("to{row}@bank.example"));
        let (minute, second) = (row / 60 % 60, row % 60);
        let two = |number: u32| format!("{number:02}");
        trace += &trace_row(Row {
            at: &format!("03T10:{minute:02}:{second:02}"),
            event: "RECEIVE",
            id: &id,
            network: row + 100,
            to: &to,
            status: "",
            subject: &format!("Order {row}"),
            from: "scanner@contoso.example",
            info: "06I: ",
        });
        signed_in += "2026-09-03 10:";
        signed_in += &[two(minute), two(second)].join(":");
        signed_in += ",scanner,contoso.example,Basic Authentication,192.0.2.44,TLS1.2,,1,";
        signed_in += &[&id, "\r\n"].concat();
    }
    let files: [&[u8]; 3] = [auth.as_bytes(), signed_in.as_bytes(), trace.as_bytes()];
    for limit in [0, 600_000, 700_000, ROOM] {
        let analysis = keeping(limit, &files);
        let (messages, counts) = sent(&analysis, &scanner(""));
        // The list is whole; what is said of some messages is not.
        assert_eq!(messages.len(), 4_005);
        assert_eq!(counts.kept + counts.left_out, u64::from(rows), "at {limit}");
        assert_eq!(counts.kept == 0, limit == 0);
        assert_eq!(counts.left_out == 0, limit == ROOM);
        assert!(counts.bytes <= limit as u64);
        let told = messages.iter().filter(|message| !message.subjects.is_empty()).count() as u64;
        assert_eq!((told, counts.messages - told), (counts.kept, counts.untraced));
        // Those that came first are kept.
        let of = |number: u64| format!("Order {number}");
        let last = messages.iter().any(|message| message.subjects == [of(u64::from(rows) - 1)]);
        assert_eq!(last, limit == ROOM);
    }
}

#[test]
fn nothing_is_kept_unasked_and_what_is_forgotten_is_gone() {
    let (auth, trace) = (auth_file(), trace());
    let mut analysis = keeping(ROOM, &[auth.as_bytes(), trace.as_bytes()]);
    let figures = analysis.figures();
    let mut plain = Analysis::new(Settings { now: NOW, ..Settings::default() });
    for (place, text) in (0..).zip([&auth, &trace]) {
        let mut source = MemorySource(text.clone().into_bytes());
        at_once(plain.read(place, "file", &mut source, &Mapping::default(), &mut ReadOn));
    }
    assert_eq!(plain.figures(), figures, "keeping changes no count");
    assert_eq!(sent(&plain, &scanner("")).1.kept, 0);
    analysis.forget_messages();
    let (messages, counts) = sent(&analysis, &scanner(""));
    assert_eq!((counts.kept, counts.bytes, counts.untraced), (0, 0, 5));
    assert_eq!(messages.len(), 5);
}

#[test]
fn every_format_of_single_messages_tells_recipients() {
    let mut told = Vec::new();
    for (name, format) in SAMPLES {
        let analysis = keeping(ROOM, &[sample_text(name).as_bytes()]);
        let (_, counts) = sent(&analysis, &scanner(""));
        if counts.kept > 0 {
            told.push(format);
        }
    }
    for format in [
        "Get-MessageTrace",
        "Message trace summary",
        "Get-MessageTrackingLog",
        "Enhanced summary",
        "Extended report",
    ] {
        assert!(told.contains(&format), "{format} of {told:?}");
    }
    assert!(!told.contains(&"Messages report"));
}

#[test]
fn the_enhanced_summary_says_what_became_of_each_recipient() {
    let summary = "origin_timestamp_utc,sender_address,recipient_status,message_subject,total_bytes,\
        message_id,network_message_id,original_client_ip,directionality,connector_id,delivery_priority\r\n\
        2026-09-03T10:00:02.3284899Z,scanner@contoso.example,\"lee@bank.example##Receive, Send;\
        \"\"K; L\"\"@bank.example##Receive, Fail\",\"Scan, 1\",20480,<scan1@dev.contoso.example>,\
        81945af2-cab7-45ad-ba23-000000000001,192.0.2.10,Originating,,Normal\r\n";
    let auth = auth_file();
    let analysis = keeping(ROOM, &[summary.as_bytes(), auth.as_bytes()]);
    let (messages, _) = sent(&analysis, &scanner("scan, 1"));
    assert_eq!(
        lines(&messages),
        ["2026-09-03 10:00:00 | 2: \"K; L\"@bank.example; lee@bank.example | Scan, 1 | \
          Receive, Fail (1), Receive, Send (1)"]
    );
    assert_eq!(utc(messages[0].seconds), "2026-09-03 10:00:00");
}
