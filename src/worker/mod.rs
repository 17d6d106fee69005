//! The worker that reads files, so that the page only paints.
//!
//! It answers [`Request`]s, one after the other, with [`Reply`]s. Between two
//! chunks of a file it listens, so that "Cancel" takes effect at once, and
//! gives a sign of life.

mod blob_source;
mod hashing;
mod helpers;
mod readying;
mod saving;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use self::blob_source::BlobSource;
use self::hashing::hash;
use self::helpers::{Crew, help};
use self::readying::Readying;
use self::saving::gzip;
use crate::account::{FileAccount, Mapping, Owners};
use crate::engine::{
    Analysis, FileIn, NoHelpers, Organization, Organizations, Snapshot, Watch, save,
};
use crate::export::{
    COPIED_ROWS, DraftWords, detailed_csv, detailed_draft, sent_csv, sent_markdown, sent_tsv,
    table_csv, table_markdown, table_tsv, tally_json,
};
use crate::import::{MemorySource, Pause, Settings, Source, preview, read_mapping};
use crate::mail::{Choices, Day, MESSAGE_BYTES, SentQuery};
use crate::messages::{
    DetailedForm, Figures, FileOf, FileToRead, Held, Progress, Reply, Request, TableForm,
};
use crate::report::{
    Answer, Dashboard, DetailedQuery, DetailedWords, Done, OrganizationRow, Query, SentWords, Span,
    Thing, Unusual, Words, answer, dashboard, detailed, details, known_values, unusual,
    whole_dashboard,
};
use crate::sample::{SampleOptions, sample_files};
use crate::tally::{Sent, Tally};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

/// Signs of life come at least this far apart, in milliseconds.
const PROGRESS_EVERY: f64 = 100.0;
/// Figures while reading take at most this share of the time.
const FIGURES_SHARE: f64 = 0.02;
/// Rows of a table that come with its report.
const FIRST_ROWS: usize = 100;
/// Recipients of a message that are handed over.
const RECIPIENTS: usize = 3;

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

/// The counts, and the account of every file with its place.
type Counted = (Tally, Vec<(u32, FileAccount)>);

/// What is to be shown of an organization that nobody looks at more closely.
struct Summary {
    row: OrganizationRow,
    dashboard: Dashboard,
    files: Vec<(u32, FileAccount)>,
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

    /// All messages of an account as text.
    fn sent_table(&self, query: SentQuery, form: TableForm, words: &SentWords) {
        self.with_sent(query, |analysis, sent| {
            let all = |place| analysis.sent_message(sent, place, usize::MAX);
            let complete = analysis.sent_counts(sent).left_out == 0;
            let write = match form {
                TableForm::Csv => sent_csv,
                TableForm::Clipboard => sent_tsv,
                TableForm::Markdown => sent_markdown,
            };
            let text = write(words, &mut (0..sent.len()).filter_map(all), complete);
            post(&match form {
                TableForm::Csv => Reply::SentCsv(text),
                _ => table_reply(form, text, sent.len() as u64),
            });
        });
    }

    fn forget_messages(&self) {
        *self.sent.borrow_mut() = None;
        if let Some(organizations) = &mut *self.organizations.borrow_mut() {
            organizations.forget_messages();
        }
    }

    /// The whole analysis as a file.
    async fn save(&self, ticks: &[(String, Done)], remember: bool) {
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
    fn period(&self) -> Option<(u32, u32)> {
        let summaries = self.summaries.borrow();
        let files = summaries.iter().flat_map(|summary| &summary.files);
        let periods = files.filter_map(|(_, account)| account.period);
        periods.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    }

    fn detailed(&self, query: &DetailedQuery, words: &(Words, DetailedWords), form: DetailedForm) {
        let (now, counted) = (self.now(), self.counted());
        let (words, more) = words;
        let detailed = detailed(&counted.0, now, query, words, more);
        let (draft, text) = match form {
            DetailedForm::Csv => (false, detailed_csv(detailed)),
            DetailedForm::Draft { title, note, file, to, now } => {
                let (title, note, file) = (&*title, &*note, &*file);
                let draft = DraftWords { title, note, file, to: &to, now };
                (true, detailed_draft(detailed, words, &draft))
            }
        };
        post(&Reply::Detailed { draft, text });
    }

    fn report(&self, id: u32, query: &Query, words: Words) {
        let counted = self.counted();
        let answer = answer(&counted.0, self.now(), query, words);
        let rows = answer.rows(&counted.0, 0, FIRST_ROWS);
        post(&Reply::Report { id, report: Box::new(answer.report.clone()), rows });
        *self.answer.borrow_mut() = Some((id, answer));
    }

    /// What is unusual in those days, looked for once: most questions change
    /// other things than the days.
    fn unusual(&self, span: Span) -> Unusual {
        let mut known = self.unusual.borrow_mut();
        match &*known {
            Some((of, unusual)) if *of == span => unusual.clone(),
            _ => {
                let found = unusual(&self.counted().0, self.now(), span);
                *known = Some((span, found.clone()));
                found
            }
        }
    }

    /// Does something with the messages of an account, which are looked for
    /// once as long as only the search changes.
    fn with_sent(&self, query: SentQuery, act: impl FnOnce(&Analysis, &Sent)) {
        let organizations = self.organizations.borrow();
        let Some(organizations) = &*organizations else { return };
        let open = organizations.list().get(self.place_of_open(organizations));
        let Some(analysis) = open.map(|open| &open.analysis) else { return };
        let mut known = self.sent.borrow_mut();
        let same = |own: &SentQuery| {
            SentQuery { search: String::new(), ..own.clone() }
                == SentQuery { search: String::new(), ..query.clone() }
        };
        match &mut *known {
            Some((own, _)) if *own == query => {}
            Some((own, sent)) if same(own) => analysis.find_sent(sent, &query.search),
            known => *known = Some((query.clone(), analysis.sent(&query))),
        }
        if let Some((own, sent)) = &mut *known {
            *own = query;
            act(analysis, sent);
        }
    }

    /// Does something with the last answer, if it is still the one meant.
    fn with_answer(&self, id: u32, act: impl FnOnce(&Tally, &Answer)) {
        let counted = self.counted();
        if let Some((known, answer)) = &*self.answer.borrow()
            && *known == id
        {
            act(&counted.0, answer);
        }
    }

    fn now(&self) -> u32 {
        self.organizations.borrow().as_ref().map_or(0, Organizations::now)
    }

    /// The counts of the organization that is looked at, made once.
    fn counted(&self) -> Rc<Counted> {
        let mut counted = self.counted.borrow_mut();
        let make = || {
            let organizations = self.organizations.borrow();
            let open = organizations.as_ref().and_then(|organizations| {
                organizations.list().get(self.place_of_open(organizations))
            });
            Rc::new(open.map(|open| open.analysis.figures()).unwrap_or_default())
        };
        Rc::clone(counted.get_or_insert_with(make))
    }

    /// The name of the organization that is looked at, where there are several.
    fn name_of_open(&self) -> Option<String> {
        let summaries = self.summaries.borrow();
        let organizations = self.organizations.borrow();
        let open = organizations.as_ref().map_or(0, |all| self.place_of_open(all));
        let row = summaries.get(open).filter(|_| summaries.len() > 1);
        row.map(|summary| summary.row.name.clone())
    }

    /// Which organization is looked at: the first, if none has that name.
    fn place_of_open(&self, organizations: &Organizations) -> usize {
        organizations.find(&self.open.borrow()).unwrap_or(0)
    }

    async fn read(
        &self,
        settings: Settings,
        said: Vec<(String, Choices)>,
        files: Vec<FileToRead>,
        handles: &Array,
    ) {
        let now = settings.now;
        let mut organizations = self.organizations(settings, said);
        let blobs: Vec<Blob> = handles.iter().map(JsCast::unchecked_into).collect();
        let mut reporter =
            Reporter::new(blobs.iter().map(Blob::size).sum(), now, Rc::clone(&self.cancelled));
        let mut touched = Vec::new();
        let alone = files.iter().all(|file| is_alone(&organizations, &file.owners))
            && files.windows(2).all(|pair| pair[0].owners == pair[1].owners);
        for (file, blob) in files.into_iter().zip(blobs) {
            if self.cancelled.get() {
                break;
            }
            let (place, name, mapping, owners) =
                (file.place, &*file.name, &file.mapping, &file.owners);
            reporter.start(place, alone);
            let mut helpers = || self.crew.of(blob.clone());
            let mut source = BlobSource::new(blob.clone());
            let file = FileIn { place, name, mapping, owners };
            touched
                .extend(organizations.read(file, &mut source, &mut reporter, &mut helpers).await);
            reporter.end(source.size());
        }
        self.put_back(organizations, &touched);
        post(&Reply::Figures(self.figures(true)));
    }

    async fn read_sample(
        &self,
        place: u32,
        owners: &Owners,
        settings: Settings,
        said: Vec<(String, Choices)>,
    ) {
        let now = settings.now;
        let options = SampleOptions::page(Day::of_seconds(now).plus(-1));
        let files = sample_files(&options);
        let mut organizations = self.organizations(settings, said);
        #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
        let total = files.iter().map(|file| file.bytes.len() as f64).sum();
        let mut reporter = Reporter::new(total, now, Rc::clone(&self.cancelled));
        let mut touched = Vec::new();
        let alone = is_alone(&organizations, owners);
        for file in files {
            reporter.start(place, alone);
            let mut source = MemorySource(file.bytes);
            let (name, mapping) = (file.name, &Mapping::default());
            let file = FileIn { place, name, mapping, owners };
            touched.extend(
                organizations.read(file, &mut source, &mut reporter, &mut || NoHelpers).await,
            );
            reporter.end(source.size());
        }
        organizations.mark_fictitious(place);
        self.put_back(organizations, &touched);
        post(&Reply::Figures(self.figures(true)));
    }

    /// The organizations, which are to change; with the first files there are
    /// none yet.
    fn organizations(&self, settings: Settings, said: Vec<(String, Choices)>) -> Organizations {
        let new = || Organizations::new(settings, said, self.open.borrow().clone());
        self.take().unwrap_or_else(new)
    }

    /// The organizations, which are to change.
    fn take(&self) -> Option<Organizations> {
        self.forget_answers();
        self.organizations.borrow_mut().take()
    }

    fn forget_answers(&self) {
        *self.counted.borrow_mut() = None;
        *self.answer.borrow_mut() = None;
        *self.unusual.borrow_mut() = None;
        *self.sent.borrow_mut() = None;
        self.readying.forget();
    }

    /// Puts the organizations back, and counts those in the places `touched`.
    fn put_back(&self, organizations: Organizations, touched: &[usize]) {
        let open = self.place_of_open(&organizations);
        let now = organizations.now();
        let mut summaries = self.summaries.borrow_mut();
        for (place, organization) in organizations.list().iter().enumerate() {
            if place < summaries.len() && !touched.contains(&place) {
                continue;
            }
            let counted = organization.analysis.figures();
            let dashboard = whole_dashboard(&counted.0, now);
            let row = OrganizationRow::new(&organization.name, &counted.0, &dashboard);
            let summary = Summary { row, dashboard, files: counted.1.clone() };
            match summaries.get_mut(place) {
                Some(known) => *known = summary,
                None => summaries.push(summary),
            }
            // Of all others only the summary is kept.
            if place == open {
                *self.counted.borrow_mut() = Some(Rc::new(counted));
            }
        }
        *self.organizations.borrow_mut() = Some(organizations);
    }

    /// What the page shows, of what was counted last.
    fn figures(&self, finished: bool) -> Box<Figures> {
        let summaries = self.summaries.borrow();
        let open = self.organizations.borrow().as_ref().map_or(0, |all| self.place_of_open(all));
        let files = (0..).zip(&*summaries).flat_map(|(organization, summary)| {
            let files = summary.files.iter();
            files.map(move |(place, account)| FileOf {
                place: *place,
                organization,
                account: account.clone(),
            })
        });
        let organizations = self.organizations.borrow();
        let held = organizations.as_ref().map_or(&[][..], Organizations::list).iter().map(held);
        Box::new(Figures {
            held: held.collect(),
            dashboard: summaries.get(open).map(|open| open.dashboard.clone()).unwrap_or_default(),
            organizations: summaries.iter().map(|summary| summary.row.clone()).collect(),
            files: files.collect(),
            finished,
        })
    }
}

/// What saved analyses told of an organization beside its files.
fn held(organization: &Organization) -> Held {
    let analysis = &organization.analysis;
    Held {
        choices: analysis.choices().clone(),
        elsewhere: analysis.said_elsewhere().to_vec(),
        ticks: analysis.ticks().to_vec(),
    }
}

/// Whether a file of these owners is of the only organization there is:
/// then its figures are shown while it is read.
fn is_alone(organizations: &Organizations, owners: &Owners) -> bool {
    let Owners::Named(names) = owners else { return false };
    match (organizations.list(), names.as_slice()) {
        ([], [_]) => true,
        ([only], [name]) => Owners::same(&only.name, name),
        _ => false,
    }
}

/// Answers what would be read of a file.
async fn look(request: Request, mut source: BlobSource) {
    let Request::Preview { id, number, mut mapping, import, remembered, korean } = request else {
        return;
    };
    let imported = import.map(|text| {
        let (_, imported) = read_mapping(&text)?;
        mapping = imported;
        Ok(())
    });
    let settings = Settings { korean, remembered: known(&remembered), ..Settings::default() };
    let preview = Box::new(preview(&mut source, number, &mapping, &settings).await);
    let header = preview.table.as_ref().map_or(&[][..], |table| &table.header);
    let imported = imported.map(|read| {
        let named = mapping.columns.into_iter().map(|(_, name)| name);
        read.map(|()| {
            named
                .filter(|name| !name.is_empty() && !name.starts_with('#') && !header.contains(name))
                .collect()
        })
    });
    post(&Reply::Preview { id, imported, preview });
}

/// The mapping files that can be read, each with the header that it is for.
fn known(texts: &[String]) -> Vec<(Vec<String>, Mapping)> {
    texts.iter().filter_map(|text| read_mapping(text).ok()).collect()
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
    /// Whether figures are shown while it reads.
    figures: bool,
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
            figures: true,
        }
    }

    fn start(&mut self, place: u32, figures: bool) {
        self.progress.place = place;
        self.figures = figures;
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
        let wait = (self.figures_took / FIGURES_SHARE).max(200.0);
        if self.figures && at - self.figures_at >= wait {
            let (tally, files) = snapshot.figures();
            let dashboard = dashboard(&tally, self.now);
            let file = |(place, account)| FileOf { place, organization: 0, account };
            let files = files.into_iter().map(file).collect();
            let organizations = Vec::new();
            let held = Vec::new();
            let figures = Figures { dashboard, organizations, files, held, finished: false };
            post(&Reply::Figures(Box::new(figures)));
            self.figures_at = clock();
            self.figures_took = self.figures_at - at;
        }
        if self.cancelled.get() { Pause::Stop } else { Pause::GoOn }
    }
}
