//! Whose log a text is.

use super::COLUMNS;
use crate::import::bytes::contains;
use crate::import::formats::exchange_log::{first_rows, is_time, log_type};

/// Whose log it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The server's side: commands come in.
    Receive,
    /// The client's side: commands go out.
    Send,
}

impl Role {
    pub(super) fn of_log_type(name: &[u8]) -> Option<Self> {
        let starts =
            |with: &[u8]| name.get(..with.len()).is_some_and(|n| n.eq_ignore_ascii_case(with));
        if starts(b"SMTP Receive Protocol") {
            Some(Self::Receive)
        } else {
            starts(b"SMTP Send Protocol").then_some(Self::Send)
        }
    }

    /// Whose log a row is of, where it tells: who speaks in commands, and who
    /// in numbers.
    pub(super) fn of_row(event: &[u8], data: &[u8], context: &[u8]) -> Option<Self> {
        let number = data.first().is_some_and(u8::is_ascii_digit);
        match event {
            b"<" | b">" if data.len() < 3 => None,
            b"<" => Some(if number { Self::Send } else { Self::Receive }),
            b">" => Some(if number { Self::Receive } else { Self::Send }),
            _ if contains(context, b"_SERVER negotiation") => Some(Self::Receive),
            _ if contains(context, b"_CLIENT negotiation")
                || context == b"attempting to connect"
                || context.starts_with(b"sending message") =>
            {
                Some(Self::Send)
            }
            _ if context == b"authenticated" || context.starts_with(b"Inbound AUTH") => {
                Some(Self::Receive)
            }
            _ => None,
        }
    }
}

/// Whose log a text is, from its header, or from its rows where it starts in
/// the middle.
pub(super) fn role_of(probe: &[u8]) -> Option<Role> {
    if let Some(name) = log_type(probe) {
        return Role::of_log_type(name);
    }
    let rows = first_rows(probe);
    let of_log = |row: &&Vec<Vec<u8>>| {
        row.len() == COLUMNS.len()
            && is_time(&row[0])
            && row[2].len() == 16
            && row[2].iter().all(u8::is_ascii_hexdigit)
            && !row[3].is_empty()
            && row[3].iter().all(u8::is_ascii_digit)
            && matches!(row[6].as_slice(), b"+" | b"-" | b"<" | b">" | b"*" | b"")
    };
    let mut rows = rows.iter().filter(of_log).peekable();
    rows.peek()?;
    // A log of connections alone says nothing of its side, and has no mail.
    Some(rows.find_map(|row| Role::of_row(&row[6], &row[7], &row[8])).unwrap_or(Role::Receive))
}
