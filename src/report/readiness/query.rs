use serde::{Deserialize, Serialize};

use super::Policy;
use crate::mail::Direction;
use crate::report::{Filter, Span};

/// One question: what breaks if something is switched off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadinessQuery {
    /// What is switched off.
    pub policy: Policy,
    /// The days.
    pub span: Span,
    /// Which connector forces TLS; `None` for all of them. Other policies do
    /// not ask.
    pub connector: Option<(Direction, String)>,
    /// Rows of the work list must hold this text; compared in lower case.
    pub search: String,
    /// How the work list is sorted.
    pub sort: ReadinessSort,
    /// Whether it also lists what nothing can be told of.
    pub untold: bool,
    /// Whether what is done is left out.
    pub hide_done: bool,
    /// Which messages are judged at all.
    pub filter: Filter,
}

/// How the work list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadinessSort {
    /// By which column; `None` for the most refused messages first.
    pub column: Option<ReadinessColumn>,
    /// Greatest first.
    pub descending: bool,
}

/// A column of the work list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadinessColumn {
    /// "Done".
    Done,
    /// Account, connector or partner.
    Name,
    /// "What to do", which goes by kind.
    Todo,
    /// Client IP address or host.
    Client,
    /// Messages that would be refused.
    Refused,
    /// Messages that nothing can be told of.
    Untold,
    /// All messages.
    All,
    /// The days on which refused messages were seen; sorted by the last.
    Seen,
    /// TLS versions; sorted by the weakest.
    Tls,
}

impl ReadinessColumn {
    /// Every column, in the order in which it is shown.
    pub const ALL: [Self; 9] = [
        Self::Done,
        Self::Name,
        Self::Todo,
        Self::Client,
        Self::Refused,
        Self::Untold,
        Self::All,
        Self::Seen,
        Self::Tls,
    ];

    /// The word for it in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Name => "name",
            Self::Todo => "todo",
            Self::Client => "client",
            Self::Refused => "refused",
            Self::Untold => "untold",
            Self::All => "all",
            Self::Seen => "seen",
            Self::Tls => "tls",
        }
    }

    /// Whether it holds numbers of messages.
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::Refused | Self::Untold | Self::All)
    }
}
