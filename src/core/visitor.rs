//! One person in one browser: an id, a history, and from when the history is complete.

use crate::bytes::{Reader, unzigzag};
use crate::history::History;
use crate::time;
use alloc::vec::Vec;

/// The type under which the profile is kept, as one event from the beginning of time. No event
/// has such a type, because types are trimmed.
pub const PROFILE: &[u8] = b" p";
/// As [`PROFILE`], of what the page knows now.
pub const CONTEXT: &[u8] = b" c";

/// Whether a type is that of the profile or the context, which have no past.
pub fn is_present(kind: &[u8]) -> bool {
    kind.first() == Some(&b' ')
}

/// A visitor.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// What assignment to variants goes by: UTF-16 code units, least byte first.
    pub id: Vec<u8>,
    /// From when the history is complete (SPEC 3, `coveredSince`): event types, each with its
    /// length before it, and instants (zigzag). An empty type stands for all; nothing said means
    /// from the beginning.
    pub coverage: Vec<u8>,
    /// What happened; and what is known of the person.
    pub history: History,
    /// What the page knows now; it is not stored.
    pub context: History,
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

    /// Says what is known of the person (or else, what the page knows now): fields as the host
    /// hands over the properties of an event. What was known before is forgotten.
    #[inline(never)]
    pub fn know(&mut self, person: bool, fields: &[u8]) {
        let (history, kind) = if person { (&mut self.history, PROFILE) } else { (&mut self.context, CONTEXT) };
        history.know(kind, time::FIRST, fields);
        if !person {
            self.history.changes += 1;
        }
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
