use leptos::prelude::*;

/// A table that may be wider than the page: it scrolls by itself, also with
/// the keyboard.
#[component]
pub(crate) fn TableRegion(
    /// What a screen reader calls it.
    #[prop(into)]
    label: String,
    /// The table.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-region" role="region" aria-label=label tabindex="0">
            {children()}
        </div>
    }
}
