//! Looking into bytes.

use memchr::memchr;

/// Where `part` starts in `text`.
pub(crate) fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    let first = *part.first()?;
    let mut from = 0;
    loop {
        let at = from + memchr(first, text.get(from..)?)?;
        if text[at..].starts_with(part) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// Whether `part` is in `text`.
pub(crate) fn contains(text: &[u8], part: &[u8]) -> bool {
    find(text, part).is_some()
}

/// What stands behind `part`, where it is in `text`.
pub(crate) fn behind<'t>(text: &'t [u8], part: &[u8]) -> Option<&'t [u8]> {
    find(text, part).map(|at| &text[at + part.len()..])
}

/// `text` up to the first of `ends`, or all of it.
pub(crate) fn until<'t>(text: &'t [u8], ends: &[u8]) -> &'t [u8] {
    let end = match ends {
        [end] => memchr(*end, text),
        _ => text.iter().position(|byte| ends.contains(byte)),
    };
    &text[..end.unwrap_or(text.len())]
}

/// The number that `digits` start with; at most 18 of them.
pub(crate) fn number(digits: &[u8]) -> u64 {
    digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .take(18)
        .fold(0, |value, byte| value * 10 + u64::from(byte - b'0'))
}
