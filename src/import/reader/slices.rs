//! A table in slices, so that several readers can work on one file.
//!
//! A cut is any place in the file; a slice begins behind the first line feed
//! at or after its cut, and ends where the next one begins. That is the start
//! of a row unless the line feed stands inside quotes, so it is a guess, which
//! is checked: a slice is clean if, at its end, its reader stands between two
//! rows. The first slice begins where a row does; by induction, so does every
//! slice behind clean ones. From the first that is not on, the file is read in
//! one go.

use serde::{Deserialize, Serialize};

use super::{FileReader, Finished, Header, Split, Stage};
use crate::account::{
    FileAccount, MAX_ROW_BYTES, Mapping, NoMail, SavedFault, Unreadable, Warning,
};
use crate::import::open::{Gunzip, ReadError, Source, is_zip};
use crate::import::sink::{Pause, Settings, Sink};
use crate::mail::{
    Aggregate, Border, Day, Observation, Particulars, Ready, RefusedSignIn, Session, TlsReport,
};

/// Bytes that are read at once.
const CHUNK: usize = 1 << 20;
/// Bytes behind a cut in which the next row begins, more often than not.
const BEHIND: u64 = 4 << 10;
/// Bytes that settle what a file is, as text of two bytes a letter too.
const HEAD: usize = 256 << 10;

/// A stretch of a file, between two cuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slice {
    /// Cut before it.
    pub from: u64,
    /// Cut behind it.
    pub to: u64,
}

/// What became of a slice, beside what its rows tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SliceRead {
    /// Where its first row begins.
    pub start: u64,
    /// Where the first row of the next begins.
    pub end: u64,
    /// Whether it counts, if a row does begin at `start`.
    pub clean: bool,
    /// Line feeds in it.
    lines: u64,
    /// Its rows; lines count from 1.
    account: FileAccount,
    future: Option<(u64, Day)>,
    mixed: u64,
    broken: u64,
}

/// How a line feed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct LineFeed {
    unit: usize,
    bytes: [u8; 2],
}

impl LineFeed {
    /// Where the first one that starts at or behind `from` ends in `bytes`,
    /// which stand at `at` in the file.
    fn behind(self, bytes: &[u8], at: u64, from: u64) -> Option<usize> {
        let mut skip = usize::try_from(from.saturating_sub(at)).ok()?;
        loop {
            let rest = bytes.get(skip..)?;
            let found = skip + memchr::memchr(b'\n', rest)?;
            if self.unit == 1 {
                return Some(found + 1);
            }
            // The byte that is not zero may be the second of the two.
            let start = found - usize::from(self.bytes[0] != b'\n').min(found);
            let whole = bytes.get(start..start + 2)?;
            if whole == self.bytes && (at + start as u64).is_multiple_of(2) {
                return Some(start + 2);
            }
            skip = found + 1;
        }
    }
}

impl FileReader {
    /// How line feeds are written, if any reader may begin with any row: the
    /// file is a table, and no row hangs on another.
    fn stands_alone(&self) -> Option<LineFeed> {
        let Stage::Rows { split: Split::Csv(_), reader, .. } = &self.stage else { return None };
        let free = reader.rows_stand_alone() && !self.looks();
        let (unit, bytes) = self.decoder.line_feed()?;
        free.then_some(LineFeed { unit, bytes })
    }

    /// The header that holds for the rows to come, once there is one.
    fn header(&self) -> Option<&Header> {
        match &self.stage {
            Stage::Rows { header, .. } => Some(header),
            _ => None,
        }
    }

    /// Whether what was read ends with a row.
    fn is_between_rows(&self) -> bool {
        let Stage::Rows { split: Split::Csv(csv), .. } = &self.stage else { return false };
        csv.is_between_records() && self.decoder.is_between_characters()
    }

    /// Reads on from the start of another row, with an account of its own.
    fn start_slice(&mut self) {
        if let Stage::Rows { split: Split::Csv(csv), .. } = &mut self.stage {
            *csv = csv.anew();
        }
        self.decoder.start_anew();
        self.notes.forget_counts();
        // By its name another header of the format is known.
        let format = self.ledger.account.format.take();
        self.ledger.account = FileAccount { format, ..FileAccount::default() };
        self.ledger.no_mail = [0; NoMail::ALL.len()];
        self.ledger.unreadable = [0; Unreadable::ALL.len()];
        self.ledger.future = None;
    }

    fn end_slice(&mut self, start: u64, end: u64, header: &[String]) -> SliceRead {
        let mut account = self.account_so_far();
        let (same, lines) = match &self.stage {
            Stage::Rows { split: Split::Csv(csv), header: own, .. } => {
                (own.cells == header, csv.lines())
            }
            _ => (false, 0),
        };
        account.columns = Vec::new();
        account.gaps = Vec::new();
        SliceRead {
            start,
            end,
            clean: same && self.is_between_rows() && self.notes.is_sure_of_values(),
            lines,
            account,
            future: self.ledger.future,
            mixed: self.notes.mixed,
            broken: self.decoder.broken,
        }
    }

    /// Takes a slice into the account; `false`, and nothing is changed, where
    /// it cannot be told what reading in one go would have given.
    fn absorb(&mut self, slice: &SliceRead) -> bool {
        let account = &slice.account;
        if !self.notes.absorb(&account.inferred, &account.unfamiliar, slice.mixed) {
            return false;
        }
        self.decoder.broken += slice.broken;
        let Stage::Rows { split: Split::Csv(csv), .. } = &mut self.stage else { return false };
        let before = csv.lines();
        csv.pass(slice.lines);
        let ledger = &mut self.ledger;
        ledger.account.rows += account.rows;
        for (reason, rows) in &account.no_mail {
            ledger.no_mail[*reason as usize] += rows;
        }
        for (reason, rows) in &account.unreadable {
            ledger.unreadable[*reason as usize] += rows;
        }
        let room = super::EXAMPLES.saturating_sub(ledger.account.examples.len());
        for example in account.examples.iter().take(room) {
            let mut example = example.clone();
            example.line += before;
            ledger.account.examples.push(example);
        }
        if let Some((first, last)) = account.period {
            let (known, latest) = ledger.account.period.unwrap_or((first, last));
            ledger.account.period = Some((known.min(first), latest.max(last)));
        }
        if let Some((rows, day)) = slice.future {
            let (known, latest) = ledger.future.unwrap_or((0, day));
            ledger.future = Some((known + rows, latest.max(day)));
        }
        true
    }
}

/// Reads slices of one file, one after the other.
pub struct SliceReader {
    reader: FileReader,
    line_feed: LineFeed,
    header: Vec<String>,
    chunk: Vec<u8>,
}

impl SliceReader {
    /// A reader of slices; `None` where the file must be read in one go.
    pub async fn open(
        source: &mut impl Source,
        mapping: &Mapping,
        settings: &Settings,
    ) -> Option<Self> {
        let mut chunk = Vec::new();
        source.read(0, HEAD, &mut chunk).await.ok()?;
        if is_zip(&chunk) || Gunzip::is_gzip(&chunk) || settings.look.is_some() {
            return None;
        }
        let order = mapping.date_order.map(|order| (order, false));
        let (mapping, settings) = (mapping.clone(), settings.clone());
        let mut reader = FileReader::new(FileAccount::default(), mapping, settings, order, 0);
        reader.push(&chunk, &mut Deaf);
        let line_feed = reader.stands_alone()?;
        let header = reader.header()?.cells.clone();
        Some(Self { reader, line_feed, header, chunk })
    }

    /// Reads a slice. `sink` is told of its rows, and whether to go on is asked
    /// of it between two chunks, with the bytes read.
    ///
    /// # Errors
    /// [`ReadError`] when the file changed, went away or cannot be read.
    pub async fn read(
        &mut self,
        source: &mut impl Source,
        slice: Slice,
        sink: &mut dyn Sink,
    ) -> Result<Option<SliceRead>, ReadError> {
        let unit = self.line_feed.unit as u64;
        let first = slice.from.saturating_sub(unit);
        let last = slice.to.saturating_sub(unit);
        let (mut at, mut start) = (first, None);
        self.reader.start_slice();
        source.until(slice.to + BEHIND);
        loop {
            source.read_on(at, CHUNK, &mut self.chunk).await?;
            let whole = self.chunk.len() - self.chunk.len() % self.line_feed.unit;
            let chunk = &self.chunk[..whole];
            let nowhere = start.is_none() && at > slice.from + MAX_ROW_BYTES as u64;
            if chunk.is_empty() || nowhere || at > slice.to + MAX_ROW_BYTES as u64 {
                // No row begins behind the cut.
                return Ok(None);
            }
            let mut from = 0;
            if start.is_none()
                && let Some(behind) = self.line_feed.behind(chunk, at, first)
            {
                from = behind;
                start = Some(at + behind as u64);
            }
            let end = self.line_feed.behind(chunk, at, last);
            if let Some(start) = start {
                let to = end.unwrap_or(chunk.len());
                self.reader.push(chunk.get(from..to).unwrap_or_default(), sink);
                if let Some(end) = end {
                    let end = at + end as u64;
                    return Ok(Some(self.reader.end_slice(start, end, &self.header)));
                }
            }
            at += whole as u64;
            let rows = self.reader.rows_so_far();
            if sink.pause(at - first, rows, &Vec::new) == Pause::Stop {
                return Ok(None);
            }
        }
    }

    /// Reads the rows from one cut to the next, whole ones: the slice ends with
    /// the first row that ends at or behind its end. It begins behind the first
    /// line feed, as [`Self::read`] does, or, if that is known to be the start
    /// of a row, right where it says. The answer is `None` where no row ends.
    ///
    /// # Errors
    /// [`ReadError`] when the file changed, went away or cannot be read.
    pub async fn read_rows(
        &mut self,
        source: &mut impl Source,
        slice: Slice,
        exact: bool,
        sink: &mut dyn Sink,
    ) -> Result<Option<SliceRead>, ReadError> {
        let unit = self.line_feed.unit as u64;
        let first = if exact { slice.from } else { slice.from.saturating_sub(unit) };
        let last = slice.to.saturating_sub(unit);
        let (mut at, mut start) = (first, exact.then_some(slice.from));
        self.reader.start_slice();
        source.until(slice.to + BEHIND);
        loop {
            // It may lie within one row.
            if let Some(start) = start.filter(|start| *start >= slice.to && at <= *start) {
                return Ok(Some(self.reader.end_slice(start, start, &self.header)));
            }
            source.read_on(at, CHUNK, &mut self.chunk).await?;
            let whole = self.chunk.len() - self.chunk.len() % self.line_feed.unit;
            let chunk = &self.chunk[..whole];
            if chunk.is_empty() || at > slice.to + 2 * MAX_ROW_BYTES as u64 {
                return Ok(None);
            }
            let mut from = 0;
            if start.is_none()
                && let Some(behind) = self.line_feed.behind(chunk, at, first)
            {
                from = behind;
                start = Some(at + behind as u64);
                if at + behind as u64 >= slice.to {
                    continue;
                }
            }
            while let Some(start) = start {
                let end = self.line_feed.behind(chunk, at, last.max(at + from as u64));
                let to = end.unwrap_or(chunk.len());
                self.reader.push(chunk.get(from..to).unwrap_or_default(), sink);
                from = to;
                if end.is_none() {
                    break;
                }
                if self.reader.is_between_rows() {
                    let end = at + to as u64;
                    return Ok(Some(self.reader.end_slice(start, end, &self.header)));
                }
            }
            at += whole as u64;
            if sink.pause(at - first, self.reader.rows_so_far(), &Vec::new) == Pause::Stop {
                return Ok(None);
            }
        }
    }
}

/// A file that is read in slices, where they come together.
pub struct SlicedFile {
    reader: FileReader,
    line_feed: LineFeed,
    header: Vec<String>,
    /// Where the next row begins that nobody has read.
    at: u64,
    end: Result<(), Warning>,
}

impl SlicedFile {
    /// The first cut comes no sooner: so much is read to know what a file is.
    pub const FIRST_CUT: u64 = HEAD as u64;

    /// A file of which nothing is read yet; `None` where it must be read in one
    /// go.
    pub async fn open(
        source: &mut impl Source,
        name: &str,
        mapping: &Mapping,
        settings: &Settings,
    ) -> Option<Self> {
        let probe = SliceReader::open(source, mapping, settings).await?;
        let blank =
            FileAccount { name: name.to_owned(), bytes: source.size(), ..FileAccount::default() };
        let order = mapping.date_order.map(|order| (order, false));
        let settings = Settings { file_date: source.modified(), ..settings.clone() };
        let reader = FileReader::new(blank, mapping.clone(), settings, order, 0);
        let SliceReader { line_feed, header, .. } = probe;
        Some(Self { reader, line_feed, header, at: 0, end: Ok(()) })
    }

    /// Where the next row begins that nobody has read.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// Whether slices may follow: all went well, a row begins here, and its
    /// columns are those of the first.
    pub fn goes_on(&self) -> bool {
        let same = self.reader.header().is_none_or(|header| header.cells == self.header);
        self.end.is_ok() && same && (self.at == 0 || self.reader.is_between_rows())
    }

    /// Reads whole rows from the beginning to the first that ends at or behind
    /// a cut, which is no sooner than [`Self::FIRST_CUT`]; whether slices may
    /// follow.
    pub async fn read_head(
        &mut self,
        source: &mut impl Source,
        cut: u64,
        sink: &mut dyn Sink,
    ) -> bool {
        self.read_to(source, Some(cut), sink).await;
        let most = cut + 2 * MAX_ROW_BYTES as u64;
        while self.end.is_ok()
            && self.at < source.size().min(most)
            && !self.reader.is_between_rows()
        {
            let next = self.at + self.line_feed.unit as u64;
            self.read_to(source, Some(next), sink).await;
        }
        self.goes_on()
    }

    /// Takes the slice that begins here; `false` where it does not, or where
    /// the rest must be read in one go.
    pub fn absorb(&mut self, slice: &SliceRead) -> bool {
        if !slice.clean || slice.start != self.at || !self.reader.absorb(slice) {
            return false;
        }
        self.at = slice.end;
        true
    }

    /// Rows so far.
    pub fn rows(&self) -> u64 {
        self.reader.rows_so_far()
    }

    /// The account so far.
    pub fn account(&self) -> FileAccount {
        self.reader.account_so_far()
    }

    /// The person wants no more.
    pub fn stop(&mut self) {
        self.end = Err(Warning::Cancelled);
    }

    /// Reads what is left, and ends the account.
    pub async fn finish(mut self, source: &mut impl Source, sink: &mut dyn Sink) -> FileAccount {
        if self.end.is_ok() {
            self.read_to(source, None, sink).await;
        }
        let warnings = self.end.err().into_iter().collect();
        match self.reader.finish(false, warnings, sink) {
            Finished::Accounts(mut accounts) => accounts.pop().unwrap_or_default(),
            // Only of a file whose dates, or whose end, are still to be looked at.
            Finished::OrderFound(_) | Finished::Whole(_) => FileAccount::default(),
        }
    }

    /// Reads on to the first row behind a cut, or to the end.
    pub async fn read_to(
        &mut self,
        source: &mut impl Source,
        cut: Option<u64>,
        sink: &mut dyn Sink,
    ) {
        let size = source.size();
        source.until(cut.map_or(size, |cut| cut + BEHIND));
        let mut chunk = Vec::new();
        while self.at < size {
            if let Err(ReadError(detail)) = source.read_on(self.at, CHUNK, &mut chunk).await {
                self.end = Err(Warning::Changed { detail });
                return;
            }
            if chunk.is_empty() {
                let detail = "the file became shorter while it was read".to_owned();
                self.end = Err(Warning::Changed { detail });
                return;
            }
            let from = cut.map(|cut| cut.saturating_sub(self.line_feed.unit as u64));
            let end = from.and_then(|from| self.line_feed.behind(&chunk, self.at, from));
            let to = end.unwrap_or(chunk.len());
            self.reader.push(&chunk[..to], sink);
            self.at += to as u64;
            let reader = &self.reader;
            let accounts = || vec![reader.account_so_far()];
            if sink.pause(self.at, reader.rows_so_far(), &accounts) == Pause::Stop {
                self.end = Err(Warning::Cancelled);
                return;
            }
            if end.is_some() {
                return;
            }
        }
    }
}

/// Hears nothing.
struct Deaf;

impl Sink for Deaf {
    fn observe(&mut self, _: u32, _: &Observation<'_>) {}

    fn observe_whole(&mut self, _: u32, _: &Observation<'_>, _: &Particulars<'_>) {}

    fn hop(&mut self, _: u32, _: &Observation<'_>, _: Border<&str>) {}

    fn aggregate(&mut self, _: u32, _: &Aggregate<'_>) {}

    fn session(&mut self, _: u32, _: &Session<'_>) {}

    fn refused_sign_in(&mut self, _: u32, _: &RefusedSignIn<'_>) {}

    fn tls_report(&mut self, _: u32, _: TlsReport) {}

    fn ready(&mut self, _: u32, _: u32, _: &Ready<'_>) {}

    fn ready_end(&mut self, _: u32) -> bool {
        false
    }

    fn saved(&mut self, _: u32, _: &str, _: &[u8]) -> Result<Vec<FileAccount>, SavedFault> {
        Ok(Vec::new())
    }

    fn pause(&mut self, _: u64, _: u64, _: &dyn Fn() -> Vec<FileAccount>) -> Pause {
        Pause::GoOn
    }
}
