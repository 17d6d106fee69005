//! The workers: they are started, asked and heard, and begun anew where they die.

use leptos::prelude::*;
use web_sys::File;

use super::reading::now_ms;
use super::{Session, now_seconds};
use crate::messages::{FileToRead, Request};
use crate::page::reading::{Cause, Effect, Intake, Link, Said, Signals, Work};
use crate::page::remembered;
use crate::text::Language;

impl Session {
    pub(super) fn start_worker(self) {
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
    pub(super) fn start_helpers(self) {
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

    pub(super) fn carry_out(self, effects: Vec<Effect>) {
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
                    let starved = self.with(|inner| {
                        let starved = inner.cause == Cause::Memory;
                        inner.starved.extend(starved.then_some(place));
                        starved
                    });
                    let said =
                        if starved { t.reading.reader_starved } else { t.reading.reader_died };
                    self.warn(said(&name));
                    if !self.is_renewing() {
                        self.show_files(Vec::new());
                    }
                }
                Effect::DiedIdle => {
                    Signals::reading();
                    let again = self.with(|inner| {
                        inner.idle_deaths += 1;
                        inner.idle_deaths > 1
                    });
                    self.warn(if again {
                        // Else it would be asked, and die, for ever.
                        self.with(|inner| inner.owed.clear());
                        t.reading.reader_restarted_again.to_owned()
                    } else {
                        t.reading.reader_restarted.to_owned()
                    });
                }
                Effect::CannotStart => self.warn(t.reading.cannot_start.to_owned()),
                Effect::Ended(imports) => self.end(imports),
            }
        }
    }

    pub(super) fn read(self, work: &Work) {
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

    pub(super) fn post(self, request: &Request, files: &[File]) {
        let sent = self.with(|inner| {
            let link = inner.link.as_ref().filter(|_| inner.intake.is_ready());
            link.is_none_or(|link| link.post(request, files).is_ok())
        });
        if !sent {
            let effects = self.intake(Intake::died);
            self.carry_out(effects);
        }
    }

    pub(super) fn hear(self, said: Said) {
        match said {
            Said::Started(link) => {
                self.with(|inner| inner.link = Some(link));
                self.start_helpers();
            }
            Said::Dead(cause) => {
                self.with(|inner| inner.cause = cause);
                let effects = self.intake(Intake::died);
                self.carry_out(effects);
                self.show_reading();
            }
            Said::Reply(reply, file) => {
                self.intake(Intake::alive);
                self.replied(reply, file);
            }
        }
    }
}
