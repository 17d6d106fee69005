//! The way of a mail, hop by hop.

use super::borders::{Found, Step};
use crate::account::Hop;
use crate::mail::{HopKind, TlsState};

/// More hops than this are not shown.
const LONGEST_PATH: usize = 100;

/// The way of a mail, to be shown.
pub(super) fn path(steps: &[Step<'_>], borders: &[Option<Found<'_>>]) -> Vec<Hop> {
    let mut before: Option<u32> = None;
    let hop = |(step, found): (&Step<'_>, &Option<Found<'_>>)| {
        let line = &step.line;
        let delay =
            before.zip(step.seconds).map(|(before, now)| i64::from(now) - i64::from(before));
        before = step.seconds.or(before);
        let border = found.as_ref().filter(|found| found.border.kind != HopKind::Within);
        let signed_in = border.is_some_and(|found| found.border.kind == HopKind::SignedIn);
        Hop {
            from: line.from.shown(),
            by: line.by.shown(),
            protocol: Some(line.protocol.clone()).filter(|name| !name.is_empty()),
            tls: border.map_or(line.tls.unwrap_or(TlsState::NotRecorded), |found| found.tls),
            cipher: line.cipher.clone(),
            seconds: step.seconds,
            delay,
            signed_in: signed_in || line.signed_in,
            account: line.account.clone(),
            direction: None,
            border: border.map(|found| found.border.map(&mut str::to_owned)),
        }
    };
    steps.iter().zip(borders).take(LONGEST_PATH).map(hop).collect()
}
