//! A refused attempt to sign in.

use serde::{Deserialize, Serialize};

use super::{Keys, plain, text};
use crate::mail::{RefusedSignIn, SessionKey, TlsState};
use crate::observations::codes::{Coded, Hash, Text};

/// A refused attempt to sign in.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct Refused<'a> {
    pub(in super::super) file: u32,
    #[serde(default, skip_serializing_if = "Keys::is_empty")]
    pub(in super::super) keys: Keys,
    attempt: Hash,
    seconds: u32,
    #[serde(borrow)]
    account: Text<'a>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    client_ip: Option<Text<'a>>,
    tls: Coded<TlsState>,
    session: Hash,
}

impl<'a> Refused<'a> {
    pub(in super::super) fn of(file: u32, keys: Keys, told: &RefusedSignIn<'a>) -> Self {
        Self {
            file,
            keys,
            attempt: Hash(told.attempt),
            seconds: told.seconds,
            account: told.account.into(),
            client_ip: text(told.client_ip),
            tls: Coded(told.tls),
            session: Hash(told.session.0),
        }
    }

    pub(in super::super) fn refused(&self) -> RefusedSignIn<'_> {
        RefusedSignIn {
            attempt: self.attempt.0,
            seconds: self.seconds,
            account: &self.account.0,
            client_ip: plain(self.client_ip.as_ref()),
            tls: self.tls.0,
            session: SessionKey(self.session.0),
        }
    }
}
