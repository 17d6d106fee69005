use leptos::prelude::*;

use crate::page::shell::{Icon, Picture};
use crate::text::Catalogue;

/// "How messages are counted".
#[component]
pub(crate) fn Counting(
    /// The language.
    t: &'static Catalogue,
) -> impl IntoView {
    let points =
        t.counting.points.map(|(head, body)| view! { <li><b>{head}</b> <p>{body}</p></li> });
    view! {
        <details class="counting">
            <summary><Icon picture=Picture::Chevron/> <h3>{t.counting.title}</h3></summary>
            <ol>{points}</ol>
        </details>
    }
}
