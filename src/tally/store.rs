//! Everything that is known of every message so far.

use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::aggregates::{Aggregates, Row as AggregateRow};
use super::cells::{Credit, FileSpans, Tally};
use super::facts::{Facts, FactsList};
use super::groups::{Groups, Kind, NONE};
use super::intern::{Interner, Symbol};
use super::kept::Kept;
use super::own_domains::{is_guessed, own_domains};
use super::ready::ReadyParts;
use super::resolve::Resolver;
use super::threads::{Part, Relay, Threads};
use super::tls_reports::TlsReports;
use super::view::View;
use crate::mail::{
    Aggregate, Border, Carrier, Choices, Crossing, Day, Direction, HopKind, MessageKey,
    Observation, Particulars, RefusedSignIn, RowLayout, Session, SessionPart, TlsReport, TlsState,
};
use crate::order::sort_by;

/// Keys are hashes already, so their own bits do.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

pub(super) type KeyMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<KeyHasher>>;

/// Facts at a time, in a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) facts: u32,
    pub(super) seconds: u32,
    pub(super) next: u32,
}

/// A row that was counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowEntry {
    pub(super) file: u32,
    pub(super) instance: u32,
}

/// A message that a session carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Carried {
    pub(super) instance: u32,
    pub(super) under_way: bool,
    pub(super) answer: Option<u32>,
    pub(super) session: u64,
}

/// What two files share of the message that was under way between them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct UnderWay {
    /// Its Message-ID, in `names`.
    pub(super) name: Option<u32>,
    /// The answer that accepts it.
    pub(super) awaits: Option<u32>,
    /// The instances that later files tell of.
    pub(super) instances: Vec<u32>,
}

/// A refused attempt to sign in, in the first file that tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attempt {
    pub(super) file: u32,
    pub(super) hour: u32,
    pub(super) account: Symbol,
    pub(super) client_ip: Option<Symbol>,
    pub(super) tls: TlsState,
    pub(super) session: u64,
}

/// Everything that is known of every message so far.
#[derive(Clone, Debug, Default)]
pub struct Store {
    pub(super) texts: Interner,
    pub(super) facts: FactsList,
    pub(super) nodes: Vec<Node>,
    pub(super) groups: Groups,
    pub(super) rows: KeyMap<u64, RowEntry>,
    /// Rows without an id: how often the same row stands in the file under
    /// way, which is `loose_file`.
    loose: KeyMap<u64, u32>,
    loose_file: u32,
    /// Of rows that stand for several: for how many.
    pub(super) weights: KeyMap<u64, u32>,
    /// What the logs of sessions say, each a list in `nodes`.
    pub(super) sessions: KeyMap<u64, u32>,
    /// Messages under way where files were cut, by session.
    pub(super) under_way: KeyMap<u64, UnderWay>,
    /// Sessions in which no message counts.
    pub(super) hops: FxHashSet<u64>,
    /// From sessions in which a front end hands on a client's to the client's.
    pub(super) front_ends: KeyMap<u64, u64>,
    /// Messages in queues, by the parts that files tell of.
    pub(super) parts: Vec<Part>,
    /// Deliveries to servers that named their queue id.
    pub(super) relays: Vec<Relay>,
    /// Parts of sessions, by session.
    pub(super) session_parts: Vec<(u64, SessionPart)>,
    /// Instances whose TLS a session may know.
    pub(super) carried: Vec<Carried>,
    /// Refused attempts to sign in.
    pub(super) attempts: KeyMap<u64, Attempt>,
    /// What exports have counted themselves.
    pub(super) aggregates: Aggregates,
    /// What others report of their sessions.
    pub(super) tls_reports: TlsReports,
    /// What was counted elsewhere.
    pub(super) ready: ReadyParts,
    /// Own domains that were guessed from more than is here.
    pub(super) guessed: Option<Vec<String>>,
    /// Logs that are counted elsewhere tell which messages were accepted.
    pub(super) acceptance_elsewhere: bool,
    pub(super) duplicates: Vec<u64>,
    pub(super) spans: Vec<FileSpans>,
    pub(super) choices: Choices,
    /// Rows later than this second do not stretch what a file covers.
    pub(super) latest: u32,
    /// What rows say of single messages, where a person asks for it.
    pub(super) kept: Option<Kept>,
}

impl Store {
    /// An empty store. `now` is the clock, in seconds since 1970: a file is
    /// not taken to cover days later than tomorrow because one row says so.
    pub fn new(now: u32) -> Self {
        Self { latest: now.saturating_add(2 * 86_400), ..Self::default() }
    }

    /// Takes note of a row of file number `file`. Files come in the order of
    /// the list, or in any order: the counts are the same.
    pub fn observe(&mut self, file: u32, observation: &Observation<'_>) {
        self.observe_hop(file, observation, None);
    }

    /// The same, and keeps what the row says beyond, where messages are kept.
    pub fn observe_whole(
        &mut self,
        file: u32,
        observation: &Observation<'_>,
        particulars: &Particulars<'_>,
    ) {
        let new = self.observe_hop(file, observation, None);
        if let (Some(instance), Some(kept)) = (new, &mut self.kept) {
            kept.add((instance, observation.seconds), observation.sender, particulars);
        }
    }

    /// Keeps from now on what rows say of single messages, in so many bytes at
    /// most; `None` forgets what was kept.
    pub fn keep(&mut self, limit: Option<usize>) {
        self.kept = limit.map(Kept::new);
    }

    /// Takes note of a row that tells of one hop of a mail: its crossing
    /// counts if it turns out to cross this border.
    pub fn hop(&mut self, file: u32, observation: &Observation<'_>, border: Border<&str>) {
        self.observe_hop(file, observation, Some(border));
    }

    /// Takes note of a row; the instance that it tells of, if it is new.
    fn observe_hop(
        &mut self,
        file: u32,
        observation: &Observation<'_>,
        border: Option<Border<&str>>,
    ) -> Option<u32> {
        self.make_room(file);
        if let Some(crossing) = observation.crossing {
            let signed_in = border.is_some_and(|border| border.kind == HopKind::SignedIn);
            let direction = if signed_in { Direction::Submission } else { crossing.direction };
            self.cover(file, direction, observation.seconds);
        }
        let loose = observation.is_loose();
        let row = if loose { self.loose_row(file, observation.row) } else { observation.row };
        let instance =
            self.credit(file, row, observation.rows, &mut |groups| instance(groups, observation))?;
        let failed = observation.failed;
        let facts = observation.crossing.map(|crossing| {
            let facts = self.symbols(&crossing, observation.count, failed);
            let border = border.map(|border| border.map(&mut |text| self.texts.symbol(text)));
            // Only one that signs in is known by its address.
            let client_ip = border
                .and(crossing.client_ip)
                .map(|client_ip| self.texts.symbol(client_ip))
                .or(facts.client_ip);
            let sender = border.and(crossing.sender).map(|sender| self.texts.symbol(sender));
            self.facts.number(&Facts {
                client_ip,
                border,
                sender: sender.or(facts.sender),
                ..facts
            })
        });
        let told = (observation.internal, observation.failed, observation.seconds);
        self.groups.tell(instance, file, told);
        if let Some(queue) = observation.queue {
            self.parts.push(Part { queue: *queue, instance });
        }
        if let Some(queue) = observation.relayed_as {
            let (facts, seconds) = (facts.unwrap_or(NONE), observation.seconds);
            self.relays.push(Relay { queue, seconds, instance, facts });
        }
        if let Some(facts) = facts {
            self.crossed(instance, facts, observation.seconds);
            let open = !self.facts.all()[facts as usize].tls.is_definite();
            if let Some(Carrier { key, under_way, answer }) = observation.session
                && (open || under_way)
            {
                self.carried.push(Carried { instance, under_way, answer, session: key.0 });
                if under_way {
                    let shared = self.under_way.entry(key.0).or_default();
                    shared.instances.push(instance);
                    if let Some(name) = shared.name {
                        self.groups.link(instance, name);
                    }
                }
            }
        }
        Some(instance)
    }

    /// How many rows and messages are known.
    pub fn size(&self) -> (usize, usize) {
        (self.rows.len(), self.groups.instances.len())
    }

    /// Of what has come since the store had this [size](Self::size), so many
    /// times as much is likely to come: there is room for it at once, where
    /// growing bit by bit would copy all of it again and again.
    pub fn foresee(&mut self, before: (usize, usize), times: u64) {
        /// Room for more is made when it comes.
        const MOST: usize = 8 << 20;
        let times = usize::try_from(times).unwrap_or(MOST);
        let room =
            |now: usize, before: usize| now.saturating_sub(before).saturating_mul(times).min(MOST);
        let (rows, messages) = self.size();
        self.rows.reserve(room(rows, before.0));
        self.groups.reserve(room(messages, before.1));
        self.nodes.reserve(room(messages, before.1));
    }

    /// Takes note of messages that file number `file` has counted.
    pub fn aggregate(&mut self, file: u32, aggregate: &Aggregate<'_>) {
        self.make_room(file);
        let facts = self.symbols(&aggregate.crossing, 0, false);
        self.aggregates.add(file, aggregate, facts);
        if aggregate.dated {
            let seconds = aggregate.days.0.first_hour().saturating_mul(3_600);
            self.cover(file, aggregate.crossing.direction, seconds);
        }
    }

    /// `file` tells of mail in this direction at this time.
    pub(super) fn cover(&mut self, file: u32, direction: Direction, seconds: u32) {
        if seconds < self.latest
            && let Some(spans) = self.spans.get_mut(file as usize)
        {
            let submission = direction == Direction::Submission;
            let span = if submission { &mut spans.submissions } else { &mut spans.flow };
            let day = Day::of_seconds(seconds);
            let (first, last) = span.unwrap_or((day, day));
            *span = Some((first.min(day), last.max(day)));
        }
    }

    /// Takes note of what a log says of a session.
    pub fn session(&mut self, session: &Session<'_>) {
        if session.hop {
            self.hops.insert(session.key.0);
            return;
        }
        if let Some(front_end) = session.front_end {
            self.front_ends.insert(session.key.0, front_end.0);
            return;
        }
        if !session.message_id.is_empty() || session.awaits.is_some() {
            let name = (!session.message_id.is_empty())
                .then(|| self.groups.name(MessageKey::of_message_id(session.message_id).0));
            let shared = self.under_way.entry(session.key.0).or_default();
            shared.name = shared.name.or(name);
            shared.awaits = shared.awaits.max(session.awaits);
            let instances = shared.instances.clone();
            for instance in instances.into_iter().filter(|_| name.is_some()) {
                self.groups.link(instance, name.unwrap_or(NONE));
            }
        }
        self.session_parts.extend(session.parts.iter().map(|part| (session.key.0, *part)));
        let facts = self.facts(&session.crossing, 1, false);
        let head = self.sessions.get(&session.key.0).copied().unwrap_or(NONE);
        let head = self.cross(head, facts, session.under_way.unwrap_or(u32::MAX));
        self.sessions.insert(session.key.0, head);
    }

    /// Takes note of a refused attempt to sign in that file number `file`
    /// tells of.
    pub fn refused_sign_in(&mut self, file: u32, refused: &RefusedSignIn<'_>) {
        const HOUR: u32 = 3_600;
        let attempt = Attempt {
            file,
            hour: refused.seconds / HOUR,
            account: self.texts.symbol(refused.account),
            client_ip: refused.client_ip.map(|client_ip| self.texts.symbol(client_ip)),
            tls: refused.tls,
            session: refused.session.0,
        };
        self.make_room(file);
        self.cover(file, Direction::Submission, refused.seconds);
        self.attempt(refused.attempt, attempt);
    }

    /// Takes note of an attempt, of which another file may know already: of
    /// what two files share, one may know the more. Where they differ, the
    /// first by name stands, so that no order of files matters.
    pub(super) fn attempt(&mut self, key: u64, attempt: Attempt) {
        let Self { attempts, texts, .. } = self;
        let known = attempts.entry(key).or_insert(attempt);
        known.file = known.file.min(attempt.file);
        known.hour = known.hour.min(attempt.hour);
        let rank = |account: Symbol| {
            let text = texts.text(account);
            (text.is_empty(), text)
        };
        if rank(attempt.account) < rank(known.account) {
            known.account = attempt.account;
        }
        let text = |symbol: Option<Symbol>| symbol.map(|symbol| texts.text(symbol));
        let (one, other) = (text(known.client_ip), text(attempt.client_ip));
        if other.is_some() && (one.is_none() || other < one) {
            known.client_ip = attempt.client_ip;
        }
        known.tls = match (known.tls, attempt.tls) {
            (TlsState::NotRecorded, tls) | (tls, TlsState::NotRecorded) => tls,
            (one, other) => one.min(other),
        };
    }

    /// Takes note of a policy of an SMTP TLS report in file number `file`.
    pub fn tls_report(&mut self, file: u32, report: TlsReport) {
        self.make_room(file);
        let copy = self.tls_reports.add(file, report);
        if let Some(duplicates) = copy.and_then(|file| self.duplicates.get_mut(file as usize)) {
            *duplicates += 1;
        }
    }

    /// The organization's own domains, as a tally would have them.
    pub fn own_domains(&self) -> Vec<String> {
        own_domains(self).into_domains()
    }

    /// These are the own domains as far as the person does not say them: they
    /// were guessed from all data, of which this store has a part.
    pub fn guess_domains(&mut self, mut domains: Vec<String>) {
        sort_by(&mut domains, &Ord::cmp);
        self.guessed = Some(domains);
    }

    /// Whether any log tells that a message was accepted. If none does, those of
    /// which it is not told count all the same.
    pub fn tells_acceptance(&self) -> bool {
        self.parts.iter().any(|part| part.queue.accepted)
    }

    /// Logs tell which messages were accepted, though perhaps none whose
    /// messages this store has.
    pub fn acceptance_is_told(&mut self) {
        self.acceptance_elsewhere = true;
    }

    /// Whether no message is known one by one.
    pub(super) fn facts_are_counted(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Says what no file can. The next tally is counted with it.
    pub fn choose(&mut self, choices: &Choices) {
        self.choices.clone_from(choices);
    }

    /// Credits `file` with `rows` rows of one fingerprint; where they are new,
    /// the instance that they tell of.
    pub(super) fn credit(
        &mut self,
        file: u32,
        row: u64,
        rows: u32,
        instance: &mut dyn FnMut(&mut Groups) -> u32,
    ) -> Option<u32> {
        match self.rows.entry(row) {
            Entry::Vacant(vacant) => {
                let instance = instance(&mut self.groups);
                vacant.insert(RowEntry { file, instance });
                if rows != 1 {
                    self.weights.insert(row, rows);
                }
                Some(instance)
            }
            Entry::Occupied(mut occupied) => {
                let known = occupied.get_mut();
                // The earlier file in the list is credited.
                let (first, later) = (known.file.min(file), known.file.max(file));
                let mut second = rows;
                if file < known.file {
                    second = self.weights.insert(row, rows).unwrap_or(1);
                }
                known.file = first;
                let instance = known.instance;
                if let Some(instance) = self.groups.instances.get_mut(instance as usize) {
                    instance.file = instance.file.min(first);
                }
                if let Some(duplicates) = self.duplicates.get_mut(later as usize) {
                    *duplicates += u64::from(second);
                }
                None
            }
        }
    }

    /// Makes room for what `file` is credited with.
    pub(super) fn make_room(&mut self, file: u32) {
        let files = file as usize + 1;
        if self.duplicates.len() < files {
            self.duplicates.resize(files, 0);
            self.spans.resize(files, FileSpans::default());
        }
    }

    /// The fingerprint of a row without an id: its text, and the how-manieth
    /// such row of its file it is.
    pub(super) fn loose_row(&mut self, file: u32, row: u64) -> u64 {
        if self.loose_file != file {
            self.loose.clear();
            self.loose_file = file;
        }
        let nth = self.loose.entry(row).or_default();
        *nth += 1;
        row ^ u64::from(*nth).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    /// Takes note that a file tells of a row's crossing; its facts.
    pub(super) fn note(&mut self, file: u32, observation: &Observation<'_>) -> Option<u32> {
        self.make_room(file);
        observation.crossing.map(|crossing| {
            self.cover(file, crossing.direction, observation.seconds);
            self.facts(&crossing, observation.count, observation.failed)
        })
    }

    fn facts(&mut self, crossing: &Crossing<'_>, count: u32, failed: bool) -> u32 {
        let facts = self.symbols(crossing, count, failed);
        self.facts.number(&facts)
    }

    /// What is said of a crossing, with texts as symbols.
    pub(super) fn symbols(&mut self, crossing: &Crossing<'_>, count: u32, failed: bool) -> Facts {
        // Direct Send, if the domain turns out to be an own one. Of all other
        // mail neither sender nor client is kept: facts would be as many as
        // senders, and cells of mail flow have neither.
        let direct = matches!(crossing.direction, Direction::Inbound | Direction::Unknown)
            && !crossing.by_domains
            && crossing.connector.is_none();
        let sender = crossing.sender.filter(|_| direct);
        let named = sender.is_some() || crossing.direction == Direction::Submission;
        let mut symbol = |text: Option<&str>| text.map(|text| self.texts.symbol(text));
        Facts {
            direction: crossing.direction,
            by_domains: crossing.by_domains,
            unsent: crossing.by_domains && failed,
            connector: symbol(crossing.connector),
            connector_type: crossing.connector_type,
            forced_tls: crossing.forced_tls,
            tls: crossing.tls,
            cipher: symbol(crossing.cipher),
            sender_domain: symbol(crossing.sender_domain),
            remote_domain: symbol(crossing.remote_domain),
            remote_host: symbol(crossing.remote_host),
            account: symbol(crossing.account),
            account_stated: crossing.account_stated,
            method: crossing.method,
            client_ip: symbol(crossing.client_ip.filter(|_| named)),
            sender: symbol(sender),
            count,
            rounded: false,
            border: None,
        }
    }

    /// The message of an instance crossed a border.
    pub(super) fn crossed(&mut self, instance: u32, facts: u32, seconds: u32) {
        let Some(head) = self.groups.instances.get(instance as usize).map(|known| known.head)
        else {
            return;
        };
        let head = self.cross(head, facts, seconds);
        self.groups.instances[instance as usize].head = head;
    }

    /// Adds facts to the list at `head`, whose new head is the answer; the
    /// same facts count once, at their earliest.
    pub(super) fn cross(&mut self, head: u32, facts: u32, seconds: u32) -> u32 {
        let mut at = head;
        while let Some(node) = self.nodes.get_mut(at as usize) {
            if node.facts == facts {
                node.seconds = node.seconds.min(seconds);
                return head;
            }
            at = node.next;
        }
        let index = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        self.nodes.push(Node { facts, seconds, next: head });
        index
    }

    /// The counts as they stand.
    pub fn tally(&self) -> Tally {
        self.tally_of(true)
    }

    /// The counts, of all or only of what was not counted elsewhere.
    pub(super) fn tally_of(&self, ready: bool) -> Tally {
        let mut resolver = Resolver::new(&self.texts);
        let view = View::new(self, &resolver);
        let (counted, opened) = self.count_messages(&view, &mut resolver);
        let overlaps = if ready {
            self.count_ready(&view, &mut resolver)
        } else {
            self.count_settled(&view, &mut resolver)
        };
        let counted_there = self.aggregates.count(&view, &mut resolver);
        for (_, attempt) in self.attempts_by_key() {
            let (client_ip, tls) = Self::of_attempt(&attempt, &view, &resolver);
            resolver.refused(attempt.hour, attempt.account, client_ip, tls, 1);
        }
        let mut tally = resolver.finish();
        tally.domains_guessed = is_guessed(self);
        tally.tls_reports = self.tls_reports.list();
        tally.credits = self.credits(&counted, &opened, &view.threads);
        self.credit_ready(&mut tally.credits);
        tally.own_domains = view.own_domains();
        counted_there.credit(&mut tally);
        tally.overlaps = overlaps;
        tally.spans.clone_from(&self.spans);
        tally
    }

    /// Counts all messages that are known one by one: for each instance
    /// whether its message counts, and for each file how many it opened.
    pub(super) fn count_messages(
        &self,
        view: &View<'_>,
        resolver: &mut Resolver<'_>,
    ) -> (Vec<bool>, Vec<u64>) {
        let groups = view.groups();
        let mut counted = vec![true; groups.instances.len()];
        let mut opened = vec![0_u64; self.duplicates.len()];
        let mut group = Vec::new();
        for (index, instance) in (0_u32..).zip(&groups.instances) {
            let first = match instance.name {
                NONE => index,
                name => {
                    let first = groups.names[groups.root(name) as usize].first;
                    if first != index {
                        continue;
                    }
                    first
                }
            };
            group.clear();
            let mut at = first;
            while let Some(member) = groups.instances.get(at as usize) {
                if view.threads.head(at) == at {
                    group.push(at);
                }
                at = member.next;
            }
            let messages = view.resolve_group(&group, resolver);
            if messages == 0 {
                for part in group.iter().flat_map(|member| view.threads.parts_of(*member)) {
                    counted[part as usize] = false;
                }
                continue;
            }
            open_messages(groups, &mut group, messages, &mut opened);
        }
        (counted, opened)
    }

    /// Refused attempts, in no order.
    pub(super) fn attempts_by_key(&self) -> impl Iterator<Item = (u64, Attempt)> {
        self.attempts.iter().map(|(key, attempt)| (*key, *attempt))
    }

    /// Client and TLS of an attempt, with what its session knows.
    pub(super) fn of_attempt(
        attempt: &Attempt,
        view: &View<'_>,
        resolver: &Resolver<'_>,
    ) -> (Option<Symbol>, TlsState) {
        let (mut tls, mut client_ip) = (attempt.tls, attempt.client_ip);
        if tls == TlsState::NotRecorded || client_ip.is_none() {
            let session = view.facts_of_session(attempt.session, resolver);
            if tls == TlsState::NotRecorded {
                tls = session.tls;
            }
            client_ip = client_ip.or(session.remote_host);
        }
        (client_ip, tls)
    }

    /// Takes note of what exports and others have counted, as another store
    /// has it, whose files have the same numbers.
    pub(super) fn take_counts(&mut self, other: &Self) {
        let mut symbols: FxHashMap<Symbol, Symbol> = FxHashMap::default();
        for text in other.aggregates.rows().iter().flat_map(AggregateRow::symbols) {
            symbols.insert(text, self.texts.symbol(other.texts.text(text)));
        }
        let rows = other.aggregates.rows();
        self.aggregates.absorb(0, rows, &|text| symbols.get(&text).copied());
        self.tls_reports.clone_from(&other.tls_reports);
    }

    pub(super) fn credits(
        &self,
        counted: &[bool],
        opened: &[u64],
        threads: &Threads<'_>,
    ) -> Vec<Credit> {
        let mut credits: Vec<Credit> = self
            .duplicates
            .iter()
            .map(|duplicates| Credit { duplicates: *duplicates, ..Credit::default() })
            .collect();
        let answers: FxHashSet<u32> = self
            .carried
            .iter()
            .filter(|carried| carried.answer.is_some())
            .map(|carried| carried.instance)
            .collect();
        #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
        for (key, row) in &self.rows {
            let credit = &mut credits[row.file as usize];
            let several = if self.weights.is_empty() { None } else { self.weights.get(key) };
            let rows = several.map_or(1, |rows| u64::from(*rows));
            if counted.get(row.instance as usize).copied().unwrap_or(false) {
                credit.joined += rows;
            } else if answers.contains(&row.instance) {
                credit.session_cut += rows;
            } else if threads.refused.contains(&threads.head(row.instance)) {
                credit.no_message += rows;
            } else {
                credit.not_sent += rows;
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
        for attempt in self.attempts.values() {
            if let Some(credit) = credits.get_mut(attempt.file as usize) {
                credit.refused_sign_ins += 1;
            }
        }
        for file in self.tls_reports.files() {
            if let Some(credit) = credits.get_mut(file as usize) {
                credit.policies += 1;
            }
        }
        for (credit, opened) in credits.iter_mut().zip(opened) {
            // More only where a saved analysis was made up to say so.
            credit.messages = (*opened).min(credit.joined);
            credit.joined -= credit.messages;
        }
        credits
    }
}

/// The instance that a row tells of.
fn instance(groups: &mut Groups, observation: &Observation<'_>) -> u32 {
    let id = observation.id;
    if observation.is_loose() {
        return groups.add_loose(observation.seconds);
    }
    if let Some(MessageKey(network)) = id.network {
        let instance = groups.instance(network, Kind::Network, observation.seconds);
        if !id.message_id.is_empty() {
            let last_id = xxh3_64(id.message_id);
            let known = &mut groups.instances[instance as usize];
            if known.name == NONE || known.last_id != last_id {
                known.last_id = last_id;
                let name = groups.name(MessageKey::of_message_id(id.message_id).0);
                groups.link(instance, name);
            }
        }
        return instance;
    }
    let message = MessageKey::of_message_id(id.message_id);
    let (kind, key) = match observation.layout {
        RowLayout::ManyRows => (Kind::ManyRows, message.0 ^ 1),
        RowLayout::OneRow => {
            let sender = observation.sender.as_bytes();
            let (id, seconds) = (message.0.to_le_bytes(), observation.seconds.to_le_bytes());
            (Kind::OneRow, MessageKey::of_parts(&[&id, sender, &seconds]).0)
        }
    };
    let instance = groups.instance(key, kind, observation.seconds);
    let name = groups.name(message.0);
    groups.link(instance, name);
    instance
}

/// Credits the files of the earliest instances with having opened the messages
/// of a group.
fn open_messages(groups: &Groups, group: &mut [u32], messages: u64, opened: &mut [u64]) {
    let file = |index: u32| groups.instances[index as usize].file;
    sort_by(group, &|a, b| file(*a).cmp(&file(*b)));
    let messages = usize::try_from(messages).unwrap_or(usize::MAX);
    for index in group.iter().take(messages) {
        if let Some(opened) = opened.get_mut(file(*index) as usize) {
            *opened += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::own_domains::DomainEvidence;
    use super::super::partial::Partial;
    use super::*;
    use crate::mail::{AuthMethod, ConnectorType, TlsState};

    /// A row, with what it says in place of borrowed text.
    #[derive(Clone, PartialEq, Eq)]
    struct Row {
        network: Option<u128>,
        message_id: &'static str,
        seconds: u32,
        sender: &'static str,
        crossing: Option<(Direction, Option<&'static str>, TlsState)>,
        internal: bool,
        failed: bool,
        count: u32,
        method: AuthMethod,
    }

    /// In one line, for the reports of failed tests.
    impl std::fmt::Debug for Row {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            let Self { network, message_id, seconds, sender, crossing, .. } = self;
            write!(f, "{network:?} {message_id:?} {seconds} {sender} {crossing:?}")?;
            write!(f, " {} {} {} {:?}", self.internal, self.failed, self.count, self.method)
        }
    }

    const DAY: u32 = 86_400;

    /// Rows that often speak of the same few messages.
    fn row() -> impl Strategy<Value = Row> {
        let tls = prop::sample::select(TlsState::ALL.to_vec());
        let direction = prop::sample::select(Direction::ALL.to_vec());
        let connector = prop::sample::select(vec![None, Some("From x"), Some("To y")]);
        let crossing = prop::option::weighted(0.8, (direction, connector, tls));
        (
            prop::option::of(1_u128..4),
            prop::sample::select(vec!["", "a@x", "b@x", "c@x"]),
            (
                prop_oneof![4 => DAY..DAY + 3, 4 => DAY..DAY + 2_000, 4 => Just(DAY - 1), 1 => Just(u32::MAX)],
                prop::sample::select(AuthMethod::ALL.to_vec()),
            ),
            prop::sample::select(vec!["s@x", "t@x"]),
            crossing,
            prop::bool::weighted(0.2),
            prop::bool::weighted(0.2),
            prop_oneof![4 => Just(1_u32), 1 => Just(3)],
        )
            .prop_map(|parts| {
                let (network, message_id, (seconds, method), sender, crossing, ..) = parts;
                let (.., internal, failed, count) = parts;
                Row { network, message_id, seconds, sender, crossing, internal, failed, count, method }
            })
    }

    fn observe(store: &mut Store, file: u32, row: &Row) {
        // Files take turns in how their rows stand to messages.
        let layout = if file.is_multiple_of(2) { RowLayout::OneRow } else { RowLayout::ManyRows };
        let submission =
            row.crossing.is_some_and(|(direction, ..)| direction == Direction::Submission);
        store.observe(
            file,
            &Observation {
                queue: None,
                relayed_as: None,
                id: crate::mail::Identity {
                    network: row.network.map(MessageKey),
                    message_id: row.message_id.as_bytes(),
                },
                layout,
                row: xxh3_64(format!("{row:?} {layout:?}").as_bytes()),
                seconds: row.seconds,
                sender: row.sender,
                crossing: row.crossing.map(|(direction, connector, tls)| Crossing {
                    remote_host: None,
                    direction,
                    by_domains: false,
                    connector,
                    connector_type: ConnectorType::Unknown,
                    forced_tls: None,
                    tls,
                    cipher: None,
                    // Own domains, where any row says that mail goes out.
                    sender_domain: Some("x"),
                    remote_domain: None,
                    account: submission.then_some(row.sender),
                    account_stated: layout == RowLayout::OneRow,
                    // An AUTH code is a password's.
                    method: if layout == RowLayout::OneRow {
                        row.method
                    } else {
                        AuthMethod::Basic
                    },
                    sender: Some(row.sender),
                    client_ip: Some(if row.failed { "192.0.2.1" } else { "192.0.2.2" }),
                }),
                internal: row.internal,
                failed: row.failed,
                count: row.count,
                rows: 1,
                session: None,
            },
        );
    }

    /// Files by number, in the order in which they come, with their rows.
    type Files = Vec<(u32, Vec<Row>)>;

    /// The tally of files whose rows come in this order.
    fn tally(files: &[(u32, Vec<Row>)]) -> Tally {
        let mut store = Store::new(DAY * 30);
        for (file, rows) in files {
            for row in rows {
                observe(&mut store, *file, row);
            }
        }
        // Files without rows are credited with nothing.
        let mut tally = store.tally();
        tally.credits.resize(8, Credit::default());
        tally.spans.resize(8, FileSpans::default());
        tally
    }

    fn files() -> impl Strategy<Value = Files> {
        prop::collection::vec(prop::collection::vec(row(), 0..8), 1..4)
            .prop_map(|files| (0..).zip(files).collect())
    }

    /// The same files and rows in another order.
    fn shuffled(files: Files) -> impl Strategy<Value = (Files, Files)> {
        let rows: Vec<_> = files
            .iter()
            .map(|(file, rows)| (Just(*file), Just(rows.clone()).prop_shuffle()))
            .collect();
        (Just(files), rows.prop_shuffle())
    }

    proptest! {
        #![proptest_config(ProptestConfig { max_shrink_iters: 100_000, ..ProptestConfig::with_cases(3_000) })]

        #[test]
        fn no_order_of_rows_or_files_changes_anything((files, other) in files().prop_flat_map(shuffled)) {
            prop_assert_eq!(tally(&files), tally(&other));
        }

        #[test]
        fn every_row_is_credited_once(files in files()) {
            let credits = tally(&files).credits;
            for (file, rows) in &files {
                let credit = credits[*file as usize];
                let sum = credit.messages + credit.joined + credit.duplicates + credit.not_sent;
                prop_assert_eq!(sum, rows.len() as u64, "{:?}", credit);
            }
        }

        #[test]
        fn what_stores_know_apart_is_what_one_knows_together(
            (files, other) in files().prop_flat_map(shuffled),
            of_stores in prop::collection::vec(0..3_usize, 8),
            by_rows: bool,
        ) {
            let mut stores = vec![Store::new(DAY * 30); 3];
            for (file, rows) in &other {
                for row in rows {
                    // Rows without an id are counted by their likes of a file.
                    let loose = row.network.is_none() && row.message_id.is_empty();
                    let of_row = if by_rows && !loose { row.seconds as usize } else { 0 };
                    let store = of_stores[*file as usize] + of_row;
                    observe(&mut stores[store % 3], *file, row);
                }
            }
            let mut all = Store::new(DAY * 30);
            for store in &stores {
                let bytes = store.to_partial().to_bytes();
                all.merge(0, &Partial::from_bytes(&bytes).expect("what was written"));
            }
            let mut together = all.tally();
            together.credits.resize(8, Credit::default());
            together.spans.resize(8, FileSpans::default());
            prop_assert_eq!(tally(&files), together);
        }

        #[test]
        fn parts_that_are_settled_first_are_what_is_counted_together(files in files()) {
            // Of messages with one kind of id, each whole in one part.
            let files: Files = files
                .into_iter()
                .map(|(file, rows)| {
                    (file, rows.into_iter().filter(|row| row.network.is_none()).collect())
                })
                .collect();
            let mut stores = vec![Store::new(DAY * 30); 3];
            for (file, rows) in &files {
                for row in rows {
                    let loose = format!("{row:?}");
                    let key = if row.message_id.is_empty() { &*loose } else { row.message_id };
                    observe(&mut stores[(xxh3_64(key.as_bytes()) % 3) as usize], *file, row);
                }
            }
            let mut evidence = DomainEvidence::default();
            for store in &stores {
                evidence.add(&DomainEvidence::of(store));
            }
            let mut all = Store::new(DAY * 30);
            for mut store in stores {
                store.guess_domains(evidence.own_domains());
                let settled = store.settle();
                prop_assert_eq!(settled.nodes.len() + settled.rows.len(), 0);
                all.absorb(0, &settled.settle());
            }
            let mut together = all.tally();
            together.credits.resize(8, Credit::default());
            together.spans.resize(8, FileSpans::default());
            let mut expected = tally(&files);
            // Where cells say the same they are one.
            for tally in [&mut expected, &mut together] {
                tally.texts.clear();
                prop_assert_eq!(tally.blocks.len(), 0);
            }
            prop_assert_eq!(evidence.own_domains(), expected.own_domains.clone());
            prop_assert_eq!(all.tally().content(), tally(&files).content());
            prop_assert_eq!(together.credits, expected.credits);
            prop_assert_eq!(together.spans, expected.spans);
            prop_assert_eq!(together.own_domains, expected.own_domains);
        }

        #[test]
        fn no_damage_of_what_is_written_does_harm(
            files in files(),
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
            end in any::<prop::sample::Index>(),
            cut: bool,
        ) {
            let mut store = Store::new(DAY * 30);
            for (file, rows) in &files {
                for row in rows {
                    observe(&mut store, *file, row);
                }
            }
            let mut bytes = store.to_partial().to_bytes();
            for (at, byte) in damage {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if cut {
                bytes.truncate(end.index(bytes.len()));
            }
            if let Some(partial) = Partial::from_bytes(&bytes) {
                let mut all = store.clone();
                all.merge(3, &partial);
                let tally = all.tally();
                prop_assert!(all.to_partial().is_sound());
                prop_assert!(tally.credits.len() < 16);
            }
        }

        #[test]
        fn a_file_read_twice_adds_nothing_but_duplicates(files in files()) {
            let once = tally(&files);
            // An even number on, they stay files of one or of many rows a message.
            let again = files.iter().map(|(file, rows)| (file + 4, rows.clone()));
            let twice = tally(&files.iter().cloned().chain(again).collect::<Vec<_>>());
            prop_assert_eq!((&once.flow, &once.submissions), (&twice.flow, &twice.submissions));
            let messages = |tally: &Tally| tally.credits.iter().map(|c| c.messages).sum::<u64>();
            prop_assert_eq!(messages(&once), messages(&twice));
        }
    }
}
