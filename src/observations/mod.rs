//! What readers tell, as lines of JSON, and back: to join and count it
//! elsewhere, or to hand it to another tool.
//!
//! `docs/observations.md` describes the records.

mod codes;
mod keys;
mod read;
mod record;
mod write;

pub use keys::{Link, Links};
pub use read::{Fault, Reader};
pub use write::{Form, Router, Writer};

/// The version of the records.
const VERSION: u32 = 1;
