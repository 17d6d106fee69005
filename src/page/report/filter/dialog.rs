use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlInputElement, KeyboardEvent};

use super::condition::{Builder, field_id, value_id};
use super::draft::Draft;
use super::saved::saved;
use super::{focus, focus_soon};
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Modal, Picture, choice, icon};
use crate::page::view::View;
use crate::report::{Field, Filter, Join, MOST_CLAUSES};
use crate::text::Catalogue;

/// The dialog in which a filter is made, while it is open.
pub(crate) fn filter_dialog(session: Session) -> Option<El> {
    let reports = session.reports;
    if !reports.filtering.get() {
        return None;
    }
    let t = session.texts();
    let fields = reports.view.with_untracked(|view| match view {
        View::Dashboard => None,
        View::Report(shown) => Some(Field::of_report(shown.query.report)),
        View::Readiness(_) | View::Audit(_) => Some(Field::of_readiness()),
    })?;
    let closed = move || reports.filtering.set(false);
    let modal = Modal::new(session, t.filters.title, "box wide", "filter-title", closed);
    let draft = Draft::new(&untrack(|| reports.filter()));
    let builder = Builder {
        t,
        session,
        draft,
        fields: StoredValue::new(fields),
        faulty: RwSignal::new(None),
    };
    let problem = RwSignal::new(String::new());
    let apply = {
        let modal = modal.clone();
        move || {
            if let Some(filter) = told(builder, problem) {
                modal.close();
                session.announce(&t.filter_sentence(&filter));
                reports.set_filter(filter);
            }
        }
    };
    let on_enter = {
        let apply = apply.clone();
        move |event: web_sys::Event| {
            let enter = event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == "Enter");
            let input =
                event.target().is_some_and(|target| target.is_instance_of::<HtmlInputElement>());
            if enter && input {
                event.prevent_default();
                apply();
            }
        }
    };
    let parts = el("div")
        .class("filter-parts")
        .on("keydown", on_enter)
        .add(join_choice(t, draft, None))
        .add(builder.list(None))
        .add(groups(builder))
        .live(move || {
            draft.is_full().then(|| text_el("p", &(t.filters.too_many)(MOST_CLAUSES)).class("weak"))
        })
        .add(adders(builder));
    let error = el("p").class("error").attr("role", "alert").attr("id", "filter-error");
    let sentence = move || match draft.filter() {
        Ok(filter) if filter.is_empty() => t.filters.none_yet.to_owned(),
        Ok(filter) => t.filter_sentence(&filter),
        Err(_) => String::new(),
    };
    let body = el("div")
        .class("filter-dialog")
        .add(parts)
        .add(error.live_text(move || problem.get()))
        .add(el("p").class("outcome").attr("dir", "auto").live_text(sentence))
        .add(saved(builder, move || told(builder, problem)));
    focus_first(draft);
    let apply = button(t.filters.apply, apply).class("primary");
    let cancel = modal.close_button(t.mapping.cancel);
    Some(modal.with(body, [apply, cancel]))
}

/// The dialog opens where a person begins.
fn focus_first(draft: Draft) {
    let first = untrack(|| draft.conditions(None).first().copied());
    focus_soon(first.map_or_else(|| "filter-join".to_owned(), field_id));
}

/// The filter that is made; else says what is wrong, and goes there.
fn told(builder: Builder, problem: RwSignal<String>) -> Option<Filter> {
    let Builder { t, draft, faulty, .. } = builder;
    match untrack(|| draft.filter()) {
        Ok(filter) => {
            faulty.set(None);
            problem.set(String::new());
            Some(filter)
        }
        Err((id, fault)) => {
            let kind = untrack(|| draft.get(id))?.field.kind();
            let name = (t.filters.condition)(untrack(|| draft.place(id)));
            faulty.set(Some(id));
            problem.set(format!("{name}: {}", (t.filters.fault)(kind, fault)));
            focus(&value_id(id));
            None
        }
    }
}

/// Whether all must hold or any, of the whole or of a group.
fn join_choice(t: &'static Catalogue, draft: Draft, group: Option<u32>) -> El {
    const JOINS: [Join; 2] = [Join::All, Join::Any];
    let join = Memo::new(move |_| draft.join(group));
    let (id, label) = match group {
        None => ("filter-join".to_owned(), t.filters.join),
        Some(group) => (format!("filter-join-{group}"), t.filters.group_join),
    };
    let options = move || {
        let words = [t.filters.all, t.filters.any].into_iter().zip(JOINS);
        words.map(|(word, of)| (word.to_owned(), word.to_owned(), of == join.get())).collect()
    };
    choice(&id, label, options, move |index| {
        if let Some(join) = JOINS.get(index) {
            draft.set_join(group, *join);
        }
    })
}

fn groups(builder: Builder) -> El {
    let Builder { t, draft, .. } = builder;
    el("div").class("conditions").keyed(
        move || draft.groups(),
        move |id| {
            let id = *id;
            let name = move || (t.filters.group)(draft.place_of_group(id));
            let remove = move || {
                draft.remove_group(id);
                focus("filter-add-group");
            };
            let remove = button("", remove)
                .class("icon-button")
                .live_attr("aria-label", move || Some((t.filters.remove)(&name())))
                .add(icon(Picture::Close));
            let add = button("", move || builder.add(Some(id)))
                .class("link")
                .live_attr("disabled", move || draft.is_full().then(String::new))
                .live_text(move || (t.filters.add_to_group)(&name()));
            let bar =
                el("div").class("filter-bar").add(join_choice(t, draft, Some(id))).add(remove);
            let group = el("div")
                .class("filter-group")
                .attr("role", "group")
                .live_attr("aria-label", move || Some(name()))
                .add(bar)
                .add(builder.list(Some(id)))
                .add(add);
            Some(group)
        },
    )
}

fn adders(builder: Builder) -> El {
    let Builder { t, draft, .. } = builder;
    let full = move || draft.is_full().then(String::new);
    let add = button(t.filters.add_condition, move || builder.add(None)).attr("id", "filter-add");
    let add_group = button(t.filters.add_group, move || focus_soon(field_id(draft.add_group())));
    el("div")
        .class("buttons")
        .add(add.live_attr("disabled", full))
        .add(add_group.attr("id", "filter-add-group").live_attr("disabled", full))
}
