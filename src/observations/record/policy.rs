//! A policy of an SMTP TLS report (RFC 8460).

use serde::{Deserialize, Serialize};

use super::Keys;
use crate::mail::{TlsFailure, TlsReport};
use crate::observations::codes::Hash;

/// A policy of an SMTP TLS report.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names of the field")]
pub(in super::super) struct Policy {
    pub(in super::super) file: u32,
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(in super::super) keys: Keys,
    organization: String,
    report_id: String,
    contact: String,
    first_second: u32,
    last_second: u32,
    position: u32,
    text: Hash,
    policy_type: String,
    mode: String,
    domain: String,
    mx_hosts: Vec<String>,
    successful_sessions: u64,
    failed_sessions: u64,
    failures: Vec<Failure>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    result_type: String,
    receiving_host: String,
    receiving_ip: String,
    sending_ip: String,
    information: String,
    reason: String,
    sessions: u64,
}

impl Policy {
    pub(in super::super) fn of(file: u32, keys: Keys, told: TlsReport) -> Self {
        let failures = told.failures.into_iter().map(|failure| Failure {
            result_type: failure.result_type,
            receiving_host: failure.receiving_host,
            receiving_ip: failure.receiving_ip,
            sending_ip: failure.sending_ip,
            information: failure.information,
            reason: failure.reason,
            sessions: failure.sessions,
        });
        Self {
            file,
            keys,
            failures: failures.collect(),
            organization: told.organization,
            report_id: told.report_id,
            contact: told.contact,
            first_second: told.period.0,
            last_second: told.period.1,
            position: told.position,
            text: Hash(told.text),
            policy_type: told.policy_type,
            mode: told.mode,
            domain: told.domain,
            mx_hosts: told.mx_hosts,
            successful_sessions: told.successful,
            failed_sessions: told.failed,
        }
    }

    pub(in super::super) fn report(self) -> TlsReport {
        let failures = self.failures.into_iter().map(|failure| TlsFailure {
            result_type: failure.result_type,
            receiving_host: failure.receiving_host,
            receiving_ip: failure.receiving_ip,
            sending_ip: failure.sending_ip,
            information: failure.information,
            reason: failure.reason,
            sessions: failure.sessions,
        });
        TlsReport {
            failures: failures.collect(),
            organization: self.organization,
            report_id: self.report_id,
            contact: self.contact,
            period: (self.first_second, self.last_second),
            position: self.position,
            text: self.text.0,
            policy_type: self.policy_type,
            mode: self.mode,
            domain: self.domain,
            mx_hosts: self.mx_hosts,
            successful: self.successful_sessions,
            failed: self.failed_sessions,
        }
    }
}
