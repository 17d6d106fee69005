use super::{Insight, InsightKind, Severity};
use crate::mail::{Direction, TlsState};
use crate::report::peers::PeerLine;
use crate::report::table::Line;
use crate::tally::Tally;

/// Whoever is on the way can read all mail to these domains.
const SEVERITY: Severity = Severity::High;

/// Domains that never offer TLS: at least so many messages went there in the
/// period, and all whose TLS is recorded went without.
pub(super) fn never_tls(tally: &Tally, lines: &[Line<PeerLine>], least: u32) -> Option<Insight> {
    let never = |line: &&Line<PeerLine>| {
        let without = line.now.get(TlsState::NoTls);
        line.of.key.direction == Direction::Outbound
            && without > 0
            && without == line.now.recorded()
            && line.now.volume() >= u64::from(least)
    };
    // Messages of no recorded domain are of many, perhaps.
    let with_counts =
        |line: &Line<PeerLine>| Some((tally.text(line.of.key.name?).to_owned(), line.now));
    let names: Vec<_> = lines.iter().filter(never).filter_map(with_counts).collect();
    if names.is_empty() {
        return None;
    }
    let insight = Insight::of_names((InsightKind::NeverTls, SEVERITY), Direction::Outbound, names);
    Some(Insight { threshold: least, ..insight })
}
