//! From all that rows say of one message and direction to what is counted.

use rustc_hash::FxHashMap;

use super::cells::{Block, FlowCell, RefusedCell, SubmissionCell, Tally, Text};
use super::facts::{Facts, FactsList, Tuple};
use super::intern::{Interner, Symbol};
use crate::mail::{AuthMethod, ConnectorType, Day, Direction, TlsState};
use crate::order::{merge_by, prefix_of_text, sort_by, sort_by_prefix};

/// Seconds of an hour.
const HOUR: u32 = 3_600;

/// Counts messages into cells.
pub(super) struct Resolver<'t> {
    texts: &'t Interner,
    /// What cells tell, but for their hours and messages.
    facts: FactsList,
    /// For each of the store's facts the cells that it counts in, once it did.
    known: Vec<Option<u32>>,
    /// Messages by cell: its facts in `facts`, and its hour.
    cells: FxHashMap<u64, u64>,
    blocks: Vec<((Day, Day), Facts, u64)>,
    refused: Vec<(u32, Symbol, Option<Symbol>, TlsState, u64)>,
}

impl<'t> Resolver<'t> {
    pub(super) fn new(texts: &'t Interner) -> Self {
        Self {
            texts,
            facts: FactsList::default(),
            known: Vec::new(),
            cells: FxHashMap::default(),
            blocks: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// Counts one message in one direction.
    pub(super) fn message(&mut self, direction: Direction, tuples: Vec<Tuple>) {
        if let [tuple] = tuples.as_slice() {
            self.count(*tuple);
            return;
        }
        let tuples =
            if direction == Direction::Submission { tuples } else { self.name_connectors(tuples) };
        let mut tuples = tuples;
        sort_by(&mut tuples, &|a, b| self.connector(a).cmp(&self.connector(b)));
        for tuples in tuples.chunk_by(|a, b| a.facts.connector == b.facts.connector) {
            self.count_states(tuples);
        }
    }

    fn connector(&self, tuple: &Tuple) -> Option<&str> {
        tuple.facts.connector.map(|name| self.texts.text(name))
    }

    /// A named connector replaces none: what rows without a connector say is
    /// of the connector that other rows name. Where they name several, a
    /// recorded state that none of them has goes to one that has no recorded
    /// state of its own, else to the first by name.
    fn name_connectors(&self, tuples: Vec<Tuple>) -> Vec<Tuple> {
        let (mut named, nameless): (Vec<Tuple>, Vec<Tuple>) =
            tuples.into_iter().partition(|tuple| tuple.facts.connector.is_some());
        if named.is_empty() {
            return nameless;
        }
        sort_by(&mut named, &|a, b| self.connector(a).cmp(&self.connector(b)));
        let mut connectors: Vec<_> = named.iter().map(|tuple| tuple.facts.connector).collect();
        connectors.dedup();
        let own = named.clone();
        let definite = |name: Option<Symbol>| {
            own.iter().any(|t| t.facts.connector == name && t.facts.tls.is_definite())
        };
        for mut tuple in nameless {
            let same_state = own.iter().find(|t| t.facts.tls == tuple.facts.tls);
            let name = match (connectors.as_slice(), same_state) {
                ([only], _) => *only,
                (_, Some(same)) => same.facts.connector,
                (several, None) if tuple.facts.tls.is_definite() => {
                    let open = several.iter().find(|name| !definite(**name));
                    open.or(several.first()).copied().flatten()
                }
                (several, None) => several.first().copied().flatten(),
            };
            tuple.facts.connector = name;
            // "No connector" was the word of a row that did not know better.
            if tuple.facts.connector_type == ConnectorType::NoConnector {
                tuple.facts.connector_type = ConnectorType::Unknown;
            }
            named.push(tuple);
        }
        named
    }

    /// Within one connector a recorded TLS state replaces "version not
    /// stated", which replaces "not recorded"; two recorded ones stay two.
    fn count_states(&mut self, tuples: &[Tuple]) {
        let has = |wanted: TlsState| tuples.iter().any(|tuple| tuple.facts.tls == wanted);
        let definite: Vec<TlsState> =
            TlsState::ALL.into_iter().filter(|state| state.is_definite() && has(*state)).collect();
        let states = if !definite.is_empty() {
            definite
        } else if has(TlsState::VersionNotStated) {
            vec![TlsState::VersionNotStated]
        } else {
            vec![TlsState::NotRecorded]
        };
        for state in &states {
            // With one state, all rows tell of it; with several, the vague
            // ones lend what they know but not their time.
            let of_state = |tuple: &&Tuple| tuple.facts.tls == *state || states.len() == 1;
            let Some(first) = tuples.iter().find(|tuple| tuple.facts.tls == *state) else {
                continue;
            };
            let mut merged = *first;
            for tuple in tuples.iter().filter(of_state) {
                merged.seconds = merged.seconds.min(tuple.seconds);
                self.merge(&mut merged.facts, &tuple.facts);
            }
            for tuple in tuples.iter().filter(|tuple| !tuple.facts.tls.is_definite()) {
                self.merge(&mut merged.facts, &tuple.facts);
            }
            merged.facts.tls = *state;
            self.count(merged);
        }
    }

    /// What one row knows and the other does not is known; where they differ,
    /// the first by name stands, so that no order of rows matters.
    pub(super) fn merge(&self, into: &mut Facts, from: &Facts) {
        into.connector_type = match (into.connector_type, from.connector_type) {
            (ConnectorType::Unknown, known) | (known, ConnectorType::Unknown) => known,
            (one, other) => one.min(other),
        };
        into.forced_tls = into.forced_tls.max(from.forced_tls);
        into.cipher = self.first(into.cipher, from.cipher);
        into.sender_domain = self.first(into.sender_domain, from.sender_domain);
        into.remote_domain = self.first(into.remote_domain, from.remote_domain);
        into.remote_host = self.first(into.remote_host, from.remote_host);
        into.client_ip = self.first(into.client_ip, from.client_ip);
        into.sender = self.first(into.sender, from.sender);
        into.count = into.count.max(from.count);
        // What a source states stands above what is concluded from a code.
        let stated = |facts: &Facts| (facts.account_stated, facts.method != AuthMethod::Unknown);
        if from.account_stated == into.account_stated {
            into.account = self.first(into.account, from.account);
            into.method = match (into.method, from.method) {
                (AuthMethod::Unknown, known) | (known, AuthMethod::Unknown) => known,
                (one, other) => one.min(other),
            };
        } else if stated(from).0 {
            into.account = from.account.or(into.account);
            if stated(from).1 {
                into.method = from.method;
            }
            into.account_stated = true;
        } else {
            into.account = into.account.or(from.account);
            if into.method == AuthMethod::Unknown {
                into.method = from.method;
            }
        }
    }

    fn first(&self, one: Option<Symbol>, other: Option<Symbol>) -> Option<Symbol> {
        match (one, other) {
            (Some(one), Some(other)) if self.texts.text(other) < self.texts.text(one) => {
                Some(other)
            }
            (one, other) => one.or(other),
        }
    }

    fn count(&mut self, tuple: Tuple) {
        self.add(tuple.facts, tuple.seconds / HOUR, u64::from(tuple.facts.count));
    }

    /// Counts a message of which just these facts are known, which have this
    /// number among the store's.
    pub(super) fn count_known(&mut self, number: u32, facts: &Facts, seconds: u32) {
        let index = number as usize;
        if self.known.len() <= index {
            self.known.resize(index + 1, None);
        }
        let cells = self.known.get(index).copied().flatten().unwrap_or_else(|| {
            let cells = self.cells_of(facts);
            self.known[index] = Some(cells);
            cells
        });
        *self.cells.entry(key(cells, seconds / HOUR)).or_default() += u64::from(facts.count);
    }

    /// The number of the cells that messages with these facts count in, one
    /// for each hour.
    fn cells_of(&mut self, facts: &Facts) -> u32 {
        // Another row of the message may name a connector, or that it was
        // submitted.
        let direct = facts.direction == Direction::Inbound && facts.connector.is_none();
        let sender = facts.sender.filter(|_| direct);
        let named = sender.is_some() || facts.direction == Direction::Submission;
        self.facts.number(&Facts {
            sender,
            client_ip: facts.client_ip.filter(|_| named),
            count: 0,
            account_stated: false,
            by_domains: false,
            unsent: false,
            border: None,
            ..*facts
        })
    }

    /// Counts messages of one hour.
    pub(super) fn add(&mut self, facts: Facts, hour: u32, messages: u64) {
        let cells = self.cells_of(&facts);
        *self.cells.entry(key(cells, hour)).or_default() += messages;
    }

    /// What is counted by hours so far, in no order: facts, hour and messages.
    fn cells(&self) -> impl Iterator<Item = (&Facts, u32, u64)> {
        self.cells.iter().filter_map(|(key, messages)| {
            let (cells, hour) = of_key(*key);
            Some((self.facts.all().get(cells)?, hour, *messages))
        })
    }

    /// Counts submissions of several days.
    pub(super) fn add_block(&mut self, days: (Day, Day), facts: Facts, messages: u64) {
        self.blocks.push((days, facts, messages));
    }

    /// Direction, day and messages of all that is counted by hours so far, in
    /// no order.
    pub(super) fn each(&self, take: &mut dyn FnMut(Direction, Day, u64)) {
        for (facts, hour, messages) in self.cells() {
            take(facts.direction, Day::of_hour(hour), messages);
        }
    }

    /// Facts, hour and messages of the same.
    pub(super) fn each_cell(&self, take: &mut dyn FnMut(&Facts, u32, u64)) {
        for (facts, hour, messages) in self.cells() {
            take(facts, hour, messages);
        }
    }

    /// Counts refused attempts to sign in.
    pub(super) fn refused(
        &mut self,
        hour: u32,
        account: Symbol,
        client_ip: Option<Symbol>,
        tls: TlsState,
        attempts: u64,
    ) {
        self.refused.push((hour, account, client_ip, tls, attempts));
    }

    /// The cells, sorted.
    pub(super) fn finish(self) -> Tally {
        let names = Names::new(self.texts);
        let mut tally = Tally {
            flow: self.in_order(
                &|facts| names.flow(facts),
                &FlowCell::prefix,
                &|kind, hour, messages| FlowCell { hour, messages, ..*kind },
            ),
            submissions: self.in_order(
                &|facts| {
                    let submission = facts.direction == Direction::Submission;
                    submission.then(|| names.submission(facts, 0, 0))
                },
                &SubmissionCell::prefix,
                &|kind, hour, messages| SubmissionCell { hour, messages, ..*kind },
            ),
            ..Tally::default()
        };
        let block = |(days, facts, messages): &((Day, Day), Facts, u64)| Block {
            days: *days,
            cell: names.submission(facts, days.0.first_hour(), *messages),
        };
        tally.blocks = self.blocks.iter().map(block).collect();
        sort_by(&mut tally.blocks, &Ord::cmp);
        tally.refused = self
            .refused
            .iter()
            .map(|(hour, account, client_ip, tls, attempts)| RefusedCell {
                hour: *hour,
                account: names.of(*account),
                client_ip: names.some(*client_ip),
                tls: *tls,
                attempts: *attempts,
            })
            .collect();
        merge_by(
            &mut tally.refused,
            &|a, b| {
                let key = |cell: &RefusedCell| RefusedCell { attempts: 0, ..*cell };
                key(a).cmp(&key(b))
            },
            &|one, other| one.attempts += other.attempts,
        );
        tally.texts = names.texts;
        tally
    }
}

impl Resolver<'_> {
    /// Cells of one kind, sorted: `of` is the cell of facts if they are of that
    /// kind, without hour and messages, which `with` adds. Hours come first in
    /// the order of cells, so what is compared is the facts, which are fewer.
    fn in_order<C: Ord>(
        &self,
        of: &dyn Fn(&Facts) -> Option<C>,
        prefix: &dyn Fn(&C) -> u64,
        with: &dyn Fn(&C, u32, u64) -> C,
    ) -> Vec<C> {
        let all = self.facts.all();
        let mut kinds: Vec<(C, usize)> =
            all.iter().zip(0..).filter_map(|(facts, at)| Some((of(facts)?, at))).collect();
        sort_by_prefix(&mut kinds, &|kind| prefix(&kind.0), &|a, b| a.0.cmp(&b.0));
        // Where equal cells are of several facts, messages settle their order.
        let mut ranks = vec![None; all.len()];
        let mut rank = 0_u32;
        for (index, (kind, at)) in kinds.iter().enumerate() {
            if index.checked_sub(1).is_some_and(|before| kinds[before].0 != *kind) {
                rank = u32::try_from(index).unwrap_or(u32::MAX);
            }
            ranks[*at] = Some(rank);
        }
        let mut cells: Vec<(u64, u64)> = self
            .cells
            .iter()
            .filter_map(|(cell, messages)| {
                let (facts, hour) = of_key(*cell);
                Some((key(hour, ranks.get(facts).copied().flatten()?), *messages))
            })
            .collect();
        sort_by_prefix(&mut cells, &|cell| cell.0, &|a, b| a.1.cmp(&b.1));
        cells
            .into_iter()
            .filter_map(|(cell, messages)| {
                let (hour, rank) = of_key(cell);
                let (kind, _) = kinds.get(rank as usize)?;
                Some(with(kind, u32::try_from(hour).unwrap_or(u32::MAX), messages))
            })
            .collect()
    }
}

/// Two numbers as one, which is in the order of the first and then the second:
/// of a cell its facts and its hour.
fn key(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// The two numbers of a key.
#[expect(clippy::cast_possible_truncation, reason = "both halves are taken")]
fn of_key(key: u64) -> (usize, u32) {
    ((key >> 32) as usize, key as u32)
}

/// From the store's symbols, numbered as they came, to the tally's texts,
/// numbered in their own order.
struct Names {
    texts: Vec<Box<str>>,
    /// For each symbol: its text, and the text of the domain in it.
    symbols: Vec<(Text, Option<Text>)>,
}

impl Names {
    fn new(interner: &Interner) -> Self {
        // Each with its place among symbols, and whether it is the domain in
        // that text. The empty text is always there, as the first.
        let mut texts: Vec<(&str, Option<(usize, bool)>)> = vec![("", None)];
        for (at, text) in interner.texts().enumerate() {
            texts.push((text, Some((at, false))));
            texts.extend(domain_of(text).map(|domain| (domain, Some((at, true)))));
        }
        sort_by_prefix(&mut texts, &|(text, _)| prefix_of_text(text), &|a, b| a.0.cmp(b.0));
        let mut symbols = vec![(Text(0), None); interner.texts().len()];
        let mut own: Vec<Box<str>> = Vec::new();
        for (text, place) in texts {
            if own.last().is_none_or(|last| **last != *text) {
                own.push(text.into());
            }
            let number = Text(u32::try_from(own.len() - 1).unwrap_or_default());
            match place.and_then(|(at, domain)| Some((symbols.get_mut(at)?, domain))) {
                Some((symbol, true)) => symbol.1 = Some(number),
                Some((symbol, false)) => symbol.0 = number,
                None => {}
            }
        }
        Self { symbols, texts: own }
    }

    fn get(&self, symbol: Symbol) -> (Text, Option<Text>) {
        self.symbols.get(symbol.index()).copied().unwrap_or((Text(0), None))
    }

    fn of(&self, symbol: Symbol) -> Text {
        self.get(symbol).0
    }

    fn some(&self, symbol: Option<Symbol>) -> Option<Text> {
        symbol.map(|symbol| self.of(symbol))
    }

    /// The cell of facts of mail flow, without hour and messages.
    fn flow(&self, facts: &Facts) -> Option<FlowCell> {
        (facts.direction != Direction::Submission).then(|| FlowCell {
            hour: 0,
            direction: facts.direction,
            connector: self.some(facts.connector),
            connector_type: facts.connector_type,
            forced_tls: facts.forced_tls,
            tls: facts.tls,
            cipher: self.some(facts.cipher),
            sender_domain: self.some(facts.sender_domain),
            remote_domain: self.some(facts.remote_domain),
            remote_host: self.some(facts.remote_host),
            sender: self.some(facts.sender),
            client_ip: self.some(facts.client_ip),
            rounded: facts.rounded,
            messages: 0,
        })
    }

    fn submission(&self, facts: &Facts, hour: u32, messages: u64) -> SubmissionCell {
        SubmissionCell {
            hour,
            account: facts.account.map_or(Text(0), |account| self.of(account)),
            domain: self.domain(facts.account, facts.sender_domain),
            tls: facts.tls,
            cipher: self.some(facts.cipher),
            method: facts.method,
            client_ip: self.some(facts.client_ip),
            rounded: facts.rounded,
            messages,
        }
    }

    /// The domain of an account, else the one that the source gives.
    fn domain(&self, account: Option<Symbol>, stated: Option<Symbol>) -> Text {
        let own = account.and_then(|account| self.get(account).1);
        own.or_else(|| self.some(stated)).unwrap_or(Text(0))
    }
}

fn domain_of(address: &str) -> Option<&str> {
    address.rsplit_once('@').map(|(_, domain)| domain)
}
