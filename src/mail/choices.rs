use serde::{Deserialize, Serialize};

use super::ConnectorType;

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
    /// Minutes east of UTC of times without a zone in files whose format
    /// writes local time; `None` for UTC.
    pub zone_minutes: Option<i32>,
}

impl Choices {
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
