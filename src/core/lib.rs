//! The evaluator of Regulars: what runs on a shop's page.
//!
//! A [`plan::Plan`] is opened from bytes, events are read into a [`visitor::Visitor`]'s
//! history, and an [`evaluate::Evaluator`] answers for an instant. Nothing here reads a clock,
//! stores, or can fail after the plan was opened. Instants are milliseconds since
//! 1970 UTC; numbers are ten-thousandths.
//!
//! A page pays for every byte of this crate, which is why some things are written by hand that
//! the standard library has: its sorts, searches and formatting are many times their size here.
#![no_std]
#![allow(
    clippy::vec_init_then_push,
    clippy::slow_vector_initialization,
    clippy::needless_range_loop,
    clippy::explicit_counter_loop,
    reason = "the plain forms share code with other loops; what is proposed would each add its own"
)]
extern crate alloc;

pub mod bytes;
pub mod column;
pub mod condition;
pub mod decide;
pub mod evaluate;
pub mod event;
pub mod fields;
pub mod follow;
pub mod gather;
pub mod hash;
pub mod history;
pub mod json;
pub mod look;
pub mod near;
pub mod net;
pub mod number;
pub mod period;
pub mod plan;
pub mod pool;
pub mod predicate;
pub mod retention;
pub mod series;
pub mod snapshot;
pub mod sort;
pub mod text;
pub mod time;
pub mod visitor;
pub mod zone;
