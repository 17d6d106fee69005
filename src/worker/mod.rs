//! The worker that reads files, so that the page only paints.
//!
//! It answers [`Request`]s, one after the other, with [`Reply`]s. Between two
//! chunks of a file it listens, so that "Cancel" takes effect at once, and
//! gives a sign of life.

mod blob_source;
mod counted;
mod hashing;
mod helpers;
mod look;
mod reading;
mod readying;
mod reporter;
mod reports;
mod saving;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use self::blob_source::BlobSource;
use self::counted::{Counted, Summary};
use self::hashing::hash;
use self::helpers::{Crew, help};
use self::look::{known, look};
use self::readying::Readying;
use self::reports::RECIPIENTS;
use crate::engine::Organizations;
use crate::export::{COPIED_ROWS, table_csv, table_markdown, table_tsv, tally_json};
use crate::import::Settings;
use crate::mail::{MESSAGE_BYTES, SentQuery};
use crate::messages::{Reply, Request, TableForm};
use crate::report::{Answer, Span, Unusual, details, known_values};
use crate::tally::Sent;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

/// Answers requests for as long as the worker lives.
pub fn serve() {
    let worker = Rc::new(Worker::default());
    let listener = Rc::clone(&worker);
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        listener.receive(&event);
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    post(&Reply::Ready);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn clock() -> f64 {
    js_sys::Date::now()
}

/// Posts a reply with a file.
fn post_with(reply: &Reply, file: Option<&Blob>) {
    let bytes = Uint8Array::from(reply.encode().as_slice());
    let file = file.map_or(JsValue::UNDEFINED, JsValue::from);
    scope().post_message(&Array::of2(&bytes, &file)).ok();
}

fn post(reply: &Reply) {
    let bytes = Uint8Array::from(reply.encode().as_slice());
    let transfer = Array::of1(&bytes.buffer());
    // It fails only when the page is gone, and then nobody is left to tell.
    scope().post_message_with_transfer(&bytes, &transfer).ok();
}

/// A table that has so many rows, as text.
fn table_reply(form: TableForm, text: String, all: u64) -> Reply {
    let rows = if form == TableForm::Csv { all } else { all.min(COPIED_ROWS as u64) };
    Reply::Table { form, text, rows, more: all - rows }
}

#[derive(Default)]
struct Worker {
    organizations: RefCell<Option<Organizations>>,
    /// What is to be shown of each.
    summaries: RefCell<Vec<Summary>>,
    /// Name of the organization that is looked at.
    open: RefCell<String>,
    queue: RefCell<VecDeque<(Request, Array)>>,
    busy: Cell<bool>,
    cancelled: Rc<Cell<bool>>,
    counted: RefCell<Option<Rc<Counted>>>,
    answer: RefCell<Option<(u32, Answer)>>,
    unusual: RefCell<Option<(Span, Unusual)>>,
    readying: Readying,
    sent: RefCell<Option<(SentQuery, Sent)>>,
    crew: Crew,
    /// Number of the question whose file is hashed; 0 for none.
    hashing: Rc<Cell<u32>>,
}

impl Worker {
    fn receive(self: &Rc<Self>, event: &MessageEvent) {
        let parts: Array = event.data().unchecked_into();
        let bytes: Uint8Array = parts.get(0).unchecked_into();
        let Some(request) = Request::decode(&bytes.to_vec()) else { return };
        if matches!(request, Request::Cancel) {
            self.cancelled.set(true);
            return;
        }
        let files: Array = parts.get(1).dyn_into().unwrap_or_default();
        match request {
            Request::Helper => return self.crew.add(files.get(0).unchecked_into()),
            Request::Help => return help(files.get(0).unchecked_into()),
            Request::Hash { id } => {
                self.hashing.set(id);
                let file = BlobSource::new(files.get(0).unchecked_into());
                return spawn_local(hash(id, file, Rc::clone(&self.hashing)));
            }
            Request::EndHash => return self.hashing.set(0),
            _ => {}
        }
        if matches!(request, Request::Preview { .. }) {
            // Not after a file that takes long: nothing of it is touched.
            return spawn_local(look(request, BlobSource::new(files.get(0).unchecked_into())));
        }
        self.queue.borrow_mut().push_back((request, files));
        if !self.busy.replace(true) {
            let worker = Rc::clone(self);
            spawn_local(async move {
                while let Some((request, files)) = worker.next() {
                    worker.answer(request, files).await;
                }
                worker.busy.set(false);
            });
        }
    }

    fn next(&self) -> Option<(Request, Array)> {
        self.queue.borrow_mut().pop_front()
    }

    async fn answer(&self, request: Request, handles: Array) {
        match request {
            Request::Read { files, korean, now, said, remembered, keep } => {
                let (remembered, keep) = (known(&remembered), keep.then_some(MESSAGE_BYTES));
                let settings = Settings { now, korean, remembered, keep, ..Settings::default() };
                self.cancelled.set(false);
                self.read(settings, said, files, &handles).await;
            }
            Request::ReadSample { place, owners, now, said, keep } => {
                self.cancelled.set(false);
                let keep = keep.then_some(MESSAGE_BYTES);
                let settings = Settings { now, keep, ..Settings::default() };
                self.read_sample(place, &owners, settings, said).await;
            }
            Request::Choose(choices) => {
                if let Some(mut organizations) = self.take() {
                    let open = self.place_of_open(&organizations);
                    organizations.choose(open, choices);
                    self.put_back(organizations, &[open]);
                    post(&Reply::Recounted(self.figures(true)));
                }
            }
            Request::Open(name) => {
                *self.open.borrow_mut() = name;
                self.forget_answers();
                // A new worker has nothing yet to put in the place of what is shown.
                if !self.summaries.borrow().is_empty() {
                    post(&Reply::Recounted(self.figures(true)));
                }
            }
            Request::Cancel
            | Request::Preview { .. }
            | Request::Helper
            | Request::Help
            | Request::Hash { .. }
            | Request::EndHash => {}
            Request::Audit { id, query, done } => {
                self.readying.audit(id, &self.counted().0, self.now(), &query, &done);
            }
            Request::Report { id, query, words } => self.report(id, &query, *words),
            Request::Rows { id, from, count } => self.with_answer(id, |tally, answer| {
                let rows = answer.rows(tally, from as usize, count as usize);
                post(&Reply::Rows { id, from, rows });
            }),
            Request::Table { id, form } => self.with_answer(id, |tally, answer| {
                let text = match form {
                    TableForm::Csv => table_csv(tally, answer),
                    TableForm::Clipboard => table_tsv(tally, answer),
                    TableForm::Markdown => table_markdown(tally, answer),
                };
                post(&table_reply(form, text, answer.report.rows));
            }),
            Request::Detailed { query, words, form } => self.detailed(&query, &words, form),
            Request::Unusual { id, span } => {
                let unusual = Box::new(self.unusual(span));
                post(&Reply::Unusual { id, unusual });
            }
            Request::Details { id, span, subject } => {
                let (now, counted) = (self.now(), self.counted());
                let details = Box::new(details(&counted.0, now, span, &subject));
                post(&Reply::Details { id, details });
            }
            Request::KnownValues(field) => {
                let values = known_values(&self.counted().0, field);
                post(&Reply::KnownValues(field, values));
            }
            Request::Readiness { id, query, done } => {
                self.readying.ask(id, &self.counted().0, self.now(), &query, &done);
            }
            Request::ReadinessRows { id, from, count } => {
                self.readying.rows(id, &self.counted().0, from, count);
            }
            Request::ReadinessTable { id, form, words, done } => {
                self.readying.table(id, &self.counted().0, form, &words, &done);
            }
            Request::Sent { id, query, from, count } => self.with_sent(query, |analysis, sent| {
                let counts = analysis.sent_counts(sent);
                let places = (from..from.saturating_add(count)).map(|place| place as usize);
                let message = |place| analysis.sent_message(sent, place, RECIPIENTS);
                let messages = places.map_while(message).collect();
                post(&Reply::Sent { id, counts, from, messages });
            }),
            Request::SentTable { query, form, words } => self.sent_table(query, form, &words),
            Request::ForgetMessages => self.forget_messages(),
            Request::Save { ticks, remember } => self.save(&ticks, remember).await,
            Request::TallyJson => {
                let counted = self.counted();
                let accounts: Vec<_> = counted.1.iter().map(|(_, account)| account).collect();
                let organization = self.name_of_open();
                let json = tally_json(&counted.0, &accounts, organization.as_deref());
                post(&Reply::TallyJson(json));
            }
        }
    }
}
