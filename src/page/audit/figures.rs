//! The figures of the document.

use super::paper::{days, filtered, more, section};
use crate::mail::TlsState;
use crate::page::chart::{day_picture, donut, state_names, week_picture};
use crate::page::dom::{El, el, text_el};
use crate::page::report::day_series;
use crate::page::shell::{cell, column, remarks, row_head, table};
use crate::report::{Amount, Audit, PeerRow, Report, Share, TlsCounts};
use crate::text::{Catalogue, no_name};

/// Both directions, in a sentence each, as rings, and by version.
pub(super) fn summary(t: &'static Catalogue, audit: &Audit) -> Vec<El> {
    let w = &t.audit;
    let part = section(w.summary);
    let Some(flow) = &audit.flow else {
        return vec![part.add(text_el("p", t.flow.empty))];
    };
    let directions = [(t.flow.outbound, &flow.outbound), (t.flow.inbound, &flow.inbound)];
    let rings = directions.map(|(name, counts)| {
        el("div")
            .class("paper-ring")
            .add(text_el("h4", name))
            .add(donut(t, name, counts))
            .add(text_el("p", &sentence(t, counts)))
    });
    let part = part
        .add(days(t, Some(flow.period)))
        .adds(passing(t, audit))
        .adds(filtered(
            t,
            audit,
            flow.outbound.volume() + flow.inbound.volume(),
            &audit.flow_ignored,
        ))
        .adds(remarks(t, &flow.remarks, Catalogue::days_between))
        .add(el("div").class("paper-rings").adds(rings))
        .add(versions(t, &flow.outbound, &flow.inbound))
        .add(text_el("p", w.summary_note).class("weak"))
        .adds(rounded(t, flow.outbound.any_rounded() || flow.inbound.any_rounded()));
    vec![part]
}

/// How many messages of these days pass the filter, and of how many.
fn passing(t: &'static Catalogue, audit: &Audit) -> Vec<El> {
    let Some(whole) = audit.whole else { return Vec::new() };
    let flow = audit.flow.map(|flow| flow.outbound.volume() + flow.inbound.volume());
    let submissions = audit.senders.period.map(|_| audit.senders.counts.volume());
    [(true, flow.zip(whole.flow)), (false, submissions.zip(whole.submissions))]
        .into_iter()
        .filter_map(|(of_flow, counts)| {
            let (passing, all) = counts?;
            Some(text_el("p", &(t.audit.passing)(of_flow, passing, all)))
        })
        .collect()
}

/// How many messages there are, and how many of them went with TLS: of any
/// days, where the sentence of the card is of a week.
fn sentence(t: &'static Catalogue, counts: &TlsCounts) -> String {
    let messages = (t.tls.messages)(counts.volume());
    match counts.protected_share() {
        Some(share) => [&*messages, " \u{b7} TLS ", &t.percent(share)].concat(),
        None => messages,
    }
}

/// Messages and shares of each version, both directions side by side.
fn versions(t: &'static Catalogue, outbound: &TlsCounts, inbound: &TlsCounts) -> El {
    let w = &t.audit;
    let both = [outbound, inbound];
    let line = |name: &str, amounts: [Amount; 2], shares: bool| {
        let cells = amounts.into_iter().zip(both).flat_map(|(amount, counts)| {
            let share = Share::of(amount.0, counts.recorded()).filter(|_| shares);
            let share = share.map_or_else(|| "\u{2013}".to_owned(), |share| t.exact_percent(share));
            [figure(t, amount), cell(&share, "figure")]
        });
        el("tr").add(row_head(name, "")).adds(cells)
    };
    let of = |state: TlsState| both.map(|counts| counts.amount(state));
    let mut rows: Vec<El> =
        state_names(t).into_iter().map(|(state, name)| line(name, of(state), true)).collect();
    if both.iter().any(|counts| counts.other() > 0) {
        rows.push(line(t.tls.other, both.map(TlsCounts::other_amount), true));
    }
    rows.push(line(t.tls.not_recorded, of(TlsState::NotRecorded), false));
    let all = both.map(|counts| (counts.volume(), counts.any_rounded()));
    rows.push(line(t.flyout.volume, all, false).class("total"));
    let head = [
        column(t.flyout.state, ""),
        column(t.flow.outbound, "figure"),
        column(w.share, "figure"),
        column(t.flow.inbound, "figure"),
        column(w.share, "figure"),
    ];
    table(t.flyout.title, "grid small", head, rows)
}

fn figure(t: &'static Catalogue, amount: Amount) -> El {
    cell(&t.amount(amount), if amount.0 == 0 { "figure zero" } else { "figure" })
}

fn rounded(t: &'static Catalogue, any: bool) -> Option<El> {
    any.then(|| text_el("p", t.tls.rounded).class("weak"))
}

/// Messages a day, and TLS versions by week.
pub(super) fn charts(t: &'static Catalogue, audit: &Audit) -> Vec<El> {
    let w = &t.audit;
    let mut parts = Vec::new();
    if audit.connectors.period.is_some() && audit.connectors.counts.volume() > 0 {
        let chart = day_series(t, &audit.connectors, w.by_day.to_owned());
        let part = section(w.by_day).add(days(t, audit.connectors.period));
        parts.push(part.add(day_picture(t, chart)));
    }
    let weeks = audit.trend.trend.as_ref().filter(|trend| !trend.weeks.is_empty());
    if let Some(trend) = weeks {
        let part = section(w.by_week).add(days(t, audit.trend.period));
        parts.push(part.add(week_picture(t, w.by_week, &trend.weeks)));
    }
    if audit.senders.period.is_some() && audit.senders.counts.volume() > 0 {
        let title = [t.smtp.title, " \u{b7} ", t.report.sending_volume].concat();
        let chart = day_series(t, &audit.senders, title.clone());
        let part = section(&title).add(days(t, audit.senders.period));
        parts.push(part.add(day_picture(t, chart)));
    }
    parts
}

/// Each connector in the whole period.
pub(super) fn connectors(t: &'static Catalogue, audit: &Audit) -> El {
    let w = &t.audit;
    let report = &audit.connectors;
    let part = section(t.report.connector_title).add(days(t, report.period)).adds(filtered(
        t,
        audit,
        report.counts.volume(),
        &report.ignored,
    ));
    if audit.connectors.counts.volume() == 0 {
        return part;
    }
    let rows = audit.each_connector.list.iter().map(|of| {
        let name = (t.report.direction_and_name)(of.direction, of.connector.as_deref());
        let forced = match of.forced_tls {
            Some(true) => t.report.yes,
            Some(false) => t.report.no,
            None => t.tls.not_recorded,
        };
        let kind = (t.report.connector_type_word)(of.connector_type);
        let second = [kind, " \u{b7} ", &(w.forced)(forced)].concat();
        (name, second, of.counts)
    });
    part.adds(remarks(t, &audit.connectors.remarks, Catalogue::days_between))
        .add(text_el("p", w.connectors_note))
        .add(by_tls(t, t.report.connector_title, t.report.connector, rows.collect()))
        .adds(more(t, audit.each_connector.more))
        .adds(rounded(t, audit.connectors.counts.any_rounded()))
}

/// A table of names with a column for each version. Zeros of all rows have no
/// column but those that are always shown.
fn by_tls(
    t: &'static Catalogue,
    label: &str,
    name: &str,
    rows: Vec<(String, String, TlsCounts)>,
) -> El {
    let other = rows.iter().any(|(.., counts)| counts.other() > 0);
    let silent = rows.iter().any(|(.., counts)| counts.get(TlsState::NotRecorded) > 0);
    let states = state_names(t);
    let mut head = vec![column(name, "")];
    head.extend(states.map(|(_, name)| column(name, "figure")));
    head.extend(other.then(|| column(t.tls.other, "figure")));
    head.extend(silent.then(|| column(t.tls.not_recorded, "figure")));
    head.push(column(t.report.volume, "figure"));
    let rows = rows.into_iter().map(|(name, second, counts)| {
        let share = |amount: Amount| {
            let share = Share::of(amount.0, counts.recorded());
            let text = share.map_or_else(
                || "\u{2013}".to_owned(),
                |share| format!("{} ({})", t.percent(share), t.amount(amount)),
            );
            cell(&text, if amount.0 == 0 { "figure zero" } else { "figure" })
        };
        let second = (!second.is_empty()).then(|| text_el("span", &second).class("weak second"));
        el("tr")
            .add(row_head("", "name").add(text_el("bdi", &name)).adds(second))
            .adds(states.map(|(state, _)| share(counts.amount(state))))
            .adds(other.then(|| share(counts.other_amount())))
            .adds(silent.then(|| figure(t, counts.amount(TlsState::NotRecorded))))
            .add(figure(t, (counts.volume(), false)))
    });
    table(label, "grid small by-tls", head, rows.collect::<Vec<_>>())
}

/// SMTP Auth clients.
pub(super) fn clients(t: &'static Catalogue, audit: &Audit) -> El {
    let w = &t.audit;
    let report = &audit.senders;
    let part = section(t.smtp.title).add(days(t, report.period)).adds(filtered(
        t,
        audit,
        report.counts.volume(),
        &report.ignored,
    ));
    if report.counts.volume() == 0 && report.refused.attempts == 0 {
        return part;
    }
    let domains = audit.each_domain.list.iter().map(|(domain, counts)| {
        let name = if domain.is_empty() { t.report.no_domain } else { domain };
        (name.to_owned(), String::new(), *counts)
    });
    let old = &audit.old_senders;
    let rows = old.list.iter().map(|row| {
        let name = if row.address.is_empty() { t.report.no_address } else { &row.address };
        let methods = row.methods.iter().map(|method| (t.report.method_word)(*method));
        (name.to_owned(), methods.collect::<Vec<_>>().join(", "), row.counts)
    });
    let rows: Vec<_> = rows.collect();
    let old = if !audit.query.addresses && old.more > 0 {
        vec![text_el("p", &(w.not_named)(old.more))]
    } else if rows.is_empty() {
        vec![text_el("p", w.no_old_senders)]
    } else {
        let table = by_tls(t, w.old_senders, t.report.sender, rows);
        [table].into_iter().chain(more(t, old.more)).collect()
    };
    let refused = (report.refused.attempts > 0)
        .then(|| text_el("p", &(t.smtp.refused)(report.refused.attempts)));
    part.adds(remarks(t, &report.remarks, Catalogue::days_between))
        .add(text_el("p", &(w.senders_of)(report.all_senders, report.counts.volume())))
        .adds(refused)
        .add(text_el("h4", w.by_domain))
        .add(by_tls(t, w.by_domain, t.report.domain, domains.collect()))
        .adds(more(t, audit.each_domain.more))
        .add(text_el("h4", w.old_senders))
        .adds(old)
        .adds(rounded(t, report.counts.any_rounded()))
}

/// Domains and Direct Send, where there is any.
pub(super) fn peers(t: &'static Catalogue, audit: &Audit) -> Vec<El> {
    let of = |title: &str, name: &str, (report, rows): &(Report, Vec<PeerRow>), direct: bool| {
        if report.counts.volume() == 0 {
            return None;
        }
        let part = section(title).add(days(t, report.period)).adds(filtered(
            t,
            audit,
            report.counts.volume(),
            &report.ignored,
        ));
        let own = report.own_domains.join(", ");
        let own = direct.then(|| (t.settings.own_domains_are)(&own, report.domains_guessed));
        let part = part
            .adds(own.map(|own| text_el("p", &[t.peers.direct_note, " ", &own, "."].concat())))
            .add(text_el("p", &(t.audit.messages_of)(report.counts.volume())));
        if rows.is_empty() {
            return Some(part);
        }
        let left = report.rows.saturating_sub(rows.len() as u64);
        let lines = rows.iter().map(|row| {
            let name = row.name.as_deref().unwrap_or_else(|| no_name(t, report.query.report));
            let second = if direct {
                let sender = row.sender.as_deref().or(row.domain.as_deref()).unwrap_or_default();
                let sure = if row.sure { t.peers.sure } else { t.peers.likely };
                [sender, " \u{b7} ", sure].concat()
            } else {
                (t.peers.direction)(row.direction).to_owned()
            };
            (name.to_owned(), second, row.counts)
        });
        Some(part.add(by_tls(t, title, name, lines.collect())).adds(more(t, left)))
    };
    let domains = of(t.peers.domains_title, t.report.domain, &audit.domains, false);
    let direct = of(t.peers.direct_title, t.peers.client_or_host, &audit.direct, true);
    domains.into_iter().chain(direct).collect()
}
