use leptos::prelude::*;

use crate::page::shell::{Icon, Picture};
use crate::text::Catalogue;

/// Which exports are understood, and how to get each.
#[component]
pub(crate) fn Exports(
    /// The language.
    t: &'static Catalogue,
) -> impl IntoView {
    let exports = t
        .start
        .exports
        .iter()
        .map(|export| {
            let steps = export.steps.iter().map(|step| view! { <li>{*step}</li> });
            let steps = steps.collect::<Vec<_>>();
            let command = export.command.map(|command| {
                view! {
                    <p>{t.start.command}</p>
                    <p><code>{command}</code></p>
                }
            });
            view! {
                <details>
                    <summary>
                        <Icon picture=Picture::Chevron/>
                        <span>
                            <b>{export.name}</b>
                            <span class="weak">{export.tells}</span>
                        </span>
                    </summary>
                    <div class="details-body">
                        <ol>{steps}</ol>
                        {command}
                    </div>
                </details>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="panel" aria-labelledby="exports-title">
            <h2 id="exports-title"><Icon picture=Picture::File/> {t.start.exports_title}</h2>
            <p>{t.start.exports_intro}</p>
            {exports}
        </section>
    }
}
