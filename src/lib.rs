//! mailflow: what mail traces and mail server logs say about transport
//! security. `ARCHITECTURE.md` shows the rooms and the way the data goes.

pub mod account;
pub mod answer;
pub mod engine;
pub mod export;
pub mod import;
pub mod json;
pub mod mail;
#[cfg(feature = "page")]
pub mod messages;
#[cfg(feature = "program")]
pub mod observations;
pub mod order;
#[cfg(feature = "page")]
pub mod page;
pub mod report;
pub mod sample;
pub mod tally;
pub mod text;
#[cfg(feature = "page")]
pub mod worker;
