//! Filters (RP-08): a compiled filter lets pass what a slow and plain reading
//! of its clauses lets pass, and reports are of what passes.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::fmt::Write as _;
use std::sync::LazyLock;

use common::{read, read_with};
use mailflow::account::Mapping;
use mailflow::mail::{AuthMethod, ConnectorType, Day, Direction, TlsState};
use mailflow::report::{
    Clause, Fault, Field, FieldKind, Filter, Ignored, Join, MOST_CLAUSES, Part, Query, Report,
    ReportKind, Span, TlsCounts, Verb, Words, answer, known_values,
};
use mailflow::sample::{SampleOptions, sample};
use mailflow::tally::{FlowCell, SubmissionCell, Tally, Text};
use mailflow::text::Language;
use proptest::prelude::*;
use proptest::sample::select;

const NOW: u32 = 1_795_000_000;
const TYPES: [ConnectorType; 4] = [
    ConnectorType::OnPremises,
    ConnectorType::Partner,
    ConnectorType::NoConnector,
    ConnectorType::Unknown,
];

/// The sample.
static TALLY: LazyLock<Tally> = LazyLock::new(|| {
    let options = SampleOptions {
        days: 20,
        extended_days: 10,
        messages_per_day: 30,
        ..SampleOptions::page(Day::of_seconds(NOW).plus(-1))
    };
    let files: Vec<_> = sample(&options).files.into_iter().map(|f| (f.name, f.bytes)).collect();
    read(&files).0
});

fn report_of(tally: &Tally, query: &Query) -> Report {
    answer(tally, NOW, query, Words::default()).report
}

fn query(kind: ReportKind, span: Span, filter: &Filter) -> Query {
    Query { report: kind, span, filter: filter.clone(), ..Query::default() }
}

fn clause(field: Field, verb: Verb, value: &str) -> Clause {
    Clause::new(field, verb, value, "").expect("a clause")
}

fn all(clauses: &[Clause]) -> Filter {
    Filter::new(Join::All, clauses.iter().cloned().map(Part::Clause).collect())
}

/// What a cell has in a field, in the words of clauses.
#[derive(Clone, Debug)]
struct Told {
    text: Option<String>,
    day: Day,
    /// The row's messages in the period and the one before.
    row: (TlsCounts, TlsCounts),
}

fn holds(clause: &Clause, told: &Told) -> bool {
    let (value, to) = (clause.value(), clause.to());
    let text = told.text.as_deref().unwrap_or_default();
    let small = text.to_lowercase();
    match clause.field().kind() {
        FieldKind::Day => {
            let (value, to) = (Day::parse(value), Day::parse(to));
            let day = Some(told.day);
            match clause.verb() {
                Verb::Is => day == value,
                Verb::LessThan => day < value,
                Verb::MoreThan => day > value,
                _ => value <= day && day <= to,
            }
        }
        FieldKind::Text | FieldKind::Choice => {
            let same = if clause.field() == Field::Connector {
                text == value
            } else {
                small == value.to_lowercase()
            };
            match clause.verb() {
                Verb::Is => same,
                Verb::IsNot => !same,
                Verb::Contains => small.contains(&value.to_lowercase()),
                Verb::StartsWith => small.starts_with(&value.to_lowercase()),
                _ => small.ends_with(&value.to_lowercase()),
            }
        }
        _ => number_holds(clause, &told.row),
    }
}

#[allow(clippy::cast_precision_loss, reason = "small numbers")]
fn number_holds(clause: &Clause, (now, before): &(TlsCounts, TlsCounts)) -> bool {
    let number = match clause.field() {
        Field::Volume => now.volume() as f64,
        Field::Change => now.volume() as f64 - before.volume() as f64,
        Field::Count(state) => now.get(state) as f64,
        Field::Share(_) if now.recorded() == 0 => return false,
        Field::Share(state) => now.get(state) as f64 * 100.0 / now.recorded() as f64,
        _ => panic!("no number"),
    };
    let parse = |text: &str| text.parse::<f64>().unwrap_or_default();
    let (value, to) = (parse(clause.value()), parse(clause.to()));
    match clause.verb() {
        Verb::MoreThan => number > value,
        Verb::LessThan => number < value,
        Verb::Between => value <= number && number <= to,
        _ => (number - value).abs() < 1e-9,
    }
}

/// What a filter says of a cell of which `told` tells, leaving out what is not
/// applied.
fn passes(filter: &Filter, ignored: &[(Field, Ignored)], told: &dyn Fn(Field) -> Told) -> bool {
    let applied = |clause: &&Clause| ignored.iter().all(|(field, _)| *field != clause.field());
    let joined = |join: Join, parts: Vec<bool>| match join {
        Join::All => parts.iter().all(|part| *part),
        Join::Any => parts.is_empty() || parts.iter().any(|part| *part),
    };
    let part = |part: &Part| match part {
        Part::Clause(clause) => {
            Some(clause).filter(applied).map(|clause| holds(clause, &told(clause.field())))
        }
        Part::Group(join, clauses) => {
            let clauses = clauses.iter().filter(applied);
            let held: Vec<bool> = clauses.map(|c| holds(c, &told(c.field()))).collect();
            (!held.is_empty()).then(|| joined(*join, held))
        }
    };
    joined(filter.join, filter.parts.iter().filter_map(part).collect())
}

fn flow_text(tally: &Tally, cell: &FlowCell, field: Field) -> Option<String> {
    let text = |text: Option<Text>| text.map(|text| tally.text(text).to_owned());
    match field {
        Field::Direction => Some(cell.direction.code().to_owned()),
        Field::Connector => text(cell.connector),
        Field::ConnectorType => Some(cell.connector_type.code().to_owned()),
        Field::ForcedTls => {
            Some(cell.forced_tls.map_or("notRecorded".to_owned(), |forced| forced.to_string()))
        }
        Field::Tls => Some(cell.tls.code().to_owned()),
        Field::Cipher => text(cell.cipher),
        Field::SenderDomain => text(cell.sender_domain),
        Field::RemoteDomain => text(cell.remote_domain),
        Field::RemoteHost => text(cell.remote_host),
        _ => None,
    }
}

fn submission_text(tally: &Tally, cell: &SubmissionCell, field: Field) -> Option<String> {
    let text = |text: Option<Text>| text.map(|text| tally.text(text).to_owned());
    match field {
        Field::Account => text(Some(cell.account)),
        Field::Domain => text(Some(cell.domain)),
        Field::Method => Some(cell.method.code().to_owned()),
        Field::ClientIp => text(cell.client_ip),
        Field::Tls => Some(cell.tls.code().to_owned()),
        Field::Cipher => text(cell.cipher),
        _ => None,
    }
}

/// The messages that pass, counted cell by cell: of the period, and of the
/// one before.
fn plain(tally: &Tally, report: &Report) -> [TlsCounts; 2] {
    let period = report.period.expect("a period");
    let before = report.before.map(|(period, _)| period);
    let filter = &report.query.filter;
    let mut counts = [TlsCounts::default(); 2];
    if report.query.report == ReportKind::Connectors {
        let cells: Vec<&FlowCell> = tally
            .flow
            .iter()
            .filter(|cell| matches!(cell.direction, Direction::Inbound | Direction::Outbound))
            .collect();
        for cell in &cells {
            let mut row = (TlsCounts::default(), TlsCounts::default());
            let alike = |other: &&&FlowCell| {
                other.direction == cell.direction && other.connector == cell.connector
            };
            for other in cells.iter().filter(alike) {
                if period.holds(other.day()) {
                    row.0.add(other.tls, other.messages);
                } else if before.is_some_and(|before| before.holds(other.day())) {
                    row.1.add(other.tls, other.messages);
                }
            }
            let told = |field| Told { text: flow_text(tally, cell, field), day: cell.day(), row };
            if passes(filter, &report.ignored, &told) {
                let index = usize::from(!period.holds(cell.day()));
                if index == 0 || before.is_some_and(|before| before.holds(cell.day())) {
                    counts[index].add(cell.tls, cell.messages);
                }
            }
        }
        return counts;
    }
    let cells = &tally.submissions;
    for cell in cells {
        let mut row = (TlsCounts::default(), TlsCounts::default());
        for other in cells.iter().filter(|other| other.account == cell.account) {
            if period.holds(other.day()) {
                row.0.add(other.tls, other.messages);
            } else if before.is_some_and(|before| before.holds(other.day())) {
                row.1.add(other.tls, other.messages);
            }
        }
        let told = |field| Told { text: submission_text(tally, cell, field), day: cell.day(), row };
        if passes(filter, &report.ignored, &told) {
            let index = usize::from(!period.holds(cell.day()));
            if index == 0 || before.is_some_and(|before| before.holds(cell.day())) {
                counts[index].add(cell.tls, cell.messages);
            }
        }
    }
    counts
}

/// Texts that the sample has, parts of them, and others.
fn texts(field: Field) -> BoxedStrategy<String> {
    let known = known_values(&TALLY, field);
    if known.is_empty() {
        return "[a-z.]{0,4}".boxed();
    }
    prop_oneof![
        select(known.clone()),
        select(known.clone()).prop_map(|text| text.to_uppercase()),
        select(known).prop_map(|text| text.chars().take(4).collect()),
        "[a-z.@]{1,2}",
        Just(String::new()),
    ]
    .boxed()
}

fn values(field: Field) -> BoxedStrategy<String> {
    match field.kind() {
        FieldKind::Text => texts(field),
        FieldKind::Choice => select(field.codes()).prop_map(str::to_owned).boxed(),
        FieldKind::Day => {
            (-25_i32..2).prop_map(|days| Day::of_seconds(NOW).plus(days).to_string()).boxed()
        }
        FieldKind::Count => (0_u32..200).prop_map(|number| number.to_string()).boxed(),
        FieldKind::Difference => (-60_i32..60).prop_map(|number| number.to_string()).boxed(),
        FieldKind::Percent => {
            (0_u32..=200).prop_map(|halves| format!("{}.{}", halves / 2, halves % 2 * 5)).boxed()
        }
    }
}

fn clauses(kind: ReportKind) -> impl Strategy<Value = Clause> {
    let field = select(Field::of_report(kind));
    let clause = field
        .prop_flat_map(|field| (Just(field), select(field.verbs()), values(field), values(field)));
    clause.prop_filter_map("a test of nothing", |(field, verb, value, to)| {
        Clause::new(field, verb, &value, &to).ok()
    })
}

fn joins() -> impl Strategy<Value = Join> {
    prop_oneof![Just(Join::All), Just(Join::Any)]
}

fn filters(kind: ReportKind) -> impl Strategy<Value = Filter> {
    let group = (joins(), prop::collection::vec(clauses(kind), 1..4));
    let part = prop_oneof![
        3 => clauses(kind).prop_map(Part::Clause),
        1 => group.prop_map(|(join, clauses)| Part::Group(join, clauses)),
    ];
    (joins(), prop::collection::vec(part, 0..5)).prop_map(|(join, parts)| Filter::new(join, parts))
}

fn kinds() -> impl Strategy<Value = ReportKind> {
    prop_oneof![Just(ReportKind::Connectors), Just(ReportKind::Senders)]
}

fn questions() -> impl Strategy<Value = Query> {
    let spans = prop_oneof![Just(Span::Last(7)), Just(Span::Last(3)), Just(Span::All)];
    (kinds(), spans).prop_flat_map(|(kind, span)| {
        filters(kind).prop_map(move |filter| query(kind, span, &filter))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_report_is_of_what_passes(query in questions()) {
        let answer = answer(&TALLY, NOW, &query, Words::default());
        let report = &answer.report;
        let [now, before] = plain(&TALLY, report);
        prop_assert_eq!(report.counts, now);
        prop_assert_eq!(report.before.map_or_else(TlsCounts::default, |(_, c)| c), before);
        // Chart, table and choices are of the same messages.
        let drawn: u64 = report.series.iter().flat_map(|s| &s.days).flatten().sum();
        prop_assert_eq!(drawn, now.volume());
        let listed: u64 = answer.rows(&TALLY, 0, usize::MAX).iter().map(|r| r.counts().volume()).sum();
        prop_assert_eq!(listed, now.volume());
        let offered: u64 = report.choices.iter().map(|(_, messages)| messages).sum();
        prop_assert_eq!(offered, now.volume());
    }

    #[test]
    fn what_passes_all_passes_any(query in questions()) {
        let volume = |join| {
            let filter = Filter { join, ..query.filter.clone() };
            report_of(&TALLY, &Query { filter, ..query.clone() }).counts.volume()
        };
        let whole = report_of(&TALLY, &Query { filter: Filter::default(), ..query.clone() });
        prop_assert!(volume(Join::All) <= volume(Join::Any));
        prop_assert!(volume(Join::Any) <= whole.counts.volume());
    }

    #[test]
    fn is_and_is_not_part_the_messages(kind in kinds(), field in any::<prop::sample::Index>(), value in any::<prop::sample::Index>()) {
        let fields: Vec<Field> = Field::of_report(kind)
            .into_iter()
            .filter(|field| field.verbs().contains(&Verb::IsNot))
            .collect();
        let field = *field.get(&fields);
        let mut values = known_values(&TALLY, field);
        values.extend(field.codes().into_iter().map(str::to_owned));
        values.push(String::new());
        let value = value.get(&values);
        let of = |filter: &Filter| report_of(&TALLY, &query(kind, Span::All, filter));
        let whole = of(&Filter::default()).counts.volume();
        let [is, is_not] = [Verb::Is, Verb::IsNot].map(|verb| of(&all(&[clause(field, verb, value)])));
        if is.ignored.is_empty() {
            prop_assert_eq!(is.counts.volume() + is_not.counts.volume(), whole);
        } else {
            prop_assert_eq!(is.counts.volume(), whole);
        }
    }

    #[test]
    fn a_filter_is_read_as_it_is_written(kind in kinds().prop_flat_map(filters), odd in any::<String>()) {
        let mut filter = kind;
        filter.parts.extend(Clause::new(Field::Cipher, Verb::Is, &odd, "").map(Part::Clause));
        let written = filter.written();
        prop_assert_eq!(Filter::read(&written), (filter, true), "{}", written);
    }

    #[test]
    fn a_damaged_text_is_a_filter_still(text in "[a-z~,()!. -]{0,40}", cut in any::<prop::sample::Index>()) {
        Filter::read(&text);
        let whole = "any(tls~is~1.0,all(volume~gt~5,share-1.0~between~1~2.5))";
        let cut = cut.index(whole.len());
        let (filter, understood) = Filter::read(&whole[..cut]);
        prop_assert!(!understood || cut == 0);
        prop_assert!(filter.clauses().count() <= 3);
    }
}

#[test]
fn a_clause_that_is_not_understood_leaves_the_others() {
    let (filter, understood) =
        Filter::read("all(tls~is~1.0,moon~is~full,volume~gt~many,any(tls~is~none,x(tls~is~1.1)))");
    assert!(!understood);
    assert_eq!(filter.written(), "all(tls~is~1.0,any(tls~is~none))");
    // Groups hold no groups.
    let (filter, understood) = Filter::read("all(any(all(tls~is~1.0),tls~is~1.2))");
    assert_eq!((filter.written().as_str(), understood), ("all(any(tls~is~1.2))", false));
    assert_eq!(Filter::read(""), (Filter::default(), true));
}

#[test]
fn a_filter_has_an_end() {
    let address = |count: usize| format!("any({})", vec!["sender~has~a"; count].join(","));
    let (filter, understood) = Filter::read(&address(MOST_CLAUSES));
    assert_eq!((filter.clauses().count(), understood), (MOST_CLAUSES, true));
    let (filter, understood) = Filter::read(&address(MOST_CLAUSES + 1));
    assert_eq!((filter.clauses().count(), understood), (MOST_CLAUSES, false));
    // All of them are tested: only the last holds.
    let mut names: Vec<String> =
        (1..MOST_CLAUSES).map(|n| format!("sender~is~nobody{n}")).collect();
    let sender = &known_values(&TALLY, Field::Account)[0];
    names.push(format!("sender~is~{sender}"));
    let (filter, _) = Filter::read(&format!("any({})", names.join(",")));
    let report = report_of(&TALLY, &query(ReportKind::Senders, Span::All, &filter));
    assert_eq!(report.all_senders, 1);
}

#[test]
fn clauses_make_sense() {
    let fault =
        |field, verb, value, to| Clause::new(field, verb, value, to).expect_err("no clause");
    assert_eq!(fault(Field::Tls, Verb::Contains, "1", ""), Fault::NoSuchTest);
    assert_eq!(fault(Field::Domain, Verb::EndsWith, "", ""), Fault::Empty);
    assert_eq!(fault(Field::Volume, Verb::MoreThan, "a few", ""), Fault::NotOfKind);
    assert_eq!(fault(Field::Volume, Verb::MoreThan, "-1", ""), Fault::NotOfKind);
    assert_eq!(fault(Field::Share(TlsState::V1_0), Verb::LessThan, "101", ""), Fault::NotOfKind);
    assert_eq!(fault(Field::Date, Verb::Between, "2026-09-01", "then"), Fault::NotOfKind);
    // The ends of "between" may come in any order.
    let days = Clause::new(Field::Date, Verb::Between, "2026-09-09", "2026-09-01").expect("days");
    assert_eq!((days.value(), days.to()), ("2026-09-01", "2026-09-09"));
}

const HEADER: &str = "date,direction,connector,connector type,tls version,message id\n";

/// Two periods of three days: `Old` with 2 of 4 messages without TLS after 1
/// before, `신규` with 3, and one without a connector.
fn small() -> Tally {
    let lines = [
        ("2026-09-03T08:00:00Z", "Old", "TLS1_2"),
        ("2026-09-04T08:00:00Z", "Old", "No TLS"),
        ("2026-09-05T08:00:00Z", "Old", "No TLS"),
        ("2026-09-05T08:00:00Z", "Old", "TLS1_2"),
        ("2026-09-06T08:00:00Z", "Old", "TLS1_2"),
        ("2026-09-05T08:00:00Z", "신규", "TLS1_3"),
        ("2026-09-06T08:00:00Z", "신규", "TLS1_3"),
        ("2026-09-06T09:00:00Z", "신규", ""),
        ("2026-09-06T08:00:00Z", "", "TLS1_2"),
    ];
    let mut text = HEADER.to_owned();
    for (index, (time, name, tls)) in lines.iter().enumerate() {
        let kind = if name.is_empty() { "NoConnector" } else { "Partner" };
        writeln!(text, "{time},Inbound,{name},{kind},{tls},<{index}@a.example>").expect("memory");
    }
    read(&[("small.csv", text)]).0
}

/// Messages of the last three days that pass, and of the three before.
fn volumes(tally: &Tally, filter: &str) -> (u64, u64) {
    let (filter, understood) = Filter::read(filter);
    assert!(understood);
    let report = report_of(tally, &query(ReportKind::Connectors, Span::Last(3), &filter));
    (report.counts.volume(), report.before.map_or(0, |(_, counts)| counts.volume()))
}

#[test]
fn numbers_are_of_the_row_before_filtering() {
    let tally = small();
    assert_eq!(volumes(&tally, ""), (8, 1));
    // Both messages without TLS are of a row that has 4.
    assert_eq!(volumes(&tally, "all(volume~gt~3,tls~is~none)"), (2, 0));
    assert_eq!(volumes(&tally, "all(volume~gt~4)"), (0, 0));
    // Half of what is recorded; all of 신규's is TLS 1.3.
    assert_eq!(volumes(&tally, "all(share-none~is~50)"), (4, 1));
    assert_eq!(volumes(&tally, "all(share-1.3~gt~99.9)"), (3, 0));
    assert_eq!(volumes(&tally, "all(count-none~between~1~2)"), (4, 1));
    assert_eq!(volumes(&tally, "all(change~is~3)"), (7, 1));
    assert_eq!(volumes(&tally, "any(change~is~1,tls~is~notRecorded)"), (2, 0));
}

#[test]
fn silences_names_and_days() {
    let tally = small();
    assert_eq!(volumes(&tally, "all(connector~is~)"), (1, 0));
    assert_eq!(volumes(&tally, "all(connector~not~Old)"), (4, 0));
    // Names of connectors are as written, but parts of them in any case.
    assert_eq!(volumes(&tally, "all(connector~is~old)"), (0, 0));
    assert_eq!(volumes(&tally, "all(connector~starts~OL)"), (4, 1));
    assert_eq!(volumes(&tally, "all(tls~not~none)"), (6, 1));
    assert_eq!(volumes(&tally, "all(date~between~2026-09-03~2026-09-05)"), (4, 1));
    assert_eq!(volumes(&tally, "all(date~gt~2026-09-05)"), (4, 0));
    assert_eq!(volumes(&tally, "all(date~lt~2026-09-04)"), (0, 1));
}

#[test]
fn what_the_data_does_not_have_is_said_and_not_applied() {
    let (filter, _) = Filter::read("all(cipher~is~x,method~is~basic,change~gt~0,tls~is~none)");
    let report = report_of(&small(), &query(ReportKind::Connectors, Span::All, &filter));
    assert_eq!(
        report.ignored,
        [
            (Field::Cipher, Ignored::NotInData),
            (Field::Method, Ignored::NotInReport),
            (Field::Change, Ignored::NothingBefore),
        ]
    );
    assert_eq!(report.counts, TlsCounts::of(TlsState::NoTls, 2));
    let sentences = Language::English.texts().ignored_sentences(&report.ignored);
    assert_eq!(sentences[0], "Not applied: this data has no cipher suite.");
}

#[test]
fn insights_are_of_what_passes() {
    let tally = small();
    let of = |filter: &str| {
        let filter = Filter::read(filter).0;
        report_of(&tally, &query(ReportKind::Connectors, Span::Last(3), &filter)).insights.len()
    };
    assert_eq!((of(""), of("all(tls~not~none)")), (1, 0));
}

#[test]
fn counts_of_several_days_pass_where_all_of_their_days_do() {
    let usage = "Sender address,TLS1.0%,TLS1.1%,TLS1.2%,Message count\n\
        a@contoso.example,100% (12),0% (0),0% (0),12\nb@contoso.example,0,0,100,3\n";
    let day = |text| Day::parse(text).expect("a day");
    let period = Some((day("2026-09-01"), day("2026-09-30")));
    let tally = read_with(&[("a", usage)], &Mapping { period, ..Mapping::default() }).0;
    assert_eq!(tally.blocks.len(), 2);
    for (filter, volume) in [
        ("all(date~gt~2026-08-31)", 15),
        ("all(date~gt~2026-09-01)", 0),
        ("all(date~between~2026-09-01~2026-09-30,tls~is~1.0)", 12),
        ("any(date~is~2026-09-01,sender~starts~B@)", 3),
        ("all(volume~lt~12)", 3),
    ] {
        let filter = Filter::read(filter).0;
        let report = report_of(&tally, &query(ReportKind::Senders, Span::All, &filter));
        assert_eq!(report.counts.volume(), volume, "{}", filter.written());
    }
}

#[test]
fn a_filter_is_a_sentence() {
    let [english, korean] = [Language::English, Language::Korean].map(Language::texts);
    let told = |text: &str| {
        let filter = Filter::read(text).0;
        [english.filter_sentence(&filter), korean.filter_sentence(&filter)]
    };
    assert_eq!(
        told("all(any(tls~is~1.0,tls~is~none),sender-domain~ends~.example)"),
        [
            "TLS version is TLS 1.0 or No TLS, and sender domain ends with .example",
            "TLS 버전이 TLS 1.0 또는 TLS 없음, 그리고 보낸 사람 도메인이 .example(으)로 끝남",
        ]
    );
    assert_eq!(
        told("any(volume~gt~1500,all(share-1.0~between~0.5~10,connector~is~))"),
        [
            "Volume is more than 1,500, or (share of TLS 1.0 is between 0.5% and 10%, and there is no connector)",
            "볼륨이 1,500 초과, 또는 (TLS 1.0 비율이 0.5% 이상 10% 이하, 그리고 커넥터가 없음)",
        ]
    );
    assert_eq!(
        told("all(date~lt~2026-09-01,change~lt~-5,client~not~)")[0],
        "Date is before 2026-09-01, and change to the period before is less than \u{2212}5, and client IP address is recorded"
    );
    assert_eq!(told(""), ["", ""]);
}

#[test]
fn every_choice_has_a_word() {
    for kind in [ReportKind::Connectors, ReportKind::Senders] {
        for field in Field::of_report(kind) {
            for &language in Language::ALL {
                let t = language.texts();
                assert!(!t.filter_field(field).is_empty());
                let mut words: Vec<_> =
                    field.codes().into_iter().map(|code| t.filter_choice(field, code)).collect();
                words.sort_unstable();
                words.dedup();
                assert_eq!(words.len(), field.codes().len(), "{field:?}");
            }
        }
    }
    let words = Language::English.texts();
    let of = |kind: ConnectorType| words.filter_choice(Field::ConnectorType, kind.code());
    assert_eq!(TYPES.map(of)[1], "Partner");
    let basic = words.filter_choice(Field::Method, AuthMethod::Basic.code());
    assert_eq!(basic, "Basic authentication");
}
