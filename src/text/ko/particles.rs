//! Particles, whose form depends on how the word before them is spoken.

/// How a word ends when it is spoken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Vowel,
    /// The consonant ㄹ, behind which `로` stands as behind a vowel.
    Rieul,
    Consonant,
    /// A word in another script, which each may read as they like.
    Unknown,
}

fn ending(word: &str) -> Ending {
    let last = word.chars().rev().find(|sign| !matches!(sign, ')' | '(' | '"' | '\u{2019}'));
    match last {
        Some(last @ '\u{ac00}'..='\u{d7a3}') => match (u32::from(last) - 0xac00) % 28 {
            0 => Ending::Vowel,
            8 => Ending::Rieul,
            _ => Ending::Consonant,
        },
        // Digits and letters go by their names. 일, 칠, 팔, 엘, 알.
        Some('1' | '7' | '8' | 'L' | 'R') => Ending::Rieul,
        // 영 (or 십, 백, 천), 삼, 육, 엠, 엔.
        Some('0' | '3' | '6' | 'M' | 'N') => Ending::Consonant,
        // 이, 사, 오, 구, 퍼센트, 에이 and all other letters.
        Some('2' | '4' | '5' | '9' | '%' | 'A'..='Z') => Ending::Vowel,
        _ => Ending::Unknown,
    }
}

/// With the particle of a subject: `도메인이`, `주소가`.
pub(super) fn subject(word: &str) -> String {
    let particle = match ending(word) {
        Ending::Vowel => "가",
        Ending::Rieul | Ending::Consonant => "이",
        Ending::Unknown => "이(가)",
    };
    [word, particle].concat()
}

/// With the particle of a means or a way: `TLS 1.0으로`, `TLS 1.1로`.
pub(super) fn by(word: &str) -> String {
    let particle = match ending(word) {
        Ending::Vowel | Ending::Rieul => "로",
        Ending::Consonant => "으로",
        Ending::Unknown => "(으)로",
    };
    [word, particle].concat()
}

/// As what something was: `TLS 1.3이었습니다`, `TLS 1.2였습니다`.
pub(super) fn was(word: &str) -> String {
    let verb = if ending(word) == Ending::Vowel { "였습니다" } else { "이었습니다" };
    [word, verb].concat()
}

#[cfg(test)]
mod tests {
    use super::{by, subject, was};

    #[test]
    fn particles_go_by_how_a_word_is_spoken() {
        for (word, is, means, past) in [
            ("도메인", "도메인이", "도메인으로", "도메인이었습니다"),
            ("날짜", "날짜가", "날짜로", "날짜였습니다"),
            ("메일(메시지)", "메일(메시지)가", "메일(메시지)로", "메일(메시지)였습니다"),
            ("비율", "비율이", "비율로", "비율이었습니다"),
            ("TLS 1.0", "TLS 1.0이", "TLS 1.0으로", "TLS 1.0이었습니다"),
            ("TLS 1.1", "TLS 1.1이", "TLS 1.1로", "TLS 1.1이었습니다"),
            ("TLS 1.2", "TLS 1.2가", "TLS 1.2로", "TLS 1.2였습니다"),
            ("TLS 1.3", "TLS 1.3이", "TLS 1.3으로", "TLS 1.3이었습니다"),
            ("SSL", "SSL이", "SSL로", "SSL이었습니다"),
            ("99.9%", "99.9%가", "99.9%로", "99.9%였습니다"),
            ("contoso", "contoso이(가)", "contoso(으)로", "contoso이었습니다"),
        ] {
            assert_eq!([subject(word), by(word), was(word)], [is, means, past]);
        }
    }
}
