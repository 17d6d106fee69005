//! Single keys that do what a button, link or field of the view does: the element says so itself
//! (`aria-keyshortcuts`), so what is not on the page has no key.

mod list;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent};

pub(super) use self::list::{key_list, keys_button};
use super::dom::El;
use super::remembered;

/// The attribute in which an element names its key.
const ATTRIBUTE: &str = "aria-keyshortcuts";
/// Where keys are typed or chosen with, and so mean themselves.
const TYPED_IN: &str =
    "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

/// The key of the list of keys.
pub(crate) const LIST: &str = "?";
/// Chooses files.
pub(crate) const OPEN: &str = "o";
/// Opens the filter.
pub(crate) const FILTER: &str = "f";
/// Switches between chart and table.
pub(crate) const SWITCH: &str = "t";
/// Goes to the search.
pub(crate) const SEARCH: &str = "/";
/// Exports the table.
pub(crate) const EXPORT: &str = "e";

/// The keys, as far as the person wants them.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    /// Whether the list is open.
    shown: RwSignal<bool>,
    /// Whether they do anything.
    on: RwSignal<bool>,
}

impl Keys {
    /// Listens to them, unless the person switched them off.
    pub(super) fn new() -> Self {
        let keys = Self { shown: RwSignal::new(false), on: RwSignal::new(remembered::has_keys()) };
        let listener =
            window_event_listener(leptos::ev::keydown, move |event| keys.pressed(&event));
        on_cleanup(move || listener.remove());
        keys
    }

    fn pressed(self, event: &KeyboardEvent) {
        let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
        let taken = event.default_prevented() || event.is_composing() || event.repeat();
        if modified || taken || !self.on.get_untracked() || is_elsewhere(event) {
            return;
        }
        let Some(element) = key_of(event).and_then(|key| named(&key)) else { return };
        event.prevent_default();
        // So that a dialog gives the focus back to it.
        element.focus().unwrap_or_default();
        element.click();
    }
}

impl El {
    /// Says that `key` does what a click does.
    pub(crate) fn key(self, key: &str) -> Self {
        self.attr(ATTRIBUTE, key)
    }
}

/// Whether the key is meant for a field or a dialog.
fn is_elsewhere(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let typed_in = target.is_some_and(|target| !matches!(target.closest(TYPED_IN), Ok(None)));
    typed_in || !matches!(document().query_selector("dialog[open]"), Ok(None))
}

/// The key by what it writes; where it writes no Latin letter (a Korean keyboard writes syllables), by
/// where it is.
fn key_of(event: &KeyboardEvent) -> Option<String> {
    let key = event.key();
    if key.is_ascii() && key.len() == 1 {
        return Some(key.to_ascii_lowercase());
    }
    Some(event.code().strip_prefix("Key")?.to_ascii_lowercase())
}

/// What is on the page for that key, and can be used.
fn named(key: &str) -> Option<HtmlElement> {
    // Else it would end the selector early.
    if key == "\"" || key == "\\" {
        return None;
    }
    let selector = format!("[{ATTRIBUTE}=\"{key}\"]:not(:disabled)");
    document().query_selector(&selector).ok()??.dyn_into().ok()
}
