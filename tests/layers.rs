//! Dependencies point one way. Every path that a file of `src` names and every import of `www` is looked up in the tables
//! below; an arrow that is not there fails, and so does a table that allows what nobody uses any more.
//! To change the order on purpose, change the table: the message says which line.

mod source;

use std::collections::{BTreeMap, BTreeSet};

use source::rust::{names_in, paths_in};
use source::typescript::imports_in;
use source::{files, folder_of, module_of, read};

/// Crate → the crates it may name. `alloc` and `core` are open to all.
const CRATES: &[(&str, &str)] = &[
    ("core", ""),
    ("author", "regulars_core serde serde_json std strsim"),
    ("author/catalogue", "regulars_core serde_json std"),
    ("author/catalogue/groups", "serde_json"),
    ("author/describe", "regulars_core serde serde_json std"),
    ("author/explain", "regulars_core serde_json std"),
    ("author/native", "serde_json chrono chrono_tz std unicode_normalization"),
    // Order files read decimals, texts and instants as packages do.
    ("population", "csv_core foldhash hashbrown regulars_author regulars_core serde std strsim"),
    ("wasm/orders", "regulars_author regulars_core regulars_population serde serde_wasm_bindgen wasm_bindgen"),
    ("wasm/page", "lol_alloc"),
    ("wasm/visitor", "regulars_core wasm_bindgen"),
    ("wasm/studio", "js_sys regulars_author regulars_core serde serde_wasm_bindgen std wasm_bindgen"),
    ("wasm/studio/tests", "js_sys regulars_author serde_json std wasm_bindgen wasm_bindgen_test"),
    ("lib", "regulars_author regulars_core std"),
];

/// Module of `src/core` → the modules it may name; what is further down may name what is further up, never the other way.
const CORE: &[(&str, &str)] = &[
    ("bytes", ""),
    ("json", ""),
    ("number", ""),
    ("retention", ""),
    ("text", ""),
    ("time", ""),
    ("column", "bytes"),
    ("hash", "number"),
    ("zone", "time"),
    ("period", "zone"),
    ("pool", "bytes column hash"),
    ("event", "bytes json number pool"),
    ("sort", "event pool"),
    ("history", "bytes column event pool sort time"),
    ("visitor", "bytes history time"),
    ("snapshot", "bytes hash visitor"),
    ("plan", "bytes column period pool snapshot zone"),
    ("predicate", "event plan text"),
    ("fields", "event history"),
    ("near", ""),
    ("net", "event fields history number plan"),
    ("look", "event fields history near net number plan predicate"),
    ("series", "pool"),
    ("follow", "plan series"),
    ("gather", "event follow history look net plan series visitor"),
    ("condition", "number period plan retention series time zone"),
    ("evaluate", "condition follow net plan series time visitor"),
    ("decide", "evaluate hash plan time visitor"),
];

/// Files of `www/src` by what they are for. The longest start that fits is the one that counts.
const GROUPS: &[(&str, &str)] = &[
    ("", "shared"),
    ("index.ts", "page"),
    ("script.ts", "page"),
    ("page/", "page"),
    ("audience.ts", "engine"),
    ("catalogue.ts", "engine"),
    ("catalogue.json", "engine"),
    ("compile.ts", "engine"),
    ("describe.ts", "engine"),
    ("diff.ts", "engine"),
    ("engine.ts", "engine"),
    ("explain.ts", "engine"),
    ("guard.ts", "engine"),
    ("interchange.ts", "engine"),
    ("interchange/", "engine"),
    ("measure.ts", "engine"),
    ("orders.ts", "engine"),
    ("population.ts", "engine"),
    ("zone.ts", "engine"),
    ("cli.ts", "cli"),
    ("cli/", "cli"),
    ("../glue/page.js", "page glue"),
    ("../glue/studio.js", "studio glue"),
];

/// Group → the groups it may import. A `dynamic` arrow is an `import()`: loaded only when it is asked for.
const WWW: &[(&str, &str)] = &[
    ("shared", "shared"),
    ("page", "shared, page, page glue, dynamic engine"),
    ("engine", "shared, engine, dynamic engine, studio glue"),
    ("cli", "shared, cli, engine"),
];

/// File of `www/src` → what it imports that is not of this package.
const FOREIGN: &[(&str, &str)] = &[
    ("page/storage.ts", "idb"),
    ("page/wasm.script.ts", "regulars:page.wasm"),
    ("request.node.ts", "node:fs/promises"),
    ("cli/files.ts", "node:fs/promises"),
    ("cli/input.ts", "node:fs node:fs/promises node:stream node:zlib"),
    ("cli/main.ts", "node:fs/promises"),
    ("cli/output.ts", "node:events"),
    ("cli/package.ts", "node:fs"),
    ("cli/recipes.ts", "node:fs/promises"),
    ("cli/usage.ts", "node:util"),
];

/// Files of `www/elements` by what they are for. The longest start that fits is the one that counts.
const ELEMENT_PARTS: &[(&str, &str)] = &[
    ("", "entries"),
    ("types.ts", "types"),
    ("base/", "base"),
    ("editor/", "editor"),
    ("editor/entries.ts", "rules"),
    ("editor/pointer.ts", "rules"),
    ("editor/tree.ts", "rules"),
    ("editor/edits/", "edits"),
    ("editor/json/", "json"),
];

/// Part of the elements → the parts it may import, and what is not of the elements. Edits know no element; a `dynamic` arrow is loaded when it is asked for.
const ELEMENTS: &[(&str, &str)] = &[
    ("types", "base, regulars/engine"),
    ("base", "base, types, lit, lit/directive.js"),
    ("rules", "rules, regulars/engine"),
    ("edits", "edits, rules, types, regulars/engine"),
    ("editor", "editor, edits, rules, json, base, types, dynamic editor, regulars/engine, lit, lit/directives/live.js"),
    (
        "json",
        "json, editor, edits, rules, dynamic json, regulars/engine, lit, lit/async-directive.js, lit/directive.js, @codemirror/autocomplete, \
         @codemirror/commands, @codemirror/lang-json, @codemirror/language, @codemirror/lint, @codemirror/state, @codemirror/view, @lezer/highlight, \
         jsonc-parser",
    ),
    ("entries", "entries, editor, types"),
];

/// Page → what it imports beside its own files: published entries and libraries.
const PAGES: &[(&str, &str)] = &[
    ("www/shop", "regulars"),
    (
        "www/playground",
        // `regulars` and React stand in the code that it shows.
        "regulars regulars/define regulars/elements regulars/engine react @codemirror/commands @codemirror/lang-json @codemirror/language @codemirror/lint @codemirror/state \
         @codemirror/view @lezer/highlight jsonc-parser",
    ),
];

fn words(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// The arrows that were found, and those of the table, must be the same.
fn compare(table: &str, found: &BTreeMap<String, BTreeSet<String>>, allowed: &BTreeMap<String, BTreeSet<String>>) {
    let mut wrong = Vec::new();
    for (from, to) in found {
        let Some(may) = allowed.get(from) else {
            wrong.push(format!("{from} is not in the table {table}; it names {to:?}"));
            continue;
        };
        wrong.extend(to.difference(may).map(|to| format!("{from} → {to} is not in the table {table}")));
        wrong.extend(may.difference(to).map(|to| format!("{from} → {to} is in the table {table}, but nothing needs it")));
    }
    wrong.extend(
        allowed.keys().filter(|from| !found.contains_key(*from)).map(|from| format!("{from} is in the table {table}, but is not there")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn table(lines: &[(&str, &str)]) -> BTreeMap<String, BTreeSet<String>> {
    let table: BTreeMap<_, _> = lines.iter().map(|(from, to)| ((*from).to_owned(), words(to))).collect();
    assert_eq!(table.len(), lines.len(), "a line stands twice");
    table
}

#[test]
fn crates_name_only_the_crates_below_them() {
    let allowed = table(CRATES);
    let crates = source::dependencies();
    assert!(crates.contains("wasm_bindgen") && crates.contains("serde_json"));
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files("src", "rs") {
        let whole = file.strip_prefix("src/").unwrap().strip_suffix(".rs").unwrap();
        let line = if allowed.contains_key(whole) { whole } else { folder_of(whole) };
        let heads = paths_in(&read(&file)).into_iter().map(|path| path[0].clone());
        found.entry(line.to_owned()).or_default().extend(heads.filter(|head| crates.contains(head)));
    }
    // A crate that uses `std` names it or not, as it happens; only where it must not be does it matter.
    let mut allowed = allowed;
    for (line, may) in &mut allowed {
        if !found.get(line).is_some_and(|found| found.contains("std")) {
            may.remove("std");
        }
    }
    compare("CRATES", &found, &allowed);
}

#[test]
fn modules_of_the_core_name_only_those_above_them() {
    let mut found = BTreeMap::new();
    for file in files("src/core", "rs").into_iter().filter(|file| !file.ends_with("/lib.rs")) {
        let module = module_of(&file).to_owned();
        let inside = paths_in(&read(&file)).into_iter().filter(|path| path[0] == "crate" || path[0] == "super");
        let mut named: BTreeSet<String> = inside.filter_map(|path| path.get(1).cloned()).collect();
        named.remove(&module);
        found.insert(module, named);
    }
    compare("CORE", &found, &table(CORE));
    let mut above = BTreeSet::new();
    for (module, named) in CORE {
        let later: Vec<String> = words(named).difference(&above).cloned().collect();
        assert!(later.is_empty(), "the table CORE lets {module} name {later:?}, which stand further down");
        above.insert((*module).to_owned());
    }
}

/// DESIGN 1: the core cannot reach the world.
#[test]
fn the_core_has_no_std_no_clock_and_no_serde() {
    let lib = read("src/core/lib.rs");
    assert!(lib.contains("\n#![no_std]\n"));
    let forbidden = ["std", "serde", "js_sys", "SystemTime", "Instant", "random", "thread", "unsafe"];
    for file in files("src/core", "rs") {
        let names = names_in(&read(&file));
        let bad: Vec<_> = forbidden.iter().filter(|word| names.contains(**word)).collect();
        assert!(bad.is_empty(), "{file} names {bad:?}");
    }
    let manifest = read("src/core/Cargo.toml");
    assert!(!manifest.contains("dependencies]"), "the core depends on nothing");
}

#[test]
fn only_the_wasm_folder_names_wasm_bindgen() {
    for file in files("src", "rs").into_iter().filter(|file| !file.starts_with("src/wasm/")) {
        let names = names_in(&read(&file));
        assert!(!names.iter().any(|name| name.contains("wasm_bindgen") || name == "js_sys"), "{file} names wasm_bindgen");
    }
    for file in files("src", "toml").into_iter().filter(|file| !file.starts_with("src/wasm/")) {
        assert!(!read(&file).contains("wasm-bindgen"), "{file} depends on wasm-bindgen");
    }
}

fn group(file: &str) -> &'static str {
    GROUPS.iter().filter(|(start, _)| file.starts_with(start)).max_by_key(|(start, _)| start.len()).unwrap().1
}

#[test]
fn the_npm_package_imports_downwards() {
    let (mut arrows, mut foreign) = (BTreeMap::<String, BTreeSet<String>>::new(), BTreeMap::<String, BTreeSet<String>>::new());
    for file in files("www/src", "ts") {
        let inside = file.strip_prefix("www/src/").unwrap();
        for import in imports_in(&read(&file)) {
            if !import.path.starts_with('.') {
                foreign.entry(inside.to_owned()).or_default().insert(import.path);
                continue;
            }
            let to = source::joined(folder_of(inside), &import.path);
            let to = if to.starts_with("..") { to } else { to.replace(".js", ".ts") };
            let arrow = if import.dynamic { format!("dynamic {}", group(&to)) } else { group(&to).to_owned() };
            arrows.entry(group(inside).to_owned()).or_default().insert(arrow);
        }
    }
    let split = |(from, to): &(&str, &str)| ((*from).to_owned(), to.split(", ").map(str::to_owned).collect());
    compare("WWW", &arrows, &WWW.iter().map(split).collect());
    compare("FOREIGN", &foreign, &table(FOREIGN));
}

#[test]
fn the_elements_import_downwards() {
    let part =
        |file: &str| ELEMENT_PARTS.iter().filter(|(start, _)| file.starts_with(start)).max_by_key(|(start, _)| start.len()).unwrap().1;
    let mut arrows = BTreeMap::<String, BTreeSet<String>>::new();
    for file in files("www/elements", "ts") {
        let inside = file.strip_prefix("www/elements/").unwrap();
        for import in imports_in(&read(&file)) {
            let to = if import.path.starts_with('.') {
                let to = source::joined(folder_of(inside), &import.path).replace(".js", ".ts");
                assert!(!to.starts_with(".."), "{file} imports {to}");
                part(&to).to_owned()
            } else {
                import.path
            };
            arrows.entry(part(inside).to_owned()).or_default().insert(if import.dynamic { format!("dynamic {to}") } else { to });
        }
    }
    let split = |(from, to): &(&str, &str)| ((*from).to_owned(), to.split(", ").map(str::to_owned).collect());
    compare("ELEMENTS", &arrows, &ELEMENTS.iter().map(split).collect());
}

/// The pages import what any user would: published entries, and libraries of their own.
#[test]
fn pages_import_published_entries_only() {
    for (page, allowed) in PAGES {
        let mut used = BTreeSet::new();
        let build = format!("{page}/build.mjs");
        for file in ["ts", "js", "mjs"].into_iter().flat_map(|ending| files(page, ending)).filter(|file| *file != build) {
            for import in imports_in(&read(&file)) {
                if !import.path.starts_with('.') {
                    assert!(words(allowed).contains(&import.path), "{file} imports {}", import.path);
                    used.insert(import.path);
                    continue;
                }
                let to = source::joined(folder_of(&file), &import.path);
                assert!(to.starts_with(&format!("{page}/")), "{file} imports {to}");
                // The playground's files name each other as the built ones are named.
                let written = [to.clone(), to.replace(".js", ".ts")];
                let there = |path: &String| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists();
                assert!(written.iter().any(there), "{file} imports {to}, which is not there");
            }
        }
        assert_eq!(used, words(allowed), "{page} uses all that it may");
    }
}
