//! What a file that no reader takes looks like, so that the message can say
//! what to do with it.

use super::bytes::contains;
use super::syslog::{entry, take_stamp};
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
        // RFC 7489, appendix C.
        let dmarc = has(b"<policy_published") || has(b"<report_metadata");
        return if dmarc { FileKind::DmarcReport } else { FileKind::Xml };
    }
    if text.starts_with(b"#Software: Microsoft Exchange") || text.starts_with(b"#Log-type:") {
        return FileKind::ExchangeOtherLog;
    }
    if matches!(text.first(), Some(b'{' | b'[')) && has(b"\"") {
        return marked(text, &ITEMS).unwrap_or(FileKind::Json);
    }
    // What a table quotes of a log makes it no log.
    let lines = || text.split(|&byte| byte == b'\n').take(20).filter(|line| !line.is_empty());
    if lines().next().is_some_and(is_header) {
        return FileKind::Text;
    }
    if let Some(kind) = lines().find_map(|line| marked(line, &LINES)) {
        return kind;
    }
    if lines().any(|line| take_stamp(line).is_some() && marked(line, &DOVECOT).is_some()) {
        return FileKind::DovecotLog;
    }
    let stamped = lines().filter(|line| is_of_syslog(line)).count();
    if stamped * 2 > lines().count() { FileKind::SystemLog } else { FileKind::Text }
}

/// Texts that stand in one line or item of a log, all of them, and whose log
/// that is.
type Mark = (&'static [&'static [u8]], FileKind);

/// Marks of JSON. Proofpoint on Demand streams messages and lines of its
/// sendmail, Mimecast has two generations.
const ITEMS: [Mark; 6] = [
    (&[b"\"envelope\"", b"\"msgParts\""], FileKind::ProofpointLog),
    (&[b"\"pps\"", b"\"sm\""], FileKind::ProofpointLog),
    (&[b"\"aggregateId\"", b"\"processingId\""], FileKind::MimecastLog),
    (&[b"\"aCode\"", b"\"acc\""], FileKind::MimecastLog),
    (&[b"\"crypt_type_in\""], FileKind::HornetsecurityLog),
    (&[b"\"rmxId\""], FileKind::RetarusLog),
];

/// Marks of lines, of those who keep logs of mail in their own way.
const LINES: [Mark; 20] = [
    // `[NOTICE] [9AD0DDF8-…] [core] connect ip=… port=…`
    (&[b"] [core] ", b"[NOTICE] ["], FileKind::HarakaLog),
    (&[b"] [core] ", b"[INFO] ["], FileKind::HarakaLog),
    (&[b"] [core] ", b"[DEBUG] ["], FileKind::HarakaLog),
    (&[b"] [core] ", b"[PROTOCOL] ["], FileKind::HarakaLog),
    // `… filter_instance1[71]: rprt s=… mod=mail cmd=env_from …`
    (&[b"filter_instance", b" mod="], FileKind::ProofpointLog),
    // `datetime=2021-03-05T18:18:39+0000|aCode=…|acc=C0A0|…`
    (&[b"datetime=", b"|acc="], FileKind::MimecastLog),
    (&[b"CEF:0|Cisco|", b"ESA"], FileKind::CiscoLog),
    (&[b" mail_logs: "], FileKind::CiscoLog),
    // `Wed Jul 20 19:47:40 2005 Info: New SMTP ICID 282204970 interface …`
    (&[b" Info: ", b" ICID "], FileKind::CiscoLog),
    (&[b" Info: ", b" DCID "], FileKind::CiscoLog),
    (&[b" Info: MID "], FileKind::CiscoLog),
    // `date=2023-01-16,time=15:56:24.983,device_id=FEVM…,log_id=…,type=…,pri=…`
    (&[b"device_id=", b"log_id=", b"pri="], FileKind::FortiMailLog),
    // `…;250 2.0.0 Ok;END_SEND;CIPHER=NONE;IDENTITY=NONE;TLS_VER=NONE;…`
    (&[b"TLS_VER=", b"TLS_CSUITE="], FileKind::HornetsecurityLog),
    (&[b"crypt_type=", b"from_hdr="], FileKind::HornetsecurityLog),
    // `2017-02-17 11:20:00,030 INFO  [LmtpServer-1419] [name=…;mid=28;] mailop - …`
    (&[b" [LmtpServer-"], FileKind::ZimbraMailboxLog),
    (&[b" [ImapServer-"], FileKind::ZimbraMailboxLog),
    (&[b" [Pop3Server-"], FileKind::ZimbraMailboxLog),
    (&[b" [ImapSSLServer-"], FileKind::ZimbraMailboxLog),
    (&[b" INFO  [", b";] "], FileKind::ZimbraMailboxLog),
    (&[b" WARN  [", b";] "], FileKind::ZimbraMailboxLog),
];

/// Marks of lines that stand beside those of a mail server in its own log.
const DOVECOT: [Mark; 4] = [
    (&[b" dovecot: "], FileKind::DovecotLog),
    (&[b" dovecot["], FileKind::DovecotLog),
    (&[b" imap-login: "], FileKind::DovecotLog),
    (&[b" pop3-login: "], FileKind::DovecotLog),
];

fn marked(text: &[u8], marks: &[Mark]) -> Option<FileKind> {
    let found = marks.iter().find(|(all, _)| all.iter().all(|part| contains(text, part)));
    found.map(|(_, kind)| *kind)
}

/// Whether a line may be a table's header: names between the same signs, and
/// neither values nor a time.
fn is_header(line: &[u8]) -> bool {
    let several = |sign: u8| line.split(|byte| *byte == sign).count() > 2;
    [b',', b';', b'\t', b'|'].into_iter().any(several)
        && !line.iter().any(|byte| matches!(byte, b'=' | b'[' | b'{'))
        && take_stamp(line).is_none()
}

/// Whether a line is as syslog writes it: a time, a host, a program's name.
fn is_of_syslog(line: &[u8]) -> bool {
    take_stamp(line).is_some_and(|(_, rest)| {
        let entry = entry(rest);
        !entry.host.is_empty() && !entry.program.is_empty()
    })
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
