/// `text` in lower case, in every script.
///
/// The standard library's tables weigh 5 kB in the page; the browser has its
/// own, by the same standard (Unicode, Special Casing).
pub fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { lower_unicode(text) }
}

#[cfg(all(feature = "page", target_family = "wasm"))]
fn lower_unicode(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[cfg(not(all(feature = "page", target_family = "wasm")))]
fn lower_unicode(text: &str) -> String {
    text.to_lowercase()
}

/// Whether a character can be part of a word: a letter or digit of ASCII, and
/// beyond it everything but blanks, punctuation and signs.
pub fn is_of_word(character: char) -> bool {
    match character {
        '\0'..='\x7f' => character.is_ascii_alphanumeric(),
        // Blanks and punctuation of Latin-1, of all scripts, of East Asia, of
        // full width, and private use.
        '\u{80}'..='\u{a9}'
        | '\u{ab}'..='\u{b4}'
        | '\u{b6}'..='\u{b9}'
        | '\u{bb}'..='\u{bf}'
        | '\u{d7}'
        | '\u{f7}'
        | '\u{2000}'..='\u{206f}'
        | '\u{2190}'..='\u{2bff}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fe00}'..='\u{fe6f}'
        | '\u{feff}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}'
        | '\u{fff0}'..='\u{ffff}' => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_of_word, lower};

    #[test]
    fn every_script_has_its_lower_case() {
        assert_eq!(lower("TLS 1.2 Ä ИМЯ 이름"), "tls 1.2 ä имя 이름");
    }

    #[test]
    fn words_of_headers() {
        assert!("TLS버전Größe날짜名".chars().all(is_of_word));
        assert!(!" _-\u{a0}\u{feff}（）·…「」".chars().any(is_of_word));
    }
}
