use std::collections::BTreeMap;

use super::organization::domain;
use crate::json::Json;
use crate::mail::{AuthMethod, ConnectorType, Day, Direction, TlsState};

/// Mail that stayed within the organization crossed no border, so no report
/// says what kind of connector it did without.
const INTERNAL_CONNECTOR_TYPE: ConnectorType = ConnectorType::Unknown;

/// What is counted of the flow of mail, in the order of the program's JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// UTC day of the earliest row that tells of the crossing.
    pub day: Day,
    /// Which way the messages went.
    pub direction: Direction,
    /// The organization's connector.
    pub connector: Option<&'static str>,
    /// What kind it is, where a report states it.
    pub connector_type: ConnectorType,
    /// Whether it forces TLS, where a report states it.
    pub forced_tls: Option<bool>,
    /// TLS as far as the reports tell.
    pub tls: TlsState,
}

/// What is counted of SMTP AUTH, in the order of the program's JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sender {
    /// Lower case.
    pub address: &'static str,
    /// What stands after its `@`.
    pub domain: &'static str,
    /// TLS as far as the reports tell.
    pub tls: TlsState,
    /// How it signed in.
    pub method: AuthMethod,
}

/// The true counts of some files read together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Messages of each cell.
    pub cells: BTreeMap<Cell, u64>,
    /// Messages of each sender.
    pub senders: BTreeMap<Sender, u64>,
}

/// What is true of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTruth {
    /// Its name.
    pub name: &'static str,
    /// Its rows, the header not counted.
    pub rows: u64,
    /// Distinct messages of which it tells a direction.
    pub messages: u64,
    /// Rows of shadow copies, which carry no mail.
    pub shadow_copies: u64,
    /// Rows of messages that, by this file alone, were accepted, never sent
    /// and failed.
    pub not_sent: u64,
    /// The counts of this file read alone.
    pub alone: Counts,
}

/// What the generator knows of its mail, without reading it back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Truth {
    /// The counts of all files read together.
    pub counts: Counts,
    /// Each file.
    pub files: Vec<FileTruth>,
}

/// One crossing of one message, as the rows of one file tell it.
#[derive(Clone, Copy)]
pub(super) struct Tell {
    pub(super) direction: Direction,
    pub(super) connector: Option<&'static str>,
    pub(super) connector_type: ConnectorType,
    pub(super) forced_tls: Option<bool>,
    pub(super) tls: TlsState,
    pub(super) seconds: u32,
    pub(super) account: Option<Account>,
    pub(super) count: u32,
}

/// Who handed a message in.
#[derive(Clone, Copy)]
pub(super) struct Account {
    pub(super) address: &'static str,
    pub(super) method: AuthMethod,
    /// Whether the report names the account and does not leave it to be
    /// concluded from the sender address.
    pub(super) stated: bool,
}

impl Tell {
    pub(super) const fn new(direction: Direction, seconds: u32) -> Self {
        Self {
            direction,
            connector: None,
            connector_type: INTERNAL_CONNECTOR_TYPE,
            forced_tls: None,
            tls: TlsState::NotRecorded,
            seconds,
            account: None,
            count: 1,
        }
    }
}

/// What is noted while files are written. The page needs no truth and takes
/// `()`, so that nothing of this is shipped.
pub(super) trait Notes {
    /// Rows of the current message in `file`.
    fn rows(&mut self, file: usize, rows: Rows);
    /// What those rows tell.
    fn tell(&mut self, file: usize, tell: Tell);
    /// The current message is written.
    fn end(&mut self);
}

/// How many rows, and how many of them carry no mail.
#[derive(Clone, Copy, Default)]
pub(super) struct Rows {
    pub(super) all: usize,
    pub(super) shadow_copies: u32,
    pub(super) not_sent: bool,
}

impl Notes for () {
    fn rows(&mut self, _: usize, _: Rows) {}
    fn tell(&mut self, _: usize, _: Tell) {}
    fn end(&mut self) {}
}

/// Gathers the truth, message by message.
pub(super) struct Notebook {
    pub(super) truth: Truth,
    told: Vec<(usize, Tell)>,
}

impl Notebook {
    pub(super) fn new(names: &[&'static str]) -> Self {
        let files = names.iter().map(|&name| FileTruth { name, ..FileTruth::default() }).collect();
        Self { truth: Truth { files, ..Truth::default() }, told: Vec::new() }
    }
}

impl Notes for Notebook {
    fn rows(&mut self, file: usize, rows: Rows) {
        let file = &mut self.truth.files[file];
        file.rows += rows.all as u64;
        file.shadow_copies += u64::from(rows.shadow_copies);
        if rows.not_sent {
            file.not_sent += rows.all as u64;
        }
    }

    fn tell(&mut self, file: usize, tell: Tell) {
        self.told.push((file, tell));
    }

    fn end(&mut self) {
        let mut tells: Vec<Tell> = Vec::new();
        for (position, file) in self.truth.files.iter_mut().enumerate() {
            tells.clear();
            tells.extend(self.told.iter().filter(|told| told.0 == position).map(|told| told.1));
            if !tells.is_empty() {
                file.messages += 1;
                file.alone.count(&tells);
            }
        }
        tells.clear();
        tells.extend(self.told.drain(..).map(|told| told.1));
        self.truth.counts.count(&tells);
    }
}

impl Counts {
    /// Counts one message, of which `tells` is all that is told.
    fn count(&mut self, tells: &[Tell]) {
        for direction in
            [Direction::Inbound, Direction::Outbound, Direction::Submission, Direction::Internal]
        {
            let of = |wanted| tells.iter().filter(move |tell| tell.direction == wanted);
            let crossed = of(Direction::Inbound).chain(of(Direction::Outbound)).next().is_some();
            if direction == Direction::Internal && crossed {
                continue;
            }
            let named = of(direction).any(|tell| tell.connector.is_some());
            let best = of(direction).map(|tell| vagueness(tell.tls)).min();
            let mut counted = Vec::new();
            for tell in of(direction) {
                let tuple = (tell.connector, tell.tls);
                let replaced =
                    named && tell.connector.is_none() || Some(vagueness(tell.tls)) != best;
                if !replaced && !counted.contains(&tuple) {
                    counted.push(tuple);
                    let same = of(direction).filter(|other| {
                        other.tls == tell.tls
                            && (other.connector.is_none() || other.connector == tell.connector)
                    });
                    let known = of(direction).filter(|other| other.connector == tell.connector);
                    self.add(tell, same, known);
                }
            }
        }
    }

    /// Counts one crossing: `same` rows tell of just it, `known` of its
    /// connector.
    fn add<'a>(
        &mut self,
        tell: &Tell,
        same: impl Iterator<Item = &'a Tell> + Clone,
        known: impl Iterator<Item = &'a Tell> + Clone,
    ) {
        let messages = u64::from(same.clone().map(|tell| tell.count).max().unwrap_or(1));
        let seconds = same.map(|tell| tell.seconds).min().unwrap_or(tell.seconds);
        let kinds = known.clone().map(|tell| tell.connector_type);
        let cell = Cell {
            day: Day::of_seconds(seconds),
            direction: tell.direction,
            connector: tell.connector,
            connector_type: kinds
                .min_by_key(|&kind| kind == ConnectorType::Unknown)
                .unwrap_or_default(),
            forced_tls: known.clone().find_map(|tell| tell.forced_tls),
            tls: tell.tls,
        };
        *self.cells.entry(cell).or_default() += messages;
        // The account that a report states is truer than a sender address.
        let accounts = known.filter_map(|tell| tell.account);
        if let Some(account) = accounts.min_by_key(|account| !account.stated) {
            let sender = Sender {
                address: account.address,
                domain: domain(account.address),
                tls: tell.tls,
                method: account.method,
            };
            *self.senders.entry(sender).or_default() += messages;
        }
    }
}

/// A recorded TLS state replaces "version not stated", which replaces "not
/// recorded".
const fn vagueness(tls: TlsState) -> u8 {
    match tls {
        TlsState::NotRecorded => 2,
        TlsState::VersionNotStated => 1,
        _ => 0,
    }
}

impl Truth {
    /// The truth as text, `cells` and `senders` in the shape of the program's
    /// JSON.
    pub fn to_json(&self) -> String {
        let mut json = Json::compact().begin('{');
        json.number("version", 1);
        json.open(Some("files"), '[');
        for file in &self.files {
            json.open(None, '{');
            json.text(Some("name"), Some(file.name));
            json.number("rows", file.rows);
            json.number("distinctMessages", file.messages);
            json.open(Some("noMail"), '{');
            json.number("shadowCopy", file.shadow_copies);
            json.number("notSent", file.not_sent);
            json.close('}');
            file.alone.write(&mut json);
            json.close('}');
        }
        json.close(']');
        self.counts.write(&mut json);
        json.close('}');
        json.finish()
    }
}

impl Counts {
    fn write(&self, json: &mut Json) {
        json.open(Some("cells"), '[');
        for (cell, messages) in &self.cells {
            json.open(None, '{');
            json.text(Some("day"), Some(&cell.day.to_string()));
            json.text(Some("organization"), None);
            json.text(Some("direction"), Some(cell.direction.code()));
            json.text(Some("connector"), cell.connector);
            json.text(Some("connectorType"), Some(cell.connector_type.code()));
            json.truth("forcedTls", cell.forced_tls);
            json.text(Some("tls"), Some(cell.tls.code()));
            json.number("messages", *messages);
            json.close('}');
        }
        json.close(']');
        json.open(Some("senders"), '[');
        for (sender, messages) in &self.senders {
            json.open(None, '{');
            json.text(Some("address"), Some(sender.address));
            json.text(Some("domain"), Some(sender.domain));
            json.text(Some("tls"), Some(sender.tls.code()));
            json.text(Some("authMethod"), Some(sender.method.code()));
            json.number("messages", *messages);
            json.close('}');
        }
        json.close(']');
    }
}
