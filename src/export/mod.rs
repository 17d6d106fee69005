//! Figures as files: tables for spreadsheets and the clipboard, a mail draft
//! that carries them, and the JSON of the whole tally.

mod address;
mod cells;
mod csv;
mod detailed;
mod json;
mod mail_draft;
mod markdown;
mod readiness;
mod sent;
mod table;

pub use self::address::{Address, address, addresses};
pub use self::cells::cells_json;
pub use self::csv::{Cell, csv, tsv};
pub use self::detailed::{DraftWords, detailed_csv, detailed_draft, detailed_mail, detailed_name};
pub use self::json::tally_json;
pub use self::mail_draft::{Attachment, Draft};
pub use self::markdown::markdown;
pub use self::readiness::{readiness_csv, readiness_markdown, readiness_tsv};
pub use self::sent::{sent_csv, sent_markdown, sent_tsv};
pub use self::table::{COPIED_ROWS, table_csv, table_markdown, table_tsv};
