//! Refused attempts to sign in with SMTP AUTH: a number of their own, beside
//! the messages.

use serde::{Deserialize, Serialize};

use super::Period;
use super::table::cells_of;
use crate::order::{merge_by, sort_by};
use crate::tally::{RefusedCell, Tally, Text};

/// At most so many names and addresses are listed.
const LISTED: usize = 50;

/// The refused attempts of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// How many.
    pub attempts: u64,
    /// From how many client addresses; those that are not recorded are one.
    pub addresses: u64,
    /// For how many names.
    pub names: u64,
    /// Name, client address and attempts, the most first.
    pub list: Vec<(String, String, u64)>,
    /// How many more there are.
    pub more: u64,
}

/// The attempts of those days, of one account where one is given.
pub(super) fn refused(tally: &Tally, period: &Period, account: Option<Text>) -> Refused {
    let mut refused = Refused::default();
    let mut pairs: Vec<((Text, Option<Text>), u64)> =
        cells_of(&tally.refused, period, &|cell: &RefusedCell| cell.hour)
            .iter()
            .filter(|cell| account.is_none_or(|account| account == cell.account))
            .map(|cell| ((cell.account, cell.client_ip), cell.attempts))
            .collect();
    merge_by(&mut pairs, &|a, b| a.0.cmp(&b.0), &|one, other| one.1 += other.1);
    refused.attempts = pairs.iter().map(|(_, attempts)| attempts).sum();
    refused.names = distinct(pairs.iter().map(|((name, _), _)| name.index()));
    refused.addresses = distinct(pairs.iter().map(|((_, ip), _)| ip.map_or(0, Text::index)));
    sort_by(&mut pairs, &|a, b| b.1.cmp(&a.1));
    refused.more = pairs.len().saturating_sub(LISTED) as u64;
    refused.list = pairs
        .into_iter()
        .take(LISTED)
        .map(|((name, ip), attempts)| {
            let ip = ip.map(|ip| tally.text(ip)).unwrap_or_default();
            (tally.text(name).to_owned(), ip.to_owned(), attempts)
        })
        .collect();
    refused
}

fn distinct(numbers: impl Iterator<Item = usize>) -> u64 {
    let mut numbers: Vec<usize> = numbers.collect();
    sort_by(&mut numbers, &Ord::cmp);
    numbers.dedup();
    numbers.len() as u64
}
