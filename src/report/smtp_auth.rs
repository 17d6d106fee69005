//! "SMTP Auth clients", and the rows of its report.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::{Period, TlsCounts};
use crate::mail::{AuthMethod, Day};
use crate::order::{merge_by, sort_by};
use crate::tally::{SubmissionCell, Tally};

/// The card "SMTP Auth clients" and its flyout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmtpAuth {
    /// The last 7 days that the card's own sources hold.
    pub period: Period,
    /// Users and service accounts that sent with SMTP AUTH.
    pub senders: u64,
    /// Their messages by TLS.
    pub counts: TlsCounts,
}

/// A row of the SMTP Auth clients report, over all of the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenderRow {
    /// Address, lower case.
    pub address: String,
    /// Its domain.
    pub domain: String,
    /// How it signed in; several where it did both.
    pub methods: Vec<AuthMethod>,
    /// Messages by TLS.
    pub counts: TlsCounts,
}

/// The card, for the 7 days that end at the newest day of SMTP AUTH that is
/// not later than `latest`. `None` where no file tells of it.
pub fn smtp_auth(tally: &Tally, latest: Day) -> Option<SmtpAuth> {
    let spans: Vec<(Day, Day)> = tally.spans.iter().filter_map(|span| span.submissions).collect();
    let newest =
        tally.submissions.iter().map(SubmissionCell::day).filter(|day| *day <= latest).max();
    let period = Period::last_days(7, &spans, newest)?;
    let mut counts = TlsCounts::default();
    let mut accounts = FxHashSet::default();
    for cell in tally.submissions.iter().filter(|cell| period.holds(cell.day())) {
        counts.add(cell.tls, cell.messages);
        accounts.insert(cell.account.as_str());
    }
    Some(SmtpAuth { period, senders: accounts.len() as u64, counts })
}

/// The rows of the SMTP Auth clients report over all of the data, most
/// messages first.
pub fn sender_table(tally: &Tally) -> Vec<SenderRow> {
    let mut rows: Vec<(&SubmissionCell, [bool; AuthMethod::ALL.len()], TlsCounts)> = tally
        .submissions
        .iter()
        .map(|cell| {
            let methods = AuthMethod::ALL.map(|method| method == cell.method);
            (cell, methods, TlsCounts::of(cell.tls, cell.messages))
        })
        .collect();
    let sender = |cell: &SubmissionCell, other: &SubmissionCell| {
        (&cell.account, &cell.domain).cmp(&(&other.account, &other.domain))
    };
    merge_by(&mut rows, &|a, b| sender(a.0, b.0), &|one, other| {
        for (mine, theirs) in one.1.iter_mut().zip(other.1) {
            *mine |= theirs;
        }
        one.2.add_all(&other.2);
    });
    sort_by(&mut rows, &|a, b| b.2.volume().cmp(&a.2.volume()));
    rows.into_iter()
        .map(|(cell, methods, counts)| SenderRow {
            address: cell.account.clone(),
            domain: cell.domain.clone(),
            methods: AuthMethod::ALL
                .into_iter()
                .zip(methods)
                .filter(|(_, used)| *used)
                .map(|(method, _)| method)
                .collect(),
            counts,
        })
        .collect()
}
