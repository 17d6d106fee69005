use std::hash::{Hash as _, Hasher as _};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// What tells one group from another, as numbers.
pub(super) type Key = [u32; 5];

/// Keys, each once, numbered in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Keys {
    pub(super) list: Vec<Key>,
    numbers: HashTable<u32>,
}

impl Keys {
    /// The number of `key`; the next one where it is new.
    pub(super) fn number(&mut self, key: Key) -> usize {
        let Self { list, numbers } = self;
        let hashed = hash(&key);
        let same = |number: &u32| list.get(*number as usize) == Some(&key);
        if let Some(number) = numbers.find(hashed, same) {
            return *number as usize;
        }
        let number = u32::try_from(list.len()).unwrap_or(u32::MAX);
        list.push(key);
        numbers.insert_unique(hashed, number, |number| list.get(*number as usize).map_or(0, hash));
        number as usize
    }

    /// The number of `key`, if it has one.
    pub(super) fn find(&self, key: &Key) -> Option<usize> {
        let same = |number: &u32| self.list.get(*number as usize) == Some(key);
        self.numbers.find(hash(key), same).map(|number| *number as usize)
    }
}

fn hash(key: &Key) -> u64 {
    let mut hasher = FxHasher::default();
    key.hash(&mut hasher);
    hasher.finish()
}
