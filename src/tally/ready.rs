//! Messages that were counted elsewhere: ready cells, which have no ids.
//!
//! What was counted together is one part. A part is known by its content, so
//! one that comes twice counts once; different parts add up, and where two
//! tell of one day and direction they may have counted the same message.

use std::fmt::Write as _;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::cells::{Credit, FlowCell, Overlap, SubmissionCell, Tally, Text};
use super::facts::Facts;
use super::intern::Symbol;
use super::resolve::Resolver;
use super::store::{KeyMap, Store};
use super::view::View;
use crate::mail::{Day, Direction, MessageKey, Ready, ReadyCell, ReadyTime, TlsState};
use crate::order::{merge_by, sort_by};

/// Facts, hour and messages.
type Cell = (u32, u32, u64);
/// First and last day, facts and messages.
type Block = ((Day, Day), u32, u64);
/// Hour, account, client, TLS and attempts.
type Refused = (u32, Symbol, Option<Symbol>, TlsState, u64);

/// What was counted together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counted {
    /// Facts are the store's.
    cells: Vec<Cell>,
    blocks: Vec<Block>,
    refused: Vec<Refused>,
    /// Own domains, and whether they were guessed.
    domains: Vec<(String, bool)>,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ReadyPart {
    /// What it is known by.
    id: u128,
    /// The first file in the list that has it.
    file: u32,
    /// Rows of the file that are cells of it.
    rows: u64,
    counted: Counted,
}

/// What a store knows that was counted elsewhere.
#[derive(Clone, Debug, Default)]
pub(super) struct ReadyParts {
    list: Vec<ReadyPart>,
    index: KeyMap<u128, u32>,
    /// Parts that are being read, by file and number.
    open: Vec<((u32, u32), u64, Counted)>,
    /// What was counted here, of messages that are not known one by one any
    /// more, and what each file is credited with.
    settled: Counted,
    credits: Vec<Credit>,
}

/// The same, as it is handed on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Handed {
    parts: Vec<ReadyPart>,
    settled: Counted,
    credits: Vec<Credit>,
}

impl Counted {
    fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.blocks.is_empty() && self.refused.is_empty()
    }

    fn facts(&self) -> impl Iterator<Item = u32> {
        let of_cells = self.cells.iter().map(|(facts, ..)| *facts);
        of_cells.chain(self.blocks.iter().map(|(_, facts, _)| *facts))
    }

    /// The same with other numbers for facts and texts.
    fn renamed(
        &self,
        facts_of: &dyn Fn(u32) -> Option<u32>,
        rename: &dyn Fn(Symbol) -> Option<Symbol>,
    ) -> Self {
        let cell = |(facts, hour, messages): &Cell| Some((facts_of(*facts)?, *hour, *messages));
        let block = |(days, facts, messages): &Block| Some((*days, facts_of(*facts)?, *messages));
        let refused = |(hour, account, client_ip, tls, attempts): &Refused| {
            Some((*hour, rename(*account)?, client_ip.and_then(rename), *tls, *attempts))
        };
        Self {
            cells: self.cells.iter().filter_map(cell).collect(),
            blocks: self.blocks.iter().filter_map(block).collect(),
            refused: self.refused.iter().filter_map(refused).collect(),
            domains: self.domains.clone(),
        }
    }

    /// Adds what was counted apart, of other messages.
    fn add(&mut self, other: Self) {
        let mut cells: FxHashMap<(u32, u32), u64> = FxHashMap::default();
        for (facts, hour, messages) in self.cells.drain(..).chain(other.cells) {
            *cells.entry((facts, hour)).or_default() += messages;
        }
        self.cells = cells.into_iter().map(|((facts, hour), sum)| (facts, hour, sum)).collect();
        self.blocks.extend(other.blocks);
        self.refused.extend(other.refused);
        self.add_domains(&other.domains);
    }

    /// A domain that anyone said is not guessed.
    fn add_domains(&mut self, domains: &[(String, bool)]) {
        for (domain, guessed) in domains {
            match self.domains.iter_mut().find(|(known, _)| known == domain) {
                Some((_, known)) => *known &= guessed,
                None => self.domains.push((domain.clone(), *guessed)),
            }
        }
    }

    fn count(&self, view: &View<'_>, resolver: &mut Resolver<'_>) {
        let facts = |number: u32| view.facts().get(number as usize).copied();
        for (number, hour, messages) in &self.cells {
            if let Some(facts) = facts(*number) {
                resolver.add(facts, *hour, *messages);
            }
        }
        for (days, number, messages) in &self.blocks {
            if let Some(facts) = facts(*number) {
                resolver.add_block(*days, facts, *messages);
            }
        }
        for (hour, account, client_ip, tls, attempts) in &self.refused {
            resolver.refused(*hour, *account, *client_ip, *tls, *attempts);
        }
    }

    fn attempts(&self) -> u64 {
        self.refused.iter().map(|(.., attempts)| attempts).sum()
    }

    /// Whether a store with so many facts and texts could have it; `sum` is
    /// what all before it count.
    fn is_sound(&self, facts: usize, texts: usize, sum: &mut u64) -> bool {
        const MOST: u64 = 1 << 53;
        const MOST_DAYS: i32 = 10_000_000;
        let day = |day: Day| (-MOST_DAYS..=MOST_DAYS).contains(&day.0);
        let block = |((first, last), ..): &Block| first <= last && day(*first) && day(*last);
        let refused = |(_, account, client_ip, ..): &Refused| {
            std::iter::once(*account).chain(*client_ip).all(|text| text.index() < texts)
        };
        let counts = self.cells.iter().map(|(.., messages)| *messages);
        let counts = counts.chain(self.blocks.iter().map(|(.., messages)| *messages));
        let counts = counts.chain(self.refused.iter().map(|(.., attempts)| *attempts));
        *sum = counts.fold(*sum, u64::saturating_add);
        self.facts().all(|number| (number as usize) < facts)
            && self.blocks.iter().all(block)
            && self.refused.iter().all(refused)
            && *sum < MOST
    }
}

impl ReadyPart {
    fn with(&self, counted: Counted, file: u32) -> Self {
        Self { id: self.id, file, rows: self.rows, counted }
    }
}

impl Handed {
    /// Rows, each with the number of the file that is credited with them.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, u64)> {
        let of_parts = self.parts.iter().map(|part| (part.file, part.rows));
        of_parts.chain((0..).zip(self.credits.iter().map(Credit::rows)))
    }

    pub(super) fn is_sound(&self, facts: usize, texts: usize, files: usize) -> bool {
        let mut sum = 0;
        let mut credits = 0_u64;
        for credit in &self.credits {
            credits = credit.figures().into_iter().fold(credits, u64::saturating_add);
        }
        self.settled.is_sound(facts, texts, &mut sum)
            && self.credits.len() <= files
            && credits < 1 << 53
            && self.parts.iter().all(|part| {
                sum = sum.saturating_add(part.rows);
                (part.file as usize) < files && part.counted.is_sound(facts, texts, &mut sum)
            })
    }
}

impl ReadyParts {
    /// What is handed on; parts that are still being read are not.
    pub(super) fn handed(&self) -> Handed {
        Handed {
            parts: self.list.clone(),
            settled: self.settled.clone(),
            credits: self.credits.clone(),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Counted> {
        self.list.iter().map(|part| &part.counted).chain(std::iter::once(&self.settled))
    }
}

impl Store {
    /// Takes note of what was counted elsewhere, and is in part number `part`
    /// of file number `file`. It counts when the file ends
    /// ([`Store::ready_end`]).
    pub fn ready(&mut self, file: u32, part: u32, ready: &Ready<'_>) {
        self.make_room(file);
        let known = self.ready.open.iter().position(|(of, ..)| *of == (file, part));
        let own = known.unwrap_or(self.ready.open.len());
        if known.is_none() {
            self.ready.open.push(((file, part), 0, Counted::default()));
        }
        match ready {
            Ready::Cell(cell) => {
                let facts = self.facts_of_cell(cell);
                let direction = cell.crossing.direction;
                match cell.time {
                    ReadyTime::Hour(hour) => {
                        self.cover(file, direction, hour.saturating_mul(3_600));
                    }
                    ReadyTime::Days(..) => {}
                }
                let Some((_, rows, counted)) = self.ready.open.get_mut(own) else { return };
                *rows += 1;
                match cell.time {
                    ReadyTime::Hour(hour) => counted.cells.push((facts, hour, cell.messages)),
                    ReadyTime::Days(first, last) => {
                        counted.blocks.push(((first, last), facts, cell.messages));
                    }
                }
            }
            Ready::Refused(refused) => {
                let account = self.texts.symbol(refused.account);
                let client_ip = refused.client_ip.map(|client_ip| self.texts.symbol(client_ip));
                self.cover(file, Direction::Submission, refused.hour.saturating_mul(3_600));
                let told = (refused.hour, account, client_ip, refused.tls, refused.attempts);
                if let Some((.., counted)) = self.ready.open.get_mut(own) {
                    counted.refused.push(told);
                }
            }
            Ready::OwnDomain(domain, guessed) => {
                if let Some((.., counted)) = self.ready.open.get_mut(own) {
                    counted.add_domains(&[((*domain).to_owned(), *guessed)]);
                }
            }
        }
    }

    /// All parts of file number `file` were told; whether any of them is new.
    pub fn ready_end(&mut self, file: u32) -> bool {
        let mut any = false;
        let open = std::mem::take(&mut self.ready.open);
        for ((of, part), rows, counted) in open {
            if of != file {
                self.ready.open.push(((of, part), rows, counted));
            } else if !counted.is_empty() || !counted.domains.is_empty() {
                let id = self.alone(&counted).tally().content();
                any |= self.add_part(ReadyPart { id: id.0, file, rows, counted });
            }
        }
        any
    }

    /// What was counted here, and each part of what was counted elsewhere, by
    /// itself and as it was counted there, whatever was chosen here; none that
    /// is empty.
    pub fn tally_by_part(&self) -> Vec<Tally> {
        let here = self.tally_of(false);
        let nothing = here.flow.is_empty()
            && here.submissions.is_empty()
            && here.blocks.is_empty()
            && here.refused.is_empty();
        let first = if nothing { None } else { Some(here) };
        let alone = |part: &ReadyPart| self.alone(&part.counted).tally();
        first.into_iter().chain(self.ready.list.iter().map(alone)).collect()
    }

    /// The same messages as cells that are ready, without what tells one from
    /// another: nothing can be joined with them any more. What exports and
    /// others have counted stays as it is, and so does which file is credited
    /// with what.
    ///
    /// The own domains are settled with it, so those of all data are to be
    /// known before ([`DomainEvidence`](super::DomainEvidence),
    /// [`Store::guess_domains`]).
    #[must_use]
    pub fn settle(&self) -> Self {
        let mut resolver = Resolver::new(&self.texts);
        let view = View::new(self, &resolver);
        let (counted, opened) = self.count_messages(&view, &mut resolver);
        let credits = self.credits(&counted, &opened, &view.threads);
        let mut settled = Self::default();
        settled.choices.clone_from(&self.choices);
        settled.guessed.clone_from(&self.guessed);
        settled.latest = self.latest;
        settled.duplicates.clone_from(&self.duplicates);
        settled.spans.clone_from(&self.spans);
        for (key, attempt) in self.attempts_by_key() {
            let (client_ip, tls) = Self::of_attempt(&attempt, &view, &resolver);
            let account = settled.texts.symbol(self.texts.text(attempt.account));
            let client_ip = client_ip.map(|text| settled.texts.symbol(self.texts.text(text)));
            settled.attempt(key, super::store::Attempt { account, client_ip, tls, ..attempt });
        }
        let mut cells = Vec::new();
        resolver.each_cell(&mut |facts, hour, messages| {
            cells.push((settled.number_of(self, facts), hour, messages));
        });
        let guessed = super::own_domains::is_guessed(self);
        let domains = view.own_domains().into_iter().map(|domain| (domain, guessed)).collect();
        settled.ready.settled = Counted { cells, domains, ..Counted::default() };
        settled.ready.credits = credits
            .into_iter()
            .map(|credit| Credit { duplicates: 0, refused_sign_ins: 0, policies: 0, ..credit })
            .collect();
        for (credit, more) in settled.ready.credits.iter_mut().zip(&self.ready.credits) {
            credit.add(more);
        }
        let renumbered = |counted: &Counted, settled: &mut Self| {
            let numbers: FxHashMap<u32, u32> = counted
                .facts()
                .collect::<FxHashSet<u32>>()
                .into_iter()
                .filter_map(|number| {
                    let facts = self.facts.all().get(number as usize)?;
                    Some((number, settled.number_of(self, facts)))
                })
                .collect();
            let mut symbols: FxHashMap<Symbol, Symbol> = FxHashMap::default();
            for (_, account, client_ip, ..) in &counted.refused {
                for text in std::iter::once(*account).chain(*client_ip) {
                    symbols.insert(text, settled.texts.symbol(self.texts.text(text)));
                }
            }
            counted.renamed(&|number| numbers.get(&number).copied(), &|text| {
                symbols.get(&text).copied()
            })
        };
        let before = renumbered(&self.ready.settled, &mut settled);
        settled.ready.settled.add(before);
        for part in &self.ready.list {
            let counted = renumbered(&part.counted, &mut settled);
            settled.add_part(part.with(counted, part.file));
        }
        settled.take_counts(self);
        settled
    }

    /// Takes note of what another store was handed.
    pub(super) fn merge_ready(
        &mut self,
        first: u32,
        handed: &Handed,
        facts_of: &dyn Fn(u32) -> Option<u32>,
        rename: &dyn Fn(Symbol) -> Option<Symbol>,
    ) {
        for part in &handed.parts {
            let counted = part.counted.renamed(facts_of, rename);
            self.add_part(part.with(counted, first.saturating_add(part.file)));
        }
        self.ready.settled.add(handed.settled.renamed(facts_of, rename));
        for (file, credit) in (first as usize..).zip(&handed.credits) {
            if self.ready.credits.len() <= file {
                self.ready.credits.resize(file + 1, Credit::default());
            }
            self.ready.credits[file].add(credit);
        }
    }

    /// Counts what was counted here before, and nothing of elsewhere.
    pub(super) fn count_settled(
        &self,
        view: &View<'_>,
        resolver: &mut Resolver<'_>,
    ) -> Vec<Overlap> {
        self.ready.settled.count(view, resolver);
        Vec::new()
    }

    /// Counts all that is ready; what may be counted twice by it. All messages
    /// that are known one by one are in `resolver` already.
    pub(super) fn count_ready(&self, view: &View<'_>, resolver: &mut Resolver<'_>) -> Vec<Overlap> {
        self.ready.settled.count(view, resolver);
        if self.ready.list.is_empty() {
            return Vec::new();
        }
        // Directions and days, who tells of them (what is here comes first),
        // and the number of the part.
        let mut told: Vec<((Direction, Day), Option<u32>, u32)> = Vec::new();
        let mut seen: FxHashSet<(Direction, Day)> = FxHashSet::default();
        resolver.each(&mut |direction, day, _| {
            seen.insert((direction, day));
        });
        told.extend(seen.drain().map(|of| (of, None, 0)));
        for (number, part) in (0_u32..).zip(&self.ready.list) {
            part.counted.count(view, resolver);
            for (facts, hour, _) in &part.counted.cells {
                if let Some(facts) = view.facts().get(*facts as usize) {
                    seen.insert((facts.direction, Day::of_hour(*hour)));
                }
            }
            told.extend(seen.drain().map(|of| (of, Some(part.file), number)));
        }
        // Of one day and direction, all but the first may count again what
        // that counts.
        sort_by(&mut told, &Ord::cmp);
        let mut overlaps: Vec<Overlap> = told
            .chunk_by(|a, b| a.0 == b.0)
            .flat_map(|of_day| of_day.iter().skip(1))
            .filter_map(|((direction, day), file, _)| {
                let days = (*day, *day);
                Some(Overlap { file: (*file)?, direction: *direction, days, count: 1 })
            })
            .collect();
        let key = |overlap: &Overlap| (overlap.file, overlap.direction);
        overlaps.dedup();
        merge_by(&mut overlaps, &|a, b| key(a).cmp(&key(b)), &|one, other| {
            one.days = (one.days.0.min(other.days.0), one.days.1.max(other.days.1));
            one.count += other.count;
        });
        overlaps
    }

    /// Credits files with what was counted elsewhere.
    pub(super) fn credit_ready(&self, credits: &mut [Credit]) {
        for part in &self.ready.list {
            if let Some(credit) = credits.get_mut(part.file as usize) {
                credit.messages += part.rows;
                credit.refused_sign_ins += part.counted.attempts();
            }
        }
        for (credit, more) in credits.iter_mut().zip(&self.ready.credits) {
            credit.add(more);
        }
    }

    /// Own domains that others know who counted, and whether they guessed.
    pub(super) fn counted_domains(&self) -> impl Iterator<Item = (&str, bool)> {
        let all = self.ready.all().flat_map(|counted| &counted.domains);
        all.map(|(domain, guessed)| (domain.as_str(), *guessed))
    }

    fn add_part(&mut self, part: ReadyPart) -> bool {
        let fresh = u32::try_from(self.ready.list.len()).unwrap_or(u32::MAX);
        let index = *self.ready.index.entry(part.id).or_insert(fresh);
        let Some(known) = self.ready.list.get_mut(index as usize) else {
            self.ready.list.push(part);
            return true;
        };
        known.counted.add_domains(&part.counted.domains);
        // The same cells may stand in another number of rows.
        let (mut later, mut rows) = (part.file, part.rows);
        if later < known.file {
            std::mem::swap(&mut later, &mut known.file);
            std::mem::swap(&mut rows, &mut known.rows);
        }
        if let Some(duplicates) = self.duplicates.get_mut(later as usize) {
            *duplicates += rows;
        }
        false
    }

    /// A store that knows nothing else.
    fn alone(&self, counted: &Counted) -> Self {
        let mut store = Self::default();
        store.latest = self.latest;
        store.make_room(0);
        let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
        for number in counted.facts() {
            if let Some(facts) = self.facts.all().get(number as usize)
                && !numbers.contains_key(&number)
            {
                numbers.insert(number, store.number_of(self, facts));
            }
        }
        let mut symbols: FxHashMap<Symbol, Symbol> = FxHashMap::default();
        for (_, account, client_ip, ..) in &counted.refused {
            for text in std::iter::once(*account).chain(*client_ip) {
                symbols.insert(text, store.texts.symbol(self.texts.text(text)));
            }
        }
        let counted = counted
            .renamed(&|number| numbers.get(&number).copied(), &|text| symbols.get(&text).copied());
        let rows = counted.cells.len() as u64;
        store.ready.list.push(ReadyPart { id: 0, file: 0, rows, counted });
        store
    }

    /// The number here of facts of another store.
    fn number_of(&mut self, other: &Self, facts: &Facts) -> u32 {
        // Texts come first, since both are the store's.
        let mut symbols: FxHashMap<Symbol, Symbol> = FxHashMap::default();
        for text in facts.symbols() {
            symbols.insert(text, self.texts.symbol(other.texts.text(text)));
        }
        self.facts.number(&facts.renamed(&|text| symbols.get(&text).copied()))
    }

    fn facts_of_cell(&mut self, cell: &ReadyCell<'_>) -> u32 {
        let facts = self.symbols(&cell.crossing, 0, false);
        let facts = Facts { rounded: cell.rounded, account_stated: false, ..facts };
        self.facts.number(&facts)
    }
}

impl Tally {
    /// What the counts are known by: all that is told of every message and
    /// refused attempt, and nothing else.
    pub fn content(&self) -> MessageKey {
        let mut lines: Vec<(String, u64)> = Vec::new();
        for cell in &self.flow {
            lines.push((self.flow_line(cell), cell.messages));
        }
        for cell in &self.submissions {
            lines.push((self.submission_line(cell), cell.messages));
        }
        for block in &self.blocks {
            let (first, last) = (block.days.0.0, block.days.1.0);
            let line = self.submission_line(&block.cell);
            lines.push((format!("{first} {last} {line}"), block.cell.messages));
        }
        for cell in &self.refused {
            let account = self.text(cell.account);
            let client_ip = self.word(cell.client_ip);
            let line = format!(
                "{} {:?} {:?} {account:?} {client_ip}",
                cell.hour,
                "refused",
                cell.tls.code()
            );
            lines.push((line, cell.attempts));
        }
        merge_by(&mut lines, &|a, b| a.0.cmp(&b.0), &|one, other| one.1 += other.1);
        let lines: Vec<String> =
            lines.into_iter().map(|(line, count)| format!("{line} {count}")).collect();
        let parts: Vec<&[u8]> = lines.iter().map(String::as_bytes).collect();
        MessageKey::of_parts(&parts)
    }

    fn word(&self, text: Option<Text>) -> String {
        text.map_or_else(|| "-".to_owned(), |text| format!("{:?}", self.text(text)))
    }

    fn flow_line(&self, cell: &FlowCell) -> String {
        let mut line = format!("{} {}", cell.hour, cell.direction.code());
        let forced = cell.forced_tls.map_or("-", |forced| if forced { "1" } else { "0" });
        let known = [cell.connector_type.code(), forced, cell.tls.code()];
        // Writing to a `String` cannot fail.
        write!(line, " {} {}", known.join(" "), u8::from(cell.rounded)).unwrap_or_default();
        for text in [
            cell.connector,
            cell.cipher,
            cell.sender_domain,
            cell.remote_domain,
            cell.remote_host,
            cell.sender,
            cell.client_ip,
        ] {
            line.push(' ');
            line.push_str(&self.word(text));
        }
        line
    }

    fn submission_line(&self, cell: &SubmissionCell) -> String {
        let known = [cell.tls.code(), cell.method.code()].join(" ");
        let mut line = format!("{} submission {known} {}", cell.hour, u8::from(cell.rounded));
        for text in [Some(cell.account), Some(cell.domain), cell.cipher, cell.client_ip] {
            line.push(' ');
            line.push_str(&self.word(text));
        }
        line
    }
}
