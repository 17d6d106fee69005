use leptos::prelude::*;
use web_sys::HtmlSelectElement;

use super::{Picture, icon};
use crate::page::dom::{El, el, text_el};
use crate::page::session::Session;
use crate::text::Language;

/// Name of the page and choice of language.
pub(crate) fn header(session: Session) -> El {
    let languages = Language::ALL.map(|language| {
        let t = language.texts();
        text_el("option", t.name)
            .attr("value", t.tag)
            .attr("lang", t.tag)
            .flag("selected", session.language.get_untracked() == language)
    });
    let select = el("select").adds(languages);
    let element: HtmlSelectElement = select.cast();
    let choose = move |_| {
        if let Some(language) = Language::of_tag(&element.value()) {
            session.language.set(language);
        }
    };
    let shell = move || &session.texts().shell;
    let brand = el("span").class("brand").add(icon(Picture::MailFlow));
    let label = el("span").live_text(move || shell().language.to_owned());
    el("header")
        .class("top")
        .add(brand.live_text(move || shell().title.to_owned()))
        .add(el("label").class("language").add(label).add(select.on("change", choose)))
}
