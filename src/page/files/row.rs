use leptos::prelude::*;

use super::details::details;
use crate::account::{FileKind, Mapping, Problem};
use crate::page::dom::{El, button, el, text_el};
use crate::page::organizations::owner;
use crate::page::session::{FileRow, Session};
use crate::page::shell::{Picture, badge, cell, icon, row_head};
use crate::text::{Advice, Catalogue};

/// Number of columns of the table.
const COLUMNS: &str = "10";

/// Files whose details are open.
pub(crate) type Opened = RwSignal<Vec<(u32, u32, u32)>>;

/// The rows of one file: its figures, what the person should know, and on
/// demand all the rest.
pub(super) fn row(t: &'static Catalogue, session: Session, file: FileRow, opened: Opened) -> El {
    let id = file.id();
    let open = Memo::new(move |_| opened.with(|opened| opened.contains(&id)));
    let toggle = move || {
        opened.update(|opened| match opened.iter().position(|known| *known == id) {
            Some(index) => drop(opened.swap_remove(index)),
            None => opened.push(id),
        });
    };
    let body = el("tbody")
        .class("file")
        .add(figures(t, session, &file, open, toggle))
        .adds(notes(t, session, &file));
    body.live(move || {
        let details = || el("td").attr("colspan", COLUMNS).add(details(t, session, &file));
        open.get().then(|| el("tr").class("file-details").add(details()))
    })
}

fn figures(
    t: &'static Catalogue,
    session: Session,
    file: &FileRow,
    open: Memo<bool>,
    toggle: impl Fn() + 'static,
) -> El {
    let account = &*file.account;
    let left_out = account.no_mail_rows() + account.unreadable_rows();
    let format = match (&account.format, &account.problem) {
        (Some(format), _) => format,
        (None, Some(Problem::NotATrace { .. })) => t.files.not_recognised,
        (None, _) => t.files.not_read,
    };
    let counts = [account.rows, account.messages, account.joined, account.duplicates, left_out];
    // A file that was not read has no rows to count.
    let read = account.format.is_some();
    let count = |count| if read { t.count(count) } else { String::new() };
    let size = if account.fictitious || account.is_counted_elsewhere() {
        String::new()
    } else {
        t.bytes(account.bytes)
    };
    let name = text_el("span", &account.name).class("file-name");
    // Nothing more is known of a file that gave no rows.
    let name = if account.format.is_none() && account.problem.is_some() {
        name
    } else {
        button("", toggle)
            .class("expand")
            .live_attr("aria-expanded", move || Some(open.get().to_string()))
            .add(icon(Picture::Chevron))
            .add(name)
    };
    let position = file.organization;
    let owner = move || owner(t, session, position);
    let mark = account.fictitious.then(|| badge(t.shell.fictitious));
    // They are no messages, and have no column.
    let policies = (account.policies > 0)
        .then(|| text_el("p", &(t.tls_reports.policies)(account.policies)).class("weak nowrap"));
    let period = account.period.map(|period| t.days(period)).unwrap_or_default();
    el("tr")
        .add(row_head("", "").add(name).text(" ").adds(mark).live(owner))
        .add(text_el("td", format).adds(policies))
        .add(cell(&account.encoding, "nowrap"))
        .add(cell(&size, "figure nowrap"))
        .adds(counts.map(|n| cell(&count(n), "figure")))
        .add(cell(&period, "nowrap"))
}

/// What went wrong and what to know, visible without a click.
fn notes(t: &'static Catalogue, session: Session, file: &FileRow) -> Option<El> {
    let account = &*file.account;
    let mut notes = Vec::new();
    if let Some(problem) = &account.problem {
        let label = match problem {
            Problem::ColumnsNeeded(_)
            | Problem::NotATrace { looks_like: Some(FileKind::Table | FileKind::Text) } => {
                Some(t.mapping.open)
            }
            Problem::PeriodNeeded => Some(t.mapping.period_open),
            Problem::DateOrderNeeded { .. } => Some(t.mapping.order_open),
            _ => None,
        };
        let ask = label.filter(|_| account.elsewhere.is_none()).map(|label| {
            let file = file.clone();
            button(label, move || session.asking.set(Some(file.clone())))
        });
        notes.push(note("file-note problem", &(t.words.problem)(problem)).adds(ask));
    }
    if account.remembered && account.elsewhere.is_none() {
        let place = file.place;
        let forget = move || {
            session.remap(place, Mapping { as_guessed: true, ..session.mapping(place) });
        };
        let words = el("p").add(text_el("span", t.mapping.remembered));
        let forget = button(t.mapping.as_guessed, forget);
        notes.push(el("div").class("file-note said").add(words).add(forget));
    }
    for warning in &account.warnings {
        notes.push(note("file-note warning", &(t.words.warning)(warning)));
    }
    let cell = el("td").attr("colspan", COLUMNS);
    (!notes.is_empty()).then(|| el("tr").class("file-notes").add(cell.adds(notes)))
}

fn note(class: &str, advice: &Advice) -> El {
    let words = el("p").add(text_el("b", &advice.what)).text(" ").text(&advice.todo);
    el("div").class(class).add(icon(Picture::Warning)).add(words)
}
