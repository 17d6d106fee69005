//! Exchange Server's SMTP protocol logs, `RECV*.LOG` and `SEND*.LOG`, of all
//! versions (`formats.md` C2). One row is one line of an SMTP session; the
//! rows of many sessions are mixed.
//!
//! `#Fields: date-time, connector-id, session-id, sequence-number,
//! local-endpoint, remote-endpoint, event, data, context`; `event` is `+`
//! connect, `-` disconnect, `<` received, `>` sent, `*` information. Where the
//! facts are:
//!
//! | fact | place |
//! |---|---|
//! | one message | `MAIL FROM` up to the `250` that answers its data |
//! | its Message-ID | `250 2.6.0 <id>` (receive); `InternetMessageId <id>` in an information row (send) |
//! | TLS | information row `TLS protocol SP_PROT_… negotiation succeeded`; a session seen from its start without one has none |
//! | SMTP AUTH | information row whose context is `authenticated` and whose data is the account; `Session for … will now be proxied` where a front end hands the session on |
//! | refused | `535`, or `Inbound AUTH … failed`; the name tried in `User Name: …` |
//! | client behind a front end | `XPROXY SID=<its session> IP=<client>` on the connector `Client Proxy` |
//!
//! Mail between servers of the organization (ports 2525, 475 and 717, the
//! connectors for it in any language, sign-in by `X-EXPS` or
//! `X-ANONYMOUSTLS`, hosts that a person names) is an internal hop. A log may
//! be cut within a session: what each file tells of it is joined by the
//! session id.

mod commands;
mod information;
mod replies;
mod role;
mod session;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use self::role::{Role, role_of};
use self::session::State;
use super::exchange_log::{Fields, log_type};
use super::row::Notes;
use super::{LogFormat, RowReader, Tell};
use crate::account::{Gap, LeftOut};
use crate::import::bytes::number;
use crate::import::columns::Columns;
use crate::import::csv::Record;
use crate::import::sink::Settings;
use crate::mail::{Choices, SessionKey, TlsState};
use crate::order::sort_by;

/// The log of what a server received.
pub(crate) const RECEIVE: LogFormat = LogFormat {
    by_line: false,
    name: "SMTP Receive Protocol Log",
    signature: |probe| role_of(probe) == Some(Role::Receive),
    reader: open,
};

/// The log of what a server sent.
pub(crate) const SEND: LogFormat = LogFormat {
    by_line: false,
    name: "SMTP Send Protocol Log",
    signature: |probe| role_of(probe) == Some(Role::Send),
    reader: open,
};

/// The columns, in the order of [`Column`]; it is that of every version seen.
const COLUMNS: [&str; 9] = [
    "datetime",
    "connectorid",
    "sessionid",
    "sequencenumber",
    "localendpoint",
    "remoteendpoint",
    "event",
    "data",
    "context",
];

#[derive(Clone, Copy)]
enum Column {
    Time,
    Connector,
    Session,
    Sequence,
    Local,
    Remote,
    Event,
    Data,
    Context,
}

fn open(probe: &[u8], settings: &Settings) -> Box<dyn RowReader> {
    Box::new(SmtpProtocol {
        columns: Columns::default(),
        fields: Fields::new(&COLUMNS),
        role: role_of(probe),
        choices: settings.choices.clone(),
        sessions: FxHashMap::default(),
        rows: 0,
        directions: [false; 2],
    })
}

struct SmtpProtocol {
    columns: Columns,
    fields: Fields<9>,
    role: Option<Role>,
    choices: Choices,
    /// Sessions under way, by their key.
    sessions: FxHashMap<u64, State>,
    rows: u64,
    /// Whether received and sent mail was seen.
    directions: [bool; 2],
}

/// More sessions than this are hardly under way at once: those that were
/// silent longest never ended.
const MOST_SESSIONS: usize = 1 << 16;

impl RowReader for SmtpProtocol {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn gaps(&self) -> Vec<Gap> {
        let mut gaps = vec![Gap::ConnectorType, Gap::ForcedTls];
        if self.directions == [false, true] {
            gaps.push(Gap::SmtpAuth);
        }
        gaps
    }

    fn is_log(&self) -> bool {
        true
    }

    fn width(&self) -> Option<usize> {
        Some(self.fields.width())
    }

    fn directive(&mut self, line: &[u8]) {
        if let Some(name) = log_type(line) {
            self.role = Role::of_log_type(name).or(self.role);
        }
        self.fields.directive(line);
    }

    fn read(
        &mut self,
        record: &Record<'_>,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<LeftOut> {
        let field = |column: Column| self.fields.get(column as usize, record);
        let seconds = match notes.seconds(&field(Column::Time)) {
            Ok(seconds) => seconds,
            Err(left_out) => return Some(left_out),
        };
        let (event, data, context) =
            (field(Column::Event), field(Column::Data), field(Column::Context));
        let sequence = number(&field(Column::Sequence));
        let key = session_key(&field(Column::Session));
        self.rows += 1;
        let role = self.role.or_else(|| Role::of_row(&event, &data, &context));
        // The same session begins again: the file holds its log twice.
        let begins = event.as_ref() == b"+" || sequence == 0;
        if begins
            && self.sessions.get(&key.0).is_some_and(|state| state.connected)
            && let Some(state) = self.sessions.remove(&key.0)
        {
            state.settle(key.0, false, &self.choices, tell);
        }
        let state = self.sessions.entry(key.0).or_insert_with(|| {
            let connector = notes.text(field(Column::Connector));
            let connector = connector.trim();
            State::new(role.unwrap_or(Role::Receive), connector, notes.connector(connector))
        });
        state.last_row = self.rows;
        if state.rows == 0 {
            state.line = record.line;
            state.text.clear();
            state.text.extend_from_slice(&record.raw()[..record.raw().len().min(400)]);
        }
        state.rows += 1;
        if let (ip, port @ 1..) = endpoint(&field(Column::Remote)) {
            state.remote_port = port;
            if state.remote_ip.as_bytes() != ip {
                state.remote_ip = String::from_utf8_lossy(ip).into_owned();
            }
        }
        if let (_, port @ 1..) = endpoint(&field(Column::Local)) {
            state.local_port = port;
        }
        state.connected |= event.as_ref() == b"+";
        if begins && !state.start {
            state.start = true;
            if state.tls == TlsState::NotRecorded {
                state.tls = TlsState::NoTls;
            }
        }
        let mut row = Row {
            state,
            key: key.0,
            seconds,
            sequence,
            line: record.line,
            notes,
            tell,
            choices: &self.choices,
        };
        let command = if row.state.role == Role::Receive { b'<' } else { b'>' };
        match event.first() {
            Some(b'<' | b'>') if event[0] == command => row.command(&data),
            Some(b'<' | b'>') => row.answer(&data),
            Some(b'-') => {
                if let Some(state) = self.sessions.remove(&key.0) {
                    self.directions[state.role as usize] |= state.messages > 0;
                    state.settle(key.0, true, &self.choices, tell);
                }
                return None;
            }
            Some(b'*') | None => row.information(&data, &context),
            _ => {}
        }
        if self.sessions.len() > MOST_SESSIONS {
            self.settle_silent(tell);
        }
        None
    }

    fn finish(&mut self, _: &mut Notes, tell: &mut dyn Tell) {
        self.settle_all(0, tell);
    }
}

impl SmtpProtocol {
    /// Settles the half of all sessions that was silent longest.
    fn settle_silent(&mut self, tell: &mut dyn Tell) {
        self.settle_all(MOST_SESSIONS / 2, tell);
    }

    /// Settles all sessions but the `keep` latest.
    fn settle_all(&mut self, keep: usize, tell: &mut dyn Tell) {
        let mut by_age: Vec<(u64, u64)> =
            self.sessions.iter().map(|(key, state)| (state.last_row, *key)).collect();
        sort_by(&mut by_age, &Ord::cmp);
        let ending = by_age.len().saturating_sub(keep);
        for (_, key) in by_age.into_iter().take(ending) {
            if let Some(state) = self.sessions.remove(&key) {
                self.directions[state.role as usize] |= state.messages > 0;
                state.settle(key, false, &self.choices, tell);
            }
        }
    }
}

/// One row, with the session it is of.
struct Row<'a> {
    state: &'a mut State,
    key: u64,
    seconds: u32,
    sequence: u64,
    line: u64,
    notes: &'a mut Notes,
    tell: &'a mut dyn Tell,
    choices: &'a Choices,
}

/// `10.1.1.70:50100` and `[2001:db8::1]:25` to address and port.
fn endpoint(text: &[u8]) -> (&[u8], u32) {
    let Some(colon) = text.iter().rposition(|&byte| byte == b':') else { return (&[], 0) };
    let ip = text[..colon].trim_ascii();
    let ip = ip.strip_prefix(b"[").and_then(|ip| ip.strip_suffix(b"]")).unwrap_or(ip);
    (ip, u32::try_from(number(&text[colon + 1..])).unwrap_or(0))
}

/// A session's key: its id is sixteen hexadecimal digits.
pub(super) fn session_key(id: &[u8]) -> SessionKey {
    let id = id.trim_ascii();
    match id.try_into().map(|id: [u8; 16]| id.map(|byte| byte.to_ascii_uppercase())) {
        Ok(id) => SessionKey(xxh3_64(&id)),
        Err(_) => SessionKey(xxh3_64(&id.to_ascii_uppercase())),
    }
}
