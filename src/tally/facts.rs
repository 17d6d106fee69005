//! What rows say of a crossing, as the store keeps it.

use std::hash::{Hash, Hasher};

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use super::intern::Symbol;
use crate::mail::{AuthMethod, Border, ConnectorType, Direction, TlsState};

/// What a row says of a crossing, with texts as symbols: the same for many
/// messages, so kept once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Facts {
    pub(super) direction: Direction,
    pub(super) by_domains: bool,
    /// The direction is open and the message was not delivered: it does not
    /// count if it turns out to be outbound.
    pub(super) unsent: bool,
    pub(super) connector: Option<Symbol>,
    pub(super) connector_type: ConnectorType,
    pub(super) forced_tls: Option<bool>,
    pub(super) tls: TlsState,
    pub(super) cipher: Option<Symbol>,
    pub(super) sender_domain: Option<Symbol>,
    pub(super) remote_domain: Option<Symbol>,
    pub(super) remote_host: Option<Symbol>,
    pub(super) account: Option<Symbol>,
    pub(super) account_stated: bool,
    pub(super) method: AuthMethod,
    pub(super) client_ip: Option<Symbol>,
    /// The sender's address, of what may be Direct Send alone.
    pub(super) sender: Option<Symbol>,
    pub(super) count: u32,
    /// Worked out from rounded percentages.
    pub(super) rounded: bool,
    /// A hop of a mail, which counts if the own domains say that it crosses
    /// the border.
    pub(super) border: Option<Border<Symbol>>,
}

impl Facts {
    /// The same with other symbols for its texts.
    pub(super) fn renamed(&self, rename: &dyn Fn(Symbol) -> Option<Symbol>) -> Self {
        let symbol = |text: Option<Symbol>| text.and_then(rename);
        Self {
            connector: symbol(self.connector),
            cipher: symbol(self.cipher),
            sender_domain: symbol(self.sender_domain),
            remote_domain: symbol(self.remote_domain),
            remote_host: symbol(self.remote_host),
            account: symbol(self.account),
            client_ip: symbol(self.client_ip),
            sender: symbol(self.sender),
            border: self.border.and_then(|border| {
                let mut all = true;
                let border = border.map(&mut |text| {
                    let renamed = rename(text);
                    all &= renamed.is_some();
                    renamed.unwrap_or(text)
                });
                all.then_some(border)
            }),
            ..*self
        }
    }

    /// Its texts.
    pub(super) fn symbols(&self) -> impl Iterator<Item = Symbol> {
        let Self { connector, cipher, sender_domain, remote_domain, .. } = *self;
        let Self { remote_host, account, client_ip, sender, border, .. } = *self;
        let mut of_border = [None; 4];
        let mut at = 0;
        border.map(|border| {
            border.map(&mut |text| {
                if let Some(place) = of_border.get_mut(at) {
                    *place = Some(text);
                }
                at += 1;
            })
        });
        [connector, cipher, sender_domain, remote_domain, remote_host, account, client_ip, sender]
            .into_iter()
            .chain(of_border)
            .flatten()
    }

    /// A hash for tables in memory.
    fn hash(&self) -> u64 {
        let Self { direction, by_domains, unsent, connector_type, forced_tls, .. } = *self;
        let Self { tls, account_stated, method, rounded, count, .. } = *self;
        let flags = [by_domains, unsent, account_stated, rounded].map(u64::from);
        let small = [direction as u64, connector_type as u64, tls as u64, method as u64];
        let forced = forced_tls.map_or(2, u64::from);
        let bits = flags.into_iter().fold(forced, |bits, flag| bits << 1 | flag);
        let bits = small.into_iter().fold(bits, |bits, word| bits << 8 | word);
        let pair =
            |one, other| u64::from(Symbol::number(one)) << 32 | u64::from(Symbol::number(other));
        let mut hasher = FxHasher::default();
        hasher.write_u64(bits);
        hasher.write_u64(pair(self.connector, self.cipher));
        hasher.write_u64(pair(self.sender_domain, self.remote_domain));
        hasher.write_u64(pair(self.remote_host, self.account));
        hasher.write_u64(u64::from(count) << 32 | u64::from(Symbol::number(self.client_ip)));
        if self.sender.is_some() {
            hasher.write_u64(pair(self.sender, None));
        }
        if let Some(border) = &self.border {
            border.hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// Facts by number, each kept once.
#[derive(Clone, Debug, Default)]
pub(super) struct FactsList {
    all: Vec<Facts>,
    index: HashTable<u32>,
}

impl FactsList {
    /// The number of these facts.
    pub(super) fn number(&mut self, facts: &Facts) -> u32 {
        let Self { all, index } = self;
        let hash = facts.hash();
        if let Some(number) = index.find(hash, |number| all.get(*number as usize) == Some(facts)) {
            return *number;
        }
        let number = u32::try_from(all.len()).unwrap_or(u32::MAX);
        all.push(*facts);
        index
            .insert_unique(hash, number, |number| all.get(*number as usize).map_or(0, Facts::hash));
        number
    }

    /// All of them, by their numbers.
    pub(super) fn all(&self) -> &[Facts] {
        &self.all
    }
}

/// Facts that a message is known by, at their earliest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tuple {
    pub(super) facts: Facts,
    pub(super) seconds: u32,
}

impl Tuple {
    /// A message of which only the direction is known.
    pub(super) fn silent(direction: Direction, seconds: u32) -> Self {
        let facts = Facts {
            direction,
            by_domains: false,
            unsent: false,
            connector: None,
            connector_type: ConnectorType::Unknown,
            forced_tls: None,
            tls: TlsState::NotRecorded,
            cipher: None,
            sender_domain: None,
            remote_domain: None,
            remote_host: None,
            account: None,
            account_stated: false,
            method: AuthMethod::Unknown,
            client_ip: None,
            sender: None,
            count: 1,
            rounded: false,
            border: None,
        };
        Self { facts, seconds }
    }
}
