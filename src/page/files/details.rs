use leptos::prelude::*;

use crate::account::{FileAccount, Hop};
use crate::mail::utc;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::{FileRow, Session};
use crate::page::shell::{cell, column, row_head, table};
use crate::text::Catalogue;

/// What became of its rows, and what was concluded: the account adds up.
pub(crate) fn accounted(t: &'static Catalogue, account: &FileAccount) -> Vec<El> {
    let parts = [
        refused(t, account),
        reasons(t, account),
        covered(t, account),
        inferred(t, account),
        gaps(t, account),
    ];
    [sum(t, account)].into_iter().chain(parts.into_iter().flatten()).collect()
}

fn sum(t: &'static Catalogue, account: &FileAccount) -> El {
    let sum = match account.policies {
        _ if !account.adds_up() => t.files.does_not_add_up,
        0 => t.files.adds_up,
        _ => t.tls_reports.adds_up,
    };
    text_el("p", sum).class("weak")
}

/// Everything that is known of how a file was read.
pub(super) fn details(t: &'static Catalogue, session: Session, file: &FileRow) -> El {
    let account = &*file.account;
    el("div")
        .class("details-parts")
        .add(sum(t, account))
        .adds(path(t, account))
        .adds(refused(t, account))
        .adds(reasons(t, account))
        .adds(covered(t, account))
        .adds(examples(t, account))
        .adds(columns(t, session, file))
        .adds(unfamiliar(t, account))
        .adds(inferred(t, account))
        .adds(gaps(t, account))
}

/// The way of the only mail, hop by hop.
fn path(t: &'static Catalogue, account: &FileAccount) -> Option<El> {
    let p = &t.path;
    let rows = (1..).zip(&account.path).map(|(number, hop)| hop_row(t, number, hop)).collect();
    let head = [p.hop, p.from, p.by, p.protocol, t.report.tls_version, p.time, p.delay];
    let table = small_table(p.title, &head, rows)?;
    Some(table.class("mail-path").add(text_el("p", p.note).class("weak")))
}

/// A hop; on a narrow screen each cell shows what it is.
fn hop_row(t: &'static Catalogue, number: u64, hop: &Hop) -> El {
    let p = &t.path;
    let named = |td: El, label: &str| td.attr("data-label", label);
    let server = |name: &Option<String>, label| {
        let mut text = el("span").class(if name.is_some() { "" } else { "weak" });
        // Long names go on in the next line where they have a dot.
        let name = name.as_deref().unwrap_or(p.local);
        let (name, address) = name.split_at(name.find(" [").unwrap_or(name.len()));
        for part in name.split_inclusive('.') {
            text = text.text(part).add(el("wbr"));
        }
        named(el("td").add(text.text(address)), label)
    };
    let crosses = hop.direction.map(|direction| {
        el("div").add(text_el("strong", (p.crosses)(direction)).class("badge border-mark"))
    });
    let signed_in = hop.signed_in.then(|| text_el("div", &(p.signed_in)(hop.account.as_deref())));
    let cipher = hop.cipher.as_deref().map(|cipher| text_el("div", cipher).class("cipher weak"));
    let early = hop.delay.is_some_and(|delay| delay < 0);
    let protocol = cell(hop.protocol.as_deref().unwrap_or_default(), "");
    let delay = hop.delay.map(p.took).unwrap_or_default();
    el("tr")
        .class(if crosses.is_some() { "border-hop" } else { "" })
        .add(named(row_head(&t.count(number), "figure"), p.hop))
        .add(server(&hop.from, p.from).adds(signed_in))
        .add(server(&hop.by, p.by).adds(crosses))
        .add(named(protocol, p.protocol))
        .add(named(text_el("td", t.tls_state(hop.tls)).adds(cipher), t.report.tls_version))
        .add(named(cell(&hop.seconds.map(utc).unwrap_or_default(), "time"), p.time))
        .add(named(cell(&delay, if early { "figure early" } else { "figure" }), p.delay))
}

fn refused(t: &'static Catalogue, account: &FileAccount) -> Option<El> {
    let refused = account.refused_sign_ins;
    (refused > 0).then(|| text_el("p", &(t.smtp.refused)(refused)))
}

fn reasons(t: &'static Catalogue, account: &FileAccount) -> Option<El> {
    let no_mail = account.no_mail.iter().map(|(reason, n)| ((t.words.no_mail)(*reason), *n));
    let unread = account.unreadable.iter().map(|(reason, n)| ((t.words.unreadable)(*reason), *n));
    counts(t, t.files.reasons, &no_mail.chain(unread).collect::<Vec<_>>())
}

/// What an export of counts has for days of which others have the messages.
fn covered(t: &'static Catalogue, account: &FileAccount) -> Option<El> {
    let (aggregates, messages) = account.covered?;
    Some(text_el("p", &(t.flow.covered_by)(aggregates, messages)))
}

fn inferred(t: &'static Catalogue, account: &FileAccount) -> Option<El> {
    let inferred = account.inferred.iter().map(|(what, n)| ((t.words.inference)(*what), *n));
    counts(t, t.files.inferred, &inferred.collect::<Vec<_>>())
}

fn counts(t: &'static Catalogue, title: &str, counts: &[(&str, u64)]) -> Option<El> {
    let rows = counts
        .iter()
        .map(|(text, n)| el("li").text(text).text(": ").add(text_el("b", &(t.reading.rows)(*n))));
    (!counts.is_empty()).then(|| part(title).add(el("ul").adds(rows)))
}

fn examples(t: &'static Catalogue, account: &FileAccount) -> Option<El> {
    let rows = account.examples.iter().map(|example| {
        el("tr")
            .add(cell(&t.count(example.line), "figure"))
            .add(text_el("td", t.words.left_out(example.reason)))
            .add(el("td").add(raw(&example.text)))
    });
    small_table(t.files.examples, &[t.files.line, t.files.reason, t.files.text], rows.collect())
}

fn columns(t: &'static Catalogue, session: Session, file: &FileRow) -> Option<El> {
    let rows = file.account.columns.iter().map(|column| {
        let mut taken = el("td").add(text_el("code", &column.header));
        if column.chosen {
            taken = taken.text(" (").text(t.files.chosen).text(")");
        }
        el("tr").add(row_head((t.words.field)(column.field), "")).add(taken)
    });
    let part = small_table(t.files.columns, &[t.files.taken_for, t.files.column], rows.collect())?;
    // The sample has no file that could be read again with others.
    let change = (file.account.mappable && !file.account.fictitious).then(|| {
        let file = file.clone();
        button(t.mapping.change, move || session.asking.set(Some(file.clone())))
    });
    Some(part.adds(change))
}

fn unfamiliar(t: &'static Catalogue, account: &FileAccount) -> Option<El> {
    let rows = account.unfamiliar.iter().map(|value| {
        el("tr")
            .add(row_head((t.words.field)(value.field), ""))
            .add(el("td").add(raw(&value.value)))
            .add(cell(&t.count(value.rows), "figure"))
    });
    let head = [t.files.taken_for, t.files.value, t.files.rows];
    let table = small_table(t.files.unfamiliar, &head, rows.collect());
    table.map(|part| part.add(text_el("p", t.files.unfamiliar_note)))
}

fn gaps(t: &'static Catalogue, account: &FileAccount) -> Option<El> {
    let gaps = account.gaps.iter().map(|gap| text_el("li", (t.words.gap)(*gap)));
    (!account.gaps.is_empty()).then(|| part(t.files.gaps).add(el("ul").adds(gaps)))
}

/// A part with a table, if the table has rows.
fn small_table(title: &str, head: &[&str], rows: Vec<El>) -> Option<El> {
    let head = head.iter().map(|name| column(name, ""));
    (!rows.is_empty()).then(|| part(title).add(table(title, "grid small", head, rows)))
}

fn part(title: &str) -> El {
    el("div").add(text_el("h3", title))
}

/// A text as the file has it.
fn raw(text: &str) -> El {
    text_el("code", text).class("row-text")
}
