//! The first screen.

mod drop_zone;
mod exports;
mod privacy;

pub(crate) use exports::Exports;
pub(crate) use privacy::Privacy;

use leptos::prelude::*;

use self::drop_zone::DropZone;
use super::session::Session;
use super::shell::{Pickers, TITLE_ID};
use crate::text::Catalogue;

/// What this is, where to drop files, what is understood, and what happens to
/// the data.
#[component]
pub(crate) fn Start(
    /// The language.
    t: &'static Catalogue,
    /// The session.
    session: Session,
    /// The file inputs.
    pickers: Pickers,
) -> impl IntoView {
    view! {
        <div class="start">
            <h1 id=TITLE_ID tabindex="-1">{t.start.what_this_is}</h1>
            <DropZone t=t session=session pickers=pickers/>
            <div class="start-columns">
                <Exports t=t/>
                <Privacy t=t/>
            </div>
        </div>
    }
}
