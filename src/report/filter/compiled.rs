//! A filter made ready for one tally, so that a cell is tested in a few
//! look-ups, however many clauses there are: each value of a field leads to the
//! clauses that hold for it, a bit each.

use std::cell::Cell;

use serde::{Deserialize, Serialize};

use super::{Clause, Field, FieldKind, Filter, Join, MOST_CLAUSES, Part, Verb};
use crate::mail::{Day, TlsState, lower};
use crate::order::sort_by;
use crate::report::groups::{Group, Groups};
use crate::tally::{FlowCell, SubmissionCell, Tally, Text};

/// Of so many kinds of cells it is kept whether they pass, a byte each.
const MOST_KNOWN: usize = 1 << 20;
/// Among so many sets of bits it is looked for one that is the same.
const ALIKE: usize = 64;

/// A bit for each clause.
type Bits = [u64; MOST_CLAUSES.div_ceil(64)];

/// Why clauses on a field are not applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ignored {
    /// The report has no such field.
    NotInReport,
    /// All of the data is silent of it.
    NotInData,
    /// There is no period before.
    NothingBefore,
}

/// The rows that numbers are of, for cells of one kind.
pub(in crate::report) struct RowsOf<'a, C> {
    /// The number of a cell's row; the second argument is how many texts the
    /// tally has.
    pub(in crate::report) key: fn(&C, usize) -> usize,
    /// The sums of all rows by that number; asked for only where a number is
    /// tested.
    pub(in crate::report) sums: &'a dyn Fn() -> Groups,
    /// Whether they are compared with a period before.
    pub(in crate::report) before: bool,
    /// Whether cells of the other kind are asked the same: what only those
    /// have, these are silent on.
    pub(in crate::report) beside: bool,
}

/// A filter that is ready to test cells of one tally.
pub struct Compiled {
    join: Join,
    /// What must hold of the bits.
    groups: Vec<(Join, Bits)>,
    /// Clauses that hold where their bit is not found.
    negated: Bits,
    /// One for each field that is tested.
    lookups: Vec<Lookup>,
    /// Tests of the day, each with its first and last day and its bit.
    days: Vec<(Day, Day, usize)>,
    /// What is not applied, and why.
    ignored: Vec<(Field, Ignored)>,
    /// What is known of cells by their slots; empty where there are too many.
    known: Vec<Cell<Option<bool>>>,
    texts: usize,
    flow_row: fn(&FlowCell, usize) -> usize,
    submission_row: fn(&SubmissionCell, usize) -> usize,
}

/// From the values of a field to the clauses that hold for them.
struct Lookup {
    field: Field,
    kind: FieldKind,
    /// The slot of each value: where its bits are, plus one; 0 where no clause
    /// holds.
    /// Texts stand one place after silence.
    places: Vec<u32>,
    bits: Vec<Bits>,
    /// The day of the first place, of days.
    first: Day,
}

impl Compiled {
    /// Ready for mail flow.
    pub(in crate::report) fn for_flow(
        filter: &Filter,
        tally: &Tally,
        rows: &RowsOf<'_, FlowCell>,
    ) -> Self {
        let ends = tally.flow.first().zip(tally.flow.last());
        let ends = ends.map(|(first, last)| (first.day(), last.day()));
        let reason = |field: Field| {
            let told = |tells: &dyn Fn(&FlowCell) -> bool| tally.flow.iter().any(tells);
            let tells = |cell: &FlowCell| match field.kind() {
                FieldKind::Text => field.flow_text(cell).is_some(),
                _ => field.flow_choice(cell) != field.silent_choice(),
            };
            let has = rows.beside || field.of_flow();
            why(field, has, rows.before, &|| rows.beside || told(&tells))
        };
        let mut compiled = Self::new(filter, tally, ends, &reason, rows.sums);
        compiled.flow_row = rows.key;
        compiled
    }

    /// Ready for SMTP AUTH.
    pub(in crate::report) fn for_submissions(
        filter: &Filter,
        tally: &Tally,
        rows: &RowsOf<'_, SubmissionCell>,
    ) -> Self {
        let ends = tally.submissions.first().zip(tally.submissions.last());
        let ends = ends.map(|(first, last)| (first.day(), last.day()));
        let reason = |field: Field| {
            let blocks = tally.blocks.iter().map(|block| &block.cell);
            let tells = |cell: &SubmissionCell| match field.kind() {
                FieldKind::Text => field.submission_text(cell).is_some_and(|text| !text.is_empty()),
                _ => field.submission_choice(cell) != field.silent_choice(),
            };
            let told = || rows.beside || tally.submissions.iter().chain(blocks.clone()).any(tells);
            why(field, rows.beside || field.of_submissions(), rows.before, &told)
        };
        let mut compiled = Self::new(filter, tally, ends, &reason, rows.sums);
        compiled.submission_row = rows.key;
        compiled
    }

    fn new(
        filter: &Filter,
        tally: &Tally,
        ends: Option<(Day, Day)>,
        reason: &dyn Fn(Field) -> Option<Ignored>,
        sums: &dyn Fn() -> Groups,
    ) -> Self {
        let mut compiled = Self {
            join: filter.join,
            groups: Vec::new(),
            negated: Bits::default(),
            lookups: Vec::new(),
            days: Vec::new(),
            ignored: Vec::new(),
            known: Vec::new(),
            texts: tally.texts(),
            flow_row: |_, _| 0,
            submission_row: |_, _| 0,
        };
        let clauses = compiled.applied(filter, reason);
        let mut fields: Vec<Field> = Vec::new();
        for clause in &clauses {
            if !fields.contains(&clause.field) {
                fields.push(clause.field);
            }
        }
        let numbers = fields.iter().any(|field| field.is_of_row()).then(sums);
        for field in fields {
            let of: Vec<(usize, &Clause)> =
                clauses.iter().copied().enumerate().filter(|(_, c)| c.field == field).collect();
            let lookup = match field.kind() {
                FieldKind::Text => Lookup::of_texts(field, &of, tally),
                FieldKind::Choice => Lookup::of_choices(field, &of),
                FieldKind::Day => {
                    compiled.days = of.iter().map(|(bit, clause)| days(clause, *bit)).collect();
                    Lookup::of_days(&compiled.days, ends)
                }
                _ => Lookup::of_rows(field, &of, numbers.as_ref().map_or(&[], |n| &n.list)),
            };
            compiled.lookups.push(lookup);
        }
        let slots = compiled.lookups.iter().map(Lookup::slots);
        let slots = slots.fold(1_usize, usize::saturating_mul);
        if slots <= MOST_KNOWN {
            compiled.known = vec![Cell::new(None); slots];
        }
        compiled
    }

    /// The clauses that are applied, each in the place of its bit; groups and
    /// negations are kept.
    fn applied<'f>(
        &mut self,
        filter: &'f Filter,
        reason: &dyn Fn(Field) -> Option<Ignored>,
    ) -> Vec<&'f Clause> {
        let mut clauses: Vec<&Clause> = Vec::new();
        let mut known: Vec<(Field, bool)> = Vec::new();
        // What stands alone is a group of its own, joined as the whole is.
        let mut alone = Bits::default();
        for part in &filter.parts {
            let mut bits = Bits::default();
            for clause in part.clauses() {
                let field = clause.field;
                let applies =
                    known.iter().find(|(of, _)| *of == field).map(|(_, applies)| *applies);
                let applies = applies.unwrap_or_else(|| {
                    let reason = reason(field);
                    self.ignored.extend(reason.map(|reason| (field, reason)));
                    known.push((field, reason.is_none()));
                    reason.is_none()
                });
                if !applies || clauses.len() >= MOST_CLAUSES {
                    continue;
                }
                set(&mut bits, clauses.len());
                if clause.verb == Verb::IsNot {
                    set(&mut self.negated, clauses.len());
                }
                clauses.push(clause);
            }
            match part {
                Part::Clause(_) => add(&mut alone, &bits),
                Part::Group(join, _) if bits != Bits::default() => self.groups.push((*join, bits)),
                Part::Group(..) => {}
            }
        }
        if alone != Bits::default() {
            self.groups.insert(0, (filter.join, alone));
        }
        clauses
    }

    /// What is not applied, and why.
    pub fn ignored(&self) -> &[(Field, Ignored)] {
        &self.ignored
    }

    /// Whether all cells pass.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Whether a cell of mail flow passes.
    pub fn flow(&self, cell: &FlowCell) -> bool {
        self.test(|lookup| match lookup.kind {
            FieldKind::Text => text_place(lookup.field.flow_text(cell)),
            FieldKind::Choice => lookup.field.flow_choice(cell),
            FieldKind::Day => lookup.day_place(cell.day()),
            _ => (self.flow_row)(cell, self.texts),
        })
    }

    /// Whether a cell of SMTP AUTH passes, whose day is known.
    pub fn submission(&self, cell: &SubmissionCell) -> bool {
        self.test(|lookup| self.submission_place(lookup, cell))
    }

    fn submission_place(&self, lookup: &Lookup, cell: &SubmissionCell) -> usize {
        match lookup.kind {
            FieldKind::Text => text_place(lookup.field.submission_text(cell)),
            FieldKind::Choice => lookup.field.submission_choice(cell),
            FieldKind::Day => lookup.day_place(cell.day()),
            _ => (self.submission_row)(cell, self.texts),
        }
    }

    /// The same of one that counts several days.
    pub fn submission_of(&self, cell: &SubmissionCell, block: Option<(Day, Day)>) -> bool {
        let Some((first, last)) = block else { return self.submission(cell) };
        let mut found = self.negated;
        for lookup in &self.lookups {
            if lookup.kind == FieldKind::Day {
                let within = |(from, to, _): &&(Day, Day, usize)| *from <= first && last <= *to;
                self.days.iter().filter(within).for_each(|(.., bit)| set(&mut found, *bit));
            } else {
                lookup.toggle(self.submission_place(lookup, cell), &mut found);
            }
        }
        self.is_empty() || self.holds(&found)
    }

    /// Whether a cell passes that has these places. Cells that are alike in all
    /// that is tested are tested once.
    fn test(&self, place: impl Fn(&Lookup) -> usize) -> bool {
        if self.is_empty() {
            return true;
        }
        let alike = |at: usize, lookup: &Lookup| at * lookup.slots() + lookup.slot(place(lookup));
        let known = (!self.known.is_empty())
            .then(|| self.known.get(self.lookups.iter().fold(0, alike)))
            .flatten();
        if let Some(holds) = known.and_then(Cell::get) {
            return holds;
        }
        let mut found = self.negated;
        for lookup in &self.lookups {
            lookup.toggle(place(lookup), &mut found);
        }
        let holds = self.holds(&found);
        if let Some(known) = known {
            known.set(Some(holds));
        }
        holds
    }

    fn holds(&self, found: &Bits) -> bool {
        let group = |(join, bits): &(Join, Bits)| {
            let mut pairs = found.iter().zip(bits);
            match join {
                Join::All => pairs.all(|(found, bits)| found & bits == *bits),
                Join::Any => pairs.any(|(found, bits)| found & bits != 0),
            }
        };
        match self.join {
            Join::All => self.groups.iter().all(group),
            Join::Any => self.groups.iter().any(group),
        }
    }
}

/// Why clauses on a field are not applied; `told` is whether any cell tells.
fn why(field: Field, has: bool, before: bool, told: &dyn Fn() -> bool) -> Option<Ignored> {
    match field {
        _ if !has => Some(Ignored::NotInReport),
        Field::Change => (!before).then_some(Ignored::NothingBefore),
        Field::Date | Field::Volume => None,
        _ => (!told()).then_some(Ignored::NotInData),
    }
}

fn set(bits: &mut Bits, bit: usize) {
    if let Some(word) = bits.get_mut(bit / 64) {
        *word |= 1 << (bit % 64);
    }
}

fn add(bits: &mut Bits, more: &Bits) {
    for (word, more) in bits.iter_mut().zip(more) {
        *word |= more;
    }
}

fn text_place(text: Option<Text>) -> usize {
    text.map_or(0, |text| text.index() + 1)
}

/// The first and last day for which a clause holds.
fn days(clause: &Clause, bit: usize) -> (Day, Day, usize) {
    let value = Day::parse(&clause.value).unwrap_or(Day(0));
    let (first, last) = match clause.verb {
        Verb::LessThan => (Day(i32::MIN), value.plus(-1)),
        Verb::MoreThan => (value.plus(1), Day(i32::MAX)),
        Verb::Between => (value, Day::parse(&clause.to).unwrap_or(value)),
        _ => (value, value),
    };
    (first, last, bit)
}

impl Lookup {
    fn new(field: Field, places: usize) -> Self {
        let (kind, first) = (field.kind(), Day(0));
        Self { field, kind, places: vec![0; places], bits: Vec::new(), first }
    }

    /// The clauses whose bits are `bits` hold for the value in `place`.
    fn put(&mut self, place: usize, bits: Bits) {
        if bits == Bits::default() {
            return;
        }
        // Of many that are alike, one is kept.
        let start = self.bits.len().saturating_sub(ALIKE);
        let known = self.bits.iter().skip(start).position(|known| *known == bits);
        let slot = known.map_or(self.bits.len(), |at| start + at) + 1;
        if known.is_none() {
            self.bits.push(bits);
        }
        if let Some(place) = self.places.get_mut(place) {
            *place = u32::try_from(slot).unwrap_or(0);
        }
    }

    /// How many slots there are, with that in which no clause holds.
    const fn slots(&self) -> usize {
        self.bits.len() + 1
    }

    /// The slot of the value in `place`.
    fn slot(&self, place: usize) -> usize {
        self.places.get(place).map_or(0, |slot| *slot as usize)
    }

    /// Turns the bits of the value in `place`: those of negations are set before.
    fn toggle(&self, place: usize, found: &mut Bits) {
        if let Some(bits) = self.slot(place).checked_sub(1).and_then(|at| self.bits.get(at)) {
            for (word, bits) in found.iter_mut().zip(bits) {
                *word ^= bits;
            }
        }
    }

    fn of_texts(field: Field, clauses: &[(usize, &Clause)], tally: &Tally) -> Self {
        let mut lookup = Self::new(field, tally.texts() + 1);
        let as_written = field == Field::Connector;
        let same = |clause: &Clause| matches!(clause.verb, Verb::Is | Verb::IsNot);
        let mut whole: Vec<(String, usize)> = Vec::new();
        let mut parts: Vec<(Verb, String, usize)> = Vec::new();
        let mut silence = Bits::default();
        for (bit, clause) in clauses {
            match (same(clause), clause.value.is_empty()) {
                (true, true) => set(&mut silence, *bit),
                (true, false) if as_written => whole.push((clause.value.clone(), *bit)),
                (true, false) => whole.push((lower(&clause.value), *bit)),
                (false, _) => parts.push((clause.verb, lower(&clause.value), *bit)),
            }
        }
        sort_by(&mut whole, &|a, b| a.0.cmp(&b.0));
        // An address that the source leaves out is the empty text.
        lookup.put(0, silence);
        lookup.put(1, silence);
        for index in 1..tally.texts() {
            let Some(text) = Text::at(index).map(|text| tally.text(text)) else { continue };
            let in_lower_case =
                if as_written && parts.is_empty() { None } else { Some(lower(text)) };
            let small = in_lower_case.as_deref().unwrap_or(text);
            let exact = if as_written { text } else { small };
            let mut bits = Bits::default();
            let from = whole.partition_point(|(value, _)| value.as_str() < exact);
            let equal = whole.iter().skip(from).take_while(|(value, _)| value == exact);
            equal.for_each(|(_, bit)| set(&mut bits, *bit));
            for (verb, part, bit) in &parts {
                let holds = match verb {
                    Verb::StartsWith => small.starts_with(part.as_str()),
                    Verb::EndsWith => small.ends_with(part.as_str()),
                    _ => small.contains(part.as_str()),
                };
                if holds {
                    set(&mut bits, *bit);
                }
            }
            lookup.put(index + 1, bits);
        }
        lookup
    }

    fn of_choices(field: Field, clauses: &[(usize, &Clause)]) -> Self {
        let codes = field.codes();
        let mut lookup = Self::new(field, codes.len());
        for (place, code) in codes.into_iter().enumerate() {
            let mut bits = Bits::default();
            let holding = clauses.iter().filter(|(_, clause)| clause.value == code);
            holding.for_each(|(bit, _)| set(&mut bits, *bit));
            lookup.put(place, bits);
        }
        lookup
    }

    fn of_days(days: &[(Day, Day, usize)], ends: Option<(Day, Day)>) -> Self {
        let (first, last) = ends.unwrap_or((Day(0), Day(-1)));
        let count = usize::try_from(last.0.saturating_sub(first.0)).map_or(0, |days| days + 1);
        let mut lookup = Self::new(Field::Date, count);
        lookup.first = first;
        for (place, day) in (first.0..=last.0).map(Day).enumerate() {
            let mut bits = Bits::default();
            let within = days.iter().filter(|(from, to, _)| *from <= day && day <= *to);
            within.for_each(|(.., bit)| set(&mut bits, *bit));
            lookup.put(place, bits);
        }
        lookup
    }

    fn day_place(&self, day: Day) -> usize {
        usize::try_from(day.0.saturating_sub(self.first.0)).unwrap_or(usize::MAX)
    }

    fn of_rows(field: Field, clauses: &[(usize, &Clause)], rows: &[Group]) -> Self {
        let keys = rows.iter().map(|row| row.key + 1).max().unwrap_or(0);
        let mut lookup = Self::new(field, keys);
        let ends: Vec<_> = clauses.iter().map(|(bit, clause)| (*bit, numbers(clause))).collect();
        for row in rows {
            let mut bits = Bits::default();
            for (bit, (verb, from, to)) in &ends {
                if row_holds(field, row, *verb, *from, *to) {
                    set(&mut bits, *bit);
                }
            }
            lookup.put(row.key, bits);
        }
        lookup
    }
}

/// The test of a clause, and its one or two numbers.
fn numbers(clause: &Clause) -> (Verb, i128, i128) {
    let number = |text: &str| i128::from(clause.field.kind().number(text).unwrap_or(0));
    (clause.verb, number(&clause.value), number(&clause.to))
}

fn row_holds(field: Field, row: &Group, verb: Verb, from: i128, to: i128) -> bool {
    // Both sides times the whole, so that shares are exact.
    let (number, whole) = match field {
        Field::Count(state) => (i128::from(row.now.get(state)), 1),
        Field::Share(state) => share(row, state),
        Field::Change => (i128::from(row.now.volume()) - i128::from(row.before.volume()), 1),
        _ => (i128::from(row.now.volume()), 1),
    };
    if whole == 0 {
        return false;
    }
    let (from, to) = (from * whole, to * whole);
    match verb {
        Verb::MoreThan => number > from,
        Verb::LessThan => number < from,
        Verb::Between => from <= number && number <= to,
        _ => number == from,
    }
}

/// A share in thousandths of a percent, times the whole, and the whole.
fn share(row: &Group, state: TlsState) -> (i128, i128) {
    (i128::from(row.now.get(state)) * 100_000, i128::from(row.now.recorded()))
}
