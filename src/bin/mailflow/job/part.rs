//! What some partitions of a job counted, as the bytes that go from step to
//! step.

use std::io::{self, Read};

use mailflow::mail::MessageKey;
use mailflow::tally::{DomainEvidence, Partial};
use serde::{Deserialize, Serialize};

/// What stands before all: other versions of the program may hold other things.
const MAGIC: &str = concat!("mailflow job 1 ", env!("CARGO_PKG_VERSION"), "\n");
/// No part is longer.
const LONGEST: u64 = 1 << 40;

/// What some partitions counted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Counted {
    /// Which partitions, in order.
    pub(super) partitions: Vec<u32>,
    /// The records of files' accounts.
    pub(super) accounts: Vec<String>,
    /// What the store knows.
    pub(super) store: Vec<u8>,
}

impl Counted {
    /// As bytes: what they are, a hash, and what they hold.
    pub(super) fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let body = postcard::to_allocvec(self).map_err(io::Error::other)?;
        let mut bytes = MAGIC.as_bytes().to_vec();
        bytes.extend_from_slice(&hash(&body));
        bytes.extend_from_slice(&body);
        Ok(bytes)
    }

    /// Reads such bytes.
    fn from_bytes(bytes: &[u8]) -> io::Result<Self> {
        let damaged = || io::Error::other("a part is damaged: run the job again");
        let Some(rest) = bytes.strip_prefix(MAGIC.as_bytes()) else {
            return Err(match bytes.strip_prefix(b"mailflow job ") {
                Some(rest) => {
                    let end = rest.iter().position(|&byte| byte == b'\n').unwrap_or(0);
                    let version = String::from_utf8_lossy(&rest[..end.min(40)]).into_owned();
                    io::Error::other(format!(
                        "a part is of another version of this program ({version}): run all steps \
                         of a job with one version"
                    ))
                }
                None => damaged(),
            });
        };
        let (own, body) = rest.split_at_checked(16).ok_or_else(damaged)?;
        if own != hash(body) {
            return Err(damaged());
        }
        postcard::from_bytes(body).map_err(|_| damaged())
    }

    /// What the store knows.
    pub(super) fn partial(&self) -> io::Result<Partial> {
        Partial::from_bytes(&self.store)
            .ok_or_else(|| io::Error::other("a part is damaged: run the job again"))
    }

    /// The next part of the input.
    pub(super) fn next(input: &mut impl Read) -> io::Result<Option<Self>> {
        next_frame(input)?.map(|bytes| Self::from_bytes(&bytes)).transpose()
    }

    /// Takes the partitions and accounts of another, which are not to be the
    /// same.
    pub(super) fn take(&mut self, other: Self) -> io::Result<()> {
        self.partitions.extend(other.partitions);
        self.partitions.sort_unstable();
        let mut pairs = self.partitions.iter().zip(self.partitions.iter().skip(1));
        if let Some((twice, _)) = pairs.find(|(one, next)| one == next) {
            return Err(io::Error::other(format!("partition {twice} is there twice")));
        }
        self.accounts.extend(other.accounts);
        Ok(())
    }
}

/// What must be known of all partitions before messages of any are settled.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Evidence {
    pub(super) domains: DomainEvidence,
    /// A log tells which messages were accepted.
    pub(super) acceptance: bool,
}

impl Evidence {
    pub(super) fn to_bytes(&self) -> io::Result<Vec<u8>> {
        postcard::to_allocvec(self).map_err(io::Error::other)
    }

    /// That of all partitions whose evidence is in the input.
    pub(super) fn of_all(input: &mut impl Read) -> io::Result<Self> {
        let mut all = Self::default();
        while let Some(bytes) = next_frame(input)? {
            let own: Self = postcard::from_bytes(&bytes)
                .map_err(|_| io::Error::other("evidence is damaged: run the job again"))?;
            all.domains.add(&own.domains);
            all.acceptance |= own.acceptance;
        }
        Ok(all)
    }
}

/// The next of those that stand behind each other, each behind its length in
/// eight bytes, the lowest first.
fn next_frame(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match input.read(&mut length[..1])? {
        0 => return Ok(None),
        _ => input.read_exact(&mut length[1..])?,
    }
    let length = u64::from_le_bytes(length);
    let mut bytes = Vec::new();
    input.take(length.min(LONGEST)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length {
        return Err(io::Error::other("a part is cut off: run the job again"));
    }
    Ok(Some(bytes))
}

fn hash(body: &[u8]) -> [u8; 16] {
    MessageKey::of_parts(&[b"job", body]).0.to_le_bytes()
}
