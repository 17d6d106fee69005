//! The words that a report needs where there is no catalogue: for the worker,
//! and for the files that it makes.

use super::Catalogue;
use crate::mail::{AuthMethod, ConnectorType, Direction, TlsState};
use crate::report::{DetailedWords, ReportKind, Words};

/// The title of a report.
pub const fn report_title(t: &'static Catalogue, kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Connectors => t.report.connector_title,
        ReportKind::Senders => t.report.smtp_title,
        ReportKind::Domains => t.peers.domains_title,
        ReportKind::Hosts => t.peers.hosts_title,
        ReportKind::DirectSend => t.peers.direct_title,
    }
}

/// What stands for a domain, host, client or address that is not there.
pub fn no_name(t: &'static Catalogue, kind: ReportKind) -> &'static str {
    if kind == ReportKind::DirectSend { t.peers.not_known } else { t.tls.not_recorded }
}

/// The words of the detailed report that [`Words`] has and has not.
pub fn detailed_words(t: &'static Catalogue, kind: ReportKind) -> (Words, DetailedWords) {
    // In every detail, the rows of all but the senders are connectors'.
    let of = if kind == ReportKind::Senders { kind } else { ReportKind::Connectors };
    let more = DetailedWords {
        tls: "TLS".to_owned(),
        cipher: t.report.cipher.to_owned(),
        client: t.report.client.to_owned(),
        sender_domain: t.report.sender_domain.to_owned(),
        remote_domain: t.report.peers.to_owned(),
        remote_host: t.report.hosts.to_owned(),
        messages: t.report.message_count.to_owned(),
        sender: t.report.sender.to_owned(),
    };
    (report_words(t, of), more)
}

/// The words for searching and exporting, and that the table shows.
pub fn report_words(t: &'static Catalogue, report: ReportKind) -> Words {
    let own = String::from;
    let flow = |direction| {
        // Cut from the whole, so that every language may have its own order.
        let named = (t.report.direction_and_name)(direction, Some(""));
        ((t.report.direction_and_name)(direction, None), named)
    };
    let types = [
        ConnectorType::OnPremises,
        ConnectorType::Partner,
        ConnectorType::NoConnector,
        ConnectorType::Unknown,
    ];
    let senders = report == ReportKind::Senders;
    let tls = TlsState::ALL.map(|state| match (state, senders) {
        (TlsState::NoTls, _) => t.tls.none,
        (TlsState::Older | TlsState::VersionNotStated, _) => t.tls.other,
        (TlsState::V1_0, false) => t.tls.v1_0,
        (TlsState::V1_1, false) => t.tls.v1_1,
        (TlsState::V1_2, false) => t.tls.v1_2,
        (TlsState::V1_3, false) => t.tls.v1_3,
        (TlsState::V1_0, true) => t.report.v1_0,
        (TlsState::V1_1, true) => t.report.v1_1,
        (TlsState::V1_2, true) => t.report.v1_2,
        (TlsState::V1_3, true) => t.report.v1_3,
        (TlsState::NotRecorded, _) => t.tls.not_recorded,
    });
    let states = TlsState::ALL.map(|state| t.tls_state(state));
    Words {
        flows: [Direction::Inbound, Direction::Outbound, Direction::Unknown].map(flow),
        types: types.map(|kind| own((t.report.connector_type_word)(kind))),
        forced: [t.report.yes, t.report.no, t.tls.not_recorded].map(own),
        methods: AuthMethod::ALL.map(|method| own((t.report.method_word)(method))),
        date: own(t.report.date),
        name: own(match report {
            ReportKind::Connectors => t.report.connector,
            ReportKind::Senders => t.report.sender,
            ReportKind::Domains => t.report.domain,
            ReportKind::Hosts => t.report.host,
            ReportKind::DirectSend => t.peers.client_or_host,
        }),
        connector_type: own(t.report.connector_type),
        forced_tls: own(t.report.forced_tls),
        domain: own(match report {
            ReportKind::DirectSend => t.report.sender_domain,
            _ => t.report.domain,
        }),
        method: own(t.report.methods),
        tls: tls.map(own),
        states: states.map(own),
        volume: own(if senders { t.report.message_count } else { t.report.volume }),
        change: own(t.report.change),
        rounded: own(t.report.rounded),
        week: [t.trend.week, t.trend.monday, t.trend.covered].map(own),
        no_data: own(t.chart.no_data),
        directions: [Direction::Inbound, Direction::Outbound, Direction::Unknown]
            .map(|direction| own((t.peers.direction)(direction))),
        none: own(no_name(t, report)),
        sure: [t.peers.sure, t.peers.likely].map(own),
        peer_heads: [
            t.report.direction,
            t.report.sender,
            t.peers.how_sure,
            t.peers.first_seen,
            t.peers.last_seen,
        ]
        .map(own),
        group: t.group,
        point: t.point,
    }
}
