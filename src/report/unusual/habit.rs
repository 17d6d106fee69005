//! Days and hours far above a sender's own habit.

use super::thresholds::{ABOVE_RARE, ACTIVE, BURST, HABIT, MANY};
use super::{FindingKind, Found, Sender};
use crate::mail::Day;
use crate::order::sort_by;

/// The day that is farthest above the habit.
pub(super) fn above_habit(sender: &Sender<'_>) -> Found {
    let mut best: Found = None;
    for (day, messages) in sender.judged() {
        if messages < MANY || best.as_ref().is_some_and(|best| best.1 >= messages) {
            continue;
        }
        let habit = sender.habit(day);
        if habit.is_empty() || !sender.is_known_time(day) {
            continue;
        }
        let mut counts: Vec<u64> = habit.iter().map(|(_, messages)| *messages).collect();
        sort_by(&mut counts, &Ord::cmp);
        let usual = counts.get(counts.len() / 2).copied().unwrap_or(0);
        let highest = counts.last().copied().unwrap_or(0);
        let (times, least) =
            if counts.len() < ACTIVE { ABOVE_RARE } else { (sender.times(day), MANY) };
        if messages >= least && messages >= highest * times {
            best = Some((day, messages, FindingKind::AboveHabit { usual, highest }));
        }
    }
    best
}

/// The hour that is farthest above all hours before.
pub(super) fn burst(sender: &Sender<'_>) -> Found {
    let mut hours: Vec<(u32, u64)> = Vec::new();
    for cell in &sender.cells {
        match hours.last_mut() {
            Some((hour, messages)) if *hour == cell.hour => *messages += cell.messages,
            _ => hours.push((cell.hour, cell.messages)),
        }
    }
    // Whole days in one hour are no hours.
    let first = hours.first().map_or(0, |(hour, _)| hour % 24);
    if hours.iter().all(|(hour, _)| hour % 24 == first) {
        return None;
    }
    let mut best: Found = None;
    for (index, (hour, messages)) in hours.iter().enumerate() {
        let (hour, messages) = (*hour, *messages);
        let day = Day::of_hour(hour);
        let is_best = best.as_ref().is_none_or(|best| best.1 < messages);
        if messages < BURST || !sender.period.holds(day) || !is_best || !sender.is_known_time(day) {
            continue;
        }
        let before = hours.get(..index).unwrap_or_default().iter();
        let habit = before.filter(|(hour, _)| Day::of_hour(*hour) >= day.plus(-HABIT));
        let highest = habit.map(|(_, messages)| *messages).max().unwrap_or(0);
        // One day that is no burst by itself must not be one by its hours.
        let usual = sender.habit(day).len() >= ACTIVE;
        if usual && messages >= highest * sender.times(day) {
            best = Some((day, messages, FindingKind::Burst { hour: hour % 24, highest }));
        }
    }
    best
}
