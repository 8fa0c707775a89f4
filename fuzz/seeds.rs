//! Where fuzzing begins: the cases of tests/spec and what the targets share, as the bytes of each target. Writes them to
//! the folder that is named, one folder a target.

use regulars_author::native::{compile_package, fold};
use regulars_author::read::read_visitor;
use regulars_core::snapshot::write;
use regulars_core::visitor::Visitor;
use regulars_fuzz::{package, visitor_json};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Larger ones slow the fuzzer down and teach it nothing.
const LARGEST: usize = 16 * 1024;

fn main() {
    let Some(out) = std::env::args().nth(1).map(PathBuf::from) else { panic!("say where to write the seeds") };
    let mut seeds: BTreeSet<(&str, Vec<u8>)> = BTreeSet::new();
    let mut add = |package: &Value, visitor: &Value| {
        seeds.insert(("package", package.to_string().into_bytes()));
        if let Some(plan) = compile_package(package, false).plan {
            seeds.insert(("plan", plan.bytes()));
        }
        let mut read = Visitor::default();
        read_visitor(&mut read, visitor, fold);
        seeds.insert(("snapshot", write(&read)));
        seeds.insert(("event", visitor.to_string().into_bytes()));
        for event in visitor["events"].as_array().into_iter().flatten() {
            seeds.insert(("event", event.to_string().into_bytes()));
        }
    };
    add(&package(), &visitor_json());
    for topic in topics() {
        let settings = topic.get("package").cloned().unwrap_or(json!({ "regulars": 1, "timeZone": "UTC", "currency": "EUR" }));
        for case in topic["cases"].as_array().into_iter().flatten() {
            let mut package = settings.clone();
            for (key, value) in case["package"].as_object().into_iter().flatten() {
                package[key] = value.clone();
            }
            if !case["rule"].is_null() {
                package["segments"] = json!([{ "id": "s", "rule": case["rule"] }]);
            }
            add(&package, &case["visitor"]);
        }
    }
    let files = [
        "visitor_id,order_id,at,value,currency,item_id,item_price,item_quantity,coupon\nv1,1,2026-06-01T10:00:00Z,59.90,EUR,SKU1,29.95,2,A\nv1,1,2026-06-01T10:00:00Z,,,SKU2,,,\nv2,,2026-06-02T10:00:00+02:00,,USD,\"a \"\"b\"\", c\",1,3,\n",
        "sep=;\r\nvisitor_id;date;item_total;item_category;colour\r\nv1;2026-06-01;1.5;Shoes > Bags;red\r\n\r\nv2;20260601;;x;\r\n",
        "\u{feff}visitor_id\tat\n7\t2026-06-01 12:00:00\n",
        "00004 19970101 2 29.33\n00004 19970118 2 29.73\n",
        "v1,1,2026-06-01T10:00:00Z,1,EUR,a,1,1\nv1,1,2026-06-01T10:00:00Z,2,EUR,a,1,1\n",
    ];
    for (number, file) in files.iter().enumerate() {
        for (how, size) in [(0u8, 3u8), (1, 64), (3, 1), (12, 7)] {
            let bytes = [&[how ^ (u8::from(number == 4) << 1), size], file.as_bytes()].concat();
            seeds.insert(("orders", bytes));
        }
    }
    for (number, (target, bytes)) in seeds.into_iter().filter(|(_, bytes)| bytes.len() <= LARGEST).enumerate() {
        let folder = out.join(target);
        if let Err(error) = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(folder.join(format!("seed-{number}")), bytes)) {
            panic!("{}: {error}", folder.display());
        }
    }
}

/// The files of tests/spec.
fn topics() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/spec");
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.filter_map(|path| serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()).collect()
}
