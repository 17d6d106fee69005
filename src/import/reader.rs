//! One dropped file from its first byte to its account: unpacking, decoding,
//! recognising, and the rows to their format's reader.

use super::columns::Header;
use super::csv::{CsvReader, Item, Record, line_feeds};
use super::formats::{FORMATS, MissingColumns, Notes, RowReader, is_aggregate, open_mapped};
use super::open::{
    Charset, Entry, Gunzip, Inflate, Inflated, ReadError, Source, TextDecoder, ZipProblem,
    directory, is_zip, unpack_limit,
};
use super::recognise::{kind_of_bytes, kind_of_text};
use super::time::{TimeError, date_order_evidence, hangs_on_order, parse_time};
use crate::account::{
    ColumnsNeeded, DateOrder, Example, Field, FileAccount, FileKind, LeftOut, MAX_ROW_BYTES,
    Mapping, NoMail, Problem, Unreadable, Warning,
};
use crate::mail::{Day, Observation};

/// What reading takes from outside the file.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The clock, in seconds since 1970: rows later than tomorrow are listed.
    pub now: u32,
    /// The person reads Korean: settles encodings that nothing else does.
    pub korean: bool,
}

/// Who gets what is read.
pub trait Sink {
    /// A row of the `entry`-th file (0 unless the source is an archive) tells
    /// of a message.
    fn observe(&mut self, entry: u32, observation: &Observation<'_>);

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

/// Bytes that are read at once.
const CHUNK: usize = 1 << 20;
/// Compressed bytes that are read at once: they may grow a thousandfold.
const PACKED_CHUNK: usize = 64 << 10;
/// Bytes that tell a photo, a program or an archive.
const HEAD: usize = 512;
/// Text that settles what a file is.
const PROBE: usize = 64 << 10;
/// Rows that are shown in Map columns.
const SAMPLE_ROWS: usize = 5;
/// Left-out rows that are shown by line.
const EXAMPLES: usize = 10;
/// The most rows that Exchange Online puts into one file of each export.
const SERVICE_LIMITS: [u64; 6] = [1_000, 5_000, 20_000, 50_000, 100_000, 150_000];

/// Reads one dropped file; the account of it, or of every file in it if it is
/// an archive.
pub async fn read_file(
    source: &mut impl Source,
    name: &str,
    mapping: &Mapping,
    settings: Settings,
    sink: &mut dyn Sink,
) -> Vec<FileAccount> {
    let size = source.size();
    let blank = FileAccount { name: name.to_owned(), bytes: size, ..FileAccount::default() };
    let problem = |problem| vec![FileAccount { problem: Some(problem), ..blank.clone() }];
    let mut head = Vec::new();
    if let Err(ReadError(detail)) = source.read(0, 4096, &mut head).await {
        return problem(Problem::CannotRead { detail });
    }
    if head.is_empty() {
        return problem(Problem::Empty);
    }
    if !is_zip(&head) {
        let packing = Packing::of(&head);
        let limit = if packing == Packing::None { u64::MAX } else { unpack_limit(size) };
        let part = Part { at: 0, packed: size, packing, limit, left: limit };
        return vec![read_part(source, &part, blank, mapping, settings, 0, sink).await.0];
    }
    let entries = match directory(source).await {
        Ok(entries) => entries,
        Err(ZipProblem::Damaged) => return problem(Problem::DamagedArchive),
        Err(ZipProblem::Read(ReadError(detail))) => return problem(Problem::CannotRead { detail }),
    };
    if entries.is_empty() {
        return problem(Problem::EmptyArchive);
    }
    if entries.iter().any(|entry| entry.name == "[Content_Types].xml") {
        let sheet = entries.iter().any(|entry| entry.name.starts_with("xl/"));
        let kind = if sheet { FileKind::Spreadsheet } else { FileKind::OfficeDocument };
        return problem(Problem::NotATrace { looks_like: Some(kind) });
    }
    read_entries(source, &entries, &blank, mapping, settings, sink).await
}

async fn read_entries(
    source: &mut impl Source,
    entries: &[Entry],
    archive: &FileAccount,
    mapping: &Mapping,
    settings: Settings,
    sink: &mut dyn Sink,
) -> Vec<FileAccount> {
    let mut accounts = Vec::new();
    let limit = unpack_limit(archive.bytes);
    let mut left = limit;
    for (index, entry) in (0..).zip(entries) {
        let blank = FileAccount {
            name: format!("{}/{}", archive.name, entry.name),
            bytes: entry.size,
            ..FileAccount::default()
        };
        let mut refuse = |problem| {
            accounts.push(FileAccount { problem: Some(problem), ..blank.clone() });
        };
        if entry.encrypted {
            refuse(Problem::Password);
            continue;
        }
        let packing = match entry.method {
            0 => Packing::None,
            8 => Packing::Deflate,
            method => {
                refuse(Problem::Compression { method });
                continue;
            }
        };
        let at = match entry.data_at(source).await {
            Ok(at) => at,
            Err(ZipProblem::Damaged) => {
                refuse(Problem::DamagedArchive);
                continue;
            }
            Err(ZipProblem::Read(ReadError(detail))) => {
                refuse(Problem::CannotRead { detail });
                continue;
            }
        };
        let part = Part { at, packed: entry.packed, packing, limit, left };
        let mut sink = InArchive { sink, done: &accounts };
        let (account, unpacked) =
            read_part(source, &part, blank, mapping, settings, index, &mut sink).await;
        left = left.saturating_sub(unpacked);
        let cancelled = account.warnings.contains(&Warning::Cancelled);
        accounts.push(account);
        if cancelled {
            break;
        }
    }
    accounts
}

/// Adds the accounts of an archive's earlier files.
struct InArchive<'a> {
    sink: &'a mut dyn Sink,
    done: &'a [FileAccount],
}

impl Sink for InArchive<'_> {
    fn observe(&mut self, entry: u32, observation: &Observation<'_>) {
        self.sink.observe(entry, observation);
    }

    fn pause(&mut self, bytes: u64, rows: u64, accounts: &dyn Fn() -> Vec<FileAccount>) -> Pause {
        let done = self.done;
        self.sink.pause(bytes, rows, &|| done.iter().cloned().chain(accounts()).collect())
    }
}

/// How the bytes of a part are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
    /// An entry of a zip archive.
    Deflate,
}

impl Packing {
    fn of(head: &[u8]) -> Self {
        if Gunzip::is_gzip(head) { Self::Gzip } else { Self::None }
    }
}

/// A stretch of the source that holds one file.
struct Part {
    at: u64,
    packed: u64,
    packing: Packing,
    /// How far unpacking goes, for all files of an archive together.
    limit: u64,
    /// What is left of the limit.
    left: u64,
}

/// Reads one file; its account, and how many bytes it had unpacked.
///
/// Days and months that cannot be told apart cost a second reading: the first
/// looks for a row that settles the order.
async fn read_part(
    source: &mut impl Source,
    part: &Part,
    blank: FileAccount,
    mapping: &Mapping,
    settings: Settings,
    entry: u32,
    sink: &mut dyn Sink,
) -> (FileAccount, u64) {
    let mut order = mapping.date_order.map(|order| (order, false));
    loop {
        let mut layers = Unpacker::new(part, &blank, mapping, settings, order, entry);
        let end = layers.run(source, part, sink).await;
        let unpacked = layers.unpacked;
        let mut account = match layers.finish(end, sink) {
            Finished::Account(account) => *account,
            Finished::OrderFound(found) => {
                order = Some((found, true));
                continue;
            }
        };
        account.warnings.dedup();
        return (account, unpacked);
    }
}

/// How a part ended.
enum End {
    Whole,
    Stopped,
    Limit,
    Failed(ReadError),
}

enum Finished {
    Account(Box<FileAccount>),
    /// Read again, with this order of day and month.
    OrderFound(DateOrder),
}

/// Bytes of one part through its layers of packing to a [`FileReader`].
struct Unpacker {
    outer: Packing,
    inflate: Inflate,
    deflate_ended: bool,
    deflate_damaged: bool,
    gunzip: Option<Gunzip>,
    /// The first plain bytes, until it is known whether they are gzip.
    head: Vec<u8>,
    head_seen: bool,
    unpacked: u64,
    limit: u64,
    left: u64,
    reader: FileReader,
}

impl Unpacker {
    fn new(
        part: &Part,
        blank: &FileAccount,
        mapping: &Mapping,
        settings: Settings,
        order: Option<(DateOrder, bool)>,
        entry: u32,
    ) -> Self {
        Self {
            outer: part.packing,
            inflate: Inflate::new(),
            deflate_ended: false,
            deflate_damaged: false,
            gunzip: (part.packing == Packing::Gzip).then(Gunzip::new),
            head: Vec::new(),
            head_seen: part.packing == Packing::Gzip,
            unpacked: 0,
            limit: part.limit,
            left: part.left,
            reader: FileReader::new(blank.clone(), mapping.clone(), settings, order, entry),
        }
    }

    async fn run(&mut self, source: &mut impl Source, part: &Part, sink: &mut dyn Sink) -> End {
        let mut chunk = Vec::new();
        let mut done = 0;
        while done < part.packed {
            let step = if part.packing == Packing::None { CHUNK } else { PACKED_CHUNK };
            let step = usize::try_from(part.packed - done).map_or(step, |left| left.min(step));
            if let Err(error) = source.read(part.at + done, step, &mut chunk).await {
                return End::Failed(error);
            }
            if chunk.is_empty() {
                return End::Failed(ReadError(
                    "the file became shorter while it was read".to_owned(),
                ));
            }
            done += chunk.len() as u64;
            if !self.push(&chunk, sink) {
                return End::Limit;
            }
            if self.reader.refused() {
                return End::Whole;
            }
            let rows = self.reader.account.rows;
            let reader = &self.reader;
            let accounts = || vec![reader.account_so_far()];
            if sink.pause(part.at + done, rows, &accounts) == Pause::Stop {
                return End::Stopped;
            }
        }
        End::Whole
    }

    /// Whether to go on: `false` at the limit.
    fn push(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> bool {
        if self.outer != Packing::Deflate {
            return self.push_unpacked(bytes, sink);
        }
        if self.deflate_ended || self.deflate_damaged {
            return true;
        }
        // The closure needs the rest of `self` while `inflate` works.
        let mut inflate = std::mem::replace(&mut self.inflate, Inflate::new());
        let outcome = inflate.push(bytes, &mut |plain| self.push_unpacked(plain, sink));
        self.inflate = inflate;
        match outcome {
            Inflated::More => true,
            Inflated::End(_) => {
                self.deflate_ended = true;
                true
            }
            Inflated::Damaged => {
                self.deflate_damaged = true;
                true
            }
            Inflated::Stopped => false,
        }
    }

    /// Bytes that may be gzip inside a zip archive.
    fn push_unpacked(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> bool {
        if !self.head_seen {
            self.head.extend_from_slice(bytes);
            if self.head.len() < 8 {
                return true;
            }
            return self.end_head(sink);
        }
        self.push_plain_or_gzip(bytes, sink)
    }

    fn end_head(&mut self, sink: &mut dyn Sink) -> bool {
        self.head_seen = true;
        let head = std::mem::take(&mut self.head);
        if Gunzip::is_gzip(&head) {
            self.gunzip = Some(Gunzip::new());
        }
        self.push_plain_or_gzip(&head, sink)
    }

    fn push_plain_or_gzip(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> bool {
        let Some(mut gunzip) = self.gunzip.take() else { return self.plain(bytes, sink) };
        let go_on = gunzip.push(bytes, &mut |plain| self.plain(plain, sink));
        self.gunzip = Some(gunzip);
        go_on
    }

    fn plain(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> bool {
        self.unpacked += bytes.len() as u64;
        if self.unpacked > self.left {
            return false;
        }
        self.reader.push(bytes, sink);
        true
    }

    fn finish(mut self, end: End, sink: &mut dyn Sink) -> Finished {
        let mut cut_off = false;
        if !self.head_seen {
            self.end_head(sink);
        }
        let mut warnings = Vec::new();
        let whole = matches!(end, End::Whole) && !self.reader.refused();
        match end {
            End::Whole => {}
            End::Stopped => warnings.push(Warning::Cancelled),
            End::Limit => warnings.push(Warning::UnpackLimit { limit: self.limit }),
            End::Failed(ReadError(detail)) => warnings.push(Warning::Changed { detail }),
        }
        if whole {
            if self.outer == Packing::Deflate {
                if self.deflate_damaged {
                    warnings.push(Warning::DamagedArchive);
                } else if !self.deflate_ended {
                    cut_off = true;
                }
            }
            if let Some(gunzip) = self.gunzip.take() {
                let end = gunzip.finish();
                cut_off |= end.cut_off;
                if end.damaged {
                    warnings.push(Warning::DamagedArchive);
                }
                if end.trailing > 0 {
                    warnings.push(Warning::TrailingBytes { bytes: end.trailing });
                }
            }
        }
        self.reader.finish(cut_off, warnings, sink)
    }
}

/// Where the reading of a file's text stands.
enum Stage {
    /// Gathering the probe.
    Probing(Vec<u8>),
    /// Reading rows.
    Rows { csv: CsvReader, width: usize, reader: Box<dyn RowReader>, header: Header },
    /// Looking for a date that settles the order of day and month.
    DateOrder {
        csv: CsvReader,
        column: usize,
        /// A date that needs the order.
        example: Option<String>,
        found: Option<DateOrder>,
    },
    /// Nothing more to read.
    Refused,
}

/// Text of one file to observations and an account.
struct FileReader {
    account: FileAccount,
    mapping: Mapping,
    settings: Settings,
    /// The first bytes, until they are enough to tell a photo from a text.
    head: Vec<u8>,
    head_seen: bool,
    decoder: TextDecoder,
    stage: Stage,
    notes: Notes,
    entry: u32,
    no_mail: [u64; NoMail::ALL.len()],
    unreadable: [u64; Unreadable::ALL.len()],
    future: Option<(u64, Day)>,
}

impl FileReader {
    fn new(
        account: FileAccount,
        mapping: Mapping,
        settings: Settings,
        order: Option<(DateOrder, bool)>,
        entry: u32,
    ) -> Self {
        Self {
            account,
            mapping,
            settings,
            head: Vec::new(),
            head_seen: false,
            decoder: TextDecoder::new(),
            stage: Stage::Probing(Vec::new()),
            notes: Notes::with_order(order),
            entry,
            no_mail: [0; NoMail::ALL.len()],
            unreadable: [0; Unreadable::ALL.len()],
            future: None,
        }
    }

    fn refused(&self) -> bool {
        matches!(self.stage, Stage::Refused)
    }

    fn push(&mut self, bytes: &[u8], sink: &mut dyn Sink) {
        if self.head_seen {
            return self.decode(bytes, sink);
        }
        self.head.extend_from_slice(bytes);
        if self.head.len() >= HEAD {
            self.end_head(sink);
        }
    }

    /// Looks at the first bytes as they are: decoding would hide what they
    /// are.
    fn end_head(&mut self, sink: &mut dyn Sink) {
        self.head_seen = true;
        let head = std::mem::take(&mut self.head);
        if is_zip(&head) || Gunzip::is_gzip(&head) {
            self.refuse(Problem::NestedArchive);
        } else if let Some(kind) = kind_of_bytes(&head) {
            self.refuse(Problem::NotATrace { looks_like: Some(kind) });
        } else {
            self.decode(&head, sink);
        }
    }

    fn decode(&mut self, bytes: &[u8], sink: &mut dyn Sink) {
        let mut decoder = std::mem::replace(&mut self.decoder, TextDecoder::new());
        decoder.push(bytes, &mut |text| self.text(text, sink));
        self.decoder = decoder;
    }

    fn text(&mut self, text: &[u8], sink: &mut dyn Sink) {
        match &mut self.stage {
            Stage::Probing(probe) => {
                probe.extend_from_slice(text);
                if probe.len() >= PROBE {
                    let probe = std::mem::take(probe);
                    self.recognise(&probe, false, sink);
                }
            }
            Stage::Rows { .. } => self.rows(text, sink),
            Stage::DateOrder { .. } => self.look_for_order(Some(text)),
            Stage::Refused => {}
        }
    }

    /// Settles what the file is, from its first text.
    fn recognise(&mut self, probe: &[u8], whole: bool, sink: &mut dyn Sink) {
        self.notes.charset = Charset::guess(probe, self.settings.korean);
        if probe.trim_ascii().is_empty() && whole {
            return self.refuse(Problem::Empty);
        }
        let table = Table::read(probe, whole, self.notes.charset);
        let plan = match table.plan(&self.mapping) {
            Ok(plan) => plan,
            Err(problem) => return self.refuse(problem),
        };
        self.account.format = Some(plan.format.to_owned());
        let csv = || CsvReader::new(table.delimiter, MAX_ROW_BYTES).at_line(table.first_line);
        let body = &probe[table.header_at..];
        self.stage = match table.order_of_dates(&plan, self.notes.order) {
            Dates::Plain => Stage::Rows {
                csv: csv(),
                width: table.header.cells.len(),
                reader: plan.reader,
                header: table.header.clone(),
            },
            Dates::Order(order) => {
                self.notes.order = Some(order);
                self.notes.order_concluded = true;
                Stage::Rows {
                    csv: csv(),
                    width: table.header.cells.len(),
                    reader: plan.reader,
                    header: table.header.clone(),
                }
            }
            Dates::Unsettled { column, example } => {
                Stage::DateOrder { csv: csv(), column, example, found: None }
            }
        };
        self.text(body, sink);
    }

    fn refuse(&mut self, problem: Problem) {
        self.account.problem = Some(problem);
        self.stage = Stage::Refused;
    }

    fn rows(&mut self, text: &[u8], sink: &mut dyn Sink) {
        let stage = std::mem::replace(&mut self.stage, Stage::Refused);
        if let Stage::Rows { mut csv, width, mut reader, header } = stage {
            csv.push(text, &mut |item| self.item(item, width, &mut *reader, sink));
            self.stage = Stage::Rows { csv, width, reader, header };
        }
    }

    /// Takes one row, the header left out.
    fn item(
        &mut self,
        item: Item<'_>,
        width: usize,
        reader: &mut dyn RowReader,
        sink: &mut dyn Sink,
    ) {
        let record = match item {
            Item::Record(record) => record,
            Item::TooLong { line, start } => {
                self.account.rows += 1;
                self.leave_out(LeftOut::Unreadable(Unreadable::TooLong), line, start);
                return;
            }
        };
        self.account.rows += 1;
        let extra = (width..record.len()).any(|index| !record.get(index).is_empty());
        let left_out = if record.open {
            Some(LeftOut::Unreadable(Unreadable::CutOff))
        } else if extra {
            Some(LeftOut::Unreadable(Unreadable::TooManyFields))
        } else if record.len() < width {
            Some(LeftOut::Unreadable(Unreadable::TooFewFields))
        } else {
            let entry = self.entry;
            let mut seconds = None;
            let left_out = reader.read(&record, &mut self.notes, &mut |observation| {
                seconds = Some(observation.seconds);
                sink.observe(entry, observation);
            });
            if let Some(seconds) = seconds {
                self.note_time(seconds);
            }
            left_out
        };
        if let Some(reason) = left_out {
            self.leave_out(reason, record.line, record.raw());
        }
    }

    fn note_time(&mut self, seconds: u32) {
        let day = Day::of_seconds(seconds);
        if day > Day::of_seconds(self.settings.now).plus(1) {
            let (rows, latest) = self.future.unwrap_or((0, day));
            self.future = Some((rows + 1, latest.max(day)));
            return;
        }
        let (first, last) = self.account.period.unwrap_or((seconds, seconds));
        self.account.period = Some((first.min(seconds), last.max(seconds)));
    }

    fn leave_out(&mut self, reason: LeftOut, line: u64, raw: &[u8]) {
        const LONGEST: usize = 200;
        match reason {
            LeftOut::NoMail(reason) => self.no_mail[reason as usize] += 1,
            LeftOut::Unreadable(reason) => self.unreadable[reason as usize] += 1,
        }
        if self.account.examples.len() < EXAMPLES {
            let text = self.notes.charset.text(&raw[..raw.len().min(LONGEST * 4)]).0;
            // Control characters could rewrite a terminal that shows them.
            let visible = |c: char| if c.is_control() { ' ' } else { c };
            let text = text.chars().take(LONGEST).map(visible).collect();
            self.account.examples.push(Example { line, reason, text });
        }
    }

    fn look_for_order(&mut self, text: Option<&[u8]>) {
        let Stage::DateOrder { csv, column, example, found } = &mut self.stage else { return };
        let mut look = |item: Item<'_>| {
            if let Item::Record(record) = item
                && found.is_none()
            {
                let cell = record.get(*column);
                *found = date_order_evidence(&cell);
                if example.is_none() && parse_time(&cell, None) == Err(TimeError::Ambiguous) {
                    *example = Some(String::from_utf8_lossy(&cell).into_owned());
                }
            }
        };
        match text {
            Some(text) => csv.push(text, &mut look),
            None => csv.finish(&mut look),
        }
    }

    /// The account as it stands.
    fn account_so_far(&self) -> FileAccount {
        let mut account = self.account.clone();
        self.complete(&mut account);
        account
    }

    fn complete(&self, account: &mut FileAccount) {
        account.no_mail = counted(NoMail::ALL, &self.no_mail);
        account.unreadable = counted(Unreadable::ALL, &self.unreadable);
        if account.format.is_some() {
            account.inferred = self.notes.inferred();
            account.unfamiliar = self.notes.unfamiliar_values();
        }
        if let Stage::Rows { reader, header, .. } = &self.stage {
            account.columns = reader.columns().uses(header);
            for column in &mut account.columns {
                column.chosen =
                    self.mapping.columns.iter().any(|(field, _)| *field == column.field);
            }
            account.gaps = reader.gaps();
        }
    }

    fn finish(
        mut self,
        cut_off: bool,
        mut warnings: Vec<Warning>,
        sink: &mut dyn Sink,
    ) -> Finished {
        let stopped = !warnings.is_empty()
            && warnings.iter().any(|warning| {
                matches!(
                    warning,
                    Warning::Cancelled | Warning::UnpackLimit { .. } | Warning::Changed { .. }
                )
            });
        if !self.head_seen {
            self.end_head(sink);
        }
        let mut decoder = std::mem::replace(&mut self.decoder, TextDecoder::new());
        let cut_in_character = decoder.finish(&mut |text| self.text(text, sink));
        let cut_off = cut_off || cut_in_character;
        self.decoder = decoder;
        if let Stage::Probing(probe) = &mut self.stage {
            let probe = std::mem::take(probe);
            let limit = warnings.iter().find_map(|warning| match warning {
                Warning::UnpackLimit { limit } => Some(*limit),
                _ => None,
            });
            match limit {
                // Nothing was unpacked of what may be a trace all the same.
                Some(limit) if probe.trim_ascii().is_empty() => {
                    self.refuse(Problem::UnpackLimit { limit });
                }
                _ => self.recognise(&probe, true, sink),
            }
        }
        if let Stage::DateOrder { .. } = self.stage {
            self.look_for_order(None);
            if let Stage::DateOrder { found, example, .. } = &self.stage {
                let Some(example) = example.clone().filter(|_| found.is_none()) else {
                    // Where no date needs the order, either will do.
                    return Finished::OrderFound(found.unwrap_or(DateOrder::DayMonth));
                };
                self.account.format = None;
                self.refuse(Problem::DateOrderNeeded { example });
            }
        }
        // What stands last where the data is damaged is hardly whole.
        let cut_row = cut_off || warnings.contains(&Warning::DamagedArchive);
        let before = self.unreadable;
        let stage = std::mem::replace(&mut self.stage, Stage::Refused);
        if let Stage::Rows { mut csv, width, mut reader, header } = stage {
            if !stopped {
                csv.finish(&mut |item| self.last_item(item, width, cut_row, &mut *reader, sink));
            }
            self.stage = Stage::Rows { csv, width, reader, header };
        }
        let cut_rows =
            self.unreadable[Unreadable::CutOff as usize] > before[Unreadable::CutOff as usize];
        if cut_off || cut_rows {
            warnings.push(Warning::CutOff);
        }
        let mut account = std::mem::take(&mut self.account);
        self.complete(&mut account);
        self.encoding_and_warnings(&mut account, warnings);
        Finished::Account(Box::new(account))
    }

    /// The last row has no line end: in a file that is cut off it is not
    /// whole, and with too few fields it is the cut that took them.
    fn last_item(
        &mut self,
        item: Item<'_>,
        width: usize,
        cut_off: bool,
        reader: &mut dyn RowReader,
        sink: &mut dyn Sink,
    ) {
        match item {
            Item::Record(record) if cut_off || record.open || record.len() < width => {
                self.account.rows += 1;
                self.leave_out(LeftOut::Unreadable(Unreadable::CutOff), record.line, record.raw());
            }
            item => self.item(item, width, reader, sink),
        }
    }

    fn encoding_and_warnings(&self, account: &mut FileAccount, mut warnings: Vec<Warning>) {
        if account.format.is_some() || matches!(account.problem, Some(Problem::ColumnsNeeded(_))) {
            self.decoder.encoding(self.notes.charset).clone_into(&mut account.encoding);
        }
        if account.format.is_none() {
            // What is not read cannot be cut.
            warnings.retain(|warning| {
                matches!(
                    warning,
                    Warning::Changed { .. } | Warning::Cancelled | Warning::DamagedArchive
                )
            });
        }
        if SERVICE_LIMITS.contains(&account.rows) {
            warnings.push(Warning::ProbablyCut { rows: account.rows });
        }
        if let Some((rows, latest)) = self.future {
            warnings.push(Warning::FutureRows { rows, latest });
        }
        let mixed = self.notes.mixed + self.decoder.broken;
        if mixed > 0 && account.format.is_some() {
            warnings.push(Warning::MixedEncoding { values: mixed });
        }
        account.warnings = warnings;
    }
}

/// Reasons with their counts, those with none left out.
fn counted<R: Copy, const N: usize>(reasons: [R; N], counts: &[u64; N]) -> Vec<(R, u64)> {
    reasons.into_iter().zip(*counts).filter(|(_, count)| *count > 0).collect()
}

/// A text taken for a table.
struct Table {
    delimiter: u8,
    header: Header,
    /// Byte behind the header and what stands before it.
    header_at: usize,
    /// Line of the first row.
    first_line: u64,
    rows: Vec<Vec<Vec<u8>>>,
    sample: Vec<Vec<String>>,
    /// Rows of the probe that have as many cells as the header.
    fitting: usize,
    kind: FileKind,
}

/// What will read a table.
struct Plan {
    format: &'static str,
    reader: Box<dyn RowReader>,
}

enum Dates {
    Plain,
    Order(DateOrder),
    Unsettled { column: usize, example: Option<String> },
}

impl Table {
    fn read(probe: &[u8], whole: bool, charset: Charset) -> Self {
        let (mut start, mut line, mut delimiter) = (0, 1, None);
        // `sep=;` is for Excel, `#TYPE …` is PowerShell's, blank lines are
        // nobody's.
        loop {
            let rest = &probe[start..];
            let Some(end) = rest.iter().position(|&byte| byte == b'\n') else { break };
            let text = rest[..end].trim_ascii();
            let squeezed = text.strip_prefix(b"\"").unwrap_or(text);
            if squeezed.len() >= 5 && squeezed[..4].eq_ignore_ascii_case(b"sep=") {
                delimiter = Some(squeezed[4]);
            } else if rest[..end].starts_with(b"sep=\t") {
                delimiter = Some(b'\t');
            } else if !text.is_empty() && !text.starts_with(b"#TYPE ") {
                break;
            }
            start += end + 1;
            line += 1;
        }
        let body = &probe[start..];
        let delimiter = delimiter.unwrap_or_else(|| likely_delimiter(body));
        let mut table = Self {
            delimiter,
            header: Header::default(),
            header_at: probe.len(),
            first_line: line,
            rows: Vec::new(),
            sample: Vec::new(),
            fitting: 0,
            kind: kind_of_text(probe),
        };
        let mut header_raw = None;
        let mut take = |item: Item<'_>| {
            let Item::Record(record) = item else { return };
            if header_raw.is_none() {
                header_raw = Some((record.raw().len(), record.line));
                let cells = header_cells(&record, charset);
                table.header = Header::new(&cells);
                return;
            }
            table.fitting += usize::from(record.len() == table.header.cells.len());
            if table.sample.len() < SAMPLE_ROWS {
                table.sample.push(record.to_strings(200));
            }
            table
                .rows
                .push((0..record.len()).map(|index| record.get(index).into_owned()).collect());
        };
        let mut csv = CsvReader::new(delimiter, MAX_ROW_BYTES).at_line(line);
        csv.push(body, &mut take);
        if whole {
            csv.finish(&mut take);
        }
        if let Some((length, header_line)) = header_raw {
            let blank = body.len() - body.trim_ascii_start().len();
            // Spaces may belong to the header; line ends before it do not.
            let lead = body[..blank].iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
            let header_start = start + lead.map_or(0, |at| at + 1);
            table.header_at = header_start + length;
            table.first_line = header_line + line_feeds(&probe[header_start..table.header_at]);
        }
        table
    }

    /// Which format reads the table, or why none does.
    fn plan(&self, mapping: &Mapping) -> Result<Plan, Problem> {
        let known = FORMATS.iter().find(|format| (format.signature)(&self.header));
        if let Some(format) = known {
            return match (format.reader)(&self.header, mapping) {
                Ok(reader) => Ok(Plan { format: format.name, reader }),
                Err(missing) => Err(self.ask(*missing)),
            };
        }
        if !self.is_table() {
            return Err(Problem::NotATrace { looks_like: Some(self.kind) });
        }
        if is_aggregate(&self.header) {
            return Err(Problem::NotATrace { looks_like: Some(FileKind::AggregateNotYetRead) });
        }
        let has = |key: &str| self.header.has(key);
        let named = !mapping.columns.is_empty();
        if !named
            && (has("messagetraceid") && has("received")
                || has("hasencryption") && has("messageid")
                || has("timestamp") && has("eventid") && has("connectorid")
                || has("mtdetailid")
                || has("date") && has("event") && has("action") && has("detail"))
        {
            return Err(Problem::NotATrace { looks_like: Some(FileKind::TraceNotYetRead) });
        }
        match open_mapped(&self.header, mapping) {
            Ok((format, reader)) if named => Ok(Plan { format, reader }),
            Ok((_, reader)) => {
                Err(self
                    .ask(MissingColumns { missing: Vec::new(), found: reader.columns().clone() }))
            }
            Err(missing) => Err(self.ask(*missing)),
        }
    }

    /// Whether it is a table at all: several columns with names, and rows that
    /// fit them.
    fn is_table(&self) -> bool {
        let cells = &self.header.cells;
        let named = cells.iter().all(|cell| {
            cell.len() <= 100
                && !cell.contains(['{', '}', ';', '\n', '<', '>', '='])
                && cell.chars().any(char::is_alphabetic)
        });
        self.kind == FileKind::Text
            && cells.len() >= 3
            && named
            && !self.rows.is_empty()
            && self.fitting * 10 >= self.rows.len() * 8
    }

    fn ask(&self, missing: MissingColumns) -> Problem {
        let guess = Field::ALL
            .into_iter()
            .filter_map(|field| {
                let position = missing.found.position(field)?;
                Some((field, u32::try_from(position).ok()?))
            })
            .collect();
        Problem::ColumnsNeeded(ColumnsNeeded {
            missing: missing.missing,
            header: self.header.cells.clone(),
            sample: self.sample.clone(),
            guess,
        })
    }

    /// Whether the dates of the probe tell which of day and month comes first.
    fn order_of_dates(&self, plan: &Plan, known: Option<DateOrder>) -> Dates {
        let Some(column) = plan.reader.columns().position(Field::Time) else { return Dates::Plain };
        if known.is_some() {
            return Dates::Plain;
        }
        let mut cells = self.rows.iter().filter_map(|row| row.get(column));
        if let Some(order) = cells.clone().find_map(|cell| date_order_evidence(cell)) {
            // Those behind the probe have the order of those in it.
            return Dates::Order(order);
        }
        if !cells.clone().any(|cell| hangs_on_order(cell)) {
            return Dates::Plain;
        }
        let example = cells
            .find(|cell| parse_time(cell, None) == Err(TimeError::Ambiguous))
            .map(|cell| String::from_utf8_lossy(cell).into_owned());
        Dates::Unsettled { column, example }
    }
}

fn header_cells(record: &Record<'_>, charset: Charset) -> Vec<String> {
    (0..record.len()).map(|index| charset.text(&record.get(index)).0.into_owned()).collect()
}

/// The sign that stands most often in the first line, outside quotes.
fn likely_delimiter(body: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for &byte in body {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                for (sign, count) in &mut counts {
                    *count += usize::from(*sign == byte);
                }
            }
            _ => {}
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}
