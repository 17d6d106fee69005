//! What the figures rest on: files, settings and rules.

use leptos::prelude::*;

use super::digests::places;
use super::paper::section;
use super::state::Digest;
use crate::page::dom::{El, el, text_el};
use crate::page::files::accounted;
use crate::page::session::{FileRow, Session};
use crate::page::shell::{cell, column, row_head, table};
use crate::report::{Audit, Thresholds};
use crate::text::Catalogue;

/// The section.
pub(super) fn basis(t: &'static Catalogue, session: Session, audit: &Audit, digests: bool) -> El {
    let at = untrack(|| session.looked_at()).unwrap_or(0);
    let files: Vec<FileRow> = session.files.with(|files| {
        files.iter().filter(|row| row.organization as usize == at).cloned().collect()
    });
    section(t.audit.basis)
        .add(text_el("h4", t.audit.files))
        .add(accounts(t, &files))
        .adds(files.iter().map(|file| details(t, session, file, digests)))
        .add(text_el("h4", t.audit.settings))
        .add(settings(t, session, audit))
        .add(text_el("h4", t.counting.title))
        .add(el("ol").class("paper-rules").adds(t.counting.points.iter().map(|(head, body)| {
            el("li").add(text_el("b", head)).text(" ").add(text_el("p", body))
        })))
}

fn accounts(t: &'static Catalogue, files: &[FileRow]) -> El {
    let f = &t.files;
    let rows = files.iter().map(|file| {
        let account = &*file.account;
        let left_out = account.no_mail_rows() + account.unreadable_rows();
        let counts = [account.rows, account.messages, account.joined, account.duplicates, left_out];
        let format = account.format.as_deref().unwrap_or(f.not_recognised);
        let days = account.period.map(|period| t.days(period)).unwrap_or_default();
        el("tr")
            .add(row_head("", "name").add(text_el("bdi", &account.name)))
            .add(cell(format, ""))
            .adds(counts.map(|count| cell(&t.count(count), "figure")))
            .add(cell(&days, ""))
    });
    let figures = [f.rows, f.messages, f.joined, f.duplicates, f.left_out];
    let head = [column(f.name, ""), column(f.format, "")].into_iter();
    let head = head.chain(figures.map(|name| column(name, "figure"))).chain([column(f.period, "")]);
    table(t.audit.files, "grid small files-read", head, rows)
}

/// What became of the rows of one file, and its digest.
fn details(t: &'static Catalogue, session: Session, file: &FileRow, digests: bool) -> El {
    let account = &*file.account;
    let digest = digests.then(|| {
        let place = file.place;
        el("p").add(text_el("b", t.audit.digest)).text(": ").add(
            text_el("code", "").class("digest").live_text({
                let fictitious = account.fictitious;
                let inside = account.elsewhere.is_some();
                move || digest_text(t, session, place, fictitious, inside)
            }),
        )
    });
    let warnings = account.warnings.iter().map(|warning| {
        let advice = (t.words.warning)(warning);
        text_el("p", &[&*advice.what, " ", &*advice.todo].concat())
    });
    let problem = account.problem.as_ref().map(|problem| {
        let advice = (t.words.problem)(problem);
        text_el("p", &[&*advice.what, " ", &*advice.todo].concat())
    });
    let size = (!account.fictitious && !account.is_counted_elsewhere())
        .then(|| el("p").text(t.files.size).text(": ").text(&t.bytes(account.bytes)));
    el("div")
        .class("paper-file")
        .add(text_el("h4", &account.name).attr("dir", "auto"))
        .adds(size)
        .adds(digest)
        .adds(problem)
        .adds(warnings)
        .adds(account.format.is_some().then(|| accounted(t, account)).into_iter().flatten())
}

fn digest_text(
    t: &'static Catalogue,
    session: Session,
    place: u32,
    fictitious: bool,
    inside: bool,
) -> String {
    let w = &t.audit;
    if fictitious {
        return w.made_by_page.to_owned();
    }
    if inside && !untrack(|| places(session)).iter().any(|(known, _)| *known == place) {
        return w.inside_saved.to_owned();
    }
    match session.auditing.digest(session, place) {
        Some(Digest::Done(digest)) => digest,
        Some(Digest::Failed(why)) => (w.hash_failed)(&why),
        Some(Digest::Reading(_)) => "\u{2026}".to_owned(),
        None => w.no_digest.to_owned(),
    }
}

/// What holds of what no file says.
fn settings(t: &'static Catalogue, session: Session, audit: &Audit) -> El {
    let (w, s) = (&t.audit, &t.settings);
    let choices = session.choices();
    let assumed = session.dashboard.with_untracked(|of| of.assumptions.clone());
    let list = |items: Vec<String>| {
        if items.is_empty() { w.none_said.to_owned() } else { items.join(", ") }
    };
    let how = if assumed.guessed { w.guessed } else { w.said };
    let own = if assumed.own_domains.is_empty() {
        w.none_said.to_owned()
    } else {
        format!("{} ({how})", assumed.own_domains.join(", "))
    };
    let types = choices
        .connector_types
        .iter()
        .map(|(name, kind)| format!("{name} = {}", (t.report.connector_type_word)(*kind)));
    let connectors = choices.connectors.iter().map(|(host, name)| format!("{host} = {name}"));
    let zone = if choices.zone.name.is_empty() { "UTC" } else { &choices.zone.name };
    let year = choices.log_year.map_or_else(|| w.none_said.to_owned(), |year| year.to_string());
    let Thresholds { tls_1_0, no_tls, never_tls } = audit.connectors.query.thresholds;
    let filter = &audit.query.filter;
    let filter =
        if filter.is_empty() { w.no_filters.to_owned() } else { t.filter_sentence(filter) };
    let lines = [
        (s.own_domains, own),
        (s.connector_types, list(types.collect())),
        (s.connectors, list(connectors.collect())),
        (s.internal_hosts, list(choices.internal_hosts.clone())),
        (s.zone, format!("{} {zone}", w.utc)),
        (s.year, year),
        (w.filters, filter),
        (w.thresholds_name, (w.thresholds)(tls_1_0, no_tls, never_tls)),
        (w.lists, (w.rows_setting)(audit.query.rows.into())),
    ];
    let rows = lines.iter().map(|(name, text)| {
        el("tr").add(row_head(name, "")).add(text_el("td", text).class("name").attr("dir", "auto"))
    });
    el("table").class("paper-lines").add(el("tbody").adds(rows))
}
