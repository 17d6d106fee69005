use serde::{Deserialize, Serialize};

use super::Field;

/// How one column was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnUse {
    /// What it was taken for.
    pub field: Field,
    /// Its header, as written.
    pub header: String,
    /// Whether a person picked it.
    pub chosen: bool,
}

/// Values of a column that are not understood; their rows count all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfamiliar {
    /// The column.
    pub field: Field,
    /// The value, as written (shortened when very long).
    pub value: String,
    /// How many rows hold it.
    pub rows: u64,
}

/// Something that the counting concluded, which the file does not state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Inference {
    /// Submissions known by the authentication code of `message_info`
    /// (`06I`, `07I`): rows.
    SubmissionFromAuthCode,
    /// "No TLS" or "TLS, version not stated" concluded from that code: rows.
    TlsFromAuthCode,
    /// Outbound or internal told apart by the domains of sender and
    /// recipients: rows.
    DirectionFromDomains,
    /// The order of day and month concluded from other rows of the file: rows.
    DateOrder,
    /// Sender address put together from a name and a domain: rows.
    AddressFromParts,
    /// Direction told by which of the sending and the receiving address is
    /// empty: rows.
    DirectionFromIps,
    /// Messages without an id told apart by time, sender and subject: rows.
    MessageFromParts,
    /// Numbers of messages worked out from rounded percentages: rows.
    RoundedShares,
    /// Directions told by the organization's own domains: messages.
    DirectionFromOwnDomains,
    /// The year of lines that state none, told by dates inside the log: rows.
    YearFromLog,
    /// The year of lines that state none, taken from the file's date: rows.
    YearFromFileDate,
    /// The time zone of lines that state none, told by exact dates inside the
    /// log: rows.
    ZoneFromLog,
}

impl Inference {
    /// Every inference.
    pub const ALL: [Self; 12] = [
        Self::SubmissionFromAuthCode,
        Self::TlsFromAuthCode,
        Self::DirectionFromDomains,
        Self::DateOrder,
        Self::AddressFromParts,
        Self::DirectionFromIps,
        Self::MessageFromParts,
        Self::RoundedShares,
        Self::DirectionFromOwnDomains,
        Self::YearFromLog,
        Self::YearFromFileDate,
        Self::ZoneFromLog,
    ];
}

/// Something that the format cannot tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Gap {
    /// No TLS version in this export.
    Tls,
    /// Whether TLS was used, but not which version.
    TlsVersion,
    /// Outbound TLS may be missing from the rows.
    OutboundTls,
    /// No TLS: the SMTP protocol logs of the same server have it.
    ServerTls,
    /// No connector.
    Connector,
    /// No direction.
    Direction,
    /// No connector type.
    ConnectorType,
    /// Whether a connector forces TLS.
    ForcedTls,
    /// No message id: copies are known only by identical rows.
    MessageId,
    /// Submissions with modern authentication may go unseen.
    ModernAuth,
    /// Client IP addresses.
    ClientIp,
    /// No SMTP AUTH.
    SmtpAuth,
    /// No days: counts of a whole period.
    Days,
    /// Which hosts are servers of the organization.
    InternalHosts,
    /// TLS of hops whose receiving server does not write it down.
    HopTls,
}
