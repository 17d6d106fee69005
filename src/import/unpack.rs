//! The bytes of one file through its layers of packing to its reader.

use super::open::{Gunzip, Inflate, Inflated, ReadError, Source};
use super::reader::{FileReader, Finished};
use super::sink::{Pause, Settings, Sink};
use crate::account::{DateOrder, FileAccount, Mapping, Warning};

/// Bytes that are read at once.
const CHUNK: usize = 1 << 20;
/// Compressed bytes that are read at once: they may grow a thousandfold.
const PACKED_CHUNK: usize = 64 << 10;

/// How the bytes of a part are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    None,
    Gzip,
    /// An entry of a zip archive.
    Deflate,
}

impl Packing {
    pub(super) fn of(head: &[u8]) -> Self {
        if Gunzip::is_gzip(head) { Self::Gzip } else { Self::None }
    }
}

/// A stretch of the source that holds one file.
pub(super) struct Part {
    pub(super) at: u64,
    pub(super) packed: u64,
    pub(super) packing: Packing,
    /// When the file was last written, where that is known.
    pub(super) modified: Option<u32>,
    /// How far unpacking goes, for all files of an archive together.
    pub(super) limit: u64,
    /// What is left of the limit.
    pub(super) left: u64,
}

/// Reads one file; its account (of a saved analysis those of its files), and
/// how many bytes it had unpacked.
///
/// Days and months that cannot be told apart cost a second reading: the first
/// looks for a row that settles the order.
pub(super) async fn read_part(
    source: &mut impl Source,
    part: &Part,
    blank: FileAccount,
    mapping: &Mapping,
    settings: &Settings,
    entry: u32,
    sink: &mut dyn Sink,
) -> (Vec<FileAccount>, u64) {
    let mut order = mapping.date_order.map(|order| (order, false));
    loop {
        let mut layers = Unpacker::new(part, &blank, mapping, settings, order, entry);
        let end = layers.run(source, part, sink).await;
        let unpacked = layers.unpacked;
        let mut accounts = match layers.finish(end, sink) {
            Finished::Accounts(accounts) => accounts,
            Finished::OrderFound(found) => {
                order = Some((found, true));
                continue;
            }
        };
        for account in &mut accounts {
            account.warnings.dedup();
        }
        return (accounts, unpacked);
    }
}

/// How a part ended.
enum End {
    Whole,
    Stopped,
    Limit,
    Failed(ReadError),
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
        settings: &Settings,
        order: Option<(DateOrder, bool)>,
        entry: u32,
    ) -> Self {
        let settings = Settings { file_date: part.modified, ..settings.clone() };
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
            let small = part.packing != Packing::None || self.reader.looks();
            let step = if small { PACKED_CHUNK } else { CHUNK };
            let step = usize::try_from(part.packed - done).map_or(step, |left| left.min(step));
            if let Err(error) = source.read_on(part.at + done, step, &mut chunk).await {
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
            let rows = self.reader.rows_so_far();
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
            self.reader.date(Gunzip::modified(&head));
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
