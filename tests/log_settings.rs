//! What a person says of logs whose lines state neither zone nor year, and
//! what the date of a file says of them.
#![allow(clippy::expect_used, missing_docs, reason = "a test may stop")]

mod common;

use common::{Folder, NOW, ReadOn, at_once, cells, gzip, program_json, read_choosing};
use mailflow::account::{FileAccount, Inference, Mapping};
use mailflow::engine::Analysis;
use mailflow::import::{MemorySource, ReadError, Settings, Source};
use mailflow::mail::{Choices, Zone};

/// A delivery at a local time, without year and zone.
fn delivery(stamp: &str, id: &str) -> String {
    format!(
        "{stamp} mx1 postfix/smtpd[1201]: {id}: client=mail.fabrikam.example[192.0.2.10]\n\
         {stamp} mx1 postfix/cleanup[1300]: {id}: message-id=<{id}@fabrikam.example>\n\
         {stamp} mx1 postfix/qmgr[150]: {id}: from=<info@fabrikam.example>, size=1853, nrcpt=1 (queue active)\n\
         {stamp} mx1 postfix/lmtp[1500]: {id}: to=<anna@contoso.example>, relay=mx1.contoso.example[private/lmtp], \
         delay=0.5, delays=0.4/0/0/0.1, dsn=2.0.0, status=sent (250 2.0.0 Saved)\n\
         {stamp} mx1 postfix/qmgr[150]: {id}: removed\n"
    )
}

/// A log of messages, each at a local time.
fn log(stamps: &[&str]) -> String {
    (1..).zip(stamps).map(|(at, stamp)| delivery(stamp, &format!("3A1F2C{at:04}"))).collect()
}

/// First and last time of a log, and what was concluded of it.
fn period(account: &FileAccount) -> [String; 2] {
    let (first, last) = account.period.expect("a period");
    [first, last].map(|seconds| {
        let day = mailflow::mail::Day::of_seconds(seconds);
        format!("{day} {:02}:{:02}", seconds / 3_600 % 24, seconds / 60 % 60)
    })
}

fn concluded(account: &FileAccount) -> Vec<Inference> {
    account.inferred.iter().map(|(inference, _)| *inference).collect()
}

fn read(text: &str, choices: &Choices) -> FileAccount {
    let (_, mut accounts) = read_choosing(&[("mail.log", text)], choices);
    accounts.remove(0)
}

#[test]
fn the_hour_that_happens_twice_is_read_in_the_order_of_the_lines() {
    // The night of 2026-10-25 in Berlin.
    let stamps = [
        "Oct 25 01:50:00",
        "Oct 25 02:10:00",
        "Oct 25 02:55:00",
        // Put back at three; several processes write, so lines may be late.
        "Oct 25 02:05:00",
        "Oct 25 02:20:00",
        "Oct 25 03:01:00",
    ];
    let zone = Zone::named("Europe/Berlin").expect("a zone");
    let choices = Choices { zone, log_year: Some(2026), ..Choices::default() };
    let times: Vec<_> = (1..=stamps.len())
        .map(|lines| period(&read(&log(&stamps[..lines]), &choices))[1].clone())
        .collect();
    assert_eq!(
        times,
        [
            "2026-10-24 23:50",
            "2026-10-25 00:10",
            "2026-10-25 00:55",
            "2026-10-25 01:05",
            "2026-10-25 01:20",
            "2026-10-25 02:01",
        ]
    );
    // A line that is a little late belongs to the first of the two hours.
    let late = read(&log(&["Oct 25 02:55:00", "Oct 25 02:50:00"]), &choices);
    assert_eq!(period(&late), ["2026-10-25 00:50", "2026-10-25 00:55"]);
    assert!(concluded(&late).is_empty());
}

#[test]
fn an_offset_holds_all_year() {
    let choices = Choices {
        zone: Zone::offset("+09:00").expect("an offset"),
        log_year: Some(2025),
        ..Choices::default()
    };
    let account = read(&log(&["Jan  1 00:30:00", "Jul  1 12:00:00"]), &choices);
    assert_eq!(period(&account), ["2024-12-31 15:30", "2025-07-01 03:00"]);
}

#[test]
fn the_year_that_a_person_says_comes_before_all_evidence() {
    let text = log(&["Dec 31 23:59:00", "Jan  1 00:01:00"]);
    // The tests' clock is in November 2026.
    assert_eq!(period(&read(&text, &Choices::default())), ["2025-12-31 23:59", "2026-01-01 00:01"]);
    let said = Choices { log_year: Some(2019), ..Choices::default() };
    let account = read(&text, &said);
    assert_eq!(period(&account), ["2019-12-31 23:59", "2020-01-01 00:01"]);
    assert!(concluded(&account).is_empty());
    // A Message-ID tells another year.
    let dated = text.replace("<3A1F2C0001@", "<20221231225900.1@");
    assert_eq!(period(&read(&dated, &Choices::default()))[0], "2022-12-31 23:59");
    assert_eq!(period(&read(&dated, &said))[0], "2019-12-31 23:59");
}

#[test]
fn a_year_that_no_count_can_carry_leaves_rows_out() {
    for year in [i32::MIN, -1, 0, 1969, 2106, 9999, i32::MAX] {
        let account = read(
            &log(&["Jun  1 12:00:00"]),
            &Choices { log_year: Some(year), ..Choices::default() },
        );
        assert_eq!(account.rows, 5, "{year}");
    }
}

/// A file with a date.
struct Dated(MemorySource, Option<u32>);

impl Source for Dated {
    fn size(&self) -> u64 {
        self.0.size()
    }

    fn modified(&self) -> Option<u32> {
        self.1
    }

    async fn read(&mut self, at: u64, length: usize, into: &mut Vec<u8>) -> Result<(), ReadError> {
        self.0.read(at, length, into).await
    }
}

/// The first time of each file in `bytes`, which were last written then.
fn dated(bytes: Vec<u8>, modified: Option<u32>) -> Vec<String> {
    let mut analysis = Analysis::new(Settings { now: NOW, ..Settings::default() });
    let mut source = Dated(MemorySource(bytes), modified);
    at_once(analysis.read(0, "file", &mut source, &Mapping::default(), &mut ReadOn));
    let (_, files) = analysis.figures();
    files
        .iter()
        .map(|(_, account)| {
            assert_eq!(concluded(account), [Inference::YearFromFileDate]);
            period(account)[0].clone()
        })
        .collect()
}

/// 2021-03-01T00:00:00Z and 2018-03-01T00:00:00Z.
const MARCH_2021: u32 = 1_614_556_800;
const MARCH_2018: u32 = 1_519_862_400;

#[test]
fn the_date_of_a_file_tells_its_year() {
    let text = log(&["Feb 28 12:00:00"]);
    assert_eq!(dated(text.clone().into_bytes(), None), ["2026-02-28 12:00"]);
    assert_eq!(dated(text.into_bytes(), Some(MARCH_2021)), ["2021-02-28 12:00"]);
    // It began in the year before.
    let text = log(&["Nov 30 12:00:00", "Feb 28 12:00:00"]);
    assert_eq!(dated(text.into_bytes(), Some(MARCH_2021)), ["2020-11-30 12:00"]);
}

/// Gzip that says when the file was last written.
fn gzip_of(text: &str, modified: u32) -> Vec<u8> {
    let mut bytes = gzip(text);
    bytes[4..8].copy_from_slice(&modified.to_le_bytes());
    bytes
}

#[test]
fn what_is_packed_has_the_date_that_it_had() {
    let text = log(&["Feb 28 12:00:00"]);
    assert_eq!(dated(gzip_of(&text, MARCH_2018), Some(MARCH_2021)), ["2018-02-28 12:00"]);
    // Zero means that nobody knows.
    assert_eq!(dated(gzip_of(&text, 0), Some(MARCH_2021)), ["2021-02-28 12:00"]);
    let packed = zip_of(&[
        ("a.log", text.as_bytes(), Some(2019)),
        ("b.log.gz", &gzip_of(&text, MARCH_2018), Some(2019)),
        ("c.log.gz", &gzip_of(&text, 0), Some(2020)),
        // The first day of MS-DOS is that of archives without dates.
        ("d.log", text.as_bytes(), None),
    ]);
    assert_eq!(
        dated(packed, Some(MARCH_2021)),
        ["2019-02-28 12:00", "2018-02-28 12:00", "2020-02-28 12:00", "2021-02-28 12:00"]
    );
}

/// An archive of files that were last written in the June of a year.
fn zip_of(entries: &[(&str, &[u8], Option<u16>)]) -> Vec<u8> {
    use std::io::{Cursor, Write as _};
    use zip::{DateTime, ZipWriter, write::SimpleFileOptions};
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes, year) in entries {
        let date = year.map(|year| DateTime::from_date_and_time(year, 6, 1, 12, 0, 0));
        let date = date.map_or_else(DateTime::default, |date| date.expect("a date"));
        let options = SimpleFileOptions::default().last_modified_time(date);
        writer.start_file(*name, options).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

#[test]
fn a_host_gives_mail_the_connector_that_a_person_named() {
    let text = log(&["2026-09-03T12:00:00Z"]);
    let connector = |line: &str| {
        let connectors = vec![Choices::connector(line).expect("a connector")];
        let choices = Choices { connectors, ..Choices::default() };
        cells(&read_choosing(&[("mail.log", &text)], &choices).0)
    };
    for host in ["mail.fabrikam.example", "*.fabrikam.example", "192.0.2.10", "192.0.2."] {
        let cells = connector(&format!("{host} = Partner gateway"));
        assert!(cells[0].contains(" inbound Partner gateway "), "{host}: {cells:?}");
    }
    assert!(connector("mail.tailspin.example = x")[0].contains(" inbound - "));
}

#[test]
fn the_program_takes_them_too() {
    let folder = Folder::new("log-settings");
    let path = folder.file("mail.log", log(&["Oct 25 02:30:00"]));
    let read = |arguments: &[&str], input: &[u8]| {
        let (json, status) = program_json(arguments, input);
        assert_eq!(status, 0);
        let cell = json["cells"][0].clone();
        (cell["day"].as_str().expect("a day").to_owned(), cell["connector"].clone())
    };
    let said = ["--year", "2019", "--time-zone", "Asia/Seoul", "--connector", "192.0.2.=Gate"];
    let (day, connector) = read(&[&said[..], &[&path]].concat(), b"");
    assert_eq!((day.as_str(), connector.as_str()), ("2019-10-24", Some("Gate")));
    // The file's own date.
    let file = std::fs::File::options().write(true).open(&path).expect("the file");
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(u64::from(MARCH_2021));
    file.set_modified(time).expect("the file system has dates");
    assert_eq!(read(&[&path], b"").0, "2020-10-25");
}
