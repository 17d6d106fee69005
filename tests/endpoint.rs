//! The JSON document of an endpoint: what is read of it, and what is said of
//! one that is not as it must be.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{SAMPLES, account, cells, expected, json, problem, program_json, read, senders, sums};
use mailflow::account::{DocumentFault, FileKind, Gap, Problem, Unreadable, Warning};
use proptest::prelude::*;

const FORMAT: &str = "mailflow JSON";

/// A document with these messages.
fn messages(items: &str) -> String {
    format!(r#"{{"version":1,"messages":[{items}]}}"#)
}

/// A document with these cells.
fn of_cells(items: &str) -> String {
    format!(r#"{{"version":1,"cells":[{items}]}}"#)
}

/// What is wrong with a document.
fn fault(text: impl AsRef<[u8]>) -> DocumentFault {
    match problem(text) {
        Problem::Document(fault) => fault,
        other => panic!("{other:?}"),
    }
}

const ONE: &str = r#"{"time":"2026-09-03T10:00:00Z","direction":"inbound","tls":"1.2"}"#;

#[test]
fn the_example_gives_the_answer_that_was_counted_by_hand() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/endpoint.example.json");
    let mut answer = expected("endpoint.example");
    answer["files"][0]["name"] = path.into();
    assert_eq!(program_json(&[path], b""), (answer, 0));
}

#[test]
fn a_tally_is_a_document_of_cells() {
    for (name, _) in SAMPLES {
        let tally = expected(name);
        let (read_back, accounts) = read(&[("tally.json", tally.to_string())]);
        assert_eq!(json(&read_back, &[])["cells"], tally["cells"], "{name}");
        let count = tally["cells"].as_array().expect("cells").len() as u64;
        assert_eq!(sums(&accounts), [count, 0, 0, 0], "{name}");
    }
    // Its senders say nothing of days, so its submissions are of unknown accounts.
    let (tally, _) = read(&[("tally.json", expected("smtp-auth-report").to_string())]);
    assert_eq!(senders(&tally)[0], "  none unknown 1");
}

#[test]
fn cells_count_their_messages_by_day_or_hour() {
    let facts = r#""direction":"outbound","tls":"1.3","connector":"To Plant""#;
    let text = of_cells(&format!(
        r#"{{"day":"2026-09-03",{facts},"messages":7}},
           {{"hour":"2026-09-03T23:00Z",{facts},"messages":5}},
           {{"hour":"2026-09-03T23:00Z",{facts},"messages":5}}"#
    ));
    let (tally, accounts) = read(&[("a", &text), ("again", &text)]);
    assert_eq!(cells(&tally), ["2026-09-03 outbound To Plant Unknown - 1.3 17"]);
    let hours: Vec<_> = tally.flow.iter().map(|cell| (cell.hour % 24, cell.messages)).collect();
    assert_eq!(hours, [(0, 7), (23, 10)]);
    assert_eq!(accounts[0].messages, 3);
    assert_eq!(accounts[1].duplicates, 3);
    let gaps = [Gap::ConnectorType, Gap::ForcedTls, Gap::MessageId, Gap::SmtpAuth];
    assert_eq!(accounts[0].gaps, gaps);
}

#[test]
fn messages_of_a_table_are_not_counted_again() {
    let text = messages(
        r#"{"time":"2026-09-03T10:00:00Z","id":"a@x.example","sender":"S@x.example",
            "direction":"inbound","connector":"From x","connectorType":"Partner","forcedTls":true,"tls":"1.2"},
           {"time":"2026-09-03T12:00:00Z","id":"<c@contoso.example>","sender":"u@contoso.example",
            "direction":"outbound","tls":"1.3"}"#,
    );
    let files = [("a.csv", common::CONNECTORS), ("b.json", &text)];
    let (tally, accounts) = read(&files);
    assert_eq!(accounts[1].joined, 2);
    // The outbound message's TLS is recorded now.
    let mut known = common::CONNECTOR_CELLS.map(str::to_owned);
    known[2] = "2026-09-03 outbound - NoConnector - 1.3 1".to_owned();
    assert_eq!(cells(&tally), known);
    assert_eq!(cells(&read(&[files[1], files[0]]).0), known);
}

#[test]
fn identical_messages_without_an_id_all_count_and_words_of_exports_are_read() {
    let text = messages(&format!(
        r#"{ONE},{ONE},{{"tls":"TLSv1.2","direction":"Received","time":"2026-09-03 10:00:00","new":[1,{{"deep":null}}]}}"#
    ));
    let account = account(&text);
    assert_eq!((account.format.as_deref(), account.messages), (Some(FORMAT), 3));
    assert_eq!(cells(&read(&[("a", &text)]).0), ["2026-09-03 inbound - Unknown - 1.2 3"]);
}

#[test]
fn an_item_that_cannot_be_read_is_told_by_list_index_and_field() {
    let text = messages(&format!(
        r#"{ONE},
           {{"time":"2026-09-03T10:00:00Z","direction":"inbound"}},
           {{"time":"soon","direction":"inbound","tls":"1.2"}},
           {{"time":"2026-09-03T10:00:00Z","direction":"inbound","tls":"1.2","count":-1}},
           7"#
    ));
    let account = account(text);
    assert_eq!((account.rows, account.messages), (5, 1));
    let reasons =
        [(Unreadable::BadTime, 1), (Unreadable::BadCount, 1), (Unreadable::MissingField, 2)];
    assert_eq!(account.unreadable, reasons);
    let told = |text: &str| text.split(' ').next().map(str::to_owned);
    let places: Vec<_> =
        account.examples.iter().map(|e| (e.line, told(&e.text).expect("a place"))).collect();
    let expected = [
        (2, "/messages/1/tls"),
        (3, "/messages/2/time"),
        (4, "/messages/3/count"),
        (5, "/messages/4/time"),
    ];
    assert_eq!(places, expected.map(|(line, place)| (line, place.to_owned())));
}

#[test]
fn a_version_of_tls_may_be_a_number() {
    let facts = r#"{"time":"2026-09-03T10:00:00Z","direction":"inbound","tls":"#;
    let text = messages(&format!("{facts}1.2}},{facts}1.0}},{facts}null}},{facts}1.25}}"));
    let (tally, accounts) = read(&[("a", text)]);
    let states: Vec<_> = tally.flow.iter().map(|cell| cell.tls.code()).collect();
    assert_eq!(states, ["1.0", "1.2", "notRecorded"]);
    assert_eq!(accounts[0].unfamiliar.len(), 1);
}

#[test]
fn unknown_words_are_listed_and_their_messages_count() {
    let text = messages(r#"{"time":"2026-09-03T10:00:00Z","direction":"up","tls":"rot13"}"#);
    let account = account(text);
    assert_eq!(account.messages, 1);
    let values: Vec<_> = account.unfamiliar.iter().map(|value| value.value.as_str()).collect();
    assert_eq!(values, ["rot13", "up"]);
}

#[test]
fn bad_json_is_told_with_line_and_column() {
    let text = messages(ONE).replace("\"tls\"", "\n tls");
    assert_eq!(fault(text), DocumentFault::Syntax { line: 2, column: 2 });
    let text = format!("{}\n{}", messages(ONE), messages(ONE));
    assert_eq!(fault(text), DocumentFault::Syntax { line: 2, column: 1 });
    let text = messages(ONE).replace("inbound", "in\u{1}bound");
    assert!(matches!(fault(text), DocumentFault::Syntax { line: 1, .. }));
    let mut bytes = messages(&format!("{ONE},\n{ONE}")).into_bytes();
    let at = bytes.iter().rposition(|byte| *byte == b'i').expect("inbound");
    bytes[at] = 0xff;
    assert!(matches!(fault(bytes), DocumentFault::Syntax { line: 2, .. }));
    let text = r#"{"version":1,"cells":[],"messages":{}}"#;
    assert!(matches!(fault(text), DocumentFault::Shape { line: 1, .. }));
}

#[test]
fn a_document_that_is_cut_off_is_said_to_be_and_counts_nothing() {
    let text = messages(&format!("{ONE},{}", ONE.replace("inbound", "in한bound")));
    for end in text.find('[').expect("a list") + 1..text.len() {
        let (tally, accounts) = read(&[("a", &text.as_bytes()[..end])]);
        let problem = accounts[0].problem.clone();
        assert_eq!(problem, Some(Problem::Document(DocumentFault::CutOff)), "{end}");
        assert!(tally.flow.is_empty());
    }
    assert_eq!(fault(r#"{"version":1"#), DocumentFault::CutOff);
}

#[test]
fn another_version_is_named() {
    let version = |found: &str| DocumentFault::Version { found: found.to_owned() };
    assert_eq!(fault(messages(ONE).replace(":1,", ":2,")), version("2"));
    assert_eq!(fault(r#"{"messages":[],"version":"one"}"#), version("one"));
    assert_eq!(fault(r#"{"version":2,"cells":[],"messages":{}}"#), version("2"));
    let missing = |name: &str| DocumentFault::Missing { name: name.to_owned() };
    assert_eq!(fault(r#"{"messages":[]}"#), missing("version"));
    assert_eq!(fault(r#"{"version":1,"files":[],"senders":[]}"#), missing("messages"));
    assert_eq!(fault(r#"{"version":1,"cells":[],"messages":[]}"#), DocumentFault::TwoLists);
}

#[test]
fn other_json_is_left_alone() {
    for text in ["[]", "{}", r#"{"version":3,"sources":[]}"#, r#"{"error":{"messages":["no"]}}"#] {
        let kind = FileKind::Json;
        let other = Problem::NotATrace { looks_like: Some(kind) };
        let found = problem(text);
        assert!(found == other || matches!(found, Problem::NotATrace { .. }), "{text}: {found:?}");
    }
}

#[test]
fn a_document_is_read_packed_marked_long_and_empty() {
    let text = messages(&vec![ONE; 5_000].join(",\n"));
    for bytes in [
        text.clone().into_bytes(),
        common::gzip(&text),
        common::utf16(&text, true, false),
        format!("\u{feff}{text}").into_bytes(),
        common::zip(&[("a.json", &text)], false),
    ] {
        let account = account(bytes);
        assert_eq!((account.messages, &account.warnings), (5_000, &Vec::<Warning>::new()));
    }
    assert_eq!(account(messages("")).rows, 0);
}

/// A document of these items as lines.
fn lines(items: &[&str]) -> String {
    let items: Vec<_> = items.iter().map(|item| format!("{{\"message\":{item}}}\n")).collect();
    format!("{{\"version\":1}}\n{}{{\"end\":{{\"items\":{}}}}}\n", items.concat(), items.len())
}

#[test]
fn the_example_in_lines_gives_the_same_answer() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/endpoint.example.ndjson");
    let mut answer = expected("endpoint.example");
    let (found, code) = program_json(&[path], b"");
    answer["files"][0]["name"] = path.into();
    assert_eq!((found, code), (answer.clone(), 0));
    // By a pipe too, which cannot be read twice.
    let text = std::fs::read(path).expect("the example");
    let (piped, code) = program_json(&["-"], &text);
    assert_eq!((&piped["cells"], code), (&answer["cells"], 0));
}

#[test]
fn lines_are_read_packed_marked_long_and_empty() {
    let text = lines(&vec![ONE; 5_000]);
    for bytes in [
        text.clone().into_bytes(),
        common::gzip(&text),
        common::utf16(&text, true, false),
        format!("\u{feff}{text}").into_bytes(),
        text.replace('\n', "\r\n\r\n").into_bytes(),
        text.trim_end().as_bytes().to_vec(),
        common::zip(&[("a.ndjson", &text)], false),
    ] {
        let account = account(bytes);
        assert_eq!((account.messages, &account.warnings), (5_000, &Vec::<Warning>::new()));
        assert_eq!((account.rows, account.format.as_deref()), (5_000, Some(FORMAT)));
    }
    let empty = account(lines(&[]));
    assert_eq!((empty.rows, empty.problem), (0, None));
    // What stands in the header beside may be longer than what tells a format.
    let files = format!(r#"{{"version":1,"files":["{}"]"#, "x".repeat(200_000));
    assert_eq!(account(text.replacen("{\"version\":1", &files, 1)).messages, 5_000);
}

#[test]
fn lines_that_are_cut_off_anywhere_count_nothing() {
    let text = lines(&[ONE, &ONE.replace("inbound", "in한bound")]);
    let whole = text.trim_end().len();
    for end in r#"{"version":1"#.len()..whole {
        let (tally, accounts) = read(&[("a", &text.as_bytes()[..end])]);
        let problem = accounts[0].problem.clone();
        assert_eq!(problem, Some(Problem::Document(DocumentFault::CutOff)), "{end}");
        assert!(tally.flow.is_empty() && accounts[0].rows == 0);
    }
    let packed = common::gzip(lines(&vec![ONE; 2_000]));
    assert_eq!(fault(&packed[..packed.len() / 2]), DocumentFault::CutOff);
}

#[test]
fn what_is_wrong_with_lines_is_told_by_line() {
    let text = lines(&[ONE, ONE]);
    let wrong = |old: &str, new: &str| fault(text.replacen(old, new, 1));
    assert_eq!(wrong("items\":2", "items\":3"), DocumentFault::Items { said: 3, found: 2 });
    assert_eq!(wrong("items\":2", "items\":1"), DocumentFault::Items { said: 1, found: 2 });
    assert!(matches!(wrong("items", "rows"), DocumentFault::Shape { line: 4, .. }));
    let column = text.lines().nth(1).and_then(|line| line.find("\"tls\"")).expect("tls") as u64 + 1;
    assert_eq!(wrong("\"tls\"", "tls"), DocumentFault::Syntax { line: 2, column });
    assert!(matches!(wrong("\"1.2\"}}", "\"1.2\"}"), DocumentFault::Syntax { line: 2, .. }));
    let other = text.replacen("}\n{\"end\"", "}\n{\"note\":1}\n{\"end\"", 1);
    assert!(matches!(fault(other), DocumentFault::Shape { line: 4, .. }));
    let both = text.replacen("{\"end\"", "{\"cell\":{}}\n{\"end\"", 1);
    assert_eq!(fault(both), DocumentFault::TwoLists);
    let two = DocumentFault::Version { found: "2".to_owned() };
    assert_eq!(wrong("version\":1", "version\":2"), two);
    assert_eq!(fault(format!("{text}{ONE}")), DocumentFault::Syntax { line: 5, column: 1 });
    let mut bytes = text.clone().into_bytes();
    bytes[60] = 0xff;
    assert!(matches!(fault(bytes), DocumentFault::Syntax { line: 2, .. }));
    let long = text.replacen("inbound", &"x".repeat(17 << 20), 1);
    assert!(matches!(fault(long), DocumentFault::LongLine { line: 2, .. }));
    let deep = text.replacen("\"inbound\"", &"[".repeat(100_000), 1);
    assert!(matches!(fault(deep), DocumentFault::Syntax { line: 2, .. }));
    let account = account(text.replacen("\"1.2\"", "null,\"count\":9007199254740993", 1));
    assert_eq!((account.rows, account.messages), (2, 1));
    assert_eq!(account.unreadable, [(Unreadable::BadCount, 1)]);
    assert!(account.examples[0].text.starts_with("/messages/0/count"));
}

#[test]
fn a_page_without_the_next_one_counts_nothing() {
    let page = messages(ONE).replacen("{\"version\"", "{\"next\":\"?page=2\",\"version\"", 1);
    let last = messages(ONE);
    assert_eq!(fault(&page), DocumentFault::NextMissing);
    assert_eq!(fault(format!("{page}\n{page}\n")), DocumentFault::NextMissing);
    assert_eq!(account(format!("{page}{last}\n")).messages, 2);
    assert_eq!(account(last.replacen("{\"version\"", "{\"next\":null,\"version\"", 1)).messages, 1);
    let cells = of_cells(r#"{"day":"2026-09-03","direction":"inbound","tls":"1.2","messages":1}"#);
    assert_eq!(fault(format!("{page}\n{cells}")), DocumentFault::TwoLists);
    let other = last.replacen(":1,", ":3,", 1);
    assert_eq!(fault(format!("{page}\n{other}")), DocumentFault::Version { found: "3".to_owned() });
    let lines = lines(&[ONE]);
    for place in ["{\"end\":{\"next\":\"?2\",", "{\"next\":\"?2\",\"end\":{"] {
        let page = lines.replacen("{\"end\":{", place, 1);
        assert_eq!(fault(&page), DocumentFault::NextMissing);
        assert_eq!(account(format!("{page}{lines}")).messages, 2);
        assert_eq!(fault(format!("{page}{last}")), DocumentFault::TwoLists);
    }
}

#[test]
fn ready_cells_are_the_same_in_lines_and_in_pages() {
    let cell = |tls: &str| {
        format!(
            r#"{{"part":"a","hour":"2026-09-03T10:00Z","direction":"inbound","tls":"{tls}","messages":2}}"#
        )
    };
    let refused = |ip: &str| {
        format!(
            r#""refusedSignIns":[{{"part":"a","hour":"2026-09-03T10:00Z","account":"u@x.example","clientIp":"{ip}","tls":"1.2","attempts":3}}]"#
        )
    };
    let head = |ip: &str| {
        format!(r#""version":1,"parts":[{{"id":"a","ownDomains":["x.example"]}}],{}"#, refused(ip))
    };
    let (one, two) = (cell("1.2"), cell("1.3"));
    let both = refused("192.0.2.1").replace(']', ",")
        + refused("192.0.2.2").split_once('[').expect("a list").1;
    let document = head("192.0.2.1").replace(&refused("192.0.2.1"), &both);
    let document = format!(r#"{{{document},"cells":[{one},{two}]}}"#);
    let pages = format!(
        "{{{},\"cells\":[{one}],\"next\":\"?2\"}}{{{},\"cells\":[{two}]}}",
        head("192.0.2.1"),
        head("192.0.2.2"),
    );
    let lines = format!(
        "{{{}}}\n{{\"cell\":{one}}}\n{{\"end\":{{\"items\":1}},\"next\":\"?2\"}}\n{{{}}}\n{{\"cell\":{two}}}\n{{\"end\":{{\"items\":1}}}}\n",
        head("192.0.2.1"),
        head("192.0.2.2"),
    );
    let (known, accounts) = read(&[("a", &document)]);
    assert_eq!(cells(&known).len(), 2);
    for text in [&pages, &lines] {
        let (tally, found) = read(&[("a", text)]);
        assert_eq!((found.len(), &found[0].problem), (accounts.len(), &None), "{text}");
        assert_eq!(json(&tally, &found), json(&known, &accounts), "{text}");
        // The same part again counts nothing.
        assert_eq!(json(&read(&[("a", text), ("b", &document)]).0, &[]), json(&known, &[]));
    }
}

/// Items of which some say the same, and some cannot be read.
fn any_items() -> impl Strategy<Value = Vec<String>> {
    let item = (0..3_u8, 0..4_u8, 0..3_u8, prop::sample::select(vec!["1.2", "none", "rot13"]));
    let item = item.prop_map(|(hour, id, direction, tls)| {
        let direction = ["inbound", "outbound", "submission"][usize::from(direction)];
        let id = if id == 0 { String::new() } else { format!(r#","id":"{id}@x.example""#) };
        let time = if hour == 2 { "soon".to_owned() } else { format!("2026-09-03T1{hour}:00:00Z") };
        format!(r#"{{"time":"{time}","direction":"{direction}","tls":"{tls}"{id},"sender":"한@x.example"}}"#)
    });
    prop::collection::vec(item, 0..12)
}

proptest! {
    /// However the items are told, in one page or several, each form of them.
    #[test]
    fn every_form_of_the_same_items_counts_the_same(
        items in any_items(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        header in any::<bool>(), packed in any::<bool>(),
    ) {
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(items.len() + 1)).collect();
        cuts.sort_unstable();
        cuts.push(items.len());
        let (mut documents, mut pages, mut start) = (String::new(), String::new(), 0);
        for (index, end) in cuts.iter().enumerate() {
            let own: Vec<_> = items[start..*end].iter().map(String::as_str).collect();
            start = *end;
            let next = if index + 1 < cuts.len() { r#","next":"?p""# } else { "" };
            let document = messages(&own.join(","));
            documents.push_str(document.trim_end_matches('}'));
            documents.push_str(&[next, "}\n"].concat());
            let place = if header { "{\"version\":1" } else { "{\"end\":{\"items\":" };
            let page = lines(&own);
            let at = page.find(place).expect("a line") + place.len();
            let at = at + page[at..].find('}').expect("its end");
            pages.push_str(&page[..at]);
            pages.push_str(next);
            pages.push_str(&page[at..]);
        }
        let pack = |text: String| if packed { common::gzip(text) } else { text.into_bytes() };
        let whole = read(&[("a", messages(&items.join(",")))]);
        for text in [documents, pages] {
            let (tally, mut accounts) = read(&[("a", pack(text.clone()))]);
            prop_assert_eq!(accounts[0].problem.clone(), None, "{}", text);
            accounts[0].bytes = whole.1[0].bytes;
            let known: Vec<_> = whole.1[0].examples.iter().map(|example| &example.text).collect();
            let found: Vec<_> = accounts[0].examples.iter().map(|example| &example.text).collect();
            prop_assert_eq!(found, known);
            prop_assert_eq!(json(&tally, &accounts), json(&whole.0, &whole.1));
        }
    }

    /// Whatever the text, reading ends, and what is not whole counts nothing.
    #[test]
    fn damaged_lines_count_all_or_nothing(
        at in any::<prop::sample::Index>(), length in 0_usize..6, new in r#"[{}\[\]",:\\a0\n ]{0,3}"#,
    ) {
        let mut text = lines(&[ONE, ONE, ONE]);
        let start = at.index(text.len());
        let end = (start + length).min(text.len());
        text.replace_range(start..end, &new);
        let (tally, accounts) = read(&[("a", &text)]);
        let counted: u64 = tally.flow.iter().map(|cell| cell.messages).sum();
        prop_assert!(accounts[0].problem.is_some() == (accounts[0].rows == 0), "{}", text);
        prop_assert!(counted <= 3);
        prop_assert!(accounts[0].problem.is_none() || counted == 0, "{}", text);
    }
}
