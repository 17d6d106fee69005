use leptos::prelude::*;

use crate::page::session::Session;
use crate::text::Catalogue;

/// Marks figures that are of the sample, or partly so.
#[component]
pub(crate) fn Fictitious(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
) -> impl IntoView {
    let text = move || {
        session.files.with(|files| {
            let sample = files.iter().filter(|row| row.account.fictitious).count();
            if sample == 0 {
                None
            } else if files.iter().all(|row| row.account.fictitious || row.account.messages == 0) {
                Some(t.shell.fictitious)
            } else {
                Some(t.shell.partly_fictitious)
            }
        })
    };
    move || text().map(|text| view! { <strong class="badge fictitious">{text}</strong> })
}
