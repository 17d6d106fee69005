use web_sys::{HtmlInputElement, HtmlSelectElement};

use crate::page::dom::{El, el, text_el};

/// A native `select` with its label; the `id` is its own. `options` are values, what they are
/// called, and which of them is chosen.
pub(crate) fn choice(
    id: &str,
    label: &str,
    options: impl Fn() -> Vec<(String, String, bool)> + 'static,
    choose: impl Fn(usize) + 'static,
) -> El {
    labelled(id, label, select(options, choose).attr("id", id))
}

/// A native `select` without a label.
pub(crate) fn select(
    options: impl Fn() -> Vec<(String, String, bool)> + 'static,
    choose: impl Fn(usize) + 'static,
) -> El {
    boxed_select(Box::new(options), Box::new(choose))
}

/// What is there once, not once for each pair of functions.
fn boxed_select(
    options: Box<dyn Fn() -> Vec<(String, String, bool)>>,
    choose: Box<dyn Fn(usize)>,
) -> El {
    let select = el("select").lives(move || {
        let option = |(value, name, chosen): (String, String, bool)| {
            text_el("option", &name).attr("value", &value).flag("selected", chosen)
        };
        options().into_iter().map(option).collect()
    });
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
    let input = el("input").attr("id", id).attr("type", kind);
    let element: HtmlInputElement = input.cast();
    let entered = element.clone();
    let input = input.on(event, move |_| enter(entered.value())).whenever(move || {
        let value = value();
        // Else the caret would jump to the end at every key.
        if element.value() != value {
            element.set_value(&value);
        }
    });
    labelled(id, label, input)
}
