//! What the page knows and does: the one place where views, files and the
//! worker meet.

mod endpoint;
mod figures;
mod known;
mod messages;
mod organizations;
mod person;
mod questions;
mod reading;
mod replies;
mod sample;
mod workers;

use std::ops::Deref;
use std::time::Duration;

use leptos::prelude::*;
use web_sys::File;

pub(crate) use self::figures::FileRow;
use self::known::Inner;
pub(crate) use self::known::{Flyout, Known};
pub(crate) use self::organizations::Owned;
pub(crate) use self::person::Looked;
pub(crate) use self::reading::Reading;
use super::reading::{Intake, Signals};
use super::shell::Notice;
use super::view::{View, named_organization, open_organization};
use crate::report::Dashboard;
use crate::text::{Catalogue, Language};

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

impl Session {
    /// Starts a session, and the worker that it will need.
    pub(crate) fn new(language: Language) -> Self {
        let session = Self(Box::leak(Box::new(Known::new(language))));
        Signals::idle();
        session.start_worker();
        session.connect();
        session.show_sample();
        session.restore();
        session.offline.follow(session);
        session.heed_person();
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

    /// Forgets every file.
    pub(crate) fn start_over(self) {
        let effects = self.intake(Intake::clear);
        self.with(|inner| {
            inner.cancelled = false;
            inner.asked.clear();
            inner.said.clear();
            inner.listing = 0;
            inner.lives += 1;
            inner.starved.clear();
            inner.owed.clear();
            inner.idle_deaths = 0;
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

    /// Says something to screen readers.
    pub(crate) fn announce(self, text: &str) {
        self.announcement.set(text.to_owned());
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

    fn with<T>(self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut self.inner.get_value().borrow_mut())
    }

    fn intake<T>(self, act: impl FnOnce(&mut Intake<File>) -> T) -> T {
        self.with(|inner| act(&mut inner.intake))
    }
}

/// The browser's clock, in seconds since 1970.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
pub(crate) fn now_seconds() -> u32 {
    (js_sys::Date::now() / 1_000.0) as u32
}
