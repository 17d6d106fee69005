//! "SMTP Auth clients".

use serde::{Deserialize, Serialize};

use super::groups::Groups;
use super::refused::refused;
use super::{Period, Remarks, Span, TlsCounts, senders};
use crate::mail::Day;
use crate::tally::Tally;

/// The card "SMTP Auth clients" and its flyout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmtpAuth {
    /// The last 7 days that the card's own sources hold.
    pub period: Period,
    /// Users and service accounts that sent with SMTP AUTH.
    pub senders: u64,
    /// Their messages by TLS.
    pub counts: TlsCounts,
    /// Refused attempts to sign in.
    pub refused: u64,
    /// The 7 days before, where a file covers any of them.
    pub before: Option<AuthBefore>,
    /// What is to be said beside it.
    pub remarks: Remarks,
}

/// What the card compares with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthBefore {
    /// The days.
    pub period: Period,
    /// As in [`SmtpAuth`].
    pub senders: u64,
    /// As in [`SmtpAuth`].
    pub counts: TlsCounts,
}

/// The card, for the 7 days that end at the newest day of SMTP AUTH that is
/// not later than `latest`. `None` where no file tells of it.
pub fn smtp_auth(tally: &Tally, latest: Day) -> Option<SmtpAuth> {
    let (coverage, reach) = senders::coverage(tally, latest);
    let period = senders::period(tally, &coverage, reach, Span::Last(7))?;
    let (senders, counts) = sent(tally, &period);
    let before = senders::before(tally, &coverage, &period).map(|period| {
        let (senders, counts) = sent(tally, &period);
        AuthBefore { period, senders, counts }
    });
    let remarks = Remarks::new(tally, &period, true);
    let refused = refused(tally, &period, None).attempts;
    Some(SmtpAuth { period, senders, counts, refused, before, remarks })
}

fn sent(tally: &Tally, period: &Period) -> (u64, TlsCounts) {
    let mut counts = TlsCounts::default();
    let mut accounts = Groups::new(2 * tally.texts());
    senders::each_in(tally, period, &mut |cell, _| {
        counts.add_amount(cell.tls, cell.amount());
        accounts.of(senders::account(tally, cell));
    });
    (accounts.list.len() as u64, counts)
}
