use js_sys::Array;
use leptos::prelude::{document, set_timeout, window};
use std::time::Duration;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Saves `text` under `name`, as a download from this page itself.
pub(super) fn save(name: &str, kind: &str, text: &str) {
    // Every step works in every browser that runs the page.
    try_save(name, kind, text).unwrap_or_default();
}

fn try_save(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    save_blob(name, &blob)
}

/// Saves a file under `name`.
pub(super) fn save_blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser needs the address until it has opened it.
    let revoke = move || Url::revoke_object_url(&url).unwrap_or_default();
    set_timeout(revoke, Duration::from_mins(1));
    Ok(())
}

/// Puts `text` on the clipboard.
pub(super) fn copy(text: &str) {
    // The promise fails only where the browser forbids it; the download
    // beside the button gives the same text.
    drop(window().navigator().clipboard().write_text(text));
}
