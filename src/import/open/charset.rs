//! Encodings of 8-bit text.

use std::borrow::Cow;

/// An encoding of 8-bit text. The names are the WHATWG Encoding Standard's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Charset {
    /// UTF-8, which ASCII is part of.
    #[default]
    Utf8,
    /// CP949, the Korean Windows code page.
    EucKr,
    /// CP932, the Japanese Windows code page.
    ShiftJis,
    /// CP936, the Chinese Windows code page.
    Gbk,
    /// CP1251, Cyrillic.
    Windows1251,
    /// CP1252, Western European.
    Windows1252,
}

impl Charset {
    /// Its name, for people.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::EucKr => "CP949 (EUC-KR)",
            Self::ShiftJis => "CP932 (Shift_JIS)",
            Self::Gbk => "CP936 (GBK)",
            Self::Windows1251 => "Windows-1251",
            Self::Windows1252 => "Windows-1252",
        }
    }

    /// The WHATWG label.
    const fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::EucKr => "euc-kr",
            Self::ShiftJis => "shift_jis",
            Self::Gbk => "gbk",
            Self::Windows1251 => "windows-1251",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The encoding of a file that starts with `start`; `korean` is the
    /// person's language, for bytes that tell nothing by themselves.
    pub(crate) fn guess(start: &[u8], korean: bool) -> Self {
        match str::from_utf8(start) {
            Ok(_) => return Self::Utf8,
            // The start may end inside a character.
            Err(error) if error.error_len().is_none() => return Self::Utf8,
            Err(_) => {}
        }
        let scores = [
            (Self::EucKr, hangul_score(start)),
            (Self::ShiftJis, kana_score(start)),
            (Self::Gbk, hanzi_score(start)),
            (Self::Windows1251, cyrillic_score(start)),
        ];
        let best = scores.into_iter().rev().max_by_key(|(_, score)| *score);
        match best {
            Some((charset, score)) if score > 0 => charset,
            _ if korean => Self::EucKr,
            _ => Self::Windows1252,
        }
    }

    /// `bytes` as text, and whether all of them were characters. UTF-8 is
    /// taken wherever it is valid.
    pub(crate) fn text(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        match str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), true),
            // A file may turn from ASCII to another encoding after its start.
            Err(_) if self == Self::Utf8 => {
                let guess = Self::guess(bytes, false);
                (Cow::Owned(decode(guess.label(), bytes)), false)
            }
            Err(_) => (Cow::Owned(decode(self.label(), bytes)), true),
        }
    }
}

/// Pairs of a lead byte and a trail byte: (pairs in `wanted`, other high
/// bytes).
fn pairs(bytes: &[u8], wanted: impl Fn(u8, u8) -> bool) -> (i64, i64) {
    let (mut hits, mut misses) = (0, 0);
    let mut rest = bytes;
    while let [lead, tail @ ..] = rest {
        rest = tail;
        if lead.is_ascii() {
            continue;
        }
        match tail.split_first() {
            Some((trail, behind)) if wanted(*lead, *trail) => {
                hits += 1;
                rest = behind;
            }
            Some((trail, behind)) if !trail.is_ascii() => {
                misses += 1;
                rest = behind;
            }
            _ => misses += 1,
        }
    }
    (hits, misses)
}

/// Weight: a pair of bytes that hits says more than one byte that does not.
fn score((hits, misses): (i64, i64)) -> i64 {
    hits * 2 - misses * 3
}

/// Hangul syllables of KS X 1001.
fn hangul_score(bytes: &[u8]) -> i64 {
    score(pairs(bytes, |lead, trail| (0xb0..=0xc8).contains(&lead) && trail >= 0xa1))
}

/// Kana of JIS X 0208, and the kanji of level 1.
fn kana_score(bytes: &[u8]) -> i64 {
    let kana = pairs(bytes, |lead, trail| {
        lead == 0x82 && (0x9f..=0xf1).contains(&trail)
            || lead == 0x83 && (0x40..=0x96).contains(&trail)
            || (0x88..=0x97).contains(&lead) && trail >= 0x40
            || lead == 0x81 && (0x40..=0x5b).contains(&trail)
    });
    score(kana)
}

/// Hanzi of GB 2312, level 1; less than the same pairs are worth as Hangul.
fn hanzi_score(bytes: &[u8]) -> i64 {
    let (hits, misses) = pairs(bytes, |lead, trail| (0xb0..=0xd7).contains(&lead) && trail >= 0xa1);
    score((hits, misses)) - hits / 8
}

/// Words of Cyrillic small letters.
fn cyrillic_score(bytes: &[u8]) -> i64 {
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let small = bytes.windows(2).filter(|pair| pair[0] >= 0xc0 && pair[1] >= 0xe0).count();
    let (high, small) = (i64::try_from(high).unwrap_or(0), i64::try_from(small).unwrap_or(0));
    // Western letters stand alone among ASCII; Cyrillic ones in a row.
    if small * 2 > high { small * 2 - high } else { -1 }
}

#[cfg(feature = "program")]
fn decode(label: &str, bytes: &[u8]) -> String {
    encoding_rs::Encoding::for_label(label.as_bytes())
        .unwrap_or(encoding_rs::WINDOWS_1252)
        .decode_without_bom_handling(bytes)
        .0
        .into_owned()
}

/// The browser's own decoder, which follows the same standard.
#[cfg(not(feature = "program"))]
fn decode(label: &str, bytes: &[u8]) -> String {
    #[cfg(feature = "page")]
    if let Ok(decoder) = web_sys::TextDecoder::new_with_label(label)
        && let Ok(text) = decoder.decode_with_u8_array(bytes)
    {
        return text;
    }
    #[cfg(not(feature = "page"))]
    let _ = label;
    String::from_utf8_lossy(bytes).into_owned()
}
