use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{DragEvent, Node};

use super::{Picture, icon};
use crate::page::dom::{El, el};
use crate::page::reading::Found;
use crate::page::session::Session;

/// Makes the whole window take files and folders; the element says so while
/// something is held over it.
pub(crate) fn drop_target(session: Session) -> El {
    // The elements that the pointer is over. A counter would drift when one of
    // them leaves the page during a drag; these are looked at instead.
    let over = RwSignal::new_local(Vec::<Node>::new());
    let target = |event: &DragEvent| event.target().and_then(|target| target.dyn_into().ok());
    let enter = move |event: DragEvent| {
        if !holds_files(&event) {
            return;
        }
        event.prevent_default();
        over.update(|over| {
            over.retain(Node::is_connected);
            over.extend(target(&event));
        });
    };
    let hover = move |event: DragEvent| {
        if holds_files(&event) {
            event.prevent_default();
            if let Some(data) = event.data_transfer() {
                data.set_drop_effect("copy");
            }
        }
    };
    let leave = move |event: DragEvent| {
        let left = target(&event);
        over.update(|over| over.retain(|node| node.is_connected() && Some(node) != left.as_ref()));
    };
    let dropped = move |event: DragEvent| {
        over.set(Vec::new());
        if !holds_files(&event) {
            return;
        }
        // Else the browser would leave the page and show the file.
        event.prevent_default();
        if let Some(data) = event.data_transfer() {
            session.hand_in(Found::in_drop(&data));
        }
    };
    for listener in [
        window_event_listener(ev::dragenter, enter),
        window_event_listener(ev::dragover, hover),
        window_event_listener(ev::dragleave, leave),
        window_event_listener(ev::drop, dropped),
    ] {
        on_cleanup(move || listener.remove());
    }
    el("div").live(move || {
        over.with(|over| !over.is_empty()).then(|| {
            let text = el("div").add(icon(Picture::Drop)).text(session.texts().shell.drop_to_read);
            el("div").class("drop-overlay").attr("aria-hidden", "true").add(text)
        })
    })
}

fn holds_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&JsValue::from_str("Files"), 0))
}
