//! One person in one browser: an id, a history, and from when the history is complete.

use crate::bytes::{Reader, unzigzag};
use crate::history::History;
use alloc::vec::Vec;

/// A visitor.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// What assignment to variants goes by: UTF-16 code units, least byte first.
    pub id: Vec<u8>,
    /// From when the history is complete (SPEC 3, `coveredSince`): event types, each with its
    /// length before it, and instants (zigzag). An empty type stands for all; nothing said means
    /// from the beginning.
    pub coverage: Vec<u8>,
    /// What happened.
    pub history: History,
}

impl Visitor {
    /// From when events of a type are complete; the extreme is from the beginning.
    pub fn covered_since(&self, kind: &[u8]) -> i64 {
        let mut reader = Reader::new(&self.coverage);
        while reader.left() > 0 {
            let name = reader.bytes();
            let since = unzigzag(reader.u64());
            if name.is_empty() || name == kind {
                return since;
            }
        }
        i64::MIN
    }

    /// Says who the visitor is, and from when the history is complete.
    pub fn introduce(&mut self, id: &[u8], coverage: &[u8]) {
        self.id.clear();
        self.id.extend_from_slice(id);
        self.coverage.clear();
        self.coverage.extend_from_slice(coverage);
        self.history.changes += 1;
    }
}
