//! The JSON document of an endpoint: messages one by one, or ready-made cells.
//! `docs/endpoint.schema.json` describes every field; this is its reader.
//!
//! `mailflow tally --json` is such a document too. Its `senders` say nothing of
//! days, so they are not read: its submissions are mail of unknown accounts.
//! `mailflow tally --cells` is one whose cells have all that is known, and
//! which names the parts that were counted together
//! ([`counted`](super::counted)): it is taken as it is written.
//!
//! Cells of a document without parts are one part. Of these, cells with a
//! `period` instead of a day, and cells that are `rounded`, come from exports
//! that count by themselves. What had to yield to messages is not among them
//! any more, so they stand beside whatever else there is.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

use super::counted::{Head, amount, exact, part_of, tls};
use super::row::{Notes, domain_of, identity, some};
use super::{Tell, words};
use crate::account::{Field, Gap, LeftOut, Unreadable};
use crate::mail::{
    Aggregate, AuthMethod, ConnectorType, Crossing, Day, Direction, Observation, Ready, ReadyCell,
    ReadyTime, RowLayout, TlsState,
};
use crate::order::sort_by;

pub(crate) use crate::account::DOCUMENT_FORMAT as NAME;

/// A list of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    /// One item is one message, unless its `count` says more.
    Messages,
    /// One item is so many messages of one day or hour.
    Cells,
}

impl List {
    /// The list of that name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        [Self::Messages, Self::Cells].into_iter().find(|list| list.name() == name)
    }

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Cells => "cells",
        }
    }
}

/// What no item of a document has told yet.
pub(crate) struct DocumentReader {
    gaps: Vec<Gap>,
    /// The parts that it names, if it does.
    parts: Option<Vec<String>>,
}

/// Why an item was left out, and the field that is to blame.
pub(super) type Refused = (LeftOut, &'static str);

impl DocumentReader {
    /// A reader of items of a document with this head.
    pub(crate) fn new(head: &Head) -> Self {
        let gaps = [Gap::Connector, Gap::ConnectorType, Gap::ForcedTls, Gap::MessageId];
        Self { gaps: gaps.into_iter().chain([Gap::SmtpAuth]).collect(), parts: head.parts() }
    }

    /// The ids of the parts that it names, if it does.
    pub(crate) fn parts(&self) -> Option<&[String]> {
        self.parts.as_deref()
    }

    /// What the items that were read cannot tell.
    pub(crate) fn gaps(self) -> Vec<Gap> {
        self.gaps
    }

    /// Reads one item; hands on what it says, or says why it was left out.
    #[expect(clippy::too_many_lines, reason = "one field after the other")]
    pub(crate) fn read(
        &mut self,
        list: List,
        item: &Value,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<Refused> {
        // A cell's hour says more than its day.
        let (time, count) = match list {
            List::Messages => ("time", "count"),
            List::Cells if item.get("hour").is_some() => ("hour", "messages"),
            List::Cells => ("day", "messages"),
        };
        let required = [time, "direction", "tls", count];
        let required = &required[..if list == List::Cells { 4 } else { 3 }];
        if let Some(name) = required.iter().find(|name| item.get(name).is_none()) {
            return Some((LeftOut::Unreadable(Unreadable::MissingField), name));
        }
        let period = item.get("period").filter(|_| list == List::Cells);
        let period = period.filter(|period| matches!(period, Value::Fields(_)));
        let (seconds, until) = match times(item, time, period, notes) {
            Ok(times) => times,
            Err(refused) => return Some(refused),
        };
        let rounded = list == List::Cells && text(item, "rounded") == "true";
        let whole = self.parts.is_some() && list == List::Cells;
        let number = match list {
            List::Messages => number(item, count).map(u64::from),
            List::Cells => amount(item, count).ok(),
        };
        let Some(number) = number else {
            return Some((LeftOut::Unreadable(Unreadable::BadCount), count));
        };
        let word = text(item, "direction");
        let direction =
            known(notes.direction(&word), Direction::Unknown, Field::Direction, &word, notes);
        let tls = tls(item, notes);
        let word = text(item, "connectorType");
        let connector_type = known(
            notes.connector_type(&word),
            ConnectorType::Unknown,
            Field::ConnectorType,
            &word,
            notes,
        );
        let word = text(item, "forcedTls");
        let forced_tls = known(notes.forced(&word), None, Field::ForcedTls, &word, notes);
        let remote_host = text(item, "remoteHost");
        let connector = text(item, "connector");
        let connector = some(&connector).filter(|name| !notes.connector(name).none);
        let sender = address(item, "sender");
        let sender_domain = address(item, "senderDomain");
        let sender_domain = domain_of(&sender).or(some(&sender_domain));
        let remote_domain = address(item, "remoteDomain");
        let inbound = (direction == Direction::Inbound).then_some(sender_domain).flatten();
        let cipher = text(item, "cipher");
        let submission = direction == Direction::Submission;
        if period.is_some() && !submission {
            return Some((LeftOut::Unreadable(Unreadable::BadTime), "period"));
        }
        let account = address(item, "account");
        let account = some(&account).unwrap_or(&sender);
        let account_domain = address(item, "accountDomain");
        let own_domain = some(&account_domain).filter(|_| submission);
        let word = text(item, "authMethod");
        let method =
            known(words::auth_method(&word), AuthMethod::Unknown, Field::AuthMethod, &word, notes);
        let client_ip = text(item, "clientIp");
        let (network, message_id) = match list {
            List::Messages => (text(item, "networkMessageId"), text(item, "id")),
            List::Cells => (Cow::default(), Cow::default()),
        };
        let id = identity(network.as_bytes(), message_id.as_bytes());
        self.told(&[
            (Gap::Connector, item.get("connector").is_some()),
            (Gap::ConnectorType, item.get("connectorType").is_some()),
            (Gap::ForcedTls, item.get("forcedTls").is_some()),
            (Gap::MessageId, id.network.is_some() || !id.message_id.is_empty()),
            (Gap::SmtpAuth, submission),
        ]);
        let crossing = Crossing {
            remote_host: some(&remote_host),
            direction,
            by_domains: false,
            connector,
            connector_type,
            forced_tls,
            tls,
            cipher: some(&cipher),
            sender_domain: own_domain.or(sender_domain),
            remote_domain: some(&remote_domain).or(inbound),
            account: submission.then_some(account),
            account_stated: submission,
            method: if submission { method } else { AuthMethod::Unknown },
            sender: None,
            client_ip: some(&client_ip).filter(|_| submission),
        };
        let days = (Day::of_seconds(seconds), Day::of_seconds(until));
        let ready =
            |time, crossing| Ready::Cell(ReadyCell { time, crossing, rounded, messages: number });
        let hour = ReadyTime::Hour(seconds / 3_600);
        if whole {
            let part = match part_of(item, self.parts.as_deref().unwrap_or_default()) {
                Ok(part) => part,
                Err(refused) => return Some(refused),
            };
            let time = if period.is_some() { ReadyTime::Days(days.0, days.1) } else { hour };
            tell.ready(part, &ready(time, as_written(item, crossing)));
        } else if rounded || period.is_some() {
            tell.aggregate(&counted(days, period.is_none(), crossing, number, rounded));
        } else if list == List::Cells {
            tell.ready(0, &ready(hour, crossing));
        } else {
            let row = xxh3_64(item.line().as_bytes());
            tell.message(&Observation {
                crossing: Some(crossing),
                count: u32::try_from(number).unwrap_or(u32::MAX),
                ..Observation::of_row(id, RowLayout::OneRow, row, seconds, &sender)
            });
        }
        None
    }

    fn told(&mut self, told: &[(Gap, bool)]) {
        self.gaps.retain(|gap| !told.contains(&(*gap, true)));
    }
}

/// A crossing with its texts as they are written: where nothing is written,
/// nothing is known.
fn as_written<'v>(item: &'v Value, crossing: Crossing<'v>) -> Crossing<'v> {
    let submission = crossing.direction == Direction::Submission;
    let sender = exact(item, "sender").filter(|_| !submission);
    let domain = if submission { "accountDomain" } else { "senderDomain" };
    Crossing {
        connector: exact(item, "connector"),
        cipher: exact(item, "cipher"),
        sender_domain: exact(item, domain),
        remote_domain: exact(item, "remoteDomain"),
        remote_host: exact(item, "remoteHost"),
        account: submission.then_some(exact(item, "account").unwrap_or_default()),
        sender,
        client_ip: exact(item, "clientIp"),
        ..crossing
    }
}

/// How many messages an item stands for; 1 where it is silent.
fn number(item: &Value, name: &str) -> Option<u32> {
    match item.get(name) {
        None => Some(1),
        Some(Value::Number(number)) => u32::try_from(*number).ok().filter(|count| *count > 0),
        Some(_) => None,
    }
}

/// A cell that only an export that counts by itself can be the source of.
fn counted(
    days: (Day, Day),
    dated: bool,
    crossing: Crossing<'_>,
    number: u64,
    rounded: bool,
) -> Aggregate<'_> {
    let mut counts = [0; TlsState::ALL.len()];
    counts[crossing.tls.index()] = number;
    Aggregate { days, dated, crossing, counts, rounded, yields: false }
}

/// What a word stands for, else what stands for all that is not known.
fn known<T>(found: Option<T>, unknown: T, field: Field, word: &str, notes: &mut Notes) -> T {
    if found.is_none() {
        notes.unfamiliar(field, word.as_bytes());
    }
    found.unwrap_or(unknown)
}

/// First and last second of an item; the same but for cells of a period.
fn times(
    item: &Value,
    time: &'static str,
    period: Option<&Value>,
    notes: &mut Notes,
) -> Result<(u32, u32), Refused> {
    let Some(period) = period else {
        let seconds = notes.seconds(text(item, time).as_bytes()).map_err(|why| (why, time))?;
        return Ok((seconds, seconds));
    };
    let mut end = |name| notes.seconds(text(period, name).as_bytes()).map_err(|why| (why, name));
    let (first, last) = (end("first")?, end("last")?);
    let bad = (LeftOut::Unreadable(Unreadable::BadTime), "period");
    if first <= last { Ok((first, last)) } else { Err(bad) }
}

/// A field as trimmed text: empty where it is silent or no single value.
pub(super) fn text<'v>(item: &'v Value, name: &str) -> Cow<'v, str> {
    match item.get(name).map(Value::text) {
        Some(Cow::Borrowed(text)) => Cow::Borrowed(text.trim()),
        Some(owned) => owned,
        None => Cow::default(),
    }
}

/// An address or a domain, without angle brackets and in lower case.
fn address(item: &Value, name: &str) -> String {
    crate::mail::lower(text(item, name).trim_matches(['<', '>']))
}

/// What stands in a document, as far as it is looked at.
#[derive(Debug)]
pub(crate) enum Value {
    /// `null`.
    Nothing,
    /// A text, or how a truth or another number is written.
    Text(String),
    /// A whole number, not below zero.
    Number(u64),
    /// A list.
    List(Vec<Self>),
    /// An object.
    Fields(Vec<(String, Self)>),
}

impl Value {
    /// The field of that name of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Fields(fields) = self else { return None };
        fields.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// The names and values of an object.
    pub(crate) fn fields(&self) -> &[(String, Self)] {
        match self {
            Self::Fields(fields) => fields,
            _ => &[],
        }
    }

    /// A single value as text; else empty.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Nothing | Self::List(_) | Self::Fields(_) => Cow::default(),
        }
    }

    /// An item in a line. The order of its fields and the blanks between them
    /// say nothing.
    pub(crate) fn line(&self) -> String {
        let Self::Fields(fields) = self else { return self.text().into_owned() };
        let mut fields: Vec<_> = fields.iter().collect();
        sort_by(&mut fields, &|a, b| a.0.cmp(&b.0));
        let mut line = String::new();
        for (name, value) in fields {
            for part in [name, ": ", &value.text(), "; "] {
                line.push_str(part);
            }
        }
        line
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test may stop")]

    use serde_json::{Value as Json, json};

    use super::*;
    use crate::import::formats::Heard;
    use crate::import::formats::counted::FIELDS;

    fn value(json: &Json) -> Value {
        match json {
            Json::String(text) => Value::Text(text.clone()),
            Json::Bool(truth) => Value::Text(truth.to_string()),
            Json::Number(number) => Value::Number(number.as_u64().expect("a whole number")),
            Json::Object(fields) => {
                Value::Fields(fields.iter().map(|(name, own)| (name.clone(), value(own))).collect())
            }
            Json::Null | Json::Array(_) => Value::Nothing,
        }
    }

    /// What the reader makes of an item, its fingerprint left out.
    fn read(list: List, item: &Json, head: &Head) -> String {
        let mut told = Heard::default();
        let refused =
            DocumentReader::new(head).read(list, &value(item), &mut Notes::default(), &mut told);
        assert_eq!(refused, None, "{item}");
        told.0.concat()
    }

    /// Each property's example must make a difference, beside what is required.
    #[test]
    fn every_property_of_the_schema_is_one_that_the_reader_knows() {
        let schema: Json =
            serde_json::from_str(include_str!("../../../docs/endpoint.schema.json")).expect("JSON");
        let message = json!({"time": "2026-01-01T00:00:00Z", "direction": "submission", "tls": ""});
        let cell =
            json!({"day": "2026-01-01", "direction": "submission", "tls": "", "messages": 1});
        for (list, item) in [(List::Messages, message), (List::Cells, cell)] {
            let definition = if list == List::Cells { "cell" } else { "message" };
            let own = &schema["$defs"][definition];
            for name in own["required"].as_array().expect("required fields") {
                assert!(item.get(name.as_str().expect("a name")).is_some(), "{name}");
            }
            let facts = &schema["$defs"]["facts"]["properties"];
            let all = [&own["properties"], facts].map(|some| some.as_object().expect("properties"));
            for (name, property) in all.into_iter().flatten() {
                let mut with = item.clone();
                with[name] = property["examples"][0].clone();
                // Two parts that are named are told apart.
                let (mut head, mut other) = (Head::default(), item.clone());
                if name == "part" {
                    let parts = [json!({"id": "x"}), json!({"id": property["examples"][0]})];
                    head.take("parts", Value::List(parts.iter().map(value).collect()));
                    other["part"] = json!("x");
                }
                assert_ne!(
                    read(list, &with, &head),
                    read(list, &other, &head),
                    "{definition}.{name}"
                );
            }
        }
        for name in schema["properties"].as_object().expect("properties").keys() {
            let known = List::of(name).is_some() || FIELDS.contains(&name.as_str());
            assert!(name == "version" || known, "{name}");
        }
    }
}
