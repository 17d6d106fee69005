//! What reading takes from outside a file, and to whom it hands what it reads.

use serde::{Deserialize, Serialize};

use crate::account::{ColumnsNeeded, FileAccount, Mapping, SavedFault};
use crate::mail::{
    Aggregate, Border, Choices, Observation, Particulars, Ready, RefusedSignIn, Session, TlsReport,
};

/// What reading takes from outside the file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Settings {
    /// The clock, in seconds since 1970: rows later than tomorrow are listed.
    pub now: u32,
    /// The person reads Korean: settles encodings that nothing else does.
    pub korean: bool,
    /// What the person says that no format can.
    pub choices: Choices,
    /// Headers for which the person had a mapping remembered.
    pub remembered: Vec<(Vec<String>, Mapping)>,
    /// When the file was last written, in seconds since 1970, where that is
    /// known. Reading sets it for each file.
    pub file_date: Option<u32>,
    /// Only look at the beginning of the file of that number (0 unless the
    /// source is an archive).
    pub look: Option<u32>,
    /// What rows say of single messages is kept, in so many bytes at most.
    pub keep: Option<usize>,
}

/// Who gets what is read.
pub trait Sink {
    /// A row of the `entry`-th file (0 unless the source is an archive) tells
    /// of a message.
    fn observe(&mut self, entry: u32, observation: &Observation<'_>);

    /// The same with what the row says beyond, where messages are kept
    /// ([`Settings::keep`]).
    fn observe_whole(
        &mut self,
        entry: u32,
        observation: &Observation<'_>,
        particulars: &Particulars<'_>,
    );

    /// A row of the `entry`-th file tells of one hop of a mail, which may cross
    /// this border.
    fn hop(&mut self, entry: u32, observation: &Observation<'_>, border: Border<&str>);

    /// A row of the `entry`-th file counts messages.
    fn aggregate(&mut self, entry: u32, aggregate: &Aggregate<'_>);

    /// The `entry`-th file tells of an SMTP session.
    fn session(&mut self, entry: u32, session: &Session<'_>);

    /// The `entry`-th file tells of a refused attempt to sign in.
    fn refused_sign_in(&mut self, entry: u32, refused: &RefusedSignIn<'_>);

    /// A row of the `entry`-th file is a policy of an SMTP TLS report.
    fn tls_report(&mut self, entry: u32, report: TlsReport);

    /// The `entry`-th file tells of what was counted elsewhere; it is in that
    /// part of it.
    fn ready(&mut self, entry: u32, part: u32, ready: &Ready<'_>);

    /// All parts of the `entry`-th file were told; whether any of them is new.
    fn ready_end(&mut self, entry: u32) -> bool;

    /// The `entry`-th file, which is called `name`, is a saved analysis, whose
    /// header is left out. The answer is the accounts of its files, which have
    /// the numbers from `entry` on.
    ///
    /// # Errors
    /// [`SavedFault`] where it is not as it was saved; nothing was taken of it.
    fn saved(
        &mut self,
        entry: u32,
        name: &str,
        body: &[u8],
    ) -> Result<Vec<FileAccount>, SavedFault>;

    /// The columns of the file that is looked at ([`Settings::look`]), and the
    /// mapping with which it is read.
    fn table(&mut self, _table: ColumnsNeeded, _mapping: &Mapping) {}

    /// A sign of life between two chunks: how many bytes of the source and how
    /// many rows of the file under way are read, and the accounts of the
    /// source's files so far.
    fn pause(&mut self, bytes: u64, rows: u64, accounts: &dyn Fn() -> Vec<FileAccount>) -> Pause;
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// Read on.
    GoOn,
    /// Stop here; what was read counts.
    Stop,
}
