//! The tally as one JSON object, documented in `docs/program.md` and kept stable.

use crate::account::{FileAccount, Hop};
use crate::json::Json;
use crate::mail::{AuthMethod, ConnectorType, Day, Direction, TlsReport, TlsState, utc};
use crate::order::{merge_by, sort_by};
use crate::tally::{Tally, Text};

type RefusedKey<'a> = (Day, &'a str, Option<&'a str>, TlsState);
/// The days of a cell: those without a day come last.
type Time = (bool, Day, Day);
type CellKey<'a> = (Time, Direction, Option<&'a str>, ConnectorType, Option<bool>, TlsState, bool);
type SenderKey<'a> = (&'a str, &'a str, TlsState, AuthMethod, bool);

/// The JSON of `tally` and the account of its files: sorted, so that the same
/// figures are the same text. The organization is named where several are told
/// apart.
pub fn tally_json(tally: &Tally, files: &[&FileAccount], organization: Option<&str>) -> String {
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
    let mut json = Json::pretty().begin('{');
    json.number("version", 1);
    json.open(Some("files"), '[');
    for file in files {
        write_file(&mut json, file);
    }
    json.close(']');
    json.open(Some("cells"), '[');
    for ((time, direction, connector, connector_type, forced_tls, tls, rounded), messages) in cells
    {
        let (undated, first, last) = (time.0, time.1.to_string(), time.2.to_string());
        json.open(None, '{');
        json.text(Some("day"), Some(&*first).filter(|_| !undated));
        if undated {
            json.open(Some("period"), '{');
            json.text(Some("first"), Some(&first));
            json.text(Some("last"), Some(&last));
            json.close('}');
        }
        json.text(Some("organization"), organization);
        json.text(Some("direction"), Some(direction.code()));
        json.text(Some("connector"), connector);
        json.text(Some("connectorType"), Some(connector_type.code()));
        json.truth("forcedTls", forced_tls);
        json.text(Some("tls"), Some(tls.code()));
        write_messages(&mut json, rounded, messages);
    }
    json.close(']');
    json.open(Some("senders"), '[');
    for ((address, domain, tls, method, rounded), messages) in senders {
        json.open(None, '{');
        if organization.is_some() {
            json.text(Some("organization"), organization);
        }
        json.text(Some("address"), Some(address));
        json.text(Some("domain"), Some(domain));
        json.text(Some("tls"), Some(tls.code()));
        json.text(Some("authMethod"), Some(method.code()));
        write_messages(&mut json, rounded, messages);
    }
    json.close(']');
    if !refused.is_empty() {
        json.open(Some("refusedSignIns"), '[');
        for ((day, account, client_ip, tls), attempts) in refused {
            json.open(None, '{');
            json.text(Some("day"), Some(&day.to_string()));
            json.text(Some("account"), Some(account));
            json.text(Some("clientIp"), client_ip);
            json.text(Some("tls"), Some(tls.code()));
            json.number("attempts", attempts);
            json.close('}');
        }
        json.close(']');
    }
    if !tally.tls_reports.is_empty() {
        json.open(Some("tlsReports"), '[');
        for policy in &tally.tls_reports {
            write_policy(&mut json, policy);
        }
        json.close(']');
    }
    json.close('}');
    json.finish()
}

/// A policy of an SMTP TLS report: sessions, in no sum with messages.
fn write_policy(json: &mut Json, policy: &TlsReport) {
    json.open(None, '{');
    json.text(Some("domain"), Some(&policy.domain));
    json.open(Some("period"), '{');
    let (first, last) = policy.days();
    json.text(Some("first"), Some(&first.to_string()));
    json.text(Some("last"), Some(&last.to_string()));
    json.close('}');
    json.text(Some("organization"), Some(&policy.organization));
    write_told(json, "reportId", &policy.report_id);
    write_sessions(json, policy);
    json.close('}');
}

/// What a policy of an SMTP TLS report tells, beside whose it is and when.
pub(super) fn write_sessions(json: &mut Json, policy: &TlsReport) {
    write_told(json, "contact", &policy.contact);
    write_told(json, "policyType", &policy.policy_type);
    write_told(json, "mode", &policy.mode);
    json.open(Some("mxHosts"), '[');
    for host in &policy.mx_hosts {
        json.text(None, Some(host));
    }
    json.close(']');
    json.number("successfulSessions", policy.successful);
    json.number("failedSessions", policy.failed);
    json.open(Some("failures"), '[');
    for failure in &policy.failures {
        json.open(None, '{');
        write_told(json, "resultType", &failure.result_type);
        write_told(json, "receivingHost", &failure.receiving_host);
        write_told(json, "receivingIp", &failure.receiving_ip);
        write_told(json, "sendingIp", &failure.sending_ip);
        write_told(json, "information", &failure.information);
        write_told(json, "reason", &failure.reason);
        json.number("sessions", failure.sessions);
        json.close('}');
    }
    json.close(']');
}

/// A text, or `null` where nothing is told.
pub(super) fn write_told(json: &mut Json, name: &str, text: &str) {
    json.text(Some(name), Some(text).filter(|text| !text.is_empty()));
}

/// The end of a cell or a sender.
fn write_messages(json: &mut Json, rounded: bool, messages: u64) {
    if rounded {
        json.truth("rounded", Some(true));
    }
    json.number("messages", messages);
    json.close('}');
}

pub(super) fn write_file(json: &mut Json, file: &FileAccount) {
    json.open(None, '{');
    json.text(Some("name"), Some(&file.name));
    json.text(Some("format"), file.format.as_deref());
    json.number("rows", file.rows);
    json.number("messages", file.messages);
    json.number("joined", file.joined);
    if file.policies > 0 {
        json.number("policies", file.policies);
    }
    json.number("duplicates", file.duplicates);
    let no_mail = file.no_mail.iter().map(|(why, rows)| (why.code(), *rows)).collect();
    write_reasons(json, "noMail", no_mail);
    let unreadable = file.unreadable.iter().map(|(why, rows)| (why.code(), *rows)).collect();
    write_reasons(json, "unreadable", unreadable);
    if file.refused_sign_ins > 0 {
        json.number("refusedSignIns", file.refused_sign_ins);
    }
    if !file.path.is_empty() {
        json.open(Some("path"), '[');
        for hop in &file.path {
            write_hop(json, hop);
        }
        json.close(']');
    }
    json.close('}');
}

/// One hop of the only mail of a file.
fn write_hop(json: &mut Json, hop: &Hop) {
    let time = hop.seconds.map(|seconds| utc(seconds).replace(' ', "T") + "Z");
    json.open(None, '{');
    json.text(Some("from"), hop.from.as_deref());
    json.text(Some("by"), hop.by.as_deref());
    json.text(Some("protocol"), hop.protocol.as_deref());
    json.text(Some("tls"), Some(hop.tls.code()));
    json.text(Some("cipher"), hop.cipher.as_deref());
    json.text(Some("time"), time.as_deref());
    json.signed("delaySeconds", hop.delay);
    json.truth("signedIn", Some(hop.signed_in));
    json.text(Some("account"), hop.account.as_deref());
    json.text(Some("direction"), hop.direction.map(Direction::code));
    json.close('}');
}

/// Rows by reason: a JSON object, sorted by its keys.
fn write_reasons(json: &mut Json, name: &str, mut rows: Vec<(&'static str, u64)>) {
    sort_by(&mut rows, &Ord::cmp);
    json.open(Some(name), '{');
    for (why, rows) in rows {
        json.number(why, rows);
    }
    json.close('}');
}
