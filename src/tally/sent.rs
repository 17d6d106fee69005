//! The messages that an account sent with SMTP AUTH, joined with what rows of
//! other files say of them (recipients, subject, what became of them).
//!
//! They are the messages that the tally counts, found by its own rules: rows
//! are of one message if the store knows them by one name. So a list is as
//! long as its count in the report, and no order of files changes it.

use std::cmp::Ordering;

use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::Facts;
use super::groups::NONE;
use super::intern::Symbol;
use super::kept::Kept;
use super::resolve::Resolver;
use super::store::Store;
use super::view::{Told, View};
use crate::mail::{
    AuthMethod, Day, Direction, SentCounts, SentMessage, SentQuery, TlsState, lower,
};
use crate::order::{merge_by, sort_by};

/// Statuses of a message that are listed.
const STATUSES: usize = 5;

/// Messages that an account sent, the newest first. It is of the store that
/// made it, as that was then.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    messages: Vec<Message>,
    /// Numbers of kept rows, message by message.
    rows: Vec<u32>,
    /// The messages that the search finds, by their places.
    found: Option<Vec<u32>>,
    only_traced: u64,
}

/// A message, with texts as symbols.
#[derive(Clone, Copy, Debug)]
struct Message {
    seconds: u32,
    /// Where its rows begin, and how many there are.
    rows: (u32, u32),
    cipher: Option<Symbol>,
    client_ip: Option<Symbol>,
    method: AuthMethod,
    /// A bit for each of [`TlsState::ALL`].
    tls: u8,
    /// Any of its rows tells of recipients or subject.
    traced: bool,
}

impl Store {
    /// The messages of an account in those days, all of them: the search is
    /// [`Store::find_sent`]'s.
    pub fn sent(&self, query: &SentQuery) -> Sent {
        let resolver = Resolver::new(&self.texts);
        let search = Search { store: self, query, view: View::new(self, &resolver), resolver };
        search.sent()
    }

    /// Takes those that `search` finds in recipients or subject.
    pub fn find_sent(&self, sent: &mut Sent, search: &str) {
        let wanted = lower(search.trim());
        let finds = |message: &Message| {
            self.kept.as_ref().is_some_and(|kept| {
                sent.rows_of(message).filter_map(|row| kept.row(*row)).any(|row| {
                    [row.recipients, row.subject]
                        .iter()
                        .any(|text| lower(kept.text(*text)).contains(&wanted))
                })
            })
        };
        let found = (!wanted.is_empty()).then(|| {
            let messages = (0_u32..).zip(&sent.messages);
            messages.filter(|(_, message)| finds(message)).map(|(at, _)| at).collect()
        });
        sent.found = found;
    }

    /// How many messages there are, and what is kept.
    pub fn sent_counts(&self, sent: &Sent) -> SentCounts {
        let kept = self.kept.as_ref();
        SentCounts {
            messages: sent.messages.len() as u64,
            found: sent.len() as u64,
            untraced: sent.messages.iter().filter(|message| !message.traced).count() as u64,
            only_traced: sent.only_traced,
            kept: kept.map_or(0, Kept::len) as u64,
            left_out: kept.map_or(0, |kept| kept.left_out),
            bytes: kept.map_or(0, Kept::bytes) as u64,
        }
    }

    /// The message in that place of those found, with so many recipients at
    /// most.
    pub fn sent_message(&self, sent: &Sent, place: usize, most: usize) -> Option<SentMessage> {
        let place = match &sent.found {
            Some(found) => *found.get(place)? as usize,
            None => place,
        };
        let message = sent.messages.get(place)?;
        let text = |symbol: Option<Symbol>| symbol.map(|symbol| self.texts.text(symbol));
        let states = (0_u8..).zip(TlsState::ALL);
        let mut whole = SentMessage {
            seconds: message.seconds,
            client_ip: text(message.client_ip).unwrap_or_default().to_owned(),
            tls: states.filter(|(bit, _)| message.tls >> bit & 1 == 1).map(|(_, s)| s).collect(),
            cipher: text(message.cipher).unwrap_or_default().to_owned(),
            method: Some(message.method),
            traced: message.traced,
            ..SentMessage::default()
        };
        if let Some(kept) = &self.kept {
            say(kept, sent.rows_of(message), most, &mut whole);
        }
        Some(whole)
    }
}

impl Sent {
    /// How many messages are found.
    pub fn len(&self) -> usize {
        self.found.as_ref().map_or(self.messages.len(), Vec::len)
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn rows_of(&self, message: &Message) -> impl Iterator<Item = &u32> {
        let (from, count) = message.rows;
        self.rows.iter().skip(from as usize).take(count as usize)
    }
}

/// Fills in what the rows of a message say.
fn say<'r>(kept: &Kept, rows: impl Iterator<Item = &'r u32>, most: usize, whole: &mut SentMessage) {
    let mut recipients: Vec<(String, &str, &str)> = Vec::new();
    // Rows are in order of time, so that the last word stands.
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for row in rows.filter_map(|row| kept.row(*row)) {
        let subject = kept.text(row.subject);
        if !subject.is_empty() && !whole.subjects.iter().any(|own| own == subject) {
            whole.subjects.push(subject.to_owned());
        }
        if whole.client_ip.is_empty() {
            kept.text(row.client_ip).clone_into(&mut whole.client_ip);
        }
        let (addresses, statuses) = (kept.text(row.recipients), kept.text(row.statuses));
        let several = addresses.split('\n').count() == statuses.split('\n').count();
        let mut one_each = statuses.split('\n');
        for address in addresses.split('\n') {
            let status = if several { one_each.next().unwrap_or_default() } else { statuses };
            let address = address.trim().trim_matches(['<', '>']);
            if address.is_empty() {
                continue;
            }
            let key = lower(address);
            let place = *places.entry(key.clone()).or_insert(recipients.len());
            if place == recipients.len() {
                recipients.push((key, address, status.trim()));
            } else if let Some(known) = recipients.get_mut(place)
                && !status.trim().is_empty()
            {
                known.2 = status.trim();
            }
        }
    }
    sort_by(&mut whole.subjects, &Ord::cmp);
    sort_by(&mut recipients, &|a, b| a.0.cmp(&b.0));
    whole.more_recipients = recipients.len().saturating_sub(most) as u64;
    let said = recipients.iter().filter(|(.., status)| !status.is_empty());
    let mut statuses: Vec<(String, u64)> =
        said.map(|(.., status)| ((*status).to_owned(), 1)).collect();
    merge_by(&mut statuses, &|a, b| a.0.cmp(&b.0), &|one, other| one.1 += other.1);
    sort_by(&mut statuses, &|a, b| b.1.cmp(&a.1));
    let more = statuses.split_off(statuses.len().min(STATUSES));
    whole.more_statuses = more.iter().map(|(_, recipients)| recipients).sum();
    whole.statuses = statuses;
    let shown = recipients.iter().take(most);
    whole.recipients = shown.map(|(_, address, _)| (*address).to_owned()).collect();
}

/// Looks for the messages of an account.
struct Search<'s> {
    store: &'s Store,
    query: &'s SentQuery,
    view: View<'s>,
    resolver: Resolver<'s>,
}

impl Search<'_> {
    fn sent(&self) -> Sent {
        let groups = self.view.groups();
        let wanted: Vec<bool> =
            self.view.facts().iter().map(|facts| self.may_be_of_account(facts)).collect();
        let mut sent = Sent::default();
        // The first instance of every group that is looked at.
        let mut seen = FxHashSet::default();
        let mut group = Vec::new();
        for index in (0_u32..).take(groups.instances.len()) {
            if !self.may_tell(index, &wanted) {
                continue;
            }
            let first = self.first_of(index);
            if !seen.insert(first) {
                continue;
            }
            self.group(first, &mut group);
            let told = self.view.by_message(&group, Direction::Submission, false);
            let theirs: Vec<Option<Message>> = told.iter().map(|told| self.message(told)).collect();
            for (place, message) in theirs.into_iter().enumerate() {
                let Some(mut message) = message else { continue };
                self.add_rows(&group, &told, place, &mut message, &mut sent.rows);
                sent.messages.push(message);
            }
        }
        sent.only_traced = self.only_traced();
        let mut messages = std::mem::take(&mut sent.messages);
        sort_by(&mut messages, &|a, b| self.compare(&sent, a, b));
        sent.messages = messages;
        sent
    }

    /// Whether a row with these facts may be of one of the account's messages.
    fn may_be_of_account(&self, facts: &Facts) -> bool {
        facts.direction == Direction::Submission && self.is_of_account(facts)
    }

    /// Whether facts name the account, as the tally's cells would.
    fn is_of_account(&self, facts: &Facts) -> bool {
        let text = |symbol: Option<Symbol>| {
            symbol.map(|symbol| self.store.texts.text(symbol)).unwrap_or_default()
        };
        let account = text(facts.account);
        let own = account.rsplit_once('@').map(|(_, domain)| domain);
        account == self.query.account
            && own.unwrap_or_else(|| text(facts.sender_domain)) == self.query.domain
    }

    /// Whether an instance may tell of one of the account's messages.
    fn may_tell(&self, instance: u32, wanted: &[bool]) -> bool {
        if self.view.is_lent(instance) {
            return true;
        }
        let mut at = self.store.groups.instances.get(instance as usize).map_or(NONE, |i| i.head);
        while let Some(node) = self.store.nodes.get(at as usize) {
            if wanted.get(node.facts as usize).copied().unwrap_or(false) {
                return true;
            }
            at = node.next;
        }
        false
    }

    /// The instance by which the group of `instance` is known.
    fn first_of(&self, instance: u32) -> u32 {
        let groups = self.view.groups();
        let head = self.view.threads.head(instance);
        let name = groups.instances.get(head as usize).map_or(NONE, |known| known.name);
        match groups.names.get(groups.root(name) as usize) {
            Some(name) => name.first,
            None => head,
        }
    }

    /// All instances of a group, as the tally takes them.
    fn group(&self, first: u32, group: &mut Vec<u32>) {
        let groups = self.view.groups();
        group.clear();
        let mut at = first;
        while let Some(member) = groups.instances.get(at as usize) {
            if self.view.threads.head(at) == at {
                group.push(at);
            }
            at = member.next;
        }
    }

    /// The message, if the account sent it in those days; without its rows.
    fn message(&self, told: &Told) -> Option<Message> {
        let tuples = &told.tuples;
        let any = |wanted: &dyn Fn(TlsState) -> bool| tuples.iter().any(|t| wanted(t.facts.tls));
        // What is recorded stands above what is not.
        let counts = |state| match state {
            TlsState::NotRecorded => !any(&|tls| tls != state),
            TlsState::VersionNotStated => !any(&TlsState::is_definite),
            _ => true,
        };
        let states = (0..).zip(TlsState::ALL);
        let tls = states
            .filter(|(_, state)| any(&|tls| tls == *state) && counts(*state))
            .fold(0, |bits, (bit, _): (u32, _)| bits | 1_u8 << bit);
        let mut tuples = tuples.iter();
        let mut all = tuples.next()?.facts;
        for tuple in tuples {
            self.resolver.merge(&mut all, &tuple.facts);
        }
        let there = self.is_of_account(&all) && self.is_within(told.first);
        there.then_some(Message {
            seconds: told.first,
            rows: (0, 0),
            cipher: all.cipher,
            client_ip: all.client_ip,
            method: all.method,
            tls,
            traced: false,
        })
    }

    /// Adds the rows of the message in that place of those told of a group:
    /// all, unless a Message-ID was used again. Then what tells of none of
    /// them goes to the nearest in time.
    fn add_rows(
        &self,
        group: &[u32],
        told: &[Told],
        place: usize,
        message: &mut Message,
        rows: &mut Vec<u32>,
    ) {
        let Some(kept) = &self.store.kept else { return };
        let mut own = Vec::new();
        for instance in group {
            if self.place_of(*instance, told) == Some(place) {
                for part in self.view.threads.parts_of(*instance) {
                    kept.rows_of(part, &mut own);
                }
            }
        }
        sort_by(&mut own, &|a, b| compare_rows(kept, *a, *b));
        let number = |count: usize| u32::try_from(count).unwrap_or(NONE);
        message.rows = (number(rows.len()), number(own.len()));
        message.traced = own.iter().filter_map(|row| kept.row(*row)).any(|row| {
            [row.recipients, row.subject].iter().any(|text| !kept.text(*text).is_empty())
        });
        rows.extend(own);
    }

    /// Of which message told of its group an instance tells.
    fn place_of(&self, instance: u32, told: &[Told]) -> Option<usize> {
        if told.len() == 1 {
            return Some(0);
        }
        let own = told.iter().position(|told| told.instances.contains(&instance));
        let at = self.view.groups().instances.get(instance as usize)?.seconds;
        own.or_else(|| {
            let far = |place: &usize| told.get(*place).map(|told| told.first.abs_diff(at));
            (0..told.len()).min_by_key(far)
        })
    }

    /// How many messages have the account as sender and were not sent with
    /// SMTP AUTH, as far as rows tell.
    fn only_traced(&self) -> u64 {
        let account = Some(&self.query.account).filter(|account| !account.is_empty());
        let Some(kept) = &self.store.kept else { return 0 };
        let Some(sender) = account.and_then(|account| kept.find(account)) else { return 0 };
        let mut seen = FxHashSet::default();
        let mut group = Vec::new();
        let mut others = 0;
        for row in kept.all().filter(|row| row.sender == sender && self.is_within(row.seconds)) {
            let first = self.first_of(row.instance);
            if seen.insert(first) {
                self.group(first, &mut group);
                let told = self.view.by_message(&group, Direction::Submission, false);
                others += u64::from(told.is_empty());
            }
        }
        others
    }

    fn is_within(&self, seconds: u32) -> bool {
        let day = Day::of_seconds(seconds);
        self.query.days.is_none_or(|(first, last)| first <= day && day <= last)
    }

    /// The newest first; those of one second by what they say, since the order
    /// in which they were read must not matter.
    fn compare(&self, sent: &Sent, one: &Message, other: &Message) -> Ordering {
        let plain = |message: &Message| (message.tls, message.method);
        let texts = |message: &Message| {
            [message.client_ip, message.cipher]
                .map(|symbol| symbol.map(|symbol| self.store.texts.text(symbol)))
        };
        let rows = || {
            let Some(kept) = &self.store.kept else { return Ordering::Equal };
            let (mut one, mut other) = (sent.rows_of(one), sent.rows_of(other));
            loop {
                match (one.next(), other.next()) {
                    (Some(one), Some(other)) => match compare_rows(kept, *one, *other) {
                        Ordering::Equal => {}
                        order => return order,
                    },
                    (one, other) => return one.is_some().cmp(&other.is_some()),
                }
            }
        };
        other
            .seconds
            .cmp(&one.seconds)
            .then_with(|| plain(one).cmp(&plain(other)))
            .then_with(|| texts(one).cmp(&texts(other)))
            .then_with(rows)
    }
}

/// Kept rows by time, then by what they say.
fn compare_rows(kept: &Kept, one: u32, other: u32) -> Ordering {
    let (Some(one), Some(other)) = (kept.row(one), kept.row(other)) else {
        return Ordering::Equal;
    };
    let texts = |row: &super::kept::KeptRow| {
        [row.recipients, row.subject, row.statuses, row.client_ip, row.sender]
    };
    let said = || {
        let pairs = texts(one).into_iter().zip(texts(other));
        let orders = pairs.map(|(one, other)| {
            if one == other { Ordering::Equal } else { kept.text(one).cmp(kept.text(other)) }
        });
        orders.fold(Ordering::Equal, Ordering::then)
    };
    one.seconds.cmp(&other.seconds).then_with(said)
}
