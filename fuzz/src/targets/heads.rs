//! Files that begin as one of a format does.

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
pub(super) fn headed(heads: &[&[u8]], bytes: &[u8]) -> Vec<u8> {
    let Some((choice, rest)) = bytes.split_first() else { return Vec::new() };
    let head = heads.get(usize::from(choice & 31)).map_or(&[][..], |text| head(text));
    [head, rest].concat()
}
