use leptos::prelude::*;

use super::{Icon, Picture};
use crate::page::session::Session;
use crate::text::Language;

/// Name of the page and choice of language.
#[component]
pub(crate) fn Header(
    /// The session.
    session: Session,
) -> impl IntoView {
    let languages = Language::ALL.map(|language| {
        let t = language.texts();
        view! {
            <option value=t.tag lang=t.tag selected=move || session.language.get() == language>
                {t.name}
            </option>
        }
    });
    let choose = move |event| {
        if let Some(language) = Language::of_tag(&event_target_value(&event)) {
            session.language.set(language);
        }
    };
    view! {
        <header class="top">
            <span class="brand">
                <Icon picture=Picture::MailFlow/>
                {move || session.texts().shell.title}
            </span>
            <label class="language">
                <span>{move || session.texts().shell.language}</span>
                <select on:change=choose>{languages}</select>
            </label>
        </header>
    }
}
