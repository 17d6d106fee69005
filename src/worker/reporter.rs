//! Signs of life: how far the reading is, and figures under way.

use std::cell::Cell;
use std::rc::Rc;

use super::{clock, post};
use crate::engine::{Snapshot, Watch};
use crate::import::Pause;
use crate::messages::{Figures, FileOf, Progress, Reply};
use crate::report::dashboard;

/// Signs of life come at least this far apart, in milliseconds.
pub(super) const PROGRESS_EVERY: f64 = 100.0;
/// Milliseconds after which the first figures are shown, at the earliest.
const FIRST_FIGURES: f64 = 200.0;
/// Figures while reading take at most this share of the time since the last.
const FIGURES_SHARE: f64 = 0.02;
/// Where they take more, they are shown after so many times the rows, if they
/// take at most this share of the time that is left.
const FIGURES_GROWTH: f64 = 4.0;
const SHARE_OF_REST: f64 = 0.05;

/// Tells the page how far the reading is.
pub(super) struct Reporter {
    cancelled: Rc<Cell<bool>>,
    now: u32,
    progress: Progress,
    /// Bytes and rows of the files that are done.
    before: (u64, u64),
    rows: u64,
    started_at: f64,
    told_at: f64,
    shown: Shown,
    /// Whether figures are shown while it reads.
    figures: bool,
}

/// The figures that were shown last: when, how long they took to count, in
/// milliseconds, and of how many rows.
#[derive(Clone, Copy, Debug)]
struct Shown {
    at: f64,
    took: f64,
    rows: f64,
}

impl Shown {
    /// Whether figures are worth their time: it grows with the rows, and is
    /// taken from the reading.
    fn is_due(&self, at: f64, rows: f64, left: f64) -> bool {
        let since = at - self.at;
        if since < FIRST_FIGURES || self.rows <= 0.0 {
            return since >= FIRST_FIGURES;
        }
        let growth = (rows / self.rows).max(1.0);
        let takes = self.took * growth;
        takes <= FIGURES_SHARE * since || growth >= FIGURES_GROWTH && takes <= SHARE_OF_REST * left
    }
}

impl Reporter {
    pub(super) fn new(total: f64, now: u32, cancelled: Rc<Cell<bool>>) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number of bytes"
        )]
        let bytes_total = total as u64;
        let at = clock();
        Self {
            cancelled,
            now,
            progress: Progress { bytes_total, ..Progress::default() },
            before: (0, 0),
            rows: 0,
            started_at: at,
            told_at: at,
            shown: Shown { at, took: 0.0, rows: 0.0 },
            figures: true,
        }
    }

    pub(super) fn start(&mut self, place: u32, figures: bool) {
        self.progress.place = place;
        self.figures = figures;
        self.rows = 0;
        post(&Reply::Progress(self.progress));
    }

    pub(super) fn end(&mut self, bytes: u64) {
        self.before.0 += bytes;
        self.before.1 += self.rows;
        self.progress.bytes_read = self.before.0;
        self.progress.rows = self.before.1;
    }

    #[expect(clippy::cast_precision_loss, reason = "a rough time")]
    fn is_due(&self, at: f64, snapshot: &Snapshot<'_>) -> bool {
        let read = self.before.0 + snapshot.bytes;
        let rest = self.progress.bytes_total.saturating_sub(read);
        let left = (at - self.started_at) * rest as f64 / read.max(1) as f64;
        self.shown.is_due(at, self.rows_with(snapshot), left)
    }

    #[expect(clippy::cast_precision_loss, reason = "a rough measure")]
    fn rows_with(&self, snapshot: &Snapshot<'_>) -> f64 {
        (self.before.1 + snapshot.rows) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Shown;

    #[test]
    fn the_first_figures_come_soon_and_more_as_long_as_they_are_cheap() {
        let none = Shown { at: 0.0, took: 0.0, rows: 0.0 };
        assert!(!none.is_due(100.0, 1e5, 5_000.0));
        assert!(none.is_due(200.0, 1e5, 5_000.0));
        let cheap = Shown { at: 200.0, took: 2.0, rows: 1e5 };
        assert!(!cheap.is_due(250.0, 1.1e5, 5_000.0));
        assert!(cheap.is_due(450.0, 2e5, 5_000.0));
    }

    #[test]
    fn figures_that_take_long_wait_for_many_more_rows_and_not_for_the_end() {
        let dear = Shown { at: 1_000.0, took: 40.0, rows: 1e5 };
        assert!(!dear.is_due(3_000.0, 3e5, 60_000.0));
        assert!(dear.is_due(3_000.0, 4e5, 60_000.0));
        assert!(!dear.is_due(3_000.0, 4e5, 2_000.0), "the last are about to come");
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
        if self.figures && self.is_due(at, snapshot) {
            let (tally, files) = snapshot.figures();
            let dashboard = dashboard(&tally, self.now);
            let file = |(place, account)| FileOf { place, organization: 0, account };
            let files = files.into_iter().map(file).collect();
            let organizations = Vec::new();
            let held = Vec::new();
            let figures = Figures { dashboard, organizations, files, held, finished: false };
            post(&Reply::Figures(Box::new(figures)));
            let (shown, rows) = (clock(), self.rows_with(snapshot));
            self.shown = Shown { at: shown, took: shown - at, rows };
        }
        if self.cancelled.get() { Pause::Stop } else { Pause::GoOn }
    }
}
