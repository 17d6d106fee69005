//! The whole analysis as a file, packed by the browser.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableWritablePair, Response};

#[wasm_bindgen]
extern "C" {
    /// A pair of streams, as all transformers are (Compression Standard).
    #[wasm_bindgen(extends = ReadableWritablePair)]
    type CompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;
}

/// Packs bytes with gzip.
///
/// # Errors
/// What the browser says where it lacks the memory.
pub(super) async fn gzip(bytes: Vec<u8>) -> Result<Blob, JsValue> {
    let plain = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(&*bytes)))?;
    drop(bytes);
    let packer = CompressionStream::new("gzip")?;
    let stream = plain.stream().pipe_through(&packer);
    let whole = Response::new_with_opt_readable_stream(Some(&stream))?.blob()?;
    JsFuture::from(whole).await?.dyn_into()
}
