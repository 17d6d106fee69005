//! The work list: found, filtered and sorted once, its rows told where they are
//! shown.

use std::cmp::Ordering;
use std::rc::Rc;

use super::answer::Readiness;
use super::atoms::{Atoms, Facts, Sum, text};
use super::things::{Found, NONE, Things};
use super::{Done, ReadinessColumn, ReadinessSort, ThingKind};
use crate::mail::lower;
use crate::order::{sort_by, sort_by_prefix};
use crate::tally::Tally;

/// The rows in their order, and all that they are made of.
#[derive(Debug, Default)]
pub(super) struct WorkList {
    parts: Vec<Rc<Atoms>>,
    pub(super) things: Things,
    /// Where the atoms of each thing begin in `members`.
    starts: Vec<u32>,
    /// Numbers of atoms of the parts, one after the other, by thing.
    members: Vec<u32>,
    /// Things that are clients, by IP address.
    pub(super) by_client: Vec<u32>,
    /// Which things are done.
    pub(super) done: Vec<bool>,
    /// The things that are listed.
    pub(super) order: Vec<u32>,
}

impl WorkList {
    /// The list that `readiness` asks for; enters into it what it counts.
    pub(super) fn new(
        tally: &Tally,
        parts: Vec<Rc<Atoms>>,
        things: Things,
        readiness: &mut Readiness,
        done: &Done,
    ) -> Self {
        let mut list = Self { parts, things, ..Self::default() };
        list.gather();
        list.done = vec![false; list.things.list.len()];
        for thing in done.things() {
            if let Some(number) = list.things.find(tally, thing) {
                list.done[number] = true;
            }
        }
        let fix = |(found, done): &(&Found, &bool)| found.outcome.refused.0 > 0 && **done;
        readiness.done = list.things.list.iter().zip(&list.done).filter(fix).count() as u64;
        list.order(tally, readiness);
        list
    }

    /// Puts the atoms of each thing together: counted into place.
    fn gather(&mut self) {
        let Self { things, starts, members, by_client, .. } = self;
        *starts = vec![0; things.list.len() + 1];
        for thing in things.of_atom.iter().filter(|thing| **thing != NONE) {
            starts[*thing as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        *members = vec![0; starts.last().map_or(0, |end| *end as usize)];
        for (atom, thing) in (0_u32..).zip(&things.of_atom).filter(|(_, thing)| **thing != NONE) {
            let place = &mut next[*thing as usize];
            members[*place as usize] = atom;
            *place += 1;
        }
        let clients = (0_u32..).zip(&things.list);
        let clients = clients.filter(|(_, found)| found.key.kind == ThingKind::Client);
        *by_client = clients.map(|(number, _)| number).collect();
        let at = |number: &u32| u64::from(things.list[*number as usize].key.at);
        sort_by_prefix(by_client, &at, &|_, _| Ordering::Equal);
    }

    /// The messages of a thing.
    pub(super) fn members(&self, thing: usize) -> impl Iterator<Item = (Facts, &Sum)> {
        let at = |index: usize| self.starts.get(index).map_or(0, |start| *start as usize);
        let members = self.members.get(at(thing)..at(thing + 1)).unwrap_or_default();
        members.iter().filter_map(|number| {
            let mut number = *number as usize;
            for part in &self.parts {
                if number < part.len() {
                    return part.get(number);
                }
                number -= part.len();
            }
            None
        })
    }

    /// The other clients of the same address as a client's.
    pub(super) fn beside(&self, thing: usize) -> &[u32] {
        let at = |number: usize| self.things.list.get(number).map_or(0, |found| found.key.at);
        let address = at(thing);
        if address == 0 {
            return &[];
        }
        let from = self.by_client.partition_point(|number| at(*number as usize) < address);
        let to = self.by_client.partition_point(|number| at(*number as usize) <= address);
        self.by_client.get(from..to).unwrap_or_default()
    }

    fn order(&mut self, tally: &Tally, readiness: &mut Readiness) {
        let query = &readiness.query;
        let found = &self.things.list;
        let listed = |number: &u32| {
            let outcome = &found[*number as usize].outcome;
            outcome.refused.0 > 0 || (query.untold && outcome.untold.0 > 0)
        };
        let mut order: Vec<u32> = (0_u32..).take(found.len()).filter(listed).collect();
        readiness.rows_all = order.len() as u64;
        if query.hide_done {
            order.retain(|number| !self.done[*number as usize]);
        }
        let search = lower(query.search.trim());
        if !search.is_empty() {
            order.retain(|number| self.holds(tally, *number as usize, &search));
        }
        readiness.rows = order.len() as u64;
        self.sort(tally, query.sort, &mut order);
        self.order = order;
    }

    /// Whether what is shown of a thing has that text in it.
    fn holds(&self, tally: &Tally, thing: usize, search: &str) -> bool {
        let holds =
            |number| text(number).is_some_and(|text| lower(tally.text(text)).contains(search));
        let Some(found) = self.things.list.get(thing) else { return false };
        let client = found.key.kind == ThingKind::Client;
        holds(found.key.name(tally))
            || holds(found.key.at)
            || (!client
                && self.members(thing).any(|(facts, _)| holds(facts.host) || holds(facts.domain)))
    }

    fn sort(&self, tally: &Tally, sort: ReadinessSort, order: &mut [u32]) {
        let found = |number: &u32| &self.things.list[*number as usize];
        let name = |number: &u32| {
            let key = &found(number).key;
            (key.name(tally), key.kind, key.at)
        };
        let usual = |a: &u32, b: &u32| {
            let refused = |number| found(number).outcome.refused.0;
            refused(b).cmp(&refused(a)).then_with(|| name(a).cmp(&name(b)))
        };
        let Some(column) = sort.column else {
            // The most refused messages first, then by name; what does not fit
            // is settled by `usual`.
            let prefix = |number: &u32| {
                let refused = u32::try_from(found(number).outcome.refused.0).unwrap_or(u32::MAX);
                u64::from(u32::MAX - refused) << 32
            };
            sort_by_prefix(order, &prefix, &usual);
            return;
        };
        sort_by(order, &|a, b| {
            let (one, other) = (found(a), found(b));
            let compared = match column {
                ReadinessColumn::Done => self.done[*a as usize].cmp(&self.done[*b as usize]),
                ReadinessColumn::Name => name(a).cmp(&name(b)),
                ReadinessColumn::Todo => one.key.kind.cmp(&other.key.kind),
                ReadinessColumn::Client => one.key.at.cmp(&other.key.at),
                ReadinessColumn::Refused => one.outcome.refused.0.cmp(&other.outcome.refused.0),
                ReadinessColumn::Untold => one.outcome.untold.0.cmp(&other.outcome.untold.0),
                ReadinessColumn::All => one.outcome.all().cmp(&other.outcome.all()),
                ReadinessColumn::Seen => {
                    let last = |found: &Found| found.seen.map(|(first, last)| (last, first));
                    last(one).cmp(&last(other))
                }
                ReadinessColumn::Tls => weakest(one).cmp(&weakest(other)),
            };
            let compared = if sort.descending { compared.reverse() } else { compared };
            compared.then_with(|| usual(a, b))
        });
    }
}

/// The weakest TLS state of a thing, as a number that follows the states.
const fn weakest(found: &Found) -> u32 {
    found.tls.trailing_zeros()
}
