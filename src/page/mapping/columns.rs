use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use super::form::{Form, REQUIRED};
use super::outcome::outcome;
use super::words::words;
use crate::account::{ColumnsNeeded, Field};
use crate::page::dom::{El, button, el, text_el};
use crate::page::remembered;
use crate::page::save::save;
use crate::page::session::{FileRow, Session};
use crate::page::shell::{Modal, cell, column, select, table};
use crate::text::Catalogue;

/// A mapping file is never longer, in bytes.
const LONGEST: f64 = 1e6;

/// "Map columns": which column of a table is what (IM-04).
pub(super) fn map_columns(t: &'static Catalogue, session: Session, row: FileRow) -> El {
    let closed = move || session.asking.set(None);
    let modal = Modal::new(t, t.mapping.title, "box wide", "asking-title", closed);
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
            if form.picked.with_untracked(|picked| picked.iter().all(|(of, _)| *of != REQUIRED)) {
                form.error.set((t.mapping.missing)((t.words.field)(REQUIRED)));
                return;
            }
            let kept = form.table.with_untracked(|table| {
                let header = table.as_ref().map_or(&[][..], |table| &table.header);
                let file = remember.get_untracked().then(|| form.mapping().to_json(header));
                remembered::keep(header, file.as_deref())
            });
            modal.close();
            form.apply();
            if !kept {
                session.warn(t.mapping.no_storage.to_owned());
            }
        }
    };
    let export = move || {
        let header = form.table.with_untracked(|table| table.clone().unwrap_or_default().header);
        save("mailflow-mapping.json", "application/json", &form.mapping().to_json(&header));
    };
    let input = import_input(t, form);
    let import = {
        let input: HtmlInputElement = input.cast();
        move || input.click()
    };
    let unknown = move || {
        let none = session
            .looked
            .with(|looked| looked.as_ref().is_some_and(|looked| looked.preview.table.is_none()));
        text_el("p", if none { t.mapping.no_table } else { t.shell.loading })
    };
    let parts = move || {
        form.table.with(|table| match table {
            Some(table) => parts(t, session, form, remember, table),
            None => vec![unknown()],
        })
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
    table: &ColumnsNeeded,
) -> Vec<El> {
    let fields = Field::ALL.map(|field| column_of(t, form, field, &table.header));
    remember.set(remembered::has(&table.header));
    let check = el("input").attr("type", "checkbox").flag("checked", remember.get_untracked());
    let element: HtmlInputElement = check.cast();
    let check = check.on("change", move |_| remember.set(element.checked()));
    vec![
        sample(t, table),
        text_el("h3", t.mapping.fields),
        el("div").class("map-fields").adds(fields),
        outcome(t, session),
        words(t, session, form),
        el("label").class("check").add(check).text(t.mapping.remember),
    ]
}

fn column_of(t: &'static Catalogue, form: Form, field: Field, header: &[String]) -> El {
    let required = field == REQUIRED;
    let chosen = Memo::new(move |_| {
        let column = |picked: &Vec<(Field, usize)>| {
            picked.iter().find(|(taken, _)| *taken == field).map(|(_, column)| *column)
        };
        form.picked.with(column)
    });
    let names: Vec<String> =
        header.iter().enumerate().map(|(index, name)| column_name(t, name, index)).collect();
    let options = move || {
        let chosen = chosen.get();
        let none = (String::new(), t.mapping.not_there.to_owned(), chosen.is_none());
        let column = |(index, name): (usize, &String)| {
            (index.to_string(), name.clone(), chosen == Some(index))
        };
        [none].into_iter().chain(names.iter().enumerate().map(column)).collect()
    };
    // Unique in the page, which shows one such dialog at a time.
    let id = field.code();
    let select = select(options, move |index| form.pick(field, index.checked_sub(1)))
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
            let text = match file.size() <= LONGEST {
                true => JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()),
                false => None,
            };
            form.look(Some(text.unwrap_or_default()));
        });
    })
}
