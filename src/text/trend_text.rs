//! The texts of "Trend".

/// TLS versions week by week.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Trend {
    /// The way of "View data by".
    pub name: &'static str,
    pub title: &'static str,
    pub caption: &'static str,
    /// What the drawing is called, and how it is operated.
    pub plot: fn(label: &str, days: &str) -> String,
    /// Columns: year and number of a week, its first day, days with data.
    pub week: &'static str,
    pub monday: &'static str,
    pub covered: &'static str,
    /// Of a week in which only so many days have data.
    pub some_days: fn(u32) -> String,
    pub no_messages: &'static str,
    pub nothing_recorded: &'static str,
    /// Which weeks are shown.
    pub shown: fn(weeks: u64, first: &str, last: &str) -> String,
    pub partial: fn(weeks: u64) -> String,
    /// Weeks in which no file covers any day.
    pub gaps: fn(weeks: u64) -> String,
    pub silent: fn(messages: &str) -> String,
    pub undated: fn(messages: u64) -> String,
    /// Where there is not a single week.
    pub no_weeks: &'static str,
    pub versions: &'static str,
    pub first_seen: &'static str,
    pub last_seen: &'static str,
    /// Column of the first or last full week.
    pub share_in: fn(week: &str) -> String,
    /// Where there are not two full weeks.
    pub too_short: &'static str,
    pub last_seen_with: fn(version: &str, day: &str) -> String,
    pub not_seen: fn(versions: &str) -> String,
    /// Who uses TLS below 1.2, or no TLS, in a week.
    pub still: fn(week: &str) -> String,
    /// What the list is of: the newest full week, or one that is not full.
    pub still_full: fn(days: &str) -> String,
    pub still_partial: fn(days: &str, covered: u32) -> String,
    pub nobody: &'static str,
    pub connectors: &'static str,
    pub domains: &'static str,
    pub senders: &'static str,
}
