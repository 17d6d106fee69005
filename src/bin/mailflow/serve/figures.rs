//! The figures of the logs, counted by a thread of its own: one count at a
//! time, and the last answer stands until there is a new one.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::sleep;
use std::time::{Duration, Instant};

use axum::http::HeaderValue;
use mailflow::account::{FileAccount, Mapping};
use mailflow::engine::Analysis;
use mailflow::export::cells_json;
use mailflow::import::Settings;
use mailflow::mail::Day;
use mailflow::tally::Tally;

use super::folder::{Listing, Settling};
use super::log;
use super::ndjson::ndjson;
use super::stored::{Stored, tag};
use crate::file_source::FileSource;
use crate::threads::{Threads, block_on};
use crate::{ReadOn, now};

/// How often the folder is looked at; more rarely where that takes long.
const LOOK: Duration = Duration::from_secs(1);

/// What was counted last.
pub(super) struct Figures {
    /// The document as JSON, and as lines of JSON.
    pub(super) json: Stored,
    pub(super) lines: Stored,
    pub(super) tag: HeaderValue,
    pub(super) tally: Tally,
    /// The clock of the count, in seconds since 1970.
    pub(super) now: u32,
}

/// Where the figures are found.
#[derive(Clone)]
pub(super) struct Current {
    begun: Instant,
    /// None until the first count is done.
    figures: Arc<RwLock<Option<Arc<Figures>>>>,
}

impl Current {
    pub(super) fn none() -> Self {
        Self { begun: Instant::now(), figures: Arc::default() }
    }

    /// The figures, or in how many seconds they may be asked for again: the
    /// longer the first count takes, the rarer.
    pub(super) fn get(&self) -> Result<Arc<Figures>, u64> {
        let figures = self.figures.read().unwrap_or_else(PoisonError::into_inner).clone();
        figures.ok_or_else(|| self.begun.elapsed().as_secs().clamp(1, 60))
    }

    fn set(&self, figures: Figures) {
        let mut current = self.figures.write().unwrap_or_else(PoisonError::into_inner);
        *current = Some(Arc::new(figures));
    }
}

/// Counts a folder of logs whenever it has changed.
pub(super) struct Counter {
    pub(super) logs: PathBuf,
    pub(super) settings: Settings,
    pub(super) mapping: Mapping,
    pub(super) current: Current,
}

impl Counter {
    /// Counts without end.
    pub(super) fn run(self) {
        let mut settling = Settling::new();
        let mut trouble = String::new();
        loop {
            let begun = Instant::now();
            match Listing::of(&self.logs) {
                Ok(listing) => {
                    trouble.clear();
                    // Rows later than tomorrow are not counted, so a day is a
                    // change too.
                    let state = (Day::of_seconds(now()), listing);
                    if settling.is_due(&state, begun) {
                        self.count_anew(&state.1);
                        settling.was_read(state, begun.elapsed(), Instant::now());
                    }
                }
                Err(error) => {
                    let text = format!("{}: {error}; the last figures stand", self.logs.display());
                    if text != trouble {
                        log(&text);
                        trouble = text;
                    }
                }
            }
            sleep(LOOK.max(begun.elapsed() * 10).min(Duration::from_mins(1)));
        }
    }

    fn count_anew(&self, listing: &Listing) {
        let begun = Instant::now();
        for (folder, why) in &listing.closed {
            log(&format!("{}: {why}; it is left out", folder.display()));
        }
        match self.count(listing) {
            Ok((figures, read)) => {
                self.current.set(figures);
                let (files, took) = (listing.files.len(), begun.elapsed().as_secs_f32());
                log(&format!("counted {read} of {files} files in {took:.1} s"));
            }
            Err(error) => log(&format!("the figures could not be written down: {error}")),
        }
    }

    /// The figures, and of how many files they are.
    fn count(&self, listing: &Listing) -> std::io::Result<(Figures, usize)> {
        let now = now();
        let mut analysis = Analysis::new(Settings { now, ..self.settings.clone() });
        for (place, log) in (0..).zip(&listing.files) {
            let mut source = FileSource::open(&log.path);
            let mut threads = Threads::of(&log.path);
            let (watch, threads) = (&mut ReadOn, &mut threads);
            block_on(analysis.read_together(
                place,
                &log.name,
                &mut source,
                &self.mapping,
                watch,
                threads,
            ));
        }
        let (tally, accounts) = analysis.figures();
        let accounts: Vec<&FileAccount> = accounts.iter().map(|(_, account)| account).collect();
        let read = accounts.iter().filter(|account| account.format.is_some()).count();
        let document = cells_json(&tally, &analysis.parts(), &accounts, None);
        let figures = Figures {
            json: Stored::new(document.as_bytes(), "application/json")?,
            lines: Stored::new(ndjson(&document)?.as_bytes(), "application/x-ndjson")?,
            tag: tag(document.as_bytes()),
            tally,
            now,
        };
        Ok((figures, read))
    }
}
