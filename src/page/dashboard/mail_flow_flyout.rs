use leptos::prelude::*;

use super::span::Span;
use super::tls_usage::TlsUsage;
use crate::page::session::Session;
use crate::page::shell::{Fictitious, Modal, close};
use crate::page::view::View;
use crate::text::Catalogue;

/// The flyout "Messages protected in transit (by TLS)" (OI-05 to OI-10).
#[component]
pub(crate) fn MailFlowFlyout(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
) -> impl IntoView {
    let dialog = NodeRef::new();
    let flow = Memo::new(move |_| session.dashboard.with(|dashboard| dashboard.mail_flow));
    let period = Signal::derive(move || flow.get().map(|flow| flow.period));
    let outbound = move || flow.get().map(|flow| flow.outbound).unwrap_or_default();
    let inbound = move || flow.get().map(|flow| flow.inbound).unwrap_or_default();
    let help = [
        (t.flyout.help_connectors, CONNECTORS),
        (t.flyout.help_tls, TLS),
        (t.flyout.help_encryption, ENCRYPTION),
    ]
    .map(|(text, href)| {
        view! {
            <li>
                <a href=href target="_blank" rel="noreferrer noopener">
                    {text}
                    <span class="visually-hidden">" (" {t.flyout.new_window} ")"</span>
                </a>
            </li>
        }
    });
    view! {
        <Modal
            t=t
            title=t.flyout.title
            class="flyout"
            id="flyout-title"
            dialog=dialog
            on_close=move || session.flyout.set(None)
        >
            <div class="dialog-body">
                <Fictitious t=t session=session/>
                <Span t=t period=period/>
                <p>{t.flyout.explanation}</p>
                {move || view! {
                    <TlsUsage
                        t=t
                        name=t.flow.outbound
                        definition=t.flyout.outbound_is
                        counts=outbound()
                    />
                }}
                {move || view! {
                    <TlsUsage
                        t=t
                        name=t.flow.inbound
                        definition=t.flyout.inbound_is
                        counts=inbound()
                    />
                }}
                <p class="report-link">
                    <a href=View::Connectors.href() on:click=move |_| close(dialog)>
                        {t.flyout.connector_report}
                    </a>
                </p>
                <h3>{t.flyout.help}</h3>
                <ul>{help}</ul>
            </div>
            <div class="dialog-foot">
                <button type="button" class="primary" on:click=move |_| close(dialog)>
                    {t.dialogs.close}
                </button>
            </div>
        </Modal>
    }
}

// Without a language in the address: the site takes the reader's own.
const CONNECTORS: &str = "https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/use-connectors-to-configure-mail-flow";
const TLS: &str =
    "https://learn.microsoft.com/purview/exchange-online-uses-tls-to-secure-email-connections";
const ENCRYPTION: &str =
    "https://learn.microsoft.com/purview/technical-reference-details-about-encryption";
