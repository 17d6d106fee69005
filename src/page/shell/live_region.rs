use leptos::prelude::*;

use crate::page::session::Session;

/// Says the start and the end of an import to screen readers, and what went
/// wrong; never how far it is.
#[component]
pub(crate) fn LiveRegion(
    /// The session.
    session: Session,
) -> impl IntoView {
    view! {
        <div class="visually-hidden" role="status" aria-live="polite">
            {move || session.announcement.get()}
        </div>
    }
}
