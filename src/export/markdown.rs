//! Tables as Markdown (GitHub Flavored Markdown, "Tables (extension)"), for
//! tickets and wikis.
//!
//! Names in a table come from log files. Whatever Markdown or HTML would take
//! for more than text has a backslash in front, which `CommonMark` allows before
//! any ASCII punctuation (`CommonMark` 0.31, "Backslash escapes").

use super::csv::{Cell, defused};

/// The table as Markdown: LF at the end of every row, columns of numbers to the
/// right. What a spreadsheet would run is defused as in a CSV file.
pub fn markdown(head: &[&str], rows: &mut dyn Iterator<Item = Vec<Cell<'_>>>) -> String {
    let mut out = String::new();
    let mut rows = rows.peekable();
    let figure = |cell: &Cell<'_>| matches!(cell, Cell::Count(_) | Cell::Number(_));
    let figures: Vec<bool> =
        rows.peek().map(|row| row.iter().map(figure).collect()).unwrap_or_default();
    write_row(head.iter().map(|title| Cell::text(*title)).collect(), &mut out);
    for column in 0..head.len() {
        let right = figures.get(column).copied().unwrap_or(false);
        out.push_str(if right { "| ---: " } else { "| --- " });
    }
    out.push_str("|\n");
    for row in rows {
        write_row(row, &mut out);
    }
    out
}

fn write_row(row: Vec<Cell<'_>>, out: &mut String) {
    for cell in row {
        out.push_str("| ");
        match cell {
            Cell::Text(text) => write_text(&defused(text), out),
            Cell::Count(count) => out.push_str(&count.to_string()),
            Cell::Number(number) => out.push_str(&number.to_string()),
            Cell::Empty => {}
        }
        out.push(' ');
    }
    out.push_str("|\n");
}

fn write_text(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            // A line break would end the row, and nothing else of them shows.
            control if control.is_control() || matches!(control, '\u{2028}' | '\u{2029}') => {
                out.push(' ');
            }
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&'
            | '!' | '$' => {
                out.push('\\');
                out.push(letter);
            }
            plain => out.push(plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(rows: &[&[&str]]) -> String {
        let cells = |row: &&[&str]| row.iter().map(|text| Cell::text((*text).to_owned())).collect();
        markdown(&["a", "b"], &mut rows.iter().map(cells))
    }

    #[test]
    fn numbers_stand_to_the_right() {
        let row = vec![Cell::text("x"), Cell::Count(1_234), Cell::Number(-5), Cell::Empty];
        assert_eq!(
            markdown(&["a", "b", "c", "d"], &mut [row].into_iter()),
            "| a | b | c | d |\n| --- | ---: | ---: | --- |\n| x | 1234 | -5 |  |\n"
        );
    }

    #[test]
    fn what_a_file_says_stays_a_cell() {
        assert_eq!(
            of(&[&["a|b`c`", "<img src=x>\r\n|"], &["=1+1", "[x](http://y)"]]),
            "| a | b |\n| --- | --- |\n| a\\|b\\`c\\` | \\<img src=x\\>  \\| |\n\
             | '=1+1 | \\[x\\](http://y) |\n"
        );
    }

    proptest! {
        #[test]
        fn every_row_is_one_line_of_as_many_cells(text in "[|`\\\\<\\r\\n\u{2028}a=가]{0,12}") {
            let table = of(&[&[&text, "x"]]);
            prop_assert_eq!(table.lines().count(), 3);
            let row = table.lines().nth(2).unwrap();
            // A pipe ends a cell unless an odd number of backslashes stand before it.
            let (mut ends, mut escaped) = (0, false);
            for letter in row.chars() {
                ends += usize::from(letter == '|' && !escaped);
                escaped = letter == '\\' && !escaped;
            }
            prop_assert_eq!(ends, 3);
        }
    }
}
