//! Sorting for everyone. The standard library's sort is compiled anew for each
//! type, four kilobytes a time; here one copy sorts positions, and the items
//! are swapped.

use std::cmp::Ordering;

/// Sorts `items`, equal ones staying in their order.
pub fn sort_by<T>(items: &mut [T], compare: &dyn Fn(&T, &T) -> Ordering) {
    let order = positions(items.len(), &|a, b| compare(&items[a], &items[b]));
    for (one, other) in swaps(order) {
        items.swap(one, other);
    }
}

/// The same for many items, which differ most in what `prefix` says of them:
/// a smaller one comes first.
pub fn sort_by_prefix<T>(
    items: &mut [T],
    prefix: &dyn Fn(&T) -> u64,
    compare: &dyn Fn(&T, &T) -> Ordering,
) {
    // Beside each other in memory they are compared many times as fast.
    let mut order: Vec<(u64, u32)> = items.iter().map(prefix).zip(0..).collect();
    let place = |at: &(u64, u32)| at.1 as usize;
    order.sort_unstable_by(|a, b| {
        let rest = || compare(&items[place(a)], &items[place(b)]).then_with(|| a.1.cmp(&b.1));
        a.0.cmp(&b.0).then_with(rest)
    });
    for (one, other) in swaps(order.iter().map(place).collect()) {
        items.swap(one, other);
    }
}

/// Sorts `items` and makes one of those that are equal: `absorb` adds the
/// second to the first.
pub fn merge_by<T>(
    items: &mut Vec<T>,
    compare: &dyn Fn(&T, &T) -> Ordering,
    absorb: &dyn Fn(&mut T, &mut T),
) {
    sort_by(items, compare);
    items.dedup_by(|second, first| {
        let equal = compare(first, second).is_eq();
        if equal {
            absorb(first, second);
        }
        equal
    });
}

/// The positions of `length` items in their sorted order.
fn positions(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

/// The swaps that bring items into an order, circle by circle.
fn swaps(mut order: Vec<usize>) -> Vec<(usize, usize)> {
    let mut swaps = Vec::new();
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let next = std::mem::replace(&mut order[at], at);
            if next == start {
                break;
            }
            swaps.push((at, next));
            at = next;
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::{merge_by, sort_by};

    #[test]
    fn sorts_and_keeps_the_order_of_equal_items() {
        let mut items = vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        sort_by(&mut items, &|a, b| a.0.cmp(&b.0));
        assert_eq!(items, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }

    #[test]
    fn merges_equal_items() {
        let mut items = vec![("b", 1), ("a", 2), ("b", 3)];
        merge_by(&mut items, &|a, b| a.0.cmp(b.0), &|first, second| first.1 += second.1);
        assert_eq!(items, [("a", 2), ("b", 4)]);
    }
}
