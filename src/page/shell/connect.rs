use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlInputElement, KeyboardEvent, Url};

use super::{Modal, labelled};
use crate::page::dom::{El, button, el, text_el};
use crate::page::reading::{Source, clock_time, is_one_file};
use crate::page::session::Session;
use crate::text::Catalogue;

/// Opens the dialog that asks for an endpoint.
pub(crate) fn connect_button(t: &'static Catalogue, session: Session) -> El {
    button(t.endpoint.connect, move || session.connecting.set(true))
}

/// Reads the endpoint again, and says when it was read last, if there is one.
pub(crate) fn refresh(t: &'static Catalogue, session: Session) -> Option<El> {
    if !session.has_endpoint.get() {
        return None;
    }
    let busy = move || session.reading.with(Option::is_some);
    // A button that is disabled lets go of the focus; the session hears nothing while it is busy.
    let again = button(t.endpoint.refresh, move || session.refresh())
        .live_attr("aria-disabled", move || busy().then(|| "true".to_owned()));
    let time = move || session.read_at.get().map(|time| (t.endpoint.read_at)(&clock_time(time)));
    let read = el("span").class("weak").live_text(move || time().unwrap_or_default());
    Some(el("span").class("buttons").add(again).add(read))
}

/// Asks for the address of an endpoint, or says why there can be none.
pub(crate) fn connect(session: Session) -> Option<El> {
    if !session.connecting.get() {
        return None;
    }
    let t = session.texts();
    let closed = move || session.connecting.set(false);
    let modal = Modal::new(session, t.endpoint.title, "box", "connect-title", closed);
    if is_one_file() {
        let close = modal.close_button(t.dialogs.close);
        return Some(modal.with(el("div").add(text_el("p", t.endpoint.one_file)), [close]));
    }
    let input = el("input").attr("type", "text").attr("id", "connect-address");
    let input = input.flag("autofocus", true).attr("aria-describedby", "connect-trouble");
    let element: HtmlInputElement = input.cast();
    let trouble = RwSignal::new(String::new());
    let go = move || {
        let source = element.value();
        match Source::to(&source) {
            Ok(_) => load(source.trim()),
            Err(why) => trouble.set((t.endpoint.trouble)(&why)),
        }
    };
    let enter = go.clone();
    let input = input.on("keydown", move |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Enter") {
            event.prevent_default();
            enter();
        }
    });
    let said = el("p").attr("id", "connect-trouble").attr("role", "alert");
    let body = el("div")
        .add(text_el("p", t.endpoint.explanation))
        .add(labelled("connect-address", t.endpoint.address, input))
        .add(said.live_text(move || trouble.get()));
    let connect = button(t.endpoint.connect, go).class("primary");
    let cancel = modal.close_button(t.endpoint.cancel);
    Some(modal.with(body, [connect, cancel]))
}

/// Loads the page anew, in the same view, with the data of `source`.
fn load(source: &str) {
    let location = window().location();
    let now = location.href().unwrap_or_default();
    // Fails only for an address that is none.
    let Ok(url) = Url::new(&now) else { return };
    url.search_params().set("source", source);
    // Going to the same address would not load it again.
    let gone = if url.href() == now { location.reload() } else { location.assign(&url.href()) };
    // Fails only for a document that is going away.
    gone.unwrap_or_default();
}
