//! The SHA-256 of a file as it is (FIPS 180-4), by which an auditor knows it
//! again.

use std::cell::Cell;
use std::fmt::Write as _;
use std::rc::Rc;

use sha2::{Digest as _, Sha256};

use super::blob_source::BlobSource;
use super::reporter::PROGRESS_EVERY;
use super::{clock, post};
use crate::import::Source as _;
use crate::messages::Reply;

/// Bytes that are asked for at a time: the buffer of a stream.
const PIECE: usize = 1 << 20;

/// Reads all of `file`, piece by piece, and answers with its digest; ends
/// without an answer where `wanted` is another question.
pub(super) async fn hash(id: u32, mut file: BlobSource, wanted: Rc<Cell<u32>>) {
    let (size, mut at, mut told_at) = (file.size(), 0_u64, clock());
    let (mut hasher, mut piece) = (Sha256::new(), Vec::new());
    while at < size {
        if let Err(error) = file.read_on(at, PIECE, &mut piece).await {
            let digest = Some(Err(error.0));
            return post(&Reply::Hash { id, bytes: at, digest });
        }
        if wanted.get() != id {
            return;
        }
        if piece.is_empty() {
            // Shorter than it was: it has changed under way.
            let digest = Some(Err(String::new()));
            return post(&Reply::Hash { id, bytes: at, digest });
        }
        hasher.update(&piece);
        at += piece.len() as u64;
        if clock() - told_at >= PROGRESS_EVERY {
            told_at = clock();
            post(&Reply::Hash { id, bytes: at, digest: None });
        }
    }
    let mut digest = String::with_capacity(64);
    for byte in hasher.finalize() {
        // Writing to a `String` cannot fail.
        write!(digest, "{byte:02x}").unwrap_or_default();
    }
    post(&Reply::Hash { id, bytes: at, digest: Some(Ok(digest)) });
}
