//! What page and worker say to each other, as bytes (postcard) in one
//! `ArrayBuffer` a message. Page and worker are always of one build, so there
//! is no version in it.

use serde::{Deserialize, Serialize};

use crate::account::{FileAccount, Mapping};
use crate::report::{ConnectorRow, Dashboard, SenderRow};

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
    },
    /// Make the fictitious sample and read it, as the file in that place.
    ReadSample {
        /// Position in the page's list of drops.
        place: u32,
        /// The browser's clock, in seconds since 1970.
        now: u32,
    },
    /// Stop reading; keep what was read.
    Cancel,
    /// The first rows of the two plain tables.
    Tables,
    /// The whole tally in the program's JSON.
    TallyJson,
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
    /// Answer to `Tables`.
    Tables(Box<Tables>),
    /// Answer to `TallyJson`.
    TallyJson(String),
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
    /// The cards and their flyouts.
    pub dashboard: Dashboard,
    /// The account of every file read so far, with its place in the page's
    /// list of drops (an archive gives several with the same place).
    pub files: Vec<(u32, FileAccount)>,
    /// Whether the request is done (or cancelled).
    pub finished: bool,
}

/// The two plain tables behind the report links.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tables {
    /// Connector report, newest day first, then by volume.
    pub connectors: Vec<ConnectorRow>,
    /// How many rows there are in all.
    pub connectors_total: u64,
    /// SMTP Auth clients report, most messages first.
    pub senders: Vec<SenderRow>,
    /// How many rows there are in all.
    pub senders_total: u64,
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
