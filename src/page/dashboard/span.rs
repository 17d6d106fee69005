use leptos::prelude::*;

use crate::report::Period;
use crate::text::Catalogue;

/// The days that a card speaks of, and whether the files cover them all.
#[component]
pub(crate) fn Span(
    /// The language.
    t: &'static Catalogue,
    /// The days.
    #[prop(into)]
    period: Signal<Option<Period>>,
) -> impl IntoView {
    move || {
        period.get().map(|period| {
            let days = (t.flow.period)(period.days(), &period.last.to_string());
            let gap = (period.covered < period.days())
                .then(|| format!(" \u{b7} {}", (t.flow.covered)(period.covered, period.days())));
            view! { <p class="period">{days} {gap}</p> }
        })
    }
}
