use leptos::prelude::*;

use super::frame::frame;
use super::tls_cells::TlsColumns;
use crate::mail::TlsState;
use crate::messages::Tables;
use crate::page::dom::{El, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{cell, column, row_head, table};
use crate::report::SenderRow;
use crate::text::Catalogue;

/// The SMTP Auth clients report as a plain table (columns of SA-06, SA-07 and
/// SA-12).
pub(crate) fn sender_report(t: &'static Catalogue, session: Session) -> El {
    frame(t, session, t.report.smtp_title, move || {
        session.tables.with(|tables| match tables {
            None => vec![text_el("p", t.shell.loading)],
            Some(tables) if tables.senders.is_empty() => vec![text_el("p", t.report.empty)],
            Some(tables) => rows(t, tables),
        })
    })
}

fn rows(t: &'static Catalogue, tables: &Tables) -> Vec<El> {
    let states = [
        (TlsState::V1_0, t.report.v1_0),
        (TlsState::V1_1, t.report.v1_1),
        (TlsState::V1_2, t.report.v1_2),
        (TlsState::V1_3, t.report.v1_3),
        (TlsState::NoTls, t.tls.none),
    ];
    let tls = TlsColumns::new(states, tables.senders.iter().map(|row| &row.counts));
    let showing = (t.report.showing)(tables.senders.len() as u64, tables.senders_total);
    let mut head = vec![
        column(t.report.sender, ""),
        column(t.report.domain, ""),
        column(t.report.methods, ""),
    ];
    head.extend(tls.heads(t));
    head.push(column(t.report.message_count, "figure").attr("aria-sort", "descending"));
    let rows = tables.senders.iter().map(|row| line(t, row, &tls));
    vec![text_el("p", &showing), table(t.report.smtp_title, "grid", head, rows)]
}

fn line(t: &'static Catalogue, row: &SenderRow, tls: &TlsColumns) -> El {
    let methods = row.methods.iter().map(|method| (t.report.method_word)(*method));
    let methods = methods.collect::<Vec<_>>().join(", ");
    el("tr")
        .add(row_head(&row.address, "name"))
        .add(cell(&row.domain, "name"))
        .add(text_el("td", &methods))
        .adds(tls.cells(t, &row.counts))
        .add(cell(&t.count(row.counts.volume()), "figure"))
}
