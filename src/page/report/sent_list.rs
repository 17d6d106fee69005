use std::sync::Arc;

use leptos::prelude::*;

use crate::mail::{SentCounts, SentMessage, SentQuery};
use crate::messages::Request;

/// What the page knows of a sender's messages: those that are seen. The worker
/// has the others.
#[derive(Clone, Copy)]
pub(crate) struct SentList {
    /// Whether single messages are kept.
    pub(crate) keeping: RwSignal<bool>,
    /// Some of the messages that were last asked for.
    pub(crate) window: RwSignal<Option<Arc<SentWindow>>>,
    /// Number of the last question.
    id: StoredValue<u32>,
}

/// Some messages, and how many there are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SentWindow {
    /// How many there are.
    pub(crate) counts: SentCounts,
    /// Number of the first.
    pub(crate) from: usize,
    /// The messages.
    pub(crate) messages: Vec<SentMessage>,
}

impl SentList {
    /// Nothing is kept yet.
    pub(crate) fn new() -> Self {
        Self { keeping: RwSignal::new(false), window: RwSignal::new(None), id: StoredValue::new(0) }
    }

    /// Nothing is kept any more.
    pub(crate) fn forget(self) {
        self.keeping.set(false);
        self.window.set(None);
    }

    /// Asks for some messages; an answer to an earlier question is not heard.
    pub(crate) fn ask(self, query: SentQuery, from: usize, count: usize) -> Request {
        let number = |n| u32::try_from(n).unwrap_or(u32::MAX);
        let id = self.id.get_value() + 1;
        self.id.set_value(id);
        Request::Sent { id, query, from: number(from), count: number(count) }
    }

    /// Takes the answer, unless another question has been asked since.
    pub(crate) fn answered(
        self,
        id: u32,
        counts: SentCounts,
        from: u32,
        messages: Vec<SentMessage>,
    ) {
        if id == self.id.get_value() && self.keeping.get_untracked() {
            let from = from as usize;
            self.window.set(Some(Arc::new(SentWindow { counts, from, messages })));
        }
    }
}
