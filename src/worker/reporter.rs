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
/// Figures while reading take at most this share of the time.
const FIGURES_SHARE: f64 = 0.02;

/// Tells the page how far the reading is.
pub(super) struct Reporter {
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
    pub(super) fn new(total: f64, now: u32, cancelled: Rc<Cell<bool>>) -> Self {
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
