//! "Unusual activity" finds what is planted, and is quiet where nothing
//! happens. `benches/unusual.rs` measures it on 20,000 senders.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;
#[allow(unreachable_pub, reason = "a benchmark uses it too")]
#[path = "common/quiet.rs"]
mod quiet;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use common::read;
use mailflow::mail::{Day, TlsState};
use mailflow::report::{Finding, FindingKind, Span, unusual};
use mailflow::tally::Tally;
use proptest::prelude::*;
use quiet::organization;

const NOW: u32 = 1_795_000_000;

fn last() -> Day {
    Day::of_seconds(NOW).plus(-1)
}

#[test]
fn nine_of_ten_planted_are_found_and_little_else() {
    for seed in [1, 2] {
        let made = organization(seed, 2_000, 90, last(), 20);
        let found = unusual(&made.tally, NOW, Span::Last(30)).findings;
        let named: BTreeSet<&str> = found.iter().map(|finding| finding.address.as_str()).collect();
        let planted: BTreeSet<&str> =
            made.planted.iter().map(|(address, _)| address.as_str()).collect();
        let hits = planted.intersection(&named).count();
        assert!(hits * 10 >= planted.len() * 9, "{hits} of {}", planted.len());
        let false_alarms = named.difference(&planted).count();
        assert!(false_alarms <= 4, "{false_alarms} senders to whom nothing happened");
    }
}

#[test]
fn a_quiet_organization_is_quiet() {
    let made = organization(3, 2_000, 90, last(), 0);
    for span in [Span::Last(7), Span::Last(30), Span::All] {
        let found = unusual(&made.tally, NOW, span).findings;
        assert!(found.len() <= 4, "{found:#?}");
    }
}

/// A `SmtpCSReport` of one sender: days, hours, clients, TLS and counts.
fn sent(rows: &[(i32, u32, &str, &str, u32)]) -> Tally {
    let mut text = "date,sender address,client ip,tls version,authentication protocol\n".to_owned();
    for (day, hour, client, tls, count) in rows {
        for second in 0..*count {
            let (minute, second) = (second / 60, second % 60);
            let day = last().plus(day - 29);
            writeln!(
                text,
                "{day}T{hour:02}:{minute:02}:{second:02}Z,a@b.example,{client},{tls},Basic"
            )
            .expect("memory");
        }
    }
    read(&[("SmtpCSReport.csv", text)]).0
}

fn findings(rows: &[(i32, u32, &str, &str, u32)]) -> Vec<Finding> {
    unusual(&sent(rows), NOW, Span::Last(7)).findings
}

/// Ten messages a day for 29 days.
fn habit() -> Vec<(i32, u32, &'static str, &'static str, u32)> {
    (0..29_i32).map(|day| (day, 8 + day.unsigned_abs() % 3, "192.0.2.7", "TLS1_2", 10)).collect()
}

fn with(extra: &[(i32, u32, &'static str, &'static str, u32)]) -> Vec<Finding> {
    let mut rows = habit();
    rows.extend_from_slice(extra);
    findings(&rows)
}

#[test]
fn a_usual_day_is_not_unusual() {
    assert_eq!(with(&[(29, 9, "192.0.2.7", "TLS1_2", 14)]), []);
    // Another address of the same network, and a silence about TLS.
    assert_eq!(with(&[(29, 9, "192.0.2.99", "", 14)]), []);
    // Few messages from elsewhere.
    assert_eq!(with(&[(29, 9, "203.0.113.7", "TLS1_2", 5)]), []);
}

#[test]
fn a_flood_is_told_once_with_its_figures() {
    let found = with(&[(29, 9, "192.0.2.7", "TLS1_2", 90)]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].day, found[0].messages), (last(), 90));
    assert_eq!(found[0].kind, FindingKind::AboveHabit { usual: 10, highest: 10 });
}

#[test]
fn a_new_network_is_told() {
    let found = with(&[(29, 9, "203.0.113.7", "TLS1_2", 20)]);
    let kind = FindingKind::NewClient { client: "203.0.113.7".to_owned(), known: 1 };
    assert_eq!(found.into_iter().map(|f| f.kind).collect::<Vec<_>>(), [kind]);
}

#[test]
fn weaker_tls_is_told_but_silence_is_not_weaker() {
    let found = with(&[(29, 9, "192.0.2.7", "TLS1_0", 3)]);
    let kind = FindingKind::WeakerTls { from: TlsState::V1_2, to: TlsState::V1_0 };
    assert_eq!(found.into_iter().map(|f| f.kind).collect::<Vec<_>>(), [kind]);
    assert_eq!(with(&[(29, 9, "192.0.2.7", "TLS", 3), (28, 9, "192.0.2.7", "", 3)]), []);
}

#[test]
fn nothing_is_first_seen_without_two_weeks_before() {
    let late: Vec<_> = habit().into_iter().filter(|row| row.0 >= 16).collect();
    let mut rows = late.clone();
    rows.push((29, 9, "203.0.113.7", "TLS1_0", 200));
    assert_eq!(findings(&rows), []);
}

#[test]
fn a_weekly_job_is_a_habit() {
    let weekly: Vec<_> = (0..5).map(|week| (week * 7 + 1, 6, "192.0.2.7", "TLS1_2", 200)).collect();
    assert_eq!(findings(&weekly), []);
}

#[test]
fn little_data_has_an_answer() {
    assert_eq!(findings(&[(29, 9, "192.0.2.7", "TLS1_2", 3)]), []);
    assert_eq!(
        unusual(&Tally::default(), NOW, Span::All),
        unusual(&Tally::default(), 0, Span::All)
    );
    assert_eq!(findings(&[]), []);
}

proptest! {
    #[test]
    fn the_order_of_rows_does_not_matter(
        mut rows in prop::collection::vec(
            (0..30_i32, 0..24_u32, 0..3_usize, 0..5_usize, 0..40_u32), 0..40)
    ) {
        let clients = ["192.0.2.7", "203.0.113.7", ""];
        let tls = ["TLS1_0", "TLS1_2", "TLS1_3", "", "No TLS"];
        let made = |rows: &[(i32, u32, usize, usize, u32)]| {
            let mut seen = BTreeSet::new();
            let rows: Vec<_> = rows
                .iter()
                .filter(|row| seen.insert((row.0, row.1, row.2, row.3)))
                .map(|(day, hour, client, state, count)| (*day, *hour, clients[*client], tls[*state], *count))
                .collect();
            rows
        };
        let unique = made(&rows);
        let one = findings(&unique);
        let mut backwards = unique.clone();
        backwards.reverse();
        prop_assert_eq!(&one, &findings(&backwards));
        rows.clear();
    }
}
