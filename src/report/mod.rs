//! Pure functions from the tally to what a report shows.

mod answer;
mod assumptions;
mod audit;
mod columns;
mod connectors;
mod detailed;
mod details;
mod filter;
mod groups;
mod insights;
mod mail_flow;
mod number;
mod overview;
mod own_texts;
mod peers;
mod period;
mod query;
mod readiness;
mod refused;
mod remarks;
mod senders;
mod sent;
mod series;
mod smtp_auth;
mod standing_out;
mod table;
mod tls_counts;
mod tls_reports;
mod trend;
mod unusual;

pub use answer::{
    Answer, COMPARED, Compared, ConnectorRow, NAMED_SERIES, OFFERED, PeerRow, Report, Rows,
    SenderRow, Series, answer,
};
pub use assumptions::Assumptions;
use assumptions::assumptions;
pub use audit::{Audit, AuditQuery, ConnectorTotal, Listing, Whole, audit};
pub use columns::{Row, Value};
pub use detailed::{Detailed, DetailedQuery, DetailedWords, detailed};
pub use details::{Details, LISTED, Peer, Subject, details};
pub use filter::{
    Clause, Compiled, Fault, Field, FieldKind, Filter, Ignored, Join, KNOWN_VALUES, MOST_CLAUSES,
    Part, Verb, known_values,
};
pub use insights::{INSIGHT_NAMES, Insight, InsightKind, Severity};
pub use mail_flow::{FlowBefore, MailFlow, mail_flow};
pub use number::{ROUNDED, grouped, signed};
pub use overview::OrganizationRow;
pub use period::Period;
pub use query::{By, Column, Only, Query, ReportKind, Sort, Span, Thresholds, Words};
pub use readiness::{
    Done, Ground, Listed, Outcome, POLICY_DATES, Policy, PolicyDate, PolicyEvent, PolicyTime,
    Readiness, ReadinessAnswer, ReadinessCard, ReadinessColumn, ReadinessLine, ReadinessQuery,
    ReadinessRow, ReadinessSort, ReadinessWords, Source, Thing, ThingKind, readiness,
};
pub use refused::Refused;
pub use remarks::Remarks;
pub use sent::{SENT_COLUMNS, SentWords};
pub use smtp_auth::{AuthBefore, SmtpAuth, smtp_auth};
pub use standing_out::{STANDING_OUT, StandingOut};
pub use tls_counts::{Amount, Bounds, Share, TlsCounts};
pub use tls_reports::{SessionLines, Sessions, TlsDomain, TlsReports, tls_reports};
pub use trend::{STILL_LISTED, Seen, Still, Trend, WEAK, Week};
pub use unusual::{FINDINGS_LISTED, Finding, FindingKind, Unusual, unusual};

use serde::{Deserialize, Serialize};

use crate::mail::Day;
use crate::tally::Tally;

/// The cards and the panel of the dashboard, and what they rest on. `None` where no file speaks of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// Outbound and inbound mail flow.
    pub mail_flow: Option<MailFlow>,
    /// SMTP Auth clients.
    pub smtp_auth: Option<SmtpAuth>,
    /// What the figures rest on.
    pub assumptions: Assumptions,
    /// What other organizations report, apart from all of this.
    pub tls_reports: TlsReports,
    /// What breaks if something old is switched off.
    pub readiness: Option<ReadinessCard>,
    /// What stands out; `None` while files are read, since it takes longer than the rest.
    pub standing_out: Option<StandingOut>,
}

/// The dashboard of `tally`. `now` is the clock, in seconds since 1970: days
/// later than tomorrow do not move the "last 7 days".
pub fn dashboard(tally: &Tally, now: u32) -> Dashboard {
    let latest = latest(now);
    Dashboard {
        mail_flow: mail_flow(tally, latest),
        smtp_auth: smtp_auth(tally, latest),
        assumptions: assumptions(tally),
        tls_reports: tls_reports(tally),
        readiness: readiness::readiness_card(tally, latest),
        standing_out: None,
    }
}

/// The dashboard with what stands out.
pub fn whole_dashboard(tally: &Tally, now: u32) -> Dashboard {
    Dashboard { standing_out: Some(StandingOut::new(tally, now)), ..dashboard(tally, now) }
}

/// The last day that is believed: rows later than tomorrow are listed, and
/// move no period.
fn latest(now: u32) -> Day {
    Day::of_seconds(now).plus(1)
}
