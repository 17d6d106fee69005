use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::Saving;
use crate::page::dates::written;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::Modal;
use crate::text::Catalogue;

/// Whether the analysis is remembered, and what is kept.
pub(crate) fn keeping(t: &'static Catalogue, session: Session) -> El {
    let (saving, text) = (session.saving, &t.saving);
    let input = el("input").attr("type", "checkbox").attr("aria-describedby", "remember-help");
    let element: HtmlInputElement = input.cast();
    let shown = element.clone();
    let input = input
        .on("change", move |_| {
            session.remember(element.checked());
            // The browser may have refused.
            element.set_checked(saving.on.get_untracked());
        })
        .whenever(move || shown.set_checked(saving.on.get()));
    let switch = el("label").class("switch").add(input).text(" ").text(text.remember);
    let state = move || {
        let mut lines = Vec::new();
        if let Some(trouble) = saving.trouble.get() {
            lines.push(text_el("p", trouble.text(t)).class("error"));
        }
        // The files are what decides it.
        session.files.track();
        if Saving::of_endpoint() {
            lines.push(text_el("p", text.not_endpoint));
        } else if session.has_sample() {
            lines.push(text_el("p", text.not_sample));
        } else if saving.on.get() && saving.kept.with(Option::is_none) {
            lines.push(text_el("p", text.waiting));
        }
        if let Some(kept) = saving.kept.get() {
            let kept = (text.kept)(&t.bytes(kept.bytes), &written(t, kept.day));
            let forget = button(text.forget, move || session.forget()).class("link");
            lines.push(el("p").text(&kept).text(" ").add(forget));
        } else if saving.forgotten.get() {
            lines.push(text_el("p", text.forgotten));
        }
        lines
    };
    el("div")
        .class("keeping")
        .add(switch)
        .add(text_el("p", text.remember_help).class("weak").attr("id", "remember-help"))
        .add(el("div").lives(state))
}

/// The dialog that saves a file, while it is open.
pub(crate) fn save_dialog(session: Session) -> Option<El> {
    if !session.saving.dialog.get() {
        return None;
    }
    let t = session.texts();
    let closed = move || session.saving.dialog.set(false);
    let modal = Modal::new(session, t.saving.title, "box", "save-title", closed);
    let sample = session.has_sample().then(|| text_el("p", t.saving.of_sample));
    let body = el("div").adds(t.saving.about.iter().map(|text| text_el("p", text))).adds(sample);
    let save = {
        let modal = modal.clone();
        move || {
            modal.close();
            session.save_analysis();
        }
    };
    let save = button(t.saving.save, save).class("primary");
    let cancel = modal.close_button(t.mapping.cancel);
    Some(modal.with(body, [save, cancel]))
}
