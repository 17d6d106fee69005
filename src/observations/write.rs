//! From what readers tell to lines.

use std::io::{self, Write};

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use super::VERSION;
use super::codes::Hexadecimal;
use super::keys::Links;
use super::record::{Account, Counts, Head, Keys, Message, Policy, Record, Refused, Told};
use crate::account::{FileAccount, SavedFault};
use crate::import::{Pause, Sink};
use crate::mail::{Aggregate, Border, Observation, Particulars, RefusedSignIn, Session, TlsReport};

/// What the lines are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A record each, with its keys.
    Records,
    /// To be sorted by others: main key, file, place in the file and record,
    /// with tabs between.
    Sortable,
    /// Keys that stand together in a record, once or a few times each: the
    /// main key, another, `1` where the record only borrows, and nothing, with
    /// tabs between. Reports stand last in lines of their own.
    Links,
}

/// Writes what readers tell.
pub struct Writer<W> {
    out: W,
    form: Form,
    /// Number of the source's first file, and place of the source in the list.
    file: u32,
    place: u32,
    /// Place of the next record in its file.
    at: u64,
    links: Links,
    /// Links that were written.
    known: FxHashSet<u64>,
    line: Vec<u8>,
    outcome: io::Result<()>,
}

impl<W: Write> Writer<W> {
    /// Writes to `out`. Records begin with a line that says what they are;
    /// `now` is the clock, in seconds since 1970.
    pub fn new(out: W, form: Form, now: u32) -> Self {
        let mut writer = Self {
            out,
            form,
            file: 0,
            place: 0,
            at: 0,
            links: Links::default(),
            known: FxHashSet::default(),
            line: Vec::new(),
            outcome: Ok(()),
        };
        if form == Form::Records {
            writer.put(&Record::Observations(Head { version: VERSION, now }));
        }
        writer
    }

    /// What comes is of a source that stands at `place` in the list, whose
    /// first file has the number `file`, from that place in the file on.
    pub fn begin(&mut self, place: u32, file: u32, at: u64) {
        (self.place, self.file, self.at) = (place, file, at);
    }

    /// Ends the `entry`-th file of the source.
    pub fn end_file(&mut self, entry: u32, account: FileAccount) {
        let (file, place) = (self.file + entry, self.place);
        self.links.of_account(file);
        self.write(file, |_| Record::Account(Box::new(Account::of(file, place, account))));
    }

    /// Writes a report between links: one line of JSON.
    pub fn report(&mut self, json: &str) {
        if self.form == Form::Links && self.outcome.is_ok() {
            self.outcome = writeln!(self.out, "0\t0\t0\t{json}");
        }
    }

    /// Ends the lines.
    ///
    /// # Errors
    /// What went wrong with any of them.
    pub fn finish(mut self) -> io::Result<W> {
        self.outcome?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Whether all went well so far.
    pub fn is_fine(&self) -> bool {
        self.outcome.is_ok()
    }

    fn write<'r>(&mut self, file: u32, record: impl FnOnce(Keys) -> Record<'r>) {
        match self.form {
            Form::Records => {
                let keys = Keys(self.links.all().map(Hexadecimal).collect());
                self.put(&record(keys));
            }
            Form::Sortable => {
                let main = short(self.links.main);
                self.line.extend_from_slice(format!("{main}\t{file}\t{}\t", self.at).as_bytes());
                self.at += 1;
                self.put(&record(Keys::default()));
            }
            Form::Links => self.write_links(),
        }
    }

    /// The line, whose beginning may stand in `line`.
    fn put(&mut self, record: &Record<'_>) {
        if self.outcome.is_err() {
            return;
        }
        let line = &mut self.line;
        let written = serde_json::to_writer(&mut *line, record).map_err(io::Error::from);
        line.push(b'\n');
        self.outcome = written.and_then(|()| self.out.write_all(line));
        line.clear();
    }

    fn write_links(&mut self) {
        /// So many are known again.
        const MOST: usize = 1 << 20;
        for link in &self.links.others {
            let mut both = [0; 33];
            both[..16].copy_from_slice(&self.links.main.to_le_bytes());
            both[16..32].copy_from_slice(&link.key.to_le_bytes());
            both[32] = u8::from(link.borrows);
            if self.outcome.is_err() || !self.known.insert(xxh3_64(&both)) {
                continue;
            }
            let (main, key) = (short(self.links.main), short(link.key));
            self.outcome = writeln!(self.out, "{main}\t{key}\t{}\t", u8::from(link.borrows));
        }
        if self.known.len() > MOST {
            self.known.clear();
        }
    }
}

/// A key in 64 bits, to sort by: two that meet are only counted in one place.
#[expect(clippy::cast_possible_wrap, reason = "others have signed numbers only")]
pub fn short(key: u128) -> i64 {
    xxh3_64(&key.to_le_bytes()) as i64
}

impl<W: Write> Sink for Writer<W> {
    fn observe(&mut self, entry: u32, observation: &Observation<'_>) {
        let file = self.file + entry;
        self.links.of_message(observation);
        self.write(file, |keys| {
            Record::Message(Box::new(Message::of(file, keys, observation, None)))
        });
    }

    fn observe_whole(&mut self, entry: u32, observation: &Observation<'_>, _: &Particulars<'_>) {
        self.observe(entry, observation);
    }

    fn hop(&mut self, entry: u32, observation: &Observation<'_>, border: Border<&str>) {
        let file = self.file + entry;
        self.links.of_message(observation);
        self.write(file, |keys| {
            Record::Message(Box::new(Message::of(file, keys, observation, Some(border))))
        });
    }

    fn aggregate(&mut self, entry: u32, aggregate: &Aggregate<'_>) {
        let file = self.file + entry;
        self.links.of_counts(file, aggregate);
        self.write(file, |keys| Record::Counts(Box::new(Counts::of(file, keys, aggregate))));
    }

    fn session(&mut self, entry: u32, session: &Session<'_>) {
        let file = self.file + entry;
        self.links.of_session(session);
        self.write(file, |keys| Record::Session(Box::new(Told::of(file, keys, session))));
    }

    fn refused_sign_in(&mut self, entry: u32, refused: &RefusedSignIn<'_>) {
        let file = self.file + entry;
        self.links.of_refused(refused);
        self.write(file, |keys| Record::RefusedSignIn(Box::new(Refused::of(file, keys, refused))));
    }

    fn tls_report(&mut self, entry: u32, report: TlsReport) {
        let file = self.file + entry;
        self.links.of_report(&report);
        self.write(file, |keys| Record::TlsReport(Box::new(Policy::of(file, keys, report))));
    }

    fn saved(&mut self, _: u32, name: &str, _: &[u8]) -> Result<Vec<FileAccount>, SavedFault> {
        // Its rows are known by their hashes only.
        self.outcome = Err(io::Error::other(format!(
            "{name} is a saved analysis, of which there are no records: put it together with \
             others by `mailflow merge`"
        )));
        Ok(Vec::new())
    }

    fn pause(&mut self, _: u64, _: u64, _: &dyn Fn() -> Vec<FileAccount>) -> Pause {
        if self.outcome.is_ok() { Pause::GoOn } else { Pause::Stop }
    }
}
