//! A fall in TLS version.

use super::thresholds::{RECORDED, WEAKER};
use super::{FindingKind, Found, Sender};
use crate::mail::{Day, TlsState};

/// The first day with weaker TLS than ever before. Only a version, or the word
/// that there was none, can be weaker than another.
pub(super) fn weaker_tls(sender: &Sender<'_>) -> Found {
    let mut weakest: Option<TlsState> = None;
    let mut recorded = 0;
    let mut cells = sender.cells.as_slice();
    while let Some(day) = cells.first().map(|cell| cell.day()) {
        let end = cells.partition_point(|cell| cell.day() <= day);
        let (of_day, rest) = cells.split_at(end);
        cells = rest;
        let definite = || of_day.iter().filter(|cell| cell.tls.is_definite());
        let Some(to) = definite().map(|cell| cell.tls).min() else { continue };
        if let Some(from) = weakest.filter(|from| to < *from) {
            let messages = definite().filter(|cell| cell.tls == to).map(|cell| cell.messages).sum();
            if is_telling(sender, day, messages, recorded) {
                return Some((day, messages, FindingKind::WeakerTls { from, to }));
            }
        }
        weakest = Some(weakest.map_or(to, |weakest| weakest.min(to)));
        recorded += definite().map(|cell| cell.messages).sum::<u64>();
    }
    None
}

fn is_telling(sender: &Sender<'_>, day: Day, messages: u64, recorded: u64) -> bool {
    sender.period.holds(day)
        && sender.is_known_time(day)
        && messages >= WEAKER
        && recorded >= RECORDED
}
