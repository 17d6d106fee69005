//! The texts of the card "What stands out".

/// What the reports find in the last 7 days.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct StandingOut {
    pub title: &'static str,
    /// Where nothing is above its threshold, or unusual.
    pub no_insights: &'static str,
    pub nothing_unusual: &'static str,
    /// Where no file tells of mail flow, or of SMTP AUTH.
    pub no_flow: &'static str,
    pub no_auth: &'static str,
    /// Links to the reports, where there are more.
    pub more_insights: fn(u64) -> String,
    pub more_unusual: fn(u64) -> String,
    /// A link to the report, of all days.
    pub all_days: &'static str,
    pub empty: &'static str,
    pub empty_help: &'static str,
}
