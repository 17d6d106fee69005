//! Tables for people's spreadsheets: CSV as a file (RFC 4180), and the same
//! table separated by tabs for the clipboard.
//!
//! Names in a table come from log files, so whoever sends mail can choose
//! some of them. A spreadsheet runs a text that looks like a formula; such a
//! text gets an apostrophe in front, which makes it a text again (OWASP, "CSV
//! injection"). Numbers are ours and stay as they are, minus sign and all.

use std::borrow::Cow;

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Words, ours or a file's; defused when they look like a formula.
    Text(Cow<'a, str>),
    /// A number of things.
    Count(u64),
    /// A number that may be negative, such as a difference.
    Number(i64),
    /// Nothing, which is not the same as 0.
    Empty,
}

impl<'a> Cell<'a> {
    /// A cell of text, from `&str` or `String`.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }
}

/// The table as CSV: UTF-8 with byte order mark (without it Excel reads
/// another encoding), commas, CRLF at the end of every row.
///
/// Rows need not have as many cells as `head`.
pub fn csv(head: &[&str], rows: &mut dyn Iterator<Item = Vec<Cell<'_>>>) -> String {
    let mut out = String::from('\u{feff}');
    write_table(head, rows, &CSV, &mut out);
    out
}

/// The table as tab-separated text for the clipboard: no byte order mark, LF
/// at the end of every row, since the clipboard has its own idea of both.
/// Tabs and line breaks inside a cell become blanks.
pub fn tsv(head: &[&str], rows: &mut dyn Iterator<Item = Vec<Cell<'_>>>) -> String {
    let mut out = String::new();
    write_table(head, rows, &TSV, &mut out);
    out
}

/// What differs between file and clipboard.
struct Form {
    between: char,
    line_end: &'static str,
    write_text: fn(&str, &mut String),
}

const CSV: Form = Form { between: ',', line_end: "\r\n", write_text: write_csv_text };
const TSV: Form = Form { between: '\t', line_end: "\n", write_text: write_tsv_text };

fn write_table(
    head: &[&str],
    rows: &mut dyn Iterator<Item = Vec<Cell<'_>>>,
    form: &Form,
    out: &mut String,
) {
    let titles = head.iter().map(|title| Cell::text(*title)).collect();
    write_row(titles, form, out);
    for row in rows {
        write_row(row, form, out);
    }
}

fn write_row(row: Vec<Cell<'_>>, form: &Form, out: &mut String) {
    let start = out.len();
    for (index, cell) in row.into_iter().enumerate() {
        if index > 0 {
            out.push(form.between);
        }
        match cell {
            Cell::Text(text) => (form.write_text)(&defused(text), out),
            Cell::Count(count) => out.push_str(&count.to_string()),
            Cell::Number(number) => out.push_str(&number.to_string()),
            Cell::Empty => {}
        }
    }
    // Readers skip an empty line; a row of one empty cell is a row.
    if out.len() == start {
        out.push_str("\"\"");
    }
    out.push_str(form.line_end);
}

/// The text with an apostrophe in front if a spreadsheet could run it.
pub(super) fn defused(text: Cow<'_, str>) -> Cow<'_, str> {
    if is_formula(&text) { Cow::Owned(["'", &*text].concat()) } else { text }
}

fn is_formula(text: &str) -> bool {
    // Tab and line breaks in front are dropped by some programs, and what
    // follows becomes the start; the same goes for blanks and quotes.
    let skipped =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\0' | '\u{200b}' | '\u{feff}');
    text.starts_with(['\t', '\r', '\n'])
        || text
            .trim_start_matches(skipped)
            .starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

fn write_csv_text(text: &str, out: &mut String) {
    // Some readers trim what is not quoted.
    if text.contains([',', '"', '\r', '\n'])
        || text.starts_with([' ', '\t'])
        || text.ends_with([' ', '\t'])
    {
        write_quoted(text, out);
    } else {
        out.push_str(text);
    }
}

fn write_tsv_text(text: &str, out: &mut String) {
    let line = text.replace("\r\n", " ").replace(['\t', '\r', '\n'], " ");
    // A spreadsheet takes a quote at the start for the opening of a quoted
    // cell, which would swallow the cells after it.
    if line.starts_with('"') { write_quoted(&line, out) } else { out.push_str(&line) }
}

fn write_quoted(text: &str, out: &mut String) {
    out.push('"');
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn csv_of(rows: &[&[&str]]) -> String {
        csv(&["a", "b"], &mut rows.iter().map(|row| row.iter().map(|t| Cell::text(*t)).collect()))
    }

    /// What the `csv` crate reads, without the head.
    fn read_back(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        ::csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(text.as_bytes())
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn writes_a_byte_order_mark_and_crlf_and_quotes_only_when_needed() {
        let rows: [&[&str]; 4] = [&["x", "y z"], &["1,2", "say \"hi\""], &[" x", "y "], &["a\nb"]];
        assert_eq!(
            csv_of(&rows),
            "\u{feff}a,b\r\nx,y z\r\n\"1,2\",\"say \"\"hi\"\"\"\r\n\" x\",\"y \"\r\n\"a\nb\"\r\n"
        );
    }

    #[test]
    fn numbers_stay_numbers_and_nothing_stays_nothing() {
        let row = vec![Cell::Number(-5), Cell::Count(u64::MAX), Cell::Empty, Cell::text("-5")];
        assert_eq!(
            csv(&["n"], &mut [row.clone()].into_iter()),
            "\u{feff}n\r\n-5,18446744073709551615,,'-5\r\n"
        );
        assert_eq!(tsv(&["n"], &mut [row].into_iter()), "n\n-5\t18446744073709551615\t\t'-5\n");
    }

    #[test]
    fn formulas_become_text() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\nx",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "  =1",
            "\u{a0}\u{3000}=1",
            "\u{feff}=1",
            "\"=1",
            "' \"@x",
            "\n-1",
        ] {
            assert_eq!(defused(text.into()), format!("'{text}"), "{text:?}");
        }
        for text in ["", "a=1", "TLS 1.2", "anna@example.org", "'", "\"x\"", "1-2", " x"] {
            assert_eq!(defused(text.into()), text, "{text:?}");
        }
    }

    #[test]
    fn heads_are_defused_too() {
        assert_eq!(csv(&["=a"], &mut std::iter::empty()), "\u{feff}'=a\r\n");
    }

    #[test]
    fn a_row_of_one_empty_cell_is_a_row() {
        assert_eq!(read_back(&csv_of(&[&[""], &["x"]]), b','), [[""], ["x"]]);
    }

    #[test]
    fn the_clipboard_has_one_line_a_row() {
        let row = vec![Cell::text("a\tb\r\nc\rd\ne"), Cell::text("\"x\" y"), Cell::text("z \"q\"")];
        assert_eq!(
            tsv(&["h", "i", "j"], &mut [row].into_iter()),
            "h\ti\tj\na b c d e\t\"\"\"x\"\" y\"\tz \"q\"\n"
        );
    }

    fn rows() -> impl Strategy<Value = Vec<Vec<String>>> {
        let cell = prop_oneof!["[-=+@\"',; \t\r\na가＝]{0,6}", ".{0,8}"];
        prop::collection::vec(prop::collection::vec(cell, 1..5), 0..6)
    }

    fn cells(row: &[String]) -> Vec<Cell<'_>> {
        row.iter().map(Cell::text).collect()
    }

    proptest! {
        #[test]
        fn the_csv_crate_reads_what_is_written(rows in rows()) {
            let text = csv(&["head"], &mut rows.iter().map(|row| cells(row)));
            let read = read_back(&text, b',');
            prop_assert_eq!(read.len(), rows.len());
            for (read, written) in read.iter().flatten().zip(rows.iter().flatten()) {
                prop_assert!(!is_formula(read) || read.starts_with('\''), "{read:?}");
                if is_formula(written) {
                    prop_assert_eq!(read.strip_prefix('\''), Some(written.as_str()));
                } else {
                    prop_assert_eq!(read, written);
                }
            }
            let lengths = |rows: &[Vec<String>]| rows.iter().map(Vec::len).collect::<Vec<_>>();
            prop_assert_eq!(lengths(&read), lengths(&rows));
        }

        #[test]
        fn the_clipboard_keeps_rows_and_cells(rows in rows()) {
            let text = tsv(&["head"], &mut rows.iter().map(|row| cells(row)));
            prop_assert_eq!(text.matches('\n').count(), rows.len() + 1);
            for (line, row) in text.lines().skip(1).zip(&rows) {
                prop_assert_eq!(line.split('\t').count(), row.len());
                prop_assert!(line.split('\t').all(|cell| !cell.starts_with(['=', '+', '-', '@'])));
            }
        }
    }
}
