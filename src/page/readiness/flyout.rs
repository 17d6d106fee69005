use leptos::prelude::*;

use super::words::name;
use crate::page::chart::tls_rows;
use crate::page::dom::{El, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Modal, cell, column, row_head, table, table_region};
use crate::report::{Listed, ReadinessRow, Thing};
use crate::text::Catalogue;

/// What is known of a row of the work list.
pub(crate) fn row_flyout(session: Session) -> Option<El> {
    let t = session.texts();
    let readiness = session.readiness;
    let row = readiness.opened.get()?;
    let closed = move || readiness.opened.set(None);
    let modal = Modal::new(session, name(t, &row), "flyout", "row-title", closed);
    let close = modal.close_button(t.dialogs.close).class("primary");
    let policy = untrack(|| readiness.query()).policy;
    let kind = row.thing.kind();
    let w = &t.readiness;
    let body = el("div")
        .add(text_el("p", (w.kind)(kind)).class("weak"))
        .add(text_el("h3", w.todo))
        .add(text_el("p", (w.todo_of)(policy, kind)))
        .adds(figures(t, &row))
        .add(text_el("h3", t.report.versions))
        .add(tls_rows(t, t.report.versions, &row.counts))
        .adds(lists(t, &row));
    Some(modal.with(body, [close]))
}

fn figures(t: &'static Catalogue, row: &ReadinessRow) -> Vec<El> {
    let w = &t.readiness;
    let outcome = &row.outcome;
    let line = |(name, amount): (&str, (u64, bool))| {
        el("tr").add(row_head(name, "")).add(cell(&t.amount(amount), "figure"))
    };
    let lines = [
        (w.refused, outcome.refused),
        (w.passes, outcome.passes),
        (w.untold, outcome.untold),
        (w.all, (outcome.all(), false)),
    ];
    let days = row.seen.map(|(first, last)| {
        let days = t.days_between(first, last);
        el("tr").add(row_head(w.seen, "")).add(cell(&days, "figure"))
    });
    let rows = el("tbody").adds(lines.map(line)).adds(days);
    vec![table_region(w.refused, el("table").class("grid small").add(rows))]
}

fn lists(t: &'static Catalogue, row: &ReadinessRow) -> Vec<El> {
    let w = &t.readiness;
    let mut parts = Vec::new();
    let client = match &row.thing {
        Thing::Client { client, .. } => Some(client.as_deref().unwrap_or(t.tls.not_recorded)),
        _ => None,
    };
    if let Some(client) = client {
        parts.push(text_el("h3", t.report.client));
        parts.push(el("p").add(text_el("code", client)));
        parts.extend(listed(t, w.others, t.report.sender, &row.others));
        let methods = row
            .methods
            .iter()
            .map(|(method, messages)| ((t.report.method_word)(*method).to_owned(), *messages));
        let methods = Listed { list: methods.collect(), more: 0 };
        parts.extend(listed(t, t.report.methods, t.report.methods, &methods));
    } else {
        parts.extend(listed(t, t.report.hosts, t.report.host, &row.hosts));
    }
    parts.extend(listed(t, t.report.ciphers, t.report.cipher, &row.ciphers));
    parts
}

/// Names with their messages; nothing where there are none.
fn listed(t: &'static Catalogue, title: &str, name: &str, of: &Listed) -> Vec<El> {
    if of.list.is_empty() {
        return Vec::new();
    }
    let rows = of.list.iter().map(|(name, messages)| {
        el("tr")
            .add(row_head(name, "name").attr("dir", "auto"))
            .add(cell(&t.count(*messages), "figure"))
    });
    let head = [column(name, ""), column(t.report.message_count, "figure")];
    let more = (of.more > 0).then(|| text_el("p", &(t.report.more)(of.more)).class("weak"));
    let parts = [text_el("h3", title), table(title, "grid small", head, rows)];
    parts.into_iter().chain(more).collect()
}
