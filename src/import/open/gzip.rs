//! Gzip (RFC 1952) as a stream: any number of members, and whatever follows
//! the last one is counted, not read.

use super::{Inflate, Inflated};

enum Part {
    Header,
    Body,
    /// Check sum and length, eight bytes.
    Trailer,
    /// Not gzip any more.
    Behind,
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
    crc: crc32fast::Hasher,
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
            crc: crc32fast::Hasher::new(),
            members: 0,
            damaged: false,
            trailing: 0,
        }
    }

    /// Whether `head` starts like gzip with DEFLATE.
    pub(crate) fn is_gzip(head: &[u8]) -> bool {
        head.starts_with(&[0x1f, 0x8b, 8])
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
                Part::Header => {
                    self.pending.extend_from_slice(input);
                    input = &[];
                    let pending = std::mem::take(&mut self.pending);
                    match header_length(&pending) {
                        HeaderLength::Bytes(length) => {
                            self.part = Part::Body;
                            self.inflate.reset();
                            self.crc = crc32fast::Hasher::new();
                            if !self.push(&pending[length..], sink) {
                                return false;
                            }
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
                        crc.update(plain);
                        sink(plain)
                    });
                    match outcome {
                        Inflated::More => return true,
                        Inflated::Stopped => return false,
                        Inflated::Damaged => {
                            self.damaged = true;
                            self.part = Part::Behind;
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
                        self.damaged |= u32::from_le_bytes(*sum) != self.crc.clone().finalize();
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
            Part::Behind => false,
        };
        GzipEnd { cut_off, damaged: self.damaged, trailing: self.trailing }
    }
}

enum HeaderLength {
    Bytes(usize),
    Incomplete,
    NotGzip,
}

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
