use serde::{Deserialize, Serialize};

use super::Field;

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
    /// The reader's memory was full while it read this file.
    OutOfMemory,
}

/// What a saved analysis is called among formats.
pub const SAVED_FORMAT: &str = "mailflow analysis";
/// What a JSON document of messages or cells is called among formats.
pub const DOCUMENT_FORMAT: &str = "mailflow JSON";

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
    /// It is as it was written, but its account of a file does not add up: no
    /// reader has made it.
    Account,
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
