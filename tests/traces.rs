//! Traces without TLS columns: as CSV and JSON, joined with each other, behind
//! each other in one file, and from the middle.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may stop"
)]

mod common;

use common::{account, cells, expected, gzip, json, read, sample_text, tests_folder, utf16};
use mailflow::mail::Choices;

const JSON: [&str; 3] = ["graph-message-trace", "graph-message-trace-detail", "web-service"];

fn json_text(name: &str) -> String {
    let path = tests_folder().join("samples").join(format!("{name}.json"));
    std::fs::read_to_string(path).expect("a sample")
}

#[test]
fn json_traces_have_the_answer_that_was_counted_by_hand() {
    for name in JSON {
        let wrappings: [fn(&str) -> Vec<u8>; 3] =
            [|text| text.as_bytes().to_vec(), |text| gzip(text), |text| utf16(text, true, false)];
        for wrap in wrappings {
            let file = format!("{name}.json");
            let (tally, accounts) = read(&[(&file, wrap(&json_text(name)))]);
            assert_eq!(json(&tally, &accounts), expected(name), "{name}");
        }
    }
}

#[test]
fn documents_behind_each_other_are_read_as_one() {
    for name in JSON {
        let once = json_text(name);
        let (tally, accounts) = read(&[("both", once.repeat(2))]);
        let (single, alone) = read(&[("one", &once)]);
        assert_eq!(cells(&tally), cells(&single), "{name}");
        assert!(accounts[0].rows + 1 >= 2 * alone[0].rows, "{name}: {accounts:#?}");
        assert!(accounts[0].duplicates > 0, "{name}");
    }
}

#[test]
fn a_json_trace_from_the_middle_finds_its_next_item() {
    let text = json_text("graph-message-trace");
    let at = text.find("mail").unwrap_or(200);
    let account = account(&text[at.max(200)..]);
    assert_eq!(account.format.as_deref(), Some("Message trace (JSON)"));
    assert_eq!(account.rows, account.messages + account.joined + account.unreadable_rows());
}

#[test]
fn an_empty_page_of_results_has_no_rows() {
    let page = json_text("graph-message-trace");
    let empty = r#"{"@odata.context":"x","value":[]}"#;
    let (tally, accounts) = read(&[("pages", format!("{empty}\n{page}"))]);
    assert_eq!(cells(&tally).len(), 2);
    assert_eq!(accounts[0].rows, 4);
}

#[test]
fn trace_and_detail_of_one_message_are_joined() {
    let files =
        [("trace", sample_text("message-trace")), ("detail", sample_text("message-trace-detail"))];
    let joined = [
        "2026-09-13 outbound - Unknown - notRecorded 1",
        "2026-09-13 unknown - Unknown - notRecorded 1",
        // The trace knows that it came in, the detail with which TLS.
        "2026-09-23 inbound - Unknown - 1.0 1",
        "2026-09-23 inbound Fabrikam & sons Partner - 1.2 1",
        "2026-09-23 outbound To Fabrikam Unknown - 1.3 1",
    ];
    let (tally, _) = read(&files);
    assert_eq!(cells(&tally), joined);
    let [trace, detail] = files;
    assert_eq!(cells(&read(&[detail, trace]).0), joined);
}

#[test]
fn own_domains_settle_directions_and_can_be_said() {
    let text = sample_text("portal-summary");
    let choices =
        Choices { own_domains: Some(vec!["Fabrikam.example".to_owned()]), ..Choices::default() };
    let (tally, _) = common::read_choosing(&[("summary", text.clone())], &choices);
    assert_eq!(
        cells(&tally),
        [
            // Seen from the other side.
            "2026-09-03 inbound - Unknown - notRecorded 1",
            "2026-09-03 outbound - Unknown - notRecorded 2",
            "2026-09-04 unknown - Unknown - notRecorded 2",
        ]
    );
    assert_eq!(tally.own_domains, ["fabrikam.example"]);
    let (tally, _) = read(&[("summary", text)]);
    assert_eq!(tally.own_domains, ["contoso.example"]);
}

#[test]
fn rows_without_an_id_all_count_in_one_file_and_once_in_two() {
    let text = sample_text("portal-summary");
    let last = text.lines().last().unwrap().to_owned();
    let again = text.clone() + &last.replace("Failed", "Delivered") + "\r\n";
    let text = again.clone() + &last.replace("Failed", "Delivered") + "\r\n";
    let outbound = |text: &str| {
        cells(&read(&[("one", text)]).0).into_iter().find(|cell| cell.contains("04 outbound"))
    };
    // One that failed is not sent, then one, then two of the same second.
    assert_eq!(outbound(&sample_text("portal-summary")), None);
    assert!(outbound(&again).unwrap().ends_with(" 1"));
    assert!(outbound(&text).unwrap().ends_with(" 2"));
    let (once, _) = read(&[("one", &text)]);
    let (twice, accounts) = read(&[("one", &text), ("two", &text)]);
    assert_eq!(cells(&twice), cells(&once));
    assert_eq!((accounts[1].duplicates, accounts[1].messages), (8, 0));
}

/// The text twice, the second time with its header, and a mark before it.
#[test]
fn exports_joined_by_hand_have_one_header_each() {
    for (name, format) in common::SAMPLES {
        let text = sample_text(name);
        for between in ["", "\u{feff}"] {
            let (tally, accounts) = read(&[("both", format!("{text}{between}{text}"))]);
            let (single, one) = read(&[("one", &text), ("two", &text)]);
            assert_eq!(accounts[0].format.as_deref(), Some(format), "{name}");
            let rows: u64 = one.iter().map(|account| account.rows).sum();
            assert_eq!(accounts[0].rows, rows, "{name}: {accounts:#?}");
            // Rows without an id, and counts, all count in one file.
            let adds = ["Message trace summary", "SmtpCSReport", "Messages report"];
            if !adds.contains(&format) && !name.contains("aggregate") {
                assert_eq!(cells(&tally), cells(&single), "{name}");
            }
        }
    }
}

#[test]
fn a_header_with_its_columns_in_another_order_holds_from_there_on() {
    let text = "date_time_utc,source,event_id,message_id,sender_address,custom_data,directionality\r\n\
        2026-09-03T10:00:00Z,SMTP,RECEIVE,<a@x.example>,a@x.example,S:tlsversion=SP_PROT_TLS1_2_SERVER,Incoming\r\n\
        event_id,source,date_time_utc,message_id,sender_address,custom_data,directionality\r\n\
        RECEIVE,SMTP,2026-09-03T11:00:00Z,<b@x.example>,b@x.example,S:tlsversion=SP_PROT_TLS1_2_SERVER,Incoming\r\n"
        .replace("        ", "");
    let (tally, accounts) = read(&[("both", text)]);
    assert_eq!(accounts[0].rows, 2, "{accounts:#?}");
    assert_eq!(cells(&tally), ["2026-09-03 inbound - NoConnector - 1.2 2"]);
}

#[test]
fn the_big_exports_are_known_without_their_header() {
    for (name, format) in
        [("enhanced-summary", "Enhanced summary"), ("extended-report", "Extended report")]
    {
        let text = sample_text(name);
        // Both write seven digits of a second.
        let text = text.replace(":00Z,", ":00.0000000Z,");
        let whole = read(&[("whole", &text)]).0;
        let rows = text.split_once("\r\n").unwrap().1.to_owned();
        let (tally, accounts) = read(&[("middle", &rows)]);
        assert_eq!(accounts[0].format.as_deref(), Some(format), "{name}");
        assert_eq!(cells(&tally), cells(&whole), "{name}");
        let (_, accounts) = read(&[("middle", &rows[40..])]);
        assert_eq!(accounts[0].format.as_deref(), Some(format), "{name}");
    }
}

#[test]
fn what_powershell_and_excel_put_before_a_header_is_no_row() {
    let text = sample_text("message-trace");
    for lead in ["#TYPE Deserialized.Microsoft.Exchange\r\n", "sep=,\r\n"] {
        let account = account(format!("{lead}{text}{lead}{text}"));
        assert_eq!((account.rows, account.unreadable_rows()), (16, 0), "{lead}");
    }
}

#[test]
fn json_as_powershell_writes_it_is_read() {
    let text = r#"[{"MessageId":"<a@x.example>","Received":{"value":"\/Date(1788426600240)\/","DisplayHint":2,
        "DateTime":"a Thursday"},"SenderAddress":"a@x.example","RecipientAddress":"b@contoso.example","Status":"Delivered",
        "ToIP":null,"FromIP":"192.0.2.1","MessageTraceId":"a0000000-5555-4222-8333-08dc1db12c34"}]"#
        .replace("\n        ", "");
    let (tally, _) = read(&[("json", text)]);
    assert_eq!(cells(&tally), ["2026-09-03 inbound - Unknown - notRecorded 1"]);
}

#[test]
fn json_items_that_are_damaged_or_others_are_told_apart() {
    let text = json_text("web-service");
    let damaged = text.replacen("\"Offer\"", "\"Off\ner\"", 1);
    let (_, accounts) = read(&[("damaged", format!("{{\"a\":1}}\n{damaged}"))]);
    let reasons: Vec<&str> =
        accounts[0].unreadable.iter().map(|(reason, _)| reason.code()).collect();
    assert_eq!(reasons, ["cutOff", "missingField", "damaged"]);
}

#[test]
fn how_mail_was_forwarded_says_nothing_of_how_it_came() {
    let text = sample_text("google-email-log");
    let text = text.replace("GMAIL,2026-09-03T08:00:00Z", "SMTP_OUTBOUND,2026-09-03T08:00:00Z");
    let (tally, _) = read(&[("log", text)]);
    assert_eq!(cells(&tally)[0], "2026-09-03 inbound - Unknown - notRecorded 1");
}

#[test]
fn a_table_of_letters_is_no_trace() {
    let text = "Date,From,To,Status\n2026-09-03,Alex,Blake,sent\n2026-09-04,Blake,Alex,read\n";
    assert!(account(text).format.is_none());
}
