use leptos::prelude::Set as _;

use super::span::span;
use crate::page::dom::{El, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Modal, fictitious};
use crate::report::{Period, ReportKind};
use crate::text::Catalogue;

/// A flyout: the period, the `figures`, the link to a report, and what comes
/// below it.
pub(super) fn flyout(
    t: &'static Catalogue,
    session: Session,
    title: &str,
    period: impl Fn() -> Option<Period> + 'static,
    figures: impl Fn() -> Vec<El> + 'static,
    (link, kind): (&str, ReportKind),
    below: Vec<El>,
) -> El {
    let closed = move || session.flyout.set(None);
    let modal = Modal::new(session, title, "flyout", "flyout-title", closed);
    let leave = {
        let modal = modal.clone();
        move |_| modal.close()
    };
    let link =
        text_el("a", link).attr("href", &session.reports.view_of(kind).href()).on("click", leave);
    let close = modal.close_button(t.dialogs.close).class("primary");
    let body = el("div")
        .live(move || fictitious(t, session))
        .add(span(t, period))
        .lives(figures)
        .add(el("p").class("report-link").add(link))
        .adds(below);
    modal.with(body, [close])
}
