//! The two reports answer what a slow and plain count over the generator's own
//! truth gives, and hold together in themselves.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use common::read;
use mailflow::export::{detailed_csv, table_csv, table_tsv};
use mailflow::mail::{Day, Direction, TlsState};
use mailflow::report::{
    Answer, By, Column, DetailedQuery, DetailedWords, InsightKind, NAMED_SERIES, Only, Query,
    Report, ReportKind, Rows, Sort, Span, Subject, Thresholds, TlsCounts, Words, answer, detailed,
    details,
};
use mailflow::sample::{Cell, SampleOptions, Truth, sample};
use mailflow::tally::Tally;
use proptest::prelude::*;

const NOW: u32 = 1_795_000_000;

fn made(seed: u64) -> (Tally, Truth) {
    let last_day = Day::of_seconds(NOW).plus(-1);
    let options = SampleOptions {
        days: 40,
        extended_days: 10,
        messages_per_day: 40,
        seed,
        ..SampleOptions::page(last_day)
    };
    let sample = sample(&options);
    let files: Vec<_> = sample.files.into_iter().map(|file| (file.name, file.bytes)).collect();
    (read(&files).0, sample.truth)
}

fn words() -> Words {
    Words {
        flows: ["Inbound", "Outbound", "Unknown"]
            .map(|name| (name.to_owned(), format!("{name}: "))),
        types: ["OnPremises", "Partner", "NoConnector", "Unknown"].map(str::to_owned),
        forced: ["True", "False", "Not recorded"].map(str::to_owned),
        methods: ["Basic", "Modern", "Not recorded"].map(str::to_owned),
        tls: TlsState::ALL.map(|state| state.code().to_owned()),
        states: TlsState::ALL.map(|state| state.code().to_owned()),
        group: ',',
        point: '.',
        ..Words::default()
    }
}

fn ask(tally: &Tally, query: &Query) -> Answer {
    answer(tally, NOW, query, words())
}

fn report(tally: &Tally, query: &Query) -> Report {
    ask(tally, query).report
}

fn connectors(span: Span) -> Query {
    Query { span, ..Query::default() }
}

fn senders(span: Span) -> Query {
    Query { report: ReportKind::Senders, span, ..Query::default() }
}

/// All rows of an answer.
fn rows(tally: &Tally, answer: &Answer) -> Rows {
    answer.rows(tally, 0, usize::MAX)
}

/// The truth's cells of the border in the days of `report`.
fn told<'t>(truth: &'t Truth, report: &Report) -> impl Iterator<Item = (&'t Cell, u64)> {
    let period = report.period.expect("a period");
    truth
        .counts
        .cells
        .iter()
        .filter(move |(cell, _)| period.holds(cell.day))
        .filter(|(cell, _)| matches!(cell.direction, Direction::Inbound | Direction::Outbound))
        .map(|(cell, messages)| (cell, *messages))
}

#[test]
fn the_connector_report_is_the_truth() {
    for seed in [1, 2, 3] {
        let (tally, truth) = made(seed);
        for span in [Span::Last(7), Span::Last(30), Span::All] {
            let answer = ask(&tally, &connectors(span));
            let report = &answer.report;
            let mut counts = TlsCounts::default();
            let mut lines: BTreeMap<_, TlsCounts> = BTreeMap::new();
            for (cell, messages) in told(&truth, report) {
                counts.add(cell.tls, messages);
                let key = (
                    cell.day,
                    cell.direction,
                    cell.connector.map(str::to_owned),
                    cell.connector_type,
                    cell.forced_tls,
                );
                lines.entry(key).or_default().add(cell.tls, messages);
            }
            assert_eq!(report.counts, counts);
            let Rows::Connectors(rows) = rows(&tally, &answer) else { panic!("connectors") };
            let found: BTreeMap<_, _> = rows
                .into_iter()
                .map(|row| {
                    let key =
                        (row.day, row.direction, row.connector, row.connector_type, row.forced_tls);
                    (key, row.counts)
                })
                .collect();
            assert_eq!(found, lines);
            assert_eq!(report.rows, lines.len() as u64);
            // A day in the chart is the sum of its rows.
            let period = report.period.expect("a period");
            for (index, day) in (period.first.0..=period.last.0).enumerate() {
                let drawn: u64 = report.series.iter().filter_map(|s| s.days[index]).sum();
                let of_day = lines.iter().filter(|(key, _)| key.0 == Day(day));
                assert_eq!(drawn, of_day.map(|(_, counts)| counts.volume()).sum::<u64>());
            }
        }
    }
}

#[test]
fn the_period_before_is_the_truth() {
    let (tally, truth) = made(1);
    let now = report(&tally, &connectors(Span::Last(7)));
    let (period, before) = now.before.expect("40 days of data");
    let earlier = report(&tally, &connectors(Span::Days(period.first, period.last)));
    assert_eq!(before, earlier.counts);
    let counts = told(&truth, &earlier).map(|(_, messages)| messages).sum::<u64>();
    assert_eq!(before.volume(), counts);
    let (this, that) = now
        .compared
        .iter()
        .fold((0, 0), |(now, before), of| (now + of.now.volume(), before + of.before.volume()));
    assert_eq!((this, that), (now.counts.volume(), before.volume()));
    // All of the data has nothing before it.
    assert_eq!(report(&tally, &connectors(Span::All)).before, None);
}

#[test]
fn one_connector_is_a_part_of_all() {
    let (tally, truth) = made(1);
    let all = report(&tally, &connectors(Span::Last(30)));
    let mut sum = 0;
    for (only, messages) in &all.choices {
        let one = report(&tally, &Query { only: only.clone(), ..connectors(Span::Last(30)) });
        assert_eq!(one.counts.volume(), *messages);
        assert_eq!(one.choices, all.choices);
        assert_eq!(one.series.len(), 1);
        let Only::Connector(direction, name) = only else { panic!("{only:?}") };
        let counted: u64 = told(&truth, &one)
            .filter(|(cell, _)| cell.direction == *direction && cell.connector == name.as_deref())
            .map(|(_, messages)| messages)
            .sum();
        assert_eq!(counted, *messages);
        sum += messages;
        let subject = Subject::Connector(*direction, name.clone());
        let details = details(&tally, NOW, Span::Last(30), &subject);
        assert_eq!(details.counts, one.counts);
        let days: u64 = details.days.iter().flatten().map(TlsCounts::volume).sum();
        assert_eq!(days, *messages);
        let peers: u64 = details.peers.iter().map(|peer| peer.counts.volume()).sum();
        assert!(details.peers.is_empty() || peers == *messages);
    }
    assert_eq!(sum, all.counts.volume());
    let volumes: Vec<_> = all.choices.iter().map(|(_, messages)| *messages).collect();
    assert!(volumes.is_sorted_by(|a, b| a >= b));
}

#[test]
fn the_sender_report_is_the_truth() {
    for seed in [1, 2, 3] {
        let (tally, truth) = made(seed);
        let answer = ask(&tally, &senders(Span::All));
        let mut expected: BTreeMap<&str, TlsCounts> = BTreeMap::new();
        for (sender, messages) in &truth.counts.senders {
            expected.entry(sender.address).or_default().add(sender.tls, *messages);
        }
        let Rows::Senders(rows) = rows(&tally, &answer) else { panic!("senders") };
        let found: BTreeMap<&str, TlsCounts> =
            rows.iter().map(|row| (row.address.as_str(), row.counts)).collect();
        assert_eq!(found, expected);
        assert_eq!(answer.report.all_senders, expected.len() as u64);
        let used = |state| expected.values().filter(|counts| counts.get(state) > 0).count() as u64;
        assert_eq!(answer.report.senders, TlsState::ALL.map(used));
        let domains: BTreeSet<_> = truth.counts.senders.keys().map(|s| s.domain).collect();
        assert_eq!(answer.report.choices.len(), domains.len());
        for row in &rows {
            let subject = Subject::Sender(row.address.clone(), row.domain.clone());
            let details = details(&tally, NOW, Span::All, &subject);
            assert_eq!(details.counts, row.counts);
            let methods: u64 = details.methods.iter().map(|(_, messages)| messages).sum();
            assert_eq!(methods, row.counts.volume());
        }
    }
}

#[test]
fn every_column_sorts_both_ways_and_keeps_every_row() {
    let (tally, _) = made(1);
    let of = |report| Query { report, ..connectors(Span::Last(30)) };
    for query in [
        connectors(Span::All),
        Query { by: By::Tls, ..senders(Span::Last(30)) },
        of(ReportKind::Domains),
        of(ReportKind::DirectSend),
    ] {
        let all = report(&tally, &query).rows;
        for column in report(&tally, &query).columns() {
            let sorted = |descending| {
                let sort = Sort { column: Some(column), descending };
                let answer = ask(&tally, &Query { sort, ..query.clone() });
                let at = answer.report.columns().iter().position(|c| *c == column).expect("it");
                answer.values(&tally).map(|mut row| row.swap_remove(at)).collect::<Vec<_>>()
            };
            let (up, down) = (sorted(false), sorted(true));
            assert_eq!(up.len() as u64, all);
            let values =
                |rows: &[_]| rows.iter().map(|v| format!("{v:?}")).collect::<BTreeSet<_>>();
            assert_eq!(values(&up), values(&down));
            assert_eq!(up.first(), down.last(), "{column:?}");
        }
    }
}

#[test]
fn a_search_finds_names_without_regard_to_case() {
    let (tally, _) = made(1);
    let query = Query { search: " SCANNER@ ".to_owned(), ..senders(Span::All) };
    let answer = ask(&tally, &query);
    let Rows::Senders(found) = rows(&tally, &answer) else { panic!("senders") };
    assert!(!found.is_empty() && found.iter().all(|row| row.address.contains("scanner@")));
    // The search is of the table; the chart and its figures stay.
    let all = report(&tally, &senders(Span::All));
    assert_eq!(answer.report.counts, all.counts);
    assert_eq!(answer.report.rows_all, all.rows);
    let query = Query { search: "fabrikam".to_owned(), ..connectors(Span::All) };
    let answer = ask(&tally, &query);
    let Rows::Connectors(found) = rows(&tally, &answer) else { panic!("connectors") };
    let named = |name: &Option<String>| name.as_ref().is_some_and(|name| name.contains("Fabrikam"));
    assert!(!found.is_empty() && found.iter().all(|row| named(&row.connector)));
}

/// A `ConnectorReport` with a row for each message.
fn connector_report(rows: &[(&str, &str, &str, &str, &str)]) -> Tally {
    let mut text =
        "Date,Direction,Connector name,Connector type,TLS version,Message ID\n".to_owned();
    for (index, (time, direction, connector, kind, tls)) in rows.iter().enumerate() {
        writeln!(text, "{time},{direction},{connector},{kind},{tls},<{index}@a.example>")
            .expect("memory");
    }
    read(&[("ConnectorReport.csv", text)]).0
}

#[test]
fn insights_speak_above_their_threshold() {
    let row = |connector, kind, tls| ("2026-09-03T10:00:00Z", "Inbound", connector, kind, tls);
    let mut rows = vec![row("Old partner", "Partner", "TLS1_0"); 3];
    rows.extend([row("Old partner", "Partner", "TLS1_2"); 2]);
    rows.extend([row("Even", "Partner", "TLS1_0"), row("Even", "Partner", "TLS1_2")]);
    rows.extend([row("Own", "OnPremises", "TLS1_0")]);
    rows.extend([row("Open", "Partner", "No TLS"), row("Open", "Partner", "TLS1_3")]);
    let tally = connector_report(&rows);
    let found = |thresholds| {
        let query = Query { thresholds, ..connectors(Span::All) };
        let insights = report(&tally, &query).insights;
        let name = |insight: mailflow::report::Insight| {
            (insight.kind, insight.connector.unwrap_or_default(), insight.messages)
        };
        insights.into_iter().map(name).collect::<Vec<_>>()
    };
    // Exactly half is not above half.
    assert_eq!(
        found(Thresholds::default()),
        [
            // What matters most comes first.
            (InsightKind::NoTls, "Open".to_owned(), 1),
            (InsightKind::PartnerTls10, "Old partner".to_owned(), 3),
            (InsightKind::OnPremisesTls10, "Own".to_owned(), 1),
        ]
    );
    assert_eq!(found(Thresholds { tls_1_0: 100, no_tls: 50, ..Thresholds::default() }), []);
    assert_eq!(found(Thresholds { tls_1_0: 49, no_tls: 100, ..Thresholds::default() }).len(), 3);
}

#[test]
fn a_day_that_no_file_covers_is_no_data() {
    let one = |time| (time, "Inbound", "A", "Partner", "TLS1_2");
    let first = connector_report(&[one("2026-09-01T10:00:00Z"), one("2026-09-02T10:00:00Z")]);
    let query = connectors(Span::Days(Day::parse("2026-08-31").expect("a day"), Day(20_699)));
    let report = report(&first, &query);
    assert_eq!(Day(20_699).to_string(), "2026-09-03");
    assert_eq!(report.series[0].days, [None, Some(1), Some(1), None]);
    assert_eq!(report.period.map(|period| period.covered), Some(2));
}

#[test]
fn questions_that_make_no_sense_have_an_answer() {
    let (tally, _) = made(1);
    let backwards = connectors(Span::Days(Day(20_700), Day(20_600)));
    assert_eq!(report(&tally, &backwards).period, None);
    assert!(report(&tally, &backwards).reach.is_some());
    let nobody = Query { only: Only::Domain("nobody.example".to_owned()), ..senders(Span::All) };
    assert_eq!(report(&tally, &nobody).counts.volume(), 0);
    let nothing = Only::Connector(Direction::Inbound, Some("No such".to_owned()));
    let nothing = Query { only: nothing, ..connectors(Span::All) };
    assert_eq!(report(&tally, &nothing).rows, 0);
    let empty = Tally::default();
    assert_eq!(report(&empty, &connectors(Span::All)).reach, None);
    assert_eq!(report(&empty, &senders(Span::Last(0))).rows, 0);
    assert_eq!(report(&tally, &connectors(Span::Last(400))).series[0].days.len(), 400);
    // Addresses are made up: as many days as there ever were do not fill the memory.
    let ages = report(&tally, &connectors(Span::Days(Day(-700_000), Day(2_900_000))));
    assert!(ages.series.iter().all(|series| series.days.len() < 20_000));
}

#[test]
fn many_connectors_are_twelve_and_others() {
    let names: Vec<String> = (0..30).map(|index| format!("Connector {index:02}")).collect();
    let rows: Vec<_> = names
        .iter()
        .map(|name| ("2026-09-03T10:00:00Z", "Outbound", name.as_str(), "Partner", "TLS1_2"))
        .collect();
    let report = report(&connector_report(&rows), &connectors(Span::All));
    assert_eq!(report.series.len(), NAMED_SERIES + 1);
    assert_eq!(report.others, 30 - 12);
    assert_eq!(
        report.series.last().map(|s| (s.of.clone(), s.days.clone())),
        Some((None, vec![Some(18)]))
    );
    assert_eq!(report.choices.len(), 30);
}

#[test]
fn the_exported_table_is_the_table() {
    let (tally, _) = made(2);
    let sort = Sort { column: Some(Column::Volume), descending: true };
    let query =
        Query { by: By::Tls, search: "contoso".to_owned(), sort, ..senders(Span::Last(30)) };
    let answer = ask(&tally, &query);
    let csv = table_csv(&tally, &answer);
    let text = csv.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let read: Vec<Vec<String>> = reader
        .records()
        .map(|record| record.expect("a record").iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(read.len() as u64, answer.report.rows);
    let Rows::Senders(rows) = rows(&tally, &answer) else { panic!("senders") };
    for (read, row) in read.iter().zip(&rows) {
        assert_eq!(read[0], row.address);
        let share = words().share(row.counts.get(TlsState::V1_2), row.counts.recorded());
        assert!(read.contains(&share));
    }
    assert_eq!(table_tsv(&tally, &answer).lines().count(), read.len() + 1);
}

#[test]
fn the_detailed_report_holds_every_message() {
    let (tally, _) = made(1);
    let query = |report, tls| DetailedQuery {
        report,
        span: Span::All,
        direction: None,
        connector_type: None,
        tls,
    };
    for kind in ReportKind::ALL {
        let asked = Query { report: kind, ..connectors(Span::All) };
        let counts = report(&tally, &asked).counts;
        let words = (words(), DetailedWords::default());
        let all = detailed(&tally, NOW, &query(kind, None), &words.0, &words.1);
        assert_eq!(all.counts, counts);
        let lines = all.rows.len();
        assert_eq!(detailed_csv(all).lines().count(), lines + 1);
        let old = query(kind, Some(TlsState::V1_0));
        let old = detailed(&tally, NOW, &old, &words.0, &words.1);
        assert_eq!(old.counts, TlsCounts::of(TlsState::V1_0, counts.get(TlsState::V1_0)));
    }
}

fn any_query() -> impl Strategy<Value = Query> {
    let spans = prop_oneof![
        (0_u32..500).prop_map(Span::Last),
        Just(Span::All),
        (20_600_i32..20_800, 20_600_i32..20_800).prop_map(|(a, b)| Span::Days(Day(a), Day(b))),
    ];
    let only = prop_oneof![
        Just(Only::All),
        Just(Only::Connector(Direction::Inbound, None)),
        "[a-z]{0,8}".prop_map(|name| Only::Connector(Direction::Outbound, Some(name))),
        "[a-z.]{0,8}".prop_map(Only::Domain),
        Just(Only::Direction(Direction::Outbound)),
        proptest::option::of("fabrikam.example|[a-z]{0,8}").prop_map(Only::Peer),
    ];
    let columns = prop_oneof![Just(Column::Name), Just(Column::Change), Just(Column::Forced)];
    (0..ReportKind::ALL.len(), spans, only, "[a-z가]{0,3}", columns, any::<bool>()).prop_map(
        |(report, span, only, search, column, descending)| Query {
            report: ReportKind::ALL[report],
            span,
            only,
            search,
            sort: Sort { column: Some(column), descending },
            ..Query::default()
        },
    )
}

proptest! {
    #[test]
    fn any_question_has_an_answer_that_adds_up(query in any_query()) {
        static MADE: LazyLock<Tally> = LazyLock::new(|| made(5).0);
        let answer = ask(&MADE, &query);
        let report = &answer.report;
        let drawn: u64 = report.series.iter().flat_map(|s| &s.days).flatten().sum();
        prop_assert_eq!(drawn, report.counts.volume());
        prop_assert_eq!(answer.values(&MADE).count() as u64, report.rows);
        prop_assert!(report.rows <= report.rows_all);
        if query.search.is_empty() {
            prop_assert_eq!(report.rows, report.rows_all);
        }
    }
}
