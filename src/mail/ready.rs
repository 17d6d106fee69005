use super::{Crossing, Day, TlsState};

/// Messages that were counted elsewhere, and what they have in common: all that
/// is to be known of them. They have no ids.
#[derive(Clone, Copy, Debug)]
pub struct ReadyCell<'a> {
    /// When they crossed.
    pub time: ReadyTime,
    /// How they crossed.
    pub crossing: Crossing<'a>,
    /// The number is worked out from a rounded percentage.
    pub rounded: bool,
    /// How many.
    pub messages: u64,
}

/// When messages of a [`ReadyCell`] crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadyTime {
    /// Within one hour, in hours since 1970 (UTC).
    Hour(u32),
    /// Within several UTC days, first and last: which of them is not known.
    Days(Day, Day),
}

/// Refused attempts to sign in with SMTP AUTH that were counted elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct ReadyRefused<'a> {
    /// Hours since 1970 (UTC).
    pub hour: u32,
    /// The name that was tried, lower case; empty where it is not known.
    pub account: &'a str,
    /// The client's IP address.
    pub client_ip: Option<&'a str>,
    /// TLS of the connection.
    pub tls: TlsState,
    /// How many.
    pub attempts: u64,
}

/// What a file tells of a part of it: of what was counted together.
#[derive(Clone, Copy, Debug)]
pub enum Ready<'a> {
    /// Messages; one row of the file.
    Cell(ReadyCell<'a>),
    /// Attempts to sign in.
    Refused(ReadyRefused<'a>),
    /// An own domain of the organization, and whether it was guessed.
    OwnDomain(&'a str, bool),
}
