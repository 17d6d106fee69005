//! What a store knows, in a form that another can take note of: a union of
//! what both know. So several readers count one file, and a store is saved.
//!
//! Lists are written out and nothing points back, so that no bytes, however
//! damaged, can make a circle; all else is looked at in [`Partial::is_sound`].

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::aggregates::Row;
use super::cells::FileSpans;
use super::facts::Facts;
use super::groups::{Kind, NONE};
use super::intern::Symbol;
use super::ready::Handed;
use super::store::{Attempt, Carried, KeyMap, Store, UnderWay};
use super::threads::{Part, Relay};
use crate::mail::{Observation, SessionPart, TlsReport};
use crate::order::sort_by_prefix;

/// Everything that a stretch of one file tells, or that a store knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partial {
    texts: Vec<Box<str>>,
    /// Their symbols are numbers of `texts`.
    facts: Vec<Facts>,
    /// Keys of Message-IDs.
    names: Vec<u128>,
    /// Names of one message.
    joined: Vec<(u32, u32)>,
    messages: Vec<Message>,
    /// Facts and earliest seconds, message by message.
    crossings: Vec<(u32, u32)>,
    /// Fingerprints of rows, each with its message, by the file that is
    /// credited with them.
    rows: Vec<(u32, Vec<(u64, u32)>)>,
    /// Rows without an id that are not numbered yet, in their order.
    loose: Vec<Loose>,
    /// Second copies of rows, and days, file by file.
    files: Vec<(u64, FileSpans)>,
    /// What only logs and exports that count by themselves tell.
    rest: Option<Box<Rest>>,
    /// Something was told that only the store itself can take note of.
    incomplete: bool,
}

/// A message as rows tell of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Message {
    key: u128,
    kind: Kind,
    /// In `names`; [`NONE`] if no row has told.
    name: u32,
    internal: bool,
    failed: bool,
    seconds: u32,
    file: u32,
    /// How many crossings are its.
    crossings: u32,
}

/// A row without an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Loose {
    row: u64,
    seconds: u32,
    /// [`NONE`] for one that tells of no crossing.
    facts: u32,
    internal: bool,
    failed: bool,
}

/// What is told beside rows of messages. Keys are as the store has them;
/// messages, names, facts and texts are the partial's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Rest {
    weights: Vec<(u64, u32)>,
    sessions: Vec<(u64, Vec<(u32, u32)>)>,
    under_way: Vec<(u64, UnderWay)>,
    hops: Vec<u64>,
    front_ends: Vec<(u64, u64)>,
    parts: Vec<Part>,
    relays: Vec<Relay>,
    session_parts: Vec<(u64, SessionPart)>,
    carried: Vec<Carried>,
    attempts: Vec<(u64, Attempt)>,
    aggregates: Vec<Row>,
    tls_reports: Vec<(u32, TlsReport)>,
    ready: Handed,
}

impl Partial {
    /// Whether all that was told is in it.
    pub fn is_complete(&self) -> bool {
        !self.incomplete
    }

    /// How many files it tells of.
    pub fn files(&self) -> u32 {
        u32::try_from(self.files.len()).unwrap_or(u32::MAX)
    }

    /// Whether a store could have written it: every number leads to something.
    /// What came from outside is not to be used before this is known.
    pub fn is_sound(&self) -> bool {
        /// So many rows are in no file.
        const MOST: u64 = 1 << 53;
        let Self { texts, facts, names, messages, .. } = self;
        let all_texts =
            facts.iter().all(|facts| facts.symbols().all(|text| text.index() < texts.len()));
        let name_sound = |name: u32| name == NONE || (name as usize) < names.len();
        let file_sound = |file: u32| (file as usize) < self.files.len();
        let fact_sound = |at: u32| (at as usize) < facts.len();
        let joined = |(one, other): &(u32, u32)| {
            (*one as usize) < names.len() && (*other as usize) < names.len()
        };
        let message = |message: &Message| name_sound(message.name) && file_sound(message.file);
        let crossings: u64 = messages.iter().map(|message| u64::from(message.crossings)).sum();
        let known = |message: u32| (message as usize) < messages.len();
        let rows = |(file, rows): &(u32, Vec<(u64, u32)>)| {
            file_sound(*file) && rows.iter().all(|(_, message)| known(*message))
        };
        let duplicates = self.files.iter().map(|(duplicates, _)| duplicates);
        all_texts
            && (self.loose.is_empty() || !self.files.is_empty())
            && self.joined.iter().all(joined)
            && messages.iter().all(message)
            && crossings == self.crossings.len() as u64
            && self.crossings.iter().all(|(facts, _)| fact_sound(*facts))
            && self.rows.iter().all(rows)
            && self.loose.iter().all(|loose| loose.facts == NONE || fact_sound(loose.facts))
            && duplicates.fold(0_u64, |sum, more| sum.saturating_add(*more)) < MOST
            && self.rest.as_ref().is_none_or(|rest| self.is_rest_sound(rest))
    }

    /// How many rows each of its files is credited with, whatever else is
    /// counted with it; `None` where it tells of messages without rows. It is
    /// sound.
    pub fn credited_rows(&self) -> Option<Vec<u64>> {
        // No message is known without a row, which is in the file that opens it.
        let mut rowless = vec![true; self.messages.len()];
        for (file, rows) in &self.rows {
            for (_, of) in rows {
                if self.messages.get(*of as usize).is_some_and(|message| message.file == *file) {
                    rowless[*of as usize] = false;
                }
            }
        }
        if rowless.contains(&true) {
            return None;
        }
        let mut credited: Vec<u64> = self.files.iter().map(|(duplicates, _)| *duplicates).collect();
        let mut add = |file: u32, rows: u64| {
            if let Some(sum) = credited.get_mut(file as usize) {
                *sum = sum.saturating_add(rows);
            }
        };
        let weights: KeyMap<u64, u32> =
            self.rest.iter().flat_map(|rest| rest.weights.iter().copied()).collect();
        for (file, rows) in &self.rows {
            let weight = |(row, _): &(u64, u32)| u64::from(weights.get(row).copied().unwrap_or(1));
            add(*file, rows.iter().map(weight).sum());
        }
        add(0, self.loose.len() as u64);
        if let Some(rest) = &self.rest {
            rest.aggregates.iter().for_each(|row| add(row.file(), row.rows()));
            rest.tls_reports.iter().for_each(|(file, _)| add(*file, 1));
            rest.ready.rows().for_each(|(file, rows)| add(file, rows));
        }
        Some(credited)
    }

    fn is_rest_sound(&self, rest: &Rest) -> bool {
        let Self { texts, facts, names, messages, files, .. } = self;
        let known = |message: u32| (message as usize) < messages.len();
        let fact_sound = |at: u32| (at as usize) < facts.len();
        let file_sound = |file: u32| (file as usize) < files.len();
        let session =
            |(_, told): &(u64, Vec<(u32, u32)>)| told.iter().all(|(facts, _)| fact_sound(*facts));
        let under_way = |(_, shared): &(u64, UnderWay)| {
            shared.name.is_none_or(|name| (name as usize) < names.len())
                && shared.instances.iter().all(|message| known(*message))
        };
        let relay = |relay: &Relay| {
            known(relay.instance) && (relay.facts == NONE || fact_sound(relay.facts))
        };
        let attempt = |(_, attempt): &(u64, Attempt)| {
            let mut symbols = std::iter::once(attempt.account).chain(attempt.client_ip);
            file_sound(attempt.file) && symbols.all(|text| text.index() < texts.len())
        };
        let mut sum = 0;
        rest.sessions.iter().all(session)
            && rest.under_way.iter().all(under_way)
            && rest.parts.iter().all(|part| known(part.instance))
            && rest.relays.iter().all(relay)
            && rest.carried.iter().all(|carried| known(carried.instance))
            && rest.attempts.iter().all(attempt)
            && rest.tls_reports.iter().all(|(file, _)| file_sound(*file))
            && rest.ready.is_sound(facts.len(), texts.len(), files.len())
            && rest.aggregates.iter().all(|row| row.is_sound(texts.len(), files.len(), &mut sum))
    }

    /// As bytes, which [`Partial::from_bytes`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Only a length that is not known beforehand could fail, and none is.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// What these bytes say; `None` where they are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (partial, rest) = postcard::take_from_bytes::<Self>(bytes).ok()?;
        (rest.is_empty() && partial.is_sound()).then_some(partial)
    }
}

/// Counts what a stretch of a file tells.
#[derive(Debug)]
pub struct PartialCounter {
    store: Store,
    now: u32,
    loose: Vec<Loose>,
    incomplete: bool,
}

impl PartialCounter {
    /// Nothing yet; `now` is the clock, as in [`Store::new`].
    pub fn new(now: u32) -> Self {
        Self { store: Store::new(now), now, loose: Vec::new(), incomplete: false }
    }

    /// Takes note of a row.
    pub fn observe(&mut self, observation: &Observation<'_>) {
        let plain = observation.queue.is_none()
            && observation.relayed_as.is_none()
            && observation.session.is_none()
            && observation.rows == 1;
        if !plain {
            self.refuse();
        } else if observation.is_loose() {
            // Its number among its likes depends on what stands before.
            let facts = self.store.note(0, observation);
            self.loose.push(Loose {
                row: observation.row,
                seconds: observation.seconds,
                facts: facts.unwrap_or(NONE),
                internal: observation.internal,
                failed: observation.failed,
            });
        } else {
            self.store.observe(0, observation);
        }
    }

    /// Something was told that only the store itself can take note of.
    pub fn refuse(&mut self) {
        self.incomplete = true;
    }

    /// What was told since the last time.
    pub fn finish(&mut self) -> Partial {
        let next = Self::new(self.now);
        let Self { store, loose, incomplete, .. } = std::mem::replace(self, next);
        Partial { loose, incomplete, ..store.to_partial() }
    }
}

impl Store {
    /// All that is known, of whole files: what was chosen, and what is kept of
    /// single messages, is not in it.
    pub fn to_partial(&self) -> Partial {
        let groups = &self.groups;
        let mut crossings = Vec::with_capacity(self.nodes.len());
        let mut messages = Vec::with_capacity(groups.instances.len());
        for known in &groups.instances {
            let before = crossings.len();
            self.list(known.head, &mut crossings);
            messages.push(Message {
                key: known.key,
                kind: known.kind,
                name: known.name,
                internal: known.internal,
                failed: known.failed,
                seconds: known.seconds,
                file: known.file,
                crossings: u32::try_from(crossings.len() - before).unwrap_or(NONE),
            });
        }
        let names = (0_u32..).zip(&groups.names);
        let joined = names.filter(|(name, known)| known.parent != *name);
        Partial {
            texts: self.texts.texts().map(Into::into).collect(),
            joined: joined.map(|(name, known)| (name, known.parent)).collect(),
            names: groups.names.iter().map(|name| name.key).collect(),
            facts: self.facts.all().to_vec(),
            messages,
            crossings,
            rows: self.rows_by_file(),
            loose: Vec::new(),
            files: self.duplicates.iter().copied().zip(self.spans.iter().copied()).collect(),
            rest: self.rest(),
            incomplete: false,
        }
    }

    /// Facts and seconds of the list at `head`.
    fn list(&self, head: u32, into: &mut Vec<(u32, u32)>) {
        let mut at = head;
        while let Some(node) = self.nodes.get(at as usize) {
            into.push((node.facts, node.seconds));
            at = node.next;
        }
    }

    fn rows_by_file(&self) -> Vec<(u32, Vec<(u64, u32)>)> {
        let mut of_files = vec![Vec::new(); self.duplicates.len()];
        #[expect(clippy::iter_over_hash_type, reason = "a table takes them in any order")]
        for (row, entry) in &self.rows {
            if let Some(rows) = of_files.get_mut(entry.file as usize) {
                rows.push((*row, entry.instance));
            }
        }
        (0..).zip(of_files).filter(|(_, rows)| !rows.is_empty()).collect()
    }

    fn rest(&self) -> Option<Box<Rest>> {
        let told = |(session, head): (&u64, &u32)| {
            let mut told = Vec::new();
            self.list(*head, &mut told);
            (*session, told)
        };
        let rest = Rest {
            weights: sorted(self.weights.iter().map(|(row, rows)| (*row, *rows))),
            sessions: sorted(self.sessions.iter().map(told)),
            under_way: sorted(self.under_way.iter().map(|(key, own)| (*key, own.clone()))),
            hops: sorted(self.hops.iter().map(|key| (*key, ()))).into_iter().map(|h| h.0).collect(),
            front_ends: sorted(self.front_ends.iter().map(|(key, own)| (*key, *own))),
            parts: self.parts.clone(),
            relays: self.relays.clone(),
            session_parts: self.session_parts.clone(),
            carried: self.carried.clone(),
            attempts: sorted(self.attempts.iter().map(|(key, own)| (*key, *own))),
            aggregates: self.aggregates.rows().to_vec(),
            tls_reports: self
                .tls_reports
                .credited()
                .map(|(file, report)| (file, report.clone()))
                .collect(),
            ready: self.ready.handed(),
        };
        (rest != Rest::default()).then(|| Box::new(rest))
    }

    /// Takes note of all that another store knows, as if its files were read
    /// here, with numbers from `first` on. What was chosen there, and what is
    /// kept of single messages, stays behind.
    pub fn absorb(&mut self, first: u32, other: &Self) {
        self.merge(first, &other.to_partial());
    }

    /// Takes note of what a stretch of file number `first` tells, as if its
    /// rows were observed one by one; or of what another store knows, whose
    /// files have the numbers from `first` on. What came from outside is known
    /// to be sound before ([`Partial::is_sound`]).
    pub fn merge(&mut self, first: u32, partial: &Partial) {
        for (file, (duplicates, spans)) in (first..).zip(&partial.files) {
            self.make_room(file);
            if let Some(own) = self.duplicates.get_mut(file as usize) {
                *own += duplicates;
            }
            if let Some(own) = self.spans.get_mut(file as usize) {
                own.add(spans);
            }
        }
        let file_of = |file: u32| first.saturating_add(file);
        let symbols: Vec<Symbol> =
            partial.texts.iter().map(|text| self.texts.symbol(text)).collect();
        let rename = |symbol: Symbol| symbols.get(symbol.index()).copied();
        let facts: Vec<u32> =
            partial.facts.iter().map(|facts| self.facts.number(&facts.renamed(&rename))).collect();
        let facts_of = |index: u32| facts.get(index as usize).copied();
        let names: Vec<u32> = partial.names.iter().map(|key| self.groups.name(*key)).collect();
        let name_of = |index: u32| names.get(index as usize).copied();
        let known_loose = self.known_loose(partial);
        let mut crossings = partial.crossings.iter();
        let mut instances = Vec::with_capacity(partial.messages.len());
        for (at, message) in (0_u32..).zip(&partial.messages) {
            let instance = match message.kind {
                Kind::Loose => match known_loose.get(&at) {
                    Some(instance) => *instance,
                    None => self.groups.add_loose(message.seconds),
                },
                kind => self.groups.instance(message.key, kind, message.seconds),
            };
            instances.push(instance);
            let told = (message.internal, message.failed, message.seconds);
            self.groups.tell(instance, file_of(message.file), told);
            if let Some(name) = name_of(message.name) {
                self.groups.link(instance, name);
            }
            for (facts, seconds) in crossings.by_ref().take(message.crossings as usize) {
                if let Some(facts) = facts_of(*facts) {
                    self.crossed(instance, facts, *seconds);
                }
            }
        }
        for (one, other) in &partial.joined {
            if let (Some(one), Some(other)) = (name_of(*one), name_of(*other)) {
                self.groups.join_names(one, other);
            }
        }
        let weights: KeyMap<u64, u32> =
            partial.rest.iter().flat_map(|rest| rest.weights.iter().copied()).collect();
        let rows = partial.rows.iter().map(|(_, rows)| rows.len()).sum();
        if self.rows.len() < rows {
            // They come in the order of another table of the same hashes: a
            // small one that grows would be full in places.
            self.rows.reserve(rows);
        }
        for (file, rows) in &partial.rows {
            for (row, message) in rows {
                let instance = instances.get(*message as usize).copied().unwrap_or(NONE);
                let several = if weights.is_empty() { None } else { weights.get(row) };
                let weight = several.copied().unwrap_or(1);
                self.credit(file_of(*file), *row, weight, &mut |_| instance);
            }
        }
        for loose in &partial.loose {
            let row = self.loose_row(first, loose.row);
            let new = self.credit(first, row, 1, &mut |groups| groups.add_loose(loose.seconds));
            let Some(instance) = new else { continue };
            self.groups.tell(instance, first, (loose.internal, loose.failed, loose.seconds));
            if let Some(facts) = facts_of(loose.facts) {
                self.crossed(instance, facts, loose.seconds);
            }
        }
        if let Some(rest) = &partial.rest {
            let instance_of = |message: u32| instances.get(message as usize).copied();
            self.merge_rest(
                first,
                rest,
                &Known {
                    rename: &rename,
                    facts_of: &facts_of,
                    name_of: &name_of,
                    instance_of: &instance_of,
                },
            );
        }
    }

    /// Messages that are known by nothing but a row which is here already:
    /// from their numbers in `partial` to those here.
    fn known_loose(&self, partial: &Partial) -> KeyMap<u32, u32> {
        let mut known = KeyMap::default();
        if self.rows.is_empty() || !partial.messages.iter().any(|m| m.kind == Kind::Loose) {
            return known;
        }
        for (row, message) in partial.rows.iter().flat_map(|(_, rows)| rows) {
            let loose = |m: &Message| m.kind == Kind::Loose;
            if partial.messages.get(*message as usize).is_some_and(loose)
                && let Some(entry) = self.rows.get(row)
            {
                known.insert(*message, entry.instance);
            }
        }
        known
    }

    /// A second copy of a log says nothing new, so each is taken once.
    fn merge_rest(&mut self, first: u32, rest: &Rest, known: &Known<'_>) {
        let Known { rename, facts_of, name_of, instance_of } = *known;
        for (session, told) in &rest.sessions {
            let mut head = self.sessions.get(session).copied().unwrap_or(NONE);
            for (facts, seconds) in told {
                if let Some(facts) = facts_of(*facts) {
                    head = self.cross(head, facts, *seconds);
                }
            }
            self.sessions.insert(*session, head);
        }
        for (session, told) in &rest.under_way {
            let shared = self.under_way.entry(*session).or_default();
            shared.name = shared.name.or(told.name.and_then(name_of));
            shared.awaits = shared.awaits.max(told.awaits);
            for instance in told.instances.iter().filter_map(|message| instance_of(*message)) {
                if !shared.instances.contains(&instance) {
                    shared.instances.push(instance);
                }
            }
            if let Some(name) = shared.name {
                for instance in &shared.instances {
                    self.groups.link(*instance, name);
                }
            }
        }
        self.hops.extend(&rest.hops);
        self.front_ends.extend(rest.front_ends.iter().copied());
        add_new(
            &mut self.parts,
            rest.parts
                .iter()
                .filter_map(|part| Some(Part { instance: instance_of(part.instance)?, ..*part })),
        );
        add_new(
            &mut self.relays,
            rest.relays.iter().filter_map(|relay| {
                let facts = facts_of(relay.facts).unwrap_or(NONE);
                Some(Relay { instance: instance_of(relay.instance)?, facts, ..*relay })
            }),
        );
        add_new(&mut self.session_parts, rest.session_parts.iter().copied());
        add_new(
            &mut self.carried,
            rest.carried.iter().filter_map(|carried| {
                Some(Carried { instance: instance_of(carried.instance)?, ..*carried })
            }),
        );
        for (key, attempt) in &rest.attempts {
            let Some(account) = rename(attempt.account) else { continue };
            let file = first.saturating_add(attempt.file);
            let client_ip = attempt.client_ip.and_then(rename);
            self.attempt(*key, Attempt { file, account, client_ip, ..*attempt });
        }
        self.aggregates.absorb(first, &rest.aggregates, rename);
        self.merge_ready(first, &rest.ready, facts_of, rename);
        for (file, report) in &rest.tls_reports {
            self.tls_report(first.saturating_add(*file), report.clone());
        }
    }
}

/// From numbers of a partial to those of a store.
struct Known<'a> {
    rename: &'a dyn Fn(Symbol) -> Option<Symbol>,
    facts_of: &'a dyn Fn(u32) -> Option<u32>,
    name_of: &'a dyn Fn(u32) -> Option<u32>,
    instance_of: &'a dyn Fn(u32) -> Option<u32>,
}

/// Adds what is not in `list` yet.
fn add_new<T: Copy + Eq + std::hash::Hash>(list: &mut Vec<T>, more: impl Iterator<Item = T>) {
    let mut more = more.peekable();
    if more.peek().is_none() {
        return;
    }
    let mut known: FxHashSet<T> = list.iter().copied().collect();
    list.extend(more.filter(|item| known.insert(*item)));
}

/// By their keys, so that the same store is the same bytes.
fn sorted<T>(items: impl Iterator<Item = (u64, T)>) -> Vec<(u64, T)> {
    let mut items: Vec<_> = items.collect();
    sort_by_prefix(&mut items, &|(key, _)| *key, &|_, _| std::cmp::Ordering::Equal);
    items
}
