use std::fmt::Write as _;

use super::Catalogue;
use crate::mail::TlsState;
use crate::report::{Amount, Dashboard, Period, Remarks, TlsCounts};

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
            write_counts(t, &card.counts, out)
        }
        None => writeln!(out, "  {}", t.smtp.empty),
    }
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
    for remark in t.remarks(remarks) {
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
