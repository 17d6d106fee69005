//! The panel "Files": what became of every row of every file.

mod actions;
mod counting;
mod details;
mod row;

use std::sync::Arc;

use leptos::prelude::*;

use self::actions::Actions;
use self::counting::Counting;
use self::row::row;
use super::session::{FileRow, Session};
use super::shell::{Icon, Picture, TableRegion};
use crate::text::Catalogue;

/// How many files are shown before the person asks for more.
const STEP: usize = 100;

/// The account of every file, and how messages are counted.
#[component]
pub(crate) fn Files(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
) -> impl IntoView {
    let limit = RwSignal::new(STEP);
    let shown = move || {
        session.files.with(|files| files.iter().take(limit.get()).cloned().collect::<Vec<_>>())
    };
    // A file whose account has not changed keeps its row.
    let key = |file: &FileRow| (file.place, file.number, Arc::as_ptr(&file.account).addr());
    let opened = RwSignal::new(Vec::new());
    let hidden = move || session.files.with(|files| files.len().saturating_sub(limit.get()));
    let summary = move || {
        session.files.with(|files| {
            let sum = |of: fn(&FileRow) -> u64| files.iter().map(of).sum::<u64>();
            let rows = sum(|file| file.account.rows);
            (t.files.summary)(files.len() as u64, rows, sum(|file| file.account.messages))
        })
    };
    let figures =
        [t.files.rows, t.files.messages, t.files.joined, t.files.duplicates, t.files.left_out]
            .map(|name| view! { <th scope="col" class="figure">{name}</th> });
    view! {
        <section class="panel files" aria-labelledby="files-title">
            <h2 id="files-title"><Icon picture=Picture::File/> {t.files.title}</h2>
            <p>{summary}</p>
            <TableRegion label=t.files.account_of>
                <table class="grid">
                    <thead>
                        <tr>
                            <th scope="col">{t.files.name}</th>
                            <th scope="col">{t.files.format}</th>
                            <th scope="col">{t.files.encoding}</th>
                            <th scope="col" class="figure">{t.files.size}</th>
                            {figures}
                            <th scope="col">{t.files.period}</th>
                        </tr>
                    </thead>
                    <For each=shown key=key let:file>
                        {row(t, session, file, opened)}
                    </For>
                </table>
            </TableRegion>
            {move || (hidden() > 0).then(|| view! {
                <button type="button" on:click=move |_| limit.update(|limit| *limit += STEP)>
                    {(t.files.more)(hidden().min(STEP) as u64)}
                </button>
            })}
            <Actions t=t session=session/>
            <Counting t=t/>
        </section>
    }
}
