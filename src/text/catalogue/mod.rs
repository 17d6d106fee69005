//! The texts of one language, with one type for each part of the page.

mod cards;
mod files;
mod frame;
mod mapping;
mod organizations;
mod reading;
mod reports;
mod start;

use super::{Peers, ReadinessTexts, Sent, StandingOut, Trend};

pub use self::cards::{Chart, Flow, Flyout, Smtp, Tls};
pub use self::files::{Counting, Files, MailPath, Words};
pub use self::frame::{Dialogs, Shell};
pub use self::mapping::{Mapping, Settings};
pub use self::organizations::Organizations;
pub use self::reading::{Endpoint, Reading, Trouble};
pub use self::reports::{Report, TlsReports};
pub use self::start::{Export, ExportGroup, Paste, Privacy, Start};

/// The texts of one language. A function takes what the sentence speaks of.
pub struct Catalogue {
    /// BCP 47 tag: `en`.
    pub tag: &'static str,
    /// By whose habits the page writes days in running text, as `Intl` knows
    /// it: `en-GB`.
    pub locale: &'static str,
    /// The language's own name for itself.
    pub name: &'static str,
    /// Separates groups of three digits.
    pub group: char,
    /// Separates whole and fraction.
    pub point: char,
    /// What frames every view.
    pub shell: Shell,
    /// The first screen.
    pub start: Start,
    /// What happens to the data.
    pub privacy: Privacy,
    /// Reading files.
    pub reading: Reading,
    /// Reading from an endpoint.
    pub endpoint: Endpoint,
    /// TLS states, as rows and columns name them.
    pub tls: Tls,
    /// The card "Outbound and inbound mail flow".
    pub flow: Flow,
    /// The card "SMTP Auth clients".
    pub smtp: Smtp,
    /// The flyout "Messages protected in transit (by TLS)".
    pub flyout: Flyout,
    /// Charts of messages a day.
    pub chart: Chart,
    /// The two reports.
    pub report: Report,
    /// The panel "Files".
    pub files: Files,
    /// The way of a single mail.
    pub path: MailPath,
    /// "How messages are counted".
    pub counting: Counting,
    /// What a person is asked of a file.
    pub mapping: Mapping,
    /// What a person says that no file can.
    pub settings: Settings,
    /// Reading a pasted text.
    pub paste: Paste,
    /// Buttons of dialogs.
    pub dialogs: Dialogs,
    /// Words for what an account holds.
    pub words: Words,
    /// The Domains, Hosts and Direct Send reports, and what insights say.
    pub peers: Peers,
    /// The panel "What other senders report".
    pub tls_reports: TlsReports,
    /// Several organizations side by side.
    pub organizations: Organizations,
    /// "Trend": TLS versions week by week.
    pub trend: Trend,
    /// The card "What stands out".
    pub standing_out: StandingOut,
    /// Filters of reports.
    pub filters: super::Filters,
    /// The view and card "Readiness".
    pub readiness: ReadinessTexts,
    /// The messages of a sender.
    pub sent: Sent,
    /// Saving an analysis, and remembering it.
    pub saving: super::Saving,
    /// Use without the network, and new versions.
    pub offline: super::Offline,
    /// The keys that a person may use.
    pub keys: super::Keys,
    /// What `mailflow serve` answers.
    #[cfg(feature = "program")]
    pub serve: super::ServeTexts,
    /// The audit report, copied tables and saved charts.
    pub audit: super::AuditTexts,
}
