//! Several organizations side by side.

/// Several organizations side by side.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Organizations {
    pub title: &'static str,
    /// Opens the dialog in which files are given to organizations.
    pub open: &'static str,
    pub dialog_title: &'static str,
    pub help: &'static str,
    pub group_by: &'static str,
    /// In the order of the page's groupings: together, by drop, by folder, by
    /// own domain.
    pub groupings: [&'static str; 4],
    pub by_domain_help: &'static str,
    pub file: &'static str,
    pub belongs_to: &'static str,
    pub belongs_help: &'static str,
    /// Stands in an empty field.
    pub as_grouped: &'static str,
    pub organization: &'static str,
    pub all: &'static str,
    /// An organization without a name.
    pub unnamed: &'static str,
    pub side_by_side: &'static str,
    /// What the figures of the table are of.
    pub note: &'static str,
    pub own_domains: &'static str,
    pub outbound: &'static str,
    pub inbound: &'static str,
    pub protected: &'static str,
    pub below: &'static str,
    pub senders: &'static str,
    pub submissions: &'static str,
    pub insights: &'static str,
    pub days: &'static str,
    pub not_there: fn(name: &str) -> String,
    pub summary: fn(u64) -> String,
}
