//! What the client says: SMTP's commands (RFC 5321, 4.1) and Exchange's own.

use std::borrow::Cow;

use super::session::{Command, Mail, Mechanism};
use super::{Row, session_key};
use crate::import::formats::row::domain_of;
use crate::mail::{TlsState, lower};

impl Row<'_> {
    pub(super) fn command(&mut self, data: &[u8]) {
        let verb = data.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-');
        let (verb, rest) = data.split_at(verb.unwrap_or(data.len()));
        let is = |name: &[u8]| verb.eq_ignore_ascii_case(name);
        self.state.commanded = true;
        let waits = if is(b"STARTTLS") {
            Command::StartTls
        } else if is(b"DATA") {
            Command::Data
        } else if is(b"BDAT") && rest.trim_ascii().to_ascii_uppercase().ends_with(b"LAST") {
            Command::End
        } else if is(b"AUTH") {
            self.auth(rest);
            Command::Auth
        } else {
            Command::Other
        };
        let state = &mut *self.state;
        if is(b"MAIL") {
            let sender = lower(self.notes.text(Cow::Borrowed(path_of(rest))).trim());
            state.mail = Some(Mail {
                seconds: self.seconds,
                sequence: self.sequence,
                probe: is_probe(&sender),
                sender,
                recipient_domain: None,
                cut: false,
            });
        } else if is(b"RCPT") {
            let recipient = lower(self.notes.text(Cow::Borrowed(path_of(rest))).trim());
            if state.mail.is_none() && !state.start {
                state.mail = Some(Mail {
                    seconds: self.seconds,
                    sequence: self.sequence,
                    cut: true,
                    ..Mail::default()
                });
            }
            if let Some(mail) = &mut state.mail {
                mail.probe |= is_probe(&recipient);
                if mail.recipient_domain.is_none() {
                    mail.recipient_domain = domain_of(&recipient).map(str::to_owned);
                }
            }
        } else if is(b"EHLO") || is(b"HELO") {
            // RFC 3207: the client greets again once TLS is there.
            if state.agreed && !state.tls.is_protected() {
                state.tls = TlsState::VersionNotStated;
            }
            state.mail = None;
        } else if is(b"RSET") {
            state.mail = None;
        } else if is(b"X-EXPS") || is(b"X-ANONYMOUSTLS") || is(b"XPROXYFROM") || is(b"XPROXYTO") {
            state.server = true;
        } else if is(b"XPROXY") {
            self.proxied(rest);
        }
        // More than this is no pipelining but a log without answers.
        if self.state.waiting.len() < 1_024 && !is(b"QUIT") {
            self.state.waiting.push_back(waits);
        }
    }

    fn auth(&mut self, rest: &[u8]) {
        let (key, tell) = (self.key, &mut *self.tell);
        self.state.tell_failure(key, tell);
        self.state.signing_in = true;
        let name = rest.trim_ascii();
        let end = name.iter().position(u8::is_ascii_whitespace).unwrap_or(name.len());
        let is = |known: &[u8]| name[..end].eq_ignore_ascii_case(known);
        self.state.mechanism = if is(b"LOGIN") || is(b"PLAIN") {
            Some(Mechanism::Password)
        } else if is(b"XOAUTH2") || is(b"OAUTHBEARER") {
            Some(Mechanism::Token)
        } else if is(b"NTLM") || is(b"GSSAPI") {
            Some(Mechanism::Windows)
        } else {
            None
        };
    }

    /// `XPROXY SID=08DF000000000005 IP=10.1.1.70 PORT=50100 DOMAIN=…`
    fn proxied(&mut self, rest: &[u8]) {
        for part in rest.split(|&byte| byte == b' ') {
            if let Some(id) = part.strip_prefix(b"SID=") {
                self.state.front_end = Some(session_key(id));
            } else if let Some(ip) = part.strip_prefix(b"IP=") {
                self.state.client_ip = Some(String::from_utf8_lossy(ip).into_owned());
            }
        }
    }
}

/// Whether an address is of Exchange's own monitoring.
fn is_probe(address: &str) -> bool {
    ["healthmailbox", "inboundproxy@", "maildeliveryprobe@"]
        .iter()
        .any(|start| address.starts_with(start))
}

/// `FROM:<user@contoso.example> SIZE=2048` to the address.
fn path_of(rest: &[u8]) -> &[u8] {
    let colon = rest.iter().position(|&byte| byte == b':').map_or(0, |at| at + 1);
    let path = rest[colon..].trim_ascii_start();
    match path.strip_prefix(b"<") {
        Some(path) => &path[..path.iter().position(|&byte| byte == b'>').unwrap_or(path.len())],
        None => &path[..path.iter().position(u8::is_ascii_whitespace).unwrap_or(path.len())],
    }
}
