//! What views ask of the worker.

use leptos::prelude::*;
use web_sys::File;

use super::Session;
use crate::messages::{Reply, Request, TableForm};

/// What the person asked a worker for.
pub(super) struct Owed {
    /// The worker that was asked, if there was one.
    asked: Option<u32>,
    request: Request,
}

impl Owed {
    /// Whether it is of the answer to another question.
    fn is_of_answer(&self) -> bool {
        matches!(
            self.request,
            Request::Rows { .. }
                | Request::Table { .. }
                | Request::Details { .. }
                | Request::ReadinessRows { .. }
                | Request::ReadinessTable { .. }
        )
    }
}

impl Session {
    /// Asks what the view asks, in the language that is spoken.
    pub(crate) fn ask_report(self) {
        // A worker that has read only some of it has no answer yet, and two have
        // died of the question.
        if self.is_renewing() {
            return;
        }
        let given_up = self.is_given_up();
        self.with(|inner| inner.unasked = given_up);
        if given_up {
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

    /// Asks the worker for something. Where it dies of it, or there is none just
    /// then, the next one is asked.
    pub(crate) fn ask_for(self, mut request: Request) {
        if self.is_given_up() {
            return;
        }
        if self.with(|inner| inner.unasked) {
            // It may be of the answer to what nobody has asked this worker yet.
            self.ask_report();
            request = self.of_now(request);
        }
        self.post(&request, &[]);
        self.with(|inner| {
            let heard = inner.link.is_some() && inner.intake.is_ready();
            // Of a kind only the last matters.
            let kind = std::mem::discriminant(&request);
            inner.owed.retain(|owed| std::mem::discriminant(&owed.request) != kind);
            inner.owed.push(Owed { asked: heard.then_some(inner.generation), request });
        });
    }

    /// Whether workers have died, one after the other, of what this view asks:
    /// then nothing asks it but the person.
    fn is_given_up(self) -> bool {
        self.with(|inner| inner.idle_deaths > 1)
    }

    /// From the person's next act on everything is asked again.
    pub(super) fn heed_person(self) {
        let act = move || self.with(|inner| inner.idle_deaths = 0);
        for event in ["pointerdown", "keydown"] {
            // They last as long as the page.
            window_event_listener_untyped(event, move |_| act());
        }
    }

    /// Files were read, and the view was asked again: so is what the last
    /// worker owed, and what is of an answer that holds no more.
    pub(super) fn ask_again(self) {
        if self.with(|inner| inner.intake.is_busy()) {
            return;
        }
        let owed = self.with(|inner| {
            let now = Some(inner.generation);
            let (owed, asked) = std::mem::take(&mut inner.owed)
                .into_iter()
                .partition(|owed| owed.asked != now || owed.is_of_answer());
            inner.owed = asked;
            owed
        });
        for Owed { request, .. } in owed {
            self.ask_for(self.of_now(request));
        }
    }

    /// The same question, of the answer that its view has now.
    fn of_now(self, mut request: Request) -> Request {
        let (report, work_list) = (self.reports.last_id(), self.readiness.last_id());
        match &mut request {
            Request::Rows { id, .. } | Request::Table { id, .. } | Request::Details { id, .. } => {
                *id = report;
            }
            Request::ReadinessRows { id, .. } | Request::ReadinessTable { id, .. } => {
                *id = work_list;
            }
            _ => {}
        }
        request
    }

    /// The worker has answered.
    pub(super) fn owe_no_more(self, reply: &Reply) {
        let answers = |request: &Request| {
            matches!(
                (request, reply),
                (Request::Rows { .. }, Reply::Rows { .. })
                    | (
                        Request::Table { .. }
                            | Request::ReadinessTable { .. }
                            | Request::SentTable {
                                form: TableForm::Clipboard | TableForm::Markdown,
                                ..
                            },
                        Reply::Table { .. }
                    )
                    | (Request::Details { .. }, Reply::Details { .. })
                    | (Request::Detailed { .. }, Reply::Detailed { .. })
                    | (Request::KnownValues(_), Reply::KnownValues(..))
                    | (Request::ReadinessRows { .. }, Reply::ReadinessRows { .. })
                    | (Request::Sent { .. }, Reply::Sent { .. })
                    | (Request::SentTable { form: TableForm::Csv, .. }, Reply::SentCsv(_))
                    | (Request::Save { .. }, Reply::Saved { .. })
                    | (Request::TallyJson, Reply::TallyJson(_))
            )
        };
        self.with(|inner| {
            if let Some(first) = inner.owed.iter().position(|owed| answers(&owed.request)) {
                inner.owed.remove(first);
            }
        });
    }

    /// Nothing is to be hashed any more.
    pub(crate) fn end_hash(self) {
        self.post(&Request::EndHash, &[]);
    }

    /// Asks for the figures as JSON, which then are saved.
    pub(crate) fn save_figures(self) {
        self.ask_for(Request::TallyJson);
    }
}
