use leptos::prelude::*;

use super::mail_flow_flyout::MailFlowFlyout;
use super::smtp_auth_flyout::SmtpAuthFlyout;
use crate::page::session::{Flyout, Session};

/// The flyout that is open.
#[component]
pub(crate) fn Flyouts(
    /// The session.
    session: Session,
) -> impl IntoView {
    move || {
        let t = session.texts();
        match session.flyout.get()? {
            Flyout::MailFlow => Some(view! { <MailFlowFlyout t=t session=session/> }.into_any()),
            Flyout::SmtpAuth => Some(view! { <SmtpAuthFlyout t=t session=session/> }.into_any()),
        }
    }
}
