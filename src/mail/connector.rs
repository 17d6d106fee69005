use serde::{Deserialize, Serialize};

/// Where a connector leads, in the words of Exchange Online's reports.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum ConnectorType {
    /// The organization's own servers.
    OnPremises,
    /// A partner organization or service.
    Partner,
    /// Straight from or to the internet.
    NoConnector,
    /// The source does not say.
    #[default]
    Unknown,
}

impl ConnectorType {
    /// The word for it in reports and in the program's JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OnPremises => "OnPremises",
            Self::Partner => "Partner",
            Self::NoConnector => "NoConnector",
            Self::Unknown => "Unknown",
        }
    }
}

/// Whether a connector cell means "no connector of the organization".
///
/// Exchange Online writes its built-in connectors by name
/// (`To_DefaultOpportunisticTLS`), its own servers' receive connectors as
/// `SERVER\Default SERVER`, and its reports speak of "From the internet
/// without a connector".
pub fn names_no_connector(name: &str) -> bool {
    let name = name.trim();
    if name.is_empty() || name == "-" {
        return true;
    }
    if let Some((server, rest)) = name.split_once('\\')
        && let Some(of) = rest.strip_prefix("Default ")
        && of.eq_ignore_ascii_case(server)
    {
        return true;
    }
    let lower = super::lower(name);
    lower.ends_with("_defaultopportunistictls")
        || lower.ends_with("internet without a connector")
        || matches!(
            lower.as_str(),
            "noconnector"
                | "no connector"
                | "none"
                | "n/a"
                | "커넥터 없음"
                | "커넥터 없이 인터넷에서 수신"
                | "커넥터 없이 인터넷으로 발신"
        )
}
