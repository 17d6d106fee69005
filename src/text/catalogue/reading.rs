//! Reading files, and from an endpoint.

/// Reading files.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Reading {
    pub title: &'static str,
    pub listing: &'static str,
    pub starting: &'static str,
    pub cancel: &'static str,
    pub cancelling: &'static str,
    pub bytes_of: fn(&str, &str) -> String,
    pub rows: fn(u64) -> String,
    pub rows_a_second: fn(&str) -> String,
    pub seconds_left: fn(u64) -> String,
    pub waiting: fn(u64) -> String,
    pub started: fn(u64) -> String,
    pub started_sample: &'static str,
    pub done: fn(files: u64, rows: u64, messages: u64) -> String,
    pub not_read: fn(files: u64) -> String,
    pub cancelled: &'static str,
    pub nothing_found: &'static str,
    pub reader_died: fn(file: &str) -> String,
    /// The same, for want of memory.
    pub reader_starved: fn(file: &str) -> String,
    pub reader_restarted: &'static str,
    /// It died again, of the same question.
    pub reader_restarted_again: &'static str,
    pub cannot_start: &'static str,
}

/// Reading from an endpoint.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Endpoint {
    pub connect: &'static str,
    pub title: &'static str,
    pub address: &'static str,
    pub explanation: &'static str,
    pub one_file: &'static str,
    pub cancel: &'static str,
    pub asking: &'static str,
    pub trouble: fn(&Trouble) -> String,
    /// Number of the page, and how much has come.
    pub page: fn(u32, &str) -> String,
    /// Seconds until the host is asked again.
    pub waiting: fn(u32) -> String,
    pub refresh: &'static str,
    /// The time of the clock.
    pub read_at: fn(&str) -> String,
    pub nothing_new: &'static str,
    /// Why the new data was not read.
    pub not_renewed: fn(&str) -> String,
    pub token_title: &'static str,
    /// The address of the data.
    pub token_why: fn(&str) -> String,
    pub token_wrong: &'static str,
    pub token_not_one: &'static str,
    pub token: &'static str,
    pub token_send: &'static str,
    pub sending: &'static str,
    pub request_mailed: &'static str,
    pub request_written: &'static str,
    /// The host's own words.
    pub host_says: fn(&str) -> String,
}

/// Why an endpoint gave no data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The page is the single file, which may not connect at all.
    OneFile,
    /// What was given is no address.
    NoAddress(String),
    /// Another origin (RFC 6454) than the page's: this one.
    OtherOrigin {
        /// The origin.
        origin: String,
        /// The only address of another origin that the page may ask, or empty.
        allowed: String,
    },
    /// The address ends in a slash.
    Folder,
    /// No answer came through: no network, or no such host.
    Unreachable,
    /// The answer leads to another address.
    Redirected,
    /// The answer is a web page.
    WebPage,
    /// The answer is empty.
    Empty,
    /// The host wants a bearer token (RFC 6750).
    Token {
        /// It got one, and did not take it.
        wrong: bool,
    },
    /// The host is busy.
    Busy {
        /// The HTTP status that says so.
        status: u16,
        /// The time of the clock before which it wants not to be asked.
        until: Option<String>,
    },
    /// All pages together have more bytes than this.
    TooLarge(u64),
    /// A next page is at another address than the first: this one.
    NextElsewhere(String),
    /// A page comes a second time: this one.
    Loop(String),
    /// There are more pages than this.
    TooManyPages(u64),
    /// Nothing came for so many seconds.
    TimeOut(u32),
    /// The answer broke off.
    BrokeOff,
    /// The person wanted no more.
    Cancelled,
    /// The host answered with this HTTP status (RFC 9110), which is no success.
    Status(u16),
}
