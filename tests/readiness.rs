//! "Readiness" answers what a slow and plain count over the generator's own
//! truth gives, what was counted by hand, and adds up in itself.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use common::{NOW, read};
use mailflow::export::{readiness_csv, readiness_tsv};
use mailflow::mail::{AuthMethod, Day, Direction, TlsState};
use mailflow::report::{
    Clause, Done, Field, Filter, Ground, Ignored, Join, Outcome, POLICY_DATES, Part, Policy,
    ReadinessAnswer, ReadinessColumn, ReadinessQuery, ReadinessRow, ReadinessSort, ReadinessWords,
    Source, Span, Thing, ThingKind, TlsCounts, Verb, dashboard, readiness,
};
use mailflow::sample::{SampleOptions, Truth, sample};
use mailflow::tally::Tally;
use mailflow::text::Language;
use proptest::prelude::*;

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

fn ask(tally: &Tally, query: &ReadinessQuery) -> ReadinessAnswer {
    readiness(tally, NOW, query, &Done::default(), &mut Ground::default())
}

fn of(policy: Policy, span: Span) -> ReadinessQuery {
    ReadinessQuery { policy, span, ..ReadinessQuery::default() }
}

fn all_rows(tally: &Tally, answer: &ReadinessAnswer) -> Vec<ReadinessRow> {
    answer.rows(tally, 0, usize::MAX)
}

/// Refused, passes, cannot be told.
fn figures(outcome: &Outcome) -> [u64; 3] {
    [outcome.refused.0, outcome.passes.0, outcome.untold.0]
}

/// The rules once more, as a person would write them down: 0 is refused, 1
/// passes, 2 cannot be told.
fn verdict(policy: Policy, tls: TlsState, method: AuthMethod) -> usize {
    use TlsState::{NoTls, NotRecorded, Older, V1_0, V1_1, VersionNotStated};
    match policy {
        Policy::OldTls if matches!(tls, Older | V1_0 | V1_1) => 0,
        Policy::OldTls if matches!(tls, VersionNotStated | NotRecorded) => 2,
        Policy::NoTls | Policy::ForcedTls if tls == NoTls => 0,
        Policy::NoTls | Policy::ForcedTls if tls == NotRecorded => 2,
        Policy::BasicAuth if method == AuthMethod::Basic => 0,
        Policy::BasicAuth if method == AuthMethod::Unknown => 2,
        Policy::SmtpAuth => 0,
        _ => 1,
    }
}

#[test]
fn every_policy_is_a_plain_count_of_the_truth() {
    for seed in [1, 2, 3] {
        let (tally, truth) = made(seed);
        let mut ground = Ground::default();
        for policy in Policy::ALL {
            let mut expected = [0; 3];
            if policy != Policy::ForcedTls {
                for (sender, messages) in &truth.counts.senders {
                    expected[verdict(policy, sender.tls, sender.method)] += messages;
                }
            }
            let border = |direction| matches!(direction, Direction::Inbound | Direction::Outbound);
            for (cell, messages) in &truth.counts.cells {
                let about = match policy {
                    Policy::OldTls | Policy::NoTls => border(cell.direction),
                    Policy::ForcedTls => border(cell.direction) && cell.connector.is_some(),
                    Policy::BasicAuth | Policy::SmtpAuth => false,
                };
                if about {
                    expected[verdict(policy, cell.tls, AuthMethod::Unknown)] += messages;
                }
            }
            let query = of(policy, Span::All);
            let answer = readiness(&tally, NOW, &query, &Done::default(), &mut ground);
            assert_eq!(figures(&answer.readiness.outcome), expected, "{policy:?}, seed {seed}");
            assert!(expected.iter().sum::<u64>() > 0, "{policy:?} is about nothing");
        }
    }
}

#[test]
fn one_connector_is_a_plain_count_of_the_truth() {
    let (tally, truth) = made(1);
    let all = ask(&tally, &of(Policy::ForcedTls, Span::Last(30))).readiness;
    let period = all.period.expect("a period");
    assert!(all.connectors.len() > 3);
    let mut sum = 0;
    for (direction, name) in all.connectors {
        let mut expected = [0; 3];
        for (cell, messages) in &truth.counts.cells {
            let is = cell.direction == direction && cell.connector == Some(&name);
            if is && period.holds(cell.day) {
                expected[verdict(Policy::ForcedTls, cell.tls, AuthMethod::Unknown)] += messages;
            }
        }
        let query = ReadinessQuery {
            connector: Some((direction, name)),
            ..of(Policy::ForcedTls, Span::Last(30))
        };
        let answer = ask(&tally, &query);
        assert_eq!(figures(&answer.readiness.outcome), expected);
        adds_up(&tally, &answer);
        sum += answer.readiness.outcome.all();
    }
    assert_eq!(sum, all.outcome.all());
}

/// What must hold of every answer that no search narrows.
fn adds_up(tally: &Tally, answer: &ReadinessAnswer) {
    let of = &answer.readiness;
    let rows = all_rows(tally, answer);
    assert_eq!(rows.len() as u64, of.rows);
    let sum = |pick: fn(&ReadinessRow) -> u64| rows.iter().map(pick).sum::<u64>();
    assert_eq!(sum(|row| row.outcome.refused.0), of.outcome.refused.0);
    assert_eq!(rows.iter().filter(|row| row.outcome.refused.0 > 0).count() as u64, of.to_fix);
    let kinds = of.kinds.iter().map(|(_, outcome)| figures(outcome));
    let kinds = kinds.fold([0; 3], |sum, of| std::array::from_fn(|index| sum[index] + of[index]));
    assert_eq!(kinds, figures(&of.outcome));
    if of.query.untold {
        assert_eq!(sum(|row| row.outcome.untold.0), of.outcome.untold.0);
    }
    let days = |series: &[Option<u64>]| series.iter().flatten().sum::<u64>();
    assert!(days(&of.refused) + of.remarks.undated >= of.outcome.refused.0);
    if of.remarks.undated == 0 {
        assert_eq!(days(&of.refused), of.outcome.refused.0);
        assert_eq!(days(&of.untold), of.outcome.untold.0);
    }
    for row in &rows {
        assert_eq!(row.counts.volume(), row.outcome.all());
        assert_eq!(row.seen.is_some(), row.outcome.refused.0 > 0);
        if row.thing.kind() == ThingKind::Client {
            assert_eq!(row.methods.iter().map(|of| of.1).sum::<u64>(), row.outcome.all());
        }
    }
    let things: BTreeSet<&Thing> = rows.iter().map(|row| &row.thing).collect();
    assert_eq!(things.len(), rows.len(), "a thing is one row");
}

fn any_query() -> impl Strategy<Value = ReadinessQuery> {
    let spans = prop_oneof![
        (0_u32..60).prop_map(Span::Last),
        Just(Span::All),
        (20_730_i32..20_790, 20_730_i32..20_790).prop_map(|(a, b)| Span::Days(Day(a), Day(b))),
    ];
    let connectors = prop_oneof![
        Just(None),
        Just(Some((Direction::Inbound, "Litware fax relay".to_owned()))),
        "[a-z:\"é가]{0,4}".prop_map(|name| Some((Direction::Outbound, name))),
    ];
    let sort = (0..ReadinessColumn::ALL.len(), any::<bool>());
    (0..Policy::ALL.len(), spans, connectors, any::<bool>(), sort).prop_map(
        |(policy, span, connector, untold, (column, descending))| ReadinessQuery {
            policy: Policy::ALL[policy],
            span,
            connector,
            untold,
            sort: ReadinessSort { column: Some(ReadinessColumn::ALL[column]), descending },
            ..ReadinessQuery::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_question_has_an_answer_that_adds_up(query in any_query()) {
        static MADE: LazyLock<Tally> = LazyLock::new(|| made(5).0);
        let answer = ask(&MADE, &query);
        adds_up(&MADE, &answer);
        // What was gathered for one question answers any other.
        let mut ground = Ground::default();
        readiness(&MADE, NOW, &of(Policy::NoTls, Span::Last(3)), &Done::default(), &mut ground);
        let again = readiness(&MADE, NOW, &query, &Done::default(), &mut ground);
        prop_assert_eq!(&again.readiness, &answer.readiness);
        prop_assert_eq!(all_rows(&MADE, &again), all_rows(&MADE, &answer));
    }
}

const AUTH: &str = "date,sender address,client ip,tls version,authentication protocol,message id\n";
const FLOW: &str = "date,direction,connector,connector type,tls version,forced tls,sender address,recipient address,message id\n";

/// A table whose rows each have an id of their own.
fn table(head: &str, rows: &[&str]) -> String {
    let mut text = head.to_owned();
    for (index, row) in rows.iter().enumerate() {
        writeln!(text, "{row},<{index}.{}@a.example>", head.len()).expect("memory");
    }
    text
}

/// Three accounts, two of them behind one address.
fn clients() -> String {
    table(
        AUTH,
        &[
            "2026-09-08T09:00:00Z,scanner@office.example,192.0.2.7,TLS1_0,Basic",
            "2026-09-09T09:00:00Z,scanner@office.example,192.0.2.7,TLS1_0,Basic",
            "2026-09-10T09:00:00Z,scanner@office.example,192.0.2.7,TLS1_2,Basic",
            "2026-09-10T09:00:00Z,printer@office.example,192.0.2.7,TLS1_1,Basic",
            "2026-09-10T09:00:00Z,app@shop.example,198.51.100.1,TLS1_3,Modern",
            "2026-09-10T10:00:00Z,app@shop.example,198.51.100.1,,",
        ],
    )
}

fn flow() -> String {
    table(
        FLOW,
        &[
            "2026-09-09T08:00:00Z,Inbound,Old partner,Partner,TLS1_0,False,a@x.example,r@office.example",
            "2026-09-10T08:00:00Z,Inbound,Old partner,Partner,TLS1_2,False,a@x.example,r@office.example",
            "2026-09-10T08:00:00Z,Inbound,Old partner,Partner,No TLS,False,a@x.example,r@office.example",
            "2026-09-10T08:00:00Z,Inbound,,NoConnector,No TLS,,a@y.example,r@office.example",
            "2026-09-10T08:00:00Z,Outbound,,NoConnector,,,r@office.example,b@z.example",
        ],
    )
}

/// Each row in a line: kind, name, client or host, refused, cannot be told, all.
fn lines(tally: &Tally, query: &ReadinessQuery) -> Vec<String> {
    let line = |row: &ReadinessRow| {
        let at = match &row.thing {
            Thing::Client { client, .. } => client.clone(),
            _ => None,
        };
        let [refused, _, untold] = figures(&row.outcome);
        let kind = row.thing.kind();
        let (name, at, all) = (row.thing.name(), at.unwrap_or_default(), row.outcome.all());
        format!("{kind:?} {name} {at} {refused} {untold} {all}")
    };
    all_rows(tally, &ask(tally, query)).iter().map(line).collect()
}

#[test]
fn the_work_list_names_what_to_fix() {
    let (tally, _) = read(&[("SmtpCSReport.csv", clients()), ("ConnectorReport.csv", flow())]);
    assert_eq!(
        lines(&tally, &of(Policy::OldTls, Span::Last(7))),
        [
            "Client scanner@office.example 192.0.2.7 2 0 3",
            "ConnectorIn Old partner  1 0 3",
            "Client printer@office.example 192.0.2.7 1 0 1",
        ]
    );
    let mut no_tls = lines(&tally, &of(Policy::NoTls, Span::Last(7)));
    assert!(no_tls.pop().is_some_and(|row| row.starts_with("PartnerIn ")));
    assert_eq!(no_tls, ["ConnectorIn Old partner  1 0 3"]);
    assert_eq!(
        lines(&tally, &of(Policy::BasicAuth, Span::Last(7))),
        [
            "Client scanner@office.example 192.0.2.7 3 0 3",
            "Client printer@office.example 192.0.2.7 1 0 1",
        ]
    );
    let smtp_auth = lines(&tally, &of(Policy::SmtpAuth, Span::Last(7)));
    assert_eq!(smtp_auth.len(), 3);
    assert!(smtp_auth.contains(&"Client app@shop.example 198.51.100.1 2 0 2".to_owned()));
    // What nothing can be told of is listed when asked for, and never as safe.
    let untold = ReadinessQuery { untold: true, ..of(Policy::BasicAuth, Span::Last(7)) };
    assert_eq!(lines(&tally, &untold)[2], "Client app@shop.example 198.51.100.1 0 1 2");
    let outcome = ask(&tally, &untold).readiness.outcome;
    assert_eq!(figures(&outcome), [4, 1, 1]);
    assert_eq!(outcome.share().map(|share| (share.part, share.whole)), Some((4, 5)));
}

#[test]
fn a_row_tells_all_that_helps() {
    let (tally, _) = read(&[("SmtpCSReport.csv", clients())]);
    let answer = ask(&tally, &of(Policy::OldTls, Span::Last(7)));
    let row = &all_rows(&tally, &answer)[0];
    let day = |text| Day::parse(text).expect("a day");
    // TLS 1.2 of the 10th is not refused.
    assert_eq!(row.seen, Some((day("2026-09-08"), day("2026-09-09"))));
    let mut counts = TlsCounts::of(TlsState::V1_0, 2);
    counts.add(TlsState::V1_2, 1);
    assert_eq!(row.counts, counts);
    assert_eq!(row.methods, [(AuthMethod::Basic, 3)]);
    assert_eq!(row.others.list, [("printer@office.example".to_owned(), 1)]);
    let of = &answer.readiness;
    assert_eq!(of.refused, [None, None, None, None, Some(1), Some(1), Some(1)]);
    assert_eq!(of.untold, [None, None, None, None, Some(0), Some(0), Some(1)]);
    assert_eq!((of.clients, of.flow), (Source::Covers(3), Source::Missing));
}

#[test]
fn one_connector_lists_who_is_behind_it() {
    let (tally, _) = read(&[("ConnectorReport.csv", flow())]);
    let connector = Some((Direction::Inbound, "Old partner".to_owned()));
    let query = ReadinessQuery { connector, ..of(Policy::ForcedTls, Span::Last(7)) };
    let answer = ask(&tally, &query);
    assert_eq!(figures(&answer.readiness.outcome), [1, 2, 0]);
    adds_up(&tally, &answer);
    let connector = Some((Direction::Outbound, "Old partner".to_owned()));
    let other = ReadinessQuery { connector, ..query };
    assert_eq!(ask(&tally, &other).readiness.outcome, Outcome::default());
}

#[test]
fn what_is_done_is_counted_left_out_and_exported() {
    let (tally, _) = read(&[("SmtpCSReport.csv", clients()), ("ConnectorReport.csv", flow())]);
    let query = of(Policy::OldTls, Span::Last(7));
    let mut done = Done::default();
    let rows = all_rows(&tally, &ask(&tally, &query));
    done.set(rows[0].thing.clone(), true);
    // It is of no file at hand, and disturbs nothing.
    let gone = Thing::Connector { direction: Direction::Inbound, name: "gone".to_owned() };
    done.set(gone.clone(), true);
    let mut ground = Ground::default();
    let answer = readiness(&tally, NOW, &query, &done, &mut ground);
    assert_eq!((answer.readiness.to_fix, answer.readiness.done), (3, 1));
    // The same thing is done under another policy.
    let basic = readiness(&tally, NOW, &of(Policy::BasicAuth, Span::All), &done, &mut ground);
    assert_eq!(basic.readiness.done, 1);
    let hidden = ReadinessQuery { hide_done: true, ..query.clone() };
    let hidden = readiness(&tally, NOW, &hidden, &done, &mut ground);
    assert_eq!((hidden.readiness.rows, hidden.readiness.rows_all), (2, 3));

    let t = Language::English.texts();
    let words = ReadinessWords {
        heads: (0..15).map(|index| format!("head {index}")).collect(),
        kinds: ThingKind::ALL.map(|kind| (t.readiness.kind)(kind).to_owned()).to_vec(),
        todos: ThingKind::ALL
            .map(|kind| (t.readiness.todo_of)(query.policy, kind).to_owned())
            .into(),
        states: TlsState::ALL.map(|state| state.code().to_owned()).to_vec(),
        methods: ["Basic", "Modern", "?"].map(str::to_owned).to_vec(),
        unnamed: "nobody".to_owned(),
        yes_no: ["Yes", "No"].map(str::to_owned),
    };
    let csv = readiness_csv(&tally, &answer, &words, &done);
    let text = csv.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let read: Vec<Vec<String>> = reader
        .records()
        .map(|record| record.expect("a record").iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(read.len(), 3);
    assert_eq!(
        read[0][..13],
        [
            "Yes",
            "SMTP AUTH client",
            "scanner@office.example",
            "192.0.2.7",
            "2",
            "0",
            "3",
            "2026-09-08",
            "2026-09-09",
            "1.0: 2; 1.2: 1",
            "",
            "Basic: 3",
            "printer@office.example: 1",
        ]
    );
    assert_eq!(read[0][13], (t.readiness.todo_of)(Policy::OldTls, ThingKind::Client));
    assert_eq!(read[1][0], "No");
    assert_eq!(readiness_tsv(&tally, &answer, &words, &done).lines().count(), 4);
    done.set(gone, false);
    done.set(rows[0].thing.clone(), false);
    assert_eq!(done, Done::default());
}

#[test]
fn a_search_finds_names_and_addresses() {
    let (tally, _) = read(&[("SmtpCSReport.csv", clients()), ("ConnectorReport.csv", flow())]);
    let found = |search: &str| {
        let search = search.to_owned();
        let query = ReadinessQuery { search, ..of(Policy::OldTls, Span::Last(7)) };
        let answer = ask(&tally, &query);
        // The figures are of everything all the same.
        assert_eq!(answer.readiness.to_fix, 3);
        lines(&tally, &query).len()
    };
    assert_eq!(found(" OLD part"), 1);
    assert_eq!(found("192.0.2.7"), 2);
    assert_eq!(found("printer@"), 1);
    assert_eq!(found("no such"), 0);
}

#[test]
fn an_account_that_the_source_leaves_out_goes_by_its_domain() {
    let rows = [
        "2026-09-10T09:00:00Z,,192.0.2.7,TLS1_0,Basic",
        "2026-09-10T09:00:00Z,\"a,b\"@odd.example,,TLS1_0,Basic",
    ];
    let (tally, _) = read(&[("SmtpCSReport.csv", table(AUTH, &rows))]);
    let answer = ask(&tally, &of(Policy::BasicAuth, Span::All));
    adds_up(&tally, &answer);
    let rows = all_rows(&tally, &answer);
    let mut done = Done::default();
    for row in &rows {
        done.set(row.thing.clone(), true);
    }
    // Each is found again by its name.
    let query = of(Policy::SmtpAuth, Span::All);
    let again = readiness(&tally, NOW, &query, &done, &mut Ground::default());
    assert_eq!(again.readiness.done, rows.len() as u64);
}

#[test]
fn every_thing_of_the_sample_is_found_again_by_its_name() {
    let (tally, _) = made(2);
    for policy in Policy::ALL {
        let query = ReadinessQuery { untold: true, ..of(policy, Span::All) };
        let rows = all_rows(&tally, &ask(&tally, &query));
        let mut done = Done::default();
        for row in &rows {
            done.set(row.thing.clone(), true);
        }
        let query = ReadinessQuery { hide_done: true, ..query };
        let answer = readiness(&tally, NOW, &query, &done, &mut Ground::default());
        assert_eq!(answer.readiness.rows, 0);
        assert_eq!(answer.readiness.done, answer.readiness.to_fix);
    }
}

#[test]
fn counts_of_no_known_day_are_in_the_figures_and_in_no_chart() {
    // An export of the portal counts by sender, for days that a person tells.
    let text = common::sample_text("smtp-auth-clients");
    let mapping = mailflow::account::Mapping {
        period: Some((Day(20_700), Day(20_706))),
        ..mailflow::account::Mapping::default()
    };
    let (tally, _) = common::read_with(&[("report.csv", text)], &mapping);
    assert!(!tally.blocks.is_empty(), "the sample has blocks");
    let answer = ask(&tally, &of(Policy::SmtpAuth, Span::Last(7)));
    let of = &answer.readiness;
    let blocks: u64 = tally.blocks.iter().map(|block| block.cell.messages).sum();
    assert_eq!(of.outcome.refused.0, blocks);
    assert_eq!(of.remarks.undated, blocks);
    assert_eq!(of.refused.iter().flatten().sum::<u64>(), 0);
    adds_up(&tally, &answer);
    let row = &all_rows(&tally, &answer)[0];
    assert_eq!(row.seen, Some((Day(20_700), Day(20_706))));
}

#[test]
fn the_card_is_what_the_view_says() {
    for seed in [1, 2] {
        let (tally, _) = made(seed);
        let card = dashboard(&tally, NOW).readiness.expect("a card");
        for line in card.lines {
            let of = ask(&tally, &of(line.policy, Span::Last(7))).readiness;
            assert_eq!((line.outcome, line.to_fix), (of.outcome, of.to_fix), "{:?}", line.policy);
            assert_eq!(line.period, of.period);
        }
    }
}

#[test]
fn the_card_tells_what_is_not_known_from_what_is_none() {
    assert_eq!(dashboard(&Tally::default(), NOW).readiness, None);
    // No mail flow.
    let (tally, _) = read(&[("SmtpCSReport.csv", clients())]);
    let card = dashboard(&tally, NOW).readiness.expect("a card");
    let line = |policy: Policy| card.lines[policy as usize];
    assert_eq!(line(Policy::ForcedTls).period, None);
    assert_eq!(figures(&line(Policy::BasicAuth).outcome), [4, 1, 1]);
    assert_eq!(line(Policy::BasicAuth).to_fix, 2);
    // Nothing is recorded: nothing is refused, and nothing is safe.
    let silent =
        table(FLOW, &["2026-09-10T08:00:00Z,Inbound,,NoConnector,,,a@y.example,r@o.example"]);
    let (tally, _) = read(&[("ConnectorReport.csv", silent)]);
    let card = dashboard(&tally, NOW).readiness.expect("a card");
    assert_eq!(figures(&card.lines[0].outcome), [0, 0, 1]);
    assert_eq!(card.lines[0].outcome.share(), None);
    assert_eq!(card.lines[Policy::SmtpAuth as usize].period, None);
}

#[test]
fn questions_that_make_no_sense_have_an_answer() {
    let (tally, _) = made(1);
    let backwards = of(Policy::OldTls, Span::Days(Day(20_700), Day(20_600)));
    assert_eq!(ask(&tally, &backwards).readiness.period, None);
    for policy in Policy::ALL {
        let nothing = ask(&Tally::default(), &of(policy, Span::All));
        assert_eq!(nothing.readiness.reach, None);
        assert!(nothing.rows(&Tally::default(), 5, 5).is_empty());
        let ages = of(policy, Span::Days(Day(-700_000), Day(2_900_000)));
        assert!(ask(&tally, &ages).readiness.refused.len() < 20_000);
    }
}

#[test]
fn every_known_date_says_who_says_so() {
    for date in POLICY_DATES {
        assert!(date.source.starts_with("https://") && !date.publisher.is_empty());
        for &language in Language::ALL {
            let t = &language.texts().readiness;
            let (year, month) = date.as_of;
            assert!((t.as_of)(date.publisher, year, month).contains("2026"));
            assert!((t.when)(date.when).contains("202"));
        }
    }
}

/// A question about the messages that pass one clause.
fn filtered(policy: Policy, field: Field, verb: Verb, value: &str) -> ReadinessQuery {
    let clause = Clause::new(field, verb, value, "").expect("a clause");
    let filter = Filter::new(Join::All, vec![Part::Clause(clause)]);
    ReadinessQuery { filter, ..of(policy, Span::All) }
}

#[test]
fn a_filter_is_of_clients_and_of_mail_flow() {
    let (tally, truth) = made(1);
    let mut basic = [0; 3];
    for (sender, messages) in &truth.counts.senders {
        if sender.method == AuthMethod::Basic {
            basic[verdict(Policy::OldTls, sender.tls, sender.method)] += messages;
        }
    }
    let query = filtered(Policy::OldTls, Field::Method, Verb::Is, "basic");
    let answer = ask(&tally, &query);
    // Mail flow has no way of signing in, so none of it passes.
    assert_eq!(figures(&answer.readiness.outcome), basic);
    assert!(basic[0] > 0 && answer.readiness.ignored.is_empty());
    adds_up(&tally, &answer);
}

#[test]
fn what_is_and_what_is_not_are_all_there_is() {
    let (tally, _) = made(2);
    let all = figures(&ask(&tally, &of(Policy::OldTls, Span::All)).readiness.outcome);
    let mut ground = Ground::default();
    let mut figures_of = |field, verb, value: &str| {
        let query = filtered(Policy::OldTls, field, verb, value);
        let answer = readiness(&tally, NOW, &query, &Done::default(), &mut ground);
        assert!(answer.readiness.ignored.is_empty(), "{field:?}");
        figures(&answer.readiness.outcome)
    };
    for (field, value) in [
        (Field::Method, "basic"),
        (Field::Direction, "submission"),
        (Field::Direction, "inbound"),
        (Field::ConnectorType, "Partner"),
        (Field::ForcedTls, "true"),
        (Field::Account, "fax@contoso.example"),
        (Field::RemoteDomain, "wingtip.test"),
        (Field::Tls, "1.0"),
    ] {
        let (is, is_not) =
            (figures_of(field, Verb::Is, value), figures_of(field, Verb::IsNot, value));
        let both: [u64; 3] = std::array::from_fn(|index| is[index] + is_not[index]);
        assert_eq!(both, all, "{field:?} {value}");
        assert!(is.iter().sum::<u64>() > 0, "nothing is {field:?} {value}");
    }
}

#[test]
fn a_filter_on_what_no_file_tells_is_said_to_be_left_out() {
    let tally = read(&[("clients.csv", clients())]).0;
    let all = figures(&ask(&tally, &of(Policy::OldTls, Span::All)).readiness.outcome);
    let query = filtered(Policy::OldTls, Field::RemoteHost, Verb::Is, "mx.example");
    let answer = ask(&tally, &query).readiness;
    assert_eq!(figures(&answer.outcome), all);
    assert_eq!(answer.ignored, [(Field::RemoteHost, Ignored::NotInData)]);
}
