//! One crossing of a border, as a record has it.

use serde::{Deserialize, Serialize};

use super::{is_false, plain, text};
use crate::mail::{AuthMethod, ConnectorType, Crossing, Direction, TlsState};
use crate::observations::codes::{Coded, Text};

/// One crossing of a border.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Crossed<'a> {
    direction: Coded<Direction>,
    #[serde(default, skip_serializing_if = "is_false")]
    by_domains: bool,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    connector: Option<Text<'a>>,
    connector_type: Coded<ConnectorType>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    forced_tls: Option<bool>,
    tls: Coded<TlsState>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    cipher: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    sender_domain: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    remote_domain: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    remote_host: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    account: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "is_false")]
    account_stated: bool,
    auth_method: Coded<AuthMethod>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    sender: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    client_ip: Option<Text<'a>>,
}

impl<'a> Crossed<'a> {
    pub(super) fn of(crossing: &Crossing<'a>) -> Self {
        Self {
            direction: Coded(crossing.direction),
            by_domains: crossing.by_domains,
            connector: text(crossing.connector),
            connector_type: Coded(crossing.connector_type),
            forced_tls: crossing.forced_tls,
            tls: Coded(crossing.tls),
            cipher: text(crossing.cipher),
            sender_domain: text(crossing.sender_domain),
            remote_domain: text(crossing.remote_domain),
            remote_host: text(crossing.remote_host),
            account: text(crossing.account),
            account_stated: crossing.account_stated,
            auth_method: Coded(crossing.method),
            sender: text(crossing.sender),
            client_ip: text(crossing.client_ip),
        }
    }

    pub(super) fn crossing(&self) -> Crossing<'_> {
        Crossing {
            direction: self.direction.0,
            by_domains: self.by_domains,
            connector: plain(self.connector.as_ref()),
            connector_type: self.connector_type.0,
            forced_tls: self.forced_tls,
            tls: self.tls.0,
            cipher: plain(self.cipher.as_ref()),
            sender_domain: plain(self.sender_domain.as_ref()),
            remote_domain: plain(self.remote_domain.as_ref()),
            remote_host: plain(self.remote_host.as_ref()),
            account: plain(self.account.as_ref()),
            account_stated: self.account_stated,
            method: self.auth_method.0,
            sender: plain(self.sender.as_ref()),
            client_ip: plain(self.client_ip.as_ref()),
        }
    }
}
