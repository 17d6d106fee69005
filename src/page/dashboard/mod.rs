//! The cards and their flyouts.

mod card;
mod direction;
mod flyout;
mod flyouts;
mod mail_flow_card;
mod mail_flow_flyout;
mod readiness_card;
mod smtp_auth_card;
mod smtp_auth_flyout;
mod span;
mod standing_out_card;
mod tls_reports;
mod tls_usage;

pub(crate) use flyouts::flyouts;

use self::mail_flow_card::mail_flow_card;
use self::readiness_card::readiness_card;
use self::smtp_auth_card::smtp_auth_card;
use self::standing_out_card::standing_out_card;
use self::tls_reports::tls_reports;
use leptos::prelude::*;

use super::dom::{El, button, el, text_el};
use super::files::files;
use super::organizations::{organization_choice, overview};
use super::session::Session;
use super::shell::{Pickers, connect_button, paste_button, refresh, view_title};
use crate::text::Catalogue;

/// The cards, below them what other senders report, and what became of the
/// files.
pub(crate) fn dashboard(t: &'static Catalogue, session: Session, pickers: &Pickers) -> El {
    let sample = button(t.start.try_sample, move || session.try_sample());
    let buttons = el("div")
        .class("buttons")
        .adds(pickers.buttons(t))
        .add(paste_button(t, session))
        .add(connect_button(t, session))
        .live(move || refresh(t, session))
        .add(sample)
        .live(move || {
            session.looked_at()?;
            let href = session.auditing.last_view().href();
            Some(text_el("a", t.audit.title).class("button").attr("href", &href))
        });
    let bar = el("div")
        .class("view-bar")
        .add(view_title(t.start.dashboard_title))
        .live(move || organization_choice(t, session, true))
        .add(buttons);
    let is_overview = Memo::new(move |_| session.looked_at().is_none());
    let figures = move || {
        // Its links are of one organization.
        session.organization.track();
        if is_overview.get() {
            return overview(t, session);
        }
        el("div")
            .class("cards")
            .add(mail_flow_card(t, session))
            .add(smtp_auth_card(t, session))
            .add(standing_out_card(t, session))
            .add(readiness_card(t, session))
    };
    el("div")
        .class("dashboard")
        .add(bar)
        .live(move || Some(figures()))
        .live(move || if is_overview.get() { None } else { tls_reports(t, session) })
        .add(files(t, session))
}
