use super::{Each, Insight, InsightKind, Severity};
use crate::mail::Direction;
use crate::report::TlsCounts;
use crate::report::groups::Groups;
use crate::report::own_texts::{OwnTexts, client};
use crate::report::peers::PeerLine;
use crate::report::table::Line;
use crate::tally::{Tally, Text};

/// Devices and services of the organization may be meant to send so; whoever
/// forges its senders does the same.
const SEVERITY: Severity = Severity::Medium;

/// Direct Send in use; shown from the first message.
pub(super) fn direct_send(tally: &Tally, own: &OwnTexts, each: Each<'_>) -> Option<Insight> {
    let mut clients = Groups::new(tally.texts() + 1);
    each(&mut |cell| {
        if own.came_directly(cell) {
            let client = client(cell).map_or(0, |name| name.index() + 1);
            clients.add(client, cell.tls, cell.amount());
        }
    });
    insight(tally, clients)
}

/// The same from the rows of the Direct Send report.
pub(super) fn of_lines(tally: &Tally, lines: &[Line<PeerLine>]) -> Option<Insight> {
    let mut clients = Groups::new(tally.texts() + 1);
    for line in lines {
        let at = clients.of(line.of.key.name.map_or(0, |name| name.index() + 1));
        clients.list[at].now.add_all(&line.now);
    }
    insight(tally, clients)
}

fn insight(tally: &Tally, clients: Groups) -> Option<Insight> {
    let name = |key: usize| key.checked_sub(1).and_then(Text::at).map(|name| tally.text(name));
    let of = |group: crate::report::groups::Group| -> (String, TlsCounts) {
        (name(group.key).unwrap_or_default().to_owned(), group.now)
    };
    let names: Vec<_> = clients.list.into_iter().map(of).collect();
    let kind = (InsightKind::DirectSend, SEVERITY);
    (!names.is_empty()).then(|| Insight::of_names(kind, Direction::Inbound, names))
}
