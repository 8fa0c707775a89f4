//! Just enough of Rust to see what a file names: comments, texts and `use` with its braces.

use std::collections::BTreeSet;

/// Names and punctuation of a file, without comments, texts and characters.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let name = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first == '"' {
            text_end(rest)
        } else if first == '\'' {
            // A character, or a lifetime.
            match rest[1..].strip_prefix('\\') {
                Some(escaped) => 2 + escaped.char_indices().skip(1).find(|(_, c)| *c == '\'').map_or(0, |(at, _)| at + 1),
                None => rest[1..].char_indices().nth(1).filter(|(_, c)| *c == '\'').map_or(1, |(at, _)| at + 2),
            }
        } else if name > 0 {
            tokens.push(rest[..name].to_owned());
            name
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    tokens
}

fn text_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// Every name in a file.
pub fn names_in(source: &str) -> BTreeSet<String> {
    tokens(source).into_iter().filter(|token| token.starts_with(|c: char| c.is_alphabetic() || c == '_')).collect()
}

/// Every path in a file, from its first name on: `use a::{b, c::d}` is `a::b` and `a::c::d`.
pub fn paths_in(source: &str) -> BTreeSet<Vec<String>> {
    let tokens = tokens(source);
    let mut paths = BTreeSet::new();
    let mut at = 0;
    while at < tokens.len() {
        let starts = tokens[at].starts_with(|c: char| c.is_alphabetic() || c == '_');
        if starts && tokens.get(at + 1).is_some_and(|next| next == "::") {
            at = tree(&tokens, at, &[], &mut paths);
        } else {
            if starts && at > 0 && (tokens[at - 1] == "use" || tokens[at - 1] == "crate") {
                paths.insert(vec![tokens[at].clone()]);
            }
            at += 1;
        }
    }
    paths
}

/// Follows one path, through its braces; where it ends.
fn tree(tokens: &[String], mut at: usize, before: &[String], paths: &mut BTreeSet<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = if tokens[at] == "," { at + 1 } else { tree(tokens, at, &path, paths).max(at + 1) };
                }
                return at + 1;
            }
            Some(name) if name.starts_with(|c: char| c.is_alphabetic() || c == '_') => path.push(name.to_owned()),
            _ => {}
        }
        if tokens.get(at + 1).is_some_and(|next| next == "::") {
            at += 2;
            continue;
        }
        paths.insert(path);
        // `as another` names nothing.
        return if tokens.get(at + 1).is_some_and(|next| next == "as") { at + 3 } else { at + 1 };
    }
}

#[test]
fn paths_are_found_where_they_stand() {
    let source = r#"
        //! not::this, "nor \" this::one"
        use a::{b, c::{d as e, self}, f::*};
        use g;
        extern crate alloc;
        /* nor::that */
        fn h<'x>(i: &'x j::k) -> Vec<l::M> { let n = ('o', '\'', "p::q", '"', r::s::<t::U>()); crate::v::w(n) }
    "#;
    let found: Vec<String> = paths_in(source).into_iter().map(|path| path.join("::")).collect();
    assert_eq!(found, ["a::b", "a::c::d", "a::c::self", "a::f", "alloc", "crate::v::w", "g", "j::k", "l::M", "r::s", "t::U"]);
}
