use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use super::form::{Draft, Form, REQUIRED};
use super::outcome::outcome;
use super::words::words;
use crate::account::{ColumnsNeeded, Field};
use crate::page::dom::{El, button, el, text_el};
use crate::page::remembered;
use crate::page::save::save;
use crate::page::session::{FileRow, Session};
use crate::page::shell::{Modal, cell, column, pick, table};
use crate::text::Catalogue;

/// A mapping file is never longer, in bytes.
const LONGEST: f64 = 1e6;

/// "Map columns": which column of a table is what (IM-04).
pub(super) fn map_columns(t: &'static Catalogue, session: Session, row: FileRow) -> El {
    let closed = move || session.asking.set(None);
    let modal = Modal::new(session, t.mapping.title, "box wide", "asking-title", closed);
    let explanation = if row.account.format.is_some() {
        (t.mapping.change_explanation)(&row.account.name)
    } else {
        (t.mapping.explanation)(&row.account.name)
    };
    let form = Form::new(t, session, row);
    let remember = RwSignal::new(false);
    let apply = {
        let modal = modal.clone();
        move || {
            if form.with(|draft| draft.taken(REQUIRED).is_none()) {
                form.error.set((t.mapping.missing)((t.words.field)(REQUIRED)));
                return;
            }
            let header = form.with(|draft| draft.table.header.clone());
            let file = remember.get_untracked().then(|| form.mapping().to_json(&header));
            let kept = remembered::keep(&header, file.as_deref());
            modal.close();
            form.apply();
            if !kept {
                session.warn(t.mapping.no_storage.to_owned());
            }
        }
    };
    let export = move || {
        let header = form.with(|draft| draft.table.header.clone());
        save("mailflow-mapping.json", "application/json", &form.mapping().to_json(&header));
    };
    let input = import_input(t, form);
    let import = {
        let input: HtmlInputElement = input.cast();
        move || input.click()
    };
    let parts = move || {
        if form.taken.get() > 0 {
            // A copy: what is built of it looks into the form itself.
            let draft = form.with(|draft| draft.clone());
            return parts(t, session, form, remember, &draft);
        }
        let answered = session.looked.with(Option::is_some);
        vec![text_el("p", if answered { t.mapping.no_table } else { t.shell.loading })]
    };
    let error = el("p").class("error").attr("role", "alert");
    let body = el("div")
        .add(text_el("p", &explanation))
        .lives(parts)
        .add(error.live_text(move || form.error.get()));
    let foot = [
        button(t.mapping.apply, apply).class("primary"),
        modal.close_button(t.mapping.cancel),
        button(t.mapping.import, import).class("apart"),
        button(t.mapping.export, export),
        input,
    ];
    modal.with(body, foot)
}

/// All that stands between the explanation and the buttons.
fn parts(
    t: &'static Catalogue,
    session: Session,
    form: Form,
    remember: RwSignal<bool>,
    draft: &Draft,
) -> Vec<El> {
    let fields = Field::ALL.map(|field| column_of(t, form, field, draft));
    remember.set(remembered::has(&draft.table.header));
    let check = el("input").attr("type", "checkbox").flag("checked", remember.get_untracked());
    let element: HtmlInputElement = check.cast();
    let check = check.on("change", move |_| remember.set(element.checked()));
    vec![
        sample(t, &draft.table),
        text_el("h3", t.mapping.fields),
        el("div").class("map-fields").adds(fields),
        outcome(t, session),
        words(t, session, form),
        el("label").class("check").add(check).text(t.mapping.remember),
    ]
}

fn column_of(t: &'static Catalogue, form: Form, field: Field, draft: &Draft) -> El {
    let required = field == REQUIRED;
    let chosen = draft.taken(field);
    let names = draft.table.header.iter().enumerate();
    let columns = names.map(|(index, name)| (column_name(t, name, index), chosen == Some(index)));
    let options = [(t.mapping.not_there.to_owned(), chosen.is_none())].into_iter().chain(columns);
    // Unique in the page, which shows one such dialog at a time.
    let id = field.code();
    let select = pick(options, move |index| form.pick(field, index.checked_sub(1)))
        .attr("id", id)
        .flag("required", required)
        .flag("autofocus", required);
    let mark = required.then(|| text_el("span", t.mapping.required).class("weak"));
    let label = text_el("label", (t.words.field)(field)).attr("for", id).text(" ").adds(mark);
    el("div").class(if required { "required" } else { "" }).add(label).add(select)
}

fn sample(t: &'static Catalogue, needed: &ColumnsNeeded) -> El {
    let head = needed.header.iter().enumerate();
    let head = head.map(|(index, name)| column(&column_name(t, name, index), ""));
    let rows = needed
        .sample
        .iter()
        .map(|row| el("tr").adds(row.iter().map(|text| cell(text, "sample-cell"))));
    table(t.mapping.sample, "grid small", head, rows)
}

fn column_name(t: &Catalogue, name: &str, index: usize) -> String {
    if name.trim().is_empty() {
        (t.mapping.column_number)(index as u64 + 1)
    } else {
        name.to_owned()
    }
}

/// Where a mapping file is chosen.
fn import_input(t: &'static Catalogue, form: Form) -> El {
    let input = el("input")
        .attr("type", "file")
        .attr("accept", ".json,application/json")
        .attr("aria-label", t.mapping.import)
        .flag("hidden", true);
    let element: HtmlInputElement = input.cast();
    input.on("change", move |_| {
        let file = element.files().and_then(|files| files.get(0));
        // So that the same file can be chosen again.
        element.set_value("");
        let Some(file) = file else { return };
        spawn_local(async move {
            // What is too long is no mapping, nor is what cannot be read.
            let mut text = None;
            if file.size() <= LONGEST {
                text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            }
            form.look(Some(text.unwrap_or_default()));
        });
    })
}
