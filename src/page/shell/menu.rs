use wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlDetailsElement, HtmlElement, KeyboardEvent};

use crate::page::dom::{El, button, el, text_el};

/// What a person may choose of: its name, and what it does.
pub(crate) type Item = (&'static str, Box<dyn Fn()>);

/// A button that shows a few others. One of them, or Esc, closes it again.
/// `of`: what they act on, for those who do not see where it stands.
pub(crate) fn menu(label: &str, of: &str, items: impl IntoIterator<Item = Item>) -> El {
    let details = el("details").class("menu");
    let element: HtmlDetailsElement = details.cast();
    let summary = text_el("summary", label).attr("aria-label", &named(label, of));
    let focus: HtmlElement = summary.cast();
    let close = move || {
        element.set_open(false);
        // Fails only for an element that is gone.
        focus.focus().unwrap_or_default();
    };
    let escape = {
        let close = close.clone();
        let element: HtmlDetailsElement = details.cast();
        move |event: Event| {
            if element.open() && event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
                // It is not meant for the dialog around.
                event.prevent_default();
                event.stop_propagation();
                close();
            }
        }
    };
    let items = items.into_iter().map(|(name, act)| {
        let close = close.clone();
        let choose = move || {
            act();
            close();
        };
        button(name, choose).attr("aria-label", &named(name, of))
    });
    let list = el("div").class("menu-list").adds(items);
    details.on("keydown", escape).add(summary).add(list)
}

fn named(name: &str, of: &str) -> String {
    if of.is_empty() { name.to_owned() } else { [name, ": ", of].concat() }
}
