//! Messages that an export counted.

use serde::{Deserialize, Serialize};

use super::Keys;
use super::crossing::Crossed;
use crate::mail::{Aggregate, Day, TlsState};

/// Messages that an export counted.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names of the field")]
pub(in super::super) struct Counts<'a> {
    pub(in super::super) file: u32,
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(in super::super) keys: Keys,
    first_day: Day,
    last_day: Day,
    dated: bool,
    #[serde(borrow)]
    crossing: Crossed<'a>,
    /// By TLS, in the order of [`TlsState::ALL`].
    counts: [u64; TlsState::ALL.len()],
    rounded: bool,
    yields: bool,
}

impl<'a> Counts<'a> {
    pub(in super::super) fn of(file: u32, keys: Keys, told: &Aggregate<'a>) -> Self {
        Self {
            file,
            keys,
            first_day: told.days.0,
            last_day: told.days.1,
            dated: told.dated,
            crossing: Crossed::of(&told.crossing),
            counts: told.counts,
            rounded: told.rounded,
            yields: told.yields,
        }
    }

    pub(in super::super) fn aggregate(&self) -> Aggregate<'_> {
        Aggregate {
            days: (self.first_day, self.last_day),
            dated: self.dated,
            crossing: self.crossing.crossing(),
            counts: self.counts,
            rounded: self.rounded,
            yields: self.yields,
        }
    }
}
