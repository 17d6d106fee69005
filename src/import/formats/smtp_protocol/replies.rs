//! What the server answers: SMTP's replies (RFC 5321, 4.2), of which one
//! accepts a message.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::Row;
use super::role::Role;
use super::session::{Accepted, Command, Failure, Mail, UNDER_WAY};
use crate::import::bytes::contains;
use crate::mail::{Carrier, Identity, MessageKey, Observation, RowLayout, SessionKey};

impl Row<'_> {
    pub(super) fn answer(&mut self, data: &[u8]) {
        let code = data.get(..3).filter(|code| code.iter().all(u8::is_ascii_digit));
        let Some(&[class, second, third]) = code else { return };
        // `250-SIZE` is followed by more; `334` asks the client to go on.
        if data.get(3) == Some(&b'-')
            || class == b'3' && third != b'4'
            || (class, second) == (b'3', b'3')
        {
            return;
        }
        // Some logs leave out the answers between: this one is of the message.
        let queued = class == b'2'
            && (contains(data, b"ueued") || data.starts_with(b"250 2.6.0 <"))
            && !contains(data, b"redundancy");
        let ends = |command: &Command| matches!(command, Command::Data | Command::End);
        if queued
            && self.state.mail.is_some()
            && let Some(end) = self.state.waiting.iter().position(ends)
        {
            self.state.waiting.drain(..=end);
            return self.accept(data);
        }
        let waited = self.state.waiting.pop_front();
        if !self.state.start && !self.state.commanded {
            self.state.answers += 1;
        }
        match (waited, class) {
            (Some(Command::Data), b'3') => self.state.waiting.push_front(Command::End),
            (_, b'3') => {}
            (Some(Command::StartTls), b'2') => self.state.agreed = true,
            (Some(Command::End), b'2') => self.accept(data),
            (Some(Command::End), _) => self.state.mail = None,
            _ if (class, second, third) == (b'5', b'3', b'5') => {
                let seconds = self.seconds;
                // The file before may have told of it already.
                let begins = !self.state.start && !self.state.signing_in;
                let sequence = if begins { UNDER_WAY } else { self.sequence };
                self.state.signing_in = true;
                self.state.failure.get_or_insert_with(|| Failure {
                    seconds,
                    sequence,
                    account: String::new(),
                });
                let (key, tell) = (self.key, &mut *self.tell);
                self.state.tell_failure(key, tell);
            }
            // The command may stand in another file.
            (None, b'2') if message_id_of(data).is_some() && contains(data, b"ueued") => {
                self.accept(data);
            }
            (None, b'2') => self.perhaps_accept(),
            _ => {}
        }
    }

    /// An answer of success to a command that stands in another file: only
    /// there is known to which.
    fn perhaps_accept(&mut self) {
        let state = &mut *self.state;
        if state.start || state.commanded || state.is_hop(self.choices) {
            return;
        }
        let answer = state.answers - 1;
        state.rows -= 1;
        let key = SessionKey(self.key);
        let fingerprint = xxh3_64_with_seed(&u64::from(answer).to_le_bytes(), self.key ^ 4);
        self.tell.message(&Observation {
            queue: None,
            relayed_as: None,
            id: Identity {
                network: Some(MessageKey::of_parts(&[
                    b"answer",
                    &self.key.to_le_bytes(),
                    &answer.to_le_bytes(),
                ])),
                message_id: b"",
            },
            layout: RowLayout::ManyRows,
            row: fingerprint,
            seconds: self.seconds,
            sender: "",
            crossing: Some(state.crossing(None, state.tls)),
            internal: false,
            failed: false,
            count: 1,
            rows: 1,
            session: Some(Carrier { key, under_way: true, answer: Some(answer) }),
        });
    }

    /// The message's data were answered by `250`.
    fn accept(&mut self, data: &[u8]) {
        let (seconds, sequence, line) = (self.seconds, self.sequence, self.line);
        let cut = || Mail { seconds, sequence, cut: true, ..Mail::default() };
        let mut mail = self.state.mail.take().unwrap_or_else(cut);
        let announced = std::mem::take(&mut self.state.announced);
        let message_id = if announced.is_empty() {
            // A remote server's own words are no Message-ID of ours.
            let own = self.state.role == Role::Receive || data.starts_with(b"250 2.6.0 <");
            // Its announcement may stand in the file before.
            mail.cut |=
                !self.state.start && self.state.messages == 0 && self.state.accepted.is_none();
            message_id_of(data).filter(|_| own).unwrap_or_default().to_vec()
        } else {
            announced
        };
        let (key, choices) = (self.key, self.choices);
        self.state.tell_accepted(key, choices, &mut *self.tell);
        let rows = u32::try_from(self.state.rows).unwrap_or(u32::MAX);
        let tls = self.state.tls;
        self.state.accepted = Some(Accepted { mail, message_id, tls, rows, line });
        self.state.rows = 0;
    }
}

/// The Message-ID in `250 2.6.0 <id> [InternalId=…] Queued mail for delivery`.
fn message_id_of(answer: &[u8]) -> Option<&[u8]> {
    let start = answer.iter().position(|&byte| byte == b'<')? + 1;
    let length = answer[start..].iter().position(|&byte| byte == b'>')?;
    Some(&answer[start..start + length]).filter(|id| !id.is_empty())
}
