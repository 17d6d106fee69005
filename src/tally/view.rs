//! All instances of one Message-ID to messages, with what sessions and the
//! person know beside their rows.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::facts::{Facts, Tuple};
use super::groups::{Groups, Kind, NONE};
use super::own_domains::own_domains;
use super::resolve::Resolver;
use super::store::Store;
use super::threads::Threads;
use crate::mail::{AuthMethod, ConnectorType, Direction, OwnDomains, TlsState};
use crate::order::sort_by;

/// The store as it is counted.
pub(super) struct View<'s> {
    store: &'s Store,
    /// The store's facts, with directions and connector types that the rows
    /// leave open.
    facts: Vec<Facts>,
    /// What sessions say of the instances that they carried.
    lent: FxHashMap<u32, Vec<Lent>>,
    own_domains: OwnDomains,
    /// What several files' parts are together.
    pub(super) threads: Threads<'s>,
}

impl<'s> View<'s> {
    pub(super) fn new(store: &'s Store, resolver: &Resolver<'_>) -> Self {
        let own = own_domains(store);
        let mut view = Self {
            store,
            facts: store.facts.all().to_vec(),
            lent: FxHashMap::default(),
            own_domains: own,
            threads: Threads::new(store),
        };
        view.settle_facts();
        for carried in &store.carried {
            let session = store.front_ends.get(&carried.session).unwrap_or(&carried.session);
            let told = view.told_of_session(*session);
            let awaits = store.under_way.get(&carried.session).and_then(|shared| shared.awaits);
            let unanswered = carried.answer.is_some() && carried.answer != awaits;
            let hop = unanswered || store.hops.contains(&carried.session);
            if hop || !told.is_empty() {
                let session = view.session(&told, resolver);
                let under_way = carried.under_way;
                let lent = view.lent.entry(carried.instance).or_default();
                lent.push(Lent { session, under_way, hop });
            }
        }
        view
    }

    /// The messages and their names.
    pub(super) fn groups(&self) -> &Groups {
        &self.threads.groups
    }

    /// The store's facts, settled, by their numbers.
    pub(super) fn facts(&self) -> &[Facts] {
        &self.facts
    }

    /// Whether a session says something of an instance.
    pub(super) fn is_lent(&self, instance: u32) -> bool {
        !self.lent.is_empty() && self.lent.contains_key(&instance)
    }

    /// The organization's own domains, as guessed or as the person said.
    pub(super) fn own_domains(self) -> Vec<String> {
        self.own_domains.into_domains()
    }

    /// Fills in directions by the own domains, and connector types that the
    /// person said.
    fn settle_facts(&mut self) {
        let mut facts = std::mem::take(&mut self.facts);
        for facts in &mut facts {
            self.settle(facts);
        }
        self.facts = facts;
    }

    /// The same for the facts of one.
    pub(super) fn settle(&self, facts: &mut Facts) {
        let choices = &self.store.choices;
        let stated = choices.own_domains.is_some();
        let texts = &self.store.texts;
        let own = |domain| self.own_domains.has(texts.text(domain));
        // Not Direct Send after all.
        if facts.sender.is_some() && !facts.sender_domain.is_some_and(own) {
            facts.sender = None;
            if facts.direction != Direction::Submission && facts.border.is_none() {
                facts.client_ip = None;
            }
        }
        if let Some(border) = &facts.border {
            let across = border.direction(&self.own_domains, &|text| texts.text(*text));
            facts.direction = across.unwrap_or(Direction::Unknown);
            if across.is_some() {
                facts.border = None;
            }
            if facts.direction == Direction::Inbound {
                facts.remote_domain = facts.sender_domain;
            }
            if facts.direction != Direction::Submission {
                (facts.account, facts.account_stated) = (None, false);
                facts.method = AuthMethod::Unknown;
                facts.client_ip = facts.client_ip.filter(|_| facts.sender.is_some());
            }
            facts.by_domains = false;
            return;
        }
        let likely = facts.by_domains && facts.direction == Direction::Inbound;
        if likely && facts.sender_domain.is_some_and(own) {
            facts.direction = Direction::Unknown;
        } else if facts.direction == Direction::Unknown && (facts.by_domains || stated) {
            let (from, to) = (facts.sender_domain.map(own), facts.remote_domain.map(own));
            facts.direction = match (from, to) {
                (Some(true), Some(true)) => Direction::Internal,
                (Some(true), Some(false)) => Direction::Outbound,
                (Some(false) | None, Some(true)) => Direction::Inbound,
                _ => Direction::Unknown,
            };
            if facts.direction == Direction::Inbound {
                facts.remote_domain = facts.sender_domain;
            }
            facts.by_domains &= facts.direction == Direction::Unknown;
        }
        if facts.connector_type == ConnectorType::Unknown
            && let Some(connector) = facts.connector
        {
            let name = texts.text(connector);
            let said = choices.connector_types.iter().find(|(own, _)| own == name);
            facts.connector_type = said.map_or(ConnectorType::Unknown, |(_, kind)| *kind);
        }
    }

    /// What is known of a session.
    pub(super) fn facts_of_session(&self, session: u64, resolver: &Resolver<'_>) -> Facts {
        self.session(&self.told_of_session(session), resolver).facts
    }

    /// The lists of what is said of a session, by each of its parts.
    fn told_of_session(&self, session: u64) -> Vec<u32> {
        let root = self.threads.sessions.get(&session).copied().unwrap_or(session);
        let later = self.threads.later.get(&root).into_iter().flatten();
        let all = std::iter::once(&root).chain(later);
        all.filter_map(|session| self.store.sessions.get(session)).copied().collect()
    }

    /// All that is said of a session, in one.
    fn session(&self, heads: &[u32], resolver: &Resolver<'_>) -> Tuple {
        let mut told = Vec::new();
        for head in heads {
            let mut at = *head;
            while let Some(node) = self.store.nodes.get(at as usize) {
                told.push(Tuple { facts: self.facts[node.facts as usize], seconds: node.seconds });
                at = node.next;
            }
        }
        sort_by(&mut told, &|a, b| self.compare_tuple(a, b));
        let seconds = told.iter().map(|tuple| tuple.seconds).min().unwrap_or(u32::MAX);
        let mut told = told.into_iter().map(|tuple| tuple.facts);
        let mut all = told.next().unwrap_or(Tuple::silent(Direction::Unknown, 0).facts);
        for facts in told {
            resolver.merge(&mut all, &facts);
            // A part that was cut off before STARTTLS saw no TLS yet.
            let rank = |tls: TlsState| match tls {
                TlsState::NotRecorded => 0,
                TlsState::NoTls => 1,
                TlsState::VersionNotStated => 2,
                _ => 3,
            };
            if rank(facts.tls) > rank(all.tls) {
                all.tls = facts.tls;
            }
            if facts.direction == Direction::Submission {
                all.direction = Direction::Submission;
            }
        }
        Tuple { facts: all, seconds }
    }

    fn tuples(&self, instance: u32, mut each: impl FnMut(&Facts, u32)) {
        for part in self.threads.parts_of(instance) {
            self.tuples_of_part(instance, part, &mut each);
        }
    }

    fn tuples_of_part(&self, message: u32, part: u32, each: &mut dyn FnMut(&Facts, u32)) {
        let lent = if self.lent.is_empty() { None } else { self.lent.get(&part) };
        let threads = &self.threads;
        let relayed = !threads.relayed.is_empty() && threads.relayed.contains(&message);
        let refused = !threads.refused.is_empty() && threads.refused.contains(&message);
        let mut at = self.store.groups.instances[part as usize].head;
        while let Some(node) = self.store.nodes.get(at as usize) {
            let facts = &self.facts[node.facts as usize];
            let came = facts.direction == Direction::Inbound;
            match lent {
                // Found to be outbound, and never sent.
                _ if facts.unsent && facts.direction == Direction::Outbound => {}
                // On its way between own servers.
                _ if relayed && came || threads.hops.contains(&(part, node.facts)) => {}
                _ if refused && came => {}
                // A hop elsewhere says nothing of the border.
                _ if facts.border.is_some() => {}
                None => each(facts, node.seconds),
                Some(sessions) => {
                    let mut tuple = Tuple { facts: *facts, seconds: node.seconds };
                    if sessions.iter().all(|lent| lent.lend(&mut tuple)) {
                        each(&tuple.facts, tuple.seconds);
                    }
                }
            }
            at = node.next;
        }
    }

    /// Counts the messages of all instances with one Message-ID; how many
    /// messages they are.
    pub(super) fn resolve_group(&self, group: &[u32], resolver: &mut Resolver<'_>) -> u64 {
        if let [instance] = group
            && self.resolve_plain(*instance, resolver)
        {
            return 1;
        }
        let mut messages = 0;
        let any = |direction| group.iter().any(|index| self.has(*index, direction));
        let (sure, outbound) = (any(Direction::Inbound), any(Direction::Outbound));
        let submission = any(Direction::Submission);
        let stayed = |index: &u32| {
            let instance = &self.groups().instances[*index as usize];
            instance.internal || self.has(*index, Direction::Internal)
        };
        let known = sure || outbound || submission || group.iter().any(stayed);
        let inbound = sure || !known && group.iter().any(|index| self.is_likely_inbound(*index));
        let (moved, crossed) = (inbound || outbound, inbound || outbound || submission);
        // A row without a direction tells of the one way that others name.
        let one_way = inbound != outbound;
        for (direction, there) in [
            (Direction::Inbound, inbound),
            (Direction::Outbound, outbound),
            (Direction::Submission, submission),
        ] {
            if !there {
                continue;
            }
            let also_unknown = one_way && direction != Direction::Submission;
            let told = self.by_message(group, direction, also_unknown);
            messages = messages.max(told.len() as u64);
            for told in told {
                resolver.message(direction, told.tuples);
            }
        }
        let internal: Vec<u32> = group.iter().copied().filter(stayed).collect();
        if !moved && !internal.is_empty() {
            let count = self.most_of_a_kind(&internal);
            messages = messages.max(count);
            self.stay(&internal, count, Direction::Internal, resolver);
            return messages;
        }
        if moved {
            return messages;
        }
        let unknown: Vec<u32> = group
            .iter()
            .copied()
            .filter(|index| {
                let instance = &self.groups().instances[*index as usize];
                self.has(*index, Direction::Unknown)
                    || self.tells_of_no_crossing(*index) && !instance.failed && !crossed
            })
            .collect();
        if !unknown.is_empty() {
            let count = self.most_of_a_kind(&unknown);
            messages = messages.max(count);
            self.stay(&unknown, count, Direction::Unknown, resolver);
        }
        messages
    }

    /// Counts a message of which all is plain, as nearly all are: one instance,
    /// in each direction one crossing at most, and nothing that others lend or
    /// take away. Whether it was; else nothing is counted.
    fn resolve_plain(&self, instance: u32, resolver: &mut Resolver<'_>) -> bool {
        const MOST: usize = 3;
        let threads = &self.threads;
        let known = &self.store.groups.instances[instance as usize];
        let alone = self.lent.is_empty()
            && threads.heads.is_empty()
            && threads.relayed.is_empty()
            && threads.refused.is_empty()
            && threads.hops.is_empty();
        if !alone || known.internal {
            return false;
        }
        let mut crossings = [(NONE, 0); MOST];
        let (mut count, mut seen, mut at) = (0, 0_u32, known.head);
        while let Some(node) = self.store.nodes.get(at as usize) {
            let facts = &self.facts[node.facts as usize];
            let moves = matches!(
                facts.direction,
                Direction::Inbound | Direction::Outbound | Direction::Submission
            );
            let way = 1 << facts.direction as u32;
            let Some(crossing) = crossings.get_mut(count) else { return false };
            if !moves
                || facts.by_domains
                || facts.unsent
                || facts.border.is_some()
                || seen & way != 0
            {
                return false;
            }
            *crossing = (node.facts, node.seconds);
            seen |= way;
            count += 1;
            at = node.next;
        }
        for (facts, seconds) in crossings.into_iter().take(count) {
            resolver.count_known(facts, &self.facts[facts as usize], seconds);
        }
        count > 0
    }

    fn has(&self, instance: u32, direction: Direction) -> bool {
        let mut found = false;
        self.tuples(instance, |facts, _| {
            let likely = facts.by_domains && facts.direction == Direction::Inbound;
            found |= facts.direction == direction && !likely;
        });
        found
    }

    /// Whether no row tells of a crossing, nor of one that does not count.
    fn tells_of_no_crossing(&self, instance: u32) -> bool {
        for part in self.threads.parts_of(instance) {
            let mut at = self.store.groups.instances[part as usize].head;
            while let Some(node) = self.store.nodes.get(at as usize) {
                if self.facts[node.facts as usize].border.is_none() {
                    return false;
                }
                at = node.next;
            }
        }
        true
    }

    /// Whether a row tells of inbound mail, if no other knows better.
    fn is_likely_inbound(&self, instance: u32) -> bool {
        let mut found = false;
        self.tuples(instance, |facts, _| {
            found |= facts.by_domains && facts.direction == Direction::Inbound;
        });
        found
    }

    fn most_of_a_kind(&self, group: &[u32]) -> u64 {
        let kinds = [Kind::Network, Kind::ManyRows, Kind::OneRow, Kind::Loose];
        kinds
            .into_iter()
            .map(|kind| {
                group.iter().filter(|i| self.groups().instances[**i as usize].kind == kind).count()
                    as u64
            })
            .max()
            .unwrap_or(0)
    }

    /// Counts messages whose crossing may be told of by no row: `count` of
    /// them, with the facts of what rows there are.
    fn stay(&self, group: &[u32], count: u64, direction: Direction, resolver: &mut Resolver<'_>) {
        let told = self.by_message(group, direction, false).into_iter();
        let mut messages: Vec<Vec<Tuple>> = told.map(|told| told.tuples).collect();
        let mut silent: Vec<u32> = group
            .iter()
            .filter(|index| !self.has(**index, direction))
            .map(|index| self.groups().instances[*index as usize].seconds)
            .collect();
        sort_by(&mut silent, &Ord::cmp);
        for seconds in silent {
            if messages.len() as u64 >= count {
                break;
            }
            messages.push(vec![Tuple::silent(direction, seconds)]);
        }
        for tuples in messages {
            resolver.message(direction, tuples);
        }
    }

    /// The crossings in one direction, message by message. Nearly always all
    /// are of one message; where a Message-ID was used again, what two kinds
    /// of file tell is put together by time.
    pub(super) fn by_message(
        &self,
        group: &[u32],
        direction: Direction,
        also_unknown: bool,
    ) -> Vec<Told> {
        let mut told: Vec<(Kind, Told)> = Vec::new();
        for index in group {
            let mut tuples = Vec::new();
            self.tuples(*index, |facts, seconds| {
                // What is received by a hop inside says nothing of the way out.
                let open = facts.direction == Direction::Unknown
                    && !(facts.by_domains && direction == Direction::Outbound);
                if facts.direction == direction || also_unknown && open {
                    tuples.push(Tuple { facts: Facts { direction, ..*facts }, seconds });
                }
            });
            if let Some(first) = tuples.iter().map(|tuple| tuple.seconds).min() {
                let kind = self.groups().instances[*index as usize].kind;
                told.push((kind, Told { first, tuples, instances: vec![*index] }));
            }
        }
        // Those of the same second are in the order of what they say, since
        // the order in which they were read must not matter.
        let by_time = |a: &Told, b: &Told| {
            a.first.cmp(&b.first).then_with(|| self.compare_tuples(&a.tuples, &b.tuples))
        };
        if told.len() > 1 {
            for (_, told) in &mut told {
                sort_by(&mut told.tuples, &|a, b| self.compare_tuple(a, b));
            }
            sort_by(&mut told, &|(kind, a), (other, b)| {
                kind.cmp(other).then_with(|| by_time(a, b))
            });
        }
        let mut messages: Vec<Told> = Vec::new();
        let mut told = told.into_iter().peekable();
        while let Some((kind, first)) = told.next() {
            let mut of_kind = vec![first];
            while let Some((_, next)) = told.next_if(|(next, _)| *next == kind) {
                of_kind.push(next);
            }
            messages = put_together(messages, of_kind);
            for message in &mut messages {
                sort_by(&mut message.tuples, &|a, b| self.compare_tuple(a, b));
            }
            sort_by(&mut messages, &by_time);
        }
        messages
    }

    fn compare_tuples(&self, one: &[Tuple], other: &[Tuple]) -> Ordering {
        let lengths = one.len().cmp(&other.len());
        one.iter()
            .zip(other)
            .fold(lengths, |so_far, (a, b)| so_far.then_with(|| self.compare_tuple(a, b)))
    }

    /// An order by content: symbols are numbered as they come.
    fn compare_tuple(&self, one: &Tuple, other: &Tuple) -> Ordering {
        let plain = |tuple: &Tuple| {
            let f = &tuple.facts;
            let stated = (f.account_stated, f.method, f.count);
            (tuple.seconds, f.tls, f.connector_type, f.forced_tls, stated)
        };
        let texts = |tuple: &Tuple| {
            let f = &tuple.facts;
            let texts = [f.connector, f.cipher, f.sender_domain, f.remote_domain, f.remote_host];
            let [account, client_ip, sender] = [f.account, f.client_ip, f.sender];
            [texts[0], texts[1], texts[2], texts[3], texts[4], account, client_ip, sender]
                .map(|symbol| symbol.map(|symbol| self.store.texts.text(symbol)))
        };
        plain(one).cmp(&plain(other)).then_with(|| texts(one).cmp(&texts(other)))
    }
}

/// What a session says of a message that it carried.
struct Lent {
    session: Tuple,
    /// The session's message that was under way where a file was cut is this.
    under_way: bool,
    hop: bool,
}

impl Lent {
    /// Fills what a row leaves open; whether its message counts.
    fn lend(&self, tuple: &mut Tuple) -> bool {
        if self.hop {
            return false;
        }
        let (facts, session) = (&mut tuple.facts, &self.session.facts);
        let outbound = |direction| direction == Direction::Outbound;
        if outbound(facts.direction) != outbound(session.direction) {
            return true;
        }
        if self.under_way {
            tuple.seconds = tuple.seconds.min(self.session.seconds);
            facts.sender_domain = facts.sender_domain.or(session.sender_domain);
            facts.remote_domain = facts.remote_domain.or(session.remote_domain);
        }
        if facts.tls.is_definite() {
            return true;
        }
        if session.tls.is_definite() || facts.tls == TlsState::NotRecorded {
            facts.tls = session.tls;
        }
        facts.cipher = facts.cipher.or(session.cipher);
        if facts.connector.is_none() && session.connector.is_some() {
            facts.connector = session.connector;
            facts.connector_type = session.connector_type;
        }
        if session.direction == Direction::Submission {
            if facts.sender.take().is_some() {
                // Of the one who would have sent directly.
                facts.client_ip = None;
            }
            facts.direction = Direction::Submission;
            facts.connector = None;
            facts.connector_type = session.connector_type;
            facts.account = if session.account_stated { session.account } else { facts.account };
            facts.account_stated |= session.account_stated;
            if facts.method == AuthMethod::Unknown {
                facts.method = session.method;
            }
            facts.client_ip = facts.client_ip.or(session.client_ip);
        }
        true
    }
}

/// What is told of one message in one direction.
pub(super) struct Told {
    /// Its earliest second.
    pub(super) first: u32,
    pub(super) tuples: Vec<Tuple>,
    /// The instances that tell of it.
    pub(super) instances: Vec<u32>,
}

impl Told {
    /// The same message, as another kind of file tells of it.
    fn take(&mut self, other: Self) {
        self.tuples.extend(other.tuples);
        self.instances.extend(other.instances);
    }
}

/// Two lists of messages with the same Message-ID, each of one kind and in
/// order of time, to one: those within minutes of each other are the same
/// message.
fn put_together(mut one: Vec<Told>, other: Vec<Told>) -> Vec<Told> {
    /// How far the clocks of two exports may be apart for one message.
    const NEAR: u32 = 15 * 60;
    let single = one.len() == 1 && other.len() == 1;
    let mut left = Vec::new();
    let mut at = 0;
    for told in other {
        while one.get(at).is_some_and(|message| message.first.saturating_add(NEAR) < told.first) {
            at += 1;
        }
        match one.get_mut(at) {
            Some(message) if message.first <= told.first.saturating_add(NEAR) => {
                message.take(told);
                at += 1;
            }
            _ => left.push(told),
        }
    }
    // One of each is one message, however far the clocks are apart. Where the
    // id was used again, what has no other near it is a message of its own.
    if single && let [message] = one.as_mut_slice() {
        for told in left.drain(..) {
            message.take(told);
        }
    }
    for message in &mut one {
        message.first = message.tuples.iter().map(|t| t.seconds).min().unwrap_or(message.first);
    }
    one.extend(left);
    one
}
