//! What the logs of Unix mail servers have in common.

use xxhash_rust::xxh3::xxh3_64;

use super::Tell;
use crate::import::bytes::{behind, find, until};
use crate::import::syslog::{entry, take_stamp};
use crate::mail::{
    AuthMethod, Choices, ConnectorType, Crossing, Direction, Identity, MessageKey, Observation,
    RowLayout, Session, SessionKey, SessionPart, TlsState,
};

/// A mail server that writes lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Server {
    Postfix,
    Exim,
    Sendmail,
    OpenSmtpd,
}

const SERVERS: [Server; 4] = [Server::Postfix, Server::Exim, Server::Sendmail, Server::OpenSmtpd];

/// Whose log a text is, from its first lines; the first may be the end of one.
/// Several programs write to one log: that with the most lines counts.
pub(super) fn server_of(probe: &[u8]) -> Option<Server> {
    let mut lines = [0_u32; SERVERS.len()];
    for line in probe.split(|&byte| byte == b'\n').take(2_000) {
        if let Some(server) = server_of_line(line) {
            lines[server as usize] += 1;
        }
    }
    let most = lines.iter().copied().max().filter(|most| *most > 0)?;
    SERVERS.into_iter().find(|server| lines[*server as usize] == most)
}

fn server_of_line(line: &[u8]) -> Option<Server> {
    let (_, rest) = take_stamp(line)?;
    let entry = entry(rest);
    if super::postfix::daemon(entry.program).is_some() {
        Some(Server::Postfix)
    } else if super::sendmail::is_program(entry.program) {
        Some(Server::Sendmail)
    } else if super::opensmtpd::is_line(&entry) {
        Some(Server::OpenSmtpd)
    } else {
        super::exim::is_line(rest).then_some(Server::Exim)
    }
}

/// A queue id, hashed, as servers name each other's.
pub(super) fn queue_hash(id: &[u8]) -> u64 {
    xxh3_64(id)
}

/// The queue id that an answer to a message names, hashed: Postfix's `250
/// 2.0.0 Ok: queued as F27E789349`, Exim's `250 OK id=1abCde-000001-AB`,
/// sendmail's `250 2.0.0 r9M124TR023797 Message accepted for delivery` and
/// `OpenSMTPD`'s `250 2.0.0: f6e94209 Message accepted for delivery`.
pub(super) fn next_queue_id(answer: &[u8]) -> Option<u64> {
    const ENDS: &[u8] = b" ;,)>\"";
    let named = behind(answer, b"queued as ").or_else(|| behind(answer, b" OK id="));
    let id = if let Some(named) = named {
        until(named, ENDS)
    } else {
        let at = find(answer, b" Message accepted for delivery")?;
        let before = &answer[..at];
        let start = before.iter().rposition(|byte| b" (:\"".contains(byte));
        &before[start.map_or(0, |at| at + 1)..]
    };
    let plausible = (5..=32).contains(&id.len())
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    plausible.then(|| queue_hash(id))
}

/// Whether an address is of the server itself.
pub(super) fn is_loopback(name: &[u8], address: &[u8]) -> bool {
    address.starts_with(b"127.")
        || address == b"::1"
        || address == b"IPv6:::1"
        || name == b"localhost"
        || name == b"local"
}

/// Whether what comes from a host, or goes to it, stays within the
/// organization: a content filter, or a host that the person names.
pub(super) fn arrival_is_local(choices: &Choices, name: &[u8], address: &[u8]) -> bool {
    is_loopback(name, address)
        || choices.is_internal(&host_name(name, address))
        || choices.is_internal(&String::from_utf8_lossy(address))
}

/// A host's name, else its address, in lower case.
pub(super) fn host_name(name: &[u8], address: &[u8]) -> String {
    let text = if name.is_empty() { address } else { name };
    let text = text.strip_suffix(b".").unwrap_or(text);
    String::from_utf8_lossy(text).to_ascii_lowercase()
}

/// The connector that the person names for a host.
pub(super) fn connector_of<'c>(choices: &'c Choices, host: &str, address: &str) -> Option<&'c str> {
    choices.connector_of(host).or_else(|| choices.connector_of(address))
}

/// What is told of a session: its TLS.
pub(super) fn told_session<'a>(
    key: SessionKey,
    direction: Direction,
    tls: TlsState,
    cipher: Option<&'a str>,
    parts: &'a [SessionPart],
) -> Session<'a> {
    Session {
        key,
        crossing: Crossing {
            direction,
            by_domains: false,
            connector: None,
            connector_type: ConnectorType::Unknown,
            forced_tls: None,
            tls,
            cipher,
            sender_domain: None,
            remote_domain: None,
            remote_host: None,
            account: None,
            account_stated: false,
            method: AuthMethod::Unknown,
            sender: None,
            client_ip: None,
        },
        under_way: None,
        message_id: b"",
        awaits: None,
        hop: false,
        front_end: None,
        parts,
    }
}

/// Tells what silence about TLS means in a log, of outbound mail.
pub(super) fn tell_silent(key: SessionKey, tls: TlsState, tell: &mut dyn Tell) {
    tell.session(&told_session(key, Direction::Outbound, tls, None, &[]));
}

/// How a SASL mechanism proves who it is: by a password (RFC 4616, 5802 and
/// their like) or by a token (RFC 7628).
pub(super) fn sasl_method(mechanism: &[u8]) -> AuthMethod {
    let is = |start: &[u8]| {
        mechanism.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
    };
    if is(b"XOAUTH2") || is(b"OAUTHBEARER") {
        AuthMethod::Modern
    } else if [b"PLAIN".as_slice(), b"LOGIN", b"CRAM-MD5", b"DIGEST-MD5", b"SCRAM-"]
        .iter()
        .any(|known| is(known))
    {
        AuthMethod::Basic
    } else {
        AuthMethod::Unknown
    }
}

/// Rows of a session that belong to a message which is told of already.
pub(super) fn tell_more_rows(
    key: MessageKey,
    seconds: u32,
    rows: u32,
    raw: u64,
    tell: &mut dyn Tell,
) {
    if rows == 0 {
        return;
    }
    let mut said = key.0.to_le_bytes().to_vec();
    said.extend_from_slice(&raw.to_le_bytes());
    let id = Identity { network: Some(key), message_id: b"" };
    let row = xxh3_64(&said);
    let plain = Observation::of_row(id, RowLayout::ManyRows, row, seconds, "");
    tell.message(&Observation { rows, ..plain });
}
