//! What other organizations counted of their sessions (RFC 8460). They are
//! sessions, and part of no other figure.
//!
//! A policy counts once, however many copies of its report there are. Where two
//! reports of one name say different things, the one with more sessions
//! counts.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::store::KeyMap;
use crate::mail::{Day, MessageKey, TlsFailure, TlsReport};
use crate::order::sort_by;

/// One policy of one SMTP TLS report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TlsPolicy {
    /// The domain that the sessions went to, lower case.
    pub domain: String,
    /// First and last UTC day.
    pub days: (Day, Day),
    /// Who counted.
    pub organization: String,
    /// What it calls the report.
    pub report_id: String,
    /// The how-manieth policy of its report, from 0.
    pub position: u32,
    /// `sts`, `tlsa`, `no-policy-found`, or what else is written.
    pub policy_type: String,
    /// `enforce`, `testing` or `none` of an MTA-STS policy; empty where not
    /// told.
    pub mode: String,
    /// How to reach who counted; empty where not told.
    pub contact: String,
    /// The hosts that the policy allows.
    pub mx_hosts: Vec<String>,
    /// Sessions in which TLS was negotiated as the policy asks.
    pub successful: u64,
    /// Sessions in which it was not.
    pub failed: u64,
    /// Why they failed, as far as that is told.
    pub failures: Vec<TlsFailure>,
}

impl TlsPolicy {
    fn new(report: &TlsReport<'_>) -> Self {
        let mut failures = report.failures.to_vec();
        sort_by(&mut failures, &Ord::cmp);
        Self {
            domain: report.domain.to_owned(),
            days: report.days(),
            organization: report.organization.to_owned(),
            report_id: report.report_id.to_owned(),
            position: report.position,
            policy_type: report.policy_type.to_owned(),
            mode: report.mode.to_owned(),
            contact: report.contact.to_owned(),
            mx_hosts: report.mx_hosts.to_vec(),
            successful: report.successful,
            failed: report.failed,
            failures,
        }
    }

    fn sessions(&self) -> u64 {
        self.successful.saturating_add(self.failed)
    }
}

/// Every policy, with the first file in the list that tells of it.
#[derive(Clone, Debug, Default)]
pub(super) struct TlsReports(KeyMap<u128, (u32, Arc<TlsPolicy>)>);

impl TlsReports {
    /// Takes note of a policy of `file`; where it is a second copy, the answer
    /// is the file that has the copy.
    pub(super) fn add(&mut self, file: u32, report: &TlsReport<'_>) -> Option<u32> {
        let (first, last) = report.period;
        // A sender may use an id again, but hardly for the same days.
        let key = MessageKey::of_parts(&[
            b"tls-report",
            report.organization.as_bytes(),
            report.report_id.as_bytes(),
            report.domain.as_bytes(),
            &first.to_le_bytes(),
            &last.to_le_bytes(),
            &report.position.to_le_bytes(),
        ]);
        let policy = TlsPolicy::new(report);
        match self.0.entry(key.0) {
            Entry::Vacant(vacant) => {
                vacant.insert((file, Arc::new(policy)));
                None
            }
            Entry::Occupied(mut occupied) => {
                let (credited, known) = occupied.get_mut();
                if (known.sessions(), &**known) < (policy.sessions(), &policy) {
                    *known = Arc::new(policy);
                }
                let copy = file.max(*credited);
                *credited = file.min(*credited);
                Some(copy)
            }
        }
    }

    /// All policies, sorted.
    pub(super) fn list(&self) -> Vec<Arc<TlsPolicy>> {
        let mut list: Vec<_> = self.0.values().map(|(_, policy)| Arc::clone(policy)).collect();
        sort_by(&mut list, &Ord::cmp);
        list
    }

    /// The file that is credited with each policy.
    pub(super) fn files(&self) -> impl Iterator<Item = u32> {
        self.0.values().map(|(file, _)| *file)
    }
}
