use leptos::prelude::*;

use super::card::Card;
use super::span::Span;
use crate::page::chart::Donut;
use crate::page::session::{Flyout, Session};
use crate::page::shell::Picture;
use crate::report::TlsCounts;
use crate::text::Catalogue;

/// The card "Outbound and inbound mail flow" (OI-01 to OI-05).
#[component]
pub(crate) fn MailFlowCard(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
) -> impl IntoView {
    let flow = Memo::new(move |_| session.dashboard.with(|dashboard| dashboard.mail_flow));
    let filled = Memo::new(move |_| flow.with(Option::is_some));
    let period = Signal::derive(move || flow.get().map(|flow| flow.period));
    let counts = move |outbound| {
        Signal::derive(move || {
            let flow = flow.get();
            flow.map(|flow| if outbound { flow.outbound } else { flow.inbound }).unwrap_or_default()
        })
    };
    let body = move || {
        view! {
            <Span t=t period=period/>
            <div class="directions">
                <Direction t=t session=session outbound=true counts=counts(true)/>
                <Direction t=t session=session outbound=false counts=counts(false)/>
            </div>
        }
    };
    view! {
        <Card
            t=t
            session=session
            id="mail-flow-card"
            picture=Picture::MailFlow
            title=t.flow.title
            filled=filled
            empty=(t.flow.empty, t.flow.empty_help)
            on_details=open
            body=body.into()
        />
    }
}

fn open(session: Session) {
    session.flyout.set(Some(Flyout::MailFlow));
}

#[component]
fn Direction(
    t: &'static Catalogue,
    session: Session,
    outbound: bool,
    counts: Signal<TlsCounts>,
) -> impl IntoView {
    let (name, label) = if outbound {
        (t.flow.outbound, t.flow.outbound_number)
    } else {
        (t.flow.inbound, t.flow.inbound_number)
    };
    view! {
        <div class="direction">
            {move || view! { <Donut t=t name=name counts=counts.get()/> }}
            <div>
                <button type="button" class="number" on:click=move |_| open(session)>
                    <span>{label}</span>
                    " "
                    <b>{move || t.count(counts.get().volume())}</b>
                </button>
                <p>{move || (t.flow.sentence)(outbound, &counts.get())}</p>
            </div>
        </div>
    }
}
