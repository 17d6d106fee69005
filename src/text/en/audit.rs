//! English of the audit report, and of what is copied and saved.

use crate::report::grouped;
use crate::text::AuditTexts;

pub(super) const AUDIT: AuditTexts = AuditTexts {
    title: "Audit report",
    intro: "A document to hand on, made of the same figures as the views. Choose what it holds, then print it or \
            save it as PDF.",
    document: "Transport security of mail",
    form: "Contents of the document",
    heading: "Title",
    organization: "Organization, as printed",
    sections: "Sections",
    parts: [
        "Charts",
        "Connectors",
        "SMTP Auth clients",
        "Insights and unusual activity",
        "Domains and Direct Send",
        "What other senders report (TLS-RPT)",
        "Basis of the figures",
    ],
    work_lists: "Readiness, with work lists",
    rows: "Rows of each list",
    rows_of: |rows| format!("At most {}", grouped(rows, ',')),
    addresses: "Name addresses and clients, not only their numbers",
    hash: "SHA-256 of each file",
    hash_help: "All bytes of each file are read again, as it was dropped, on this device.",
    print: "Print or save as PDF",
    print_help: "A4 and Letter. The paper is light, whatever the page is. Page numbers are in the margin; Firefox \
                 puts its own there (Print headers and footers).",
    preview: "Preview",
    period: "Period",
    made: "Made",
    program: "Made with",
    made_here: "Made by mailflow in the browser; no data left it.",
    summary: "Summary",
    summary_note: "Percentages are of the messages whose TLS is recorded. What is not recorded is not counted as \
                   No TLS.",
    filtered_note: "The figures of this document are of the messages that pass this filter, and of no others. \
                    Where it cannot be applied, the document says so.",
    passing: |of_flow, messages, all| {
        let what =
            if of_flow { "inbound and outbound messages" } else { "messages with SMTP AUTH" };
        format!("{} of {} {what} pass the filter.", grouped(messages, ','), grouped(all, ','))
    },
    share: "Share of recorded",
    by_day: "Messages a day, by connector",
    by_week: "TLS versions week by week",
    connectors_note: "Each connector in the whole period, most messages first.",
    forced: |word| format!("Forced TLS: {word}"),
    by_domain: "By sender domain",
    old_senders: "Senders with TLS below 1.2 or no TLS",
    no_old_senders: "No sender used TLS below 1.2 or no TLS in this period.",
    not_named: |senders| match senders {
        1 => "1 sender; addresses are not printed.".to_owned(),
        senders => format!("{} senders; addresses are not printed.", grouped(senders, ',')),
    },
    senders_of: |senders, messages| {
        let senders = match senders {
            1 => "1 sender".to_owned(),
            senders => format!("{} senders", grouped(senders, ',')),
        };
        let messages = match messages {
            1 => "1 message".to_owned(),
            messages => format!("{} messages", grouped(messages, ',')),
        };
        format!("{senders} with SMTP AUTH, {messages}.")
    },
    more: |more| match more {
        1 => "1 more row, not printed.".to_owned(),
        more => format!("{} more rows, not printed.", grouped(more, ',')),
    },
    findings: "Insights and unusual activity",
    finding_next: "Ask the owner of each account whether this was meant. If it was not, change the password, end the \
                   sessions of the account and look at what was sent.",
    finding_kinds: [
        "A day far above the sender's own habit",
        "Many messages within one hour",
        "A sender never seen before",
        "A client never seen before",
        "Weaker TLS than ever before",
    ],
    finding: "Finding",
    how_many: "Findings",
    nothing_to_fix: "Nothing to fix.",
    done_of: |done, all| format!("{} of {} are done.", grouped(done, ','), grouped(all, ',')),
    peers: "Domains and Direct Send",
    messages_of: |messages| match messages {
        1 => "1 message.".to_owned(),
        messages => format!("{} messages.", grouped(messages, ',')),
    },
    result: "Result",
    meaning: "What it means and what to do",
    basis: "Basis of the figures",
    files: "Files",
    digest: "SHA-256",
    no_digest: "not worked out",
    made_by_page: "no file: fictitious data that this page made",
    inside_saved: "told by a saved analysis; its own bytes are not known here",
    settings: "Settings",
    guessed: "guessed from the data",
    said: "set by a person",
    none_said: "none",
    utc: "Days are UTC days. Times without a zone were read as:",
    filters: "Filters",
    no_filters: "None: all messages of the period are counted.",
    thresholds: |tls_1_0, no_tls, never_tls| {
        format!(
            "TLS 1.0 above {tls_1_0}% or No TLS above {no_tls}% of a connector's recorded messages; domains that \
             never use TLS from {never_tls} messages on"
        )
    },
    thresholds_name: "Thresholds of insights",
    rows_setting: |rows| format!("At most {} rows of each are printed.", grouped(rows, ',')),
    lists: "Lists",
    hashing: |done, all, read, size| {
        format!(
            "SHA-256: {} of {} files done, {read} of {size} read",
            grouped(done, ','),
            grouped(all, ',')
        )
    },
    hashed: |files, failed| {
        let text = match files {
            1 => "SHA-256 of 1 file worked out".to_owned(),
            files => format!("SHA-256 of {} files worked out", grouped(files, ',')),
        };
        let failed = (failed > 0).then(|| format!("; {} could not be", grouped(failed, ',')));
        [text, failed.unwrap_or_default()].concat()
    },
    not_hashed: |files| {
        let files = match files {
            1 => "1 file".to_owned(),
            files => format!("{} files", grouped(files, ',')),
        };
        format!("SHA-256 of {files} could not be worked out. The basis of the figures says why.")
    },
    cancel: "Cancel SHA-256",
    hash_failed: |why| {
        let said = if why.is_empty() { String::new() } else { format!(" The browser says: {why}") };
        format!(
            "could not be worked out: the file was changed, moved or deleted since it was read, or may not be \
             read any more. Drop it again, so that figures and SHA-256 are of the same bytes.{said}"
        )
    },
    no_data: "No file tells of this in the period.",
    copy: "Copy",
    copy_text: "As text (tab separated)",
    copy_markdown: "As Markdown",
    copied: |rows, more| {
        let text = match rows {
            1 => "1 row copied".to_owned(),
            rows => format!("{} rows copied", grouped(rows, ',')),
        };
        if more == 0 {
            return text;
        }
        format!("{text}; {} more are only in the file that Export gives", grouped(more, ','))
    },
    not_copied: "The browser did not let this page use the clipboard. Save the text as a file instead.",
    save_file: "Save as a file",
    only_seen: "On paper this table has only the rows that were in view. Export gives all of them; the audit report \
                prints lists.",
    chart: "Save chart",
    svg: "Save as SVG",
    png: "Save as PNG",
};
