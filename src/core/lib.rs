//! The evaluator of Regulars: what runs on a shop's page.
//!
//! A [`plan::Plan`] is opened from bytes, events are read into a [`visitor::Visitor`]'s
//! history, and an [`evaluate::Evaluator`] answers for an instant. Nothing here reads a clock,
//! stores, or can fail after the plan was opened. Instants are milliseconds since
//! 1970 UTC; numbers are ten-thousandths in 64-bit integers.
#![no_std]
extern crate alloc;

pub mod bytes;
pub mod column;
pub mod condition;
pub mod decide;
pub mod evaluate;
pub mod event;
pub mod hash;
pub mod history;
pub mod json;
pub mod number;
pub mod period;
pub mod plan;
pub mod predicate;
pub mod read;
pub mod retention;
pub mod series;
pub mod snapshot;
pub mod sort;
pub mod text;
pub mod time;
pub mod visitor;
pub mod wire;
pub mod zone;
