//! Transport Layer Security as a trace or log states it.

use serde::{Deserialize, Serialize};

/// What a source says of the TLS of one SMTP connection, weakest first.
///
/// Three of the states are silences or half-silences and are never merged
/// with a version: see each of them.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum TlsState {
    /// The source says that there was no TLS.
    NoTls,
    /// SSL 2.0 or SSL 3.0.
    Older,
    /// TLS 1.0 (RFC 2246).
    V1_0,
    /// TLS 1.1 (RFC 4346).
    V1_1,
    /// TLS 1.2 (RFC 5246).
    V1_2,
    /// TLS 1.3 (RFC 8446).
    V1_3,
    /// TLS was used; the source does not say which version.
    VersionNotStated,
    /// The source is silent. Never counted as [`TlsState::NoTls`].
    #[default]
    NotRecorded,
}

impl TlsState {
    /// Every state, in the order in which it is shown and indexed.
    pub const ALL: [Self; 8] = [
        Self::NoTls,
        Self::Older,
        Self::V1_0,
        Self::V1_1,
        Self::V1_2,
        Self::V1_3,
        Self::VersionNotStated,
        Self::NotRecorded,
    ];

    /// Position in [`TlsState::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The word for it in the program's JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoTls => "none",
            Self::Older => "older",
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
            Self::V1_2 => "1.2",
            Self::V1_3 => "1.3",
            Self::VersionNotStated => "unstated",
            Self::NotRecorded => "notRecorded",
        }
    }

    /// Whether the source says anything: a version, "some TLS" or "no TLS".
    pub const fn is_recorded(self) -> bool {
        !matches!(self, Self::NotRecorded)
    }

    /// Whether the message was protected in transit by TLS of any version.
    pub const fn is_protected(self) -> bool {
        !matches!(self, Self::NoTls | Self::NotRecorded)
    }

    /// Whether the state names a version or says "none": such a state replaces
    /// the vaguer ones when rows of one message are joined.
    pub const fn is_definite(self) -> bool {
        !matches!(self, Self::VersionNotStated | Self::NotRecorded)
    }
}

impl TlsState {
    /// Reads the word that a source uses for TLS; `None` if it is none that is
    /// known. The table of spellings is in `tests/tls_words.rs`.
    ///
    /// `TLSv1/SSLv3` is OpenSSL's family of cipher suites, not a version: old
    /// sendmail writes it beside suites that only TLS 1.2 has. It is
    /// "version not stated", never 1.0.
    pub fn parse(word: &[u8]) -> Option<Self> {
        let word = word.trim_ascii();
        let word = word.strip_prefix(b"3D").unwrap_or(word);
        let lower: Vec<u8> = word.to_ascii_lowercase();
        let squeezed: Vec<u8> =
            lower.iter().copied().filter(|b| !matches!(b, b' ' | b'_' | b'-' | b'.')).collect();
        match squeezed.as_slice() {
            b"" | b"unknown" | b"n/a" | b"na" | b"notrecorded" | b"null" => {
                return Some(Self::NotRecorded);
            }
            b"none" | b"no" | b"false" | b"notls" | b"withouttls" | b"plaintext"
            | b"unencrypted" | b"notencrypted" => return Some(Self::NoTls),
            b"encrypted" | b"yes" | b"true" | b"tls" | b"starttls" => {
                return Some(Self::VersionNotStated);
            }
            _ => {}
        }
        if squeezed.starts_with(b"notls")
            || lower == "tls 없음".as_bytes()
            || lower == "없음".as_bytes()
        {
            return Some(Self::NoTls);
        }
        if lower == "기록되지 않음".as_bytes() || lower == "알 수 없음".as_bytes() {
            return Some(Self::NotRecorded);
        }
        if contains(&lower, b"tlsv1/sslv3") {
            return Some(Self::VersionNotStated);
        }
        if let Some(found) = version_in(&lower) {
            return found;
        }
        if let [b'1', b'.' | b'_', minor] | [b'v', b'1', b'.' | b'_', minor] = lower.as_slice() {
            return Self::of_version(b'1', Some(*minor));
        }
        (contains(&lower, b"tls") || contains(&lower, b"ssl")).then_some(Self::VersionNotStated)
    }

    /// The TLS of a word that must look like a version (`SP_PROT_TLS1_2_CLIENT`,
    /// `TLS1.2`, `SSLv3`); `None` for anything else, so that a policy such as
    /// `Opportunistic` is never taken for a fact.
    pub fn parse_version(word: &[u8]) -> Option<Self> {
        let lower = word.to_ascii_lowercase();
        if contains(&lower, b"tlsv1/sslv3") {
            return Some(Self::VersionNotStated);
        }
        version_in(&lower).flatten()
    }

    fn of_version(major: u8, minor: Option<u8>) -> Option<Self> {
        match (major, minor) {
            (b'1', None | Some(b'0')) => Some(Self::V1_0),
            (b'1', Some(b'1')) => Some(Self::V1_1),
            (b'1', Some(b'2')) => Some(Self::V1_2),
            (b'1', Some(b'3')) => Some(Self::V1_3),
            _ => None,
        }
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// The first `TLS` or `SSL` with a number, in lower-case text: `Some(None)` if
/// the number is no version that exists, `None` if there is no such word.
#[expect(clippy::option_option, reason = "three answers: a version, a wrong one, no word at all")]
fn version_in(lower: &[u8]) -> Option<Option<TlsState>> {
    for (at, window) in lower.windows(3).enumerate() {
        let ssl = window == b"ssl";
        if !ssl && window != b"tls" {
            continue;
        }
        let mut rest = &lower[at + 3..];
        for separators in [&b" _"[..], b"v", b" _"] {
            if let Some((first, tail)) = rest.split_first()
                && separators.contains(first)
            {
                rest = tail;
            }
        }
        let Some((&major, tail)) = rest.split_first() else { continue };
        if !major.is_ascii_digit() {
            continue;
        }
        if ssl {
            return Some(matches!(major, b'1'..=b'3').then_some(TlsState::Older));
        }
        let minor = match tail {
            // `TLS1.x` is how a test suite hides the version.
            [b'.', b'x', ..] => return Some(Some(TlsState::VersionNotStated)),
            [b'.' | b'_', digit, next, ..] if digit.is_ascii_digit() && next.is_ascii_digit() => {
                return Some(None);
            }
            [b'.' | b'_', digit, ..] | [digit, ..] if digit.is_ascii_digit() => Some(*digit),
            _ => None,
        };
        return Some(TlsState::of_version(major, minor));
    }
    None
}
