use std::ops::Deref;

use leptos::prelude::*;
use web_sys::File;

use super::Refused;
use crate::mail::Day;
use crate::page::reading::Source;
use crate::page::remembered;
use crate::text::Catalogue;

/// Handle to what the page knows of saving; copies are the same. It lasts as
/// long as the page.
#[derive(Clone, Copy)]
pub(crate) struct Saving(&'static State);

impl Deref for Saving {
    type Target = State;

    fn deref(&self) -> &State {
        self.0
    }
}

/// What is kept on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Its size.
    pub(crate) bytes: u64,
    /// The day on which it was saved, here.
    pub(crate) day: Day,
}

impl Kept {
    pub(super) fn of(file: &File) -> Self {
        let saved = js_sys::Date::new(&file.last_modified().into());
        let seconds = saved.get_time() / 1_000.0 - saved.get_timezone_offset() * 60.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let (bytes, seconds) = (file.size() as u64, seconds as u32);
        Self { bytes, day: Day::of_seconds(seconds) }
    }
}

/// Why nothing is remembered, though it is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The browser does not do it.
    Refused(Refused),
    /// It could not be made.
    NotMade,
    /// What is kept cannot be read, and is not replaced unasked.
    Unread,
}

impl Trouble {
    /// What is said of it.
    pub(crate) fn text(self, t: &'static Catalogue) -> &'static str {
        match self {
            Self::Refused(Refused::Full) => t.saving.full,
            Self::Refused(Refused::Forbidden) => t.saving.forbidden,
            Self::NotMade => t.saving.not_made,
            Self::Unread => t.saving.unread,
        }
    }
}

/// What is shown.
pub(crate) struct State {
    /// Whether the person wants the analysis to be remembered.
    pub(crate) on: RwSignal<bool>,
    /// What is kept.
    pub(crate) kept: RwSignal<Option<Kept>>,
    /// Why nothing is kept.
    pub(super) trouble: RwSignal<Option<Trouble>>,
    /// Whether what was kept was opened with the page.
    pub(crate) restored: RwSignal<bool>,
    /// Whether it was just forgotten.
    pub(crate) forgotten: RwSignal<bool>,
    /// Whether the dialog is open that saves a file.
    pub(crate) dialog: RwSignal<bool>,
    /// What is kept was looked for.
    pub(super) ready: StoredValue<bool>,
    /// The place of the drop that was restored.
    pub(super) place: StoredValue<Option<u32>>,
    /// The next saving.
    pub(super) timer: StoredValue<Option<TimeoutHandle>>,
    /// Ticks of saved analyses that were taken over.
    pub(super) ticks: StoredValue<Vec<(String, String)>>,
    /// What was last said of settings.
    pub(super) told: StoredValue<String>,
}

impl Saving {
    pub(crate) fn new() -> Self {
        Self(Box::leak(Box::new(State {
            on: RwSignal::new(remembered::wanted() && !Self::of_endpoint()),
            kept: RwSignal::new(None),
            trouble: RwSignal::new(None),
            restored: RwSignal::new(false),
            forgotten: RwSignal::new(false),
            dialog: RwSignal::new(false),
            ready: StoredValue::new(false),
            place: StoredValue::new(None),
            timer: StoredValue::new(None),
            ticks: StoredValue::new(Vec::new()),
            told: StoredValue::new(String::new()),
        })))
    }

    /// Whether the page reads what its address names: that is not remembered.
    pub(crate) fn of_endpoint() -> bool {
        Source::named().is_some()
    }

    /// The files are gone.
    pub(crate) fn start_over(self) {
        self.restored.set(false);
        self.place.set_value(None);
        self.ticks.set_value(Vec::new());
        self.told.set_value(String::new());
        if self.trouble.get_untracked() == Some(Trouble::Unread) {
            self.trouble.set(None);
            self.on.set(remembered::wanted());
        }
    }
}
