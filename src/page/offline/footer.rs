use leptos::prelude::*;

use super::{Offline, State, version};
use crate::page::dom::{El, button, el, text_el};
use crate::page::reading::is_one_file;
use crate::page::save::save;
use crate::page::session::Session;
use crate::page::shell::window_link;
use crate::text::Catalogue;

/// The notices of those whose work is in the page: a file beside the page, or,
/// in the page as one file, an element of that name (`tools/finish.mjs`).
const LICENCES: &str = "licences";

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
    el("footer").class("foot").lives(shown).live(move || Some(licences(session.texts())))
}

/// Opens the notices; the page as one file has no address for them and saves
/// them.
fn licences(t: &'static Catalogue) -> El {
    let label = t.offline.licences;
    let name = [LICENCES, ".txt"].concat();
    if is_one_file() {
        let text = || document().get_element_by_id(LICENCES).and_then(|own| own.text_content());
        let act = move || save(&name, "text/plain", text().unwrap_or_default().trim_start());
        return button(label, act).class("link");
    }
    window_link(t, label, &["./", &name].concat())
}
