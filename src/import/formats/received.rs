//! Mail itself: what its `Received` header fields say of its way (RFC 5321,
//! 4.4; `formats.md` E2). One row is one such field.
//!
//! | fact | place |
//! |---|---|
//! | hop, TLS, sign-in, time | [each `Received`](super::received_hop) |
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

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::Tell;
use super::received_hop::{HopLine, Host, is_host_name, is_private};
use super::row::{Notes, domain_of};
use crate::account::{Gap, Hop, Inference, LeftOut, Unreadable};
use crate::import::mail_message::{Field, Lines, Piece, field_name};
use crate::mail::{
    AuthMethod, Border, Choices, ConnectorType, Crossing, Direction, HopKind, Identity, MessageKey,
    Observation, RowLayout, Side, TlsState, lower, organization,
};

/// The format's name.
pub(crate) const NAME: &str = "Mail (Received headers)";

/// What mail cannot tell.
pub(crate) const GAPS: [Gap; 4] = [Gap::HopTls, Gap::Connector, Gap::ConnectorType, Gap::ForcedTls];

/// More hops than this are not shown.
const LONGEST_PATH: usize = 100;
/// More domains of recipients than this are not held.
const MOST_DOMAINS: usize = 16;

/// Whether a text is a mail or a mailbox, from its beginning: header fields,
/// among them one that only mail has.
pub(crate) fn is_mail(probe: &[u8]) -> bool {
    const TELLING: [&str; 6] =
        ["received", "return-path", "delivered-to", "mime-version", "message-id", "x-received"];
    let (mut fields, mut others, mut told) = (0_u32, 0_u32, false);
    let mut ended = false;
    let mut take = |piece: Piece<'_>| {
        let line = piece.text;
        let started = fields + others > 0;
        if ended || !piece.starts || line.is_empty() && !started {
            return;
        }
        ended = line.is_empty();
        let folded = matches!(line.first(), Some(b' ' | b'\t'));
        match field_name(line) {
            _ if ended || folded && fields > 0 => {}
            Some(name) if !folded => {
                fields += 1;
                told |= TELLING.iter().any(|telling| name.eq_ignore_ascii_case(telling.as_bytes()));
            }
            None if !started && line.starts_with(b"From ") => {}
            // A text that does not start with a field is no mail.
            _ if fields == 0 => ended = true,
            _ => others += 1,
        }
    };
    let mut lines = Lines::default();
    lines.push(probe, &mut take);
    lines.finish(&mut take);
    told && others <= fields
}

/// Whether a line separates the messages of a mailbox (RFC 4155): `From `, an
/// address, and a time with its year. Mail programs put other things behind.
pub(crate) fn is_postmark(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let clock = rest
        .windows(5)
        .any(|w| w[2] == b':' && [w[0], w[1], w[3], w[4]].iter().all(u8::is_ascii_digit));
    let mut words = rest.split(|byte| *byte == b' ');
    let is_year = |word: &[u8]| {
        let year = word.split(|byte| *byte == b'-').next().unwrap_or_default();
        year.len() == 4 && year.iter().all(u8::is_ascii_digit)
    };
    clock && words.any(is_year)
}

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

    /// What each hop may be.
    fn borders<'a>(
        &self,
        steps: &'a [Step<'_>],
        envelope: &'a Envelope,
        choices: &Choices,
        notes: &mut Notes,
    ) -> Vec<Option<Found<'a>>> {
        let places: Vec<(Place<'_>, Place<'_>)> =
            steps.iter().map(|step| places(&step.line, choices)).collect();
        let mut borders: Vec<Option<Found<'a>>> = steps
            .iter()
            .zip(places.iter().zip(receivers(&places)))
            .map(|(step, ((from, _), by))| {
                let from = *from;
                let kind = if step.line.signed_in {
                    HopKind::SignedIn
                } else {
                    crosses(from, by, &step.line).then_some(HopKind::Crossing)?
                };
                let border = Border {
                    kind,
                    from: from.side().unwrap_or(Side::Stranger),
                    by: by.side()?,
                    sender: envelope.sender_domain(),
                    recipients: Some(envelope.recipients.as_str()),
                };
                step.seconds.map(|_| Found::new(border, step.line.tls))
            })
            .collect();
        self.signed_in_by_code(steps, &places, envelope, &mut borders, notes);
        let is_crossing = |found: &&mut Option<Found<'_>>| {
            found.as_ref().is_some_and(|found| found.border.kind == HopKind::Crossing)
        };
        if let Some(Some(first)) = borders.iter_mut().find(is_crossing)
            && let Side::Of(whose) = first.border.from
            && serves_others(whose)
        {
            first.border.from = Side::EndOf(whose);
        }
        let last = borders.iter_mut().rev().find(is_crossing);
        match last {
            Some(Some(last)) => {
                if let Side::Of(whose) = last.border.by {
                    last.border.by = Side::EndOf(whose);
                }
            }
            _ => within(steps, &places, envelope, &mut borders),
        }
        for (found, step) in borders.iter_mut().zip(steps) {
            let Some(found) = found.as_mut() else { continue };
            if found.border.kind != HopKind::SignedIn {
                continue;
            }
            let account = step.line.account.as_deref().and_then(domain_of);
            found.border.sender = account.or(found.border.sender);
            if let Side::Of(whose) = found.border.by
                && (account.is_some() || serves_others(whose))
            {
                found.border.by = Side::EndOf(whose);
            }
        }
        borders
    }

    /// Exchange Online writes a code for how a mail came in, and keeps it out
    /// of mail that comes from outside ("header firewall").
    fn signed_in_by_code<'a>(
        &self,
        steps: &'a [Step<'_>],
        places: &[(Place<'a>, Place<'a>)],
        envelope: &'a Envelope,
        borders: &mut [Option<Found<'a>>],
        notes: &mut Notes,
    ) {
        let tls = match self.auth_mechanism.as_slice() {
            b"06" => TlsState::VersionNotStated,
            b"07" => TlsState::NoTls,
            _ => return,
        };
        let inside = self.auth_as.is_empty() || self.auth_as.eq_ignore_ascii_case(b"Internal");
        let any = borders.iter().flatten().any(|found| found.border.kind == HopKind::SignedIn);
        let (Some(step), Some((_, by)), Some(slot)) =
            (steps.first(), places.first(), borders.first_mut())
        else {
            return;
        };
        let Some(by) = by.side().filter(|_| inside && !any && step.seconds.is_some()) else {
            return;
        };
        let border = Border {
            kind: HopKind::SignedIn,
            from: Side::Stranger,
            by,
            sender: envelope.sender_domain(),
            recipients: Some(envelope.recipients.as_str()),
        };
        notes.infer(Inference::SubmissionFromAuthCode);
        let own = step.line.tls.filter(|_| step.line.smtp);
        if own.is_none() {
            notes.infer(Inference::TlsFromAuthCode);
        }
        let method = AuthMethod::Basic;
        *slot = Some(Found { method, ..Found::new(border, Some(own.unwrap_or(tls))) });
    }
}

/// A mail without a border: if sender and recipients are own, it stayed inside.
fn within<'a>(
    steps: &[Step<'_>],
    places: &[(Place<'a>, Place<'a>)],
    envelope: &'a Envelope,
    borders: &mut [Option<Found<'a>>],
) {
    let newest = steps.iter().rposition(|step| step.seconds.is_some());
    let Some(slot) = newest.and_then(|at| borders.get_mut(at)).filter(|slot| slot.is_none()) else {
        return;
    };
    let named = places.iter().rev().flat_map(|(from, by)| [*by, *from]);
    let by = named.into_iter().find_map(Place::side).unwrap_or(Side::Stranger);
    let by = match by {
        Side::Of(whose) => Side::EndOf(whose),
        other => other,
    };
    let border = Border {
        kind: HopKind::Within,
        from: by,
        by,
        sender: envelope.sender_domain(),
        recipients: Some(envelope.recipients.as_str()),
    };
    // No border, no TLS of one.
    *slot = Some(Found::new(border, None));
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

/// One hop as far as it is understood.
struct Step<'a> {
    line: HopLine,
    /// `None` where its time is not known: such a row does not count.
    seconds: Option<u32>,
    row: &'a [u8],
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

/// What a hop may be, with its TLS.
struct Found<'a> {
    border: Border<&'a str>,
    tls: TlsState,
    method: AuthMethod,
}

impl<'a> Found<'a> {
    fn new(border: Border<&'a str>, tls: Option<TlsState>) -> Self {
        let tls = tls.unwrap_or(TlsState::NotRecorded);
        Self { border, tls, method: AuthMethod::Unknown }
    }

    fn crossing<'b>(&'b self, step: &'b Step<'_>, envelope: &'b Envelope) -> Crossing<'b> {
        let line = &step.line;
        let signed_in = self.border.kind == HopKind::SignedIn;
        let sender = Some(envelope.sender.as_str()).filter(|sender| !sender.is_empty());
        let domain = envelope.sender_domain();
        let within = self.border.kind == HopKind::Crossing
            && envelope.recipients.split(' ').any(|to| Some(to) == domain);
        Crossing {
            direction: Direction::Unknown,
            by_domains: true,
            connector: None,
            connector_type: ConnectorType::Unknown,
            forced_tls: None,
            tls: self.tls,
            cipher: line.cipher.as_deref().filter(|_| self.border.kind != HopKind::Within),
            sender_domain: envelope.sender_domain(),
            remote_domain: envelope.recipients.split(' ').next().filter(|name| !name.is_empty()),
            remote_host: None,
            account: line.account.as_deref().or(sender).filter(|_| signed_in),
            account_stated: signed_in && line.account.is_some(),
            method: if line.method == AuthMethod::Unknown { self.method } else { line.method },
            sender: sender.filter(|_| within),
            client_ip: Some(line.from.ip.as_str())
                .filter(|ip| (signed_in || within) && !ip.is_empty()),
        }
    }
}

/// Where a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place<'a> {
    /// Where the server before or behind it is.
    Local,
    Stranger,
    /// The organization's own: a person says so.
    Internal,
    Of(&'a str),
}

impl<'a> Place<'a> {
    fn side(self) -> Option<Side<&'a str>> {
        match self {
            Self::Local => None,
            Self::Stranger => Some(Side::Stranger),
            Self::Internal => Some(Side::Internal),
            Self::Of(whose) => Some(Side::Of(whose)),
        }
    }
}

/// Where both servers of a hop are.
fn places<'a>(line: &'a HopLine, choices: &Choices) -> (Place<'a>, Place<'a>) {
    let internal = |host: &Host| {
        [&host.name, &host.ip].into_iter().any(|name| !name.is_empty() && choices.is_internal(name))
    };
    let named = |host: &'a Host| is_public_name(&host.name).then(|| whose(&host.name));
    let by = match named(&line.by) {
        _ if internal(&line.by) => Place::Internal,
        Some(whose) => Place::Of(whose),
        None => Place::Local,
    };
    let from = match named(&line.from) {
        _ if internal(&line.from) => Place::Internal,
        _ if is_private(&line.from.ip) => Place::Local,
        // A name that is the receiver's own, and that no one looked up.
        Some(whose) if line.from.unknown && by == Place::Of(whose) => Place::Stranger,
        Some(whose) => Place::Of(whose),
        None if line.from.ip.is_empty() => Place::Local,
        None => Place::Stranger,
    };
    // Webmail, mailbox stores and filters pass mail on in other ways.
    let from = if line.smtp || from == Place::Internal { from } else { Place::Local };
    (from, by)
}

/// Where the servers are that received: one without a name is where the next
/// one is.
fn receivers<'a>(places: &[(Place<'a>, Place<'a>)]) -> Vec<Place<'a>> {
    let is_known = |place: &Place<'_>| matches!(place, Place::Of(_) | Place::Internal);
    let mut next = Place::Local;
    let mut found: Vec<Place<'a>> = Vec::with_capacity(places.len());
    for (from, by) in places.iter().rev() {
        found.push(if is_known(by) { *by } else { next });
        next = [from, by].into_iter().copied().find(is_known).unwrap_or(next);
    }
    found.reverse();
    found
}

/// Whether a hop may cross a border.
fn crosses(from: Place<'_>, by: Place<'_>, line: &HopLine) -> bool {
    match (from, by) {
        (Place::Local, _)
        | (_, Place::Local | Place::Stranger)
        | (Place::Internal, Place::Internal) => false,
        (Place::Of(one), Place::Of(other)) if one == other => leaves_tenant(line),
        _ => true,
    }
}

/// Whether mail goes from one customer of a provider to another.
///
/// Exchange Online hands it on from `….outbound.protection.outlook.com` to
/// `….mail.protection.outlook.com`, Google from `mail-….google.com` to
/// `mx.google.com` (shared samples `lhost-office365-06`, `rfc3464-53`).
fn leaves_tenant(line: &HopLine) -> bool {
    let (from, by) = (&line.from.name, &line.by.name);
    from.ends_with(".outbound.protection.outlook.com")
        && by.ends_with(".mail.protection.outlook.com")
        || from.starts_with("mail-")
            && from.ends_with(".google.com")
            && by.ends_with("mx.google.com")
}

/// Whose server it is, several names of one provider taken together.
fn whose(host: &str) -> &str {
    match organization(host) {
        "office365.com" | "exchangelabs.com" | "hotmail.com" => "outlook.com",
        "gmail.com" | "googlemail.com" => "google.com",
        whose => whose,
    }
}

/// Whether a provider sends for the domains of its customers alone, so that
/// the sender's domain tells whose mail it sends.
fn serves_others(whose: &str) -> bool {
    matches!(whose, "outlook.com" | "google.com")
}

/// Whether a host's name tells an organization.
fn is_public_name(name: &str) -> bool {
    const LOCAL: [&str; 10] = [
        "local",
        "localhost",
        "localdomain",
        "lan",
        "loc",
        "internal",
        "intern",
        "intranet",
        "corp",
        "home",
    ];
    is_host_name(name) && !name.rsplit('.').next().is_some_and(|top| LOCAL.contains(&top))
}

/// The way of a mail, to be shown.
fn path(steps: &[Step<'_>], borders: &[Option<Found<'_>>]) -> Vec<Hop> {
    let mut before: Option<u32> = None;
    let hop = |(step, found): (&Step<'_>, &Option<Found<'_>>)| {
        let line = &step.line;
        let delay =
            before.zip(step.seconds).map(|(before, now)| i64::from(now) - i64::from(before));
        before = step.seconds.or(before);
        let border = found.as_ref().filter(|found| found.border.kind != HopKind::Within);
        let signed_in = border.is_some_and(|found| found.border.kind == HopKind::SignedIn);
        Hop {
            from: line.from.shown(),
            by: line.by.shown(),
            protocol: Some(line.protocol.clone()).filter(|name| !name.is_empty()),
            tls: border.map_or(line.tls.unwrap_or(TlsState::NotRecorded), |found| found.tls),
            cipher: line.cipher.clone(),
            seconds: step.seconds,
            delay,
            signed_in: signed_in || line.signed_in,
            account: line.account.clone(),
            direction: None,
            border: border.map(|found| found.border.map(&mut str::to_owned)),
        }
    };
    steps.iter().zip(borders).take(LONGEST_PATH).map(hop).collect()
}

/// The text with one blank for each row of them, however it was folded.
fn squeezed(text: &[u8]) -> Vec<u8> {
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
fn add(list: &mut Vec<u8>, value: &[u8]) {
    if list.len() < 64 << 10 {
        list.extend_from_slice(value);
        list.push(b',');
    }
}

/// A Message-ID without its angle brackets, and without what stands around it.
fn message_id(value: &[u8]) -> &[u8] {
    let start = value.iter().position(|&byte| byte == b'<').map_or(0, |at| at + 1);
    let id = &value[start..];
    let end = id.iter().position(|&byte| byte == b'>').unwrap_or(id.len());
    id[..end].trim_ascii()
}

/// The addresses in a list (RFC 5322, 3.4), in lower case as the text is;
/// names and quoted text are no addresses.
fn addresses(list: &str) -> Vec<String> {
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
    fn mail_is_known_by_its_header() {
        for text in [
            "Received: from a by b; d\r\nSubject: x\r\n\r\nbody",
            "Received: from a by b; d\nSubject: x\n\nbody",
            "Received: from a\r\tby b; d\rSubject: x\r\rbody",
            "\r\n\r\nReturn-Path: <a@b>\r\nSubject: x",
            "From a@b.example Thu Sep  3 15:21:05 2026\nSubject: x\nMIME-Version: 1.0\n\nx",
            "From a@b.example Thu Sep  3 15:21:05 2026\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nx",
            "Subject: x\nReceived: from a\n(192.0.2.1) by b; d\n\n",
        ] {
            assert!(is_mail(text.as_bytes()), "{text:?}");
        }
        for text in [
            "",
            "Subject: x\nFrom: a@b\n\nReceived: later\n",
            "Dear all,\nReceived: x\n",
            "key value\n\nReceived: x\n",
            "date,message_id\n2026-09-03T10:00:00Z,<a@b>\n",
            " Received: x\n",
        ] {
            assert!(!is_mail(text.as_bytes()), "{text:?}");
        }
    }

    #[test]
    fn postmarks_of_mail_programs() {
        for line in [
            "From a@b.example Thu Sep  3 15:21:05 2026",
            "From - Thu Sep 03 15:21:05 2026",
            "From 123@xxx Thu Sep 03 15:21:05 +0000 2026",
            "From MAILER-DAEMON Thu Sep  3 15:21:05 2026 +0900",
            "From () 2026-09-03 15:21:05 +0000",
        ] {
            assert!(is_postmark(line.as_bytes()), "{line}");
        }
        for line in ["From: a@b", "From a friend, at 15:21", ">From a@b Thu Sep  3 15:21:05 2026"] {
            assert!(!is_postmark(line.as_bytes()), "{line}");
        }
    }

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
