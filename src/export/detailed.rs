use super::csv::csv;
use super::table::cells;
use super::{Attachment, Draft, address};
use crate::report::{Detailed, Words};

/// What a mail draft says beside its figures.
pub struct DraftWords<'a> {
    /// The subject, and the first line.
    pub title: &'a str,
    /// The last lines: what is attached, and where it comes from.
    pub note: &'a str,
    /// Name of the attached file.
    pub file: &'a str,
    /// Recipients; what is no address is left out.
    pub to: &'a [String],
    /// The clock, in seconds since 1970.
    pub now: u32,
}

/// A detailed report as a CSV file.
pub fn detailed_csv(detailed: Detailed) -> String {
    let heads: Vec<&str> = detailed.heads.iter().map(String::as_str).collect();
    csv(&heads, &mut detailed.rows.into_iter().map(cells))
}

/// A detailed report as a mail draft with a summary, and the CSV file attached.
pub fn detailed_draft(detailed: Detailed, words: &Words, draft: &DraftWords<'_>) -> String {
    let to: Vec<_> = draft.to.iter().filter_map(|text| address(text)).collect();
    let text = format!("{}\n{}\n{}\n", draft.title, detailed.summary(words), draft.note);
    let csv = detailed_csv(detailed);
    Draft {
        subject: draft.title,
        to: &to,
        date: i64::from(draft.now),
        text: &text,
        attachments: &[Attachment { name: draft.file, csv: &csv }],
    }
    .eml()
}
