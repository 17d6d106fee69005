use leptos::prelude::*;

use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Picture, fictitious, headed, heading};
use crate::text::Catalogue;

/// What a card of the dashboard is.
#[derive(Clone, Copy)]
pub(super) struct Card {
    /// Its classes.
    pub(super) class: &'static str,
    /// An id for the title.
    pub(super) id: &'static str,
    /// Picture beside the title.
    pub(super) picture: Picture,
    /// The title.
    pub(super) title: &'static str,
    /// Whether there are figures.
    pub(super) filled: Memo<bool>,
    /// What to say when there are none, and what would give some.
    pub(super) empty: (&'static str, &'static str),
}

/// A card with its figures. They stay while they change, so that the focus
/// stays too.
pub(super) fn card(
    t: &'static Catalogue,
    session: Session,
    card: Card,
    figures: impl Fn() -> Vec<El> + 'static,
) -> El {
    let Card { filled, empty, .. } = card;
    let busy = Memo::new(move |_| session.reading.with(Option::is_some));
    let nothing = move || {
        if busy.get() {
            return vec![text_el("p", t.shell.loading)];
        }
        let help = text_el("p", empty.1).class("weak");
        vec![el("p").add(text_el("b", empty.0)), help]
    };
    let body = move || {
        if filled.get() { figures() } else { vec![el("div").class("card-empty").lives(nothing)] }
    };
    let mark = move || filled.get().then(|| fictitious(t, session)).flatten();
    let heading = heading(card.id, card.picture, card.title).live(mark);
    headed(card.class, card.id, heading).lives(body)
}

/// The foot of a card: "View details", and what it does.
pub(super) fn details_foot(t: &'static Catalogue, session: Session, act: fn(Session)) -> El {
    let details = button(t.flow.view_details, move || act(session)).class("link");
    el("div").class("card-foot").add(details)
}
