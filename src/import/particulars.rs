//! What a row says of its message beyond what is counted: recipients, what
//! became of it, subject, client. Read only where messages are kept.
//!
//! | format | place |
//! |---|---|
//! | Extended report, tracking log | `recipient_address` and `recipient_status`, both joined by `;`; `event_id` of what moves mail; `message_subject` |
//! | Enhanced summary | `recipient_status`: `address##Receive, Deliver;address##Receive, Fail` |
//! | message traces | a recipient a row, `Status`, `Subject` |

use std::borrow::Cow;

use super::columns::Columns;
use super::csv::Record;
use super::open::Charset;
use crate::account::Field;
use crate::mail::Particulars;

/// Where a row has it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    /// Recipients, and what became of each.
    pub(super) recipients: Option<usize>,
    /// What became of it.
    pub(super) statuses: Option<usize>,
    /// The client.
    pub(super) client_ip: Option<usize>,
    /// The subject.
    pub(super) subject: Option<usize>,
    /// The event of which the row tells.
    pub(super) event: Option<usize>,
}

impl Places {
    /// Those that a reader's columns have.
    pub(super) fn of(columns: &Columns) -> Self {
        Self {
            recipients: columns.position(Field::Recipient),
            statuses: columns.position(Field::Status),
            client_ip: columns.position(Field::ClientIp),
            subject: None,
            event: None,
        }
    }

    /// What `record` has there.
    pub(super) fn read<'r>(&self, record: &Record<'r>, charset: Charset) -> Particulars<'r> {
        let cell = |place: Option<usize>| text(record, place, charset);
        let recipients = cell(self.recipients);
        let (recipients, statuses) = if recipients.contains("##") {
            with_statuses(&recipients)
        } else {
            (lines(recipients), lines(cell(self.statuses)))
        };
        let statuses = match self.event {
            Some(_) => of_event(&cell(self.event), &statuses).into(),
            None => statuses,
        };
        let (subject, client_ip) = (cell(self.subject), cell(self.client_ip));
        Particulars { recipients, statuses, subject, client_ip }
    }
}

/// A trimmed cell as text.
fn text<'r>(record: &Record<'r>, place: Option<usize>, charset: Charset) -> Cow<'r, str> {
    let Some(place) = place else { return Cow::Borrowed("") };
    let text = match record.get(place) {
        Cow::Borrowed(bytes) => charset.text(bytes).0,
        Cow::Owned(bytes) => Cow::Owned(charset.text(&bytes).0.into_owned()),
    };
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// What is joined by `;`, in lines. In quotes it belongs to an address.
fn lines(cell: Cow<'_, str>) -> Cow<'_, str> {
    if !cell.contains([';', '\n', '\r']) {
        return cell;
    }
    let mut quoted = false;
    let split = |c: char| match c {
        '"' => {
            quoted = !quoted;
            c
        }
        ';' if !quoted => '\n',
        '\n' | '\r' => ' ',
        _ => c,
    };
    let split: String = cell.chars().map(split).collect();
    Cow::Owned(split)
}

/// Addresses and their statuses, in lines, of `a##Receive, Send;b##Fail`.
fn with_statuses(cell: &str) -> (Cow<'static, str>, Cow<'static, str>) {
    let (mut addresses, mut statuses) = (Vec::new(), Vec::new());
    let mut rest = cell;
    // An address may hold `;` in quotes, but never `##`.
    while let Some((address, tail)) = rest.split_once("##") {
        let (status, next) = tail.split_once(';').unwrap_or((tail, ""));
        addresses.push(in_one_line(address));
        statuses.push(in_one_line(status));
        rest = next;
    }
    (addresses.join("\n").into(), statuses.join("\n").into())
}

fn in_one_line(text: &str) -> String {
    text.trim().replace(['\n', '\r'], " ")
}

/// The statuses of a row that tells of an event: `FAIL: 550 5.1.1 …`. Events
/// that move no mail say nothing of it.
fn of_event(event: &str, statuses: &str) -> String {
    const MOVES: [&str; 10] = [
        "RECEIVE",
        "SEND",
        "SENDEXTERNAL",
        "DELIVER",
        "FAIL",
        "DEFER",
        "DROP",
        "BADMAIL",
        "POISONMESSAGE",
        "SUBMITFAIL",
    ];
    if !MOVES.contains(&event) {
        return String::new();
    }
    let of = |status: &str| match status.trim() {
        "" => event.to_owned(),
        status => format!("{event}: {status}"),
    };
    statuses.split('\n').map(of).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipients_are_split_where_no_quotes_are() {
        assert_eq!(lines("a@x.example;\"b;c\"@x.example".into()), "a@x.example\n\"b;c\"@x.example");
        let (addresses, statuses) =
            with_statuses("\"a;b\"@x.example##Receive, Send;c@x.example##Receive, Fail");
        assert_eq!(addresses, "\"a;b\"@x.example\nc@x.example");
        assert_eq!(statuses, "Receive, Send\nReceive, Fail");
    }

    #[test]
    fn what_moves_mail_says_what_became_of_it() {
        assert_eq!(of_event("SENDEXTERNAL", "250 ok\n"), "SENDEXTERNAL: 250 ok\nSENDEXTERNAL");
        assert_eq!(of_event("RESOLVE", "UserMailbox.Forwardable"), "");
        assert_eq!(of_event("DELIVER", ""), "DELIVER");
    }
}
