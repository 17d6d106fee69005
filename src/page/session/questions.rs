//! What views ask of the worker.

use leptos::prelude::*;
use web_sys::File;

use super::Session;
use crate::messages::Request;

impl Session {
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
    pub(crate) fn ask_of_file(self, request: &Request, file: &File) -> bool {
        let ready = self.with(|inner| inner.intake.is_ready() && inner.link.is_some());
        if ready {
            self.post(request, std::slice::from_ref(file));
        }
        ready
    }

    /// The file that was dropped as the one in `place`.
    pub(crate) fn file_in(self, place: u32) -> Option<File> {
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
}
