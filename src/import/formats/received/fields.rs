//! What stands in the fields of a header: lists of addresses, a Message-ID.

use crate::import::formats::row::domain_of;

/// The text with one blank for each row of them, however it was folded.
pub(super) fn squeezed(text: &[u8]) -> Vec<u8> {
    let words = text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let mut out = Vec::with_capacity(text.len());
    for word in words {
        if !out.is_empty() {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
    out
}

/// Adds another list of addresses.
pub(super) fn add(list: &mut Vec<u8>, value: &[u8]) {
    if list.len() < 64 << 10 {
        list.extend_from_slice(value);
        list.push(b',');
    }
}

/// A Message-ID without its angle brackets, and without what stands around it.
pub(super) fn message_id(value: &[u8]) -> &[u8] {
    let start = value.iter().position(|&byte| byte == b'<').map_or(0, |at| at + 1);
    let id = &value[start..];
    let end = id.iter().position(|&byte| byte == b'>').unwrap_or(id.len());
    id[..end].trim_ascii()
}

/// The addresses in a list (RFC 5322, 3.4), in lower case as the text is;
/// names and quoted text are no addresses.
pub(super) fn addresses(list: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut quoted = false;
    for sign in list.chars() {
        quoted ^= sign == '"';
        if !quoted {
            plain.push(sign);
        }
    }
    let address = |part: &str| {
        let inner = part.rsplit_once('<').map_or(part, |(_, inner)| inner);
        let inner = inner.split('>').next().unwrap_or_default();
        let word = inner.split_whitespace().find(|word| word.contains('@'))?;
        // `Team: a@x, b@y;`
        let word = word.trim_matches([';', ',', '(', ')', '"']);
        Some(word.rsplit(':').next().unwrap_or(word).to_owned())
    };
    let is_address = |address: &String| domain_of(address).is_some_and(|domain| domain.len() < 256);
    plain.split(',').filter_map(address).filter(is_address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_a_list() {
        for (list, found) in [
            ("a@x.example", &["a@x.example"][..]),
            ("\"spoof@other.example\" <a@x.example>, b@y.example", &["a@x.example", "b@y.example"]),
            ("team: a@x.example, b <b@y.example>;", &["a@x.example", "b@y.example"]),
            ("<>", &[]),
            ("undisclosed-recipients:;", &[]),
            ("=?utf-8?q?a=2c_b?= <a@x.example>", &["a@x.example"]),
        ] {
            assert_eq!(addresses(list), found, "{list}");
        }
    }
}
