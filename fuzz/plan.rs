//! Bytes of a plan: as they are, and with a checksum that fits, so that what lies behind it is reached.
#![no_main]

use libfuzzer_sys::fuzz_target;
use regulars_core::plan::{MAGIC, Plan};
use regulars_core::snapshot::seal;
use regulars_core::visitor::Visitor;
use regulars_fuzz::{ask, visitor};
use std::sync::LazyLock;

static VISITOR: LazyLock<Visitor> = LazyLock::new(visitor);

/// Magic, version, checksum.
const SEAL: usize = 13;

fuzz_target!(|bytes: &[u8]| {
    let sealed = seal(MAGIC, bytes.get(SEAL..).unwrap_or(bytes));
    for bytes in [bytes, &sealed[..]] {
        if let Ok(plan) = Plan::open(bytes) {
            assert_eq!(Plan::open(&plan.bytes()).as_ref(), Ok(&plan), "a plan is the same through its bytes");
            ask(&plan, &VISITOR, false);
        }
    }
});
