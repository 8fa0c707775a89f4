//! A visitor under a plan, as JavaScript holds one: by its address. Both builds have this; it only
//! converts.
//!
//! Plain functions and addresses in place of an exported class: a class costs a page a kilobyte
//! of glue, and an object that a trap left borrowed can never be used again. The package's own
//! glue is the only caller.

use alloc::boxed::Box;
use alloc::vec::Vec;
use regulars_core::decide::decide as decide_slot;
use regulars_core::evaluate::Evaluator;
use regulars_core::plan::Plan;
use regulars_core::{snapshot as bytes, visitor};
use wasm_bindgen::prelude::*;

/// A visitor, a plan, and what is kept to answer fast.
#[derive(Default)]
pub struct Visitor {
    pub(crate) plan: Plan,
    pub(crate) visitor: visitor::Visitor,
    evaluator: Evaluator,
    answer: Vec<f64>,
    snapshot: Vec<u8>,
}

/// What is at an address that `open` gave.
pub(crate) fn at<'a>(address: *mut Visitor) -> &'a mut Visitor {
    // SAFETY: the package's glue passes only what `open` gave and nothing took back, and calls
    // nothing while a call is running.
    unsafe { &mut *address }
}

/// A visitor under a plan (its bytes), with the past of a snapshot; none, if that is empty. Its
/// address, or a number below 16, where no address is: the plan's bytes are 1 foreign, 2 of
/// another version, 3 damaged; the snapshot's likewise, times 4.
#[wasm_bindgen]
pub fn open(plan: &[u8], snapshot: &[u8]) -> *mut Visitor {
    let opened = Box::leak(Box::<Visitor>::default());
    let mut code = 0;
    if let Err(unopened) = opened.plan.fill(plan) {
        code = unopened as usize;
    } else if !snapshot.is_empty()
        && let Err(unopened) = bytes::fill(&mut opened.visitor, snapshot)
    {
        code = (unopened as usize) << 2;
    }
    if code == 0 {
        return opened;
    }
    crate::close(opened);
    code as *mut Visitor
}

/// The visitor's bytes: where in memory two numbers are, the place and the length of the bytes,
/// until the next call.
#[wasm_bindgen]
pub fn snapshot(visitor: *mut Visitor) -> *const f64 {
    let visitor = at(visitor);
    visitor.snapshot = bytes::write(&visitor.visitor);
    visitor.answer.clear();
    visitor.answer.push(visitor.snapshot.as_ptr() as usize as f64);
    visitor.answer.push(visitor.snapshot.len() as f64);
    visitor.answer.as_ptr()
}

/// Takes in events as the host hands them over (`core::history::History::add`).
#[wasm_bindgen]
pub fn add(visitor: *mut Visitor, events: &[u8]) {
    at(visitor).visitor.history.add(events);
}

/// Says what is known of the person, or else what the page knows now: fields as the host hands over
/// properties of an event (`core::visitor::Visitor::know`).
#[wasm_bindgen]
pub fn know(visitor: *mut Visitor, person: bool, fields: &[u8]) {
    at(visitor).visitor.know(person, fields);
}

/// Says who the visitor is (UTF-16 code units, least byte first), and from when the history is
/// complete (`core::visitor::Visitor::coverage`).
#[wasm_bindgen]
pub fn introduce(visitor: *mut Visitor, id: &[u8], coverage: &[u8]) {
    at(visitor).visitor.introduce(id, coverage);
}

/// Evaluates; where in memory the numbers of `Evaluator::numbers` are, until the next call.
#[wasm_bindgen]
pub fn evaluate(visitor: *mut Visitor, now: f64) -> *const f64 {
    let visitor = at(visitor);
    visitor.answer = visitor.evaluator.numbers(&visitor.plan, &visitor.visitor, now as i64);
    visitor.answer.as_ptr()
}

/// Decides for the slot with this number; where in memory the numbers of `decide::decide` are,
/// until the next call.
#[wasm_bindgen]
pub fn decide(visitor: *mut Visitor, slot: u32, now: f64) -> *const f64 {
    let visitor = at(visitor);
    visitor.answer = decide_slot(&mut visitor.evaluator, &visitor.plan, &visitor.visitor, i64::from(slot), now as i64);
    visitor.answer.as_ptr()
}
