use serde::{Deserialize, Serialize};

/// Which way a message crossed the border of the organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Direction {
    /// From the internet, a partner or on-premises into the organization.
    Inbound,
    /// From the organization to the internet, a partner or on-premises.
    Outbound,
    /// Between mailboxes of the organization. Never in the mail flow card.
    Internal,
    /// A client or device that signed in with SMTP AUTH (RFC 4954). Never in
    /// the mail flow card.
    Submission,
    /// The source does not say.
    Unknown,
}

impl Direction {
    /// Every direction, in the order in which it is shown.
    pub const ALL: [Self; 5] =
        [Self::Inbound, Self::Outbound, Self::Internal, Self::Submission, Self::Unknown];

    /// The word for it in the program's JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Internal => "internal",
            Self::Submission => "submission",
            Self::Unknown => "unknown",
        }
    }
}
