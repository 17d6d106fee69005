//! The endpoint that the page's address names after `?source=`: asked once, at
//! start, before the page gives up its last address (`public/boot.js`).

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::Request;
use js_sys::{Array, Reflect};
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle, window};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, File, ReadableStreamDefaultReader, Url};

use super::collect::Collected;
use crate::text::Trouble;

/// Seconds of silence after which no answer is expected any more.
const SILENCE: u32 = 30;

#[wasm_bindgen]
extern "C" {
    /// Of `public/boot.js`: the page may give up its last address.
    #[wasm_bindgen(js_namespace = ["window", "mailflow"])]
    pub(crate) fn answered();

    #[wasm_bindgen(thread_local_v2, js_namespace = ["window", "mailflow"], js_name = form)]
    static FORM: String;
}

/// Whether this is the page as a single file, whose policy allows no connection.
pub(crate) fn is_one_file() -> bool {
    FORM.with(|form| form == "file")
}

/// A request for data.
#[derive(Clone)]
pub(crate) struct Call {
    url: Url,
    abort: AbortController,
    cancelled: Rc<Cell<bool>>,
    /// Nothing came for too long.
    silent: Rc<Cell<bool>>,
}

impl Call {
    /// The request that the page's address asks for; `None` if for none.
    pub(crate) fn named() -> Option<Result<Self, Trouble>> {
        let page = Url::new(&window().location().href().ok()?).ok()?;
        page.search_params().get("source").map(|source| Self::to(&source))
    }

    /// A request to an address that a person gave, relative to the page.
    pub(crate) fn to(source: &str) -> Result<Self, Trouble> {
        if is_one_file() {
            return Err(Trouble::OneFile);
        }
        let none = || Trouble::NoAddress(source.to_owned());
        let location = window().location();
        let page = location.href().map_err(|_| none())?;
        let url = Url::new_with_base(source.trim(), &page).map_err(|_| none())?;
        if source.trim().is_empty() {
            return Err(none());
        }
        if Ok(url.origin()) != location.origin() {
            // `data:` and the like have none.
            let origin = Some(url.origin()).filter(|origin| origin != "null");
            return Err(Trouble::OtherOrigin(origin.unwrap_or_else(|| url.protocol())));
        }
        let abort = AbortController::new().map_err(|_| none())?;
        Ok(Self { url, abort, cancelled: Rc::default(), silent: Rc::default() })
    }

    /// Posts a report request to `<endpoint>/report-requests`: of all addresses
    /// the one that the page keeps.
    pub(crate) async fn post(&self, body: &str) -> Result<(), Trouble> {
        let url = format!("{}{}/report-requests", self.url.origin(), self.url.pathname());
        let waiting = Silence::new(self);
        let request = Request::post(&url)
            .abort_signal(Some(&self.abort.signal()))
            .header("Content-Type", "application/json")
            .body(body)
            .map_err(|_| Trouble::Unreachable)?;
        let sent = request.send().await;
        drop(waiting);
        match sent {
            Ok(response) if response.ok() => Ok(()),
            Ok(response) => Err(Trouble::Status(response.status())),
            Err(_) => Err(self.why(Trouble::Unreachable)),
        }
    }

    /// Ends it.
    pub(crate) fn cancel(&self) {
        self.cancelled.set(true);
        self.abort.abort();
    }

    /// The data as a file, with its path as its name, and its size.
    pub(crate) async fn answer(&self) -> Result<Collected, Trouble> {
        let name = format!("{}{}", self.url.pathname(), self.url.search());
        let mut waiting = Silence::new(self);
        let request = Request::get(&self.url.href()).abort_signal(Some(&self.abort.signal()));
        let Ok(response) = request.send().await else {
            return Err(self.why(Trouble::Unreachable));
        };
        if !response.ok() {
            return Err(Trouble::Status(response.status()));
        }
        let parts = Array::new();
        if let Some(body) = response.body() {
            let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
            loop {
                drop(std::mem::replace(&mut waiting, Silence::new(self)));
                let Ok(step) = JsFuture::from(reader.read()).await else {
                    return Err(self.why(Trouble::BrokeOff));
                };
                // `{ done, value }` (Streams Standard).
                match Reflect::get(&step, &JsValue::from_str("value")) {
                    Ok(value) if !value.is_undefined() => parts.push(&value),
                    _ => break,
                };
            }
        }
        let file = File::new_with_buffer_source_sequence(&parts, &name);
        let file = file.map_err(|_| Trouble::BrokeOff)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let bytes = file.size() as u64;
        Ok((file, name, bytes))
    }

    /// Why it failed: for a reason of ours, or `otherwise`.
    fn why(&self, otherwise: Trouble) -> Trouble {
        if self.cancelled.get() {
            Trouble::Cancelled
        } else if self.silent.get() {
            Trouble::TimeOut(SILENCE)
        } else {
            otherwise
        }
    }
}

/// Ends a request when nothing has come for long, unless it is dropped.
struct Silence(Option<TimeoutHandle>);

impl Silence {
    fn new(call: &Call) -> Self {
        let (silent, abort) = (Rc::clone(&call.silent), call.abort.clone());
        let end = move || {
            silent.set(true);
            abort.abort();
        };
        Self(set_timeout_with_handle(end, Duration::from_secs(u64::from(SILENCE))).ok())
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        if let Some(timer) = self.0 {
            timer.clear();
        }
    }
}
