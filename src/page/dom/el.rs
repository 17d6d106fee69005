use leptos::prelude::{StoredValue, document};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, throw_val};
use web_sys::{Element, Event, HtmlElement, Node};

use crate::mail::seen;

/// An element of the page. A clone is the same element.
///
/// What is bound to it (listeners, live texts) ends with Leptos' owner in which
/// it was bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct El(Element);

/// A new HTML element.
pub(crate) fn el(tag: &str) -> El {
    // Fails only for a tag that is no name.
    El(document().create_element(tag).unwrap_or_else(|error| throw_val(error)))
}

/// A new element of a drawing.
pub(crate) fn svg_el(tag: &str) -> El {
    let element = document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag);
    El(element.unwrap_or_else(|error| throw_val(error)))
}

/// A new element with a text in it.
pub(crate) fn text_el(tag: &str, text: &str) -> El {
    el(tag).text(text)
}

/// A button and what it does.
pub(crate) fn button(label: &str, act: impl Fn() + 'static) -> El {
    text_el("button", label).attr("type", "button").on("click", move |_| act())
}

/// Whether an attribute is a text for people.
pub(super) fn is_spoken(attribute: &str) -> bool {
    matches!(attribute, "aria-label" | "aria-description" | "aria-valuetext" | "title" | "alt")
}

impl El {
    /// An element that is on the page already.
    pub(crate) fn of(element: Element) -> Self {
        Self(element)
    }

    /// Sets the classes.
    pub(crate) fn class(self, classes: &str) -> Self {
        self.attr("class", classes)
    }

    /// Sets an attribute.
    pub(crate) fn attr(self, name: &str, value: &str) -> Self {
        let value = if is_spoken(name) { seen(value) } else { value.into() };
        // Fails only for a name that is no name.
        self.0.set_attribute(name, &value).unwrap_or_default();
        self
    }

    /// Sets an attribute without a value, if `yes`.
    pub(crate) fn flag(self, name: &str, yes: bool) -> Self {
        if yes { self.attr(name, "") } else { self }
    }

    /// Sets a property of the style, which the page's policy allows where an
    /// attribute is not allowed.
    pub(crate) fn style(self, name: &str, value: &str) -> Self {
        let style = self.0.unchecked_ref::<HtmlElement>().style();
        // Fails only for a style that may not change.
        style.set_property(name, value).unwrap_or_default();
        self
    }

    /// Appends a text, with what would not be seen in it.
    pub(crate) fn text(self, text: &str) -> Self {
        self.append(&document().create_text_node(&seen(text)));
        self
    }

    /// Appends an element.
    #[expect(clippy::needless_pass_by_value, reason = "it is where it belongs then")]
    pub(crate) fn add(self, child: Self) -> Self {
        self.append(&child.0);
        self
    }

    /// Appends elements; an `Option` is none or one.
    pub(crate) fn adds(self, children: impl IntoIterator<Item = Self>) -> Self {
        for child in children {
            self.append(&child.0);
        }
        self
    }

    /// Calls `act` at every event of that name.
    pub(crate) fn on(self, event: &str, act: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(act));
        self
    }

    /// As a type that has more methods. Only where the tag says that it is one.
    pub(crate) fn cast<T: wasm_bindgen::JsCast>(&self) -> T {
        self.0.clone().unchecked_into()
    }

    /// The element itself.
    pub(crate) fn node(&self) -> &Element {
        &self.0
    }

    pub(super) fn append(&self, node: &Node) {
        // Fails only for a node that is an ancestor.
        drop(self.0.append_child(node));
    }

    fn listen(&self, event: &str, act: Box<dyn FnMut(Event)>) {
        let act = Closure::wrap(act);
        let function = act.as_ref().unchecked_ref();
        // Fails only for a listener that is none.
        self.0.add_event_listener_with_callback(event, function).unwrap_or_default();
        // The owner lets go of it when it ends.
        StoredValue::new_local(Listener { of: self.0.clone(), event: event.into(), act });
    }
}

/// Listens until it is dropped: what is about to be removed may still lose the focus, which is an event.
struct Listener {
    of: Element,
    event: Box<str>,
    act: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.act.as_ref().unchecked_ref();
        // Fails only for a listener that is none.
        self.of.remove_event_listener_with_callback(&self.event, function).unwrap_or_default();
    }
}
