use serde::{Deserialize, Serialize};

/// How an SMTP AUTH client proved who it is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum AuthMethod {
    /// The source does not say.
    #[default]
    Unknown,
    /// A user name and a password: "Basic Authentication".
    Basic,
    /// An OAuth token: "Modern Authentication".
    Modern,
}

impl AuthMethod {
    /// Every method, in the order in which it is shown.
    pub const ALL: [Self; 3] = [Self::Basic, Self::Modern, Self::Unknown];

    /// The word for it in the program's JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Basic => "basic",
            Self::Modern => "modern",
        }
    }
}
