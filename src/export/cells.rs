//! The tally as a document of ready cells, with everything that it has: what
//! reading it gives is the tally again. `docs/endpoint.schema.json` describes
//! it.

use super::json::{write_file, write_sessions, write_told};
use crate::account::FileAccount;
use crate::json::Json;
use crate::mail::{Day, TlsReport, utc};
use crate::order::{merge_by, sort_by};
use crate::tally::{FlowCell, RefusedCell, SubmissionCell, Tally, Text};

/// The document of `tally`, the accounts of its `files`, and its `parts`: what
/// was counted together, each by itself; the tally itself where none is given.
/// The organization is named where several are told apart.
///
/// Everything is sorted, so that the same figures are the same text. A part is
/// known by its content: parts and files that come twice are there once.
pub fn cells_json(
    tally: &Tally,
    parts: &[Tally],
    files: &[&FileAccount],
    organization: Option<&str>,
) -> String {
    let parts = if parts.is_empty() { std::slice::from_ref(tally) } else { parts };
    let mut parts: Vec<(String, &Tally)> =
        parts.iter().map(|part| (format!("{:032x}", part.content().0), part)).collect();
    sort_by(&mut parts, &|a, b| a.0.cmp(&b.0));
    parts.dedup_by(|a, b| a.0 == b.0);
    let mut json = Json::compact().begin('{');
    json.number("version", 1);
    if organization.is_some() {
        json.text(Some("organization"), organization);
    }
    json.open(Some("parts"), '[');
    for (id, part) in &parts {
        json.open(None, '{');
        json.text(Some("id"), Some(id));
        write_domains(&mut json, "ownDomains", &part.own_domains);
        json.truth("ownDomainsGuessed", Some(part.domains_guessed));
        json.close('}');
    }
    json.close(']');
    json.open(Some("ownDomains"), '{');
    write_domains(&mut json, "domains", &tally.own_domains);
    json.truth("guessed", Some(tally.domains_guessed));
    json.close('}');
    write_files(&mut json, files);
    // Where there is one part, it need not be named.
    let several = parts.len() > 1;
    let of = |id: &str| several.then(|| id.to_owned());
    json.open(Some("refusedSignIns"), '[');
    for (id, part) in &parts {
        for cell in &part.refused {
            write_refused(&mut json, part, cell, of(id).as_deref());
        }
    }
    json.close(']');
    json.open(Some("tlsReports"), '[');
    for report in &tally.tls_reports {
        write_report(&mut json, report);
    }
    json.close(']');
    json.open(Some("cells"), '[');
    for (id, part) in &parts {
        write_cells(&mut json, part, of(id).as_deref());
    }
    json.close(']');
    json.close('}');
    json.finish()
}

fn write_domains(json: &mut Json, name: &str, domains: &[String]) {
    json.open(Some(name), '[');
    for domain in domains {
        json.text(None, Some(domain));
    }
    json.close(']');
}

/// The files that were counted, as they were called where they were read. A
/// document that tells which files were counted for it is none.
fn write_files(json: &mut Json, files: &[&FileAccount]) {
    // Of what comes twice, all files are second copies.
    let copy = |file: &FileAccount| {
        let counted = file.messages + file.joined + file.policies;
        let twin =
            |other: &&FileAccount| other.read_as() == file.read_as() && other.rows == file.rows;
        file.is_of_elsewhere()
            && counted == 0
            && file.duplicates > 0
            && files.iter().filter(|f| twin(f)).count() > 1
    };
    let mut written: Vec<String> = Vec::new();
    let kept =
        files.iter().filter(|file| file.format.is_some() && file.brought == 0 && !copy(file));
    for file in kept {
        let own = FileAccount { name: file.read_as().to_owned(), ..(*file).clone() };
        let mut json = Json::compact();
        write_file(&mut json, &own);
        written.push(json.finish());
    }
    sort_by(&mut written, &Ord::cmp);
    written.dedup();
    json.open(Some("files"), '[');
    for file in &written {
        json.raw(file);
    }
    json.close(']');
}

fn write_cells(json: &mut Json, part: &Tally, id: Option<&str>) {
    let mut flow = part.flow.clone();
    let key = |cell: &FlowCell| FlowCell { messages: 0, ..*cell };
    merge_by(&mut flow, &|a, b| key(a).cmp(&key(b)), &|one, other| one.messages += other.messages);
    for cell in &flow {
        write_flow(json, part, cell, id);
    }
    let mut submissions = part.submissions.clone();
    let key = |cell: &SubmissionCell| SubmissionCell { messages: 0, ..*cell };
    merge_by(&mut submissions, &|a, b| key(a).cmp(&key(b)), &|one, other| {
        one.messages += other.messages;
    });
    for cell in &submissions {
        json.open(None, '{');
        json.text(Some("hour"), Some(&hour(cell.hour)));
        write_submission(json, part, cell, id);
    }
    for block in &part.blocks {
        json.open(None, '{');
        json.text(Some("day"), None);
        json.open(Some("period"), '{');
        json.text(Some("first"), Some(&block.days.0.to_string()));
        json.text(Some("last"), Some(&block.days.1.to_string()));
        json.close('}');
        write_submission(json, part, &block.cell, id);
    }
}

fn write_flow(json: &mut Json, part: &Tally, cell: &FlowCell, id: Option<&str>) {
    json.open(None, '{');
    json.text(Some("hour"), Some(&hour(cell.hour)));
    write_known(json, "part", id);
    json.text(Some("direction"), Some(cell.direction.code()));
    write_text(json, part, "connector", cell.connector);
    json.text(Some("connectorType"), Some(cell.connector_type.code()));
    json.truth("forcedTls", cell.forced_tls);
    json.text(Some("tls"), Some(cell.tls.code()));
    write_text(json, part, "cipher", cell.cipher);
    write_text(json, part, "senderDomain", cell.sender_domain);
    write_text(json, part, "remoteDomain", cell.remote_domain);
    write_text(json, part, "remoteHost", cell.remote_host);
    write_text(json, part, "sender", cell.sender);
    write_text(json, part, "clientIp", cell.client_ip);
    write_end(json, cell.rounded, cell.messages);
}

/// A submission, of which the time is written.
fn write_submission(json: &mut Json, part: &Tally, cell: &SubmissionCell, id: Option<&str>) {
    write_known(json, "part", id);
    json.text(Some("direction"), Some("submission"));
    json.text(Some("tls"), Some(cell.tls.code()));
    write_text(json, part, "cipher", cell.cipher);
    let (account, domain) = (part.text(cell.account), part.text(cell.domain));
    json.text(Some("account"), Some(account));
    let own = account.rsplit_once('@').map(|(_, domain)| domain);
    write_known(
        json,
        "accountDomain",
        Some(domain).filter(|domain| own != Some(*domain) && !domain.is_empty()),
    );
    json.text(Some("authMethod"), Some(cell.method.code()));
    write_text(json, part, "clientIp", cell.client_ip);
    write_end(json, cell.rounded, cell.messages);
}

fn write_end(json: &mut Json, rounded: bool, messages: u64) {
    if rounded {
        json.truth("rounded", Some(true));
    }
    json.number("messages", messages);
    json.close('}');
}

fn write_refused(json: &mut Json, part: &Tally, cell: &RefusedCell, id: Option<&str>) {
    json.open(None, '{');
    json.text(Some("hour"), Some(&hour(cell.hour)));
    write_known(json, "part", id);
    json.text(Some("account"), Some(part.text(cell.account)));
    write_text(json, part, "clientIp", cell.client_ip);
    json.text(Some("tls"), Some(cell.tls.code()));
    json.number("attempts", cell.attempts);
    json.close('}');
}

/// A policy of an SMTP TLS report: sessions, in no sum with messages. Its
/// period is in seconds since 1970.
fn write_report(json: &mut Json, report: &TlsReport) {
    json.open(None, '{');
    json.text(Some("domain"), Some(&report.domain));
    json.number("begins", u64::from(report.period.0));
    json.number("ends", u64::from(report.period.1));
    write_told(json, "organization", &report.organization);
    write_told(json, "reportId", &report.report_id);
    json.number("position", u64::from(report.position));
    json.text(Some("fingerprint"), Some(&format!("{:016x}", report.text)));
    write_sessions(json, report);
    json.close('}');
}

/// A text of the part; left out where nothing is known.
fn write_text(json: &mut Json, part: &Tally, name: &str, text: Option<Text>) {
    write_known(json, name, text.map(|text| part.text(text)));
}

fn write_known(json: &mut Json, name: &str, text: Option<&str>) {
    if text.is_some() {
        json.text(Some(name), text);
    }
}

/// `2026-09-03T10:00Z`.
fn hour(hour: u32) -> String {
    let text = utc(hour.saturating_mul(3_600));
    match text.split_once(' ') {
        Some((day, time)) => format!("{day}T{}Z", time.get(..5).unwrap_or("00:00")),
        None => format!("{}T00:00Z", Day::of_hour(hour)),
    }
}
