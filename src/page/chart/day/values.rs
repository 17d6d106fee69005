//! What is drawn of the numbers: where lines are broken, and how bands lie on
//! each other.

use std::ops::Range;

/// Numbers of the days; `None` where no file covers the day.
pub(super) type Days = Vec<Option<u64>>;

/// The days without a break that are covered.
pub(super) fn runs(days: &[Option<u64>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (index, value) in days.iter().enumerate() {
        match runs.last_mut() {
            _ if value.is_none() => {}
            Some(run) if run.end == index => run.end += 1,
            _ => runs.push(index..index + 1),
        }
    }
    runs
}

/// Whether a day has no neighbour: neither line nor area would show it.
pub(super) fn is_alone(run: &Range<usize>) -> bool {
    run.len() == 1
}

/// Where the bands end at the top, each on those before it. A day that some
/// series covers counts as none in the others, so that bands have no steps.
pub(super) fn stack(series: &[&[Option<u64>]]) -> Vec<Days> {
    let mut top = sum_of_nothing(series);
    let mut tops = Vec::with_capacity(series.len());
    for days in series {
        for (sum, value) in top.iter_mut().zip(*days) {
            *sum = sum.map(|sum| sum.saturating_add(value.unwrap_or(0)));
        }
        tops.push(top.clone());
    }
    tops
}

/// Zero on the days that any series covers: what the first band lies on.
pub(super) fn sum_of_nothing(series: &[&[Option<u64>]]) -> Days {
    let mut sum = Vec::new();
    for days in series {
        sum.resize(days.len().max(sum.len()), None);
        for (sum, value) in sum.iter_mut().zip(*days) {
            *sum = sum.or(value.map(|_| 0));
        }
    }
    sum
}

/// The greatest number.
pub(super) fn most(days: &[Option<u64>]) -> u64 {
    days.iter().copied().flatten().max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{most, runs, stack};

    #[test]
    fn a_day_without_data_breaks_a_line() {
        assert_eq!(runs(&[Some(0), Some(2), None, Some(1), None]), [0..2, 3..4]);
        assert!(runs(&[None, None]).is_empty());
    }

    #[test]
    fn only_a_day_that_nothing_covers_is_a_gap() {
        let stacked = stack(&[&[Some(1), None, None], &[None, Some(2), None]]);
        assert_eq!(stacked, [[Some(1), Some(0), None], [Some(1), Some(2), None]]);
        assert_eq!(stack(&[&[Some(u64::MAX)], &[Some(1)]])[1], [Some(u64::MAX)]);
    }

    proptest! {
        #[test]
        fn runs_hold_each_covered_day_once(days in prop::collection::vec(prop::option::of(0_u64..9), 0..50)) {
            let covered: Vec<_> = runs(&days).into_iter().flatten().collect();
            let expected: Vec<_> = (0..days.len()).filter(|day| days[*day].is_some()).collect();
            prop_assert_eq!(covered, expected);
            for pair in runs(&days).windows(2) {
                prop_assert!(pair[0].end < pair[1].start);
            }
        }

        #[test]
        fn the_last_band_ends_at_the_sum(
            days in prop::collection::vec(prop::array::uniform3(prop::option::of(0_u64..1_000)), 1..40)
        ) {
            let series: Vec<Vec<_>> =
                (0..3).map(|n| days.iter().map(|day| day[n]).collect()).collect();
            let slices: Vec<_> = series.iter().map(Vec::as_slice).collect();
            let tops = stack(&slices);
            for (day, values) in days.iter().enumerate() {
                let sum: u64 = values.iter().flatten().sum();
                let covered = values.iter().any(Option::is_some);
                prop_assert_eq!(tops[2][day], covered.then_some(sum));
                prop_assert!(tops[0][day] <= tops[1][day] && tops[1][day] <= tops[2][day]);
            }
            prop_assert!(most(&tops[2]) >= most(&tops[0]));
        }
    }
}
