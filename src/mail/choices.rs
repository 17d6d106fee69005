use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ConnectorType, Zone};

/// What no format can say of an organization, and a person can. Each is
/// guessed from the data or left open until the person says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The organization's own domains, lower case; `None` to guess them.
    pub own_domains: Option<Vec<String>>,
    /// Where connectors lead, by name as written, for those of which the
    /// files do not say it.
    pub connector_types: Vec<(String, ConnectorType)>,
    /// Servers of the organization, by host name or IP address (a leading
    /// `*.` or a trailing `.` or `:` stands for all that begin or end so):
    /// mail from and to them is an internal hop.
    pub internal_hosts: Vec<String>,
    /// Connectors by host, for formats without connectors: a host as above,
    /// and the connector's name.
    pub connectors: Vec<(String, String)>,
    /// The zone of times without one in files whose format writes local time.
    pub zone: Zone,
    /// The year of the first line of logs whose lines state none.
    pub log_year: Option<i32>,
}

impl Choices {
    /// Years that a log can be of: those of the counts.
    pub const LOG_YEARS: (i32, i32) = (1970, 2105);

    /// Reads what a person says of a connector: `mail2.example.net = Partner
    /// gateway`, a host as above and the connector's name.
    pub fn connector(text: &str) -> Option<(String, String)> {
        let (host, name) = text.split_once('=')?;
        let (host, name) = (host.trim(), name.trim());
        let whole = !host.is_empty() && !host.contains(char::is_whitespace) && !name.is_empty();
        whole.then(|| (host.to_owned(), name.to_owned()))
    }

    /// What both say, in any order: all own domains, hosts and connectors. Of
    /// what they say otherwise, the first by name holds.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        fn both<T: Clone + Ord>(one: &[T], other: &[T]) -> Vec<T> {
            let all: BTreeSet<T> = one.iter().chain(other).cloned().collect();
            all.into_iter().collect()
        }
        fn first<T: Clone>(mut pairs: Vec<(String, T)>) -> Vec<(String, T)> {
            pairs.dedup_by(|later, earlier| later.0 == earlier.0);
            pairs
        }
        let own_domains = match (&self.own_domains, &other.own_domains) {
            (Some(one), Some(other)) => Some(both(one, other)),
            (one, other) => one.clone().or_else(|| other.clone()),
        };
        let said = [&self.zone, &other.zone].into_iter().filter(|zone| zone.is_said());
        let zone = said.min_by(|a, b| (&a.name, &a.changes).cmp(&(&b.name, &b.changes)));
        Self {
            own_domains,
            connector_types: first(both(&self.connector_types, &other.connector_types)),
            internal_hosts: both(&self.internal_hosts, &other.internal_hosts),
            connectors: first(both(&self.connectors, &other.connectors)),
            zone: zone.cloned().unwrap_or_default(),
            log_year: self.log_year.into_iter().chain(other.log_year).min(),
        }
    }

    /// Whether only reading again makes use of what differs from `other`.
    pub fn reads_otherwise(&self, other: &Self) -> bool {
        self.internal_hosts != other.internal_hosts
            || self.connectors != other.connectors
            || self.zone != other.zone
            || self.log_year != other.log_year
    }

    /// Whether `host`, a host name or an IP address, is a server of the
    /// organization.
    pub fn is_internal(&self, host: &str) -> bool {
        self.internal_hosts.iter().any(|own| is_host(own, host))
    }

    /// The connector over which mail from or to `host` goes, where the person
    /// names one.
    pub fn connector_of(&self, host: &str) -> Option<&str> {
        let known = self.connectors.iter().find(|(own, _)| is_host(own, host));
        known.map(|(_, name)| name.as_str())
    }
}

/// Whether a host is one that `own` names.
fn is_host(own: &str, host: &str) -> bool {
    if let Some(end) = own.strip_prefix('*') {
        return host.len() > end.len() && ends_with(host, end);
    }
    let network = own.ends_with(['.', ':']);
    network && host.starts_with(own) || host.eq_ignore_ascii_case(own)
}

fn ends_with(text: &str, end: &str) -> bool {
    text.len()
        .checked_sub(end.len())
        .and_then(|at| text.get(at..))
        .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::Choices;

    #[test]
    fn a_connector_is_a_host_and_a_name() {
        let read =
            |text: &str| Choices::connector(text).map(|(host, name)| format!("{host}|{name}"));
        assert_eq!(
            read(" mail2.example.net = Partner gateway ").as_deref(),
            Some("mail2.example.net|Partner gateway")
        );
        assert_eq!(read("*.example.net=a=b").as_deref(), Some("*.example.net|a=b"));
        for text in ["mail2.example.net", "= Gate", "mail2.example.net =", "a b = Gate", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn internal_hosts_are_names_addresses_and_networks() {
        let hosts =
            ["edge1.contoso.example", "*.in.contoso.example", "10.1.", "192.0.2.7", "fd00:"];
        let choices =
            Choices { internal_hosts: hosts.map(str::to_owned).to_vec(), ..Choices::default() };
        for host in
            ["EDGE1.contoso.example", "a.in.contoso.example", "10.1.2.3", "192.0.2.7", "fd00::1"]
        {
            assert!(choices.is_internal(host), "{host}");
        }
        for host in
            ["edge1.contoso.example.net", "in.contoso.example", "10.11.2.3", "192.0.2.70", ""]
        {
            assert!(!choices.is_internal(host), "{host}");
        }
    }
}
