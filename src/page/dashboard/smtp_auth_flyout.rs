use leptos::prelude::*;

use super::flyout::flyout;
use super::tls_usage::tls_usage;
use crate::page::dom::{El, text_el};
use crate::page::session::Session;
use crate::report::ReportKind;
use crate::text::Catalogue;

/// The flyout "SMTP Auth clients" (SA-02).
pub(super) fn smtp_auth_flyout(t: &'static Catalogue, session: Session) -> El {
    let smtp = Memo::new(move |_| session.dashboard.with(|dashboard| dashboard.smtp_auth));
    let usage = move || {
        let smtp = smtp.get();
        let counts = smtp.map(|smtp| smtp.counts).unwrap_or_default();
        let sentence = smtp.map(|smtp| t.sent_sentence(&smtp)).unwrap_or_default();
        let refused = smtp.map_or(0, |smtp| smtp.refused);
        let mut parts = vec![text_el("p", &sentence)];
        parts.extend((refused > 0).then(|| text_el("p", &(t.smtp.refused)(refused))));
        parts.push(text_el("p", t.smtp.explanation));
        parts.push(tls_usage(t, t.smtp.usage, None, smtp.map(|smtp| smtp.period), &counts));
        parts
    };
    flyout(
        t,
        session,
        t.smtp.title,
        move || smtp.get().map(|smtp| smtp.period),
        usage,
        (t.smtp.report_link, ReportKind::Senders),
        Vec::new(),
    )
}
