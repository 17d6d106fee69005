//! Gzip (RFC 1952) as a stream: any number of members, and whatever follows
//! the last one is counted, not read.

use zlib_rs::crc32::crc32;

use super::{Inflate, Inflated};

enum Part {
    Header,
    Body,
    /// Check sum and length, eight bytes.
    Trailer,
    /// Not gzip any more.
    Behind,
    /// Behind damage: nothing is known of it.
    Lost,
}

/// How [`Gunzip::finish`] found the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GzipEnd {
    /// It ends inside a member.
    pub(crate) cut_off: bool,
    /// It is damaged: the rest was left out.
    pub(crate) damaged: bool,
    /// Bytes behind the last member.
    pub(crate) trailing: u64,
}

/// Unpacks gzip.
pub(crate) struct Gunzip {
    part: Part,
    pending: Vec<u8>,
    inflate: Inflate,
    /// The check sum of RFC 1952, of the member so far.
    crc: u32,
    members: u32,
    damaged: bool,
    trailing: u64,
}

impl Gunzip {
    /// A stream at its start.
    pub(crate) fn new() -> Self {
        Self {
            part: Part::Header,
            pending: Vec::new(),
            inflate: Inflate::new(),
            crc: 0,
            members: 0,
            damaged: false,
            trailing: 0,
        }
    }

    /// Whether `head` starts like gzip with DEFLATE.
    pub(crate) fn is_gzip(head: &[u8]) -> bool {
        head.starts_with(&[0x1f, 0x8b, 8])
    }

    /// When the file that starts with `head` was last written before it was
    /// packed, where the first member says so (RFC 1952, 2.3.1: `MTIME`).
    pub(crate) fn modified(head: &[u8]) -> Option<u32> {
        let time = head.get(4..)?.first_chunk().filter(|_| Self::is_gzip(head))?;
        Some(u32::from_le_bytes(*time)).filter(|seconds| *seconds > 0)
    }

    /// Unpacks `input`; `sink` gets the plain bytes and says whether to go on.
    /// Returns whether to go on.
    pub(crate) fn push(&mut self, mut input: &[u8], sink: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        while !input.is_empty() {
            match self.part {
                Part::Behind => {
                    self.trailing += input.len() as u64;
                    return true;
                }
                Part::Lost => return true,
                Part::Header => {
                    self.pending.extend_from_slice(input);
                    input = &[];
                    let pending = std::mem::take(&mut self.pending);
                    match header_length(&pending) {
                        HeaderLength::Bytes(length) => {
                            self.part = Part::Body;
                            self.inflate.reset();
                            self.crc = 0;
                            if !self.push(&pending[length..], sink) {
                                return false;
                            }
                        }
                        HeaderLength::Incomplete if pending.len() > LONGEST_HEADER => {
                            self.damaged = true;
                            self.part = Part::Lost;
                        }
                        HeaderLength::Incomplete => self.pending = pending,
                        HeaderLength::NotGzip => {
                            self.damaged |= self.members == 0;
                            self.part = Part::Behind;
                            self.trailing += pending.len() as u64;
                        }
                    }
                }
                Part::Body => {
                    let crc = &mut self.crc;
                    let outcome = self.inflate.push(input, &mut |plain| {
                        *crc = crc32(*crc, plain);
                        sink(plain)
                    });
                    match outcome {
                        Inflated::More => return true,
                        Inflated::Stopped => return false,
                        Inflated::Damaged => {
                            self.damaged = true;
                            self.part = Part::Lost;
                            return true;
                        }
                        Inflated::End(used) => {
                            input = &input[used..];
                            self.part = Part::Trailer;
                        }
                    }
                }
                Part::Trailer => {
                    let wanted = 8 - self.pending.len();
                    let taken = wanted.min(input.len());
                    self.pending.extend_from_slice(&input[..taken]);
                    input = &input[taken..];
                    if let Some(sum) = self.pending.first_chunk::<4>().filter(|_| taken == wanted) {
                        self.damaged |= u32::from_le_bytes(*sum) != self.crc;
                        self.pending.clear();
                        self.members += 1;
                        self.part = Part::Header;
                    }
                }
            }
        }
        true
    }

    /// Ends the stream.
    pub(crate) fn finish(mut self) -> GzipEnd {
        let cut_off = match self.part {
            // Too short for a header: the start of one, or trailing bytes.
            Part::Header if self.members > 0 => {
                self.trailing += self.pending.len() as u64;
                false
            }
            Part::Header | Part::Body | Part::Trailer => true,
            Part::Behind | Part::Lost => false,
        };
        GzipEnd { cut_off, damaged: self.damaged, trailing: self.trailing }
    }
}

enum HeaderLength {
    Bytes(usize),
    Incomplete,
    NotGzip,
}

/// A header longer than this is a trick: it holds a name and a comment.
const LONGEST_HEADER: usize = 256 << 10;

/// Length of the member header that `bytes` start with (RFC 1952, 2.3).
fn header_length(bytes: &[u8]) -> HeaderLength {
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    const HEADER_CRC: u8 = 2;
    const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];
    if bytes.iter().zip(MAGIC).any(|(byte, magic)| *byte != magic) {
        return HeaderLength::NotGzip;
    }
    let Some(flags) = bytes.get(3) else { return HeaderLength::Incomplete };
    let mut at = 10;
    if flags & EXTRA != 0 {
        let Some(size) = bytes.get(at..at + 2) else { return HeaderLength::Incomplete };
        at += 2 + usize::from(u16::from_le_bytes([size[0], size[1]]));
    }
    for flag in [NAME, COMMENT] {
        if flags & flag != 0 {
            let Some(rest) = bytes.get(at..) else { return HeaderLength::Incomplete };
            match rest.iter().position(|&byte| byte == 0) {
                Some(end) => at += end + 1,
                None => return HeaderLength::Incomplete,
            }
        }
    }
    if flags & HEADER_CRC != 0 {
        at += 2;
    }
    if bytes.len() < at { HeaderLength::Incomplete } else { HeaderLength::Bytes(at) }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;

    use super::*;

    /// Unpacks `bytes` in pieces of these sizes, the rest in one.
    fn unpack(bytes: &[u8], cuts: &[usize]) -> (Vec<u8>, GzipEnd) {
        let mut plain = Vec::new();
        let mut take = |piece: &[u8]| {
            plain.extend_from_slice(piece);
            true
        };
        let mut gunzip = Gunzip::new();
        let mut rest = bytes;
        for cut in cuts {
            let (piece, tail) = rest.split_at((*cut).min(rest.len()));
            assert!(gunzip.push(piece, &mut take));
            rest = tail;
        }
        assert!(gunzip.push(rest, &mut take));
        let end = gunzip.finish();
        (plain, end)
    }

    fn pack(plain: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(plain).unwrap();
        writer.finish().unwrap()
    }

    fn cuts() -> impl Strategy<Value = Vec<usize>> {
        prop::collection::vec(0_usize..40, 0..12)
    }

    const WHOLE: GzipEnd = GzipEnd { cut_off: false, damaged: false, trailing: 0 };

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn members_give_what_was_packed_in_any_pieces(
            members in prop::collection::vec("[ab\n]{0,120}", 1..4), cuts in cuts(),
        ) {
            let packed: Vec<u8> = members.iter().flat_map(|plain| pack(plain.as_bytes())).collect();
            prop_assert_eq!(unpack(&packed, &cuts), (members.concat().into_bytes(), WHOLE));
        }

        #[test]
        fn damage_is_found_in_any_pieces(
            plain in "[ab\n]{0,200}",
            flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
            junk in prop::collection::vec(any::<u8>(), 0..12),
            cuts in cuts(),
        ) {
            let mut packed = [pack(plain.as_bytes()), pack(b"tail"), junk].concat();
            for (at, byte) in flips {
                let at = at.index(packed.len());
                packed[at] = byte;
            }
            let (whole, whole_end) = unpack(&packed, &[]);
            let (pieces, pieces_end) = unpack(&packed, &cuts);
            prop_assert_eq!(whole_end, pieces_end);
            // How much comes out before the damage is the unpacker's choice.
            let shorter = whole.len().min(pieces.len());
            prop_assert_eq!(&whole[..shorter], &pieces[..shorter]);
            prop_assert!(whole_end.damaged || whole == pieces);
        }

        #[test]
        fn a_cut_off_stream_is_known_as_such(plain in "[a-z]{1,200}", at in any::<prop::sample::Index>()) {
            let packed = pack(plain.as_bytes());
            let at = at.index(packed.len());
            let (start, end) = unpack(&packed[..at], &[]);
            prop_assert!(plain.as_bytes().starts_with(&start));
            prop_assert!(end.cut_off && !end.damaged);
        }
    }

    #[test]
    fn a_wrong_check_sum_is_damage() {
        let mut packed = pack(b"some text");
        let at = packed.len() - 8;
        packed[at] ^= 1;
        assert_eq!(unpack(&packed, &[]), (b"some text".into(), GzipEnd { damaged: true, ..WHOLE }));
    }

    #[test]
    fn what_follows_damage_does_not_follow_a_member() {
        let mut packed = pack(b"text");
        // A block of the type that does not exist.
        packed[10] = 0xff;
        let damaged = GzipEnd { damaged: true, ..WHOLE };
        assert_eq!(unpack(&packed, &[12]), (Vec::new(), damaged));
        assert_eq!(unpack(&packed, &[]), (Vec::new(), damaged));
    }

    #[test]
    fn what_follows_the_last_member_is_counted_not_read() {
        for junk in [&b"\0\0\0\0"[..], b"x", b"\x1f", b"\x1f\x8b", b"PK\x03\x04"] {
            let packed = [&pack(b"text"), junk].concat();
            let trailing = junk.len() as u64;
            assert_eq!(unpack(&packed, &[]), (b"text".into(), GzipEnd { trailing, ..WHOLE }));
        }
    }

    #[test]
    fn a_header_that_never_ends_is_damage_and_does_not_fill_the_memory() {
        let mut gunzip = Gunzip::new();
        let mut nothing = |_: &[u8]| true;
        // A name without an end.
        gunzip.push(b"\x1f\x8b\x08\x08\0\0\0\0\0\x03", &mut nothing);
        let name = vec![b'x'; 64 << 10];
        for _ in 0..100 {
            gunzip.push(&name, &mut nothing);
            assert!(gunzip.pending.len() <= LONGEST_HEADER);
        }
        assert!(gunzip.finish().damaged);
    }
}
