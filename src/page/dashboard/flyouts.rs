use leptos::prelude::*;

use super::mail_flow_flyout::mail_flow_flyout;
use super::smtp_auth_flyout::smtp_auth_flyout;
use crate::page::dom::El;
use crate::page::session::{Flyout, Session};

/// The flyout that is open.
pub(crate) fn flyouts(session: Session) -> Option<El> {
    let t = session.texts();
    Some(match session.flyout.get()? {
        Flyout::MailFlow => mail_flow_flyout(t, session),
        Flyout::SmtpAuth => smtp_auth_flyout(t, session),
    })
}
