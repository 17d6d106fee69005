//! What stands out: one file each, with its severity and, where there is one,
//! its threshold. The Connector report has those of connectors (CR-07), the
//! Domains and the Direct Send report their own.

mod direct_send;
mod foreign_relay;
mod never_tls;
mod no_tls;
mod tls_1_0;

use serde::{Deserialize, Serialize};

use super::connectors::{ConnectorLine, Flow};
use super::own_texts::OwnTexts;
use super::peers::PeerLine;
use super::table::Line;
use super::{Query, ReportKind, Thresholds, TlsCounts};
use crate::mail::{ConnectorType, Direction};
use crate::order::{merge_by, sort_by};
use crate::tally::{FlowCell, Tally};

/// At most so many domains or clients are named; the report has them all.
pub const INSIGHT_NAMES: usize = 5;

/// What an insight says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InsightKind {
    /// "Inbound Partner connector seeing significant TLS1.0 mail flow".
    PartnerTls10,
    /// "Inbound OnPremises connector seeing significant TLS1.0 mail flow".
    OnPremisesTls10,
    /// The same without any TLS, of a connector of any type and direction.
    NoTls,
    /// Domains to which every recorded message goes without TLS.
    NeverTls,
    /// Senders of other organizations over an inbound OnPremises connector.
    ForeignRelay,
    /// Senders of own domains, without a connector.
    DirectSend,
}

/// How much an insight matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// To be changed: mail can be read, or is refused soon.
    High,
    /// To be looked into: it may be meant so.
    Medium,
}

/// Something that stands out, with the figures behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insight {
    /// What it says.
    pub kind: InsightKind,
    /// How much it matters.
    pub severity: Severity,
    /// Which way.
    pub direction: Direction,
    /// The connector, where it is of one.
    pub connector: Option<String>,
    /// What it looks at: a connector's messages of the period, or those of the
    /// domains or clients that are named.
    pub counts: TlsCounts,
    /// The messages that it is about.
    pub messages: u64,
    /// The threshold used: in percent, or messages for [`InsightKind::NeverTls`].
    pub threshold: u32,
    /// The domains or clients with the most messages, and their messages; an
    /// empty name where not recorded.
    pub names: Vec<(String, u64)>,
    /// How many more there are.
    pub more: u64,
}

impl Insight {
    /// An insight of these domains or clients, named by `text`.
    fn of_names(
        (kind, severity): (InsightKind, Severity),
        direction: Direction,
        mut names: Vec<(String, TlsCounts)>,
    ) -> Self {
        sort_by(&mut names, &|a, b| b.1.volume().cmp(&a.1.volume()).then_with(|| a.0.cmp(&b.0)));
        let mut counts = TlsCounts::default();
        for (_, of) in &names {
            counts.add_all(of);
        }
        let more = names.len().saturating_sub(INSIGHT_NAMES) as u64;
        let listed = names.into_iter().take(INSIGHT_NAMES);
        Self {
            kind,
            severity,
            direction,
            connector: None,
            counts,
            messages: counts.volume(),
            threshold: 0,
            names: listed.map(|(name, of)| (name, of.volume())).collect(),
            more,
        }
    }
}

/// A connector with all of its messages in the period.
struct Total {
    flow: Flow,
    connector_type: ConnectorType,
    counts: TlsCounts,
}

/// What an insight of one connector looks at, and above which share it speaks.
type Rule = fn(&Total) -> Option<u64>;

fn rules(thresholds: Thresholds) -> [(InsightKind, Severity, Rule, u32); 3] {
    let Thresholds { tls_1_0, no_tls, .. } = thresholds;
    [
        (InsightKind::PartnerTls10, tls_1_0::SEVERITY, tls_1_0::partner, tls_1_0),
        (InsightKind::OnPremisesTls10, tls_1_0::SEVERITY, tls_1_0::on_premises, tls_1_0),
        (InsightKind::NoTls, no_tls::SEVERITY, no_tls::no_tls, no_tls),
    ]
}

/// Hands over cell by cell.
type Each<'a> = &'a dyn Fn(&mut dyn FnMut(&FlowCell));

/// The insights of the Connector report in a period, the weightiest first,
/// then by messages.
pub(super) fn of_connectors(
    tally: &Tally,
    lines: &[Line<ConnectorLine>],
    each: Each<'_>,
    thresholds: Thresholds,
) -> Vec<Insight> {
    let mut found = shares(tally, lines, thresholds);
    let own = OwnTexts::new(tally);
    found.extend(foreign_relay::foreign_relay(tally, &own, each));
    found.extend(direct_send::direct_send(tally, &own, each));
    weightiest_first(&mut found);
    found
}

/// Puts the weightiest first, then those of the most messages.
pub(super) fn weightiest_first(insights: &mut [Insight]) {
    sort_by(insights, &|a, b| {
        a.severity.cmp(&b.severity).then_with(|| b.messages.cmp(&a.messages))
    });
}

/// The insights of one connector each.
fn shares(tally: &Tally, lines: &[Line<ConnectorLine>], thresholds: Thresholds) -> Vec<Insight> {
    let mut totals: Vec<Total> = lines
        .iter()
        .map(|line| Total {
            flow: line.of.flow,
            connector_type: line.of.connector_type,
            counts: line.now,
        })
        .collect();
    let key = |total: &Total| (total.flow.direction, total.flow.connector, total.connector_type);
    merge_by(&mut totals, &|a, b| key(a).cmp(&key(b)), &|one, other| {
        one.counts.add_all(&other.counts);
    });
    let mut found = Vec::new();
    for (kind, severity, rule, threshold) in rules(thresholds) {
        for total in &totals {
            let Some(messages) = rule(total) else { continue };
            let recorded = u128::from(total.counts.recorded());
            if u128::from(messages) * 100 > recorded * u128::from(threshold) {
                found.push(Insight {
                    kind,
                    severity,
                    direction: total.flow.direction,
                    connector: total.flow.connector.map(|name| tally.text(name).to_owned()),
                    counts: total.counts,
                    messages,
                    threshold,
                    names: Vec::new(),
                    more: 0,
                });
            }
        }
    }
    found
}

/// The insights of the Domains report and of the Direct Send report, from its
/// rows.
pub(super) fn of_peers(tally: &Tally, query: &Query, lines: &[Line<PeerLine>]) -> Vec<Insight> {
    let found = match query.report {
        ReportKind::Domains => never_tls::never_tls(tally, lines, query.thresholds.never_tls),
        ReportKind::DirectSend => direct_send::of_lines(tally, lines),
        _ => None,
    };
    found.into_iter().collect()
}
