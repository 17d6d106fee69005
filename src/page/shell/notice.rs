use leptos::prelude::*;

use super::{Picture, icon};
use crate::mail::Day;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::report::Remarks;
use crate::text::Catalogue;

/// Something that the person should know, until it is dismissed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// What is to be known.
    pub(crate) text: String,
    /// It went wrong.
    pub(crate) is_trouble: bool,
}

impl Notice {
    /// What is good to know.
    pub(crate) fn note(text: &str) -> Self {
        Self { text: text.to_owned(), is_trouble: false }
    }
}

/// The notice that is to be seen. The live region says it aloud, so that this does not.
pub(crate) fn notice(session: Session) -> Option<El> {
    let Notice { text, is_trouble } = session.notice.get()?;
    let dismiss = button("", move || session.notice.set(None))
        .class("icon-button")
        .attr("aria-label", session.texts().shell.dismiss)
        .add(icon(Picture::Close));
    let (class, picture) =
        if is_trouble { ("notice warning", Picture::Warning) } else { ("notice", Picture::Note) };
    Some(el("div").class(class).add(icon(picture)).add(text_el("p", &text)).add(dismiss))
}

/// What is to be said beside figures; `days` writes the first and the last day of some.
pub(crate) fn remarks(
    t: &'static Catalogue,
    remarks: &Remarks,
    days: fn(&'static Catalogue, Day, Day) -> String,
) -> Vec<El> {
    let texts = t.remarks(remarks, &|first, last| days(t, first, last));
    texts.iter().map(|text| text_el("p", text).class("weak")).collect()
}
