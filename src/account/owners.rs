use serde::{Deserialize, Serialize};

/// Whose mail a file holds, where several organizations are looked at side by
/// side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Owners {
    /// Those of these names. A file of two organizations counts in both.
    Named(Vec<String>),
    /// Whoever has an own domain of the file's mail.
    ByDomain,
}

impl Owners {
    /// The one organization of those who do not tell several apart, without a
    /// name.
    pub fn nobody() -> Self {
        Self::Named(vec![String::new()])
    }

    /// Whether two names are of the same organization: they may differ by
    /// case, and by blanks around them.
    pub fn same(one: &str, other: &str) -> bool {
        let letters = |name: &str| name.trim().to_lowercase();
        one == other || letters(one) == letters(other)
    }
}

impl Default for Owners {
    fn default() -> Self {
        Self::nobody()
    }
}
