//! The view "Readiness" (RP-04): what breaks if something old is switched off.

mod address;
mod controls;
mod flyout;
mod row;
mod state;
mod summary;
mod words;
mod work_list;

pub(crate) use address::{take, write};
pub(crate) use flyout::row_flyout;
pub(crate) use state::Readying;
pub(crate) use summary::outcome_of;
pub(crate) use words::name as name_of_row;

use std::sync::Arc;

use leptos::prelude::*;

use self::controls::controls;
use self::summary::summary;
use self::work_list::work_list;
use super::dom::{El, button, el, text_el};
use super::report::{applied, view_bar};
use super::session::Session;
use super::shell::remarks;
use crate::page::dates::written_days;
use crate::report::{Filter, Policy, Readiness, Span};
use crate::text::Catalogue;

/// The view.
pub(crate) fn readiness(t: &'static Catalogue, session: Session) -> El {
    let readiness = session.readiness;
    let damaged = move || {
        let note = text_el("p", t.report.old_address).class("note");
        session.reports.damaged.get().then_some(note)
    };
    let body = move || match readiness.answer.get() {
        None => vec![text_el("p", t.shell.loading)],
        Some(answer) => match empty(t, session, &answer) {
            Some(empty) => vec![empty],
            None => summary(t, &answer),
        },
    };
    let remarked = move || {
        let of = |answer: &Option<Arc<Readiness>>| answer.as_ref().map(|answer| answer.remarks);
        remarks(t, &readiness.answer.with(of).unwrap_or_default(), written_days)
    };
    // Stays while its rows change: the search keeps the focus.
    let any = Memo::new(move |_| {
        let any = |answer: &Option<Arc<Readiness>>| {
            answer.as_ref().is_some_and(|answer| answer.outcome.all() > 0)
        };
        readiness.answer.with(any)
    });
    el("div")
        .class("report readiness")
        .add(view_bar(t, session, t.readiness.title))
        .add(text_el("p", t.readiness.intro))
        .live(damaged)
        .add(controls(t, session))
        .add(applied(t, session, |session| {
            let of = |answer: &Option<Arc<Readiness>>| answer.as_ref().map(|a| a.ignored.clone());
            session.readiness.answer.with(of).unwrap_or_default()
        }))
        .lives(remarked)
        .add(el("div").class("report-body").lives(body))
        .live(move || any.get().then(|| work_list(t, session)))
}

/// Why there is nothing to show, and what would give something.
fn empty(t: &'static Catalogue, session: Session, answer: &Readiness) -> Option<El> {
    if answer.outcome.all() > 0 {
        return None;
    }
    let readiness = session.readiness;
    let note = |text: &str| el("div").class("report-empty").add(text_el("p", text));
    let Some((first, last)) = answer.reach else {
        return Some(note(match answer.query.policy {
            Policy::OldTls | Policy::NoTls => t.readiness.no_data,
            Policy::BasicAuth | Policy::SmtpAuth => t.report.no_auth,
            Policy::ForcedTls => t.report.no_connectors,
        }));
    };
    if !answer.query.filter.is_empty() {
        let act = move || session.reports.set_filter(Filter::default());
        return Some(note(t.filters.nothing_passes).add(button(t.filters.remove_all, act)));
    }
    let forced = answer.query.policy == Policy::ForcedTls;
    if let Some(connector) = answer.query.connector.as_ref().filter(|_| forced)
        && !answer.connectors.is_empty()
    {
        let known = answer.connectors.contains(connector) || answer.more_connectors > 0;
        let text = if known { t.report.none_in_period } else { t.report.none_of_this };
        let all = move || readiness.change(|query| query.connector = None);
        return Some(note(text).add(button(t.readiness.all_connectors, all)));
    }
    if answer.query.span == Span::All {
        return Some(note(t.report.none_in_period));
    }
    let label = (t.report.show_days)(&written_days(t, first, last));
    let all = move || readiness.change(|query| query.span = Span::All);
    Some(note(t.report.none_in_period).add(button(&label, all)))
}
