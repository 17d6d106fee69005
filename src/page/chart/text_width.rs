//! The width of text, from a table: asking the page would cost a layout each
//! time, and would give another answer in every browser.

/// Width of `text` in a usual sans-serif font of `size`, a little generous.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// Width of one character in em.
fn em(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '\'' | '.' | ',' | ':' | ';' | '|' | '!' | ' ' => 0.32,
        'f' | 'r' | 't' | 'I' | '(' | ')' | '-' | '/' => 0.4,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.89,
        'A'..='Z' | '0'..='9' | '<' | '>' | '=' | '+' | '~' => 0.68,
        ' '..='~' => 0.61,
        wide if is_wide(wide) => 1.0,
        // Combining marks and joiners take no room of their own.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        _ => 0.66,
    }
}

/// Whether a character takes a full square: East Asian Width W and F (Unicode
/// Standard Annex 11), in blocks.
const fn is_wide(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{33ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{a000}'..='\u{a4cf}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}')
}

#[cfg(test)]
mod tests {
    use super::text_width;

    #[test]
    fn korean_takes_a_square_a_syllable() {
        assert!((text_width("기록", 10.0) - 20.0).abs() < f64::EPSILON);
        assert!(text_width("TLS", 10.0) < 21.0);
    }
}
