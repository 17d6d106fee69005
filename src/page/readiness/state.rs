//! What the page knows of the view "Readiness".

use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;

use super::words::words;
use crate::account::Owners;
use crate::messages::{Request, TableForm};
use crate::page::view::{View, named_organization};
use crate::report::{Done, Readiness, ReadinessQuery, ReadinessRow, Thing};
use crate::text::Catalogue;

/// Handle to it; copies are the same. It lasts as long as the page.
#[derive(Clone, Copy)]
pub(crate) struct Readying(&'static State);

impl Deref for Readying {
    type Target = State;

    fn deref(&self) -> &State {
        self.0
    }
}

/// What is shown.
pub(crate) struct State {
    /// What fills the page.
    view: RwSignal<View>,
    /// The answer to the last question that has one.
    pub(super) answer: RwSignal<Option<Arc<Readiness>>>,
    /// The rows of its work list that are here, and the number of the first.
    pub(super) window: RwSignal<Option<(usize, Arc<Vec<ReadinessRow>>)>>,
    /// How many things to fix are done, of those of the answer.
    pub(super) done_now: RwSignal<u64>,
    /// The row whose flyout is open.
    pub(super) opened: RwSignal<Option<Arc<ReadinessRow>>>,
    /// What the person has ticked off, by organization.
    done: StoredValue<Vec<(String, Done)>>,
    /// Number of the last question.
    id: StoredValue<u32>,
}

impl Readying {
    /// Nothing asked yet; `view` is what fills the page.
    pub(crate) fn new(view: RwSignal<View>) -> Self {
        Self(Box::leak(Box::new(State {
            view,
            answer: RwSignal::new(None),
            window: RwSignal::new(None),
            done_now: RwSignal::new(0),
            opened: RwSignal::new(None),
            done: StoredValue::new(Vec::new()),
            id: StoredValue::new(0),
        })))
    }

    /// Whether it fills the page.
    pub(crate) fn is_shown(self) -> Memo<bool> {
        Memo::new(move |_| self.view.with(|view| matches!(view, View::Readiness(_))))
    }

    /// What is asked.
    pub(super) fn query(self) -> ReadinessQuery {
        self.view.with(|view| match view {
            View::Readiness(query) => query.clone(),
            _ => ReadinessQuery::default(),
        })
    }

    /// Changes what is asked; the address follows.
    pub(super) fn change(self, change: impl FnOnce(&mut ReadinessQuery)) {
        self.changed(change).open();
    }

    /// The same without a step on the way back: for what changes at every key.
    pub(super) fn replace(self, change: impl FnOnce(&mut ReadinessQuery)) {
        self.changed(change).replace();
    }

    fn changed(self, change: impl FnOnce(&mut ReadinessQuery)) -> View {
        let mut query = untrack(|| self.query());
        change(&mut query);
        View::Readiness(query)
    }

    /// Number of the last question.
    pub(crate) fn last_id(self) -> u32 {
        self.id.get_value()
    }

    /// Forgets everything: the files are gone.
    pub(crate) fn start_over(self) {
        self.answer.set(None);
        self.window.set(None);
        self.opened.set(None);
        self.done.set_value(Vec::new());
    }

    /// The question that the view asks.
    pub(crate) fn question(self) -> Option<Request> {
        let View::Readiness(query) = self.view.get_untracked() else { return None };
        let id = self.id.get_value() + 1;
        self.id.set_value(id);
        Some(Request::Readiness { id, query: Box::new(query), done: self.done_of() })
    }

    /// Takes the answer, unless another question has been asked since.
    pub(crate) fn answered(self, id: u32, readiness: Readiness, rows: Vec<ReadinessRow>) {
        if id == self.id.get_value() {
            self.done_now.set(readiness.done);
            self.window.set(Some((0, Arc::new(rows))));
            self.answer.set(Some(Arc::new(readiness)));
        }
    }

    /// Takes other rows.
    pub(crate) fn rows(self, id: u32, from: u32, rows: Vec<ReadinessRow>) {
        if id == self.id.get_value() {
            self.window.set(Some((from as usize, Arc::new(rows))));
        }
    }

    /// Asks for other rows.
    pub(super) fn rows_from(self, from: usize, count: usize) -> Request {
        let number = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Request::ReadinessRows { id: self.id.get_value(), from: number(from), count: number(count) }
    }

    /// Asks for the whole work list.
    pub(super) fn table(self, t: &'static Catalogue, form: TableForm) -> Request {
        let words = Box::new(words(t, untrack(|| self.query()).policy));
        let (id, done) = (self.id.get_value(), self.done_of());
        Request::ReadinessTable { id, form, words, done }
    }

    /// What is ticked off of the organization that is looked at.
    pub(crate) fn done_of(self) -> Done {
        self.with_done(|done| done.clone())
    }

    /// What is ticked off of each of these organizations. Of an only one it may
    /// be without a name.
    pub(crate) fn all_done(self, names: &[String]) -> Vec<(String, Done)> {
        let only = names.len() == 1;
        let of = |name: &String| {
            let mut done = Done::default();
            self.done.with_value(|all| {
                let own = |known: &str| Owners::same(known, name) || only && known.is_empty();
                for (_, more) in all.iter().filter(|(known, _)| own(known)) {
                    more.things().iter().for_each(|thing| done.set(thing.clone(), true));
                }
            });
            (name.clone(), done)
        };
        names.iter().map(of).collect()
    }

    /// Ticks off what was ticked off in a saved analysis, unless the text is of
    /// another version.
    pub(crate) fn tick_again(self, organization: &str, tick: &str) {
        if let Some(thing) = Thing::of_text(tick) {
            self.with_done_of(organization, |done| done.set(thing, true));
        }
    }

    fn with_done<T>(self, act: impl FnOnce(&mut Done) -> T) -> T {
        self.with_done_of(&named_organization().unwrap_or_default(), act)
    }

    fn with_done_of<T>(self, organization: &str, act: impl FnOnce(&mut Done) -> T) -> T {
        let mut all = self.done.write_value();
        let known = all.iter().position(|(name, _)| Owners::same(name, organization));
        let at = known.unwrap_or(all.len());
        if known.is_none() {
            all.push((organization.to_owned(), Done::default()));
        }
        act(&mut all[at].1)
    }

    /// Whether the person has ticked it off.
    pub(super) fn is_done(self, thing: &Thing) -> bool {
        self.with_done(|done| done.has(thing))
    }

    /// Ticks a row off, or takes that back.
    pub(super) fn tick(self, row: &ReadinessRow, done: bool) {
        if self.is_done(&row.thing) == done {
            return;
        }
        self.with_done(|all| all.set(row.thing.clone(), done));
        if row.outcome.refused.0 > 0 {
            self.done_now.update(|now| {
                *now = if done { *now + 1 } else { now.saturating_sub(1) };
            });
        }
    }
}
