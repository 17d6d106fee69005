use js_sys::Array;
use leptos::prelude::{document, set_timeout, window};
use std::time::Duration;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Clipboard, HtmlAnchorElement, Url};

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

/// Puts `text` on the clipboard; false where the browser forbids it.
pub(super) async fn copied(text: &str) -> bool {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
    // There is none on a page that came unencrypted from another machine.
    let Some(clipboard) = clipboard.ok().filter(JsValue::is_object) else { return false };
    JsFuture::from(clipboard.unchecked_into::<Clipboard>().write_text(text)).await.is_ok()
}
