//! What a person says of a file and of the organization, and what it changes.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{
    CONNECTORS, NOW, ReadOn, account, at_once, cells, gzip, problem, read_with, utf16, zip,
};
use mailflow::account::{
    ColumnsNeeded, Field, Gap, LeftOut, Mapping, Preview, Problem, Unreadable,
};
use mailflow::engine::Analysis;
use mailflow::import::{MemorySource, Settings, preview, read_mapping};
use mailflow::mail::{Choices, ConnectorType, Direction, TlsState};
use mailflow::report::dashboard;

const TABLE: &str = "Zeitpunkt;Weg;Verschlüsselung;Absender\n\
    2026-09-03 10:00:00;rein;ja;a@fabrikam.example\n\
    2026-09-03 11:00:00;raus;nein;b@contoso.example\n\
    2026-09-03 12:00:00;raus;TLSv1.2;b@contoso.example\n\
    gestern;raus;TLSv1.2;b@contoso.example\n";

fn mapping(columns: &[(Field, &str)], words: &[(Field, &str, &str)]) -> Mapping {
    let owned = |text: &str| text.to_owned();
    Mapping {
        columns: columns.iter().map(|(field, column)| (*field, owned(column))).collect(),
        words: words.iter().map(|(field, word, code)| (*field, owned(word), owned(code))).collect(),
        ..Mapping::default()
    }
}

fn german() -> Mapping {
    mapping(
        &[
            (Field::Time, "Zeitpunkt"),
            (Field::Direction, "Weg"),
            (Field::Tls, "Verschlüsselung"),
            (Field::Sender, "Absender"),
        ],
        &[
            (Field::Direction, "rein", "inbound"),
            (Field::Direction, "raus", "outbound"),
            (Field::Tls, "ja", "unstated"),
            (Field::Tls, "nein", "none"),
        ],
    )
}

fn look(bytes: impl AsRef<[u8]>, number: u32, mapping: &Mapping) -> Preview {
    let mut source = MemorySource(bytes.as_ref().to_vec());
    at_once(preview(&mut source, number, mapping, &Settings::default()))
}

#[test]
fn the_words_of_a_file_mean_what_the_person_says() {
    let (tally, accounts) = read_with(&[("a", TABLE)], &german());
    assert_eq!(
        cells(&tally),
        [
            "2026-09-03 inbound - Unknown - unstated 1",
            "2026-09-03 outbound - Unknown - none 1",
            "2026-09-03 outbound - Unknown - 1.2 1",
        ]
    );
    assert_eq!(accounts[0].unfamiliar, []);
    assert!(accounts[0].mappable);
    // A word that is known can be said to mean something else, and only that
    // word of that column does.
    let mut other = german();
    other.words.push((Field::Tls, "TLSv1.2".to_owned(), "1.3".to_owned()));
    other.words.push((Field::Direction, "ja".to_owned(), "internal".to_owned()));
    let (tally, _) = read_with(&[("a", TABLE)], &other);
    assert!(cells(&tally)[2].ends_with(" 1.3 1"), "{:?}", cells(&tally));
}

#[test]
fn a_look_says_what_reading_then_gives() {
    let bytes: [(&str, Vec<u8>, u32); 4] = [
        ("as it is", TABLE.into(), 0),
        ("utf-16", utf16(TABLE, true, false), 0),
        ("gzip", gzip(TABLE.as_bytes()), 0),
        ("in an archive", zip(&[("other.csv", CONNECTORS), ("this.csv", TABLE)], false), 1),
    ];
    for (name, bytes, number) in bytes {
        let looked = look(&bytes, number, &german());
        assert_eq!((looked.rows, looked.read(), looked.whole), (4, 3, true), "{name}");
        assert_eq!(looked.left_out, [(LeftOut::Unreadable(Unreadable::BadTime), 1)], "{name}");
        assert_eq!(
            looked.directions,
            [(Direction::Inbound, 1), (Direction::Outbound, 2)],
            "{name}"
        );
        assert_eq!(
            looked.tls,
            [(TlsState::NoTls, 1), (TlsState::V1_2, 1), (TlsState::VersionNotStated, 1)],
            "{name}"
        );
        assert_eq!(looked.times.len(), 3, "{name}");
        let (_, accounts) = read_with(&[("a", &bytes)], &german());
        let read = &accounts[number as usize];
        assert_eq!((read.rows, read.messages), (looked.rows, looked.read()), "{name}");
    }
}

#[test]
fn a_look_at_a_long_file_is_at_its_beginning_and_only_at_whole_rows() {
    let row = "2026-09-03 11:00:00;raus;nein;b@contoso.example\n";
    let text = format!("{TABLE}{}", row.repeat(20_000));
    let looked = look(&text, 0, &german());
    assert!(!looked.whole && (1_000..20_000).contains(&looked.rows), "{}", looked.rows);
    assert_eq!(looked.left_out, [(LeftOut::Unreadable(Unreadable::BadTime), 1)]);
}

#[test]
fn a_look_tells_the_words_with_what_they_are_taken_for() {
    let mut said = german();
    said.words.clear();
    let looked = look(TABLE, 0, &said);
    let words: Vec<_> = looked
        .words
        .iter()
        .map(|word| (word.field, &*word.word, word.rows, word.meaning.as_deref()))
        .collect();
    // Those of rows that would be read.
    assert_eq!(
        words,
        [
            (Field::Tls, "TLSv1.2", 1, Some("1.2")),
            (Field::Tls, "ja", 1, None),
            (Field::Tls, "nein", 1, None),
            (Field::Direction, "raus", 2, None),
            (Field::Direction, "rein", 1, None),
        ]
    );
}

#[test]
fn a_look_at_a_table_that_is_not_known_tells_its_columns() {
    let looked = look(TABLE, 0, &Mapping::default());
    let table = looked.table.expect("a table");
    assert_eq!(table.header, ["Zeitpunkt", "Weg", "Verschlüsselung", "Absender"]);
    assert_eq!(table.sample[0][1], "rein");
    assert!(matches!(looked.problem, Some(Problem::ColumnsNeeded(_))));
    // Of a known table it tells how the columns are taken.
    let looked = look(CONNECTORS, 0, &Mapping::default());
    let ColumnsNeeded { guess, .. } = looked.table.clone().expect("a table");
    assert!(guess.iter().any(|(field, _)| *field == Field::Tls));
    assert_eq!((looked.rows, looked.read()), (3, 3));
    assert_eq!(look([0xff, 0xd8, 0xff, 0xe0, 0, 16], 0, &Mapping::default()).table, None);
}

#[test]
fn without_a_tls_column_a_mapped_table_is_read_and_tls_is_not_recorded() {
    let columns = mapping(&[(Field::Time, "Zeitpunkt"), (Field::Sender, "Absender")], &[]);
    let (tally, accounts) = read_with(&[("a", TABLE)], &columns);
    assert!(
        cells(&tally)[0].ends_with(" unknown - Unknown - notRecorded 3"),
        "{:?}",
        cells(&tally)
    );
    assert!(accounts[0].gaps.contains(&Gap::Tls));
    // Nobody said anything: it is asked.
    let Problem::ColumnsNeeded(needed) = problem(TABLE) else { panic!("no question") };
    assert_eq!(needed.missing, [Field::Time, Field::Tls]);
    // The person's word that there is none stands against the guess.
    let none = mapping(&[(Field::Time, "date"), (Field::Tls, "")], &[]);
    let (tally, accounts) = read_with(&[("a", CONNECTORS)], &none);
    assert!(cells(&tally).iter().all(|cell| cell.contains(" notRecorded ")), "{:?}", cells(&tally));
    assert!(accounts[0].columns.iter().all(|column| column.field != Field::Tls));
}

#[test]
fn columns_without_a_name_of_their_own_go_by_their_number() {
    let text = "time,,x,x\n2026-09-03T10:00:00Z,TLS1.3,a@contoso.example,<1@x>\n";
    let columns =
        mapping(&[(Field::Time, "time"), (Field::Tls, "#2"), (Field::MessageId, "#4")], &[]);
    let (tally, accounts) = read_with(&[("a", text)], &columns);
    assert!(cells(&tally)[0].ends_with(" 1.3 1"));
    assert!(!accounts[0].gaps.contains(&Gap::MessageId));
}

#[test]
fn any_sign_between_values_will_do() {
    for sign in [",", ";", "\t", "|"] {
        let looked = look(TABLE.replace(';', sign), 0, &german());
        assert_eq!((looked.rows, looked.read()), (4, 3), "{sign:?}");
    }
}

fn analysis(settings: Settings, files: &[&str], mapping: &Mapping) -> Analysis {
    let mut analysis = Analysis::new(settings);
    for (place, text) in (0..).zip(files) {
        let mut source = MemorySource(text.as_bytes().to_vec());
        at_once(analysis.read(place, "file", &mut source, mapping, &mut ReadOn));
    }
    analysis
}

#[test]
fn a_remembered_mapping_is_for_files_with_its_header_only() {
    let header = TABLE.lines().next().expect("a header").split(';').map(str::to_owned);
    let text = german().to_json(&header.collect::<Vec<_>>());
    let settings = Settings {
        remembered: vec![read_mapping(&text).expect("a mapping")],
        ..Settings::default()
    };
    let (tally, files) =
        analysis(settings.clone(), &[TABLE, CONNECTORS], &Mapping::default()).figures();
    assert_eq!(
        files.iter().map(|(_, file)| (file.messages, file.remembered)).collect::<Vec<_>>(),
        [(3, true), (3, false)]
    );
    assert!(cells(&tally).iter().any(|cell| cell.contains(" unstated ")));
    let without = Mapping { as_guessed: true, ..Mapping::default() };
    let (_, files) = analysis(settings, &[TABLE], &without).figures();
    assert!(matches!(files[0].1.problem, Some(Problem::ColumnsNeeded(_))));
}

#[test]
fn figures_are_counted_again_with_what_the_person_says() {
    // Both connectors are without a type, the directions without a word.
    let text = "date,message_id,connector,sender,recipient,tls_version\n\
        2026-09-03T10:00:00Z,<1@x>,Gate,a@fabrikam.example,b@contoso.example,TLS1.2\n\
        2026-09-03T11:00:00Z,<2@x>,Gate,b@contoso.example,a@fabrikam.example,TLS1.2\n\
        2026-09-03T12:00:00Z,<3@x>,Way out,b@contoso.example,c@fabrikam.example,TLS1.3\n";
    let mut analysis = analysis(Settings::default(), &[text], &Mapping::default());
    let used = dashboard(&analysis.figures().0, NOW).assumptions;
    assert!(used.guessed);
    assert_eq!(used.untyped, ["Gate", "Way out"]);
    analysis.choose(Choices {
        own_domains: Some(vec!["contoso.example".to_owned()]),
        connector_types: vec![("Gate".to_owned(), ConnectorType::Partner)],
        ..Choices::default()
    });
    let (tally, _) = analysis.figures();
    assert_eq!(
        cells(&tally),
        [
            "2026-09-03 inbound Gate Partner - 1.2 1",
            "2026-09-03 outbound Gate Partner - 1.2 1",
            "2026-09-03 outbound Way out Unknown - 1.3 1",
        ]
    );
    let used = dashboard(&tally, NOW).assumptions;
    assert_eq!((used.own_domains, used.guessed), (vec!["contoso.example".to_owned()], false));
    assert_eq!(used.untyped, ["Way out"]);
}

#[test]
fn a_known_export_stays_what_it_is() {
    assert!(account(CONNECTORS).mappable);
    assert!(!account(common::sample_text("extended-report")).mappable);
}
