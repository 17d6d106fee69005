use serde::{Deserialize, Serialize};

/// A column that a reader knows. The names are what `--map` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the column of that name")]
pub enum Field {
    Time,
    Tls,
    Direction,
    Connector,
    ConnectorType,
    ForcedTls,
    Sender,
    SenderDomain,
    Recipient,
    Status,
    MessageId,
    NetworkMessageId,
    AuthMethod,
    ClientIp,
    Cipher,
    MessageCount,
}

impl Field {
    /// Every field, in the order in which a mapping is shown.
    pub const ALL: [Self; 16] = [
        Self::Time,
        Self::Tls,
        Self::Direction,
        Self::Connector,
        Self::ConnectorType,
        Self::ForcedTls,
        Self::Sender,
        Self::SenderDomain,
        Self::Recipient,
        Self::Status,
        Self::MessageId,
        Self::NetworkMessageId,
        Self::AuthMethod,
        Self::ClientIp,
        Self::Cipher,
        Self::MessageCount,
    ];

    /// The name that `--map NAME=COLUMN` takes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Tls => "tls",
            Self::Direction => "direction",
            Self::Connector => "connector",
            Self::ConnectorType => "connectorType",
            Self::ForcedTls => "forcedTls",
            Self::Sender => "sender",
            Self::SenderDomain => "senderDomain",
            Self::Recipient => "recipient",
            Self::Status => "status",
            Self::MessageId => "messageId",
            Self::NetworkMessageId => "networkMessageId",
            Self::AuthMethod => "authMethod",
            Self::ClientIp => "clientIp",
            Self::Cipher => "cipher",
            Self::MessageCount => "messageCount",
        }
    }
}
