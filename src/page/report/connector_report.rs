use leptos::prelude::*;

use super::frame::frame;
use super::tls_cells::TlsColumns;
use crate::mail::TlsState;
use crate::messages::Tables;
use crate::page::dom::{El, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{cell, column, row_head, table};
use crate::report::ConnectorRow;
use crate::text::Catalogue;

/// The Connector report as a plain table (columns of CR-05).
pub(crate) fn connector_report(t: &'static Catalogue, session: Session) -> El {
    frame(t, session, t.report.connector_title, move || {
        session.tables.with(|tables| match tables {
            None => vec![text_el("p", t.shell.loading)],
            Some(tables) if tables.connectors.is_empty() => vec![text_el("p", t.report.empty)],
            Some(tables) => rows(t, tables),
        })
    })
}

fn rows(t: &'static Catalogue, tables: &Tables) -> Vec<El> {
    let states = [
        (TlsState::NoTls, t.tls.none),
        (TlsState::V1_0, t.tls.v1_0),
        (TlsState::V1_1, t.tls.v1_1),
        (TlsState::V1_2, t.tls.v1_2),
        (TlsState::V1_3, t.tls.v1_3),
    ];
    let tls = TlsColumns::new(states, tables.connectors.iter().map(|row| &row.counts));
    let showing = (t.report.showing)(tables.connectors.len() as u64, tables.connectors_total);
    let mut head = vec![
        column(t.report.date, "").attr("aria-sort", "descending"),
        column(t.report.connector, ""),
        column(t.report.connector_type, ""),
        column(t.report.forced_tls, ""),
    ];
    head.extend(tls.heads(t));
    head.push(column(t.report.volume, "figure"));
    let rows = tables.connectors.iter().map(|row| line(t, row, &tls));
    vec![text_el("p", &showing), table(t.report.connector_title, "grid", head, rows)]
}

fn line(t: &'static Catalogue, row: &ConnectorRow, tls: &TlsColumns) -> El {
    let forced = match row.forced_tls {
        Some(true) => t.report.yes,
        Some(false) => t.report.no,
        None => t.tls.not_recorded,
    };
    let name = (t.report.direction_and_name)(row.direction, row.connector.as_deref());
    el("tr")
        .add(cell(&row.day.to_string(), "nowrap"))
        .add(row_head(&name, "name"))
        .add(text_el("td", (t.report.connector_type_word)(row.connector_type)))
        .add(text_el("td", forced))
        .adds(tls.cells(t, &row.counts))
        .add(cell(&t.count(row.counts.volume()), "figure"))
}
