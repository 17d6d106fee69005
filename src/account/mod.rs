//! The account of rows: what became of every row of every file.
//!
//! `rows = messages + joined + policies + duplicates + no_mail + unreadable`,
//! always. A row of an SMTP TLS report is a policy, and opens no message.
//! Header, comment, `sep=` and blank lines are not rows; a file that is not
//! recognised has no format, no rows and a [`Problem`].

use serde::{Deserialize, Serialize};

mod mapping;
mod owners;
mod preview;

pub use mapping::{DateOrder, Mapping, MappingFault};
pub use owners::Owners;
pub use preview::{Preview, WordUse};

use crate::mail::{Border, Day, Direction, TlsState};

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

/// Why a row carries no mail. The codes are part of the program's JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NoMail {
    /// Accepted but never sent to the other side.
    NotSent,
    /// A shadow copy kept for safety (`HARECEIVE`, `HADISCARD`, `HAREDIRECT`).
    ShadowCopy,
    /// A row of the service about itself, with no message.
    ServiceEvent,
    /// A monitoring probe (`HealthMailbox`).
    HealthProbe,
    /// Mail on its way between servers of one organization.
    InternalHop,
    /// A session in which no message was accepted.
    NoMessage,
    /// A session whose beginning or end is in another file: the rows of it
    /// that tell of no whole message.
    SessionCut,
    /// A line of another program in a log that several write to.
    OtherProgram,
    /// Counts of an aggregate export for days of which there are messages.
    CoveredByMessages,
}

impl NoMail {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::NotSent,
        Self::ShadowCopy,
        Self::ServiceEvent,
        Self::HealthProbe,
        Self::InternalHop,
        Self::NoMessage,
        Self::SessionCut,
        Self::OtherProgram,
        Self::CoveredByMessages,
    ];

    /// The key in the program's JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotSent => "notSent",
            Self::ShadowCopy => "shadowCopy",
            Self::ServiceEvent => "serviceEvent",
            Self::HealthProbe => "healthProbe",
            Self::InternalHop => "internalHop",
            Self::NoMessage => "noMessage",
            Self::SessionCut => "sessionCut",
            Self::OtherProgram => "otherProgram",
            Self::CoveredByMessages => "coveredByMessages",
        }
    }
}

/// Why a row could not be read. The codes are part of the program's JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unreadable {
    /// Fewer fields than the header.
    TooFewFields,
    /// More fields than the header.
    TooManyFields,
    /// The time is missing or is no date.
    BadTime,
    /// The time is before 1970 or after 2106.
    TimeOutOfRange,
    /// Longer than a row may be ([`MAX_ROW_BYTES`]).
    TooLong,
    /// The file ends inside the row.
    CutOff,
    /// `message_count` is no number, or none that fits.
    BadCount,
    /// An item of a JSON document lacks a field that it must have.
    MissingField,
    /// It is damaged: no JSON where JSON must stand.
    Damaged,
    /// A `Received` header field that names no server.
    NoHop,
    /// Longer than a header field may be, or behind more header than there
    /// may be.
    LongHeader,
}

impl Unreadable {
    /// Every reason.
    pub const ALL: [Self; 11] = [
        Self::TooFewFields,
        Self::TooManyFields,
        Self::BadTime,
        Self::TimeOutOfRange,
        Self::TooLong,
        Self::CutOff,
        Self::BadCount,
        Self::MissingField,
        Self::Damaged,
        Self::NoHop,
        Self::LongHeader,
    ];

    /// The key in the program's JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooFewFields => "tooFewFields",
            Self::TooManyFields => "tooManyFields",
            Self::BadTime => "badTime",
            Self::TimeOutOfRange => "timeOutOfRange",
            Self::TooLong => "tooLong",
            Self::CutOff => "cutOff",
            Self::BadCount => "badCount",
            Self::MissingField => "missingField",
            Self::Damaged => "damaged",
            Self::NoHop => "noHop",
            Self::LongHeader => "longHeader",
        }
    }
}

/// The longest row that is read, in bytes.
pub const MAX_ROW_BYTES: usize = 4 << 20;

/// Either reason for which a row was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LeftOut {
    /// It carries no mail.
    NoMail(NoMail),
    /// It could not be read.
    Unreadable(Unreadable),
}

/// One of the first rows that were left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// Line of the (unpacked) file on which the row starts, from 1; in a JSON
    /// document the how-manieth item of its list.
    pub line: u64,
    /// Why it was left out.
    pub reason: LeftOut,
    /// The beginning of the row.
    pub text: String,
}

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

/// Something a person should know of a file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Warning {
    /// Exactly as many rows as the service puts into one file at most.
    ProbablyCut {
        /// Rows of the file.
        rows: u64,
    },
    /// Rows later than tomorrow; they do not move the "last 7 days".
    FutureRows {
        /// How many.
        rows: u64,
        /// The latest day.
        latest: Day,
    },
    /// The file ends inside a row, a compressed stream or a character.
    CutOff,
    /// Bytes after the end of the compressed data were left out.
    TrailingBytes {
        /// How many.
        bytes: u64,
    },
    /// Unpacking stopped at the limit.
    UnpackLimit {
        /// The limit in bytes.
        limit: u64,
    },
    /// The compressed data is damaged from here on.
    DamagedArchive,
    /// The file changed or went away while it was read.
    Changed {
        /// What the system says.
        detail: String,
    },
    /// Reading was cancelled here.
    Cancelled,
    /// The reader died while it read this file; nothing of it is counted.
    ReaderDied,
    /// Some bytes are not of the encoding that the file starts in.
    MixedEncoding {
        /// How many values were affected.
        values: u64,
    },
    /// It counts messages without ids, of days of which others count messages,
    /// too: some may count twice.
    MayCountTwice {
        /// Which way they went.
        direction: Direction,
        /// First and last such UTC day.
        days: (Day, Day),
        /// How many days there are.
        count: u32,
    },
    /// Mails without a `Received` header field: they tell nothing.
    NoReceived {
        /// How many.
        mails: u64,
    },
}

/// Why a file gave no rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// Nothing in it.
    Empty,
    /// Not a mail trace or log that is known; `looks_like` says what it is,
    /// where that is known (`image`, `program`, `web page`, …).
    NotATrace {
        /// What it looks like.
        looks_like: Option<FileKind>,
    },
    /// A table, but required columns are not known: ask.
    ColumnsNeeded(ColumnsNeeded),
    /// Dates whose day and month cannot be told apart: ask.
    DateOrderNeeded {
        /// A date of the file.
        example: String,
    },
    /// Counts without a date: ask of which period they are.
    PeriodNeeded,
    /// An archive with a password.
    Password,
    /// A compression method other than "deflate" and "stored".
    Compression {
        /// The method's number (PKWARE APPNOTE 4.4.5).
        method: u16,
    },
    /// An archive inside an archive.
    NestedArchive,
    /// Unpacking stopped at the limit before anything of this file came out.
    UnpackLimit {
        /// The limit in bytes.
        limit: u64,
    },
    /// An archive without files.
    EmptyArchive,
    /// The archive's directory cannot be read.
    DamagedArchive,
    /// The file cannot be read at all.
    CannotRead {
        /// What the system says.
        detail: String,
    },
    /// The reader died while it read this file.
    ReaderDied,
    /// A JSON document of messages or cells that is not as it must be.
    Document(DocumentFault),
    /// A saved analysis that cannot be taken up.
    Saved(SavedFault),
}

/// What a saved analysis is called among formats.
pub const SAVED_FORMAT: &str = "mailflow analysis";
/// What a JSON document of messages or cells is called among formats.
pub const DOCUMENT_FORMAT: &str = "mailflow JSON";

impl Warning {
    /// Whether it is of what was counted apart and comes together.
    pub const fn is_of_merging(&self) -> bool {
        matches!(self, Self::MayCountTwice { .. })
    }
}

/// What is wrong with a saved analysis; nothing of it is counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SavedFault {
    /// It ends before its end.
    CutOff,
    /// It is not what was written.
    Damaged,
    /// A version of the format that is not read.
    Version {
        /// The version, as written.
        found: String,
    },
    /// Too long to be held in memory.
    TooLarge {
        /// How long it may be, in bytes.
        limit: u64,
    },
}

/// What is wrong with a JSON document; nothing of it is counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentFault {
    /// No JSON (RFC 8259) from here on; line and byte of the line, from 1.
    #[expect(missing_docs, reason = "said above")]
    Syntax { line: u64, column: u64 },
    /// JSON, but not what must stand in this place; as above.
    #[expect(missing_docs, reason = "said above")]
    Shape { line: u64, column: u64 },
    /// It ends before its end.
    CutOff,
    /// A version that is not read.
    Version {
        /// The version, as written.
        found: String,
    },
    /// A field of the document itself is missing.
    Missing {
        /// Its name.
        name: String,
    },
    /// Messages and cells, or one of them twice: they would count twice.
    TwoLists,
    /// Too long to be held in memory.
    TooLarge {
        /// How long it may be, in bytes.
        limit: u64,
    },
    /// It names a next page, which does not follow.
    NextMissing,
    /// Its last line says another number of items than there are.
    Items {
        /// The number that it says.
        said: u64,
        /// How many there are.
        found: u64,
    },
    /// A line is too long to be held in memory.
    LongLine {
        /// Its number, from 1.
        line: u64,
        /// How long it may be, in bytes.
        limit: u64,
    },
}

/// Kinds of files that people drop by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is what its name says")]
pub enum FileKind {
    Image,
    Pdf,
    Program,
    WebPage,
    Spreadsheet,
    OfficeDocument,
    OtherArchive,
    Json,
    Xml,
    Mail,
    Table,
    Text,
    Binary,
    HarakaLog,
    ProofpointLog,
    MimecastLog,
    CiscoLog,
    FortiMailLog,
    HornetsecurityLog,
    RetarusLog,
    /// Zimbra's `mailbox.log`: what becomes of mail in its mailboxes.
    ZimbraMailboxLog,
    /// A log of Exchange Server that tells no TLS: of agents, of connections.
    ExchangeOtherLog,
    /// A DMARC aggregate report (RFC 7489, appendix C).
    DmarcReport,
    DovecotLog,
    /// A syslog without lines of a mail server.
    SystemLog,
}

impl FileKind {
    /// Whose log it is, by its maker's name, where one sentence holds for the
    /// logs of all of them.
    pub const fn maker(self) -> Option<&'static str> {
        Some(match self {
            Self::HarakaLog => "Haraka",
            Self::ProofpointLog => "Proofpoint",
            Self::MimecastLog => "Mimecast",
            Self::CiscoLog => "Cisco Secure Email Gateway (ESA)",
            Self::FortiMailLog => "FortiMail",
            Self::HornetsecurityLog => "Hornetsecurity",
            Self::RetarusLog => "Retarus Email Security",
            _ => return None,
        })
    }
}

/// A table whose required columns are not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnsNeeded {
    /// Required fields that no column was taken for.
    pub missing: Vec<Field>,
    /// The header cells, as written.
    pub header: Vec<String>,
    /// The first rows, to look at.
    pub sample: Vec<Vec<String>>,
    /// Fields that were recognised: index into `header`.
    pub guess: Vec<(Field, u32)>,
}

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileAccount {
    /// Name, with the archive's in front (`week.zip/monday.csv`).
    pub name: String,
    /// Name of the format, in its maker's words; `None` where not recognised.
    pub format: Option<String>,
    /// Character encoding, e.g. `UTF-16LE`.
    pub encoding: String,
    /// Bytes of the file as dropped (of the entry, in an archive).
    pub bytes: u64,
    /// All rows.
    pub rows: u64,
    /// Rows that opened a message.
    pub messages: u64,
    /// Rows that joined a message opened by another row.
    pub joined: u64,
    /// Rows that are a policy of an SMTP TLS report: they tell of sessions, not
    /// of messages.
    pub policies: u64,
    /// Second copies of rows that are counted elsewhere.
    pub duplicates: u64,
    /// Rows that carry no mail; reasons in order, none with zero.
    pub no_mail: Vec<(NoMail, u64)>,
    /// Rows that could not be read; reasons in order, none with zero.
    pub unreadable: Vec<(Unreadable, u64)>,
    /// The first rows that were left out, by line.
    pub examples: Vec<Example>,
    /// Seconds of the first and last row that was read.
    pub period: Option<(u32, u32)>,
    /// How the columns were taken.
    pub columns: Vec<ColumnUse>,
    /// Values that are not understood, most frequent first.
    pub unfamiliar: Vec<Unfamiliar>,
    /// What was concluded, with the number of rows.
    pub inferred: Vec<(Inference, u64)>,
    /// What the format cannot tell.
    pub gaps: Vec<Gap>,
    /// What a person should know.
    pub warnings: Vec<Warning>,
    /// Why the file gave no rows.
    pub problem: Option<Problem>,
    /// Attempts to sign in with SMTP AUTH that were refused, second copies
    /// left out.
    pub refused_sign_ins: u64,
    /// Of its counts that other files have the messages of: how many messages
    /// it counts, and how many the other files tell of.
    pub covered: Option<(u64, u64)>,
    /// Made by the sample generator: fictitious.
    pub fictitious: bool,
    /// Whether a person may say which of its columns is what.
    pub mappable: bool,
    /// Whether the columns were taken as a person had them remembered for
    /// this header.
    pub remembered: bool,
    /// The way of the only mail in it, first hop first.
    pub path: Vec<Hop>,
    /// How many files were counted for it, if it is a document that tells so:
    /// those are what was read.
    pub brought: u32,
    /// Where it was read, if that was elsewhere.
    pub elsewhere: Option<Elsewhere>,
}

/// Where a file was read, if that was elsewhere, and what it was called there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Elsewhere {
    /// It came in a saved analysis, and is counted here with all other files.
    Saved(String),
    /// It came with a document of cells, which were counted there: so its
    /// figures are those of elsewhere, whatever is counted here.
    Counted(String),
}

/// One hop of a mail's way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// Name and address of the server that sent.
    pub from: Option<String>,
    /// Name and address of the server that received.
    pub by: Option<String>,
    /// The protocol, as written.
    pub protocol: Option<String>,
    /// TLS of the connection.
    pub tls: TlsState,
    /// Cipher suite as written.
    pub cipher: Option<String>,
    /// Seconds since 1970-01-01T00:00:00Z, by the receiving server's clock.
    pub seconds: Option<u32>,
    /// Seconds since the hop before: negative where clocks are wrong.
    pub delay: Option<i64>,
    /// The client signed in with SMTP AUTH.
    pub signed_in: bool,
    /// As whom, where that is stated.
    pub account: Option<String>,
    /// Which way the mail crosses the organization's border here, by the own
    /// domains.
    pub direction: Option<Direction>,
    /// What they tell it by.
    pub border: Option<Border<String>>,
}

impl FileAccount {
    /// What it was called where it was read.
    pub fn read_as(&self) -> &str {
        match &self.elsewhere {
            None => &self.name,
            Some(Elsewhere::Saved(name) | Elsewhere::Counted(name)) => name,
        }
    }

    /// Whether what it tells was read or counted elsewhere: it is in a saved
    /// analysis, or is a document of cells or messages.
    pub fn is_of_elsewhere(&self) -> bool {
        let formats = [SAVED_FORMAT, DOCUMENT_FORMAT];
        self.elsewhere.is_some() || self.format.as_deref().is_some_and(|own| formats.contains(&own))
    }

    /// Whether it came with a document of cells, which were counted elsewhere:
    /// what it was as a file is not known.
    pub const fn is_counted_elsewhere(&self) -> bool {
        matches!(self.elsewhere, Some(Elsewhere::Counted(_)))
    }

    /// The same as a file of the file `within`, which brought it.
    #[must_use]
    pub fn within(&self, within: &str) -> Self {
        let name = self.read_as().to_owned();
        Self {
            name: format!("{within}/{name}"),
            elsewhere: Some(if self.is_counted_elsewhere() {
                Elsewhere::Counted(name)
            } else {
                Elsewhere::Saved(name)
            }),
            ..self.clone()
        }
    }

    /// Rows that carry no mail, of all reasons.
    pub fn no_mail_rows(&self) -> u64 {
        self.no_mail.iter().map(|(_, rows)| rows).sum()
    }

    /// Rows that could not be read, of all reasons.
    pub fn unreadable_rows(&self) -> u64 {
        self.unreadable.iter().map(|(_, rows)| rows).sum()
    }

    /// Whether every row is accounted for, exactly once.
    pub fn adds_up(&self) -> bool {
        self.rows
            == self.messages
                + self.joined
                + self.policies
                + self.duplicates
                + self.no_mail_rows()
                + self.unreadable_rows()
    }
}
