/// Saving an analysis as a file, and remembering it on this device.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Saving {
    pub open: &'static str,
    pub title: &'static str,
    /// What is in the file, what is not, and what to do with it.
    pub about: &'static [&'static str],
    pub of_sample: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub remember: &'static str,
    /// What is kept, and where.
    pub remember_help: &'static str,
    pub not_sample: &'static str,
    pub not_endpoint: &'static str,
    /// What is kept now: its size and day.
    pub kept: fn(size: &str, day: &str) -> String,
    pub restored: fn(day: &str) -> String,
    pub can_open: fn(day: &str) -> String,
    pub open_kept: &'static str,
    pub forget: &'static str,
    pub forgotten: &'static str,
    pub waiting: &'static str,
    /// What was remembered, as the name of a file.
    pub name: &'static str,
    pub full: &'static str,
    pub forbidden: &'static str,
    pub not_made: &'static str,
    pub unread: &'static str,
    pub differ: &'static str,
    pub too_late: &'static str,
}
