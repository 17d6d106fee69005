//! Several organizations, one row each.

use serde::{Deserialize, Serialize};

use super::{Dashboard, MailFlow, ReadinessCard, SmtpAuth, StandingOut};
use crate::tally::Tally;

/// What the overview says of one organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationRow {
    /// Its name; empty for files of which nobody knows whose they are.
    pub name: String,
    /// Its own domains.
    pub own_domains: Vec<String>,
    /// Its card "Outbound and inbound mail flow".
    pub mail_flow: Option<MailFlow>,
    /// Its card "SMTP Auth clients".
    pub smtp_auth: Option<SmtpAuth>,
    /// Its card "Readiness".
    pub readiness: Option<ReadinessCard>,
    /// How many insights its card "What stands out" has.
    pub insights: u64,
}

impl OrganizationRow {
    /// The row of the organization that `tally` and `dashboard` are of.
    pub fn new(name: &str, tally: &Tally, dashboard: &Dashboard) -> Self {
        Self {
            name: name.to_owned(),
            own_domains: tally.own_domains.clone(),
            mail_flow: dashboard.mail_flow,
            smtp_auth: dashboard.smtp_auth,
            readiness: dashboard.readiness.clone(),
            insights: dashboard.standing_out.as_ref().map_or(0, StandingOut::all_insights),
        }
    }
}
