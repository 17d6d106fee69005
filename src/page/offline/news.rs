use leptos::prelude::*;

use super::{Offline, State, version};
use crate::page::dom::{El, button, el, text_el};
use crate::page::reading::Source;
use crate::page::session::Session;
use crate::page::shell::{Picture, icon};
use crate::text::Catalogue;

impl State {
    /// What a person is told of it, without being asked.
    pub(super) fn news(&self, t: &'static Catalogue) -> Option<String> {
        match self {
            Self::Waiting(version) => Some((t.offline.waiting)(version)),
            Self::Replaced => Some((t.offline.replaced)(&version())),
            _ => None,
        }
    }
}

/// Says that another version is there, until it is dismissed.
pub(crate) fn news(session: Session) -> Option<El> {
    let offline = session.offline;
    let t = session.texts();
    let state = offline.state.get();
    let said = state.news(t).filter(|_| !offline.dismissed.get())?;
    let waits = matches!(state, State::Waiting(_));
    let label = if waits { t.offline.update } else { t.offline.reload };
    let cost = cost(t, session).filter(|_| waits);
    let dismiss = button("", move || offline.dismissed.set(true))
        .class("icon-button")
        .attr("aria-label", t.shell.dismiss)
        .add(icon(Picture::Close));
    let text = el("div").class("news-text").add(text_el("p", &said));
    Some(
        el("div")
            .class("notice news")
            .add(text.adds(cost.map(|cost| text_el("p", cost).class("weak"))))
            .add(button(label, Offline::update))
            .add(dismiss),
    )
}

/// What is lost when the page is opened anew.
fn cost(t: &'static Catalogue, session: Session) -> Option<&'static str> {
    if !session.started.get() {
        return None;
    }
    session.files.track();
    // An endpoint is read again by itself, but not what was dropped beside it.
    if Source::named().is_some() && session.next_place() <= 1 {
        return None;
    }
    let saving = session.saving;
    let is_kept = saving.on.get() && saving.kept.with(Option::is_some);
    Some(if is_kept && !session.has_sample() { t.offline.remembered } else { t.offline.loses })
}

/// That the browser keeps the page, where it does.
pub(crate) fn kept_here(t: &'static Catalogue, session: Session) -> Option<El> {
    let kept = session.offline.state.with(|state| {
        matches!(state, State::Preparing | State::Ready | State::Waiting(_) | State::Replaced)
    });
    kept.then(|| text_el("p", t.offline.privacy))
}
