//! What goes by one name: the messages of a Message-ID, as each kind of file
//! tells of them.

use hashbrown::HashTable;
use serde::{Deserialize, Serialize};

/// No index.
pub(super) const NONE: u32 = u32::MAX;

/// One message as one kind of file tells of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instance {
    /// Its key; 0 for one that is known by nothing but its row.
    pub(super) key: u128,
    /// The Message-ID it goes by, in `names`; [`NONE`] if no row has told.
    pub(super) name: u32,
    /// Fingerprint of the Message-ID that its last row named: nearly every row
    /// names the same, and then there is nothing to look up.
    pub(super) last_id: u64,
    /// The next instance with the same Message-ID.
    pub(super) next: u32,
    /// Its crossings, in `nodes`.
    pub(super) head: u32,
    /// Which kind of file: instances of one kind are different messages.
    pub(super) kind: Kind,
    pub(super) internal: bool,
    pub(super) failed: bool,
    /// Earliest row, for those that tell of no crossing.
    pub(super) seconds: u32,
    /// The first file in the list that tells of it.
    pub(super) file: u32,
}

/// How an instance is known. Two instances of one Message-ID and one kind are
/// two messages; of two kinds, the same message told twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Kind {
    /// By its network message id.
    Network,
    /// By Message-ID alone, in a file of many rows a message.
    ManyRows,
    /// By Message-ID, sender and second, in a file of one row a message.
    OneRow,
    /// By nothing but its row.
    Loose,
}

/// A Message-ID.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    /// The Message-ID's key; 0 for one that only joins instances.
    pub(super) key: u128,
    /// Its instances.
    pub(super) first: u32,
    /// The Message-ID that it is joined to, by a network message id that goes
    /// by both.
    pub(super) parent: u32,
}

/// Messages, and the Message-IDs they go by.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    pub(super) names: Vec<Name>,
    pub(super) instances: Vec<Instance>,
    instances_by_key: HashTable<u32>,
    names_by_key: HashTable<u32>,
}

/// A hash for tables in memory. Keys are hashes or GUIDs already, but GUIDs
/// that differ in few places, whichever they are, must not meet: every bit is
/// carried to both ends. Without a product of 128 bits, which is a call in
/// WebAssembly.
#[expect(clippy::cast_possible_truncation, reason = "both halves are taken")]
fn hash(key: u128) -> u64 {
    let (low, high) = (key as u64, (key >> 64) as u64);
    let mut mixed = low.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ high.rotate_left(32);
    // The last steps of SplitMix64.
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

impl Groups {
    /// Makes room for so many instances more, each with a Message-ID.
    pub(super) fn reserve(&mut self, more: usize) {
        let Self { names, instances, instances_by_key, names_by_key } = self;
        instances.reserve(more);
        names.reserve(more);
        instances_by_key.reserve(more, |at| instances.get(*at as usize).map_or(0, |i| hash(i.key)));
        names_by_key.reserve(more, |at| names.get(*at as usize).map_or(0, |name| hash(name.key)));
    }

    /// An instance that is known by nothing but its row.
    pub(super) fn add_loose(&mut self, seconds: u32) -> u32 {
        self.add(0, Kind::Loose, seconds)
    }

    /// The instance of a key.
    pub(super) fn instance(&mut self, key: u128, kind: Kind, seconds: u32) -> u32 {
        let instances = &self.instances;
        let same = |at: &u32| instances.get(*at as usize).is_some_and(|known| known.key == key);
        if let Some(index) = self.instances_by_key.find(hash(key), same) {
            return *index;
        }
        let index = self.add(key, kind, seconds);
        let instances = &self.instances;
        self.instances_by_key.insert_unique(hash(key), index, |at| {
            instances.get(*at as usize).map_or(0, |known| hash(known.key))
        });
        index
    }

    /// What a row of `file` says of an instance: internal, failed, seconds.
    pub(super) fn tell(&mut self, instance: u32, file: u32, told: (bool, bool, u32)) {
        let (internal, failed, seconds) = told;
        let Some(known) = self.instances.get_mut(instance as usize) else { return };
        known.internal |= internal;
        known.failed |= failed;
        known.seconds = known.seconds.min(seconds);
        known.file = known.file.min(file);
    }

    /// The name of a Message-ID's key.
    pub(super) fn name(&mut self, key: u128) -> u32 {
        let names = &self.names;
        let same = |at: &u32| names.get(*at as usize).is_some_and(|known| known.key == key);
        if let Some(name) = self.names_by_key.find(hash(key), same) {
            return *name;
        }
        let name = self.add_name(key);
        let names = &self.names;
        self.names_by_key.insert_unique(hash(key), name, |at| {
            names.get(*at as usize).map_or(0, |name| hash(name.key))
        });
        name
    }

    fn add(&mut self, key: u128, kind: Kind, seconds: u32) -> u32 {
        let index = u32::try_from(self.instances.len()).unwrap_or(NONE);
        self.instances.push(Instance {
            key,
            name: NONE,
            last_id: 0,
            next: NONE,
            head: NONE,
            kind,
            internal: false,
            failed: false,
            seconds,
            file: NONE,
        });
        index
    }

    /// A name that nothing goes by yet.
    fn add_name(&mut self, key: u128) -> u32 {
        let name = u32::try_from(self.names.len()).unwrap_or(NONE);
        self.names.push(Name { key, first: NONE, parent: name });
        name
    }

    /// The Message-ID that stands for all that are joined to `name`.
    pub(super) fn root(&self, mut name: u32) -> u32 {
        while let Some(known) = self.names.get(name as usize)
            && known.parent != name
        {
            name = known.parent;
        }
        name
    }

    /// Files `instance` under `name`; where it goes by another name already,
    /// the two are names of one message.
    pub(super) fn link(&mut self, instance: u32, name: u32) {
        let name = self.root(name);
        let Some(known) = self.instances.get(instance as usize).copied() else { return };
        if known.name == NONE {
            let first = std::mem::replace(&mut self.names[name as usize].first, instance);
            let known = &mut self.instances[instance as usize];
            known.name = name;
            known.next = first;
            return;
        }
        let other = self.root(known.name);
        if other == name {
            return;
        }
        // A name that nothing goes by yet takes the other's place, so that
        // many names of one message make no long way to their root.
        if self.names[name as usize].first == NONE {
            self.names[name as usize].parent = other;
            return;
        }
        self.instances[instance as usize].name = name;
        // Join the two lists: the end of one leads to the start of the other.
        let first = std::mem::replace(&mut self.names[other as usize].first, NONE);
        self.names[other as usize].parent = name;
        let mut last = first;
        while let Some(next) =
            self.instances.get(last as usize).map(|i| i.next).filter(|next| *next != NONE)
        {
            last = next;
        }
        let behind = self.names[name as usize].first;
        if let Some(last) = self.instances.get_mut(last as usize) {
            last.next = behind;
            self.names[name as usize].first = first;
        }
    }

    /// Makes two names those of one message.
    pub(super) fn join_names(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return;
        }
        match self.names[other as usize].first {
            NONE => self.names[other as usize].parent = one,
            instance => self.link(instance, one),
        }
    }

    /// Makes two instances names of one message.
    pub(super) fn join(&mut self, one: u32, other: u32) {
        let named = |of: u32| self.instances.get(of as usize).map(|i| i.name);
        let known = [one, other].into_iter().filter_map(named).find(|name| *name != NONE);
        let name = known.unwrap_or_else(|| self.add_name(0));
        self.link(one, name);
        self.link(other, name);
    }
}
