use serde::{Deserialize, Serialize};

use crate::mail::{Day, Direction};

/// Something a person should know of a file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Warning {
    /// Exactly as many rows as the service puts into one file at most.
    ProbablyCut {
        /// Rows of the file.
        rows: u64,
    },
    /// Rows later than tomorrow; they do not move the "last 7 days".
    FutureRows {
        /// How many.
        rows: u64,
        /// The latest day.
        latest: Day,
    },
    /// The file ends inside a row, a compressed stream or a character.
    CutOff,
    /// Bytes after the end of the compressed data were left out.
    TrailingBytes {
        /// How many.
        bytes: u64,
    },
    /// Unpacking stopped at the limit.
    UnpackLimit {
        /// The limit in bytes.
        limit: u64,
    },
    /// The compressed data is damaged from here on.
    DamagedArchive,
    /// The file changed or went away while it was read.
    Changed {
        /// What the system says.
        detail: String,
    },
    /// Reading was cancelled here.
    Cancelled,
    /// Some bytes are not of the encoding that the file starts in.
    MixedEncoding {
        /// How many values were affected.
        values: u64,
    },
    /// It counts messages without ids, of days of which others count messages,
    /// too: some may count twice.
    MayCountTwice {
        /// Which way they went.
        direction: Direction,
        /// First and last such UTC day.
        days: (Day, Day),
        /// How many days there are.
        count: u32,
    },
    /// Mails without a `Received` header field: they tell nothing.
    NoReceived {
        /// How many.
        mails: u64,
    },
}

impl Warning {
    /// Whether it is of what was counted apart and comes together.
    pub const fn is_of_merging(&self) -> bool {
        matches!(self, Self::MayCountTwice { .. })
    }
}
