//! A report request, checked strictly: what is not known is not guessed.

use mailflow::export::address;
use mailflow::mail::{ConnectorType, Day, Direction, TlsState, lower};
use mailflow::report::{DetailedQuery, ReportKind, Span};
use mailflow::text::ServeTexts;
use serde::Deserialize;

/// Recipients of a report.
const MOST_RECIPIENTS: usize = 20;

/// As it is posted; `docs/endpoint.md` documents it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Posted {
    version: u64,
    report: String,
    from: Option<String>,
    to: Option<String>,
    recipients: Vec<String>,
    direction: Option<String>,
    connector_type: Option<String>,
    tls: Option<String>,
}

/// What is asked for, and who is to get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) query: DetailedQuery,
    pub(super) recipients: Vec<String>,
}

impl Asked {
    /// Reads a request. Recipients are of these domains, unless there are none.
    ///
    /// # Errors
    ///
    /// What is wrong with it, for people.
    pub(super) fn read(json: &[u8], domains: &[String], t: &ServeTexts) -> Result<Self, String> {
        let posted: Posted =
            serde_json::from_slice(json).map_err(|error| (t.malformed)(&error.to_string()))?;
        if posted.version != 1 {
            return Err((t.version)(posted.version));
        }
        let report = known("report", &posted.report, ReportKind::ALL, ReportKind::code, t)?;
        let query = DetailedQuery {
            report,
            span: span(posted.from.as_deref(), posted.to.as_deref(), t)?,
            direction: one_of("direction", posted.direction, Direction::ALL, Direction::code, t)?,
            connector_type: one_of(
                "connectorType",
                posted.connector_type,
                [
                    ConnectorType::OnPremises,
                    ConnectorType::Partner,
                    ConnectorType::NoConnector,
                    ConnectorType::Unknown,
                ],
                ConnectorType::code,
                t,
            )?,
            tls: one_of("tls", posted.tls, TlsState::ALL, TlsState::code, t)?,
        };
        Ok(Self { query, recipients: recipients(posted.recipients, domains, t)? })
    }
}

fn one_of<T: Copy, const N: usize>(
    field: &str,
    text: Option<String>,
    all: [T; N],
    code: fn(T) -> &'static str,
    t: &ServeTexts,
) -> Result<Option<T>, String> {
    text.map(|text| known(field, &text, all, code, t)).transpose()
}

fn known<T: Copy, const N: usize>(
    field: &str,
    text: &str,
    all: [T; N],
    code: fn(T) -> &'static str,
    t: &ServeTexts,
) -> Result<T, String> {
    let found = all.into_iter().find(|value| code(*value) == text);
    found.ok_or_else(|| (t.unknown_value)(field, &short(text)))
}

fn span(from: Option<&str>, to: Option<&str>, t: &ServeTexts) -> Result<Span, String> {
    let day =
        |field, text: &str| Day::parse(text).ok_or_else(|| (t.not_a_day)(field, &short(text)));
    match (from, to) {
        (None, None) => Ok(Span::All),
        (Some(from), Some(to)) => match (day("from", from)?, day("to", to)?) {
            (first, last) if first <= last => Ok(Span::Days(first, last)),
            _ => Err(t.one_day_only.to_owned()),
        },
        _ => Err(t.one_day_only.to_owned()),
    }
}

/// The recipients, each once.
fn recipients(
    posted: Vec<String>,
    domains: &[String],
    t: &ServeTexts,
) -> Result<Vec<String>, String> {
    let mut recipients: Vec<String> = Vec::new();
    for text in posted {
        let Some(address) = address(&text) else { return Err((t.not_an_address)(&short(&text))) };
        let domain = lower(address.as_str().rsplit_once('@').map_or("", |(_, domain)| domain));
        if !domains.is_empty() && !domains.contains(&domain) {
            return Err((t.domain_not_allowed)(&domain));
        }
        if !recipients.iter().any(|known| known.eq_ignore_ascii_case(&text)) {
            recipients.push(text);
        }
    }
    match recipients.len() {
        0 => Err(t.no_recipient.to_owned()),
        1..=MOST_RECIPIENTS => Ok(recipients),
        _ => Err((t.too_many_recipients)(MOST_RECIPIENTS)),
    }
}

/// A text of a stranger, to be shown in a sentence.
fn short(text: &str) -> String {
    const LONGEST: usize = 80;
    let shown = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign });
    shown.take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use mailflow::text::Language;
    use serde_json::{Value, json};

    use super::*;

    fn read(json: &Value, domains: &[&str]) -> Result<Asked, String> {
        let domains: Vec<_> = domains.iter().map(|domain| (*domain).to_owned()).collect();
        Asked::read(json.to_string().as_bytes(), &domains, Language::English.serve_texts())
    }

    /// A good request, but for this.
    fn but(field: &str, value: Value) -> Value {
        let mut json = json!({
            "version": 1, "report": "senders", "from": "2026-09-01", "to": "2026-09-07",
            "recipients": ["audit@example.org", "AUDIT@example.org"],
            "direction": null, "connectorType": null, "tls": "1.0"
        });
        json[field] = value;
        json
    }

    #[test]
    fn a_request_is_read() {
        let asked = read(&but("version", json!(1)), &["example.org"]).unwrap();
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(asked.query.report, ReportKind::Senders);
        assert_eq!(asked.query.span, Span::Days(day("2026-09-01"), day("2026-09-07")));
        assert_eq!(asked.query.tls, Some(TlsState::V1_0));
        assert_eq!(asked.recipients, ["audit@example.org"]);
    }

    #[test]
    fn whatever_is_not_known_is_refused() {
        for (field, value, why) in [
            ("version", json!(2), "version 2"),
            ("version", json!("1"), "could not be read"),
            ("report", json!("all"), "report is not known: all"),
            ("from", json!("1.9.2026"), "from is no day"),
            ("from", json!(null), "one of its days only"),
            ("to", json!("2026-08-31"), "the last before the first"),
            ("recipients", json!([]), "no recipient"),
            ("recipients", json!("audit@example.org"), "could not be read"),
            ("recipients", json!(["a@example.org\r\nBcc: b@example.org"]), "no mail address"),
            ("recipients", json!(["a@example.org, b@example.org"]), "no mail address"),
            ("direction", json!("Inbound"), "direction is not known"),
            ("connectorType", json!("partner"), "connectorType is not known"),
            ("tls", json!("TLS1.0"), "tls is not known"),
            ("cc", json!(["a@example.org"]), "unknown field `cc`"),
        ] {
            let told = read(&but(field, value.clone()), &[]).unwrap_err();
            assert!(told.contains(why), "{field} {value}: {told}");
        }
        let many: Vec<_> = (0..21).map(|number| format!("a{number}@example.org")).collect();
        assert!(read(&but("recipients", json!(many)), &[]).unwrap_err().contains("at most 20"));
        let twice = br#"{"version":1,"version":1,"report":"hosts","recipients":["a@b.c"]}"#;
        assert!(Asked::read(twice, &[], Language::English.serve_texts()).is_err());
    }

    #[test]
    fn recipients_are_of_the_allowed_domains() {
        for (recipient, allowed) in [
            ("a@EXAMPLE.org", true),
            ("a@mail.example.org", false),
            ("a@example.org.evil.example", false),
            ("a@evilexample.org", false),
        ] {
            let asked = read(&but("recipients", json!([recipient])), &["example.org"]);
            assert_eq!(asked.is_ok(), allowed, "{recipient}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_is_posted_stops_the_server(body: Vec<u8>, text: String, field in 0_usize..8) {
            let t = Language::Korean.serve_texts();
            Asked::read(&body, &[], t).ok();
            let fields = [
                "version", "report", "from", "to", "recipients", "direction", "connectorType", "tls",
            ];
            read(&but(fields[field], json!(text)), &[]).ok();
        }
    }
}
