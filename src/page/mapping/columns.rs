use leptos::prelude::*;

use crate::account::{ColumnsNeeded, Field};
use crate::page::session::Session;
use crate::page::shell::{Modal, TableRegion, close};
use crate::text::Catalogue;

/// What a file must have.
const REQUIRED: [Field; 2] = [Field::Time, Field::Tls];

/// "Map columns": which column of a table is what (IM-04).
#[component]
pub(crate) fn MapColumns(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
    /// Place of the file in the list of drops.
    place: u32,
    /// Name of the file.
    name: String,
    /// What is known of it.
    needed: ColumnsNeeded,
) -> impl IntoView {
    let dialog = NodeRef::new();
    let missing = RwSignal::new(String::new());
    let picked = RwSignal::new(guesses(session, place, &needed));
    let fields = Field::ALL.map(|field| select(t, &needed.header, field, picked, missing));
    let sample = sample(t, &needed);
    let header = needed.header;
    let apply = move |_| {
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
        close(dialog);
        session.remap(place, mapping);
    };
    view! {
        <Modal
            t=t
            title=t.mapping.title
            class="box wide"
            id="asking-title"
            dialog=dialog
            on_close=move || session.asking.set(None)
        >
            <div class="dialog-body">
                <p>{(t.mapping.explanation)(&name)}</p>
                {sample}
                <h3>{t.mapping.fields}</h3>
                <div class="map-fields">{fields}</div>
                <p class="error" role="alert">{move || missing.get()}</p>
            </div>
            <div class="dialog-foot">
                <button type="button" class="primary" on:click=apply>{t.mapping.apply}</button>
                <button type="button" on:click=move |_| close(dialog)>{t.mapping.cancel}</button>
            </div>
        </Modal>
    }
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
) -> AnyView {
    let required = REQUIRED.contains(&field);
    let chosen = picked.with_untracked(|picked| {
        picked.iter().find(|(taken, _)| *taken == field).map(|(_, column)| *column)
    });
    let options = header.iter().enumerate().map(|(index, name)| {
        view! {
            <option value=index.to_string() selected=chosen == Some(index)>
                {column_name(t, name, index)}
            </option>
        }
    });
    let choose = move |event| {
        let column = event_target_value(&event).parse().ok();
        missing.set(String::new());
        picked.update(|picked| {
            picked.retain(|(taken, _)| *taken != field);
            picked.extend(column.map(|column| (field, column)));
        });
    };
    // Unique in the page, which shows one such dialog at a time.
    let id = field.code();
    let mark = required.then(|| view! { " " <span class="weak">{t.mapping.required}</span> });
    view! {
        <div class:required=required>
            <label for=id>{(t.words.field)(field)} {mark}</label>
            <select id=id required=required autofocus=field == Field::Time on:change=choose>
                <option value="" selected=chosen.is_none()>{t.mapping.not_there}</option>
                {options.collect::<Vec<_>>()}
            </select>
        </div>
    }
    .into_any()
}

fn sample(t: &'static Catalogue, needed: &ColumnsNeeded) -> AnyView {
    let head = needed.header.iter().enumerate();
    let head =
        head.map(|(index, name)| view! { <th scope="col">{column_name(t, name, index)}</th> });
    let rows = needed.sample.iter().map(|row| {
        let cells = row.iter().map(|cell| view! { <td class="sample-cell">{cell.clone()}</td> });
        view! { <tr>{cells.collect::<Vec<_>>()}</tr> }
    });
    let (head, rows) = (head.collect::<Vec<_>>(), rows.collect::<Vec<_>>());
    view! {
        <TableRegion label=t.mapping.sample>
            <table class="grid small">
                <thead><tr>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}

fn column_name(t: &Catalogue, name: &str, index: usize) -> String {
    if name.trim().is_empty() {
        (t.mapping.column_number)(index as u64 + 1)
    } else {
        name.to_owned()
    }
}
