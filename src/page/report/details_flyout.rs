use leptos::prelude::*;

use super::filter::of_all;
use super::sent_view::sent_view;
use super::trend;
use crate::mail::{Day, SentQuery, TlsState};
use crate::page::chart::{
    DayChart, DayChartKind, DaySeries, SeriesName, day_chart, state_names, tls_rows,
};
use crate::page::dates::until;
use crate::page::dom::{El, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Modal, Picture, cell, column, icon, row_head, table};
use crate::report::{Amount, Details, Peer, Subject, TlsCounts};
use crate::text::Catalogue;

/// What is known of the row that was opened (SA-08, SA-14).
pub(crate) fn details_flyout(session: Session) -> Option<El> {
    let t = session.texts();
    let reports = session.reports;
    let subject = reports.subject.get()?;
    let name = match &subject {
        Subject::Sender(address, domain) if address.is_empty() => domain.clone(),
        Subject::Sender(address, _) => address.clone(),
        Subject::Connector(direction, name) => {
            (t.report.direction_and_name)(*direction, name.as_deref())
        }
        Subject::Domain(direction, name) | Subject::Host(direction, name) => {
            let name = name.as_deref().unwrap_or(t.tls.not_recorded);
            (t.report.direction_and_name)(*direction, Some(name))
        }
        Subject::Direct(from, sender, domain) => {
            let names = [from, sender.as_ref().map_or(domain, |_| sender)];
            names.map(|name| name.as_deref().unwrap_or(t.peers.not_known)).join(" \u{b7} ")
        }
    };
    let closed = move || reports.subject.set(None);
    let modal = Modal::new(session, &name, "flyout", "details-title", closed);
    let close = modal.close_button(t.dialogs.close).class("primary");
    let sent = match &subject {
        Subject::Sender(account, domain) => Some(SentQuery {
            account: account.clone(),
            domain: domain.clone(),
            ..SentQuery::default()
        }),
        _ => None,
    };
    let body = el("div").adds(of_all(t, reports)).lives(move || {
        reports.details.with(|details| match details {
            Some(details) => {
                let mut parts = parts(t, details, &subject);
                parts.extend(messages(t, session, details, sent.clone()));
                parts
            }
            None => vec![text_el("p", t.shell.loading)],
        })
    });
    Some(modal.with(body, [close]))
}

fn parts(t: &'static Catalogue, details: &Details, subject: &Subject) -> Vec<El> {
    let sender = matches!(subject, Subject::Sender(..));
    let Some(period) = details.period else {
        return vec![text_el("p", t.report.none_in_period)];
    };
    let span = until(t, &period);
    let mut parts = vec![text_el("p", &span).class("period")];
    parts.extend(weak(t, &details.counts, subject));
    if details.refused > 0 {
        parts.push(text_el("p", &(t.smtp.refused)(details.refused)));
    }
    parts.push(text_el("h3", t.report.versions));
    parts.push(tls_rows(t, t.report.versions, &details.counts));
    parts.push(text_el("h3", t.trend.title));
    parts.extend(trend::weeks(t, t.trend.title, &details.trend));
    parts.push(text_el("h3", t.report.day_by_day));
    let sent = details.days.iter().map(|day| day.as_ref().map(TlsCounts::volume)).collect();
    let name = SeriesName::Named(t.report.volume.to_owned());
    let chart = DayChart {
        label: t.report.day_by_day.to_owned(),
        kind: DayChartKind::Lines,
        first: period.first,
        series: vec![DaySeries { name, days: sent }],
    };
    parts.push(day_chart(t, chart));
    parts.push(days(t, details, period.first));
    if sender {
        parts.push(text_el("h3", t.report.methods));
        let methods = details.methods.iter().map(|(method, messages)| {
            el("tr")
                .add(row_head((t.report.method_word)(*method), ""))
                .add(cell(&t.count(*messages), "figure"))
        });
        let head = [column(t.report.methods, ""), column(t.report.message_count, "figure")];
        parts.push(table(t.report.methods, "grid small", head, methods));
    }
    parts.extend(ciphers(t, details));
    let (title, name) =
        if sender { (t.report.clients, t.report.client) } else { (t.report.peers, t.report.peer) };
    if !matches!(subject, Subject::Domain(..) | Subject::Direct(..)) {
        parts.extend(peers(t, title, name, &details.peers, details.more_peers));
    }
    if !details.hosts.is_empty() || matches!(subject, Subject::Domain(..)) {
        let (hosts, more) = (&details.hosts, details.more_hosts);
        parts.extend(peers(t, t.report.hosts, t.report.host, hosts, more));
    }
    if let Subject::Domain(direction, _) | Subject::Host(direction, _) = subject {
        let mut used = details.connectors.clone();
        for connector in &mut used {
            let name = Some(connector.name.as_str()).filter(|name| !name.is_empty());
            connector.name = (t.report.direction_and_name)(*direction, name);
        }
        parts.extend(peers(t, t.peers.connectors, t.report.connector, &used, 0));
    }
    parts
}

/// A sender's messages, in the days of the details.
fn messages(
    t: &'static Catalogue,
    session: Session,
    details: &Details,
    of: Option<SentQuery>,
) -> Option<El> {
    let days = details.period.map(|period| (period.first, period.last))?;
    Some(sent_view(t, session, SentQuery { days: Some(days), ..of? }))
}

/// A plain warning while TLS below 1.2 or no TLS is in use, and what to do.
fn weak(t: &'static Catalogue, counts: &TlsCounts, subject: &Subject) -> Option<El> {
    let below = [
        (TlsState::NoTls, t.tls.none),
        (TlsState::Older, t.tls.other),
        (TlsState::V1_0, t.tls.v1_0),
        (TlsState::V1_1, t.tls.v1_1),
    ];
    let used: Vec<String> = below
        .into_iter()
        .filter(|(state, _)| counts.get(*state) > 0)
        .map(|(state, name)| format!("{name}: {}", t.amount(counts.amount(state))))
        .collect();
    if used.is_empty() {
        return None;
    }
    let todo = match subject {
        Subject::Sender(..) => t.report.weak_sender,
        Subject::Connector(..) => t.report.weak_connector,
        Subject::Domain(..) | Subject::Host(..) => t.peers.weak_peer,
        Subject::Direct(..) => t.peers.weak_direct,
    };
    let words = el("p")
        .add(text_el("b", t.report.weak))
        .text(" (")
        .text(&used.join(", "))
        .text("). ")
        .text(todo);
    Some(el("div").class("file-note warning").add(icon(Picture::Warning)).add(words))
}

fn days(t: &'static Catalogue, details: &Details, first: Day) -> El {
    let states = state_names(t);
    let other = details.counts.other() > 0;
    let silent = details.counts.get(TlsState::NotRecorded) > 0;
    let mut head = vec![column(t.report.date, "")];
    head.extend(states.map(|(_, name)| column(name, "figure")));
    head.extend(other.then(|| column(t.tls.other, "figure")));
    head.extend(silent.then(|| column(t.tls.not_recorded, "figure")));
    head.push(column(t.report.volume, "figure"));
    let figure = |amount: Amount| {
        cell(&t.amount(amount), if amount.0 == 0 { "figure zero" } else { "figure" })
    };
    let sent = (0_i32..).zip(&details.days).filter_map(|(index, counts)| {
        let counts = counts.as_ref().filter(|counts| counts.volume() > 0)?;
        let line = el("tr")
            .add(row_head(&first.plus(index).to_string(), "nowrap"))
            .adds(states.map(|(state, _)| figure(counts.amount(state))))
            .adds(other.then(|| figure(counts.other_amount())))
            .adds(silent.then(|| figure(counts.amount(TlsState::NotRecorded))))
            .add(figure((counts.volume(), false)));
        Some(line)
    });
    table(t.report.day_by_day, "grid small", head, sent)
}

fn ciphers(t: &'static Catalogue, details: &Details) -> Vec<El> {
    let title = text_el("h3", t.report.ciphers);
    if details.ciphers.is_empty() {
        return vec![title, text_el("p", t.report.not_told).class("weak")];
    }
    let rows = details.ciphers.iter().map(|(cipher, tls, messages)| {
        el("tr")
            .add(row_head(cipher, "name"))
            .add(text_el("td", t.tls_column(*tls)))
            .add(cell(&t.count(*messages), "figure"))
    });
    let head =
        [column(t.report.cipher, ""), column("TLS", ""), column(t.report.message_count, "figure")];
    vec![title, table(t.report.ciphers, "grid small", head, rows)]
}

fn peers(t: &'static Catalogue, title: &str, name: &str, peers: &[Peer], more: u64) -> Vec<El> {
    let heading = text_el("h3", title);
    if peers.is_empty() {
        return vec![heading, text_el("p", t.report.not_told).class("weak")];
    }
    let rows = peers.iter().map(|peer| {
        let name = if peer.name.is_empty() { t.tls.not_recorded } else { &peer.name };
        el("tr")
            .add(row_head(name, "name"))
            .add(cell(&peer.first.to_string(), "nowrap"))
            .add(cell(&peer.last.to_string(), "nowrap"))
            .add(cell(&t.count(peer.counts.volume()), "figure"))
    });
    let head = [
        column(name, ""),
        column(t.report.first_day, ""),
        column(t.report.last_day, ""),
        column(t.report.message_count, "figure"),
    ];
    let more = (more > 0).then(|| text_el("p", &(t.report.more)(more)).class("weak"));
    [heading, table(title, "grid small", head, rows)].into_iter().chain(more).collect()
}
