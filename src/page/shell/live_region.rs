use leptos::prelude::*;

use crate::page::dom::{El, el};
use crate::page::session::Session;

/// Says the start and the end of an import to screen readers, and what went
/// wrong; never how far it is.
pub(crate) fn live_region(session: Session) -> El {
    el("div")
        .class("visually-hidden")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .live_text(move || session.announcement.get())
}
