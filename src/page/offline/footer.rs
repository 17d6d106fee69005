use leptos::prelude::*;

use super::{Offline, State, version};
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;

/// Which mailflow this is, and how it stands to the network.
pub(crate) fn footer(session: Session) -> El {
    let shown = move || {
        let t = session.texts();
        let text = &t.offline;
        let name = [t.shell.title, " ", &version()].concat();
        let name = text_el("span", &name);
        let said = |text: &str| Some(text_el("span", text));
        let act = |label: &str| Some(button(label, Offline::update).class("link"));
        let state = session.offline.state.get();
        let stands = match &state {
            State::Unknown => None,
            State::OneFile => said(text.from_disk),
            State::NotKept => said(text.needs_network),
            State::Preparing => said(text.preparing),
            State::Ready | State::Waiting(_) | State::Replaced => said(text.ready),
        };
        // The news has the same button.
        let action = match &state {
            _ if !session.offline.dismissed.get() => None,
            State::Waiting(_) => act(text.update),
            State::Replaced => act(text.reload),
            _ => None,
        };
        [Some(name), stands, action].into_iter().flatten().collect()
    };
    el("footer").class("foot").lives(shown)
}
