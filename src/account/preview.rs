use serde::{Deserialize, Serialize};

use super::{ColumnsNeeded, Field, LeftOut, Mapping, Problem};
use crate::mail::{Direction, TlsState};

/// What would be read of the beginning of a file with a mapping.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Its columns, as they are taken; `None` where it is no table.
    pub table: Option<ColumnsNeeded>,
    /// The mapping with which it is read: what was given, or what the person
    /// had remembered for its header.
    pub mapping: Mapping,
    /// Rows that were looked at.
    pub rows: u64,
    /// Whether they are all there are.
    pub whole: bool,
    /// Rows that would be left out, by reason.
    pub left_out: Vec<(LeftOut, u64)>,
    /// Messages by direction, none with zero.
    pub directions: Vec<(Direction, u64)>,
    /// Messages by TLS, none with zero.
    pub tls: Vec<(TlsState, u64)>,
    /// Seconds of the first rows that would be read.
    pub times: Vec<u32>,
    /// The words of columns that hold words ([`Field::holds_words`]), by
    /// column, those of most rows first.
    pub words: Vec<WordUse>,
    /// Why nothing would be read.
    pub problem: Option<Problem>,
}

impl Preview {
    /// Rows that would be read.
    pub fn read(&self) -> u64 {
        self.rows - self.left_out.iter().map(|(_, rows)| rows).sum::<u64>().min(self.rows)
    }
}

/// A word of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordUse {
    /// The column.
    pub field: Field,
    /// The word, as written.
    pub word: String,
    /// How many rows hold it.
    pub rows: u64,
    /// The code of what readers take it for by themselves; `None` where they
    /// do not know it.
    pub meaning: Option<String>,
}
