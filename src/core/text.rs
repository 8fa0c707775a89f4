//! Matching text, as bytes of UTF-8. Trimming and folding (SPEC 2) come from the host, which has
//! the Unicode tables.

/// Any run of bytes, in a pattern. (This byte never occurs in UTF-8.)
pub const ANY: u8 = 0xFF;
/// Any one code point, in a pattern. (Nor does this.)
pub const ONE: u8 = 0xFE;

/// True if the whole of `text` matches `pattern`, in which [`ANY`] and [`ONE`] stand for others.
///
/// Takes at worst text × pattern steps: only the last run is ever tried again.
pub fn matches(text: &[u8], pattern: &[u8]) -> bool {
    let (mut at, mut p) = (0, 0);
    // Where to go on when the last run gets one code point longer: in the pattern, in the text.
    let (mut after, mut from) = (usize::MAX, 0);
    loop {
        match pattern.get(p) {
            Some(&ANY) => {
                p += 1;
                (after, from) = (p, at);
                continue;
            }
            Some(&byte) if at < text.len() && (byte == ONE || byte == text[at]) => {
                at = if byte == ONE { after_code_point(text, at) } else { at + 1 };
                p += 1;
                continue;
            }
            None if at == text.len() => return true,
            _ => {}
        }
        if after == usize::MAX || from >= text.len() {
            return false;
        }
        from = after_code_point(text, from);
        (at, p) = (from, after);
    }
}

fn after_code_point(text: &[u8], mut at: usize) -> usize {
    at += 1;
    while at < text.len() && text[at] & 0xC0 == 0x80 {
        at += 1;
    }
    at
}
