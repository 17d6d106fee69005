use leptos::prelude::*;

use super::flyout::flyout;
use super::tls_usage::tls_usage;
use crate::page::dom::{El, el, text_el};
use crate::page::session::Session;
use crate::page::shell::window_link;
use crate::report::ReportKind;
use crate::text::Catalogue;

/// The flyout "Messages protected in transit (by TLS)" (OI-05 to OI-10).
pub(super) fn mail_flow_flyout(t: &'static Catalogue, session: Session) -> El {
    let flow = Memo::new(move |_| session.dashboard.with(|dashboard| dashboard.mail_flow));
    let help = [
        (t.flyout.help_connectors, CONNECTORS),
        (t.flyout.help_tls, TLS),
        (t.flyout.help_encryption, ENCRYPTION),
    ]
    .map(|(text, href)| el("li").add(window_link(t, text, href)));
    let usage = move || {
        let flow = flow.get();
        let period = flow.map(|flow| flow.period);
        let outbound = flow.map(|flow| flow.outbound).unwrap_or_default();
        let inbound = flow.map(|flow| flow.inbound).unwrap_or_default();
        vec![
            text_el("p", t.flyout.explanation),
            tls_usage(t, t.flow.outbound, Some(t.flyout.outbound_is), period, &outbound),
            tls_usage(t, t.flow.inbound, Some(t.flyout.inbound_is), period, &inbound),
        ]
    };
    flyout(
        t,
        session,
        t.flyout.title,
        move || flow.get().map(|flow| flow.period),
        usage,
        (t.flyout.connector_report, ReportKind::Connectors),
        vec![text_el("h3", t.flyout.help), el("ul").adds(help)],
    )
}

// Without a language in the address: the site takes the reader's own.
const CONNECTORS: &str = "https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/use-connectors-to-configure-mail-flow";
const TLS: &str =
    "https://learn.microsoft.com/purview/exchange-online-uses-tls-to-secure-email-connections";
const ENCRYPTION: &str =
    "https://learn.microsoft.com/purview/technical-reference-details-about-encryption";
