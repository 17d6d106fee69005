use serde::{Deserialize, Serialize};

use crate::mail::Direction;

/// Something to fix, whatever the policy: it keeps its name while policies,
/// periods and files change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Thing {
    /// An account that signs in from a client.
    Client {
        /// Address, lower case; empty where the source leaves it out.
        address: String,
        /// Its domain.
        domain: String,
        /// The client's IP address, where recorded.
        client: Option<String>,
    },
    /// A connector in one direction.
    Connector {
        /// Inbound, outbound, or unknown.
        direction: Direction,
        /// As written.
        name: String,
    },
    /// The other side of mail without a connector, or of one connector.
    Partner {
        /// Inbound, outbound, or unknown.
        direction: Direction,
        /// Its domain, where recorded.
        domain: Option<String>,
        /// Its host, where recorded and the domain is not.
        host: Option<String>,
    },
}

/// What is to be done depends on it, and on the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ThingKind {
    /// A client of SMTP AUTH.
    Client,
    /// A connector for mail that comes.
    ConnectorIn,
    /// A connector for mail that goes.
    ConnectorOut,
    /// A connector of an unknown direction.
    Connector,
    /// Whoever sends.
    PartnerIn,
    /// Whoever receives.
    PartnerOut,
    /// The other side in an unknown direction.
    Partner,
}

impl ThingKind {
    /// Every kind, in the order in which it is shown.
    pub const ALL: [Self; 7] = [
        Self::Client,
        Self::ConnectorIn,
        Self::ConnectorOut,
        Self::Connector,
        Self::PartnerIn,
        Self::PartnerOut,
        Self::Partner,
    ];

    /// Position in [`ThingKind::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    pub(super) const fn connector(direction: Direction) -> Self {
        match direction {
            Direction::Inbound => Self::ConnectorIn,
            Direction::Outbound => Self::ConnectorOut,
            _ => Self::Connector,
        }
    }

    pub(super) const fn partner(direction: Direction) -> Self {
        match direction {
            Direction::Inbound => Self::PartnerIn,
            Direction::Outbound => Self::PartnerOut,
            _ => Self::Partner,
        }
    }

    pub(super) const fn direction(self) -> Direction {
        match self {
            Self::Client => Direction::Submission,
            Self::ConnectorIn | Self::PartnerIn => Direction::Inbound,
            Self::ConnectorOut | Self::PartnerOut => Direction::Outbound,
            Self::Connector | Self::Partner => Direction::Unknown,
        }
    }
}

impl Thing {
    /// What it is.
    pub const fn kind(&self) -> ThingKind {
        match self {
            Self::Client { .. } => ThingKind::Client,
            Self::Connector { direction, .. } => ThingKind::connector(*direction),
            Self::Partner { direction, .. } => ThingKind::partner(*direction),
        }
    }

    /// Its name; empty where no file tells.
    pub fn name(&self) -> &str {
        match self {
            Self::Client { address, domain, .. } if address.is_empty() => domain,
            Self::Client { address, .. } => address,
            Self::Connector { name, .. } => name,
            Self::Partner { domain, host, .. } => {
                domain.as_deref().or(host.as_deref()).unwrap_or_default()
            }
        }
    }
}

/// The things that a person has ticked off. They stay ticked whatever is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// In order, each once.
    things: Vec<Thing>,
}

impl Done {
    /// Whether `thing` is ticked off.
    pub fn has(&self, thing: &Thing) -> bool {
        self.things.binary_search(thing).is_ok()
    }

    /// Ticks `thing` off, or takes that back.
    pub fn set(&mut self, thing: Thing, done: bool) {
        match (self.things.binary_search(&thing), done) {
            (Err(at), true) => self.things.insert(at, thing),
            (Ok(at), false) => drop(self.things.remove(at)),
            _ => {}
        }
    }

    /// The things, in order.
    pub fn things(&self) -> &[Thing] {
        &self.things
    }
}
