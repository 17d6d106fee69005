//! Filters (RP-08): clauses that combine by "all" or "any", in groups.
//!
//! What a filter means:
//!
//! 1. It is asked of every cell. A text, a choice and the day are the cell's
//!    own. A number is that of the row (connector, sender) to which the cell
//!    belongs, in the period, before anything is filtered. So chart, table,
//!    totals, insights and export all are of the messages that pass, however
//!    clauses are nested, in the period and in the one before.
//! 2. `is` compares in lower case, but for names of connectors, which are
//!    compared as written. `contains`, `starts with` and `ends with` ignore
//!    case everywhere.
//! 3. Where a source is silent, `is` holds for the empty value alone, and `is
//!    not` for every other.
//! 4. `between` includes both ends, `more than` and `less than` do not. A share
//!    is one of what is recorded; a row of which nothing is recorded has none,
//!    and passes no test of it.
//! 5. Counts of several days pass a test of the day where all of the days do.
//! 6. A clause on what the report or the data does not have is not applied, as
//!    if it were not there, and the report says so: an empty report would
//!    mislead.

mod compiled;
mod field;
mod known;
mod written;

use serde::{Deserialize, Serialize};

pub(super) use compiled::RowsOf;
pub use compiled::{Compiled, Ignored};
pub use field::{Field, FieldKind};
pub use known::{KNOWN_VALUES, known_values};

use crate::mail::Day;

/// A filter has no more clauses than these.
pub const MOST_CLAUSES: usize = 200;

/// Which messages pass. The default lets all pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Whether all parts must hold, or any.
    pub join: Join,
    /// Clauses and groups of them.
    pub parts: Vec<Part>,
}

/// How the parts of a filter or group combine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Join {
    /// All of them hold.
    #[default]
    All,
    /// At least one of them holds.
    Any,
}

/// A part of a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// One test.
    Clause(Clause),
    /// Several tests that combine in their own way. Groups hold no groups.
    Group(Join, Vec<Clause>),
}

/// One test of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    field: Field,
    verb: Verb,
    /// As [`Clause::new`] takes it.
    value: String,
    /// The other end, of "between" alone.
    to: String,
}

/// What is tested of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verb {
    /// It is the value.
    Is,
    /// It is another, or silent.
    IsNot,
    /// It holds the text.
    Contains,
    /// It starts with the text.
    StartsWith,
    /// It ends with the text.
    EndsWith,
    /// It is more; of a day: later.
    MoreThan,
    /// It is less; of a day: before.
    LessThan,
    /// It is one of the ends, or between them.
    Between,
}

/// Why a clause makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The field has no such test.
    NoSuchTest,
    /// The test needs a value.
    Empty,
    /// The value is not of the field's kind.
    NotOfKind,
}

impl Filter {
    /// A filter of those parts, without groups in which nothing is.
    pub fn new(join: Join, mut parts: Vec<Part>) -> Self {
        parts.retain(|part| !matches!(part, Part::Group(_, clauses) if clauses.is_empty()));
        if parts.is_empty() { Self::default() } else { Self { join, parts } }
    }

    /// Whether it lets all pass.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The same without clauses on some fields.
    pub(super) fn without(&self, left_out: &dyn Fn(Field) -> bool) -> Self {
        let parts = self.parts.iter().filter_map(|part| match part {
            Part::Clause(clause) => (!left_out(clause.field)).then(|| part.clone()),
            Part::Group(join, clauses) => {
                let stays = |clause: &&Clause| !left_out(clause.field);
                Some(Part::Group(*join, clauses.iter().filter(stays).cloned().collect()))
            }
        });
        Self::new(self.join, parts.collect())
    }

    /// All clauses, those of groups too.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.parts.iter().flat_map(Part::clauses)
    }
}

impl Part {
    fn clauses(&self) -> &[Clause] {
        match self {
            Self::Clause(clause) => std::slice::from_ref(clause),
            Self::Group(_, clauses) => clauses,
        }
    }
}

impl Clause {
    /// A test of `field`. A `value` is a text; the code of a choice
    /// ([`Field::codes`]); a day such as `2026-09-03`; a number of messages; a
    /// share in percent with up to three decimals. Empty, it is what a silent
    /// source says. `to` is the other end of "between".
    ///
    /// # Errors
    /// If that makes no sense.
    pub fn new(field: Field, verb: Verb, value: &str, to: &str) -> Result<Self, Fault> {
        if !field.verbs().contains(&verb) {
            return Err(Fault::NoSuchTest);
        }
        let mut value = value_of(field, verb, value)?;
        let mut to = if verb == Verb::Between { value_of(field, verb, to)? } else { String::new() };
        let turned = match field.kind() {
            FieldKind::Day => Day::parse(&to) < Day::parse(&value),
            kind => kind.number(&to) < kind.number(&value),
        };
        if verb == Verb::Between && turned {
            std::mem::swap(&mut value, &mut to);
        }
        Ok(Self { field, verb, value, to })
    }

    /// What is tested.
    pub const fn field(&self) -> Field {
        self.field
    }

    /// How.
    pub const fn verb(&self) -> Verb {
        self.verb
    }

    /// With what.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The other end of "between"; else empty.
    pub fn to(&self) -> &str {
        &self.to
    }
}

/// A value in the one way of writing it.
fn value_of(field: Field, verb: Verb, value: &str) -> Result<String, Fault> {
    let kind = field.kind();
    let silence = matches!(kind, FieldKind::Text | FieldKind::Choice)
        && matches!(verb, Verb::Is | Verb::IsNot);
    if value.is_empty() && !silence {
        return Err(Fault::Empty);
    }
    let written = match kind {
        FieldKind::Text => Some(value.to_owned()),
        FieldKind::Choice => {
            let codes = field.codes();
            let silent = codes.get(field.silent_choice()).filter(|_| value.is_empty());
            let code = silent.or_else(|| codes.iter().find(|code| **code == value));
            code.map(|code| (*code).to_owned())
        }
        FieldKind::Day => Day::parse(value).map(|day| day.to_string()),
        kind => kind.number(value).map(|number| kind.written(number)),
    };
    written.ok_or(Fault::NotOfKind)
}

impl Join {
    const CODES: [(Self, &str); 2] = [(Self::All, "all"), (Self::Any, "any")];

    fn code(self) -> &'static str {
        if self == Self::All { "all" } else { "any" }
    }

    fn of_code(code: &str) -> Option<Self> {
        Self::CODES.iter().find(|(_, known)| *known == code).map(|(join, _)| *join)
    }
}

impl Verb {
    /// All of them, with their words in addresses.
    const CODES: [(Self, &'static str); 8] = [
        (Self::Is, "is"),
        (Self::IsNot, "not"),
        (Self::Contains, "has"),
        (Self::StartsWith, "starts"),
        (Self::EndsWith, "ends"),
        (Self::MoreThan, "gt"),
        (Self::LessThan, "lt"),
        (Self::Between, "between"),
    ];

    /// Its word in addresses.
    pub fn code(self) -> &'static str {
        Self::CODES.iter().find(|(verb, _)| *verb == self).map_or("", |(_, code)| code)
    }

    /// The test of that word.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::CODES.iter().find(|(_, known)| *known == code).map(|(verb, _)| *verb)
    }
}
