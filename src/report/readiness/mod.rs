//! Readiness (RP-04): what breaks if something old is switched off, as figures
//! and as a work list.
//!
//! A message is judged where it crosses the border, and where a client hands it
//! in: one that does both is two connections, and is counted as two.

mod answer;
mod atoms;
mod card;
mod dates;
mod keys;
mod list;
mod policy;
mod query;
mod rows;
mod thing;
mod things;
mod written;

pub use answer::{Readiness, ReadinessAnswer, Source, readiness};
pub use atoms::Ground;
pub(super) use card::readiness_card;
pub use card::{ReadinessCard, ReadinessLine};
pub use dates::{POLICY_DATES, PolicyDate, PolicyEvent, PolicyTime};
pub use policy::Policy;
pub use query::{ReadinessColumn, ReadinessQuery, ReadinessSort};
pub use rows::{Listed, ReadinessRow, ReadinessWords};
pub use thing::{Done, Thing, ThingKind};
pub use things::Outcome;
