//! What other organizations counted of their sessions (RFC 8460). They are
//! sessions, and part of no other figure.
//!
//! A policy counts once, however many copies of its report there are. Where two
//! reports of one name say different things, the one with more sessions
//! counts.

use std::sync::Arc;

use super::store::KeyMap;
use crate::mail::{MessageKey, TlsReport};
use crate::order::sort_by;

/// Every policy, with the first file in the list that tells of it.
#[derive(Clone, Debug, Default)]
pub(super) struct TlsReports {
    list: Vec<(u32, Arc<TlsReport>)>,
    index: KeyMap<u128, u32>,
}

impl TlsReports {
    /// Takes note of a policy of `file`; where it is a second copy, the answer
    /// is the file that has the copy.
    pub(super) fn add(&mut self, file: u32, report: TlsReport) -> Option<u32> {
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
        let fresh = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        let index = *self.index.entry(key.0).or_insert(fresh);
        let Some((credited, known)) = self.list.get_mut(index as usize) else {
            self.list.push((file, Arc::new(report)));
            return None;
        };
        if (known.sessions(), known.text) < (report.sessions(), report.text) {
            *known = Arc::new(report);
        }
        let copy = file.max(*credited);
        *credited = file.min(*credited);
        Some(copy)
    }

    /// All policies, each with the file that is credited with it.
    pub(super) fn credited(&self) -> impl Iterator<Item = (u32, &TlsReport)> {
        self.list.iter().map(|(file, report)| (*file, &**report))
    }

    /// All policies, sorted; those of one domain and one type stand together.
    pub(super) fn list(&self) -> Vec<Arc<TlsReport>> {
        let mut list: Vec<_> = self.list.iter().map(|(_, report)| Arc::clone(report)).collect();
        sort_by(&mut list, &|a, b| {
            let before = a.domain.cmp(&b.domain).then_with(|| a.policy_type.cmp(&b.policy_type));
            let before = before.then(a.period.cmp(&b.period));
            let before = before.then_with(|| a.organization.cmp(&b.organization));
            before.then_with(|| a.report_id.cmp(&b.report_id)).then(a.position.cmp(&b.position))
        });
        list
    }

    /// The file that is credited with each policy.
    pub(super) fn files(&self) -> impl Iterator<Item = u32> {
        self.list.iter().map(|(file, _)| *file)
    }
}
