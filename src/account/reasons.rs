use serde::{Deserialize, Serialize};

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
