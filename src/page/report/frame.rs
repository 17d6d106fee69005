use leptos::prelude::*;

use crate::page::session::Session;
use crate::page::shell::{Fictitious, Icon, Picture, TITLE_ID};
use crate::page::view::View;
use crate::text::Catalogue;

/// Title and way back of a report.
#[component]
pub(crate) fn Frame(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
    /// The title.
    title: &'static str,
    /// The table, once its rows are there.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="report">
            <div class="view-bar">
                <button type="button" class="back" on:click=move |_| View::Dashboard.open()>
                    <Icon picture=Picture::Chevron/>
                    {t.shell.back}
                </button>
                <h1 id=TITLE_ID tabindex="-1">{title}</h1>
                <Fictitious t=t session=session/>
            </div>
            <p class="weak">{t.report.shares_note}</p>
            {children()}
        </div>
    }
}
