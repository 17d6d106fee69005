//! "SMTP Auth clients", and the rows of its report.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Period, TlsCounts};
use crate::mail::{AuthMethod, Day};
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
    let mut accounts = BTreeSet::new();
    for cell in tally.submissions.iter().filter(|cell| period.holds(cell.day())) {
        counts.add(cell.tls, cell.messages);
        accounts.insert(cell.account.as_str());
    }
    Some(SmtpAuth { period, senders: accounts.len() as u64, counts })
}

/// The rows of the SMTP Auth clients report over all of the data, most
/// messages first.
pub fn sender_table(tally: &Tally) -> Vec<SenderRow> {
    let mut rows: BTreeMap<_, (BTreeSet<AuthMethod>, TlsCounts)> = BTreeMap::new();
    for cell in &tally.submissions {
        let (methods, counts) =
            rows.entry((cell.account.as_str(), cell.domain.as_str())).or_default();
        methods.insert(cell.method);
        counts.add(cell.tls, cell.messages);
    }
    let mut rows: Vec<SenderRow> = rows
        .into_iter()
        .map(|((address, domain), (methods, counts))| SenderRow {
            address: address.to_owned(),
            domain: domain.to_owned(),
            methods: methods.into_iter().collect(),
            counts,
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.counts.volume()));
    rows
}
