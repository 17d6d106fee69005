use leptos::prelude::*;

use crate::page::session::Session;
use crate::page::shell::{Fictitious, Icon, Picture};
use crate::text::Catalogue;

/// A card of the dashboard. Its body stays while figures change, so that the
/// focus stays too.
#[component]
pub(crate) fn Card(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
    /// An id for the title.
    id: &'static str,
    /// Picture beside the title.
    picture: Picture,
    /// The title.
    title: &'static str,
    /// Whether there are figures.
    filled: Memo<bool>,
    /// What to say when there are none, and what would give some.
    empty: (&'static str, &'static str),
    /// What "View details" does.
    on_details: fn(Session),
    /// The figures.
    body: ViewFn,
) -> impl IntoView {
    let body = move || {
        if filled.get() {
            let body = body.run();
            return view! {
                {body}
                <div class="card-foot">
                    <button type="button" class="link" on:click=move |_| on_details(session)>
                        {t.flow.view_details}
                    </button>
                </div>
            }
            .into_any();
        }
        let busy = Memo::new(move |_| session.reading.with(Option::is_some));
        view! {
            <div class="card-empty">
                {move || if busy.get() {
                    view! { <p>{t.shell.loading}</p> }.into_any()
                } else {
                    view! { <p><b>{empty.0}</b></p> <p class="weak">{empty.1}</p> }.into_any()
                }}
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby=id>
            <h2 id=id>
                <Icon picture=picture/>
                {title}
                {move || filled.get().then(|| view! { <Fictitious t=t session=session/> })}
            </h2>
            {body}
        </section>
    }
}
