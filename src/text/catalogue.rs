use super::{Advice, Peers, ReadinessTexts, Sent, StandingOut, Trend};
use crate::account::{
    Field, FileKind, Gap, Inference, LeftOut, MappingFault, NoMail, Problem, Unreadable, Warning,
};
use crate::mail::{AuthMethod, ConnectorType, Direction};
use crate::report::{Amount, InsightKind, Refused, Sessions, TlsCounts};

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

/// The panel "What other senders report": SMTP TLS reports.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct TlsReports {
    pub title: &'static str,
    /// What the figures are, and what they are not.
    pub note: &'static str,
    pub sentence: fn(Sessions) -> String,
    pub sessions: fn(u64) -> String,
    /// Policies of a file.
    pub policies: fn(u64) -> String,
    pub policies_label: &'static str,
    pub adds_up: &'static str,
    pub domain: &'static str,
    pub by_mode: &'static str,
    pub by_organization: &'static str,
    pub policy: &'static str,
    pub organization: &'static str,
    pub successful: &'static str,
    pub failed: &'static str,
    pub share_failed: &'static str,
    pub failures: &'static str,
    pub hosts: &'static str,
    pub reasons: &'static str,
    /// Of failures where the policy forbids delivery.
    pub not_delivered: &'static str,
    /// Columns of the table as a file.
    pub by: &'static str,
    pub name: &'static str,
    pub detail: &'static str,
    /// Of an MTA-STS policy.
    pub mode: fn(&str) -> String,
    /// A policy type of RFC 8460, else as it is written.
    pub policy_type: fn(&str) -> Option<&'static str>,
    /// A result type of RFC 8460 section 4.3 or none told: what it is called,
    /// what it means, and what to do.
    pub meaning: fn(&str) -> Option<[&'static str; 3]>,
    /// Meaning and advice for any other.
    pub other_meaning: [&'static str; 2],
}

/// What frames every view.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Shell {
    /// What the links to all views are called together.
    pub views: &'static str,
    pub dashboard: &'static str,
    pub title: &'static str,
    pub language: &'static str,
    pub drop_to_read: &'static str,
    pub fictitious: &'static str,
    pub partly_fictitious: &'static str,
    pub dismiss: &'static str,
    pub back: &'static str,
    pub loading: &'static str,
}

/// The first screen.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Start {
    pub what_this_is: &'static str,
    pub drop_here: &'static str,
    pub drop_kinds: &'static str,
    /// Name of a text that was pasted.
    pub pasted: &'static str,
    pub browse: &'static str,
    pub browse_folder: &'static str,
    pub try_sample: &'static str,
    pub sample_note: &'static str,
    pub exports_title: &'static str,
    pub exports_intro: &'static str,
    pub exports: &'static [ExportGroup],
    pub command: &'static str,
    pub add_files: &'static str,
    pub dashboard_title: &'static str,
    pub start_over: &'static str,
}

/// The exports of one maker, or of one kind.
pub struct ExportGroup {
    /// Whose they are.
    pub maker: &'static str,
    /// Each of them.
    pub exports: &'static [Export],
}

/// An export that is understood, and how to get it.
pub struct Export {
    /// Its name, in its maker's words.
    pub name: &'static str,
    /// What it tells.
    pub tells: &'static str,
    /// How to get it.
    pub steps: &'static [&'static str],
    /// The same as a command, or one that helps.
    pub command: Option<&'static str>,
}

/// What happens to the data.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Privacy {
    pub title: &'static str,
    pub promise: &'static str,
    pub how: &'static str,
    pub limits: &'static str,
    /// Of a page that has an endpoint.
    pub endpoint: &'static str,
    pub show_policy: &'static str,
    pub no_policy: &'static str,
}

/// Reading files.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Reading {
    pub title: &'static str,
    pub listing: &'static str,
    pub starting: &'static str,
    pub cancel: &'static str,
    pub cancelling: &'static str,
    pub bytes_of: fn(&str, &str) -> String,
    pub rows: fn(u64) -> String,
    pub rows_a_second: fn(&str) -> String,
    pub seconds_left: fn(u64) -> String,
    pub waiting: fn(u64) -> String,
    pub started: fn(u64) -> String,
    pub started_sample: &'static str,
    pub done: fn(files: u64, rows: u64, messages: u64) -> String,
    pub not_read: fn(files: u64) -> String,
    pub cancelled: &'static str,
    pub nothing_found: &'static str,
    pub reader_died: fn(file: &str) -> String,
    /// The same, for want of memory.
    pub reader_starved: fn(file: &str) -> String,
    pub reader_restarted: &'static str,
    /// It died again, of the same question.
    pub reader_restarted_again: &'static str,
    pub cannot_start: &'static str,
}

/// Reading from an endpoint.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Endpoint {
    pub connect: &'static str,
    pub title: &'static str,
    pub address: &'static str,
    pub explanation: &'static str,
    pub one_file: &'static str,
    pub cancel: &'static str,
    pub asking: &'static str,
    pub trouble: fn(&Trouble) -> String,
    /// Number of the page, and how much has come.
    pub page: fn(u32, &str) -> String,
    /// Seconds until the host is asked again.
    pub waiting: fn(u32) -> String,
    pub refresh: &'static str,
    /// The time of the clock.
    pub read_at: fn(&str) -> String,
    pub nothing_new: &'static str,
    /// Why the new data was not read.
    pub not_renewed: fn(&str) -> String,
    pub token_title: &'static str,
    /// The address of the data.
    pub token_why: fn(&str) -> String,
    pub token_wrong: &'static str,
    pub token_not_one: &'static str,
    pub token: &'static str,
    pub token_send: &'static str,
    pub sending: &'static str,
    pub request_mailed: &'static str,
    pub request_written: &'static str,
    /// The host's own words.
    pub host_says: fn(&str) -> String,
}

/// Why an endpoint gave no data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The page is the single file, which may not connect at all.
    OneFile,
    /// What was given is no address.
    NoAddress(String),
    /// Another origin (RFC 6454) than the page's: this one.
    OtherOrigin {
        /// The origin.
        origin: String,
        /// The only address of another origin that the page may ask, or empty.
        allowed: String,
    },
    /// The address ends in a slash.
    Folder,
    /// No answer came through: no network, or no such host.
    Unreachable,
    /// The answer leads to another address.
    Redirected,
    /// The answer is a web page.
    WebPage,
    /// The answer is empty.
    Empty,
    /// The host wants a bearer token (RFC 6750).
    Token {
        /// It got one, and did not take it.
        wrong: bool,
    },
    /// The host is busy.
    Busy {
        /// The HTTP status that says so.
        status: u16,
        /// The time of the clock before which it wants not to be asked.
        until: Option<String>,
    },
    /// All pages together have more bytes than this.
    TooLarge(u64),
    /// A next page is at another address than the first: this one.
    NextElsewhere(String),
    /// A page comes a second time: this one.
    Loop(String),
    /// There are more pages than this.
    TooManyPages(u64),
    /// Nothing came for so many seconds.
    TimeOut(u32),
    /// The answer broke off.
    BrokeOff,
    /// The person wanted no more.
    Cancelled,
    /// The host answered with this HTTP status (RFC 9110), which is no success.
    Status(u16),
}

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

/// The two reports.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Report {
    pub connector_title: &'static str,
    pub connector: &'static str,
    pub connector_type: &'static str,
    pub forced_tls: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub volume: &'static str,
    pub smtp_title: &'static str,
    pub sender: &'static str,
    pub domain: &'static str,
    pub methods: &'static str,
    pub v1_0: &'static str,
    pub v1_1: &'static str,
    pub v1_2: &'static str,
    pub v1_3: &'static str,
    pub message_count: &'static str,
    pub date: &'static str,
    pub shares_note: &'static str,
    pub view_by: &'static str,
    pub show_for: &'static str,
    pub mail_flow: &'static str,
    pub sending_volume: &'static str,
    pub tls_usage: &'static str,
    pub all_flow: &'static str,
    pub all_domains: &'static str,
    pub no_domain: &'static str,
    pub no_address: &'static str,
    pub filters: &'static str,
    pub period: &'static str,
    pub all_data: &'static str,
    pub own_dates: &'static str,
    pub start_date: &'static str,
    pub end_date: &'static str,
    pub ends_first: &'static str,
    pub details_table: &'static str,
    pub view_report: &'static str,
    pub export: &'static str,
    pub search: &'static str,
    pub total: &'static str,
    pub compared: &'static str,
    pub nothing_before: &'static str,
    pub change: &'static str,
    pub rounded: &'static str,
    pub now: &'static str,
    pub before: &'static str,
    pub insights: &'static str,
    pub no_insights: &'static str,
    pub threshold_tls_1_0: &'static str,
    pub threshold_no_tls: &'static str,
    pub show_rows: &'static str,
    pub senders_by: &'static str,
    pub senders: &'static str,
    pub day_by_day: &'static str,
    pub versions: &'static str,
    pub ciphers: &'static str,
    pub cipher: &'static str,
    pub clients: &'static str,
    pub client: &'static str,
    pub peers: &'static str,
    pub hosts: &'static str,
    pub host: &'static str,
    pub peer: &'static str,
    pub first_day: &'static str,
    pub last_day: &'static str,
    pub not_told: &'static str,
    pub weak: &'static str,
    pub weak_sender: &'static str,
    pub weak_connector: &'static str,
    pub none_in_period: &'static str,
    pub none_of_this: &'static str,
    pub show_everything: &'static str,
    pub no_tls_recorded: &'static str,
    pub no_connectors: &'static str,
    pub no_auth: &'static str,
    pub old_address: &'static str,
    pub too_many_rows: &'static str,
    pub last_days: fn(days: u32) -> String,
    pub rows: fn(rows: u64, all: u64) -> String,
    pub more: fn(u64) -> String,
    pub compared_with: fn(days: u32, last: &str) -> String,
    pub show_days: fn(days: &str) -> String,
    pub points: fn(text: &str) -> String,
    pub insight: fn(InsightKind) -> &'static str,
    pub insight_figures:
        fn(name: &str, part: Amount, whole: u64, share: &str, threshold: u32) -> String,
    pub details_of: fn(&str) -> String,
    pub request: &'static str,
    pub request_note: &'static str,
    pub recipients: &'static str,
    pub recipients_help: &'static str,
    pub direction: &'static str,
    pub inbound_word: &'static str,
    pub outbound_word: &'static str,
    pub any: &'static str,
    pub tls_version: &'static str,
    pub make_draft: &'static str,
    pub download_csv: &'static str,
    pub draft_made: &'static str,
    pub sender_domain: &'static str,
    pub attached: &'static str,
    pub not_an_address: fn(&str) -> String,
    pub refused: &'static str,
    pub refused_sentence: fn(&Refused) -> String,
    pub name_tried: &'static str,
    pub attempts: &'static str,
    pub unusual: &'static str,
    pub looking: &'static str,
    pub nothing_unusual: &'static str,
    pub unusual_note: &'static str,
    pub little_history: fn(u32) -> String,
    pub above_habit: fn(day: &str, messages: u64, usual: u64, highest: u64) -> String,
    pub burst: fn(day: &str, hour: u32, messages: u64, highest: u64) -> String,
    pub new_sender: fn(day: &str, messages: u64, history: u32) -> String,
    pub new_client: fn(day: &str, client: &str, messages: u64, known: u32) -> String,
    pub weaker_tls: fn(day: &str, messages: u64, from: &str, to: &str) -> String,
    pub send_request: &'static str,
    pub request_sent: &'static str,
    pub request_not_sent: &'static str,
    /// A direction in front of a connector's name.
    pub direction_and_name: fn(Direction, Option<&str>) -> String,
    pub connector_type_word: fn(ConnectorType) -> &'static str,
    pub method_word: fn(AuthMethod) -> &'static str,
}

/// The panel "Files".
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Files {
    pub title: &'static str,
    pub summary: fn(files: u64, rows: u64, messages: u64) -> String,
    pub name: &'static str,
    pub format: &'static str,
    pub encoding: &'static str,
    pub size: &'static str,
    pub rows: &'static str,
    pub messages: &'static str,
    pub joined: &'static str,
    pub duplicates: &'static str,
    pub left_out: &'static str,
    pub period: &'static str,
    pub days: fn(first: &str, last: &str) -> String,
    pub not_recognised: &'static str,
    pub not_read: &'static str,
    pub details_of: fn(file: &str) -> String,
    pub details: &'static str,
    pub adds_up: &'static str,
    pub does_not_add_up: &'static str,
    pub reasons: &'static str,
    pub examples: &'static str,
    pub line: &'static str,
    pub reason: &'static str,
    pub text: &'static str,
    pub columns: &'static str,
    pub taken_for: &'static str,
    pub column: &'static str,
    pub chosen: &'static str,
    pub unfamiliar: &'static str,
    pub unfamiliar_note: &'static str,
    pub value: &'static str,
    pub inferred: &'static str,
    pub gaps: &'static str,
    pub warnings: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub download_account: &'static str,
    pub download_figures: &'static str,
    pub more: fn(u64) -> String,
    pub account_of: &'static str,
}

/// The way of a single mail, hop by hop.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct MailPath {
    pub title: &'static str,
    pub note: &'static str,
    pub hop: &'static str,
    pub from: &'static str,
    pub by: &'static str,
    pub protocol: &'static str,
    pub time: &'static str,
    pub delay: &'static str,
    pub local: &'static str,
    /// How long something took; negative where clocks are wrong.
    pub took: fn(seconds: i64) -> String,
    /// Which way a mail crosses the border on a hop.
    pub crosses: fn(Direction) -> &'static str,
    pub signed_in: fn(account: Option<&str>) -> String,
}

/// "How messages are counted".
pub struct Counting {
    /// The title.
    pub title: &'static str,
    /// One heading and one explanation for each rule.
    pub points: [(&'static str, &'static str); 8],
}

/// What a person is asked of a file.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Mapping {
    pub title: &'static str,
    pub open: &'static str,
    pub explanation: fn(file: &str) -> String,
    pub sample: &'static str,
    pub fields: &'static str,
    pub required: &'static str,
    pub not_there: &'static str,
    pub missing: fn(fields: &str) -> String,
    pub column_number: fn(u64) -> String,
    pub order_title: &'static str,
    pub order_open: &'static str,
    pub order_question: fn(example: &str) -> String,
    pub order_explanation: fn(file: &str) -> String,
    pub day_first: &'static str,
    pub month_first: &'static str,
    pub apply: &'static str,
    pub cancel: &'static str,
    pub change: &'static str,
    pub change_explanation: fn(file: &str) -> String,
    pub no_table: &'static str,
    /// `whole`: these are all rows of the file.
    pub would_read: fn(read: u64, rows: u64, whole: bool) -> String,
    pub would_not: fn(rows: u64, reasons: &str) -> String,
    pub first_times: &'static str,
    pub words: &'static str,
    pub words_note: &'static str,
    pub word: &'static str,
    pub read_as: &'static str,
    pub read_word_as: fn(field: &str, word: &str) -> String,
    pub empty_word: &'static str,
    pub not_known: &'static str,
    pub remember: &'static str,
    pub no_storage: &'static str,
    pub remembered: &'static str,
    pub as_guessed: &'static str,
    pub export: &'static str,
    pub import: &'static str,
    pub fault: fn(&MappingFault) -> String,
    pub other_columns: fn(columns: &str) -> String,
    pub period_title: &'static str,
    pub period_open: &'static str,
    pub period_explanation: fn(file: &str) -> String,
}

/// What a person says that no file can.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Settings {
    pub title: &'static str,
    pub open: &'static str,
    pub own_domains: &'static str,
    pub own_domains_help: &'static str,
    pub guessed: &'static str,
    pub no_guess: &'static str,
    pub said: &'static str,
    pub use_guess: &'static str,
    pub own_domains_are: fn(domains: &str, guessed: bool) -> String,
    pub connector_types: &'static str,
    pub connector_types_help: &'static str,
    pub no_untyped: &'static str,
    pub zone: &'static str,
    pub zone_help: &'static str,
    /// Of the browser's own zone, in the list of all.
    pub own_zone: &'static str,
    pub no_zone: fn(&str) -> String,
    pub year: &'static str,
    pub year_help: &'static str,
    pub no_year: &'static str,
    pub connectors: &'static str,
    pub connectors_help: &'static str,
    pub no_connector: fn(line: &str) -> String,
    pub internal_hosts: &'static str,
    pub internal_hosts_help: &'static str,
}

/// Reading a pasted text.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Paste {
    pub open: &'static str,
    pub title: &'static str,
    pub label: &'static str,
    pub help: &'static str,
    pub read: &'static str,
    pub nothing: &'static str,
    pub too_long: &'static str,
    /// The name of the file that is made of it.
    pub name: &'static str,
    pub hint: &'static str,
}

/// Buttons of dialogs.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Dialogs {
    pub close: &'static str,
}

/// Words for what an account holds.
#[expect(missing_docs, reason = "each names the type that it speaks of")]
pub struct Words {
    pub field: fn(Field) -> &'static str,
    pub direction: fn(Direction) -> &'static str,
    pub no_mail: fn(NoMail) -> &'static str,
    pub unreadable: fn(Unreadable) -> &'static str,
    pub inference: fn(Inference) -> &'static str,
    pub gap: fn(Gap) -> &'static str,
    pub warning: fn(&Warning) -> Advice,
    pub problem: fn(&Problem) -> Advice,
    pub file_kind: fn(FileKind) -> &'static str,
}

impl Words {
    /// The reason for which a row was left out.
    pub fn left_out(&self, reason: LeftOut) -> &'static str {
        match reason {
            LeftOut::NoMail(reason) => (self.no_mail)(reason),
            LeftOut::Unreadable(reason) => (self.unreadable)(reason),
        }
    }
}

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
