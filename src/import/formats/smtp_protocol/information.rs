//! What Exchange itself says of a session: TLS, sign-in, the next message.

use std::borrow::Cow;

use super::Row;
use super::session::{Failure, UNDER_WAY};
use crate::import::bytes::{contains, find};
use crate::mail::TlsState;

impl Row<'_> {
    pub(super) fn information(&mut self, data: &[u8], context: &[u8]) {
        if let Some(at) = find(context, b"SP_PROT_")
            && contains(context, b"succe")
        {
            let word = &context[at..];
            let end = word.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
            let word = &word[..end.unwrap_or(word.len())];
            self.state.tls = TlsState::parse_version(word).unwrap_or(TlsState::VersionNotStated);
            self.state.cipher = find(context, b"CALG_").map(|at| {
                let cipher = &context[at..];
                let end = cipher.iter().position(u8::is_ascii_whitespace).unwrap_or(cipher.len());
                String::from_utf8_lossy(&cipher[..end]).into_owned()
            });
        } else if context == b"authenticated" {
            self.sign_in(data);
        } else if context.starts_with(b"Inbound ") && contains(context, b" failed because of") {
            self.state.signing_in = true;
            let (key, tell) = (self.key, &mut *self.tell);
            self.state.tell_failure(key, tell);
            self.state.failure = Some(Failure {
                seconds: self.seconds,
                sequence: self.sequence,
                account: String::new(),
            });
        } else if let Some(name) = context.strip_prefix(b"User Name:") {
            if !self.state.start && !self.state.signing_in {
                self.state.signing_in = true;
                self.state.failure = Some(Failure {
                    seconds: self.seconds,
                    sequence: UNDER_WAY,
                    account: String::new(),
                });
            }
            if let Some(failure) = &mut self.state.failure {
                failure.account = crate::mail::lower(self.notes.text(Cow::Borrowed(name)).trim());
            }
        } else if let Some(at) = find(context, b"InternetMessageId ") {
            let id = context[at + b"InternetMessageId ".len()..].trim_ascii();
            let id = id.strip_prefix(b"<").unwrap_or(id);
            self.state.announced = id.strip_suffix(b">").unwrap_or(id).to_vec();
        } else if let Some(at) = find(context, b"ession for")
            && contains(context, b"will now be proxied")
        {
            let name = &context[at + b"ession for".len()..];
            let end = find(name, b" will now be proxied").unwrap_or(name.len());
            let name = name[..end].to_vec();
            self.sign_in(&name);
            self.state.handed_on = true;
        }
    }

    fn sign_in(&mut self, name: &[u8]) {
        let name = crate::mail::lower(self.notes.text(Cow::Borrowed(name)).trim());
        if !name.is_empty() {
            self.state.account = Some(name);
            self.state.failure = None;
        }
    }
}
