//! The cards and their flyouts.

mod card;
mod flyouts;
mod mail_flow_card;
mod mail_flow_flyout;
mod smtp_auth_card;
mod smtp_auth_flyout;
mod span;
mod tls_usage;

pub(crate) use flyouts::Flyouts;

use leptos::prelude::*;

use self::mail_flow_card::MailFlowCard;
use self::smtp_auth_card::SmtpAuthCard;
use super::files::Files;
use super::session::Session;
use super::shell::{Pickers, TITLE_ID};
use crate::text::Catalogue;

/// The cards, and below them what became of the files.
#[component]
pub(crate) fn Dashboard(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
    /// The file inputs.
    pickers: Pickers,
) -> impl IntoView {
    view! {
        <div class="dashboard">
            <div class="view-bar">
                <h1 id=TITLE_ID tabindex="-1">{t.start.dashboard_title}</h1>
                <div class="buttons">
                    <button type="button" class="primary" on:click=move |_| pickers.browse()>
                        {t.start.browse}
                    </button>
                    <button type="button" on:click=move |_| pickers.browse_folder()>
                        {t.start.browse_folder}
                    </button>
                    <button type="button" on:click=move |_| session.try_sample()>
                        {t.start.try_sample}
                    </button>
                </div>
            </div>
            <div class="cards">
                <MailFlowCard t=t session=session/>
                <SmtpAuthCard t=t session=session/>
            </div>
            <Files t=t session=session/>
        </div>
    }
}
