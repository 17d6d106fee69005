//! What the name of a protocol says, and what its silence does.

/// The family of a protocol (`SMTP`, `LMTP`, or nothing), and whether it says
/// TLS and SMTP AUTH: RFC 3848 and 6531; Exim's `ssmtp` and `essmtp` are TLS
/// from the first byte (its `smtp_in.c`).
pub(super) fn protocol(word: &str) -> (&'static str, bool, bool) {
    let word = word.to_ascii_uppercase();
    let word = word.strip_prefix("UTF8").unwrap_or(&word);
    let word = word.strip_prefix("LOCAL-").unwrap_or(word);
    for (start, family, tls) in [
        ("ESSMTP", "SMTP", true),
        ("SSMTP", "SMTP", true),
        ("ESMTP", "SMTP", false),
        ("ASMTP", "SMTP", false),
        ("SMTP", "SMTP", false),
        ("LMTP", "LMTP", false),
    ] {
        if let Some(marks) = word.strip_prefix(start) {
            return match marks {
                "" => (family, tls, start == "ASMTP"),
                "S" => (family, true, start == "ASMTP"),
                "A" => (family, tls, true),
                "SA" => (family, true, true),
                _ => ("", false, false),
            };
        }
    }
    ("", word == "HTTPS", false)
}

/// What a comment says of the server's software; empty for none that matters.
pub(super) fn server_mark(comment: &str) -> String {
    let known = ["Postfix", "Exim ", "Haraka", "OpenSMTPD"];
    if known.iter().any(|mark| comment.starts_with(mark)) {
        return comment.to_owned();
    }
    // sendmail writes its version and that of its configuration.
    let of_sendmail = comment.split_once('/').is_some_and(|(version, _)| {
        let mut numbers = version.split('.').map(|number| number.parse::<u32>().ok());
        let (first, second) = (numbers.next().flatten(), numbers.next().flatten());
        first == Some(8) && second.is_some_and(|second| second >= 11) && numbers.count() == 1
    });
    if of_sendmail { "sendmail".to_owned() } else { String::new() }
}

/// Whether a server that writes neither `S` nor a comment on TLS has received
/// the mail without TLS. When in doubt it has not:
///
/// | server | silence | why |
/// |---|---|---|
/// | Postfix | `ESMTP`, `ESMTPA`: no TLS | adds `S` whenever TLS is on, with or without `smtpd_tls_received_header` (its `smtpd.c`), but only to `ESMTP`: `SMTP` stays open |
/// | Exim | `smtp`, `esmtp`, `esmtpa`: no TLS | its names of protocols have an `s` for TLS (its `smtp_in.c`) |
/// | sendmail 8.11 and later | no TLS | the header that comes with it has `(version=…)` whenever `${tls_version}` has a value (its `cfhead.m4`; "sendmail", 4th edition, 21.9.94). Versions of four numbers are Proofpoint's, whose header is its own: open |
/// | Google | `ESMTP`, `ESMTPA`: no TLS | follows RFC 3848, with a version wherever there is an `S` (all samples) |
/// | Haraka | `ESMTP`, `ESMTPA`: no TLS | "Implement RFC3848" (its `connection.js`) |
/// | `OpenSMTPD` | no TLS | `S` and a comment by the same flag (its `smtp_session.c`) |
/// | Exchange, and all others | not recorded | Exchange on premises writes `Microsoft SMTP Server` with and without TLS in old versions; of the others nothing is known |
pub(super) fn is_silent_without_tls(mark: &str, by: &str, protocol_word: &str) -> bool {
    let (family, tls, _) = protocol(protocol_word);
    if family != "SMTP" || tls {
        return false;
    }
    let extended = protocol_word.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("ES"));
    let google = by.ends_with(".google.com") || by.ends_with(".gmail.com");
    match mark {
        "sendmail" => true,
        _ if mark.starts_with("Exim ") || mark.starts_with("OpenSMTPD") => true,
        _ if mark.starts_with("Postfix") || mark.starts_with("Haraka") => extended,
        _ => google && extended,
    }
}
