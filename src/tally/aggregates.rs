//! Messages that exports have counted themselves.
//!
//! - Rows of one file about the same day, direction, connector and account add
//!   up; of several files that tell of the same, the one that counts the most
//!   messages counts, and the rows of the others are duplicates.
//! - Where other rows tell of messages of a day and direction, those count,
//!   and what was counted there is left out as covered.
//! - Of counts of a sender without days, the longest period counts, and others
//!   that overlap it are duplicates: what they share cannot be told apart.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::cells::{Covered, Tally};
use super::facts::Facts;
use super::intern::Symbol;
use super::resolve::Resolver;
use super::view::View;
use crate::mail::{Aggregate, AuthMethod, ConnectorType, Day, Direction, TlsState};
use crate::order::{merge_by, sort_by};

/// Messages by TLS.
type Counts = [u64; TlsState::ALL.len()];

/// What is counted. Of a sender, those without days stand together, and so do
/// those of one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Key {
    dated: bool,
    account: Option<Symbol>,
    /// Only where there is no account.
    domain: Option<Symbol>,
    days: (Day, Day),
    direction: Direction,
    connector: Option<Symbol>,
}

/// Rows of one file that say the same but for their counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Row {
    key: Key,
    file: u32,
    rows: u64,
    yields: bool,
    facts: Facts,
    counts: Counts,
}

impl Row {
    /// The same with other symbols for its texts, and of another file.
    fn renamed(&self, rename: &dyn Fn(Symbol) -> Option<Symbol>, file: u32) -> Self {
        let symbol = |text: Option<Symbol>| text.and_then(rename);
        let key = Key {
            account: symbol(self.key.account),
            domain: symbol(self.key.domain),
            connector: symbol(self.key.connector),
            ..self.key
        };
        Self { key, file, facts: self.facts.renamed(rename), ..*self }
    }

    /// The number of its file.
    pub(super) const fn file(&self) -> u32 {
        self.file
    }

    /// Rows of the file that it stands for.
    pub(super) const fn rows(&self) -> u64 {
        self.rows
    }

    /// Its texts.
    pub(super) fn symbols(&self) -> impl Iterator<Item = Symbol> {
        let Key { account, domain, connector, .. } = self.key;
        [account, domain, connector].into_iter().flatten().chain(self.facts.symbols())
    }

    /// Whether it could have been added, where there are so many texts and
    /// files; `sum` is what all before it count.
    pub(super) fn is_sound(&self, texts: usize, files: usize, sum: &mut u64) -> bool {
        /// No count of messages is so great that sums would not be exact.
        const MOST: u64 = 1 << 53;
        /// Of any year that can be written.
        const MOST_DAYS: i32 = 10_000_000;
        let (first, last) = self.key.days;
        *sum = self.counts.iter().fold(sum.saturating_add(self.rows), |a, b| a.saturating_add(*b));
        let days = Day(-MOST_DAYS) <= first && first <= last && last <= Day(MOST_DAYS);
        self.symbols().all(|symbol| symbol.index() < texts)
            && (self.file as usize) < files
            && days
            && *sum < MOST
    }
    fn compare(&self, other: &Self) -> Ordering {
        let place = |row: &Self| (row.key, row.file, content(row));
        place(self).cmp(&place(other))
    }
}

/// What a row says beside its key and its counts.
fn content(row: &Row) -> (ConnectorType, Option<bool>, AuthMethod, bool, bool) {
    let facts = &row.facts;
    (facts.connector_type, facts.forced_tls, facts.method, facts.rounded, row.yields)
}

/// Everything that exports have counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Aggregates(Vec<Row>);

/// What became of the rows, and what was left out.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// File, rows, and what they are.
    rows: Vec<(u32, u64, Fate)>,
    covered: Vec<Covered>,
}

#[derive(Clone, Copy, Debug)]
enum Fate {
    Counts,
    Duplicate,
    Covered,
}

impl Aggregates {
    /// All rows.
    pub(super) fn rows(&self) -> &[Row] {
        &self.0
    }

    /// Takes note of what another store knows, whose first file has this
    /// number here.
    pub(super) fn absorb(
        &mut self,
        first: u32,
        rows: &[Row],
        rename: &dyn Fn(Symbol) -> Option<Symbol>,
    ) {
        self.0.extend(rows.iter().map(|row| row.renamed(rename, first.saturating_add(row.file))));
    }

    /// Takes note of a row of `file`, whose facts are `facts`.
    pub(super) fn add(&mut self, file: u32, aggregate: &Aggregate<'_>, facts: Facts) {
        // An empty account is none, but for its domain.
        let account = facts.account.filter(|_| aggregate.crossing.account != Some(""));
        let key = Key {
            dated: aggregate.dated,
            account,
            domain: facts.sender_domain.filter(|_| account.is_none()),
            days: aggregate.days,
            direction: facts.direction,
            connector: facts.connector,
        };
        let facts = Facts {
            tls: TlsState::NotRecorded,
            rounded: aggregate.rounded,
            cipher: None,
            remote_domain: None,
            client_ip: None,
            sender: None,
            remote_host: None,
            account_stated: false,
            ..facts
        };
        let (yields, counts) = (aggregate.yields, aggregate.counts);
        self.0.push(Row { key, file, rows: 1, yields, facts, counts });
    }

    /// Counts what counts. All other messages are in `resolver` already.
    pub(super) fn count(&self, view: &View<'_>, resolver: &mut Resolver<'_>) -> Counted {
        let mut counted = Counted::default();
        if self.0.is_empty() {
            return counted;
        }
        let days = Days::new(resolver);
        let mut rows = self.0.clone();
        merge_by(&mut rows, &Row::compare, &|one, other| {
            one.rows += other.rows;
            for (sum, count) in one.counts.iter_mut().zip(other.counts) {
                *sum += count;
            }
        });
        let mut best: Vec<&[Row]> = Vec::new();
        for of_key in rows.chunk_by(|a, b| a.key == b.key) {
            let mut files: Vec<&[Row]> = of_key.chunk_by(|a, b| a.file == b.file).collect();
            sort_by(&mut files, &|a, b| by_worth(a, b));
            let winner = files.pop().unwrap_or_default();
            for of_file in files {
                counted.settle(of_file, Fate::Duplicate);
            }
            let Some(Row { key, file, yields, .. }) = winner.first() else { continue };
            let messages = days.messages(key.direction, key.days);
            if messages > 0 && *yields {
                counted.settle(winner, Fate::Covered);
                counted.covered.push(Covered {
                    days: key.days,
                    direction: key.direction,
                    file: *file,
                    aggregates: messages_of(winner),
                    messages,
                });
            } else {
                best.push(winner);
            }
        }
        // Those of a sender stand together, the longest period first.
        let key = |rows: &[Row]| rows.first().map(|row| row.key);
        let sender = |rows: &[Row]| key(rows).map(|key| (key.dated, key.account, key.domain));
        sort_by(&mut best, &|a, b| {
            let length = |rows| key(rows).map_or(0, |key| key.days.0.0 - key.days.1.0);
            sender(a).cmp(&sender(b)).then(length(a).cmp(&length(b))).then(key(a).cmp(&key(b)))
        });
        let mut taken: Vec<Key> = Vec::new();
        for rows in best {
            let Some(key) = key(rows).filter(|key| !key.dated) else {
                counted.settle(rows, Fate::Counts);
                count(rows, view, resolver);
                continue;
            };
            let same = |known: &Key| (known.account, known.domain) == (key.account, key.domain);
            taken.retain(same);
            let overlaps = |Key { days, .. }: &Key| days.0 <= key.days.1 && key.days.0 <= days.1;
            if taken.iter().any(overlaps) {
                counted.settle(rows, Fate::Duplicate);
            } else {
                taken.push(key);
                counted.settle(rows, Fate::Counts);
                count(rows, view, resolver);
            }
        }
        counted
    }
}

fn messages_of(rows: &[Row]) -> u64 {
    rows.iter().flat_map(|row| row.counts).sum()
}

/// The better of two files comes last: the one with more messages, with more
/// of them recorded, with exact numbers; then by content, and the earlier file
/// of the list.
fn by_worth(one: &[Row], other: &[Row]) -> Ordering {
    let figures = |rows: &[Row]| {
        let silent: u64 = rows.iter().map(|row| row.counts[TlsState::NotRecorded.index()]).sum();
        let rounded = rows.iter().any(|row| row.facts.rounded);
        let number: u64 = rows.iter().map(|row| row.rows).sum();
        (messages_of(rows), !silent, !rounded, number)
    };
    let contents = one.iter().zip(other).fold(Ordering::Equal, |so_far, (a, b)| {
        so_far.then_with(|| (content(a), a.counts).cmp(&(content(b), b.counts)))
    });
    let file = |rows: &[Row]| rows.first().map(|row| row.file);
    figures(one)
        .cmp(&figures(other))
        .then(one.len().cmp(&other.len()))
        .then(contents)
        .then_with(|| file(other).cmp(&file(one)))
}

/// Messages of each day and direction.
struct Days {
    first: Day,
    /// All directions of the first day, then of the next.
    messages: Vec<u64>,
}

impl Days {
    fn new(resolver: &Resolver<'_>) -> Self {
        let (mut first, mut last) = (Day(i32::MAX), Day(i32::MIN));
        resolver.each(&mut |_, day, _| {
            first = first.min(day);
            last = last.max(day);
        });
        let mut days = Self { first, messages: Vec::new() };
        days.messages.resize(days.index(last.plus(1), 0), 0);
        resolver.each(&mut |direction, day, messages| {
            let index = days.index(day, direction as usize);
            if let Some(sum) = days.messages.get_mut(index) {
                *sum += messages;
            }
        });
        days
    }

    fn index(&self, day: Day, direction: usize) -> usize {
        let after = usize::try_from(day.0.saturating_sub(self.first.0)).unwrap_or(0);
        after * Direction::ALL.len() + direction
    }

    fn messages(&self, direction: Direction, (first, last): (Day, Day)) -> u64 {
        if last < self.first {
            return 0;
        }
        let to = self.index(last.plus(1), 0).min(self.messages.len());
        let of_days = self.messages.get(self.index(first, 0)..to).unwrap_or_default();
        of_days.iter().skip(direction as usize).step_by(Direction::ALL.len()).sum()
    }
}

fn count(rows: &[Row], view: &View<'_>, resolver: &mut Resolver<'_>) {
    for Row { key, facts, counts, .. } in rows {
        for (tls, messages) in TlsState::ALL.into_iter().zip(*counts) {
            let mut facts = Facts { tls, ..*facts };
            view.settle(&mut facts);
            match messages {
                0 => {}
                _ if key.dated => resolver.add(facts, key.days.0.first_hour(), messages),
                _ => resolver.add_block(key.days, facts, messages),
            }
        }
    }
}

impl Counted {
    fn settle(&mut self, rows: &[Row], fate: Fate) {
        self.rows.extend(rows.iter().map(|row| (row.file, row.rows, fate)));
    }

    /// Credits the files, and says what was left out.
    pub(super) fn credit(mut self, tally: &mut Tally) {
        for (file, rows, fate) in self.rows {
            let Some(credit) = tally.credits.get_mut(file as usize) else { continue };
            match fate {
                Fate::Counts => credit.messages += rows,
                Fate::Duplicate => credit.duplicates += rows,
                Fate::Covered => credit.covered += rows,
            }
        }
        let key = |covered: &Covered| (covered.days, covered.direction, covered.file);
        merge_by(&mut self.covered, &|a, b| key(a).cmp(&key(b)), &|one, other| {
            one.aggregates += other.aggregates;
        });
        tally.covered = self.covered;
    }
}
