//! The clauses of a field (RFC 5321, 4.4), and what words and comments in them
//! say of TLS and sign-in.

use super::HopLine;
use crate::mail::{AuthMethod, TlsState, lower};

/// The clauses of RFC 5321.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clause {
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

pub(super) struct Reader {
    pub(super) hop: HopLine,
    pub(super) clause: Clause,
    /// The clause has its value.
    pub(super) filled: bool,
    /// The next word is a cipher suite.
    pub(super) cipher_next: bool,
}

impl Reader {
    pub(super) fn word(&mut self, word: &str) {
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

    pub(super) fn comment(&mut self, comment: &str) {
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
