//! Text as SPEC 2 compares it. Folding (NFC, lower case) comes from the host, which has the
//! Unicode tables; the core only trims and searches.

use alloc::string::String;

/// A text in the three forms that matter: as given (trimmed), NFC, and folded for comparison.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text {
    /// NFC and trimmed: what `caseSensitive` compares, and what is stored.
    pub clean: String,
    /// In full lower case with every ς as σ: what everything else compares.
    pub folded: String,
}

impl Text {
    /// A text whose folded form is known.
    pub fn new(clean: impl Into<String>, folded: impl Into<String>) -> Self {
        Self { clean: clean.into(), folded: folded.into() }
    }

    /// The form a comparison looks at.
    pub fn form(&self, case_sensitive: bool) -> &str {
        if case_sensitive { &self.clean } else { &self.folded }
    }
}

/// True for what JavaScript's `trim` removes: its white space and line ends. (Rust's own list
/// has U+0085 and lacks U+FEFF.)
pub fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
        | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}')
}

/// Without white space at both ends, as JavaScript trims.
pub fn trim(text: &str) -> &str {
    let mut text = text;
    while let Some(rest) = text.chars().next().filter(|&c| is_space(c)).and_then(|c| text.get(c.len_utf8()..)) {
        text = rest;
    }
    while let Some(rest) = text.chars().next_back().filter(|&c| is_space(c)).and_then(|c| text.get(..text.len() - c.len_utf8())) {
        text = rest;
    }
    text
}

/// True if `part` occurs in `text`. Naive on purpose: names are short and the standard
/// searcher costs a page 800 bytes.
pub fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    part.len() <= text.len() && (0..=text.len() - part.len()).any(|at| text[at..].starts_with(part))
}

/// True if the whole of `text` matches `pattern`: `*` is any run, `?` one code point.
///
/// Linear in practice and at worst text × pattern: only the last star is ever tried again.
pub fn matches(text: &str, pattern: &str) -> bool {
    let (text, pattern) = (text.as_bytes(), pattern.as_bytes());
    let (mut at, mut p) = (0, 0);
    let mut star: Option<(usize, usize)> = None; // where to go on: pattern after the star, text
    loop {
        match pattern.get(p) {
            Some(b'*') => {
                p += 1;
                star = Some((p, at));
                continue;
            }
            Some(b'?') if at < text.len() => {
                at = after_code_point(text, at);
                p += 1;
                continue;
            }
            Some(byte) if text.get(at) == Some(byte) => {
                at += 1;
                p += 1;
                continue;
            }
            None if at == text.len() => return true,
            _ => {}
        }
        match star {
            Some((after, from)) if from < text.len() => {
                at = after_code_point(text, from);
                p = after;
                star = Some((after, at));
            }
            _ => return false,
        }
    }
}

fn after_code_point(text: &[u8], mut at: usize) -> usize {
    at += 1;
    while at < text.len() && text[at] & 0xC0 == 0x80 {
        at += 1;
    }
    at
}
