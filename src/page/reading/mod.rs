//! Reading files: what was dropped, the worker that reads it, and what to do
//! when that worker dies.

mod call;
mod collect;
mod grouping;
mod intake;
mod link;
mod signals;

pub(super) use call::{Call, answered, is_one_file};
pub(super) use collect::{Found, collect};
pub(super) use grouping::Grouping;
pub(super) use intake::{Effect, Intake, Work};
pub(super) use link::{Link, Said};
pub(super) use signals::{Signals, after_paint, mark};
