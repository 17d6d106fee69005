use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlInputElement, KeyboardEvent};

use super::condition::Builder;
use super::focus;
use crate::order::sort_by;
use crate::page::dom::{El, button, el, text_el};
use crate::page::remembered;
use crate::page::shell::{choice, labelled};
use crate::report::Filter;

/// A name is never longer, in signs.
const LONGEST_NAME: &str = "80";

/// The filters that the person saved in this browser: to choose, to delete, and
/// to save what is made; `told` gives that.
pub(super) fn saved(builder: Builder, told: impl Fn() -> Option<Filter> + 'static) -> El {
    let Builder { t, session, draft, .. } = builder;
    let known = RwSignal::new(all());
    let chosen = RwSignal::new(None::<String>);
    let fault = RwSignal::new(String::new());
    let name =
        el("input").attr("id", "filter-name").attr("type", "text").attr("autocomplete", "off");
    let name = name.attr("maxlength", LONGEST_NAME).attr("aria-describedby", "filter-name-fault");
    let input: HtmlInputElement = name.cast();
    let save: Rc<dyn Fn()> = Rc::new(move || {
        let name = input.value().trim().to_owned();
        fault.set(String::new());
        if name.is_empty() {
            fault.set(t.filters.no_name.to_owned());
            return focus("filter-name");
        }
        let Some(filter) = told() else { return };
        if remembered::keep_filter(&name, Some(&filter.written())) {
            session.announce(&(t.filters.saved_now)(&name));
            known.set(all());
            chosen.set(Some(name));
        } else {
            fault.set(t.filters.not_saved.to_owned());
        }
    });
    let on_enter = {
        let save = Rc::clone(&save);
        move |event: web_sys::Event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == "Enter") {
                event.prevent_default();
                save();
            }
        }
    };
    let options = move || {
        let first = (String::new(), t.filters.choose_saved.to_owned(), chosen.get().is_none());
        let option = |(name, _): (String, String)| {
            let is = chosen.with(|chosen| chosen.as_ref() == Some(&name));
            (name.clone(), name, is)
        };
        std::iter::once(first).chain(known.get().into_iter().map(option)).collect()
    };
    let choose = move |index: usize| {
        let of = known
            .with_untracked(|known| index.checked_sub(1).and_then(|at| known.get(at).cloned()));
        chosen.set(of.as_ref().map(|(name, _)| name.clone()));
        if let Some((_, text)) = of {
            draft.load(&Filter::read(&text).0);
        }
    };
    let any = Memo::new(move |_| known.with(|known| !known.is_empty()));
    let list = move || any.get().then(|| choice("filter-saved", t.filters.saved, options, choose));
    let delete = move || {
        let name = chosen.get()?;
        let act = {
            let name = name.clone();
            move || {
                remembered::keep_filter(&name, None);
                session.announce(&(t.filters.deleted)(&name));
                // The button goes away, and its list with the last.
                focus("filter-name");
                known.set(all());
                chosen.set(None);
            }
        };
        Some(button(&(t.filters.delete)(&name), act))
    };
    let keep = button(t.filters.save, move || save());
    let fault_text = el("p").class("error").attr("role", "alert").attr("id", "filter-name-fault");
    el("section")
        .class("filter-saved")
        .attr("aria-labelledby", "filter-saved-title")
        .add(text_el("h3", t.filters.saved).attr("id", "filter-saved-title"))
        .add(el("div").class("filter-bar").live(list).live(delete))
        .add(
            el("div")
                .class("filter-bar")
                .add(labelled("filter-name", t.filters.name, name.on("keydown", on_enter)))
                .add(keep),
        )
        .add(fault_text.live_text(move || fault.get()))
        .add(text_el("p", t.filters.save_note).class("weak"))
}

/// Names and filters, by name.
fn all() -> Vec<(String, String)> {
    let mut filters = remembered::filters();
    sort_by(&mut filters, &|a, b| a.0.cmp(&b.0));
    filters
}
