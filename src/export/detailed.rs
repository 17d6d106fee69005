use super::csv::csv;
use super::table::cells;
use super::{Address, Attachment, Draft, address};
use crate::report::{Detailed, ReportKind, Words};

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

/// The name of the file of a detailed report.
pub const fn detailed_name(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Connectors => "connector-report-detailed.csv",
        ReportKind::Senders => "smtp-auth-clients-report-detailed.csv",
        ReportKind::Domains => "domains-report-detailed.csv",
        ReportKind::Hosts => "hosts-report-detailed.csv",
        ReportKind::DirectSend => "direct-send-report-detailed.csv",
    }
}

/// A detailed report as a CSV file.
pub fn detailed_csv(detailed: Detailed) -> String {
    let heads: Vec<&str> = detailed.heads.iter().map(String::as_str).collect();
    csv(&heads, &mut detailed.rows.into_iter().map(cells))
}

/// A detailed report as a mail draft with a summary, and the CSV file attached.
pub fn detailed_draft(detailed: Detailed, words: &Words, draft: &DraftWords<'_>) -> String {
    made(detailed, words, draft, &|mail| mail.eml())
}

/// The same as a mail that is ready to be sent; `id` is its Message-ID.
pub fn detailed_mail(
    detailed: Detailed,
    words: &Words,
    draft: &DraftWords<'_>,
    from: &Address,
    id: &str,
) -> String {
    made(detailed, words, draft, &|mail| mail.mail(from, id))
}

fn made(
    detailed: Detailed,
    words: &Words,
    draft: &DraftWords<'_>,
    make: &dyn Fn(&Draft<'_>) -> String,
) -> String {
    let to: Vec<_> = draft.to.iter().filter_map(|text| address(text)).collect();
    let text = format!("{}\n{}\n{}\n", draft.title, detailed.summary(words), draft.note);
    let csv = detailed_csv(detailed);
    make(&Draft {
        subject: draft.title,
        to: &to,
        date: i64::from(draft.now),
        text: &text,
        attachments: &[Attachment { name: draft.file, csv: &csv }],
    })
}
