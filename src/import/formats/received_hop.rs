//! One `Received` header field: who got the mail from whom, how, and when
//! (RFC 5321, 4.4, and what servers really write: `formats.md` E2).
//!
//! Where TLS is, by server:
//!
//! | form | who writes it |
//! |---|---|
//! | `(version=TLS1_2, cipher=…)`, `(version=TLSv1.3 cipher=… bits=256 verify=NO)` | Exchange, Google, sendmail, Proofpoint, Mimecast, old Haraka |
//! | `(using TLSv1.3 with cipher … (256/256 bits) …)` | Postfix (`smtpd_tls_received_header`), Stalwart, message labs |
//! | `(TLS1.2:ECDHE…:256)`, `(TLS1.3) tls TLS_AES_…` | Exim before and since 4.94, `OpenSMTPD` |
//! | `tls TLS_AES_…` | Haraka |
//! | `(TLS: TLSv1.2,256bits,…)`, `(AUTH: LOGIN who, TLS: …)` | Courier |
//! | `Microsoft SMTP Server (TLS)` | Exchange 2016 and older: no version |
//! | `with ESMTP/TLS/AES128-GCM-SHA256` | Cisco ESA: no version |
//! | `with ESMTP with STARTTLS` | Mimecast |
//! | `over TLS secured channel`, `(… encrypted)`, `(Google Transport Security)` | Hotmail, qmail with patches, Google: no version |
//! | `ESMTPS`, `ESMTPSA`, … | RFC 3848: no version |
//!
//! `TLSv1/SSLv3` is a family of cipher suites, never TLS 1.0. A protocol
//! without `S` means "no TLS" only where [`is_silent_without_tls`] says so.

use crate::account::{LeftOut, Unreadable};
use crate::mail::{AuthMethod, TlsState, lower};

use super::row::Notes;

/// What one field says.
#[derive(Clone, Debug, Default)]
pub(super) struct HopLine {
    pub(super) from: Host,
    pub(super) by: Host,
    /// As written, without TLS.
    pub(super) protocol: String,
    pub(super) tls: Option<TlsState>,
    pub(super) cipher: Option<String>,
    /// The client signed in with SMTP AUTH.
    pub(super) signed_in: bool,
    /// As whom, lower case.
    pub(super) account: Option<String>,
    pub(super) method: AuthMethod,
    /// It came over SMTP.
    pub(super) smtp: bool,
    /// Address of the only recipient, lower case.
    pub(super) recipient: Option<String>,
    /// What stands behind the last semicolon, comments left out.
    time: Vec<String>,
    /// There is anything beside the time.
    pub(super) tells: bool,
}

/// One side of a hop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Host {
    /// Its name, lower case: that of its address where the receiving server
    /// looked it up, else as it called itself.
    pub(super) name: String,
    pub(super) ip: String,
    /// The receiving server found no name for the address.
    pub(super) unknown: bool,
    /// It calls itself so.
    helo: String,
}

impl Host {
    /// Name and address, for people.
    pub(super) fn shown(&self) -> Option<String> {
        match (self.name.is_empty(), self.ip.is_empty()) {
            (true, true) => None,
            (false, true) => Some(self.name.clone()),
            (true, false) => Some(format!("[{}]", self.ip)),
            (false, false) => Some(format!("{} [{}]", self.name, self.ip)),
        }
    }

    /// A word in the place of the name.
    fn word(&mut self, word: &str) {
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
    fn comment(&mut self, comment: &str) {
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

    fn settle(&mut self) {
        if self.name.is_empty() {
            self.name = std::mem::take(&mut self.helo);
        }
    }
}

/// Whether a word is the name of a host in the domain name system.
pub(super) fn is_host_name(word: &str) -> bool {
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
pub(super) fn is_private(ip: &str) -> bool {
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

/// A word, a comment without its parentheses, or a semicolon.
#[derive(Clone, Copy, Debug)]
enum Token<'a> {
    Word(&'a str),
    Comment(&'a str),
    Semicolon,
}

/// The words and comments of a field. Comments may hold comments and quoted
/// signs (RFC 5322, 3.2.2); one that is never closed goes on to the next
/// semicolon.
fn tokens(text: &str) -> Vec<Token<'_>> {
    /// Looking for the end of so many comments is enough.
    const MOST_UNCLOSED: u32 = 32;
    let mut found = Vec::new();
    let mut unclosed = 0;
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return found };
        match first {
            ';' => {
                found.push(Token::Semicolon);
                rest = &rest[1..];
            }
            '(' => {
                let inner = &rest[1..];
                let closed = if unclosed < MOST_UNCLOSED { comment_end(inner) } else { None };
                unclosed += u32::from(closed.is_none());
                let end = closed.or_else(|| inner.find([';', ')'])).unwrap_or(inner.len());
                found.push(Token::Comment(inner[..end].trim()));
                rest = &inner[end..];
                rest = rest.strip_prefix(')').unwrap_or(rest);
            }
            '"' => {
                let end = rest[1..].find('"').map_or(rest.len(), |at| at + 2);
                found.push(Token::Word(&rest[..end]));
                rest = &rest[end..];
            }
            _ => {
                let stops = |sign: char| sign.is_whitespace() || matches!(sign, ';' | '(');
                let end = rest.find(stops).unwrap_or(rest.len());
                found.push(Token::Word(&rest[..end]));
                rest = &rest[end..];
            }
        }
    }
}

fn comment_end(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    let mut quoted = false;
    for (at, sign) in text.char_indices() {
        match sign {
            _ if std::mem::take(&mut quoted) => {}
            '\\' => quoted = true,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The clauses of RFC 5321.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clause {
    None,
    From,
    By,
    Via,
    With,
    Id,
    For,
}

fn clause_of(word: &str) -> Option<Clause> {
    const NAMES: [(&str, Clause); 6] = [
        ("from", Clause::From),
        ("by", Clause::By),
        ("via", Clause::Via),
        ("with", Clause::With),
        ("id", Clause::Id),
        ("for", Clause::For),
    ];
    NAMES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, clause)| *clause)
}

impl HopLine {
    pub(super) fn read(text: &str) -> Self {
        let tokens = tokens(text);
        let end = tokens.iter().rposition(|token| matches!(token, Token::Semicolon));
        let (clauses, behind) = tokens.split_at(end.unwrap_or(tokens.len()));
        let mut hop = Self::default();
        for token in behind {
            if let Token::Word(word) = token {
                hop.time.push((*word).to_owned());
            }
        }
        let mut reader = Reader { hop, clause: Clause::None, filled: true, cipher_next: false };
        let mut mark = String::new();
        for token in clauses {
            match token {
                Token::Word(word) => reader.word(word),
                Token::Comment(comment) => {
                    reader.comment(comment);
                    if reader.clause != Clause::From && mark.is_empty() {
                        mark = server_mark(comment);
                    }
                }
                Token::Semicolon => {}
            }
        }
        let mut hop = reader.hop;
        hop.tells = !clauses.is_empty() && {
            let said = !hop.by.name.is_empty() || !hop.by.ip.is_empty();
            let comment = |token: &Token<'_>| matches!(token, Token::Comment(_));
            said || !hop.from.name.is_empty() || clauses.iter().any(comment)
        };
        hop.from.settle();
        hop.by.settle();
        hop.settle_protocol(&mark);
        hop
    }

    /// What the protocol says of TLS and sign-in, and its silence.
    fn settle_protocol(&mut self, mark: &str) {
        let word = self.protocol.split(' ').next().unwrap_or_default();
        let (base, tls, signed_in) = protocol(word);
        // Where none is named, an address speaks for it.
        let unnamed = self.protocol.is_empty() && !self.from.ip.is_empty();
        self.smtp = unnamed || self.protocol.contains("SMTP") || base == "SMTP";
        self.signed_in |= signed_in && base == "SMTP";
        if tls && !self.tls.is_some_and(TlsState::is_definite) {
            self.tls = Some(TlsState::VersionNotStated);
        }
        let from_client = !self.from.ip.is_empty();
        if self.tls.is_none() && from_client && is_silent_without_tls(mark, &self.by.name, word) {
            self.tls = Some(TlsState::NoTls);
        }
    }

    /// Seconds since 1970 of what stands behind the last semicolon.
    pub(super) fn seconds(&self, notes: &mut Notes) -> Result<u32, LeftOut> {
        let bad = LeftOut::Unreadable(Unreadable::BadTime);
        let mut words = self.time.iter().map(|word| word.trim_end_matches(',')).peekable();
        // The day of the week says nothing new.
        words.next_if(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()));
        let mut time = String::new();
        for word in words.by_ref().take(4) {
            time.push_str(word);
            time.push(' ');
            if word.contains(':') {
                break;
            }
        }
        if !time.contains(':') {
            return Err(bad);
        }
        let zone = words.next().unwrap_or_default();
        // `GMT+0200`; an unknown name is as if none (RFC 5322, 4.3).
        let numeric = zone.find(['+', '-']).and_then(|at| zone.get(at..));
        let named = || format!("{time}{zone}");
        match numeric {
            Some(zone) => notes.seconds(format!("{time}{zone}").as_bytes()),
            None if zone.is_empty() => notes.local_seconds(time.trim_end().as_bytes()),
            None => notes
                .seconds(named().as_bytes())
                .or_else(|_| notes.seconds(time.trim_end().as_bytes())),
        }
    }
}

struct Reader {
    hop: HopLine,
    clause: Clause,
    /// The clause has its value.
    filled: bool,
    /// The next word is a cipher suite.
    cipher_next: bool,
}

impl Reader {
    fn word(&mut self, word: &str) {
        if std::mem::take(&mut self.cipher_next) && word.contains(['_', '-']) {
            self.hop.cipher.get_or_insert_with(|| word.to_owned());
            self.see(TlsState::VersionNotStated);
            return;
        }
        if word.contains('=') && self.setting(word) {
            return;
        }
        if word == "STARTTLS" || word == "tls" || word == "TLS" {
            // Exim and Haraka: `tls TLS_AES_256_GCM_SHA384`.
            self.cipher_next = word == "tls";
            self.see(TlsState::VersionNotStated);
            return;
        }
        if let Some(clause) = clause_of(word).filter(|_| self.filled) {
            // `with ESMTP with STARTTLS`.
            (self.clause, self.filled) = (clause, false);
            return;
        }
        match self.clause {
            Clause::From if !self.filled => self.hop.from.word(word),
            Clause::By if !self.filled => self.hop.by.word(word),
            Clause::With => self.with(word),
            Clause::For if word.contains('@') => {
                let address = lower(word.trim_matches(['<', '>', ',']));
                self.hop.recipient.get_or_insert(address);
            }
            _ => {}
        }
        self.filled = true;
    }

    fn with(&mut self, word: &str) {
        let mut word = word;
        if word == "encrypted" {
            // `AES128-SHA encrypted SMTP`.
            let cipher = std::mem::take(&mut self.hop.protocol);
            self.hop.cipher.get_or_insert(cipher);
            self.see(TlsState::VersionNotStated);
            return;
        }
        // `ESMTP/TLS/AES128-GCM-SHA256`.
        if let Some((protocol, rest)) = word.split_once('/') {
            if let Some(cipher) = rest.strip_prefix("TLS/").or_else(|| rest.strip_prefix("SSL/")) {
                self.hop.cipher.get_or_insert_with(|| cipher.to_owned());
                self.see(TlsState::VersionNotStated);
            }
            word = protocol;
        }
        if !self.hop.protocol.is_empty() {
            self.hop.protocol.push(' ');
        }
        self.hop.protocol.push_str(word);
    }

    fn comment(&mut self, comment: &str) {
        if self.clause == Clause::From {
            self.hop.from.comment(comment);
        } else if self.clause == Clause::By {
            self.hop.by.comment(comment);
        }
        self.sign_in(comment);
        for word in comment.split([' ', ',', '\t']) {
            self.setting(word);
        }
        let starts = |with: &str| {
            comment.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
        };
        if let Some(rest) = comment.strip_prefix("using ") {
            // `using TLSv1.3 with cipher TLS_AES_128_GCM_SHA256 (128/128 bits)`.
            let mut words = rest.split(' ');
            self.version(words.next().unwrap_or_default());
            if let Some((_, cipher)) = rest.split_once("cipher ") {
                self.cipher(cipher.split(' ').next().unwrap_or_default());
            }
        } else if let Some(at) = comment.find("TLS: ").or_else(|| comment.find("SSL: ")) {
            // `TLS: TLSv1.2,256bits,ECDHE-RSA-AES256-GCM-SHA384`.
            let mut parts = comment[at + 5..].split(',');
            self.version(parts.next().unwrap_or_default());
            self.cipher(parts.nth(1).unwrap_or_default());
        } else if let Some(cipher) = comment.strip_suffix(" encrypted") {
            self.cipher(cipher.rsplit(' ').next().unwrap_or_default());
            self.see(TlsState::VersionNotStated);
        } else if comment == "TLS" || comment == "Google Transport Security" {
            self.see(TlsState::VersionNotStated);
        } else if (starts("TLS") || starts("SSL")) && !comment.contains(' ') {
            // `TLS1.2:ECDHE-RSA-AES256-GCM-SHA384:256`.
            let mut parts = comment.split(':');
            self.version(parts.next().unwrap_or_default());
            self.cipher(parts.next().unwrap_or_default());
        }
    }

    /// `version=TLS1_2,`, `cipher=…` and the like; whether the word is one.
    fn setting(&mut self, word: &str) -> bool {
        let Some((name, value)) = word.split_once('=') else { return false };
        match name.trim_start_matches('(') {
            "version" => self.version(value),
            "cipher" => self.cipher(value),
            // OpenSMTPD: `auth=yes user=who`.
            "auth" => self.hop.signed_in |= value.eq_ignore_ascii_case("yes"),
            "user" => self.account(value),
            // sendmail: `(user=who author=… mech=PLAIN)`.
            "mech" => self.mechanism(value),
            _ => return false,
        }
        true
    }

    /// How a client signed in, as servers write it.
    fn sign_in(&mut self, comment: &str) {
        const SAID: [&str; 4] =
            ["Authenticated sender: ", "authenticated as ", "Authenticated user: ", "account "];
        if let Some(account) = SAID.iter().find_map(|said| comment.strip_prefix(said)) {
            self.account(account.split([' ', ',']).next().unwrap_or_default());
        } else if let Some(rest) = comment.strip_prefix("AUTH: ") {
            // Courier: `AUTH: LOGIN who, TLS: …`.
            let mut words = rest.split([' ', ',']);
            self.mechanism(words.next().unwrap_or_default());
            self.account(words.next().unwrap_or_default());
        } else if comment == "authenticated" || comment.starts_with("authenticated bits=") {
            self.hop.signed_in = true;
        }
    }

    fn account(&mut self, account: &str) {
        let account = account.trim_matches(['<', '>', '"']);
        self.hop.signed_in = true;
        if !account.is_empty() {
            self.hop.account.get_or_insert_with(|| lower(account));
        }
    }

    fn mechanism(&mut self, mechanism: &str) {
        self.hop.signed_in = true;
        let is = |name: &&str| mechanism.eq_ignore_ascii_case(name);
        if ["PLAIN", "LOGIN", "CRAM-MD5"].iter().any(is) {
            self.hop.method = AuthMethod::Basic;
        } else if ["XOAUTH2", "OAUTHBEARER"].iter().any(is) {
            self.hop.method = AuthMethod::Modern;
        }
    }

    fn version(&mut self, word: &str) {
        let word = word.trim_matches([',', ')', '(']);
        let word = word.strip_prefix("3D").unwrap_or(word);
        let state = match TlsState::parse_version(word.as_bytes()) {
            Some(state) => state,
            None if word.eq_ignore_ascii_case("none") => TlsState::NoTls,
            None if word.get(..3).is_some_and(|start| {
                start.eq_ignore_ascii_case("TLS") || start.eq_ignore_ascii_case("SSL")
            }) =>
            {
                TlsState::VersionNotStated
            }
            None => return,
        };
        self.see(state);
    }

    fn cipher(&mut self, word: &str) {
        let word = word.trim_matches([',', ')', '(']);
        let word = word.strip_prefix("3D").unwrap_or(word);
        if !word.is_empty() && !word.eq_ignore_ascii_case("none") {
            self.hop.cipher.get_or_insert_with(|| word.to_owned());
            self.see(TlsState::VersionNotStated);
        }
    }

    /// A version replaces "some TLS"; of two the first stands.
    fn see(&mut self, state: TlsState) {
        if !self.hop.tls.is_some_and(TlsState::is_definite)
            && (self.hop.tls.is_none() || state.is_definite())
        {
            self.hop.tls = Some(state);
        }
    }
}

/// The family of a protocol (`SMTP`, `LMTP`, or nothing), and whether it says
/// TLS and SMTP AUTH: RFC 3848 and 6531; Exim's `ssmtp` and `essmtp` are TLS
/// from the first byte (its `smtp_in.c`).
fn protocol(word: &str) -> (&'static str, bool, bool) {
    let word = word.to_ascii_uppercase();
    let word = word.strip_prefix("UTF8").unwrap_or(&word);
    let word = word.strip_prefix("LOCAL-").unwrap_or(word);
    for (start, family, tls) in [
        ("ESSMTP", "SMTP", true),
        ("SSMTP", "SMTP", true),
        ("ESMTP", "SMTP", false),
        ("ASMTP", "SMTP", false),
        ("SMTP", "SMTP", false),
        ("LMTP", "LMTP", false),
    ] {
        if let Some(marks) = word.strip_prefix(start) {
            return match marks {
                "" => (family, tls, start == "ASMTP"),
                "S" => (family, true, start == "ASMTP"),
                "A" => (family, tls, true),
                "SA" => (family, true, true),
                _ => ("", false, false),
            };
        }
    }
    ("", word == "HTTPS", false)
}

/// What a comment says of the server's software; empty for none that matters.
fn server_mark(comment: &str) -> String {
    let known = ["Postfix", "Exim ", "Haraka", "OpenSMTPD"];
    if known.iter().any(|mark| comment.starts_with(mark)) {
        return comment.to_owned();
    }
    // sendmail writes its version and that of its configuration.
    let of_sendmail = comment.split_once('/').is_some_and(|(version, _)| {
        let mut numbers = version.split('.').map(|number| number.parse::<u32>().ok());
        let (first, second) = (numbers.next().flatten(), numbers.next().flatten());
        first == Some(8) && second.is_some_and(|second| second >= 11) && numbers.count() == 1
    });
    if of_sendmail { "sendmail".to_owned() } else { String::new() }
}

/// Whether a server that writes neither `S` nor a comment on TLS has received
/// the mail without TLS. When in doubt it has not:
///
/// | server | silence | why |
/// |---|---|---|
/// | Postfix | `ESMTP`, `ESMTPA`: no TLS | adds `S` whenever TLS is on, with or without `smtpd_tls_received_header` (its `smtpd.c`), but only to `ESMTP`: `SMTP` stays open |
/// | Exim | `smtp`, `esmtp`, `esmtpa`: no TLS | its names of protocols have an `s` for TLS (its `smtp_in.c`) |
/// | sendmail 8.11 and later | no TLS | the header that comes with it has `(version=…)` whenever `${tls_version}` has a value (its `cfhead.m4`; "sendmail", 4th edition, 21.9.94). Versions of four numbers are Proofpoint's, whose header is its own: open |
/// | Google | `ESMTP`, `ESMTPA`: no TLS | follows RFC 3848, with a version wherever there is an `S` (all samples) |
/// | Haraka | `ESMTP`, `ESMTPA`: no TLS | "Implement RFC3848" (its `connection.js`) |
/// | `OpenSMTPD` | no TLS | `S` and a comment by the same flag (its `smtp_session.c`) |
/// | Exchange, and all others | not recorded | Exchange on premises writes `Microsoft SMTP Server` with and without TLS in old versions; of the others nothing is known |
fn is_silent_without_tls(mark: &str, by: &str, protocol_word: &str) -> bool {
    let (family, tls, _) = protocol(protocol_word);
    if family != "SMTP" || tls {
        return false;
    }
    let extended = protocol_word.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("ES"));
    let google = by.ends_with(".google.com") || by.ends_with(".gmail.com");
    match mark {
        "sendmail" => true,
        _ if mark.starts_with("Exim ") || mark.starts_with("OpenSMTPD") => true,
        _ if mark.starts_with("Postfix") || mark.starts_with("Haraka") => extended,
        _ => google && extended,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use TlsState::{NoTls, NotRecorded, V1_0, V1_1, V1_2, V1_3, VersionNotStated};

    fn tls(text: &str) -> TlsState {
        HopLine::read(text).tls.unwrap_or(NotRecorded)
    }

    /// Text, TLS and cipher suite.
    type Written = (&'static str, TlsState, &'static str);

    fn every_one(written: &[Written]) {
        for (text, state, cipher) in written {
            let hop = HopLine::read(text);
            assert_eq!(hop.tls.unwrap_or(NotRecorded), *state, "{text}");
            assert_eq!(hop.cipher.as_deref().unwrap_or_default(), *cipher, "{text}");
        }
    }

    #[test]
    fn tls_as_exchange_google_postfix_and_exim_write_it() {
        every_one(&[
            (
                "from a (192.0.2.1) by b.example with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_X) id 15.20; d",
                V1_2,
                "TLS_ECDHE_X",
            ),
            (
                "from a (192.0.2.1) by b.example with Microsoft SMTP Server (version=3DTLS1_3, cipher=3DTLS_AES) id 15; d",
                V1_3,
                "TLS_AES",
            ),
            (
                "from a (192.0.2.1) by b.example with Microsoft SMTP Server (TLS) id 15.1.1; d",
                VersionNotStated,
                "",
            ),
            (
                "from a (192.0.2.1) by b.example with Microsoft SMTP Server id 15.1.1; d",
                NotRecorded,
                "",
            ),
            (
                "from a (a.example. [192.0.2.1]) by mx.google.com with ESMTPSA id x for <m r> (version=TLSv1 cipher=ECDHE-RSA-RC4-SHA bits=128/128); d",
                V1_0,
                "ECDHE-RSA-RC4-SHA",
            ),
            (
                "from a (a.example. [192.0.2.1]) by mx.google.com with SMTPS id x (Google Transport Security); d",
                VersionNotStated,
                "",
            ),
            (
                "from a (a.example [192.0.2.1]) (using TLSv1.3 with cipher TLS_AES_128_GCM_SHA256 (128/128 bits) key-exchange X25519 server-signature RSA-PSS (2048 bits)) (No client certificate requested) by b.example (Postfix) with ESMTPS id x; d",
                V1_3,
                "TLS_AES_128_GCM_SHA256",
            ),
            (
                "from a (a.example [192.0.2.1]) (using TLSv1.1 with cipher X-Y (256/256 bits)) by b.example (Internet Inbound) with ESMTPS id x; d",
                V1_1,
                "X-Y",
            ),
            (
                "from a ([192.0.2.1]:2400) by b.example with esmtps (TLSv1:DHE-RSA-AES256-SHA:256) (Exim 4.80) id x; d",
                V1_0,
                "DHE-RSA-AES256-SHA",
            ),
            (
                "from a ([192.0.2.1] helo=a) by b.example with esmtpsa (TLS1.2:DHE_RSA_AES_128_CBC_SHA1:128) (Exim 4.80) id x; d",
                V1_2,
                "DHE_RSA_AES_128_CBC_SHA1",
            ),
            (
                "from a ([192.0.2.1] helo=a) by b.example with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) id x; d",
                V1_3,
                "TLS_AES_256_GCM_SHA384",
            ),
            (
                "from a ([192.0.2.1] helo=a) by b.example with esmtps (TLS1.x:ke-RSA-AES256-SHAnnn:xxx) (Exim x.yz) id x; d",
                VersionNotStated,
                "ke-RSA-AES256-SHAnnn",
            ),
            (
                "from a (a.example [192.0.2.1]) by b.example (8.14.1/8.14.1) with ESMTP id x (version=TLSv1/SSLv3 cipher=DHE-RSA-AES256-GCM-SHA384 bits=256 verify=NO); d",
                VersionNotStated,
                "DHE-RSA-AES256-GCM-SHA384",
            ),
            (
                "from a (a.example [192.0.2.1]) by b.example (8.17.2/8.17.2) with ESMTPS id x (version=TLSv1.2 cipher=C-D bits=256 verify=NO) for <x@y>; d",
                V1_2,
                "C-D",
            ),
        ]);
    }

    #[test]
    fn tls_as_others_write_it() {
        every_one(&[
            (
                "from a ([192.0.2.1]) by b.example (Haraka/2.8.22) with ESMTPS id x envelope-from <x@y> (version=TLSv1/SSLv3 cipher=AES128-SHA verify=FAIL); d",
                VersionNotStated,
                "AES128-SHA",
            ),
            (
                "from a ([192.0.2.1]) by b.example (Haraka/3.0.1) with ESMTPSA id x envelope-from <x@y> tls TLS_AES_256_GCM_SHA384 (authenticated bits=0); d",
                VersionNotStated,
                "TLS_AES_256_GCM_SHA384",
            ),
            (
                "from a (a.example [192.0.2.1]) by relay.example with ESMTP with STARTTLS (version=TLSv1.2, cipher=C_D) id us-mta-1; d",
                V1_2,
                "C_D",
            ),
            (
                "from a (a.example [192.0.2.1]) by b.example (OpenSMTPD) with ESMTPS id x (TLSv1.3:AEAD-AES256-GCM-SHA384:256:NO); d",
                V1_3,
                "AEAD-AES256-GCM-SHA384",
            ),
            (
                "from a (a.example [192.0.2.1]) by b.example (OpenSMTPD) with ESMTPS id 1; TLS version=TLSv1.2 cipher=C-D bits=256 verify=NO; for <x@y>; d",
                V1_2,
                "C-D",
            ),
            (
                "from a (a.example [192.0.2.1]) (TLS: TLSv1.2,256bits,C-D) by b.example with ESMTPS id x; d",
                V1_2,
                "C-D",
            ),
            (
                "from a ([192.0.2.1]) by b.example with ESMTP/TLS/AES128-GCM-SHA256; d",
                VersionNotStated,
                "AES128-GCM-SHA256",
            ),
            (
                "from unknown (HELO a.example) (192.0.2.1) by b.example with AES128-SHA encrypted SMTP; d",
                VersionNotStated,
                "AES128-SHA",
            ),
            (
                "from unknown (HELO a.example) (192.0.2.1) by b.example with (DHE-RSA-AES256-SHA encrypted) SMTP; d",
                VersionNotStated,
                "DHE-RSA-AES256-SHA",
            ),
            (
                "from a ([192.0.2.1]) by b.example over TLS secured channel with Microsoft SMTPSVC(7.5.7601.22751); d",
                VersionNotStated,
                "",
            ),
            ("from source ([192.0.2.1]) (using TLSv1) by b.example; d", V1_0, ""),
            ("from a by b.example with HTTPS; d", VersionNotStated, ""),
        ]);
    }

    #[test]
    fn silence_is_no_tls_only_where_the_server_is_known_to_speak() {
        for text in [
            "from a (a.example [192.0.2.1]) by b.example (Postfix) with ESMTP id x; d",
            "from a (a.example [192.0.2.1]) by b.example (Postfix) with ESMTPA id x; d",
            "from a ([192.0.2.1]) by b.example with esmtp (Exim 4.96) id x; d",
            "from a ([192.0.2.1]) by b.example with smtp (Exim 4.96) id x; d",
            "from a (a.example [192.0.2.1]) by b.example (8.16.1/8.16.1) with ESMTP id x; d",
            "from a (a.example. [192.0.2.1]) by mx.google.com with ESMTP id x; d",
            "from a (a.example [192.0.2.1]) by b.example (Haraka/3.0.1) with ESMTP id x; d",
            "from a (a.example [192.0.2.1]) by b.example (OpenSMTPD) with ESMTP id x; d",
        ] {
            assert_eq!(tls(text), NoTls, "{text}");
        }
        for text in [
            "from a (a.example [192.0.2.1]) by b.example (Postfix) with SMTP id x; d",
            "from a (a.example [192.0.2.1]) by b.example (8.8.8/8.8.8) with ESMTP id x; d",
            "from a (a.example [192.0.2.1]) by b.example (8.16.0.43/8.16.0.43) with ESMTP id x; d",
            "from a (a.example [192.0.2.1]) by b.example (Some MTA) with ESMTP id x; d",
            "from a (a.example [192.0.2.1]) by b.example with ESMTP id x; d",
            "from a (192.0.2.1) by b.example with Microsoft SMTP Server id 15.1; d",
            "from a by b.example ([fe80::1%14]) with mapi id 15.20; d",
            "by 10.1.1.1 with SMTP id x; d",
            "from a by b.example (Dovecot) with LMTP id x; d",
        ] {
            assert_eq!(tls(text), NotRecorded, "{text}");
        }
    }

    #[test]
    fn who_signed_in() {
        for (text, account, method) in [
            (
                "from a (a.example [192.0.2.1]) (Authenticated sender: Who@b.example) by b.example (Postfix) with ESMTPSA id x; d",
                "who@b.example",
                AuthMethod::Unknown,
            ),
            (
                "from a ([192.0.2.1]) (authenticated bits=0) by b.example (8.13.1/8.13.1) with ESMTP id x; d",
                "",
                AuthMethod::Unknown,
            ),
            (
                "from a ([192.0.2.1]) (AUTH: LOGIN who@b.example, TLS: TLSv1.2,256bits,C-D) by b.example with ESMTPSA id x; d",
                "who@b.example",
                AuthMethod::Basic,
            ),
            (
                "from a ([192.0.2.1]) (user=who author=who mech=PLAIN) by b.example (8.17.1/8.17.1) with ESMTPSA id x; d",
                "who",
                AuthMethod::Basic,
            ),
            (
                "from [192.0.2.1] (account who@b.example HELO a) by b.example with ESMTPSA id x; d",
                "who@b.example",
                AuthMethod::Unknown,
            ),
            (
                "from a (a.example [192.0.2.1]) by b.example (OpenSMTPD) with ESMTPSA id x (TLSv1.3:C:256:NO) auth=yes user=who; d",
                "who",
                AuthMethod::Unknown,
            ),
            (
                "from a (a.example. [192.0.2.1]) by smtp.gmail.com with ESMTPSA id x; d",
                "",
                AuthMethod::Unknown,
            ),
        ] {
            let hop = HopLine::read(text);
            assert!(hop.signed_in, "{text}");
            assert_eq!(hop.account.as_deref().unwrap_or_default(), account, "{text}");
            assert_eq!(hop.method, method, "{text}");
        }
        let local = "from a (a [192.0.2.1]) by b (Cyrus 3.13) with LMTPA; d";
        assert!(!HopLine::read(local).signed_in);
    }

    #[test]
    fn both_sides_of_a_hop() {
        let sides = |text: &str| {
            let hop = HopLine::read(text);
            let side = |host: &Host| host.shown().unwrap_or_default();
            (side(&hop.from), side(&hop.by), hop.protocol)
        };
        for (text, from, by, protocol) in [
            (
                "from mail.A.example (rdns.a.example [192.0.2.1]) by mx.b.example (Postfix) with ESMTPS id x; d",
                "rdns.a.example [192.0.2.1]",
                "mx.b.example",
                "ESMTPS",
            ),
            (
                "from a.example (unknown [192.0.2.1]) by mx.b.example (Postfix) with ESMTP id x; d",
                "a.example [192.0.2.1]",
                "mx.b.example",
                "ESMTP",
            ),
            (
                "from A.OUTLOOK.COM (2603:10b6::43) by B.outlook.com\r\n (10.1.1.2) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 1 via Frontend Transport; d",
                "a.outlook.com [2603:10b6::43]",
                "b.outlook.com [10.1.1.2]",
                "Microsoft SMTP Server",
            ),
            (
                "from X ([fe80::10d2%14]) by Y ([fe80::1%14]) with mapi id 15; d",
                "x [fe80::10d2]",
                "y [fe80::1]",
                "mapi",
            ),
            (
                "from unknown (HELO a.example) (192.0.2.1) by b.example with SMTP; d",
                "a.example [192.0.2.1]",
                "b.example",
                "SMTP",
            ),
            (
                "from 127.0.0.1  (EHLO a2.amazonses.example) (192.0.2.2) by relay.example with SMTP; d",
                "a2.amazonses.example [192.0.2.2]",
                "relay.example",
                "SMTP",
            ),
            (
                "from [10.1.1.1] ([192.0.2.1]:4227 helo=mail02.a.example) by b.example with ESMTPS; d",
                "mail02.a.example [192.0.2.1]",
                "b.example",
                "ESMTPS",
            ),
            (
                "from a.example ([IPv6:2001:db8::1]) by b.example with ESMTP; d",
                "a.example [2001:db8::1]",
                "b.example",
                "ESMTP",
            ),
            (
                "from mail.a.example ([127.0.0.1]) by localhost (re2.a.example [127.0.0.1]) (amavisd-new, port 24) with ESMTP id x; d",
                "mail.a.example [127.0.0.1]",
                "re2.a.example [127.0.0.1]",
                "ESMTP",
            ),
            (
                "(from root@localhost) by neko.example (8.15.2/8.15.2/Submit) id x for y@z; d",
                "",
                "neko.example",
                "",
            ),
            ("by 10.1.1.1 with SMTP id x; d", "", "[10.1.1.1]", "SMTP"),
            (
                "from a.example ([192.0.2.1]) by b.example with Microsoft SMTPSVC(7.5.7601.22751); d",
                "a.example [192.0.2.1]",
                "b.example",
                "Microsoft SMTPSVC",
            ),
            ("from a.example (unclosed by b.example with SMTP; d", "a.example", "", ""),
        ] {
            assert_eq!(
                sides(text),
                (from.to_owned(), by.to_owned(), protocol.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn times_with_zones_comments_and_without() {
        let seconds = |time: &str| {
            let hop = HopLine::read(&format!("from a by b; {time}"));
            hop.seconds(&mut Notes::default()).ok()
        };
        for time in [
            "Thu, 3 Sep 2026 15:21:05 +0000",
            "Fri,  4 Sep 2026 00:21:05 +0900 (KST)",
            "4 Sep 2026 00:21:05 JST",
            "Thu, 03 Sep 2026 11:21:05 EDT",
            "Thu, 3 Sep 2026 15:21:05 GMT (envelope-from <a;b@c>)",
            "Thu, 3 Sep 2026 15:21:05 UT",
            "Thu, 3 Sep 26 15:21:05 -0000",
            "Thu, 3 Sep 2026 17:21:05 GMT+0200",
            "Thu, 3 Sep 2026 15:21:05",
            // No one knows where X is (RFC 5322, 4.3).
            "Thu, 3 Sep 2026 15:21:05 X",
        ] {
            assert_eq!(seconds(time), Some(1_788_448_865), "{time}");
        }
        for time in ["", "yesterday", "Thu, 3 Sep 2026", "Thu, 33 Sep 2026 15:21:05 +0000"] {
            assert_eq!(seconds(time), None, "{time}");
        }
    }

    #[test]
    fn private_addresses() {
        for ip in [
            "10.1.2.3",
            "192.168.0.1",
            "172.20.1.1",
            "127.0.0.1",
            "169.254.1.1",
            "100.64.0.1",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:10.1.1.1",
        ] {
            assert!(is_private(ip), "{ip}");
        }
        for ip in ["192.0.2.1", "172.32.1.1", "100.128.0.1", "2001:db8::1", ""] {
            assert!(!is_private(ip), "{ip}");
        }
    }
}
