//! Every name that the crate publishes stands in `tests/public_names.txt`, and nothing else does; the names of the npm
//! package are held against the same file by `tests/public-names.test.mjs`. A name more or less is then a line of a diff.

#[allow(dead_code, reason = "what the test of the layers needs more")]
mod source;

use std::collections::BTreeSet;

use source::read;

/// The names that `lib.rs` exports: what is `pub` at its outermost level, and the last name of each path of `pub use`.
fn exported(source: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    // `pub use` of whole modules would publish names that nobody listed.
    assert!(!source.contains("::*"), "lib.rs re-exports everything of something");
    let items = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    for item in format!("\n{items}").split("\npub ").skip(1) {
        let (kind, rest) = item.split_once(' ').unwrap();
        if kind != "use" {
            let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
            names.insert(format!("{kind} {name}"));
            continue;
        }
        let path = rest.split(';').next().unwrap();
        let (before, list) = path.split_once('{').unwrap_or(("", path));
        for part in list.trim_end_matches('}').split(',').map(str::trim).filter(|part| !part.is_empty()) {
            assert!(!part.contains('{'), "one pair of braces a line: {path}");
            let of_self = before.trim_end_matches("::").rsplit("::").next().unwrap();
            let name = if part == "self" { of_self } else { part.rsplit([' ', ':']).next().unwrap() };
            names.insert(format!("use {name}"));
        }
    }
    names
}

#[test]
fn the_crate_exports_the_names_that_are_listed() {
    let text = read("tests/public_names.txt");
    let listed: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("crate ")).collect();
    assert!(listed.is_sorted(), "the names of the crate stand in order");
    let names = exported(&read("src/lib.rs"));
    let exported: Vec<&str> = names.iter().map(|name| name.split_once(' ').unwrap().1).collect::<BTreeSet<_>>().into_iter().collect();
    let unlisted: Vec<_> = exported.iter().filter(|name| !listed.contains(name)).collect();
    let gone: Vec<_> = listed.iter().filter(|name| !exported.contains(name)).collect();
    assert!(unlisted.is_empty() && gone.is_empty(), "exported but not listed: {unlisted:?}; listed but not exported: {gone:?}");
}

#[test]
fn names_are_found_where_they_stand() {
    let source = "//! pub use no::One;\npub use a::B;\npub use c::{self, D, e as F};\nuse g::H;\n/// Says.\npub fn i() {}\nfn j() {}\npub struct K;\nmod l {\n    pub fn m() {}\n}\n";
    let found: Vec<String> = exported(source).into_iter().collect();
    assert_eq!(found, ["fn i", "struct K", "use B", "use D", "use F", "use c"]);
}
