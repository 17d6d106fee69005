//! What other organizations report (RFC 8460): their sessions to each domain.
//! Sessions are no messages, and in no other figure.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::period::Coverage;
use super::{Share, Span};
use crate::mail::{Day, TlsReport};
use crate::order::{merge_by, sort_by};
use crate::tally::Tally;

/// At most so many domains, and so many lines of each list, are shown.
const LISTED: usize = 100;

/// Sessions by their outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sessions {
    /// TLS was negotiated as the policy asks.
    pub successful: u64,
    /// It was not.
    pub failed: u64,
}

impl Sessions {
    /// Of either outcome.
    pub const fn all(self) -> u64 {
        self.successful.saturating_add(self.failed)
    }

    /// The share that succeeded; `None` where there was no session.
    pub const fn successful_share(self) -> Option<Share> {
        Share::of(self.successful, self.all())
    }

    /// The share that failed; `None` where there was no session.
    pub const fn failed_share(self) -> Option<Share> {
        Share::of(self.failed, self.all())
    }

    const fn failures(failed: u64) -> Self {
        Self { successful: 0, failed }
    }

    const fn add(&mut self, other: Self) {
        // Others choose these numbers.
        self.successful = self.successful.saturating_add(other.successful);
        self.failed = self.failed.saturating_add(other.failed);
    }
}

/// Sessions by two texts, the second of which may be empty; those with the
/// most failures first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLines {
    /// The first of them.
    pub list: Vec<(String, String, Sessions)>,
    /// How many more there are.
    pub more: u64,
}

/// What others report of one domain and one type of policy. A sender may count
/// a session under two policies, so those of two types are never added up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsDomain {
    /// The domain.
    pub domain: String,
    /// `sts`, `tlsa`, `no-policy-found`, or what else is written.
    pub policy_type: String,
    /// First and last day of its reports.
    pub days: (Day, Day),
    /// All sessions.
    pub sessions: Sessions,
    /// By what an MTA-STS policy asks for; empty where not told.
    pub modes: SessionLines,
    /// By the organization that counted.
    pub organizations: SessionLines,
    /// Failed ones by result type; it is empty where no reason is told.
    pub failures: SessionLines,
    /// By result type and receiving host.
    pub hosts: SessionLines,
    /// By result type and what else the sender says of it.
    pub reasons: SessionLines,
}

impl TlsDomain {
    /// Whether sessions failed under a policy with which senders do not deliver
    /// then: MTA-STS in mode enforce (RFC 8461 section 5), DANE (RFC 7672).
    pub fn refuses(&self) -> bool {
        let enforced =
            |(mode, _, of): &(String, String, Sessions)| mode == "enforce" && of.failed > 0;
        self.policy_type == "tlsa" && self.sessions.failed > 0
            || self.modes.list.iter().any(enforced)
    }

    /// The mode, where all sessions have the same.
    pub fn mode(&self) -> &str {
        match self.modes.list.as_slice() {
            [(mode, ..)] => mode,
            _ => "",
        }
    }
}

/// What others report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsReports {
    /// Each domain and type of policy, the most failures first.
    pub domains: Vec<TlsDomain>,
    /// How many more there are.
    pub more: u64,
}

/// Texts and sessions, before those of the same texts are added up.
type Lines<'t> = Vec<(&'t str, &'t str, Sessions)>;

/// What the reports in `tally` say.
pub fn tls_reports(tally: &Tally) -> TlsReports {
    of_all(&tally.tls_reports)
}

/// What those say that are of a day of `span`; the last days end at the newest
/// report that is not later than `latest`. `None` where there are no reports at
/// all.
pub(super) fn tls_reports_in(tally: &Tally, latest: Day, span: Span) -> Option<TlsReports> {
    let days = || tally.tls_reports.iter().map(|report| report.days());
    let oldest = days().map(|(first, _)| first).min()?;
    let newest = days().map(|(_, last)| last).filter(|last| *last <= latest).max();
    let reach = (oldest, newest.unwrap_or(latest));
    let within = Coverage::new(days().collect()).resolve(span, reach).map(|period| {
        let within = |report: &&Arc<TlsReport>| {
            let (first, last) = report.days();
            first <= period.last && period.first <= last
        };
        tally.tls_reports.iter().filter(within).cloned().collect::<Vec<_>>()
    });
    Some(of_all(&within.unwrap_or_default()))
}

/// What these say, which are sorted by domain and type of policy.
fn of_all(reports: &[Arc<TlsReport>]) -> TlsReports {
    let mut domains: Vec<(&[Arc<TlsReport>], Sessions)> = reports
        .chunk_by(|one, other| {
            (&one.domain, &one.policy_type) == (&other.domain, &other.policy_type)
        })
        .map(|policies| {
            let mut sum = Sessions::default();
            for policy in policies {
                sum.add(sessions(policy));
            }
            (policies, sum)
        })
        .collect();
    sort_by(&mut domains, &|a, b| most_first(a.1, b.1));
    TlsReports {
        more: domains.len().saturating_sub(LISTED) as u64,
        domains: domains.into_iter().take(LISTED).map(|of| domain(of.0, of.1)).collect(),
    }
}

fn sessions(policy: &TlsReport) -> Sessions {
    Sessions { successful: policy.successful, failed: policy.failed }
}

fn most_first(one: Sessions, other: Sessions) -> std::cmp::Ordering {
    (other.failed, other.successful).cmp(&(one.failed, one.successful))
}

/// All policies of one type of one domain.
fn domain(policies: &[Arc<TlsReport>], sessions_of_all: Sessions) -> TlsDomain {
    let [mut modes, mut organizations, mut failures, mut hosts, mut reasons] =
        [const { Lines::new() }; 5];
    let mut days = (Day(i32::MAX), Day(i32::MIN));
    for policy in policies {
        let (first, last) = policy.days();
        days = (days.0.min(first), days.1.max(last));
        modes.push((&policy.mode, "", sessions(policy)));
        organizations.push((&policy.organization, "", sessions(policy)));
        let mut told: u64 = 0;
        for failure in &policy.failures {
            let failed = Sessions::failures(failure.sessions);
            told = told.saturating_add(failure.sessions);
            let kind = failure.result_type.as_str();
            failures.push((kind, "", failed));
            let ip = Some(&failure.receiving_ip).filter(|_| failure.receiving_host.is_empty());
            hosts.push((kind, ip.unwrap_or(&failure.receiving_host), failed));
            reasons.push((kind, &failure.reason, failed));
            reasons.push((kind, &failure.information, failed));
        }
        if let Some(rest @ 1..) = policy.failed.checked_sub(told) {
            failures.push(("", "", Sessions::failures(rest)));
        }
    }
    for lines in [&mut hosts, &mut reasons] {
        lines.retain(|(_, text, _)| !text.is_empty());
    }
    TlsDomain {
        domain: policies.first().map(|policy| short(&policy.domain)).unwrap_or_default(),
        policy_type: policies.first().map(|policy| short(&policy.policy_type)).unwrap_or_default(),
        days,
        sessions: sessions_of_all,
        modes: summed(modes),
        organizations: summed(organizations),
        failures: summed(failures),
        hosts: summed(hosts),
        reasons: summed(reasons),
    }
}

fn summed(mut lines: Lines<'_>) -> SessionLines {
    merge_by(&mut lines, &|a, b| (a.0, a.1).cmp(&(b.0, b.1)), &|one, other| one.2.add(other.2));
    sort_by(&mut lines, &|a, b| most_first(a.2, b.2));
    SessionLines {
        more: lines.len().saturating_sub(LISTED) as u64,
        list: lines
            .into_iter()
            .take(LISTED)
            .map(|(name, detail, sessions)| (short(name), short(detail), sessions))
            .collect(),
    }
}

/// A text that is not too long to be shown; others choose how long it is.
fn short(text: &str) -> String {
    const LONGEST: usize = 200;
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
