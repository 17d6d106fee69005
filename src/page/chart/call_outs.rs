//! Where the names of slices go: beside the pie, level with their slice, and
//! never on top of each other.

use crate::order::sort_by;

/// A name that wants to stand at a height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wish {
    /// Position in the caller's list.
    pub(super) index: usize,
    /// The height at which it would like to stand.
    pub(super) height: f64,
}

/// Heights for names that stand above each other, in the order of their
/// wishes: at least `line` apart, between `top` and `bottom` as far as they
/// fit, and as near to the wishes as that allows.
pub(super) fn spread(mut wishes: Vec<Wish>, line: f64, top: f64, bottom: f64) -> Vec<Wish> {
    sort_by(&mut wishes, &|a, b| a.height.total_cmp(&b.height));
    let mut floor = top;
    for wish in &mut wishes {
        wish.height = wish.height.max(floor);
        floor = wish.height + line;
    }
    let mut ceiling = bottom;
    for wish in wishes.iter_mut().rev() {
        wish.height = wish.height.min(ceiling);
        ceiling = wish.height - line;
    }
    wishes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Wish, spread};

    proptest! {
        #[test]
        fn names_never_overlap(heights in prop::collection::vec(0.0..200.0, 0..8)) {
            let wishes = heights
                .iter()
                .enumerate()
                .map(|(index, height)| Wish { index, height: *height })
                .collect();
            let placed = spread(wishes, 16.0, 0.0, 200.0);
            for pair in placed.windows(2) {
                prop_assert!(pair[1].height - pair[0].height >= 16.0 - 1e-9);
            }
            for wish in placed {
                prop_assert!((0.0..=200.0).contains(&wish.height));
            }
        }
    }
}
