//! What the page knows and does: the one place where views, files and the
//! worker meet.

mod endpoint;
mod messages;
mod organizations;
mod person;
mod sample;

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use self::endpoint::Endpoint;
pub(crate) use self::organizations::Owned;
pub(crate) use self::person::Looked;
use super::audit::Auditing;
use super::copying::Uncopied;
use super::offline::Offline;
use super::readiness::Readying;
use super::reading::{
    Asking, Effect, Found, Intake, Link, Said, Signals, Work, after_paint, collect, mark,
};
use super::remembered;
use super::report::Reports;
use super::save::save;
use super::saving::Saving;
use super::shell::Notice;
use super::view::{View, named_organization, open_organization};
use crate::account::{FileAccount, Problem};
use crate::mail::Choices;
use crate::messages::{Figures, FileOf, FileToRead, Progress, Reply, Request, TableForm};
use crate::order::sort_by;
use crate::report::{Dashboard, OrganizationRow};
use crate::text::{Catalogue, Language};

/// A flyout of the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flyout {
    /// Messages protected in transit (by TLS).
    MailFlow,
    /// SMTP Auth clients.
    SmtpAuth,
}

/// How the reading stands, while something is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reading {
    /// What the worker last said; `None` before it did.
    pub(crate) progress: Option<Progress>,
    /// When this request was sent, on the page's clock in milliseconds.
    pub(crate) since: f64,
    /// That clock at the last word.
    pub(crate) now: f64,
    /// Whether folders are being listed.
    pub(crate) listing: bool,
    /// How far an endpoint is asked, if it is.
    pub(crate) asking: Option<Asking>,
    /// Whether the person has cancelled.
    pub(crate) cancelling: bool,
    /// Files that wait for their turn.
    pub(crate) waiting: usize,
}

/// A file's account, with its place in the list of drops and its number among
/// the accounts of that place (an archive gives several).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FileRow {
    /// Place in the list of drops.
    pub(crate) place: u32,
    /// Position of the organization in the list of them.
    pub(crate) organization: u32,
    /// Number within the place.
    pub(crate) number: u32,
    /// What became of it; the same allocation as long as it is the same.
    pub(crate) account: Arc<FileAccount>,
}

impl FileRow {
    /// What it is known by.
    pub(crate) fn id(&self) -> (u32, u32, u32) {
        (self.place, self.organization, self.number)
    }
}

/// Handle to what the page knows; copies are the same session. There is one,
/// for as long as there is a page: every view holds it, so it is small.
#[derive(Clone, Copy)]
pub(crate) struct Session(&'static Known);

impl Deref for Session {
    type Target = Known;

    fn deref(&self) -> &Known {
        self.0
    }
}

/// What the page knows.
pub(crate) struct Known {
    /// The language that is spoken.
    pub(crate) language: RwSignal<Language>,
    /// What fills the page, and the reports.
    pub(crate) reports: Reports,
    /// The view "Readiness".
    pub(crate) readiness: Readying,
    /// The view "Audit report".
    pub(crate) auditing: Auditing,
    /// What the clipboard did not take.
    pub(crate) uncopied: Uncopied,
    /// Saving, and what is remembered.
    pub(crate) saving: Saving,
    /// Use without the network, and new versions.
    pub(crate) offline: Offline,
    /// The figures of the cards.
    pub(crate) dashboard: RwSignal<Dashboard>,
    /// All organizations that files are of.
    pub(crate) organizations: RwSignal<Vec<OrganizationRow>>,
    /// The one that the address names.
    pub(crate) organization: RwSignal<Option<String>>,
    /// Whether the dialog is open in which the person says whose files are.
    pub(crate) grouping: RwSignal<bool>,
    /// How often what other senders report has changed: its panel is built
    /// anew for that, and not for other figures.
    pub(crate) reported: RwSignal<usize>,
    /// The account of every file.
    pub(crate) files: RwSignal<Vec<FileRow>>,
    /// Whether anything was ever handed in.
    pub(crate) started: RwSignal<bool>,
    /// How the reading stands.
    pub(crate) reading: RwSignal<Option<Reading>>,
    /// Said to screen readers, rarely.
    pub(crate) announcement: RwSignal<String>,
    /// Shown until it is dismissed.
    pub(crate) notice: RwSignal<Option<Notice>>,
    /// The file whose columns the person is asked about.
    pub(crate) asking: RwSignal<Option<FileRow>>,
    /// What would be read of that file.
    pub(crate) looked: RwSignal<Option<Looked>>,
    /// Whether the settings are open.
    pub(crate) settings: RwSignal<bool>,
    /// The flyout that is open.
    pub(crate) flyout: RwSignal<Option<Flyout>>,
    /// Whether the dialog for the address of an endpoint is open.
    pub(crate) connecting: RwSignal<bool>,
    /// Whether the page has an endpoint.
    pub(crate) has_endpoint: RwSignal<bool>,
    /// When that was read last, on the page's clock in milliseconds.
    pub(crate) read_at: RwSignal<Option<f64>>,
    /// Whether the person is asked for its token, and had given a wrong one.
    pub(crate) token: RwSignal<Option<bool>>,
    /// Whether the dialog that takes a text is open.
    pub(crate) pasting: RwSignal<bool>,
    /// How many texts were pasted.
    pub(crate) pasted: StoredValue<u32>,
    inner: StoredValue<Rc<RefCell<Inner>>, LocalStorage>,
}

struct Inner {
    intake: Intake<File>,
    link: Option<Link>,
    /// Workers that read for it.
    helpers: Vec<Link>,
    /// Number of the worker, so that a late word of an old one is not heard.
    generation: u32,
    signals: Signals,
    /// Folders being listed.
    listing: u32,
    endpoint: Endpoint,
    cancelled: bool,
    /// Places that the person was already asked about.
    asked: Vec<u32>,
    /// What the person said that no format can, by organization.
    said: Vec<(String, Choices)>,
    /// Number of the last question what would be read of a file.
    looks: u32,
}

impl Session {
    /// Starts a session, and the worker that it will need.
    pub(crate) fn new(language: Language) -> Self {
        let reports = Reports::new();
        let known = Known {
            language: RwSignal::new(language),
            reports,
            readiness: Readying::new(reports.view),
            auditing: Auditing::new(reports.view),
            uncopied: RwSignal::new(None),
            saving: Saving::new(),
            offline: Offline::new(),
            dashboard: RwSignal::new(Dashboard::default()),
            reported: RwSignal::new(0),
            organizations: RwSignal::new(Vec::new()),
            organization: RwSignal::new(None),
            grouping: RwSignal::new(false),
            files: RwSignal::new(Vec::new()),
            started: RwSignal::new(false),
            reading: RwSignal::new(None),
            announcement: RwSignal::new(String::new()),
            notice: RwSignal::new(None),
            asking: RwSignal::new(None),
            looked: RwSignal::new(None),
            settings: RwSignal::new(false),
            flyout: RwSignal::new(None),
            connecting: RwSignal::new(false),
            has_endpoint: RwSignal::new(false),
            read_at: RwSignal::new(None),
            token: RwSignal::new(None),
            pasting: RwSignal::new(false),
            pasted: StoredValue::new(0),
            inner: StoredValue::new_local(Rc::new(RefCell::new(Inner {
                intake: Intake::new(),
                link: None,
                helpers: Vec::new(),
                generation: 0,
                signals: Signals::default(),
                listing: 0,
                endpoint: Endpoint::default(),
                cancelled: false,
                asked: Vec::new(),
                said: Vec::new(),
                looks: 0,
            }))),
        };
        let session = Self(Box::leak(Box::new(known)));
        Signals::idle();
        session.start_worker();
        session.connect();
        session.show_sample();
        session.restore();
        session.offline.follow(session);
        // A browser that sends the page to sleep stops both the clock and the
        // worker, so counting ticks is fairer than asking for the time.
        set_interval(
            move || {
                let effects = session.intake(Intake::second);
                session.carry_out(effects);
            },
            Duration::from_secs(1),
        );
        session
    }

    /// The texts of the language that is spoken.
    pub(crate) fn texts(self) -> &'static Catalogue {
        self.language.get().texts()
    }

    /// Files or folders were dropped or chosen. Called in the event's handler.
    pub(super) fn hand_in(self, found: Found) {
        self.begin();
        if !found.has_folders() {
            // Nothing to wait for, but the same way for both.
            spawn_local(async move { self.take(collect(found).await) });
            return;
        }
        self.with(|inner| inner.listing += 1);
        self.show_reading();
        spawn_local(async move {
            let files = collect(found).await;
            self.with(|inner| inner.listing -= 1);
            self.take(files);
        });
    }

    /// The person wants no more.
    pub(crate) fn cancel(self) {
        if self.cancel_renewal() {
            return;
        }
        let t = self.language.get_untracked().texts();
        self.with(|inner| {
            inner.cancelled = true;
            if let Some(call) = &inner.endpoint.call {
                call.cancel();
            }
        });
        self.announce(t.reading.cancelling);
        let effects = self.intake(Intake::cancel);
        self.carry_out(effects);
        self.show_reading();
    }

    /// Forgets every file.
    pub(crate) fn start_over(self) {
        let effects = self.intake(Intake::clear);
        self.with(|inner| {
            inner.cancelled = false;
            inner.asked.clear();
            inner.said.clear();
        });
        self.forget_endpoint();
        sample::forget();
        self.pasted.set_value(0);
        self.dashboard.set(Dashboard::default());
        self.organizations.set(Vec::new());
        self.files.set(Vec::new());
        self.reports.forget();
        self.readiness.start_over();
        self.auditing.start_over();
        self.uncopied.set(None);
        self.saving.start_over();
        self.reports.sent.forget();
        self.notice.set(None);
        self.reading.set(None);
        open_organization(&View::Dashboard, None);
        self.started.set(false);
        self.carry_out(effects);
    }

    /// Goes to what the address names, and asks for what it needs.
    pub(crate) fn go(self) {
        let organization = named_organization();
        if self.organization.with_untracked(|known| *known != organization) {
            self.organization.set(organization);
            self.reports.forget();
            // They are of one organization.
            if self.reports.sent.keeping.get_untracked() {
                self.forget_messages();
            }
            self.look_at_organization();
        }
        self.reports.go(View::current());
        self.ask_report();
    }

    /// Asks what the view asks, in the language that is spoken.
    pub(crate) fn ask_report(self) {
        // A worker that has read only some of it has no answer yet.
        if self.is_renewing() {
            return;
        }
        let t = self.language.get_untracked().texts();
        if let Some(question) = self.reports.question(t) {
            self.post(&question, &[]);
        }
        if let Some(question) = self.readiness.question() {
            self.post(&question, &[]);
        }
        if let Some(question) = self.auditing.question(|| self.readiness.done_of()) {
            self.post(&question, &[]);
        }
        // It takes longer than the rest, which must not wait for it.
        if let Some(question) = self.reports.look_for_unusual() {
            self.post(&question, &[]);
        }
    }

    /// Asks the worker for something about the file in `place`; `false` where
    /// there is no file, or no worker yet.
    pub(super) fn ask_of_file(self, request: &Request, file: &File) -> bool {
        let ready = self.with(|inner| inner.intake.is_ready() && inner.link.is_some());
        if ready {
            self.post(request, std::slice::from_ref(file));
        }
        ready
    }

    /// The file that was dropped as the one in `place`.
    pub(super) fn file_in(self, place: u32) -> Option<File> {
        self.intake(|intake| intake.dropped(place).and_then(|drop| drop.file.clone()))
    }

    /// Asks the worker for something.
    pub(crate) fn ask_for(self, request: &Request) {
        self.post(request, &[]);
    }

    /// Asks for the figures as JSON, which then are saved.
    pub(crate) fn save_figures(self) {
        self.post(&Request::TallyJson, &[]);
    }

    /// Says something to screen readers.
    pub(crate) fn announce(self, text: &str) {
        self.announcement.set(text.to_owned());
    }

    fn begin(self) {
        mark("mailflow:import-start");
        self.with(|inner| {
            Signals::reading();
            if !inner.intake.is_busy() {
                inner.cancelled = false;
            }
        });
        // Setting it again would build the page anew.
        if !self.started.get_untracked() {
            self.started.set(true);
        }
        self.notice.set(None);
        self.show_reading();
    }

    fn take(self, files: Vec<(File, String, u64)>) {
        let t = self.language.get_untracked().texts();
        let nothing = files.is_empty();
        if !nothing {
            self.announce(&(t.reading.started)(files.len() as u64));
        }
        let effects = self.intake(|intake| intake.add_files(files));
        self.carry_out(effects);
        self.show_reading();
        if nothing {
            // After the end of this import, which says again what was read before.
            self.tell(t.reading.nothing_found);
        }
    }

    /// Reads a file that the page has.
    pub(crate) fn read_file(self, file: File, name: String, bytes: u64) {
        self.begin();
        self.take(vec![(file, name, bytes)]);
    }

    /// The place that the next file will have.
    pub(crate) fn next_place(self) -> u32 {
        self.intake(|intake| u32::try_from(intake.drops().len()).unwrap_or(u32::MAX))
    }

    /// Whether something is read.
    pub(crate) fn is_busy(self) -> bool {
        self.with(|inner| inner.intake.is_busy() || inner.listing > 0)
    }

    fn with<T>(self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut self.inner.get_value().borrow_mut())
    }

    fn intake<T>(self, act: impl FnOnce(&mut Intake<File>) -> T) -> T {
        self.with(|inner| act(&mut inner.intake))
    }

    fn carry_out(self, effects: Vec<Effect>) {
        for effect in effects {
            let t = self.language.get_untracked().texts();
            match effect {
                Effect::Restart => self.start_worker(),
                Effect::Read(work) => self.read(&work),
                Effect::Cancel => self.post(&Request::Cancel, &[]),
                Effect::Died(place) => {
                    let name = self.intake(|intake| {
                        intake.dropped(place).map(|drop| drop.name.clone()).unwrap_or_default()
                    });
                    self.warn((t.reading.reader_died)(&name));
                    if !self.is_renewing() {
                        self.show_files(Vec::new());
                    }
                }
                Effect::DiedIdle => {
                    Signals::reading();
                    self.warn(t.reading.reader_restarted.to_owned());
                }
                Effect::CannotStart => self.warn(t.reading.cannot_start.to_owned()),
                Effect::Ended(imports) => self.end(imports),
            }
        }
    }

    /// Shows what went wrong until it is dismissed, and says it.
    pub(crate) fn warn(self, text: String) {
        self.announce(&text);
        self.notice.set(Some(Notice { text, is_trouble: true }));
    }

    /// The same of what is good to know.
    pub(crate) fn tell(self, text: &str) {
        self.announce(text);
        self.notice.set(Some(Notice::note(text)));
    }

    fn start_worker(self) {
        let generation = self.with(|inner| {
            inner.link = None;
            inner.helpers.clear();
            inner.generation += 1;
            inner.generation
        });
        Link::start(move |said| {
            if self.with(|inner| inner.generation) == generation {
                self.hear(said);
            }
        });
    }

    /// Starts workers that read for the one that counts, one for each processor
    /// that is left. It does without those that do not start.
    fn start_helpers(self) {
        /// Beyond these the browser's own part of reading sets the pace.
        const MOST: usize = 3;
        let generation = self.with(|inner| inner.generation);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "few")]
        let processors = window().navigator().hardware_concurrency() as usize;
        for _ in 0..processors.saturating_sub(1).min(MOST) {
            Link::start(move |said| {
                let Said::Started(helper) = said else { return };
                self.with(|inner| {
                    let now = inner.link.as_ref().filter(|_| inner.generation == generation);
                    if now.is_some_and(|link| link.hire(&helper).is_ok()) {
                        inner.helpers.push(helper);
                    }
                });
            });
        }
    }

    fn hear(self, said: Said) {
        let (reply, file) = match said {
            Said::Started(link) => {
                self.with(|inner| inner.link = Some(link));
                self.start_helpers();
                return;
            }
            Said::Dead => {
                let effects = self.intake(Intake::died);
                self.carry_out(effects);
                self.show_reading();
                return;
            }
            Said::Reply(reply, file) => (reply, file),
        };
        self.intake(Intake::alive);
        match reply {
            Reply::Ready => {
                let effects = self.intake(Intake::ready);
                // What the last worker was hashing is lost with it.
                self.auditing.stopped();
                self.look_at_organization();
                self.carry_out(effects);
                self.show_reading();
            }
            Reply::Progress(progress) => {
                self.intake(|intake| intake.progress(&progress));
                self.show_progress(progress);
            }
            Reply::Figures(figures) => self.show_figures(*figures),
            Reply::Recounted(_) if self.is_renewing() => {}
            Reply::Recounted(figures) => {
                self.show_counts(*figures);
                self.ask_report();
            }
            Reply::Preview { id, imported, preview } => {
                self.looked(id, Looked { preview: *preview, imported });
            }
            Reply::Report { id, report, rows } => self.reports.answered(id, *report, rows),
            Reply::Rows { id, from, rows } => self.reports.rows(id, from, rows),
            Reply::Unusual { id, unusual } => self.reports.looked_for(id, *unusual),
            Reply::Details { id, details } => self.reports.looked(id, *details),
            Reply::KnownValues(field, values) => {
                self.reports.known_values.update(|known| {
                    known.retain(|(of, _)| *of != field);
                    known.push((field, Arc::new(values)));
                });
            }
            Reply::Table { form: TableForm::Csv, text, .. } => {
                save(&self.reports.table_name(), "text/csv", &text);
            }
            Reply::Detailed { draft: false, text } => {
                save(&self.reports.file_name("-detailed.csv"), "text/csv", &text);
            }
            Reply::Detailed { draft: true, text } => {
                save(&self.reports.file_name(".eml"), "message/rfc822", &text);
                self.announce(self.language.get_untracked().texts().report.draft_made);
            }
            Reply::Table { form, text, rows, more } => {
                let said = (self.language.get_untracked().texts().audit.copied)(rows, more);
                let ending = if form == TableForm::Markdown { ".md" } else { ".txt" };
                self.copy(text, said, self.reports.file_name(ending));
            }
            Reply::Audit { id, audit } => self.auditing.answered(id, *audit),
            Reply::Hash { id, bytes, digest } => self.hashed(id, bytes, digest),
            Reply::Readiness { id, readiness, rows } => {
                self.readiness.answered(id, *readiness, rows);
            }
            Reply::ReadinessRows { id, from, rows } => self.readiness.rows(id, from, rows),
            Reply::Sent { id, counts, from, messages } => {
                self.reports.sent.answered(id, counts, from, messages);
            }
            Reply::Saved { remember, period } => self.saved(remember, period, file),
            Reply::SentCsv(text) => save("smtp-auth-messages.csv", "text/csv", &text),
            Reply::TallyJson(json) => save("mailflow.json", "application/json", &json),
        }
    }

    fn show_figures(self, figures: Figures) {
        let mut figures = Some(figures);
        if self.renewed(&mut figures) {
            return;
        }
        let Some(figures) = figures else { return };
        // While files are read again, the first figures of the new worker are
        // of less than is on the page; they come within moments.
        let (finished, held) = (figures.finished, figures.held.clone());
        self.show_counts(figures);
        if finished && self.heed(&held) {
            let effects = self.intake(Intake::again);
            self.carry_out(effects);
            return self.show_reading();
        }
        if finished {
            self.ask_report();
            let effects = self.intake(Intake::finished);
            self.carry_out(effects);
            self.show_reading();
        }
    }

    fn show_counts(self, figures: Figures) {
        let same = |known: &Dashboard| known.tls_reports == figures.dashboard.tls_reports;
        let same = self.dashboard.with_untracked(same);
        self.dashboard.set(figures.dashboard);
        self.organizations.set(figures.organizations);
        if !same {
            self.reported.update(|times| *times += 1);
        }
        self.show_files(figures.files);
    }

    /// Shows the worker's accounts, and those of the files it died of.
    fn show_files(self, accounts: Vec<FileOf>) {
        let deadly = self.intake(|intake| {
            intake
                .deadly()
                .map(|(place, drop)| {
                    let account = FileAccount {
                        name: drop.name.clone(),
                        bytes: drop.bytes,
                        problem: Some(Problem::ReaderDied),
                        ..FileAccount::default()
                    };
                    (place, 0, account)
                })
                .collect::<Vec<_>>()
        });
        let old = self.files.get_untracked();
        let mut rows = Vec::with_capacity(accounts.len() + deadly.len());
        if accounts.is_empty() {
            // No news but of the deadly ones.
            let known = |row: &FileRow| (row.place, row.organization, Arc::clone(&row.account));
            rows.extend(old.iter().map(known));
            rows.retain(|(place, ..)| deadly.iter().all(|(dead, ..)| dead != place));
        }
        let news = accounts.into_iter().map(|file| (file.place, file.organization, file.account));
        let news = news.chain(deadly);
        rows.extend(news.map(|(place, of, account)| (place, of, Arc::new(account))));
        sort_by(&mut rows, &|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        let mut files: Vec<FileRow> = Vec::with_capacity(rows.len());
        for (place, organization, account) in rows {
            let last = files.last();
            let last = last.filter(|last| (last.place, last.organization) == (place, organization));
            let number = last.map_or(0, |last| last.number + 1);
            let mut row = FileRow { place, organization, number, account };
            // An account that did not change keeps its row on the page.
            let known = old.binary_search_by(|known| known.id().cmp(&row.id()));
            if let Some(known) = known.ok().and_then(|index| old.get(index))
                && known.account == row.account
            {
                row.account = Arc::clone(&known.account);
            }
            files.push(row);
        }
        self.files.set(files);
    }

    fn show_progress(self, progress: Progress) {
        self.reading.update(|reading| {
            if let Some(reading) = reading {
                reading.progress = Some(progress);
                reading.now = now_ms();
            }
        });
    }

    /// Brings what is shown of the reading in line with what is.
    fn show_reading(self) {
        let (busy, listing, asking, waiting, cancelling) = self.with(|inner| {
            let (listing, asking) = (inner.listing > 0, inner.endpoint.asking());
            let busy = inner.intake.is_busy() || listing || asking.is_some();
            (busy, listing, asking, inner.intake.waiting(), inner.cancelled)
        });
        self.reading.update(|reading| {
            if !busy {
                *reading = None;
                return;
            }
            let now = now_ms();
            let reading = reading.get_or_insert(Reading {
                progress: None,
                since: now,
                now,
                listing,
                asking,
                cancelling,
                waiting,
            });
            reading.listing = listing;
            reading.asking = asking;
            reading.cancelling = cancelling;
            reading.waiting = waiting;
        });
    }

    fn read(self, work: &Work) {
        let now = now_ms();
        self.reading.update(|reading| {
            if let Some(reading) = reading {
                reading.progress = None;
                reading.since = now;
                reading.now = now;
            }
        });
        let now = now_seconds();
        let said = self.with(|inner| inner.said.clone());
        let keep = self.reports.sent.keeping.get_untracked();
        match work {
            Work::Sample(place) => {
                let place = *place;
                let owners = self.intake(|intake| {
                    intake.dropped(place).map(|drop| drop.owners.clone()).unwrap_or_default()
                });
                self.post(&Request::ReadSample { place, owners, now, said, keep }, &[]);
            }
            Work::Files(places) => {
                let korean = self.language.get_untracked() == Language::Korean;
                let (files, handles) = self.intake(|intake| {
                    places
                        .iter()
                        .filter_map(|place| {
                            let drop = intake.dropped(*place)?;
                            let file = FileToRead {
                                place: *place,
                                name: drop.name.clone(),
                                mapping: drop.mapping.clone(),
                                owners: drop.owners.clone(),
                            };
                            Some((file, drop.file.clone()?))
                        })
                        .unzip::<_, _, Vec<_>, Vec<_>>()
                });
                let remembered = remembered::all();
                let read = Request::Read { files, korean, now, said, remembered, keep };
                self.post(&read, &handles);
            }
        }
    }

    fn post(self, request: &Request, files: &[File]) {
        let sent = self.with(|inner| {
            let link = inner.link.as_ref().filter(|_| inner.intake.is_ready());
            link.is_none_or(|link| link.post(request, files).is_ok())
        });
        if !sent {
            let effects = self.intake(Intake::died);
            self.carry_out(effects);
        }
    }

    fn end(self, imports: u32) {
        if !self.is_busy() {
            self.announce_end();
            self.ask();
            self.remember_read();
        }
        after_paint(move || {
            if imports > 0 {
                mark("mailflow:import-done");
            }
            self.with(|inner| {
                let busy = inner.intake.is_busy() || inner.listing > 0;
                inner.signals.ended(imports, busy);
            });
        });
    }

    fn announce_end(self) {
        let t = self.language.get_untracked().texts();
        let (mut rows, mut messages, mut unread, mut files) = (0, 0, 0, 0_u64);
        self.files.with_untracked(|all| {
            for row in all {
                files += 1;
                rows += row.account.rows;
                messages += row.account.messages;
                unread += u64::from(row.account.problem.is_some());
            }
        });
        if files == 0 {
            return;
        }
        let mut text = (t.reading.done)(files, rows, messages);
        if unread > 0 {
            text.push_str("; ");
            text.push_str(&(t.reading.not_read)(unread));
        }
        if self.with(|inner| inner.cancelled) {
            text.push_str("; ");
            text.push_str(t.reading.cancelled);
        }
        self.announce(&text);
    }
}

/// The browser's clock, in seconds since 1970.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
pub(crate) fn now_seconds() -> u32 {
    (js_sys::Date::now() / 1_000.0) as u32
}

/// Milliseconds on the page's steady clock.
fn now_ms() -> f64 {
    window().performance().map_or_else(js_sys::Date::now, |performance| performance.now())
}
