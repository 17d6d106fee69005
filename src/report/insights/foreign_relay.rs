use super::{Each, Insight, InsightKind, Severity};
use crate::mail::{ConnectorType, Direction};
use crate::report::TlsCounts;
use crate::report::groups::Groups;
use crate::report::own_texts::OwnTexts;
use crate::tally::{Tally, Text};

/// It is meant so where the organization's own servers receive from the
/// internet; else somebody relays through them.
const SEVERITY: Severity = Severity::Medium;

/// Mail from domains of others over an inbound OnPremises connector, connector
/// by connector; shown from the first message.
pub(super) fn foreign_relay(tally: &Tally, own: &OwnTexts, each: Each<'_>) -> Vec<Insight> {
    // Without own domains every domain would be foreign.
    if !own.any() {
        return Vec::new();
    }
    let mut connectors: Vec<(Option<Text>, Groups)> = Vec::new();
    each(&mut |cell| {
        let (Direction::Inbound, ConnectorType::OnPremises) = (cell.direction, cell.connector_type)
        else {
            return;
        };
        let Some(domain) = cell.sender_domain else { return };
        let known = connectors.iter().position(|(name, _)| *name == cell.connector);
        let at = known.unwrap_or(connectors.len());
        if known.is_none() {
            connectors.push((cell.connector, Groups::new(tally.texts())));
        }
        connectors[at].1.add(domain.index(), cell.tls, cell.amount());
    });
    let of = |(connector, domains): (Option<Text>, Groups)| {
        let mut counts = TlsCounts::default();
        let mut names = Vec::new();
        for group in &domains.list {
            counts.add_all(&group.now);
            let name = Text::at(group.key).map_or("", |name| tally.text(name));
            if own.is_foreign(name) {
                names.push((name.to_owned(), group.now));
            }
        }
        if names.is_empty() {
            return None;
        }
        let kind = (InsightKind::ForeignRelay, SEVERITY);
        let insight = Insight::of_names(kind, Direction::Inbound, names);
        let connector = connector.map(|name| tally.text(name).to_owned());
        Some(Insight { connector, counts, ..insight })
    };
    connectors.into_iter().filter_map(of).collect()
}
