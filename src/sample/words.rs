//! How the reports write what they tell.

use std::fmt;

use crate::mail::{Day, TlsState};

/// The words of the `ConnectorReport` and the SMTP AUTH report.
pub(super) const fn report_word(tls: TlsState) -> &'static str {
    match tls {
        TlsState::NoTls => "No Tls",
        TlsState::Older => "SSL3.0",
        TlsState::V1_0 => "TLS1.0",
        TlsState::V1_1 => "TLS1.1",
        TlsState::V1_2 => "TLS1.2",
        TlsState::V1_3 => "TLS1.3",
        TlsState::VersionNotStated | TlsState::NotRecorded => "",
    }
}

/// The protocol names of Windows, which the Extended report writes; 1.0 has
/// two.
pub(super) const fn windows_word(tls: TlsState, old_name: bool) -> &'static str {
    match tls {
        TlsState::Older => "SP_PROT_SSL3",
        TlsState::V1_0 if old_name => "SP_PROT_TLS1",
        TlsState::V1_0 => "SP_PROT_TLS1_0",
        TlsState::V1_1 => "SP_PROT_TLS1_1",
        TlsState::V1_2 => "SP_PROT_TLS1_2",
        TlsState::V1_3 => "SP_PROT_TLS1_3",
        TlsState::NoTls | TlsState::VersionNotStated | TlsState::NotRecorded => "",
    }
}

pub(super) const fn cipher(tls: TlsState) -> &'static str {
    match tls {
        TlsState::Older | TlsState::V1_0 | TlsState::V1_1 => "TLS_RSA_WITH_AES_256_CBC_SHA",
        TlsState::V1_2 => "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        TlsState::V1_3 => "TLS_AES_256_GCM_SHA384",
        TlsState::NoTls | TlsState::VersionNotStated | TlsState::NotRecorded => "",
    }
}

/// Writes a time as `2026-09-03T15:21:05`, with any separator for the `T`.
pub(super) struct Time(pub(super) u32, pub(super) char);

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, second) = (Day::of_seconds(self.0), self.0 % 86_400);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{day}{}{hour:02}:{minute:02}:{second:02}", self.1)
    }
}

/// Writes a GUID with dashes.
pub(super) struct Guid(pub(super) u128);

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:032x}", self.0);
        let (a, b, c) = (&digits[..8], &digits[8..12], &digits[12..16]);
        write!(f, "{a}-{b}-{c}-{}-{}", &digits[16..20], &digits[20..])
    }
}
