//! From lines to what readers told.

use std::collections::BTreeMap;

use super::VERSION;
use super::record::Record;
use crate::account::FileAccount;
use crate::import::Sink;

/// What is wrong with lines; nothing of them counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No record, and what is wrong with it.
    #[expect(missing_docs, reason = "said above")]
    Record { line: u64, detail: String },
    /// A version that is not read.
    #[expect(missing_docs, reason = "said above")]
    Version { line: u64, found: u32 },
    /// The records of a file are not all there: its account, which is the last
    /// of them, is missing.
    CutOff {
        /// Number of the file.
        file: u32,
    },
    /// Two accounts of one file.
    Twice {
        /// Number of the file.
        file: u32,
    },
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Record { line, detail } => write!(f, "line {line} is no observation: {detail}"),
            Self::Version { line, found } => write!(
                f,
                "line {line}: observations of version {found} are not read, only of {VERSION}; \
                 write them with this program"
            ),
            Self::CutOff { file } => write!(
                f,
                "the records of file {file} are not all there: its account is missing; write \
                 them again"
            ),
            Self::Twice { file } => write!(
                f,
                "file {file} has two accounts: observations of two runs are not put together; \
                 write them in one run"
            ),
        }
    }
}

/// Reads lines.
#[derive(Debug, Default)]
pub struct Reader {
    line: u64,
    /// Which files were told of, with place and account once that is known.
    files: BTreeMap<u32, Option<(u32, FileAccount)>>,
    last: Option<u32>,
    now: Option<u32>,
}

impl Reader {
    /// Hands on what a line says.
    ///
    /// # Errors
    /// [`Fault`] where it is no record.
    pub fn line(&mut self, line: &[u8], sink: &mut dyn Sink) -> Result<(), Fault> {
        self.line += 1;
        let wrong = |detail: String| Fault::Record { line: self.line, detail };
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        let record = serde_json::from_slice(line).map_err(|error| wrong(error.to_string()))?;
        let bytes = || wrong("messageIdBytes is not hexadecimal".to_owned());
        match record {
            Record::Observations(head) if head.version != VERSION => {
                return Err(Fault::Version { line: self.line, found: head.version });
            }
            Record::Observations(head) => self.now = self.now.max(Some(head.now)),
            Record::Message(message) => {
                let file = message.file;
                let told = message.tell(|observation, border| match border {
                    Some(border) => sink.hop(file, observation, border),
                    None => sink.observe(file, observation),
                });
                told.ok_or_else(bytes)?;
                self.of_file(file);
            }
            Record::Session(session) => {
                let file = session.file;
                session.tell(|session| sink.session(file, session)).ok_or_else(bytes)?;
                self.of_file(file);
            }
            Record::Counts(counts) => {
                sink.aggregate(counts.file, &counts.aggregate());
                self.of_file(counts.file);
            }
            Record::RefusedSignIn(refused) => {
                sink.refused_sign_in(refused.file, &refused.refused());
                self.of_file(refused.file);
            }
            Record::TlsReport(policy) => {
                let file = policy.file;
                sink.tls_report(file, policy.report());
                self.of_file(file);
            }
            Record::Counted(counted) => {
                let file = counted.file;
                let told = counted.tell(|part, ready| sink.ready(file, part, ready));
                told.ok_or_else(|| wrong("it has neither hour nor days, or both".to_owned()))?;
                self.of_file(file);
            }
            Record::CountedEnd(end) => {
                sink.ready_end(end.file);
                self.of_file(end.file);
            }
            Record::Account(account) => {
                let (file, place, account) = account.account();
                let known = self.files.entry(file).or_default();
                if known.replace((place, account)).is_some() {
                    return Err(Fault::Twice { file });
                }
            }
        }
        Ok(())
    }

    fn of_file(&mut self, file: u32) {
        if self.last != Some(file) {
            self.files.entry(file).or_default();
            self.last = Some(file);
        }
    }

    /// The clock of the one who wrote, in seconds since 1970.
    pub fn now(&self) -> Option<u32> {
        self.now
    }

    /// Place and account of each file that has one, by its number.
    pub fn accounts(self) -> Vec<(u32, u32, FileAccount)> {
        let known = |(file, known): (u32, Option<(u32, FileAccount)>)| {
            known.map(|(place, account)| (file, place, account))
        };
        self.files.into_iter().filter_map(known).collect()
    }

    /// Place and account of every file, by its number.
    ///
    /// # Errors
    /// [`Fault`] where the records of a file are not all there.
    pub fn files(self) -> Result<Vec<(u32, FileAccount)>, Fault> {
        let mut files = Vec::new();
        for (expected, (file, known)) in (0..).zip(self.files) {
            if file != expected {
                return Err(Fault::CutOff { file: expected });
            }
            files.push(known.ok_or(Fault::CutOff { file })?);
        }
        Ok(files)
    }
}
