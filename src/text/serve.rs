use super::Language;

/// What `mailflow serve` answers to a person. Of the program alone: the page
/// need not carry it.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct ServeTexts {
    /// No answer yet.
    pub counting: &'static str,
    pub not_found: &'static str,
    /// There is no page at all.
    pub no_page: &'static str,
    pub token_needed: &'static str,
    pub token_wrong: &'static str,
    /// The `Host` field names another server.
    pub other_host: &'static str,
    /// A page of another site asks.
    pub other_site: &'static str,
    pub not_json: &'static str,
    pub too_slow: &'static str,
    pub too_large: fn(bytes: usize) -> String,
    pub too_often: fn(seconds: u64) -> String,
    /// Reports go nowhere.
    pub takes_no_requests: &'static str,
    /// `why` is a parser's own text.
    pub malformed: fn(why: &str) -> String,
    pub version: fn(u64) -> String,
    pub unknown_value: fn(field: &str, value: &str) -> String,
    pub not_a_day: fn(field: &str, value: &str) -> String,
    pub one_day_only: &'static str,
    pub no_recipient: &'static str,
    pub too_many_recipients: fn(most: usize) -> String,
    pub not_an_address: fn(&str) -> String,
    pub domain_not_allowed: fn(&str) -> String,
    /// The logs hold nothing of those days.
    pub no_data: &'static str,
    pub sent: fn(recipients: usize, server: &str) -> String,
    pub written: fn(file: &str) -> String,
    /// Written, because the mail server did not take it.
    pub written_instead: fn(file: &str, why: &str) -> String,
    pub not_sent: fn(why: &str) -> String,
    /// Neither the mail server nor the outbox took it.
    pub neither: fn(mail: &str, outbox: &str) -> String,
    pub no_answer: fn(server: &str, seconds: u64) -> String,
    pub outbox_full: &'static str,
    pub outbox_failed: fn(why: &str) -> String,
    /// The last line of a report that is sent.
    pub attached: &'static str,
}

impl Language {
    /// What `mailflow serve` answers.
    pub const fn serve_texts(self) -> &'static ServeTexts {
        &self.texts().serve
    }
}
