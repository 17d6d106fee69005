//! What holds for any bytes, one function for each target of fuzzing: beside
//! that nothing panics, that the account of rows adds up, that the pieces in
//! which a file comes change nothing, and that what is written is read again
//! as what it was.

use std::fmt::Debug;
use std::io::{Cursor, Write as _};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use mailflow::account::{FileAccount, Mapping, Owners, Warning};
use mailflow::answer::{Page, PageEnd};
use mailflow::engine::{
    Analysis, FileIn, NoHelpers, Organizations, Snapshot, Watch, read_saved, save,
};
use mailflow::export::{Address, addresses, cells_json, tally_json};
use mailflow::import::{
    MemorySource, Pause, ReadError, Settings, Source, claims, preview, read_file, read_mapping,
    saved_file,
};
use mailflow::observations::{Form, Reader, Writer};
use mailflow::report::{
    By, Filter, Query, ReportKind, Span, Thing, Words, answer, unusual, whole_dashboard,
};
use mailflow::tally::Tally;
use serde_json::{Value, json};

/// What is called with any bytes, and panics where something does not hold.
pub type Target = fn(&[u8]);

/// Every target by its name, which is that of its corpus.
pub const TARGETS: [(&str, Target); 14] = [
    ("recognise", recognise),
    ("open", open),
    ("csv", csv),
    ("tables", tables),
    ("logs", logs),
    ("mails", mails),
    ("reports", reports),
    ("items", items),
    ("cells", cells),
    ("saved", saved),
    ("endpoint", endpoint),
    ("observations", observations),
    ("texts", texts),
    ("repeated", repeated),
];

/// The clock: 2026-11-22T12:00:00Z.
const NOW: u32 = 1_795_348_800;

struct ReadOn;

impl Watch for ReadOn {
    fn pause(&mut self, _: &Snapshot<'_>) -> Pause {
        Pause::GoOn
    }
}

/// A file that comes in pieces of so many bytes.
struct Crumbs<'a>(&'a [u8], usize);

impl Source for Crumbs<'_> {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    async fn read(&mut self, at: u64, length: usize, into: &mut Vec<u8>) -> Result<(), ReadError> {
        into.clear();
        let rest = usize::try_from(at).ok().and_then(|at| self.0.get(at..)).unwrap_or_default();
        into.extend(rest.iter().take(length));
        Ok(())
    }

    async fn read_on(
        &mut self,
        at: u64,
        length: usize,
        into: &mut Vec<u8>,
    ) -> Result<(), ReadError> {
        self.read(at, length.min(self.1), into).await
    }
}

/// Runs a future whose sources answer at once.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a source in memory made the engine wait"),
    }
}

fn settings() -> Settings {
    Settings { now: NOW, ..Settings::default() }
}

fn analysis(files: &[&[u8]], piece: usize) -> Analysis {
    let mut analysis = Analysis::new(settings());
    for (place, bytes) in (0..).zip(files) {
        let mut source = Crumbs(bytes, piece);
        at_once(analysis.read(place, "file", &mut source, &Mapping::default(), &mut ReadOn));
    }
    analysis
}

/// The figures; every account is looked at.
fn figures(analysis: &Analysis) -> (Tally, Vec<FileAccount>) {
    let (tally, files) = analysis.figures();
    let accounts: Vec<_> = files.into_iter().map(|(_, account)| account).collect();
    for account in &accounts {
        assert!(account.adds_up(), "the account does not add up: {account:#?}");
        assert!(
            account.format.is_some() != account.problem.is_some(),
            "either a format or a problem: {account:#?}"
        );
        assert!(account.format.is_some() || account.rows == 0, "rows of nothing: {account:#?}");
    }
    (tally, accounts)
}

fn same<T: PartialEq + Debug>(one: &T, other: &T, what: &str) {
    if one != other {
        let (one, other) = (format!("{one:#?}"), format!("{other:#?}"));
        let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        panic!("{what}: {differs:?} in {one}");
    }
}

/// Reads a file as a whole, and in pieces of another size.
pub fn read(bytes: &[u8]) -> Analysis {
    let analysis = analysis(&[bytes], usize::MAX);
    in_pieces(bytes, &analysis);
    analysis
}

/// Whatever the pieces in which a file comes, it says the same.
fn in_pieces(bytes: &[u8], whole: &Analysis) {
    let whole = figures(whole);
    let piece = if bytes.len() < 400 { 1 } else { bytes.len() / 61 };
    let pieces = figures(&analysis(&[bytes], piece));
    // How much comes out of an archive before its damage is the unpacker's choice.
    let damaged = |own: &FileAccount| own.warnings.contains(&Warning::DamagedArchive);
    if !whole.1.iter().any(damaged) {
        same(&pieces, &whole, "in pieces");
    }
}

/// All that holds of a file.
pub fn file(bytes: &[u8]) {
    let analysis = read(bytes);
    beyond(bytes, &analysis);
}

/// What is done with a file beyond reading it.
fn beyond(bytes: &[u8], analysis: &Analysis) {
    let known = figures(analysis);
    twice(bytes, &known);
    saved_again(analysis);
    observed_again(bytes, analysis);
    cells_again(analysis);
    shown(&known);
}

/// A second copy of a file changes no figure.
fn twice(bytes: &[u8], known: &(Tally, Vec<FileAccount>)) {
    let (tally, accounts) = figures(&analysis(&[bytes, bytes], usize::MAX));
    same(&sorted(&tally), &sorted(&known.0), "with a second copy");
    let first = |accounts: &[FileAccount]| accounts.first().map(|own| own.messages);
    same(&first(&accounts), &first(&known.1), "messages with a second copy");
}

/// What a tally counts, in lines.
fn sorted(tally: &Tally) -> Vec<String> {
    let json: Value = parsed(&cells_json(tally, &[], &[], None));
    let mut lines: Vec<String> = ["cells", "refusedSignIns", "tlsReports"]
        .iter()
        .flat_map(|name| json[name].as_array().into_iter().flatten().map(Value::to_string))
        .collect();
    lines.sort();
    lines
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("no JSON: {error}: {text}"))
}

/// The figures with the files as they were called where they were read.
fn unnamed(analysis: &Analysis) -> (Tally, Vec<FileAccount>) {
    let (tally, mut accounts) = figures(analysis);
    for account in &mut accounts {
        account.name = account.read_as().to_owned();
        account.elsewhere = None;
    }
    (tally, accounts)
}

/// What is saved and opened again is what it was.
fn saved_again(analysis_of: &Analysis) {
    let file = save(&[analysis_of.to_saved("", Vec::new())]);
    let opened = analysis(&[&file], usize::MAX);
    same(&unnamed(&opened), &unnamed(analysis_of), "saved and opened");
}

/// What readers tell as lines is, counted again, what they counted.
fn observed_again(bytes: &[u8], analysis_of: &Analysis) {
    let mut writer = Writer::new(Vec::new(), Form::Records, NOW);
    writer.begin(0, 0, 0);
    let mapping = Mapping::default();
    let mut source = MemorySource(bytes.to_vec());
    let accounts = at_once(read_file(&mut source, "file", &mapping, &settings(), &mut writer));
    // Saved analyses are no observations.
    if accounts.iter().any(FileAccount::is_of_elsewhere) || accounts.len() > 1 {
        return;
    }
    for (entry, account) in (0..).zip(accounts) {
        writer.end_file(entry, account);
    }
    let lines = writer.finish().unwrap_or_else(|error| panic!("lines in memory: {error}"));
    let again = observed(&lines).unwrap_or_else(|fault| panic!("own observations: {fault}"));
    same(&figures(&again), &figures(analysis_of), "observed and counted");
}

fn observed(lines: &[u8]) -> Result<Analysis, mailflow::observations::Fault> {
    let mut analysis = Analysis::new(settings());
    analysis.observed(|sink| {
        let mut reader = Reader::default();
        for line in lines.split_inclusive(|&byte| byte == b'\n') {
            reader.line(line, sink)?;
        }
        reader.files()
    })?;
    Ok(analysis)
}

/// The figures are JSON, and the cells are read again as what they were.
fn cells_again(analysis_of: &Analysis) {
    let (tally, accounts) = figures(analysis_of);
    let accounts: Vec<&FileAccount> = accounts.iter().collect();
    parsed(&tally_json(&tally, &accounts, None));
    let text = cells_json(&tally, &analysis_of.parts(), &accounts, None);
    parsed(&text);
    let (back, told) = figures(&analysis(&[text.as_bytes()], usize::MAX));
    let refused = told[0].problem.clone().map(|problem| (problem, text.clone()));
    same(&refused, &None, "cells are refused");
    same(&told[0].unreadable_rows(), &0, "cells are left out");
    same(&sorted(&back), &sorted(&tally), "cells");
}

/// Every report can be made of it.
fn shown((tally, _): &(Tally, Vec<FileAccount>)) {
    whole_dashboard(tally, NOW);
    unusual(tally, NOW, Span::All);
    for report in ReportKind::ALL {
        for by in [By::Volume, By::Tls, By::Trend] {
            let query = Query { report, by, span: Span::All, ..Query::default() };
            answer(tally, NOW, &query, Words::default());
        }
    }
}

/// What a file is taken for. Damaged headers may be claimed by several, of
/// which the first reads it.
pub fn recognise(bytes: &[u8]) {
    for whole in [true, false] {
        claims(bytes, whole);
    }
    read(bytes);
}

/// Gzip, zip and encodings; what is packed is what it is unpacked.
pub fn open(bytes: &[u8]) {
    let plain = figures(&read(bytes)).0;
    // An archive in an archive is refused.
    if bytes.starts_with(b"PK") || bytes.starts_with(b"\x1f\x8b") || bytes.is_empty() {
        return;
    }
    for packed in [gzip(bytes), zip(bytes)] {
        let (tally, _) = figures(&read(&packed));
        same(&tally, &plain, "packed");
        // Cut off, and damaged.
        let mut damaged = packed.clone();
        let at = packed.len() / 2;
        damaged[at] ^= bytes[bytes.len() / 2] | 1;
        read(&damaged);
        read(&packed[..packed.len() - 1 - packed.len() / 3]);
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).and_then(|()| writer.finish()).unwrap_or_default()
}

fn zip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    writer.start_file("file", options).unwrap_or_default();
    writer.write_all(bytes).unwrap_or_default();
    writer.finish().unwrap_or_default().into_inner()
}

/// A table has the rows that the `csv` crate finds.
pub fn csv(bytes: &[u8]) {
    let header = "date,message_id,recipient_address,sender_address,direction,\
        connector_name,connector_type,tls_version,tls_forced\n";
    let table = [header.as_bytes(), bytes].concat();
    let (_, accounts) = figures(&read(&table));
    // What is no text, or is another table or a log from the second line on,
    // is another matter; so is a last row that is cut off.
    let plain = bytes.iter().all(|byte| matches!(byte, b'\n' | b'\r' | b' '..=b'~'));
    let other = bytes.windows(4).any(|word| word.eq_ignore_ascii_case(b"date"));
    let taken = accounts[0].format.as_deref() == Some("ConnectorReport");
    if taken && plain && !other && !bytes.contains(&b'#') {
        let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(table.as_slice());
        // Blank lines are no rows, with blanks in them neither.
        let filled = |record: &::csv::ByteRecord| {
            record.len() > 1 || record.iter().any(|field| !field.trim_ascii().is_empty())
        };
        let rows = reader.byte_records().flatten().filter(filled).count();
        same(&accounts[0].rows, &(rows as u64), "rows of the csv crate");
    }
}

const TABLES: [&[u8]; 15] = [
    include_bytes!("../../tests/samples/connector-report-aggregate.csv"),
    include_bytes!("../../tests/samples/connector-report-korean.csv"),
    include_bytes!("../../tests/samples/connector-report.csv"),
    include_bytes!("../../tests/samples/enhanced-summary.csv"),
    include_bytes!("../../tests/samples/extended-report.csv"),
    include_bytes!("../../tests/samples/get-message-tracking-log.csv"),
    include_bytes!("../../tests/samples/google-email-log.csv"),
    include_bytes!("../../tests/samples/message-trace-detail.csv"),
    include_bytes!("../../tests/samples/message-trace.csv"),
    include_bytes!("../../tests/samples/messages-report-korean.csv"),
    include_bytes!("../../tests/samples/messages-report.csv"),
    include_bytes!("../../tests/samples/portal-summary.csv"),
    include_bytes!("../../tests/samples/smtp-auth-clients.csv"),
    include_bytes!("../../tests/samples/smtp-auth-report.csv"),
    // A table that nobody knows, whose columns are guessed.
    b"when;tls version;from;to;message id;way\n",
];

const LOGS: [&[u8]; 3] = [
    include_bytes!("../../tests/samples/message-tracking.log"),
    include_bytes!("../../tests/samples/smtp-receive.log"),
    include_bytes!("../../tests/samples/smtp-send.log"),
];

/// The lines that come before rows: the header, or those with `#`.
fn head(text: &[u8]) -> &[u8] {
    let mut end = 0;
    for (number, line) in text.split_inclusive(|&byte| byte == b'\n').enumerate() {
        if number > 0 && !line.starts_with(b"#") {
            break;
        }
        end += line.len();
    }
    &text[..end]
}

/// A file with the head of one of these, by its first byte, or with none.
fn headed(heads: &[&[u8]], bytes: &[u8]) -> Vec<u8> {
    let Some((choice, rest)) = bytes.split_first() else { return Vec::new() };
    let head = heads.get(usize::from(choice & 31)).map_or(&[][..], |text| head(text));
    [head, rest].concat()
}

/// Every format that is a table, and the look at its columns.
pub fn tables(bytes: &[u8]) {
    let table = headed(&TABLES, bytes);
    file(&table);
    let mut source = MemorySource(table);
    at_once(preview(&mut source, 0, &Mapping::default(), &settings()));
}

/// Every log.
pub fn logs(bytes: &[u8]) {
    file(&headed(&LOGS, bytes));
}

/// Mails and mailboxes.
pub fn mails(bytes: &[u8]) {
    file(bytes);
}

/// SMTP TLS reports.
pub fn reports(bytes: &[u8]) {
    file(bytes);
}

/// JSON items of Microsoft Graph and of web services.
pub fn items(bytes: &[u8]) {
    file(bytes);
}

/// Documents of cells, in one analysis and in those of several organizations.
pub fn cells(bytes: &[u8]) {
    file(bytes);
    organizations(bytes);
}

/// Several organizations are told apart, saved and opened again.
fn organizations(bytes: &[u8]) {
    let read = |bytes: &[u8]| {
        let mut all = Organizations::new(settings(), Vec::new(), String::new());
        let (mapping, owners) = (Mapping::default(), Owners::ByDomain);
        let file = FileIn { place: 0, name: "file", mapping: &mapping, owners: &owners };
        let mut source = MemorySource(bytes.to_vec());
        at_once(all.read(file, &mut source, &mut ReadOn, &mut || NoHelpers));
        all
    };
    let told = |all: &Organizations| {
        let one = |one: &mailflow::engine::Organization| {
            (one.name.clone(), sorted(&figures(&one.analysis).0))
        };
        all.list().iter().map(one).collect::<Vec<_>>()
    };
    let all = read(bytes);
    let known = told(&all);
    let file = save(&all.to_saved(&|name| vec![name.to_owned()]));
    let opened = read(&file);
    // One without a name and without files is none.
    let full = |told: Vec<(String, Vec<String>)>| {
        told.into_iter().filter(|(_, lines)| !lines.is_empty()).collect::<Vec<_>>()
    };
    same(&full(told(&opened)), &full(known), "organizations saved and opened");
}

/// A saved analysis whose hash is right, whatever is in it, and one whose is
/// not. The rows that a made-up one claims need not add up: nobody reads them.
pub fn saved(bytes: &[u8]) {
    let file = saved_file(bytes);
    if let Ok(known) = read_saved(&file) {
        let again = save(&known);
        let twice = save(&read_saved(&again).unwrap_or_else(|fault| panic!("{fault:?}")));
        assert!(again == twice, "a saved analysis written again is another one");
    }
    let opened = analysis(&[&file], usize::MAX);
    shown(&(opened.figures().0, Vec::new()));
    read(bytes);
}

/// What an endpoint answers: as it comes, as a document, and line by line.
pub fn endpoint(bytes: &[u8]) {
    let page = |piece: usize| {
        let (mut page, mut text) = (Page::default(), Vec::new());
        let mut take = |bytes: &[u8]| {
            text.extend_from_slice(bytes);
            text.len() < 1 << 24
        };
        let whole = bytes.chunks(piece.max(1)).all(|chunk| page.push(chunk, &mut take));
        let end = whole.then(|| page.finish(&mut take));
        (end, text)
    };
    let whole = page(bytes.len());
    same(&page(1 + bytes.len() / 301), &whole, "a page in pieces");
    if let Ok(Value::Object(document)) = serde_json::from_slice::<Value>(&whole.1) {
        let next = document.get("next").and_then(Value::as_str).filter(|next| !next.is_empty());
        // Names that are not plain, and those that come twice, are not looked at.
        let plain = !whole.1.contains(&b'\\') && count(&whole.1, b"\"next\"") == 1;
        if plain && let (Some(PageEnd::Whole(found)), Some(next)) = (&whole.0, next) {
            same(&found.as_deref(), &Some(next), "the next page");
        }
        line_by_line(document);
    }
    file(bytes);
}

fn count(text: &[u8], word: &[u8]) -> usize {
    text.windows(word.len()).filter(|window| *window == word).count()
}

/// A document says as lines what it says as a whole.
fn line_by_line(mut document: serde_json::Map<String, Value>) {
    let whole = Value::Object(document.clone()).to_string();
    let lists = [("messages", "message"), ("cells", "cell")];
    let Some((list, item)) = lists.into_iter().find(|(list, _)| document.contains_key(*list))
    else {
        return;
    };
    let Some(Value::Array(items)) = document.remove(list) else { return };
    // A document of both, or with another page, is refused in its own ways.
    if document.contains_key("cells")
        || document.contains_key("end")
        || document.contains_key("next")
    {
        return;
    }
    let mut lines = vec![Value::Object(document).to_string()];
    lines.extend(items.iter().map(|own| json!({ item: own }).to_string()));
    lines.push(json!({ "end": { "items": items.len() } }).to_string());
    let (of_lines, told) = figures(&read(lines.join("\n").as_bytes()));
    let (of_whole, known) = figures(&read(whole.as_bytes()));
    if known[0].problem.is_none() && !items.is_empty() {
        same(&told[0].problem, &None, "lines are refused");
        same(&told[0].rows, &known[0].rows, "rows of lines");
        same(&sorted(&of_lines), &sorted(&of_whole), "lines");
    }
}

/// Lines that say they are observations.
pub fn observations(bytes: &[u8]) {
    if let Ok(analysis) = observed(bytes) {
        let (tally, files) = analysis.figures();
        whole_dashboard(&tally, NOW);
        let accounts: Vec<&FileAccount> = files.iter().map(|(_, account)| account).collect();
        parsed(&tally_json(&tally, &accounts, None));
    }
}

/// Texts that a person or a browser keeps: mappings, filters, what is ticked
/// off, recipients.
pub fn texts(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok((header, mapping)) = read_mapping(&text) {
        let again = read_mapping(&mapping.to_json(&header));
        same(&again, &Ok((header, mapping)), "a mapping");
    }
    let (filter, _) = Filter::read(&text);
    same(&Filter::read(&filter.written()), &(filter, true), "a filter");
    if let Some(thing) = Thing::of_text(&text) {
        same(&Thing::of_text(&thing.to_text()), &Some(thing), "what is ticked off");
    }
    if let Ok(found) = addresses(&text) {
        let list: Vec<&str> = found.iter().map(Address::as_str).collect();
        same(&addresses(&list.join(", ")), &Ok(found.clone()), "recipients");
    }
}

/// A beginning, a middle that is repeated up to 256 kB, and an end, parted by
/// two bytes of 0xFE: reading does not take longer than such a file may.
pub fn repeated(bytes: &[u8]) {
    let cut = |bytes: &[u8]| bytes.windows(2).position(|two| two == b"\xfe\xfe");
    let first = cut(bytes).unwrap_or_default();
    let rest = bytes.get(first..).unwrap_or_default();
    let rest = rest.strip_prefix(b"\xfe\xfe").unwrap_or(rest);
    let second = cut(rest).unwrap_or(rest.len());
    let (middle, end) = rest.split_at(second);
    if middle.is_empty() {
        return;
    }
    let middle = middle.repeat((256 << 10) / middle.len());
    let long = [&bytes[..first], &middle, end].concat();
    in_time(&long);
}

/// Reading, counting and showing take a second for 256 kB at most, of three
/// tries: a machine may be busy.
pub fn in_time(bytes: &[u8]) {
    let limit = Duration::from_secs(1 + (bytes.len() >> 18) as u64);
    let mut took = Duration::MAX;
    for _ in 0..3 {
        let start = Instant::now();
        let read = figures(&analysis(&[bytes], usize::MAX));
        whole_dashboard(&read.0, NOW);
        took = took.min(start.elapsed());
        if took < limit {
            return;
        }
    }
    panic!("{} bytes take {took:?}", bytes.len());
}
