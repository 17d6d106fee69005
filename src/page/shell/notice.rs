use leptos::prelude::*;

use super::{Picture, icon};
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;

/// Something that went wrong, until it is dismissed. The live region says it
/// aloud, so that this does not.
pub(crate) fn notice(session: Session) -> Option<El> {
    let text = session.notice.get()?;
    let dismiss = button("", move || session.notice.set(None))
        .class("icon-button")
        .attr("aria-label", session.texts().shell.dismiss)
        .add(icon(Picture::Close));
    Some(
        el("div").class("notice").add(icon(Picture::Warning)).add(text_el("p", &text)).add(dismiss),
    )
}
