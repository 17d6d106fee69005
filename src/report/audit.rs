//! The figures of an audit report (RP-07): what the views show of the same
//! days, from the same functions, in one answer.

use serde::{Deserialize, Serialize};

use super::mail_flow::mail_flow_in;
use super::tls_reports::tls_reports_in;
use super::{
    Answer, By, ConnectorRow, Done, Field, Filter, FindingKind, Ground, Ignored, InsightKind,
    MailFlow, PeerRow, Policy, Query, Readiness, ReadinessQuery, ReadinessRow, Report, ReportKind,
    Rows, SenderRow, SessionLines, Span, TlsCounts, TlsReports, Unusual, Words, answer, latest,
    readiness, unusual,
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
    /// Which messages it is of. Unusual activity and what others report are of
    /// all, whatever it says.
    pub filter: Filter,
}

impl Default for AuditQuery {
    fn default() -> Self {
        let policies = vec![Policy::OldTls, Policy::BasicAuth];
        let filter = Filter::default();
        Self { span: Span::default(), policies, rows: 50, addresses: true, filter }
    }
}

/// The answer to an [`AuditQuery`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// The question.
    pub query: AuditQuery,
    /// Outbound and inbound mail flow.
    pub flow: Option<MailFlow>,
    /// What of the filter is not applied to that, and why.
    pub flow_ignored: Vec<(Field, Ignored)>,
    /// What the same days have without the filter, where there is one.
    pub whole: Option<Whole>,
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
    /// What other organizations report of these days, without hosts and reasons;
    /// `None` where no file has such reports.
    pub tls_reports: Option<TlsReports>,
}

/// Messages without the filter; `None` where no file tells of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// Inbound and outbound.
    pub flow: Option<u64>,
    /// With SMTP AUTH.
    pub submissions: Option<u64>,
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
    let of = |report, by, filter: &Filter| {
        let filter = filter.clone();
        let query = Query { report, by, span: query.span, filter, ..Query::default() };
        // Nothing is searched for or sorted by name.
        answer(tally, now, &query, Words::default())
    };
    let ask = |report, by| of(report, by, &query.filter);
    let flow_of = |filter: &Filter| mail_flow_in(tally, latest(now), query.span, filter);
    let whole = (!query.filter.is_empty()).then(|| {
        let all = Filter::default();
        let flow = flow_of(&all).map(|(flow, _)| flow.outbound.volume() + flow.inbound.volume());
        let senders = of(ReportKind::Senders, By::Tls, &all).report;
        Whole { flow, submissions: senders.period.map(|_| senders.counts.volume()) }
    });
    let (flow, flow_ignored) = flow_of(&query.filter).unzip();
    let connectors = ask(ReportKind::Connectors, By::Volume);
    let senders = ask(ReportKind::Senders, By::Tls);
    let direct = ask(ReportKind::DirectSend, By::Volume);
    let domains = ask(ReportKind::Domains, By::Volume);
    let mut audit = Audit {
        query: query.clone(),
        flow,
        flow_ignored: flow_ignored.unwrap_or_default(),
        whole,
        each_connector: Listing::of(each_connector(tally, &connectors), most),
        each_domain: Listing::of(each_domain(tally, &senders), most),
        old_senders: Listing::of(old_senders(tally, &senders), most),
        trend: ask(ReportKind::Connectors, By::Trend).report,
        unusual: unusual(tally, now, query.span),
        domains: (domains.report.clone(), peers(domains.rows(tally, 0, most))),
        direct: (direct.report.clone(), peers(direct.rows(tally, 0, most))),
        readiness: Vec::new(),
        tls_reports: tls_reports_in(tally, latest(now), query.span).map(|all| shortened(all, most)),
        connectors: connectors.report,
        senders: senders.report,
    };
    audit.readiness = query
        .policies
        .iter()
        .map(|policy| {
            let (policy, span, filter) = (*policy, query.span, query.filter.clone());
            let of = ReadinessQuery { policy, span, filter, ..Default::default() };
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

/// At most so many domains and lines of each list. Hosts and reasons, which
/// others choose as they like, are left to the dashboard.
fn shortened(mut reports: TlsReports, most: usize) -> TlsReports {
    reports.more += reports.domains.len().saturating_sub(most) as u64;
    reports.domains.truncate(most);
    for of in &mut reports.domains {
        of.hosts = SessionLines::default();
        of.reasons = SessionLines::default();
        for lines in [&mut of.modes, &mut of.organizations, &mut of.failures] {
            lines.more += lines.list.len().saturating_sub(most) as u64;
            lines.list.truncate(most);
        }
    }
    reports
}

fn peers(rows: Rows) -> Vec<PeerRow> {
    match rows {
        Rows::Peers(rows) => rows,
        _ => Vec::new(),
    }
}
