//! An order file. The first bytes say how it is read: local times, given columns, a map, and the size of the pieces.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use regulars_author::native::{fold, zone_table};
use regulars_core::plan::{Plan, SEGMENTS};
use regulars_core::zone::Zone;
use regulars_fuzz::{INSTANTS, plan};
use regulars_population::audience;
use regulars_population::orders::{Ended, Orders, Settings};
use regulars_population::peek::peek;
use std::sync::LazyLock;

static PLAN: LazyLock<Plan> = LazyLock::new(plan);
static ZONE: LazyLock<Zone> =
    LazyLock::new(|| Zone { offsets: zone_table("Europe/Amsterdam").map(|table| table.offsets()).unwrap_or_default(), week_starts_on: 0 });

const COLUMNS: [&str; 8] = ["visitor_id", "order_id", "at", "value", "currency", "item_id", "item_price", "item_quantity"];

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let [how, size, file @ ..] = bytes else { return Corpus::Reject };
    let columns = (how & 2 != 0).then(|| COLUMNS.map(str::to_owned).to_vec());
    let map = [("item_total", "total"), ("at", "date"), ("item_colour", "colour")];
    let settings = Settings {
        local_times: (how & 1 != 0).then(|| ZONE.clone()),
        columns,
        map: map[..usize::from(how >> 2) % 4].iter().map(|(canonical, column)| ((*canonical).to_owned(), (*column).to_owned())).collect(),
    };
    peek(file, settings.columns.as_deref());
    let whole = read(&settings, file, file.len().max(1));
    let pieces = read(&settings, file, usize::from(*size).max(1));
    assert_eq!(whole.problems, pieces.problems, "the pieces change no problem");
    assert_eq!(whole.population.is_some(), pieces.population.is_some(), "the pieces change nothing");
    let (Some(whole), Some(pieces)) = (whole.population, pieces.population) else { return Corpus::Keep };
    assert_eq!((whole.len(), whole.orders(), whole.rows, whole.refused), (pieces.len(), pieces.orders(), pieces.rows, pieces.refused));
    for now in INSTANTS {
        let sizes = audience::sizes(&whole, &PLAN, now);
        assert_eq!(sizes, audience::sizes(&pieces, &PLAN, now), "the pieces change no size");
        for (segment, size) in sizes.iter().enumerate().take(PLAN.len(SEGMENTS)) {
            assert_eq!(audience::members(&whole, &PLAN, segment, now).len(), *size as usize, "as many members as the size says");
        }
        let customers: u64 = audience::grid(&whole, &PLAN, now).iter().map(|cell| cell.customers).sum();
        assert_eq!(customers, whole.len() as u64, "everyone is in one state of the grid");
        assert_eq!(audience::measure(&whole, &PLAN, 1, now).len(), whole.len());
    }
    Corpus::Keep
});

fn read(settings: &Settings, file: &[u8], size: usize) -> Ended {
    let mut orders = Orders::new(settings.clone(), fold);
    for piece in file.chunks(size) {
        orders.take(piece);
    }
    orders.end()
}
