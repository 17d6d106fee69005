use serde::{Deserialize, Serialize};

use super::Day;

/// One policy of one SMTP TLS report (RFC 8460): what another organization
/// counted of its SMTP sessions to a domain of ours.
///
/// These are sessions, never messages: a session carries any number of them,
/// or none. They are inbound to the domain, and no TLS version is known.
/// Texts are as written, and empty where nothing is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsReport {
    /// Who counted (`organization-name`).
    pub organization: String,
    /// What the organization calls the report (`report-id`).
    pub report_id: String,
    /// How to reach it (`contact-info`).
    pub contact: String,
    /// First and last second of the report (`date-range`), since
    /// 1970-01-01T00:00:00Z.
    pub period: (u32, u32),
    /// The how-manieth policy of its report, from 0.
    pub position: u32,
    /// Fingerprint of the report's text.
    pub text: u64,
    /// `sts` (MTA-STS, RFC 8461), `tlsa` (DANE, RFC 7672), `no-policy-found`,
    /// or what else is written.
    pub policy_type: String,
    /// What an MTA-STS policy asks for: `mode: enforce` in its
    /// `policy-string`.
    pub mode: String,
    /// The domain that the sessions went to (`policy-domain`), lower case.
    pub domain: String,
    /// The hosts that the policy allows (`mx-host`).
    pub mx_hosts: Vec<String>,
    /// Sessions in which TLS was negotiated as the policy asks.
    pub successful: u64,
    /// Sessions in which it was not.
    pub failed: u64,
    /// Why they failed (`failure-details`), as far as that is told.
    pub failures: Vec<TlsFailure>,
}

/// Failed sessions that have their reason and their way in common
/// (`failure-details`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsFailure {
    /// Why they failed: one of RFC 8460 section 4.3, or what else is written.
    pub result_type: String,
    /// The host that was to receive (`receiving-mx-hostname`).
    pub receiving_host: String,
    /// Its IP address.
    pub receiving_ip: String,
    /// IP address of the host that was to send.
    pub sending_ip: String,
    /// What else the sender says (`additional-information`), often an address
    /// of the web.
    pub information: String,
    /// What the sender's software says (`failure-reason-code`).
    pub reason: String,
    /// How many sessions.
    pub sessions: u64,
}

impl TlsReport {
    /// First and last UTC day. Some senders end a day where the next begins.
    pub fn days(&self) -> (Day, Day) {
        let (first, last) = self.period;
        (Day::of_seconds(first), Day::of_seconds(last.saturating_sub(1).max(first)))
    }

    /// All of its sessions.
    pub const fn sessions(&self) -> u64 {
        self.successful.saturating_add(self.failed)
    }
}
