//! One dropped file, or every file of a dropped archive.

use super::open::{Entry, Gunzip, ReadError, Source, ZipProblem, directory, is_zip, unpack_limit};
use super::sink::{Pause, Settings, Sink};
use super::unpack::{Packing, Part, read_part};
use crate::account::{ColumnsNeeded, FileAccount, FileKind, Mapping, Problem, SavedFault, Warning};
use crate::mail::{
    Aggregate, Border, Observation, Particulars, Ready, RefusedSignIn, Session, TlsReport,
};

/// Reads one dropped file; the account of it, or of every file in it if it is
/// an archive.
pub async fn read_file(
    source: &mut impl Source,
    name: &str,
    mapping: &Mapping,
    settings: &Settings,
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
        let modified = Gunzip::modified(&head).or(source.modified());
        let part = Part { at: 0, packed: size, packing, modified, limit, left: limit };
        return read_part(source, &part, blank, mapping, settings, 0, sink).await.0;
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

/// How many accounts [`read_file`] gives of a source: one for each file of an
/// archive.
///
/// # Errors
/// [`ReadError`] when the source cannot be read.
pub async fn files_in(source: &mut impl Source) -> Result<u32, ReadError> {
    let mut head = Vec::new();
    source.read(0, 4096, &mut head).await?;
    if !is_zip(&head) {
        return Ok(1);
    }
    match directory(source).await {
        Ok(entries) if entries.iter().any(|entry| entry.name == "[Content_Types].xml") => Ok(1),
        Ok(entries) => Ok(u32::try_from(entries.len()).unwrap_or(u32::MAX).max(1)),
        Err(ZipProblem::Damaged) => Ok(1),
        Err(ZipProblem::Read(error)) => Err(error),
    }
}

async fn read_entries(
    source: &mut impl Source,
    entries: &[Entry],
    archive: &FileAccount,
    mapping: &Mapping,
    settings: &Settings,
    sink: &mut dyn Sink,
) -> Vec<FileAccount> {
    let mut accounts = Vec::new();
    let limit = unpack_limit(archive.bytes);
    let mut left = limit;
    for (index, entry) in (0..).zip(entries) {
        if settings.look.is_some_and(|only| only != index) {
            continue;
        }
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
        let modified = entry.modified.or(source.modified());
        let part = Part { at, packed: entry.packed, packing, modified, limit, left };
        let mut sink = InArchive { sink, done: &accounts };
        // A saved analysis has the files that were read for it.
        let entry = u32::try_from(accounts.len()).unwrap_or(u32::MAX);
        let (read, unpacked) =
            read_part(source, &part, blank, mapping, settings, entry, &mut sink).await;
        left = left.saturating_sub(unpacked);
        let cancelled = read.iter().any(|read| read.warnings.contains(&Warning::Cancelled));
        accounts.extend(read);
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

    fn observe_whole(
        &mut self,
        entry: u32,
        observation: &Observation<'_>,
        particulars: &Particulars<'_>,
    ) {
        self.sink.observe_whole(entry, observation, particulars);
    }

    fn hop(&mut self, entry: u32, observation: &Observation<'_>, border: Border<&str>) {
        self.sink.hop(entry, observation, border);
    }

    fn aggregate(&mut self, entry: u32, aggregate: &Aggregate<'_>) {
        self.sink.aggregate(entry, aggregate);
    }

    fn session(&mut self, entry: u32, session: &Session<'_>) {
        self.sink.session(entry, session);
    }

    fn refused_sign_in(&mut self, entry: u32, refused: &RefusedSignIn<'_>) {
        self.sink.refused_sign_in(entry, refused);
    }

    fn tls_report(&mut self, entry: u32, report: TlsReport) {
        self.sink.tls_report(entry, report);
    }

    fn ready(&mut self, entry: u32, part: u32, ready: &Ready<'_>) {
        self.sink.ready(entry, part, ready);
    }

    fn ready_end(&mut self, entry: u32) -> bool {
        self.sink.ready_end(entry)
    }

    fn saved(
        &mut self,
        entry: u32,
        name: &str,
        body: &[u8],
    ) -> Result<Vec<FileAccount>, SavedFault> {
        self.sink.saved(entry, name, body)
    }

    fn table(&mut self, table: ColumnsNeeded, mapping: &Mapping) {
        self.sink.table(table, mapping);
    }

    fn pause(&mut self, bytes: u64, rows: u64, accounts: &dyn Fn() -> Vec<FileAccount>) -> Pause {
        let done = self.done;
        self.sink.pause(bytes, rows, &|| done.iter().cloned().chain(accounts()).collect())
    }
}
