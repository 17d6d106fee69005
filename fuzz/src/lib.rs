//! The targets of fuzzing: `tests/corpus.rs` runs the same on what is kept of
//! the inputs that it found.

#[cfg(feature = "program")]
mod targets;

#[cfg(feature = "program")]
pub use targets::*;
