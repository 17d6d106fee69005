//! What rows say of a crossing, as the store keeps it.

use super::intern::Symbol;
use crate::mail::{AuthMethod, Border, ConnectorType, Direction, TlsState};

/// What a row says of a crossing, with texts as symbols: the same for many
/// messages, so kept once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Facts {
    pub(super) direction: Direction,
    pub(super) by_domains: bool,
    /// The direction is open and the message was not delivered: it does not
    /// count if it turns out to be outbound.
    pub(super) unsent: bool,
    pub(super) connector: Option<Symbol>,
    pub(super) connector_type: ConnectorType,
    pub(super) forced_tls: Option<bool>,
    pub(super) tls: TlsState,
    pub(super) cipher: Option<Symbol>,
    pub(super) sender_domain: Option<Symbol>,
    pub(super) remote_domain: Option<Symbol>,
    pub(super) remote_host: Option<Symbol>,
    pub(super) account: Option<Symbol>,
    pub(super) account_stated: bool,
    pub(super) method: AuthMethod,
    pub(super) client_ip: Option<Symbol>,
    pub(super) count: u32,
    /// Worked out from rounded percentages.
    pub(super) rounded: bool,
    /// A hop of a mail, which counts if the own domains say that it crosses
    /// the border.
    pub(super) border: Option<Border<Symbol>>,
}

/// Facts that a message is known by, at their earliest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tuple {
    pub(super) facts: Facts,
    pub(super) seconds: u32,
}

impl Tuple {
    /// A message of which only the direction is known.
    pub(super) fn silent(direction: Direction, seconds: u32) -> Self {
        let facts = Facts {
            direction,
            by_domains: false,
            unsent: false,
            connector: None,
            connector_type: ConnectorType::Unknown,
            forced_tls: None,
            tls: TlsState::NotRecorded,
            cipher: None,
            sender_domain: None,
            remote_domain: None,
            remote_host: None,
            account: None,
            account_stated: false,
            method: AuthMethod::Unknown,
            client_ip: None,
            count: 1,
            rounded: false,
            border: None,
        };
        Self { facts, seconds }
    }
}
