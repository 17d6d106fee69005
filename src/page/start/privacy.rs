use leptos::prelude::*;

use crate::page::dom::{El, el, text_el};
use crate::page::offline::kept_here;
use crate::page::reading::Source;
use crate::page::session::Session;
use crate::page::shell::{Picture, disclosure, panel};
use crate::text::Catalogue;

/// What happens to the data, with the policy that enforces it.
pub(crate) fn privacy(t: &'static Catalogue, session: Session) -> El {
    // Read when it is looked at: the page makes its policy stricter once it
    // has all of its parts.
    let policy = RwSignal::new(Vec::<String>::new());
    let body = el("div").class("details-body policy").lives(move || {
        policy.with(|policy| {
            if policy.is_empty() {
                return vec![text_el("p", t.privacy.no_policy)];
            }
            policy.iter().map(|line| el("p").add(text_el("code", line))).collect()
        })
    });
    let asks = Source::named().is_some_and(|source| source.is_ok());
    let details = disclosure(text_el("span", t.privacy.show_policy), body);
    panel("panel privacy", "privacy-title", Picture::Shield, t.privacy.title)
        .add(el("p").add(text_el("b", t.privacy.promise)))
        .add(text_el("p", t.privacy.how))
        .add(text_el("p", t.privacy.limits))
        .live(move || kept_here(t, session))
        .adds(asks.then(|| text_el("p", t.privacy.endpoint)))
        .add(details.on("toggle", move |_| policy.set(policies())))
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
