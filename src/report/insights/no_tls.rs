use super::{Severity, Total};
use crate::mail::TlsState;

/// Anyone on the way can read it.
pub(super) const SEVERITY: Severity = Severity::High;

/// Messages without TLS, of a connector that has a name.
pub(super) fn no_tls(total: &Total) -> Option<u64> {
    total.flow.connector.map(|_| total.counts.get(TlsState::NoTls))
}
