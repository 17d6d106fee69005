use leptos::prelude::*;

use super::details::details;
use crate::account::Problem;
use crate::page::session::{FileRow, Session};
use crate::page::shell::{Icon, Picture};
use crate::text::{Advice, Catalogue};

/// Number of columns of the table.
const COLUMNS: u32 = 10;

/// Files whose details are open, by place and number.
pub(crate) type Opened = RwSignal<Vec<(u32, u32)>>;

/// The rows of one file: its figures, what the person should know, and on
/// demand all the rest.
pub(super) fn row(
    t: &'static Catalogue,
    session: Session,
    file: FileRow,
    opened: Opened,
) -> AnyView {
    let id = (file.place, file.number);
    let open = Memo::new(move |_| opened.with(|opened| opened.contains(&id)));
    let toggle = move || {
        opened.update(|opened| match opened.iter().position(|known| *known == id) {
            Some(index) => drop(opened.swap_remove(index)),
            None => opened.push(id),
        });
    };
    let file = StoredValue::new(file);
    let main = file.with_value(|file| figures(t, file, open, toggle));
    let notes = file.with_value(|file| notes(t, session, file));
    let more = move || {
        open.get().then(|| {
            view! {
                <tr class="file-details">
                    <td colspan=COLUMNS>{file.with_value(|file| details(t, &file.account))}</td>
                </tr>
            }
        })
    };
    view! { <tbody class="file">{main} {notes} {more}</tbody> }.into_any()
}

fn figures(
    t: &'static Catalogue,
    file: &FileRow,
    open: Memo<bool>,
    toggle: impl Fn() + 'static,
) -> AnyView {
    let account = &*file.account;
    let left_out = account.no_mail_rows() + account.unreadable_rows();
    let format = match (&account.format, &account.problem) {
        (Some(format), _) => format.clone(),
        (None, Some(Problem::NotATrace { .. })) => t.files.not_recognised.to_owned(),
        (None, _) => t.files.not_read.to_owned(),
    };
    let counts = [account.rows, account.messages, account.joined, account.duplicates, left_out];
    // A file that was not read has no rows to count.
    let read = account.format.is_some();
    let counts =
        counts.map(|count| view! { <td class="figure">{read.then(|| t.count(count))}</td> });
    let size = (!account.fictitious).then(|| t.bytes(account.bytes));
    let badge = account
        .fictitious
        .then(|| view! { <strong class="badge fictitious">{t.shell.fictitious}</strong> });
    let name = match (&account.format, account.problem.is_some()) {
        // Nothing more is known of a file that gave no rows.
        (None, true) => view! { <span class="file-name">{account.name.clone()}</span> }.into_any(),
        _ => view! {
            <button
                type="button"
                class="expand"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| toggle()
            >
                <Icon picture=Picture::Chevron/>
                <span class="file-name">{account.name.clone()}</span>
            </button>
        }
        .into_any(),
    };
    view! {
        <tr>
            <th scope="row">{name} {badge}</th>
            <td>{format}</td>
            <td class="nowrap">{account.encoding.clone()}</td>
            <td class="figure nowrap">{size}</td>
            {counts}
            <td class="nowrap">{account.period.map(|period| t.days(period))}</td>
        </tr>
    }
    .into_any()
}

/// What went wrong and what to know, visible without a click.
fn notes(t: &'static Catalogue, session: Session, file: &FileRow) -> Option<AnyView> {
    let account = &*file.account;
    let mut notes = Vec::new();
    if let Some(problem) = &account.problem {
        let label = match problem {
            Problem::ColumnsNeeded(_) => Some(t.mapping.open),
            Problem::DateOrderNeeded { .. } => Some(t.mapping.order_open),
            _ => None,
        };
        let button = label.map(|label| {
            let file = file.clone();
            view! {
                <button type="button" on:click=move |_| session.asking.set(Some(file.clone()))>
                    {label}
                </button>
            }
            .into_any()
        });
        notes.push(note("problem", (t.words.problem)(problem), button));
    }
    for warning in &account.warnings {
        notes.push(note("warning", (t.words.warning)(warning), None));
    }
    (!notes.is_empty())
        .then(|| view! { <tr class="file-notes"><td colspan=COLUMNS>{notes}</td></tr> }.into_any())
}

fn note(class: &'static str, advice: Advice, button: Option<AnyView>) -> AnyView {
    view! {
        <div class=format!("file-note {class}")>
            <Icon picture=Picture::Warning/>
            <p><b>{advice.what}</b> " " {advice.todo}</p>
            {button}
        </div>
    }
    .into_any()
}
