//! Author time: package JSON → checked → compiled into a [`regulars_core::plan::Plan`].
//!
//! All problems of a package are reported at once, each with a code, a JSON pointer, a sentence
//! and, where there is one, a fix. Broken segments never match; the others work.

pub mod answers;
pub mod campaigns;
pub mod catalogue;
pub mod compare;
pub mod compile;
pub mod conditions;
pub mod covers;
pub mod days;
pub mod decimals;
pub mod describe;
pub mod diagnostic;
pub mod explain;
pub mod facts;
pub mod focus;
pub mod grid;
pub mod known;
pub mod numbers;
mod order;
pub mod package;
pub mod periods;
pub mod predicates;
pub mod prove;
pub mod read;
pub mod references;
pub mod rules;
pub mod sequences;
pub mod settings;
pub mod text;
pub mod timeline;
pub mod traps;
pub mod warnings;
pub mod within;
pub mod work;

#[cfg(feature = "native")]
pub mod native;
