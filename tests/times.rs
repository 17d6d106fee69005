//! Times in the shapes that exports write them, and which of day and month
//! comes first. (What each shape is read as, to the second, is tested beside
//! the code in `src/import/time.rs`.)
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{Folder, cells, program, program_json, read, read_with};
use mailflow::account::{DateOrder, Inference, Mapping, Problem, Unreadable};

const HEADER: &str = "date,message_id,direction,connector,tls_version\n";

fn file(times: &[&str]) -> String {
    let row = |(n, time): (usize, &&str)| format!("\"{time}\",<{n}@x.example>,Received,x,TLS1.2\n");
    let rows: String = times.iter().enumerate().map(row).collect();
    format!("{HEADER}{rows}")
}

/// `count` rows of one date, then those of `last`.
fn long_file(count: usize, first: &str, last: &[&str]) -> String {
    let mut times = vec![first; count];
    times.extend(last);
    file(&times)
}

fn days(text: &str) -> Vec<String> {
    let day = |cell: String| {
        let parts: Vec<_> = cell.split(' ').collect();
        format!("{} {}", parts[0], parts[6])
    };
    cells(&read(&[("d", text)]).0).into_iter().map(day).collect()
}

#[test]
fn every_shape_of_time_is_read() {
    let shapes = [
        "2026-09-03T15:21:05Z",
        "2026-09-03T15:21:05",
        "2026-09-03T15:21:05.3Z",
        "2026-09-03T15:21:05.3284899Z",
        "2026-09-03 15:21:05",
        "2026-09-03T15:21:05+00:00",
        "03.09.2026 15:21:05",
        "3.9.2026 15:21",
        "2026-09-03 오후 3:21:05",
        "2026-09-03 오전 3:21:05",
        "2026. 9. 3. 오후 3:21:05",
        "2026/09/03 3:21:05 PM",
        "3-Sep-2026 15:21:05",
        "2026-09-03",
    ];
    let account = common::account(file(&shapes));
    assert_eq!(account.messages, shapes.len() as u64, "{:?}", account.examples);
    assert_eq!(days(&file(&shapes)), [format!("2026-09-03 {}", shapes.len())]);
}

#[test]
fn noon_and_midnight_are_told_apart() {
    let period = |time: &str| common::account(file(&[time])).period.expect("a period").0 % 86_400;
    for (time, seconds) in [
        ("2026-09-03 오전 12:00:01", 1),
        ("2026-09-03 오후 12:00:01", 12 * 3_600 + 1),
        ("2026-09-03 오후 11:59:59", 86_399),
        ("9/23/2026 12:00:01 AM", 1),
        ("9/23/2026 12:00:01 PM", 12 * 3_600 + 1),
        ("9/23/2026 1:00:00 PM", 13 * 3_600),
    ] {
        assert_eq!(period(time), seconds, "{time}");
    }
}

#[test]
fn a_zone_is_taken_off_and_without_one_it_is_utc() {
    assert_eq!(days(&file(&["2026-09-04T08:59:59+09:00"])), ["2026-09-03 1"]);
    assert_eq!(days(&file(&["2026-09-03T23:59:59"])), ["2026-09-03 1"]);
    assert_eq!(days(&file(&["2026-09-03T20:00:00-05:00"])), ["2026-09-04 1"]);
}

#[test]
fn a_day_above_twelve_settles_the_order_for_the_whole_file() {
    assert_eq!(
        days(&file(&["3/4/2026 10:00:00 AM", "3/23/2026 10:00:00 AM"])),
        ["2026-03-04 1", "2026-03-23 1"]
    );
    assert_eq!(
        days(&file(&["3/4/2026 10:00:00", "23/3/2026 10:00:00"])),
        ["2026-03-23 1", "2026-04-03 1"]
    );
    let account = common::account(file(&["3/4/2026 10:00:00", "23/3/2026 10:00:00"]));
    assert_eq!(account.inferred, [(Inference::DateOrder, 1)]);
}

#[test]
fn evidence_behind_the_first_64_kilobytes_is_found() {
    let text = long_file(30_000, "3/4/2026 10:00:00", &["23/4/2026 10:00:00"]);
    // More than the engine looks at at once.
    assert!(text.len() > 1 << 20);
    assert_eq!(days(&text), ["2026-04-03 30000", "2026-04-23 1"]);
    // The second reading counts nothing twice.
    let account = common::account(&text);
    assert_eq!((account.rows, account.messages), (30_001, 30_001));
    assert_eq!(account.inferred, [(Inference::DateOrder, 30_000)]);
    // Also through gzip and an archive, where reading again means unpacking again.
    let packed = common::zip(&[("a.gz", common::gzip(&text)), ("b", common::gzip(&text))], false);
    let (tally, accounts) = read(&[("z", packed)]);
    assert_eq!(cells(&tally).len(), 2);
    assert_eq!((accounts[0].messages, accounts[1].duplicates), (30_001, 30_001));
}

#[test]
fn a_file_that_starts_with_days_equal_to_their_month_is_read_by_later_evidence() {
    let text =
        long_file(30_000, "9/9/2026 10:00:00", &["9/10/2026 10:00:00", "9/13/2026 10:00:00"]);
    assert_eq!(days(&text), ["2026-09-09 30000", "2026-09-10 1", "2026-09-13 1"]);
}

#[test]
fn a_file_that_starts_with_days_equal_to_their_month_is_asked_about_when_nothing_settles_it() {
    let text = long_file(30_000, "9/9/2026 10:00:00", &["9/10/2026 10:00:00"]);
    let example = "9/10/2026 10:00:00".to_owned();
    assert_eq!(common::problem(text), Problem::DateOrderNeeded { example });
}

#[test]
fn days_equal_to_their_month_alone_need_no_order() {
    assert_eq!(days(&long_file(30_000, "9/9/2026 10:00:00", &[])), ["2026-09-09 30000"]);
    assert_eq!(common::account(file(&["9/9/2026 10:00:00"])).inferred, []);
}

#[test]
fn without_evidence_the_person_is_asked_and_nothing_is_counted() {
    let text = file(&["3/4/2026 10:00:00", "5/4/2026 10:00:00"]);
    let example = "3/4/2026 10:00:00".to_owned();
    assert_eq!(common::problem(&text), Problem::DateOrderNeeded { example });
    let (tally, accounts) = read(&[("d", &text)]);
    assert_eq!(cells(&tally), [""; 0]);
    assert_eq!(accounts[0].rows, 0);
}

#[test]
fn what_the_person_says_holds_and_is_no_conclusion() {
    let text = file(&["3/4/2026 10:00:00", "5/4/2026 10:00:00"]);
    for (order, days) in [
        (DateOrder::DayMonth, ["2026-04-03", "2026-04-05"]),
        (DateOrder::MonthDay, ["2026-03-04", "2026-05-04"]),
    ] {
        let mapping =
            Mapping { columns: Vec::new(), date_order: Some(order), ..Mapping::default() };
        let (tally, accounts) = read_with(&[("d", &text)], &mapping);
        let cells = cells(&tally);
        assert!(cells.iter().zip(days).all(|(cell, day)| cell.starts_with(day)), "{cells:?}");
        assert_eq!(accounts[0].inferred, []);
    }
}

#[test]
fn the_program_takes_the_order_as_an_option() {
    let folder = Folder::new("order");
    let path = folder.file("d.csv", file(&["3/4/2026 10:00:00 AM"]));
    let (json, status) = program_json(&[&path], b"");
    assert_eq!((status, &json["files"][0]["format"]), (1, &serde_json::Value::Null));
    let text = program(&["tally", &path]).stdout;
    let text = String::from_utf8(text).expect("text");
    assert!(text.contains("whether day or month comes first"), "{text}");
    for (order, day) in [("day-month", "2026-04-03"), ("month-day", "2026-03-04")] {
        let (json, status) = program_json(&["--date-order", order, &path], b"");
        assert_eq!((status, &json["cells"][0]["day"]), (0, &day.into()));
    }
}

#[test]
fn dots_are_written_where_the_day_comes_first() {
    assert_eq!(days(&file(&["03.04.2026 10:00:00"])), ["2026-04-03 1"]);
    assert_eq!(days(&file(&["23.03.2026 10:00:09"])), ["2026-03-23 1"]);
}

#[test]
fn a_date_that_is_none_makes_its_row_unreadable_and_no_other() {
    let bad = ["", "never", "2026-02-30T00:00:00Z", "2026-13-01", "31/4/2026 10:00", "46268.5"];
    for time in bad {
        let account = common::account(file(&["2026-09-03T10:00:00Z", time]));
        assert_eq!(account.unreadable, [(Unreadable::BadTime, 1)], "{time}");
        assert_eq!((account.rows, account.messages), (2, 1), "{time}");
        assert_eq!(account.examples[0].line, 3);
    }
    for time in ["1969-12-31T23:59:59Z", "2199-01-01T00:00:00Z"] {
        let account = common::account(file(&[time]));
        assert_eq!(account.unreadable, [(Unreadable::TimeOutOfRange, 1)], "{time}");
    }
}

#[test]
fn korean_times_are_read_in_cp949_too() {
    let text = file(&["2026-09-03 오후 3:21:05", "2026-09-03 오전 12:00:00"]);
    let (bytes, ..) = encoding_rs::EUC_KR.encode(&text);
    let account = common::account(bytes);
    assert_eq!(account.messages, 2);
    let afternoon = 1_788_448_865;
    assert_eq!(account.period, Some((afternoon - 15 * 3_600 - 21 * 60 - 5, afternoon)));
}
