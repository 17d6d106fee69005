//! What logs know only by ids that are used again (queue ids, process ids):
//! which parts, told by several files, are one; and which deliveries were
//! hops, since the next server's log is there, too.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::groups::{Groups, NONE};
use super::store::Store;
use crate::mail::{Queue, SessionPart, Start};
use crate::order::sort_by_prefix;

/// A message in a server's queue, as one file tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) queue: Queue,
    pub(super) instance: u32,
}

/// A delivery to a server that said which queue id it gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Relay {
    pub(super) queue: u64,
    pub(super) seconds: u32,
    pub(super) instance: u32,
    /// The delivery's facts; [`NONE`] for a message that was handed on before
    /// it was in a queue.
    pub(super) facts: u32,
}

/// What the parts are together.
pub(super) struct Threads<'s> {
    /// The groups, with what the threads join.
    pub(super) groups: Cow<'s, Groups>,
    /// From sessions that go on to those that they go on from.
    pub(super) sessions: FxHashMap<u64, u64>,
    /// The sessions that go on from one, by that.
    pub(super) later: FxHashMap<u64, Vec<u64>>,
    /// From parts to the part that began the message.
    pub(super) heads: FxHashMap<u32, u32>,
    /// The parts that go on from one, by that.
    pub(super) parts: FxHashMap<u32, Vec<u32>>,
    /// Facts of deliveries that were hops: instance and facts.
    pub(super) hops: FxHashSet<(u32, u32)>,
    /// Instances that came from another server of the organization.
    pub(super) relayed: FxHashSet<u32>,
    /// Instances that came in and were not accepted.
    pub(super) refused: FxHashSet<u32>,
}

impl<'s> Threads<'s> {
    pub(super) fn new(store: &'s Store) -> Self {
        let mut threads = Self {
            groups: Cow::Borrowed(&store.groups),
            sessions: FxHashMap::default(),
            later: FxHashMap::default(),
            heads: FxHashMap::default(),
            parts: FxHashMap::default(),
            hops: FxHashSet::default(),
            relayed: FxHashSet::default(),
            refused: FxHashSet::default(),
        };
        threads.join_sessions(&store.session_parts);
        if !store.parts.is_empty() {
            threads.join_parts(&store.parts, store.acceptance_elsewhere);
            threads.find_hops(&store.parts, &store.relays);
        }
        threads
    }

    /// The instance that stands for all parts of its message.
    pub(super) fn head(&self, instance: u32) -> u32 {
        self.heads.get(&instance).copied().unwrap_or(instance)
    }

    /// The parts of a message, the first included.
    pub(super) fn parts_of(&self, instance: u32) -> impl Iterator<Item = u32> {
        let later = if self.parts.is_empty() { None } else { self.parts.get(&instance) };
        std::iter::once(instance).chain(later.into_iter().flatten().copied())
    }

    fn join_sessions(&mut self, parts: &[(u64, SessionPart)]) {
        let mut parts = parts.to_vec();
        sort_by_prefix(&mut parts, &|(_, part)| part.thread, &|(session, a), (other, b)| {
            let key = |part: &SessionPart| (part.thread, part.first, !part.starts, part.last);
            key(a).cmp(&key(b)).then_with(|| session.cmp(other))
        });
        let mut open: Option<(u64, SessionPart)> = None;
        for (session, part) in parts {
            let head = open.take().filter(|(_, head)| head.thread == part.thread);
            let goes_on = |(_, head): &(u64, SessionPart)| {
                !part.starts && (!head.ends || part.first <= head.last)
            };
            if let Some((root, mut head)) = head.filter(goes_on) {
                if root != session {
                    self.sessions.insert(session, root);
                }
                head.ends |= part.ends;
                head.last = head.last.max(part.last);
                open = Some((root, head));
            } else {
                open = Some((session, part));
            }
        }
        // What goes on from one that goes on from another has the same root.
        let all: Vec<u64> = self.sessions.keys().copied().collect();
        for session in all {
            let mut root = session;
            // A session has two threads at most, so the way is short.
            for _ in 0..64 {
                let Some(before) = self.sessions.get(&root) else { break };
                root = *before;
            }
            self.sessions.insert(session, root);
            self.later.entry(root).or_default().push(session);
        }
    }

    fn join_parts(&mut self, parts: &[Part], acceptance_elsewhere: bool) {
        /// Lines of several processes are a little out of order.
        const LATE: u32 = 2;
        let mut parts = parts.to_vec();
        sort_by_prefix(&mut parts, &|part| part.queue.thread, &|a, b| {
            let key = |part: &Part| {
                let queue = &part.queue;
                (queue.thread, queue.first, queue.start, queue.last, queue.ended)
            };
            key(a).cmp(&key(b)).then_with(|| a.instance.cmp(&b.instance))
        });
        // One message with all of its parts, and whether it was accepted.
        let mut messages: Vec<(Part, bool)> = Vec::new();
        // Those of the server's own programs that stayed on it.
        let mut internal = Vec::new();
        for part in parts {
            let goes_on = |head: &Part| {
                head.queue.thread == part.queue.thread
                    && (part.queue.start != Start::Seen
                        && (!head.queue.ended || part.queue.first <= head.queue.last + LATE)
                        || part.instance == head.instance)
            };
            match messages.last_mut().filter(|(head, _)| goes_on(head)) {
                Some((head, accepted)) => {
                    *accepted |= part.queue.accepted;
                    head.queue.ended |= part.queue.ended;
                    head.queue.last = head.queue.last.max(part.queue.last);
                    let stayed = part.queue.delivered
                        && head.queue.start != Start::Unseen
                        && !head.queue.arrived;
                    if stayed {
                        internal.push(head.instance);
                    }
                    if part.instance != head.instance {
                        let fresh = self.heads.insert(part.instance, head.instance).is_none();
                        self.absorb(head, &part, fresh);
                    }
                }
                None => messages.push((part, part.queue.accepted)),
            }
        }
        for instance in internal {
            if let Some(known) = self.groups.to_mut().instances.get_mut(instance as usize) {
                known.internal = true;
            }
        }
        // A log of sessions alone tells of no acceptance.
        if acceptance_elsewhere || messages.iter().any(|(_, accepted)| *accepted) {
            let refused =
                messages.iter().filter(|(head, accepted)| head.queue.arrived && !accepted);
            self.refused = refused.map(|(head, _)| head.instance).collect();
        }
    }

    /// Makes a part one of its message; `fresh` where none of its instance is
    /// yet.
    fn absorb(&mut self, head: &Part, part: &Part, fresh: bool) {
        let groups = self.groups.to_mut();
        if fresh {
            self.parts.entry(head.instance).or_default().push(part.instance);
            groups.join(head.instance, part.instance);
        }
        let later = groups.instances.get(part.instance as usize).copied();
        if let (Some(known), Some(later)) =
            (groups.instances.get_mut(head.instance as usize), later)
        {
            known.internal |= later.internal;
            // Of a part that only tells that mail stayed there is no more than one.
            known.failed &= later.failed;
            known.seconds = known.seconds.min(later.seconds);
            known.file = known.file.min(later.file);
        }
    }

    fn find_hops(&mut self, parts: &[Part], relays: &[Relay]) {
        /// How long before the answer the next server may have begun with the
        /// message, and how far its clock may be ahead.
        const BEFORE: u32 = 600;
        const AHEAD: u32 = 120;
        let mut arrived: Vec<&Part> =
            parts.iter().filter(|part| part.queue.start != Start::Unseen).collect();
        sort_by_prefix(&mut arrived, &|part| part.queue.id, &|a, b| {
            let key = |part: &&Part| (part.queue.id, part.queue.first, part.instance);
            key(a).cmp(&key(b))
        });
        for relay in relays {
            let from = (relay.queue, relay.seconds.saturating_sub(BEFORE));
            let start = arrived.partition_point(|part| (part.queue.id, part.queue.first) < from);
            let own = self.head(relay.instance);
            let near = arrived[start..].iter().take_while(|part| {
                part.queue.id == relay.queue
                    && part.queue.first <= relay.seconds.saturating_add(AHEAD)
            });
            // The latest before the answer is the one that it names.
            let next = near.map(|part| self.head(part.instance)).filter(|next| *next != own).last();
            let Some(next) = next else { continue };
            if relay.facts != NONE {
                self.hops.insert((relay.instance, relay.facts));
            }
            self.relayed.insert(next);
            self.groups.to_mut().join(own, next);
        }
    }
}
