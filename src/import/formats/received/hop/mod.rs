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

mod clauses;
mod host;
mod protocol;
mod tokens;

#[cfg(test)]
mod tests;

use self::clauses::{Clause, Reader};
use self::protocol::{is_silent_without_tls, protocol, server_mark};
use self::tokens::{Token, tokens};
use crate::account::{LeftOut, Unreadable};
use crate::import::formats::row::Notes;
use crate::mail::{AuthMethod, TlsState};

pub(super) use self::host::{Host, is_host_name, is_private};

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
