use leptos::prelude::*;

use super::frame::Frame;
use super::tls_cells::{other_cell, silent_cell, tls_cell};
use crate::mail::TlsState;
use crate::messages::Tables;
use crate::page::session::Session;
use crate::page::shell::TableRegion;
use crate::report::ConnectorRow;
use crate::text::Catalogue;

/// The Connector report as a plain table (columns of CR-05).
#[component]
pub(crate) fn ConnectorReport(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
) -> impl IntoView {
    view! {
        <Frame t=t session=session title=t.report.connector_title>
            {move || session.tables.with(|tables| match tables {
                None => view! { <p>{t.shell.loading}</p> }.into_any(),
                Some(tables) => table(t, tables),
            })}
        </Frame>
    }
}

fn table(t: &'static Catalogue, tables: &Tables) -> AnyView {
    if tables.connectors.is_empty() {
        return view! { <p>{t.report.empty}</p> }.into_any();
    }
    let has_other = tables.connectors.iter().any(|row| row.counts.other() > 0);
    let has_silent = tables.connectors.iter().any(|row| row.counts.get(TlsState::NotRecorded) > 0);
    let rows = tables.connectors.iter().map(|row| line(t, row, has_other, has_silent));
    let rows = rows.collect::<Vec<_>>();
    let showing = (t.report.showing)(tables.connectors.len() as u64, tables.connectors_total);
    let head = |name: &'static str| view! { <th scope="col" class="figure">{name}</th> };
    view! {
        <p>{showing}</p>
        <TableRegion label=t.report.connector_title>
            <table class="grid">
                <thead>
                    <tr>
                        <th scope="col" aria-sort="descending">{t.report.date}</th>
                        <th scope="col">{t.report.connector}</th>
                        <th scope="col">{t.report.connector_type}</th>
                        <th scope="col">{t.report.forced_tls}</th>
                        {[t.tls.none, t.tls.v1_0, t.tls.v1_1, t.tls.v1_2, t.tls.v1_3].map(head)}
                        {has_other.then(|| head(t.tls.other))}
                        {has_silent.then(|| head(t.tls.not_recorded))}
                        {head(t.report.volume)}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}

fn line(t: &'static Catalogue, row: &ConnectorRow, has_other: bool, has_silent: bool) -> AnyView {
    let forced = match row.forced_tls {
        Some(true) => t.report.yes,
        Some(false) => t.report.no,
        None => t.tls.not_recorded,
    };
    let name = (t.report.direction_and_name)(row.direction, row.connector.as_deref());
    let counts = &row.counts;
    view! {
        <tr>
            <td class="nowrap">{row.day.to_string()}</td>
            <th scope="row" class="name">{name}</th>
            <td>{(t.report.connector_type_word)(row.connector_type)}</td>
            <td>{forced}</td>
            {STATES.map(|state| tls_cell(t, counts, state))}
            {has_other.then(|| other_cell(t, counts))}
            {has_silent.then(|| silent_cell(t, counts))}
            <td class="figure">{t.count(counts.volume())}</td>
        </tr>
    }
    .into_any()
}

const STATES: [TlsState; 5] =
    [TlsState::NoTls, TlsState::V1_0, TlsState::V1_1, TlsState::V1_2, TlsState::V1_3];
