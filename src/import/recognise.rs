//! What a file that no reader takes looks like, so that the message can say
//! what to do with it.

use crate::account::FileKind;

/// The kind of a file that is neither a table nor a known trace, from its
/// first bytes (of the file itself, not yet decoded).
pub(crate) fn kind_of_bytes(head: &[u8]) -> Option<FileKind> {
    const SIGNATURES: [(&[u8], FileKind); 17] = [
        (b"\x89PNG", FileKind::Image),
        (b"\xff\xd8\xff", FileKind::Image),
        (b"GIF8", FileKind::Image),
        (b"BM", FileKind::Image),
        (b"II*\0", FileKind::Image),
        (b"MM\0*", FileKind::Image),
        (b"%PDF", FileKind::Pdf),
        (b"MZ", FileKind::Program),
        (b"\x7fELF", FileKind::Program),
        (b"\xcf\xfa\xed\xfe", FileKind::Program),
        (b"\0asm", FileKind::Program),
        (b"\xd0\xcf\x11\xe0", FileKind::OfficeDocument),
        (b"7z\xbc\xaf", FileKind::OtherArchive),
        (b"Rar!", FileKind::OtherArchive),
        (b"BZh", FileKind::OtherArchive),
        (b"\xfd7zXZ", FileKind::OtherArchive),
        (b"\x28\xb5\x2f\xfd", FileKind::OtherArchive),
    ];
    if head.get(257..262) == Some(b"ustar") {
        return Some(FileKind::OtherArchive);
    }
    let webp = head.len() >= 12 && head.starts_with(b"RIFF") && &head[8..12] == b"WEBP";
    // `BM` and `MZ` are also the start of words: binary files hold control
    // characters early on.
    let binary = head.iter().take(512).any(|byte| *byte < 9 || (14..27).contains(byte));
    SIGNATURES
        .into_iter()
        .find(|(signature, _)| {
            head.starts_with(signature) && (binary || !signature.is_ascii() || signature[0] == b'%')
        })
        .map(|(_, kind)| kind)
        .or_else(|| webp.then_some(FileKind::Image))
}

/// The kind of a decoded text that is no known trace.
pub(crate) fn kind_of_text(text: &[u8]) -> FileKind {
    let text = text.trim_ascii_start();
    if text.iter().take(4096).any(|byte| *byte < 9 || (14..27).contains(byte)) {
        return FileKind::Binary;
    }
    let lower = text[..text.len().min(4096)].to_ascii_lowercase();
    let has = |part: &[u8]| lower.windows(part.len()).any(|window| window == part);
    if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") {
        return FileKind::WebPage;
    }
    // Mail is often HTML below its header.
    if is_mail(&lower) {
        return FileKind::Mail;
    }
    if has(b"<body") {
        return FileKind::WebPage;
    }
    if let [b'<', b'?' | b'!' | b'a'..=b'z', ..] = lower.as_slice() {
        return FileKind::Xml;
    }
    if is_mail_log(text) {
        return FileKind::MailLogNotYetRead;
    }
    if matches!(lower.first(), Some(b'{' | b'[')) && has(b"\"") {
        return FileKind::Json;
    }
    FileKind::Text
}

/// Whether the text, in lower case, starts with the header of a mail message
/// (RFC 5322), whatever its line ends are.
fn is_mail(lower: &[u8]) -> bool {
    const TELLING: [&[u8]; 4] = [b"received:", b"return-path:", b"mime-version:", b"delivered-to:"];
    let mut lines = lower.split(|byte| matches!(byte, b'\n' | b'\r'));
    let is_telling = |line: &[u8]| TELLING.iter().any(|name| line.starts_with(name));
    // `Name:`, or `From ` as mailboxes are written.
    let named = |line: &[u8]| {
        let end = line.iter().position(|byte| !byte.is_ascii_lowercase() && *byte != b'-');
        end.is_some_and(|end| end > 0 && line[end] == b':') || line.starts_with(b"from ")
    };
    let first = lines.next().unwrap_or_default();
    named(first) && (is_telling(first) || lines.any(is_telling))
}

/// Whether the text is a log of a mail server: Exchange, Postfix, Exim,
/// sendmail or `OpenSMTPD`.
fn is_mail_log(text: &[u8]) -> bool {
    const EXCHANGE: [&[u8]; 2] = [b"#Software: Microsoft Exchange", b"#Log-type:"];
    if EXCHANGE.iter().any(|start| text.starts_with(start)) {
        return true;
    }
    text.split(|&byte| byte == b'\n').take(20).filter(|line| !line.is_empty()).any(is_mail_log_line)
}

fn is_mail_log_line(line: &[u8]) -> bool {
    let has = |part: &[u8]| line.windows(part.len()).any(|window| window == part);
    // Protocol log: `2023-01-11T15:59:56.232Z,SERVER\Default Frontend,…`.
    let iso = line.len() > 24 && line[4] == b'-' && line[10] == b'T' && line[23] == b'Z';
    if iso && line[24] == b',' && line.split(|&byte| byte == b',').count() >= 8 {
        return true;
    }
    let process = |name: &[u8]| {
        line.windows(name.len() + 1)
            .position(|window| &window[..name.len()] == name && window[name.len()] == b'[')
            .is_some_and(|at| at == 0 || !line[at - 1].is_ascii_alphanumeric())
    };
    let stamped = line.first().is_some_and(u8::is_ascii_digit)
        || line.len() > 15 && line[3] == b' ' && line[9] == b':' && line[12] == b':';
    stamped
        && (has(b" postfix/")
            || has(b" postfix-")
            || process(b"sendmail")
            || process(b"sm-mta")
            || process(b"sm-msp-queue")
            || process(b"smtpd")
            || process(b"exim")
            || has(b" <= ")
            || has(b" => ")
            || has(b" H=") && has(b"rejected"))
}
