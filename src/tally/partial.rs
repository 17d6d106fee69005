//! What a stretch of a file tells, counted by one store to be counted on by
//! another: a union of what both know. Only rows that stand for themselves can
//! be told so, not the sessions and queues of logs.

use serde::{Deserialize, Serialize};

use super::cells::FileSpans;
use super::facts::Facts;
use super::groups::{Kind, NONE};
use super::intern::Symbol;
use super::store::Store;
use crate::mail::Observation;

/// Everything that a stretch of one file tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partial {
    pub(super) texts: Vec<Box<str>>,
    /// Their symbols are numbers of `texts`.
    pub(super) facts: Vec<Facts>,
    /// Keys of Message-IDs.
    pub(super) names: Vec<u128>,
    /// Names of one message.
    pub(super) joined: Vec<(u32, u32)>,
    pub(super) messages: Vec<Message>,
    /// Facts and earliest seconds, message by message.
    pub(super) crossings: Vec<(u32, u32)>,
    /// Fingerprints of rows, each with its message.
    pub(super) rows: Vec<(u64, u32)>,
    /// Rows without an id, in their order.
    pub(super) loose: Vec<Loose>,
    pub(super) duplicates: u64,
    pub(super) spans: FileSpans,
    /// Something was told that only the store itself can take note of.
    incomplete: bool,
}

/// A message as rows with an id tell of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Message {
    pub(super) key: u128,
    pub(super) kind: Kind,
    /// In `names`; [`NONE`] if no row has told.
    pub(super) name: u32,
    pub(super) internal: bool,
    pub(super) failed: bool,
    pub(super) seconds: u32,
    /// How many crossings are its.
    pub(super) crossings: u32,
}

/// A row without an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Loose {
    pub(super) row: u64,
    pub(super) seconds: u32,
    /// [`NONE`] for one that tells of no crossing.
    pub(super) facts: u32,
    pub(super) internal: bool,
    pub(super) failed: bool,
}

impl Partial {
    /// Whether all that was told is in it.
    pub fn is_complete(&self) -> bool {
        !self.incomplete
    }
}

/// Counts what a stretch of a file tells.
#[derive(Debug)]
pub struct PartialCounter {
    store: Store,
    now: u32,
    loose: Vec<Loose>,
    incomplete: bool,
}

impl PartialCounter {
    /// Nothing yet; `now` is the clock, as in [`Store::new`].
    pub fn new(now: u32) -> Self {
        Self { store: Store::new(now), now, loose: Vec::new(), incomplete: false }
    }

    /// Takes note of a row.
    pub fn observe(&mut self, observation: &Observation<'_>) {
        let plain = observation.queue.is_none()
            && observation.relayed_as.is_none()
            && observation.session.is_none()
            && observation.rows == 1;
        if !plain {
            self.refuse();
        } else if observation.is_loose() {
            let facts = self.store.note(0, observation);
            self.loose.push(Loose {
                row: observation.row,
                seconds: observation.seconds,
                facts: facts.unwrap_or(NONE),
                internal: observation.internal,
                failed: observation.failed,
            });
        } else {
            self.store.observe(0, observation);
        }
    }

    /// Something was told that only the store itself can take note of.
    pub fn refuse(&mut self) {
        self.incomplete = true;
    }

    /// What was told since the last time.
    pub fn finish(&mut self) -> Partial {
        let next = Self::new(self.now);
        let Self { store, loose, incomplete, .. } = std::mem::replace(self, next);
        Partial { loose, incomplete, ..store.into_partial() }
    }
}

impl Store {
    /// All that a store knows, of one file whose rows have ids.
    fn into_partial(self) -> Partial {
        let groups = self.groups;
        let mut crossings = Vec::with_capacity(self.nodes.len());
        let mut messages = Vec::with_capacity(groups.instances.len());
        for known in &groups.instances {
            let (before, mut at) = (crossings.len(), known.head);
            while let Some(node) = self.nodes.get(at as usize) {
                crossings.push((node.facts, node.seconds));
                at = node.next;
            }
            messages.push(Message {
                key: known.key,
                kind: known.kind,
                name: known.name,
                internal: known.internal,
                failed: known.failed,
                seconds: known.seconds,
                crossings: u32::try_from(crossings.len() - before).unwrap_or(NONE),
            });
        }
        let names = (0_u32..).zip(&groups.names);
        let joined = names.filter(|(name, known)| known.parent != *name);
        let rows = self.rows.iter().map(|(row, entry)| (*row, entry.instance)).collect();
        Partial {
            texts: self.texts.texts().map(Into::into).collect(),
            joined: joined.map(|(name, known)| (name, known.parent)).collect(),
            names: groups.names.iter().map(|name| name.key).collect(),
            facts: self.facts.into_all(),
            messages,
            crossings,
            rows,
            loose: Vec::new(),
            duplicates: self.duplicates.first().copied().unwrap_or_default(),
            spans: self.spans.first().copied().unwrap_or_default(),
            incomplete: false,
        }
    }

    /// Takes note of what a stretch of file number `file` tells, as if its rows
    /// were observed one by one.
    pub fn merge(&mut self, file: u32, partial: &Partial) {
        self.make_room(file);
        let symbols: Vec<Symbol> =
            partial.texts.iter().map(|text| self.texts.symbol(text)).collect();
        let rename = |symbol: Symbol| symbols.get(symbol.index()).copied();
        let facts: Vec<u32> =
            partial.facts.iter().map(|facts| self.facts.number(&facts.renamed(&rename))).collect();
        let facts_of = |index: u32| facts.get(index as usize).copied();
        let names: Vec<u32> = partial.names.iter().map(|key| self.groups.name(*key)).collect();
        let name_of = |index: u32| names.get(index as usize).copied();
        let mut crossings = partial.crossings.iter();
        let mut instances = Vec::with_capacity(partial.messages.len());
        for message in &partial.messages {
            let instance = self.groups.instance(message.key, message.kind, message.seconds);
            instances.push(instance);
            self.groups.tell(instance, file, (message.internal, message.failed, message.seconds));
            if let Some(name) = name_of(message.name) {
                self.groups.link(instance, name);
            }
            for (facts, seconds) in crossings.by_ref().take(message.crossings as usize) {
                if let Some(facts) = facts_of(*facts) {
                    self.crossed(instance, facts, *seconds);
                }
            }
        }
        for (one, other) in &partial.joined {
            if let (Some(one), Some(other)) = (name_of(*one), name_of(*other)) {
                self.groups.join_names(one, other);
            }
        }
        for (row, message) in &partial.rows {
            let instance = instances.get(*message as usize).copied().unwrap_or(NONE);
            self.credit(file, *row, 1, &mut |_| instance);
        }
        for loose in &partial.loose {
            let row = self.loose_row(file, loose.row);
            let new = self.credit(file, row, 1, &mut |groups| groups.add_loose(loose.seconds));
            let Some(instance) = new else { continue };
            self.groups.tell(instance, file, (loose.internal, loose.failed, loose.seconds));
            if let Some(facts) = facts_of(loose.facts) {
                self.crossed(instance, facts, loose.seconds);
            }
        }
        if let Some(duplicates) = self.duplicates.get_mut(file as usize) {
            *duplicates += partial.duplicates;
        }
        if let Some(spans) = self.spans.get_mut(file as usize) {
            spans.add(&partial.spans);
        }
    }
}
