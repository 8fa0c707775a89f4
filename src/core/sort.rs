//! Sorting events. The standard library's sorts are generic, and each use of one would cost a page
//! three kilobytes.

use crate::event::Event;
use crate::pool::Pool;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// Sorts by merging; equal ones keep their order.
#[inline(never)]
pub fn sort(mut events: Vec<Event>, compare: fn(&Event, &Event, &Pool) -> Ordering, pool: &Pool) -> Vec<Event> {
    let len = events.len();
    let mut width = 1;
    while width < len {
        let mut merged = Vec::new();
        let mut start = 0;
        while start < len {
            let middle = len.min(start + width);
            let end = len.min(middle + width);
            let (mut a, mut b) = (start, middle);
            while a < middle || b < end {
                let first = b >= end || (a < middle && compare(&events[a], &events[b], pool) != Ordering::Greater);
                let next = if first { &mut a } else { &mut b };
                merged.push(core::mem::replace(&mut events[*next], Event::new()));
                *next += 1;
            }
            start = end;
        }
        events = merged;
        width *= 2;
    }
    events
}
