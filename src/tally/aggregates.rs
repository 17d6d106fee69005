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

use rustc_hash::FxHashMap;

use super::cells::{Covered, Tally};
use super::facts::Facts;
use super::intern::Symbol;
use super::resolve::Resolver;
use super::view::View;
use crate::mail::{Aggregate, AuthMethod, ConnectorType, Day, Direction, TlsState};
use crate::order::{merge_by, sort_by};

/// Messages by TLS.
type Counts = [u64; TlsState::ALL.len()];

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    days: (Day, Day),
    dated: bool,
    direction: Direction,
    connector: Option<Symbol>,
    account: Option<Symbol>,
    /// Only where there is no account.
    domain: Option<Symbol>,
}

/// What one file counts of it.
#[derive(Clone, Debug)]
struct OfFile {
    file: u32,
    rows: u64,
    yields: bool,
    parts: Vec<(Facts, Counts)>,
}

impl OfFile {
    fn messages(&self) -> u64 {
        self.parts.iter().flat_map(|(_, counts)| counts).sum()
    }

    /// The better of two comes last: the one with more messages, with more of
    /// them recorded, with exact numbers; then by content, and the earlier
    /// file of the list.
    fn compare(&self, other: &Self) -> Ordering {
        let silent = TlsState::NotRecorded.index();
        let figures = |of: &Self| {
            let silent: u64 = of.parts.iter().map(|(_, counts)| counts[silent]).sum();
            let rounded = of.parts.iter().any(|(facts, _)| facts.rounded);
            (of.messages(), !silent, !rounded, !of.yields, of.rows)
        };
        let parts = |of: &Self| of.parts.iter().map(content).collect::<Vec<_>>();
        figures(self)
            .cmp(&figures(other))
            .then_with(|| parts(self).cmp(&parts(other)))
            .then_with(|| other.file.cmp(&self.file))
    }
}

type Content = (ConnectorType, Option<bool>, AuthMethod, bool, Counts);

/// What a part says beside its key, to be compared.
fn content((facts, counts): &(Facts, Counts)) -> Content {
    (facts.connector_type, facts.forced_tls, facts.method, facts.rounded, *counts)
}

/// Everything that exports have counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Aggregates(FxHashMap<Key, Vec<OfFile>>);

/// What became of the rows, and what was left out.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// File, rows, and what they are.
    rows: Vec<(u32, u64, Fate)>,
    covered: Vec<Covered>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Counts,
    Duplicate,
    Covered,
}

impl Aggregates {
    /// Takes note of a row of `file`, whose facts are `facts`.
    pub(super) fn add(&mut self, file: u32, aggregate: &Aggregate<'_>, facts: Facts) {
        // An empty account is none, but for its domain.
        let account = facts.account.filter(|_| aggregate.crossing.account != Some(""));
        let key = Key {
            days: aggregate.days,
            dated: aggregate.dated,
            direction: facts.direction,
            connector: facts.connector,
            account,
            domain: facts.sender_domain.filter(|_| account.is_none()),
        };
        let facts = Facts {
            tls: TlsState::NotRecorded,
            rounded: aggregate.rounded,
            cipher: None,
            remote_domain: None,
            client_ip: None,
            account_stated: false,
            ..facts
        };
        let files = self.0.entry(key).or_default();
        let at = files.iter().position(|of| of.file == file).unwrap_or(files.len());
        if at == files.len() {
            files.push(OfFile { file, rows: 0, yields: aggregate.yields, parts: Vec::new() });
        }
        let Some(of) = files.get_mut(at) else { return };
        of.rows += 1;
        of.parts.push((facts, aggregate.counts));
        // Rows add up whatever their order.
        merge_by(
            &mut of.parts,
            &|a, b| {
                let of = |part| {
                    let (a, b, c, d, _) = content(part);
                    (a, b, c, d)
                };
                of(a).cmp(&of(b))
            },
            &|one, other| {
                for (sum, count) in one.1.iter_mut().zip(other.1) {
                    *sum += count;
                }
            },
        );
    }

    /// Counts what counts. All other messages are in `resolver` already.
    pub(super) fn count(&self, view: &View<'_>, resolver: &mut Resolver<'_>) -> Counted {
        let mut counted = Counted::default();
        if self.0.is_empty() {
            return counted;
        }
        let mut days: Vec<((Direction, Day), u64)> = resolver.days().into_iter().collect();
        sort_by(&mut days, &|a, b| a.0.cmp(&b.0));
        let mut best: Vec<(&Key, &OfFile)> = Vec::new();
        #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
        for (key, files) in &self.0 {
            let winner = files.iter().max_by(|a, b| a.compare(b));
            for of in files {
                if winner.is_some_and(|winner| winner.file == of.file) {
                    best.push((key, of));
                } else {
                    counted.rows.push((of.file, of.rows, Fate::Duplicate));
                }
            }
        }
        let mut known: FxHashMap<(Direction, (Day, Day)), Option<u64>> = FxHashMap::default();
        best.retain(|(key, of)| {
            let messages = *known
                .entry((key.direction, key.days))
                .or_insert_with(|| messages_of(&days, key.direction, key.days));
            let Some(messages) = messages.filter(|_| of.yields) else { return true };
            counted.rows.push((of.file, of.rows, Fate::Covered));
            counted.covered.push(Covered {
                days: key.days,
                direction: key.direction,
                file: of.file,
                aggregates: of.messages(),
                messages,
            });
            false
        });
        // Those of a sender stand together, the longest period first.
        let sender = |key: &Key| (key.dated, key.account, key.domain);
        sort_by(&mut best, &|(a, _), (b, _)| {
            let length = |key: &Key| key.days.1.0 - key.days.0.0;
            sender(a).cmp(&sender(b)).then(length(b).cmp(&length(a))).then(a.days.cmp(&b.days))
        });
        for of_sender in best.chunk_by(|(a, _), (b, _)| sender(a) == sender(b)) {
            let mut taken: Vec<(Day, Day)> = Vec::new();
            for (key, of) in of_sender {
                let overlaps = |days: &(Day, Day)| days.0 <= key.days.1 && key.days.0 <= days.1;
                if !key.dated && taken.iter().any(overlaps) {
                    counted.rows.push((of.file, of.rows, Fate::Duplicate));
                    continue;
                }
                if !key.dated {
                    taken.push(key.days);
                }
                counted.rows.push((of.file, of.rows, Fate::Counts));
                count(key, of, view, resolver);
            }
        }
        counted
    }
}

/// How many messages of days and a direction there are; `None` where there is
/// none.
fn messages_of(
    days: &[((Direction, Day), u64)],
    direction: Direction,
    (first, last): (Day, Day),
) -> Option<u64> {
    let from = days.partition_point(|(of, _)| *of < (direction, first));
    let to = days.partition_point(|(of, _)| *of <= (direction, last));
    let found = days.get(from..to).filter(|found| !found.is_empty())?;
    Some(found.iter().map(|(_, messages)| messages).sum())
}

fn count(key: &Key, of: &OfFile, view: &View<'_>, resolver: &mut Resolver<'_>) {
    for (facts, counts) in &of.parts {
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
