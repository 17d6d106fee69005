//! From what readers tell to lines, and to those who count them.

use std::io::{self, Write};

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use super::VERSION;
use super::codes::Hexadecimal;
use super::keys::{Link, Links};
use super::record::{
    Account, Counts, Elsewhere, Head, Keys, Message, OfFile, Policy, Record, Refused, Told,
};
use crate::account::{FileAccount, SavedFault};
use crate::import::{Pause, Sink};
use crate::mail::{
    Aggregate, Border, Observation, Particulars, Ready, RefusedSignIn, Session, TlsReport,
};

/// What is written.
#[derive(Debug)]
pub enum Form {
    /// Lines: a record each, with its keys.
    Records,
    /// Lines: keys that stand together in a record, once or a few times each.
    /// That are the number of the unit, the main key, another (or the same,
    /// where there is none), `1` where the record only borrows, and nothing,
    /// with tabs between. Reports stand last in lines of their own.
    Links,
    /// Blocks of records, by the partition that counts them.
    Shared(Router),
}

/// Which partition counts which records.
#[derive(Debug, Default)]
pub struct Router {
    /// The component of main keys that are not the only one of theirs.
    components: FxHashMap<i64, i64>,
    /// Main keys that every partition needs.
    hubs: FxHashSet<i64>,
    /// What waits to be written, by partition.
    blocks: Vec<Vec<u8>>,
    waiting: usize,
}

impl Router {
    /// To so many partitions.
    pub fn new(partitions: u32) -> Self {
        let blocks = vec![Vec::new(); partitions.max(1) as usize];
        Self { blocks, ..Self::default() }
    }

    /// A main key is of that component.
    pub fn component(&mut self, main: i64, component: i64) {
        self.components.insert(main, component);
    }

    /// Every partition needs the records of a main key.
    pub fn hub(&mut self, main: i64) {
        self.hubs.insert(main);
    }

    fn take(&mut self, main: i64, record: &[u8]) {
        let partitions = self.blocks.len();
        let component = self.components.get(&main).copied().unwrap_or(main);
        let width = i64::try_from(partitions).unwrap_or(i64::MAX);
        let own = usize::try_from(component.rem_euclid(width)).unwrap_or_default();
        let all = self.hubs.contains(&main);
        let places = if all { 0..partitions } else { own..own + 1 };
        for block in self.blocks.get_mut(places).unwrap_or_default() {
            block.extend_from_slice(record);
            self.waiting += record.len();
        }
    }
}

/// Writes what readers tell.
pub struct Writer<W> {
    out: W,
    form: Form,
    /// Number of the source's first file, and place of the source in the list.
    file: u32,
    place: u32,
    /// Place of the next block in its file.
    at: u64,
    unit: u32,
    links: Links,
    /// Links of the unit that were written.
    known: FxHashSet<u64>,
    line: Vec<u8>,
    outcome: io::Result<()>,
}

impl<W: Write> Writer<W> {
    /// Writes to `out`. Records begin with a line that says what they are;
    /// `now` is the clock, in seconds since 1970.
    pub fn new(out: W, form: Form, now: u32) -> Self {
        let records = matches!(form, Form::Records);
        let mut writer = Self {
            out,
            form,
            file: 0,
            place: 0,
            at: 0,
            unit: 0,
            links: Links::default(),
            known: FxHashSet::default(),
            line: Vec::new(),
            outcome: Ok(()),
        };
        if records {
            writer.put(&Record::Observations(Head { version: VERSION, now }));
        }
        writer
    }

    /// What comes is of a source that stands at `place` in the list, whose
    /// first file has the number `file`, from that place in the file on.
    pub fn begin(&mut self, place: u32, file: u32, at: u64) {
        self.write_blocks();
        (self.place, self.file, self.at) = (place, file, at);
    }

    /// What comes is of the unit of that number.
    pub fn begin_unit(&mut self, unit: u32) {
        self.unit = unit;
        self.known.clear();
    }

    /// Ends the `entry`-th file of the source.
    pub fn end_file(&mut self, entry: u32, account: FileAccount) {
        let (file, place) = (self.file + entry, self.place);
        self.links.of_account(file);
        self.write(|_| Record::Account(Box::new(Account::of(file, place, account))));
    }

    /// Writes a report between links: one line of JSON.
    pub fn report(&mut self, json: &str) {
        if matches!(self.form, Form::Links) && self.outcome.is_ok() {
            self.outcome = writeln!(self.out, "0\t0\t0\t0\t{json}");
        }
    }

    /// Ends what is written.
    ///
    /// # Errors
    /// What went wrong with any of it.
    pub fn finish(mut self) -> io::Result<W> {
        self.write_blocks();
        self.outcome?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Whether all went well so far.
    pub fn is_fine(&self) -> bool {
        self.outcome.is_ok()
    }

    fn write<'r>(&mut self, record: impl FnOnce(Keys) -> Record<'r>) {
        /// So many bytes wait at most.
        const WAITING: usize = 64 << 20;
        match &mut self.form {
            Form::Records => {
                let keys = Keys(self.links.all().map(Hexadecimal).collect());
                self.put(&record(keys));
            }
            Form::Links => self.write_links(),
            Form::Shared(router) => {
                let line = &mut self.line;
                let written = serde_json::to_writer(&mut *line, &record(Keys::default()));
                line.push(b'\n');
                router.take(short(self.links.main), line);
                line.clear();
                let full = router.waiting > WAITING;
                if let Err(error) = written {
                    self.outcome = Err(error.into());
                }
                if full {
                    self.write_blocks();
                }
            }
        }
    }

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

    /// Writes what waits: for each partition its number, the file's, the place
    /// in it, how many bytes follow, and these.
    fn write_blocks(&mut self) {
        let Form::Shared(router) = &mut self.form else { return };
        router.waiting = 0;
        for (partition, block) in (0_u32..).zip(&mut router.blocks) {
            if block.is_empty() || self.outcome.is_err() {
                continue;
            }
            let mut head = [0; 24];
            head[..4].copy_from_slice(&partition.to_le_bytes());
            head[4..8].copy_from_slice(&self.file.to_le_bytes());
            head[8..16].copy_from_slice(&self.at.to_le_bytes());
            head[16..].copy_from_slice(&(block.len() as u64).to_le_bytes());
            self.outcome = self.out.write_all(&head).and_then(|()| self.out.write_all(block));
            block.clear();
        }
        self.at += 1;
    }

    fn write_links(&mut self) {
        /// So many are known again.
        const MOST: usize = 1 << 20;
        let main = self.links.main;
        // One without others may still be another's: it is to be known that
        // this unit has it.
        let own = Link { key: main, borrows: false };
        let alone = if self.links.others.is_empty() { Some(own) } else { None };
        for link in self.links.others.iter().chain(&alone) {
            let mut both = [0; 33];
            both[..16].copy_from_slice(&main.to_le_bytes());
            both[16..32].copy_from_slice(&link.key.to_le_bytes());
            both[32] = u8::from(link.borrows);
            if self.outcome.is_err() || !self.known.insert(xxh3_64(&both)) {
                continue;
            }
            let (unit, main, key) = (self.unit, short(main), short(link.key));
            let borrows = u8::from(link.borrows);
            self.outcome = writeln!(self.out, "{unit}\t{main}\t{key}\t{borrows}\t");
        }
        if self.known.len() > MOST {
            self.known.clear();
        }
    }
}

/// A key in 64 bits, to sort by: two that meet are only counted in one place.
#[expect(clippy::cast_possible_wrap, reason = "others have signed numbers only")]
fn short(key: u128) -> i64 {
    xxh3_64(&key.to_le_bytes()) as i64
}

impl<W: Write> Sink for Writer<W> {
    fn observe(&mut self, entry: u32, observation: &Observation<'_>) {
        let file = self.file + entry;
        self.links.of_message(observation);
        self.write(|keys| Record::Message(Box::new(Message::of(file, keys, observation, None))));
    }

    fn observe_whole(&mut self, entry: u32, observation: &Observation<'_>, _: &Particulars<'_>) {
        self.observe(entry, observation);
    }

    fn hop(&mut self, entry: u32, observation: &Observation<'_>, border: Border<&str>) {
        let file = self.file + entry;
        self.links.of_message(observation);
        self.write(|keys| {
            Record::Message(Box::new(Message::of(file, keys, observation, Some(border))))
        });
    }

    fn aggregate(&mut self, entry: u32, aggregate: &Aggregate<'_>) {
        let file = self.file + entry;
        self.links.of_counts(file);
        self.write(|keys| Record::Counts(Box::new(Counts::of(file, keys, aggregate))));
    }

    fn session(&mut self, entry: u32, session: &Session<'_>) {
        let file = self.file + entry;
        self.links.of_session(session);
        self.write(|keys| Record::Session(Box::new(Told::of(file, keys, session))));
    }

    fn refused_sign_in(&mut self, entry: u32, refused: &RefusedSignIn<'_>) {
        let file = self.file + entry;
        self.links.of_refused(refused);
        self.write(|keys| Record::RefusedSignIn(Box::new(Refused::of(file, keys, refused))));
    }

    fn tls_report(&mut self, entry: u32, report: TlsReport) {
        let file = self.file + entry;
        self.links.of_report(&report);
        self.write(|keys| Record::TlsReport(Box::new(Policy::of(file, keys, report))));
    }

    fn ready(&mut self, entry: u32, part: u32, ready: &Ready<'_>) {
        let file = self.file + entry;
        self.links.of_counted(file);
        self.write(|keys| Record::Counted(Box::new(Elsewhere::of(file, keys, part, ready))));
    }

    fn ready_end(&mut self, entry: u32) -> bool {
        let file = self.file + entry;
        self.links.of_counted(file);
        self.write(|_| Record::CountedEnd(OfFile { file }));
        // Whether it is new is known where it is counted, so the accounts of
        // the files that were counted there are left out.
        false
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
