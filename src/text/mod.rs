//! Every word a person reads, in one typed catalogue with one folder a
//! language. A missing entry does not compile. The page and the program both
//! speak from here, so there is nothing of a user interface in it.
//!
//! House rules for texts: sentence case; a label or single sentence in a
//! control has no period at its end, running text has; an ellipsis where the
//! person will be asked for more.

mod account_text;
mod advice;
mod audit_text;
mod catalogue;
mod dashboard_text;
mod en;
mod filter_text;
mod format;
mod found;
mod keys_text;
mod ko;
mod language;
mod meaning;
mod offline_text;
mod peers_text;
mod readiness;
mod report_words;
mod saving_text;
mod sent_text;
#[cfg(feature = "program")]
mod serve;
mod standing_out;
mod trend_text;

pub use crate::report::grouped;
pub use account_text::account_text;
pub use advice::Advice;
pub use audit_text::AuditTexts;
pub use catalogue::{
    Catalogue, Chart, Counting, Dialogs, Endpoint, Export, ExportGroup, Files, Flow, Flyout,
    MailPath, Mapping, Organizations, Paste, Privacy, Reading, Report, Settings, Shell, Smtp,
    Start, Tls, TlsReports, Trouble, Words,
};
pub use dashboard_text::dashboard_text;
pub use filter_text::Filters;
use format::took;
pub use keys_text::Keys;
pub use language::Language;
pub use offline_text::Offline;
pub use peers_text::Peers;
pub use readiness::ReadinessTexts;
pub use report_words::{detailed_words, no_name, report_title, report_words};
pub use saving_text::Saving;
pub use sent_text::Sent;
#[cfg(feature = "program")]
pub use serve::ServeTexts;
pub use standing_out::StandingOut;
pub use trend_text::Trend;
