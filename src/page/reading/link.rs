use js_sys::{Array, Promise, Uint8Array};
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Event, File, MessageChannel, MessageEvent, MessagePort};

use crate::messages::{Reply, Request};

#[wasm_bindgen]
extern "C" {
    /// Of `public/boot.js`, which knows where the worker's parts are.
    #[wasm_bindgen(catch, js_namespace = ["window", "mailflow"], js_name = startWorker)]
    fn start_worker() -> Result<Promise, JsValue>;
}

/// What comes from a worker.
pub(crate) enum Said {
    /// The worker is there, but has not spoken.
    Started(Link),
    /// It spoke, and perhaps handed a file.
    Reply(Reply, Option<Blob>),
    /// It failed, or spoke in a way that is not of this build.
    Dead(Cause),
}

/// Why a worker is dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// Its memory could not grow any more.
    Memory,
    /// Another one, or none that is known.
    Other,
}

/// A worker of this page.
pub(crate) struct Link(web_sys::Worker);

impl Link {
    /// Starts a worker; `hear` is told what becomes of it.
    pub(crate) fn start(hear: impl Fn(Said) + Clone + 'static) {
        spawn_local(async move {
            let started = match start_worker() {
                Ok(promise) => JsFuture::from(promise).await,
                Err(error) => Err(error),
            };
            let Some(worker) = started.ok().and_then(|value| value.dyn_into().ok()) else {
                hear(Said::Dead(Cause::Other));
                return;
            };
            hear(Said::Started(Self::listen(worker, &hear)));
        });
    }

    fn listen(worker: web_sys::Worker, hear: &(impl Fn(Said) + Clone + 'static)) -> Self {
        // Workers are few in the life of a page, so their listeners stay.
        let on_message = {
            let hear = hear.clone();
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                let data = event.data();
                // `public/boot.js` says that it is dead, and whether for want of memory.
                if let Some(is_full) = data.as_bool() {
                    return hear(Said::Dead(if is_full { Cause::Memory } else { Cause::Other }));
                }
                // With a file it is an array of both.
                let (bytes, file) = match data.dyn_into::<Array>() {
                    Ok(both) => (both.get(0), both.get(1).dyn_into().ok()),
                    Err(bytes) => (bytes, None),
                };
                let bytes = bytes.dyn_into::<Uint8Array>().ok();
                let reply = bytes.and_then(|bytes| Reply::decode(&bytes.to_vec()));
                hear(reply.map_or(Said::Dead(Cause::Other), |reply| Said::Reply(reply, file)));
            })
            .into_js_value()
        };
        let on_error = {
            let hear = hear.clone();
            Closure::<dyn Fn(Event)>::new(move |event: Event| {
                // The page tells the person; the console would only repeat it.
                event.prevent_default();
                hear(Said::Dead(Cause::Other));
            })
            .into_js_value()
        };
        worker.set_onmessage(Some(on_message.unchecked_ref()));
        worker.set_onerror(Some(on_error.unchecked_ref()));
        worker.set_onmessageerror(Some(on_error.unchecked_ref()));
        Self(worker)
    }

    /// Sends a request with the files that it speaks of.
    pub(crate) fn post(&self, request: &Request, files: &[File]) -> Result<(), JsValue> {
        let bytes = Uint8Array::from(request.encode().as_slice());
        let files = files.iter().collect::<Array>();
        self.0.post_message(&Array::of2(&bytes, &files))
    }

    /// Lets `helper` read for this worker.
    pub(crate) fn hire(&self, helper: &Self) -> Result<(), JsValue> {
        let channel = MessageChannel::new()?;
        self.hand(&Request::Helper, &channel.port1())?;
        helper.hand(&Request::Help, &channel.port2())
    }

    fn hand(&self, request: &Request, port: &MessagePort) -> Result<(), JsValue> {
        let bytes = Uint8Array::from(request.encode().as_slice());
        let ports = Array::of1(port);
        self.0.post_message_with_transfer(&Array::of2(&bytes, &ports), &ports)
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.0.set_onmessage(None);
        self.0.set_onerror(None);
        self.0.set_onmessageerror(None);
        self.0.terminate();
    }
}
