//! Things to fix: the messages of a policy, by what they come from.

use serde::{Deserialize, Serialize};

use super::atoms::{Atoms, Facts, Sum, number, text};
use super::keys::{Key, Keys};
use super::policy::{Flow, Policy, Verdict};
use super::{Thing, ThingKind};
use crate::mail::{Day, Direction};
use crate::report::{Amount, Share};
use crate::tally::{Tally, Text};

/// What would become of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// They would be refused.
    pub refused: Amount,
    /// They would pass.
    pub passes: Amount,
    /// The files do not say what it takes; they may be refused.
    pub untold: Amount,
}

impl Outcome {
    /// All messages.
    pub const fn all(&self) -> u64 {
        self.refused.0 + self.passes.0 + self.untold.0
    }

    /// Whether anything can be told.
    pub const fn told(&self) -> u64 {
        self.refused.0 + self.passes.0
    }

    /// The share that would be refused, of what can be told.
    pub const fn share(&self) -> Option<Share> {
        Share::of(self.refused.0, self.told())
    }

    /// Whether any of the numbers is worked out from rounded ones.
    pub const fn any_rounded(&self) -> bool {
        self.refused.1 || self.passes.1 || self.untold.1
    }

    fn add(&mut self, verdict: Verdict, (messages, rounded): Amount) {
        let amount = match verdict {
            Verdict::Refused => &mut self.refused,
            Verdict::Passes => &mut self.passes,
            Verdict::Untold => &mut self.untold,
        };
        amount.0 += messages;
        amount.1 |= rounded;
    }
}

/// A thing, and what would become of its messages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) key: ThingKey,
    pub(super) outcome: Outcome,
    /// The first and last day on which refused messages are seen.
    pub(super) seen: Option<(Day, Day)>,
    /// A bit for each TLS state, the weakest the lowest.
    pub(super) tls: u8,
}

/// A thing, as numbers of a tally's texts: those of [`Facts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ThingKey {
    pub(super) kind: ThingKind,
    who: u32,
    /// Client IP address, or host where the domain is not known.
    pub(super) at: u32,
    /// Of a client, the account's domain.
    domain: u32,
}

/// What a policy is asked about: all, or one connector.
pub(super) type Target = Option<(Direction, Option<Text>)>;

/// All things of a policy.
#[derive(Debug, Default)]
pub(super) struct Things {
    keys: Keys,
    pub(super) list: Vec<Found>,
    /// For each atom of the parts, one after the other, its thing; `NONE`
    /// where the policy is not about it.
    pub(super) of_atom: Vec<u32>,
    /// The sum by kind, in the order of [`ThingKind::ALL`].
    pub(super) kinds: [Outcome; ThingKind::ALL.len()],
}

pub(super) const NONE: u32 = u32::MAX;

impl Things {
    /// Judges the messages of `parts`.
    pub(super) fn new(policy: Policy, target: Target, parts: &[&Atoms]) -> Self {
        let mut things = Self::default();
        things.of_atom.reserve(parts.iter().map(|part| part.len()).sum());
        let rule = policy.rule();
        for (facts, sum) in parts.iter().flat_map(|part| part.iter()) {
            if !is_about(rule.flow, target, facts.direction, facts.who) {
                things.of_atom.push(NONE);
                continue;
            }
            let key = ThingKey::of(&facts, target.is_some());
            let verdict = (rule.verdict)(facts.tls, facts.method);
            let thing = things.add(key, &facts, verdict, sum);
            things.of_atom.push(thing);
        }
        things
    }

    fn add(&mut self, key: ThingKey, facts: &Facts, verdict: Verdict, sum: &Sum) -> u32 {
        let amount = (sum.messages, sum.rounded);
        self.kinds[key.kind.index()].add(verdict, amount);
        let number = self.keys.number(key.key());
        if number == self.list.len() {
            self.list.push(Found { key, outcome: Outcome::default(), seen: None, tls: 0 });
        }
        let Some(found) = self.list.get_mut(number) else { return NONE };
        found.outcome.add(verdict, amount);
        found.tls |= 1 << facts.tls.index();
        if verdict == Verdict::Refused {
            let (first, last) = found.seen.unwrap_or(sum.days);
            found.seen = Some((first.min(sum.days.0), last.max(sum.days.1)));
        }
        u32::try_from(number).unwrap_or(NONE)
    }

    /// All messages.
    pub(super) fn outcome(&self) -> Outcome {
        self.kinds.iter().fold(Outcome::default(), |mut sum, kind| {
            sum.add(Verdict::Refused, kind.refused);
            sum.add(Verdict::Passes, kind.passes);
            sum.add(Verdict::Untold, kind.untold);
            sum
        })
    }

    /// How many have refused messages.
    pub(super) fn to_fix(&self) -> u64 {
        self.list.iter().filter(|found| found.outcome.refused.0 > 0).count() as u64
    }

    /// The number of `thing`, if it is one of them.
    pub(super) fn find(&self, tally: &Tally, thing: &Thing) -> Option<usize> {
        self.keys.find(&ThingKey::named(tally, thing)?.key())
    }
}

/// Whether the question is about messages of that direction and connector.
pub(super) fn is_about(flow: Flow, target: Target, direction: Direction, connector: u32) -> bool {
    if direction == Direction::Submission {
        return true;
    }
    match (flow, target) {
        (Flow::None, _) => false,
        (Flow::All, _) => true,
        (Flow::Connectors, None) => connector != 0,
        (Flow::Connectors, Some((of, name))) => {
            direction == of && connector != 0 && connector == number(name)
        }
    }
}

impl ThingKey {
    /// What messages come from. `inside`: of one connector, the other sides.
    fn of(facts: &Facts, inside: bool) -> Self {
        let Facts { direction, who, domain, host, .. } = *facts;
        if direction == Direction::Submission {
            return Self { kind: ThingKind::Client, who, at: host, domain };
        }
        let untold = domain == 0 && host == 0;
        if who != 0 && (!inside || untold) {
            return Self { kind: ThingKind::connector(direction), who, at: 0, domain: 0 };
        }
        let at = if domain == 0 { host } else { 0 };
        Self { kind: ThingKind::partner(direction), who: 0, at, domain }
    }

    /// That of a thing by name; `None` where the tally has no such text.
    fn named(tally: &Tally, thing: &Thing) -> Option<Self> {
        let find = |text: &str| tally.find(text).map(|text| number(Some(text)));
        let maybe = |text: &Option<String>| text.as_deref().map_or(Some(0), find);
        let kind = thing.kind();
        Some(match thing {
            Thing::Client { address, domain, client } => {
                let domain = find(domain)?;
                // As the sender's own number is made.
                let texts = u32::try_from(tally.texts()).ok()?;
                let who = if address.is_empty() { texts + domain } else { find(address)? };
                Self { kind, who: who - 1, at: maybe(client)?, domain }
            }
            Thing::Connector { name, .. } => Self { kind, who: find(name)?, at: 0, domain: 0 },
            Thing::Partner { domain, host, .. } => {
                Self { kind, who: 0, at: maybe(host)?, domain: maybe(domain)? }
            }
        })
    }

    const fn key(&self) -> Key {
        [self.kind as u32, self.who, self.at, self.domain, 0]
    }

    /// Its name as a number that follows the names.
    pub(super) fn name(&self, tally: &Tally) -> u32 {
        match self.kind {
            ThingKind::Client => {
                let texts = u32::try_from(tally.texts()).unwrap_or(NONE);
                if self.who < texts { self.who + 1 } else { self.domain }
            }
            ThingKind::ConnectorIn | ThingKind::ConnectorOut | ThingKind::Connector => self.who,
            _ if self.domain == 0 => self.at,
            _ => self.domain,
        }
    }

    /// The thing itself.
    pub(super) fn thing(&self, tally: &Tally) -> Thing {
        let text = |number| text(number).map(|text| tally.text(text).to_owned());
        let direction = self.kind.direction();
        match self.kind {
            ThingKind::Client => {
                let named = usize::try_from(self.who).is_ok_and(|who| who < tally.texts());
                let address = if named { text(self.who + 1) } else { None };
                let domain = text(self.domain).unwrap_or_default();
                Thing::Client {
                    address: address.unwrap_or_default(),
                    domain,
                    client: text(self.at),
                }
            }
            ThingKind::ConnectorIn | ThingKind::ConnectorOut | ThingKind::Connector => {
                Thing::Connector { direction, name: text(self.who).unwrap_or_default() }
            }
            _ => Thing::Partner { direction, domain: text(self.domain), host: text(self.at) },
        }
    }
}
