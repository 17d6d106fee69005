//! Files that are handed in, and how the reading of them stands.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::Session;
use crate::messages::Progress;
use crate::page::reading::{Asking, Effect, Found, Intake, Signals, after_paint, collect, mark};

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

impl Session {
    /// Files or folders were dropped or chosen. Called in the event's handler.
    pub(crate) fn hand_in(self, found: Found) {
        self.begin();
        if !found.has_folders() {
            // Nothing to wait for, but the same way for both.
            spawn_local(async move { self.take(collect(found).await) });
            return;
        }
        let life = self.with(|inner| {
            inner.listing += 1;
            inner.lives
        });
        self.show_reading();
        spawn_local(async move {
            let files = collect(found).await;
            if self.with(|inner| inner.lives != life) {
                // The person has started over since.
                return self.carry_out(vec![Effect::Ended(1)]);
            }
            self.with(|inner| inner.listing -= 1);
            self.take(files);
        });
    }

    pub(super) fn begin(self) {
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

    pub(super) fn take(self, files: Vec<(File, String, u64)>) {
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

    pub(super) fn show_progress(self, progress: Progress) {
        self.reading.update(|reading| {
            if let Some(reading) = reading {
                reading.progress = Some(progress);
                reading.now = now_ms();
            }
        });
    }

    /// Brings what is shown of the reading in line with what is.
    pub(super) fn show_reading(self) {
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

    pub(super) fn end(self, imports: u32) {
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

    pub(super) fn announce_end(self) {
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

/// Milliseconds on the page's steady clock.
pub(super) fn now_ms() -> f64 {
    window().performance().map_or_else(js_sys::Date::now, |performance| performance.now())
}
