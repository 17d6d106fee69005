//! Workers that read slices for the one that counts: both ends of the ports
//! between them.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, MessageEvent, MessagePort};

use super::blob_source::{BlobSource, in_time};
use crate::account::Mapping;
use crate::engine::{Helper, Helpers, Share};
use crate::import::{Pause, Settings, Slice};

/// Milliseconds without a word after which no answer is expected any more, of
/// any helper. The page waits longer for one of the worker that counts.
const SILENCE: i32 = 3_000;

/// To a helper.
#[derive(Serialize, Deserialize)]
enum Ask {
    /// The slices to come are of the file that travels beside this message.
    Open { number: u32, mapping: Mapping, settings: Box<Settings> },
    /// Read this.
    Slice(Slice),
    /// Nothing of the file of that number is waited for any more.
    Forget(u32),
}

/// From a helper.
#[derive(Serialize, Deserialize)]
enum Told {
    /// It is reading.
    Alive,
    /// What a slice of the file of that number tells.
    Share(u32, Box<Share>),
}

fn send(port: &MessagePort, message: &impl Serialize, blob: Option<&Blob>) {
    let bytes = Uint8Array::from(postcard::to_allocvec(message).unwrap_or_default().as_slice());
    let parts = blob.map_or_else(|| Array::of1(&bytes), |blob| Array::of2(&bytes, blob));
    // It fails only when nobody is there any more.
    port.post_message_with_transferable(&parts, &Array::of1(&bytes.buffer())).unwrap_or_default();
}

fn received<T: for<'de> Deserialize<'de>>(event: &MessageEvent) -> Option<(T, JsValue)> {
    let parts: Array = event.data().dyn_into().ok()?;
    let bytes: Uint8Array = parts.get(0).dyn_into().ok()?;
    Some((postcard::from_bytes(&bytes.to_vec()).ok()?, parts.get(1)))
}

fn listen(port: &MessagePort, hear: impl FnMut(MessageEvent) + 'static) {
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(hear).into_js_value();
    port.set_onmessage(Some(hear.unchecked_ref()));
}

/// The helpers of the worker that counts.
#[derive(Default)]
pub(super) struct Crew {
    ports: RefCell<Vec<MessagePort>>,
    heard: Rc<Heard>,
    /// Files that were read together, so far.
    files: Cell<u32>,
}

/// What the helpers have said.
#[derive(Default)]
struct Heard {
    shares: RefCell<VecDeque<(u32, Share)>>,
    /// Slices that each has still to answer.
    owing: RefCell<Vec<u32>>,
    /// Who waits for a word.
    waiting: RefCell<Option<Function>>,
}

impl Crew {
    /// One more.
    pub(super) fn add(&self, port: MessagePort) {
        let (heard, place) = (Rc::clone(&self.heard), self.ports.borrow().len());
        heard.owing.borrow_mut().push(0);
        listen(&port, move |event| {
            if let Some((Told::Share(number, share), _)) = received(&event) {
                if let Some(owing) = heard.owing.borrow_mut().get_mut(place) {
                    *owing = owing.saturating_sub(1);
                }
                heard.shares.borrow_mut().push_back((number, *share));
            }
            if let Some(waiting) = heard.waiting.take() {
                waiting.call0(&JsValue::NULL).unwrap_or_default();
            }
        });
        self.ports.borrow_mut().push(port);
    }

    /// The helpers, for one file.
    pub(super) fn of(&self, blob: Blob) -> OfFile<'_> {
        self.files.set(self.files.get() + 1);
        OfFile { crew: self, blob, number: self.files.get() }
    }
}

/// Helpers that read one file.
pub(super) struct OfFile<'c> {
    crew: &'c Crew,
    blob: Blob,
    number: u32,
}

impl OfFile<'_> {
    fn tell_all(&self, ask: &Ask, blob: Option<&Blob>) {
        for port in &*self.crew.ports.borrow() {
            send(port, ask, blob);
        }
    }
}

impl Helpers for OfFile<'_> {
    fn readers(&self) -> u64 {
        self.crew.ports.borrow().len() as u64
    }

    fn open(&mut self, mapping: &Mapping, settings: &Settings) {
        self.crew.heard.shares.borrow_mut().clear();
        self.crew.heard.owing.borrow_mut().fill(0);
        let (mapping, settings) = (mapping.clone(), Box::new(settings.clone()));
        let ask = Ask::Open { number: self.number, mapping, settings };
        self.tell_all(&ask, Some(&self.blob));
    }

    fn ask(&mut self, slice: Slice) {
        let ports = self.crew.ports.borrow();
        let mut owing = self.crew.heard.owing.borrow_mut();
        let least = owing.iter_mut().zip(&*ports).min_by_key(|(owing, _)| **owing);
        if let Some((owing, port)) = least {
            *owing += 1;
            send(port, &Ask::Slice(slice), None);
        }
    }

    fn answer(&mut self) -> Option<Share> {
        let mut shares = self.crew.heard.shares.borrow_mut();
        loop {
            let (number, share) = shares.pop_front()?;
            // An older file's may come late.
            if number == self.number {
                return Some(share);
            }
        }
    }

    fn wait(&mut self) -> Pin<Box<dyn Future<Output = bool> + '_>> {
        Box::pin(async {
            if !self.crew.heard.shares.borrow().is_empty() {
                return true;
            }
            let word = Promise::new(&mut |resolve, _| {
                *self.crew.heard.waiting.borrow_mut() = Some(resolve);
            });
            let heard = in_time(&word, SILENCE).await;
            if !heard {
                self.crew.ports.borrow_mut().clear();
            }
            heard
        })
    }

    fn forget(&mut self) {
        self.tell_all(&Ask::Forget(self.number), None);
    }
}

/// What a helper has to do.
#[derive(Default)]
struct Duty {
    asked: RefCell<VecDeque<(Ask, JsValue)>>,
    busy: Cell<bool>,
    /// The file, while nothing is read of it.
    open: RefCell<Option<Open>>,
    /// Up to this file, nothing is waited for any more.
    forgotten: Cell<u32>,
}

/// Reads slices for the worker at the other end of `port`, from now on.
pub(super) fn help(port: MessagePort) {
    let duty = Rc::new(Duty::default());
    listen(&port.clone(), move |event| {
        let Some((ask, beside)) = received::<Ask>(&event) else { return };
        if let Ask::Forget(number) = ask {
            duty.forgotten.set(number);
            // A file is held open, with its buffers, only while it is read.
            duty.open.take();
            return;
        }
        duty.asked.borrow_mut().push_back((ask, beside));
        if !duty.busy.replace(true) {
            let (duty, port) = (Rc::clone(&duty), port.clone());
            spawn_local(async move {
                let mut open = duty.open.take();
                while let Some((ask, beside)) = duty.next() {
                    duty.carry_out(ask, beside, &mut open, &port).await;
                }
                *duty.open.borrow_mut() = open.filter(|(of, ..)| *of > duty.forgotten.get());
                duty.busy.set(false);
            });
        }
    });
}

/// A file, its number, and who reads slices of it.
type Open = (u32, BlobSource, Option<Helper>);

impl Duty {
    fn next(&self) -> Option<(Ask, JsValue)> {
        self.asked.borrow_mut().pop_front()
    }

    async fn carry_out(
        &self,
        ask: Ask,
        beside: JsValue,
        open: &mut Option<Open>,
        port: &MessagePort,
    ) {
        match ask {
            Ask::Open { number, mapping, settings } => {
                let mut source = BlobSource::new(beside.unchecked_into());
                let helper = Helper::open(&mut source, &mapping, &settings).await;
                *open = Some((number, source, helper));
            }
            Ask::Slice(slice) => {
                let Some((number, source, helper)) = open else { return };
                let number = *number;
                let mut go_on = |_| {
                    send(port, &Told::Alive, None);
                    let forgotten = self.forgotten.get() >= number;
                    if forgotten { Pause::Stop } else { Pause::GoOn }
                };
                let share = match helper {
                    Some(helper) if go_on(0) == Pause::GoOn => {
                        helper.read(source, slice, &mut go_on).await
                    }
                    _ => Share::unread(slice),
                };
                send(port, &Told::Share(number, Box::new(share)), None);
            }
            Ask::Forget(_) => {}
        }
    }
}
