use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Picture, fictitious, icon, view_title};
use crate::page::view::View;
use crate::text::Catalogue;

/// Title and way back of a report, and its table once the rows are there.
pub(super) fn frame(
    t: &'static Catalogue,
    session: Session,
    title: &str,
    body: impl Fn() -> Vec<El> + 'static,
) -> El {
    let back = button("", || View::Dashboard.open())
        .class("back")
        .add(icon(Picture::Chevron))
        .text(t.shell.back);
    let bar = el("div")
        .class("view-bar")
        .add(back)
        .add(view_title(title))
        .live(move || fictitious(t, session));
    el("div")
        .class("report")
        .add(bar)
        .add(text_el("p", t.report.shares_note).class("weak"))
        .lives(body)
}
