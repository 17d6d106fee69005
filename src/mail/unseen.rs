//! Signs that show nothing, with which two different names look alike.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a sign shows nothing, or only changes how others are shown (Unicode,
/// `Default_Ignorable_Code_Point`, and line and paragraph separators).
pub fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// `text` as a person is to see it: signs that show nothing stand as their
/// number, `[U+202E]`, so that no two names look alike, and none turns the
/// text around it. Joiners stay within scripts and emoji that need them; line
/// ends and tabs stay.
pub fn seen(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| (0x20..0x7F).contains(&byte) || matches!(byte, b'\n' | b'\r' | b'\t');
    if text.bytes().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut before = '\0';
    for c in text.chars() {
        let joins = matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}');
        let hides = is_unseen(c) && !(joins && is_joined(before));
        if hides || c.is_control() && !matches!(c, '\n' | '\r' | '\t') {
            // Memory does not fail.
            let _ = write!(shown, "[U+{:04X}]", u32::from(c));
        } else {
            shown.push(c);
        }
        before = c;
    }
    Cow::Owned(shown)
}

/// Signs behind which a joiner or a variant has a meaning: Arabic, the scripts
/// of India, and pictures.
fn is_joined(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{2190}'..='\u{2bff}'
        | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_nothing_is_shown_by_its_number() {
        assert_eq!(seen("a\u{200b}b@c.example"), "a[U+200B]b@c.example");
        assert_eq!(seen("\u{202e}gnp.exe"), "[U+202E]gnp.exe");
        assert_eq!(
            seen("a\u{200d}서\u{200c} \u{e0041}\0"),
            "a[U+200D]서[U+200C] [U+E0041][U+0000]"
        );
    }

    #[test]
    fn names_of_any_script_stay_what_they_are() {
        for text in [
            "a@b.example",
            "서울 게이트웨이",
            "می\u{200c}خواهم",
            "👩\u{200d}💻",
            "☎\u{fe0f}",
            "two\nlines\t",
        ] {
            assert_eq!(seen(text), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn different_names_are_seen_to_differ(a in "[ab\u{200b}\u{202e}\u{3164}\u{ad}]{0,6}", b in "[ab\u{200b}\u{202e}\u{3164}\u{ad}]{0,6}") {
            proptest::prop_assert_eq!(a == b, seen(&a) == seen(&b));
            proptest::prop_assert!(seen(&a).chars().all(|c| !is_unseen(c)));
        }
    }
}
