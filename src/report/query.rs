//! What a person asks a report: one query for its chart and its table.

use serde::{Deserialize, Serialize};

use super::{Filter, Share};
use crate::mail::{AuthMethod, ConnectorType, Day, Direction, TlsState};

/// Which report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportKind {
    /// Connector report (CR-01 to CR-09).
    #[default]
    Connectors,
    /// SMTP Auth clients report (SA-03 to SA-14).
    Senders,
    /// Domains report: by the domain on the other side.
    Domains,
    /// Hosts report: by the host on the other side.
    Hosts,
    /// Direct Send report (RP-05).
    DirectSend,
}

impl ReportKind {
    /// All of them, in their order.
    pub const ALL: [Self; 5] =
        [Self::Connectors, Self::Senders, Self::Domains, Self::Hosts, Self::DirectSend];

    /// The word for it in a report request; `docs/endpoint.md` documents it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Connectors => "connectors",
            Self::Senders => "senders",
            Self::Domains => "domains",
            Self::Hosts => "hosts",
            Self::DirectSend => "directSend",
        }
    }

    /// Whether its rows are those of who is on the other side.
    pub const fn is_of_peers(self) -> bool {
        matches!(self, Self::Domains | Self::Hosts | Self::DirectSend)
    }
}

/// One question to a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Which report.
    pub report: ReportKind,
    /// The days.
    pub span: Span,
    /// "Show data for".
    pub only: Only,
    /// "View data by".
    pub by: By,
    /// Rows of the table must hold this text; compared in lower case.
    pub search: String,
    /// How the table is sorted.
    pub sort: Sort,
    /// When an insight is shown.
    pub thresholds: Thresholds,
    /// Which messages pass; all figures are of them alone.
    pub filter: Filter,
}

impl Query {
    /// The days that are asked for.
    pub fn days(&self) -> Span {
        if self.by == By::Trend { self.span.of_trend() } else { self.span }
    }
}

/// The days that a report speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// So many days, up to the newest of the report's own sources.
    Last(u32),
    /// From the first to the last day of the data.
    All,
    /// From this day to that, both included.
    Days(Day, Day),
}

impl Span {
    /// The days of a trend: a few days tell nothing of one, so only a person's
    /// own dates make it shorter.
    #[must_use]
    pub const fn of_trend(self) -> Self {
        match self {
            Self::Days(..) => self,
            Self::Last(_) | Self::All => Self::All,
        }
    }
}

/// As the original's: SA-03.
impl Default for Span {
    fn default() -> Self {
        Self::Last(7)
    }
}

/// "Show data for".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Only {
    /// Everything.
    #[default]
    All,
    /// One connector in one direction; `None` for "without a connector".
    Connector(Direction, Option<String>),
    /// The senders of one domain.
    Domain(String),
    /// One direction.
    Direction(Direction),
    /// One domain or host on the other side; `None` for not recorded.
    Peer(Option<String>),
}

/// "View data by".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    /// "Mail flow" and "Sending volume".
    #[default]
    Volume,
    /// "TLS usage".
    Tls,
    /// "Trend": TLS versions week by week.
    Trend,
}

/// How a table is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// By which column; `None` for the report's own order.
    pub column: Option<Column>,
    /// Greatest first.
    pub descending: bool,
}

/// A column of a report's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Column {
    /// "Date".
    Date,
    /// "Connector direction and name", "Sender address".
    Name,
    /// "Connector type".
    Type,
    /// "Forced TLS?".
    Forced,
    /// "Domain".
    Domain,
    /// "Authentication Protocol".
    Methods,
    /// A TLS state; [`TlsState::Older`] stands for "Other TLS".
    Tls(TlsState),
    /// "Volume", "Message count".
    Volume,
    /// The difference to the period before.
    Change,
    /// Year and number of a week.
    Week,
    /// Its first day.
    Monday,
    /// How many of its days have data.
    Covered,
    /// "Direction".
    Direction,
    /// "Sender address", of Direct Send.
    Sender,
    /// Whether Direct Send is stated or likely.
    Sure,
    /// The first day of the period on which it is seen.
    First,
    /// The last.
    Last,
}

/// From which share of a connector's recorded messages an insight is shown,
/// in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    /// TLS 1.0: more than this.
    pub tls_1_0: u32,
    /// No TLS: more than this.
    pub no_tls: u32,
    /// A domain that never offers TLS: at least so many messages, not percent.
    /// Fewer may be chance, and none of them is a habit.
    pub never_tls: u32,
}

/// Microsoft's own: TLS 1.0 above 50%, No TLS over 25% (features.md, CR-07).
impl Default for Thresholds {
    fn default() -> Self {
        Self { tls_1_0: 50, no_tls: 25, never_tls: 10 }
    }
}

/// The words of the person's language that searching, sorting and exporting
/// need: the worker has no catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// For inbound, outbound and unknown: the name of mail without a
    /// connector, and what stands before the name of a connector.
    pub flows: [(String, String); 3],
    /// In the order OnPremises, Partner, NoConnector, Unknown.
    pub types: [String; 4],
    /// Forced TLS: true, false, not recorded.
    pub forced: [String; 3],
    /// In the order of [`AuthMethod::ALL`].
    pub methods: [String; 3],
    /// The heads of the columns.
    pub date: String,
    /// "Connector direction and name" or "Sender address".
    pub name: String,
    /// "Connector type".
    pub connector_type: String,
    /// "Forced TLS?".
    pub forced_tls: String,
    /// "Domain".
    pub domain: String,
    /// "Authentication Protocol".
    pub method: String,
    /// In the order of [`TlsState::ALL`]; "Older" stands for "Other TLS".
    pub tls: [String; 8],
    /// The TLS states themselves, in the order of [`TlsState::ALL`].
    pub states: [String; 8],
    /// "Volume" or "Message count".
    pub volume: String,
    /// The difference to the period before.
    pub change: String,
    /// Head of the column that tells rounded numbers.
    pub rounded: String,
    /// A week, its first day, and how many of its days have data.
    pub week: [String; 3],
    /// In place of a number that no file gives.
    pub no_data: String,
    /// For inbound, outbound and unknown: the direction alone.
    pub directions: [String; 3],
    /// What stands for a domain, host or address that is not recorded.
    pub none: String,
    /// Direct Send: sure, likely.
    pub sure: [String; 2],
    /// "Direction", "Sender address", "How sure", "First seen", "Last seen".
    pub peer_heads: [String; 5],
    /// Between groups of three digits.
    pub group: char,
    /// Between a number and its decimals.
    pub point: char,
}

impl Words {
    /// The name of a connector, or of mail without one.
    pub fn flow(&self, direction: Direction, connector: Option<&str>) -> String {
        let [inbound, outbound, unknown] = &self.flows;
        let (none, prefix) = match direction {
            Direction::Inbound => inbound,
            Direction::Outbound => outbound,
            _ => unknown,
        };
        connector.map_or_else(|| none.clone(), |name| format!("{prefix}{name}"))
    }

    /// The word for a direction.
    pub fn direction(&self, direction: Direction) -> &str {
        let [inbound, outbound, unknown] = &self.directions;
        match direction {
            Direction::Inbound => inbound,
            Direction::Outbound => outbound,
            _ => unknown,
        }
    }

    /// The word for a type of connector.
    pub fn connector_type(&self, kind: ConnectorType) -> &str {
        let [on_premises, partner, none, unknown] = &self.types;
        match kind {
            ConnectorType::OnPremises => on_premises,
            ConnectorType::Partner => partner,
            ConnectorType::NoConnector => none,
            ConnectorType::Unknown => unknown,
        }
    }

    /// The word for "Forced TLS?".
    pub fn forced(&self, forced: Option<bool>) -> &str {
        let [yes, no, silent] = &self.forced;
        match forced {
            Some(true) => yes,
            Some(false) => no,
            None => silent,
        }
    }

    /// The ways of signing in, in one line.
    pub fn methods(&self, methods: &[AuthMethod]) -> String {
        let word = |method: &AuthMethod| {
            let index = AuthMethod::ALL.iter().position(|known| known == method);
            index.and_then(|index| self.methods.get(index)).map_or("", String::as_str)
        };
        methods.iter().map(word).collect::<Vec<_>>().join(", ")
    }

    /// A count with thousands separators.
    pub fn count(&self, number: u64) -> String {
        super::grouped(number, self.group)
    }

    /// A share of what is recorded with its count, `100% (472)`; a dash where
    /// nothing is recorded.
    pub fn share(&self, part: u64, whole: u64) -> String {
        self.marked_share(part, whole, "")
    }

    /// The same with a mark before the count.
    pub(super) fn marked_share(&self, part: u64, whole: u64, mark: &str) -> String {
        Share::of(part, whole).map_or_else(
            || "\u{2013}".to_owned(),
            |share| format!("{} ({mark}{})", share.percent(1, self.point), self.count(part)),
        )
    }
}
