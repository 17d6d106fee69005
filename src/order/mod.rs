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
    let mut order: Vec<(u64, u32)> = items.iter().map(prefix).zip(0..).collect();
    sort_by_number(&mut order);
    let place = |at: &(u64, u32)| at.1 as usize;
    for run in order.chunk_by_mut(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        run.sort_by(|a, b| compare(&items[place(a)], &items[place(b)]));
    }
    for (one, other) in swaps(order.iter().map(place).collect()) {
        items.swap(one, other);
    }
}

/// Eight bytes of a text, for [`sort_by_prefix`]: they are in the order of the
/// texts.
pub fn prefix_of_text(text: &str) -> u64 {
    let mut first = [0; 8];
    let length = text.len().min(8);
    first[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(first)
}

/// Sorts by the number, equal ones staying in their order: byte by byte from
/// the last, which compares nothing. The standard library's sort is that of
/// few bytes of code in the page, and goes all over the memory.
fn sort_by_number(order: &mut Vec<(u64, u32)>) {
    /// So few are compared faster.
    const FEW: usize = 256;
    if order.len() < FEW {
        order.sort_by_key(|(number, _)| *number);
        return;
    }
    let first = order[0].0;
    let differ = order.iter().fold(0, |bits, (number, _)| bits | (number ^ first));
    let mut other = vec![(0, 0); order.len()];
    for shift in (0..u64::BITS).step_by(8).filter(|shift| (differ >> shift) & 0xff != 0) {
        let byte = |number: u64| ((number >> shift) & 0xff) as usize;
        let mut next = [0; 256];
        for (number, _) in &*order {
            next[byte(*number)] += 1;
        }
        let mut sum = 0;
        for place in &mut next {
            sum += std::mem::replace(place, sum);
        }
        for item in &*order {
            let place = &mut next[byte(item.0)];
            other[*place] = *item;
            *place += 1;
        }
        std::mem::swap(order, &mut other);
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
    use proptest::prelude::*;

    use super::{merge_by, prefix_of_text, sort_by, sort_by_prefix};

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

    proptest! {
        #[test]
        fn a_prefix_changes_nothing_in_the_order(
            numbers in prop::collection::vec(prop_oneof![0..4_u64, any::<u64>(), 0..70_000_u64], 0..1_000),
        ) {
            let mut items: Vec<(u64, usize)> = numbers.into_iter().zip(0..).collect();
            let mut expected = items.clone();
            // Of equal prefixes the later comes first; of equal items the order stays.
            let compare = |a: &(u64, usize), b: &(u64, usize)| (b.1 / 2).cmp(&(a.1 / 2));
            expected.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| compare(a, b)));
            sort_by_prefix(&mut items, &|item| item.0, &compare);
            prop_assert_eq!(items, expected);
        }

        #[test]
        fn texts_are_in_the_order_of_their_prefixes(mut texts in prop::collection::vec("[ab\\x00가]{0,10}", 0..400)) {
            let mut expected = texts.clone();
            expected.sort();
            sort_by_prefix(&mut texts, &|text| prefix_of_text(text), &Ord::cmp);
            prop_assert_eq!(texts, expected);
        }
    }
}
