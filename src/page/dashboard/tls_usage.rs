use leptos::prelude::*;

use crate::page::chart::{Pie, Slice, slices};
use crate::report::TlsCounts;
use crate::text::Catalogue;

/// A heading with a rule, the pie, and beside it a row for each TLS state
/// (OI-07, OI-08, SA-02).
#[component]
pub(crate) fn TlsUsage(
    /// The language.
    t: &'static Catalogue,
    /// The heading: "Outbound".
    name: &'static str,
    /// What the heading means.
    #[prop(optional)]
    definition: Option<&'static str>,
    /// The messages.
    counts: TlsCounts,
) -> impl IntoView {
    let pie = if counts.volume() > 0 {
        view! { <Pie t=t name=name counts=counts/> }.into_any()
    } else {
        view! { <p class="weak pie-none">{t.flyout.none}</p> }.into_any()
    };
    let rows = slices(t, &counts).into_iter().map(|slice| row(t, &slice)).collect::<Vec<_>>();
    let base = (counts.recorded() < counts.volume())
        .then(|| view! { <p class="weak">{(t.tls.percentages_of)(counts.recorded())}</p> });
    view! {
        <section class="usage">
            <h3>{name}</h3>
            {definition.map(|definition| view! { <p>{definition}</p> })}
            <div class="usage-columns">
                {pie}
                <div>
                    <table class="usage-rows">
                        <caption class="visually-hidden">{name}</caption>
                        <thead class="visually-hidden">
                            <tr>
                                <th scope="col">{t.flyout.state}</th>
                                <th scope="col">{t.flyout.count}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {rows}
                            <tr class="total">
                                <th scope="row">{t.flyout.volume}</th>
                                <td>{t.count(counts.volume())}</td>
                            </tr>
                        </tbody>
                    </table>
                    {base}
                </div>
            </div>
        </section>
    }
}

fn row(t: &'static Catalogue, slice: &Slice) -> AnyView {
    let mark =
        slice.most_secure.then(|| view! { " " <span class="weak">{t.tls.most_secure}</span> });
    let explained =
        slice.explained.map(|text| view! { <span class="weak explained">{text}</span> });
    view! {
        <tr>
            <th scope="row">
                <div>
                    <Swatch class=slice.class() pattern=slice.pattern()/>
                    <span>{slice.name} {mark} {explained}</span>
                </div>
            </th>
            <td>{t.count(slice.messages)}</td>
        </tr>
    }
    .into_any()
}

/// A sample of a slice's colour and pattern.
#[component]
fn Swatch(class: &'static str, pattern: Option<&'static str>) -> impl IntoView {
    let pattern = pattern.map(|fill| {
        view! { <rect class="chart-pattern" width="120" height="120" rx="20" fill=fill/> }
    });
    view! {
        <svg class="swatch" viewBox="0 0 120 120" width="12" height="12" aria-hidden="true" focusable="false">
            <rect class=class width="120" height="120" rx="20"/>
            {pattern}
        </svg>
    }
}
