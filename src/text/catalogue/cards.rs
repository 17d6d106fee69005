//! The cards of the dashboard, and their charts.

use crate::report::TlsCounts;

/// TLS states, as rows and columns name them, weakest first.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Tls {
    pub none: &'static str,
    pub v1_0: &'static str,
    pub v1_1: &'static str,
    pub v1_2: &'static str,
    pub v1_3: &'static str,
    pub other: &'static str,
    pub other_explained: &'static str,
    pub not_stated: &'static str,
    pub not_recorded: &'static str,
    pub not_recorded_explained: &'static str,
    pub most_secure: &'static str,
    /// `TLS 1.2: 97.25%`
    pub call_out: fn(name: &str, share: &str) -> String,
    pub of_recorded: fn(recorded: u64) -> String,
    pub percentages_of: fn(recorded: u64) -> String,
    pub messages: fn(u64) -> String,
    /// Why there is a mark before some numbers.
    pub rounded: &'static str,
}

/// The card "Outbound and inbound mail flow".
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Flow {
    pub title: &'static str,
    pub outbound: &'static str,
    pub inbound: &'static str,
    /// The same with a colon, before a number.
    pub outbound_number: &'static str,
    pub inbound_number: &'static str,
    pub view_details: &'static str,
    /// OI-04. The boolean says "outbound".
    pub sentence: fn(outbound: bool, &TlsCounts) -> String,
    pub period: fn(days: u32, last: &str) -> String,
    pub covered: fn(covered: u32, days: u32) -> String,
    /// What an export counts, and how many messages others tell of.
    pub covered_by: fn(aggregates: u64, messages: u64) -> String,
    pub not_included: fn(days: &str) -> String,
    pub undated: fn(u64) -> String,
    /// Differences with their signs; points only where both shares are known.
    pub than_before: fn(days: u32, messages: &str, points: Option<&str>) -> String,
    pub empty: &'static str,
    pub empty_help: &'static str,
    pub donut_label: fn(direction: &str, parts: &str) -> String,
}

/// The card "SMTP Auth clients".
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Smtp {
    pub title: &'static str,
    pub senders: fn(u64) -> String,
    pub senders_label: &'static str,
    pub messages_label: &'static str,
    pub sentence: fn(senders: u64, &TlsCounts) -> String,
    pub refused: fn(u64) -> String,
    pub empty: &'static str,
    pub empty_help: &'static str,
    pub explanation: &'static str,
    pub usage: &'static str,
    pub report_link: &'static str,
}

/// The flyout "Messages protected in transit (by TLS)".
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Flyout {
    pub title: &'static str,
    pub explanation: &'static str,
    pub outbound_is: &'static str,
    pub inbound_is: &'static str,
    pub state: &'static str,
    pub count: &'static str,
    pub volume: &'static str,
    pub none: &'static str,
    pub connector_report: &'static str,
    pub help: &'static str,
    pub help_connectors: &'static str,
    pub help_tls: &'static str,
    pub help_encryption: &'static str,
    pub new_window: &'static str,
}

/// Charts of messages a day.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Chart {
    pub caption: &'static str,
    /// What the drawing is called, and how it is operated.
    pub plot: fn(label: &str, days: &str) -> String,
    /// A day and its numbers, to be spoken.
    pub day: fn(day: &str, numbers: &str) -> String,
    pub legend: &'static str,
    pub total: &'static str,
    /// So many series together.
    pub other: fn(u32) -> String,
    pub unnamed: &'static str,
    pub no_data: &'static str,
    pub table: &'static str,
}
