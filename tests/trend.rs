//! TLS versions week by week: weeks counted by hand, and what must hold
//! whatever the files tell.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use common::{ReadOn, at_once, sample_text};
use mailflow::account::Mapping;
use mailflow::engine::Analysis;
use mailflow::export::table_csv;
use mailflow::import::{MemorySource, Settings};
use mailflow::mail::{Day, Direction, TlsState};
use mailflow::report::{
    Answer, By, Column, Only, Query, ReportKind, Rows, STILL_LISTED, Sort, Span, Still, Subject,
    TlsCounts, Trend, Words, answer, details,
};
use mailflow::sample::{SampleOptions, Truth, sample};
use mailflow::tally::Tally;
use proptest::prelude::*;

/// 2027-02-01T00:00:00Z: days after tomorrow would be no days of data.
const NOW: u32 = 1_801_440_000;

fn read_with(files: &[(&str, impl AsRef<[u8]>)], mapping: &Mapping) -> Tally {
    let mut analysis = Analysis::new(Settings { now: NOW, ..Settings::default() });
    for (place, (name, bytes)) in (0..).zip(files) {
        let mut source = MemorySource(bytes.as_ref().to_vec());
        at_once(analysis.read(place, name, &mut source, mapping, &mut ReadOn));
    }
    analysis.figures().0
}

fn read(files: &[(&str, impl AsRef<[u8]>)]) -> Tally {
    read_with(files, &Mapping::default())
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// A `ConnectorReport`: so many inbound messages of a day, by connector and TLS.
fn connectors(rows: &[(usize, &str, &str, &str)]) -> String {
    let mut text = common::CONNECTOR_HEADER.to_owned();
    for (number, (count, day, connector, tls)) in rows.iter().enumerate() {
        for message in 0..*count {
            let id = format!("<{number}.{message}.{day}@x.example>");
            writeln!(
                text,
                "{day}T10:00:00Z,{id},r@contoso.example,s@x.example,Received,{connector},Partner,{tls},True\r"
            )
            .expect("memory");
        }
    }
    text
}

fn by_trend(report: ReportKind, span: Span, only: Only) -> Query {
    Query { report, span, only, by: By::Trend, ..Query::default() }
}

fn ask(tally: &Tally, query: &Query) -> Answer {
    let words = Words {
        week: ["Week", "From", "Days"].map(str::to_owned),
        tls: TlsState::ALL.map(|state| state.code().to_owned()),
        volume: "Volume".to_owned(),
        no_data: "no data".to_owned(),
        group: ',',
        point: '.',
        ..Words::default()
    };
    answer(tally, NOW, query, words)
}

fn trend_of(tally: &Tally, query: &Query) -> Trend {
    ask(tally, query).report.trend.expect("a trend")
}

fn all_flow(tally: &Tally) -> Trend {
    trend_of(tally, &by_trend(ReportKind::Connectors, Span::All, Only::All))
}

/// Name, covered days, and the messages with No TLS, TLS 1.0, 1.2, 1.3, and not
/// recorded.
fn told(trend: &Trend) -> Vec<(String, u32, [u64; 5])> {
    let states =
        [TlsState::NoTls, TlsState::V1_0, TlsState::V1_2, TlsState::V1_3, TlsState::NotRecorded];
    let week = |week: &mailflow::report::Week| {
        (week.name(), week.covered(), states.map(|state| week.counts.get(state)))
    };
    trend.weeks.iter().map(week).collect()
}

/// Two files around the turn of a year, with nothing between them.
fn turn_of_the_year() -> Tally {
    let first = connectors(&[
        (2, "2026-12-26", "Old", "TLS1.0"),
        (3, "2026-12-28", "New", "TLS1.2"),
        (1, "2027-01-01", "Old", "No TLS"),
        (1, "2027-01-03", "New", ""),
        (4, "2027-01-04", "New", "TLS1.3"),
        (1, "2027-01-05", "Old", "TLS1.0"),
    ]);
    let second = connectors(&[(1, "2027-01-19", "New", "TLS1.2")]);
    read(&[("first", first), ("second", second)])
}

#[test]
fn the_turn_of_a_year_counted_by_hand() {
    let trend = all_flow(&turn_of_the_year());
    // Monday 2026-12-28 begins the 53rd week of 2026, which ends in 2027.
    assert_eq!(
        told(&trend),
        [
            ("2026-W52".to_owned(), 2, [0, 2, 0, 0, 0]),
            ("2026-W53".to_owned(), 7, [1, 0, 3, 0, 1]),
            ("2027-W01".to_owned(), 2, [0, 1, 0, 4, 0]),
            // No file covers it: that is not 0.
            ("2027-W02".to_owned(), 0, [0; 5]),
            ("2027-W03".to_owned(), 1, [0, 0, 1, 0, 0]),
        ]
    );
    let year_end = trend.weeks[1];
    assert_eq!((year_end.monday, year_end.sunday()), (day("2026-12-28"), day("2027-01-03")));
    assert_eq!(trend.full(), Some((&year_end, &year_end)));
    // Of four recorded, three.
    let share = year_end.counts.share(TlsState::V1_2).expect("a share");
    assert_eq!((share.part, share.whole), (3, 4));
    let seen = |state: TlsState| trend.versions[state.index()];
    assert_eq!(seen(TlsState::V1_0).days, Some((day("2026-12-26"), day("2027-01-05"))));
    assert_eq!(seen(TlsState::V1_0).amount, (3, false));
    assert_eq!(seen(TlsState::V1_1).days, None);
    let Some(Still { week, groups, more_groups, senders, .. }) = trend.still else {
        panic!("someone still does")
    };
    assert_eq!(week, year_end);
    let old = Only::Connector(Direction::Inbound, Some("Old".to_owned()));
    assert_eq!(groups, [(old, TlsCounts::of(TlsState::NoTls, 1))]);
    assert_eq!((more_groups, senders.len()), (0, 0));
}

#[test]
fn only_own_dates_make_a_trend_shorter() {
    let tally = turn_of_the_year();
    let weeks = |span, only| {
        let trend = trend_of(&tally, &by_trend(ReportKind::Connectors, span, only));
        told(&trend)
    };
    assert_eq!(weeks(Span::Last(7), Only::All), weeks(Span::All, Only::All));
    let old = Only::Connector(Direction::Inbound, Some("Old".to_owned()));
    let span = Span::Days(day("2026-12-30"), day("2027-01-04"));
    assert_eq!(
        weeks(span, old),
        [
            ("2026-W53".to_owned(), 5, [1, 0, 0, 0, 0]),
            // The file covers this day, the connector has no mail on it.
            ("2027-W01".to_owned(), 1, [0; 5]),
        ]
    );
    // Weeks without data at both ends are not shown.
    let span = Span::Days(day("2027-01-10"), day("2027-01-31"));
    assert_eq!(weeks(span, Only::All), [("2027-W03".to_owned(), 1, [0, 0, 1, 0, 0])]);
}

#[test]
fn the_table_has_the_weeks_and_no_data_is_not_zero() {
    let tally = turn_of_the_year();
    let mut query = by_trend(ReportKind::Connectors, Span::All, Only::All);
    query.sort = Sort { column: Some(Column::Week), descending: false };
    let all = ask(&tally, &query);
    assert_eq!((all.report.rows, all.report.rows_all), (5, 5));
    let csv = table_csv(&tally, &all);
    let lines: Vec<_> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "Week,From,Days,none,1.0,1.1,1.2,1.3,notRecorded,Volume");
    assert_eq!(lines[2], "2026-W53,2026-12-28,7,25.0% (1),0% (0),0% (0),75.0% (3),0% (0),1,5");
    assert!(lines[4].starts_with("2027-W02,2027-01-11,0,no data,"), "{}", lines[4]);
    assert!(lines[4].ends_with(",no data"), "{}", lines[4]);
    query.search = "w53".to_owned();
    let found = ask(&tally, &query);
    assert_eq!((found.report.rows, found.report.rows_all), (1, 5));
    let Rows::Weeks(rows) = found.rows(&tally, 0, 9) else { panic!("weeks") };
    assert_eq!(rows[0].name(), "2026-W53");
}

#[test]
fn without_a_full_week_the_newest_tells_who_is_left() {
    let rows = [
        (2, "2027-01-05", "Early", "TLS1.0"),
        (1, "2027-01-12", "Late", "TLS1.1"),
        (9, "2027-01-12", "New", "TLS1.3"),
    ];
    let files = [connectors(&rows[..1]), connectors(&rows[1..])];
    let tally = read(&[("a", &files[0]), ("b", &files[1])]);
    let trend = all_flow(&tally);
    assert_eq!(trend.full(), None);
    let still = trend.still.expect("someone");
    assert_eq!((still.week.name(), still.week.covered()), ("2027-W02".to_owned(), 1));
    let late = Only::Connector(Direction::Inbound, Some("Late".to_owned()));
    assert_eq!(still.groups, [(late, TlsCounts::of(TlsState::V1_1, 1))]);
}

#[test]
fn ten_are_listed_and_the_others_counted() {
    let names: Vec<String> = (1..=12).map(|number| format!("C{number:02}")).collect();
    let rows: Vec<_> =
        (1..).zip(&names).map(|(count, name)| (count, "2027-01-05", &**name, "TLS1.0")).collect();
    let still = all_flow(&read(&[("a", connectors(&rows))])).still.expect("someone");
    assert_eq!((still.groups.len(), still.more_groups), (STILL_LISTED, 2));
    let volumes: Vec<_> = still.groups.iter().map(|(_, counts)| counts.volume()).collect();
    assert_eq!(volumes, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
}

fn made(seed: u64) -> (Tally, Truth) {
    let options = SampleOptions {
        days: 40,
        extended_days: 10,
        messages_per_day: 40,
        seed,
        // Their weeks lie in two years.
        ..SampleOptions::page(day("2027-01-20"))
    };
    let sample = sample(&options);
    let files: Vec<_> = sample.files.into_iter().map(|file| (file.name, file.bytes)).collect();
    (read(&files), sample.truth)
}

#[test]
fn the_weeks_are_a_plain_count_of_the_truth() {
    for seed in [1, 2] {
        let (tally, truth) = made(seed);
        let mut expected: BTreeMap<Day, TlsCounts> = BTreeMap::new();
        for (cell, messages) in &truth.counts.cells {
            if matches!(cell.direction, Direction::Inbound | Direction::Outbound) {
                // Monday by the calendar of a person: 2027-01-04 is one.
                let monday =
                    day("2027-01-04").0 + (cell.day.0 - day("2027-01-04").0).div_euclid(7) * 7;
                expected.entry(Day(monday)).or_default().add(cell.tls, *messages);
            }
        }
        let trend = all_flow(&tally);
        let found: BTreeMap<_, _> =
            trend.weeks.iter().map(|week| (week.monday, week.counts)).collect();
        assert_eq!(found, expected, "seed {seed}");
        let covered: u32 = trend.weeks.iter().map(mailflow::report::Week::covered).sum();
        assert_eq!(covered, 40);
    }
}

#[test]
fn weeks_add_up_to_the_totals_of_every_selection() {
    let (tally, _) = made(3);
    for kind in [ReportKind::Connectors, ReportKind::Senders] {
        let plain = Query { report: kind, span: Span::All, ..Query::default() };
        let choices = ask(&tally, &plain).report.choices;
        assert!(choices.len() > 2);
        for only in choices.into_iter().map(|(only, _)| only).chain([Only::All]) {
            let total = ask(&tally, &Query { only: only.clone(), ..plain.clone() }).report.counts;
            let report = ask(&tally, &by_trend(kind, Span::Last(7), only.clone())).report;
            assert_eq!(report.counts, total, "{only:?}");
            let trend = report.trend.expect("a trend");
            assert_eq!(trend.counts(), total, "{only:?}");
            let seen: u64 = trend.versions.iter().map(|seen| seen.amount.0).sum();
            assert_eq!(seen, total.volume());
        }
    }
}

#[test]
fn a_sender_and_a_connector_have_the_same_weeks_in_their_details() {
    let (tally, _) = made(3);
    let all = by_trend(ReportKind::Senders, Span::All, Only::All);
    let still = trend_of(&tally, &all).still.expect("someone");
    let (subject, weak) = still.senders.first().expect("a sender");
    let of_sender = details(&tally, NOW, Span::All, subject);
    let of_week_only = details(&tally, NOW, Span::Last(7), subject);
    assert_eq!(of_sender.trend.counts(), of_sender.counts);
    assert_eq!(of_week_only.trend, of_sender.trend);
    let found = of_sender.trend.weeks.iter().find(|week| week.monday == still.week.monday);
    let of_week = found.expect("the week").counts;
    let shared = [TlsState::NoTls, TlsState::Older, TlsState::V1_0, TlsState::V1_1];
    assert_eq!(shared.map(|state| of_week.get(state)), shared.map(|state| weak.get(state)));
    let name = Some("서울 게이트웨이".to_owned());
    let only = Only::Connector(Direction::Inbound, name.clone());
    let of_report = trend_of(&tally, &by_trend(ReportKind::Connectors, Span::All, only));
    let subject = Subject::Connector(Direction::Inbound, name);
    let of_connector = details(&tally, NOW, Span::All, &subject).trend;
    assert!(of_report.counts().volume() > 0);
    assert_eq!((of_connector.weeks, of_connector.versions), (of_report.weeks, of_report.versions));
}

#[test]
fn rounded_numbers_keep_their_mark_and_unknown_days_are_in_no_week() {
    let trend = all_flow(&read(&[("a", sample_text("messages-report"))]));
    assert!(trend.weeks.iter().any(|week| week.counts.any_rounded()));
    assert!(trend.versions[TlsState::V1_2.index()].amount.1);
    let september = Some((day("2026-09-01"), day("2026-09-30")));
    let mapping = Mapping { period: september, ..Mapping::default() };
    let tally = read_with(&[("a", sample_text("smtp-auth-clients"))], &mapping);
    let report = ask(&tally, &by_trend(ReportKind::Senders, Span::All, Only::All)).report;
    // Told once, beside the weeks.
    assert_eq!(report.remarks.undated, 0);
    let trend = report.trend.expect("a trend");
    assert_eq!((trend.weeks.len(), trend.undated, trend.still), (0, 1_764, None));
    let subject = Subject::Sender("scanner@contoso.example".into(), "contoso.example".into());
    let trend = details(&tally, NOW, Span::All, &subject).trend;
    assert_eq!((trend.weeks.len(), trend.undated), (0, 472));
}

proptest! {
    /// ISO 8601: the first week of a year is that of its first Thursday.
    #[test]
    fn a_week_is_numbered_by_its_thursday(number in 0_i32..60_000) {
        let of = Day(number);
        let monday = of.monday();
        prop_assert!((0..7).contains(&(of.0 - monday.0)));
        prop_assert_eq!((monday.0 - day("2027-01-04").0).rem_euclid(7), 0);
        let thursday = monday.plus(3);
        let (year, ..) = thursday.calendar().expect("a date");
        let week = (thursday.0 - day(&format!("{year}-01-01")).0) / 7 + 1;
        prop_assert_eq!(of.week(), Some((year, u8::try_from(week).expect("a week"))));
    }
}
