//! Our reading of mail agrees with that of the `mail-parser` crate.

use std::path::{Path, PathBuf};

use mail_parser::{Message, MessageParser, PartType};
use proptest::prelude::*;

use super::{FieldLine, Head, Header, Lines, Part, Parts, Piece};

/// Name and text of a field, blanks squeezed.
type Named = (String, String);

struct Reading {
    header: Option<Header>,
    head: Head,
    fields: Vec<Named>,
    parts: Option<Parts>,
    found: Vec<Part>,
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Reading {
    fn field(fields: &mut Vec<Named>, head: &mut Head, field: super::Field<'_>) {
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        fields.push((text(field.name).to_lowercase(), squeezed(&text(field.value))));
        head.field(field.name, field.value);
    }

    fn line(&mut self, piece: Piece<'_>) {
        let Self { header, head, fields, parts, found } = self;
        if let Some(open) = header {
            let mut take = |field: super::Field<'_>| Self::field(fields, head, field);
            if open.line(piece, &mut take) == FieldLine::End {
                *header = None;
                *parts = Some(Parts::new(std::mem::take(head), |_| true, 1 << 24));
            }
        } else if let Some(parts) = parts {
            parts.line(piece, &mut |part| found.push(part));
        }
    }
}

/// Header fields and parts of a mail that comes in pieces of these sizes.
fn read(bytes: &[u8], cuts: &[usize]) -> (Vec<Named>, Vec<Part>) {
    let mut reading = Reading {
        header: Some(Header::default()),
        head: Head::default(),
        fields: Vec::new(),
        parts: None,
        found: Vec::new(),
    };
    let mut lines = Lines::default();
    let mut rest = bytes;
    for cut in cuts {
        let (piece, tail) = rest.split_at((*cut).min(rest.len()));
        lines.push(piece, &mut |piece| reading.line(piece));
        rest = tail;
    }
    lines.push(rest, &mut |piece| reading.line(piece));
    lines.finish(&mut |piece| reading.line(piece));
    let Reading { header, head, fields, parts, found } = &mut reading;
    if let Some(header) = header {
        header.end(&mut |field| Reading::field(fields, head, field));
    }
    if let Some(parts) = parts {
        parts.finish(&mut |part| found.push(part));
    }
    (reading.fields, reading.found)
}

/// The leaves of a mail, as the peer reads them: what is text only where it
/// is ASCII, since it decodes character sets.
fn leaves(message: &Message<'_>) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for part in &message.parts {
        match &part.body {
            PartType::Text(text) | PartType::Html(text) => found.push(text.as_bytes().to_vec()),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => found.push(bytes.to_vec()),
            PartType::Message(inner) => found.extend(leaves(inner)),
            PartType::Multipart(_) => {}
        }
    }
    found
}

/// A body without what the two may differ in: characters beyond ASCII, line
/// ends, and blanks at its ends.
fn compared(body: &[u8]) -> String {
    let text: String = String::from_utf8_lossy(body).chars().filter(char::is_ascii).collect();
    squeezed(&text)
}

fn shared_mails() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let mut pending = vec![root.join("eml-received"), root.join("tlsrpt")];
    while let Some(path) = pending.pop() {
        if let Ok(entries) = std::fs::read_dir(&path) {
            pending.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|ending| ending == "eml") && path.exists() {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Samples whose header has lines that lost their indentation: ours go on
/// with the field before, the peer's are fields without a name, or end the
/// header.
const UNFOLDED: [&str; 5] = [
    "lhost-office365-08.eml",
    "lhost-office365-09.eml",
    "lhost-office365-10.eml",
    "lhost-office365-11.eml",
    "lhost-office365-12.eml",
];

/// Samples that are cut inside parts (the peer takes the boundary of the parts
/// around for text, or all of them for one text), and one whose base64 is (ours
/// is what there is of it).
const CUT: [&str; 6] = [
    "lhost-exchange2007-02.eml",
    "rfc3464-61.eml",
    "rfc3464-65.eml",
    "rhost-gsuite-02.eml",
    "rhost-gsuite-12.eml",
    "test.eml",
];

#[test]
fn headers_and_parts_of_real_mail_are_those_that_the_peer_finds() {
    let mails = shared_mails();
    if mails.is_empty() {
        println!("SKIPPED: the shared samples are missing");
    }
    for path in &mails {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut bytes = std::fs::read(path).expect("a sample");
        if !bytes.contains(&b'\n') {
            // The peer does not know CR alone.
            let text = String::from_utf8(bytes).expect("ASCII");
            bytes = text.replace('\r', "\n").into_bytes();
        }
        if bytes.starts_with(b"From ") {
            // Nor a postmark, which is no field.
            let end = bytes.iter().position(|&byte| byte == b'\n').expect("a line");
            bytes.drain(..=end);
        }
        let (fields, parts) = read(&bytes, &[]);
        let message = MessageParser::default().parse(&bytes).expect("a mail");
        let peer = message.headers_raw();
        let peer: Vec<Named> =
            peer.map(|(name, value)| (name.to_lowercase(), squeezed(value))).collect();
        let unfolded = UNFOLDED.contains(&name.as_str());
        // Of one of them the peer finds all fields all the same.
        assert!(fields == peer || unfolded, "{name}: {fields:#?} {peer:#?}");
        let own: Vec<String> = parts.iter().map(|part| compared(&part.body)).collect();
        let peer: Vec<String> = leaves(&message).iter().map(|leaf| compared(leaf)).collect();
        assert_eq!(own != peer, unfolded || CUT.contains(&name.as_str()), "{name}");
    }
}

#[test]
fn parts_of_parts_are_decoded() {
    let mail = "Content-Type: multipart/mixed; boundary=\"a b\"\r\n\r\npreamble\r\n--a b\r\n\
        Content-Type: Multipart/Alternative;\r\n\tcharset=x; boundary=inner\r\n\r\n--inner\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\none =3D=\r\n two  \r\n=F0=9f=98=80=XX\r\n\r\n--inner--\r\n\
        --a b\r\nContent-Type: message/rfc822\r\n\r\nReceived: x\r\nContent-Type: application/x\r\n\
        Content-Transfer-Encoding: base64\r\n\r\naGVs\r\nbG8=\r\n--a b--\r\nepilogue\r\n";
    let (_, parts) = read(mail.as_bytes(), &[]);
    let texts: Vec<_> = parts.iter().map(|part| String::from_utf8_lossy(&part.body)).collect();
    assert_eq!(texts, ["one = two\r\n😀=XX\r\n", "hello"]);
    assert_eq!(parts[1].head.kind, "application/x");
}

#[test]
fn what_is_too_long_is_left_out_and_said_so() {
    let mail = format!(
        "Content-Type: text/plain\nReceived: {}\n\nbody\n{}",
        "x".repeat(100_000),
        "y".repeat((1 << 24) + 1)
    );
    let (fields, parts) = read(mail.as_bytes(), &[]);
    assert!(fields[1].1.len() < 64 << 10);
    assert_eq!((parts[0].body.len(), parts[0].over), (1 << 24, true));
}

proptest! {
    #[test]
    fn pieces_of_a_mail_do_not_matter(
        lines in prop::collection::vec(prop::sample::select(vec![
            "", "a: b", " c", "(d) e", "Content-Type: multipart/x; boundary=q", "--q", "--q--", "f=",
            "Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", "QUJD", "=41=4", "--",
            "Content-Transfer-Encoding: quoted-printable", "Content-Type: a/b; c=\"d\\\"e\"; boundary",
        ]), 0..40),
        end in prop::sample::select(vec!["\r\n", "\n", "\r"]),
        cuts in prop::collection::vec(0_usize..40, 0..20),
    ) {
        let text = lines.join(end);
        let told = |cuts: &[usize]| {
            let (fields, parts) = read(text.as_bytes(), cuts);
            format!("{fields:?} {parts:?}")
        };
        prop_assert_eq!(told(&cuts), told(&[]));
    }
}
