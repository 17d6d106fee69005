//! The dates that are known of policies: this file is all there is to change
//! when one moves.

use super::Policy;

/// Something that happens, or is announced, at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyDate {
    /// Of which policy.
    pub policy: Policy,
    /// What happens.
    pub event: PolicyEvent,
    /// When.
    pub when: PolicyTime,
    /// Year and month for which the source was last looked at.
    pub as_of: (i32, u8),
    /// Who says so.
    pub publisher: &'static str,
    /// Where they say so.
    pub source: &'static str,
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyEvent {
    /// Off by default for tenants that exist; an administrator can switch it on.
    OffByDefault,
    /// The date of the final removal is to be announced.
    RemovalAnnounced,
}

/// When it happens, as exactly as it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyTime {
    /// At the end of that month of the year.
    EndOfMonth(i32, u8),
    /// In the second half of the year.
    SecondHalf(i32),
}

const TIMELINE: &str = "https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835";

/// Every date that is known.
pub const POLICY_DATES: [PolicyDate; 2] = [
    PolicyDate {
        policy: Policy::BasicAuth,
        event: PolicyEvent::OffByDefault,
        when: PolicyTime::EndOfMonth(2026, 12),
        as_of: (2026, 11),
        publisher: "Microsoft Exchange Team",
        source: TIMELINE,
    },
    PolicyDate {
        policy: Policy::BasicAuth,
        event: PolicyEvent::RemovalAnnounced,
        when: PolicyTime::SecondHalf(2027),
        as_of: (2026, 11),
        publisher: "Microsoft Exchange Team",
        source: TIMELINE,
    },
];
