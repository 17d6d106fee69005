//! What is to be said beside the figures of a card or report, where exports
//! that count by themselves are among the files.

use serde::{Deserialize, Serialize};

use super::Period;
use crate::mail::{Day, Direction};
use crate::tally::Tally;

/// What is to be said beside figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remarks {
    /// Messages that exports count for days of which other files have the
    /// messages, and how many those are.
    pub covered: Option<(u64, u64)>,
    /// First and last day of counts that are not in the figures: only some of
    /// their days are in the period, and which messages are of which day is
    /// not known.
    pub not_included: Option<(Day, Day)>,
    /// Messages of the figures whose day is not known: they are in no chart of
    /// days.
    pub undated: u64,
}

impl Remarks {
    /// Beside figures of mail flow, or of submissions, in a period.
    pub(super) fn new(tally: &Tally, period: &Period, submissions: bool) -> Self {
        let mut remarks = Self::default();
        let mut last = None;
        for covered in &tally.covered {
            let of_report = (covered.direction == Direction::Submission) == submissions;
            if !of_report || !period.contains(covered.days) {
                continue;
            }
            let (aggregates, messages) = remarks.covered.get_or_insert_default();
            *aggregates += covered.aggregates;
            // Several files may be covered by the same messages.
            if last != Some((covered.days, covered.direction)) {
                *messages += covered.messages;
            }
            last = Some((covered.days, covered.direction));
        }
        for block in tally.blocks.iter().filter(|_| submissions) {
            let (first, last) = block.days;
            if period.contains(block.days) {
                remarks.undated += block.cell.messages;
            } else if first <= period.last && period.first <= last {
                let known = remarks.not_included.unwrap_or(block.days);
                remarks.not_included = Some((known.0.min(first), known.1.max(last)));
            }
        }
        remarks
    }
}
