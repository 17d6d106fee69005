//! Bad input gives a clear answer, loses nothing that can be read, and stops
//! neither the other files nor the program.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{
    CONNECTOR_CELLS, CONNECTORS, Folder, account, cells, gzip, kind, problem, program,
    program_json, read, read_source, utf16, zip,
};
use mailflow::account::{
    FileAccount, FileKind, LeftOut, MAX_ROW_BYTES, Mapping, Problem, Unreadable, Warning,
};
use mailflow::import::{ReadError, Source};

/// Rows, messages, and the rows that could not be read, by reason.
fn outcome(account: &FileAccount) -> (u64, u64, Vec<(Unreadable, u64)>) {
    (account.rows, account.messages, account.unreadable.clone())
}

/// So many rows of as many messages.
fn good_rows(count: usize) -> String {
    let row = |n| format!("2026-09-03T10:00:00Z,<{n}@x>,r,s@x.example,Received,,,TLS1.2,\r\n");
    (0..count).map(row).collect()
}

#[test]
fn an_empty_file_is_said_to_be_empty() {
    for bytes in [&b""[..], b"\r\n\r\n", b"  \n", b"\xef\xbb\xbf", b"\xff\xfe"] {
        assert_eq!(problem(bytes), Problem::Empty, "{bytes:?}");
    }
    assert_eq!(problem(gzip("")), Problem::Empty);
    assert_eq!(problem(zip(&[("a.csv", "")], false)), Problem::Empty);
}

#[test]
fn a_header_alone_is_recognised_and_has_no_rows() {
    for (name, format) in common::SAMPLES {
        let text = common::sample_text(name);
        let header = text.lines().next().expect("a header");
        for text in [header.to_owned(), format!("{header}\r\n")] {
            let account = account(text);
            assert_eq!(account.format.as_deref(), Some(format));
            assert_eq!((account.rows, account.warnings), (0, Vec::new()));
        }
    }
}

#[test]
fn what_is_no_trace_is_said_to_be_what_it_is() {
    let photo = [&b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01"[..], &[0x5a; 4000]].concat();
    assert_eq!(kind(&photo), FileKind::Image);
    assert_eq!(kind(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06"), FileKind::Image);
    assert_eq!(kind(b"GIF89a\x01\0\x01\0\x80\0\0"), FileKind::Image);
    assert_eq!(kind(b"RIFF\x10\0\0\0WEBPVP8 "), FileKind::Image);
    let program = [&b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0"[..], &[0; 600]].concat();
    assert_eq!(kind(&program), FileKind::Program);
    assert_eq!(kind(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0"), FileKind::Program);
    assert_eq!(kind(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"), FileKind::Pdf);
    assert_eq!(kind(b"Rar!\x1a\x07\x01\0"), FileKind::OtherArchive);
    assert_eq!(kind(b"7z\xbc\xaf\x27\x1c\0\x04"), FileKind::OtherArchive);
    assert_eq!(kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0"), FileKind::OfficeDocument);
    assert_eq!(kind("<?xml version=\"1.0\"?><feedback></feedback>"), FileKind::Xml);
    assert_eq!(kind("{\"organization-name\":\"x\",\"policies\":[]}"), FileKind::Json);
    let later = "Subject: hello\n\nReceived: in the text, not in its header\n";
    assert_eq!(kind(later), FileKind::Mail);
    assert_eq!(kind("Dear all,\nplease find attached, as usual, the report.\n"), FileKind::Text);
}

#[test]
fn an_error_page_saved_as_csv_is_called_a_web_page() {
    for page in [
        "<!DOCTYPE html>\r\n<html><head><title>Sign in</title></head><body>tls,connector,date</body></html>",
        "\u{feff}\r\n  <html lang=\"en\"><body>504 Gateway Time-out</body></html>",
        "<HTML><BODY>403</BODY></HTML>",
    ] {
        assert_eq!(kind(page), FileKind::WebPage);
        assert_eq!(kind(utf16(page, true, false)), FileKind::WebPage);
        assert_eq!(kind(gzip(page)), FileKind::WebPage);
    }
}

#[test]
fn pictures_and_programs_are_known_inside_archives_too() {
    let program = [&b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0"[..], &[0; 600]].concat();
    assert_eq!(kind(gzip(&program)), FileKind::Program);
    for stored in [true, false] {
        assert_eq!(kind(zip(&[("report.csv", &program)], stored)), FileKind::Program);
    }
}

#[test]
fn a_table_that_is_no_trace_asks_for_columns_and_claims_no_row() {
    let text = "Name,Department,Extension\nAlex,Sales,17\nBlake,Sales,18\n";
    let Problem::ColumnsNeeded(needed) = problem(text) else { panic!("no question") };
    assert_eq!(needed.header, ["Name", "Department", "Extension"]);
    assert_eq!(needed.sample[0], ["Alex", "Sales", "17"]);
}

#[test]
fn a_file_cut_inside_a_row_keeps_the_whole_rows() {
    let at = CONNECTORS.rfind("Sent").expect("the last row");
    let account = account(&CONNECTORS[..at]);
    assert_eq!(outcome(&account), (3, 2, vec![(Unreadable::CutOff, 1)]));
    assert_eq!(account.warnings, [Warning::CutOff]);
    assert_eq!(account.examples[0].line, 4);
    assert!(account.examples[0].text.starts_with("2026-09-03T12:00:00Z,<c@contoso.example>"));
}

#[test]
fn a_file_cut_inside_a_quoted_field_keeps_the_whole_rows() {
    let text = format!("{CONNECTORS}2026-09-03T13:00:00Z,<d@x>,r,s,Received,\"From y\r\nand more,");
    let account = account(text);
    assert_eq!(outcome(&account), (4, 3, vec![(Unreadable::CutOff, 1)]));
    assert_eq!(account.warnings, [Warning::CutOff]);
    assert_eq!(account.examples[0].reason, LeftOut::Unreadable(Unreadable::CutOff));
}

#[test]
fn a_file_cut_inside_a_utf16_pair_keeps_the_whole_rows() {
    let bytes = utf16(CONNECTORS, true, false);
    // Inside the last line feed: every row is whole.
    let whole = account(&bytes[..bytes.len() - 1]);
    assert_eq!(outcome(&whole), (3, 3, vec![]));
    assert_eq!(whole.warnings[0], Warning::CutOff);
    // Inside the last row, which has all its fields but not all of the last.
    let text = format!("{CONNECTORS}2026-09-03T13:00:00Z,<d@x>,r,s@x,Received,,,TLS1.2,Fal");
    let bytes = utf16(&text, true, false);
    let cut = account(&bytes[..bytes.len() - 1]);
    assert_eq!(outcome(&cut), (4, 3, vec![(Unreadable::CutOff, 1)]));
    assert_eq!(cut.warnings[0], Warning::CutOff);
}

#[test]
fn a_file_cut_inside_a_gzip_stream_keeps_what_can_be_unpacked() {
    let rows = good_rows(20_000);
    let packed = gzip(format!("{}{rows}", common::CONNECTOR_HEADER));
    let account = account(&packed[..packed.len() / 2]);
    assert!(account.messages > 5_000 && account.messages < 15_000, "{}", account.messages);
    assert_eq!(account.warnings, [Warning::CutOff]);
    assert!(account.unreadable_rows() <= 1);
}

#[test]
fn a_gzip_stream_damaged_inside_keeps_what_can_be_unpacked() {
    let rows = good_rows(20_000);
    let mut packed = gzip(format!("{}{rows}", common::CONNECTOR_HEADER));
    let middle = packed.len() / 2;
    packed[middle..middle + 200].fill(0xff);
    let account = account(&packed);
    assert!(account.messages > 1_000 && account.messages < 20_000, "{}", account.messages);
    assert!(account.warnings.contains(&Warning::DamagedArchive), "{:?}", account.warnings);
}

#[test]
fn a_row_cut_short_by_damage_is_not_taken_for_a_whole_one() {
    // Stored, so that the plain text ends exactly where the damage starts: in
    // the last field of the last row, which has all its fields by then.
    let text = format!("{CONNECTORS}2026-09-03T13:00:00Z,<d@x>,r,s@x,Received,,,TLS1.2,Fal");
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    std::io::Write::write_all(&mut writer, text.as_bytes()).expect("memory");
    std::io::Write::flush(&mut writer).expect("memory");
    let mut packed = writer.get_ref().clone();
    // A block of the type that does not exist.
    packed.extend([0xff; 16]);
    let account = account(packed);
    assert_eq!(outcome(&account), (4, 3, vec![(Unreadable::CutOff, 1)]));
    assert!(account.warnings.contains(&Warning::DamagedArchive), "{:?}", account.warnings);
}

#[test]
fn rows_with_too_few_or_too_many_fields_and_bad_dates_are_left_out_by_reason_and_line() {
    let text = format!(
        "{CONNECTORS}2026-09-03,too,few\r\nnever,<d@x>,r@y,s@x,Received,,,TLS1.2,\r\n\
         2026-09-03T10:00:00Z,<e@x>,r@y,s@x,Received,,,TLS1.2,,more\r\n\
         2026-09-03T10:00:00Z,<f@x>,r@y,s@x,Received,,,TLS1.2,,,,\r\n"
    );
    let account = account(text);
    let unreadable = vec![
        (Unreadable::TooFewFields, 1),
        (Unreadable::TooManyFields, 1),
        (Unreadable::BadTime, 1),
    ];
    // Empty fields too many do no harm: some programs end every row so.
    assert_eq!(outcome(&account), (7, 4, unreadable));
    let lines: Vec<_> = account.examples.iter().map(|example| example.line).collect();
    assert_eq!(lines, [5, 6, 7]);
}

#[test]
fn a_quote_that_nobody_closed_does_not_swallow_the_file() {
    let rows = good_rows(80_000);
    let open = "2026-09-03T10:00:00Z,<open@x>,r,s@x.example,Received,\"From x,,TLS1.2,\r\n";
    let text = format!("{CONNECTORS}{open}{rows}{rows}");
    assert!(rows.len() > MAX_ROW_BYTES);
    let account = account(text);
    assert_eq!(account.unreadable, [(Unreadable::TooLong, 1)]);
    // Reading goes on behind the longest row there may be: the second half is whole.
    assert!(account.rows > 80_000, "{}", account.rows);
    assert_eq!(account.examples[0].line, 5);
}

#[test]
fn control_characters_of_a_row_do_not_reach_the_terminal() {
    let account = account(format!("{CONNECTORS}\x1b[2Jnever,few\r\n"));
    assert_eq!(account.examples[0].text, " [2Jnever,few");
}

/// Flips bits of the general purpose flags of every entry.
fn with_flags(mut archive: Vec<u8>, flags: u8) -> Vec<u8> {
    patch(&mut archive, 6, 8, flags);
    archive
}

/// Sets a byte in each entry's own header and in the directory.
fn patch(archive: &mut [u8], in_header: usize, in_directory: usize, byte: u8) {
    for at in 0..archive.len() - 4 {
        match &archive[at..at + 4] {
            b"PK\x03\x04" => archive[at + in_header] = byte,
            b"PK\x01\x02" => archive[at + in_directory] = byte,
            _ => {}
        }
    }
}

#[test]
fn an_archive_with_a_password_is_refused_by_name() {
    let archive = with_flags(zip(&[("a.csv", CONNECTORS)], false), 1);
    assert_eq!(problem(archive), Problem::Password);
}

#[test]
fn an_unsupported_compression_is_refused_with_its_number() {
    let mut archive = zip(&[("a.csv", CONNECTORS)], false);
    patch(&mut archive, 8, 10, 12);
    assert_eq!(problem(archive), Problem::Compression { method: 12 });
}

#[test]
fn an_archive_inside_an_archive_is_refused_as_such() {
    let inner = zip(&[("a.csv", CONNECTORS)], false);
    for stored in [true, false] {
        assert_eq!(problem(zip(&[("inner.zip", &inner)], stored)), Problem::NestedArchive);
    }
    assert_eq!(problem(gzip(&inner)), Problem::NestedArchive);
    assert_eq!(problem(gzip(gzip(CONNECTORS))), Problem::NestedArchive);
    // A zip archive of the smallest kind, with NULs where UTF-16 has them.
    assert_eq!(problem(gzip(zip(&[("a", "b")], true))), Problem::NestedArchive);
}

#[test]
fn an_archive_of_a_folder_is_not_taken_for_a_log() {
    let mut tar = vec![0; 1024];
    tar[..5].copy_from_slice(b"a.csv");
    tar[257..263].copy_from_slice(b"ustar\0");
    assert_eq!(kind(&tar), FileKind::OtherArchive);
    assert_eq!(kind(gzip(&tar)), FileKind::OtherArchive);
}

#[test]
fn an_archive_without_files_is_said_to_be_empty() {
    assert_eq!(problem(zip(&[("", ""); 0], false)), Problem::EmptyArchive);
    assert_eq!(problem(zip(&[("folder/", "")], false)), Problem::EmptyArchive);
}

#[test]
fn an_archive_that_is_cut_off_is_called_damaged() {
    let archive = zip(&[("a.csv", CONNECTORS)], false);
    assert_eq!(problem(&archive[..archive.len() / 2]), Problem::DamagedArchive);
    assert_eq!(problem(b"PK\x03\x04"), Problem::DamagedArchive);
}

#[test]
fn spreadsheets_and_documents_are_told_from_archives_of_exports() {
    let sheet = zip(&[("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<x/>")], false);
    assert_eq!(kind(sheet), FileKind::Spreadsheet);
    let letter = zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<x/>")], false);
    assert_eq!(kind(letter), FileKind::OfficeDocument);
}

#[test]
fn one_bad_entry_does_not_spoil_an_archive() {
    let archive = zip(
        &[
            ("photo.jpg", &b"\xff\xd8\xff\xe0\0\x10JFIF\0"[..]),
            ("a.csv", CONNECTORS.as_bytes()),
            ("inner.zip", &zip(&[("b.csv", CONNECTORS)], false)),
            ("empty.csv", b""),
        ],
        false,
    );
    let (tally, accounts) = read(&[("w.zip", archive)]);
    assert_eq!(cells(&tally), CONNECTOR_CELLS);
    let problems: Vec<_> = accounts.iter().map(|account| account.problem.clone()).collect();
    let photo = Problem::NotATrace { looks_like: Some(FileKind::Image) };
    assert_eq!(problems, [Some(photo), None, Some(Problem::NestedArchive), Some(Problem::Empty)]);
}

#[test]
fn two_formats_in_one_drop_are_each_read_as_what_they_are() {
    let files: Vec<_> =
        common::SAMPLES.iter().map(|(name, _)| (*name, common::sample_text(name))).collect();
    let (_, accounts) = read(&files);
    for (account, (name, format)) in accounts.iter().zip(common::SAMPLES) {
        assert_eq!(account.format.as_deref(), Some(format), "{name}");
        assert!(account.rows > 0);
    }
}

#[test]
fn bad_files_do_not_stop_the_good_ones() {
    let folder = Folder::new("mixed");
    let bad = folder.file("bad.csv", "<html><body>sorry</body></html>");
    let good = folder.file("good.csv", CONNECTORS);
    let missing = format!("{}/missing.csv", folder.path());
    let (json, status) = program_json(&[&bad, &missing, folder.path(), &good], b"");
    assert_eq!(status, 1);
    let formats: Vec<_> = (0..4).map(|at| json["files"][at]["format"].as_str()).collect();
    assert_eq!(formats, [None, None, None, Some("ConnectorReport")]);
    assert_eq!(common::cell_lines(&json), CONNECTOR_CELLS);
}

#[test]
fn the_program_says_what_is_wrong_and_what_to_do() {
    let folder = Folder::new("said");
    let archive = zip(&[("a.csv", CONNECTORS)], false);
    let mut method = archive.clone();
    patch(&mut method, 8, 10, 12);
    let at = CONNECTORS.rfind("Sent").expect("the last row");
    let files: [(&str, Vec<u8>, i32, &[&str]); 16] = [
        ("empty", vec![], 1, &["is empty"]),
        ("header", common::CONNECTOR_HEADER.into(), 0, &["ConnectorReport", "Rows: 0"]),
        ("photo", b"\xff\xd8\xff\xe0\0\x10JFIF\0".into(), 1, &["an image"]),
        ("exe", b"MZ\x90\0\x03\0\0\0".into(), 1, &["a program"]),
        ("html", b"<html><body>x</body></html>".into(), 1, &["web page", "Sign in"]),
        ("row", CONNECTORS[..at].into(), 0, &["ConnectorReport", "Rows: 3", "line 4"]),
        ("quote", format!("{CONNECTORS}2026,\"x").into(), 0, &["line 5"]),
        ("utf16", utf16(CONNECTORS, true, false)[..801].into(), 0, &["UTF-16LE"]),
        ("gzip", gzip(CONNECTORS)[..150].into(), 0, &["ConnectorReport"]),
        ("few", format!("{CONNECTORS}a,b\r\n").into(), 0, &["line 5", "too few fields"]),
        ("date", CONNECTORS.replace("2026-09-03T10", "never").into(), 0, &["line 2"]),
        ("password", with_flags(archive, 1), 1, &["password"]),
        ("method", method, 1, &["number 12"]),
        ("nested", gzip(gzip(CONNECTORS)), 1, &["archive inside an archive"]),
        ("emptyzip", zip(&[("", ""); 0], false), 1, &["no files in this archive"]),
        ("cutzip", zip(&[("a", CONNECTORS)], true)[..200].into(), 1, &["damaged"]),
    ];
    for (name, bytes, status, words) in files {
        let path = folder.file(name, bytes);
        let output = program(&["tally", &path]);
        let text = String::from_utf8(output.stdout).expect("text").to_lowercase();
        assert_eq!(output.status.code(), Some(status), "{name}: {text}");
        assert!(text.contains(&path.to_lowercase()), "{name}: {text}");
        for word in words {
            assert!(text.contains(&word.to_lowercase()), "{name} lacks {word:?}: {text}");
        }
        assert!(output.stderr.is_empty(), "{name}");
    }
}

#[test]
fn the_program_says_why_a_file_cannot_be_read() {
    let folder = Folder::new("unread");
    for (path, word) in [
        (format!("{}/missing.csv", folder.path()), "No such file"),
        (folder.path().to_owned(), "it is a folder"),
    ] {
        let output = program(&["tally", &path]);
        let text = String::from_utf8(output.stdout).expect("text");
        assert_eq!(output.status.code(), Some(1));
        assert!(text.contains(word), "{text}");
    }
}

/// A source that gives `good` bytes of a file and then fails or ends.
struct Vanishing {
    bytes: Vec<u8>,
    good: usize,
    size: u64,
    fails: bool,
}

impl Source for Vanishing {
    fn size(&self) -> u64 {
        self.size
    }

    async fn read(&mut self, at: u64, length: usize, into: &mut Vec<u8>) -> Result<(), ReadError> {
        into.clear();
        let at = usize::try_from(at).expect("small");
        let end = at.saturating_add(length).min(self.bytes.len());
        if end > self.good {
            if self.fails {
                return Err(ReadError("gone".to_owned()));
            }
            into.extend_from_slice(&self.bytes[at.min(self.good)..self.good]);
        } else {
            into.extend_from_slice(&self.bytes[at..end]);
        }
        Ok(())
    }
}

#[test]
fn a_file_that_disappears_while_it_is_read_keeps_the_rows_read_so_far() {
    let rows = good_rows(40_000);
    let bytes = format!("{}{rows}", common::CONNECTOR_HEADER).into_bytes();
    let size = bytes.len() as u64;
    for fails in [true, false] {
        let mut source = Vanishing { bytes: bytes.clone(), good: 2 << 20, size, fails };
        let (_, accounts) = read_source(&mut source, &Mapping::default());
        let account = &accounts[0];
        assert!(account.messages > 20_000 && account.messages < 40_000, "{}", account.messages);
        assert!(matches!(account.warnings[..], [Warning::Changed { .. }]), "{account:?}");
    }
}

#[test]
fn a_file_that_cannot_be_read_at_all_says_why() {
    let mut source = Vanishing { bytes: vec![b'a'; 10], good: 0, size: 10, fails: true };
    let (_, accounts) = read_source(&mut source, &Mapping::default());
    let detail = "gone".to_owned();
    assert_eq!(accounts[0].problem, Some(Problem::CannotRead { detail }));
}

/// One line, many times over, as gzip members: half a gigabyte in half a
/// megabyte.
fn bomb(head: &str) -> Vec<u8> {
    let member = gzip(vec![b'x'; 16 << 20]);
    [gzip(head), member.repeat(40)].concat()
}

#[test]
fn a_gzip_bomb_stops_at_the_limit_which_is_named() {
    let bomb = bomb(CONNECTORS);
    assert!(bomb.len() < 1 << 20);
    let account = account(&bomb);
    assert_eq!(outcome(&account), (4, 3, vec![(Unreadable::TooLong, 1)]));
    assert_eq!(account.warnings, [Warning::UnpackLimit { limit: 256 << 20 }]);
    let folder = Folder::new("bomb");
    let output = program(&["tally", &folder.file("bomb.gz", bomb)]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("268,435,456 bytes"), "{text}");
}

#[test]
fn a_zip_bomb_stops_at_the_limit_for_all_of_its_files_together() {
    let bomb = bomb(CONNECTORS);
    let archive = zip(&[("1", &bomb), ("2", &bomb), ("3", &bomb)], true);
    let (tally, accounts) = read(&[("bomb.zip", archive)]);
    assert_eq!(cells(&tally), CONNECTOR_CELLS);
    for (account, rows) in accounts.iter().zip([4, 0, 0]) {
        assert_eq!(account.rows, rows, "{account:#?}");
    }
    let limit = |account: &FileAccount| {
        account.warnings.iter().any(|warning| matches!(warning, Warning::UnpackLimit { .. }))
    };
    assert!(limit(&accounts[0]), "{:?}", accounts[0]);
    assert!(matches!(accounts[1].problem, Some(Problem::UnpackLimit { .. })), "{:?}", accounts[1]);
}

#[test]
fn a_zip_whose_many_entries_are_one_stretch_of_bytes_stops_at_the_limit() {
    // The directory names the same megabyte 400 times.
    let row = format!("{}\r\n", "x".repeat(998));
    let text = format!("{}{}", common::CONNECTOR_HEADER, row.repeat(1_000));
    let archive = zip(&[("a.csv", &text)], true);
    let directory = archive.windows(4).rposition(|w| w == b"PK\x01\x02").expect("a directory");
    let end = archive.windows(4).rposition(|w| w == b"PK\x05\x06").expect("an end");
    let entry = &archive[directory..end];
    let mut tail = archive[end..].to_vec();
    tail[12..16].copy_from_slice(&(u32::try_from(entry.len() * 400).expect("small")).to_le_bytes());
    let bomb = [&archive[..directory], &entry.repeat(400), &tail].concat();
    let (_, accounts) = read(&[("overlap.zip", bomb)]);
    let rows: u64 = accounts.iter().map(|account| account.rows).sum();
    // 256 MiB hold 268 of them.
    assert_eq!(rows, 268_000);
    let limit = 256 << 20;
    let refused = accounts.iter().filter(|a| a.problem == Some(Problem::UnpackLimit { limit }));
    assert_eq!(refused.count(), 400 - 268);
}
