/// The marks of an axis of counts: 0, `step`, 2 × `step` … up to `top`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::page::chart) struct Ticks {
    /// From one mark to the next.
    pub(in crate::page::chart) step: u64,
    /// The last mark, or the greatest number there is.
    pub(in crate::page::chart) top: u64,
}

/// Room for this many steps.
const STEPS: u64 = 5;

impl Ticks {
    /// Marks that reach `most`: whole numbers, 1, 2 or 5 times a power of ten
    /// apart.
    pub(in crate::page::chart) fn reaching(most: u64) -> Self {
        let most = most.max(1);
        let mut step = 1_u64;
        // 1 → 2 → 5 → 10 → 20 …
        for factor in [2, 5, 10].into_iter().cycle() {
            if most.div_ceil(step) <= STEPS {
                break;
            }
            let power = power_of_ten(step);
            step = power.saturating_mul(factor);
        }
        Self { step, top: most.checked_next_multiple_of(step).unwrap_or(u64::MAX) }
    }

    /// Every mark.
    pub(in crate::page::chart) fn all(self) -> impl Iterator<Item = u64> {
        (0..=self.top / self.step).map(move |index| index * self.step)
    }
}

/// The greatest power of ten that is not more than `number`.
const fn power_of_ten(number: u64) -> u64 {
    let mut power = 1;
    while power <= number / 10 {
        power *= 10;
    }
    power
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Ticks;

    #[test]
    fn known_axes() {
        let axis = |most| Ticks::reaching(most).all().collect::<Vec<_>>();
        assert_eq!(axis(0), [0, 1]);
        assert_eq!(axis(3), [0, 1, 2, 3]);
        assert_eq!(axis(7), [0, 2, 4, 6, 8]);
        assert_eq!(axis(49), [0, 10, 20, 30, 40, 50]);
        assert_eq!(axis(51), [0, 20, 40, 60]);
        assert_eq!(axis(10_000_000).last(), Some(&10_000_000));
        assert_eq!(axis(u64::MAX).first(), Some(&0));
    }

    proptest! {
        #[test]
        fn marks_cover_the_most(most in any::<u64>(), shift in 0_u32..64) {
            let most = most >> shift;
            let ticks = Ticks::reaching(most);
            let marks = ticks.all().collect::<Vec<_>>();
            prop_assert!(ticks.top >= most);
            prop_assert!((2..=6).contains(&marks.len()));
            // No more than one step is left empty.
            prop_assert!(most == 0 || ticks.top - most < ticks.step);
        }
    }
}
