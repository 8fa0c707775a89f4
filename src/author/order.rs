//! Sorting, once: the standard library's sorts are generic, and each use of one costs kilobytes.

/// In the order of their keys; equal ones as they stood.
pub(crate) fn in_order<T>(items: Vec<T>, key: impl Fn(&T) -> (i64, i64)) -> Vec<T> {
    let mut keys: Vec<(i64, i64, usize)> = Vec::with_capacity(items.len());
    keys.extend(items.iter().enumerate().map(|(place, item)| (key(item).0, key(item).1, place)));
    sort(&mut keys);
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    keys.iter().filter_map(|key| items[key.2].take()).collect()
}

/// Ascending, each once.
pub(crate) fn distinct(numbers: Vec<i64>) -> Vec<i64> {
    let mut numbers = in_order(numbers, |&number| (number, 0));
    numbers.dedup();
    numbers
}

#[inline(never)]
fn sort(keys: &mut [(i64, i64, usize)]) {
    keys.sort_unstable();
}
