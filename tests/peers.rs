//! The Domains, Hosts and Direct Send reports and their insights: figures that
//! are counted by hand, or by the generator of fictitious mail.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use common::{log_text, read, read_choosing};
use mailflow::mail::{Choices, ConnectorType, Day, Direction, TlsState};
use mailflow::report::{
    Answer, Column, Insight, InsightKind, Only, Peer, PeerRow, Query, ReportKind, Rows, Severity,
    Sort, Span, Subject, Thresholds, TlsCounts, Words, answer, details,
};
use mailflow::sample::{SampleOptions, sample};
use mailflow::tally::Tally;

const NOW: u32 = common::NOW;

fn words() -> Words {
    Words {
        directions: ["Inbound", "Outbound", "Unknown"].map(str::to_owned),
        sure: ["Sure", "Likely"].map(str::to_owned),
        none: "Not recorded".to_owned(),
        tls: TlsState::ALL.map(|state| state.code().to_owned()),
        group: ',',
        point: '.',
        ..Words::default()
    }
}

fn query(report: ReportKind) -> Query {
    Query { report, span: Span::All, ..Query::default() }
}

fn ask(tally: &Tally, query: &Query) -> Answer {
    answer(tally, NOW, query, words())
}

fn rows_of(tally: &Tally, answer: &Answer) -> Vec<PeerRow> {
    let Rows::Peers(rows) = answer.rows(tally, 0, usize::MAX) else { panic!("peers") };
    rows
}

fn rows(tally: &Tally, query: &Query) -> Vec<PeerRow> {
    rows_of(tally, &ask(tally, query))
}

/// A row in a line: direction, name, No TLS, TLS 1.0, TLS 1.2, not recorded,
/// first and last day.
fn line(row: &PeerRow) -> String {
    let name = row.name.as_deref().unwrap_or("-");
    let states = [TlsState::NoTls, TlsState::V1_0, TlsState::V1_2, TlsState::NotRecorded];
    let counts = states.map(|state| row.counts.get(state).to_string()).join(" ");
    format!("{} {name} {counts} {} {}", row.direction.code(), row.first, row.last)
}

/// Day, direction, sender, recipient, connector, its type, TLS, client, how
/// many.
type Sent<'a> = (u32, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str, u32);

/// A `ConnectorReport` with so many rows of each.
fn connector_report(sent: &[Sent<'_>]) -> String {
    let mut text = "date,message_id,sender_address,recipient_address,direction,connector_name,\
        connector_type,tls_version,client_ip\n"
        .to_owned();
    let mut serial = 0;
    for (day, direction, sender, recipient, connector, kind, tls, client, count) in sent {
        for _ in 0..*count {
            serial += 1;
            writeln!(
                text,
                "2026-09-{day:02}T10:00:00Z,<{serial}@m.example>,{sender},{recipient},{direction},\
                 {connector},{kind},{tls},{client}"
            )
            .expect("memory");
        }
    }
    text
}

const NONE: &str = "NoConnector";
const OURS: &str = "u@contoso.example";
const SCANNER: &str = "scanner@contoso.example";

/// Eleven out, fourteen in: of these six with a sender in an own domain and no
/// connector.
const SENT: [Sent<'static>; 13] = [
    (1, "Sent", OURS, "r@plain.example", "", NONE, "No TLS", "", 1),
    (3, "Sent", OURS, "r@plain.example", "", NONE, "No TLS", "", 2),
    (3, "Sent", OURS, "r@plain.example", "", NONE, "", "", 1),
    (2, "Sent", OURS, "r@mixed.example", "", NONE, "No TLS", "", 3),
    (2, "Sent", OURS, "r@mixed.example", "To mixed", "Partner", "TLS1.2", "", 2),
    (2, "Sent", OURS, "", "", NONE, "TLS1.2", "", 2),
    (2, "Received", "s@mixed.example", "r@contoso.example", "", NONE, "TLS1.2", "192.0.2.1", 3),
    (1, "Received", SCANNER, "r@contoso.example", "", NONE, "TLS1.0", "192.0.2.7", 2),
    (3, "Received", SCANNER, "r@contoso.example", "", NONE, "No TLS", "192.0.2.7", 1),
    // Another organization's name under another top: named alike.
    (2, "Received", OURS, "r@eu.contoso.test", "", NONE, "TLS1.2", "203.0.113.9", 2),
    // Who it was is not kept: nothing says that the recipient is a colleague.
    (2, "Received", OURS, "r@sister.example", "", NONE, "TLS1.2", "203.0.113.9", 1),
    (2, "Received", "a@far.example", "r@contoso.example", "Edge", "OnPremises", "TLS1.2", "", 2),
    (
        2,
        "Received",
        "b@hq.contoso.example",
        "r@contoso.example",
        "Edge",
        "OnPremises",
        "TLS1.2",
        "",
        3,
    ),
];

fn tally() -> Tally {
    let (tally, _) = read(&[("ConnectorReport.csv", connector_report(&SENT))]);
    assert_eq!(tally.own_domains, ["contoso.example"]);
    tally
}

#[test]
fn domains_are_told_by_direction_with_their_days_and_what_names_none() {
    let tally = tally();
    let answer = ask(&tally, &query(ReportKind::Domains));
    let lines: Vec<_> = rows_of(&tally, &answer).iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "inbound contoso.example 1 2 3 0 2026-09-01 2026-09-03",
            "outbound mixed.example 3 0 2 0 2026-09-02 2026-09-02",
            "outbound plain.example 3 0 0 1 2026-09-01 2026-09-03",
            "inbound hq.contoso.example 0 0 3 0 2026-09-02 2026-09-02",
            "inbound mixed.example 0 0 3 0 2026-09-02 2026-09-02",
            "outbound - 0 0 2 0 2026-09-02 2026-09-02",
            "inbound far.example 0 0 2 0 2026-09-02 2026-09-02",
        ]
    );
    let report = &answer.report;
    assert_eq!((report.counts.volume(), report.unnamed), (25, 2));
    // Both directions of a domain are one choice, and one line of the chart.
    let peer = |name: &str| Only::Peer(Some(name.to_owned()));
    assert_eq!(
        report.choices[..3],
        [
            (Only::Direction(Direction::Inbound), 14),
            (Only::Direction(Direction::Outbound), 11),
            (peer("mixed.example"), 8)
        ]
    );
    let mixed = report.series.iter().find(|series| series.of == Some(peer("mixed.example")));
    assert_eq!(mixed.map(|series| &*series.days), Some(&[Some(0), Some(8), Some(0)][..]));
    for (only, messages) in &report.choices {
        let one = ask(&tally, &Query { only: only.clone(), ..query(ReportKind::Domains) });
        assert_eq!(one.report.counts.volume(), *messages, "{only:?}");
        let sum: u64 = rows_of(&tally, &one).iter().map(|row| row.counts.volume()).sum();
        assert_eq!(sum, *messages);
    }
}

#[test]
fn the_change_is_the_difference_to_the_days_before() {
    let tally = tally();
    let day = |day: u32| Day::parse(&format!("2026-09-{day:02}")).expect("a day");
    let span = Span::Days(day(3), day(3));
    let rows = rows(&tally, &Query { span, ..query(ReportKind::Domains) });
    let found: Vec<_> =
        rows.iter().map(|row| (row.name.as_deref(), row.counts.volume(), row.before)).collect();
    // What was there on the second day alone has no row of its own.
    assert_eq!(found, [(Some("plain.example"), 3, Some(0)), (Some("contoso.example"), 1, Some(3))]);
}

#[test]
fn a_search_and_a_sort_find_what_a_row_shows() {
    let tally = tally();
    let count = |report, search: &str| {
        let asked = Query { search: search.to_owned(), ..query(report) };
        ask(&tally, &asked).report.rows
    };
    assert_eq!(count(ReportKind::Domains, " MIXED"), 2);
    assert_eq!(count(ReportKind::Domains, "outbound"), 3);
    assert_eq!(count(ReportKind::Domains, "not recorded"), 1);
    assert_eq!(count(ReportKind::DirectSend, "scanner@"), 1);
    let sorted = |column, descending| {
        let sort = Sort { column: Some(column), descending };
        let mut rows = rows(&tally, &Query { sort, ..query(ReportKind::Domains) });
        rows.swap_remove(0)
    };
    // What is not recorded comes before all names.
    assert_eq!(sorted(Column::Name, false).name, None);
    assert_eq!(sorted(Column::Name, true).name.as_deref(), Some("plain.example"));
    assert_eq!(sorted(Column::First, false).name.as_deref(), Some("contoso.example"));
}

#[test]
fn hosts_are_those_that_logs_name() {
    let (tally, _) = read(&[("mail.log", log_text("postfix"))]);
    let answer = ask(&tally, &query(ReportKind::Hosts));
    let rows = rows_of(&tally, &answer);
    let all: u64 = tally
        .flow
        .iter()
        .filter(|cell| matches!(cell.direction, Direction::Inbound | Direction::Outbound))
        .map(|cell| cell.messages)
        .sum();
    assert_eq!(rows.iter().map(|row| row.counts.volume()).sum::<u64>(), all);
    let fabrikam = rows.iter().find(|row| row.name.as_deref() == Some("mail.fabrikam.example"));
    assert!(fabrikam.is_some_and(|row| row.direction == Direction::Inbound), "{rows:?}");
    // A trace names no host: one row, and its number is said.
    let tally = self::tally();
    let answer = ask(&tally, &query(ReportKind::Hosts));
    assert_eq!(answer.report.unnamed, answer.report.counts.volume());
    assert!(rows_of(&tally, &answer).iter().all(|row| row.name.is_none()));
}

#[test]
fn direct_send_is_inbound_without_a_connector_under_an_own_domain() {
    let tally = tally();
    let answer = ask(&tally, &query(ReportKind::DirectSend));
    let told: Vec<_> = rows_of(&tally, &answer)
        .into_iter()
        .map(|row| {
            let volume = row.counts.volume();
            (row.name, row.sender, row.domain.unwrap_or_default(), row.sure, volume)
        })
        .collect();
    let text = |text: &str| Some(text.to_owned());
    let own = || "contoso.example".to_owned();
    assert_eq!(
        told,
        [
            (text("192.0.2.7"), text(SCANNER), own(), true, 3),
            (text("203.0.113.9"), text(OURS), own(), true, 2),
            (None, None, own(), true, 1),
        ]
    );
    assert_eq!(answer.report.unnamed, 1);
    let subject = Subject::Direct(text("192.0.2.7"), text(SCANNER), text("contoso.example"));
    let details = details(&tally, NOW, Span::All, &subject);
    assert_eq!(details.counts.get(TlsState::V1_0), 2);
    assert_eq!(details.counts.get(TlsState::NoTls), 1);
}

#[test]
fn the_own_domains_decide_what_is_direct_send_after_reading() {
    let report = connector_report(&SENT);
    let of = |domains: &[&str]| {
        let own = domains.iter().map(|&domain| domain.to_owned()).collect();
        let choices = Choices { own_domains: Some(own), ..Choices::default() };
        let (tally, _) = read_choosing(&[("file", &report)], &choices);
        ask(&tally, &query(ReportKind::DirectSend)).report.counts.volume()
    };
    assert_eq!(of(&[]), 0);
    assert_eq!(of(&["contoso.example"]), 6);
    assert_eq!(of(&["mixed.example"]), 3);
    // Neither senders nor clients of other mail are kept.
    let tally = tally();
    assert!(tally.flow.iter().all(|cell| {
        cell.sender.is_none()
            || cell.direction == Direction::Inbound
                && cell.connector_type == ConnectorType::NoConnector
    }));
    assert!(tally.find("s@mixed.example").is_none());
}

#[test]
fn where_the_file_knows_no_connectors_direct_send_is_likely() {
    let trace = "Received,SenderAddress,RecipientAddress,Subject,Status,ToIP,FromIP,Size,MessageId\n\
        2026-09-03T10:00:00Z,scanner@contoso.example,r@contoso.example,s,Delivered,,192.0.2.7,1,<a@x>\n\
        2026-09-03T10:00:00Z,s@fabrikam.example,r@contoso.example,s,Delivered,,192.0.2.8,1,<b@x>\n\
        2026-09-03T11:00:00Z,u@contoso.example,r@fabrikam.example,s,Delivered,192.0.2.9,,1,<c@x>\n";
    let (tally, _) = read(&[("trace.csv", trace)]);
    let direct = rows(&tally, &query(ReportKind::DirectSend));
    assert_eq!(direct.len(), 1);
    assert!(!direct[0].sure);
    assert_eq!(direct[0].name.as_deref(), Some("192.0.2.7"));
    assert_eq!(direct[0].sender.as_deref(), Some(SCANNER));
    // A ConnectorReport of the same message names its connector: it was not.
    let named = "date,message_id,sender_address,recipient_address,direction,connector_name,\
        connector_type,tls_version\n\
        2026-09-03T10:00:00Z,<a@x>,scanner@contoso.example,r@contoso.example,Received,Edge,\
        OnPremises,TLS1.2\n";
    let both = [("trace.csv", trace), ("ConnectorReport.csv", named)];
    for files in [both, [both[1], both[0]]] {
        let (tally, _) = read(&files);
        assert_eq!(rows(&tally, &query(ReportKind::DirectSend)), []);
        assert!(tally.flow.iter().all(|cell| cell.sender.is_none() && cell.client_ip.is_none()));
    }
}

#[test]
fn what_is_known_of_a_domain_are_its_connectors_and_days() {
    let tally = tally();
    let subject = Subject::Domain(Direction::Outbound, Some("mixed.example".to_owned()));
    let details = details(&tally, NOW, Span::All, &subject);
    let used = |peer: &Peer| (peer.name.clone(), peer.counts.volume());
    let used: Vec<_> = details.connectors.iter().map(used).collect();
    assert_eq!(used, [(String::new(), 3), ("To mixed".to_owned(), 2)]);
    let days: Vec<_> = details.days.iter().map(|day| day.map(|day| day.volume())).collect();
    assert_eq!(days, [Some(0), Some(5), Some(0)]);
    assert_eq!((details.peers, details.hosts), (Vec::new(), Vec::new()));
}

/// The insights of a report.
fn insights(tally: &Tally, query: &Query) -> Vec<Insight> {
    ask(tally, query).report.insights
}

#[test]
fn a_domain_that_never_offers_tls_is_told_from_its_threshold_on() {
    let tally = tally();
    let from = |never_tls| {
        let thresholds = Thresholds { never_tls, ..Thresholds::default() };
        insights(&tally, &Query { thresholds, ..query(ReportKind::Domains) })
    };
    // Four messages went there: three without TLS, one of which nothing is
    // recorded. Where some went with TLS, it is offered.
    let [insight] = &from(4)[..] else { panic!("one") };
    assert_eq!(insight.kind, InsightKind::NeverTls);
    assert_eq!(insight.severity, Severity::High);
    assert_eq!((insight.messages, insight.threshold), (4, 4));
    assert_eq!(insight.names, [("plain.example".to_owned(), 4)]);
    assert_eq!(from(5), []);
    assert_eq!(insights(&tally, &query(ReportKind::Domains)), []);
}

#[test]
fn mail_of_others_over_an_inbound_on_premises_connector_is_told() {
    let found = insights(&tally(), &query(ReportKind::Connectors));
    let relay = found.iter().find(|insight| insight.kind == InsightKind::ForeignRelay);
    let relay = relay.expect("a relay");
    assert_eq!(relay.connector.as_deref(), Some("Edge"));
    // What stands below an own domain is not foreign.
    assert_eq!(relay.names, [("far.example".to_owned(), 2)]);
    assert_eq!((relay.messages, relay.counts.volume()), (2, 5));
    // The same over a connector of another type or without foreign senders.
    let quiet: Vec<_> = SENT
        .into_iter()
        .map(|(day, way, from, to, connector, kind, tls, client, count)| {
            let kind = if kind == "OnPremises" { "Partner" } else { kind };
            (day, way, from, to, connector, kind, tls, client, count)
        })
        .collect();
    let (tally, _) = read(&[("file", connector_report(&quiet))]);
    let found = insights(&tally, &query(ReportKind::Connectors));
    assert!(found.iter().all(|insight| insight.kind != InsightKind::ForeignRelay));
}

#[test]
fn direct_send_in_use_is_told_by_its_clients() {
    let tally = tally();
    let of = |report| {
        let found = insights(&tally, &query(report)).into_iter();
        found.filter(|insight| insight.kind == InsightKind::DirectSend).collect::<Vec<_>>()
    };
    let [insight] = &of(ReportKind::Connectors)[..] else { panic!("one") };
    let name = |name: &str, messages| (name.to_owned(), messages);
    assert_eq!(insight.names, [name("192.0.2.7", 3), name("203.0.113.9", 2), name("", 1)]);
    assert_eq!(insight.messages, 6);
    // Both reports say the same.
    assert_eq!(of(ReportKind::DirectSend), of(ReportKind::Connectors));
    assert_eq!(of(ReportKind::Domains), []);
    let nobody = Choices { own_domains: Some(Vec::new()), ..Choices::default() };
    let (tally, _) = read_choosing(&[("file", connector_report(&SENT))], &nobody);
    let found = insights(&tally, &query(ReportKind::Connectors));
    assert!(found.iter().all(|insight| insight.names.is_empty()));
}

#[test]
fn the_domains_of_the_sample_are_its_truth() {
    // Connectors that lead to one domain, which no other way leads to.
    const WAYS: [(Direction, &str, &str); 5] = [
        (Direction::Inbound, "From Contoso datacenter", "hq.contoso.example"),
        (Direction::Inbound, "Litware fax relay", "fax.litware.example"),
        (Direction::Inbound, "서울 게이트웨이", "seoul.contoso.example"),
        (Direction::Outbound, "To Contoso datacenter", "hq.contoso.example"),
        (Direction::Outbound, "Tailspin archive", "archive.tailspin.example"),
    ];
    for seed in [1, 2, 3] {
        let options = SampleOptions {
            days: 30,
            extended_days: 10,
            messages_per_day: 40,
            seed,
            ..SampleOptions::page(Day::of_seconds(NOW).plus(-1))
        };
        let made = sample(&options);
        let files: Vec<_> = made.files.into_iter().map(|file| (file.name, file.bytes)).collect();
        let (tally, _) = read(&files);
        let rows = rows(&tally, &query(ReportKind::Domains));
        let sum = |counts: &[TlsCounts]| {
            counts.iter().fold(TlsCounts::default(), |mut sum, counts| {
                sum.add_all(counts);
                sum
            })
        };
        let mut truth: BTreeMap<(Direction, Option<&str>), TlsCounts> = BTreeMap::new();
        for (cell, messages) in &made.truth.counts.cells {
            truth.entry((cell.direction, cell.connector)).or_default().add(cell.tls, *messages);
        }
        // The rows of a direction are its mail flow.
        for way in [Direction::Inbound, Direction::Outbound] {
            let found = rows.iter().filter(|row| row.direction == way).map(|row| row.counts);
            let told = truth.iter().filter(|((of, _), _)| *of == way).map(|(_, counts)| *counts);
            let (found, told): (Vec<_>, Vec<_>) = (found.collect(), told.collect());
            assert_eq!(sum(&found), sum(&told), "{way:?}");
        }
        for (way, connector, domain) in WAYS {
            let row = rows
                .iter()
                .find(|row| row.direction == way && row.name.as_deref() == Some(domain))
                .expect("the domain");
            assert_eq!(Some(&row.counts), truth.get(&(way, Some(connector))), "{connector}");
        }
    }
}

#[test]
fn twenty_thousand_domains_are_as_many_rows() {
    let names: Vec<String> = (0..20_000).map(|n| format!("r@d{n}.example")).collect();
    let sent: Vec<_> =
        names.iter().map(|to| (2, "Sent", OURS, to.as_str(), "", NONE, "TLS1.2", "", 1)).collect();
    let (tally, _) = read(&[("file", connector_report(&sent))]);
    let answer = ask(&tally, &query(ReportKind::Domains));
    assert_eq!(answer.report.rows, 20_000);
    // The page gets the rows that it shows, and a list that can be chosen from.
    let Rows::Peers(rows) = answer.rows(&tally, 19_990, 100) else { panic!("peers") };
    assert_eq!(rows.len(), 10);
    assert!(answer.report.choices.len() <= 501 && answer.report.series.len() <= 13);
}
