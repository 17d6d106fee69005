//! How messages are counted: a test for every rule, with the fewest rows that
//! show it.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{CONNECTOR_HEADER, NOW, cells, read, senders};
use mailflow::account::{Inference, NoMail, Unreadable, Warning};
use mailflow::mail::TlsState;
use mailflow::report::dashboard;

const SUMMARY_HEADER: &str = "origin_timestamp_utc,sender_address,recipient_status,message_subject,\
    total_bytes,message_id,network_message_id,original_client_ip,directionality,connector_id,\
    delivery_priority\n";

const SMTP_AUTH_HEADER: &str = "date,senderName,senderDomain,authMethod,original_client_ip,\
    tls_version,tls_cipher,message_count,message_id\n";

/// Network message ids.
const N1: &str = "11111111-1111-1111-1111-111111111111";
const N2: &str = "22222222-2222-2222-2222-222222222222";

/// A `ConnectorReport` with these rows.
fn connectors(rows: &[&str]) -> String {
    format!("{CONNECTOR_HEADER}{}\n", rows.join("\n"))
}

/// A `SmtpCSReport` with these rows.
fn smtp_auth(rows: &[&str]) -> String {
    format!("{SMTP_AUTH_HEADER}{}\n", rows.join("\n"))
}

/// An Enhanced summary with these rows.
fn summary(rows: &[&str]) -> String {
    format!("{SUMMARY_HEADER}{}\n", rows.join("\n"))
}

/// A row of an Extended report, in what matters for counting.
#[derive(Clone, Copy)]
struct Row<'a> {
    time: &'a str,
    source: &'a str,
    event: &'a str,
    message_id: &'a str,
    network: &'a str,
    sender: &'a str,
    recipient: &'a str,
    status: &'a str,
    subject: &'a str,
    directionality: &'a str,
    connector: &'a str,
    info: &'a str,
    custom: &'a str,
}

/// A message of 2026-09-03 that comes in by SMTP.
const RECEIVE: Row<'_> = Row {
    time: "2026-09-03T10:00:00Z",
    source: "SMTP",
    event: "RECEIVE",
    message_id: "<a@x.example>",
    network: N1,
    sender: "s@x.example",
    recipient: "r@contoso.example",
    status: "",
    subject: "",
    directionality: "Incoming",
    connector: "",
    info: "",
    custom: "",
};

/// Sent out by SMTP.
const SEND: Row<'_> = Row {
    event: "SENDEXTERNAL",
    sender: "u@contoso.example",
    recipient: "r@y.example",
    directionality: "Originating",
    ..RECEIVE
};

/// Handed in by a mailbox of the organization.
const SUBMIT: Row<'_> = Row { source: "STOREDRIVER", event: "RECEIVE", info: "04I: ", ..SEND };

/// Delivered to a mailbox.
const DELIVER: Row<'_> = Row { source: "STOREDRIVER", event: "DELIVER", ..RECEIVE };

fn extended(rows: &[Row<'_>]) -> String {
    let mut text = "date_time_utc,source,event_id,message_id,network_message_id,sender_address,\
        recipient_address,recipient_status,message_subject,directionality,connector_id,\
        message_info,original_client_ip,custom_data\n"
        .to_owned();
    for row in rows {
        let cells = [
            row.time,
            row.source,
            row.event,
            row.message_id,
            row.network,
            row.sender,
            row.recipient,
            row.status,
            row.subject,
            row.directionality,
            row.connector,
            row.info,
            "192.0.2.1",
            row.custom,
        ];
        let quoted = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        text += &quoted.join(",");
        text.push('\n');
    }
    text
}

/// The cells of these files, which must be the same in any order of files and
/// of rows.
fn count(files: &[&str]) -> Vec<String> {
    let named: Vec<_> = files.iter().map(|text| ("file", *text)).collect();
    let (tally, accounts) = read(&named);
    let backwards: Vec<_> = named
        .iter()
        .rev()
        .map(|(name, text)| {
            let (header, rows) = text.split_once('\n').expect("a header");
            let rows: Vec<_> = rows.lines().rev().collect();
            (*name, format!("{header}\n{}\n", rows.join("\n")))
        })
        .collect();
    let (reversed, other_accounts) = read(&backwards);
    assert_eq!(cells(&tally), cells(&reversed), "backwards");
    assert_eq!(senders(&tally), senders(&reversed), "backwards");
    assert_eq!(common::sums(&accounts), common::sums(&other_accounts), "backwards");
    cells(&tally)
}

#[test]
fn rows_and_recipients_never_multiply_a_message() {
    let text = extended(&[
        RECEIVE,
        Row { recipient: "q@contoso.example", time: "2026-09-03T10:00:01Z", ..RECEIVE },
        DELIVER,
        Row { recipient: "q@contoso.example", ..DELIVER },
        Row { event: "EXPAND", source: "ROUTING", ..RECEIVE },
    ]);
    assert_eq!(count(&[&text]), ["2026-09-03 inbound - NoConnector - notRecorded 1"]);
    let account = common::account(text);
    assert_eq!((account.rows, account.messages, account.joined), (5, 1, 4));
}

#[test]
fn within_one_message_and_direction_a_named_connector_replaces_none() {
    let named =
        Row { custom: "'S:InboundConnectorData=Name=From x;ConnectorType=Partner'", ..RECEIVE };
    assert_eq!(
        count(&[&extended(&[RECEIVE, named])]),
        ["2026-09-03 inbound From x Partner - notRecorded 1"]
    );
    // Across files as well; the TLS of the nameless row is the connector's.
    let report =
        connectors(&["2026-09-03T10:00:00Z,<a@x.example>,r,s@x.example,Received,,,TLS1.1,"]);
    assert_eq!(
        count(&[&extended(&[named]), &report]),
        ["2026-09-03 inbound From x Partner - 1.1 1"]
    );
}

#[test]
fn two_connectors_of_one_message_stay_two() {
    let over = |name| {
        format!("2026-09-03T10:00:00Z,<a@x.example>,r,s@x.example,Sent,{name},Partner,TLS1.2,")
    };
    let text = connectors(&[&over("To one"), &over("To two")]);
    assert_eq!(
        count(&[&text]),
        [
            "2026-09-03 outbound To one Partner - 1.2 1",
            "2026-09-03 outbound To two Partner - 1.2 1"
        ]
    );
    assert_eq!(common::account(text).messages, 1);
}

#[test]
fn a_recorded_state_replaces_version_not_stated_which_replaces_not_recorded() {
    let row = |tls| {
        format!("2026-09-03T10:00:00Z,<a@x.example>,r,s@x.example,Received,,NoConnector,{tls},")
    };
    let (silent, vague, recorded) = (row(""), row("TLSv1/SSLv3"), row("TLS1.3"));
    let none = row("No Tls");
    let cell = |tls| [format!("2026-09-03 inbound - NoConnector - {tls} 1")];
    assert_eq!(count(&[&connectors(&[&silent])]), cell("notRecorded"));
    assert_eq!(count(&[&connectors(&[&silent, &vague])]), cell("unstated"));
    assert_eq!(count(&[&connectors(&[&silent, &vague, &recorded])]), cell("1.3"));
    assert_eq!(count(&[&connectors(&[&vague, &none])]), cell("none"));
    assert_eq!(count(&[&connectors(&[&silent, &none])]), cell("none"));
}

#[test]
fn two_different_recorded_states_stay_two() {
    let row = |tls| {
        format!("2026-09-03T10:00:00Z,<a@x.example>,r,s@x.example,Received,,NoConnector,{tls},")
    };
    let (old, new) = (row("TLS1.0"), row("TLS1.2"));
    assert_eq!(
        count(&[&connectors(&[&old, &new, &row("")])]),
        ["2026-09-03 inbound - NoConnector - 1.0 1", "2026-09-03 inbound - NoConnector - 1.2 1"]
    );
    let account = common::account(connectors(&[&old, &new]));
    assert_eq!((account.messages, account.joined), (1, 1));
}

#[test]
fn the_time_of_a_crossing_is_that_of_its_earliest_row() {
    let late = Row { time: "2026-09-04T00:00:10Z", ..RECEIVE };
    let early = Row { time: "2026-09-03T23:59:50Z", ..RECEIVE };
    assert_eq!(
        count(&[&extended(&[late, early])]),
        ["2026-09-03 inbound - NoConnector - notRecorded 1"]
    );
    // Two states are two crossings, each at its own time.
    let tls = |version, row| Row { custom: version, ..row };
    assert_eq!(
        count(&[&extended(&[
            tls("S:tlsversion=SP_PROT_TLS1_2_SERVER", late),
            tls("S:tlsversion=SP_PROT_TLS1_0_SERVER", early),
        ])]),
        ["2026-09-03 inbound - NoConnector - 1.0 1", "2026-09-04 inbound - NoConnector - 1.2 1"]
    );
}

#[test]
fn network_id_and_message_id_are_aliases_of_one_message() {
    let by_network = Row { message_id: "", ..RECEIVE };
    let by_both = RECEIVE;
    let report = |id| {
        connectors(&[&format!(
            "2026-09-03T10:00:00Z,{id},r,s@x.example,Received,From x,Partner,TLS1.2,"
        )])
    };
    let one = ["2026-09-03 inbound From x Partner - 1.2 1"];
    // With and without angle brackets.
    assert_eq!(count(&[&extended(&[by_both]), &report("<a@x.example>")]), one);
    assert_eq!(count(&[&extended(&[by_both]), &report("a@x.example")]), one);
    // A row that has only the network id is known through another row.
    assert_eq!(
        count(&[&extended(&[by_network]), &extended(&[by_both]), &report("a@x.example")]),
        one
    );
    // With dashes, without, in capitals and in braces it is the same id.
    let plain = N1.replace('-', "");
    let braces = format!("{{{N1}}}");
    for network in [plain.as_str(), braces.as_str()] {
        let row = Row { network, message_id: "", event: "DELIVER", ..RECEIVE };
        assert_eq!(count(&[&extended(&[by_both, row]), &report("a@x.example")]), one);
    }
}

#[test]
fn two_network_ids_of_one_message_id_are_one_message_only_across_kinds_of_file() {
    // The service gave two messages of one device the same Message-ID.
    let text = extended(&[RECEIVE, Row { network: N2, time: "2026-09-03T11:00:00Z", ..RECEIVE }]);
    assert_eq!(count(&[&text]), ["2026-09-03 inbound - NoConnector - notRecorded 2"]);
}

#[test]
fn rows_that_share_neither_id_are_different_messages() {
    let other = Row { network: N2, message_id: "<b@x.example>", ..RECEIVE };
    assert_eq!(
        count(&[&extended(&[RECEIVE, other])]),
        ["2026-09-03 inbound - NoConnector - notRecorded 2"]
    );
}

#[test]
fn a_nil_network_id_is_no_id() {
    let nil = "00000000-0000-0000-0000-000000000000";
    let one = Row { network: nil, ..RECEIVE };
    let other = Row { network: nil, message_id: "<b@x.example>", ..RECEIVE };
    assert_eq!(
        count(&[&extended(&[one, other])]),
        ["2026-09-03 inbound - NoConnector - notRecorded 2"]
    );
}

#[test]
fn a_device_that_uses_an_id_again_at_another_second_sends_another_message() {
    let text = smtp_auth(&[
        "2026-09-03T10:00:00Z,Scanner,contoso.example,Basic,192.0.2.9,TLS1.0,,1,<same@dev>",
        "2026-09-03T10:00:05Z,Scanner,contoso.example,Basic,192.0.2.9,TLS1.0,,1,same@dev",
        "2026-09-03T10:00:05Z,Other,contoso.example,Basic,192.0.2.8,TLS1.0,,1,same@dev",
    ]);
    assert_eq!(count(&[&text]), ["2026-09-03 submission - Unknown - 1.0 3"]);
    assert_eq!(common::account(text).messages, 3);
    // The same in a ConnectorReport; another file's copy of it is none more.
    let report = connectors(&[
        "2026-09-03T10:00:01Z,<same@dev>,r@y.example,scanner@contoso.example,Sent,,NoConnector,TLS1.2,",
        "2026-09-03T10:00:06Z,<same@dev>,r@y.example,scanner@contoso.example,Sent,,NoConnector,TLS1.2,",
    ]);
    assert_eq!(count(&[&report, &report]), ["2026-09-03 outbound - NoConnector - 1.2 2"]);
}

#[test]
fn rows_without_any_id_count_each_unless_another_file_has_them_too() {
    let rows = |times: usize| {
        let row = "2026-09-03T10:00:00Z,Received,x,TLS1.2\n";
        format!("date,direction,connector,tls_version\n{}", row.repeat(times))
    };
    let two = ["2026-09-03 inbound x Unknown - 1.2 2"];
    assert_eq!(count(&[&rows(2)]), two);
    assert_eq!(count(&[&rows(2), &rows(2)]), two);
    let (tally, accounts) = read(&[("1", rows(2)), ("2", rows(3)), ("3", rows(1))]);
    assert_eq!(cells(&tally), ["2026-09-03 inbound x Unknown - 1.2 3"]);
    let counted: Vec<_> = accounts.iter().map(|a| (a.messages, a.duplicates)).collect();
    assert_eq!(counted, [(2, 0), (1, 2), (0, 1)]);
}

#[test]
fn relayed_mail_is_one_inbound_and_one_outbound() {
    let text = extended(&[
        Row { custom: "S:tlsversion=SP_PROT_TLS1_2_SERVER", ..RECEIVE },
        Row {
            sender: RECEIVE.sender,
            directionality: "Incoming",
            custom: "S:tlsversion=SP_PROT_TLS1_3_CLIENT",
            ..SEND
        },
        DELIVER,
    ]);
    let cells =
        ["2026-09-03 inbound - NoConnector - 1.2 1", "2026-09-03 outbound - NoConnector - 1.3 1"];
    assert_eq!(count(&[&text]), cells);
    let account = common::account(&text);
    assert_eq!((account.messages, account.joined), (1, 2));
    // In a ConnectorReport it has two rows; together still one of each.
    let report = connectors(&[
        "2026-09-03T10:00:00Z,<a@x.example>,r@contoso.example,s@x.example,Received,,NoConnector,TLS1.2,",
        "2026-09-03T10:00:02Z,<a@x.example>,r@y.example,s@x.example,Sent,,NoConnector,TLS1.3,",
    ]);
    assert_eq!(count(&[&text, &report]), cells);
}

#[test]
fn smtp_auth_mail_is_one_submission_and_one_outbound_or_internal() {
    let submission = Row { info: "06I: ", ..SUBMIT };
    let out = [
        "2026-09-03 outbound - NoConnector - notRecorded 1",
        "2026-09-03 submission - Unknown - unstated 1",
    ];
    assert_eq!(count(&[&extended(&[submission, SEND])]), out);
    let within = Row { directionality: "Originating", ..DELIVER };
    assert_eq!(
        count(&[&extended(&[submission, within])]),
        [
            "2026-09-03 internal - Unknown - notRecorded 1",
            "2026-09-03 submission - Unknown - unstated 1",
        ]
    );
    // To both: it left, so it is not internal.
    assert_eq!(count(&[&extended(&[submission, SEND, within])]), out);
}

#[test]
fn submission_and_internal_mail_never_enter_the_mail_flow_card() {
    let submission = Row { info: "06I: ", ..SUBMIT };
    let within = Row { directionality: "Originating", ..DELIVER };
    let (tally, _) = read(&[("e", extended(&[submission, within]))]);
    let dashboard = dashboard(&tally, NOW);
    assert!(
        dashboard
            .mail_flow
            .is_none_or(|card| { card.inbound.volume() == 0 && card.outbound.volume() == 0 })
    );
    assert_eq!(dashboard.smtp_auth.expect("a card").counts.volume(), 1);
}

#[test]
fn the_same_mail_in_three_reports_is_one_in_each_direction() {
    let trace = extended(&[
        Row { info: "06I: ", ..SUBMIT },
        Row { custom: "S:tlsversion=SP_PROT_TLS1_2_CLIENT", time: "2026-09-03T10:00:03Z", ..SEND },
    ]);
    let flow = connectors(&[
        "2026-09-03T10:00:03Z,<a@x.example>,r@y.example,u@contoso.example,Sent,To y,Partner,TLS1.2,True",
    ]);
    let logins = smtp_auth(&[
        "2026-09-03T10:00:00Z,Device@contoso.example,contoso.example,Modern Authentication,192.0.2.9,TLS1.1,,1,a@x.example",
    ]);
    assert_eq!(
        count(&[&trace, &flow, &logins]),
        ["2026-09-03 outbound To y Partner true 1.2 1", "2026-09-03 submission - Unknown - 1.1 1",]
    );
    // What the report states stands above what a code lets conclude.
    let (tally, accounts) = read(&[("1", &trace), ("2", &flow), ("3", &logins)]);
    assert_eq!(senders(&tally), ["device@contoso.example contoso.example 1.1 modern 1"]);
    assert_eq!(common::sums(&accounts), [1, 3, 0, 0]);
}

#[test]
fn accepted_but_failed_inbound_mail_counts() {
    let fail = Row { source: "ROUTING", event: "FAIL", ..RECEIVE };
    assert_eq!(
        count(&[&extended(&[RECEIVE, fail])]),
        ["2026-09-03 inbound - NoConnector - notRecorded 1"]
    );
}

#[test]
fn outbound_mail_counts_only_where_a_row_says_it_was_sent() {
    let fail = Row { source: "ROUTING", event: "FAIL", ..SUBMIT };
    let text = extended(&[SUBMIT, fail]);
    assert_eq!(count(&[&text]), [""; 0]);
    assert_eq!(common::account(&text).no_mail, [(NoMail::NotSent, 2)]);
    // One recipient failed, another got it.
    assert_eq!(
        count(&[&extended(&[SUBMIT, fail, SEND])]),
        ["2026-09-03 outbound - NoConnector - notRecorded 1"]
    );
    let failed = "2026-09-03T10:00:00Z,u@contoso.example,\"r@y.example##Receive, Fail\",s,1,<f@contoso.example>,,,Originating,To_DefaultOpportunisticTLS,Normal";
    let text = summary(&[failed]);
    assert_eq!(count(&[&text]), [""; 0]);
    assert_eq!(common::account(text).no_mail, [(NoMail::NotSent, 1)]);
}

#[test]
fn a_message_count_above_one_adds_to_cells_and_one_to_rows() {
    let text = smtp_auth(&[
        "2026-09-03T10:00:00Z,erp@contoso.example,contoso.example,Basic,192.0.2.9,TLS1.2,,250,<1@c>",
        "2026-09-03T10:00:01Z,erp@contoso.example,contoso.example,Basic,192.0.2.9,TLS1.2,,,<2@c>",
    ]);
    assert_eq!(count(&[&text]), ["2026-09-03 submission - Unknown - 1.2 251"]);
    let (tally, accounts) = read(&[("s", text)]);
    assert_eq!(senders(&tally), ["erp@contoso.example contoso.example 1.2 basic 251"]);
    assert_eq!((accounts[0].rows, accounts[0].messages), (2, 2));
}

#[test]
fn a_message_count_that_is_none_makes_the_row_unreadable() {
    let row = |count| format!("2026-09-03T10:00:00Z,a@c.example,,Basic,,TLS1.2,,{count},<1@c>");
    for count in ["0", "-1", "many", "1.5", "99999999999"] {
        let account = common::account(smtp_auth(&[&row(count)]));
        assert_eq!(account.unreadable, [(Unreadable::BadCount, 1)], "{count}");
    }
}

#[test]
fn a_policy_is_never_taken_for_the_tls_of_a_connection() {
    const POLICIES: &str = "S:Microsoft.Exchange.Transport.MailRecipient.RequiredTlsAuthLevel=TLS1_2;\
        S:Microsoft.Exchange.Transport.MailRecipient.EffectiveTlsAuthLevel=TLS1_3;\
        S:InboundTlsDetails=SP_PROT_TLS1_0_SERVER;S:TlsDomainCapabilities=DomainValidation";
    let rows = [Row { custom: POLICIES, ..RECEIVE }, Row { custom: POLICIES, ..SEND }];
    assert_eq!(
        count(&[&extended(&rows)]),
        [
            "2026-09-03 inbound - NoConnector - notRecorded 1",
            "2026-09-03 outbound - NoConnector - notRecorded 1",
        ]
    );
}

#[test]
fn outbound_tls_is_taken_from_values_that_look_like_a_version() {
    let tls = |custom, status| {
        let cells = count(&[&extended(&[Row { status, custom, ..SEND }])]);
        cells[0].split(' ').nth(5).expect("a state").to_owned()
    };
    assert_eq!(tls("S:tlsversion=SP_PROT_TLS1_3_CLIENT", ""), "1.3");
    assert_eq!(tls("S:OutboundTlsVersion=TLS1.2", ""), "1.2");
    assert_eq!(tls("", "250 2.0.0 sent to mx.y.example using TLS1.2 with AES256"), "1.2");
    assert_eq!(
        tls("S:TlsVersion=Opportunistic", "250 2.0.0 the TLS1.0 notes are queued"),
        "notRecorded"
    );
    assert_eq!(tls("", "250 2.0.0 OK"), "notRecorded");
}

#[test]
fn what_a_subject_says_is_no_fact() {
    let subject = "S:tlsversion=SP_PROT_TLS1_0_SERVER;'S:InboundConnectorData=Name=Evil',\"\r\n2026-09-03,06I: using TLS1.0";
    assert_eq!(
        count_unreversed(&extended(&[Row { subject, ..RECEIVE }])),
        ["2026-09-03 inbound - NoConnector - notRecorded 1"]
    );
}

/// Rows with line breaks inside cannot be turned round line by line.
fn count_unreversed(text: &str) -> Vec<String> {
    cells(&read(&[("file", text)]).0)
}

#[test]
fn auth_code_06_is_a_submission_over_tls_and_07_one_without() {
    for source in ["SMTP", "STOREDRIVER"] {
        for (info, tls) in [("06I: ", "unstated"), ("07I: ", "none")] {
            let text = extended(&[Row { source, info, ..SUBMIT }]);
            assert_eq!(
                count(&[&text]),
                [format!("2026-09-03 submission - Unknown - {tls} 1")],
                "{source} {info}"
            );
            let account = common::account(&text);
            assert!(account.inferred.contains(&(Inference::SubmissionFromAuthCode, 1)));
            assert!(account.inferred.contains(&(Inference::TlsFromAuthCode, 1)));
            assert_eq!(
                senders(&read(&[("e", text)]).0),
                [format!("u@contoso.example contoso.example {tls} basic 1")]
            );
        }
    }
    // A recorded version is better than the code.
    let info = "06I: ";
    let custom = "S:tlsversion=SP_PROT_TLS1_2_SERVER";
    assert_eq!(
        count(&[&extended(&[Row { info, custom, ..SUBMIT }])]),
        ["2026-09-03 submission - Unknown - 1.2 1"]
    );
}

#[test]
fn other_auth_codes_are_no_submission() {
    for info in ["04I: ", "0cA: ", "06A: ", "06", "16I: ", "x06I: ", "11a"] {
        let cells = count(&[&extended(&[Row { info, ..SUBMIT }, DELIVER])]);
        assert!(cells.iter().all(|cell| !cell.contains("submission")), "{info}: {cells:?}");
    }
}

#[test]
fn inbound_is_smtp_receive_that_is_incoming_or_has_connector_data() {
    let connector = "'S:InboundConnectorData=Name=From plant;ConnectorType=OnPremises'";
    let originating = Row { directionality: "Originating", ..RECEIVE };
    assert_eq!(
        count(&[&extended(&[Row { custom: connector, ..originating }])]),
        ["2026-09-03 inbound From plant OnPremises - notRecorded 1"]
    );
    // A hop between servers of the service is neither.
    let hop = Row { custom: "S:tlsversion=SP_PROT_TLS1_2_SERVER", ..originating };
    let within = Row { directionality: "Originating", ..DELIVER };
    assert_eq!(
        count(&[&extended(&[hop, within])]),
        ["2026-09-03 internal - Unknown - notRecorded 1"]
    );
}

#[test]
fn mail_sent_to_mailboxes_or_within_the_organization_is_not_outbound() {
    let send = Row { event: "SEND", ..SEND };
    let outbound = ["2026-09-03 outbound - NoConnector - notRecorded 1"];
    assert_eq!(count(&[&extended(&[send])]), outbound);
    let hosted = Row { custom: "S:FromEntity=Internet;S:ToEntity=Hosted", ..send };
    let within = Row { connector: "Intra-Organization SMTP Send Connector", ..send };
    let korean = Row { connector: "조직 내 SMTP 송신 커넥터", ..send };
    for row in [hosted, within, korean] {
        let cells = count(&[&extended(&[row])]);
        assert!(!cells[0].contains("outbound"), "{cells:?}");
    }
}

#[test]
fn mail_whose_way_no_row_tells_is_unknown_not_left_out() {
    let resolve = Row { source: "ROUTING", event: "RESOLVE", ..RECEIVE };
    assert_eq!(count(&[&extended(&[resolve])]), ["2026-09-03 unknown - Unknown - notRecorded 1"]);
}

#[test]
fn shadow_copies_service_events_and_health_probes_carry_no_mail() {
    let text = extended(&[
        Row { event: "HARECEIVE", ..RECEIVE },
        Row { event: "HADISCARD", ..RECEIVE },
        Row { event: "HAREDIRECTFAIL", ..RECEIVE },
        Row { message_id: "", network: "", ..RECEIVE },
        Row { sender: "HealthMailboxabc@contoso.example", ..RECEIVE },
    ]);
    assert_eq!(count(&[&text]), [""; 0]);
    assert_eq!(
        common::account(text).no_mail,
        [(NoMail::ShadowCopy, 3), (NoMail::ServiceEvent, 1), (NoMail::HealthProbe, 1)]
    );
}

#[test]
fn addresses_are_compared_in_lower_case_and_connectors_as_written() {
    let text = smtp_auth(&[
        "2026-09-03T10:00:00Z,ERP@Contoso.Example,contoso.example,Basic,,TLS1.2,,1,<1@c>",
        "2026-09-03T10:00:01Z,erp,CONTOSO.example,Basic,,TLS1.2,,1,<2@c>",
    ]);
    assert_eq!(
        senders(&read(&[("s", &text)]).0),
        ["erp@contoso.example contoso.example 1.2 basic 2"]
    );
    let over = |n: u8, name| {
        format!("2026-09-03T10:00:00Z,<{n}@x>,r,s@x.example,Received,{name},Partner,TLS1.2,")
    };
    assert_eq!(
        count(&[&connectors(&[&over(1, "From X"), &over(2, "from x")])]),
        ["2026-09-03 inbound From X Partner - 1.2 1", "2026-09-03 inbound from x Partner - 1.2 1",]
    );
}

#[test]
fn connectors_of_the_service_itself_are_no_connector() {
    for name in [
        "To_DefaultOpportunisticTLS",
        "From the internet without a connector",
        "To the internet without a connector",
        "SRV1\\Default SRV1",
        "NoConnector",
        "-",
    ] {
        let row = format!("2026-09-03T10:00:00Z,<1@x>,r,s@x.example,Received,{name},,TLS1.2,");
        assert_eq!(
            count(&[&connectors(&[&row])]),
            ["2026-09-03 inbound - NoConnector - 1.2 1"],
            "{name}"
        );
    }
}

#[test]
fn a_row_dated_2099_is_listed_and_does_not_move_the_last_seven_days() {
    let text = connectors(&[
        "2026-09-03T10:00:00Z,<a@x>,r,s@x.example,Received,,NoConnector,TLS1.2,",
        "2099-01-01T00:00:00Z,<z@x>,r,s@x.example,Received,,NoConnector,TLS1.0,",
    ]);
    let (tally, accounts) = read(&[("c", text)]);
    let card = dashboard(&tally, NOW).mail_flow.expect("a card");
    assert_eq!(card.period.first.to_string(), "2026-08-28");
    assert_eq!(card.period.last.to_string(), "2026-09-03");
    assert_eq!(card.period.covered, 1);
    assert_eq!(card.inbound.get(TlsState::V1_2), 1);
    assert_eq!(card.inbound.volume(), 1);
    let latest = mailflow::mail::Day::parse("2099-01-01").expect("a day");
    assert_eq!(accounts[0].warnings, [Warning::FutureRows { rows: 1, latest }]);
    // It is in the data all the same.
    assert_eq!(accounts[0].messages, 2);
    assert_eq!(cells(&tally).len(), 2);
}

#[test]
fn where_all_rows_are_in_the_future_the_clock_is_wrong_and_they_are_shown() {
    let flow = connectors(&[
        "2098-12-01T00:00:00Z,<y@x>,r,s@x.example,Received,,NoConnector,TLS1.2,",
        "2099-01-01T00:00:00Z,<z@x>,r,s@x.example,Received,,NoConnector,TLS1.0,",
    ]);
    let sent = "date,sender address,client ip,tls version,authentication protocol,message id\n\
        2099-01-01T00:00:00Z,s@x.example,192.0.2.7,TLS1_0,Basic,<w@x>\n";
    let (tally, _) = read(&[("c", flow), ("s", sent.to_owned())]);
    let dashboard = dashboard(&tally, NOW);
    let card = dashboard.mail_flow.expect("a card");
    assert_eq!(card.period.last.to_string(), "2099-01-01");
    assert_eq!(card.inbound.volume(), 1);
    let card = dashboard.smtp_auth.expect("a card");
    assert_eq!(card.period.last.to_string(), "2099-01-01");
    assert_eq!(card.counts.volume(), 1);
}

#[test]
fn tomorrow_is_not_the_future_since_clocks_differ() {
    let text = connectors(&[
        "2026-11-23T23:59:59Z,<a@x>,r,s@x.example,Received,,NoConnector,TLS1.2,",
        "2026-11-24T00:00:00Z,<b@x>,r,s@x.example,Received,,NoConnector,TLS1.2,",
    ]);
    let (tally, accounts) = read(&[("c", text)]);
    let card = dashboard(&tally, NOW).mail_flow.expect("a card");
    assert_eq!(card.period.last.to_string(), "2026-11-23");
    assert!(matches!(accounts[0].warnings[..], [Warning::FutureRows { rows: 1, .. }]));
}

#[test]
fn second_copies_are_credited_to_the_later_file_of_the_list() {
    let text =
        connectors(&["2026-09-03T10:00:00Z,<a@x>,r,s@x.example,Received,,NoConnector,TLS1.2,"]);
    let (_, accounts) = read(&[("1", &text), ("2", &text)]);
    assert_eq!((accounts[0].messages, accounts[0].duplicates), (1, 0));
    assert_eq!((accounts[1].messages, accounts[1].duplicates), (0, 1));
}

#[test]
fn a_summary_tells_internal_from_outbound_mail() {
    let row = |n: u8, recipients: &str, connector: &str| {
        format!(
            "2026-09-03T10:00:00Z,u@contoso.example,\"{recipients}\",s,1,<{n}@contoso.example>,,,Originating,{connector},Normal"
        )
    };
    let text = summary(&[
        // Sent, whatever else.
        &row(1, "a@contoso.example##Receive, Deliver;b@y.example##Receive, Send", ""),
        // By its connector.
        &row(2, "b@y.example##Receive, Deliver", "To y"),
        // Within the organization, by its domains.
        &row(3, "a@contoso.example##Receive, Deliver", ""),
        // Within the organization, by its connector.
        &row(4, "a@other.example##Receive, Deliver", "Intra-Organization SMTP Send Connector"),
        // By domains again, the other way.
        &row(5, "b@y.example##Receive, Deliver", ""),
    ]);
    assert_eq!(
        count(&[&text]),
        [
            "2026-09-03 outbound - NoConnector - notRecorded 2",
            "2026-09-03 outbound To y Unknown - notRecorded 1",
            "2026-09-03 internal - Unknown - notRecorded 2",
        ]
    );
    assert_eq!(common::account(text).inferred, [(Inference::DirectionFromDomains, 2)]);
}
