use leptos::prelude::*;

use super::{Picture, icon};
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::report::Remarks;
use crate::text::Catalogue;

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

/// What is to be said beside figures.
pub(crate) fn remarks(t: &'static Catalogue, remarks: &Remarks) -> Vec<El> {
    t.remarks(remarks).iter().map(|text| text_el("p", text).class("weak")).collect()
}
