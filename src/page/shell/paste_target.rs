use js_sys::Array;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{ClipboardEvent, Element, File};

use crate::page::reading::Found;
use crate::page::session::Session;

/// Makes the page take files and text that are pasted anywhere but into a
/// field: the headers of a mail, say.
pub(crate) fn paste_target(session: Session) {
    let pasted = move |event: ClipboardEvent| {
        let into_field = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|element| element.matches("input, textarea, dialog *").unwrap_or(false));
        let Some(data) = event.clipboard_data().filter(|_| !into_field) else { return };
        let text = data.get_data("text/plain").unwrap_or_default();
        let found = if text.trim().is_empty() {
            Found::in_drop(&data)
        } else {
            let name = session.texts().start.pasted;
            let parts = Array::of1(&JsValue::from_str(&text));
            // Fails only for parts that are none.
            let Ok(file) = File::new_with_str_sequence(&parts, name) else { return };
            Found::of_file(file)
        };
        if !found.is_empty() {
            event.prevent_default();
            session.hand_in(found);
        }
    };
    let listener = window_event_listener(ev::paste, pasted);
    on_cleanup(move || listener.remove());
}
