use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlInputElement, KeyboardEvent};

use super::{Modal, labelled};
use crate::page::dom::{El, button, el, text_el};
use crate::page::reading::is_token;
use crate::page::session::Session;

/// Asks for the token that the endpoint wants. It is kept by the session, in
/// memory only; nothing here remembers it.
pub(crate) fn token(session: Session) -> Option<El> {
    let wrong = session.token.get()?;
    let t = session.texts();
    let given = Rc::new(RefCell::new(None));
    let closed = {
        let given = Rc::clone(&given);
        move || {
            session.token.set(None);
            session.give_token(given.borrow_mut().take());
        }
    };
    let modal = Modal::new(session, t.endpoint.token_title, "box", "token-title", closed);
    let input = el("input")
        .attr("type", "password")
        .attr("id", "token-value")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "token-trouble")
        .flag("autofocus", true);
    let element: HtmlInputElement = input.cast();
    let trouble = RwSignal::new(if wrong { t.endpoint.token_wrong } else { "" });
    let go = {
        let modal = modal.clone();
        move || {
            let value = element.value().trim().to_owned();
            if !is_token(&value) {
                return trouble.set(t.endpoint.token_not_one);
            }
            element.set_value("");
            given.replace(Some(value));
            modal.close();
        }
    };
    let enter = go.clone();
    let input = input.on("keydown", move |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Enter") {
            event.prevent_default();
            enter();
        }
    });
    let said = el("p").attr("id", "token-trouble").attr("role", "alert");
    let body = el("div")
        .add(text_el("p", &(t.endpoint.token_why)(&session.endpoint_address())))
        .add(labelled("token-value", t.endpoint.token, input))
        .add(said.live_text(move || trouble.get().to_owned()));
    let send = button(t.endpoint.token_send, go).class("primary");
    let cancel = modal.close_button(t.endpoint.cancel);
    Some(modal.with(body, [send, cancel]))
}
