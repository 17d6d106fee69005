use leptos::prelude::*;

use super::{Icon, Picture};
use crate::page::session::Session;

/// Something that went wrong, until it is dismissed. The live region says it
/// aloud, so that this does not.
#[component]
pub(crate) fn Notice(
    /// The session.
    session: Session,
) -> impl IntoView {
    move || {
        session.notice.get().map(|text| {
            view! {
                <div class="notice">
                    <Icon picture=Picture::Warning/>
                    <p>{text}</p>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=session.texts().shell.dismiss
                        on:click=move |_| session.notice.set(None)
                    >
                        <Icon picture=Picture::Close/>
                    </button>
                </div>
            }
        })
    }
}
