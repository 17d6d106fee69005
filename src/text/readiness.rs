use crate::report::{Outcome, Policy, PolicyEvent, PolicyTime, ThingKind};

/// The view and card "Readiness": what breaks if something old is switched off.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct ReadinessTexts {
    pub title: &'static str,
    pub intro: &'static str,
    /// What a policy is called, as a choice.
    pub policies: &'static str,
    pub policy: fn(Policy) -> &'static str,
    pub policy_note: fn(Policy) -> &'static str,
    /// What would become of the messages, and how many things there are to fix.
    /// `share`: of what can be told.
    pub headline: fn(Outcome, share: Option<&str>, to_fix: u64) -> String,
    /// Of messages that nothing can be told of.
    pub untold_note: fn(u64) -> String,
    /// A day that files of one kind do not cover.
    pub clients_covered: fn(covered: u32, days: u32) -> String,
    pub clients_missing: &'static str,
    pub flow_covered: fn(covered: u32, days: u32) -> String,
    pub flow_missing: &'static str,
    pub dates: &'static str,
    pub event: fn(PolicyEvent) -> &'static str,
    pub when: fn(PolicyTime) -> String,
    pub as_of: fn(publisher: &str, year: i32, month: u8) -> String,
    pub connector: &'static str,
    pub all_connectors: &'static str,
    pub trend: &'static str,
    pub refused: &'static str,
    pub untold: &'static str,
    pub passes: &'static str,
    pub all: &'static str,
    pub share: &'static str,
    pub to_fix: &'static str,
    pub by_kind: &'static str,
    pub kind: fn(ThingKind) -> &'static str,
    pub kind_head: &'static str,
    pub work_list: &'static str,
    pub work_list_note: &'static str,
    pub done: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    /// Name of the box to tick.
    pub done_of: fn(&str) -> String,
    pub name: &'static str,
    pub client: &'static str,
    pub seen: &'static str,
    pub first_seen: &'static str,
    pub last_seen: &'static str,
    pub versions: &'static str,
    pub others: &'static str,
    /// How many other accounts sign in from there.
    pub others_short: fn(u64) -> String,
    /// How many more hosts.
    pub more_short: fn(u64) -> String,
    pub todo: &'static str,
    /// What to do, in a sentence.
    pub todo_of: fn(Policy, ThingKind) -> &'static str,
    pub no_name: &'static str,
    pub counted: fn(rows: u64, all: u64, done: u64) -> String,
    pub hide_done: &'static str,
    pub list_untold: &'static str,
    pub nothing_to_fix: &'static str,
    pub nothing_told: &'static str,
    pub no_data: &'static str,
    pub card_note: &'static str,
    pub card_empty: &'static str,
    pub card_empty_help: &'static str,
    pub no_data_short: &'static str,
    pub none_told_short: &'static str,
}
