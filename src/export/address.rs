//! Recipients as a person types them.

use crate::mail::is_unseen;

/// Octets of an address (RFC 5321 4.5.3.1.3, less the angle brackets).
const LONGEST: usize = 254;
/// Octets before the at sign (RFC 5321 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;
/// Signs of one part of a domain (RFC 1035 2.3.4).
const LONGEST_LABEL: usize = 63;

/// The address of one recipient, safe to stand in a header as it is: only
/// [`address`] and [`addresses`] make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `text` if it is one address: `local@domain` with a dot-atom on the left
/// and a domain name on the right (RFC 5321 4.1.2), both of any script (RFC
/// 6531).
///
/// `None` for everything else: display names, quotes, angle brackets, quoted
/// local parts, addresses in brackets (`a@[192.0.2.1]`), blanks, controls,
/// signs that are not seen or change the direction of writing, full-width
/// signs. A domain of one part (`a@intranet`) is an address.
pub fn address(text: &str) -> Option<Address> {
    let (local, domain) = text.split_once('@')?;
    let fits = text.len() <= LONGEST && local.len() <= LONGEST_LOCAL;
    // Lenient readers decode an encoded word (RFC 2047) even here, and get
    // another address.
    let plain = !local.contains("=?");
    let valid = fits && plain && local.split('.').all(is_atom) && domain.split('.').all(is_label);
    valid.then(|| Address(text.to_owned()))
}

/// The addresses of a field, separated by `;`, `,`, blanks or line breaks.
/// Those that differ only in upper and lower case count once.
///
/// # Errors
///
/// The first part that is no address.
pub fn addresses(text: &str) -> Result<Vec<Address>, String> {
    let mut found: Vec<Address> = Vec::new();
    let parts = text.split(|c: char| matches!(c, ';' | ',') || c.is_whitespace());
    for part in parts.filter(|part| !part.is_empty()) {
        let address = address(part).ok_or_else(|| part.to_owned())?;
        if !found.iter().any(|other| other.0.eq_ignore_ascii_case(&address.0)) {
            found.push(address);
        }
    }
    Ok(found)
}

/// A part of a local part between dots (RFC 5322 3.2.3, "atext").
fn is_atom(atom: &str) -> bool {
    !atom.is_empty()
        && atom
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || is_letter(c))
}

/// A part of a domain between dots (RFC 1035 2.3.1, RFC 5890 2.3.2.3).
fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.chars().count() <= LONGEST_LABEL
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || is_letter(c))
}

/// A sign beyond ASCII that may stand in an address. A list of what may not,
/// because a list of all letters is large.
fn is_letter(c: char) -> bool {
    !(c.is_ascii()
        || c.is_control()
        || c.is_whitespace()
        || is_unseen(c)
        || is_nobodys(c)
        || is_look_alike(c))
}

/// Signs without a meaning of their own: private ones, placeholders, none.
fn is_nobodys(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffc}'..='\u{ffff}' | '\u{e1000}'..)
}

/// Signs that other programs read as ASCII ones, the dot of a domain first.
fn is_look_alike(c: char) -> bool {
    matches!(c, '\u{2024}' | '\u{3001}'..='\u{3002}' | '\u{fe50}'..='\u{fe6b}' | '\u{ff00}'..='\u{ff65}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_any_script_are_taken() {
        for text in [
            "anna@example.org",
            "a.b+c/d=e@mail.example.org",
            "o'brien@example.org",
            "anna@intranet",
            "xn--a@xn--bcher-kva.example",
            "홍길동@예시.한국",
            "अजय@डाटा.भारत",
            "用户@例子.广告",
            "משה@דוגמה.ישראל",
        ] {
            assert_eq!(address(text).as_ref().map(Address::as_str), Some(text), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "a",
            "@",
            "a@",
            "@b",
            "a@@b",
            "a@b@c",
            "a@b, c",
            "a@b,c@d",
            "a@b;c@d",
            "a b@c",
            "a@b c",
            " a@b",
            "a@b ",
            "<a@b>",
            "Anna <a@b>",
            "\"a\"@b",
            "a@[192.0.2.1]",
            "a(x)@b",
            "a\\b@c",
            "a:b@c",
            ".a@b",
            "a.@b",
            "a..b@c",
            "a@b.",
            "a@.b",
            "a@b..c",
            "a@-b",
            "a@b-",
            "a@b_c",
            "a@b\r\nBcc: c@d",
            "a\r\n@b",
            "a\0@b",
            "a\u{7f}@b",
            "a\u{85}@b",
            "a\u{202e}@b",
            "a@b\u{200b}.c",
            "a@b\u{200f}",
            "a\u{feff}@b",
            "a\u{3164}@b",
            "a\u{ad}@b",
            "a\u{a0}@b",
            "a\u{3000}@b",
            "a＠b",
            "a@b。c",
            "a@b．c",
            "=?utf-8?q?x=40y=2C?=@b",
        ] {
            assert_eq!(address(text), None, "{text:?}");
        }
    }

    #[test]
    fn lengths_have_limits() {
        let local = "a".repeat(64);
        let domain = format!("{}.{}.{}", "b".repeat(63), "c".repeat(63), "d".repeat(61));
        let longest = format!("{local}@{domain}");
        assert_eq!(longest.len(), 254);
        assert!(address(&longest).is_some());
        assert_eq!(address(&format!("{longest}d")), None);
        assert_eq!(address(&format!("{local}a@b")), None);
        assert_eq!(address(&format!("a@{}", "b".repeat(64))), None);
    }

    #[test]
    fn a_field_is_split_and_freed_of_doubles() {
        let found = addresses(" a@b.org; c@d.org,e@f.org\r\n\ta@b.org A@B.org;;\u{3000}g@h ");
        let texts: Vec<_> = found.unwrap().into_iter().map(|address| address.0).collect();
        assert_eq!(texts, ["a@b.org", "c@d.org", "e@f.org", "g@h"]);
        assert_eq!(addresses(" ;, \n"), Ok(Vec::new()));
    }

    #[test]
    fn the_first_bad_part_is_named() {
        assert_eq!(addresses("a@b; c, d@@e"), Err("c".to_owned()));
        assert_eq!(addresses("Anna <a@b>"), Err("Anna".to_owned()));
    }
}
