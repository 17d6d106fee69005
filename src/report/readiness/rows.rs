use serde::{Deserialize, Serialize};

use super::atoms::text;
use super::list::WorkList;
use super::{Outcome, Thing};
use crate::mail::{AuthMethod, Day};
use crate::order::{merge_by, sort_by};
use crate::report::TlsCounts;
use crate::tally::Tally;

/// At most so many names are listed in a row.
const NAMED: usize = 20;

/// A row of the work list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadinessRow {
    /// What is to be fixed. What to do follows from its kind and the policy.
    pub thing: Thing,
    /// What would become of its messages.
    pub outcome: Outcome,
    /// The first and last day on which refused messages are seen.
    pub seen: Option<(Day, Day)>,
    /// Its messages by TLS.
    pub counts: TlsCounts,
    /// Cipher suites as written, the most messages first.
    pub ciphers: Listed,
    /// Ways of signing in, the most messages first. Empty but for clients.
    pub methods: Vec<(AuthMethod, u64)>,
    /// Hosts on the other side, or the domains of those that are not recorded;
    /// the most messages first. Empty for clients.
    pub hosts: Listed,
    /// Other accounts that sign in from the same address, with their messages.
    pub others: Listed,
    /// Whether it was done when this was asked.
    pub done: bool,
}

/// Names with their messages, the most first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The names.
    pub list: Vec<(String, u64)>,
    /// How many did not fit.
    pub more: u64,
}

/// The words of the person's language that the work list needs as a file: the
/// worker has no catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadinessWords {
    /// Heads of the columns: done, kind, name, client or host, refused, cannot
    /// be told, all, first and last seen, TLS versions, ciphers, ways of signing
    /// in, others at the address, what to do, rounded.
    pub heads: Vec<String>,
    /// In the order of [`super::ThingKind::ALL`].
    pub kinds: Vec<String>,
    /// What to do under the policy, in the same order.
    pub todos: Vec<String>,
    /// In the order of [`crate::mail::TlsState::ALL`].
    pub states: Vec<String>,
    /// In the order of [`AuthMethod::ALL`].
    pub methods: Vec<String>,
    /// Of what has no name.
    pub unnamed: String,
    /// Yes and no.
    pub yes_no: [String; 2],
}

impl WorkList {
    /// `count` rows from the row `from`.
    pub(super) fn rows(&self, tally: &Tally, from: usize, count: usize) -> Vec<ReadinessRow> {
        let listed = self.order.iter().skip(from).take(count);
        listed.filter_map(|number| self.row(tally, *number as usize)).collect()
    }

    fn row(&self, tally: &Tally, number: usize) -> Option<ReadinessRow> {
        let found = self.things.list.get(number)?;
        let mut counts = TlsCounts::default();
        let (mut ciphers, mut hosts, mut methods) = (Vec::new(), Vec::new(), Vec::new());
        let thing = found.key.thing(tally);
        let client = matches!(thing, Thing::Client { .. });
        for (facts, sum) in self.members(number) {
            counts.add_amount(facts.tls, (sum.messages, sum.rounded));
            ciphers.push((facts.cipher, sum.messages));
            if client {
                methods.push((facts.method, sum.messages));
            } else {
                // Of a connector, the domain says who it is where no host does.
                let of_connector = matches!(thing, Thing::Connector { .. });
                let domain = if of_connector { facts.domain } else { 0 };
                let host = if facts.host == 0 { domain } else { facts.host };
                hosts.push((host, sum.messages));
            }
        }
        merge_by(&mut methods, &|a, b| a.0.cmp(&b.0), &|one, other| one.1 += other.1);
        sort_by(&mut methods, &|a, b| b.1.cmp(&a.1));
        Some(ReadinessRow {
            outcome: found.outcome,
            seen: found.seen,
            counts,
            ciphers: listed(tally, ciphers),
            methods,
            hosts: listed(tally, hosts),
            others: self.others(tally, number),
            done: self.done.get(number).copied().unwrap_or(false),
            thing,
        })
    }

    /// Who else signs in from the address of a client.
    fn others(&self, tally: &Tally, thing: usize) -> Listed {
        let who = |number: &&u32| **number as usize != thing;
        let beside = self.beside(thing);
        let name = |number: &u32| {
            let found = self.things.list.get(*number as usize)?;
            Some((found.key.thing(tally).name().to_owned(), found.outcome.all()))
        };
        let list: Vec<_> = beside.iter().filter(who).take(NAMED).filter_map(name).collect();
        let all = beside.iter().filter(who).count();
        Listed { more: all.saturating_sub(list.len()) as u64, list }
    }
}

/// Those with the most messages.
fn listed(tally: &Tally, mut of: Vec<(u32, u64)>) -> Listed {
    of.retain(|(name, _)| *name != 0);
    merge_by(&mut of, &|a, b| a.0.cmp(&b.0), &|one, other| one.1 += other.1);
    sort_by(&mut of, &|a, b| b.1.cmp(&a.1));
    let more = of.len().saturating_sub(NAMED) as u64;
    let with_text = |(name, messages)| Some((tally.text(text(name)?).to_owned(), messages));
    Listed { list: of.into_iter().take(NAMED).filter_map(with_text).collect(), more }
}
