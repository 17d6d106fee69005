use mailflow::import::claims;

use super::any_file::read;

/// What a file is taken for. Damaged headers may be claimed by several, of
/// which the first reads it.
pub fn recognise(bytes: &[u8]) {
    for whole in [true, false] {
        claims(bytes, whole);
    }
    read(bytes);
}
