use leptos::prelude::*;

use crate::page::dates::written;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Picture, icon};

/// Says that what is shown was remembered, or that something is, on the first
/// screen.
pub(crate) fn kept_bar(session: Session) -> Option<El> {
    let saving = session.saving;
    let t = session.texts();
    let started = session.started.get();
    let bar = || el("div").class("notice kept");
    let dismiss = move |act: fn(Session)| {
        button("", move || act(session))
            .class("icon-button")
            .attr("aria-label", t.shell.dismiss)
            .add(icon(Picture::Close))
    };
    if !started && saving.forgotten.get() {
        let close = dismiss(|session| session.saving.forgotten.set(false));
        return Some(bar().add(text_el("p", t.saving.forgotten)).add(close));
    }
    if let Some(trouble) = saving.trouble.get().filter(|_| !started) {
        return Some(
            bar()
                .class("notice kept warning")
                .add(icon(Picture::Warning))
                .add(text_el("p", trouble.text(t))),
        );
    }
    let day = written(t, saving.kept.get()?.day);
    let forget = button(t.saving.forget, move || session.forget());
    if !started {
        let open = button(t.saving.open_kept, move || session.restore());
        return Some(bar().add(text_el("p", &(t.saving.can_open)(&day))).add(open).add(forget));
    }
    if !saving.restored.get() {
        return None;
    }
    let close = dismiss(|session| session.saving.restored.set(false));
    Some(bar().add(text_el("p", &(t.saving.restored)(&day))).add(forget).add(close))
}
