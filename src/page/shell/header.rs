use leptos::prelude::*;
use web_sys::HtmlSelectElement;

use super::{Picture, icon};
use crate::page::app::focus_title;
use crate::page::dom::{El, button, el, text_el};
use crate::page::keys::{Keys, keys_button};
use crate::page::session::Session;
use crate::text::Language;

/// The way past all of this, name of the page, choice of language, and the list of keys.
pub(crate) fn header(session: Session, keys: Keys) -> El {
    let languages = Language::ALL.iter().map(|&language| {
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
    // A link would change the address, which is that of the view.
    let skip = button("", focus_title).class("skip");
    let label = el("span").live_text(move || shell().language.to_owned());
    el("header")
        .class("top")
        .add(skip.live_text(move || session.texts().keys.skip.to_owned()))
        .add(brand.live_text(move || shell().title.to_owned()))
        .add(el("label").class("language").add(label).add(select.on("change", choose)))
        .add(keys_button(session, keys))
}
