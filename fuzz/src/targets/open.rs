use super::any_file::{figures, read, same};
use super::packing::{gzip, zip};

/// Gzip, zip and encodings; what is packed is what it is unpacked.
pub fn open(bytes: &[u8]) {
    let plain = figures(&read(bytes)).0;
    // An archive in an archive is refused.
    if bytes.starts_with(b"PK") || bytes.starts_with(b"\x1f\x8b") || bytes.is_empty() {
        return;
    }
    for packed in [gzip(bytes), zip(&[("file", bytes)], false)] {
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
