//! Exports that count by themselves: what is read of them, how they stand
//! beside messages, and how rounded numbers and unknown days are shown.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{
    Folder, cells, expected, json, program, program_json, read, read_with, sample_text, senders,
    tests_folder,
};
use mailflow::account::{FileAccount, Gap, Inference, Mapping, NoMail, Problem};
use mailflow::export::{detailed_csv, table_csv};
use mailflow::mail::{Day, TlsState};
use mailflow::report::{
    By, DetailedQuery, DetailedWords, Query, ReportKind, Rows, Span, Subject, Words, answer,
    dashboard, detailed, details, unusual,
};
use mailflow::tally::Tally;
use mailflow::text::{Language, account_text, dashboard_text};
use proptest::prelude::*;

const PERIOD: &str = "2026-09-01..2026-09-30";

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// What a person says of counts without days.
fn of_days(first: &str, last: &str) -> Mapping {
    Mapping { period: Some((day(first), day(last))), ..Mapping::default() }
}

fn september() -> Mapping {
    of_days("2026-09-01", "2026-09-30")
}

fn senders_of(period: Span, by: By) -> Query {
    Query { report: ReportKind::Senders, span: period, by, ..Query::default() }
}

fn volume(tally: &Tally) -> u64 {
    let flow = tally.flow.iter().map(|cell| cell.messages);
    let submissions = tally.submissions.iter().map(|cell| cell.messages);
    let blocks = tally.blocks.iter().map(|block| block.cell.messages);
    flow.chain(submissions).chain(blocks).sum()
}

fn covered(account: &FileAccount) -> u64 {
    let rows = account.no_mail.iter().find(|(why, _)| *why == NoMail::CoveredByMessages);
    rows.map_or(0, |(_, rows)| *rows)
}

/// A day of the Messages report.
fn messages_report(rows: &[&str]) -> String {
    let head = "Date,Connector direction and name,Connector type,Forced TLS?,No TLS,TLS 1.2,Volume";
    format!("{head}\n{}\n", rows.join("\n"))
}

#[test]
fn the_sample_of_senders_needs_a_period_and_gives_the_answer_that_was_counted_by_hand() {
    let path = tests_folder().join("samples").join("smtp-auth-clients.csv");
    let path = path.to_str().expect("a path");
    let mut answer = expected("smtp-auth-clients");
    answer["files"][0]["name"] = path.into();
    assert_eq!(program_json(&["--period", PERIOD, path], b""), (answer, 0));
    let refused = program(&["tally", path]);
    assert_eq!(refused.status.code(), Some(1));
    let told = String::from_utf8(refused.stdout).expect("UTF-8");
    assert!(told.contains("The counts in the file have no date."), "{told}");
    let account = &read(&[("a", sample_text("smtp-auth-clients"))]).1[0];
    assert_eq!(account.problem, Some(Problem::PeriodNeeded));
    for wrong in ["2026-09-30..2026-09-01", "2026-09-01", "september"] {
        assert_eq!(program(&["tally", "--period", wrong, path]).status.code(), Some(2), "{wrong}");
    }
}

#[test]
fn what_was_concluded_and_what_cannot_be_told_is_told() {
    let (_, accounts) = read_with(&[("a", sample_text("smtp-auth-clients"))], &september());
    assert_eq!(accounts[0].inferred, [(Inference::RoundedShares, 3)]);
    assert_eq!(accounts[0].gaps, [Gap::Connector, Gap::ClientIp, Gap::Days]);
    let text = account_text(Language::English.texts(), &accounts[0]);
    assert!(text.contains("2026-09-01 to 2026-09-30"), "{text}");
    let account = common::account(sample_text("messages-report"));
    assert_eq!(account.inferred, [(Inference::RoundedShares, 3)]);
    assert_eq!(account.gaps, [Gap::SmtpAuth]);
    assert_eq!(account.unfamiliar, []);
}

#[test]
fn both_views_of_the_older_report_are_read_and_are_the_same_senders() {
    let volumes =
        "Sender address,Message count\nA@contoso.example,\"1,472\"\nb@contoso.example,3\n";
    let usage = "Sender address,TLS1.0%,TLS1.1%,TLS1.2%,Message count\n\
        a@contoso.example,100% (1472),0% (0),0% (0),1472\nb@contoso.example,0,0,100,3\n";
    let korean = "보낸 사람 주소,메시지 수\na@contoso.example,1472\nb@contoso.example,3\n";
    for files in [[volumes, usage, korean], [korean, usage, volumes], [usage, volumes, korean]] {
        let files = files.map(|text| ("file", text));
        let (tally, accounts) = read_with(&files, &september());
        let told = [
            "a@contoso.example contoso.example 1.0 unknown 1472",
            "b@contoso.example contoso.example 1.2 unknown 3",
        ];
        assert_eq!(senders(&tally), told);
        let duplicates: u64 = accounts.iter().map(|account| account.duplicates).sum();
        assert_eq!(duplicates, 4);
    }
    let (tally, accounts) = read_with(&[("a", volumes)], &september());
    assert_eq!(senders(&tally)[0], "a@contoso.example contoso.example notRecorded unknown 1472");
    assert_eq!(accounts[0].gaps, [Gap::Tls, Gap::Connector, Gap::ClientIp, Gap::Days]);
}

#[test]
fn no_other_table_of_two_columns_is_taken_for_senders() {
    for head in ["user,count", "Sender address,Date", "Sender address,Message ID", "name,messages"]
    {
        let text = format!("{head}\na@contoso.example,3\n");
        let (_, accounts) = read_with(&[("a", text)], &september());
        assert_eq!(accounts[0].format, None, "{head}");
    }
    let report = common::account(sample_text("smtp-auth-report"));
    assert_eq!(report.format.as_deref(), Some("SmtpCSReport"));
}

#[test]
fn direction_and_name_may_have_a_column_each() {
    let text = "Date,Direction,Connector name,Connector type,TLS 1.2,TLS 1.3,Messages\n\
        2026-10-04,Inbound,Contoso - gateway,OnPremises,3,4,7\n\
        2026-10-04,Outbound,,NoConnector,1,1,3\n";
    let (tally, _) = read(&[("a", text)]);
    assert_eq!(
        cells(&tally),
        [
            "2026-10-04 inbound Contoso - gateway OnPremises - 1.2 3",
            "2026-10-04 inbound Contoso - gateway OnPremises - 1.3 4",
            "2026-10-04 outbound - NoConnector - 1.2 1",
            "2026-10-04 outbound - NoConnector - 1.3 1",
            "2026-10-04 outbound - NoConnector - notRecorded 1",
        ]
    );
}

#[test]
fn our_own_table_can_be_read_again() {
    let (tally, _) = read(&[("a", sample_text("messages-report"))]);
    let t = Language::English.texts();
    let flow = |direction| {
        let name = t.report.direction_and_name;
        (name(direction, None), name(direction, Some("")))
    };
    let words = Words {
        flows: [
            mailflow::mail::Direction::Inbound,
            mailflow::mail::Direction::Outbound,
            mailflow::mail::Direction::Unknown,
        ]
        .map(flow),
        types: ["OnPremises", "Partner", "NoConnector", "Unknown"].map(str::to_owned),
        forced: ["True", "False", "Not recorded"].map(str::to_owned),
        date: "Date".to_owned(),
        name: "Connector direction and name".to_owned(),
        connector_type: "Connector type".to_owned(),
        forced_tls: "Forced TLS?".to_owned(),
        tls: [
            "No TLS",
            "Other TLS",
            "TLS 1.0",
            "TLS 1.1",
            "TLS 1.2",
            "TLS 1.3",
            "",
            "Not recorded",
        ]
        .map(str::to_owned),
        volume: "Volume".to_owned(),
        rounded: "Rounded".to_owned(),
        group: ',',
        point: '.',
        ..Words::default()
    };
    let table = table_csv(
        &tally,
        &answer(&tally, common::NOW, &Query { span: Span::All, ..Query::default() }, words),
    );
    // Numbers are plain; a column of its own tells of rounding.
    let head = table.lines().next().expect("a head");
    assert!(head.ends_with("Not recorded,Volume,Rounded"), "{head}");
    assert!(table.contains("33.0% (33),34.0% (34),0,100,True") && !table.contains('≈'), "{table}");
    let (again, accounts) = read(&[("table.csv", &table)]);
    assert_eq!(json(&again, &[])["cells"], json(&tally, &[])["cells"]);
    assert_eq!(accounts[0].unfamiliar, []);
}

#[test]
fn every_message_of_an_export_is_counted_once() {
    // The volumes of the rows that can be read.
    for (name, messages) in [
        ("messages-report", 1_200 + 500 + 35 + 1_000 + 300 + 7 + 100 + 12),
        ("messages-report-korean", 25 + 1_230 + 20 + 40),
        ("connector-report-aggregate", 8 + 200 + 16 + 3 + 6 + 10),
        ("smtp-auth-clients", 472 + 1_200 + 90 + 2),
    ] {
        let text = sample_text(name);
        let (once, _) = read_with(&[("a", &text)], &september());
        assert_eq!(volume(&once), messages, "{name}");
        let (twice, accounts) = read_with(&[("a", &text), ("b", &text)], &september());
        assert_eq!(json(&twice, &[]), json(&once, &[]), "{name}");
        let read = accounts[1].rows - accounts[1].unreadable_rows();
        assert_eq!((accounts[1].messages, accounts[1].duplicates), (0, read), "{name}");
    }
}

#[test]
fn of_two_exports_of_the_same_the_one_with_more_messages_counts() {
    // Downloaded before the day was over, and after it; the later one leaves
    // out whether TLS is forced, and has one connector in two rows.
    let early = messages_report(&[
        "2026-10-04,Inbound - a,Partner,True,0,5,5",
        "2026-10-04,Outbound - b,Partner,True,0,7,7",
    ]);
    let late = messages_report(&[
        "2026-10-04,Inbound - a,Partner,,1,8,9",
        "2026-10-04,Inbound - a,Partner,,0,2,2",
        "2026-10-04,Outbound - b,Partner,,10%,90%,7",
    ]);
    let told = [
        "2026-10-04 inbound a Partner - none 1",
        "2026-10-04 inbound a Partner - 1.2 10",
        // Equal ones: the exact numbers.
        "2026-10-04 outbound b Partner true 1.2 7",
    ];
    for (files, duplicates) in
        [([("a", &early), ("b", &late)], [1, 1]), ([("b", &late), ("a", &early)], [1, 1])]
    {
        let (tally, accounts) = read(&files);
        assert_eq!(cells(&tally), told);
        assert_eq!([accounts[0].duplicates, accounts[1].duplicates], duplicates);
    }
}

/// Five inbound messages of a day, and none of another.
fn five_messages() -> String {
    let row = |n| format!("2026-10-04T0{n}:00:00Z,<{n}@x.example>,Received,TLS1.2\n");
    let rows: String = (0..5).map(row).collect();
    format!("date,message_id,direction,tls_version\n{rows}")
}

#[test]
fn messages_win_for_their_day_and_direction_and_both_totals_are_shown() {
    let counts = messages_report(&[
        "2026-10-04,Inbound - a,Partner,True,0,4,4",
        "2026-10-04,From the internet without a connector,NoConnector,False,0,2,2",
        "2026-10-04,Outbound - b,Partner,True,0,7,7",
        "2026-10-05,Inbound - a,Partner,True,0,3,3",
    ]);
    let messages = five_messages();
    let told = [
        "2026-10-04 inbound - Unknown - 1.2 5",
        "2026-10-04 outbound b Partner true 1.2 7",
        "2026-10-05 inbound a Partner true 1.2 3",
    ];
    for (files, at) in
        [([("a", &counts), ("b", &messages)], 0), ([("b", &messages), ("a", &counts)], 1)]
    {
        let (tally, accounts) = read(&files);
        assert_eq!(cells(&tally), told);
        let account = &accounts[at];
        assert_eq!((account.messages, covered(account), account.covered), (2, 2, Some((6, 5))));
        let card = dashboard(&tally, common::NOW).mail_flow.expect("mail flow");
        assert_eq!(card.remarks.covered, Some((6, 5)));
        assert_eq!(card.inbound.volume(), 8);
        let of = |span| {
            let query = Query { span, ..Query::default() };
            answer(&tally, common::NOW, &query, Words::default()).report.remarks.covered
        };
        assert_eq!(of(Span::All), Some((6, 5)));
        assert_eq!(of(Span::Last(1)), None);
        let both = "an export of counts has 6 messages, and other files tell of 5";
        let t = Language::English.texts();
        assert!(account_text(t, account).contains(both));
        assert!(dashboard_text(t, &dashboard(&tally, common::NOW)).contains(both));
    }
}

#[test]
fn counts_without_days_yield_to_submissions_of_any_of_their_days() {
    let counts = sample_text("smtp-auth-clients");
    let submissions = "date,senderName,senderDomain,authMethod,tls_version,message_id\n\
        2026-09-30T10:00:00Z,scanner,contoso.example,Basic,TLS1.2,<1@x.example>\n\
        2026-10-01T10:00:00Z,scanner,contoso.example,Basic,TLS1.2,<2@x.example>\n";
    for at in [0, 1] {
        let mut files = vec![("b", submissions)];
        files.insert(at, ("a", counts.as_str()));
        let (tally, accounts) = read_with(&files, &september());
        assert_eq!(tally.blocks, []);
        assert_eq!(senders(&tally), ["scanner@contoso.example contoso.example 1.2 basic 2"]);
        assert_eq!((covered(&accounts[at]), accounts[at].covered), (4, Some((1_764, 1))));
    }
    let (tally, _) =
        read_with(&[("a", &*counts), ("b", submissions)], &of_days("2026-09-01", "2026-09-29"));
    assert_eq!(volume(&tally), 1_764 + 2);
}

#[test]
fn of_overlapping_periods_of_a_sender_the_longest_counts() {
    // Periods differ from file to file, so that they come as documents.
    let of = |first: &str, last: &str, account: &str, messages: u64| {
        format!(
            r#"{{"version":1,"cells":[{{"day":null,"period":{{"first":"{first}","last":"{last}"}},
                "direction":"submission","account":"{account}","tls":"1.2","messages":{messages}}}]}}"#
        )
    };
    let month = of("2026-09-01", "2026-09-30", "a@x.example", 40);
    let week = of("2026-09-24", "2026-09-30", "a@x.example", 50);
    let next = of("2026-10-01", "2026-10-31", "a@x.example", 3);
    let other = of("2026-09-24", "2026-09-30", "b@x.example", 5);
    let files = [("m", &month), ("w", &week), ("n", &next), ("o", &other)];
    let mut turned = files;
    turned.reverse();
    for files in [files, turned] {
        let (tally, accounts) = read(&files);
        assert_eq!(volume(&tally), 48);
        assert_eq!(accounts.iter().map(|account| account.duplicates).sum::<u64>(), 1);
    }
}

#[test]
fn a_block_counts_in_totals_and_tables_but_never_in_charts_of_days() {
    let (tally, _) = read_with(&[("a", sample_text("smtp-auth-clients"))], &september());
    let ask = |span| answer(&tally, common::NOW, &senders_of(span, By::Tls), Words::default());
    let all = ask(Span::All);
    let report = &all.report;
    assert_eq!(report.reach, Some((day("2026-09-01"), day("2026-09-30"))));
    let period = report.period.expect("a period");
    assert_eq!((period.days(), period.covered), (30, 30));
    assert_eq!(report.counts.volume(), 1_764);
    assert_eq!(report.counts.amount(TlsState::V1_0), (473, true));
    assert_eq!((report.remarks.undated, report.remarks.not_included), (1_764, None));
    let Rows::Senders(rows) = all.rows(&tally, 0, 10) else { panic!("senders") };
    let rows: Vec<_> = rows.iter().map(|row| (&*row.address, row.counts.volume())).collect();
    let told = [
        ("reports@contoso.example", 1_200),
        ("scanner@contoso.example", 472),
        ("billing@fabrikam.example", 90),
        ("door@contoso.example", 2),
    ];
    assert_eq!(rows, told);
    // No day has a number, not even 0.
    assert!(report.series.iter().all(|series| series.days == [None; 30]));
    let subject = Subject::Sender("scanner@contoso.example".into(), "contoso.example".into());
    let of_sender = details(&tally, common::NOW, Span::All, &subject);
    assert_eq!(of_sender.counts.volume(), 472);
    assert_eq!(of_sender.days, [None; 30]);
    assert_eq!(unusual(&tally, common::NOW, Span::All).findings, []);
    let query = DetailedQuery {
        report: ReportKind::Senders,
        span: Span::All,
        direction: None,
        connector_type: None,
        tls: None,
    };
    let words = Words { rounded: "Rounded".to_owned(), ..Words::default() };
    let table =
        detailed_csv(detailed(&tally, common::NOW, &query, &words, &DetailedWords::default()));
    assert!(table.contains("2026-09-01 \u{2013} 2026-09-30,scanner@contoso.example"), "{table}");
    assert!(table.lines().next().is_some_and(|head| head.ends_with(",Rounded")), "{table}");
}

#[test]
fn a_block_that_is_only_partly_in_the_days_asked_for_is_left_out_and_told() {
    let (tally, _) = read_with(&[("a", sample_text("smtp-auth-clients"))], &september());
    let query = senders_of(Span::Last(7), By::Volume);
    let report = answer(&tally, common::NOW, &query, Words::default()).report;
    assert_eq!(report.counts.volume(), 0);
    assert_eq!(report.period.map(|period| period.covered), Some(0));
    let left_out = Some((day("2026-09-01"), day("2026-09-30")));
    assert_eq!(report.remarks.not_included, left_out);
    let card = dashboard(&tally, common::NOW);
    assert_eq!(card.smtp_auth.expect("a card").remarks.not_included, left_out);
    let text = dashboard_text(Language::English.texts(), &card);
    assert!(text.contains("Counts of 2026-09-01 to 2026-09-30 as a whole are not included"));
    assert!(!text.contains("no one sent"), "{text}");
    // A week as a whole is in the card of the week.
    let week = of_days("2026-09-24", "2026-09-30");
    let (tally, _) = read_with(&[("a", sample_text("smtp-auth-clients"))], &week);
    let card = dashboard(&tally, common::NOW).smtp_auth.expect("a card");
    assert_eq!((card.senders, card.counts.volume(), card.period.covered), (4, 1_764, 7));
}

#[test]
fn rounded_numbers_are_marked_where_they_are_shown() {
    let (tally, _) = read(&[("a", sample_text("messages-report"))]);
    let text = dashboard_text(Language::English.texts(), &dashboard(&tally, common::NOW));
    assert!(text.contains("TLS 1.3: \u{2248}555 (48.90%)"), "{text}");
    // Inbound numbers are all exact.
    assert!(text.contains("TLS 1.3: 347 (17.21%)"), "{text}");
    assert!(text.contains("worked out from rounded percentages"), "{text}");
    let plain = read(&[("a", five_messages())]).0;
    let text = dashboard_text(Language::English.texts(), &dashboard(&plain, common::NOW));
    assert!(!text.contains('\u{2248}'), "{text}");
}

#[test]
fn our_json_keeps_blocks_and_what_is_rounded() {
    let folder = Folder::new("aggregates");
    for name in ["messages-report", "smtp-auth-clients"] {
        let (tally, _) = read_with(&[("a", sample_text(name))], &september());
        let written = json(&tally, &[]);
        let path = folder.file("tally.json", written.to_string());
        let (back, status) = program_json(&[&path], b"");
        assert_eq!((&back["cells"], status), (&written["cells"], 0), "{name}");
        assert_eq!(back["files"][0]["unreadable"], serde_json::json!({}), "{name}");
    }
    // Of mail flow, the day is known.
    let text = r#"{"version":1,"cells":[{"day":null,"period":{"first":"2026-09-01","last":"2026-09-30"},
        "direction":"inbound","tls":"1.2","messages":3},
        {"day":null,"direction":"submission","tls":"1.2","messages":3}]}"#;
    assert_eq!(common::account(text).unreadable_rows(), 2);
}

/// A row of one of a few connectors and days, so that files often tell of the
/// same; now and then a message of such a day.
fn row() -> impl Strategy<Value = String> {
    let of = |all: &[&'static str]| prop::sample::select(all.to_vec());
    let connector = of(&["Inbound - a", "Inbound - b", "Outbound - a"]);
    let forced = of(&["True", "False", ""]);
    let cells = of(&["0,9,9", "4,5,9", "50%,50%,9", "10%,60%,12", "0,0,0", "1,1,5"]);
    (of(&["2026-10-04", "2026-10-05"]), connector, forced, cells).prop_map(
        |(day, connector, forced, cells)| format!("{day},{connector},Partner,{forced},{cells}"),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_order_of_files_or_rows_changes_a_figure(
        files in prop::collection::vec(prop::collection::vec(row(), 0..6), 1..4),
        messages in any::<bool>(), turn in any::<prop::sample::Index>(),
    ) {
        let written = |files: &[Vec<String>]| {
            let report = |rows: &Vec<String>| {
                messages_report(&rows.iter().map(String::as_str).collect::<Vec<_>>())
            };
            files.iter().map(report).chain(messages.then(five_messages)).collect::<Vec<_>>()
        };
        let figures = |files: &[String]| {
            let files: Vec<_> = files.iter().map(|text| ("file", text)).collect();
            let (tally, accounts) = read(&files);
            (json(&tally, &[]), volume(&tally), common::sums(&accounts))
        };
        let first = figures(&written(&files));
        let mut turned = files.clone();
        for rows in &mut turned {
            rows.reverse();
        }
        let mut turned = written(&turned);
        turned.reverse();
        let at = turn.index(turned.len().max(1));
        turned.rotate_left(at);
        prop_assert_eq!(figures(&turned), first);
    }
}
