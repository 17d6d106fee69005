use js_sys::{Array, JsString};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{ClipboardEvent, DataTransfer, Element, File, HtmlElement};

use super::{Modal, labelled};
use crate::page::dom::{El, button, el, text_el};
use crate::page::reading::Found;
use crate::page::session::Session;
use crate::text::Catalogue;

/// A pasted text of so many UTF-16 units is read at once, not shown in a field:
/// browsers take seconds to lay out what would be read in an instant.
const LONG: u32 = 200_000;

#[wasm_bindgen]
extern "C" {
    /// A `DataTransfer` whose text stays the browser's: it may be long.
    type Clipboard;
    #[wasm_bindgen(method, js_name = getData)]
    fn data(this: &Clipboard, format: &str) -> JsString;

    /// A `textarea` whose value stays the browser's.
    type Area;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Area) -> JsString;
    #[wasm_bindgen(method, getter, js_name = selectionStart)]
    fn start(this: &Area) -> u32;
    #[wasm_bindgen(method, getter, js_name = selectionEnd)]
    fn end(this: &Area) -> u32;
}

/// Opens the dialog that takes a text.
pub(crate) fn paste_button(t: &'static Catalogue, session: Session) -> El {
    button(t.paste.open, move || session.pasting.set(true))
}

/// Reads what is pasted anywhere on the page, but where it is typed in.
pub(crate) fn paste_target(session: Session) {
    let pasted = move |event: ClipboardEvent| {
        const TYPED_IN: &str = "input, textarea, [contenteditable]";
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let typed_in = target.is_some_and(|target| !matches!(target.closest(TYPED_IN), Ok(None)));
        // The dialog's field takes it.
        if typed_in || session.pasting.get_untracked() {
            return;
        }
        let Some(data) = event.clipboard_data() else { return };
        if is_of_files(&data) {
            event.prevent_default();
            return session.hand_in(Found::in_drop(&data));
        }
        let text = text_of(&data);
        if text.length() > 0 {
            event.prevent_default();
            read(session, &Array::of1(&text));
        }
    };
    let listener = window_event_listener(ev::paste, pasted);
    on_cleanup(move || listener.remove());
}

/// Whether files were copied. What a spreadsheet copies has a picture of
/// itself beside its text, and markup.
fn is_of_files(data: &DataTransfer) -> bool {
    let has = |kind: &str| data.types().includes(&JsValue::from_str(kind), 0);
    has("Files") && !has("text/html")
}

fn text_of(data: &DataTransfer) -> JsString {
    data.unchecked_ref::<Clipboard>().data("text/plain")
}

/// Reads a text as a file, which can be read again.
fn read(session: Session, parts: &Array) {
    let t = session.language.get_untracked().texts();
    let number = session.pasted.get_value() + 1;
    session.pasted.set_value(number);
    let name = match number {
        1 => t.paste.name.to_owned(),
        _ => format!("{} {number}", t.paste.name),
    };
    // Fails only for a browser without the memory for it.
    match File::new_with_str_sequence(parts, &name) {
        Ok(file) => session.hand_in(Found::made(file, name)),
        Err(_) => session.warn(t.paste.too_long.to_owned()),
    }
}

/// Takes a text, typed or pasted.
pub(crate) fn paste(session: Session) -> Option<El> {
    if !session.pasting.get() {
        return None;
    }
    let t = session.texts();
    let closed = move || session.pasting.set(false);
    let modal = Modal::new(session, t.paste.title, "box wide", "paste-title", closed);
    let fault = RwSignal::new(false);
    let area = el("textarea").attr("id", "paste-text").attr("rows", "12").attr("wrap", "off");
    let area = area.attr("spellcheck", "false").attr("autocomplete", "off").flag("autofocus", true);
    let area = area.attr("aria-describedby", "paste-help paste-fault");
    let element: HtmlElement = area.cast();
    let long = {
        let (modal, element) = (modal.clone(), element.clone());
        move |event: web_sys::Event| {
            let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
            let Some(text) = event.clipboard_data().map(|data| text_of(&data)) else { return };
            if text.length() < LONG {
                return;
            }
            event.prevent_default();
            let area: &Area = element.unchecked_ref();
            let value = area.value();
            let before = value.slice(0, area.start());
            let behind = value.slice(area.end(), value.length());
            modal.close();
            read(session, &Array::of3(&before, &text, &behind));
        }
    };
    let area = area.on("paste", long).on("input", move |_| fault.set(false));
    let go = {
        let modal = modal.clone();
        move || {
            let value = element.unchecked_ref::<Area>().value();
            if value.trim().length() == 0 {
                fault.set(true);
                // Fails only for an element that is gone.
                element.focus().unwrap_or_default();
                return;
            }
            modal.close();
            read(session, &Array::of1(&value));
        }
    };
    let said = el("p").class("error").attr("id", "paste-fault").attr("role", "alert");
    let nothing = move || if fault.get() { t.paste.nothing.to_owned() } else { String::new() };
    let body = el("div")
        .add(labelled("paste-text", t.paste.label, area))
        .add(text_el("p", t.paste.help).class("weak").attr("id", "paste-help"))
        .add(said.live_text(nothing));
    let go = button(t.paste.read, go).class("primary");
    let cancel = modal.close_button(t.endpoint.cancel);
    Some(modal.with(body, [go, cancel]))
}
