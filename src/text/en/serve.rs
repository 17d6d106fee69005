use crate::text::ServeTexts;

pub(super) const SERVE: ServeTexts = ServeTexts {
    counting: "The logs are being counted for the first time. Ask again in a moment.",
    not_found: "There is nothing at this address.",
    no_page: "This server has no page to show. Build it with `make page` and start the server \
              with --page dist. The figures are at /api/mail.json.",
    token_needed: "These figures need a token: send it as Authorization: Bearer …",
    token_wrong: "This is not the token of this server.",
    other_host: "This server does not go by that name. If it should, start it with --host NAME.",
    other_site: "Only the page of this server may ask for this: the Origin or Sec-Fetch-Site of \
                 the request is missing or names another site.",
    not_json: "A request is JSON and says so: Content-Type: application/json.",
    too_slow: "The request did not arrive in time.",
    too_large: |bytes| format!("The request is longer than {bytes} bytes."),
    too_often: |seconds| format!("Too many requests. Try again in {seconds} seconds."),
    takes_no_requests: "This server sends no reports: it was started with neither --outbox nor \
                        --smtp. A mail draft can be made on the page itself.",
    malformed: |why| format!("The request could not be read: {why}"),
    version: |version| format!("The request is of version {version}; this server knows version 1."),
    unknown_value: |field, value| format!("The request's {field} is not known: {value}"),
    not_a_day: |field, value| {
        format!("The request's {field} is no day such as 2026-09-01: {value}")
    },
    one_day_only: "The request names one of its days only, or the last before the first.",
    no_recipient: "The request names no recipient.",
    too_many_recipients: |most| format!("A report goes to at most {most} recipients."),
    not_an_address: |text| format!("This is no mail address: {text}"),
    domain_not_allowed: |domain| {
        format!("This server sends no reports to {domain}. Its --recipient-domain says where to.")
    },
    no_data: "The logs have no mail of these days.",
    sent: |recipients, server| match recipients {
        1 => format!("Sent to 1 recipient over {server}."),
        many => format!("Sent to {many} recipients over {server}."),
    },
    written: |file| format!("Written to the server's outbox as {file}. It is not sent yet."),
    written_instead: |file, why| {
        format!(
            "The mail server did not take it: {why} It was written to the server's outbox \
             instead, as {file}."
        )
    },
    not_sent: |why| format!("The mail server did not take it: {why}"),
    neither: |mail, outbox| format!("The mail server did not take it: {mail} {outbox}"),
    no_answer: |server, seconds| {
        format!(
            "{server} did not answer within {seconds} seconds. Whether it sends the report is not \
             known."
        )
    },
    outbox_full: "The server's outbox has no room left. Nothing was written.",
    outbox_failed: |why| {
        format!("The server's outbox could not be written to: {why} Nothing is left of it there.")
    },
    attached: "The detailed table is attached. Made by mailflow from the logs on its server.",
};
