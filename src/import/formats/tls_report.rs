//! SMTP TLS reports (RFC 8460, `formats.md` E1): what other organizations
//! counted of their sessions to a domain. Organizations that send mail send
//! one a day as `.json.gz`, by mail or to a web address.
//!
//! A report is a JSON object with a list of `policies`; **a row is a policy**.
//! The keys are those of RFC 8460 section 4.4. Real reports lack some of them
//! (`contact-info` may be `null`, `total-failure-session-count`, `receiving-ip`
//! and `mx-host` may be missing), write `mx-host` as a text or a list, and end a
//! day at its last second or where the next begins. A policy without its
//! domain, its summary or its successful sessions says nothing that could be
//! counted, and is left out.

use xxhash_rust::xxh3::xxh3_64;

use super::Tell;
use super::document::{Value, text};
use crate::account::{LeftOut, Unreadable};
use crate::import::document::outer_names;
use crate::import::json::{Json, Wrong};
use crate::import::time::parse_time;
use crate::mail::{MAX_SECONDS, TlsFailure, TlsReport};

/// The format.
pub(crate) const NAME: &str = "SMTP TLS report";

/// The longest report that is read, in bytes: it is held in memory as a whole.
pub(crate) const REPORT_LIMIT: usize = 64 << 20;

/// Whether an object, as far as it is there, is a report by its outermost
/// keys: it lists policies, and two of three others are there, since real
/// reports lack one.
pub(crate) fn is_report(text: &[u8]) -> bool {
    const NAMES: [&[u8]; 3] = [b"organization-name", b"report-id", b"date-range"];
    let (mut listed, mut named) = (false, 0_usize);
    let known = outer_names(text, &mut |name, first| {
        listed |= name == b"policies" && first == b'[';
        named += usize::from(NAMES.contains(&name));
        listed && named > 1
    });
    known == Some(true)
}

/// Reads the text of one report, which starts on `line`: tells of each of its
/// policies, or why it was left out. How many rows that are: one for each
/// policy, and one for a text that is no report.
pub(crate) fn read_report(text: &[u8], line: u64, tell: &mut dyn Tell) -> u64 {
    let Parts { text, report, policies } = match parts(text) {
        Ok(parts) => parts,
        Err(reason) => {
            tell.left_out(LeftOut::Unreadable(reason), 1, line, text);
            return 1;
        }
    };
    let common = common(&report, text);
    let (mut line, mut at) = (line, 0);
    for (index, policy) in (0_u32..).zip(&policies) {
        let before = text.as_bytes().get(at..policy.start).unwrap_or_default();
        line += before.split(|byte| *byte == b'\n').skip(1).count() as u64;
        at = policy.start;
        let read = match &common {
            Ok(common) => read_policy(common, index, &policy.value),
            Err(refused) => Err(*refused),
        };
        let refused = read.map(|policy| tell.tls_report(policy));
        if let Err((reason, field)) = refused {
            // RFC 6901 says where in a report.
            let place = match &common {
                Ok(_) => format!("/policies/{index}/{field} "),
                Err(_) => format!("/{field} "),
            };
            let raw = text.as_bytes().get(policy.start..policy.end).unwrap_or_default();
            let shown = [place.as_bytes(), &raw[..raw.len().min(1_000)]].concat();
            tell.left_out(LeftOut::Unreadable(reason), 1, line, &shown);
        }
    }
    policies.len() as u64
}

/// Why a policy was left out, and the field that is to blame.
type Refused = (Unreadable, &'static str);

/// A report, its policies apart, and where they stand in its text.
struct Parts<'t> {
    text: &'t str,
    report: Value,
    policies: Vec<Policy>,
}

struct Policy {
    start: usize,
    end: usize,
    value: Value,
}

/// # Errors
/// Why the text is no report.
fn parts(text: &[u8]) -> Result<Parts<'_>, Unreadable> {
    let text = str::from_utf8(text).map_err(|_| Unreadable::Damaged)?;
    let mut json = Json::new(text);
    let (mut fields, mut policies) = (Vec::new(), None);
    read_fields(&mut json, &mut fields, &mut policies).map_err(|wrong| match wrong {
        Wrong::Shape(_) => Unreadable::MissingField,
        Wrong::End | Wrong::Syntax(_) => Unreadable::Damaged,
    })?;
    let policies = policies.ok_or(Unreadable::MissingField)?;
    Ok(Parts { text, report: Value::Fields(fields), policies })
}

fn read_fields(
    json: &mut Json<'_>,
    fields: &mut Vec<(String, Value)>,
    policies: &mut Option<Vec<Policy>>,
) -> Result<(), Wrong> {
    let mut first = true;
    json.open(b'{')?;
    while json.more(b'}', first)? {
        first = false;
        let name = json.name()?;
        if name != "policies" {
            fields.push((name, json.value()?));
            continue;
        }
        let list = policies.get_or_insert_default();
        json.open(b'[')?;
        let mut first = true;
        while json.more(b']', first)? {
            first = false;
            let start = json.place();
            let value = json.value()?;
            list.push(Policy { start, end: json.place(), value });
        }
    }
    json.end()
}

/// What the policies of a report have in common.
fn common(report: &Value, whole: &str) -> Result<TlsReport, Refused> {
    let organization = text(report, "organization-name").into_owned();
    if organization.is_empty() {
        return Err((Unreadable::MissingField, "organization-name"));
    }
    let range = report.get("date-range").ok_or((Unreadable::MissingField, "date-range"))?;
    let end = |name| seconds(&text(range, name)).map_err(|reason| (reason, "date-range"));
    let period = (end("start-datetime")?, end("end-datetime")?);
    if period.1 < period.0 {
        return Err((Unreadable::BadTime, "date-range"));
    }
    Ok(TlsReport {
        organization,
        report_id: text(report, "report-id").into_owned(),
        contact: text(report, "contact-info").into_owned(),
        period,
        text: xxh3_64(whole.as_bytes()),
        ..TlsReport::default()
    })
}

/// Reads a policy.
fn read_policy(common: &TlsReport, position: u32, item: &Value) -> Result<TlsReport, Refused> {
    let missing = |field| (Unreadable::MissingField, field);
    let policy = item.get("policy").ok_or(missing("policy"))?;
    let domain = text(policy, "policy-domain");
    let domain = crate::mail::lower(domain.trim_end_matches('.'));
    if domain.is_empty() {
        return Err(missing("policy/policy-domain"));
    }
    let summary = item.get("summary").ok_or(missing("summary"))?;
    let successful = count(summary, "total-successful-session-count")
        .map_err(|reason| (reason, "summary/total-successful-session-count"))?
        .ok_or(missing("summary/total-successful-session-count"))?;
    let mut failures = Vec::new();
    let mut told: u64 = 0;
    for detail in list(item.get("failure-details")) {
        let failure = failure(detail).map_err(|reason| (reason, "failure-details"))?;
        told = told.saturating_add(failure.sessions);
        failures.push(failure);
    }
    let failed = count(summary, "total-failure-session-count")
        .map_err(|reason| (reason, "summary/total-failure-session-count"))?;
    let mode = texts(policy, "policy-string").into_iter().find_map(|rule| {
        let (name, value) = rule.split_once(':')?;
        (name.trim() == "mode").then(|| value.trim().to_owned())
    });
    Ok(TlsReport {
        position,
        policy_type: text(policy, "policy-type").into_owned(),
        mode: mode.unwrap_or_default(),
        domain,
        mx_hosts: texts(policy, "mx-host"),
        successful,
        failed: failed.unwrap_or(told),
        failures,
        ..common.clone()
    })
}

fn failure(detail: &Value) -> Result<TlsFailure, Unreadable> {
    let text = |name| text(detail, name).into_owned();
    Ok(TlsFailure {
        result_type: text("result-type"),
        receiving_host: text("receiving-mx-hostname"),
        receiving_ip: text("receiving-ip"),
        sending_ip: text("sending-mta-ip"),
        information: text("additional-information"),
        reason: text("failure-reason-code"),
        sessions: count(detail, "failed-session-count")?.unwrap_or(0),
    })
}

/// A count, which some write as a text; `None` where nothing is told.
fn count(item: &Value, name: &str) -> Result<Option<u64>, Unreadable> {
    match item.get(name) {
        None | Some(Value::Nothing) => Ok(None),
        Some(Value::Number(number)) => Ok(Some(*number)),
        Some(Value::Text(text)) => text.trim().parse().map(Some).map_err(|_| Unreadable::BadCount),
        Some(Value::List(_) | Value::Fields(_)) => Err(Unreadable::BadCount),
    }
}

/// The items of a list; a value that is none is its only item.
fn list(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::List(items)) => items,
        None | Some(Value::Nothing) => &[],
        Some(other) => std::slice::from_ref(other),
    }
}

/// The texts of a list, empty ones left out.
fn texts(item: &Value, name: &str) -> Vec<String> {
    let texts = list(item.get(name)).iter().map(|item| item.text().trim().to_owned());
    texts.filter(|text| !text.is_empty()).collect()
}

/// Seconds since 1970 of a time, which is UTC unless it names its zone.
fn seconds(text: &str) -> Result<u32, Unreadable> {
    let seconds = parse_time(text.as_bytes(), None).map_err(|_| Unreadable::BadTime)?;
    let whole = u32::try_from(seconds).ok().filter(|_| seconds <= MAX_SECONDS);
    whole.ok_or(Unreadable::TimeOutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::formats::Heard;

    const REPORT: &str = r#"{
  "organization-name": "Sender", "date-range": {"start-datetime": "2026-09-03T00:00:00Z",
    "end-datetime": "2026-09-03T23:59:59Z"}, "report-id": "1",
  "policies": [
    {"policy": {"policy-type": "sts", "policy-domain": "Contoso.example."},
     "summary": {"total-successful-session-count": "5"}}
  ]}"#;

    fn read(text: &str) -> (u64, String) {
        let mut heard = Heard::default();
        let rows = read_report(text.as_bytes(), 7, &mut heard);
        (rows, heard.0.join("\n"))
    }

    #[test]
    fn what_is_missing_is_told_with_its_line() {
        let (rows, told) = read(REPORT);
        assert_eq!(rows, 1);
        assert!(told.contains(r#"domain: "contoso.example""#), "{told}");
        assert!(told.contains("successful: 5, failed: 0"), "{told}");
        for (with, without, reason, line) in [
            ("policy-domain", "domain", "MissingField", 11),
            ("total-successful", "total", "MissingField", 11),
            ("\"5\"", "-5", "BadCount", 11),
            ("\"5\"", "1.5", "BadCount", 11),
            ("organization-name", "name", "MissingField", 11),
            ("23:59:59Z", "25:00:00Z", "BadTime", 11),
            ("2026-09-03T23", "2026-09-02T23", "BadTime", 11),
            ("2026-09-03T23", "2126-09-02T23", "TimeOutOfRange", 11),
            ("\"policies\"", "\"policy\"", "MissingField", 7),
            ("\"report-id\": \"1\"", "\"report-id\": 1.", "Damaged", 7),
        ] {
            let text = REPORT.replacen(with, without, 1);
            assert_ne!(text, REPORT, "{with}");
            let (rows, told) = read(&text);
            let expected = format!("Unreadable({reason}) 1 {line}");
            assert_eq!((rows, told.as_str()), (1, expected.as_str()), "{with}");
        }
    }

    #[test]
    fn a_report_is_known_before_its_end() {
        let whole = REPORT.as_bytes();
        assert!(is_report(whole));
        let list = REPORT.find('[').unwrap_or_default();
        assert!(is_report(&whole[..=list]));
        assert!(!is_report(&whole[..list]));
        assert!(!is_report(br#"{"policies": [], "report-id": 1}"#));
        assert!(!is_report(br#"{"policies": 1, "report-id": 1, "date-range": {}}"#));
    }
}
