//! What comes from an endpoint, and goes to it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Session;
use crate::account::Problem;
use crate::messages::Figures;
use crate::page::reading::{Asking, Call, Collected, HostSaid, Intake, Kept, Source, file_of};
use crate::text::Trouble;

/// The endpoint that the page's address names.
#[derive(Default)]
pub(super) struct Endpoint {
    source: Option<Source>,
    /// What the person gave; it is nowhere else.
    token: Option<String>,
    /// The request under way.
    pub(super) call: Option<Call>,
    asking: Asking,
    /// The pages of the data that was read last.
    kept: Vec<Kept>,
    /// Its place in the list of drops.
    place: Option<u32>,
    /// What stands in that place again if the new data is not read.
    before: Option<Before>,
    /// Whether it does, and is being read.
    undoing: bool,
    /// A report request is under way.
    posting: bool,
    /// A report request that waits for the token.
    request: Option<String>,
}

struct Before {
    file: Collected,
    kept: Vec<Kept>,
}

impl Endpoint {
    /// How far the request under way is.
    pub(super) fn asking(&self) -> Option<Asking> {
        self.call.as_ref().map(|_| self.asking)
    }
}

impl Session {
    /// Reads what the address of the page names after `?source=`, if it does.
    pub(super) fn connect(self) {
        match Source::named() {
            None => {}
            Some(Ok(source)) => {
                self.with(|inner| inner.endpoint.source = Some(source));
                self.has_endpoint.set(true);
                self.refresh();
            }
            Some(Err(trouble)) => self.say_trouble(&trouble),
        }
    }

    /// Reads the data of the endpoint, again if it was read before: what is
    /// shown stays until all that is new was read.
    pub(crate) fn refresh(self) {
        let begun = self.with(|inner| {
            let endpoint = &mut inner.endpoint;
            if endpoint.call.is_some() || endpoint.before.is_some() || inner.intake.is_busy() {
                return None;
            }
            let (call, source) = (Call::new()?, endpoint.source.clone()?);
            endpoint.call = Some(call.clone());
            endpoint.asking = Asking::default();
            inner.cancelled = false;
            // What is not shown any more is not known any more.
            let kept = endpoint.place.map(|_| endpoint.kept.clone()).unwrap_or_default();
            Some((call, source, endpoint.token.clone(), kept))
        });
        let Some((call, source, token, kept)) = begun else { return };
        self.notice.set(None);
        self.show_reading();
        let tell = move |asking| {
            self.with(|inner| inner.endpoint.asking = asking);
            self.show_reading();
        };
        spawn_local(async move {
            let pages = call.pages(&source, token.as_deref(), &kept, &tell).await;
            self.with(|inner| inner.endpoint.call = None);
            match pages {
                Ok(None) => {
                    self.read_at.set(Some(js_sys::Date::now()));
                    let t = self.language.get_untracked().texts();
                    self.tell(t.endpoint.nothing_new);
                }
                Ok(Some(pages)) => match file_of(&source, &pages) {
                    Some(file) => self.renew(file, pages),
                    None => self.say_trouble(&Trouble::BrokeOff),
                },
                Err(Trouble::Token { wrong }) => self.ask_token(wrong, None),
                Err(trouble) => self.say_trouble(&trouble),
            }
            self.show_reading();
        });
    }

    fn say_trouble(self, trouble: &Trouble) {
        let t = self.language.get_untracked().texts();
        self.warn((t.endpoint.trouble)(trouble));
    }

    /// Reads the data that has come.
    fn renew(self, file: Collected, pages: Vec<Kept>) {
        let before = self.with(|inner| {
            let endpoint = &mut inner.endpoint;
            let kept = std::mem::replace(&mut endpoint.kept, pages);
            let place = endpoint.place?;
            let drop = inner.intake.dropped(place)?;
            let old = (drop.file.clone()?, drop.name.clone(), drop.bytes);
            endpoint.before = Some(Before { file: old, kept });
            endpoint.undoing = false;
            Some(place)
        });
        self.begin();
        let Some(place) = before else {
            self.with(|inner| {
                inner.endpoint.place = u32::try_from(inner.intake.drops().len()).ok();
            });
            self.read_at.set(Some(js_sys::Date::now()));
            return self.take(vec![file]);
        };
        let effects = self.intake(|intake| intake.replace(place, file));
        self.carry_out(effects);
    }

    /// Whether data is read that takes the place of what is shown.
    pub(super) fn is_renewing(self) -> bool {
        self.with(|inner| inner.endpoint.before.is_some())
    }

    /// Figures have come while new data is read: whether they are not to be
    /// shown, or were dealt with.
    pub(super) fn renewed(self, figures: &mut Option<Figures>) -> bool {
        if !self.is_renewing() {
            return false;
        }
        if figures.as_ref().is_none_or(|figures| !figures.finished) {
            return true;
        }
        let effects = self.intake(Intake::finished);
        if self.intake(|intake| intake.is_busy()) {
            self.carry_out(effects);
            return true;
        }
        let place = self.with(|inner| inner.endpoint.place);
        let (undoing, deadly) = self.with(|inner| {
            let deadly = inner.intake.deadly().any(|(dead, _)| Some(dead) == place);
            (inner.endpoint.undoing, deadly)
        });
        let own = figures.iter().flat_map(|figures| &figures.files);
        let mut own = own.filter(|file| Some(file.place) == place).peekable();
        let missing = own.peek().is_none();
        let mut why = own.find_map(|file| file.account.problem.clone());
        if deadly || missing {
            why = Some(Problem::ReaderDied);
        }
        if let Some(problem) = why.filter(|_| !undoing) {
            let t = self.language.get_untracked().texts();
            let advice = (t.words.problem)(&problem);
            self.warn((t.endpoint.not_renewed)(&advice.what));
            self.undo();
        } else {
            self.with(|inner| inner.endpoint.before = None);
            if !undoing {
                self.read_at.set(Some(js_sys::Date::now()));
            }
            if let Some(figures) = figures.take() {
                self.show_counts(figures);
            }
            self.ask_report();
            self.carry_out(effects);
            self.ask_again();
        }
        self.show_reading();
        true
    }

    /// Puts back what was there before the new data: the worker reads it again,
    /// while it still is shown.
    fn undo(self) {
        let effects = self.with(|inner| {
            let endpoint = &mut inner.endpoint;
            let (Some(before), Some(place)) = (&mut endpoint.before, endpoint.place) else {
                return Vec::new();
            };
            endpoint.undoing = true;
            endpoint.kept = std::mem::take(&mut before.kept);
            inner.intake.replace(place, before.file.clone())
        });
        self.carry_out(effects);
    }

    /// The person wants no more of the new data: whether there is any.
    pub(super) fn cancel_renewal(self) -> bool {
        let renewing = self.with(|inner| {
            let endpoint = &inner.endpoint;
            endpoint.before.is_some() && !endpoint.undoing
        });
        if renewing {
            self.say_trouble(&Trouble::Cancelled);
            self.undo();
            self.show_reading();
        }
        renewing
    }

    /// Forgets the data, not where it comes from.
    pub(super) fn forget_endpoint(self) {
        self.with(|inner| {
            let endpoint = &mut inner.endpoint;
            if let Some(call) = &endpoint.call {
                call.cancel();
            }
            endpoint.kept.clear();
            endpoint.place = None;
            endpoint.before = None;
            endpoint.undoing = false;
        });
        self.read_at.set(None);
    }

    /// Asks the person for the token, because the host wants one, or another.
    fn ask_token(self, wrong: bool, request: Option<String>) {
        self.with(|inner| {
            inner.endpoint.token = None;
            inner.endpoint.request = request;
        });
        self.token.set(Some(wrong));
    }

    /// The person gives a token, or none: what wanted it goes on.
    pub(crate) fn give_token(self, token: Option<String>) {
        let given = token.is_some();
        let request = self.with(|inner| {
            inner.endpoint.token = token;
            inner.endpoint.request.take()
        });
        match request {
            _ if !given => self.say_trouble(&Trouble::Token { wrong: false }),
            Some(body) => self.post_request(body),
            None => self.refresh(),
        }
    }

    /// The address that wants a token.
    pub(crate) fn endpoint_address(self) -> String {
        self.with(|inner| inner.endpoint.source.as_ref().map(Source::path)).unwrap_or_default()
    }

    /// Posts a report request to the endpoint, and says what became of it; one
    /// at a time.
    pub(crate) fn post_request(self, body: String) {
        let t = self.language.get_untracked().texts();
        let begun = self.with(|inner| {
            let endpoint = &mut inner.endpoint;
            if endpoint.posting {
                return None;
            }
            let (call, source) = (Call::new()?, endpoint.source.clone()?);
            endpoint.posting = true;
            Some((call, source, endpoint.token.clone()))
        });
        let Some((call, source, token)) = begun else { return };
        self.tell(t.endpoint.sending);
        spawn_local(async move {
            let (said, done) = call.post(&source, token.as_deref(), &body).await;
            self.with(|inner| inner.endpoint.posting = false);
            if let Err(Trouble::Token { wrong }) = done {
                self.notice.set(None);
                return self.ask_token(wrong, Some(body));
            }
            let outcome = self.outcome(&said, &done);
            if done.is_err() || said.outcome == "refused" {
                self.warn(outcome);
            } else {
                self.tell(&outcome);
            }
        });
    }

    /// What became of a report request.
    fn outcome(self, said: &HostSaid, done: &Result<(), Trouble>) -> String {
        let t = self.language.get_untracked().texts();
        let mut words = vec![match (done, said.outcome.as_str()) {
            (Err(_), _) | (Ok(()), "refused") => t.report.request_not_sent.to_owned(),
            (Ok(()), "sent") => t.endpoint.request_mailed.to_owned(),
            (Ok(()), "written") => t.endpoint.request_written.to_owned(),
            (Ok(()), _) => t.report.request_sent.to_owned(),
        }];
        if let Err(trouble) = done
            && said.detail.is_empty()
        {
            words.push((t.endpoint.trouble)(trouble));
        }
        if !said.detail.is_empty() {
            words.push((t.endpoint.host_says)(&said.detail));
        }
        words.join(" ")
    }
}
