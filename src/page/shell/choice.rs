use web_sys::{HtmlInputElement, HtmlSelectElement};

use crate::page::dom::{El, el, text_el};
use crate::page::keys::SEARCH;

const SEARCH_ID: &str = "search";

/// A native `select` with its label; the `id` is its own. `options` are values, what they are
/// called, and which of them is chosen.
pub(crate) fn choice(
    id: &str,
    label: &str,
    options: impl Fn() -> Vec<(String, String, bool)> + 'static,
    choose: impl Fn(usize) + 'static,
) -> El {
    let options: Box<dyn Fn() -> Vec<(String, String, bool)>> = Box::new(options);
    let select = el("select").attr("id", id).lives(move || {
        let option = |(value, name, chosen): (String, String, bool)| {
            text_el("option", &name).attr("value", &value).flag("selected", chosen)
        };
        options().into_iter().map(option).collect()
    });
    labelled(id, label, chosen(select, Box::new(choose)))
}

/// A native `select` without a label, of options that stay: what they are
/// called, and which of them is chosen.
pub(crate) fn pick(
    options: impl IntoIterator<Item = (String, bool)>,
    choose: impl Fn(usize) + 'static,
) -> El {
    let option = |(name, chosen): (String, bool)| text_el("option", &name).flag("selected", chosen);
    chosen(el("select").adds(options.into_iter().map(option)), Box::new(choose))
}

/// Calls `choose` with what is chosen from now on.
fn chosen(select: El, choose: Box<dyn Fn(usize)>) -> El {
    let element: HtmlSelectElement = select.cast();
    select.on("change", move |_| {
        if let Ok(index) = usize::try_from(element.selected_index()) {
            choose(index);
        }
    })
}

/// An input and its label, apart: what can be chosen is no part of the name.
pub(crate) fn labelled(id: &str, label: &str, input: El) -> El {
    el("div").class("field").add(text_el("label", label).attr("for", id)).add(input)
}

/// The field in which a table is searched.
pub(crate) fn search(
    label: &str,
    value: impl Fn() -> String + 'static,
    enter: impl Fn(String) + 'static,
) -> El {
    labelled(SEARCH_ID, label, input(SEARCH_ID, "search", "input", value, enter).key(SEARCH))
}

/// An `input` with its label; the `id` is its own. It shows `value` whenever that changes, and gives
/// what the person enters at every `event`.
pub(crate) fn field(
    id: &str,
    label: &str,
    kind: &str,
    event: &str,
    value: impl Fn() -> String + 'static,
    enter: impl Fn(String) + 'static,
) -> El {
    labelled(id, label, input(id, kind, event, value, enter))
}

fn input(
    id: &str,
    kind: &str,
    event: &str,
    value: impl Fn() -> String + 'static,
    enter: impl Fn(String) + 'static,
) -> El {
    let input = el("input").attr("id", id).attr("type", kind);
    let element: HtmlInputElement = input.cast();
    let entered = element.clone();
    input.on(event, move |_| enter(entered.value())).whenever(move || {
        let value = value();
        // Else the caret would jump to the end at every key.
        if element.value() != value {
            element.set_value(&value);
        }
    })
}
