//! "What stands out" on the dashboard: what the reports find, and no more.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::fmt::Write as _;

use common::read;
use mailflow::mail::Day;
use mailflow::report::{
    FindingKind, Query, ReportKind, STANDING_OUT, Severity, Span, StandingOut, Words, answer,
    unusual, whole_dashboard,
};
use mailflow::sample::{SampleOptions, sample};
use mailflow::tally::Tally;

const NOW: u32 = 1_795_000_000;

/// The sample of the page.
fn page() -> Tally {
    let options = SampleOptions::page(Day::of_seconds(NOW).plus(-1));
    let files = sample(&options).files;
    let files: Vec<_> = files.into_iter().map(|file| (file.name, file.bytes)).collect();
    read(&files).0
}

fn standing_out(tally: &Tally) -> StandingOut {
    whole_dashboard(tally, NOW).standing_out.expect("it was asked for")
}

#[test]
fn it_is_what_the_reports_find_in_seven_days() {
    let tally = page();
    let found = standing_out(&tally);
    let of = |report| {
        let query = Query { report, ..Query::default() };
        answer(&tally, NOW, &query, Words::default()).report
    };
    let (connectors, domains) = (of(ReportKind::Connectors), of(ReportKind::Domains));
    let all: Vec<_> = connectors.insights.into_iter().chain(domains.insights).collect();
    assert_eq!(found.period, connectors.period);
    assert_eq!(found.all_insights(), all.len() as u64);
    assert!(found.insights.iter().all(|insight| all.contains(insight)));
    assert!(found.insights.is_sorted_by_key(|insight| insight.severity));

    let week = unusual(&tally, NOW, Span::Last(7));
    let shown = week.findings.len().min(STANDING_OUT);
    assert_eq!(found.unusual.findings, week.findings[..shown]);
    assert_eq!(found.unusual.more, (week.findings.len() - shown) as u64 + week.more);
}

#[test]
fn the_sample_shows_an_account_that_is_misused() {
    let found = standing_out(&page()).unusual;
    assert!(!found.findings.is_empty());
    for finding in &found.findings {
        assert_eq!(finding.address, "crm@sales.contoso.example");
        assert_eq!(finding.day, Day::of_seconds(NOW).plus(-3));
    }
    let elsewhere = |kind: &FindingKind| matches!(kind, FindingKind::NewClient { client, .. } if client == "203.0.113.199");
    assert!(found.findings.iter().any(|finding| elsewhere(&finding.kind)));
    // Before that day nobody does anything unusual.
    let before = Span::Days(Day::of_seconds(NOW).plus(-60), Day::of_seconds(NOW).plus(-4));
    assert_eq!(unusual(&page(), NOW, before).findings, []);
}

#[test]
fn the_weightiest_come_first_and_the_rest_is_counted() {
    let mut text = "date,direction,connector,connector type,tls version,message id\n".to_owned();
    for number in 0..10 {
        for message in 0..=number {
            let id = format!("<{number}.{message}@a.example>");
            writeln!(text, "2026-11-10T09:00:00Z,Inbound,C{number},Partner,TLS1_0,{id}")
                .expect("memory");
        }
    }
    let found = standing_out(&read(&[("connectors.csv", text)]).0);
    assert_eq!(found.all_insights(), 10);
    let named: Vec<_> = found.insights.iter().map(|insight| insight.connector.clone()).collect();
    assert_eq!(named, ["C9", "C8", "C7"].map(|name| Some(name.to_owned())));
    assert!(found.insights.iter().all(|insight| insight.severity == Severity::Medium));
}

#[test]
fn without_data_there_is_nothing_to_judge() {
    assert!(!standing_out(&Tally::default()).is_filled());
}
