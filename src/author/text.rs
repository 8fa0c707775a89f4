//! Text as SPEC 2 compares it. Folding needs Unicode tables, which the host has.

/// A text in the two forms that matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text {
    /// NFC and trimmed: what `caseSensitive` compares.
    pub clean: String,
    /// In full lower case with every ς as σ: what everything else compares.
    pub folded: String,
}

/// What the host does to a text: NFC, trim, and full lower case with every ς as σ.
pub type Fold = fn(&str) -> Text;

/// True for what JavaScript's `trim` removes: its white space and line ends. (Rust's own list
/// has U+0085 and lacks U+FEFF.)
pub fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
        | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}')
}

/// Without white space at both ends, as JavaScript trims.
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}
