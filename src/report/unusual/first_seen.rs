//! Senders and clients that were never seen before.

use super::thresholds::{ACTIVE, MONTH, NEW_CLIENT, NEWCOMER, ROAMS};
use super::{FindingKind, Found, Sender};
use crate::mail::Day;

/// A sender whose first mail is in the period, and is much.
pub(super) fn new_sender(sender: &Sender<'_>) -> Found {
    let (first, _) = *sender.days.first()?;
    let history = sender.history(first);
    if !sender.period.holds(first) || !sender.is_known_time(first) {
        return None;
    }
    let at_first = || sender.days.iter().take_while(|(day, _)| *day < first.plus(3));
    // What comes once a month was not there in the weeks before either.
    if history < MONTH && at_first().count() < 2 {
        return None;
    }
    let messages = at_first().map(|(_, messages)| *messages).sum();
    (messages >= NEWCOMER).then_some((first, messages, FindingKind::NewSender { history }))
}

/// The first day of a network that was never seen for a sender with a habit.
pub(super) fn new_client(sender: &Sender<'_>) -> Found {
    // Networks, the day on which each was first seen, and its messages that day.
    let mut networks: Vec<(&str, Day, u64, &str)> = Vec::new();
    for cell in &sender.cells {
        let Some(client) = cell.client_ip else { continue };
        let client = sender.tally.text(client);
        let network = network(client);
        let day = cell.day();
        match networks.iter_mut().find(|known| known.0 == network) {
            Some(known) if known.1 == day => known.2 += cell.messages,
            Some(_) => {}
            None => networks.push((network, day, cell.messages, client)),
        }
        // Of a sender that is everywhere nothing can be said.
        if networks.len() > 64 {
            return None;
        }
    }
    let mut best: Found = None;
    for (_, day, messages, client) in &networks {
        let known = networks.iter().filter(|network| network.1 < *day).count();
        let is_best = best.as_ref().is_none_or(|best| best.1 < *messages);
        if *messages >= NEW_CLIENT
            && (1..=ROAMS).contains(&known)
            && is_best
            && sender.period.holds(*day)
            && sender.is_known_time(*day)
            && sender.habit(*day).len() >= ACTIVE
        {
            let known = u32::try_from(known).unwrap_or(u32::MAX);
            let kind = FindingKind::NewClient { client: (*client).to_owned(), known };
            best = Some((*day, *messages, kind));
        }
    }
    best
}

/// The part of an IP address that names the network, which stays while a
/// device gets other addresses in it: 24 bits of IPv4, 64 of IPv6.
fn network(client: &str) -> &str {
    let (mark, parts) = if client.contains(':') { (':', 4) } else { ('.', 3) };
    let mut ends = client.match_indices(mark).map(|(at, _)| at);
    ends.nth(parts - 1).and_then(|end| client.get(..end)).unwrap_or(client)
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn networks_of_addresses() {
        assert_eq!(network("192.0.2.7"), "192.0.2");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2");
        assert_eq!(network("2001:db8::7"), "2001:db8::7");
        assert_eq!(network("somewhere"), "somewhere");
    }
}
