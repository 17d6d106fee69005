//! What insights and unusual activity say, for page and program.

use super::Catalogue;
use crate::mail::TlsState;
use crate::report::{Finding, FindingKind, Insight, Share};

impl Catalogue {
    /// What an insight says, with its figures and its threshold.
    pub fn insight_figures(&self, insight: &Insight) -> String {
        let name =
            (self.report.direction_and_name)(insight.direction, insight.connector.as_deref());
        if !insight.names.is_empty() {
            return (self.peers.says)(insight, &name);
        }
        let whole = insight.counts.recorded();
        let share = Share::of(insight.messages, whole).map(|share| self.percent(share));
        (self.report.insight_figures)(
            &name,
            (insight.messages, insight.counts.any_rounded()),
            whole,
            &share.unwrap_or_default(),
            insight.threshold,
        )
    }

    /// The domains or clients that an insight names; `None` where it names none.
    pub fn insight_names(&self, insight: &Insight) -> Option<String> {
        let name = |(name, messages): &(String, u64)| {
            // Only clients may have none.
            let name = if name.is_empty() { self.peers.not_known } else { name };
            format!("{name} ({})", self.count(*messages))
        };
        let names: Vec<String> = insight.names.iter().map(name).collect();
        (!names.is_empty()).then(|| (self.peers.most)(&names.join(", "), insight.more))
    }

    /// Who did something unusual.
    pub fn sender_name<'a>(&'a self, finding: &'a Finding) -> &'a str {
        match (finding.address.as_str(), finding.domain.as_str()) {
            ("", "") => self.report.no_address,
            ("", domain) => domain,
            (address, _) => address,
        }
    }

    /// What is unusual, in one sentence with its day, as it is to be written,
    /// and its figures.
    pub fn finding_sentence(&self, finding: &Finding, day: &str) -> String {
        let Finding { messages, kind, .. } = finding;
        let messages = *messages;
        match kind {
            FindingKind::AboveHabit { usual, highest } => {
                (self.report.above_habit)(day, messages, *usual, *highest)
            }
            FindingKind::Burst { hour, highest } => {
                (self.report.burst)(day, *hour, messages, *highest)
            }
            FindingKind::NewSender { history } => (self.report.new_sender)(day, messages, *history),
            FindingKind::NewClient { client, known } => {
                (self.report.new_client)(day, client, messages, *known)
            }
            FindingKind::WeakerTls { from, to } => {
                let [from, to] = [from, to].map(|state| self.tls_column(*state));
                (self.report.weaker_tls)(day, messages, from, to)
            }
        }
    }

    /// The name of a TLS state as columns have it: SSL and what states no
    /// version are one.
    pub const fn tls_column(&self, state: TlsState) -> &'static str {
        match state {
            TlsState::Older | TlsState::VersionNotStated => self.tls.other,
            state => self.tls_state(state),
        }
    }
}
