//! The tally as one JSON object, documented in the README and kept stable.

use serde::{Serialize, Serializer};

use crate::account::FileAccount;
use crate::mail::{AuthMethod, ConnectorType, Day, Direction, TlsState};
use crate::order::{merge_by, sort_by};
use crate::tally::{Tally, Text};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    files: Vec<File<'a>>,
    cells: Vec<Cell<'a>>,
    senders: Vec<Sender<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty", rename = "refusedSignIns")]
    refused: Vec<Refused<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct File<'a> {
    name: &'a str,
    format: Option<&'a str>,
    rows: u64,
    messages: u64,
    joined: u64,
    duplicates: u64,
    no_mail: Reasons,
    unreadable: Reasons,
    #[serde(skip_serializing_if = "is_zero")]
    refused_sign_ins: u64,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde wants it; in the page a number is larger"
)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cell<'a> {
    /// `null` where the days of the messages are not known.
    day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<Days>,
    organization: Option<&'a str>,
    direction: &'static str,
    connector: Option<&'a str>,
    connector_type: &'static str,
    forced_tls: Option<bool>,
    tls: &'static str,
    #[serde(skip_serializing_if = "is_exact")]
    rounded: bool,
    messages: u64,
}

/// First and last day.
#[derive(Serialize)]
struct Days {
    first: String,
    last: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_exact(rounded: &bool) -> bool {
    !*rounded
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sender<'a> {
    address: &'a str,
    domain: &'a str,
    tls: &'static str,
    auth_method: &'static str,
    #[serde(skip_serializing_if = "is_exact")]
    rounded: bool,
    messages: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Refused<'a> {
    day: String,
    account: &'a str,
    client_ip: Option<&'a str>,
    tls: &'static str,
    attempts: u64,
}

type RefusedKey<'a> = (Day, &'a str, Option<&'a str>, TlsState);
/// The days of a cell: those without a day come last.
type Time = (bool, Day, Day);
type CellKey<'a> = (Time, Direction, Option<&'a str>, ConnectorType, Option<bool>, TlsState, bool);
type SenderKey<'a> = (&'a str, &'a str, TlsState, AuthMethod, bool);

/// The JSON of `tally` and the account of its files: sorted, so that the same
/// figures are the same text.
pub fn tally_json(tally: &Tally, files: &[&FileAccount]) -> String {
    let text = |text: Option<Text>| text.map(|text| tally.text(text));
    let mut cells: Vec<(CellKey<'_>, u64)> = Vec::new();
    for cell in &tally.flow {
        let key = (
            (false, cell.day(), cell.day()),
            cell.direction,
            text(cell.connector),
            cell.connector_type,
            cell.forced_tls,
            cell.tls,
            cell.rounded,
        );
        cells.push((key, cell.messages));
    }
    let mut senders: Vec<(SenderKey<'_>, u64)> = Vec::new();
    let dated = tally.submissions.iter().map(|cell| ((false, cell.day(), cell.day()), cell));
    let blocks = tally.blocks.iter().map(|block| ((true, block.days.0, block.days.1), &block.cell));
    for (time, cell) in dated.chain(blocks) {
        let (tls, rounded) = (cell.tls, cell.rounded);
        let key = (time, Direction::Submission, None, ConnectorType::Unknown, None, tls, rounded);
        cells.push((key, cell.messages));
        let (account, domain) = (tally.text(cell.account), tally.text(cell.domain));
        let key = (account, domain, tls, cell.method, rounded);
        senders.push((key, cell.messages));
    }
    let mut refused: Vec<(RefusedKey<'_>, u64)> = tally
        .refused
        .iter()
        .map(|cell| {
            let day = Day::of_hour(cell.hour);
            ((day, tally.text(cell.account), text(cell.client_ip), cell.tls), cell.attempts)
        })
        .collect();
    merge_by(&mut refused, &|a, b| a.0.cmp(&b.0), &|one, other| one.1 += other.1);
    merge_by(&mut cells, &|a, b| a.0.cmp(&b.0), &|one, other| one.1 += other.1);
    merge_by(&mut senders, &|a, b| a.0.cmp(&b.0), &|one, other| one.1 += other.1);
    let document = Document {
        version: 1,
        files: files.iter().map(|file| File::of(file)).collect(),
        cells: cells
            .into_iter()
            .map(
                |(
                    (time, direction, connector, connector_type, forced_tls, tls, rounded),
                    messages,
                )| Cell {
                    day: (!time.0).then(|| time.1.to_string()),
                    period: time
                        .0
                        .then(|| Days { first: time.1.to_string(), last: time.2.to_string() }),
                    organization: None,
                    direction: direction.code(),
                    connector,
                    connector_type: connector_type.code(),
                    forced_tls,
                    tls: tls.code(),
                    rounded,
                    messages,
                },
            )
            .collect(),
        senders: senders
            .into_iter()
            .map(|((address, domain, tls, method, rounded), messages)| Sender {
                address,
                domain,
                tls: tls.code(),
                auth_method: method.code(),
                rounded,
                messages,
            })
            .collect(),
        refused: refused
            .into_iter()
            .map(|((day, account, client_ip, tls), attempts)| Refused {
                day: day.to_string(),
                account,
                client_ip,
                tls: tls.code(),
                attempts,
            })
            .collect(),
    };
    // Strings and numbers to memory: there is nothing that can fail.
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

impl<'a> File<'a> {
    fn of(account: &'a FileAccount) -> Self {
        Self {
            name: &account.name,
            format: account.format.as_deref(),
            rows: account.rows,
            messages: account.messages,
            joined: account.joined,
            duplicates: account.duplicates,
            no_mail: Reasons::of(account.no_mail.iter().map(|(why, rows)| (why.code(), *rows))),
            unreadable: Reasons::of(
                account.unreadable.iter().map(|(why, rows)| (why.code(), *rows)),
            ),
            refused_sign_ins: account.refused_sign_ins,
        }
    }
}

/// Rows by reason: a JSON object, sorted by its keys.
struct Reasons(Vec<(&'static str, u64)>);

impl Reasons {
    fn of(rows: impl Iterator<Item = (&'static str, u64)>) -> Self {
        let mut rows: Vec<_> = rows.collect();
        sort_by(&mut rows, &Ord::cmp);
        Self(rows)
    }
}

impl Serialize for Reasons {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}
