//! Bytes to observations: opening, recognising, reading, and the account of
//! rows. One file per format in `formats`.

mod bytes;
mod columns;
mod csv;
mod document;
mod dropped;
mod formats;
mod json;
mod lines;
mod log_clock;
mod look;
mod mail_file;
mod mail_message;
mod mapping_file;
mod ndjson;
mod objects;
pub mod open;
mod particulars;
mod reader;
mod recognise;
mod saved;
mod sink;
mod syslog;
mod table;
mod time;
mod unpack;

pub use document::json_text;
pub use dropped::{files_in, read_file};
pub use look::preview;
pub use mapping_file::read_mapping;
pub use open::{MemorySource, ReadError, Source};
pub use reader::{Slice, SliceRead, SliceReader, SlicedFile, claims};
pub use saved::{saved_body, saved_file};
pub use sink::{Pause, Settings, Sink};
