use serde::{Deserialize, Serialize};

use crate::mail::{AuthMethod, TlsState};

/// What is switched off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Policy {
    /// TLS below 1.2 is refused. Mail without TLS is another policy.
    #[default]
    OldTls,
    /// Mail without TLS is refused.
    NoTls,
    /// Basic authentication for SMTP AUTH ends.
    BasicAuth,
    /// SMTP AUTH ends.
    SmtpAuth,
    /// Connectors force TLS: all of them, or the one that was chosen.
    ForcedTls,
}

impl Policy {
    /// Every policy, in the order in which it is shown.
    pub const ALL: [Self; 5] =
        [Self::OldTls, Self::NoTls, Self::BasicAuth, Self::SmtpAuth, Self::ForcedTls];

    /// The word for it in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OldTls => "old-tls",
            Self::NoTls => "no-tls",
            Self::BasicAuth => "basic-auth",
            Self::SmtpAuth => "smtp-auth",
            Self::ForcedTls => "forced-tls",
        }
    }

    pub(super) const fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }
}

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It would be refused.
    Refused,
    /// It would pass.
    Passes,
    /// The files do not say what it takes. Never counted as safe.
    Untold,
}

/// Which mail flow a policy is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// None.
    None,
    /// What the Connector report tells of: all that crosses the border.
    All,
    /// What goes over a connector.
    Connectors,
}

/// What a policy is about, and what it does.
pub(super) struct Rule {
    /// Whether it is about SMTP AUTH clients.
    pub(super) clients: bool,
    pub(super) flow: Flow,
    pub(super) verdict: fn(TlsState, AuthMethod) -> Verdict,
}

/// In the order of [`Policy::ALL`].
const RULES: [Rule; 5] = [
    Rule { clients: true, flow: Flow::All, verdict: |tls, _| old_tls(tls) },
    Rule { clients: true, flow: Flow::All, verdict: |tls, _| no_tls(tls) },
    Rule { clients: true, flow: Flow::None, verdict: |_, method| basic(method) },
    Rule { clients: true, flow: Flow::None, verdict: |_, _| Verdict::Refused },
    Rule { clients: false, flow: Flow::Connectors, verdict: |tls, _| no_tls(tls) },
];

const fn old_tls(tls: TlsState) -> Verdict {
    match tls {
        TlsState::Older | TlsState::V1_0 | TlsState::V1_1 => Verdict::Refused,
        TlsState::NoTls | TlsState::V1_2 | TlsState::V1_3 => Verdict::Passes,
        TlsState::VersionNotStated | TlsState::NotRecorded => Verdict::Untold,
    }
}

const fn no_tls(tls: TlsState) -> Verdict {
    match tls {
        TlsState::NoTls => Verdict::Refused,
        TlsState::NotRecorded => Verdict::Untold,
        _ => Verdict::Passes,
    }
}

const fn basic(method: AuthMethod) -> Verdict {
    match method {
        AuthMethod::Basic => Verdict::Refused,
        AuthMethod::Modern => Verdict::Passes,
        AuthMethod::Unknown => Verdict::Untold,
    }
}
