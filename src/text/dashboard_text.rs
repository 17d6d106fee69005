use std::fmt::Write as _;

use super::Catalogue;
use crate::mail::{TlsState, seen};
use crate::report::{
    Amount, Dashboard, Insight, Period, Remarks, SessionLines, StandingOut, TlsCounts, TlsDomain,
};

/// The cards and their flyouts as plain text, for a terminal.
pub fn dashboard_text(t: &Catalogue, dashboard: &Dashboard) -> String {
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    write_dashboard(t, dashboard, &mut out).unwrap_or_default();
    out
}

fn write_dashboard(t: &Catalogue, dashboard: &Dashboard, out: &mut String) -> std::fmt::Result {
    writeln!(out, "{}", t.flow.title)?;
    match &dashboard.mail_flow {
        Some(card) => {
            write_period(t, &card.period, &card.remarks, out)?;
            for (outbound, counts) in [(true, &card.outbound), (false, &card.inbound)] {
                writeln!(out, "  {}", (t.flow.sentence)(outbound, counts))?;
                write_counts(t, counts, out)?;
            }
        }
        None => writeln!(out, "  {}", t.flow.empty)?,
    }
    writeln!(out, "\n{}", t.smtp.title)?;
    match &dashboard.smtp_auth {
        Some(card) => {
            write_period(t, &card.period, &card.remarks, out)?;
            writeln!(out, "  {}", t.sent_sentence(card))?;
            if card.refused > 0 {
                writeln!(out, "  {}", (t.smtp.refused)(card.refused))?;
            }
            write_counts(t, &card.counts, out)?;
        }
        None => writeln!(out, "  {}", t.smtp.empty)?,
    }
    if let Some(found) = &dashboard.standing_out {
        writeln!(out, "\n{}", t.standing_out.title)?;
        write_standing_out(t, found, out)?;
    }
    let reports = &dashboard.tls_reports;
    if reports.domains.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}\n  {}", t.tls_reports.title, t.tls_reports.note)?;
    for domain in &reports.domains {
        write_domain(t, domain, out)?;
    }
    write_more(t, reports.more, out)
}

/// Insights and unusual activity. What they name comes out of files.
fn write_standing_out(t: &Catalogue, found: &StandingOut, out: &mut String) -> std::fmt::Result {
    let w = &t.standing_out;
    let Some(period) = found.period.or(found.unusual.period) else {
        return writeln!(out, "  {}", w.empty);
    };
    write_period(t, &period, &Remarks::default(), out)?;
    writeln!(out, "  {}:", t.report.insights)?;
    match (&found.period, found.insights.as_slice()) {
        (None, _) => writeln!(out, "    {}", w.no_flow)?,
        (_, []) => writeln!(out, "    {}", w.no_insights)?,
        (_, insights) => {
            for insight in insights {
                write_insight(t, insight, out)?;
            }
        }
    }
    write_more(t, found.more, out)?;
    let unusual = &found.unusual;
    writeln!(out, "  {}:", t.report.unusual)?;
    match (&unusual.period, unusual.findings.as_slice()) {
        (None, _) => writeln!(out, "    {}", w.no_auth)?,
        (_, []) => writeln!(out, "    {}", w.nothing_unusual)?,
        (_, findings) => {
            for finding in findings {
                let sentence = visible(&t.finding_sentence(finding, &finding.day.to_string()));
                writeln!(out, "    {}\n      {sentence}", visible(t.sender_name(finding)))?;
            }
        }
    }
    write_more(t, unusual.more, out)
}

fn write_insight(t: &Catalogue, insight: &Insight, out: &mut String) -> std::fmt::Result {
    let (title, weight) = ((t.report.insight)(insight.kind), (t.peers.severity)(insight.severity));
    writeln!(out, "    {title} ({weight})\n      {}", visible(&t.insight_figures(insight)))?;
    if let Some(names) = t.insight_names(insight) {
        writeln!(out, "      {}", visible(&names))?;
    }
    writeln!(out, "      {}: {}", t.peers.why, (t.peers.why_of)(insight.kind))?;
    writeln!(out, "      {}: {}", t.peers.next, (t.peers.next_of)(insight.kind))
}

/// What others report of a domain.
fn write_domain(t: &Catalogue, of: &TlsDomain, out: &mut String) -> std::fmt::Result {
    let w = &t.tls_reports;
    let days = t.days_between(of.days.0, of.days.1);
    let (domain, policy) = (visible(&of.domain), visible(&t.policy(of)));
    writeln!(out, "  {domain}: {policy} ({days})\n    {}", (w.sentence)(of.sessions))?;
    if of.modes.list.len() > 1 {
        writeln!(out, "    {}:", w.by_mode)?;
        for (mode, _, sessions) in &of.modes.list {
            let mode = visible(&(w.mode)(mode));
            writeln!(out, "      {mode}: {}", (w.sentence)(*sessions))?;
        }
    }
    writeln!(out, "    {}:", w.by_organization)?;
    for (name, _, sessions) in &of.organizations.list {
        writeln!(out, "      {}: {}", visible(name), (w.sentence)(*sessions))?;
    }
    write_more(t, of.organizations.more, out)?;
    if of.failures.list.is_empty() {
        return Ok(());
    }
    writeln!(out, "    {}:", w.failures)?;
    if of.refuses() {
        writeln!(out, "      {}", w.not_delivered)?;
    }
    for (kind, _, sessions) in &of.failures.list {
        let [name, meaning, todo] = t.failure(kind);
        let number = (w.sessions)(sessions.failed);
        writeln!(out, "      {}: {number}. {meaning} {todo}", visible(name))?;
        for (title, lines) in [(w.hosts, &of.hosts), (w.reasons, &of.reasons)] {
            for (text, sessions) in of_kind(lines, kind) {
                writeln!(out, "        {title}: {}: {}", visible(text), (w.sessions)(sessions))?;
            }
        }
    }
    write_more(t, of.failures.more + of.hosts.more + of.reasons.more, out)
}

/// Text and failed sessions of the lines of one result type.
fn of_kind<'l>(lines: &'l SessionLines, kind: &str) -> impl Iterator<Item = (&'l str, u64)> {
    let of_kind = lines.list.iter().filter(move |(own, ..)| own == kind);
    of_kind.map(|(_, text, sessions)| (&**text, sessions.failed))
}

fn write_more(t: &Catalogue, more: u64, out: &mut String) -> std::fmt::Result {
    if more > 0 { writeln!(out, "      {}", (t.report.more)(more)) } else { Ok(()) }
}

fn write_period(
    t: &Catalogue,
    period: &Period,
    remarks: &Remarks,
    out: &mut String,
) -> std::fmt::Result {
    let days = period.days();
    writeln!(out, "  {}", (t.flow.period)(days, &period.last.to_string()))?;
    if period.covered < days {
        writeln!(out, "  {}", (t.flow.covered)(period.covered, days))?;
    }
    for remark in t.remarks(remarks, &|first, last| t.days_between(first, last)) {
        writeln!(out, "  {remark}")?;
    }
    Ok(())
}

fn write_counts(t: &Catalogue, counts: &TlsCounts, out: &mut String) -> std::fmt::Result {
    let mut row = |name: &str, amount: Amount| {
        let share = (name != t.tls.not_recorded)
            .then(|| crate::report::Share::of(amount.0, counts.recorded()))
            .flatten()
            .map(|share| format!(" ({})", t.exact_percent(share)));
        writeln!(out, "    {name}: {}{}", t.amount(amount), share.unwrap_or_default())
    };
    row(t.tls.none, counts.amount(TlsState::NoTls))?;
    row(t.tls.v1_0, counts.amount(TlsState::V1_0))?;
    row(t.tls.v1_1, counts.amount(TlsState::V1_1))?;
    row(t.tls.v1_2, counts.amount(TlsState::V1_2))?;
    row(t.tls.v1_3, counts.amount(TlsState::V1_3))?;
    if counts.other() > 0 {
        row(t.tls.other, counts.other_amount())?;
    }
    if counts.get(TlsState::NotRecorded) > 0 {
        row(t.tls.not_recorded, counts.amount(TlsState::NotRecorded))?;
    }
    if counts.any_rounded() {
        writeln!(out, "    {}", t.tls.rounded)?;
    }
    Ok(())
}

/// One line; control characters could rewrite a terminal that shows them.
fn visible(text: &str) -> String {
    seen(text).replace(['\n', '\r', '\t'], " ")
}
