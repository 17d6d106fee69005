//! What the page knows of the view "Audit report".

use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::File;

use super::Asked;
use crate::messages::Request;
use crate::page::session::{Session, now_seconds};
use crate::page::view::View;
use crate::report::{Audit, Done};

/// Handle to it; copies are the same. It lasts as long as the page.
#[derive(Clone, Copy)]
pub(crate) struct Auditing(&'static State);

impl Deref for Auditing {
    type Target = State;

    fn deref(&self) -> &State {
        self.0
    }
}

/// What is shown.
pub(crate) struct State {
    /// What fills the page.
    view: RwSignal<View>,
    /// The answer to the last question that has one, and when it was made, in
    /// seconds since 1970.
    pub(super) answer: RwSignal<Option<(Arc<Audit>, u32)>>,
    /// What is known of the bytes of files.
    digests: RwSignal<Vec<Hashed>, LocalStorage>,
    /// How it was last asked for.
    last: StoredValue<Asked>,
    /// Number of the last question.
    id: StoredValue<u32>,
    /// Number of the last file that was hashed, and where that file is.
    hashing: StoredValue<(u32, Option<u32>)>,
}

/// A file, and how far its digest is.
struct Hashed {
    place: u32,
    /// Another file may take its place.
    file: File,
    digest: Digest,
}

/// How far a digest is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Digest {
    /// So many bytes are read.
    Reading(u64),
    /// In hexadecimal.
    Done(String),
    /// Why there is none.
    Failed(String),
}

impl Auditing {
    /// Nothing asked yet; `view` is what fills the page.
    pub(crate) fn new(view: RwSignal<View>) -> Self {
        Self(Box::leak(Box::new(State {
            view,
            answer: RwSignal::new(None),
            digests: RwSignal::new_local(Vec::new()),
            last: StoredValue::new(Asked::default()),
            id: StoredValue::new(0),
            hashing: StoredValue::new((0, None)),
        })))
    }

    /// Whether it fills the page.
    pub(crate) fn is_shown(self) -> Memo<bool> {
        Memo::new(move |_| self.view.with(|view| matches!(view, View::Audit(_))))
    }

    /// The view as it was last left.
    pub(crate) fn last_view(self) -> View {
        View::Audit(self.last.get_value())
    }

    /// How the document is asked for.
    pub(super) fn asked(self) -> Asked {
        self.view.with(|view| match view {
            View::Audit(asked) => asked.clone(),
            _ => Asked::default(),
        })
    }

    /// Changes that; the address follows.
    pub(super) fn change(self, change: impl FnOnce(&mut Asked)) {
        self.changed(change).open();
    }

    /// The same without a step on the way back: for what changes at every key.
    pub(super) fn replace(self, change: impl FnOnce(&mut Asked)) {
        self.changed(change).replace();
    }

    fn changed(self, change: impl FnOnce(&mut Asked)) -> View {
        let mut asked = untrack(|| self.asked());
        change(&mut asked);
        View::Audit(asked)
    }

    /// Forgets everything: the files are gone.
    pub(crate) fn start_over(self) {
        self.answer.set(None);
        self.digests.update(Vec::clear);
        self.last.set_value(Asked::default());
        self.stopped();
    }

    /// The question that the view asks.
    pub(crate) fn question(self, done: impl FnOnce() -> Done) -> Option<Request> {
        let View::Audit(asked) = self.view.get_untracked() else { return None };
        self.last.set_value(asked.clone());
        let id = self.id.get_value() + 1;
        self.id.set_value(id);
        Some(Request::Audit { id, query: Box::new(asked.query), done: done() })
    }

    /// Takes the answer, unless another question has been asked since.
    pub(crate) fn answered(self, id: u32, audit: Audit) {
        if id == self.id.get_value() {
            self.answer.set(Some((Arc::new(audit), now_seconds())));
        }
    }

    /// Nothing is hashed any more.
    pub(crate) fn stopped(self) {
        self.hashing.update_value(|hashing| hashing.1 = None);
        self.digests.update(|all| {
            all.retain(|one| !matches!(one.digest, Digest::Reading(_)));
        });
    }

    /// Files that could not be read are tried again.
    pub(super) fn try_again(self) {
        self.digests.update(|all| all.retain(|one| !matches!(one.digest, Digest::Failed(_))));
    }

    /// What is known of the bytes of the file in `place`.
    pub(super) fn digest(self, session: Session, place: u32) -> Option<Digest> {
        let file = session.file_in(place)?;
        self.digests.with(|all| {
            let known = all.iter().find(|one| one.place == place && one.file == file);
            known.map(|one| one.digest.clone())
        })
    }

    fn set_digest(self, place: u32, file: File, digest: Digest) {
        self.digests.update(|all| {
            all.retain(|one| one.place != place);
            all.push(Hashed { place, file, digest });
        });
    }
}

/// The digests of files, one after the other.
impl Session {
    /// Begins with the first of the files in `places` that has none yet.
    pub(super) fn hash_next(self, places: &[u32]) {
        let auditing = self.auditing;
        if auditing.hashing.get_value().1.is_some() {
            return;
        }
        let next = places.iter().find_map(|place| {
            let file = self.file_in(*place)?;
            untrack(|| auditing.digest(self, *place)).is_none().then_some((*place, file))
        });
        let Some((place, file)) = next else { return };
        let id = auditing.hashing.get_value().0 + 1;
        if self.ask_of_file(&Request::Hash { id }, &file) {
            auditing.hashing.set_value((id, Some(place)));
            auditing.set_digest(place, file, Digest::Reading(0));
        }
    }

    /// Takes how far the file is that is being hashed.
    pub(crate) fn hashed(self, id: u32, bytes: u64, digest: Option<Result<String, String>>) {
        let auditing = self.auditing;
        let (now, place) = auditing.hashing.get_value();
        let Some((place, file)) =
            place.filter(|_| now == id).and_then(|place| Some((place, self.file_in(place)?)))
        else {
            return;
        };
        if digest.is_some() {
            auditing.hashing.set_value((id, None));
        }
        let digest = match digest {
            None => Digest::Reading(bytes),
            Some(Ok(digest)) => Digest::Done(digest),
            Some(Err(why)) => Digest::Failed(why),
        };
        auditing.set_digest(place, file, digest);
    }

    /// The person wants no more of it.
    pub(super) fn end_hashing(self) {
        self.end_hash();
        self.auditing.stopped();
        self.auditing.change(|asked| asked.digests = false);
    }
}
