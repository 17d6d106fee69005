//! Every figure of an audit report is that of its view, and what is not to be
//! named is not in the answer.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{NOW, read, sample_text, tests_folder};
use mailflow::mail::{Day, TlsState};
use mailflow::report::{
    Audit, AuditQuery, By, Done, Filter, Ground, Policy, Query, ReadinessQuery, ReportKind, Rows,
    Span, TlsCounts, Words, answer, audit, dashboard, readiness, tls_reports, unusual,
};
use mailflow::sample::{SampleOptions, sample};
use mailflow::tally::Tally;

fn made() -> Tally {
    let last_day = Day::of_seconds(NOW).plus(-1);
    let options = SampleOptions {
        days: 60,
        extended_days: 20,
        messages_per_day: 60,
        seed: 9,
        ..SampleOptions::page(last_day)
    };
    let files = sample(&options).files.into_iter().map(|file| (file.name, file.bytes));
    read(&files.collect::<Vec<_>>()).0
}

fn ask(tally: &Tally, query: &AuditQuery, done: &Done) -> Audit {
    audit(tally, NOW, query, done, &mut Ground::default())
}

fn all() -> AuditQuery {
    let (policies, filter) = (Policy::ALL.to_vec(), Filter::default());
    AuditQuery { span: Span::All, policies, rows: 10_000, addresses: true, filter }
}

fn spans() -> [Span; 4] {
    let last = Day::of_seconds(NOW).plus(-1);
    [Span::Last(7), Span::Last(30), Span::All, Span::Days(last.plus(-20), last.plus(-11))]
}

#[test]
fn every_report_in_it_is_that_of_its_view() {
    let tally = made();
    for span in spans() {
        let audit = ask(&tally, &AuditQuery { span, ..all() }, &Done::default());
        let view = |report, by| {
            let query = Query { report, by, span, ..Query::default() };
            answer(&tally, NOW, &query, Words::default()).report
        };
        assert_eq!(audit.connectors, view(ReportKind::Connectors, By::Volume));
        assert_eq!(audit.trend, view(ReportKind::Connectors, By::Trend));
        assert_eq!(audit.senders, view(ReportKind::Senders, By::Tls));
        assert_eq!(audit.domains.0, view(ReportKind::Domains, By::Volume));
        assert_eq!(audit.direct.0, view(ReportKind::DirectSend, By::Volume));
        assert_eq!(audit.unusual, unusual(&tally, NOW, span));
        for (policy, (own, rows)) in Policy::ALL.into_iter().zip(&audit.readiness) {
            let query = ReadinessQuery { policy, span, ..ReadinessQuery::default() };
            let view = readiness(&tally, NOW, &query, &Done::default(), &mut Ground::default());
            assert_eq!(*own, view.readiness);
            assert_eq!(*rows, view.rows(&tally, 0, usize::MAX));
        }
    }
}

#[test]
fn the_summary_of_seven_days_is_the_card() {
    let tally = made();
    let audit = ask(&tally, &AuditQuery::default(), &Done::default());
    assert_eq!(audit.flow, dashboard(&tally, NOW).mail_flow);
    assert!(audit.flow.is_some());
}

#[test]
fn connectors_add_up_to_the_report_and_directions_to_the_summary() {
    let tally = made();
    for span in spans() {
        let audit = ask(&tally, &AuditQuery { span, ..all() }, &Done::default());
        let (mut all, mut by_direction) = (TlsCounts::default(), BTreeMap::new());
        let mut seen = BTreeSet::new();
        for of in &audit.each_connector.list {
            all.add_all(&of.counts);
            by_direction.entry(of.direction).or_insert_with(TlsCounts::default).add_all(&of.counts);
            let key = (of.direction, of.connector.clone(), of.connector_type, of.forced_tls);
            assert!(seen.insert(key), "a connector stands once: {of:?}");
        }
        assert_eq!((all, audit.each_connector.more), (audit.connectors.counts, 0));
        let flow = audit.flow.expect("mail flow");
        let of = |direction| by_direction.get(&direction).copied().unwrap_or_default();
        assert_eq!(of(mailflow::mail::Direction::Outbound), flow.outbound);
        assert_eq!(of(mailflow::mail::Direction::Inbound), flow.inbound);
    }
}

#[test]
fn senders_with_old_tls_are_those_of_the_table_and_domains_add_up() {
    let tally = made();
    let audit = ask(&tally, &all(), &Done::default());
    let query =
        Query { report: ReportKind::Senders, by: By::Tls, span: Span::All, ..Query::default() };
    let view = answer(&tally, NOW, &query, Words::default());
    let Rows::Senders(rows) = view.rows(&tally, 0, usize::MAX) else { panic!("senders") };
    let old = |counts: &TlsCounts| {
        let weak = [TlsState::NoTls, TlsState::Older, TlsState::V1_0, TlsState::V1_1];
        weak.iter().map(|state| counts.get(*state)).sum::<u64>()
    };
    let expected = rows.iter().filter(|row| old(&row.counts) > 0).count();
    assert!(expected > 3);
    assert_eq!(audit.old_senders.list.len(), expected);
    assert!(audit.old_senders.list.iter().all(|row| rows.contains(row)));
    let weights: Vec<u64> = audit.old_senders.list.iter().map(|row| old(&row.counts)).collect();
    assert!(weights.is_sorted_by(|a, b| a >= b), "most first: {weights:?}");
    let mut domains = TlsCounts::default();
    audit.each_domain.list.iter().for_each(|(_, counts)| domains.add_all(counts));
    assert_eq!(domains, audit.senders.counts);
}

#[test]
fn rows_that_are_not_printed_are_counted() {
    let tally = made();
    let whole = ask(&tally, &all(), &Done::default());
    let short = ask(&tally, &AuditQuery { rows: 2, ..all() }, &Done::default());
    let lengths = [
        (
            short.each_connector.list.len() as u64 + short.each_connector.more,
            whole.each_connector.list.len(),
        ),
        (
            short.each_domain.list.len() as u64 + short.each_domain.more,
            whole.each_domain.list.len(),
        ),
        (
            short.old_senders.list.len() as u64 + short.old_senders.more,
            whole.old_senders.list.len(),
        ),
    ];
    for (short, whole) in lengths {
        assert!(whole > 2);
        assert_eq!(short, whole as u64);
    }
    for ((readiness, rows), (_, all)) in short.readiness.iter().zip(&whole.readiness) {
        assert_eq!(readiness.rows, all.len() as u64);
        assert_eq!(rows.len(), all.len().min(2));
    }
}

#[test]
fn what_is_ticked_off_is_in_the_work_lists() {
    let tally = made();
    let first = ask(&tally, &all(), &Done::default()).readiness[0].1[0].thing.clone();
    let mut done = Done::default();
    done.set(first.clone(), true);
    let (readiness, rows) = &ask(&tally, &all(), &done).readiness[0];
    assert_eq!(readiness.done, 1);
    let ticked: Vec<_> = rows.iter().filter(|row| row.done).map(|row| &row.thing).collect();
    assert_eq!(ticked, [&first]);
}

#[test]
fn without_addresses_none_is_in_the_answer_but_all_figures_are() {
    let tally = made();
    let query = AuditQuery { addresses: false, ..all() };
    let audit = ask(&tally, &query, &Done::default());
    let whole = ask(&tally, &all(), &Done::default());
    let text = format!("{audit:?}");
    let named = whole.old_senders.list.iter().map(|row| &row.address);
    for address in named.filter(|address| !address.is_empty()) {
        assert!(!text.contains(address.as_str()), "{address}");
    }
    assert!(!text.contains('@'), "an address is left");
    assert_eq!(audit.old_senders.more, whole.old_senders.list.len() as u64);
    assert_eq!(audit.senders.counts, whole.senders.counts);
    for ((own, rows), (all, _)) in audit.readiness.iter().zip(&whole.readiness) {
        assert_eq!((own.outcome, own.to_fix, rows.len()), (all.outcome, all.to_fix, 0));
    }
}

/// As an address would hold it.
fn filter(text: &str) -> Filter {
    let (filter, understood) = Filter::read(text);
    assert!(understood && !filter.is_empty(), "{text}");
    filter
}

#[test]
fn with_a_filter_every_report_is_that_of_its_view_with_that_filter() {
    let tally = made();
    let whole = ask(&tally, &all(), &Done::default());
    for text in ["all(tls~is~1.0)", "all(direction~is~inbound,volume~gt~100)", "all(tls~not~1.2)"] {
        let filter = filter(text);
        let query = AuditQuery { filter: filter.clone(), ..all() };
        let audit = ask(&tally, &query, &Done::default());
        let view = |report, by| {
            let filter = filter.clone();
            let query = Query { report, by, span: Span::All, filter, ..Query::default() };
            answer(&tally, NOW, &query, Words::default()).report
        };
        assert_eq!(audit.connectors, view(ReportKind::Connectors, By::Volume));
        assert_eq!(audit.senders, view(ReportKind::Senders, By::Tls));
        assert_eq!(audit.domains.0, view(ReportKind::Domains, By::Volume));
        assert_eq!(audit.direct.0, view(ReportKind::DirectSend, By::Volume));
        for (policy, (own, _)) in Policy::ALL.into_iter().zip(&audit.readiness) {
            let filter = filter.clone();
            let query = ReadinessQuery { policy, span: Span::All, filter, ..Default::default() };
            let view = readiness(&tally, NOW, &query, &Done::default(), &mut Ground::default());
            assert_eq!(*own, view.readiness);
        }
        // The summary is of the same messages, and says of how many.
        let flow = audit.flow.expect("mail flow");
        let mut both = flow.outbound;
        both.add_all(&flow.inbound);
        assert_eq!(both, audit.connectors.counts, "{text}");
        let volume = |audit: &Audit| audit.connectors.counts.volume();
        assert!(volume(&audit) < volume(&whole), "{text}");
        let known = audit.whole.expect("there is a filter");
        assert_eq!(known.flow, Some(volume(&whole)));
        assert_eq!(known.submissions, Some(whole.senders.counts.volume()));
        // What knows no filter is of all, and the page says so.
        assert_eq!(audit.unusual, whole.unusual);
    }
    assert_eq!(whole.whole, None);
}

#[test]
fn what_a_filter_cannot_do_to_a_part_is_told_of_that_part() {
    let tally = made();
    let filter = filter("all(method~is~basic)");
    let audit = ask(&tally, &AuditQuery { filter, ..all() }, &Done::default());
    let whole = ask(&tally, &all(), &Done::default());
    assert_eq!(audit.flow_ignored.len(), 1);
    assert_eq!(audit.flow_ignored, audit.connectors.ignored);
    assert_eq!(audit.flow, whole.flow);
    assert!(audit.senders.ignored.is_empty());
    assert!(audit.senders.counts.volume() < whole.senders.counts.volume());
}

/// TLS reports of 1, 3, 4 and 5 September.
fn reported() -> Tally {
    let text = |name| {
        std::fs::read_to_string(tests_folder().join("samples").join(name)).expect("a sample")
    };
    let reports = ["tls-report.json", "tls-reports.json"].map(|name| (name, text(name)));
    let mail = ("mail.csv", sample_text("connector-report"));
    read(&[&reports[..], &[mail]].concat()).0
}

#[test]
fn what_others_report_is_that_of_the_dashboard_on_the_days_asked_for() {
    let tally = reported();
    let panel = tls_reports(&tally).domains;
    let told = |span, rows| {
        let query = AuditQuery { span, rows, ..all() };
        ask(&tally, &query, &Done::default()).tls_reports.expect("there are reports")
    };
    let own = told(Span::All, 10_000).domains;
    assert_eq!(own.len(), panel.len());
    assert!(own.len() > 1);
    for (own, panel) in own.iter().zip(&panel) {
        assert_eq!(
            (&own.domain, &own.policy_type, own.days, own.sessions),
            (&panel.domain, &panel.policy_type, panel.days, panel.sessions)
        );
        assert_eq!(
            (&own.modes, &own.organizations, &own.failures),
            (&panel.modes, &panel.organizations, &panel.failures)
        );
    }
    let day = |text| Day::parse(text).expect("a day");
    let fourth = told(Span::Days(day("2026-09-04"), day("2026-09-04")), 50).domains;
    let sessions: Vec<_> = fourth.iter().map(|of| (&*of.domain, of.sessions.all())).collect();
    assert_eq!(sessions, [("shop.contoso.example", 9)]);
    assert_eq!(told(Span::Last(1), 50).domains, fourth, "the newest report ends the last days");
    let none = told(Span::Days(day("2026-10-01"), day("2026-10-02")), 50);
    assert!(none.domains.is_empty());
    let short = told(Span::All, 1);
    assert_eq!((short.domains.len(), short.more), (1, panel.len() as u64 - 1));
    assert_eq!(ask(&made(), &all(), &Done::default()).tls_reports, None);
}
