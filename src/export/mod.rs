//! Figures as files: so far the JSON of the whole tally.

#[cfg(any(feature = "program", feature = "worker"))]
mod json;

#[cfg(any(feature = "program", feature = "worker"))]
pub use json::tally_json;
