//! Mail itself: what its `Received` header fields say of its way (RFC 5321,
//! 4.4; `formats.md` E2). One row is one such field.
//!
//! | fact | place |
//! |---|---|
//! | hop, TLS, sign-in, time | [each `Received`](hop) |
//! | message | `Message-ID`; without one, the sender, the date and the oldest hop |
//! | sender | `Sender`, else `From`, else `Return-Path`, as Exchange's `sender-address` |
//! | recipients | `Delivered-To`, `X-Original-To`, `Envelope-To` and the newest `for`; without any, `To` and `Cc` |
//! | SMTP AUTH in Exchange Online | `X-MS-Exchange-Organization-AuthMechanism: 06` (`07` without TLS): the oldest hop reads `with mapi` then |
//!
//! A mail crosses the organization's border on one hop of many. Which one, the
//! own domains tell, so a reader only says where it may be: where the servers
//! of one organization hand the mail to another's, and where a client signs in.
//! A server is of the organization of its name; private addresses, names
//! without a domain, and hops without SMTP are inside. A server that forged its
//! name is a stranger where the receiving server looked it up and found none.

mod borders;
mod fields;
mod hop;
mod path;
mod places;
mod recognise;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use self::borders::{Found, Step};
use self::fields::{add, addresses, message_id, squeezed};
use self::hop::HopLine;
use self::path::path;
use super::Tell;
use super::row::{Notes, domain_of};
use crate::account::{Gap, Hop, Inference, LeftOut, Unreadable};
use crate::import::mail_message::Field;
use crate::mail::{Choices, Identity, MessageKey, Observation, RowLayout, Side, lower};

pub(crate) use self::recognise::{is_mail, is_postmark};

/// The format's name.
pub(crate) const NAME: &str = "Mail (Received headers)";

/// What mail cannot tell.
pub(crate) const GAPS: [Gap; 4] = [Gap::HopTls, Gap::Connector, Gap::ConnectorType, Gap::ForcedTls];

/// More domains of recipients than this are not held.
const MOST_DOMAINS: usize = 16;

/// One `Received` field.
struct Row {
    line: u64,
    text: Vec<u8>,
}

/// Fields that are too long, or behind too much header.
struct Over {
    rows: u64,
    /// The first of them.
    first: Row,
}

/// What is held of a mail's header.
#[derive(Default)]
pub(crate) struct Mail {
    received: Vec<Row>,
    over: Option<Over>,
    message_id: Vec<u8>,
    /// Of `Sender`, `From`, `Return-Path` and `Date`: the first of each.
    sender: [Vec<u8>; 3],
    date: Vec<u8>,
    /// Who got it, and to whom it is addressed.
    delivered: Vec<u8>,
    addressed: Vec<u8>,
    auth_mechanism: Vec<u8>,
    auth_as: Vec<u8>,
}

/// What became of a mail.
#[derive(Default)]
pub(crate) struct Settled {
    /// Its rows.
    pub(crate) rows: u64,
    /// Its way, oldest hop first.
    pub(crate) path: Vec<Hop>,
}

impl Mail {
    /// Takes note of a header field.
    pub(crate) fn field(&mut self, field: Field<'_>) {
        let lower = field.name.to_ascii_lowercase();
        let first = match lower.as_slice() {
            b"received" => {
                if let Some(over) = self.over.as_mut().filter(|_| !field.whole) {
                    over.rows += 1;
                    return;
                }
                let row = Row { line: field.line, text: squeezed(field.value) };
                if field.whole {
                    self.received.push(row);
                } else {
                    self.over = Some(Over { rows: 1, first: row });
                }
                return;
            }
            b"delivered-to" | b"x-delivered-to" | b"x-original-to" | b"envelope-to"
            | b"x-envelope-to" => return add(&mut self.delivered, field.value),
            b"to" | b"cc" => return add(&mut self.addressed, field.value),
            b"message-id" => &mut self.message_id,
            b"sender" => &mut self.sender[0],
            b"from" => &mut self.sender[1],
            b"return-path" => &mut self.sender[2],
            b"date" => &mut self.date,
            b"x-ms-exchange-organization-authmechanism" => &mut self.auth_mechanism,
            b"x-ms-exchange-organization-authas" => &mut self.auth_as,
            _ => return,
        };
        if first.is_empty() {
            first.extend_from_slice(field.value);
        }
    }

    /// Whether it has a `Received` field.
    pub(crate) fn is_received(&self) -> bool {
        !self.received.is_empty() || self.over.is_some()
    }

    /// The last field is not whole: the file ends in it.
    pub(crate) fn cut(&mut self, rows: &mut u64, tell: &mut dyn Tell) {
        if let Some(row) = self.received.pop() {
            *rows += 1;
            tell.left_out(LeftOut::Unreadable(Unreadable::CutOff), 1, row.line, &row.text);
        }
    }

    /// Tells of all its rows; of the way only if it is asked for.
    pub(crate) fn settle(
        self,
        choices: &Choices,
        with_path: bool,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Settled {
        let mut settled = Settled { rows: self.received.len() as u64, path: Vec::new() };
        if let Some(Over { rows, first }) = &self.over {
            settled.rows += rows;
            let reason = LeftOut::Unreadable(Unreadable::LongHeader);
            tell.left_out(reason, *rows, first.line, &first.text);
        }
        let mut steps = Vec::new();
        for row in &self.received {
            let text = notes.charset.text(&row.text).0;
            let line = HopLine::read(&text);
            let seconds = if line.tells {
                line.seconds(notes)
            } else {
                Err(LeftOut::Unreadable(Unreadable::NoHop))
            };
            if let Err(reason) = seconds {
                tell.left_out(reason, 1, row.line, &row.text);
            }
            if line.tells {
                steps.push(Step { line, seconds: seconds.ok(), row: &row.text });
            }
        }
        // Each server puts its own above those before it.
        steps.reverse();
        let envelope = self.envelope(&steps, notes);
        let borders = self.borders(&steps, &envelope, choices, notes);
        if borders.iter().any(Option::is_some) {
            notes.infer(Inference::DirectionFromOwnDomains);
        }
        let message_id = message_id(&self.message_id);
        let oldest = steps.first().map_or(&b""[..], |step| step.row);
        let parts = [&b"mail"[..], envelope.sender.as_bytes(), &self.date, oldest];
        let network = message_id.is_empty().then(|| MessageKey::of_parts(&parts));
        let key = network.unwrap_or_else(|| MessageKey::of_message_id(message_id));
        #[expect(clippy::cast_possible_truncation, reason = "half of it tells as well")]
        let seed = key.0 as u64;
        for (step, border) in steps.iter().zip(&borders) {
            let Some(seconds) = step.seconds else { continue };
            let row = fingerprint(seed, step.row, &envelope, border.as_ref());
            let id = Identity { network, message_id };
            let mut observation =
                Observation::of_row(id, RowLayout::ManyRows, row, seconds, &envelope.sender);
            match border {
                Some(found) => {
                    observation.crossing = Some(found.crossing(step, &envelope));
                    tell.hop(&observation, found.border.map(&mut |text| text));
                }
                None => tell.message(&observation),
            }
        }
        if with_path {
            settled.path = path(&steps, &borders);
        }
        settled
    }

    /// Sender and recipients.
    fn envelope(&self, steps: &[Step<'_>], notes: &Notes) -> Envelope {
        let text = |bytes: &[u8]| lower(&notes.charset.text(bytes).0);
        let mut senders = self.sender.iter().map(|field| addresses(&text(field)));
        let sender = senders.find_map(|found| found.into_iter().next()).unwrap_or_default();
        let mut to = addresses(&text(&self.delivered));
        to.extend(steps.iter().rev().find_map(|step| step.line.recipient.clone()));
        if to.is_empty() {
            to = addresses(&text(&self.addressed));
        }
        let mut domains: Vec<&str> = Vec::new();
        for domain in to.iter().filter_map(|address| domain_of(address)) {
            if domains.len() < MOST_DOMAINS && !domains.contains(&domain) {
                domains.push(domain);
            }
        }
        Envelope { sender, recipients: domains.join(" ") }
    }
}

/// Fingerprint of a row: its text, and what the rest of the mail says of it, so
/// that no copy with another header passes for it.
fn fingerprint(seed: u64, row: &[u8], envelope: &Envelope, found: Option<&Found<'_>>) -> u64 {
    let mut text = row.to_vec();
    let mut add = |part: &str| {
        text.push(0);
        text.extend_from_slice(part.as_bytes());
    };
    add(&envelope.sender);
    add(&envelope.recipients);
    if let Some(Found { border, tls, .. }) = found {
        for side in [border.from, border.by] {
            let (mark, whose) = match side {
                Side::Stranger => ("?", ""),
                Side::Internal => ("!", ""),
                Side::Of(whose) => (".", whose),
                Side::EndOf(whose) => ("|", whose),
            };
            add(mark);
            add(whose);
        }
        add(border.sender.unwrap_or_default());
        text.extend([border.kind as u8, *tls as u8]);
    }
    xxh3_64_with_seed(&text, seed)
}

/// Sender and recipients of a mail, in lower case.
struct Envelope {
    sender: String,
    /// Domains, with blanks between.
    recipients: String,
}

impl Envelope {
    fn sender_domain(&self) -> Option<&str> {
        domain_of(&self.sender)
    }
}
