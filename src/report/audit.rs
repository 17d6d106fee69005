//! The figures of an audit report (RP-07): what the views show of the same
//! days, from the same functions, in one answer.

use serde::{Deserialize, Serialize};

use super::mail_flow::mail_flow_in;
use super::{
    Answer, By, ConnectorRow, Done, FindingKind, Ground, InsightKind, MailFlow, PeerRow, Policy,
    Query, Readiness, ReadinessQuery, ReadinessRow, Report, ReportKind, Rows, SenderRow, Span,
    TlsCounts, Unusual, Words, answer, latest, readiness, unusual,
};
use crate::mail::{ConnectorType, Direction};
use crate::order::{merge_by, sort_by};
use crate::tally::Tally;

/// Rows that are looked at together, so that memory does not follow a table.
const PIECE: usize = 1_000;

/// What an audit report is to tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditQuery {
    /// The days.
    pub span: Span,
    /// The policies whose work lists it has.
    pub policies: Vec<Policy>,
    /// At most so many rows of a list.
    pub rows: u32,
    /// Whether it names addresses and clients, not only numbers of them.
    pub addresses: bool,
}

impl Default for AuditQuery {
    fn default() -> Self {
        let policies = vec![Policy::OldTls, Policy::BasicAuth];
        Self { span: Span::default(), policies, rows: 50, addresses: true }
    }
}

/// The answer to an [`AuditQuery`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// The question.
    pub query: AuditQuery,
    /// Outbound and inbound mail flow.
    pub flow: Option<MailFlow>,
    /// The Connector report.
    pub connectors: Report,
    /// Its rows, a connector each.
    pub each_connector: Listing<ConnectorTotal>,
    /// Its trend by week, where it has one.
    pub trend: Report,
    /// The SMTP Auth clients report.
    pub senders: Report,
    /// Its rows, a sender domain each.
    pub each_domain: Listing<(String, TlsCounts)>,
    /// Its senders that used TLS below 1.2 or none, the most such messages first.
    pub old_senders: Listing<SenderRow>,
    /// Its unusual activity.
    pub unusual: Unusual,
    /// The Domains report, and its first rows.
    pub domains: (Report, Vec<PeerRow>),
    /// The Direct Send report, and its first rows.
    pub direct: (Report, Vec<PeerRow>),
    /// Readiness under each policy, with its work list.
    pub readiness: Vec<(Readiness, Vec<ReadinessRow>)>,
}

/// The first of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
    /// As many as were asked for.
    pub list: Vec<T>,
    /// How many there are more.
    pub more: u64,
}

/// A connector in the whole period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectorTotal {
    /// Inbound, outbound, or unknown.
    pub direction: Direction,
    /// Name as written; `None` for "without a connector".
    pub connector: Option<String>,
    /// Where it leads.
    pub connector_type: ConnectorType,
    /// Whether it forces TLS; `None` where not recorded.
    pub forced_tls: Option<bool>,
    /// Messages by TLS.
    pub counts: TlsCounts,
}

impl<T> Default for Listing<T> {
    fn default() -> Self {
        Self { list: Vec::new(), more: 0 }
    }
}

impl<T> Listing<T> {
    /// The first `most` of `all`.
    fn of(mut all: Vec<T>, most: usize) -> Self {
        let more = all.len().saturating_sub(most) as u64;
        all.truncate(most);
        Self { list: all, more }
    }
}

/// Answers `query`; `now`, `done` and `ground` are those of [`readiness`].
pub fn audit(
    tally: &Tally,
    now: u32,
    query: &AuditQuery,
    done: &Done,
    ground: &mut Ground,
) -> Audit {
    let most = query.rows as usize;
    let ask = |report, by| {
        let query = Query { report, by, span: query.span, ..Query::default() };
        // Nothing is searched for or sorted by name.
        answer(tally, now, &query, Words::default())
    };
    let connectors = ask(ReportKind::Connectors, By::Volume);
    let senders = ask(ReportKind::Senders, By::Tls);
    let direct = ask(ReportKind::DirectSend, By::Volume);
    let domains = ask(ReportKind::Domains, By::Volume);
    let mut audit = Audit {
        query: query.clone(),
        flow: mail_flow_in(tally, latest(now), query.span),
        each_connector: Listing::of(each_connector(tally, &connectors), most),
        each_domain: Listing::of(each_domain(tally, &senders), most),
        old_senders: Listing::of(old_senders(tally, &senders), most),
        trend: ask(ReportKind::Connectors, By::Trend).report,
        unusual: unusual(tally, now, query.span),
        domains: (domains.report.clone(), peers(domains.rows(tally, 0, most))),
        direct: (direct.report.clone(), peers(direct.rows(tally, 0, most))),
        readiness: Vec::new(),
        connectors: connectors.report,
        senders: senders.report,
    };
    audit.readiness = query
        .policies
        .iter()
        .map(|policy| {
            let of = ReadinessQuery { policy: *policy, span: query.span, ..Default::default() };
            let answer = readiness(tally, now, &of, done, ground);
            let rows = answer.rows(tally, 0, most);
            (answer.readiness, rows)
        })
        .collect();
    if !query.addresses {
        audit.forget_addresses();
    }
    audit
}

impl Audit {
    /// Takes out whatever names an account or a client.
    fn forget_addresses(&mut self) {
        self.old_senders.more += self.old_senders.list.len() as u64;
        self.old_senders.list.clear();
        for finding in &mut self.unusual.findings {
            finding.address.clear();
            finding.domain.clear();
            if let FindingKind::NewClient { client, .. } = &mut finding.kind {
                client.clear();
            }
        }
        self.direct.1.clear();
        for (_, rows) in &mut self.readiness {
            rows.clear();
        }
        self.senders.refused =
            super::Refused { attempts: self.senders.refused.attempts, ..super::Refused::default() };
        let insights = [&mut self.connectors, &mut self.domains.0, &mut self.direct.0];
        for insight in insights.into_iter().flat_map(|report| &mut report.insights) {
            // Its names are clients.
            if insight.kind == InsightKind::DirectSend {
                insight.more += insight.names.len() as u64;
                insight.names.clear();
            }
        }
    }
}

/// All rows of a table, piece by piece.
fn each_piece(tally: &Tally, answer: &Answer, take: &mut dyn FnMut(Rows)) {
    let rows = usize::try_from(answer.report.rows).unwrap_or(usize::MAX);
    for from in (0..rows).step_by(PIECE) {
        take(answer.rows(tally, from, PIECE));
    }
}

/// The rows of the Connector report without their days, the most messages
/// first.
fn each_connector(tally: &Tally, answer: &Answer) -> Vec<ConnectorTotal> {
    let mut all: Vec<ConnectorTotal> = Vec::new();
    let order = |a: &ConnectorTotal, b: &ConnectorTotal| {
        let key = |of: &ConnectorTotal| (of.direction, of.connector_type, of.forced_tls);
        a.connector.cmp(&b.connector).then_with(|| key(a).cmp(&key(b)))
    };
    each_piece(tally, answer, &mut |rows| {
        let Rows::Connectors(rows) = rows else { return };
        all.extend(rows.into_iter().map(|row| {
            let ConnectorRow { direction, connector, connector_type, forced_tls, counts, .. } = row;
            ConnectorTotal { direction, connector, connector_type, forced_tls, counts }
        }));
        merge_by(&mut all, &order, &|one, other| one.counts.add_all(&other.counts));
    });
    sort_by(&mut all, &|a, b| b.counts.volume().cmp(&a.counts.volume()).then_with(|| order(a, b)));
    all
}

/// The rows of the SMTP Auth clients report by sender domain, the most messages
/// first.
fn each_domain(tally: &Tally, answer: &Answer) -> Vec<(String, TlsCounts)> {
    let mut all: Vec<(String, TlsCounts)> = Vec::new();
    each_piece(tally, answer, &mut |rows| {
        let Rows::Senders(rows) = rows else { return };
        all.extend(rows.into_iter().map(|row| (row.domain, row.counts)));
        merge_by(&mut all, &|a, b| a.0.cmp(&b.0), &|one, other| one.1.add_all(&other.1));
    });
    sort_by(&mut all, &|a, b| b.1.volume().cmp(&a.1.volume()).then_with(|| a.0.cmp(&b.0)));
    all
}

/// The senders of which some messages went with TLS below 1.2 or without.
fn old_senders(tally: &Tally, answer: &Answer) -> Vec<SenderRow> {
    let mut all: Vec<SenderRow> = Vec::new();
    each_piece(tally, answer, &mut |rows| {
        let Rows::Senders(rows) = rows else { return };
        all.extend(rows.into_iter().filter(|row| row.counts.weak() > 0));
    });
    sort_by(&mut all, &|a, b| {
        let most = b.counts.weak().cmp(&a.counts.weak());
        most.then_with(|| (&a.address, &a.domain).cmp(&(&b.address, &b.domain)))
    });
    all
}

fn peers(rows: Rows) -> Vec<PeerRow> {
    match rows {
        Rows::Peers(rows) => rows,
        _ => Vec::new(),
    }
}
