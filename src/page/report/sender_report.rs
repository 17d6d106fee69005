use leptos::prelude::*;

use super::frame::Frame;
use super::tls_cells::{other_cell, silent_cell, tls_cell};
use crate::mail::TlsState;
use crate::messages::Tables;
use crate::page::session::Session;
use crate::page::shell::TableRegion;
use crate::report::SenderRow;
use crate::text::Catalogue;

/// The SMTP Auth clients report as a plain table (columns of SA-06, SA-07 and
/// SA-12).
#[component]
pub(crate) fn SenderReport(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
) -> impl IntoView {
    view! {
        <Frame t=t session=session title=t.report.smtp_title>
            {move || session.tables.with(|tables| match tables {
                None => view! { <p>{t.shell.loading}</p> }.into_any(),
                Some(tables) => table(t, tables),
            })}
        </Frame>
    }
}

fn table(t: &'static Catalogue, tables: &Tables) -> AnyView {
    if tables.senders.is_empty() {
        return view! { <p>{t.report.empty}</p> }.into_any();
    }
    let has_other = tables.senders.iter().any(|row| row.counts.other() > 0);
    let has_silent = tables.senders.iter().any(|row| row.counts.get(TlsState::NotRecorded) > 0);
    let rows = tables.senders.iter().map(|row| line(t, row, has_other, has_silent));
    let rows = rows.collect::<Vec<_>>();
    let showing = (t.report.showing)(tables.senders.len() as u64, tables.senders_total);
    let head = |name: &'static str| view! { <th scope="col" class="figure">{name}</th> };
    let versions = [t.report.v1_0, t.report.v1_1, t.report.v1_2, t.report.v1_3, t.tls.none];
    view! {
        <p>{showing}</p>
        <TableRegion label=t.report.smtp_title>
            <table class="grid">
                <thead>
                    <tr>
                        <th scope="col">{t.report.sender}</th>
                        <th scope="col">{t.report.domain}</th>
                        <th scope="col">{t.report.methods}</th>
                        {versions.map(head)}
                        {has_other.then(|| head(t.tls.other))}
                        {has_silent.then(|| head(t.tls.not_recorded))}
                        <th scope="col" class="figure" aria-sort="descending">
                            {t.report.message_count}
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}

fn line(t: &'static Catalogue, row: &SenderRow, has_other: bool, has_silent: bool) -> AnyView {
    let methods = row.methods.iter().map(|method| (t.report.method_word)(*method));
    let methods = methods.collect::<Vec<_>>().join(", ");
    let counts = &row.counts;
    view! {
        <tr>
            <th scope="row" class="name">{row.address.clone()}</th>
            <td class="name">{row.domain.clone()}</td>
            <td>{methods}</td>
            {STATES.map(|state| tls_cell(t, counts, state))}
            {has_other.then(|| other_cell(t, counts))}
            {has_silent.then(|| silent_cell(t, counts))}
            <td class="figure">{t.count(counts.volume())}</td>
        </tr>
    }
    .into_any()
}

const STATES: [TlsState; 5] =
    [TlsState::V1_0, TlsState::V1_1, TlsState::V1_2, TlsState::V1_3, TlsState::NoTls];
