//! English.

mod audit;
mod exports;
mod filters;
mod keys;
mod offline;
mod saving;
#[cfg(feature = "program")]
mod serve;
mod standing_out;

use super::catalogue::{
    Catalogue, Chart, Counting, Dialogs, Endpoint, Files, Flow, Flyout, MailPath, Mapping,
    Organizations, Paste, Privacy, Reading, Report, Settings, Shell, Smtp, Start, Tls, TlsReports,
    Trouble, Words,
};
use super::{Advice, Peers, ReadinessTexts, Sent, Trend, grouped, took};
use crate::account::{
    DocumentFault, Field, FileKind, Gap, Inference, MappingFault, NoMail, Problem, SavedFault,
    Unreadable, Warning,
};
use crate::mail::{AuthMethod, ConnectorType, Direction, TlsState};
use crate::report::{
    Amount, InsightKind, Policy, PolicyEvent, PolicyTime, ROUNDED, Severity, ThingKind, TlsCounts,
};

/// The English texts.
pub(super) static TEXTS: Catalogue = Catalogue {
    tag: "en",
    locale: "en-GB",
    name: "English",
    group: GROUP,
    point: POINT,
    shell: Shell {
        views: "Views",
        dashboard: "Dashboard",
        title: "mailflow",
        language: "Language",
        drop_to_read: "Drop to read these files",
        fictitious: "Fictitious sample data",
        partly_fictitious: "Includes fictitious sample data",
        dismiss: "Dismiss",
        back: "Back",
        loading: "Loading…",
    },
    start: Start {
        what_this_is: "Drop the mail traces and logs that you have, and read how much of your mail \
                       was protected in transit by TLS.",
        drop_here: "Drop files or folders anywhere on this page",
        drop_kinds: "CSV exports, mail server logs, mail and saved analyses, also as .zip or .gz, as many as you have; or paste the headers of a mail",
        pasted: "Pasted text",
        browse: "Browse",
        browse_folder: "Browse folder",
        try_sample: "Try with sample data",
        sample_note: "90 days of an organization that does not exist",
        exports_title: "Which exports are understood",
        exports_intro: "Files are recognised by what is in them, never by their name. Drop \
                        several at once: a message that appears in more than one is counted once.",
        exports: exports::EXPORTS,
        command: "As a command:",
        add_files: "Add files",
        dashboard_title: "Mail flow dashboard",
        start_over: "Start over",
    },
    privacy: Privacy {
        title: "What happens to your data",
        promise: "Nothing leaves your computer. Your files are read and counted here, in this \
                  browser, and forgotten when you close the page, unless you ask it to remember them.",
        how: "The page carries a content security policy that makes the browser refuse every \
              request to another address, from the page and from the workers that read your \
              files. You can check it: unplug the network and drop a file, or watch the network \
              tab of the developer tools.",
        limits: "What a policy cannot stop is you following a link to another site, an \
                 extension that you installed, or a connection that is opened ahead and carries \
                 no request; this page opens none. The links on this page open Microsoft's \
                 documentation and carry nothing of your data.",
        endpoint: "This page reads data from an endpoint. Two addresses stay open: that of the data, to read it \
                   again, and one for a report request that you send yourself; it carries what you entered, \
                   and none of the data.",
        show_policy: "Show the policy of this page",
        no_policy: "This page carries no policy: it was not built the usual way.",
    },
    reading: Reading {
        title: "Reading",
        listing: "Listing the folder…",
        starting: "Starting the reader…",
        cancel: "Cancel",
        cancelling: "Cancelling…",
        bytes_of: |read, total| format!("{read} of {total}"),
        rows: |n| counted(n, "row", "rows"),
        rows_a_second: |n| format!("{n} rows a second"),
        seconds_left: |n| match n {
            0..=1 => "about 1 second left".to_owned(),
            2..=90 => format!("about {n} seconds left"),
            _ => format!("about {} minutes left", n.div_ceil(60)),
        },
        waiting: |n| format!("{} waiting", counted(n, "file", "files")),
        started: |n| format!("Reading {}", counted(n, "file", "files")),
        started_sample: "Reading the sample data",
        done: |files, rows, messages| {
            format!(
                "Done: {}, {}, {}",
                counted(files, "file", "files"),
                counted(rows, "row", "rows"),
                counted(messages, "message", "messages")
            )
        },
        not_read: |n| {
            if n == 1 {
                "1 file could not be read, see Files".to_owned()
            } else {
                format!("{} files could not be read, see Files", number(n))
            }
        },
        cancelled: "Cancelled; what was read so far is shown",
        nothing_found: "There were no files in what you dropped",
        reader_died: |file| {
            format!(
                "The reader stopped working while it read {file}. That file is left out; the \
                 others are read again."
            )
        },
        reader_starved: |file| {
            format!(
                "The reader ran out of memory while it read {file}. That file is left out; the \
                 others are read again."
            )
        },
        reader_restarted: "The reader stopped working. Your files are read again.",
        reader_restarted_again: "The reader stopped working again when it was asked for this view. Your files are \
                                 read again; then choose fewer days, or another view.",
        cannot_start: "The reader could not be started. Reload the page; if that does not help, \
                       try a current version of Edge, Chrome, Firefox or Safari.",
    },
    endpoint: Endpoint {
        connect: "Connect",
        title: "Connect to an endpoint",
        address: "Address of the data",
        explanation: "A path on the host that this page came from, such as /api/mail.json. The page loads anew, \
                      and gives up its way to any other address. Files that you dropped are forgotten.",
        one_file: "This is the page as a single file, which may not connect to anything. To read from an \
                   endpoint, put index.html and the files beside it on the host that has the data, and open \
                   the page from there.",
        cancel: "Cancel",
        asking: "Asking for the data…",
        trouble,
        page: |page, bytes| format!("Page {page}, {bytes} so far"),
        waiting: |seconds| format!("The host is asked again in {seconds} s"),
        refresh: "Refresh",
        read_at: |time| format!("Read at {time}"),
        nothing_new: "Nothing new: the host has the same data as before.",
        not_renewed: |why| {
            format!("The new data was not read; the figures are those of before. {why}")
        },
        token_title: "Token for the data",
        token_why: |address| {
            format!(
                "{address} wants a bearer token. It is sent there and to nobody else, and forgotten when this \
                 page is closed."
            )
        },
        token_wrong: "The host did not take this token.",
        token_not_one: "This is no token: it may have letters, digits and signs, but no blanks.",
        token: "Token",
        token_send: "Use token",
        sending: "Sending the request…",
        request_mailed: "The report was sent to its recipients.",
        request_written: "The report was written to the host\u{2019}s outbox.",
        host_says: |words| format!("The host says: \u{201c}{words}\u{201d}"),
    },
    tls: Tls {
        none: "No TLS",
        v1_0: "TLS 1.0",
        v1_1: "TLS 1.1",
        v1_2: "TLS 1.2",
        v1_3: "TLS 1.3",
        other: "Other TLS",
        not_stated: "TLS, version not stated",
        other_explained: "Older than TLS 1.0, or version not stated",
        not_recorded: "Not recorded",
        not_recorded_explained: "The file does not say whether TLS was used",
        most_secure: "(Most secure)",
        call_out: |name, share| format!("{name}: {share}"),
        of_recorded: |n| format!("of {} recorded", number(n)),
        percentages_of: |n| format!("Percentages are of the {} recorded", number(n)),
        messages: |n| counted(n, "message", "messages"),
        rounded: "\u{2248}: worked out from rounded percentages, which is all that the export has",
    },
    flow: Flow {
        title: "Outbound and inbound mail flow",
        outbound: "Outbound",
        inbound: "Inbound",
        outbound_number: "Outbound:",
        inbound_number: "Inbound:",
        view_details: "View details",
        sentence: |outbound, counts| {
            let verb = if outbound { "sent out" } else { "received" };
            let volume = counts.volume();
            if volume == 0 {
                return format!("In the past week, no messages were {verb}.");
            }
            let were = if volume == 1 { "message was" } else { "messages were" };
            let opening = format!("In the past week, {} {were} {verb}", number(volume));
            format!("{opening}{}", protected_part(counts))
        },
        period: |days, last| match days {
            1 => format!("{last}, UTC"),
            days => format!("{} to {last}, UTC", counted(days.into(), "day", "days")),
        },
        than_before: |days, messages, points| {
            let period = match days {
                1 => "day".to_owned(),
                days => counted(u64::from(days), "day", "days"),
            };
            match points {
                Some(points) => {
                    format!(
                        "Compared with the {period} before: {messages} messages, {points} points"
                    )
                }
                None => format!("Compared with the {period} before: {messages} messages"),
            }
        },
        covered: |covered, days| format!("Your files cover {covered} of these {days} days"),
        covered_by: |aggregates, messages| {
            format!(
                "For the same days an export of counts has {}, and other files tell of {}. Those \
                 of the other files are counted.",
                counted(aggregates, "message", "messages"),
                number(messages)
            )
        },
        not_included: |days| {
            format!(
                "Counts of {days} as a whole are not included: which messages are of these days is \
                 not known."
            )
        },
        undated: |n| {
            format!(
                "{}: the day is not known, no chart of days has them.",
                counted(n, "message", "messages")
            )
        },
        empty: "No inbound or outbound mail in these files",
        empty_help: "An Extended report or a ConnectorReport tells which way mail went and which \
                     TLS version protected it.",
        donut_label: |direction, parts| format!("{direction}, messages by TLS: {parts}"),
    },
    smtp: Smtp {
        title: "SMTP Auth clients",
        senders: |n| counted(n, "sender", "senders"),
        senders_label: "Users and service accounts",
        messages_label: "Messages:",
        sentence: |senders, counts| {
            if senders == 0 {
                return "In the past week, no one sent with SMTP AUTH.".to_owned();
            }
            let who = counted(senders, "user or service account", "users or service accounts");
            format!(
                "In the past week, {who} sent {} with SMTP AUTH{}",
                counted(counts.volume(), "message", "messages"),
                protected_part(counts)
            )
        },
        refused: |n| {
            format!("{} refused.", counted(n, "attempt to sign in was", "attempts to sign in were"))
        },
        empty: "No SMTP AUTH submissions in these files",
        empty_help: "An SmtpCSReport lists every message that was sent with SMTP AUTH. An Extended \
                     report shows part of them.",
        explanation: "SMTP AUTH is how printers, applications and older mail programs sign in to \
                      send mail. It often relies on a password alone, and is a favourite of those \
                      who have stolen one: look for accounts that you do not expect, and for \
                      devices that still use an old TLS version.",
        usage: "TLS usage",
        report_link: "SMTP Auth clients report",
    },
    flyout: Flyout {
        title: "Messages protected in transit (by TLS)",
        explanation: "Mail servers use opportunistic TLS: a connection is encrypted when both \
                      sides offer it, with the newest version that both know. You cannot upgrade \
                      the servers of strangers, but with a connector you can require TLS between \
                      Microsoft 365 and your own servers or those of a partner. Upgrade what still \
                      uses TLS 1.0 or 1.1, or no TLS at all.",
        outbound_is: "From your organization to the internet or to your on-premises servers.",
        inbound_is: "From the internet or your on-premises servers to your organization.",
        state: "TLS version",
        count: "Messages",
        volume: "All messages",
        none: "No messages in this period",
        connector_report: "Connector report",
        help: "Learn more",
        help_connectors: "Configure mail flow using connectors",
        help_tls: "How Exchange Online uses TLS to secure email connections",
        help_encryption: "Technical reference details about encryption",
        new_window: "opens in a new tab",
    },
    chart: Chart {
        caption: "Messages a day. Days are UTC.",
        plot: |label, days| {
            format!("{label}: messages a day, {days}. Arrow keys go from day to day.")
        },
        day: |day, numbers| format!("{day}. {numbers}"),
        legend: "Shown in the chart",
        total: "Total",
        other: |n| format!("Other ({} more)", number(n.into())),
        unnamed: "(no name)",
        no_data: "no data",
        table: "Chart as a table",
    },
    report: Report {
        connector_title: "Connector report",
        date: "Date",
        connector: "Connector direction and name",
        connector_type: "Connector type",
        forced_tls: "Forced TLS?",
        yes: "True",
        no: "False",
        volume: "Volume",
        smtp_title: "SMTP Auth clients report",
        sender: "Sender address",
        domain: "Domain",
        methods: "Authentication Protocol",
        v1_0: "TLS1.0%",
        v1_1: "TLS1.1%",
        v1_2: "TLS1.2%",
        v1_3: "TLS1.3%",
        message_count: "Message count",
        shares_note: "Percentages are of the messages whose TLS is recorded; Volume counts all. \
                      Days are UTC.",
        view_by: "View data by",
        show_for: "Show data for",
        mail_flow: "Mail flow",
        sending_volume: "Sending volume",
        tls_usage: "TLS usage",
        all_flow: "All mail flow",
        all_domains: "All sender domains",
        no_domain: "(no domain)",
        no_address: "(no address)",
        filters: "Filters",
        period: "Period",
        all_data: "All of the data",
        own_dates: "Chosen dates",
        start_date: "Start date",
        end_date: "End date",
        ends_first: "The end date is before the start date.",
        details_table: "View details table",
        view_report: "View report",
        export: "Export",
        search: "Search",
        total: "Total",
        compared: "Compared with the period before",
        nothing_before: "The files do not reach back to the period before.",
        change: "Change",
        rounded: "Rounded",
        now: "This period",
        before: "Period before",
        insights: "Insights",
        no_insights: "Nothing stands out at these thresholds.",
        threshold_tls_1_0: "TLS 1.0 above (%)",
        threshold_no_tls: "No TLS above (%)",
        show_rows: "Show its rows",
        senders_by: "Senders by TLS version",
        senders: "Senders",
        day_by_day: "Day by day",
        versions: "TLS versions",
        ciphers: "Cipher suites",
        cipher: "Cipher suite",
        clients: "Client IP addresses",
        client: "Client IP address",
        peers: "Domains on the other side",
        hosts: "Hosts on the other side",
        host: "Host",
        peer: "Domain",
        first_day: "First day",
        last_day: "Last day",
        not_told: "These files do not tell.",
        weak: "TLS below 1.2, or no TLS, is in use",
        weak_sender: "Microsoft 365 refuses TLS 1.0 and 1.1 on smtp.office365.com. Update the device or application, \
                      or its settings, so that it uses TLS 1.2 or newer. What cannot be updated can send through \
                      a relay of your own that does.",
        weak_connector: "Ask whoever runs the servers on the other side to switch on TLS 1.2 or newer; then \
                         let the connector force TLS, so that mail cannot fall back.",
        none_in_period: "No messages in this period",
        none_of_this: "What the address names is not in these files.",
        show_everything: "Show everything",
        no_tls_recorded: "These files do not record TLS for these messages. A ConnectorReport or Extended report does.",
        no_connectors: "No file tells of inbound or outbound mail. An Enhanced summary, Extended report or ConnectorReport does.",
        no_auth: "No SMTP AUTH is seen in these files. A SmtpCSReport lists every client; an Extended report shows \
                  clients that sign in with basic authentication, but may not show modern authentication; an Enhanced \
                  summary and a ConnectorReport never tell.",
        old_address: "This address was made by another version of mailflow, or is damaged. What could be \
                      understood of it is shown.",
        too_many_rows: "Only the first rows are listed here. Search, or export the table, to see the rest.",
        last_days: |days| counted(u64::from(days), "day", "days"),
        rows: |rows, all| {
            if rows == all {
                counted(all, "row", "rows")
            } else {
                format!("{} of {}", number(rows), counted(all, "row", "rows"))
            }
        },
        more: |n| format!("{} more are not listed", number(n)),
        compared_with: |days, last| match days {
            1 => format!("With {last}, UTC"),
            days => {
                format!("With the {} to {last}, UTC", counted(u64::from(days), "day", "days"))
            }
        },
        show_days: |days| format!("Show {days}"),
        points: |text| format!("{text} points"),
        insight: |kind| match kind {
            InsightKind::PartnerTls10 => {
                "Inbound Partner connector seeing significant TLS1.0 mail flow"
            }
            InsightKind::OnPremisesTls10 => {
                "Inbound OnPremises connector seeing significant TLS1.0 mail flow"
            }
            InsightKind::NoTls => "Connector seeing significant mail flow without TLS",
            InsightKind::NeverTls => "Domains that never offer TLS",
            InsightKind::ForeignRelay => {
                "Inbound OnPremises connector carrying mail from domains of others"
            }
            InsightKind::DirectSend => "Direct Send is in use",
        },
        insight_figures: |name, part, whole, share, threshold| {
            format!(
                "{name}: {}{} of {} recorded, {share}. Shown above {threshold}%.",
                if part.1 { ROUNDED } else { "" },
                counted(part.0, "message", "messages"),
                number(whole)
            )
        },
        details_of: |name| format!("Details of {name}"),
        request: "Request report",
        request_note: "The report has a line for each day and set of facts: client IP \
                      address, cipher suite, sign-in method, TLS version and count. It \
                      becomes a mail draft with the table attached: open it in your mail \
                      program, look at it, and send it yourself.",
        recipients: "Recipients",
        recipients_help: "Addresses, separated by commas, semicolons or blanks. May stay empty.",
        direction: "Direction",
        inbound_word: "Inbound",
        outbound_word: "Outbound",
        any: "Any",
        tls_version: "TLS version",
        make_draft: "Create mail draft",
        download_csv: "Download CSV",
        draft_made: "Mail draft downloaded",
        sender_domain: "Sender domain",
        attached: "The detailed table is attached. Made by mailflow from files on this \
                      computer.",
        not_an_address: |text| format!("This is no mail address: {text}"),
        refused: "Refused sign-ins",
        refused_sentence: |refused| {
            format!(
                "{} refused in this period, under {} and from {}. They carry no message and count in no \
                 other figure.",
                counted(refused.attempts, "attempt to sign in was", "attempts to sign in were"),
                counted(refused.names, "name", "names"),
                counted(refused.addresses, "address", "addresses")
            )
        },
        name_tried: "Name that was tried",
        attempts: "Attempts",
        unusual: "Unusual activity",
        looking: "Looking …",
        nothing_unusual: "Nothing unusual in this period.",
        unusual_note: "Each sender is compared with its own past, not with others.",
        little_history: |days| {
            format!(
                "Only {} of data lie before: at least 14 are needed to call anything new.",
                counted(u64::from(days), "day", "days")
            )
        },
        above_habit: |day, messages, usual, highest| {
            format!(
                "On {day} it sent {}: far above its usual {} and its highest day before, {}.",
                counted(messages, "message", "messages"),
                number(usual),
                number(highest)
            )
        },
        burst: |day, hour, messages, highest| {
            format!(
                "On {day} it sent {} within the hour from {hour:02}:00 UTC; its highest hour \
                 before had {}.",
                counted(messages, "message", "messages"),
                number(highest)
            )
        },
        new_sender: |day, messages, history| {
            format!(
                "It first sent on {day}, {} within three days, and was not seen in the {} of \
                 data before.",
                counted(messages, "message", "messages"),
                counted(u64::from(history), "day", "days")
            )
        },
        new_client: |day, client, messages, known| {
            format!(
                "On {day}, {} came from {client}, a network never seen for this sender; before, \
                 it used {}.",
                counted(messages, "message", "messages"),
                counted(u64::from(known), "network", "networks")
            )
        },
        weaker_tls: |day, messages, from, to| {
            format!(
                "On {day}, {} came with {to}; the weakest before was {from}.",
                counted(messages, "message", "messages")
            )
        },
        send_request: "Send request",
        request_sent: "The report was requested: the host has taken the request.",
        request_not_sent: "The host did not take the request; a mail draft needs no host.",
        direction_and_name: |direction, name| match (direction, name) {
            (Direction::Inbound, None) => "From the internet without a connector".to_owned(),
            (Direction::Outbound, None) => "To the internet without a connector".to_owned(),
            (direction, name) => {
                let direction = match direction {
                    Direction::Inbound => "Inbound",
                    Direction::Outbound => "Outbound",
                    Direction::Internal => "Internal",
                    Direction::Submission => "Submission",
                    Direction::Unknown => "Unknown direction",
                };
                name.map_or_else(|| direction.to_owned(), |name| format!("{direction}: {name}"))
            }
        },
        connector_type_word: |kind| match kind {
            ConnectorType::OnPremises => "OnPremises",
            ConnectorType::Partner => "Partner",
            ConnectorType::NoConnector => "NoConnector",
            ConnectorType::Unknown => "Unknown",
        },
        method_word: |method| match method {
            AuthMethod::Basic => "Basic authentication",
            AuthMethod::Modern => "Modern authentication (OAuth)",
            AuthMethod::Unknown => "Not recorded",
        },
    },
    files: Files {
        title: "Files",
        summary: |files, rows, messages| {
            format!(
                "{} with {}, telling of {}",
                counted(files, "file", "files"),
                counted(rows, "row", "rows"),
                counted(messages, "message", "messages")
            )
        },
        name: "Name",
        format: "Format",
        encoding: "Encoding",
        size: "Size",
        rows: "Rows",
        messages: "Messages",
        joined: "Joined",
        duplicates: "Duplicates",
        left_out: "Left out",
        period: "Period (UTC)",
        days: |first, last| format!("{first} to {last}"),
        not_recognised: "Not recognised",
        not_read: "Not read",
        details_of: |file| format!("Details of {file}"),
        details: "Details",
        adds_up: "Every row is accounted for: rows = messages + joined + duplicates + left out",
        does_not_add_up: "These counts do not add up: please report this as a defect",
        reasons: "Rows left out",
        examples: "First rows that were left out",
        line: "Line",
        reason: "Reason",
        text: "Text",
        columns: "How the columns were taken",
        taken_for: "Taken for",
        column: "Column in the file",
        chosen: "chosen by you",
        unfamiliar: "Values that are not understood",
        unfamiliar_note: "Their rows count all the same, as not recorded.",
        value: "Value",
        inferred: "What was concluded",
        gaps: "What this format cannot tell",
        warnings: "What to know",
        copy: "Copy account",
        copied: "Copied",
        download_account: "Download account (text)",
        download_figures: "Download figures (JSON)",
        more: |n| format!("Show {} more", number(n)),
        account_of: "Account of every file",
    },
    path: MailPath {
        title: "Path of the mail",
        note: "First hop first. TLS is what the receiving server wrote down, and times are by its \
               clock: where a mail seems to arrive before it was sent, clocks are wrong.",
        hop: "Hop",
        from: "From",
        by: "Received by",
        protocol: "Protocol",
        time: "Time (UTC)",
        delay: "Delay",
        local: "Not said",
        took: |seconds| took(seconds, &[" d", " h", " min", " s"]),
        crosses: |direction| match direction {
            Direction::Inbound => "Into the organization",
            Direction::Outbound => "Out of the organization",
            Direction::Submission => "SMTP AUTH submission",
            Direction::Internal => "Within the organization",
            Direction::Unknown => "Unknown direction",
        },
        signed_in: |account| match account {
            Some(account) => format!("Signed in as {account}"),
            None => "Signed in".to_owned(),
        },
    },
    counting: Counting {
        title: "How messages are counted",
        points: [
            (
                "Once per crossing",
                "A message counts once for each direction, connector and TLS state that it is \
                 known to have crossed. Rows and recipients never multiply it. A named connector \
                 replaces none, and a recorded TLS state replaces a vaguer one.",
            ),
            (
                "Copies are known by their ids",
                "The network message id and the Message-ID both name a message, so it is known \
                 again in another file. Where one row is one message, the same Message-ID from the \
                 same sender at another second is another message, since devices reuse ids. Rows \
                 without an id count as duplicates only when another file holds the identical row.",
            ),
            (
                "Five directions",
                "Mail is inbound, outbound, internal, a submission with SMTP AUTH, or of unknown \
                 direction. Relayed mail counts as one inbound and one outbound. Internal mail and \
                 submissions never enter the mail flow card. Mail that was accepted but never sent \
                 on is left out of outbound.",
            ),
            (
                "Extended reports tell many rows of one message",
                "A submission is known by its authentication code, inbound mail by the row on \
                 which it was received, outbound mail by the row on which it was sent to the \
                 outside. Outbound TLS is taken only from a stated version, never from a setting. \
                 Modern authentication may go unseen in them.",
            ),
            (
                "Exports of counts",
                "Where a file gives ready-made counts for a day and direction, rows of messages \
                 win, and the counts are left out as covered.",
            ),
            (
                "Rows that stand for several messages",
                "A row whose message count is above 1 adds that many messages, but is one row.",
            ),
            (
                "Silence is not \u{201c}No TLS\u{201d}",
                "No TLS means that the source says there was none. Not recorded means that the \
                 source is silent. Percentages are of what is recorded, and above 5% of silence the \
                 sentence gives the lowest and the highest share that is possible.",
            ),
            (
                "The last 7 days",
                "They end at the newest day that a card's own files hold, in UTC. Rows dated later \
                 than tomorrow are listed, and do not move it. Days that no file covers are no \
                 data, not zero.",
            ),
        ],
    },
    mapping: Mapping {
        title: "Map columns",
        open: "Map columns…",
        explanation: |file| {
            format!("{file} is a table, but not all of its columns are known. Pick which is which.")
        },
        sample: "First rows of the file",
        fields: "Columns",
        required: "(required)",
        not_there: "Not in this file",
        missing: |fields| format!("Please pick a column for: {fields}"),
        column_number: |n| format!("Column {n}"),
        order_title: "Order of day and month",
        order_open: "Set date order…",
        order_question: |example| format!("Which comes first in {example}?"),
        order_explanation: |file| {
            format!("No date in {file} shows whether the day or the month comes first.")
        },
        day_first: "The day",
        month_first: "The month",
        apply: "Apply",
        cancel: "Cancel",
        change: "Change columns…",
        change_explanation: |file| format!("How the columns of {file} are taken."),
        no_table: "This file cannot be read as a table.",
        would_read: |read, rows, whole| {
            let first = if whole { "" } else { "the first " };
            format!("{} of {first}{} would be read", number(read), counted(rows, "row", "rows"))
        },
        would_not: |rows, reasons| format!("{} not: {reasons}", number(rows)),
        first_times: "First times (UTC)",
        words: "Words of the file",
        words_note: "What each word is read as. Words that are not known can be given a meaning.",
        word: "Word",
        read_as: "Read as",
        read_word_as: |field, word| format!("{field}: read {word} as"),
        empty_word: "(empty)",
        not_known: "Not known",
        remember: "Remember for files with this header, on this device",
        no_storage: "This browser does not let the page remember anything.",
        remembered: "The columns were taken as you had them remembered for this header.",
        as_guessed: "Do not use for this file",
        export: "Export mapping",
        import: "Import mapping…",
        fault: |fault| match fault {
            MappingFault::NotAMapping => "The file is no exported mapping.".to_owned(),
            MappingFault::Version(found) => {
                format!("The mapping has version {found}; version 1 is read.")
            }
            MappingFault::Unknown(name) => {
                format!("The mapping speaks of {name}, which is not known.")
            }
        },
        other_columns: |columns| {
            format!("The mapping names columns that this file does not have: {columns}")
        },
        period_title: "Period of the counts",
        period_open: "Set period…",
        period_explanation: |file| {
            format!("The counts in {file} have no date. Of which days are they?")
        },
    },
    settings: Settings {
        title: "Settings",
        open: "Settings…",
        own_domains: "Own domains",
        own_domains_help: "One a line. Where no file says which way a message went, these tell \
                           inbound, outbound and internal mail apart.",
        guessed: "Guessed from your data",
        no_guess: "Your data does not tell them",
        said: "As you said",
        use_guess: "Use the guess",
        own_domains_are: |domains, guessed| {
            let how = if guessed { "guessed from the data" } else { "as you said" };
            format!("Own domains: {domains} ({how})")
        },
        connector_types: "Connector types",
        connector_types_help: "Connectors of which no file says where they lead.",
        no_untyped: "There are none.",
        zone: "Time zone of files without one",
        zone_help: "For formats that write local time: a name such as Europe/Berlin, or +09:00. \
                    Empty: what exact dates inside a log tell, else UTC. Figures are in UTC.",
        own_zone: "This browser’s",
        no_zone: |name| {
            format!(
                "No time zone is called {name}. Choose one of the list, or write an offset from UTC \
                 as +09:00"
            )
        },
        year: "Year of logs without one",
        year_help: "Of the first line of logs that write Jan 28 07:00:03. Empty: what dates \
                    inside the log tell, else the file’s date.",
        no_year: "Write a year from 1970 to 2105, or nothing",
        connectors: "Connectors by host",
        connectors_help: "For logs of servers that know no connectors, one a line: \
                          mail2.example.net = Partner gateway. Hosts are written as internal hosts are.",
        no_connector: |line| format!("This line is not host = connector: {line}"),
        internal_hosts: "Internal hosts",
        internal_hosts_help: "Your own mail servers, one a line: host names or IP addresses. \
                              *.in.contoso.example stands for all names that end so, 10.1. or fd00: for \
                              all addresses that begin so. Mail between them does not count.",
    },
    paste: Paste {
        open: "Paste text…",
        title: "Paste text",
        label: "Text to read",
        help: "Lines of a log or rows of a table, as they are. A long text is read as soon as it is pasted.",
        read: "Read",
        nothing: "There is nothing to read yet",
        too_long: "The text is too long for this browser. Save it as a file and drop that.",
        name: "Pasted text",
        hint: "You can also paste text or files: Ctrl+V, or ⌘V on a Mac",
    },
    dialogs: Dialogs { close: "Close" },
    words: Words {
        field: |field| match field {
            Field::Time => "Time",
            Field::Tls => "TLS version",
            Field::Direction => "Direction",
            Field::Connector => "Connector",
            Field::ConnectorType => "Connector type",
            Field::ForcedTls => "Forced TLS",
            Field::Sender => "Sender",
            Field::SenderDomain => "Sender domain",
            Field::Recipient => "Recipient",
            Field::Status => "Status",
            Field::MessageId => "Message-ID",
            Field::NetworkMessageId => "Network message id",
            Field::AuthMethod => "Authentication method",
            Field::ClientIp => "Client IP address",
            Field::Cipher => "Cipher",
            Field::MessageCount => "Message count",
        },
        direction: |direction| match direction {
            Direction::Inbound => "Inbound",
            Direction::Outbound => "Outbound",
            Direction::Internal => "Internal",
            Direction::Submission => "Submission (SMTP AUTH)",
            Direction::Unknown => "Unknown",
        },
        no_mail: |reason| match reason {
            NoMail::NotSent => "Accepted but not sent",
            NoMail::ShadowCopy => "Shadow copy kept for safety",
            NoMail::ServiceEvent => "Event of the service, without a message",
            NoMail::HealthProbe => "Monitoring probe",
            NoMail::InternalHop => "On the way between your own servers",
            NoMail::NoMessage => "Session without an accepted message",
            NoMail::SessionCut => "Session that goes on in another file",
            NoMail::OtherProgram => "Line of another program",
            NoMail::CoveredByMessages => "Counts of days of which other files have the messages",
        },
        unreadable: |reason| match reason {
            Unreadable::TooFewFields => "Too few fields",
            Unreadable::TooManyFields => "Too many fields",
            Unreadable::BadTime => "The time is missing or is no date",
            Unreadable::TimeOutOfRange => "The time is before 1970 or after 2106",
            Unreadable::TooLong => "Longer than a row (4 MB) or an attached report (16 MB) may be",
            Unreadable::CutOff => "The file ends inside this row",
            Unreadable::MissingField => "A required field is missing",
            Unreadable::Damaged => "Damaged: no JSON",
            Unreadable::NoHop => "Names no server",
            Unreadable::LongHeader => {
                "Longer than a header field may be (64 kB), or behind 1 MB of header"
            }
            Unreadable::BadCount => "A count is no number",
        },
        inference: |inference| match inference {
            Inference::SubmissionFromAuthCode => "Sent with SMTP AUTH, by the authentication code",
            Inference::TlsFromAuthCode => "Whether TLS was used, by the authentication code",
            Inference::DirectionFromDomains => {
                "Outbound or internal, by the domains of sender and recipients"
            }
            Inference::DateOrder => "Order of day and month, by other rows of the file",
            Inference::AddressFromParts => "Sender address, put together from name and domain",
            Inference::DirectionFromIps => "Direction, by which IP address is empty",
            Inference::MessageFromParts => {
                "Messages without an id, told apart by time, sender and subject"
            }
            Inference::RoundedShares => "Numbers of messages, worked out from rounded percentages",
            Inference::DirectionFromOwnDomains => "Direction, by your own domains",
            Inference::YearFromLog => "Year, by dates inside the log",
            Inference::YearFromFileDate => "Year, by the file’s date (Settings can say it)",
            Inference::ZoneFromLog => "Time zone, by dates inside the log (Settings can say it)",
        },
        gap: |gap| match gap {
            Gap::Tls => {
                "TLS: this export does not record it; a ConnectorReport or an Extended report does"
            }
            Gap::TlsVersion => "TLS versions: it says only whether mail was encrypted",
            Gap::ServerTls => {
                "TLS: a tracking log does not record it; drop the SMTP protocol logs beside it"
            }
            Gap::OutboundTls => "TLS of outbound mail may be missing",
            Gap::Connector => "Connectors",
            Gap::Direction => "Direction",
            Gap::ConnectorType => "Connector types",
            Gap::ForcedTls => "Whether a connector forces TLS",
            Gap::MessageId => "Message ids: copies are known only by identical rows",
            Gap::ModernAuth => "Submissions with modern authentication may go unseen",
            Gap::ClientIp => "Client IP addresses",
            Gap::SmtpAuth => "SMTP AUTH",
            Gap::Days => "Days: it counts a whole period",
            Gap::InternalHosts => "Which hosts are your own servers: name them under Settings",
            Gap::HopTls => "TLS of a hop whose receiving server does not write it down",
        },
        warning,
        problem,
        file_kind,
    },
    organizations: Organizations {
        title: "Organizations",
        open: "Organizations\u{2026}",
        dialog_title: "Whose files are these?",
        help: "Files of several organizations are looked at side by side: each has its own figures, own \
               domains and settings, and a message that two of them tell of counts in both.",
        group_by: "Group files",
        groupings: [
            "All are of one organization",
            "By drop: what was dropped together",
            "By folder",
            "By own domain",
        ],
        by_domain_help: "The own domains of each file are worked out from its mail. Files that share one belong \
                         together; every file but the first of an organization is read twice for that.",
        file: "File",
        belongs_to: "Belongs to",
        belongs_help: "Names that you enter come before the grouping. A file of two organizations counts in \
                       both: separate the names by commas. Names that differ by case only are one.",
        as_grouped: "As grouped",
        organization: "Organization",
        all: "All organizations",
        unnamed: "Other files",
        side_by_side: "Organizations side by side",
        note: "Last 7 days of each organization\u{2019}s own mail. Shares are of what is recorded.",
        own_domains: "Own domains",
        outbound: "Outbound",
        inbound: "Inbound",
        protected: "protected by TLS",
        below: "Below TLS 1.2, or no TLS",
        senders: "SMTP Auth clients",
        submissions: "SMTP AUTH messages",
        insights: "Insights",
        days: "Days",
        not_there: |name| {
            format!("None of the files is of an organization called \u{201c}{name}\u{201d}.")
        },
        summary: |organizations| format!("{} organizations", grouped(organizations, ',')),
    },
    filters: filters::FILTERS,
    saving: saving::SAVING,
    keys: keys::KEYS,
    #[cfg(feature = "program")]
    serve: serve::SERVE,
    offline: offline::OFFLINE,
    audit: audit::AUDIT,
    peers: Peers {
        domains_title: "Domains report",
        hosts_title: "Hosts report",
        direct_title: "Direct Send report",
        all_direct: "All Direct Send",
        client_or_host: "Client IP or host",
        how_sure: "How sure",
        sure: "Sure",
        likely: "Likely",
        not_known: "Not known",
        first_seen: "First seen",
        last_seen: "Last seen",
        connectors: "Connectors used",
        direction: |direction| match direction {
            Direction::Inbound => "Inbound",
            Direction::Outbound => "Outbound",
            _ => "Unknown direction",
        },
        no_domain: |messages, all| {
            format!(
                "The domain is not recorded for {} of {}: a row of their own.",
                number(messages),
                counted(all, "message", "messages")
            )
        },
        no_host: |messages, all| {
            format!(
                "The host is not recorded for {} of {}: a row of their own. Logs of mail servers name \
                 hosts; message traces and reports do not.",
                number(messages),
                counted(all, "message", "messages")
            )
        },
        no_client: |messages, all| {
            format!(
                "Neither client nor host is known for {} of {}.",
                number(messages),
                counted(all, "message", "messages")
            )
        },
        direct_note: "Inbound mail without a connector, with a sender in an own domain. Printers and \
                      applications send so, services that send for you from outside, and whoever \
                      forges your senders.",
        sure_note: "Sure: the file states that there was no connector. Likely: it does not say \
                    which connector was used, if any. Sender address and client IP address are kept \
                    where the sender's and a recipient's domain are named alike.",
        no_direct: "No mail came in without a connector from a sender in an own domain.",
        no_own_domains: "Direct Send is known by your own domains, and none are known: enter them \
                         in Settings.",
        weak_peer: "Ask whoever runs the servers on the other side to offer TLS 1.2 or newer; \
                    a connector for this domain can then force it.",
        weak_direct: "Set the device or application to use STARTTLS with TLS 1.2 or newer, if it is yours.",
        threshold_never_tls: "Never TLS, from (messages)",
        severity: |severity| match severity {
            Severity::High => "High",
            Severity::Medium => "Medium",
        },
        why: "Why it matters",
        next: "Next step",
        why_of: |kind| match kind {
            InsightKind::PartnerTls10 | InsightKind::OnPremisesTls10 => {
                "TLS 1.0 has known weaknesses and is deprecated (RFC 8996). Once it is switched off \
                 on either side, this mail goes without TLS or not at all."
            }
            InsightKind::NoTls => {
                "Without TLS, whoever is on the way can read and change the mail."
            }
            InsightKind::NeverTls => {
                "Opportunistic TLS helps only where the other server offers it: whoever is on the \
                 way can read all mail to these domains."
            }
            InsightKind::ForeignRelay => {
                "Mail over an inbound OnPremises connector is trusted as your own. Where your MX \
                 records lead to your own servers, or mail is forwarded, this is expected. \
                 Otherwise somebody relays through your servers, in your name."
            }
            InsightKind::DirectSend => {
                "Direct Send needs no sign-in. Devices and applications use it, and so does \
                 whoever forges a sender in your domains."
            }
        },
        next_of: |kind| match kind {
            InsightKind::PartnerTls10 => {
                "Ask the partner to switch on TLS 1.2 or newer, then let the connector force TLS."
            }
            InsightKind::OnPremisesTls10 => {
                "Switch on TLS 1.2 or newer on your servers and gateways that send over this \
                 connector, then switch TLS 1.0 off there."
            }
            InsightKind::NoTls => {
                "Ask whoever runs the other side to offer STARTTLS, then let the connector force TLS."
            }
            InsightKind::NeverTls => {
                "Ask their postmasters to offer STARTTLS. Until then, encrypt what is confidential \
                 (S/MIME or message encryption)."
            }
            InsightKind::ForeignRelay => {
                "Look at which servers use this connector, who may relay through them, and whether \
                 you know these domains."
            }
            InsightKind::DirectSend => {
                "Go through the clients in the Direct Send report. Give those you know an inbound \
                 connector or SMTP AUTH; then refuse the rest in Exchange Online \
                 (Set-OrganizationConfig -RejectDirectSend $true)."
            }
        },
        says: |insight, connector| {
            let mark = if insight.counts.any_rounded() { ROUNDED } else { "" };
            let messages = counted(insight.messages, "message", "messages");
            let names = insight.names.len() as u64 + insight.more;
            match insight.kind {
                InsightKind::NeverTls => format!(
                    "{mark}{messages} went to {}, and all whose TLS is recorded went without. \
                     Shown from {} to a domain.",
                    counted(names, "such domain", "such domains"),
                    counted(u64::from(insight.threshold), "message", "messages")
                ),
                InsightKind::ForeignRelay => format!(
                    "{connector}: {mark}{messages} of {} came from {} of others. Shown from the first \
                     message.",
                    number(insight.counts.volume()),
                    counted(names, "domain", "domains")
                ),
                _ => format!(
                    "{mark}{messages} came in without a connector, with a sender in an own domain. \
                     Shown from the first message."
                ),
            }
        },
        most: |names, more| {
            let more =
                if more > 0 { format!(", and {} more", number(more)) } else { String::new() };
            format!("Most messages: {names}{more}.")
        },
    },
    tls_reports: TlsReports {
        title: "What other senders report",
        note: "Sessions that other organizations counted when they delivered mail to the domain (SMTP TLS \
               reports, RFC 8460): inbound, without a TLS version. They are not messages, and not part \
               of any other figure. Policies of two types are not added up, since a sender may count a \
               session under both.",
        sentence: |of| {
            let shares = of.successful_share().zip(of.failed_share());
            shares.map_or_else(
                || "No sessions".to_owned(),
                |(successful, failed)| {
                    format!(
                        "{}: {} successful ({}), {} failed ({})",
                        counted(of.all(), "session", "sessions"),
                        number(of.successful),
                        successful.percent(2, POINT),
                        number(of.failed),
                        failed.percent(2, POINT)
                    )
                },
            )
        },
        sessions: |n| {
            if n == 0 { "number not told".to_owned() } else { counted(n, "session", "sessions") }
        },
        policies: |n| counted(n, "policy", "policies"),
        policies_label: "Policies",
        adds_up: "Every row is accounted for: rows = policies + messages + joined + duplicates + left out",
        domain: "Domain",
        by_mode: "By mode of the policy",
        by_organization: "By sending organization",
        policy: "Policy",
        organization: "Organization",
        successful: "Successful",
        failed: "Failed",
        share_failed: "Share failed",
        failures: "Failures",
        hosts: "Receiving hosts",
        reasons: "What the senders say",
        not_delivered: "Where DANE or MTA-STS in mode enforce applies, mail is not delivered in a session that failed: \
                        the sender tries again, or gives it back.",
        by: "By",
        name: "Name",
        detail: "Detail",
        mode: |mode| {
            if mode.is_empty() { "mode not told".to_owned() } else { format!("mode {mode}") }
        },
        policy_type: |policy| match policy {
            "sts" => Some("MTA-STS"),
            "tlsa" => Some("DANE (TLSA)"),
            "no-policy-found" => Some("No policy found"),
            "" => Some("Not told"),
            _ => None,
        },
        meaning: |kind| {
            Some(match kind {
                "starttls-not-supported" => [
                    "STARTTLS not supported",
                    "The receiving host did not offer STARTTLS.",
                    "Turn on TLS there, and check that no firewall takes STARTTLS out of its answer.",
                ],
                "certificate-host-mismatch" => [
                    "Certificate for another host",
                    "The certificate does not name the host as the policy asks.",
                    "Install one that names the MX host, or correct the policy.",
                ],
                "certificate-expired" => [
                    "Certificate expired",
                    "The certificate of the receiving host had expired.",
                    "Renew it, and check that every host uses the new one.",
                ],
                "certificate-not-trusted" => [
                    "Certificate not trusted",
                    "The sender does not trust who issued the certificate, or part of the chain was missing.",
                    "Install one of a public authority, with its whole chain.",
                ],
                "validation-failure" => [
                    "Validation failure",
                    "Validation failed for a reason that has no type of its own.",
                    "Look at what the senders say, and test the host from outside.",
                ],
                "tlsa-invalid" => [
                    "TLSA records not valid",
                    "None of the TLSA records (DANE) was valid for the host.",
                    "Publish records that fit the certificate, before the certificate changes.",
                ],
                "dnssec-invalid" => [
                    "DNSSEC not valid",
                    "The sender's resolver got no valid DNS records.",
                    "Check the signatures of the zone and the DS record of the zone above.",
                ],
                "dane-required" => [
                    "DANE required",
                    "The sender requires DANE, and found no TLSA records validated by DNSSEC for the host.",
                    "Publish them for every MX host, or ask the sender to require less.",
                ],
                "sts-policy-fetch-error" => [
                    "MTA-STS policy could not be fetched",
                    "DNS announces an MTA-STS policy, and the sender could not get it.",
                    "Check that https://mta-sts.DOMAIN/.well-known/mta-sts.txt can be reached.",
                ],
                "sts-policy-invalid" => [
                    "MTA-STS policy not valid",
                    "The sender got the MTA-STS policy, and could not make sense of it.",
                    "Correct version, mode, mx and max_age in mta-sts.txt.",
                ],
                "sts-webpki-invalid" => [
                    "MTA-STS web certificate not valid",
                    "The web server of the MTA-STS policy has a certificate that is not valid.",
                    "Renew the certificate of mta-sts.DOMAIN.",
                ],
                "" => [
                    "No reason told",
                    "The reports count these failures without a type.",
                    "Ask the organizations that report them.",
                ],
                _ => return None,
            })
        },
        other_meaning: [
            "The sender's own word; RFC 8460 does not define it.",
            "Look at what the senders say, or ask them.",
        ],
    },
    standing_out: standing_out::STANDING_OUT,
    trend: Trend {
        name: "Trend",
        title: "TLS versions by week",
        caption: "Share of each TLS version of what is recorded, by week. Weeks begin on Monday; days are UTC.",
        plot: |label, days| {
            format!("{label}: TLS versions by week, {days}. Arrow keys go from week to week.")
        },
        week: "Week",
        monday: "From Monday",
        covered: "Days of data",
        some_days: |days| format!("{days} of 7 days have data"),
        no_messages: "no messages",
        nothing_recorded: "TLS not recorded",
        shown: |weeks, first, last| {
            let weeks = counted(weeks, "week", "weeks");
            if first == last {
                format!("{weeks}: {first}")
            } else {
                format!("{weeks}: {first} to {last}")
            }
        },
        partial: |weeks| match weeks {
            1 => "1 week has data on some of its days only: a line below the axis marks it."
                .to_owned(),
            weeks => format!(
                "{} weeks have data on some of their days only: a line below the axis marks them.",
                number(weeks)
            ),
        },
        gaps: |weeks| match weeks {
            1 => "For 1 week there is no data, which is not 0: no file covers any of its days."
                .to_owned(),
            weeks => format!(
                "For {} weeks there is no data, which is not 0: no file covers any of their days.",
                number(weeks)
            ),
        },
        silent: |messages| {
            format!("Not recorded: {messages} of these messages. They are part of no share.")
        },
        undated: |messages| {
            format!(
                "{}: the day is not known, so they are in no week.",
                counted(messages, "message", "messages")
            )
        },
        no_weeks: "Of none of these messages the day is known, so there is no week to show.",
        versions: "First and last seen",
        first_seen: "First seen",
        last_seen: "Last seen",
        share_in: |week| format!("Share in {week}"),
        too_short: "A change is told from the first to the last week that has data on all of its days. There are no two such weeks.",
        last_seen_with: |version, day| format!("Last seen with {version}: {day}."),
        not_seen: |versions| format!("Not seen in what is recorded: {versions}."),
        still: |week| format!("Still below TLS 1.2, or without TLS, in {week}"),
        still_full: |days| format!("The newest week with data on all of its days, {days}."),
        still_partial: |days, covered| {
            format!(
                "No week has data on all of its days; this is the newest, {days}, with {}.",
                counted(covered.into(), "day", "days")
            )
        },
        nobody: "No one, as far as TLS is recorded.",
        connectors: "Connectors",
        domains: "Sender domains",
        senders: "Senders",
    },
    readiness: ReadinessTexts {
        title: "Readiness",
        intro: "What breaks if something old is switched off: messages that would be refused, and a list of what \
                to fix first.",
        policies: "What is switched off",
        policy: |policy| match policy {
            Policy::OldTls => "TLS below 1.2 is refused",
            Policy::NoTls => "Mail without TLS is refused",
            Policy::BasicAuth => "Basic authentication for SMTP AUTH ends",
            Policy::SmtpAuth => "SMTP AUTH ends",
            Policy::ForcedTls => "Connectors force TLS",
        },
        policy_note: |policy| match policy {
            Policy::OldTls => {
                "TLS 1.0, TLS 1.1 and SSL. Mail without TLS passes here: it is a choice of its own."
            }
            Policy::NoTls => "In both directions, and from SMTP AUTH clients.",
            Policy::BasicAuth => "Clients that sign in with a password. OAuth passes.",
            Policy::SmtpAuth => "Every client that signs in to send.",
            Policy::ForcedTls => {
                "Mail without TLS over the connector is refused. Any TLS version passes."
            }
        },
        headline: |outcome, share, to_fix| {
            let told = counted(outcome.told(), "message", "messages");
            match share {
                None => "The files do not record what this depends on, so nothing can be told."
                    .to_owned(),
                Some(_) if outcome.refused.0 == 0 => {
                    format!("None of the {told} of which it can be told would be refused.")
                }
                Some(share) => format!(
                    "{} of the {told} of which it can be told would be refused ({share}). {} to fix.",
                    amount(outcome.refused),
                    counted(to_fix, "thing", "things")
                ),
            }
        },
        untold_note: |messages| {
            format!(
                "Of {} it cannot be told: the files do not record it. They may be refused, too, and are in no share.",
                counted(messages, "more message", "more messages")
            )
        },
        clients_covered: |covered, days| {
            format!(
                "SMTP AUTH: files cover {} of {}",
                number(covered.into()),
                counted(days.into(), "day", "days")
            )
        },
        clients_missing: "SMTP AUTH: no file tells of it, so its clients are not judged.",
        flow_covered: |covered, days| {
            format!(
                "Mail flow: files cover {} of {}",
                number(covered.into()),
                counted(days.into(), "day", "days")
            )
        },
        flow_missing: "Mail flow: no file tells of it, so connectors and other domains are not judged.",
        dates: "Known dates",
        event: |event| match event {
            PolicyEvent::OffByDefault => {
                "off by default for existing tenants; an administrator can switch it on again"
            }
            PolicyEvent::RemovalAnnounced => "the date of the final removal is to be announced",
        },
        when: |when| match when {
            PolicyTime::EndOfMonth(year, month) => format!("End of {} {year}", month_name(month)),
            PolicyTime::SecondHalf(year) => format!("Second half of {year}"),
        },
        as_of: |publisher, year, month| format!("{publisher}, as of {} {year}", month_name(month)),
        connector: "Connector",
        all_connectors: "All connectors",
        trend: "Day by day",
        refused: "Would be refused",
        untold: "Cannot be told",
        passes: "Would pass",
        all: "All messages",
        share: "Share of what can be told",
        to_fix: "To fix",
        by_kind: "By kind",
        kind: |kind| match kind {
            ThingKind::Client => "SMTP AUTH client",
            ThingKind::ConnectorIn => "Inbound connector",
            ThingKind::ConnectorOut => "Outbound connector",
            ThingKind::Connector => "Connector",
            ThingKind::PartnerIn => "Sending domain or host",
            ThingKind::PartnerOut => "Receiving domain or host",
            ThingKind::Partner => "Domain or host",
        },
        kind_head: "Kind",
        work_list: "Work list",
        work_list_note: "One row for each thing to fix. What you tick stays ticked while this page is open, \
                         whatever is switched off, and is exported.",
        done: "Done",
        yes: "Yes",
        no: "No",
        done_of: |name| format!("Done: {name}"),
        name: "Account, connector or domain",
        client: "Client IP or host",
        seen: "First, last day refused",
        first_seen: "First day refused",
        last_seen: "Last day refused",
        versions: "TLS",
        others: "Other accounts at this address",
        others_short: |more| format!("and {}", counted(more, "other account", "other accounts")),
        more_short: |more| format!("and {} more", number(more)),
        todo: "What to do",
        todo_of: |policy, kind| match (policy, kind) {
            (Policy::OldTls, ThingKind::Client) => {
                "Update this device or application, or its settings, to TLS 1.2 or newer; what cannot be updated \
                 needs a relay of your own."
            }
            (Policy::OldTls, ThingKind::PartnerIn) => {
                "Tell the postmaster of this domain that its servers send with TLS below 1.2, and need 1.2 or newer."
            }
            (Policy::OldTls, ThingKind::PartnerOut | ThingKind::Partner) => {
                "Tell the postmaster of this domain that its servers accept only TLS below 1.2, and need 1.2 or newer."
            }
            (Policy::OldTls, _) => {
                "Ask whoever runs the servers on the other side of this connector to switch on TLS 1.2 or newer."
            }
            (Policy::NoTls | Policy::ForcedTls, ThingKind::Client) => {
                "Switch on STARTTLS (port 587) in this device or application; what cannot do TLS needs a relay of \
                 your own."
            }
            (Policy::NoTls, ThingKind::PartnerIn) => {
                "Tell the postmaster of this domain that its servers send without TLS, and should use STARTTLS."
            }
            (Policy::NoTls, ThingKind::PartnerOut | ThingKind::Partner) => {
                "Tell the postmaster of this domain that its servers offer no STARTTLS, and should offer it."
            }
            (Policy::NoTls, _) => {
                "Ask whoever runs the servers on the other side of this connector to use STARTTLS; then let the \
                 connector force TLS."
            }
            (Policy::BasicAuth, _) => {
                "Switch this device or application to Modern authentication (OAuth), or give it another way to send, \
                 such as a relay of your own."
            }
            (Policy::SmtpAuth, _) => {
                "Give this device or application another way to send: a relay of your own behind a connector, or an \
                 API such as Microsoft Graph."
            }
            (
                Policy::ForcedTls,
                ThingKind::PartnerIn | ThingKind::PartnerOut | ThingKind::Partner,
            ) => {
                "Ask the postmaster of this domain for STARTTLS with a valid certificate before this connector \
                 forces TLS."
            }
            (Policy::ForcedTls, _) => {
                "Ask whoever runs the servers on the other side for STARTTLS with a valid certificate before this \
                 connector forces TLS."
            }
        },
        no_name: "(not recorded)",
        counted: |rows, all, done| {
            let rows = if rows == all {
                counted(all, "row", "rows")
            } else {
                format!("{} of {}", number(rows), counted(all, "row", "rows"))
            };
            format!("{rows} \u{b7} {} done", number(done))
        },
        hide_done: "Hide what is done",
        list_untold: "Also list what cannot be told",
        nothing_to_fix: "There is nothing to fix in this period.",
        nothing_told: "Nothing is on the list, because nothing can be told. What these messages are of can be listed all \
                       the same.",
        no_data: "No file tells of mail flow or of SMTP AUTH.",
        card_note: "What would be refused of the last 7 days of mail if something old were switched off.",
        card_empty: "Nothing to judge yet",
        card_empty_help: "Any export with TLS versions or sign-in methods tells what would break.",
        no_data_short: "No data",
        none_told_short: "Cannot be told",
    },
    sent: Sent {
        title: "Messages",
        offer: |megabytes| {
            format!(
                "Every message of this sender, with recipients, subject and status from a message trace \
                 among your files. For this the files are read again, and what their rows say of \
                 single messages is kept in the memory of this page, at most {} MB, until you \
                 forget it or start over.",
                number(megabytes)
            )
        },
        show: "Show messages",
        forget: "Forget messages",
        export: "Export messages",
        search: "Search recipients and subjects",
        count: |found, all| {
            if found == all {
                counted(all, "message", "messages")
            } else {
                format!("{} of {}", number(found), counted(all, "message", "messages"))
            }
        },
        untraced: |n, complete| {
            let what = if n == 1 { "message is" } else { "messages are" };
            let or = if complete { "" } else { ", or the rows about them are not kept" };
            format!("{} {what} not in any message trace among your files{or}.", number(n))
        },
        only_traced: |n| {
            let what = counted(n, "more message", "more messages");
            let are = if n == 1 { "is" } else { "are" };
            format!(
                "{what} from this address {are} only in the message trace, and not listed: sent \
                 without SMTP AUTH, or not in your SMTP AUTH file."
            )
        },
        left_out: |rows, megabytes| {
            format!(
                "The {} MB for messages are full: {} of messages are not kept. Recipients, subject \
                 and status may be missing here; no count is affected.",
                number(megabytes),
                counted(rows, "row", "rows")
            )
        },
        kept: |rows, bytes| {
            format!(
                "Times are in UTC. Kept of all files: {}, {bytes}.",
                counted(rows, "row", "rows")
            )
        },
        time: "Time",
        recipients: "Recipients",
        subject: "Subject",
        status: "Status",
        not_traced: "Not in the message trace",
        not_traced_or_kept: "Not in the message trace, or not kept",
        several: "{} recipients: ",
        more: "and {} more",
    },
};

const GROUP: char = ',';
const POINT: char = '.';

fn number(n: u64) -> String {
    grouped(n, GROUP)
}

/// A number that may be worked out from rounded percentages.
fn amount((number_of, rounded): Amount) -> String {
    [if rounded { ROUNDED } else { "" }, &number(number_of)].concat()
}

fn month_name(month: u8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::from(month).checked_sub(1).and_then(|at| NAMES.get(at)).copied().unwrap_or_default()
}

fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// The end of a sentence: what part was protected, and of what.
fn protected_part(counts: &TlsCounts) -> String {
    let Some(share) = counts.protected_share() else {
        return "; your files do not record whether TLS protected them.".to_owned();
    };
    if let Some(bounds) = counts.protected_bounds() {
        return format!(
            ", of which between {} and {} were protected in transit (by TLS): {} are not recorded.",
            bounds.lowest.percent(1, POINT),
            bounds.highest.percent(1, POINT),
            number(counts.get(TlsState::NotRecorded)),
        );
    }
    let share = share.percent(1, POINT);
    if counts.get(TlsState::NotRecorded) > 0 {
        return format!(
            "; of the {} recorded, {share} were protected in transit (by TLS).",
            number(counts.recorded())
        );
    }
    format!(", of which {share} were protected in transit (by TLS).")
}

fn warning(warning: &Warning) -> Advice {
    match warning {
        Warning::ProbablyCut { rows } => Advice::new(
            format!(
                "Probably cut by the service: exactly {} rows, its limit for a file.",
                number(*rows)
            ),
            "Ask for the same report again over shorter periods, and drop all of the files: what \
             overlaps is counted once.",
        ),
        Warning::FutureRows { rows, latest } => Advice::new(
            format!(
                "{} dated later than tomorrow, up to {latest}.",
                counted(*rows, "row is", "rows are")
            ),
            "They do not move the last 7 days, unless all rows are. Check the clock of whatever wrote them, and of this \
             computer.",
        ),
        Warning::MayCountTwice { direction: way, days: (first, last), count } => Advice::new(
            format!(
                "Of {} between {first} and {last}, something else counts messages, too ({}). Some may \
                 be counted twice: what is counted has no ids.",
                counted(u64::from(*count), "day", "days"),
                (TEXTS.words.direction)(*way)
            ),
            "Merge saved analyses in place of cells, or leave one of the two out.",
        ),
        Warning::CutOff => Advice::new(
            "The file ends in the middle.",
            "What was there is counted. Download the file again to be sure that nothing is missing.",
        ),
        Warning::TrailingBytes { bytes } => Advice::new(
            format!(
                "{} after the end of the compressed data were left out.",
                counted(*bytes, "byte", "bytes")
            ),
            "Usually harmless. If rows are missing, download or pack the file again.",
        ),
        Warning::UnpackLimit { limit } => Advice::new(
            format!("Unpacking stopped at the limit of {} bytes.", number(*limit)),
            "Unpack the file yourself, if you trust it, and drop what is inside.",
        ),
        Warning::DamagedArchive => Advice::new(
            "The compressed data is damaged from some point on.",
            "What came before is counted. Download or pack the file again.",
        ),
        Warning::Changed { detail } => Advice::new(
            format!("The file changed or went away while it was read ({detail})."),
            "What was read before is counted. Drop the file again once it no longer changes.",
        ),
        Warning::Cancelled => Advice::new(
            "Reading was cancelled here.",
            "Only the rows before are counted. Drop the file again to read all of it.",
        ),
        Warning::MixedEncoding { values } => Advice::new(
            format!(
                "{} not in the encoding that the file starts in.",
                counted(*values, "value is", "values are")
            ),
            "They are shown with replacement characters and count all the same. Was the file put \
             together from several?",
        ),
        Warning::NoReceived { mails } => Advice::new(
            format!("{} no Received header.", counted(*mails, "mail has", "mails have")),
            "Nothing is known of their way, so nothing of them is counted. A mail has Received \
             headers once it was delivered; drafts and sent items have none.",
        ),
    }
}

fn problem(problem: &Problem) -> Advice {
    match problem {
        Problem::Empty => Advice::new(
            "The file is empty, or holds a header and no rows.",
            "Check that the report was ready when you downloaded it, and that its period holds mail.",
        ),
        Problem::NotATrace { looks_like } => not_a_trace(*looks_like),
        Problem::ColumnsNeeded(needed) => Advice::new(
            format!(
                "This is a table, but a required column was not recognised: {}.",
                needed
                    .missing
                    .iter()
                    .map(|field| (TEXTS.words.field)(*field))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            "Say which column it is, with Map columns.",
        ),
        Problem::DateOrderNeeded { example } => Advice::new(
            format!("No date in the file shows whether day or month comes first, as in {example}."),
            "Say which comes first.",
        ),
        Problem::PeriodNeeded => {
            Advice::new("The counts in the file have no date.", "Say of which days they are.")
        }
        Problem::Password => Advice::new(
            "The archive is protected with a password.",
            "Unpack it yourself and drop the files inside.",
        ),
        Problem::Compression { method } => Advice::new(
            format!(
                "The archive uses a compression method that is not supported (number {method})."
            ),
            "Unpack it yourself and drop the files inside, or pack it as an ordinary zip file.",
        ),
        Problem::NestedArchive => Advice::new(
            "This is an archive inside an archive.",
            "Unpack the outer one and drop the inner one by itself.",
        ),
        Problem::UnpackLimit { limit } => Advice::new(
            format!(
                "Unpacking stopped at the limit of {} bytes before it came to this file.",
                number(*limit)
            ),
            "Unpack the archive yourself, if you trust it, and drop what is inside.",
        ),
        Problem::EmptyArchive => {
            Advice::new("There are no files in this archive.", "Check how it was made.")
        }
        Problem::DamagedArchive => Advice::new(
            "The archive is damaged: its list of files cannot be read.",
            "Download or pack it again.",
        ),
        Problem::CannotRead { detail } => Advice::new(
            format!("The file cannot be read ({detail})."),
            "Check that it still exists, that no other program has locked it and that you may open it.",
        ),
        Problem::ReaderDied => Advice::new(
            "The reader stopped working while it read this file; nothing of it is counted.",
            "Split the file, or try it in another browser. The other files are not affected.",
        ),
        Problem::OutOfMemory => Advice::new(
            "Memory was full while this file was read; nothing of it is counted.",
            "Drop fewer files at a time: memory follows the number of different messages. The program mailflow has no \
             such limit. The other files are not affected.",
        ),
        Problem::Document(fault) => document(fault),
        Problem::Saved(fault) => saved(fault),
    }
}

fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::OneFile => TEXTS.endpoint.one_file.to_owned(),
        Trouble::NoAddress(text) => format!("\u{201c}{text}\u{201d} is no address."),
        Trouble::OtherOrigin { origin, allowed } if allowed.is_empty() => format!(
            "The data would come from {origin}, but this page may only ask the host that it came from. \
             Put the data, or the page, on the same host."
        ),
        Trouble::OtherOrigin { origin, allowed } => format!(
            "The data would come from {origin}, but this page may only ask the host that it came from, and \
             {allowed}, with which it was built."
        ),
        Trouble::Folder => "This address ends in a slash. Name the data itself, so that the page may ask for \
                            that and nothing else."
            .to_owned(),
        Trouble::Unreachable => {
            "The data could not be reached. Check the network and that the host is running.".to_owned()
        }
        Trouble::Redirected => "The answer leads to another address (HTTP redirect), which is not followed. If \
                                the host wants a sign-in, sign in to it in this browser; else check the \
                                address of the data."
            .to_owned(),
        Trouble::WebPage => "The address answered with a web page, not with data. If that asks for a sign-in, \
                             sign in to the host in this browser; else check the address of the data."
            .to_owned(),
        Trouble::Empty => {
            "The address answered with nothing. Check the address of the data.".to_owned()
        }
        Trouble::Token { wrong: false } => {
            "The host wants a bearer token (HTTP 401); without it there is no data.".to_owned()
        }
        Trouble::Token { wrong: true } => TEXTS.endpoint.token_wrong.to_owned(),
        Trouble::Busy { status, until: Some(time) } => format!(
            "The host is busy and wants not to be asked before {time} (HTTP {status}). Try again then."
        ),
        Trouble::Busy { status, until: None } => format!(
            "The host is busy (HTTP {status}), and was asked several times. Try again later."
        ),
        Trouble::TooLarge(limit) => format!(
            "The answer is longer than {} bytes; nothing of it is counted. Ask for fewer days, or for cells in \
             place of messages.",
            number(*limit)
        ),
        Trouble::NextElsewhere(next) => format!(
            "The next page would be \u{201c}{next}\u{201d}: pages may differ in what follows the question mark \
             only. Nothing is counted. Tell the host\u{2019}s administrator."
        ),
        Trouble::Loop(url) => format!(
            "The page {url} came twice: the pages have no end. Nothing is counted. Tell the host\u{2019}s \
             administrator."
        ),
        Trouble::TooManyPages(most) => format!(
            "There are more than {} pages; nothing of them is counted. Tell the host\u{2019}s administrator.",
            number(*most)
        ),
        Trouble::TimeOut(seconds) => {
            format!("The host was silent for {seconds} seconds. Try again later.")
        }
        Trouble::BrokeOff => {
            "The answer broke off before its end; nothing of it is counted. Try again.".to_owned()
        }
        Trouble::Cancelled => "Cancelled before the data had come.".to_owned(),
        Trouble::Status(status @ (401 | 403)) => format!(
            "The host wants to know who you are (HTTP {status}). Sign in to it in this browser, then load \
             this page again."
        ),
        Trouble::Status(404) => {
            "There is nothing at this address (HTTP 404). Check the address of the data.".to_owned()
        }
        Trouble::Status(status @ 500..) => format!(
            "The host failed to answer (HTTP {status}). Try again later, or tell its administrator."
        ),
        Trouble::Status(status) => format!(
            "The host refused to give the data (HTTP {status}). Check the address of the data."
        ),
    }
}

fn saved(fault: &SavedFault) -> Advice {
    match fault {
        SavedFault::CutOff => Advice::new(
            "This saved analysis is cut off: it ends before its end. Nothing of it is counted.",
            "Copy it again from where it was saved.",
        ),
        SavedFault::Damaged => Advice::new(
            "This saved analysis is damaged: it is not what was saved. Nothing of it is counted.",
            "Copy it again from where it was saved, or read the logs again.",
        ),
        SavedFault::Version { found } => Advice::new(
            format!("This analysis was saved in version {found} of the format; version 1 is read."),
            "Open it with the newest mailflow.",
        ),
        SavedFault::TooLarge { limit } => Advice::new(
            format!(
                "This saved analysis is longer than {} bytes, and it is held in memory as a whole.",
                number(*limit)
            ),
            "Merge it with the program.",
        ),
        SavedFault::Account => Advice::new(
            "This saved analysis does not add up: it does not say what became of every row of its files. \
             Nothing of it is counted.",
            "It was changed after it was saved. Get it from where it was saved, or read the logs again.",
        ),
    }
}

fn document(fault: &DocumentFault) -> Advice {
    const SCHEMA: &str = "docs/endpoint.schema.json says what it must be like.";
    match fault {
        DocumentFault::Syntax { line, column } => Advice::new(
            format!(
                "This is no valid JSON from line {line}, column {column} on; nothing of it is counted."
            ),
            "Check the program that wrote it.",
        ),
        DocumentFault::Shape { line, column } => Advice::new(
            format!(
                "This JSON is not as it must be at line {line}, column {column}; nothing of it is counted."
            ),
            SCHEMA,
        ),
        DocumentFault::CutOff => Advice::new(
            "This JSON is cut off: it ends before its end. Nothing of it is counted.",
            "Get it again.",
        ),
        DocumentFault::Version { found } => {
            Advice::new(format!("This JSON is of version {found}; version 1 is read."), SCHEMA)
        }
        DocumentFault::Missing { name } => {
            Advice::new(format!("This JSON has no \u{201c}{name}\u{201d}."), SCHEMA)
        }
        DocumentFault::TwoLists => Advice::new(
            "This JSON has more than one list of messages or cells; both together would count twice.",
            SCHEMA,
        ),
        DocumentFault::TooLarge { limit } => Advice::new(
            format!(
                "This JSON is longer than {} bytes, and it is held in memory as a whole.",
                number(*limit)
            ),
            "Split it by day, or write cells in place of messages.",
        ),
        DocumentFault::NextMissing => Advice::new(
            "This JSON names a next page, which does not follow. Nothing of it is counted.",
            "Put all pages into one file, one behind the other, in their order.",
        ),
        DocumentFault::Items { said, found } => Advice::new(
            format!(
                "The last line says that there are {} items, but there are {}. Nothing of it is counted.",
                number(*said),
                number(*found)
            ),
            "Get it again.",
        ),
        DocumentFault::LongLine { line, limit } => Advice::new(
            format!(
                "Line {line} is longer than {} bytes. Nothing of this JSON is counted.",
                number(*limit)
            ),
            "Check the program that wrote it.",
        ),
    }
}

fn not_a_trace(looks_like: Option<FileKind>) -> Advice {
    let Some(kind) = looks_like else {
        return Advice::new(
            "This is not a mail trace or log that is known.",
            "See \u{201c}Which exports are understood\u{201d} for what to download, and where.",
        );
    };
    if let Some(maker) = kind.maker() {
        return Advice::new(
            format!("This is a log of {maker}, which is not read."),
            "Drop the trace or log of the mail server beside it instead, or export it as a table (CSV) with \
             time, direction and TLS version: Map columns reads any such table.",
        );
    }
    match kind {
        FileKind::ZimbraMailboxLog => Advice::new(
            "This is Zimbra’s mailbox.log: it tells what becomes of mail in mailboxes, not how it came.",
            "Drop /var/log/zimbra.log instead, which Zimbra’s Postfix writes.",
        ),
        FileKind::ExchangeOtherLog => Advice::new(
            "This is a log of Exchange Server that does not tell the TLS of messages, such as those of agents \
             and connections.",
            "Drop the message tracking logs and the SMTP protocol logs (SmtpReceive, SmtpSend) instead.",
        ),
        FileKind::DmarcReport => Advice::new(
            "This is a DMARC aggregate report: it tells who sent mail in the name of your domain, not with \
             which TLS.",
            "Drop the trace or log of your own mail server instead.",
        ),
        FileKind::DovecotLog => Advice::new(
            "This is a log of Dovecot: it tells who read mail and what was put into mailboxes, not how mail \
             came and went.",
            "Drop the log of the mail server beside it instead, usually /var/log/mail.log or maillog.",
        ),
        FileKind::SystemLog => Advice::new(
            "This is a system log without lines of a mail server.",
            "Drop the mail server’s log instead, usually /var/log/mail.log or maillog.",
        ),
        FileKind::WebPage => Advice::new(
            "This looks like a web page, perhaps an error or sign-in page saved under the name of \
             the report.",
            "Sign in to the Exchange admin center and download the report again.",
        ),
        FileKind::Spreadsheet => Advice::new(
            "This looks like a spreadsheet.",
            "Drop the CSV file as it was downloaded, or save the sheet as CSV UTF-8.",
        ),
        FileKind::OtherArchive => Advice::new(
            "This looks like an archive of a kind that is not supported.",
            "Unpack it yourself and drop the files inside, or pack them as .zip or .gz.",
        ),
        kind => Advice::new(
            format!("This looks like {}, not a mail trace.", file_kind(kind)),
            "See \u{201c}Which exports are understood\u{201d} for what to download, and where.",
        ),
    }
}

fn file_kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Image => "an image",
        FileKind::Pdf => "a PDF document",
        FileKind::Program => "a program",
        FileKind::WebPage => "a web page",
        FileKind::Spreadsheet => "a spreadsheet",
        FileKind::OfficeDocument => "an office document",
        FileKind::OtherArchive => "an archive of another kind",
        FileKind::Json => "JSON data",
        FileKind::Xml => "XML data",
        FileKind::Mail => "a mail message",
        FileKind::Table => "a table",
        FileKind::Text => "plain text",
        FileKind::Binary => "binary data",
        FileKind::DmarcReport => "a DMARC report",
        _ => "a log",
    }
}
