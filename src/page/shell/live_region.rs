use std::cell::Cell;

use leptos::prelude::*;

use crate::page::dom::{El, el};
use crate::page::session::Session;

/// Says the start and the end of an import to screen readers, and what went
/// wrong; never how far it is.
pub(crate) fn live_region(session: Session) -> El {
    said(move || session.announcement.get())
}

/// The same within a modal dialog, from its opening on: all that is outside of it is inert, and what is inert is not said.
pub(super) fn live_region_of_dialog(session: Session) -> El {
    let opening = Cell::new(true);
    said(move || {
        let now = session.announcement.get();
        if opening.replace(false) { String::new() } else { now }
    })
}

fn said(words: impl Fn() -> String + 'static) -> El {
    el("div")
        .class("visually-hidden")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .live_text(words)
}
