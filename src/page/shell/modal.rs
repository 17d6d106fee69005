use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlDialogElement;

use super::{Icon, Picture};
use crate::text::Catalogue;

/// The browser's own modal dialog: it traps the focus, closes on Esc and
/// gives the focus back.
#[component]
pub(crate) fn Modal(
    /// The language.
    t: &'static Catalogue,
    /// Its title.
    title: &'static str,
    /// `flyout` or `box`.
    class: &'static str,
    /// An id for the title.
    id: &'static str,
    /// The element, by which others can [`close`] it.
    dialog: NodeRef<html::Dialog>,
    /// What happens after it has closed.
    on_close: impl Fn() + 'static,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            // Fails only for an element that is not in the page.
            dialog.show_modal().unwrap_or_default();
        }
    });
    // A press and its release both outside: a text selected beyond the edge
    // must not close what it was selected in.
    let pressed_outside = StoredValue::new(false);
    let is_outside = move |event: &MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlDialogElement>().ok());
        target.is_some() && target == dialog.get_untracked()
    };
    let press = move |event: MouseEvent| pressed_outside.set_value(is_outside(&event));
    let release = move |event: MouseEvent| {
        if pressed_outside.get_value() && is_outside(&event) {
            close(dialog);
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class=class
            aria-labelledby=id
            on:mousedown=press
            on:click=release
            on:close=move |_| on_close()
        >
            <div class="dialog-frame">
                <div class="dialog-bar">
                    <h2 id=id>{title}</h2>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=t.dialogs.close
                        on:click=move |_| close(dialog)
                    >
                        <Icon picture=Picture::Close/>
                    </button>
                </div>
                {children()}
            </div>
        </dialog>
    }
}

/// Closes a dialog; its `on_close` follows.
pub(crate) fn close(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        dialog.close();
    }
}
