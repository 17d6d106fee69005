//! The worker that reads files, so that the page only paints.
//!
//! It answers [`Request`]s, one after the other, with [`Reply`]s. Between two
//! chunks of a file it listens, so that "Cancel" takes effect at once, and
//! gives a sign of life.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use mailflow::account::Mapping;
use mailflow::engine::{Analysis, Snapshot, Watch};
use mailflow::export::tally_json;
use mailflow::import::{MemorySource, Pause, ReadError, Settings, Source};
use mailflow::mail::Day;
use mailflow::messages::{Figures, FileToRead, Progress, Reply, Request, Tables};
use mailflow::report::{connector_table, dashboard, sender_table};
use mailflow::sample::{SampleOptions, sample_files};
use mailflow::tally::Tally;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

/// Signs of life come at least this far apart, in milliseconds.
const PROGRESS_EVERY: f64 = 100.0;
/// Figures while reading take at most this share of the time.
const FIGURES_SHARE: f64 = 0.05;
/// Rows of the plain tables that are handed over.
const TABLE_ROWS: usize = 1_000;

fn main() {
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

fn post(reply: &Reply) {
    let bytes = Uint8Array::from(reply.encode().as_slice());
    let transfer = Array::of1(&bytes.buffer());
    // It fails only when the page is gone, and then nobody is left to tell.
    scope().post_message_with_transfer(&bytes, &transfer).ok();
}

#[derive(Default)]
struct Worker {
    analysis: RefCell<Option<Analysis>>,
    queue: RefCell<VecDeque<(Request, Array)>>,
    busy: Cell<bool>,
    cancelled: Rc<Cell<bool>>,
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
        let files = parts.get(1).dyn_into().unwrap_or_default();
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
            Request::Read { files, korean, now } => {
                let settings = Settings { now, korean };
                self.cancelled.set(false);
                self.read(settings, files, &handles).await;
            }
            Request::ReadSample { place, now } => {
                self.cancelled.set(false);
                self.read_sample(place, now).await;
            }
            Request::Cancel => {}
            Request::Tables => {
                self.with_figures(|tally, _| post(&Reply::Tables(Box::new(tables(tally)))));
            }
            Request::TallyJson => self.with_figures(|tally, files| {
                let accounts: Vec<_> = files.iter().map(|(_, account)| account).collect();
                post(&Reply::TallyJson(tally_json(tally, &accounts)));
            }),
        }
    }

    fn with_figures(
        &self,
        use_figures: impl FnOnce(&Tally, &[(u32, mailflow::account::FileAccount)]),
    ) {
        match &*self.analysis.borrow() {
            Some(analysis) => {
                let (tally, files) = analysis.figures();
                use_figures(&tally, &files);
            }
            None => use_figures(&Tally::default(), &[]),
        }
    }

    async fn read(&self, settings: Settings, files: Vec<FileToRead>, handles: &Array) {
        let mut analysis = self.take_analysis(settings);
        let blobs: Vec<Blob> = handles.iter().map(JsCast::unchecked_into).collect();
        let mut reporter = Reporter::new(
            blobs.iter().map(Blob::size).sum(),
            settings.now,
            Rc::clone(&self.cancelled),
        );
        for (file, blob) in files.into_iter().zip(blobs) {
            if self.cancelled.get() {
                break;
            }
            reporter.start(file.place);
            let mut source = BlobSource::new(blob);
            analysis.read(file.place, &file.name, &mut source, &file.mapping, &mut reporter).await;
            reporter.end(source.size());
        }
        self.finish(analysis);
    }

    async fn read_sample(&self, place: u32, now: u32) {
        let options = SampleOptions::page(Day::of_seconds(now).plus(-1));
        let files = sample_files(&options);
        let mut analysis = self.take_analysis(Settings { now, korean: false });
        #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
        let total = files.iter().map(|file| file.bytes.len() as f64).sum();
        let mut reporter = Reporter::new(total, now, Rc::clone(&self.cancelled));
        for file in files {
            reporter.start(place);
            let mut source = MemorySource(file.bytes);
            let mapping = Mapping::default();
            analysis.read(place, file.name, &mut source, &mapping, &mut reporter).await;
            reporter.end(source.size());
        }
        analysis.mark_fictitious(place);
        self.finish(analysis);
    }

    fn take_analysis(&self, settings: Settings) -> Analysis {
        self.analysis.borrow_mut().take().unwrap_or_else(|| Analysis::new(settings))
    }

    fn finish(&self, analysis: Analysis) {
        let (tally, files) = analysis.figures();
        let dashboard = dashboard(&tally, analysis.now());
        *self.analysis.borrow_mut() = Some(analysis);
        post(&Reply::Figures(Box::new(Figures { dashboard, files, finished: true })));
    }
}

fn tables(tally: &Tally) -> Tables {
    let mut connectors = connector_table(tally);
    let mut senders = sender_table(tally);
    let (connectors_total, senders_total) = (connectors.len() as u64, senders.len() as u64);
    connectors.truncate(TABLE_ROWS);
    senders.truncate(TABLE_ROWS);
    Tables { connectors, connectors_total, senders, senders_total }
}

/// Tells the page how far the reading is.
struct Reporter {
    cancelled: Rc<Cell<bool>>,
    now: u32,
    progress: Progress,
    /// Bytes and rows of the files that are done.
    before: (u64, u64),
    rows: u64,
    told_at: f64,
    figures_at: f64,
    figures_took: f64,
}

impl Reporter {
    fn new(total: f64, now: u32, cancelled: Rc<Cell<bool>>) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number of bytes"
        )]
        let bytes_total = total as u64;
        Self {
            cancelled,
            now,
            progress: Progress { bytes_total, ..Progress::default() },
            before: (0, 0),
            rows: 0,
            told_at: clock(),
            figures_at: clock(),
            figures_took: 0.0,
        }
    }

    fn start(&mut self, place: u32) {
        self.progress.place = place;
        self.rows = 0;
        post(&Reply::Progress(self.progress));
    }

    fn end(&mut self, bytes: u64) {
        self.before.0 += bytes;
        self.before.1 += self.rows;
        self.progress.bytes_read = self.before.0;
        self.progress.rows = self.before.1;
    }
}

impl Watch for Reporter {
    fn pause(&mut self, snapshot: &Snapshot<'_>) -> Pause {
        self.rows = snapshot.rows;
        let at = clock();
        if at - self.told_at >= PROGRESS_EVERY {
            self.told_at = at;
            self.progress.bytes_read = self.before.0 + snapshot.bytes;
            self.progress.rows = self.before.1 + snapshot.rows;
            post(&Reply::Progress(self.progress));
        }
        // The first figures soon, then as often as they are cheap.
        let wait = (self.figures_took / FIGURES_SHARE).max(300.0);
        if at - self.figures_at >= wait {
            let (tally, files) = snapshot.figures();
            let dashboard = dashboard(&tally, self.now);
            post(&Reply::Figures(Box::new(Figures { dashboard, files, finished: false })));
            self.figures_at = clock();
            self.figures_took = self.figures_at - at;
        }
        if self.cancelled.get() { Pause::Stop } else { Pause::GoOn }
    }
}

/// A file of the browser. The next chunk is asked for before the last one is
/// read, so that both processes work at once.
struct BlobSource {
    blob: Blob,
    ahead: Option<(u64, JsFuture)>,
}

impl BlobSource {
    fn new(blob: Blob) -> Self {
        Self { blob, ahead: None }
    }

    #[expect(clippy::cast_precision_loss, reason = "the browser counts bytes in f64")]
    fn ask(&self, at: u64, length: usize) -> Result<JsFuture, ReadError> {
        let end = at as f64 + length as f64;
        let slice = self.blob.slice_with_f64_and_f64(at as f64, end).map_err(|e| describe(&e))?;
        Ok(JsFuture::from(slice.array_buffer()))
    }
}

impl Source for BlobSource {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of bytes"
    )]
    fn size(&self) -> u64 {
        self.blob.size() as u64
    }

    async fn read(&mut self, at: u64, length: usize, into: &mut Vec<u8>) -> Result<(), ReadError> {
        into.clear();
        let ready = match self.ahead.take() {
            Some((ahead, promise)) if ahead == at => promise,
            _ => self.ask(at, length)?,
        };
        let buffer = ready.await.map_err(|error| describe(&error))?;
        let bytes = Uint8Array::new(&buffer);
        // What was asked ahead may be of another length.
        let taken = (bytes.length() as usize).min(length);
        into.resize(taken, 0);
        #[expect(clippy::cast_possible_truncation, reason = "wasm has 32 bits")]
        bytes.subarray(0, taken as u32).copy_to(into);
        let next = at + taken as u64;
        if next < self.size() && taken == length {
            self.ahead = Some((next, self.ask(next, length)?));
        }
        Ok(())
    }
}

/// What the browser says of an error.
fn describe(error: &JsValue) -> ReadError {
    let text = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    ReadError(text.or_else(|| error.as_string()).unwrap_or_else(|| format!("{error:?}")))
}
