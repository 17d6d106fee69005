use leptos::prelude::*;

use crate::page::session::Session;
use crate::page::shell::{Icon, Pickers, Picture};
use crate::text::Catalogue;

/// Where a person sees that files can be dropped. The whole window takes them.
#[component]
pub(crate) fn DropZone(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
    /// The file inputs.
    pickers: Pickers,
) -> impl IntoView {
    view! {
        <div class="drop-zone">
            <Icon picture=Picture::Drop/>
            <p class="drop-here">{t.start.drop_here}</p>
            <p class="weak">{t.start.drop_kinds}</p>
            <div class="buttons">
                <button type="button" class="primary" on:click=move |_| pickers.browse()>
                    {t.start.browse}
                </button>
                <button type="button" on:click=move |_| pickers.browse_folder()>
                    {t.start.browse_folder}
                </button>
            </div>
            <p class="sample">
                <button type="button" class="link" on:click=move |_| session.try_sample()>
                    {t.start.try_sample}
                </button>
                <span class="weak">{t.start.sample_note}</span>
            </p>
        </div>
    }
}
