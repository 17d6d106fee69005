use serde::{Deserialize, Serialize};

use super::{AuthMethod, ConnectorType, Direction, MessageKey, TlsState};

/// How the rows of a file stand to messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowLayout {
    /// Many rows tell the life of one message (Extended report, tracking log).
    ManyRows,
    /// One row is one message: the same Message-ID from the same sender at
    /// another second is another message, since devices reuse ids.
    OneRow,
}

/// The ids by which a row names its message. They are aliases of one message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Identity<'a> {
    /// Exchange's network message id.
    pub network: Option<MessageKey>,
    /// Message-ID without angle brackets; empty where the row has none.
    pub message_id: &'a [u8],
}

/// One crossing of a border that a row tells of.
#[derive(Clone, Copy, Debug)]
pub struct Crossing<'a> {
    /// Which way the message went.
    pub direction: Direction,
    /// The format has no direction: the own domains tell it, guessed ones too.
    /// `direction` is unknown, and `remote_domain` the first recipient's; or it
    /// is inbound, and no more than likely: another row may know better.
    pub by_domains: bool,
    /// The organization's connector, as written; `None` for none or silence.
    pub connector: Option<&'a str>,
    /// What kind of connector it is.
    pub connector_type: ConnectorType,
    /// Whether the connector forces TLS; `None` where the row does not say.
    pub forced_tls: Option<bool>,
    /// TLS of the connection.
    pub tls: TlsState,
    /// Cipher suite as written.
    pub cipher: Option<&'a str>,
    /// Domain of the sender, lower case.
    pub sender_domain: Option<&'a str>,
    /// Domain of the other side: the sender's for inbound mail, the first
    /// recipient's otherwise. Lower case.
    pub remote_domain: Option<&'a str>,
    /// The host on the other side of the connection: its name, else its IP
    /// address, where the source names one.
    pub remote_host: Option<&'a str>,
    /// The account that signed in with SMTP AUTH, lower case.
    pub account: Option<&'a str>,
    /// Whether `account` and `method` are the source's own statement, not
    /// concluded from the sender address or a code.
    pub account_stated: bool,
    /// How the account signed in.
    pub method: AuthMethod,
    /// The sender's address, lower case, where a recipient may be of the
    /// sender's own organization. It is kept of mail that comes in without a
    /// connector alone (Direct Send): of all mail it would be as many facts as
    /// there are correspondents.
    pub sender: Option<&'a str>,
    /// IP address of the client that signed in, or that sent with Direct Send.
    pub client_ip: Option<&'a str>,
}

/// What one row says of one message: the unit that a reader hands to the
/// tally.
#[derive(Clone, Copy, Debug)]
pub struct Observation<'a> {
    /// The message.
    pub id: Identity<'a>,
    /// How the file's rows stand to messages.
    pub layout: RowLayout,
    /// Fingerprint of the row's text, by which a second copy is known.
    pub row: u64,
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: u32,
    /// Sender address, lower case; part of the identity in one-row files.
    pub sender: &'a str,
    /// The crossing, if the row tells of one.
    pub crossing: Option<Crossing<'a>>,
    /// The row tells that the message stayed within the organization.
    pub internal: bool,
    /// The row tells that the message, or a copy of it, was not delivered.
    pub failed: bool,
    /// How many messages the row stands for; 1 unless the source counts.
    pub count: u32,
    /// How many rows of the file tell of it: 1, or all rows of a protocol
    /// log's session that are about this message.
    pub rows: u32,
    /// The SMTP session that carried it, where the row names one: what the
    /// session's own log says fills what this row leaves open.
    pub session: Option<Carrier>,
    /// The queue of the mail server that the message was in, in one
    /// observation of each part of its life that a file holds.
    pub queue: Option<&'a Queue>,
    /// The queue id, hashed, that the next server said it gave the message
    /// (`250 2.0.0 Ok: queued as F27E789349`): where the logs have that too,
    /// this was a hop between servers of the organization.
    pub relayed_as: Option<u64>,
}

impl<'a> Observation<'a> {
    /// Whether the row has no id: its message is known by nothing but the row.
    pub fn is_loose(&self) -> bool {
        self.id.network.is_none() && self.id.message_id.is_empty()
    }

    /// A row of a message that tells nothing yet but whose it is and when.
    pub const fn of_row(
        id: Identity<'a>,
        layout: RowLayout,
        row: u64,
        seconds: u32,
        sender: &'a str,
    ) -> Self {
        Self {
            id,
            layout,
            row,
            seconds,
            sender,
            crossing: None,
            internal: false,
            failed: false,
            count: 1,
            rows: 1,
            session: None,
            queue: None,
            relayed_as: None,
        }
    }
}

/// A message in the queue of a mail server, as far as one file tells of it.
/// Queue ids are used again, so that only time tells which message one is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Queue {
    /// Server and queue id, hashed.
    pub thread: u64,
    /// The queue id alone, hashed: other servers name it.
    pub id: u64,
    /// Seconds since 1970 of the first line of it.
    pub first: u32,
    /// Of the last.
    pub last: u32,
    /// Whether it begins in this file.
    pub start: Start,
    /// Whether it ends in this file.
    pub ended: bool,
    /// It came from another host, and counts only if the server accepted it.
    pub arrived: bool,
    /// The server accepted it.
    pub accepted: bool,
    /// It was delivered to a mailbox of the server.
    pub delivered: bool,
}

/// Whether a file has the beginning of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Start {
    /// It has.
    Seen,
    /// It has, unless another file has what comes before.
    Likely,
    /// It has not.
    Unseen,
}

/// One part of a session that logs know by a process id, which is used again:
/// parts of several files are one session where the one is open when the
/// other goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SessionPart {
    /// Server, program and process id, hashed.
    pub thread: u64,
    /// Seconds since 1970 of its first line.
    pub first: u32,
    /// Of its last.
    pub last: u32,
    /// The session begins in it.
    pub starts: bool,
    /// The session ends in it.
    pub ends: bool,
}

/// The SMTP session that carried a message.
#[derive(Clone, Copy, Debug)]
pub struct Carrier {
    /// Which session.
    pub key: SessionKey,
    /// The message was under way where the file begins: when it began, and
    /// whose it is, is said by the file before.
    pub under_way: bool,
    /// Only an answer tells of the message, the how-manieth of the file's own
    /// (from 0): it counts if that is the one which the session awaits where
    /// the file before is cut.
    pub answer: Option<u32>,
}

/// An SMTP session as logs name it: a hash of its session id, which Exchange
/// makes unique in an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionKey(pub u64);

/// What a protocol log says of one session, beside the messages in it. A log
/// may be cut within a session, so several files may each tell a part.
#[derive(Clone, Copy, Debug)]
pub struct Session<'a> {
    /// Which session.
    pub key: SessionKey,
    /// What its messages have in common: direction, connector, TLS, account,
    /// client. The domains are those of a message that was under way where
    /// the file was cut.
    pub crossing: Crossing<'a>,
    /// When the message began that was under way where the file was cut, in
    /// seconds since 1970-01-01T00:00:00Z.
    pub under_way: Option<u32>,
    /// Its Message-ID, if that was told before; else empty.
    pub message_id: &'a [u8],
    /// How many answers come before the one that accepts it; `None` where its
    /// data are still to come.
    pub awaits: Option<u32>,
    /// It is between servers of the organization: no message in it counts.
    pub hop: bool,
    /// The session of a client that a front end hands on in this one.
    pub front_end: Option<SessionKey>,
    /// What it is a part of, where the log knows sessions by process ids
    /// only.
    pub parts: &'a [SessionPart],
}

/// A client that tried to sign in with SMTP AUTH and was refused.
#[derive(Clone, Copy, Debug)]
pub struct RefusedSignIn<'a> {
    /// Tells the attempt from all others, so that a second copy of the file
    /// adds none.
    pub attempt: u64,
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: u32,
    /// The name that was tried, lower case; empty where the log hides it.
    pub account: &'a str,
    /// Where the client was.
    pub client_ip: Option<&'a str>,
    /// TLS of the connection.
    pub tls: TlsState,
    /// Its session, whose beginning another file may hold.
    pub session: SessionKey,
}
