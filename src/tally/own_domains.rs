//! The organization's own domains: as the person said, else guessed, in this
//! one place, from the data.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::intern::{Interner, Symbol};
use super::store::Store;
use crate::mail::{Direction, OwnDomains};
use crate::order::sort_by;

/// The own domains, sorted.
///
/// Guessed are those that send what leaves the organization (outbound,
/// internal and submitted mail), each with at least a fiftieth of it: mail
/// that is forwarded leaves with foreign senders. Where no row has a
/// direction, they are those without which hardly a message is: every message
/// of an organization has an own domain on one side. Where others counted,
/// those that they know are own ones, too.
pub(super) fn own_domains(store: &Store) -> OwnDomains {
    let mut own: Vec<String> = match (&store.choices.own_domains, &store.guessed) {
        (Some(stated), _) => {
            stated.iter().map(|domain| crate::mail::lower(domain.trim())).collect()
        }
        (None, Some(guessed)) => guessed.clone(),
        (None, None) => {
            let guessed = guess(&Seen::new(store), &store.texts);
            let told = store.counted_domains().map(|(domain, _)| domain.to_owned());
            guessed.into_iter().chain(told).collect()
        }
    };
    sort_by(&mut own, &Ord::cmp);
    own.dedup();
    OwnDomains::new(own)
}

/// Whether any of them is guessed.
pub(super) fn is_guessed(store: &Store) -> bool {
    if store.choices.own_domains.is_some() {
        return false;
    }
    let mut told = store.counted_domains().peekable();
    let nothing_else = store.facts_are_counted();
    !(store.guessed.is_none() && nothing_else && told.peek().is_some() && told.all(|(_, g)| !g))
}

fn guess(seen: &Seen, texts: &Interner) -> Vec<String> {
    let mut guessed = of_directions(&seen.sent);
    if guessed.is_empty() {
        guessed = covering(&seen.pairs, texts);
    }
    guessed.into_iter().map(|domain| texts.text(domain).to_owned()).collect()
}

/// A message without a direction: the domains of sender and recipient, how
/// many there are, and whether it is a mail itself, of which the recipient has
/// a copy.
type Pair = ([Option<Symbol>; 2], u64, bool);

/// What tells the own domains: about how many messages have what in common.
#[derive(Default)]
struct Seen {
    /// By senders' domains, what comes from inside.
    sent: FxHashMap<Symbol, u64>,
    pairs: Vec<Pair>,
}

impl Seen {
    fn new(store: &Store) -> Self {
        let mut seen = Self::default();
        for (facts, count) in store.facts.all().iter().zip(messages_of_facts(store)) {
            let from_inside = matches!(
                facts.direction,
                Direction::Outbound | Direction::Internal | Direction::Submission
            );
            if let Some(domain) = facts.sender_domain.filter(|_| from_inside && count > 0) {
                *seen.sent.entry(domain).or_default() += count;
            }
            if facts.by_domains && count > 0 {
                let domains = [facts.sender_domain, facts.remote_domain];
                seen.pairs.push((domains, count, facts.border.is_some()));
            }
        }
        seen
    }
}

/// What tells the own domains of an organization, of a part of its messages:
/// those of all parts are added before anything is concluded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainEvidence {
    /// Messages from inside, by their senders' domains.
    sent: BTreeMap<String, u64>,
    /// Messages without a direction, by domains of sender and recipient, and
    /// whether the recipient has a copy.
    pairs: BTreeMap<(Option<String>, Option<String>, bool), u64>,
    /// Own domains that others know who counted.
    told: BTreeSet<String>,
}

impl DomainEvidence {
    /// What the messages of a store tell.
    pub fn of(store: &Store) -> Self {
        let text = |domain: Symbol| store.texts.text(domain).to_owned();
        let seen = Seen::new(store);
        let mut evidence = Self::default();
        #[expect(clippy::iter_over_hash_type, reason = "the map is sorted")]
        for (domain, count) in seen.sent {
            evidence.sent.insert(text(domain), count);
        }
        for ([from, to], count, copy) in seen.pairs {
            *evidence.pairs.entry((from.map(text), to.map(text), copy)).or_default() += count;
        }
        evidence.told = store.counted_domains().map(|(domain, _)| domain.to_owned()).collect();
        evidence
    }

    /// Adds what other messages tell.
    pub fn add(&mut self, other: &Self) {
        for (domain, count) in &other.sent {
            *self.sent.entry(domain.clone()).or_default() += count;
        }
        for (pair, count) in &other.pairs {
            *self.pairs.entry(pair.clone()).or_default() += count;
        }
        self.told.extend(other.told.iter().cloned());
    }

    /// The own domains, sorted, as one store with all the messages would guess
    /// them.
    pub fn own_domains(&self) -> Vec<String> {
        let mut texts = Interner::default();
        let mut seen = Seen::default();
        for (domain, count) in &self.sent {
            seen.sent.insert(texts.symbol(domain), *count);
        }
        for ((from, to, copy), count) in &self.pairs {
            let domains = [from, to].map(|domain| domain.as_ref().map(|own| texts.symbol(own)));
            seen.pairs.push((domains, *count, *copy));
        }
        let guessed: BTreeSet<String> = guess(&seen, &texts).into_iter().collect();
        guessed.union(&self.told).cloned().collect()
    }
}

/// How many messages, about, have each of the store's facts.
fn messages_of_facts(store: &Store) -> Vec<u64> {
    let mut messages = vec![0; store.facts.all().len()];
    for node in &store.nodes {
        if let Some(count) = messages.get_mut(node.facts as usize) {
            *count += 1;
        }
    }
    messages
}

fn of_directions(sent: &FxHashMap<Symbol, u64>) -> Vec<Symbol> {
    const LEAST_SHARE: u64 = 50;
    let all: u64 = sent.values().sum();
    sent.iter()
        .filter(|(_, count)| **count * LEAST_SHARE >= all)
        .map(|(domain, _)| *domain)
        .collect()
}

/// The fewest domains that nearly every message without a direction has on
/// one side, taken greedily; none where two are equally likely. Who has a mail
/// is rather its recipient than its sender.
fn covering(pairs: &[Pair], texts: &Interner) -> Vec<Symbol> {
    /// The first must be on this share of all, in percent, later ones on that.
    const FIRST: u64 = 60;
    const LATER: u64 = 5;
    let mut open = pairs.to_vec();
    let all: u64 = open.iter().map(|(_, count, _)| count).sum();
    let mut own = Vec::new();
    while !open.is_empty() {
        // Messages, and those that it received.
        let mut seen: FxHashMap<Symbol, (u64, u64)> = FxHashMap::default();
        for ([from, to], count, is_mail) in &open {
            for domain in from.iter().chain(to.iter().filter(|to| Some(**to) != *from)) {
                seen.entry(*domain).or_default().0 += count;
            }
            if let Some(to) = to.filter(|_| *is_mail) {
                seen.entry(to).or_default().1 += count;
            }
        }
        let mut ranked: Vec<(Symbol, (u64, u64))> = seen.into_iter().collect();
        sort_by(&mut ranked, &|a, b| {
            b.1.cmp(&a.1).then_with(|| texts.text(a.0).cmp(texts.text(b.0)))
        });
        let share = if own.is_empty() { FIRST } else { LATER };
        let next = match ranked.as_slice() {
            [(_, first), (_, second), ..] if first == second => None,
            [(domain, (count, _)), ..] if count * 100 >= all * share => Some(*domain),
            _ => None,
        };
        let Some(next) = next else { break };
        own.push(next);
        open.retain(|(sides, ..)| !sides.contains(&Some(next)));
    }
    own
}
