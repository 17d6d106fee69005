use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Blob, File};

use super::state::{Kept, Trouble};
use super::{Saving, store};
use crate::mail::{Choices, Day};
use crate::messages::{Held, Request};
use crate::page::remembered;
use crate::page::save::save_blob;
use crate::page::session::Session;

/// So long nothing changes before the analysis is remembered.
const PAUSE: Duration = Duration::from_millis(700);

/// Saving, and what is remembered.
impl Session {
    /// Asks for the analysis as a file, which then is downloaded.
    pub(crate) fn save_analysis(self) {
        self.ask_for_saved(false);
    }

    fn ask_for_saved(self, remember: bool) {
        let names: Vec<String> = self
            .organizations
            .with_untracked(|all| all.iter().map(|row| row.name.clone()).collect());
        let ticks = self.readiness.all_done(&names);
        self.ask_for(Request::Save { ticks, remember });
    }

    /// The analysis as a file, if the browser could make it.
    pub(crate) fn saved(self, remember: bool, period: Option<(u32, u32)>, file: Option<Blob>) {
        let days = period
            .map(|(first, last)| format!("-{}-{}", Day::of_seconds(first), Day::of_seconds(last)));
        let name = format!("mailflow{}.mailflow", days.unwrap_or_default());
        let t = self.language.get_untracked().texts();
        match file {
            None if remember => self.not_kept(Trouble::NotMade),
            None => self.warn(Trouble::NotMade.text(t).to_owned()),
            Some(file) if remember => self.keep(file, name),
            Some(file) => {
                // Every step works in every browser that runs the page.
                save_blob(&name, &file).unwrap_or_default();
                self.announce(t.saving.saved);
            }
        }
    }

    fn keep(self, file: Blob, name: String) {
        if !self.saving.on.get_untracked() {
            return;
        }
        spawn_local(async move {
            match store::keep(&file, &name).await {
                // Another tab has forgotten it while it was written.
                Ok(_) if !remembered::wanted() => {
                    self.saving.on.set(false);
                    self.saving.kept.set(None);
                    if let Err(refused) = store::forget().await {
                        self.not_kept(Trouble::Refused(refused));
                    }
                }
                Ok(file) => {
                    self.saving.trouble.set(None);
                    self.saving.kept.set(Some(Kept::of(&file)));
                }
                Err(refused) => self.not_kept(Trouble::Refused(refused)),
            }
        });
    }

    fn not_kept(self, trouble: Trouble) {
        self.saving.trouble.set(Some(trouble));
        let t = self.language.get_untracked().texts();
        self.announce(trouble.text(t));
    }

    /// The person wants the analysis to be remembered, or no more of it to be.
    pub(crate) fn remember(self, on: bool) {
        self.saving.forgotten.set(false);
        if !on {
            return self.forget();
        }
        self.saving.trouble.set(None);
        if !remembered::want(true) {
            return self.not_kept(Trouble::Refused(super::Refused::Forbidden));
        }
        self.saving.on.set(true);
        // Browsers clear away what is not persistent when room gets short. Where
        // they refuse, it is kept for as long as there is room.
        window().navigator().storage().persist().map(drop).unwrap_or_default();
        self.saving.place.set_value(None);
        self.remember_soon();
    }

    /// Forgets what is remembered; the page goes on with what it shows.
    pub(crate) fn forget(self) {
        self.saving.on.set(false);
        self.saving.restored.set(false);
        self.saving.trouble.set(None);
        remembered::want(false);
        self.stop_timer();
        let t = self.language.get_untracked().texts();
        spawn_local(async move {
            match store::forget().await {
                Ok(()) => {
                    self.saving.kept.set(None);
                    self.saving.forgotten.set(true);
                    self.announce(t.saving.forgotten);
                }
                Err(refused) => self.not_kept(Trouble::Refused(refused)),
            }
        });
    }

    /// Opens what is remembered.
    pub(crate) fn restore(self) {
        if !self.saving.on.get_untracked() {
            return self.saving.ready.set_value(true);
        }
        spawn_local(async move {
            match store::kept().await {
                // It is not mixed with the sample that the address asks for; it can be
                // opened once that is gone.
                Ok(Some(file)) if self.has_sample() => {
                    self.saving.kept.set(Some(Kept::of(&file)));
                }
                Ok(Some(file)) => self.open_kept(file),
                Ok(None) => self.saving.kept.set(None),
                Err(refused) => self.not_kept(Trouble::Refused(refused)),
            }
            self.saving.ready.set_value(true);
        });
    }

    fn open_kept(self, file: File) {
        let t = self.language.get_untracked().texts();
        let kept = Kept::of(&file);
        self.saving.kept.set(Some(kept));
        self.saving.restored.set(true);
        self.saving.place.set_value(Some(self.next_place()));
        self.read_file(file, t.saving.name.to_owned(), kept.bytes);
    }

    /// Something was read.
    pub(crate) fn remember_read(self) {
        let Some(place) = self.saving.place.get_value() else { return self.remember_soon() };
        let unread = self.files.with_untracked(|files| {
            // The files within it may have problems of their own.
            files.iter().any(|file| {
                let account = &file.account;
                file.place == place && account.elsewhere.is_none() && account.problem.is_some()
            })
        });
        if unread {
            // It is perhaps of a newer version, and the person wants it back.
            self.saving.on.set(false);
            self.saving.restored.set(false);
            self.not_kept(Trouble::Unread);
        }
        // What was just opened is what is kept.
        if !unread && self.next_place() > 1 {
            self.remember_soon();
        }
    }

    /// Something has changed, and is to be remembered once nothing changes any
    /// more.
    pub(crate) fn remember_soon(self) {
        let saving = self.saving;
        if !saving.on.get_untracked() || !saving.ready.get_value() || self.not_remembered() {
            return;
        }
        self.stop_timer();
        let remember = move || {
            // The end of the reading leads here again.
            if self.is_busy() || self.files.with_untracked(Vec::is_empty) {
                return;
            }
            if remembered::wanted() {
                return self.ask_for_saved(true);
            }
            // It was forgotten in another tab.
            saving.on.set(false);
            saving.kept.set(None);
        };
        saving.timer.set_value(set_timeout_with_handle(remember, PAUSE).ok());
    }

    fn stop_timer(self) {
        if let Some(timer) = self.saving.timer.get_value() {
            timer.clear();
        }
    }

    /// Whether what is shown is none of the person's: the sample, or what an
    /// endpoint answered.
    pub(crate) fn not_remembered(self) -> bool {
        Saving::of_endpoint() || self.has_sample()
    }

    /// Takes what saved analyses told of each organization beside files: ticks,
    /// and settings where the person said none. Whether these make it necessary
    /// to read again.
    pub(crate) fn heed(self, held: &[Held]) -> bool {
        let t = self.language.get_untracked().texts();
        let names: Vec<String> = self
            .organizations
            .with_untracked(|all| all.iter().map(|row| row.name.clone()).collect());
        let mut again = false;
        let (mut differ, mut too_late) = (false, false);
        for (name, held) in names.iter().zip(held) {
            for tick in &held.ticks {
                let tick = (name.clone(), tick.clone());
                if !self.saving.ticks.with_value(|known| known.contains(&tick)) {
                    let key = if names.len() == 1 { "" } else { name };
                    self.readiness.tick_again(key, &tick.1);
                    self.saving.ticks.update_value(|known| known.push(tick));
                }
            }
            let none = Choices::default();
            let said = self.said_of(name);
            let holds = said.clone().unwrap_or_else(|| held.choices.clone());
            let brought = held.elsewhere.iter().find(|said| **said != none);
            if said.is_none() && holds != none {
                self.say(name, holds.clone());
            } else if let Some(brought) = brought.filter(|_| said.is_none()) {
                self.say(name, brought.clone());
                again = true;
                continue;
            }
            for other in &held.elsewhere {
                differ |= *other != none && *other != holds;
                too_late |= holds.reads_otherwise(other);
            }
        }
        let mut told = Vec::new();
        if differ {
            told.push(t.saving.differ);
        }
        if too_late {
            told.push(t.saving.too_late);
        }
        let told = told.join(" ");
        if !again && told != self.saving.told.get_value() {
            self.saving.told.set_value(told.clone());
            if !told.is_empty() {
                self.tell(&told);
            }
        }
        again
    }
}
