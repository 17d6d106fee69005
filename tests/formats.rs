//! Each format's sample gives the answer that was counted by hand, whatever
//! it is called and however it is packed and encoded.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{
    Folder, SAMPLES, cells, expected, gzip, json, program_json, read, sample_text, tests_folder,
    utf16, zip,
};
use mailflow::account::{Field, Gap, Inference, Warning};
use serde_json::Value;

/// What the engine makes of `bytes` under the sample's name.
fn answer(name: &str, bytes: &[u8]) -> Value {
    let (tally, mut accounts) = read(&[("photo.jpg", bytes)]);
    assert_eq!(accounts.len(), 1);
    accounts[0].name = format!("{name}.csv");
    json(&tally, &accounts)
}

/// Holds every sample, in a wrapping, against its expected answer.
fn same_answer(wrapping: &str, wrap: impl Fn(&str) -> Vec<u8>) {
    for (name, _) in SAMPLES {
        let bytes = wrap(&sample_text(name));
        assert_eq!(answer(name, &bytes), expected(name), "{name}, {wrapping}");
    }
}

#[test]
fn the_program_gives_the_answer_that_was_counted_by_hand() {
    for (name, format) in SAMPLES {
        let path = tests_folder().join("samples").join(format!("{name}.csv"));
        let path = path.to_str().expect("a path");
        let mut expected = expected(name);
        assert_eq!(expected["files"][0]["format"], format);
        // The account gives the name as the person gave it.
        expected["files"][0]["name"] = path.into();
        assert_eq!(program_json(&[path], b""), (expected, 0), "{name}");
    }
}

#[test]
fn the_rows_of_each_expected_answer_add_up() {
    for (name, _) in SAMPLES {
        let file = &expected(name)["files"][0];
        let count = |key: &str| file[key].as_u64().expect("a count");
        let all = |key: &str| {
            let reasons = file[key].as_object().expect("reasons");
            reasons.values().map(|rows| rows.as_u64().expect("a count")).sum::<u64>()
        };
        let sum = count("messages") + count("joined") + count("duplicates");
        assert_eq!(count("rows"), sum + all("noMail") + all("unreadable"), "{name}");
    }
}

#[test]
fn the_name_of_a_file_does_not_matter() {
    let folder = Folder::new("names");
    for (name, _) in SAMPLES {
        let path = folder.file("IMG_0001.zip", sample_text(name));
        let (mut json, status) = program_json(&[&path], b"");
        json["files"][0]["name"] = format!("{name}.csv").into();
        assert_eq!((json, status), (expected(name), 0));
    }
}

#[test]
fn gzip_changes_nothing() {
    same_answer("gzip", |text| gzip(text));
}

#[test]
fn gzip_members_joined_with_cat_are_one_file() {
    same_answer("three members", |text| {
        let (head, tail) = text.as_bytes().split_at(text.len() / 3);
        let (middle, tail) = tail.split_at(tail.len() / 2);
        [gzip(head), gzip(middle), gzip(b""), gzip(tail)].concat()
    });
}

#[test]
fn zero_bytes_and_junk_behind_gzip_are_left_out_and_told() {
    for (what, junk) in [("zero bytes", vec![0; 700]), ("junk", b"\r\n-- \r\nsigned".to_vec())] {
        same_answer(what, |text| [gzip(text), junk.clone()].concat());
        let bytes = [gzip(sample_text("connector-report")), junk.clone()].concat();
        let (_, accounts) = read(&[("a", bytes)]);
        let told = Warning::TrailingBytes { bytes: junk.len() as u64 };
        assert_eq!(accounts[0].warnings, [told], "{what}");
    }
}

#[test]
fn a_gzip_header_with_name_comment_and_extra_field_is_passed_over() {
    same_answer("full header", |text| {
        let packed = gzip(text);
        let mut bytes = packed[..10].to_vec();
        bytes[3] = 4 | 8 | 16 | 2;
        bytes.extend(b"\x03\0abcname.csv\0a comment\0\x12\x34");
        bytes.extend(&packed[10..]);
        bytes
    });
}

#[test]
fn zip_changes_nothing_stored_or_deflated() {
    for stored in [true, false] {
        same_answer("zip", |text| zip(&[("folder/", ""), ("folder/a.csv", text)], stored));
    }
}

#[test]
fn gzip_inside_zip_is_read_too() {
    for stored in [true, false] {
        same_answer("gzip in zip", |text| zip(&[("a.csv.gz", gzip(text))], stored));
    }
}

#[test]
fn each_file_of_a_zip_has_its_own_account() {
    let entries: Vec<_> = SAMPLES.iter().map(|(name, _)| (*name, sample_text(name))).collect();
    let (tally, accounts) = read(&[("all.zip", zip(&entries, false))]);
    let packed = json(&tally, &accounts);
    let (tally, accounts) = read(&entries);
    let mut plain = json(&tally, &accounts);
    for (file, (name, _)) in plain["files"].as_array_mut().expect("files").iter_mut().zip(SAMPLES) {
        file["name"] = format!("all.zip/{name}").into();
    }
    assert_eq!(packed, plain);
}

#[test]
fn a_zip_says_where_each_of_its_files_is_from_and_keeps_the_good_ones() {
    let good = sample_text("connector-report");
    let archive = zip(&[("notes.txt", "remember the milk\n"), ("week/c.csv", &good)], false);
    let (tally, accounts) = read(&[("w.zip", archive)]);
    let names: Vec<_> = accounts.iter().map(|account| account.name.as_str()).collect();
    assert_eq!(names, ["w.zip/notes.txt", "w.zip/week/c.csv"]);
    assert!(accounts[0].problem.is_some());
    assert_eq!(cells(&tally), common::cell_lines(&expected("connector-report")));
}

#[test]
fn utf16_changes_nothing_in_either_order_with_or_without_byte_order_mark() {
    for (mark, big_endian) in [(true, false), (true, true), (false, false), (false, true)] {
        let wrapping = format!("UTF-16, mark: {mark}, big-endian: {big_endian}");
        same_answer(&wrapping, |text| utf16(text, mark, big_endian));
        let name = if big_endian { "UTF-16BE" } else { "UTF-16LE" };
        let bytes = utf16(&sample_text("extended-report"), mark, big_endian);
        assert_eq!(common::account(bytes).encoding, name);
    }
}

#[test]
fn utf16_in_gzip_in_zip_changes_nothing() {
    same_answer("all layers", |text| zip(&[("a.gz", gzip(utf16(text, false, false)))], false));
}

#[test]
fn a_byte_order_mark_of_utf8_is_no_part_of_the_first_column() {
    same_answer("UTF-8 with mark", |text| format!("\u{feff}{text}").into_bytes());
}

#[test]
fn cp949_changes_nothing() {
    same_answer("CP949", |text| {
        let (bytes, _, lost) = encoding_rs::EUC_KR.encode(text);
        assert!(!lost);
        bytes.into_owned()
    });
    let (bytes, ..) = encoding_rs::EUC_KR.encode("날짜,방향,TLS 버전\n2026-09-03,수신,TLS 1.2\n");
    assert_eq!(common::account(bytes).encoding, "CP949 (EUC-KR)");
}

#[test]
fn line_feeds_alone_change_nothing() {
    same_answer("LF", |text| text.replace("\r\n", "\n").into_bytes());
    same_answer("no line end at the end", |text| text.trim_end().as_bytes().to_vec());
    same_answer("blank lines", |text| {
        let (header, rows) = text.split_once("\r\n").expect("a header");
        format!("\r\n\r\n{header}\r\n\r\n{rows}\r\n\r\n").into_bytes()
    });
}

/// The CSV again with another delimiter, quoted where that needs it.
fn delimited(text: &str, delimiter: u8) -> Vec<u8> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
    for record in reader.byte_records() {
        writer.write_byte_record(&record.expect("a record")).expect("memory");
    }
    writer.into_inner().expect("memory")
}

#[test]
fn tabs_semicolons_and_bars_are_delimiters_too() {
    for delimiter in [b'\t', b';', b'|'] {
        same_answer("another delimiter", |text| delimited(text, delimiter));
    }
}

#[test]
fn a_sep_line_names_the_delimiter_and_is_no_row() {
    for (line, delimiter) in [("sep=;\r\n", b';'), ("sep=\t\n", b'\t'), ("\"sep=;\"\n", b';')] {
        same_answer(line, |text| [line.as_bytes(), &delimited(text, delimiter)].concat());
    }
    // It holds even where another sign stands more often in the header.
    let text =
        "sep=;\ndate;direction;a,b,c,d,e,f;tls_version;connector\n2026-09-03;Sent;;TLS1.2;x\n";
    let account = common::account(text);
    assert_eq!((account.rows, account.messages), (1, 1));
    same_answer("sep in UTF-16", |text| utf16(&format!("sep=,\r\n{text}"), false, false));
}

#[test]
fn the_type_line_of_powershell_is_no_row() {
    same_answer("PowerShell", |text| {
        format!("#TYPE Selected.System.Management.Automation.PSCustomObject\r\n{text}").into_bytes()
    });
}

#[test]
fn header_names_may_hold_literal_quotes() {
    same_answer("quotes in names", |text| {
        let (header, rows) = text.split_once("\r\n").expect("a header");
        let names: Vec<_> = header.split(',').map(|name| format!("\"\"\"{name}\"\"\"")).collect();
        format!("{}\r\n{rows}", names.join(",")).into_bytes()
    });
}

#[test]
fn how_the_columns_of_an_unpublished_header_were_taken_is_shown() {
    let account = common::account(sample_text("connector-report"));
    let taken: Vec<_> =
        account.columns.iter().map(|column| (column.field, column.header.as_str())).collect();
    assert_eq!(
        taken,
        [
            (Field::Time, "date"),
            (Field::Tls, "tls_version"),
            (Field::Direction, "direction"),
            (Field::Connector, "connector_name"),
            (Field::ConnectorType, "connector_type"),
            (Field::ForcedTls, "tls_forced"),
            (Field::Sender, "sender_address"),
            (Field::Recipient, "recipient_address"),
            (Field::MessageId, "message_id"),
        ]
    );
    assert!(account.columns.iter().all(|column| !column.chosen));
}

#[test]
fn values_that_are_not_understood_are_listed_and_their_rows_count() {
    let account = common::account(sample_text("connector-report"));
    let listed: Vec<_> =
        account.unfamiliar.iter().map(|v| (v.field, v.value.as_str(), v.rows)).collect();
    assert_eq!(listed, [(Field::Tls, "TLS 9.9", 1)]);
    let account = common::account(sample_text("smtp-auth-report"));
    let listed: Vec<_> =
        account.unfamiliar.iter().map(|v| (v.field, v.value.as_str(), v.rows)).collect();
    assert_eq!(listed, [(Field::AuthMethod, "Carrier pigeon", 1)]);
}

#[test]
fn what_was_concluded_is_told() {
    let of = |name| common::account(sample_text(name)).inferred;
    assert_eq!(
        of("extended-report"),
        [(Inference::SubmissionFromAuthCode, 2), (Inference::TlsFromAuthCode, 2)]
    );
    assert_eq!(of("enhanced-summary"), [(Inference::DirectionFromDomains, 1)]);
    // All rows whose name has no `@` and whose count can be read, copies too.
    assert_eq!(of("smtp-auth-report"), [(Inference::AddressFromParts, 6)]);
    assert_eq!(of("connector-report"), []);
}

#[test]
fn what_a_format_cannot_tell_is_told() {
    let of = |name| common::account(sample_text(name)).gaps;
    assert_eq!(of("extended-report"), [Gap::OutboundTls, Gap::ForcedTls, Gap::ModernAuth]);
    assert_eq!(
        of("enhanced-summary"),
        [Gap::Tls, Gap::ConnectorType, Gap::ForcedTls, Gap::SmtpAuth]
    );
    assert_eq!(of("connector-report"), [Gap::SmtpAuth]);
    assert_eq!(of("smtp-auth-report"), [Gap::Connector]);
}

#[test]
fn rows_that_were_left_out_are_shown_by_line() {
    let examples = common::account(sample_text("connector-report")).examples;
    let shown: Vec<_> = examples.iter().map(|e| (e.line, &e.text[..20])).collect();
    // The header is line 1, and one row before these has two lines.
    assert_eq!(shown, [(12, "2026-09-03T16:00:00Z"), (13, "2026-02-30T00:00:00Z")]);
}

#[test]
fn only_a_time_and_a_tls_column_are_required() {
    let text = "date,tls_version,direction,sender_address\n\
        2026-09-03T10:00:00Z,TLS1.2,,a@x.example\n2026-09-03T10:00:00Z,,Sent,a@x.example\n";
    let (tally, accounts) = read(&[("c", text)]);
    assert_eq!(
        cells(&tally),
        ["2026-09-03 outbound - Unknown - notRecorded 1", "2026-09-03 unknown - Unknown - 1.2 1",]
    );
    assert_eq!(
        accounts[0].gaps,
        [Gap::Connector, Gap::ConnectorType, Gap::ForcedTls, Gap::MessageId, Gap::SmtpAuth]
    );
}

#[test]
fn a_file_with_exactly_as_many_rows_as_the_service_gives_is_called_probably_cut() {
    let rows = |count: usize| {
        let row = |n| format!("2026-09-03,Sent,TLS1.2,<{n}@x.example>\n");
        let rows: String = (0..count).map(row).collect();
        format!("date,direction,tls_version,message_id\n{rows}")
    };
    for (count, warned) in [(999, false), (1_000, true), (1_001, false), (5_000, true)] {
        let told = Warning::ProbablyCut { rows: count as u64 };
        assert_eq!(common::account(rows(count)).warnings.contains(&told), warned, "{count} rows");
    }
}
