//! Mail: what its `Received` headers say, where the border is, and that
//! mailboxes, copies and own domains change what they must and nothing else.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may stop"
)]

mod common;

use std::sync::LazyLock;

use common::{
    account, cells, expected, gzip, json, program, read, read_choosing, senders, sums,
    tests_folder, utf16, zip,
};
use mailflow::account::{FileAccount, LeftOut, Unreadable, Warning};
use mailflow::import::{ReadError, Source};
use mailflow::mail::{Choices, Direction, TlsState};
use mailflow::tally::Tally;
use proptest::prelude::*;
use proptest::sample::{Index, select};

const FORMAT: &str = "Mail (Received headers)";
const NAMES: [&str; 5] = [
    "received-exchange-online.eml",
    "received-postfix.eml",
    "received-sendmail.eml",
    "received-submission.eml",
    "received-mailbox.mbox",
];

/// What is done to a text, and its name.
type Wrapping = (&'static str, fn(&str) -> Vec<u8>);

static MAILS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let read = |name| std::fs::read_to_string(tests_folder().join("samples").join(name));
    NAMES.iter().map(|name| read(name).expect("a sample")).collect()
});

fn mail(name: &str) -> &'static str {
    let at = NAMES.iter().position(|known| *known == name).expect("a sample");
    &MAILS[at]
}

fn own(domains: &[&str]) -> Choices {
    let domains = domains.iter().map(|&domain| domain.to_owned()).collect();
    Choices { own_domains: Some(domains), ..Choices::default() }
}

/// What is read of one text, with contoso.example as the own domain.
fn of_contoso(text: impl AsRef<[u8]>) -> (Tally, FileAccount) {
    let (tally, mut accounts) = read_choosing(&[("mail", text)], &own(&["contoso.example"]));
    (tally, accounts.remove(0))
}

fn contoso_cells(text: &str) -> Vec<String> {
    cells(&of_contoso(text).0)
}

/// A mail with these `Received` fields, newest first.
fn with_hops(id: &str, from: &str, to: &str, hops: &[&str]) -> String {
    let hops: Vec<_> = hops.iter().map(|hop| format!("Received: {hop}\r\n")).collect();
    let hops = hops.concat();
    format!("{hops}From: {from}\r\nTo: {to}\r\nMessage-ID: <{id}>\r\n\r\nbody\r\n")
}

#[test]
fn every_sample_has_the_answer_that_was_counted_by_hand() {
    let wrappings: [Wrapping; 6] = [
        ("as it is", |text| text.as_bytes().to_vec()),
        ("gzip", |text| gzip(text)),
        ("UTF-16", |text| utf16(text, true, false)),
        ("LF", |text| text.replace("\r\n", "\n").into_bytes()),
        ("CR", |text| text.replace("\r\n", "\r").into_bytes()),
        ("zip", |text| zip(&[("folder/mail", text)], false)),
    ];
    for name in NAMES {
        for (wrapping, wrap) in wrappings {
            let (tally, mut accounts) =
                read_choosing(&[(name, wrap(mail(name)))], &own(&["contoso.example"]));
            accounts[0].name = name.to_owned();
            let stem = name.rsplit_once('.').expect("an ending").0;
            assert_eq!(json(&tally, &accounts), expected(stem), "{name}, {wrapping}");
        }
    }
}

#[test]
fn own_domains_are_guessed_and_another_choice_counts_again() {
    let (tally, _) = read(&[("a", mail("received-mailbox.mbox"))]);
    assert_eq!(tally.own_domains, ["contoso.example"]);
    let both = ["2026-09-03 inbound - Unknown - none 1", "2026-09-03 inbound - Unknown - 1.2 1"];
    assert_eq!(cells(&tally), both);
    // Who has a mail is rather its recipient.
    let (tally, accounts) = read(&[("a", mail("received-submission.eml"))]);
    assert_eq!(tally.own_domains, ["fabrikam.example"]);
    assert_eq!(cells(&tally), ["2026-09-03 inbound - Unknown - 1.3 1"]);
    assert_eq!(accounts[0].path[1].direction, Some(Direction::Inbound));
    assert_eq!(accounts[0].path[0].direction, None);
    let of = |domains: &[&str], name| cells(&read_choosing(&[("a", mail(name))], &own(domains)).0);
    let outbound = ["2026-09-03 outbound - Unknown - 1.2 1"];
    assert_eq!(of(&["fabrikam.example"], "received-exchange-online.eml"), outbound);
    let unknown = ["2026-09-03 unknown - Unknown - notRecorded 1"];
    assert_eq!(of(&["else.example"], "received-exchange-online.eml"), unknown);
    let inside = ["2026-09-03 internal - Unknown - 1.3 1"];
    assert_eq!(
        of(&["contoso.example", "fabrikam.example"], "received-submission.eml")[..1],
        inside
    );
}

#[test]
fn the_same_mail_counts_once_wherever_it_lies() {
    let mailbox = mail("received-mailbox.mbox");
    let single = mailbox.split("\r\n\r\nFrom ").next().expect("a mail");
    let single = single.split_once("\r\n").expect("a postmark").1;
    let (tally, accounts) = read_choosing(
        &[("box", mailbox), ("a", single), ("b", &single.replace("\r\n\t", " "))],
        &own(&["contoso.example"]),
    );
    assert_eq!(cells(&tally), contoso_cells(mailbox));
    assert_eq!(sums(&accounts), [2, 1, 6, 0]);
    // Another mailbox has it by another way: the hop into it is one more row.
    let again = single.replace("store", "x").replacen(
        "Received: ",
        "Received: from mx.contoso.example (mx.contoso.example [10.0.0.1])\r\n\tby b.contoso.example \
         (Postfix) with ESMTP id 9; Thu, 3 Sep 2026 10:00:09 +0000\r\nReceived: ",
        1,
    );
    let (tally, accounts) =
        read_choosing(&[("a", single), ("b", &again)], &own(&["contoso.example"]));
    assert_eq!(cells(&tally), ["2026-09-03 inbound - Unknown - 1.2 1"]);
    assert_eq!(sums(&accounts), [1, 2, 2, 0]);
}

#[test]
fn of_two_copies_that_differ_neither_hides_the_other() {
    let whole = mail("received-exchange-online.eml");
    // A copy that lost the header's end, and one of another sender.
    let cut = &whole[..whole.find("From: Alex").expect("a sender")];
    let cut = format!(
        "{cut}Message-ID: <AM0PR05MB00090123456789@AM0PR05MB0009.eurprd05.prod.outlook.com>\r\n\r\n"
    );
    let other = whole.replace("alex@fabrikam.example", "alex@northwind.example");
    let figures = |texts: &[&str]| {
        let files: Vec<_> = texts.iter().map(|text| ("a", text)).collect();
        let (tally, accounts) = read(&files);
        (cells(&tally), sums(&accounts))
    };
    let expected = figures(&[whole, &cut, &other]);
    assert_eq!(expected.0, ["2026-09-03 inbound - Unknown - 1.2 1"]);
    assert_eq!(figures(&[&cut, &other, whole]), expected);
    assert_eq!(figures(&[&other, whole, &cut]), expected);
}

#[test]
fn a_mail_without_an_id_is_known_by_what_it_says() {
    let mail = mail("received-sendmail.eml");
    let without = mail.replace("Message-Id: ", "X-Id: ");
    let other = without.replace("15:21:0", "15:22:0");
    let (tally, accounts) = read_choosing(
        &[("a", &without), ("b", &without), ("c", &other)],
        &own(&["contoso.example"]),
    );
    assert_eq!(cells(&tally), ["2026-09-03 inbound - Unknown - unstated 2"]);
    assert_eq!(sums(&accounts), [2, 2, 2, 0]);
}

#[test]
fn the_family_of_ciphers_is_never_tls_1_0() {
    let (tally, account) = of_contoso(mail("received-sendmail.eml"));
    assert_eq!(tally.flow[0].tls, TlsState::VersionNotStated);
    assert_eq!(account.path[1].tls, TlsState::VersionNotStated);
    let root = tests_folder().join("../../shared/samples/eml-received");
    let mut pending = vec![root];
    let mut seen = 0;
    while let Some(path) = pending.pop() {
        if let Ok(entries) = std::fs::read_dir(&path) {
            pending.extend(entries.map(|entry| entry.expect("an entry").path()));
            continue;
        }
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (_, accounts) = read(&[("mail", bytes)]);
        // Hops whose own header has the words.
        let headers = text.split("\n\n").next().unwrap_or_default().replace("\r\n", "\n");
        for header in headers.split("\nReceived: ").filter(|part| part.contains("TLSv1/SSLv3")) {
            let cipher = header.split_once("cipher=").map_or("", |(_, rest)| rest);
            let cipher = cipher.split([' ', ')', '\n']).next().unwrap_or_default();
            let hop = accounts[0].path.iter().find(|hop| hop.cipher.as_deref() == Some(cipher));
            seen += usize::from(hop.is_some_and(|hop| hop.tls == TlsState::VersionNotStated));
            assert!(hop.is_none_or(|hop| hop.tls != TlsState::V1_0), "{}", path.display());
        }
    }
    println!("{seen} hops of the shared samples are of the family");
}

#[test]
fn mail_without_received_headers_is_said_to_be_so() {
    let draft = "From: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\n\r\nReceived: no\r\n";
    let told = account(draft);
    assert_eq!(told.format.as_deref(), Some(FORMAT));
    assert_eq!((told.rows, &told.warnings[..]), (0, &[Warning::NoReceived { mails: 1 }][..]));
    let mark = "From - Thu Sep  3 10:00:00 2026\r\n";
    let three = [mark, draft, mark, draft, mark, mail("received-sendmail.eml")].concat();
    let told = account(three);
    assert_eq!((told.rows, &told.warnings[..]), (2, &[Warning::NoReceived { mails: 2 }][..]));
    assert_eq!(told.path, []);
}

#[test]
fn what_cannot_be_understood_is_left_out_by_line() {
    let text = "Received: from a.example by b.example; once upon a time\r\n\
        Received: nonsense; Thu, 3 Sep 2026 10:00:00 +0000\r\n\
        Received: from a.example (a.example [192.0.2.1]) by b.example; 3 Sep 1960 10:00:00 GMT\r\n\
        Received: from a.example (a.example [192.0.2.1]) by mx.contoso.example (Postfix)\r\n\
        \twith ESMTP id 1; Thu, 3 Sep 2026 10:00:00 +0000\r\nTo: x@contoso.example\r\n\r\n";
    let account = account(text);
    let reasons: Vec<_> = account.examples.iter().map(|e| (e.line, e.reason)).collect();
    let unreadable = [Unreadable::BadTime, Unreadable::NoHop, Unreadable::TimeOutOfRange];
    let expected: Vec<_> = (1..).zip(unreadable.map(LeftOut::Unreadable)).collect();
    assert_eq!(reasons, expected);
    assert_eq!((account.rows, account.messages), (4, 1));
    // Mail of which nothing is understood is no message.
    let (_, told) = of_contoso("Received: from a by b; Thu\r\nSubject: hello\r\n\r\nHi");
    assert_eq!((told.rows, told.messages, told.unreadable_rows()), (1, 0, 1));
}

#[test]
fn headers_have_their_limits() {
    let hop = "Received: from a.example (a.example [192.0.2.1]) by mx.contoso.example (Postfix) with \
        ESMTP id 1; Thu, 3 Sep 2026 10:00:00 +0000\r\n";
    let long = format!("Received: {}\r\n{hop}To: x@contoso.example\r\n\r\n", "x".repeat(70_000));
    let told = account(long);
    assert_eq!(told.unreadable, [(Unreadable::LongHeader, 1)]);
    assert_eq!((told.rows, told.messages), (2, 1));
    let filler = format!("X-Filler: {}\r\n", "y".repeat(900)).repeat(1_200);
    let told = account([hop, &filler, hop, hop, "\r\nbody"].concat());
    assert_eq!(told.unreadable, [(Unreadable::LongHeader, 2)]);
    assert_eq!(told.rows, 3);
}

#[test]
fn no_header_takes_long() {
    let when = "; Thu, 3 Sep 2026 10:00:00 +0000\r\n";
    let many = format!("Received: by 10.0.0.1 with SMTP id x{when}").repeat(20_000);
    let open = format!("Received: {}{when}", "(;".repeat(30_000)).repeat(17);
    let long = format!("Received: from {}{when}", "a.".repeat(30_000)).repeat(17);
    let behind = format!("X: {}\r\n", "y".repeat(60_000)).repeat(18);
    let over = "Received: x\r\n".repeat(500_000);
    let start = std::time::Instant::now();
    for header in [many, open, long, format!("MIME-Version: 1.0\r\n{behind}{over}")] {
        let rows = header.matches("Received:").count() as u64;
        assert_eq!(account(header + "\r\n").rows, rows);
    }
    // Far less; a slow machine may be loaded, too.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn text_that_was_copied_out_of_a_mail_program_is_a_mail() {
    let whole = mail("received-exchange-online.eml");
    let header = whole.split("\r\n\r\n").next().expect("a header");
    let expected = contoso_cells(whole);
    // Without its end, without its indentation, and with blank lines before.
    for text in
        [header.to_owned(), header.replace("\r\n ", "\r\n"), format!("\r\n\r\n{header}\r\n")]
    {
        assert_eq!(contoso_cells(&text), expected);
    }
    let at = header.find("Received-SPF").expect("a field");
    assert_eq!(contoso_cells(&header[at..]).len(), 1);
}

#[test]
fn a_letter_that_speaks_of_mailboxes_is_one_mail() {
    let mailbox = mail("received-mailbox.mbox");
    let single = mailbox.split_once("\r\n").expect("a postmark").1;
    // Without a postmark in front, nothing in it is one.
    let (_, told) = of_contoso(single);
    assert_eq!((told.rows, told.path.len()), (2, 2));
    let (_, told) = of_contoso(mailbox);
    assert_eq!((told.rows, told.path.len()), (5, 0));
}

#[test]
fn hosts_of_the_organization_and_strangers() {
    let inbound = |hop: &str| {
        let text = with_hops("a@b", "x@fabrikam.example", "y@contoso.example", &[hop]);
        contoso_cells(&text).join("; ")
    };
    let when = "Thu, 3 Sep 2026 10:00:00 +0000";
    for (hop, expected) in [
        // A spammer calls itself like the receiver, and no name belongs to its address.
        (
            "from contoso.example (unknown [203.0.113.9]) by mx.contoso.example (Postfix) with SMTP id 1",
            "inbound - Unknown - notRecorded 1",
        ),
        // No name at all.
        (
            "from [203.0.113.9] (port=1 helo=x) by mx.contoso.example with esmtp (Exim 4.98) id 1",
            "inbound - Unknown - none 1",
        ),
        // Nothing says that it was SMTP, but an address does.
        (
            "from out.fabrikam.example ([203.0.113.9]) (using TLSv1) by mx.contoso.example",
            "inbound - Unknown - 1.0 1",
        ),
        // The mail server has an internal name, and a public address.
        (
            "from gate.fabrikam.lan (203.0.113.9) by mx.contoso.example (192.0.2.3) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.2",
            "inbound - Unknown - 1.2 1",
        ),
        // A load balancer stands before it: nothing is known of the border.
        (
            "from out.fabrikam.example (lb [10.0.0.1]) by mx.contoso.example (Postfix) with ESMTP id 1",
            "unknown - Unknown - notRecorded 1",
        ),
        (
            "by mx.contoso.example (Postfix, from userid 33) id 1",
            "unknown - Unknown - notRecorded 1",
        ),
        ("(qmail 6338 invoked by uid 399)", "unknown - Unknown - notRecorded 1"),
    ] {
        assert_eq!(inbound(&format!("{hop}; {when}")), format!("2026-09-03 {expected}"), "{hop}");
    }
}

#[test]
fn a_person_says_which_hosts_are_inside() {
    let hops = [
        "from gate.cloud.example (gate.cloud.example [192.0.2.9]) by mx.contoso.example (Postfix) with ESMTPS id 2; Thu, 3 Sep 2026 10:00:02 +0000",
        "from out.fabrikam.example (out.fabrikam.example [192.0.2.1]) (using TLSv1.1 with cipher X-Y (1/1 bits)) by gate.cloud.example (Postfix) with ESMTPS id 1; Thu, 3 Sep 2026 10:00:00 +0000",
    ];
    let text = with_hops("a@b", "x@fabrikam.example", "y@contoso.example", &hops);
    assert_eq!(contoso_cells(&text), ["2026-09-03 inbound - Unknown - unstated 1"]);
    let choices =
        Choices { internal_hosts: vec!["*.cloud.example".to_owned()], ..own(&["contoso.example"]) };
    let (tally, accounts) = read_choosing(&[("a", &text)], &choices);
    assert_eq!(cells(&tally), ["2026-09-03 inbound - Unknown - 1.1 1"]);
    let directions: Vec<_> = accounts[0].path.iter().map(|hop| hop.direction).collect();
    assert_eq!(directions, [Some(Direction::Inbound), Some(Direction::Internal)]);
}

#[test]
fn mail_that_comes_back_counts_in_both_directions() {
    let hops = [
        "from lists.example (lists.example [192.0.2.9]) (using TLSv1.2 with cipher X-Y (1/1 bits)) by mx.contoso.example (Postfix) with ESMTPS id 2; Thu, 3 Sep 2026 23:59:59 +0000",
        "from mx.contoso.example (mx.contoso.example [192.0.2.1]) (using TLSv1.3 with cipher X-Y (1/1 bits)) by lists.example (Postfix) with ESMTPS id 1; Fri, 4 Sep 2026 00:00:01 +0000",
    ];
    let text = with_hops("a@b", "x@contoso.example", "all@lists.example", &hops);
    let both = ["2026-09-03 inbound - Unknown - 1.2 1", "2026-09-04 outbound - Unknown - 1.3 1"];
    assert_eq!(contoso_cells(&text), both);
}

#[test]
fn exchange_online_tells_a_submission_by_its_code() {
    let hops = [
        "from A.namprd08.prod.outlook.com ([fe80::1%4]) by A.namprd08.prod.outlook.com ([fe80::1%4]) with mapi id 15.20.1; Thu, 3 Sep 2026 10:00:00 +0000",
    ];
    let text = with_hops("a@b", "scanner@contoso.example", "y@contoso.example", &hops);
    let of = |code: &str, auth_as: &str| {
        let fields = format!(
            "X-MS-Exchange-Organization-AuthMechanism: {code}\r\nX-MS-Exchange-Organization-AuthAs: \
             {auth_as}\r\nFrom: "
        );
        let (tally, _) = of_contoso(text.replacen("From: ", &fields, 1));
        (cells(&tally), senders(&tally))
    };
    let (found, who) = of("06", "Internal");
    assert_eq!(found, ["2026-09-03 submission - Unknown - unstated 1"]);
    assert_eq!(who, ["scanner@contoso.example contoso.example unstated basic 1"]);
    assert_eq!(of("07", "Internal").0, ["2026-09-03 submission - Unknown - none 1"]);
    for (code, auth_as) in [("04", "Internal"), ("06", "Anonymous")] {
        assert_eq!(of(code, auth_as).0, ["2026-09-03 internal - Unknown - notRecorded 1"]);
    }
}

#[test]
fn a_trace_and_the_mail_itself_are_one_message() {
    let trace = "Message ID,Start date,End date,Sender,Message size,Subject,Direction,Attachments,Recipient address,Event target,Event date,Event status,Event target IP address,Has encryption,Event SMTP reply code,Event description,Client Type,Device User Session ID\n\
        <lunch@fabrikam.example>,2026-09-03T10:00:02Z,2026-09-03T10:00:03Z,alex@fabrikam.example,1,x,Received,0,sam@contoso.example,SMTP,2026-09-03T10:00:02Z,Delivered,192.0.2.1,Encrypted,250,,,\n";
    let mailbox = mail("received-mailbox.mbox");
    let together = read_choosing(&[("t", trace), ("m", mailbox)], &own(&["contoso.example"]));
    assert_eq!(cells(&together.0), contoso_cells(mailbox));
}

/// The header of a report as an attachment.
const GZIP: &str = "Content-Type: application/tlsrpt+gzip\r\nContent-Transfer-Encoding: base64";

/// A TLS report of one policy with 5 sessions, as RFC 8460 has it.
const REPORT: &str = r#"{"organization-name": "Fabrikam", "date-range": {"start-datetime":
    "2026-09-02T00:00:00Z", "end-datetime": "2026-09-02T23:59:59Z"}, "report-id": "1", "policies":
    [{"policy": {"policy-type": "sts", "policy-domain": "contoso.example"}, "summary":
    {"total-successful-session-count": 5, "total-failure-session-count": 0}}]}"#;

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (index, three) in bytes.chunks(3).enumerate() {
        let mut bits = [0; 3];
        bits[..three.len()].copy_from_slice(three);
        let bits = u32::from_be_bytes([0, bits[0], bits[1], bits[2]]);
        for at in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= three.len() { char::from(sign) } else { '=' });
        }
        if index % 19 == 18 {
            out.push_str("\r\n");
        }
    }
    out
}

/// A mail with that content type, and an attachment with that header.
fn mail_with(kind: &str, attachment: &str, body: &str) -> String {
    format!(
        "Received: from out.fabrikam.example (out.fabrikam.example [192.0.2.10]) by \
         mx.contoso.example (Postfix) with ESMTPS id 1; Thu, 3 Sep 2026 10:00:00 +0000\r\n\
         From: tls@fabrikam.example\r\nTo: tls@contoso.example\r\nMessage-ID: <{kind}@x>\r\n\
         Content-Type: {kind}; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nA report.\r\n\
         --b\r\n{attachment}\r\n\r\n{body}\r\n--b--\r\n"
    )
}

#[test]
fn a_mail_with_a_tls_report_is_the_report() {
    const NAMED: &str = "Content-Type: application/gzip\r\nContent-Transfer-Encoding: base64\r\n\
        Content-Disposition: attachment; filename=\"a!b!1!2!3.json.gz\"";
    const JSON: &str = "Content-Type: application/tlsrpt+json";
    let packed = base64(&gzip(REPORT));
    let forwarded = mail_with("multipart/report", GZIP, &packed);
    for (text, what) in [
        (mail_with("multipart/report; report-type=tlsrpt", GZIP, &packed), "as it must be"),
        (mail_with("multipart/mixed", GZIP, &packed), "as another mail"),
        (mail_with("multipart/mixed", NAMED, &packed), "only by its name"),
        (mail_with("multipart/report; report-type=\"tlsrpt\"", JSON, REPORT), "not packed"),
        (mail_with("multipart/mixed", "Content-Type: message/rfc822", &forwarded), "forwarded"),
    ] {
        let (tally, account) = of_contoso(&text);
        assert_eq!(account.format.as_deref(), Some("SMTP TLS report"), "{what}");
        assert_eq!((account.rows, account.policies, account.messages), (1, 1, 0), "{what}");
        assert_eq!((account.path, account.warnings), (Vec::new(), Vec::new()), "{what}");
        assert_eq!(cells(&tally), [""; 0], "{what}");
    }
    // What only has the name of a report is none.
    let invoice = mail_with("multipart/mixed", NAMED, &base64(&gzip("{\"invoice\": 1}")));
    let (_, account) = of_contoso(&invoice);
    assert_eq!((account.format.as_deref(), account.messages), (Some(FORMAT), 1));
}

#[test]
fn a_report_that_cannot_be_read_is_left_out_with_its_reason() {
    let packed = gzip(REPORT);
    let mut damaged = packed.clone();
    damaged[20] ^= 0x55;
    let huge = "A".repeat(17 << 20);
    for (body, reason) in [
        (base64(&packed[..packed.len() / 2]), Unreadable::CutOff),
        (base64(&damaged), Unreadable::Damaged),
        (base64(b"no report"), Unreadable::Damaged),
        ("QUFB".repeat((16 << 20) / 3 + 1), Unreadable::TooLong),
        (base64(&gzip(huge.repeat(4))), Unreadable::TooLong),
    ] {
        let account = account(mail_with("multipart/report", GZIP, &body));
        assert_eq!(account.unreadable, [(reason, 1)]);
    }
    let none = account(mail_with("multipart/report; report-type=tlsrpt", "X: y", "z"));
    assert_eq!(none.unreadable, [(Unreadable::MissingField, 1)]);
}

#[test]
fn reports_and_other_mail_lie_in_one_mailbox() {
    let report = mail_with("multipart/report", GZIP, &base64(&gzip(REPORT)));
    let mark = "From tls@fabrikam.example Thu Sep  3 10:00:00 2026\r\n";
    let mixed = [mail("received-mailbox.mbox"), mark, &report, mark, &report].concat();
    let (tally, account) = of_contoso(&mixed);
    assert_eq!(account.format.as_deref(), Some(FORMAT));
    // 5 rows as alone, a policy, and its second copy.
    let counts = (account.rows, account.messages, account.policies, account.duplicates);
    assert_eq!(counts, (7, 2, 1, 3));
    assert_eq!(cells(&tally), contoso_cells(mail("received-mailbox.mbox")));
}

#[test]
fn the_program_prints_the_path() {
    let path = tests_folder().join("samples/received-postfix.eml");
    let output = program(&["tally", path.to_str().expect("a path")]);
    let text = String::from_utf8(output.stdout).expect("text");
    for part in [
        "Path of the mail:",
        "2. mail-ot1-f71.google.com [203.0.113.71] → mx.contoso.example",
        "ESMTPS, TLS 1.3, TLS_AES_256_GCM_SHA384, 2026-09-03 15:21:05, Delay −2 s",
        "Into the organization",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

/// A source that gives its bytes in pieces of these sizes, whatever is asked.
struct Pieces {
    bytes: Vec<u8>,
    sizes: Vec<usize>,
    at: usize,
}

impl Source for Pieces {
    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    async fn read(&mut self, at: u64, length: usize, into: &mut Vec<u8>) -> Result<(), ReadError> {
        let start = usize::try_from(at).expect("in memory").min(self.bytes.len());
        let size = self.sizes.get(self.at % self.sizes.len().max(1)).copied().unwrap_or(length);
        self.at += 1;
        // The first reading is of the head.
        let size = if self.at == 1 { length } else { size.clamp(1, length) };
        let end = (start + size).min(self.bytes.len());
        into.clear();
        into.extend_from_slice(&self.bytes[start..end]);
        Ok(())
    }
}

fn piecewise(bytes: &[u8], sizes: &[usize]) -> (Vec<String>, Vec<String>, FileAccount) {
    let mut source = Pieces { bytes: bytes.to_vec(), sizes: sizes.to_vec(), at: 0 };
    let (tally, mut accounts) =
        common::read_source(&mut source, &mailflow::account::Mapping::default());
    (cells(&tally), senders(&tally), accounts.remove(0))
}

fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let telling = select(b"();<>@:\r\n\t \0\xff\"[]=.,Rr".to_vec());
    let flips = prop::collection::vec((any::<Index>(), telling), 0..30);
    let parts = prop::collection::vec((any::<Index>(), any::<Index>()), 0..3);
    let mut mails = MAILS.clone();
    mails.push(mail_with("multipart/report; report-type=tlsrpt", GZIP, &base64(&gzip(REPORT))));
    mails.push(format!("From a Thu Sep  3 10:00:00 2026\r\n{}{}", mails[5], mails[4]));
    (select(mails), flips, parts).prop_map(|(text, flips, parts)| {
        let mut bytes = text.into_bytes();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        for (from, to) in parts {
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            let piece = bytes[from.min(to)..from.max(to)].to_vec();
            bytes.splice(from..from, piece);
        }
        bytes
    })
}

// That accounts add up is looked at wherever something is read.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_pieces_in_which_mail_comes_do_not_matter(
        bytes in damaged(), sizes in prop::collection::vec(1_usize..400, 1..8),
    ) {
        prop_assert_eq!(piecewise(&bytes, &sizes), piecewise(&bytes, &[1 << 20]));
    }

    #[test]
    fn any_bytes_behind_a_received_header_are_read(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let bytes = [b"Received: ", &bytes[..]].concat();
        read(&[("a", bytes)]);
    }

    #[test]
    fn any_words_in_a_received_header_are_read(
        words in prop::collection::vec(select(vec![
            "from", "by", "with", "id", "for", "via", "a.example", "[192.0.2.1]", "(", ")", ";",
            "(TLS1.2:X:256)", "(version=TLS1_3", "cipher=", "ESMTPSA", "tls", "\"", "\\", "<x@contoso.example>",
            "(using TLSv1.3 with", "Thu,", "3", "Sep", "2026", "10:00:00", "+0000", "encrypted", "ESMTP/TLS/", "é",
        ]), 0..30),
    ) {
        let line = words.join(" ");
        let text = with_hops("a@b", "x@fabrikam.example", "y@contoso.example", &[&line]);
        let (_, told) = of_contoso(text);
        prop_assert_eq!(told.rows, 1);
    }

    #[test]
    fn the_order_of_mailboxes_changes_no_figure(
        files in prop::collection::vec(prop_oneof![Just(Vec::new()), damaged()], 2..4),
    ) {
        let files: Vec<_> = files.iter().map(|bytes| ("a", bytes)).collect();
        let mut turned = files.clone();
        turned.reverse();
        let figures = |files: &[(&str, &Vec<u8>)]| {
            let (tally, accounts) = read(files);
            (cells(&tally), senders(&tally), sums(&accounts))
        };
        prop_assert_eq!(figures(&files), figures(&turned));
    }
}
