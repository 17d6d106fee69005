use leptos::prelude::*;
use web_sys::HtmlSelectElement;

use crate::account::{ColumnsNeeded, Field};
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Modal, cell, column, table};
use crate::text::Catalogue;

/// What a file must have.
const REQUIRED: [Field; 2] = [Field::Time, Field::Tls];

/// "Map columns": which column of a table is what (IM-04), in the file called
/// `name` in `place` in the list of drops.
pub(super) fn map_columns(
    t: &'static Catalogue,
    session: Session,
    place: u32,
    name: &str,
    needed: &ColumnsNeeded,
) -> El {
    let closed = move || session.asking.set(None);
    let modal = Modal::new(t, t.mapping.title, "box wide", "asking-title", closed);
    let missing = RwSignal::new(String::new());
    let picked = RwSignal::new(guesses(session, place, needed));
    let fields = Field::ALL.map(|field| select(t, &needed.header, field, picked, missing));
    let apply = {
        let (modal, header) = (modal.clone(), needed.header.clone());
        move || {
            let picked = picked.get_untracked();
            let lacking = REQUIRED
                .into_iter()
                .filter(|field| picked.iter().all(|(taken, _)| taken != field))
                .map(|field| (t.words.field)(field))
                .collect::<Vec<_>>();
            if !lacking.is_empty() {
                missing.set((t.mapping.missing)(&lacking.join(", ")));
                return;
            }
            let mut mapping = session.mapping(place);
            mapping.columns = picked
                .into_iter()
                .filter_map(|(field, column)| Some((field, header.get(column)?.clone())))
                .collect();
            modal.close();
            session.remap(place, mapping);
        }
    };
    let apply = button(t.mapping.apply, apply).class("primary");
    let cancel = modal.close_button(t.mapping.cancel);
    let error = el("p").class("error").attr("role", "alert");
    let body = el("div")
        .add(text_el("p", &(t.mapping.explanation)(name)))
        .add(sample(t, needed))
        .add(text_el("h3", t.mapping.fields))
        .add(el("div").class("map-fields").adds(fields))
        .add(error.live_text(move || missing.get()));
    modal.with(body, [apply, cancel])
}

/// Field and index of the column taken for it.
type Picked = Vec<(Field, usize)>;

/// What the person said before, else what was recognised.
fn guesses(session: Session, place: u32, needed: &ColumnsNeeded) -> Picked {
    let said = session.mapping(place).columns;
    let said = said.into_iter().filter_map(|(field, header)| {
        Some((field, needed.header.iter().position(|known| *known == header)?))
    });
    let mut picked: Picked = said.collect();
    for (field, column) in &needed.guess {
        if picked.iter().all(|(taken, _)| taken != field) {
            picked.push((*field, *column as usize));
        }
    }
    picked
}

fn select(
    t: &'static Catalogue,
    header: &[String],
    field: Field,
    picked: RwSignal<Picked>,
    missing: RwSignal<String>,
) -> El {
    let required = REQUIRED.contains(&field);
    let chosen = picked.with_untracked(|picked| {
        picked.iter().find(|(taken, _)| *taken == field).map(|(_, column)| *column)
    });
    let option = |value: &str, name: &str, selected| {
        text_el("option", name).attr("value", value).flag("selected", selected)
    };
    let options = header.iter().enumerate().map(|(index, name)| {
        option(&index.to_string(), &column_name(t, name, index), chosen == Some(index))
    });
    // Unique in the page, which shows one such dialog at a time.
    let id = field.code();
    let select = el("select")
        .attr("id", id)
        .flag("required", required)
        .flag("autofocus", field == Field::Time)
        .add(option("", t.mapping.not_there, chosen.is_none()))
        .adds(options);
    let element: HtmlSelectElement = select.cast();
    let choose = move |_| {
        let column = element.value().parse().ok();
        missing.set(String::new());
        picked.update(|picked| {
            picked.retain(|(taken, _)| *taken != field);
            picked.extend(column.map(|column| (field, column)));
        });
    };
    let mark = required.then(|| text_el("span", t.mapping.required).class("weak"));
    let label = text_el("label", (t.words.field)(field)).attr("for", id).text(" ").adds(mark);
    let class = if required { "required" } else { "" };
    el("div").class(class).add(label).add(select.on("change", choose))
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
