//! Messages a day.

use super::period::Coverage;
use super::{NAMED_SERIES, Only, Period, Series};
use crate::mail::Day;

/// The groups that get a series of their own, of those in order, and how many
/// others there are.
pub(super) fn limited(order: &[usize]) -> (&[usize], u32) {
    let (named, others) = order.split_at(order.len().min(NAMED_SERIES));
    (named, u32::try_from(others.len()).unwrap_or(u32::MAX))
}

/// The series of `named` groups and of all others. Cells are: group, day,
/// messages.
pub(super) fn by_day(
    coverage: &Coverage,
    period: &Period,
    named: &[usize],
    others: u32,
    cells: &mut dyn Iterator<Item = (usize, Day, u64)>,
    name: &dyn Fn(usize) -> Only,
) -> Vec<Series> {
    let days: Vec<Option<u64>> =
        (period.first.0..=period.last.0).map(|day| coverage.holds(Day(day)).then_some(0)).collect();
    let mut series: Vec<Series> =
        named.iter().map(|group| Series { of: Some(name(*group)), days: days.clone() }).collect();
    if others > 0 {
        series.push(Series { of: None, days });
    }
    let mut places = Vec::new();
    for (place, group) in named.iter().enumerate() {
        if places.len() <= *group {
            places.resize(*group + 1, named.len());
        }
        places[*group] = place;
    }
    for (group, day, messages) in cells {
        let place = places.get(group).copied().unwrap_or(named.len());
        let (Some(series), Some(index)) = (series.get_mut(place), period.index(day)) else {
            continue;
        };
        if let Some(count) = series.days.get_mut(index) {
            // A day with mail is a day with data, whatever the spans say.
            *count = Some(count.unwrap_or(0) + messages);
        }
    }
    series
}
