//! What rows say of single messages, kept where a person asks for it, in no
//! more memory than was said.

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64;

use super::groups::NONE;
use crate::mail::Particulars;

/// Rows and texts are held in pieces that never move: what grows by doubling
/// holds old and new at once.
const PIECE: usize = 1 << 16;
/// Rows of a piece.
const ROWS: usize = PIECE / size_of::<KeptRow>();
/// Messages of a piece.
const HEADS: usize = PIECE / size_of::<u32>();
/// Parts of the table by which a text is found: they grow one by one.
const SHARDS: usize = 64;
/// The longest subject, and the longest status, in bytes.
const LONGEST: usize = 1_000;

/// What a row says, with texts by where they stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeptRow {
    /// The message, as the store knows it.
    pub(super) instance: u32,
    pub(super) seconds: u32,
    pub(super) sender: u32,
    pub(super) recipients: u32,
    pub(super) statuses: u32,
    pub(super) subject: u32,
    pub(super) client_ip: u32,
    /// The next row of the same message.
    next: u32,
}

/// Rows that are kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    limit: usize,
    texts: Arena,
    rows: Vec<Vec<KeptRow>>,
    /// The first row of each message that has any.
    heads: Vec<Vec<u32>>,
    /// Rows that are not kept, since memory is full.
    pub(super) left_out: u64,
}

impl Kept {
    /// Nothing yet, and `limit` bytes at most.
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    /// Keeps what a row of a message says, if there is room.
    pub(super) fn add(&mut self, of: (u32, u32), sender: &str, particulars: &Particulars<'_>) {
        if particulars.is_empty() {
            return;
        }
        let (instance, seconds) = of;
        let Particulars { recipients, statuses, subject, client_ip } = particulars;
        let (statuses, subject) = (start_of(statuses), start_of(subject));
        let texts = [sender, recipients, statuses, subject, client_ip];
        let heads = (instance as usize / HEADS + 1).saturating_sub(self.heads.len()) * PIECE;
        let bytes = texts.map(str::len).iter().sum::<usize>();
        if self.bytes() + heads + self.texts.most_for(bytes) + PIECE > self.limit {
            self.left_out += 1;
            return;
        }
        let [sender, recipients, statuses, subject, client_ip] =
            texts.map(|text| self.texts.number(text));
        while self.heads.len() <= instance as usize / HEADS {
            self.heads.push(vec![NONE; HEADS]);
        }
        let row = u32::try_from(self.len()).unwrap_or(NONE);
        let head = self.heads.get_mut(instance as usize / HEADS);
        let Some(head) = head.and_then(|heads| heads.get_mut(instance as usize % HEADS)) else {
            return;
        };
        let next = std::mem::replace(head, row);
        if self.rows.last().is_none_or(|rows| rows.len() == ROWS) {
            self.rows.push(Vec::with_capacity(ROWS));
        }
        if let Some(rows) = self.rows.last_mut() {
            let of_texts = (recipients, statuses, subject, client_ip);
            let (recipients, statuses, subject, client_ip) = of_texts;
            let row = KeptRow {
                instance,
                seconds,
                sender,
                recipients,
                statuses,
                subject,
                client_ip,
                next,
            };
            rows.push(row);
        }
    }

    /// How many rows are kept.
    pub(super) fn len(&self) -> usize {
        let full = self.rows.len().saturating_sub(1) * ROWS;
        full + self.rows.last().map_or(0, Vec::len)
    }

    /// Bytes that they take.
    pub(super) fn bytes(&self) -> usize {
        (self.rows.len() + self.heads.len()) * (PIECE + size_of::<Vec<u32>>()) + self.texts.bytes
    }

    /// All rows, as they came.
    pub(super) fn all(&self) -> impl Iterator<Item = &KeptRow> {
        self.rows.iter().flatten()
    }

    /// A row by its number.
    pub(super) fn row(&self, number: u32) -> Option<&KeptRow> {
        self.rows.get(number as usize / ROWS)?.get(number as usize % ROWS)
    }

    /// Adds the numbers of a message's rows, in no order.
    pub(super) fn rows_of(&self, instance: u32, into: &mut Vec<u32>) {
        let heads = self.heads.get(instance as usize / HEADS);
        let mut at = heads.and_then(|heads| heads.get(instance as usize % HEADS)).copied();
        while let Some(number) = at
            && let Some(row) = self.row(number)
        {
            into.push(number);
            at = Some(row.next);
        }
    }

    /// The text of a row's cell.
    pub(super) fn text(&self, number: u32) -> &str {
        self.texts.text(number)
    }

    /// The number of a text, if any row has it.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        self.texts.find(text)
    }
}

/// The start of a text that is longer than anything a person reads.
fn start_of(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Texts by number, each once.
#[derive(Clone, Debug, Default)]
struct Arena {
    /// Texts one behind the other, each behind its length in four bytes. A
    /// number is the piece and the place in it.
    pieces: Vec<Vec<u8>>,
    shards: Vec<HashTable<u32>>,
    /// Bytes of pieces and tables.
    bytes: usize,
}

/// Bytes of a text's length.
const PREFIX: usize = 4;
/// The number of the empty text, which stands nowhere.
const EMPTY: u32 = u32::MAX;

impl Arena {
    /// The most bytes that texts of so many bytes can add.
    fn most_for(&self, bytes: usize) -> usize {
        // A piece for each of five, and the largest part of the table twice.
        let table = self.shards.iter().map(HashTable::allocation_size).max().unwrap_or_default();
        bytes + 5 * (PIECE + PREFIX) + 3 * table
    }

    fn number(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return EMPTY;
        }
        if self.shards.is_empty() {
            self.shards.resize_with(SHARDS, HashTable::new);
        }
        if let Some(number) = self.find(text) {
            return number;
        }
        let number = self.push(text);
        let Self { pieces, shards, bytes } = self;
        let hash = xxh3_64(text.as_bytes());
        if let Some(shard) = shards.get_mut(shard_of(hash)) {
            let before = shard.allocation_size();
            shard.insert_unique(hash, number, |number| xxh3_64(at(pieces, *number).as_bytes()));
            *bytes += shard.allocation_size() - before;
        }
        number
    }

    fn find(&self, text: &str) -> Option<u32> {
        if text.is_empty() {
            return Some(EMPTY);
        }
        let hash = xxh3_64(text.as_bytes());
        let shard = self.shards.get(shard_of(hash))?;
        shard.find(hash, |number| at(&self.pieces, *number) == text).copied()
    }

    fn push(&mut self, text: &str) -> u32 {
        let needed = PREFIX + text.len();
        let room = self.pieces.last().map_or(0, |piece| piece.capacity() - piece.len());
        if room < needed {
            self.bytes += needed.max(PIECE) + size_of::<Vec<u8>>();
            self.pieces.push(Vec::with_capacity(needed.max(PIECE)));
        }
        let index = self.pieces.len().saturating_sub(1);
        let Some(piece) = self.pieces.last_mut() else { return EMPTY };
        // A text that is longer than a piece has one of its own.
        let number = index << 16 | piece.len();
        let length = u32::try_from(text.len()).unwrap_or_default();
        piece.extend_from_slice(&length.to_le_bytes());
        piece.extend_from_slice(text.as_bytes());
        u32::try_from(number).unwrap_or(EMPTY)
    }

    fn text(&self, number: u32) -> &str {
        at(&self.pieces, number)
    }
}

/// In which part of the table a hash is. Its other bits tell within.
fn shard_of(hash: u64) -> usize {
    (hash >> 40) as usize % SHARDS
}

/// The text with that number.
fn at(pieces: &[Vec<u8>], number: u32) -> &str {
    let bytes = pieces.get(number as usize >> 16).and_then(|piece| {
        let (length, rest) =
            piece.get(number as usize & 0xffff..)?.split_first_chunk::<PREFIX>()?;
        rest.get(..u32::from_le_bytes(*length) as usize)
    });
    bytes.and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn particulars<'a>(recipients: &'a str, subject: &'a str) -> Particulars<'a> {
        let (recipients, subject) = (recipients.into(), subject.into());
        Particulars { recipients, subject, ..Particulars::default() }
    }

    #[test]
    fn texts_of_any_length_are_found_again_and_kept_once() {
        let mut arena = Arena::default();
        let texts: Vec<String> =
            [0, 1, 20, 999, PIECE - PREFIX, PIECE - PREFIX + 1, 3 * PIECE, 70_000, 5]
                .into_iter()
                .map(|length| "가".repeat(length / 3) + &"x".repeat(length % 3))
                .collect();
        let numbers: Vec<u32> = texts.iter().map(|text| arena.number(text)).collect();
        let bytes = arena.bytes;
        for (text, number) in texts.iter().zip(numbers) {
            assert_eq!(arena.text(number), text);
            assert_eq!(arena.number(text), number);
            assert_eq!(arena.find(text), Some(number));
        }
        assert_eq!(arena.bytes, bytes, "a text that is known takes nothing");
        assert_eq!(arena.find("another"), None);
    }

    #[test]
    fn no_more_memory_is_taken_than_was_said_and_every_row_is_kept_or_left_out() {
        for limit in [0, 100_000, 1_000_000, 5_000_000] {
            let mut kept = Kept::new(limit);
            for row in 0..50_000_u32 {
                let (to, subject) = (format!("user{row}@x.example"), format!("Order {row}"));
                kept.add((row, row), "erp@contoso.example", &particulars(&to, &subject));
            }
            assert!(kept.bytes() <= limit, "{} of {limit}", kept.bytes());
            assert_eq!(kept.len() as u64 + kept.left_out, 50_000);
            assert_eq!(kept.len() > 0, limit > 500_000);
            assert_eq!(kept.left_out == 0, limit == 5_000_000, "{limit}");
            for (row, known) in (0..).zip(kept.all()) {
                assert_eq!(kept.text(known.subject), format!("Order {row}"));
            }
        }
    }
}
