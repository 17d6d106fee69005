//! What stands out in the Connector report (CR-07): one file each, and one
//! table of when each is shown.

mod no_tls;
mod tls_1_0;

use serde::{Deserialize, Serialize};

use super::connectors::{ConnectorLine, Flow};
use super::table::Line;
use super::{Thresholds, TlsCounts};
use crate::mail::{ConnectorType, Direction};
use crate::order::{merge_by, sort_by};
use crate::tally::Tally;

/// What an insight says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InsightKind {
    /// "Inbound Partner connector seeing significant TLS1.0 mail flow".
    PartnerTls10,
    /// "Inbound OnPremises connector seeing significant TLS1.0 mail flow".
    OnPremisesTls10,
    /// The same without any TLS, of a connector of any type and direction.
    NoTls,
}

/// Something that stands out, with the figures behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insight {
    /// What it says.
    pub kind: InsightKind,
    /// Which way.
    pub direction: Direction,
    /// The connector.
    pub connector: Option<String>,
    /// Its messages in the period.
    pub counts: TlsCounts,
    /// The messages that it is about.
    pub messages: u64,
    /// The threshold used, in percent.
    pub threshold: u32,
}

/// A connector with all of its messages in the period.
struct Total {
    flow: Flow,
    connector_type: ConnectorType,
    counts: TlsCounts,
}

/// What each insight looks at, and above which share it speaks.
type Rule = fn(&Total) -> Option<u64>;

fn rules(thresholds: Thresholds) -> [(InsightKind, Rule, u32); 3] {
    [
        (InsightKind::PartnerTls10, tls_1_0::partner, thresholds.tls_1_0),
        (InsightKind::OnPremisesTls10, tls_1_0::on_premises, thresholds.tls_1_0),
        (InsightKind::NoTls, no_tls::no_tls, thresholds.no_tls),
    ]
}

/// The insights of a period, most messages first.
pub(super) fn insights(
    tally: &Tally,
    lines: &[Line<ConnectorLine>],
    thresholds: Thresholds,
) -> Vec<Insight> {
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
    for (kind, rule, threshold) in rules(thresholds) {
        for total in &totals {
            let Some(messages) = rule(total) else { continue };
            let recorded = u128::from(total.counts.recorded());
            if u128::from(messages) * 100 > recorded * u128::from(threshold) {
                found.push(Insight {
                    kind,
                    direction: total.flow.direction,
                    connector: total.flow.connector.map(|name| tally.text(name).to_owned()),
                    counts: total.counts,
                    messages,
                    threshold,
                });
            }
        }
    }
    sort_by(&mut found, &|a, b| b.messages.cmp(&a.messages));
    found
}
