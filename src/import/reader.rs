//! The text of one file to observations and an account: decoding, recognising,
//! and the rows to their format's reader.

mod slices;

use super::columns::Header;
use super::csv::{CsvReader, Item, Record};
use super::document::{DOCUMENT_LIMIT, is_document, object, walk};
use super::formats::counted::Head;
use super::formats::document::{self, DocumentReader, List, Value};
use super::formats::json_items::{ITEMS, ItemFormat, Rows};
use super::formats::received;
use super::formats::tls_report::{self, REPORT_LIMIT, is_report, read_report};
use super::formats::{FORMATS, LOGS, Notes, RowReader, Tell};
use super::lines::LineReader;
use super::mail_file::MailFile;
use super::ndjson::{Ndjson, is_ndjson};
use super::objects::{Found, Objects};
use super::open::{Charset, Gunzip, TextDecoder, is_zip};
use super::recognise::kind_of_bytes;
use super::saved::{self, SAVED_LIMIT, is_saved, saved_body};
use super::sink::{Pause, Settings, Sink};
use super::table::{Dates, Table, header_cells};
use super::time::{TimeError, date_order_evidence, parse_time};
use crate::account::{
    DateOrder, DocumentFault, Example, FileAccount, LeftOut, MAX_ROW_BYTES, Mapping, NoMail,
    Problem, SavedFault, Unreadable, Warning,
};
use crate::mail::{
    Aggregate, Border, Day, Observation, Particulars, Ready, ReadyCell, ReadyTime, RefusedSignIn,
    Session, TlsReport,
};

pub use self::slices::{Slice, SliceRead, SliceReader, SlicedFile};

/// Bytes that tell a photo, a program or an archive.
const HEAD: usize = 512;
/// Text that settles what a file is.
const PROBE: usize = 64 << 10;
/// Left-out rows that are shown by line.
const EXAMPLES: usize = 10;
/// The most rows that Exchange Online puts into one file of each export.
const SERVICE_LIMITS: [u64; 6] = [1_000, 5_000, 20_000, 50_000, 100_000, 150_000];

pub(super) enum Finished {
    /// The file's, or those of the files that were read for it elsewhere.
    Accounts(Vec<FileAccount>),
    /// Read again, with this order of day and month.
    OrderFound(DateOrder),
    /// Read again: it is whole, so it counts. What it tells beside its items.
    Whole(Head),
}

/// Where the reading of a file's text stands.
enum Stage {
    /// Gathering the probe.
    Probing(Vec<u8>),
    /// Reading rows.
    Rows { split: Split, width: usize, reader: Box<dyn RowReader>, header: Header },
    /// Looking for a date that settles the order of day and month.
    DateOrder {
        csv: CsvReader,
        column: usize,
        /// A date that needs the order.
        example: Option<String>,
        found: Option<DateOrder>,
    },
    /// Gathering a JSON document, which is read when it is whole.
    Document(Vec<u8>),
    /// Reading such a document line by line.
    /// What is not known to be whole has no reader yet.
    Ndjson(Box<Ndjson>, Option<DocumentReader>),
    /// Gathering a saved analysis, as the bytes are.
    Saved(Vec<u8>),
    /// Reading mail.
    Mail(Box<MailFile>),
    /// Reading the objects of a JSON trace.
    Items { objects: Objects, reader: Box<dyn RowReader>, rows: Rows },
    /// Reading SMTP TLS reports.
    Reports(Objects),
    /// Nothing more to read.
    Refused,
}

/// What cuts a text into rows.
enum Split {
    Csv(CsvReader),
    Lines(LineReader),
}

impl Split {
    /// Takes a chunk; `None` where the text ends.
    fn push(&mut self, text: Option<&[u8]>, sink: &mut dyn FnMut(Item<'_>)) {
        match (self, text) {
            (Self::Csv(csv), Some(text)) => csv.push(text, sink),
            (Self::Csv(csv), None) => csv.finish(sink),
            (Self::Lines(lines), Some(text)) => lines.push(text, sink),
            (Self::Lines(lines), None) => lines.finish(sink),
        }
    }
}

/// Text of one file to observations and an account.
pub(super) struct FileReader {
    mapping: Mapping,
    settings: Settings,
    ledger: Ledger,
    /// The first bytes, until they are enough to tell a photo from a text.
    head: Vec<u8>,
    head_seen: bool,
    decoder: TextDecoder,
    stage: Stage,
    notes: Notes,
    entry: u32,
    /// What a document that was read to its end before, and is whole, tells
    /// beside its items.
    whole: Option<Head>,
    /// Accounts of the files that were read for it elsewhere.
    elsewhere: Vec<FileAccount>,
}

/// A table whose rows are read.
struct Open {
    width: usize,
    reader: Box<dyn RowReader>,
    header: Header,
}

/// The account of a file, while it is read.
struct Ledger {
    account: FileAccount,
    no_mail: [u64; NoMail::ALL.len()],
    unreadable: [u64; Unreadable::ALL.len()],
    /// The last day that is not in the future.
    tomorrow: Day,
    future: Option<(u64, Day)>,
}

impl Ledger {
    fn new(account: FileAccount, now: u32) -> Self {
        Self {
            account,
            no_mail: [0; NoMail::ALL.len()],
            unreadable: [0; Unreadable::ALL.len()],
            tomorrow: Day::of_seconds(now).plus(1),
            future: None,
        }
    }

    fn note_time(&mut self, seconds: u32) {
        let day = Day::of_seconds(seconds);
        if day > self.tomorrow {
            let (rows, latest) = self.future.unwrap_or((0, day));
            self.future = Some((rows + 1, latest.max(day)));
            return;
        }
        let (first, last) = self.account.period.unwrap_or((seconds, seconds));
        self.account.period = Some((first.min(seconds), last.max(seconds)));
    }

    fn leave_out(&mut self, reason: LeftOut, rows: u64, line: u64, raw: &[u8], charset: Charset) {
        const LONGEST: usize = 200;
        match reason {
            LeftOut::NoMail(reason) => self.no_mail[reason as usize] += rows,
            LeftOut::Unreadable(reason) => self.unreadable[reason as usize] += rows,
        }
        if self.account.examples.len() < EXAMPLES {
            let text = charset.text(&raw[..raw.len().min(LONGEST * 4)]).0;
            // Control characters could rewrite a terminal that shows them.
            let visible = |c: char| if c.is_control() { ' ' } else { c };
            let text = text.chars().take(LONGEST).map(visible).collect();
            self.account.examples.push(Example { line, reason, text });
        }
    }
}

/// Passes on what a reader tells, and takes it down.
struct Told<'a> {
    ledger: &'a mut Ledger,
    sink: &'a mut dyn Sink,
    entry: u32,
    charset: Charset,
    /// What the row says beyond, where messages are kept.
    particulars: Option<&'a Particulars<'a>>,
}

impl Tell for Told<'_> {
    fn message(&mut self, observation: &Observation<'_>) {
        self.ledger.note_time(observation.seconds);
        match self.particulars {
            Some(particulars) => self.sink.observe_whole(self.entry, observation, particulars),
            None => self.sink.observe(self.entry, observation),
        }
    }

    fn hop(&mut self, observation: &Observation<'_>, border: Border<&str>) {
        self.ledger.note_time(observation.seconds);
        self.sink.hop(self.entry, observation, border);
    }

    fn aggregate(&mut self, aggregate: &Aggregate<'_>) {
        let (first, last) = aggregate.days;
        for day in [last, first] {
            self.ledger.note_time(day.first_hour().saturating_mul(3_600));
            // A row that is later than tomorrow is one such row.
            if aggregate.dated || day > self.ledger.tomorrow {
                break;
            }
        }
        self.sink.aggregate(self.entry, aggregate);
    }

    fn session(&mut self, session: &Session<'_>) {
        self.sink.session(self.entry, session);
    }

    fn refused_sign_in(&mut self, refused: &RefusedSignIn<'_>) {
        self.sink.refused_sign_in(self.entry, refused);
    }

    fn tls_report(&mut self, report: TlsReport) {
        let (first, last) = report.period;
        self.ledger.note_time(last);
        // A row that is later than tomorrow is one such row.
        if Day::of_seconds(last) <= self.ledger.tomorrow {
            self.ledger.note_time(first);
        }
        self.sink.tls_report(self.entry, report);
    }

    fn ready(&mut self, part: u32, ready: &Ready<'_>) {
        let hour = match ready {
            Ready::Cell(ReadyCell { time: ReadyTime::Hour(hour), .. }) => Some(*hour),
            Ready::Cell(ReadyCell { time: ReadyTime::Days(first, _), .. }) => {
                Some(first.first_hour())
            }
            Ready::Refused(refused) => Some(refused.hour),
            Ready::OwnDomain(..) => None,
        };
        if let Some(hour) = hour {
            self.ledger.note_time(hour.saturating_mul(3_600));
        }
        self.sink.ready(self.entry, part, ready);
    }

    fn left_out(&mut self, reason: LeftOut, rows: u64, line: u64, text: &[u8]) {
        self.ledger.leave_out(reason, rows, line, text, self.charset);
    }
}

impl FileReader {
    pub(super) fn new(
        account: FileAccount,
        mapping: Mapping,
        settings: Settings,
        order: Option<(DateOrder, bool)>,
        entry: u32,
    ) -> Self {
        let mut notes = Notes::with_order(order);
        notes.words.clone_from(&mapping.words);
        notes.every_word = settings.look.is_some();
        notes.zone.clone_from(&settings.choices.zone);
        Self {
            mapping,
            ledger: Ledger::new(account, settings.now),
            settings,
            head: Vec::new(),
            head_seen: false,
            decoder: TextDecoder::new(),
            stage: Stage::Probing(Vec::new()),
            notes,
            entry,
            whole: None,
            elsewhere: Vec::new(),
        }
    }

    /// The document was read to its end before, and is whole: it tells this
    /// beside its items.
    pub(super) fn known_whole(&mut self, head: Option<Head>) {
        self.whole = head;
    }

    /// When the file was last written, where a layer of packing says so.
    pub(super) fn date(&mut self, modified: Option<u32>) {
        self.settings.file_date = modified.or(self.settings.file_date);
    }

    /// Whether only the beginning is looked at.
    pub(super) fn looks(&self) -> bool {
        self.settings.look.is_some()
    }

    pub(super) fn refused(&self) -> bool {
        matches!(self.stage, Stage::Refused)
    }

    pub(super) fn push(&mut self, bytes: &[u8], sink: &mut dyn Sink) {
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
        } else if is_saved(&head) {
            self.ledger.account.format = Some(saved::NAME.to_owned());
            self.stage = if self.looks() { Stage::Refused } else { Stage::Saved(head) };
        } else if let Some(kind) = kind_of_bytes(&head) {
            self.refuse(Problem::NotATrace { looks_like: Some(kind) });
        } else {
            self.decode(&head, sink);
        }
    }

    fn decode(&mut self, bytes: &[u8], sink: &mut dyn Sink) {
        if let Stage::Saved(saved) = &mut self.stage {
            if saved.len() + bytes.len() > SAVED_LIMIT {
                return self.refuse_saved(SavedFault::TooLarge { limit: SAVED_LIMIT as u64 });
            }
            return saved.extend_from_slice(bytes);
        }
        let mut decoder = std::mem::replace(&mut self.decoder, TextDecoder::new());
        decoder.push(bytes, &mut |text| self.text(text, sink));
        self.decoder = decoder;
    }

    fn text(&mut self, text: &[u8], sink: &mut dyn Sink) {
        match &mut self.stage {
            Stage::Probing(probe) => {
                probe.extend_from_slice(text);
                if probe.len() >= PROBE {
                    let mut probe = std::mem::take(probe);
                    // What a file is must not hang on the pieces in which it comes.
                    let rest = probe.split_off(PROBE);
                    self.recognise(&probe, false, sink);
                    self.text(&rest, sink);
                }
            }
            Stage::Rows { .. } => self.rows(text, sink),
            Stage::Items { .. } => self.items(Some(text), sink),
            Stage::Mail(_) => self.mail(Some(text), false, sink),
            Stage::Reports(_) => self.reports(Some(text), sink),
            Stage::DateOrder { .. } => self.look_for_order(Some(text)),
            Stage::Document(document) if document.len() + text.len() > DOCUMENT_LIMIT => {
                self.refuse_document(DocumentFault::TooLarge { limit: DOCUMENT_LIMIT as u64 });
            }
            Stage::Document(document) => document.extend_from_slice(text),
            Stage::Ndjson(..) => self.ndjson(Some(text), sink),
            Stage::Saved(_) | Stage::Refused => {}
        }
    }

    /// Settles what the file is, from its first text.
    fn recognise(&mut self, probe: &[u8], whole: bool, sink: &mut dyn Sink) {
        self.notes.charset = Charset::guess(probe, self.settings.korean);
        if probe.trim_ascii().is_empty() && whole {
            return self.refuse(Problem::Empty);
        }
        if received::is_mail(probe) {
            self.ledger.account.format = Some(received::NAME.to_owned());
            self.stage = Stage::Mail(Box::new(MailFile::new(&self.settings.choices)));
            return self.text(probe, sink);
        }
        if is_ndjson(probe, whole) {
            self.open_ndjson(sink);
            return self.text(probe, sink);
        }
        if is_document(probe, whole) {
            // RFC 8259 wants UTF-8, whatever the guess.
            self.notes.charset = Charset::Utf8;
            self.ledger.account.format = Some(document::NAME.to_owned());
            self.stage = Stage::Document(probe.to_vec());
            return;
        }
        if holds_reports(probe) {
            self.notes.charset = Charset::Utf8;
            self.ledger.account.format = Some(tls_report::NAME.to_owned());
            self.stage = Stage::Reports(Objects::new(REPORT_LIMIT, probe).whole());
            return self.text(probe, sink);
        }
        if let Some(format) = items_of(probe) {
            let (reader, rows) = format.open();
            self.notes.charset = Charset::Utf8;
            self.ledger.account.format = Some(format.name.to_owned());
            self.stage = Stage::Items { objects: Objects::new(MAX_ROW_BYTES, probe), reader, rows };
            return self.text(probe, sink);
        }
        if let Some(log) = LOGS.iter().find(|log| (log.signature)(probe)) {
            self.ledger.account.format = Some(log.name.to_owned());
            self.stage = Stage::Rows {
                split: if log.by_line {
                    Split::Lines(LineReader::new(MAX_ROW_BYTES))
                } else {
                    Split::Csv(CsvReader::new(b',', MAX_ROW_BYTES).by_line())
                },
                width: 0,
                reader: (log.reader)(probe, &self.settings),
                header: Header::default(),
            };
            return self.text(probe, sink);
        }
        let table = Table::read(probe, whole, self.notes.charset);
        let remembered = self.recall(&table.header);
        if self.looks() {
            sink.table(table.look(&self.mapping), &self.mapping);
        }
        let plan = match table.plan(&self.mapping) {
            Ok(plan) => plan,
            Err(problem) => return self.refuse(problem),
        };
        self.ledger.account.format = Some(plan.format.to_owned());
        self.ledger.account.mappable = plan.mappable;
        self.ledger.account.remembered = remembered && plan.mappable;
        let csv = || CsvReader::new(table.delimiter, MAX_ROW_BYTES).at_line(table.first_line);
        let body = &probe[table.header_at..];
        self.stage = match table.order_of_dates(&plan, self.notes.order) {
            Dates::Plain => Stage::Rows {
                split: Split::Csv(csv()),
                width: table.header.cells.len(),
                reader: plan.reader,
                header: table.header.clone(),
            },
            Dates::Order(order) => {
                self.notes.order = Some(order);
                self.notes.order_concluded = true;
                Stage::Rows {
                    split: Split::Csv(csv()),
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

    /// Takes the columns as the person had them remembered for this header,
    /// unless something was said of this file itself; whether it did.
    fn recall(&mut self, header: &Header) -> bool {
        if header.names_any(&self.mapping) || self.mapping.as_guessed {
            return false;
        }
        // What was said of another file of the archive.
        self.mapping.columns.clear();
        let mut known = self.settings.remembered.iter();
        let Some((_, known)) = known.find(|(own, _)| *own == header.cells) else { return false };
        self.mapping.columns.clone_from(&known.columns);
        self.mapping.words.extend(known.words.iter().cloned());
        self.mapping.date_order = self.mapping.date_order.or(known.date_order);
        self.notes.words.clone_from(&self.mapping.words);
        self.notes.order = self.notes.order.or(known.date_order);
        true
    }

    fn refuse(&mut self, problem: Problem) {
        self.ledger.account.problem = Some(problem);
        self.stage = Stage::Refused;
    }

    /// Nothing of a document that is not as it must be counts.
    fn refuse_document(&mut self, fault: DocumentFault) {
        self.ledger.account.format = None;
        self.refuse(Problem::Document(fault));
    }

    /// Nothing of a saved analysis that is not as it was saved counts.
    fn refuse_saved(&mut self, fault: SavedFault) {
        self.ledger.account.format = None;
        self.refuse(Problem::Saved(fault));
    }

    /// Hands on a saved analysis.
    fn saved(&mut self, file: &[u8], sink: &mut dyn Sink) {
        let name = self.ledger.account.name.clone();
        let taken = saved_body(file).and_then(|body| sink.saved(self.entry, &name, body));
        match taken {
            Ok(accounts) => self.elsewhere = accounts,
            Err(fault) => self.refuse_saved(fault),
        }
    }

    /// Reads what was gathered as a whole, where it is whole.
    fn gathered(&mut self, warnings: &mut Vec<Warning>, sink: &mut dyn Sink) {
        let limit = warnings.iter().find_map(|warning| match warning {
            Warning::UnpackLimit { limit } => Some(*limit),
            _ => None,
        });
        let cancelled = warnings.contains(&Warning::Cancelled);
        match (&mut self.stage, limit) {
            (Stage::Document(_), Some(limit)) => {
                self.ledger.account.format = None;
                self.refuse(Problem::UnpackLimit { limit });
            }
            (Stage::Saved(_), Some(limit)) => self.refuse_saved(SavedFault::TooLarge { limit }),
            (Stage::Document(text), None) if !cancelled => {
                let text = std::mem::take(text);
                self.document(&text, warnings, sink);
            }
            (Stage::Saved(file), None) if !cancelled => {
                let file = std::mem::take(file);
                self.saved(&file, sink);
            }
            _ => {}
        }
    }

    /// Reads a document: one walk to see that it is whole and of the right
    /// version, another to count. A sign of life now and then, because a
    /// worker that is silent for long is taken for dead.
    fn document(&mut self, text: &[u8], warnings: &mut Vec<Warning>, sink: &mut dyn Sink) {
        const EVERY: usize = 4_096;
        let bytes = self.ledger.account.bytes;
        let head = walk(text, &mut |_, index, _| {
            !index.is_multiple_of(EVERY)
                || sink.pause(bytes, 0, &|| vec![self.account_so_far()]) == Pause::GoOn
        });
        let head = match head {
            Ok(Some(head)) => head,
            Ok(None) => return warnings.push(Warning::Cancelled),
            Err(fault) => return self.refuse_document(fault),
        };
        let mut reader = self.open_document(&head, sink);
        let counted = walk(text, &mut |list, index, item| {
            self.document_item(&mut reader, (list, index, item), sink);
            let rows = self.ledger.account.rows;
            !index.is_multiple_of(EVERY)
                || sink.pause(bytes, rows, &|| vec![self.account_so_far()]) == Pause::GoOn
        });
        self.end_document(&head, &reader, sink);
        match counted {
            Ok(Some(_)) => {}
            Ok(None) => warnings.push(Warning::Cancelled),
            Err(fault) => self.refuse_document(fault),
        }
    }

    /// Tells what a document tells beside its items; the reader of these.
    fn open_document(&mut self, head: &Head, sink: &mut dyn Sink) -> DocumentReader {
        let reader = DocumentReader::new(head);
        if let Some(parts) = reader.parts() {
            let (notes, mut told) = self.told(sink);
            let rows = head.tell(parts, notes, &mut told, &mut |told, reason, place| {
                told.left_out(reason, 1, 1, place.as_bytes());
            });
            self.ledger.account.rows += rows;
        }
        reader
    }

    /// All items of a document were told.
    fn end_document(&mut self, head: &Head, reader: &DocumentReader, sink: &mut dyn Sink) {
        let new = sink.ready_end(self.entry);
        if reader.parts().is_some() {
            let files = head.files();
            self.ledger.account.brought = u32::try_from(files.len()).unwrap_or(u32::MAX);
            // Of a second copy they are there already.
            if new {
                let name = &self.ledger.account.name;
                self.elsewhere = files.iter().map(|file| file.within(name)).collect();
            }
        }
        self.ledger.account.gaps = reader.gaps();
    }

    /// Counts an item of a document: its list, its index there, and what it is.
    fn document_item(
        &mut self,
        reader: &mut DocumentReader,
        (list, index, item): (List, usize, &Value),
        sink: &mut dyn Sink,
    ) {
        self.ledger.account.rows += 1;
        let (notes, mut told) = self.told(sink);
        if let Some((reason, field)) = reader.read(list, item, notes, &mut told) {
            // RFC 6901 says where in a document.
            let place = format!("/{}/{index}/{field} {}", list.name(), item.line());
            self.leave_out(reason, index as u64 + 1, place.as_bytes());
        }
    }

    fn open_ndjson(&mut self, sink: &mut dyn Sink) {
        // RFC 8259 wants UTF-8, whatever the guess.
        self.notes.charset = Charset::Utf8;
        self.ledger.account.format = Some(document::NAME.to_owned());
        let whole = self.whole.take();
        let reader = whole.as_ref().map(|head| self.open_document(head, sink));
        self.whole = whole;
        self.stage = Stage::Ndjson(Box::default(), reader);
    }

    /// Reads a document line by line; `None` where it ends. What is not known
    /// to be whole is not counted.
    fn ndjson(&mut self, text: Option<&[u8]>, sink: &mut dyn Sink) {
        let stage = std::mem::replace(&mut self.stage, Stage::Refused);
        let Stage::Ndjson(mut lines, mut reader) = stage else { return };
        let read = lines.push(text, &mut |list, index, item| {
            if let Some(reader) = &mut reader {
                self.document_item(reader, (list, index, item), sink);
            }
            true
        });
        match read {
            Ok(()) => self.stage = Stage::Ndjson(lines, reader),
            Err(fault) => self.refuse_document(fault),
        }
    }

    /// Ends such a document; what it tells beside its items, if it has to be
    /// read again to be counted.
    fn finish_ndjson(&mut self, warnings: &[Warning], sink: &mut dyn Sink) -> Option<Head> {
        if let Stage::Document(text) = &mut self.stage
            && is_ndjson(text, true)
        {
            // Its header is longer than what settles what a file is.
            let text = std::mem::take(text);
            self.open_ndjson(sink);
            self.ndjson(Some(&text), sink);
        }
        if !matches!(self.stage, Stage::Ndjson(..)) {
            return None;
        }
        let limit = warnings.iter().find_map(|warning| match warning {
            Warning::UnpackLimit { limit } => Some(*limit),
            _ => None,
        });
        let cancelled = warnings.contains(&Warning::Cancelled);
        if let Some(limit) = limit {
            self.ledger.account.format = None;
            self.refuse(Problem::UnpackLimit { limit });
        } else if !cancelled {
            self.ndjson(None, sink);
        }
        if let Some(head) = self.whole.take() {
            let reader = match std::mem::replace(&mut self.stage, Stage::Refused) {
                Stage::Ndjson(_, Some(reader)) => reader,
                _ => DocumentReader::new(&head),
            };
            self.end_document(&head, &reader, sink);
            return None;
        }
        match std::mem::replace(&mut self.stage, Stage::Refused) {
            Stage::Ndjson(lines, _) if !cancelled => Some(lines.head()),
            _ => None,
        }
    }

    fn rows(&mut self, text: &[u8], sink: &mut dyn Sink) {
        let stage = std::mem::replace(&mut self.stage, Stage::Refused);
        if let Stage::Rows { mut split, width, reader, header } = stage {
            let mut table = Open { width, reader, header };
            split.push(Some(text), &mut |item| self.item(item, &mut table, sink));
            let Open { width, reader, header } = table;
            self.stage = Stage::Rows { split, width, reader, header };
        }
    }

    /// Reads mail; `None` where it ends, `cut_off` in the middle.
    fn mail(&mut self, text: Option<&[u8]>, cut_off: bool, sink: &mut dyn Sink) {
        let stage = std::mem::replace(&mut self.stage, Stage::Refused);
        if let Stage::Mail(mut file) = stage {
            let (notes, mut told) = self.told(sink);
            let rows = match text {
                Some(text) => file.push(text, notes, &mut told),
                None => file.finish(cut_off, notes, &mut told),
            };
            self.ledger.account.rows += rows;
            self.stage = Stage::Mail(file);
        }
    }

    /// Reads the objects of a JSON trace; `None` where it ends.
    fn items(&mut self, text: Option<&[u8]>, sink: &mut dyn Sink) {
        let stage = std::mem::replace(&mut self.stage, Stage::Refused);
        let Stage::Items { mut objects, mut reader, rows } = stage else { return };
        let ends = text.is_none();
        let mut take = |found: Found<'_>| {
            let (text, line) = match found {
                Found::Object(text, line) | Found::Damaged(text, line) => (text, line),
            };
            let item = if matches!(found, Found::Object(..)) { object(text) } else { None };
            // An empty page of results is no item.
            let Some(item) = item else {
                self.ledger.account.rows += 1;
                let reason = if ends { Unreadable::CutOff } else { Unreadable::Damaged };
                return self.leave_out(LeftOut::Unreadable(reason), line, text);
            };
            if is_wrapper(&item) {
                return;
            }
            self.ledger.account.rows += 1;
            if !rows.fit(&item) {
                let reason = LeftOut::Unreadable(Unreadable::MissingField);
                return self.leave_out(reason, line, text);
            }
            let row = rows.row(&item);
            let row = row.on_line(line);
            let particulars = self.particulars(&*reader, &row);
            let (notes, mut told) = self.told(sink);
            told.particulars = particulars.as_ref();
            if let Some(reason) = reader.read(&row, notes, &mut told) {
                self.leave_out(reason, line, text);
            }
        };
        match text {
            Some(text) => objects.push(text, &mut take),
            None => objects.finish(&mut take),
        }
        self.stage = Stage::Items { objects, reader, rows };
    }

    /// Reads SMTP TLS reports; `None` where they end.
    fn reports(&mut self, text: Option<&[u8]>, sink: &mut dyn Sink) {
        let Stage::Reports(objects) = &mut self.stage else { return };
        let mut objects = std::mem::take(objects);
        let ends = text.is_none();
        let mut take = |found: Found<'_>| match found {
            Found::Object(text, line) => {
                let (_, mut told) = self.told(sink);
                let rows = read_report(text, line, &mut told);
                self.ledger.account.rows += rows;
            }
            Found::Damaged(text, line) => {
                self.ledger.account.rows += 1;
                let reason = if ends { Unreadable::CutOff } else { Unreadable::Damaged };
                self.leave_out(LeftOut::Unreadable(reason), line, text);
            }
        };
        match text {
            Some(text) => objects.push(text, &mut take),
            None => objects.finish(&mut take),
        }
        self.stage = Stage::Reports(objects);
    }

    /// Takes one row, the header left out.
    fn item(&mut self, item: Item<'_>, table: &mut Open, sink: &mut dyn Sink) {
        let reader = &mut *table.reader;
        let record = match item {
            Item::Record(record) if reader.is_log() && record.raw().starts_with(b"#") => {
                reader.directive(record.raw());
                return;
            }
            Item::Record(record) => record,
            Item::TooLong { line, start } => {
                self.ledger.account.rows += 1;
                self.leave_out(LeftOut::Unreadable(Unreadable::TooLong), line, start);
                return;
            }
        };
        self.ledger.account.rows += 1;
        let width = reader.width().unwrap_or(table.width);
        let extra = (width..record.len()).any(|index| !record.get(index).is_empty());
        let left_out = if record.open && !reader.is_log() {
            Some(LeftOut::Unreadable(Unreadable::CutOff))
        } else if extra {
            Some(LeftOut::Unreadable(Unreadable::TooManyFields))
        } else if record.len() < width {
            Some(LeftOut::Unreadable(Unreadable::TooFewFields))
        } else {
            let particulars = self.particulars(reader, &record);
            let (notes, mut told) = self.told(sink);
            told.particulars = particulars.as_ref();
            reader.read(&record, notes, &mut told)
        };
        let Some(reason) = left_out else { return };
        if matches!(reason, LeftOut::Unreadable(_)) && self.is_header_again(&record, table) {
            self.ledger.account.rows -= 1;
            return;
        }
        self.leave_out(reason, record.line, record.raw());
    }

    /// Whether a row is the header of another export of the same format,
    /// joined to this one; its columns hold from there on.
    fn is_header_again(&self, record: &Record<'_>, table: &mut Open) -> bool {
        if table.reader.is_log() {
            return false;
        }
        // PowerShell's `#TYPE …` and Excel's `sep=,` stand before a header.
        let lead = record.raw().strip_prefix(b"\"").unwrap_or(record.raw());
        if lead.starts_with(b"#TYPE ") || lead.starts_with(b"sep=") {
            return true;
        }
        if record.len() < 3 {
            return false;
        }
        let header = Header::new(&header_cells(record, self.notes.charset));
        if header.cells == table.header.cells {
            return true;
        }
        let name = self.ledger.account.format.as_deref();
        let format = FORMATS.iter().find(|format| Some(format.name) == name);
        let Some(format) = format.filter(|format| (format.signature)(&header)) else {
            return false;
        };
        let Ok(reader) = (format.reader)(&header, &self.mapping) else { return false };
        *table = Open { width: header.cells.len(), reader, header };
        true
    }

    fn leave_out(&mut self, reason: LeftOut, line: u64, raw: &[u8]) {
        self.ledger.leave_out(reason, 1, line, raw, self.notes.charset);
    }

    /// What a row says of its message beyond what is counted, where messages
    /// are kept.
    fn particulars<'r>(
        &self,
        reader: &dyn RowReader,
        record: &Record<'r>,
    ) -> Option<Particulars<'r>> {
        self.settings.keep?;
        Some(reader.places().read(record, self.notes.charset))
    }

    /// Where a reader takes note of values, and whom it tells of messages.
    fn told<'a>(&'a mut self, sink: &'a mut dyn Sink) -> (&'a mut Notes, Told<'a>) {
        let Self { notes, ledger, entry, .. } = self;
        let charset = notes.charset;
        (notes, Told { ledger, sink, entry: *entry, charset, particulars: None })
    }

    /// The account as far as it is taken down.
    pub(super) fn rows_so_far(&self) -> u64 {
        self.ledger.account.rows
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
    pub(super) fn account_so_far(&self) -> FileAccount {
        let mut account = self.ledger.account.clone();
        self.complete(&mut account);
        account
    }

    fn complete(&self, account: &mut FileAccount) {
        account.no_mail = counted(NoMail::ALL, &self.ledger.no_mail);
        account.unreadable = counted(Unreadable::ALL, &self.ledger.unreadable);
        if account.format.is_some() {
            account.inferred = self.notes.inferred();
            account.unfamiliar = self.notes.unfamiliar_values();
        }
        if let Stage::Items { reader, .. } = &self.stage {
            account.gaps = reader.gaps();
        }
        if let Stage::Mail(file) = &self.stage {
            account.format = Some(file.format().to_owned());
            account.gaps = file.gaps();
            account.path = file.path();
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

    pub(super) fn finish(
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
                self.ledger.account.format = None;
                self.refuse(Problem::DateOrderNeeded { example });
            }
        }
        if let Some(head) = self.finish_ndjson(&warnings, sink) {
            return Finished::Whole(head);
        }
        self.gathered(&mut warnings, sink);
        // What stands last where the data is damaged is hardly whole.
        let cut_row = cut_off || warnings.contains(&Warning::DamagedArchive);
        let before = self.ledger.unreadable;
        if !stopped && matches!(self.stage, Stage::Items { .. }) {
            self.items(None, sink);
        }
        if !stopped {
            self.reports(None, sink);
        }
        if !stopped && matches!(self.stage, Stage::Mail(_)) {
            self.mail(None, cut_row, sink);
        }
        if let Stage::Mail(file) = &self.stage {
            warnings.extend(file.warning());
        }
        if matches!(self.stage, Stage::Rows { .. })
            && let Stage::Rows { mut split, width, reader, header } =
                std::mem::replace(&mut self.stage, Stage::Refused)
        {
            let mut table = Open { width, reader, header };
            if !stopped {
                split.push(None, &mut |item| self.last_item(item, &mut table, cut_row, sink));
            }
            let Open { width, mut reader, header } = table;
            let (notes, mut told) = self.told(sink);
            reader.finish(notes, &mut told);
            self.stage = Stage::Rows { split, width, reader, header };
        }
        let cut_rows = self.ledger.unreadable[Unreadable::CutOff as usize]
            > before[Unreadable::CutOff as usize];
        if cut_off || cut_rows {
            warnings.push(Warning::CutOff);
        }
        let mut account = std::mem::take(&mut self.ledger.account);
        self.complete(&mut account);
        self.encoding_and_warnings(&mut account, warnings);
        // A saved analysis is the files that were read for it.
        let files = std::mem::take(&mut self.elsewhere);
        let only = matches!(self.stage, Stage::Saved(_)) && !files.is_empty();
        let own = if only { None } else { Some(account) };
        Finished::Accounts(own.into_iter().chain(files).collect())
    }

    /// The last row has no line end: in a file that is cut off it is not
    /// whole, and with too few fields it is the cut that took them.
    fn last_item(&mut self, item: Item<'_>, table: &mut Open, cut_off: bool, sink: &mut dyn Sink) {
        let reader = &*table.reader;
        let width = table.width;
        match item {
            Item::Record(record)
                if cut_off || record.open || record.len() < reader.width().unwrap_or(width) =>
            {
                if reader.is_log() && record.raw().starts_with(b"#") {
                    return;
                }
                self.ledger.account.rows += 1;
                self.leave_out(LeftOut::Unreadable(Unreadable::CutOff), record.line, record.raw());
            }
            item => self.item(item, table, sink),
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
        let of_exchange = !matches!(
            account.format.as_deref(),
            Some(document::NAME | tls_report::NAME | received::NAME | saved::NAME)
        );
        if SERVICE_LIMITS.contains(&account.rows) && of_exchange {
            warnings.push(Warning::ProbablyCut { rows: account.rows });
        }
        if let Some((rows, latest)) = self.ledger.future {
            warnings.push(Warning::FutureRows { rows, latest });
        }
        let mixed = self.notes.mixed + self.decoder.broken;
        if mixed > 0 && account.format.is_some() {
            warnings.push(Warning::MixedEncoding { values: mixed });
        }
        account.warnings = warnings;
    }
}

/// The names of all formats whose signature a text has, from its beginning
/// (`whole`: there is no more of it). None is a text of two.
pub fn claims(text: &[u8], whole: bool) -> Vec<&'static str> {
    let probe = &text[..text.len().min(PROBE)];
    let table = Table::read(probe, whole && text.len() <= PROBE, Charset::Utf8);
    let mut claims = Vec::new();
    claims.extend(is_saved(probe).then_some(saved::NAME));
    claims.extend(received::is_mail(probe).then_some(received::NAME));
    let is_document = is_ndjson(probe, whole) || is_document(probe, whole);
    claims.extend(is_document.then_some(document::NAME));
    claims.extend(holds_reports(probe).then_some(tls_report::NAME));
    claims.extend(items_of(probe).map(|format| format.name));
    claims.extend(LOGS.iter().filter(|log| (log.signature)(probe)).map(|log| log.name));
    claims.extend(table.claims());
    claims
}

/// Whether a text is SMTP TLS reports, from its first objects; the last of
/// them may go on behind it.
fn holds_reports(probe: &[u8]) -> bool {
    if !matches!(probe.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return false;
    }
    let (mut known, mut tried) = (false, 0);
    let mut take = |found: Found<'_>| {
        let (Found::Object(text, _) | Found::Damaged(text, _)) = found;
        tried += 1;
        known |= tried <= 20 && is_report(text);
    };
    let mut objects = Objects::new(PROBE, probe).whole();
    objects.push(probe, &mut take);
    objects.finish(&mut take);
    known
}

/// Which JSON trace a text is, from its first objects.
fn items_of(probe: &[u8]) -> Option<&'static ItemFormat> {
    let start = probe.trim_ascii_start();
    if !start.contains(&b'{') || start.starts_with(b"<") {
        return None;
    }
    let mut format = None;
    let mut tried = 0;
    Objects::new(PROBE, probe).push(probe, &mut |found| {
        if let Found::Object(text, _) = found
            && format.is_none()
            && tried < 20
            && let Some(item) = object(text)
        {
            tried += 1;
            format = ITEMS.iter().find(|format| format.is_of(&item));
        }
    });
    format
}

/// Whether an object only holds a list, which is empty: a page of results
/// without any.
fn is_wrapper(item: &Value) -> bool {
    const LISTS: [&str; 3] = ["value", "results", "d"];
    let fields = item.fields();
    fields.iter().any(|(name, value)| {
        LISTS.contains(&name.as_str()) && !matches!(value, Value::Text(_) | Value::Number(_))
    })
}

/// Reasons with their counts, those with none left out.
fn counted<R: Copy, const N: usize>(reasons: [R; N], counts: &[u64; N]) -> Vec<(R, u64)> {
    reasons.into_iter().zip(*counts).filter(|(_, count)| *count > 0).collect()
}
