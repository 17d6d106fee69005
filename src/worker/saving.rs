//! The whole analysis as a file, packed by the browser.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableWritablePair, Response};

use super::{Worker, post_with};
use crate::account::Owners;
use crate::engine::save;
use crate::messages::Reply;
use crate::report::{Done, Thing};

impl Worker {
    /// The whole analysis as a file.
    pub(super) async fn save(&self, ticks: &[(String, Done)], remember: bool) {
        let ticks = |name: &str| {
            let of = ticks.iter().find(|(of, _)| Owners::same(of, name));
            let things = of.map(|(_, done)| done.things()).unwrap_or_default();
            things.iter().map(Thing::to_text).collect()
        };
        let all = self.organizations.borrow().as_ref().map(|all| all.to_saved(&ticks));
        let bytes = save(&all.unwrap_or_default());
        let period = self.period();
        let file = gzip(bytes).await.ok();
        post_with(&Reply::Saved { remember, period }, file.as_ref());
    }

    /// First and last second of all files.
    pub(super) fn period(&self) -> Option<(u32, u32)> {
        let summaries = self.summaries.borrow();
        let files = summaries.iter().flat_map(|summary| &summary.files);
        let periods = files.filter_map(|(_, account)| account.period);
        periods.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    }
}

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
async fn gzip(bytes: Vec<u8>) -> Result<Blob, JsValue> {
    let plain = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(&*bytes)))?;
    drop(bytes);
    let packer = CompressionStream::new("gzip")?;
    let stream = plain.stream().pipe_through(&packer);
    let whole = Response::new_with_opt_readable_stream(Some(&stream))?.blob()?;
    JsFuture::from(whole).await?.dyn_into()
}
