//! What a document of cells tells beside them: the parts that were counted
//! together, with their own domains and refused attempts to sign in, SMTP TLS
//! reports, and the files that were counted. `mailflow tally --cells` writes
//! all of it.

use super::document::{Refused, Value, text};
use super::{Notes, Tell};
use crate::account::{Elsewhere, FileAccount, LeftOut, NoMail, Unreadable};
use crate::mail::{Ready, ReadyRefused, TlsFailure, TlsReport, TlsState};

/// The fields that are told of the document as a whole.
pub(crate) const FIELDS: [&str; 5] =
    ["parts", "ownDomains", "refusedSignIns", "tlsReports", "files"];

/// The greatest number that JSON carries exactly everywhere (RFC 8259, 6).
const MOST: u64 = (1 << 53) - 1;

/// What a document tells beside its items.
#[derive(Debug, Default)]
pub(crate) struct Head {
    fields: Vec<(String, Value)>,
}

impl Head {
    /// Takes a field of the document.
    pub(crate) fn take(&mut self, name: &str, value: Value) {
        if FIELDS.contains(&name) {
            self.fields.push((name.to_owned(), value));
        }
    }

    fn list(&self, name: &str) -> &[Value] {
        let found = self.fields.iter().find(|(own, _)| own == name);
        match found {
            Some((_, Value::List(items))) => items,
            _ => &[],
        }
    }

    /// The ids of the parts; `None` where the document knows no parts.
    pub(crate) fn parts(&self) -> Option<Vec<String>> {
        let known = self.fields.iter().any(|(name, _)| name == "parts");
        let id = |part: &Value| text(part, "id").into_owned();
        known.then(|| self.list("parts").iter().map(id).collect())
    }

    /// Tells what is told of the parts; calls `left_out` with each item that
    /// cannot be read, and answers how many items count as rows.
    pub(crate) fn tell(
        &self,
        parts: &[String],
        notes: &mut Notes,
        tell: &mut dyn Tell,
        left_out: &mut dyn FnMut(&mut dyn Tell, LeftOut, String),
    ) -> u64 {
        for (part, about) in (0..).zip(self.list("parts")) {
            let guessed = text(about, "ownDomainsGuessed") != "false";
            let Some(Value::List(domains)) = about.get("ownDomains") else { continue };
            for domain in domains {
                tell.ready(part, &Ready::OwnDomain(&crate::mail::lower(&domain.text()), guessed));
            }
        }
        let mut rows = 0;
        let mut refuse = |name: &str,
                          index: usize,
                          item: &Value,
                          (reason, field): Refused,
                          tell: &mut dyn Tell| {
            left_out(tell, reason, format!("/{name}/{index}/{field} {}", item.line()));
        };
        for (index, item) in self.list("refusedSignIns").iter().enumerate() {
            if let Some(refused) = refused_sign_in(item, parts, notes, tell) {
                rows += 1;
                refuse("refusedSignIns", index, item, refused, tell);
            }
        }
        for (index, item) in self.list("tlsReports").iter().enumerate() {
            rows += 1;
            match tls_report(item) {
                Ok(report) => tell.tls_report(report),
                Err(refused) => refuse("tlsReports", index, item, refused, tell),
            }
        }
        rows
    }

    /// The accounts of the files that were counted; none of what cannot be an
    /// account.
    pub(crate) fn files(&self) -> Vec<FileAccount> {
        self.list("files").iter().filter_map(file).filter(FileAccount::adds_up).collect()
    }
}

/// The part that an item is of; where there is one, it need not be named.
pub(super) fn part_of(item: &Value, parts: &[String]) -> Result<u32, Refused> {
    let missing = (LeftOut::Unreadable(Unreadable::MissingField), "part");
    match item.get("part") {
        None if parts.len() < 2 => Ok(0),
        None => Err(missing),
        Some(id) => {
            let at = parts.iter().position(|known| *known == id.text());
            at.and_then(|at| u32::try_from(at).ok()).ok_or(missing)
        }
    }
}

/// A number of messages or attempts.
pub(super) fn amount(item: &Value, name: &'static str) -> Result<u64, Refused> {
    match item.get(name) {
        Some(Value::Number(number)) if (1..=MOST).contains(number) => Ok(*number),
        None => Err((LeftOut::Unreadable(Unreadable::MissingField), name)),
        Some(_) => Err((LeftOut::Unreadable(Unreadable::BadCount), name)),
    }
}

/// TLS, in the words of our own JSON, else in those of exports.
pub(super) fn tls(item: &Value, notes: &mut Notes) -> TlsState {
    let word = text(item, "tls");
    let own = TlsState::ALL.into_iter().find(|state| state.code() == word);
    own.unwrap_or_else(|| notes.tls(word.as_bytes()))
}

fn refused_sign_in(
    item: &Value,
    parts: &[String],
    notes: &mut Notes,
    tell: &mut dyn Tell,
) -> Option<Refused> {
    let read = part_of(item, parts).and_then(|part| {
        let time = if item.get("hour").is_some() { "hour" } else { "day" };
        let seconds = notes.seconds(text(item, time).as_bytes()).map_err(|why| (why, time))?;
        Ok((part, seconds / 3_600, amount(item, "attempts")?))
    });
    let (part, hour, attempts) = match read {
        Ok(read) => read,
        Err(refused) => return Some(refused),
    };
    let (account, client_ip) = (exact(item, "account"), exact(item, "clientIp"));
    tell.ready(
        part,
        &Ready::Refused(ReadyRefused {
            hour,
            account: account.unwrap_or_default(),
            client_ip,
            tls: tls(item, notes),
            attempts,
        }),
    );
    None
}

/// A text as it is written; `None` where it is no text.
pub(super) fn exact<'v>(item: &'v Value, name: &str) -> Option<&'v str> {
    match item.get(name) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

fn tls_report(item: &Value) -> Result<TlsReport, Refused> {
    let missing = |name| (LeftOut::Unreadable(Unreadable::MissingField), name);
    let text = |name: &str| exact(item, name).unwrap_or_default().to_owned();
    let number = |item: &Value, name: &'static str| match item.get(name) {
        Some(Value::Number(number)) => Ok(*number),
        None => Err(missing(name)),
        Some(_) => Err((LeftOut::Unreadable(Unreadable::BadCount), name)),
    };
    let small = |name: &'static str| {
        let number = number(item, name)?;
        u32::try_from(number).map_err(|_| (LeftOut::Unreadable(Unreadable::BadTime), name))
    };
    let hosts = match item.get("mxHosts") {
        Some(Value::List(hosts)) => hosts.iter().map(|host| host.text().into_owned()).collect(),
        _ => Vec::new(),
    };
    let failure = |failure: &Value| {
        let text = |name: &str| exact(failure, name).unwrap_or_default().to_owned();
        Ok(TlsFailure {
            result_type: text("resultType"),
            receiving_host: text("receivingHost"),
            receiving_ip: text("receivingIp"),
            sending_ip: text("sendingIp"),
            information: text("information"),
            reason: text("reason"),
            sessions: number(failure, "sessions")?,
        })
    };
    let failures = match item.get("failures") {
        Some(Value::List(failures)) => failures.iter().map(failure).collect::<Result<_, _>>()?,
        _ => Vec::new(),
    };
    let fingerprint = exact(item, "fingerprint").unwrap_or_default();
    let period = (small("begins")?, small("ends")?);
    if period.0 > period.1 {
        return Err((LeftOut::Unreadable(Unreadable::BadTime), "begins"));
    }
    Ok(TlsReport {
        organization: text("organization"),
        report_id: text("reportId"),
        contact: text("contact"),
        period,
        position: small("position")?,
        text: u64::from_str_radix(fingerprint, 16).unwrap_or_default(),
        policy_type: text("policyType"),
        mode: text("mode"),
        domain: exact(item, "domain").ok_or(missing("domain"))?.to_owned(),
        mx_hosts: hosts,
        successful: number(item, "successfulSessions")?,
        failed: number(item, "failedSessions")?,
        failures,
    })
}

fn file(item: &Value) -> Option<FileAccount> {
    let number = |name: &str| match item.get(name) {
        Some(Value::Number(number)) if *number <= MOST => *number,
        _ => 0,
    };
    let mut account = FileAccount {
        name: exact(item, "name")?.to_owned(),
        format: Some(exact(item, "format")?.to_owned()),
        rows: number("rows"),
        messages: number("messages"),
        joined: number("joined"),
        policies: number("policies"),
        duplicates: number("duplicates"),
        refused_sign_ins: number("refusedSignIns"),
        ..FileAccount::default()
    };
    account.elsewhere = Some(Elsewhere::Counted(account.name.clone()));
    account.no_mail = reasons(item.get("noMail"), NoMail::ALL, NoMail::code);
    account.unreadable = reasons(item.get("unreadable"), Unreadable::ALL, Unreadable::code);
    Some(account)
}

/// Rows by reason, in the order of the reasons.
fn reasons<R: Copy, const N: usize>(
    told: Option<&Value>,
    all: [R; N],
    code: fn(R) -> &'static str,
) -> Vec<(R, u64)> {
    let rows = |reason: R| match told.and_then(|told| told.get(code(reason))) {
        Some(Value::Number(rows)) if *rows <= MOST => *rows,
        _ => 0,
    };
    all.into_iter().map(|reason| (reason, rows(reason))).filter(|(_, rows)| *rows > 0).collect()
}
