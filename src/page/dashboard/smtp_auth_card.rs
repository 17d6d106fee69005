use leptos::prelude::*;

use super::card::Card;
use super::span::Span;
use crate::page::chart::Donut;
use crate::page::session::{Flyout, Session};
use crate::page::shell::Picture;
use crate::text::Catalogue;

/// The card "SMTP Auth clients" (SA-01).
#[component]
pub(crate) fn SmtpAuthCard(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
) -> impl IntoView {
    let smtp = Memo::new(move |_| session.dashboard.with(|dashboard| dashboard.smtp_auth));
    let filled = Memo::new(move |_| smtp.with(Option::is_some));
    let period = Signal::derive(move || smtp.get().map(|smtp| smtp.period));
    let counts = move || smtp.get().map(|smtp| smtp.counts).unwrap_or_default();
    let senders = move || smtp.get().map_or(0, |smtp| smtp.senders);
    let body = move || {
        view! {
            <Span t=t period=period/>
            <div class="directions">
                <div class="direction">
                    {move || view! { <Donut t=t name=t.smtp.title counts=counts()/> }}
                    <div>
                        <p class="senders">
                            <b>{move || t.count(senders())}</b>
                            " "
                            <span>{t.smtp.senders_label}</span>
                        </p>
                        <button type="button" class="number" on:click=move |_| open(session)>
                            <span>{t.smtp.messages_label}</span>
                            " "
                            <b>{move || t.count(counts().volume())}</b>
                        </button>
                        <p>{move || (t.smtp.sentence)(senders(), &counts())}</p>
                    </div>
                </div>
            </div>
        }
    };
    view! {
        <Card
            t=t
            session=session
            id="smtp-auth-card"
            picture=Picture::Key
            title=t.smtp.title
            filled=filled
            empty=(t.smtp.empty, t.smtp.empty_help)
            on_details=open
            body=body.into()
        />
    }
}

fn open(session: Session) {
    session.flyout.set(Some(Flyout::SmtpAuth));
}
