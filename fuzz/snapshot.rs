//! Bytes of a visitor: as they are, and with a checksum that fits, so that what lies behind it is reached.
#![no_main]

use libfuzzer_sys::fuzz_target;
use regulars_author::native::fold;
use regulars_author::read::ingest;
use regulars_core::plan::Plan;
use regulars_core::snapshot::{MAGIC, read, seal, write};
use regulars_fuzz::{ask, know_context, plan, visitor_json};
use serde_json::Value;
use std::sync::LazyLock;

static PLAN: LazyLock<Plan> = LazyLock::new(plan);
static EVENTS: LazyLock<Value> = LazyLock::new(|| visitor_json()["events"].clone());

/// Magic, version, checksum.
const SEAL: usize = 13;

fuzz_target!(|bytes: &[u8]| {
    let sealed = seal(MAGIC, bytes.get(SEAL..).unwrap_or(bytes));
    for bytes in [bytes, &sealed[..]] {
        if let Ok(mut visitor) = read(bytes) {
            let written = write(&visitor);
            // Others may have written integers longer than they are, and said that there are more of them.
            if written.len() == bytes.len() {
                let again = read(&written).map(|visitor| write(&visitor));
                assert_eq!(again, Ok(written), "a visitor is the same through its bytes");
            }
            know_context(&mut visitor);
            ask(&PLAN, &visitor, true);
            // More events come, some of which may be copies of what is there.
            ingest(&mut visitor, &EVENTS, fold);
            ask(&PLAN, &visitor, true);
            write(&visitor);
        }
    }
});
