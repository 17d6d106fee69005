//! Reading files: what was dropped, the worker that reads it, and what to do
//! when that worker dies.

mod call;
mod collect;
mod grouping;
mod intake;
mod link;
mod pages;
mod signals;
mod source;

pub(super) use call::{Call, Said as HostSaid, clock_time, is_token};
pub(super) use collect::{Collected, Found, collect};
pub(super) use grouping::Grouping;
pub(super) use intake::{Effect, Intake, Work};
pub(super) use link::{Cause, Link, Said};
pub(super) use pages::{Asking, Kept, file_of};
pub(super) use signals::{Signals, after_paint, mark};
pub(super) use source::{Source, is_one_file};
