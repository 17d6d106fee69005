//! Counting: rows of one message are joined, second copies left out, and what
//! remains is counted in cells.
//!
//! How messages are counted, in one place:
//!
//! 1. A message counts once per (direction, connector, TLS state) that it is
//!    known to have crossed. Rows and recipients never multiply it.
//! 2. Within one message and direction a named connector replaces none, a
//!    recorded TLS state replaces "version not stated", which replaces "not
//!    recorded"; two different recorded states stay two. (`resolve.rs`)
//! 3. Network message id and Message-ID are aliases of one message. In
//!    one-row-per-message files the same id from the same sender at another
//!    second is another message. (`store.rs`)
//! 4. Rows without any id: identical rows of one file all count, of another
//!    file they are duplicates.
//! 5. Counts that an export made itself stand where no row tells of messages
//!    of their day and direction. (`aggregates.rs`)
//! 6. What was counted elsewhere, in cells without ids, counts once a part, and
//!    parts add up. (`ready.rs`)
//! 7. What other organizations report are sessions, apart from all messages; a
//!    second copy of a report counts nothing. (`tls_reports.rs`)
//!
//! Nothing here depends on the order in which rows or files come, but for one
//! thing that is settled by the order of the files in the list: which file is
//! credited with a row that several hold.

mod aggregates;
mod cells;
mod facts;
mod groups;
mod intern;
mod kept;
mod own_domains;
mod partial;
mod ready;
mod resolve;
mod sent;
mod store;
mod threads;
mod tls_reports;
mod view;

pub use cells::{
    Block, Covered, Credit, FileSpans, FlowCell, Overlap, RefusedCell, SubmissionCell, Tally, Text,
};
pub use own_domains::DomainEvidence;
pub use partial::{Partial, PartialCounter};
pub use sent::Sent;
pub use store::Store;
