//! What a person relies on: true figures, every row accounted for, no order of
//! files or rows that matters, and clear answers to bad input.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

use std::io::Write as _;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use mailflow::account::{FileAccount, FileKind, Mapping, Problem, Unreadable, Warning};
use mailflow::engine::{Analysis, Snapshot, Watch};
use mailflow::export::tally_json;
use mailflow::import::{MemorySource, Pause, Settings};
use mailflow::mail::{Day, TlsState};
use mailflow::report::dashboard;
use mailflow::sample::{SampleOptions, sample};
use mailflow::tally::Tally;
use proptest::prelude::*;
use serde_json::Value;

/// 2026-11-22T12:00:00Z.
const NOW: u32 = 1_795_348_800;

struct ReadOn;

impl Watch for ReadOn {
    fn pause(&mut self, _: &Snapshot<'_>) -> Pause {
        Pause::GoOn
    }
}

fn read_with(files: &[(&str, Vec<u8>)], mapping: &Mapping) -> (Tally, Vec<FileAccount>) {
    let mut analysis = Analysis::new(Settings { now: NOW, korean: false });
    for (place, (name, bytes)) in (0..).zip(files) {
        let mut source = MemorySource(bytes.clone());
        let mut watch = ReadOn;
        let mut reading = pin!(analysis.read(place, name, &mut source, mapping, &mut watch));
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(reading.as_mut().poll(&mut context), Poll::Ready(())));
    }
    let (tally, files) = analysis.figures();
    let accounts: Vec<_> = files.into_iter().map(|(_, account)| account).collect();
    for account in &accounts {
        assert!(account.adds_up(), "the account does not add up: {account:#?}");
    }
    (tally, accounts)
}

fn read(files: &[(&str, Vec<u8>)]) -> (Tally, Vec<FileAccount>) {
    read_with(files, &Mapping::default())
}

fn one(text: impl Into<Vec<u8>>) -> FileAccount {
    read(&[("file", text.into())]).1.remove(0)
}

fn figures(tally: &Tally) -> (Value, Value) {
    let mut json: Value = serde_json::from_str(&tally_json(tally, &[])).expect("JSON");
    (json["cells"].take(), json["senders"].take())
}

fn cells(tally: &Tally) -> Vec<String> {
    let (cells, _) = figures(tally);
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    cells
        .as_array()
        .expect("cells")
        .iter()
        .map(|cell| {
            format!(
                "{} {} {} {} {}",
                text(&cell["day"]),
                text(&cell["direction"]),
                text(&cell["connector"]),
                text(&cell["tls"]),
                cell["messages"]
            )
        })
        .collect()
}

fn utf16(text: &str, mark: bool, big_endian: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|u| if big_endian { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).expect("memory");
    writer.finish().expect("memory")
}

fn options(seed: u64, overlap: bool) -> SampleOptions {
    let last_day = Day::parse("2026-11-21").expect("a day");
    SampleOptions { days: 12, seed, overlap, ..SampleOptions::page(last_day) }
}

const CONNECTORS: &str = "date,message_id,recipient_address,sender_address,direction,connector_name,connector_type,tls_version,tls_forced\r\n\
2026-09-03T10:00:00Z,<a@x.example>,r@contoso.example,s@x.example,Received,From x,Partner,TLS1.2,True\r\n\
2026-09-03T11:00:00Z,<b@x.example>,r@contoso.example,s@x.example,Received,,NoConnector,No Tls,False\r\n\
2026-09-03T12:00:00Z,<c@contoso.example>,r@y.example,u@contoso.example,Sent,,NoConnector,,\r\n";

const CONNECTOR_CELLS: [&str; 3] = [
    "2026-09-03 inbound - none 1",
    "2026-09-03 inbound From x 1.2 1",
    "2026-09-03 outbound - notRecorded 1",
];

#[test]
fn the_figures_of_the_sample_are_its_truth() {
    let page = SampleOptions::page(Day(20_700));
    for options in [page, options(1, false), options(7, true), options(9, false)] {
        let seed = options.seed;
        let sample = sample(&options);
        let files: Vec<_> = sample.files.into_iter().map(|f| (f.name, f.bytes)).collect();
        let truth: Value = serde_json::from_str(&sample.truth.to_json()).expect("JSON");
        let (tally, accounts) = read(&files);
        let (cells, senders) = figures(&tally);
        assert_eq!(cells, truth["cells"], "seed {seed}");
        assert_eq!(senders, truth["senders"], "seed {seed}");
        let mut backwards = files.clone();
        backwards.reverse();
        let (tally, reversed) = read(&backwards);
        assert_eq!(figures(&tally), (cells.clone(), senders.clone()), "backwards");
        let sums = |accounts: &[FileAccount]| {
            accounts.iter().fold((0, 0, 0), |sum, account| {
                (sum.0 + account.messages, sum.1 + account.joined, sum.2 + account.duplicates)
            })
        };
        assert_eq!(sums(&accounts), sums(&reversed));
        let twice: Vec<_> = files.iter().chain(&files).cloned().collect();
        let (tally, accounts) = read(&twice);
        assert_eq!(figures(&tally), (cells, senders), "twice");
        for copy in &accounts[files.len()..] {
            let left_out = copy.no_mail.iter().filter(|(r, _)| r.code() != "notSent");
            let left_out: u64 = left_out.map(|(_, rows)| rows).sum();
            assert_eq!(copy.rows, copy.duplicates + left_out, "{}", copy.name);
        }
    }
}

#[test]
fn the_same_answer_in_every_wrapping() {
    let lf = CONNECTORS.replace("\r\n", "\n");
    let joined = {
        let (head, tail) = CONNECTORS.split_at(300);
        [gzip(head.as_bytes()), gzip(tail.as_bytes()), vec![0; 64]].concat()
    };
    let zip = {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let deflated = zip::write::SimpleFileOptions::default();
        writer.start_file("week.csv.gz", deflated).expect("memory");
        writer.write_all(&gzip(CONNECTORS.as_bytes())).expect("memory");
        writer.finish().expect("memory").into_inner()
    };
    let semicolons = format!("sep=;\r\n{}", CONNECTORS.replace(',', ";"));
    for (what, bytes) in [
        ("plain", CONNECTORS.as_bytes().to_vec()),
        ("line feeds", lf.into_bytes()),
        ("byte order mark", [b"\xef\xbb\xbf", CONNECTORS.as_bytes()].concat()),
        ("UTF-16LE", utf16(CONNECTORS, true, false)),
        ("UTF-16LE unmarked", utf16(CONNECTORS, false, false)),
        ("UTF-16BE", utf16(CONNECTORS, true, true)),
        ("UTF-16BE unmarked", utf16(CONNECTORS, false, true)),
        ("gzip", gzip(CONNECTORS.as_bytes())),
        ("gzip of several members and junk", joined),
        ("gzip in zip", zip),
        ("tabs", CONNECTORS.replace(',', "\t").into_bytes()),
        ("semicolons", semicolons.into_bytes()),
        ("PowerShell", format!("#TYPE System.Object\r\n{CONNECTORS}").into_bytes()),
        ("quoted names", CONNECTORS.replacen("date", "\"\"\"date\"\"\"", 1).into_bytes()),
    ] {
        let (tally, accounts) = read(&[("photo.jpg", bytes)]);
        assert_eq!(cells(&tally), CONNECTOR_CELLS, "{what}: {accounts:#?}");
        assert_eq!((accounts[0].rows, accounts[0].messages), (3, 3), "{what}");
    }
}

#[test]
fn korean_headers_and_cp949_are_read() {
    let text = "날짜,보낸 사람 주소,방향,커넥터 이름,TLS 버전\r\n\
        2026-09-03 오후 3:21:05,s@x.example,인바운드,서울 게이트웨이,TLS 1.0\r\n";
    let (cp949, ..) = encoding_rs::EUC_KR.encode(text);
    for bytes in [text.as_bytes().to_vec(), cp949.into_owned()] {
        let (tally, _) = read(&[("a", bytes)]);
        assert_eq!(cells(&tally), ["2026-09-03 inbound 서울 게이트웨이 1.0 1"]);
    }
}

#[test]
fn a_named_connector_replaces_none_and_a_recorded_state_a_vague_one() {
    const EXTENDED: &str = "date_time_utc,source,event_id,message_id,network_message_id,sender_address,recipient_address,directionality,connector_id,message_info,original_client_ip,custom_data\n\
2026-09-03T10:00:01Z,SMTP,RECEIVE,<a@x.example>,11111111-1111-1111-1111-111111111111,S@x.example,r@contoso.example,Incoming,SRV\\Default SRV,,192.0.2.1,S:InboundTlsDetails=SP_PROT_TLS1_0_SERVER;S:FromEntity=Internet\n\
2026-09-03T10:00:02Z,STOREDRIVER,DELIVER,<a@x.example>,11111111-1111-1111-1111-111111111111,S@x.example,r@contoso.example,Incoming,,,192.0.2.1,S:FromEntity=Internet;S:ToEntity=Hosted\n";
    let (tally, accounts) = read(&[("e", EXTENDED.into())]);
    assert_eq!(cells(&tally), ["2026-09-03 inbound - notRecorded 1"]);
    assert_eq!((accounts[0].messages, accounts[0].joined), (1, 1));
    let both = [("c", CONNECTORS.into()), ("e", EXTENDED.into())];
    assert_eq!(cells(&read(&both).0), CONNECTOR_CELLS);
}

#[test]
fn a_device_that_uses_an_id_again_sends_several_messages() {
    let text = "date,senderName,senderDomain,authMethod,original_client_ip,tls_version,tls_cipher,message_count,message_id\n\
        2026-09-03T10:00:00Z,Scanner,contoso.example,Basic Authentication,192.0.2.9,TLS1.0,,1,<same@dev>\n\
        2026-09-03T10:00:05Z,Scanner,contoso.example,Basic Authentication,192.0.2.9,TLS1.0,,2,same@dev\n\
        2026-09-03T10:00:05Z,Scanner,contoso.example,Basic Authentication,192.0.2.9,TLS1.0,,2,same@dev\n";
    let (tally, accounts) = read(&[("s", text.into())]);
    let (_, senders) = figures(&tally);
    assert_eq!(senders[0]["address"], "scanner@contoso.example");
    assert_eq!(senders[0]["messages"], 3);
    assert_eq!((accounts[0].messages, accounts[0].duplicates), (2, 1));
}

#[test]
fn rows_without_an_id_count_unless_another_file_has_them() {
    let text = "date,direction,connector,tls_version\n\
        2026-09-03T10:00:00Z,Received,x,TLS1.2\n2026-09-03T10:00:00Z,Received,x,TLS1.2\n";
    let (tally, accounts) = read(&[("1", text.into()), ("2", text.into())]);
    assert_eq!(cells(&tally), ["2026-09-03 inbound x 1.2 2"]);
    assert_eq!((accounts[0].messages, accounts[1].duplicates), (2, 2));
}

#[test]
fn a_row_of_2099_is_listed_and_does_not_move_the_week() {
    let text = format!(
        "{CONNECTORS}2099-01-01T00:00:00Z,<z@x.example>,r@contoso.example,s@x.example,Received,,,TLS1.2,\r\n"
    );
    let (tally, accounts) = read(&[("c", text.into())]);
    let card = dashboard(&tally, NOW).mail_flow.expect("a card");
    assert_eq!(card.period.last.to_string(), "2026-09-03");
    assert_eq!(card.inbound.get(TlsState::V1_2), 1);
    assert!(accounts[0].warnings.iter().any(|w| matches!(w, Warning::FutureRows { rows: 1, .. })));
}

#[test]
fn day_and_month_are_told_by_evidence_anywhere_in_the_file_or_asked() {
    let row = |date: &str, n: usize| format!("{date} 10:00:00,<{n}@x>,Received,x,TLS1.2\n");
    let header = "date,message_id,direction,connector,tls_version\n";
    let ambiguous: String = (0..4_000).map(|n| row("3/4/2026", n)).collect();
    let late = format!("{header}{ambiguous}{}", row("23/4/2026", 4_000));
    let (tally, _) = read(&[("d", late.into())]);
    assert_eq!(cells(&tally), ["2026-04-03 inbound x 1.2 4000", "2026-04-23 inbound x 1.2 1"]);
    let account = one(format!("{header}{ambiguous}"));
    assert!(matches!(account.problem, Some(Problem::DateOrderNeeded { .. })), "{account:?}");
}

#[test]
fn a_column_that_is_not_recognised_is_asked_for_and_can_be_named() {
    let text = CONNECTORS.replacen("date", "Zeitpunkt", 1);
    assert!(matches!(one(text.clone()).problem, Some(Problem::ColumnsNeeded(_))));
    let columns = vec![(mailflow::account::Field::Time, "Zeitpunkt".to_owned())];
    let mapping = Mapping { columns, date_order: None };
    let (tally, _) = read_with(&[("c", text.into())], &mapping);
    assert_eq!(cells(&tally), CONNECTOR_CELLS);
}

#[test]
fn what_is_no_trace_is_refused_with_its_kind() {
    let kind = |bytes: &[u8]| match one(bytes).problem {
        Some(Problem::NotATrace { looks_like }) => looks_like,
        other => panic!("{other:?}"),
    };
    assert_eq!(one("").problem, Some(Problem::Empty));
    assert_eq!(kind(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some(FileKind::Image));
    assert_eq!(kind(b"MZ\x90\0\x03\0\0\0"), Some(FileKind::Program));
    assert_eq!(kind(b"<!DOCTYPE html><html><body>Sign in</body>"), Some(FileKind::WebPage));
    assert_eq!(
        kind(b"Jan 28 07:00:03 mx postfix/smtpd[1]: connect from unknown[192.0.2.1]\n"),
        Some(FileKind::MailLogNotYetRead)
    );
    let header_only = one(CONNECTORS.split('\n').next().unwrap_or_default());
    assert_eq!((header_only.rows, header_only.problem), (0, None));
}

#[test]
fn damaged_rows_are_counted_by_reason_and_the_rest_is_read() {
    let text = format!(
        "{CONNECTORS}2026-09-03,too,few\r\nnever,<d@x>,r@y,s@x,Received,,,TLS1.2,\r\n\
         2026-09-03T10:00:00Z,<e@x>,r@y,s@x,Received,,,TLS1.2,,more\r\n2026-09-03T10:00:00Z,\"cut"
    );
    let account = one(text);
    assert_eq!((account.rows, account.messages), (7, 3));
    let reasons: Vec<_> =
        account.unreadable.iter().map(|(reason, rows)| (*reason, *rows)).collect();
    assert_eq!(
        reasons,
        [
            (Unreadable::TooFewFields, 1),
            (Unreadable::TooManyFields, 1),
            (Unreadable::BadTime, 1),
            (Unreadable::CutOff, 1)
        ]
    );
    assert_eq!(account.examples[0].line, 5);
}

#[test]
fn a_line_without_end_and_a_bomb_come_to_an_end() {
    let mut line = CONNECTORS.as_bytes().to_vec();
    line.resize(line.len() + (20 << 20), b'x');
    let account = one(line);
    assert_eq!((account.rows, account.messages, account.unreadable_rows()), (4, 3, 1));
    let mut bomb = CONNECTORS.as_bytes().to_vec();
    bomb.resize(300 << 20, b'\n');
    let account = one(gzip(&bomb));
    assert_eq!(account.messages, 3);
    assert!(account.warnings.iter().any(|w| matches!(w, Warning::UnpackLimit { .. })));
    let packed = gzip(CONNECTORS.as_bytes());
    let cut = one(&packed[..packed.len() - 20]);
    assert!(cut.warnings.contains(&Warning::CutOff), "{cut:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_row_of_a_damaged_file_is_accounted_for(
        at in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
        wide in any::<bool>(),
    ) {
        let mut bytes = if wide {
            utf16(CONNECTORS, true, false)
        } else {
            CONNECTORS.as_bytes().to_vec()
        };
        for (index, byte) in flips {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        bytes.truncate(at.index(bytes.len()) + 1);
        read(&[("plain", bytes.clone()), ("packed", gzip(&bytes))]);
        let mut packed = gzip(&bytes);
        let middle = at.index(packed.len());
        packed[middle] ^= 0x55;
        read(&[("damaged", packed)]);
    }
}

#[test]
fn shared_samples_are_read_or_refused_and_never_claimed_wrongly() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    if !folder.is_dir() {
        println!("skipped: there is no ../shared/samples here");
        return;
    }
    let mut pending = vec![folder];
    let mut seen = 0;
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a folder");
            pending.extend(entries.map(|entry| entry.expect("an entry").path()));
            continue;
        }
        if path.ends_with("INDEX.tsv") {
            // A table, so it may be mapped; but no sample.
            continue;
        }
        seen += 1;
        let bytes = std::fs::read(&path).expect("a sample");
        let account = one(bytes);
        let name = path.to_string_lossy();
        if name.ends_with("enhanced-summary.utf16le.csv") {
            assert_eq!((account.format.as_deref(), account.rows), (Some("Enhanced summary"), 1));
        } else if name.ends_with("extended.utf16le.csv") {
            assert_eq!((account.format.as_deref(), account.rows), (Some("Extended report"), 1));
        } else {
            assert!(
                matches!(account.problem, Some(Problem::NotATrace { .. })),
                "{name}: {:?} {:?}",
                account.format,
                account.problem
            );
        }
    }
    assert!(seen > 100, "only {seen} samples");
}
