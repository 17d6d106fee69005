use super::{Severity, Total};
use crate::mail::{ConnectorType, Direction, TlsState};

/// Deprecated (RFC 8996): it protects against little, and is refused one day.
pub(super) const SEVERITY: Severity = Severity::Medium;

/// Messages of an inbound Partner connector with TLS 1.0.
pub(super) fn partner(total: &Total) -> Option<u64> {
    inbound(total, ConnectorType::Partner)
}

/// Messages of an inbound OnPremises connector with TLS 1.0.
pub(super) fn on_premises(total: &Total) -> Option<u64> {
    inbound(total, ConnectorType::OnPremises)
}

fn inbound(total: &Total, of: ConnectorType) -> Option<u64> {
    (total.flow.direction == Direction::Inbound && total.connector_type == of)
        .then(|| total.counts.get(TlsState::V1_0))
}
