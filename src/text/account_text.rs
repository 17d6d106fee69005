use std::fmt::Write as _;

use super::Catalogue;
use crate::account::{FileAccount, Hop};
use crate::mail::utc;

/// The account of one file as plain text, for a mail, a ticket or a terminal.
pub fn account_text(t: &Catalogue, file: &FileAccount) -> String {
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    write_account(t, file, &mut out).unwrap_or_default();
    out
}

fn write_account(t: &Catalogue, file: &FileAccount, out: &mut String) -> std::fmt::Result {
    let (f, w) = (&t.files, &t.words);
    writeln!(out, "{}", file.name)?;
    if file.fictitious {
        writeln!(out, "  ({})", t.shell.fictitious)?;
    }
    if let Some(problem) = &file.problem {
        let advice = (w.problem)(problem);
        writeln!(out, "  {}\n  {}", advice.what, advice.todo)?;
    }
    if !file.is_counted_elsewhere() {
        writeln!(out, "  {}: {}", f.size, t.bytes(file.bytes))?;
    }
    let Some(format) = &file.format else {
        return writeln!(out, "  {}: {}", f.format, f.not_recognised);
    };
    writeln!(out, "  {}: {format}", f.format)?;
    if !file.is_counted_elsewhere() {
        writeln!(out, "  {}: {}", f.encoding, file.encoding)?;
    }
    if let Some(period) = file.period {
        writeln!(out, "  {}: {}", f.period, t.days(period))?;
    }
    let left_out = file.no_mail_rows() + file.unreadable_rows();
    for (label, rows) in [
        (f.rows, file.rows),
        (f.messages, file.messages),
        (f.joined, file.joined),
        (f.duplicates, file.duplicates),
        (f.left_out, left_out),
    ] {
        writeln!(out, "  {label}: {}", t.count(rows))?;
    }
    if file.policies > 0 {
        writeln!(out, "  {}: {}", t.tls_reports.policies_label, t.count(file.policies))?;
    }
    if file.refused_sign_ins > 0 {
        writeln!(out, "  {}: {}", t.report.refused, t.count(file.refused_sign_ins))?;
    }
    for (reason, rows) in &file.no_mail {
        writeln!(out, "    {}: {}", (w.no_mail)(*reason), t.count(*rows))?;
    }
    if let Some((aggregates, messages)) = file.covered {
        writeln!(out, "    {}", (t.flow.covered_by)(aggregates, messages))?;
    }
    for (reason, rows) in &file.unreadable {
        writeln!(out, "    {}: {}", (w.unreadable)(*reason), t.count(*rows))?;
    }
    if !file.examples.is_empty() {
        writeln!(out, "  {}:", f.examples)?;
        for example in &file.examples {
            let reason = w.left_out(example.reason);
            writeln!(out, "    {} {}: {reason}: {}", f.line, t.count(example.line), example.text)?;
        }
    }
    if !file.warnings.is_empty() {
        writeln!(out, "  {}:", f.warnings)?;
        for warning in &file.warnings {
            let advice = (w.warning)(warning);
            writeln!(out, "    {} {}", advice.what, advice.todo)?;
        }
    }
    if !file.path.is_empty() {
        writeln!(out, "  {}:", t.path.title)?;
        for (number, hop) in (1..).zip(&file.path) {
            write_hop(t, number, hop, out)?;
        }
    }
    if !file.columns.is_empty() {
        writeln!(out, "  {}:", f.columns)?;
        for column in &file.columns {
            let chosen = if column.chosen { format!(" ({})", f.chosen) } else { String::new() };
            writeln!(out, "    {}: {}{chosen}", (w.field)(column.field), column.header)?;
        }
    }
    if !file.unfamiliar.is_empty() {
        writeln!(out, "  {}:", f.unfamiliar)?;
        for value in &file.unfamiliar {
            let (field, rows) = ((w.field)(value.field), t.count(value.rows));
            writeln!(out, "    {field}: {}: {rows}", value.value)?;
        }
    }
    if !file.inferred.is_empty() {
        writeln!(out, "  {}:", f.inferred)?;
        for (inference, rows) in &file.inferred {
            writeln!(out, "    {}: {}", (w.inference)(*inference), t.count(*rows))?;
        }
    }
    if !file.gaps.is_empty() {
        writeln!(out, "  {}:", f.gaps)?;
        for gap in &file.gaps {
            writeln!(out, "    {}", (w.gap)(*gap))?;
        }
    }
    Ok(())
}

/// One hop of a mail's way, in up to three lines.
fn write_hop(t: &Catalogue, number: u64, hop: &Hop, out: &mut String) -> std::fmt::Result {
    let p = &t.path;
    let from = hop.from.as_deref().unwrap_or(p.local);
    let by = hop.by.as_deref().unwrap_or(p.local);
    writeln!(out, "    {}. {from} \u{2192} {by}", t.count(number))?;
    let mut words: Vec<String> = hop.protocol.clone().into_iter().collect();
    words.push(t.tls_state(hop.tls).to_owned());
    words.extend(hop.cipher.clone());
    words.extend(hop.seconds.map(utc));
    words.extend(hop.delay.map(|delay| format!("{} {}", p.delay, (p.took)(delay))));
    writeln!(out, "       {}", words.join(", "))?;
    let mut words: Vec<String> = Vec::new();
    words.extend(hop.direction.map(|direction| (p.crosses)(direction).to_owned()));
    words.extend(hop.signed_in.then(|| (p.signed_in)(hop.account.as_deref())));
    if words.is_empty() { Ok(()) } else { writeln!(out, "       {}", words.join(", ")) }
}
