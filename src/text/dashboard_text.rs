use std::fmt::Write as _;

use super::Catalogue;
use crate::mail::TlsState;
use crate::report::{Dashboard, Period, TlsCounts};

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
            write_period(t, &card.period, out)?;
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
            write_period(t, &card.period, out)?;
            writeln!(out, "  {}", (t.smtp.sentence)(card.senders, &card.counts))?;
            if card.refused > 0 {
                writeln!(out, "  {}", (t.smtp.refused)(card.refused))?;
            }
            write_counts(t, &card.counts, out)
        }
        None => writeln!(out, "  {}", t.smtp.empty),
    }
}

fn write_period(t: &Catalogue, period: &Period, out: &mut String) -> std::fmt::Result {
    let days = period.days();
    writeln!(out, "  {}", (t.flow.period)(days, &period.last.to_string()))?;
    if period.covered < days {
        writeln!(out, "  {}", (t.flow.covered)(period.covered, days))?;
    }
    Ok(())
}

fn write_counts(t: &Catalogue, counts: &TlsCounts, out: &mut String) -> std::fmt::Result {
    let mut row = |name: &str, messages: u64| {
        let share = (name != t.tls.not_recorded)
            .then(|| crate::report::Share::of(messages, counts.recorded()))
            .flatten()
            .map(|share| format!(" ({})", t.exact_percent(share)));
        writeln!(out, "    {name}: {}{}", t.count(messages), share.unwrap_or_default())
    };
    row(t.tls.none, counts.get(TlsState::NoTls))?;
    row(t.tls.v1_0, counts.get(TlsState::V1_0))?;
    row(t.tls.v1_1, counts.get(TlsState::V1_1))?;
    row(t.tls.v1_2, counts.get(TlsState::V1_2))?;
    row(t.tls.v1_3, counts.get(TlsState::V1_3))?;
    if counts.other() > 0 {
        row(t.tls.other, counts.other())?;
    }
    if counts.get(TlsState::NotRecorded) > 0 {
        row(t.tls.not_recorded, counts.get(TlsState::NotRecorded))?;
    }
    Ok(())
}
