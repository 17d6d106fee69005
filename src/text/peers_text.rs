use crate::mail::Direction;
use crate::report::{Insight, InsightKind, Severity};

/// The Domains, Hosts and Direct Send reports, and what insights say beside
/// their titles.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Peers {
    pub domains_title: &'static str,
    pub hosts_title: &'static str,
    pub direct_title: &'static str,
    pub all_direct: &'static str,
    pub client_or_host: &'static str,
    pub how_sure: &'static str,
    pub sure: &'static str,
    pub likely: &'static str,
    /// Of Direct Send: neither recorded, nor kept where it was.
    pub not_known: &'static str,
    pub first_seen: &'static str,
    pub last_seen: &'static str,
    pub connectors: &'static str,
    pub direction: fn(Direction) -> &'static str,
    /// Of so many messages, so many whose domain, host or client is not
    /// recorded.
    pub no_domain: fn(messages: u64, all: u64) -> String,
    pub no_host: fn(messages: u64, all: u64) -> String,
    pub no_client: fn(messages: u64, all: u64) -> String,
    /// What counts as Direct Send.
    pub direct_note: &'static str,
    pub sure_note: &'static str,
    pub no_direct: &'static str,
    pub no_own_domains: &'static str,
    pub weak_peer: &'static str,
    pub weak_direct: &'static str,
    pub threshold_never_tls: &'static str,
    pub severity: fn(Severity) -> &'static str,
    pub why: &'static str,
    pub next: &'static str,
    pub why_of: fn(InsightKind) -> &'static str,
    pub next_of: fn(InsightKind) -> &'static str,
    /// Of the insights that name domains or clients. `connector` is its name
    /// with its direction.
    pub says: fn(&Insight, connector: &str) -> String,
    pub most: fn(names: &str, more: u64) -> String,
}
