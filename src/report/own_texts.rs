use crate::mail::{ConnectorType, Direction, organization};
use crate::tally::{FlowCell, Tally, Text};

/// The organization's own domains, as texts of the tally.
pub(super) struct OwnTexts {
    /// By the position of a text; as far as the last own domain.
    own: Vec<bool>,
    /// Whose they are.
    organizations: Vec<String>,
}

impl OwnTexts {
    pub(super) fn new(tally: &Tally) -> Self {
        let mut own = Vec::new();
        for index in tally.own_domains.iter().filter_map(|name| tally.find(name)).map(Text::index) {
            if own.len() <= index {
                own.resize(index + 1, false);
            }
            own[index] = true;
        }
        let whose = |name: &String| organization(name).to_owned();
        Self { own, organizations: tally.own_domains.iter().map(whose).collect() }
    }

    /// Whether own domains are known at all.
    pub(super) fn any(&self) -> bool {
        !self.organizations.is_empty()
    }

    /// Whether a domain is an own one.
    fn has(&self, domain: Text) -> bool {
        self.own.get(domain.index()).copied().unwrap_or(false)
    }

    /// Whether a domain is that of another organization: what stands below an
    /// own domain is not foreign.
    pub(super) fn is_foreign(&self, domain: &str) -> bool {
        !self.organizations.iter().any(|own| own == organization(domain))
    }

    /// Whether messages came with Direct Send (RP-05): in, without a connector,
    /// from a sender of an own domain. Devices do that, and so do forgers.
    pub(super) fn came_directly(&self, cell: &FlowCell) -> bool {
        cell.direction == Direction::Inbound
            && cell.connector.is_none()
            && matches!(cell.connector_type, ConnectorType::NoConnector | ConnectorType::Unknown)
            && cell.sender_domain.is_some_and(|domain| self.has(domain))
    }
}

/// Whether a source states that there was no connector, or is silent.
pub(super) fn is_sure(cell: &FlowCell) -> bool {
    cell.connector_type == ConnectorType::NoConnector
}

/// Where mail came from that was sent directly.
pub(super) fn client(cell: &FlowCell) -> Option<Text> {
    cell.client_ip.or(cell.remote_host)
}
