use leptos::prelude::*;

use crate::page::save::{copy, save};
use crate::page::session::Session;
use crate::text::{Catalogue, account_text};

/// What can be taken away from the panel.
#[component]
pub(crate) fn Actions(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
) -> impl IntoView {
    let account = move || {
        session.files.with_untracked(|files| {
            files.iter().map(|file| account_text(t, &file.account)).collect::<Vec<_>>().join("\n")
        })
    };
    let copied = move |_| {
        copy(&account());
        session.announce(t.files.copied);
    };
    view! {
        <div class="buttons">
            <button type="button" on:click=copied>{t.files.copy}</button>
            <button
                type="button"
                on:click=move |_| save("mailflow-account.txt", "text/plain", &account())
            >
                {t.files.download_account}
            </button>
            <button type="button" on:click=move |_| session.save_figures()>
                {t.files.download_figures}
            </button>
            <button type="button" class="last" on:click=move |_| session.start_over()>
                {t.start.start_over}
            </button>
        </div>
    }
}
