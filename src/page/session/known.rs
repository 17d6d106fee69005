//! What the page knows: what is shown, as signals, and what stands behind it.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::File;

use super::endpoint::Endpoint;
use super::questions::Owed;
use super::{FileRow, Looked, Reading};
use crate::mail::Choices;
use crate::page::audit::Auditing;
use crate::page::copying::Uncopied;
use crate::page::offline::Offline;
use crate::page::readiness::Readying;
use crate::page::reading::{Cause, Intake, Link, Signals};
use crate::page::report::Reports;
use crate::page::saving::Saving;
use crate::page::shell::Notice;
use crate::report::{Dashboard, OrganizationRow};
use crate::text::Language;

/// A flyout of the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flyout {
    /// Messages protected in transit (by TLS).
    MailFlow,
    /// SMTP Auth clients.
    SmtpAuth,
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
    pub(super) inner: StoredValue<Rc<RefCell<Inner>>, LocalStorage>,
}

impl Known {
    pub(super) fn new(language: Language) -> Self {
        let reports = Reports::new();
        Self {
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
            inner: StoredValue::new_local(Rc::new(RefCell::new(Inner::new()))),
        }
    }
}

/// What is not shown.
pub(super) struct Inner {
    pub(super) intake: Intake<File>,
    pub(super) link: Option<Link>,
    /// Workers that read for it.
    pub(super) helpers: Vec<Link>,
    /// Number of the worker, so that a late word of an old one is not heard.
    pub(super) generation: u32,
    pub(super) signals: Signals,
    /// Folders being listed.
    pub(super) listing: u32,
    /// How often everything was forgotten.
    pub(super) lives: u32,
    pub(super) endpoint: Endpoint,
    pub(super) cancelled: bool,
    /// Places that the person was already asked about.
    pub(super) asked: Vec<u32>,
    /// What the person said that no format can, by organization.
    pub(super) said: Vec<(String, Choices)>,
    /// Number of the last question what would be read of a file.
    pub(super) looks: u32,
    /// Why the last worker that died did.
    pub(super) cause: Cause,
    /// Places whose file filled the memory of a worker.
    pub(super) starved: Vec<u32>,
    /// What the person asked for, and has not got yet.
    pub(super) owed: Vec<Owed>,
    /// How often a worker has died of what it was asked since the person last
    /// did something.
    pub(super) idle_deaths: u32,
    /// The view was not asked, since workers had died of it.
    pub(super) unasked: bool,
}

impl Inner {
    fn new() -> Self {
        Self {
            intake: Intake::new(),
            link: None,
            helpers: Vec::new(),
            generation: 0,
            signals: Signals::default(),
            listing: 0,
            lives: 0,
            endpoint: Endpoint::default(),
            cancelled: false,
            asked: Vec::new(),
            said: Vec::new(),
            looks: 0,
            cause: Cause::Other,
            starved: Vec::new(),
            owed: Vec::new(),
            idle_deaths: 0,
            unasked: false,
        }
    }
}
