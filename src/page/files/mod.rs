//! The panel "Files": what became of every row of every file.

mod actions;
mod counting;
mod details;
mod row;

use std::sync::Arc;

use leptos::prelude::*;

pub(crate) use self::details::accounted;

use self::actions::{actions, own_domains};
use self::counting::counting;
use self::row::row;
use super::dom::{El, button, el, text_el};
use super::saving::keeping;
use super::session::{FileRow, Session};
use super::shell::{Picture, column, panel, table_region};
use crate::text::Catalogue;

/// How many files are shown before the person asks for more.
const STEP: usize = 100;

/// The account of every file, and how messages are counted.
pub(crate) fn files(t: &'static Catalogue, session: Session) -> El {
    let limit = RwSignal::new(STEP);
    // A file whose account has not changed keeps its row.
    let shown = move || {
        let key = |file: &FileRow| (file.id(), Arc::as_ptr(&file.account).addr());
        session.files.with(|files| files.iter().take(limit.get()).map(key).collect())
    };
    let opened = RwSignal::new(Vec::new());
    let build = move |(id, _): &((u32, u32, u32), usize)| {
        let file = session.files.with(|files| {
            let at = files.binary_search_by_key(id, FileRow::id);
            at.ok().and_then(|at| files.get(at).cloned())
        });
        file.map(|file| row(t, session, file, opened))
    };
    let hidden = move || session.files.with(|files| files.len().saturating_sub(limit.get()));
    let summary = move || {
        session.files.with(|files| {
            // A document that tells which files were counted for it is none.
            let read = || files.iter().map(|file| &file.account).filter(|file| file.brought == 0);
            let rows = read().map(|file| file.rows).sum();
            (t.files.summary)(read().count() as u64, rows, read().map(|file| file.messages).sum())
        })
    };
    let texts = [t.files.name, t.files.format, t.files.encoding];
    let figures = [
        t.files.size,
        t.files.rows,
        t.files.messages,
        t.files.joined,
        t.files.duplicates,
        t.files.left_out,
    ];
    let head = el("tr")
        .adds(texts.map(|name| column(name, "")))
        .adds(figures.map(|name| column(name, "figure")))
        .add(column(t.files.period, ""));
    let table = el("table").class("grid").add(el("thead").add(head)).keyed(shown, build);
    let more = move || {
        let hidden = hidden();
        (hidden > 0).then(|| {
            let label = (t.files.more)(hidden.min(STEP) as u64);
            button(&label, move || limit.update(|limit| *limit += STEP))
        })
    };
    panel("panel files", "files-title", Picture::File, t.files.title)
        .add(el("p").live_text(summary))
        .live(move || own_domains(t, session).map(|domains| text_el("p", &domains)))
        .add(table_region(t.files.account_of, table))
        .live(more)
        .add(actions(t, session))
        .add(keeping(t, session))
        .add(counting(t))
}
