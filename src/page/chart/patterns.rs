use leptos::prelude::*;

/// The patterns that tell slices apart without their colours, once a page.
#[component]
pub(crate) fn Patterns() -> impl IntoView {
    view! {
        <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false">
            <defs>
                <pattern id="pattern-none" width="70" height="70" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="pattern-ink" width="22" height="70"/>
                </pattern>
                <pattern id="pattern-1-0" width="64" height="64" patternUnits="userSpaceOnUse">
                    <circle class="pattern-ink" cx="32" cy="32" r="13"/>
                </pattern>
                <pattern id="pattern-1-1" width="80" height="80" patternUnits="userSpaceOnUse">
                    <rect class="pattern-ink" width="80" height="14"/>
                </pattern>
                <pattern id="pattern-other" width="80" height="80" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="pattern-ink" width="80" height="12"/>
                    <rect class="pattern-ink" width="12" height="80"/>
                </pattern>
                <pattern id="pattern-not-recorded" width="60" height="60" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
                    <rect class="pattern-grey" width="12" height="60"/>
                </pattern>
            </defs>
        </svg>
    }
}
