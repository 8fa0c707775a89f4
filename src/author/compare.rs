//! Two packages beside each other: what is proved of the segments that both have.

use crate::diagnostic::Problems;
use crate::package::{ZoneTable, checked};
use crate::prove::Prover;
use crate::text::Fold;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What is proved of a segment's rule after a change, beside the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Compared {
    /// It has the same members, always.
    Equal,
    /// Whoever is a member after the change was one before: nobody enters by it.
    Narrower,
    /// Whoever was a member before is one after: nobody leaves by it.
    Wider,
}

/// A package as JSON text, and the table of its time zone.
pub type Zoned<'a> = (&'a str, Option<ZoneTable>);

/// What is proved of each segment that works in both packages, by id. Nothing, where settings
/// that decide what a rule means are not the same.
pub fn compare(before: Zoned<'_>, after: Zoned<'_>, fold: Fold) -> BTreeMap<String, Compared> {
    let mut found = BTreeMap::new();
    let read = |(package, table): Zoned<'_>| {
        let package: Value = serde_json::from_str(package).ok()?;
        checked(&mut Problems::default(), &package, table, fold)
    };
    let (Some(before), Some(after)) = (read(before), read(after)) else { return found };
    let Some(mut compiler) = before.compiler().filter(|_| before.means_the_same(&after)) else { return found };
    // Rules that mean the same become the same node.
    let (old, new) = (before.compiled(&mut compiler), after.compiled(&mut compiler));
    let (plan, _) = compiler.finish(String::new());
    let mut prover = Prover::new(&plan);
    for (id, &old) in &old {
        let Some(&new) = new.get(id) else { continue };
        let (old, new) = (old as usize, new as usize);
        let compared = match (prover.implies(new, old), prover.implies(old, new)) {
            (true, true) => Compared::Equal,
            (true, false) => Compared::Narrower,
            (false, true) => Compared::Wider,
            (false, false) => continue,
        };
        found.insert((*id).to_owned(), compared);
    }
    found
}
