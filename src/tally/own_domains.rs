//! The organization's own domains: as the person said, else guessed, in this
//! one place, from the data.

use rustc_hash::FxHashMap;

use super::intern::Symbol;
use super::store::Store;
use crate::mail::{Direction, OwnDomains};
use crate::order::sort_by;

/// The own domains, sorted.
///
/// Guessed are those that send what leaves the organization (outbound,
/// internal and submitted mail), each with at least a fiftieth of it: mail
/// that is forwarded leaves with foreign senders. Where no row has a
/// direction, they are those without which hardly a message is: every message
/// of an organization has an own domain on one side.
pub(super) fn own_domains(store: &Store) -> OwnDomains {
    let mut own: Vec<String> = if let Some(stated) = &store.choices.own_domains {
        stated.iter().map(|domain| crate::mail::lower(domain.trim())).collect()
    } else {
        let messages = messages_of_facts(store);
        let mut guessed = of_directions(store, &messages);
        if guessed.is_empty() {
            guessed = covering(store, &messages);
        }
        guessed.into_iter().map(|domain| store.texts.text(domain).to_owned()).collect()
    };
    sort_by(&mut own, &Ord::cmp);
    own.dedup();
    OwnDomains::new(own)
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

fn of_directions(store: &Store, messages: &[u64]) -> Vec<Symbol> {
    const LEAST_SHARE: u64 = 50;
    let mut sent: FxHashMap<Symbol, u64> = FxHashMap::default();
    for (facts, count) in store.facts.all().iter().zip(messages) {
        let from_inside = matches!(
            facts.direction,
            Direction::Outbound | Direction::Internal | Direction::Submission
        );
        if let Some(domain) = facts.sender_domain.filter(|_| from_inside) {
            *sent.entry(domain).or_default() += count;
        }
    }
    let all: u64 = sent.values().sum();
    sent.into_iter()
        .filter(|(_, count)| count * LEAST_SHARE >= all)
        .map(|(domain, _)| domain)
        .collect()
}

/// The fewest domains that nearly every message without a direction has on
/// one side, taken greedily; none where two are equally likely. Who has a mail
/// is rather its recipient than its sender.
fn covering(store: &Store, messages: &[u64]) -> Vec<Symbol> {
    /// The first must be on this share of all, in percent, later ones on that.
    const FIRST: u64 = 60;
    const LATER: u64 = 5;
    let mut open: Vec<([Option<Symbol>; 2], u64, bool)> = store
        .facts
        .all()
        .iter()
        .zip(messages)
        .filter(|(facts, count)| facts.by_domains && **count > 0)
        .map(|(facts, count)| {
            let is_mail = facts.border.is_some();
            ([facts.sender_domain, facts.remote_domain], *count, is_mail)
        })
        .collect();
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
            b.1.cmp(&a.1).then_with(|| store.texts.text(a.0).cmp(store.texts.text(b.0)))
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
