//! One side of a hop: what it is called, and from which address it came.

use crate::mail::lower;

/// One side of a hop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Host {
    /// Its name, lower case: that of its address where the receiving server
    /// looked it up, else as it called itself.
    pub(in super::super) name: String,
    pub(in super::super) ip: String,
    /// The receiving server found no name for the address.
    pub(in super::super) unknown: bool,
    /// It calls itself so.
    helo: String,
}

impl Host {
    /// Name and address, for people.
    pub(in super::super) fn shown(&self) -> Option<String> {
        match (self.name.is_empty(), self.ip.is_empty()) {
            (true, true) => None,
            (false, true) => Some(self.name.clone()),
            (true, false) => Some(format!("[{}]", self.ip)),
            (false, false) => Some(format!("{} [{}]", self.name, self.ip)),
        }
    }

    /// A word in the place of the name.
    pub(super) fn word(&mut self, word: &str) {
        let word = word.trim_matches(['"', ',']);
        if let Some(ip) = ip_of(word) {
            ip.clone_into(&mut self.ip);
        } else if word.eq_ignore_ascii_case("unknown") {
            self.unknown = true;
        } else {
            self.name = lower(word.trim_end_matches('.'));
        }
    }

    /// A comment behind it: `(name [address])`, `(address)`, `(HELO name)`,
    /// `([address]:port helo=name)`.
    pub(super) fn comment(&mut self, comment: &str) {
        let words = || comment.split([' ', '\t', ',']).filter(|word| !word.is_empty());
        let is_helo =
            |word: &str| word.eq_ignore_ascii_case("helo") || word.eq_ignore_ascii_case("ehlo");
        let of_host = |word: &str| ip_of(word).is_some() || is_helo(word) || word.contains("helo=");
        // Else it is a sentence.
        if !words().any(of_host) && (words().count() > 1 || !is_host_name(comment)) {
            return;
        }
        let mut calls_itself = false;
        for word in words() {
            if let Some((_, name)) = word.split_once("helo=") {
                self.helo = lower(name);
            } else if is_helo(word) {
                calls_itself = true;
            } else if let Some(ip) = ip_of(word) {
                if !std::mem::take(&mut calls_itself) {
                    ip.clone_into(&mut self.ip);
                }
            } else if std::mem::take(&mut calls_itself) {
                self.helo = lower(word);
            } else if word.eq_ignore_ascii_case("unknown") {
                self.unknown = true;
            } else if is_host_name(word) {
                if self.helo.is_empty() {
                    self.helo = std::mem::take(&mut self.name);
                }
                self.name = lower(word.trim_end_matches('.'));
            }
        }
    }

    pub(super) fn settle(&mut self) {
        if self.name.is_empty() {
            self.name = std::mem::take(&mut self.helo);
        }
    }
}

/// Whether a word is the name of a host in the domain name system.
pub(in super::super) fn is_host_name(word: &str) -> bool {
    let name = word.trim_end_matches('.');
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    name.contains('.')
        && name.bytes().all(is_of_name)
        && name.rsplit('.').next().is_some_and(|top| {
            top.len() > 1 && top.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
        })
}

/// The address in a word: `[192.0.2.1]:4227`, `[IPv6:2001:db8::1]`,
/// `fe80::1%14`.
fn ip_of(word: &str) -> Option<&str> {
    let word = match word.strip_prefix('[') {
        Some(inner) => inner.split(']').next()?,
        None => word,
    };
    let v6 = word.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("ipv6:"));
    let word = if v6 { word.get(5..)? } else { word };
    let address = word.split('%').next()?;
    let is_v6 = address.matches(':').count() >= 2
        && address.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'));
    let v4 = address.split(':').next()?;
    let is_v4 = v4.split('.').count() == 4
        && v4.split('.').all(|part| part.len() <= 3 && part.parse::<u8>().is_ok());
    if is_v6 { Some(address) } else { is_v4.then_some(v4) }
}

/// Whether an address is of a private network or the machine's own (RFC 1918,
/// 3927, 4193, 4291, 6598): both sides are in one network then.
pub(in super::super) fn is_private(ip: &str) -> bool {
    let ip =
        ip.get(..7).filter(|start| start.eq_ignore_ascii_case("::ffff:")).map_or(ip, |_| &ip[7..]);
    let mut parts = ip.split('.').map(|part| part.parse::<u8>().ok());
    if let (Some(Some(a)), Some(Some(b))) = (parts.next(), parts.next()) {
        return a == 10
            || a == 127
            || a == 0
            || a == 192 && b == 168
            || a == 172 && (16..32).contains(&b)
            || a == 169 && b == 254
            || a == 100 && (64..128).contains(&b);
    }
    let start = lower(ip.get(..2).unwrap_or_default());
    matches!(start.as_str(), "fc" | "fd") || ip == "::1" || lower(ip).starts_with("fe8")
}
