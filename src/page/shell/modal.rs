use leptos::prelude::*;
use web_sys::{Event, HtmlDialogElement};

use super::live_region::live_region_of_dialog;
use super::{Picture, icon};
use crate::page::dom::{El, Held, button, el, text_el};
use crate::page::session::Session;

/// The browser's own modal dialog: it traps the focus, closes on Esc and
/// gives the focus back; we do where its opener was built anew meanwhile.
#[derive(Clone)]
pub(crate) struct Modal {
    dialog: El,
    frame: El,
}

impl Modal {
    /// A dialog that opens by itself; `on_close` follows when it has closed.
    /// The `class` is `flyout` or `box`, the `id` is its title's.
    pub(crate) fn new(
        session: Session,
        title: &str,
        class: &str,
        id: &str,
        on_close: impl Fn() + 'static,
    ) -> Self {
        let dialog = el("dialog").class(class).attr("aria-labelledby", id);
        let frame = el("div").class("dialog-frame");
        let modal = Self { dialog: dialog.clone(), frame: frame.clone() };
        let element: HtmlDialogElement = dialog.cast();
        Effect::new({
            let element = StoredValue::new_local(element.clone());
            move |_| {
                // Fails only for an element that is not in the page.
                element.with_value(|dialog| dialog.show_modal().unwrap_or_default());
            }
        });
        let target = dialog.clone();
        let is_outside =
            move |event: &Event| event.target().is_some_and(|hit| hit == *target.node().as_ref());
        // A press and its release both outside: a text selected beyond the edge
        // must not close what it was selected in.
        let pressed_outside = StoredValue::new(false);
        let press = {
            let is_outside = is_outside.clone();
            move |event: Event| pressed_outside.set_value(is_outside(&event))
        };
        let release = {
            let modal = modal.clone();
            move |event: Event| {
                if pressed_outside.get_value() && is_outside(&event) {
                    modal.close();
                }
            }
        };
        let close = {
            let modal = modal.clone();
            move || modal.close()
        };
        let corner = button("", close)
            .class("icon-button")
            .attr("aria-label", session.texts().dialogs.close)
            .add(icon(Picture::Close));
        let bar = el("div").class("dialog-bar");
        let region = live_region_of_dialog(session);
        let mut opener = Held::here();
        let closed = move |_| {
            if let Some(opener) = opener.take() {
                opener.give_back_to_page();
            }
            on_close();
        };
        drop(
            dialog
                .add(frame.add(bar.add(text_el("h2", title).attr("id", id)).add(corner)))
                .add(region)
                .on("mousedown", press)
                .on("click", release)
                .on("close", closed),
        );
        modal
    }

    /// Closes it.
    pub(crate) fn close(&self) {
        self.dialog.cast::<HtmlDialogElement>().close();
    }

    /// A button that closes it.
    pub(crate) fn close_button(&self, label: &str) -> El {
        let modal = self.clone();
        button(label, move || modal.close())
    }

    /// The dialog with its content, and with buttons below.
    pub(crate) fn with(self, body: El, foot: impl IntoIterator<Item = El>) -> El {
        let body = body.class("dialog-body");
        drop(self.frame.add(body).add(el("div").class("dialog-foot").adds(foot)));
        self.dialog
    }
}
