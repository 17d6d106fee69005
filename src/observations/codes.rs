//! How words, hashes and texts stand in a record.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::mail::{AuthMethod, ConnectorType, Direction, HopKind, RowLayout, Start, TlsState};

/// A value that is written as a word of its own.
pub(super) trait Word: Copy + 'static {
    /// Every value.
    const ALL: &'static [Self];

    /// The word for it.
    fn word(self) -> &'static str;
}

/// Such a value in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Coded<T>(pub(super) T);

impl<T: Word> Serialize for Coded<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.word())
    }
}

impl<'de, T: Word> Deserialize<'de> for Coded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = Text::deserialize(deserializer)?;
        let known = T::ALL.iter().find(|known| known.word() == word.0);
        known.map(|known| Self(*known)).ok_or_else(|| {
            let words: Vec<&str> = T::ALL.iter().map(|known| known.word()).collect();
            D::Error::custom(format!("{:?} is none of {}", word.0, words.join(", ")))
        })
    }
}

impl Word for Direction {
    const ALL: &'static [Self] = &Self::ALL;

    fn word(self) -> &'static str {
        self.code()
    }
}

impl Word for TlsState {
    const ALL: &'static [Self] = &Self::ALL;

    fn word(self) -> &'static str {
        self.code()
    }
}

impl Word for AuthMethod {
    const ALL: &'static [Self] = &Self::ALL;

    fn word(self) -> &'static str {
        self.code()
    }
}

impl Word for ConnectorType {
    const ALL: &'static [Self] =
        &[Self::OnPremises, Self::Partner, Self::NoConnector, Self::Unknown];

    fn word(self) -> &'static str {
        self.code()
    }
}

impl Word for RowLayout {
    const ALL: &'static [Self] = &[Self::ManyRows, Self::OneRow];

    fn word(self) -> &'static str {
        match self {
            Self::ManyRows => "manyRows",
            Self::OneRow => "oneRow",
        }
    }
}

impl Word for Start {
    const ALL: &'static [Self] = &[Self::Seen, Self::Likely, Self::Unseen];

    fn word(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Likely => "likely",
            Self::Unseen => "unseen",
        }
    }
}

impl Word for HopKind {
    const ALL: &'static [Self] = &[Self::Crossing, Self::SignedIn, Self::Within];

    fn word(self) -> &'static str {
        match self {
            Self::Crossing => "crossing",
            Self::SignedIn => "signedIn",
            Self::Within => "within",
        }
    }
}

/// A text, borrowed from the record where nothing in it is escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Take;

        impl<'de> Visitor<'de> for Take {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(Take)
    }
}

/// A hash: sixteen hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hash(pub(super) u64);

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Hexadecimal(u128::from(self.0)).write::<16, S>(serializer)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Hexadecimal::read(16, deserializer)?.0;
        Ok(Self(u64::try_from(value).unwrap_or_default()))
    }
}

/// A key, or a network message id: 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Hexadecimal(pub(super) u128);

impl Hexadecimal {
    fn write<const N: usize, S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut digits = [b'0'; N];
        let mut left = self.0;
        for digit in digits.iter_mut().rev() {
            *digit = b"0123456789abcdef"[(left & 15) as usize];
            left >>= 4;
        }
        serializer.serialize_str(std::str::from_utf8(&digits).unwrap_or_default())
    }

    fn read<'de, D: Deserializer<'de>>(digits: usize, deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        let lower = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let whole = text.0.len() == digits && text.0.bytes().all(lower);
        let value = if whole { u128::from_str_radix(&text.0, 16).ok() } else { None };
        value.map(Self).ok_or_else(|| {
            D::Error::custom(format!("{:?} is not {digits} hexadecimal digits", text.0))
        })
    }
}

impl Serialize for Hexadecimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.write::<32, S>(serializer)
    }
}

impl<'de> Deserialize<'de> for Hexadecimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(32, deserializer)
    }
}

/// Two hexadecimal digits a byte.
pub(super) fn digits_of(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes of such digits; `None` where they are none.
pub(super) fn bytes_of(digits: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = digits.as_bytes().chunks(2).map(|two| match two {
        [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
        _ => None,
    });
    pairs.collect()
}
