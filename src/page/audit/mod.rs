//! The view "Audit report" (RP-07): a form, and the document that it prints.
//!
//! Every figure comes from the worker in one answer, from the functions that
//! the other views are made of; the elements are theirs, too.

mod asked;
mod basis;
mod digests;
mod figures;
mod form;
mod paper;
mod reported;
mod state;
mod work;

pub(crate) use asked::Asked;
pub(crate) use state::Auditing;

use leptos::prelude::*;

use self::form::form;
use self::paper::paper;
use super::dom::{El, el, text_el};
use super::report::view_bar;
use super::session::Session;
use crate::text::Catalogue;

/// The view.
pub(crate) fn audit(t: &'static Catalogue, session: Session) -> El {
    let w = &t.audit;
    let damaged = move || {
        let note = text_el("p", t.report.old_address).class("note");
        session.reports.damaged.get().then_some(note)
    };
    let auditing = session.auditing;
    let body = move || match auditing.answer.get() {
        None => vec![text_el("p", t.shell.loading)],
        Some((answer, made)) => vec![paper(t, session, &answer, made)],
    };
    el("div")
        .class("report audit")
        .add(view_bar(t, session, w.title))
        .add(text_el("p", w.intro).class("audit-intro"))
        .live(damaged)
        .add(form(t, session))
        .add(el("div").class("audit-preview").lives(body))
}
