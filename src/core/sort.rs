//! One sort for everything. The standard library's are generic: each use would cost a page
//! three kilobytes.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// The order in which `len` things stand sorted, by merging; equal ones keep their order.
fn order(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..len).collect();
    let mut merged: Vec<usize> = Vec::with_capacity(len);
    let mut width = 1;
    while width < len {
        merged.clear();
        let mut start = 0;
        while start < len {
            let (mut a, middle) = (start, len.min(start + width));
            let (mut b, end) = (middle, len.min(start + 2 * width));
            while a < middle || b < end {
                let first = b >= end || (a < middle && compare(sorted[a], sorted[b]) != Ordering::Greater);
                let from = if first { &mut a } else { &mut b };
                merged.push(sorted[*from]);
                *from += 1;
            }
            start = end;
        }
        core::mem::swap(&mut sorted, &mut merged);
        width *= 2;
    }
    sorted
}

/// Sorts; equal things keep their order. What is sorted already is left alone.
pub fn sort<T>(things: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    if things.windows(2).all(|pair| compare(&pair[0], &pair[1]) != Ordering::Greater) {
        return;
    }
    let order = order(things.len(), &mut |a, b| compare(&things[a], &things[b]));
    let mut taken: Vec<Option<T>> = core::mem::take(things).into_iter().map(Some).collect();
    things.extend(order.into_iter().filter_map(|index| taken[index].take()));
}
