use leptos::prelude::*;

use crate::page::shell::{Icon, Picture};
use crate::text::Catalogue;

/// What happens to the data, with the policy that enforces it.
#[component]
pub(crate) fn Privacy(
    /// The language.
    t: &'static Catalogue,
) -> impl IntoView {
    // Read when it is looked at: the page makes its policy stricter once it
    // has all of its parts.
    let policy = RwSignal::new(Vec::<String>::new());
    let body = move || {
        let policy = policy.get();
        if policy.is_empty() {
            return view! { <p>{t.privacy.no_policy}</p> }.into_any();
        }
        policy
            .into_iter()
            .map(|line| view! { <p><code>{line}</code></p> })
            .collect_view()
            .into_any()
    };
    view! {
        <section class="panel" aria-labelledby="privacy-title">
            <h2 id="privacy-title"><Icon picture=Picture::Shield/> {t.privacy.title}</h2>
            <p><b>{t.privacy.promise}</b></p>
            <p>{t.privacy.how}</p>
            <p>{t.privacy.limits}</p>
            <details on:toggle=move |_| policy.set(policies())>
                <summary>
                    <Icon picture=Picture::Chevron/>
                    <span>{t.privacy.show_policy}</span>
                </summary>
                <div class="details-body policy">{body}</div>
            </details>
        </section>
    }
}

/// The directives of every policy that the document carries; all of them hold.
fn policies() -> Vec<String> {
    let Ok(found) = document().query_selector_all("meta[http-equiv='Content-Security-Policy']")
    else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.get(index))
        .filter_map(|meta| {
            use wasm_bindgen::JsCast as _;
            meta.dyn_into::<web_sys::HtmlMetaElement>().ok()
        })
        .map(|meta| meta.content())
        .collect()
}
