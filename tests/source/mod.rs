//! What the test of the layers reads: files, and the names and imports in them.

pub mod rust;
pub mod typescript;

use std::collections::BTreeSet;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The files below a folder with that ending, by their paths from the root.
pub fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}")) {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&path, ending));
        } else if path.ends_with(&format!(".{ending}")) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// `page` of `page/shop.ts`; the file itself, where it is in no folder.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `plan` of `src/core/plan.rs` and of `src/core/plan/anything.rs`.
pub fn module_of(file: &str) -> &str {
    let inside = file.strip_prefix("src/core/").unwrap();
    inside.split('/').next().unwrap().trim_end_matches(".rs")
}

/// `../types.js` seen from the folder `page` is `types.js`; what leads out of the root keeps its dots.
pub fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The crates that any manifest of this workspace depends on, as code names them, and `std`.
pub fn dependencies() -> BTreeSet<String> {
    let mut names = BTreeSet::from(["std".to_owned()]);
    for manifest in files("src", "toml").into_iter().chain(["Cargo.toml".to_owned()]) {
        let mut inside = false;
        for line in read(&manifest).lines() {
            if line.starts_with('[') {
                inside = line.ends_with("dependencies]");
            } else if let Some(name) =
                line.split(['=', '.', ' ']).next().filter(|name| inside && !name.is_empty() && !name.starts_with('#'))
            {
                names.insert(name.replace('-', "_"));
            }
        }
    }
    names
}
