use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::mail::{AuthMethod, ConnectorType, Day, Direction, TlsReport, TlsState};

/// A text of a [`Tally`]. Texts are numbered in their own order, so that they
/// compare as their numbers do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(pub(super) u32);

impl Text {
    /// Position in the list of texts, to count by.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// Whether it is the empty text, which is the first of every tally.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The text in a position.
    pub fn at(index: usize) -> Option<Self> {
        u32::try_from(index).ok().map(Self)
    }
}

/// Messages that crossed a border the same way within one UTC hour. Messages
/// of SMTP AUTH clients are in [`SubmissionCell`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FlowCell {
    /// Hours since 1970 (UTC).
    pub hour: u32,
    /// Inbound, outbound, internal or unknown.
    pub direction: Direction,
    /// Connector as written; `None` for none.
    pub connector: Option<Text>,
    /// Where it leads.
    pub connector_type: ConnectorType,
    /// Whether it forces TLS; `None` where not recorded.
    pub forced_tls: Option<bool>,
    /// TLS of the connection.
    pub tls: TlsState,
    /// Cipher suite as written.
    pub cipher: Option<Text>,
    /// Domain of the sender.
    pub sender_domain: Option<Text>,
    /// Domain of the other side.
    pub remote_domain: Option<Text>,
    /// The host on the other side.
    pub remote_host: Option<Text>,
    /// Address of the sender, lower case, of an own domain: of mail that came
    /// in without a connector from a sender who may be a colleague of the
    /// recipient (Direct Send), and of no other mail.
    pub sender: Option<Text>,
    /// IP address of the client, where there is a `sender`.
    pub client_ip: Option<Text>,
    /// The number is worked out from a rounded percentage.
    pub rounded: bool,
    /// How many messages.
    pub messages: u64,
}

impl FlowCell {
    /// UTC day.
    pub fn day(&self) -> Day {
        Day::of_hour(self.hour)
    }

    /// How many messages, and whether that is rounded.
    pub const fn amount(&self) -> (u64, bool) {
        (self.messages, self.rounded)
    }

    /// The first fields by which cells are sorted.
    pub(super) fn prefix(&self) -> u64 {
        // None comes before all.
        let connector = self.connector.map_or(0, |name| u64::from(name.0) + 1);
        u64::from(self.hour) << 40 | (self.direction as u64) << 36 | connector.min((1 << 36) - 1)
    }
}

/// Messages of one SMTP AUTH client within one UTC hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SubmissionCell {
    /// Hours since 1970 (UTC).
    pub hour: u32,
    /// The account, lower case; empty where the source leaves it out.
    pub account: Text,
    /// Its domain.
    pub domain: Text,
    /// TLS of the connection.
    pub tls: TlsState,
    /// Cipher suite as written.
    pub cipher: Option<Text>,
    /// How the client signed in.
    pub method: AuthMethod,
    /// The client's IP address.
    pub client_ip: Option<Text>,
    /// The number is worked out from a rounded percentage.
    pub rounded: bool,
    /// How many messages.
    pub messages: u64,
}

impl SubmissionCell {
    /// UTC day.
    pub fn day(&self) -> Day {
        Day::of_hour(self.hour)
    }

    /// How many messages, and whether that is rounded.
    pub const fn amount(&self) -> (u64, bool) {
        (self.messages, self.rounded)
    }

    /// The first fields by which cells are sorted.
    pub(super) fn prefix(&self) -> u64 {
        u64::from(self.hour) << 32 | u64::from(self.account.0)
    }
}

/// Messages of one SMTP AUTH client within several days: which of them is not
/// known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// First and last UTC day.
    pub days: (Day, Day),
    /// Everything else; its hour is the first of the first day.
    pub cell: SubmissionCell,
}

/// Counts of an export that are left out, since other files have the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Covered {
    /// First and last UTC day.
    pub days: (Day, Day),
    /// Which way.
    pub direction: Direction,
    /// Number of the file that counts.
    pub file: u32,
    /// How many messages it counts.
    pub aggregates: u64,
    /// How many messages of these days and this direction others tell of.
    pub messages: u64,
}

/// Days of which a file counts messages without ids, and another counts
/// messages, too: some may be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overlap {
    /// Number of the file, of which other files or parts come before.
    pub file: u32,
    /// Which way.
    pub direction: Direction,
    /// First and last such UTC day.
    pub days: (Day, Day),
    /// How many days there are, each for all that count again.
    pub count: u32,
}

/// Refused attempts to sign in with SMTP AUTH. They carry no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RefusedCell {
    /// Hours since 1970 (UTC).
    pub hour: u32,
    /// The name that was tried, lower case; empty where the log hides it.
    pub account: Text,
    /// The client's IP address.
    pub client_ip: Option<Text>,
    /// TLS of the connection.
    pub tls: TlsState,
    /// How many.
    pub attempts: u64,
}

/// What one file is credited with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Rows that opened a message.
    pub messages: u64,
    /// Rows that joined one.
    pub joined: u64,
    /// Second copies of rows that another place is credited with.
    pub duplicates: u64,
    /// Rows of messages that were accepted but never sent.
    pub not_sent: u64,
    /// Rows of sessions that go on in another file, and accept nothing.
    pub session_cut: u64,
    /// Rows of messages that were never accepted.
    pub no_message: u64,
    /// Refused attempts to sign in.
    pub refused_sign_ins: u64,
    /// Rows that count messages of which others tell.
    pub covered: u64,
    /// Policies of SMTP TLS reports.
    pub policies: u64,
}

impl Credit {
    /// Every figure.
    pub(super) const fn figures(&self) -> [u64; 9] {
        [
            self.messages,
            self.joined,
            self.duplicates,
            self.not_sent,
            self.session_cut,
            self.no_message,
            self.refused_sign_ins,
            self.covered,
            self.policies,
        ]
    }

    /// All rows of it; refused attempts to sign in are none.
    pub(super) fn rows(&self) -> u64 {
        self.figures().iter().fold(0_u64, |sum, more| sum.saturating_add(*more))
            - self.refused_sign_ins
    }

    /// Adds what the file is credited with beside.
    pub(super) const fn add(&mut self, other: &Self) {
        self.messages += other.messages;
        self.joined += other.joined;
        self.duplicates += other.duplicates;
        self.not_sent += other.not_sent;
        self.session_cut += other.session_cut;
        self.no_message += other.no_message;
        self.refused_sign_ins += other.refused_sign_ins;
        self.covered += other.covered;
        self.policies += other.policies;
    }
}

/// The counts, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Every text that cells name, sorted, each once.
    pub(super) texts: Vec<Box<str>>,
    /// Mail flow.
    pub flow: Vec<FlowCell>,
    /// SMTP AUTH.
    pub submissions: Vec<SubmissionCell>,
    /// SMTP AUTH of days that are not known. Not in `submissions`.
    pub blocks: Vec<Block>,
    /// What is left out of exports that count by themselves.
    pub covered: Vec<Covered>,
    /// What may be counted twice.
    pub overlaps: Vec<Overlap>,
    /// Refused attempts to sign in.
    pub refused: Vec<RefusedCell>,
    /// Policies of SMTP TLS reports: sessions, not messages.
    pub tls_reports: Vec<Arc<TlsReport>>,
    /// The organization's own domains, as guessed or as a person said.
    pub own_domains: Vec<String>,
    /// Whether they were guessed.
    pub domains_guessed: bool,
    /// What each file is credited with, by its number.
    pub credits: Vec<Credit>,
    /// The days that each file covers, by its number.
    pub spans: Vec<FileSpans>,
}

impl Tally {
    /// A text that a cell of this tally names.
    pub fn text(&self, text: Text) -> &str {
        self.texts.get(text.index()).map_or("", |text| text)
    }

    /// The text that reads so, if any cell may name it.
    pub fn find(&self, text: &str) -> Option<Text> {
        let index = self.texts.binary_search_by(|known| (**known).cmp(text)).ok()?;
        u32::try_from(index).ok().map(Text)
    }

    /// How many texts there are: one more than the greatest position.
    pub fn texts(&self) -> usize {
        self.texts.len()
    }
}

/// The first and last day for which one file tells of mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSpans {
    /// Of mail flow.
    pub flow: Option<(Day, Day)>,
    /// Of SMTP AUTH.
    pub submissions: Option<(Day, Day)>,
}

impl FileSpans {
    /// Stretches the spans to hold others, too.
    pub(super) fn add(&mut self, other: &Self) {
        let both = |one: Option<(Day, Day)>, other: Option<(Day, Day)>| match (one, other) {
            (Some((first, last)), Some((from, to))) => Some((first.min(from), last.max(to))),
            (one, other) => one.or(other),
        };
        self.flow = both(self.flow, other.flow);
        self.submissions = both(self.submissions, other.submissions);
    }
}
