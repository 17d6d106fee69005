use super::Day;

/// One policy of one SMTP TLS report (RFC 8460): what another organization
/// counted of its SMTP sessions to a domain of ours.
///
/// These are sessions, never messages: a session carries any number of them,
/// or none. They are inbound to the domain, and no TLS version is known.
#[derive(Clone, Copy, Debug)]
pub struct TlsReport<'a> {
    /// Who counted (`organization-name`).
    pub organization: &'a str,
    /// What the organization calls the report (`report-id`).
    pub report_id: &'a str,
    /// How to reach it (`contact-info`); empty where not told.
    pub contact: &'a str,
    /// First and last second of the report (`date-range`), since
    /// 1970-01-01T00:00:00Z.
    pub period: (u32, u32),
    /// The how-manieth policy of its report, from 0.
    pub position: u32,
    /// `sts` (MTA-STS, RFC 8461), `tlsa` (DANE, RFC 7672), `no-policy-found`,
    /// or what else is written.
    pub policy_type: &'a str,
    /// What an MTA-STS policy asks for (`mode: enforce` in its
    /// `policy-string`); empty where not told.
    pub mode: &'a str,
    /// The domain that the sessions went to (`policy-domain`), lower case.
    pub domain: &'a str,
    /// The hosts that the policy allows (`mx-host`), as written.
    pub mx_hosts: &'a [String],
    /// Sessions in which TLS was negotiated as the policy asks.
    pub successful: u64,
    /// Sessions in which it was not.
    pub failed: u64,
    /// Why they failed (`failure-details`), as far as that is told.
    pub failures: &'a [TlsFailure],
}

/// Failed sessions that have their reason and their way in common
/// (`failure-details`); texts are as written, and empty where not told.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
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

impl TlsReport<'_> {
    /// First and last UTC day. Some senders end a day where the next begins.
    pub fn days(&self) -> (Day, Day) {
        let (first, last) = self.period;
        (Day::of_seconds(first), Day::of_seconds(last.saturating_sub(1).max(first)))
    }
}
