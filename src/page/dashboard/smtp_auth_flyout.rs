use leptos::prelude::*;

use super::span::Span;
use super::tls_usage::TlsUsage;
use crate::page::session::Session;
use crate::page::shell::{Fictitious, Modal, close};
use crate::page::view::View;
use crate::text::Catalogue;

/// The flyout "SMTP Auth clients" (SA-02).
#[component]
pub(crate) fn SmtpAuthFlyout(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
) -> impl IntoView {
    let dialog = NodeRef::new();
    let smtp = Memo::new(move |_| session.dashboard.with(|dashboard| dashboard.smtp_auth));
    let period = Signal::derive(move || smtp.get().map(|smtp| smtp.period));
    let counts = move || smtp.get().map(|smtp| smtp.counts).unwrap_or_default();
    let senders = move || smtp.get().map_or(0, |smtp| smtp.senders);
    view! {
        <Modal
            t=t
            title=t.smtp.title
            class="flyout"
            id="flyout-title"
            dialog=dialog
            on_close=move || session.flyout.set(None)
        >
            <div class="dialog-body">
                <Fictitious t=t session=session/>
                <Span t=t period=period/>
                <p>{move || (t.smtp.sentence)(senders(), &counts())}</p>
                <p>{t.smtp.explanation}</p>
                {move || view! { <TlsUsage t=t name=t.smtp.usage counts=counts()/> }}
                <p class="report-link">
                    <a href=View::Senders.href() on:click=move |_| close(dialog)>
                        {t.smtp.report_link}
                    </a>
                </p>
            </div>
            <div class="dialog-foot">
                <button type="button" class="primary" on:click=move |_| close(dialog)>
                    {t.dialogs.close}
                </button>
            </div>
        </Modal>
    }
}
