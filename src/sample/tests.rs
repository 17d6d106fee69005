#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{Sample, SampleOptions, sample, sample_files};
use crate::mail::{AuthMethod, ConnectorType, Day, Direction, TlsState};

const LAST: Day = Day(20_700);

/// The sample that the page shows, made once.
static PAGE: LazyLock<Sample> = LazyLock::new(|| sample(&SampleOptions::page(LAST)));

fn text(bytes: &[u8]) -> String {
    let units: Vec<u16> =
        bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

fn total<K>(counts: &BTreeMap<K, u64>, of: impl Fn(&K) -> bool) -> u64 {
    counts.iter().filter(|(key, _)| of(key)).map(|(_, messages)| messages).sum()
}

#[test]
fn the_same_options_give_the_same_bytes() {
    let options = SampleOptions { days: 5, ..SampleOptions::page(LAST) };
    let first = sample(&options);
    assert_eq!(first, sample(&options));
    assert_eq!(first.files, sample_files(&options));
    assert_ne!(first, sample(&SampleOptions { seed: 2, ..options }));
}

#[test]
fn overlap_and_the_days_of_one_report_change_no_mail() {
    let options = SampleOptions { days: 30, ..SampleOptions::page(LAST) };
    let whole = sample(&options);
    let halves = sample(&SampleOptions { overlap: true, ..options });
    assert_eq!(whole.truth.counts, halves.truth.counts);
    assert_eq!(halves.files.len(), 6);
    for (report, whole) in whole.truth.files.iter().enumerate() {
        let rows = |slice: usize| halves.truth.files[report * 2 + slice].rows;
        assert!(rows(0) < whole.rows && rows(1) < whole.rows, "each is a part");
        assert!(rows(0) + rows(1) > whole.rows, "they overlap");
    }
    let untraced = sample(&SampleOptions { extended_days: 0, ..options });
    assert_eq!(untraced.files[0], whole.files[0]);
    assert_eq!(untraced.truth.files[1].rows, 0);
}

#[test]
fn rows_are_as_many_as_the_truth_says() {
    for overlap in [false, true] {
        let sample = sample(&SampleOptions { days: 20, overlap, ..SampleOptions::page(LAST) });
        for (file, truth) in sample.files.iter().zip(&sample.truth.files) {
            assert_eq!(file.name, truth.name);
            let text = text(&file.bytes);
            let text = text.strip_prefix('\u{feff}').unwrap();
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let columns = reader.headers().unwrap().len();
            let mut rows = 0;
            let mut seen = BTreeSet::new();
            for record in reader.records() {
                let record = record.unwrap();
                assert_eq!(record.len(), columns);
                seen.insert(record.iter().collect::<Vec<_>>().join("\u{1f}"));
                rows += 1;
            }
            assert_eq!(rows, truth.rows, "{}", file.name);
            assert!(seen.len() as u64 * 100 > rows * 98, "rows are rarely identical");
        }
    }
}

#[test]
fn the_extended_report_has_its_27_columns() {
    assert_eq!(super::extended_report::HEADER.trim().split(',').count(), 27);
}

#[test]
fn the_sample_of_the_page_shows_everything() {
    let Sample { files, truth } = &*PAGE;
    let cells = &truth.counts.cells;
    let has = |direction, tls| cells.keys().any(|c| c.direction == direction && c.tls == tls);
    for tls in TlsState::ALL {
        assert!(has(Direction::Submission, tls), "submission {tls:?}");
        // Only SMTP AUTH tells "TLS, version not stated".
        assert_eq!(has(Direction::Inbound, tls), tls != TlsState::VersionNotStated, "{tls:?}");
    }
    for tls in [TlsState::NoTls, TlsState::V1_0, TlsState::V1_1, TlsState::V1_2, TlsState::V1_3] {
        assert!(has(Direction::Outbound, tls), "outbound {tls:?}");
    }
    assert!(has(Direction::Outbound, TlsState::NotRecorded));
    assert!(cells.keys().any(|cell| cell.direction == Direction::Internal));
    for kind in [ConnectorType::OnPremises, ConnectorType::Partner, ConnectorType::Unknown] {
        let named = |c: &super::Cell| c.connector.is_some() && c.connector_type == kind;
        assert!(cells.keys().any(named), "{kind:?}");
    }
    for method in AuthMethod::ALL {
        assert!(truth.counts.senders.keys().any(|sender| sender.method == method), "{method:?}");
    }
    assert!(truth.files[1].not_sent > 0 && truth.files[1].shadow_copies > 0);
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    assert!(bytes < 10_000_000, "{bytes}");
    let days: BTreeSet<Day> = cells.keys().map(|cell| cell.day).collect();
    assert_eq!(days.len(), 90);
    assert_eq!(days.last(), Some(&LAST));
}

#[test]
fn old_tls_declines_and_weekends_are_quiet() {
    let counts = &PAGE.truth.counts;
    let old = |from: i32| {
        let days = LAST.plus(from - 29)..=LAST.plus(from);
        let is_old = |tls| matches!(tls, TlsState::V1_0 | TlsState::V1_1 | TlsState::Older);
        total(&counts.cells, |cell| days.contains(&cell.day) && is_old(cell.tls)) as f64
            / total(&counts.cells, |cell| days.contains(&cell.day)) as f64
    };
    assert!(old(0) < old(-60) * 0.8, "{} {}", old(0), old(-60));
    let weekday = |day: Day| (day.0 + 4).rem_euclid(7);
    let sundays = total(&counts.cells, |cell| weekday(cell.day) == 0);
    let tuesdays = total(&counts.cells, |cell| weekday(cell.day) == 2);
    assert!(sundays * 3 < tuesdays);
}

#[test]
fn every_submission_has_a_sender() {
    let truth = &PAGE.truth;
    let counts = truth.files.iter().map(|file| &file.alone).chain([&truth.counts]);
    for counts in counts {
        let submissions = total(&counts.cells, |cell| cell.direction == Direction::Submission);
        assert_eq!(submissions, total(&counts.senders, |_| true));
    }
    for sender in truth.counts.senders.keys() {
        assert_eq!(sender.address, sender.address.to_lowercase());
    }
}

#[test]
fn files_together_tell_at_most_what_they_tell_apart() {
    let truth = &PAGE.truth;
    for direction in Direction::ALL {
        let of = |cell: &super::Cell| cell.direction == direction;
        let apart: u64 = truth.files.iter().map(|file| total(&file.alone.cells, of)).sum();
        assert!(total(&truth.counts.cells, of) <= apart, "{direction:?}");
    }
}

#[test]
fn any_options_are_taken() {
    for last_day in [Day(i32::MIN), Day(0), Day(3), Day(i32::MAX)] {
        for days in [0, 1, 9] {
            for overlap in [false, true] {
                let options = SampleOptions {
                    last_day,
                    days,
                    extended_days: u32::MAX,
                    messages_per_day: 40,
                    seed: u64::MAX,
                    overlap,
                };
                sample(&options);
            }
        }
    }
}

#[test]
fn the_truth_is_written_in_the_shape_of_the_programs_json() {
    let truth = &PAGE.truth;
    let json: serde_json::Value = serde_json::from_str(&truth.to_json()).unwrap();
    assert_eq!(json["cells"].as_array().unwrap().len(), truth.counts.cells.len());
    assert_eq!(json["senders"].as_array().unwrap().len(), truth.counts.senders.len());
    assert_eq!(json["files"][1]["name"], "ExtendedReport.csv");
}
