//! Just enough of TypeScript to see what a file imports.

pub struct Import {
    pub path: String,
    /// `import("…")`: loaded when it is asked for.
    pub dynamic: bool,
}

/// Every `from "…"`, `import "…"` and `import("…")` that is not in a comment.
pub fn imports_in(source: &str) -> Vec<Import> {
    let mut imports = Vec::new();
    let mut code = String::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let taken = if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if first == '"' {
            let text = rest[1..].split('"').next().unwrap_or_default();
            let before = code.trim_end();
            let word = |word: &str| before.ends_with(word) && !before.ends_with(&format!(".{word}"));
            let dynamic = word("import(");
            if dynamic || word("from") || word("import") {
                imports.push(Import { path: text.to_owned(), dynamic });
            }
            text.len() + 2
        } else {
            code.push(first);
            first.len_utf8()
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    imports
}

#[test]
fn imports_are_found_where_they_stand() {
    let source = r#"
        // import "no"; and "this
        import { a,
          type B } from "./one.js";
        export * from "./two.js";
        import "./three.js";
        /* from "nowhere" */
        const c = await import("./four.js"), d = say("from", "here");
    "#;
    let found: Vec<_> = imports_in(source).into_iter().map(|import| (import.path, import.dynamic)).collect();
    let wanted = [("./one.js", false), ("./two.js", false), ("./three.js", false), ("./four.js", true)];
    assert_eq!(found, wanted.map(|(path, dynamic)| (path.to_owned(), dynamic)));
}
