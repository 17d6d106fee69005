use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Pickers, Picture, connect_button, icon, paste_button, refresh};
use crate::text::Catalogue;

/// Where a person sees that files can be dropped. The whole window takes them.
pub(crate) fn drop_zone(t: &'static Catalogue, session: Session, pickers: &Pickers) -> El {
    let sample = button(t.start.try_sample, move || session.try_sample()).class("link");
    let note = text_el("span", t.start.sample_note).class("weak");
    el("div")
        .class("drop-zone")
        .add(icon(Picture::Drop))
        .add(text_el("p", t.start.drop_here).class("drop-here"))
        .add(text_el("p", t.start.drop_kinds).class("weak"))
        .add(text_el("p", t.paste.hint).class("weak"))
        .add(
            el("div")
                .class("buttons")
                .adds(pickers.buttons(t))
                .add(paste_button(t, session))
                .add(connect_button(t, session))
                .live(move || refresh(t, session)),
        )
        .add(el("p").class("sample").add(sample).add(note))
}
