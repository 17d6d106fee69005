//! Cells put into groups, fast: a position in a list instead of a hash.

use super::{Amount, TlsCounts};
use crate::mail::TlsState;

const NONE: u32 = u32::MAX;

/// Groups by a key that is a small number; each has two sums by TLS.
pub(super) struct Groups {
    slots: Vec<u32>,
    /// The groups in the order in which they came: key, sum of the period,
    /// sum of the period before.
    pub(super) list: Vec<Group>,
}

/// A group and its sums.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub(super) key: usize,
    pub(super) now: TlsCounts,
    pub(super) before: TlsCounts,
}

impl Groups {
    /// No groups yet, of keys below `keys`.
    pub(super) fn new(keys: usize) -> Self {
        Self { slots: vec![NONE; keys], list: Vec::new() }
    }

    /// The group of `key`, a new one where it has none.
    pub(super) fn of(&mut self, key: usize) -> usize {
        let next = self.list.len();
        let Some(slot) = self.slots.get_mut(key) else { return 0 };
        if *slot == NONE {
            *slot = u32::try_from(next).unwrap_or(NONE);
            let (now, before) = (TlsCounts::default(), TlsCounts::default());
            self.list.push(Group { key, now, before });
        }
        *slot as usize
    }

    /// The group of `key`, if it has one.
    pub(super) fn find(&self, key: usize) -> Option<usize> {
        let slot = *self.slots.get(key)?;
        (slot != NONE).then_some(slot as usize)
    }

    /// Adds messages of the period; which group it was.
    pub(super) fn add(&mut self, key: usize, tls: TlsState, amount: Amount) -> usize {
        let group = self.of(key);
        if let Some(of) = self.list.get_mut(group) {
            of.now.add_amount(tls, amount);
        }
        group
    }

    /// Adds messages of the period before.
    pub(super) fn add_before(&mut self, key: usize, tls: TlsState, amount: Amount) {
        let group = self.of(key);
        if let Some(of) = self.list.get_mut(group) {
            of.before.add_amount(tls, amount);
        }
    }

    /// The positions of the groups, most messages of the period first, equal
    /// ones by key.
    pub(super) fn by_volume(&self) -> Vec<usize> {
        let volumes: Vec<_> = self.list.iter().map(|group| group.now.volume()).collect();
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        crate::order::sort_by(&mut order, &|a, b| {
            let key = |index: &usize| self.list[*index].key;
            volumes[*b].cmp(&volumes[*a]).then_with(|| key(a).cmp(&key(b)))
        });
        order
    }
}
