//! Which text is a mail, and which line separates those of a mailbox.

use crate::import::mail_message::{Lines, Piece, field_name};

/// Whether a text is a mail or a mailbox, from its beginning: header fields,
/// among them one that only mail has.
pub(crate) fn is_mail(probe: &[u8]) -> bool {
    const TELLING: [&str; 6] =
        ["received", "return-path", "delivered-to", "mime-version", "message-id", "x-received"];
    let (mut fields, mut others, mut told) = (0_u32, 0_u32, false);
    let mut ended = false;
    let mut take = |piece: Piece<'_>| {
        let line = piece.text;
        let started = fields + others > 0;
        if ended || !piece.starts || line.is_empty() && !started {
            return;
        }
        ended = line.is_empty();
        let folded = matches!(line.first(), Some(b' ' | b'\t'));
        match field_name(line) {
            _ if ended || folded && fields > 0 => {}
            Some(name) if !folded => {
                fields += 1;
                told |= TELLING.iter().any(|telling| name.eq_ignore_ascii_case(telling.as_bytes()));
            }
            None if !started && line.starts_with(b"From ") => {}
            // A text that does not start with a field is no mail.
            _ if fields == 0 => ended = true,
            _ => others += 1,
        }
    };
    let mut lines = Lines::default();
    lines.push(probe, &mut take);
    lines.finish(&mut take);
    told && others <= fields
}

/// Whether a line separates the messages of a mailbox (RFC 4155): `From `, an
/// address, and a time with its year. Mail programs put other things behind.
pub(crate) fn is_postmark(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let clock = rest
        .windows(5)
        .any(|w| w[2] == b':' && [w[0], w[1], w[3], w[4]].iter().all(u8::is_ascii_digit));
    let mut words = rest.split(|byte| *byte == b' ');
    let is_year = |word: &[u8]| {
        let year = word.split(|byte| *byte == b'-').next().unwrap_or_default();
        year.len() == 4 && year.iter().all(u8::is_ascii_digit)
    };
    clock && words.any(is_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_is_known_by_its_header() {
        for text in [
            "Received: from a by b; d\r\nSubject: x\r\n\r\nbody",
            "Received: from a by b; d\nSubject: x\n\nbody",
            "Received: from a\r\tby b; d\rSubject: x\r\rbody",
            "\r\n\r\nReturn-Path: <a@b>\r\nSubject: x",
            "From a@b.example Thu Sep  3 15:21:05 2026\nSubject: x\nMIME-Version: 1.0\n\nx",
            "From a@b.example Thu Sep  3 15:21:05 2026\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nx",
            "Subject: x\nReceived: from a\n(192.0.2.1) by b; d\n\n",
        ] {
            assert!(is_mail(text.as_bytes()), "{text:?}");
        }
        for text in [
            "",
            "Subject: x\nFrom: a@b\n\nReceived: later\n",
            "Dear all,\nReceived: x\n",
            "key value\n\nReceived: x\n",
            "date,message_id\n2026-09-03T10:00:00Z,<a@b>\n",
            " Received: x\n",
        ] {
            assert!(!is_mail(text.as_bytes()), "{text:?}");
        }
    }

    #[test]
    fn postmarks_of_mail_programs() {
        for line in [
            "From a@b.example Thu Sep  3 15:21:05 2026",
            "From - Thu Sep 03 15:21:05 2026",
            "From 123@xxx Thu Sep 03 15:21:05 +0000 2026",
            "From MAILER-DAEMON Thu Sep  3 15:21:05 2026 +0900",
            "From () 2026-09-03 15:21:05 +0000",
        ] {
            assert!(is_postmark(line.as_bytes()), "{line}");
        }
        for line in ["From: a@b", "From a friend, at 15:21", ">From a@b Thu Sep  3 15:21:05 2026"] {
            assert!(!is_postmark(line.as_bytes()), "{line}");
        }
    }
}
