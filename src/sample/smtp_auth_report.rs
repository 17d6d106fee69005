//! The `SmtpCSReport`: one row for each message that a client handed in with
//! SMTP AUTH.

use super::csv::Row;
use super::message::Message;
use super::truth::{Account, Tell};
use super::words::{Time, cipher, report_word};
use crate::mail::{AuthMethod, Direction, TlsState};

pub(super) const HEADER: &str = "date,senderName,senderDomain,authMethod,original_client_ip,\
    tls_version,tls_cipher,message_count,message_id\r\n";

/// The row of `message` and what it tells, if the report has it.
pub(super) fn row(message: &Message) -> Option<(Vec<u8>, Tell)> {
    let login = message.login.as_ref()?;
    let told = login.reported.as_ref()?;
    let tls = if told.tls { login.tls } else { TlsState::NotRecorded };
    let (method, word) = match (told.method, login.modern) {
        (false, _) => (AuthMethod::Unknown, ""),
        (true, false) => (AuthMethod::Basic, "Basic Authentication"),
        (true, true) => (AuthMethod::Modern, "Modern Authentication"),
    };
    let client = login.client;
    // With and without the domain, with and without angle brackets: both are
    // seen in the wild.
    let whole = message.noise.is_multiple_of(2);
    let name = client.account.split('@').next().filter(|_| !whole).unwrap_or(client.account);
    let (open, close) = if message.noise & 6 == 0 { ("", "") } else { ("<", ">") };
    let mut row = Row::new();
    row.plain(Time(message.seconds, ' '))
        .field(name)
        .field(client.domain())
        .plain(word)
        .plain(client.ip)
        .plain(report_word(tls))
        .plain(cipher(tls))
        .plain(login.count)
        .plain(format_args!("{open}{}{close}", message.id));
    let account = Account { address: client.account, method, stated: true };
    let tell = Tell {
        tls,
        account: Some(account),
        count: login.count,
        ..Tell::new(Direction::Submission, message.seconds)
    };
    Some((row.finish(), tell))
}
