//! SMTP TLS reports: what they say of sessions, in any order, packing and
//! number of copies, and what damage costs.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may stop"
)]

mod common;

use std::collections::BTreeSet;

use common::{
    Folder, account, expected, gzip, json, program, program_json, read, sample_text, tests_folder,
    utf16, zip,
};
use mailflow::account::{FileAccount, Unreadable, Warning};
use mailflow::report::{TlsReports, dashboard};
use mailflow::tally::Tally;
use mailflow::text::Language;
use proptest::prelude::*;
use proptest::sample::{Index, select};

const SAMPLES: [&str; 3] = ["tls-report", "tls-reports", "tls-report-odd"];
const FORMAT: &str = "SMTP TLS report";

fn text(name: &str) -> String {
    let path = tests_folder().join("samples").join(format!("{name}.json"));
    std::fs::read_to_string(path).expect("a sample")
}

/// What counts, without who is credited with it.
fn reports(tally: &Tally) -> serde_json::Value {
    json(tally, &[])["tlsReports"].clone()
}

/// Policies, duplicates and rows that cannot be read, of all files.
fn sums(accounts: &[FileAccount]) -> [u64; 3] {
    accounts.iter().fold([0; 3], |[policies, copies, unreadable], account| {
        let left_out = account.unreadable_rows();
        [policies + account.policies, copies + account.duplicates, unreadable + left_out]
    })
}

#[test]
fn reports_have_the_answer_that_was_counted_by_hand() {
    for name in SAMPLES {
        let wrappings: [fn(&str) -> Vec<u8>; 5] = [
            |text| text.as_bytes().to_vec(),
            |text| gzip(text),
            |text| utf16(text, true, false),
            |text| format!("\u{feff}\r\n{text}").into_bytes(),
            |text| zip(&[("a.json.gz", gzip(text))], false),
        ];
        for wrap in wrappings {
            let (tally, mut accounts) = read(&[("x", wrap(&text(name)))]);
            accounts[0].name = format!("{name}.json");
            assert_eq!(json(&tally, &accounts), expected(name), "{name}");
        }
    }
}

#[test]
fn the_program_gives_the_same_answer() {
    let folder = Folder::new("tls-reports");
    for name in SAMPLES {
        let path = folder.file("report", text(name));
        let (mut json, status) = program_json(&[&path], b"");
        json["files"][0]["name"] = format!("{name}.json").into();
        assert_eq!((json, status), (expected(name), 0));
    }
}

#[test]
fn sessions_are_in_no_figure_of_messages() {
    let mail = sample_text("connector-report");
    let (alone, _) = read(&[("mail", &mail)]);
    let (both, accounts) = read(&[("mail", &mail), ("report", &text("tls-report"))]);
    assert_eq!((&alone.flow, &alone.spans[0]), (&both.flow, &both.spans[0]));
    assert_eq!(both.spans[1], mailflow::tally::FileSpans::default());
    assert_eq!((accounts[1].messages, accounts[1].policies), (0, 2));
}

#[test]
fn a_second_copy_of_a_report_counts_nothing_in_any_order() {
    let (report, list, odd) = (text("tls-report"), text("tls-reports"), text("tls-report-odd"));
    let (once, alone) = read(&[("a", &report), ("b", &list), ("c", &odd)]);
    assert_eq!(sums(&alone), [6, 1, 4]);
    // The same in one line, as another program would write it.
    let value: serde_json::Value = serde_json::from_str(&report).unwrap();
    let again = value.to_string();
    let (twice, accounts) = read(&[("a", &again), ("b", &odd), ("c", &list), ("d", &report)]);
    assert_eq!(reports(&twice), reports(&once));
    assert_eq!((accounts[0].policies, accounts[0].duplicates), (2, 0));
    assert_eq!((accounts[3].policies, accounts[3].duplicates), (0, 2));
    let (thrice, accounts) = read(&[("a", odd + &report + &list + &again + &list)]);
    assert_eq!(reports(&thrice), reports(&once));
    assert_eq!(sums(&accounts), [6, 3 + 1 + 2, 4]);
}

#[test]
fn of_two_reports_of_one_name_the_one_with_more_sessions_counts() {
    let report = text("tls-report");
    let more = report.replace("\": 470", "\": 471").replace("192.0.2.10", "192.0.2.99");
    for files in [[&report, &more], [&more, &report]] {
        let (tally, accounts) = read(&[("a", files[0]), ("b", files[1])]);
        assert_eq!(reports(&tally), reports(&read(&[("more", &more)]).0));
        assert_eq!((accounts[0].policies, accounts[1].duplicates), (2, 2));
    }
    // The same id of another sender, or of another day, is another report.
    for other in [report.replace("Fabrikam", "Adatum"), report.replace("-03T", "-04T")] {
        assert_eq!(sums(&read(&[("a", &report), ("b", &other)]).1), [4, 0, 0]);
    }
}

#[test]
fn rows_that_were_left_out_are_shown_by_line_and_place() {
    let account = account(text("tls-report-odd"));
    let shown: Vec<_> = account
        .examples
        .iter()
        .map(|example| (example.line, example.text.split(' ').next().unwrap_or_default()))
        .collect();
    assert_eq!(
        shown,
        [
            (20, "/policies/2/policy/policy-domain"),
            (24, "/policies/3/summary"),
            (27, "/policies/4/summary/total-successful-session-count"),
            (31, "/policies/5/summary/total-successful-session-count"),
        ]
    );
    assert!(account.examples[0].text.contains("no-policy-found"), "{account:#?}");
}

#[test]
fn damage_costs_the_report_that_it_strikes() {
    let (report, list) = (text("tls-report"), text("tls-reports"));
    // A lost quote, then two good reports.
    let damaged = report.replacen("\"Fabrikam Mail\"", "\"Fabrikam Mail", 1);
    let (tally, accounts) = read(&[("damaged", format!("{list}{damaged}{report}"))]);
    assert_eq!(reports(&tally), reports(&read(&[("a", format!("{list}{report}"))]).0));
    assert_eq!((accounts[0].policies, accounts[0].duplicates), (4, 1));
    // A report that is none, and one without policies.
    let strange = format!("{report}{{\"a\": 1}}{}", report.replace("\"policies\"", "\"rules\""));
    let strange = account(strange);
    assert_eq!(
        (strange.policies, strange.unreadable.as_slice()),
        (2, &[(Unreadable::MissingField, 2)][..])
    );
    // Nothing to count.
    let empty = report.split_once("\"policies\"").unwrap().0.to_owned() + "\"policies\": []}";
    let empty = account(empty);
    assert_eq!((empty.format.as_deref(), empty.rows), (Some(FORMAT), 0));
}

#[test]
fn a_report_that_is_cut_off_is_told_so() {
    let (report, list) = (text("tls-report"), text("tls-reports"));
    let whole = format!("{list}{report}");
    for cut in [whole.len() - 3, whole.len() - 40, list.len() + report.find("18").unwrap()] {
        let account = account(&whole[..cut]);
        assert_eq!((account.policies, account.duplicates), (2, 1), "{cut}");
        assert_eq!(account.unreadable, [(Unreadable::CutOff, 1)], "{cut}");
        assert!(account.warnings.contains(&Warning::CutOff), "{cut}");
    }
    // Cut while packed, and the only one.
    let packed = gzip(&report);
    let account = account(&packed[..packed.len() - 20]);
    assert_eq!((account.format.as_deref(), account.policies), (Some(FORMAT), 0));
    assert_eq!(account.unreadable_rows(), 1);
}

#[test]
fn a_long_report_is_known_and_read_as_a_whole() {
    let report = text("tls-report");
    let (start, end) = report.split_once("\"failure-details\": [").unwrap();
    let detail = r#"{"result-type": "certificate-expired", "failed-session-count": 1},"#;
    let long = format!("{start}\"failure-details\": [{}{end}", detail.repeat(30_000));
    let (tally, accounts) = read(&[("long", &long)]);
    assert_eq!((accounts[0].format.as_deref(), accounts[0].policies), (Some(FORMAT), 2));
    assert_eq!(tally.tls_reports[0].failures.len(), 30_003);
}

#[test]
fn counts_that_fit_no_number_do_not_wrap_around() {
    let most = format!("\": {}", u64::MAX);
    let report = text("tls-report").replace("\": 18", &most).replace("\": 470", &most);
    let other = report.replace("Fabrikam", "Adatum").replace("\": 30\n", "\": null\n");
    let (tally, _) = read(&[("a", report), ("b", other)]);
    assert_eq!(tally.tls_reports.len(), 4);
    assert!(dashboard(&tally, common::NOW).mail_flow.is_none());
}

#[test]
fn a_report_may_name_a_thing_any_number_of_times() {
    for times in [2, 255, 256, 257, 300] {
        let names = "\"report-id\":\"x\",".repeat(times);
        let account = account(format!("{{{names}\"policies\":[]}}"));
        assert_eq!(account.format.as_deref(), Some("SMTP TLS report"), "{times}");
    }
}

#[test]
fn other_json_with_policies_is_no_report() {
    for text in [
        r#"{"policies": [{"policy": {"policy-domain": "contoso.example"}}], "version": 1}"#,
        r#"{"organization-name": "x", "report-id": "y", "policies": {"a": 1}}"#,
        r#"[1, {"policies": []}]"#,
        r#"{"a": {"organization-name": "x", "report-id": "y", "policies": []}}"#,
    ] {
        assert_eq!(account(text).format, None, "{text}");
    }
}

/// What the page and the program show of files.
fn shown<T: AsRef<[u8]>>(files: &[(&str, T)]) -> TlsReports {
    dashboard(&read(files).0, common::NOW).tls_reports
}

#[test]
fn figures_are_of_a_domain_and_a_type_of_policy() {
    let names = text("tls-reports");
    let files = [("a", text("tls-report")), ("b", names.clone()), ("c", names)];
    let reports = shown(&files);
    let lines: Vec<String> = reports
        .domains
        .iter()
        .map(|of| {
            let senders: Vec<&str> = of.organizations.list.iter().map(|of| &*of.0).collect();
            let (first, last) = of.days;
            let sessions = format!("{}+{}", of.sessions.successful, of.sessions.failed);
            format!("{} {} {first}..{last} {sessions} {senders:?}", of.domain, of.policy_type)
        })
        .collect();
    // Those of a domain stand apart: a session may be under both of its policies.
    assert_eq!(
        lines,
        [
            r#"contoso.example sts 2026-09-01..2026-09-03 560+40 ["Fabrikam Mail", "Northwind"]"#,
            r#"shop.contoso.example no-policy-found 2026-09-04..2026-09-04 7+2 ["Northwind"]"#,
            r#"contoso.example tlsa 2026-09-03..2026-09-03 120+0 ["Fabrikam Mail"]"#,
        ]
    );
    let sts = &reports.domains[0];
    let types: Vec<(&str, u64)> =
        sts.failures.list.iter().map(|(kind, _, of)| (&**kind, of.failed)).collect();
    // Three of Fabrikam's thirty have no details.
    assert_eq!(
        types,
        [
            ("certificate-expired", 22),
            ("sts-policy-fetch-error", 10),
            ("starttls-not-supported", 5),
            ("", 3)
        ]
    );
    let host = |kind: &str| -> Vec<(&str, u64)> {
        let of_kind = sts.hosts.list.iter().filter(|(own, ..)| own == kind);
        of_kind.map(|(_, host, of)| (&**host, of.failed)).collect()
    };
    let expired = [("mx2.contoso.example", 18), ("mx1.contoso.example", 4)];
    assert_eq!(host("certificate-expired"), expired);
    assert!(sts.refuses(), "Fabrikam's policy is enforced");
    // The order of files changes nothing that is shown.
    let mut turned = files;
    turned.reverse();
    assert_eq!(shown(&turned), reports);
}

#[test]
fn every_type_of_the_standard_has_its_words() {
    // RFC 8460, 4.3.
    const TYPES: [&str; 11] = [
        "starttls-not-supported",
        "certificate-host-mismatch",
        "certificate-expired",
        "certificate-not-trusted",
        "validation-failure",
        "tlsa-invalid",
        "dnssec-invalid",
        "dane-required",
        "sts-policy-fetch-error",
        "sts-policy-invalid",
        "sts-webpki-invalid",
    ];
    for t in [Language::English.texts(), Language::Korean.texts()] {
        let words: BTreeSet<&str> = TYPES.iter().map(|kind| t.failure(kind)[1]).collect();
        assert_eq!(words.len(), TYPES.len(), "each has a meaning of its own");
        // One that is not known goes by its own name.
        assert_eq!(t.failure("moon-phase")[0], "moon-phase");
    }
}

#[test]
fn the_program_tells_of_reports_in_words() {
    let path = tests_folder().join("samples/tls-report.json");
    let output = program(&["tally", path.to_str().expect("a path")]);
    let words = String::from_utf8(output.stdout).expect("text");
    for part in
        ["What other senders report\n", "contoso.example", "MTA-STS", "470", "Certificate expired"]
    {
        assert!(words.contains(part), "{part} is not in {words}");
    }
    // Where there are none, nothing is said of them.
    let path = tests_folder().join("samples/connector-report.csv");
    let output = program(&["tally", path.to_str().expect("a path")]);
    assert!(!String::from_utf8(output.stdout).expect("text").contains("senders report"));
}

#[test]
fn lists_and_texts_that_are_shown_are_short() {
    let one = |organization: &str, domain: &str| {
        format!(
            "{{\"organization-name\":\"{organization}\",\"date-range\":{{\"start-datetime\":\"2026-09-03T00:00:00Z\",\
             \"end-datetime\":\"2026-09-03T23:59:59Z\"}},\"report-id\":\"1\",\"policies\":[{{\"policy\":{{\"policy-type\":\
             \"sts\",\"policy-domain\":\"{domain}\"}},\"summary\":{{\"total-successful-session-count\":1,\
             \"total-failure-session-count\":1}}}}]}}\n"
        )
    };
    let mut text = String::new();
    for number in 0..130 {
        let long = "x".repeat(if number == 5 { 100_000 } else { 3 });
        text += &one(&format!("{long}{number}"), "contoso.example");
        text += &one("A", &format!("d{number}.example"));
    }
    let reports = shown(&[("a", text)]);
    assert_eq!((reports.domains.len(), reports.more), (100, 31));
    let organizations = &reports.domains[0].organizations;
    assert_eq!((organizations.list.len(), organizations.more), (100, 30));
    let longest = organizations.list.iter().map(|(name, ..)| name.chars().count()).max();
    assert!(longest <= Some(201), "{longest:?}");
}

/// Something that happens to a text.
fn damage() -> impl Strategy<Value = (Index, usize, String)> {
    (any::<Index>(), 0_usize..30, "[{}\\[\\]\",:\\\\\n0-9a]{0,3}")
}

proptest! {
    // That accounts add up is looked at wherever something is read.
    #[test]
    fn every_row_of_damaged_reports_is_accounted_for(
        names in prop::collection::vec(select(&SAMPLES[..]), 1..4),
        damages in prop::collection::vec(damage(), 0..4),
        cut in any::<Index>(),
        cuts in any::<bool>(),
    ) {
        let mut text: Vec<char> =
            names.iter().map(|name| text(name)).collect::<String>().chars().collect();
        for (at, length, new) in damages {
            let start = at.index(text.len() + 1);
            text.splice(start..(start + length).min(text.len()), new.chars());
        }
        if cuts {
            text.truncate(cut.index(text.len() + 1));
        }
        read(&[("damaged", text.into_iter().collect::<String>())]);
    }

    #[test]
    fn no_order_of_files_changes_what_counts(
        files in prop::collection::vec((select(&SAMPLES[..]), 0_u32..3, 0_u32..3), 1..5),
        turn in any::<Index>(),
    ) {
        // Reports that go by one name and say different things, too.
        let texts: Vec<(&str, String)> = files
            .iter()
            .map(|(name, host, count)| {
                let text = text(name).replace("mx2", &format!("mx{host}"));
                ("file", text.replace("\": 30\n", &format!("\": {}\n", 30 + count)))
            })
            .collect();
        let mut turned = texts.clone();
        turned.rotate_left(turn.index(texts.len()));
        let (tally, accounts) = read(&texts);
        for _ in 0..2 {
            let (other, others) = read(&turned);
            prop_assert_eq!(reports(&other), reports(&tally));
            prop_assert_eq!(sums(&others), sums(&accounts));
            turned.reverse();
        }
    }
}
