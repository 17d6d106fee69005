//! What "Request report" asks for (CR-08, SA-10, SA-14): every detail that the
//! files tell, a line for each day and set of facts.

use serde::{Deserialize, Serialize};

use super::own_texts::{OwnTexts, client};
use super::{Period, ROUNDED, ReportKind, Span, TlsCounts, Value, Words, connectors, senders};
use crate::mail::{AuthMethod, ConnectorType, Day, Direction, TlsState};
use crate::order::merge_by;
use crate::tally::{Tally, Text};

/// What the detailed report is to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailedQuery {
    /// Of connectors or of SMTP AUTH clients.
    pub report: ReportKind,
    /// The days.
    pub span: Span,
    /// One direction only; of connectors alone.
    pub direction: Option<Direction>,
    /// One type of connector only; of connectors alone.
    pub connector_type: Option<ConnectorType>,
    /// One TLS state only; [`TlsState::Older`] stands for "Other TLS".
    pub tls: Option<TlsState>,
}

/// The heads of the columns that [`Words`] has not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailedWords {
    /// "TLS".
    pub tls: String,
    /// "Cipher suite".
    pub cipher: String,
    /// "Client IP address".
    pub client: String,
    /// "Sender domain".
    pub sender_domain: String,
    /// "Domain on the other side".
    pub remote_domain: String,
    /// Host of the other side.
    pub remote_host: String,
    /// "Message count".
    pub messages: String,
    /// "Sender address".
    pub sender: String,
}

/// The detailed report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detailed {
    /// The days; `None` without data.
    pub period: Option<Period>,
    /// All messages in it.
    pub counts: TlsCounts,
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// Its lines.
    pub rows: Vec<Vec<Value>>,
}

/// What makes a line of its own, and its messages.
type Flow =
    (Day, Direction, Option<Text>, ConnectorType, Option<bool>, TlsState, [Option<Text>; 5], bool);
type Sent = ((Day, Day), Text, Text, Option<Text>, TlsState, Option<Text>, AuthMethod, bool);

/// The detailed report; `now` is the clock, in seconds since 1970.
pub fn detailed(
    tally: &Tally,
    now: u32,
    query: &DetailedQuery,
    words: &Words,
    more: &DetailedWords,
) -> Detailed {
    let latest = super::latest(now);
    let period = if query.report == ReportKind::Senders {
        let (coverage, reach) = senders::coverage(tally, latest);
        senders::period(tally, &coverage, reach, query.span)
    } else {
        let (coverage, reach) = connectors::coverage(tally, latest, connectors::is_told);
        reach.and_then(|reach| coverage.resolve(query.span, reach))
    };
    let mut detailed = Detailed { period, ..Detailed::default() };
    let Some(period) = period else { return detailed };
    match query.report {
        ReportKind::Senders => sent(tally, &period, query, words, more, &mut detailed),
        _ => flows(tally, &period, query, words, more, &mut detailed),
    }
    detailed
}

fn wanted(query: &DetailedQuery, tls: TlsState) -> bool {
    let column = if tls == TlsState::VersionNotStated { TlsState::Older } else { tls };
    query.tls.is_none_or(|wanted| wanted == column)
}

fn flows(
    tally: &Tally,
    period: &Period,
    query: &DetailedQuery,
    words: &Words,
    more: &DetailedWords,
    into: &mut Detailed,
) {
    let own = OwnTexts::new(tally);
    let direct = query.report == ReportKind::DirectSend;
    let mut lines: Vec<(Flow, u64)> = connectors::cells_in(tally, period)
        .filter(|cell| query.direction.is_none_or(|wanted| wanted == cell.direction))
        .filter(|cell| query.connector_type.is_none_or(|wanted| wanted == cell.connector_type))
        .filter(|cell| wanted(query, cell.tls))
        .filter(|cell| !direct || own.came_directly(cell))
        .map(|cell| {
            // Whom mail came from is of Direct Send alone.
            let (host, sender) =
                if direct { (client(cell), cell.sender) } else { (cell.remote_host, None) };
            let texts = [cell.cipher, cell.sender_domain, cell.remote_domain, host, sender];
            let connector = (cell.connector, cell.connector_type, cell.forced_tls);
            let (name, kind, forced) = connector;
            let (day, rounded) = (cell.day(), cell.rounded);
            let key = (day, cell.direction, name, kind, forced, cell.tls, texts, rounded);
            (key, cell.messages)
        })
        .collect();
    merge_by(&mut lines, &|a, b| a.0.cmp(&b.0), &|one, other| one.1 += other.1);
    let heads = [
        &words.date,
        &words.name,
        &words.connector_type,
        &words.forced_tls,
        &more.tls,
        &more.cipher,
        &more.sender_domain,
        &more.remote_domain,
        &more.messages,
    ];
    into.heads = heads.map(Clone::clone).to_vec();
    let there = |index: usize| lines.iter().any(|(key, _)| key.6[index].is_some());
    let (hosts, senders) = (there(3), there(4));
    if senders {
        into.heads.insert(heads.len() - 1, more.sender.clone());
    }
    if hosts {
        into.heads.insert(heads.len() - 1, more.remote_host.clone());
    }
    let any = lines.iter().any(|(key, _)| key.7);
    into.heads.extend(any.then(|| words.rounded.clone()));
    for ((day, direction, connector, kind, forced, tls, texts, rounded), messages) in lines {
        into.counts.add_amount(tls, (messages, rounded));
        let mut row = vec![
            Value::Text(day.to_string()),
            Value::Text(words.flow(direction, connector.map(|name| tally.text(name)))),
            Value::Text(words.connector_type(kind).to_owned()),
            Value::Text(words.forced(forced).to_owned()),
            tls_word(words, tls),
        ];
        row.extend(texts[..3].iter().map(|text| optional(tally, *text)));
        row.extend(hosts.then(|| optional(tally, texts[3])));
        row.extend(senders.then(|| optional(tally, texts[4])));
        row.push(number(messages));
        row.extend(any.then(|| Value::Text(words.forced(Some(rounded)).to_owned())));
        into.rows.push(row);
    }
}

fn sent(
    tally: &Tally,
    period: &Period,
    query: &DetailedQuery,
    words: &Words,
    more: &DetailedWords,
    into: &mut Detailed,
) {
    let mut lines: Vec<(Sent, u64)> = Vec::new();
    senders::each_in(tally, period, &mut |cell, block| {
        if wanted(query, cell.tls) {
            let days = block.unwrap_or((cell.day(), cell.day()));
            let (account, domain, client) = (cell.account, cell.domain, cell.client_ip);
            let (tls, method, rounded) = (cell.tls, cell.method, cell.rounded);
            let key = (days, account, domain, client, tls, cell.cipher, method, rounded);
            lines.push((key, cell.messages));
        }
    });
    merge_by(&mut lines, &|a, b| a.0.cmp(&b.0), &|one, other| one.1 += other.1);
    let heads = [
        &words.date,
        &words.name,
        &words.domain,
        &more.client,
        &more.tls,
        &more.cipher,
        &words.method,
        &more.messages,
    ];
    into.heads = heads.map(Clone::clone).to_vec();
    let any = lines.iter().any(|(key, _)| key.7);
    into.heads.extend(any.then(|| words.rounded.clone()));
    for ((days, account, domain, client, tls, cipher, method, rounded), messages) in lines {
        into.counts.add_amount(tls, (messages, rounded));
        let mut day = days.0.to_string();
        if days.1 != days.0 {
            // A block: which of the days it was is not known.
            day.push_str(" \u{2013} ");
            day.push_str(&days.1.to_string());
        }
        let mut row = vec![
            Value::Text(day),
            Value::Text(tally.text(account).to_owned()),
            Value::Text(tally.text(domain).to_owned()),
            optional(tally, client),
            tls_word(words, tls),
            optional(tally, cipher),
            Value::Text(words.methods(&[method])),
            number(messages),
        ];
        row.extend(any.then(|| Value::Text(words.forced(Some(rounded)).to_owned())));
        into.rows.push(row);
    }
}

fn tls_word(words: &Words, tls: TlsState) -> Value {
    Value::Text(words.states.get(tls.index()).cloned().unwrap_or_default())
}

fn optional(tally: &Tally, text: Option<Text>) -> Value {
    Value::Text(text.map(|text| tally.text(text)).unwrap_or_default().to_owned())
}

fn number(messages: u64) -> Value {
    Value::Number(i64::try_from(messages).unwrap_or(i64::MAX))
}

impl Detailed {
    /// The messages of each TLS state, a line each: `TLS 1.2: 61.8% (233)`.
    pub fn summary(&self, words: &Words) -> String {
        let mut text = String::new();
        if let Some(period) = self.period {
            text = format!("{} \u{2013} {} (UTC)\n\n", period.first, period.last);
        }
        let recorded = self.counts.recorded();
        for (state, name) in TlsState::ALL.iter().zip(&words.states) {
            let (messages, rounded) = self.counts.amount(*state);
            if messages == 0 {
                continue;
            }
            let mark = if rounded { ROUNDED } else { "" };
            text.push_str(name);
            text.push_str(": ");
            if *state == TlsState::NotRecorded {
                text.push_str(mark);
                text.push_str(&words.count(messages));
            } else {
                text.push_str(&words.marked_share(messages, recorded, mark));
            }
            text.push('\n');
        }
        text.push_str(&words.volume);
        text.push_str(": ");
        text.push_str(&words.count(self.counts.volume()));
        text.push('\n');
        text
    }
}
