//! The account of rows: what became of every row of every file.
//!
//! `rows = messages + joined + policies + duplicates + no_mail + unreadable`,
//! always. A row of an SMTP TLS report is a policy, and opens no message.
//! Header, comment, `sep=` and blank lines are not rows; a file that is not
//! recognised has no format, no rows and a [`Problem`].

mod field;
mod file_account;
mod mapping;
mod notes;
mod owners;
mod preview;
mod problem;
mod reasons;
mod warning;

pub use field::Field;
pub use file_account::{Elsewhere, FileAccount, Hop};
pub use mapping::{DateOrder, Mapping, MappingFault};
pub use notes::{ColumnUse, Gap, Inference, Unfamiliar};
pub use owners::Owners;
pub use preview::{Preview, WordUse};
pub use problem::{
    ColumnsNeeded, DOCUMENT_FORMAT, DocumentFault, FileKind, Problem, SAVED_FORMAT, SavedFault,
};
pub use reasons::{Example, LeftOut, MAX_ROW_BYTES, NoMail, Unreadable};
pub use warning::Warning;
