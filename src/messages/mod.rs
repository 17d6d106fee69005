//! What page and worker say to each other, as bytes (postcard) in one
//! `ArrayBuffer` a message. Page and worker are always of one build, so there
//! is no version in it.

use serde::{Deserialize, Serialize};

use crate::account::{FileAccount, Mapping, MappingFault, Owners, Preview};
use crate::mail::{Choices, SentCounts, SentMessage, SentQuery};
use crate::report::{
    Audit, AuditQuery, Dashboard, DetailedQuery, DetailedWords, Details, Done, Field,
    OrganizationRow, Query, Readiness, ReadinessQuery, ReadinessRow, ReadinessWords, Report, Rows,
    SentWords, Span, Subject, Unusual, Words,
};

/// From the page to the worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Request {
    /// Read the files that travel beside this message (an array of `File`).
    Read {
        /// Position of each in the page's list of drops, which settles which
        /// file is credited with a row that several hold, with what the person
        /// said of it and the path to show (folder drops have one).
        files: Vec<FileToRead>,
        /// The page's language, for encodings that nothing else settles.
        korean: bool,
        /// The browser's clock, in seconds since 1970.
        now: u32,
        /// What the person said that no format can, by organization.
        said: Vec<(String, Choices)>,
        /// The mapping files that the person had remembered.
        remembered: Vec<String>,
        /// What rows say of single messages is kept.
        keep: bool,
    },
    /// Make the fictitious sample and read it, as the file in that place.
    ReadSample {
        /// Position in the page's list of drops.
        place: u32,
        /// Whose it is.
        owners: Owners,
        /// The browser's clock, in seconds since 1970.
        now: u32,
        /// What the person said that no format can, by organization.
        said: Vec<(String, Choices)>,
        /// What rows say of single messages is kept.
        keep: bool,
    },
    /// Another worker reads for this one: its port travels beside this message.
    Helper,
    /// Read for another worker, at the port that travels beside this message.
    Help,
    /// Stop reading; keep what was read.
    Cancel,
    /// Answer a query of a report.
    Report {
        /// Number of the question; what follows on its answer names it.
        id: u32,
        /// The question.
        query: Box<Query>,
        /// The words of the person's language.
        words: Box<Words>,
    },
    /// Rows of the last report's table.
    Rows {
        /// Number of the question.
        id: u32,
        /// The first row.
        from: u32,
        /// How many.
        count: u32,
    },
    /// The whole table of the last report, as a file or for the clipboard.
    Table {
        /// Number of the question.
        id: u32,
        /// As what.
        form: TableForm,
    },
    /// A report in every detail, as a file.
    Detailed {
        /// What it is to hold.
        query: DetailedQuery,
        /// The words of the person's language.
        words: Box<(Words, DetailedWords)>,
        /// As what.
        form: DetailedForm,
    },
    /// What is unusual of SMTP AUTH clients.
    Unusual {
        /// Number of the question.
        id: u32,
        /// The days.
        span: Span,
    },
    /// What is known of a sender or connector.
    Details {
        /// Number of the question.
        id: u32,
        /// The days.
        span: Span,
        /// Whom.
        subject: Subject,
    },
    /// The whole tally in the program's JSON.
    TallyJson,
    /// Count the organization that is looked at again with this.
    Choose(Choices),
    /// From now on the organization of that name is looked at; if there is
    /// none, the first.
    Open(String),
    /// Say what would be read of the beginning of the file that travels beside
    /// this message. It is answered while files are read, too.
    Preview {
        /// Number of the question.
        id: u32,
        /// The how-manieth file of an archive; else 0.
        number: u32,
        /// With which mapping.
        mapping: Mapping,
        /// A mapping file to take in its place.
        import: Option<String>,
        /// The mapping files that the person had remembered.
        remembered: Vec<String>,
        /// The page's language, for encodings that nothing else settles.
        korean: bool,
    },
    /// What the data has in a field, for a filter.
    KnownValues(Field),
    /// What breaks if something is switched off.
    Readiness {
        /// Number of the question; what follows on its answer names it.
        id: u32,
        /// The question.
        query: Box<ReadinessQuery>,
        /// What is done.
        done: Done,
    },
    /// Some of the messages that an account sent, of those that are kept.
    Sent {
        /// Number of the question.
        id: u32,
        /// Which messages.
        query: SentQuery,
        /// The first.
        from: u32,
        /// How many.
        count: u32,
    },
    /// Rows of the last work list.
    ReadinessRows {
        /// Number of the question.
        id: u32,
        /// The first row.
        from: u32,
        /// How many.
        count: u32,
    },
    /// The figures of an audit report.
    Audit {
        /// Number of the question.
        id: u32,
        /// The question.
        query: Box<AuditQuery>,
        /// What is ticked off in Readiness.
        done: Done,
    },
    /// Work out the SHA-256 of the file that travels beside this message, as it
    /// is. It goes on while other requests are answered; another one ends it.
    Hash {
        /// Number of the question.
        id: u32,
    },
    /// End that.
    EndHash,
    /// The whole of the last work list; answered with `Table`.
    ReadinessTable {
        /// Number of the question.
        id: u32,
        /// As what.
        form: TableForm,
        /// The words of the person's language.
        words: Box<ReadinessWords>,
        /// What is done by now.
        done: Done,
    },
    /// All of them, as a file or for the clipboard.
    SentTable {
        /// Which messages.
        query: SentQuery,
        /// As what; `Table` answers to what is copied.
        form: TableForm,
        /// The words of the person's language.
        words: Box<SentWords>,
    },
    /// Forget what rows say of single messages.
    ForgetMessages,
    /// The whole analysis as a file.
    Save {
        /// What the person ticked off in Readiness, by organization.
        ticks: Vec<(String, Done)>,
        /// It is to be remembered, not handed to the person.
        remember: bool,
    },
}

/// One file to read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileToRead {
    /// Position in the page's list of drops.
    pub place: u32,
    /// Name or path to show.
    pub name: String,
    /// What the person said of its columns.
    pub mapping: Mapping,
    /// Whose it is.
    pub owners: Owners,
}

/// From the worker to the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Reply {
    /// The worker has started.
    Ready,
    /// A sign of life while it reads, several times a second.
    Progress(Progress),
    /// Figures so far. After `Read` and `ReadSample`, the one with
    /// `finished: true` is the last.
    Figures(Box<Figures>),
    /// Answer to `Report`, with the first rows of the table.
    Report {
        /// Number of the question.
        id: u32,
        /// The answer.
        report: Box<Report>,
        /// The first rows.
        rows: Rows,
    },
    /// Answer to `Rows`.
    Rows {
        /// Number of the question.
        id: u32,
        /// The first row.
        from: u32,
        /// The rows.
        rows: Rows,
    },
    /// Answer to `Table`, `ReadinessTable` and `SentTable`.
    Table {
        /// As what.
        form: TableForm,
        /// The text.
        text: String,
        /// How many rows it has.
        rows: u64,
        /// How many rows more the table has.
        more: u64,
    },
    /// Answer to `Detailed`.
    Detailed {
        /// Whether it is a mail draft, not a table.
        draft: bool,
        /// The file.
        text: String,
    },
    /// Answer to `Unusual`.
    Unusual {
        /// Number of the question.
        id: u32,
        /// The answer.
        unusual: Box<Unusual>,
    },
    /// Answer to `Details`.
    Details {
        /// Number of the question.
        id: u32,
        /// The answer.
        details: Box<Details>,
    },
    /// Answer to `KnownValues`, most messages first.
    KnownValues(Field, Vec<String>),
    /// Answer to `TallyJson`.
    TallyJson(String),
    /// Answer to `Choose` and `Open`.
    Recounted(Box<Figures>),
    /// Answer to `Preview`.
    Preview {
        /// Number of the question.
        id: u32,
        /// Of the mapping file: the columns that it names and the file does
        /// not have.
        imported: Option<Result<Vec<String>, MappingFault>>,
        /// What would be read.
        preview: Box<Preview>,
    },
    /// Answer to `Readiness`, with the first rows of the work list.
    Readiness {
        /// Number of the question.
        id: u32,
        /// The answer.
        readiness: Box<Readiness>,
        /// The first rows.
        rows: Vec<ReadinessRow>,
    },
    /// Answer to `ReadinessRows`.
    ReadinessRows {
        /// Number of the question.
        id: u32,
        /// The first row.
        from: u32,
        /// The rows.
        rows: Vec<ReadinessRow>,
    },
    /// Answer to `Audit`.
    Audit {
        /// Number of the question.
        id: u32,
        /// The answer.
        audit: Box<Audit>,
    },
    /// Answers to `Hash`: how far it is, several times a second, and last the
    /// digest in hexadecimal or why there is none.
    Hash {
        /// Number of the question.
        id: u32,
        /// Bytes read so far.
        bytes: u64,
        /// The digest, once all bytes are read.
        digest: Option<Result<String, String>>,
    },
    /// Answer to `Sent`.
    Sent {
        /// Number of the question.
        id: u32,
        /// How many messages there are.
        counts: SentCounts,
        /// The first of these.
        from: u32,
        /// The messages.
        messages: Vec<SentMessage>,
    },
    /// Answer to `SentTable`, as a file.
    SentCsv(String),
    /// Answer to `Save`; the file travels beside this message, unless the
    /// browser could not make it.
    Saved {
        /// It is to be remembered.
        remember: bool,
        /// First and last second of what it holds, since 1970.
        period: Option<(u32, u32)>,
    },
}

/// How far the reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Position, in the page's list of drops, of the file being read.
    pub place: u32,
    /// Bytes read of all files of this request.
    pub bytes_read: u64,
    /// Bytes of all files of this request.
    pub bytes_total: u64,
    /// Rows read in this request.
    pub rows: u64,
}

/// What the page shows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Figures {
    /// The cards and their flyouts, of the organization that is looked at.
    pub dashboard: Dashboard,
    /// All organizations; none where one is read and not done.
    pub organizations: Vec<OrganizationRow>,
    /// The account of every file read so far, of all organizations.
    pub files: Vec<FileOf>,
    /// What is said of each organization; none where one is read and not done.
    pub held: Vec<Held>,
    /// Whether the request is done (or cancelled).
    pub finished: bool,
}

/// What saved analyses told of an organization beside its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// What holds of what no file can say.
    pub choices: Choices,
    /// What was said in each saved analysis.
    pub elsewhere: Vec<Choices>,
    /// What was ticked off in Readiness.
    pub ticks: Vec<String>,
}

/// What one organization has of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileOf {
    /// Its place in the page's list of drops; an archive gives several with
    /// the same place.
    pub place: u32,
    /// Position of the organization in the list of them.
    pub organization: u32,
    /// What became of its rows there.
    pub account: FileAccount,
}

/// As what a table is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableForm {
    /// A CSV file.
    Csv,
    /// Text with tabs, for the clipboard.
    Clipboard,
    /// Markdown, for the clipboard.
    Markdown,
}

/// As what a detailed report is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DetailedForm {
    /// A CSV file.
    Csv,
    /// A mail draft that has it attached.
    Draft {
        /// The subject.
        title: String,
        /// The last lines.
        note: String,
        /// Name of the attached file.
        file: String,
        /// Recipients.
        to: Vec<String>,
        /// The browser's clock, in seconds since 1970.
        now: u32,
    },
}

impl Request {
    /// As bytes for `postMessage`.
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// From bytes; `None` if they are not a request of this build.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

impl Reply {
    /// As bytes for `postMessage`.
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// From bytes; `None` if they are not a reply of this build.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

fn encode(message: &impl Serialize) -> Vec<u8> {
    // Writing these types to memory cannot fail: no map of unknown length, no
    // foreign `Serialize`. An empty message decodes to `None` and is ignored.
    postcard::to_allocvec(message).unwrap_or_default()
}
