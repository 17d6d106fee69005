use leptos::prelude::*;

use crate::account::FileAccount;
use crate::page::shell::TableRegion;
use crate::text::Catalogue;

/// Everything that is known of how a file was read.
pub(super) fn details(t: &'static Catalogue, account: &FileAccount) -> AnyView {
    let sum = if account.adds_up() { t.files.adds_up } else { t.files.does_not_add_up };
    let parts =
        [reasons(t, account), examples(t, account), columns(t, account), unfamiliar(t, account)];
    view! {
        <div class="details-parts">
            <p class="weak">{sum}</p>
            {parts.into_iter().flatten().collect::<Vec<_>>()}
            {inferred(t, account)}
            {gaps(t, account)}
        </div>
    }
    .into_any()
}

fn reasons(t: &'static Catalogue, account: &FileAccount) -> Option<AnyView> {
    let no_mail = account.no_mail.iter().map(|(reason, n)| ((t.words.no_mail)(*reason), *n));
    let unread = account.unreadable.iter().map(|(reason, n)| ((t.words.unreadable)(*reason), *n));
    counts(t, t.files.reasons, no_mail.chain(unread).collect())
}

fn inferred(t: &'static Catalogue, account: &FileAccount) -> Option<AnyView> {
    let inferred = account.inferred.iter().map(|(what, n)| ((t.words.inference)(*what), *n));
    counts(t, t.files.inferred, inferred.collect())
}

fn counts(
    t: &'static Catalogue,
    title: &'static str,
    rows: Vec<(&'static str, u64)>,
) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let rows = rows.into_iter().map(|(text, n)| {
        view! { <li>{text} ": " <b>{(t.reading.rows)(n)}</b></li> }
    });
    part(title, view! { <ul>{rows.collect::<Vec<_>>()}</ul> }.into_any())
}

fn examples(t: &'static Catalogue, account: &FileAccount) -> Option<AnyView> {
    if account.examples.is_empty() {
        return None;
    }
    let rows = account.examples.iter().map(|example| {
        view! {
            <tr>
                <td class="figure">{t.count(example.line)}</td>
                <td>{t.words.left_out(example.reason)}</td>
                <td><code class="row-text">{example.text.clone()}</code></td>
            </tr>
        }
    });
    let head = [t.files.line, t.files.reason, t.files.text];
    let table = table(t.files.examples, head, rows.collect_view().into_any());
    part(t.files.examples, table)
}

fn columns(t: &'static Catalogue, account: &FileAccount) -> Option<AnyView> {
    if account.columns.is_empty() {
        return None;
    }
    let rows = account.columns.iter().map(|column| {
        let chosen = column.chosen.then(|| format!(" ({})", t.files.chosen));
        view! {
            <tr>
                <th scope="row">{(t.words.field)(column.field)}</th>
                <td><code>{column.header.clone()}</code> {chosen}</td>
            </tr>
        }
    });
    let head = [t.files.taken_for, t.files.column];
    let table = table(t.files.columns, head, rows.collect_view().into_any());
    part(t.files.columns, table)
}

fn unfamiliar(t: &'static Catalogue, account: &FileAccount) -> Option<AnyView> {
    if account.unfamiliar.is_empty() {
        return None;
    }
    let rows = account.unfamiliar.iter().map(|value| {
        view! {
            <tr>
                <th scope="row">{(t.words.field)(value.field)}</th>
                <td><code class="row-text">{value.value.clone()}</code></td>
                <td class="figure">{t.count(value.rows)}</td>
            </tr>
        }
    });
    let head = [t.files.taken_for, t.files.value, t.files.rows];
    let table = table(t.files.unfamiliar, head, rows.collect_view().into_any());
    part(t.files.unfamiliar, view! { <p>{t.files.unfamiliar_note}</p> {table} }.into_any())
}

fn gaps(t: &'static Catalogue, account: &FileAccount) -> Option<AnyView> {
    if account.gaps.is_empty() {
        return None;
    }
    let gaps = account.gaps.iter().map(|gap| view! { <li>{(t.words.gap)(*gap)}</li> });
    part(t.files.gaps, view! { <ul>{gaps.collect::<Vec<_>>()}</ul> }.into_any())
}

/// A table with a head, never wider than the page.
fn table<const N: usize>(label: &'static str, head: [&'static str; N], rows: AnyView) -> AnyView {
    view! {
        <TableRegion label=label>
            <table class="grid small">
                <thead><tr>{head.map(|name| view! { <th scope="col">{name}</th> })}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}

#[expect(clippy::unnecessary_wraps, reason = "each part is there or not")]
fn part(title: &'static str, body: AnyView) -> Option<AnyView> {
    Some(view! { <div><h3>{title}</h3> {body}</div> }.into_any())
}
