//! Mail messages (RFC 5322) and their parts (MIME, RFC 2045 to 2049) as a
//! stream: line by line, of which only what is asked for is held.

mod header;
mod lines;
mod parts;

pub(super) use header::{Field, FieldLine, Header, field_name};
pub(super) use lines::{Lines, Piece};
pub(super) use parts::{Head, Part, Parts};

#[cfg(test)]
mod tests;
