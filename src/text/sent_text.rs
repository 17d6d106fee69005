/// The section "Messages" of a sender: single messages, joined from several
/// files.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Sent {
    pub title: &'static str,
    /// What will happen; takes the most megabytes that are held.
    pub offer: fn(u64) -> String,
    pub show: &'static str,
    pub forget: &'static str,
    pub export: &'static str,
    pub search: &'static str,
    /// Those found, of how many.
    pub count: fn(u64, u64) -> String,
    /// Messages that no row tells recipients of; whether all rows are kept.
    pub untraced: fn(u64, bool) -> String,
    pub only_traced: fn(u64) -> String,
    /// Rows that are not kept, since so many megabytes are full.
    pub left_out: fn(u64, u64) -> String,
    /// Rows that are kept, and their memory.
    pub kept: fn(u64, &str) -> String,
    pub time: &'static str,
    pub recipients: &'static str,
    pub subject: &'static str,
    pub status: &'static str,
    pub not_traced: &'static str,
    pub not_traced_or_kept: &'static str,
    /// Before a list; `{}` stands for how many.
    pub several: &'static str,
    /// `{}` stands for how many.
    pub more: &'static str,
}
