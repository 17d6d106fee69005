//! What was counted elsewhere.

use serde::{Deserialize, Serialize};

use super::crossing::Crossed;
use super::{Keys, is_false, plain, text};
use crate::mail::{Day, Ready, ReadyCell, ReadyRefused, ReadyTime, TlsState};
use crate::observations::codes::{Coded, Text};

/// What was counted elsewhere.
#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) struct Elsewhere<'a> {
    pub(in super::super) file: u32,
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(in super::super) keys: Keys,
    /// Number of the part of the file.
    part: u32,
    #[serde(borrow)]
    what: What<'a>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum What<'a> {
    #[serde(rename_all = "camelCase")]
    Cell {
        /// In hours since 1970, or first and last day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hour: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<(Day, Day)>,
        #[serde(borrow)]
        crossing: Box<Crossed<'a>>,
        #[serde(default, skip_serializing_if = "is_false")]
        rounded: bool,
        messages: u64,
    },
    #[serde(rename_all = "camelCase")]
    RefusedSignIns {
        hour: u32,
        #[serde(borrow)]
        account: Text<'a>,
        #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
        client_ip: Option<Text<'a>>,
        tls: Coded<TlsState>,
        attempts: u64,
    },
    OwnDomain {
        #[serde(borrow)]
        domain: Text<'a>,
        guessed: bool,
    },
}

impl<'a> Elsewhere<'a> {
    pub(in super::super) fn of(file: u32, keys: Keys, part: u32, ready: &Ready<'a>) -> Self {
        let what = match ready {
            Ready::Cell(cell) => {
                let (hour, days) = match cell.time {
                    ReadyTime::Hour(hour) => (Some(hour), None),
                    ReadyTime::Days(first, last) => (None, Some((first, last))),
                };
                What::Cell {
                    hour,
                    days,
                    crossing: Box::new(Crossed::of(&cell.crossing)),
                    rounded: cell.rounded,
                    messages: cell.messages,
                }
            }
            Ready::Refused(refused) => What::RefusedSignIns {
                hour: refused.hour,
                account: refused.account.into(),
                client_ip: text(refused.client_ip),
                tls: Coded(refused.tls),
                attempts: refused.attempts,
            },
            Ready::OwnDomain(domain, guessed) => {
                What::OwnDomain { domain: (*domain).into(), guessed: *guessed }
            }
        };
        Self { file, keys, part, what }
    }

    /// Hands on what the record says, with the number of its part; `None`
    /// where it does not say when.
    pub(in super::super) fn tell(&self, take: impl FnOnce(u32, &Ready<'_>)) -> Option<()> {
        let ready = match &self.what {
            What::Cell { hour, days, crossing, rounded, messages } => Ready::Cell(ReadyCell {
                time: match (hour, days) {
                    (Some(hour), None) => ReadyTime::Hour(*hour),
                    (None, Some((first, last))) => ReadyTime::Days(*first, *last),
                    _ => return None,
                },
                crossing: crossing.crossing(),
                rounded: *rounded,
                messages: *messages,
            }),
            What::RefusedSignIns { hour, account, client_ip, tls, attempts } => {
                Ready::Refused(ReadyRefused {
                    hour: *hour,
                    account: &account.0,
                    client_ip: plain(client_ip.as_ref()),
                    tls: tls.0,
                    attempts: *attempts,
                })
            }
            What::OwnDomain { domain, guessed } => Ready::OwnDomain(&domain.0, *guessed),
        };
        take(self.part, &ready);
        Some(())
    }
}
