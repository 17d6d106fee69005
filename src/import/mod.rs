//! Bytes to observations: opening, recognising, reading, and the account of
//! rows. One file per format in `formats`.

mod columns;
mod csv;
mod formats;
pub mod open;
mod reader;
mod recognise;
mod time;

pub use open::{MemorySource, ReadError, Source};
pub use reader::{Pause, Settings, Sink, read_file};
