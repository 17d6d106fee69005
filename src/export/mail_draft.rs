//! A mail that a person's mail program opens as a draft: an `.eml` file with
//! `X-Unsent: 1`, a text and tables attached (RFC 5322, RFC 2045).
//!
//! By hand, because `mail-builder` 2.0.1 adds 24 kB of WebAssembly (brotli) to
//! a page, its 0.4.4 adds 11 kB, and this file with the check of addresses 4.5
//! kB. The library also takes boundaries from the clock; here the same draft is
//! the same bytes.
//!
//! All content is base64, so nothing in it can look like a boundary, and no
//! line is longer than 76 octets, but for an address that is.

use time::OffsetDateTime;

use super::address::Address;

/// A mail that is not sent yet. It has no `From`: the mail program fills in
/// whoever sends it.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// One line; what [`Draft::eml`] says of lines goes for it.
    pub subject: &'a str,
    /// Recipients; there may be none.
    pub to: &'a [Address],
    /// When the draft was made, in seconds since 1970 (UTC).
    pub date: i64,
    /// The text of the mail, with line breaks of any kind.
    pub text: &'a str,
    /// Tables that go with it.
    pub attachments: &'a [Attachment<'a>],
}

/// A table that goes with a [`Draft`].
#[derive(Clone, Copy, Debug)]
pub struct Attachment<'a> {
    /// Name of the file, without a folder.
    pub name: &'a str,
    /// The table, as [`csv`](super::csv) writes it; handed on octet by octet.
    pub csv: &'a str,
}

impl Draft<'_> {
    /// The draft as a file.
    ///
    /// Subject and names are one line each, whatever they hold: line breaks
    /// and tabs become blanks, other controls and what turns the direction of
    /// writing are left out. In a name, signs that Windows does not take
    /// become `_`. A date beyond the years 1900 to 9999 is left out, since
    /// RFC 5322 has no words for it.
    pub fn eml(&self) -> String {
        self.written(String::from("X-Unsent: 1\r\n"))
    }

    /// The same as a mail that is ready to be sent (RFC 5322 3.6): `from` sends
    /// it, and `id` is its Message-ID, of which only signs that may stand in
    /// one are taken.
    pub fn mail(&self, from: &Address, id: &str) -> String {
        let id: String =
            id.chars().filter(|c| c.is_ascii_alphanumeric() || ".-@".contains(*c)).collect();
        self.written(["From: ", from.as_str(), "\r\nMessage-ID: <", &id, ">\r\n"].concat())
    }

    /// The mail with these header fields before its own.
    fn written(&self, mut out: String) -> String {
        out.push_str("MIME-Version: 1.0\r\n");
        write_subject(self.subject, &mut out);
        write_recipients(self.to, &mut out);
        write_date(self.date, &mut out);
        let boundary = self.boundary();
        let parts = ["Content-Type: multipart/mixed; boundary=\"", &boundary, "\"\r\n"];
        out.push_str(&parts.concat());

        let between = ["\r\n--", &boundary].concat();
        out.push_str(&between);
        out.push_str("\r\nContent-Type: text/plain; charset=utf-8\r\n");
        write_content(&network_lines(self.text), &mut out);
        for attachment in self.attachments {
            out.push_str(&between);
            out.push_str(
                "\r\nContent-Type: text/csv; charset=utf-8\r\nContent-Disposition: attachment",
            );
            write_file_name(&file_name(attachment.name), &mut out);
            out.push_str("\r\n");
            write_content(attachment.csv, &mut out);
        }
        out.push_str(&between);
        out.push_str("--\r\n");
        out
    }

    /// A boundary of the content's own (its FNV-1a hash), so that a draft in
    /// a draft has another. It cannot occur in the content: base64 has no
    /// underscore, and no header starts with a dash.
    fn boundary(&self) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        let mut add = |text: &str| {
            // 0xff is in no text: "ab", "c" is not "a", "bc".
            for octet in text.bytes().chain([0xff]) {
                hash = (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3);
            }
        };
        add(self.subject);
        add(self.text);
        for attachment in self.attachments {
            add(attachment.name);
            add(attachment.csv);
        }
        let mut boundary = String::from("=_");
        for octet in hash.to_be_bytes() {
            push_hex(octet, &mut boundary);
        }
        boundary
    }
}

/// Signs of a subject that stands as it is, on one line of 78.
const PLAIN_SUBJECT: usize = 69;
/// Octets in an encoded word of 64 signs, which with `Subject: ` stay below
/// the 76 of RFC 2047.
const WORD: usize = 39;
/// Signs in a line of base64 are four thirds of this (RFC 2045 6.8).
const BASE64_LINE: usize = 57;
/// Signs of a piece of a file name, which with ` filename*NN*=UTF-8''` and a
/// semicolon stay below 78.
const NAME_PIECE: usize = 52;

fn write_subject(subject: &str, out: &mut String) {
    let subject = one_line(subject);
    if subject.is_empty() {
        return;
    }
    out.push_str("Subject:");
    let plain = subject.is_ascii() && subject.len() <= PLAIN_SUBJECT && !subject.contains("=?");
    if plain {
        out.push(' ');
        out.push_str(&subject);
    } else {
        // The blanks between encoded words are not part of the text, and a
        // character may not be cut in two (RFC 2047 5).
        for (index, word) in pieces(&subject, WORD, &char::len_utf8).into_iter().enumerate() {
            out.push_str(if index == 0 { " =?utf-8?B?" } else { "\r\n =?utf-8?B?" });
            write_base64(word.as_bytes(), out);
            out.push_str("?=");
        }
    }
    out.push_str("\r\n");
}

fn write_recipients(to: &[Address], out: &mut String) {
    for (index, address) in to.iter().enumerate() {
        out.push_str(if index == 0 { "To: " } else { ",\r\n " });
        out.push_str(address.as_str());
    }
    if !to.is_empty() {
        out.push_str("\r\n");
    }
}

/// The date of RFC 5322 3.3, such as `Mon, 5 Jan 2026 07:08:09 +0000`.
fn write_date(seconds: i64, out: &mut String) {
    let Ok(date) = OffsetDateTime::from_unix_timestamp(seconds) else { return };
    if !(1900..=9999).contains(&date.year()) {
        return;
    }
    // Three signs a name, Monday and January first.
    let days = "MonTueWedThuFriSatSun";
    let months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let name = |names: &'static str, index: u8| {
        let start = usize::from(index) * 3;
        names.get(start..start + 3).unwrap_or_default()
    };
    out.push_str("Date: ");
    out.push_str(name(days, date.weekday().number_days_from_monday()));
    out.push_str(", ");
    out.push_str(&date.day().to_string());
    out.push(' ');
    out.push_str(name(months, u8::from(date.month()) - 1));
    out.push(' ');
    out.push_str(&date.year().to_string());
    for (index, number) in [date.hour(), date.minute(), date.second()].into_iter().enumerate() {
        out.push(if index == 0 { ' ' } else { ':' });
        out.push(char::from(b'0' + number / 10));
        out.push(char::from(b'0' + number % 10));
    }
    out.push_str(" +0000\r\n");
}

/// The parameter `filename`, plain or as RFC 2231 has it.
fn write_file_name(name: &str, out: &mut String) {
    if name.is_ascii() && name.len() <= NAME_PIECE {
        // `file_name` left no quote and no backslash.
        out.push_str(&[";\r\n filename=\"", name, "\""].concat());
        return;
    }
    let pieces = pieces(name, NAME_PIECE, &|c| {
        if is_attribute_char(c) { 1 } else { 3 * c.len_utf8() }
    });
    let several = pieces.len() > 1;
    for (index, piece) in pieces.into_iter().enumerate() {
        out.push_str(";\r\n filename*");
        if several {
            out.push_str(&index.to_string());
            out.push('*');
        }
        out.push_str(if index == 0 { "=UTF-8''" } else { "=" });
        for c in piece.chars() {
            if is_attribute_char(c) {
                out.push(c);
            } else {
                for &octet in c.encode_utf8(&mut [0; 4]).as_bytes() {
                    out.push('%');
                    push_hex(octet, out);
                }
            }
        }
    }
}

/// What stands for itself in an extended parameter; RFC 2231 has a few more.
fn is_attribute_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')
}

/// Cuts `text` into pieces whose characters are at most `longest` wide
/// together.
fn pieces<'a>(text: &'a str, longest: usize, width: &dyn Fn(char) -> usize) -> Vec<&'a str> {
    let (mut found, mut start, mut used) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        if used + width(c) > longest {
            found.push(&text[start..at]);
            (start, used) = (at, 0);
        }
        used += width(c);
    }
    found.push(&text[start..]);
    found
}

/// The text as one line that keeps its direction: a header cannot end early,
/// and a name cannot show another ending than it has.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for c in text.chars() {
        match c {
            '\t' | '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            _ if c.is_control() || turns_direction(c) => {}
            _ => line.push(c),
        }
    }
    line.trim().to_owned()
}

fn turns_direction(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A name that every system takes.
fn file_name(name: &str) -> String {
    let name = one_line(name).replace(['"', '\\', '/', ':', '*', '?', '<', '>', '|'], "_");
    // Windows drops dots and blanks at the end without a word.
    let name = name.trim_end_matches(['.', ' ']);
    if name.is_empty() { "table.csv".to_owned() } else { name.to_owned() }
}

/// The text with CRLF at every line's end, as RFC 2045 6.8 wants it encoded.
fn network_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
}

/// Ends the headers of a part and writes what it holds.
fn write_content(content: &str, out: &mut String) {
    out.push_str("Content-Transfer-Encoding: base64\r\n\r\n");
    for line in content.as_bytes().chunks(BASE64_LINE) {
        write_base64(line, out);
        out.push_str("\r\n");
    }
}

fn write_base64(octets: &[u8], out: &mut String) {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for group in octets.chunks(3) {
        let octet = |index: usize| u32::from(group.get(index).copied().unwrap_or_default());
        let bits = octet(0) << 16 | octet(1) << 8 | octet(2);
        for place in 0..4 {
            // Two signs for one octet, three for two.
            let sign = SIGNS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place > group.len() { '=' } else { char::from(sign) });
        }
    }
}

fn push_hex(octet: u8, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push(char::from(DIGITS[usize::from(octet >> 4)]));
    out.push(char::from(DIGITS[usize::from(octet & 15)]));
}

#[cfg(test)]
mod tests {
    use mail_parser::{Message, MessageParser, MimeHeaders};
    use proptest::prelude::*;

    use super::super::address::{address, addresses};
    use super::*;

    const NEW_YEAR: i64 = 1_767_596_889;

    fn draft<'a>(subject: &'a str, text: &'a str, attachments: &'a [Attachment<'a>]) -> Draft<'a> {
        Draft { subject, to: &[], date: NEW_YEAR, text, attachments }
    }

    fn read(eml: &str) -> Message<'_> {
        MessageParser::default().parse(eml).unwrap()
    }

    fn assert_lines(eml: &str) {
        assert!(eml.ends_with("\r\n"));
        assert!(eml.bytes().all(|octet| octet != 0));
        let without = eml.replace("\r\n", "");
        assert!(!without.contains(['\r', '\n']), "only CRLF ends a line");
        for line in eml.lines() {
            assert!(line.len() <= 78 || line.contains('@'), "{line:?}");
            assert!(line.len() <= 998, "{line:?}");
        }
    }

    /// Holds `mail-parser` to what was drafted.
    fn assert_read_back(draft: &Draft<'_>, subject: &str, names: &[&str]) {
        let eml = draft.eml();
        assert_lines(&eml);
        let mail = read(&eml);
        let headers: Vec<_> = mail.headers().iter().map(mail_parser::Header::name).collect();
        let mut expected = vec!["X-Unsent", "MIME-Version"];
        expected.extend((!subject.is_empty()).then_some("Subject"));
        expected.extend((!draft.to.is_empty()).then_some("To"));
        expected.extend(["Date", "Content-Type"]);
        assert_eq!(headers, expected);
        assert_eq!(mail.header("X-Unsent").unwrap().as_text(), Some("1"));
        assert_eq!(mail.subject().unwrap_or_default(), subject);
        assert_eq!(mail.date().unwrap().to_timestamp(), draft.date);
        let to: Vec<_> = mail
            .to()
            .into_iter()
            .flat_map(|to| to.iter().map(|one| one.address().unwrap().to_owned()))
            .collect();
        assert_eq!(to, draft.to.iter().map(|one| one.as_str().to_owned()).collect::<Vec<_>>());
        assert_eq!(mail.parts[1].contents(), network_lines(draft.text).as_bytes());
        assert_eq!(mail.parts.len(), 2 + draft.attachments.len());
        for (part, (wanted, name)) in
            mail.parts[2..].iter().zip(draft.attachments.iter().zip(names))
        {
            assert_eq!(part.attachment_name(), Some(*name));
            assert_eq!(part.contents(), wanted.csv.as_bytes());
            assert!(part.content_disposition().unwrap().is_attachment());
            assert!(part.is_content_type("text", "csv"));
        }
    }

    #[test]
    fn a_draft_reads_like_this() {
        let to = addresses("anna@example.org, kim@example.com").unwrap();
        let attachments = [Attachment { name: "flow.csv", csv: "\u{feff}a,b\r\n1,2\r\n" }];
        let draft = Draft { to: &to, ..draft("Mail flow", "Hello,\nall is well.\n", &attachments) };
        assert_eq!(
            draft.eml().replace("\r\n", "\n"),
            "X-Unsent: 1
MIME-Version: 1.0
Subject: Mail flow
To: anna@example.org,
 kim@example.com
Date: Mon, 5 Jan 2026 07:08:09 +0000
Content-Type: multipart/mixed; boundary=\"=_BOUNDARY\"

--=_BOUNDARY
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

SGVsbG8sDQphbGwgaXMgd2VsbC4NCg==

--=_BOUNDARY
Content-Type: text/csv; charset=utf-8
Content-Disposition: attachment;
 filename=\"flow.csv\"
Content-Transfer-Encoding: base64

77u/YSxiDQoxLDINCg==

--=_BOUNDARY--
"
            .replace("=_BOUNDARY", &draft.boundary())
        );
        assert_read_back(&draft, "Mail flow", &["flow.csv"]);
    }

    #[test]
    fn any_script_is_read_back() {
        let to = addresses("홍길동@예시.한국; משה@דוגמה.ישראל").unwrap();
        let korean = "전송 보안 요약: 지난 90일 동안의 메일 흐름과 SMTP 인증 클라이언트";
        let hebrew = "אבטחת דואר 🔒 e\u{301}";
        let name = format!("{korean} (1).csv").replace(':', "_");
        let attachments = [
            Attachment { name: &name, csv: "이름,수\r\n가,1\r\n" },
            Attachment { name: hebrew, csv: "" },
        ];
        for subject in [korean, hebrew] {
            let draft = Draft { to: &to, ..draft(subject, korean, &attachments) };
            assert_read_back(&draft, subject, &[&name, hebrew]);
        }
    }

    #[test]
    fn headers_cannot_be_injected() {
        let attachments = [Attachment {
            name: "a.csv\"\r\nContent-Type: text/html\r\n\r\n<b>\\\0.csv",
            csv: "--=_\r\n.\r\n",
        }];
        let draft =
            draft("Hi\r\nBcc: eve@example.org\r\n\r\nbody\0\u{7f}\u{85}x", "--=_", &attachments);
        assert_read_back(
            &draft,
            "Hi Bcc: eve@example.org body x",
            &["a.csv_ Content-Type_ text_html _b__.csv"],
        );
    }

    #[test]
    fn encoded_words_in_a_subject_stay_text() {
        let subject = "=?utf-8?q?=0D=0ABcc:?=";
        assert_read_back(&draft(subject, "", &[]), subject, &[]);
    }

    #[test]
    fn what_turns_the_direction_is_left_out() {
        let attachments = [Attachment { name: "report\u{202e}vsc.exe\u{2066}", csv: "x" }];
        assert_read_back(&draft("a\u{202e}b\u{200f}", "", &attachments), "ab", &["reportvsc.exe"]);
    }

    #[test]
    fn long_names_and_subjects_are_folded() {
        let ascii = "long name ".repeat(200);
        let korean = "가나다".repeat(667);
        for text in [ascii.trim(), &korean] {
            let name = format!("{text}.csv");
            let attachments = [Attachment { name: &name, csv: "x" }];
            assert_read_back(&draft(text, text, &attachments), text, &[&name]);
        }
    }

    #[test]
    fn a_name_is_never_empty() {
        for name in ["", " ", "...", "\r\n", "\u{202e}"] {
            let attachments = [Attachment { name, csv: "" }];
            assert_read_back(&draft("", "", &attachments), "", &["table.csv"]);
        }
    }

    #[test]
    fn the_longest_addresses_fit() {
        let local = "가".repeat(21);
        let long = format!("{local}@{}.{}.org", "b".repeat(63), "c".repeat(63));
        let to = vec![address(&long).unwrap(); 50];
        assert_read_back(&Draft { to: &to, ..draft("s", "", &[]) }, "s", &[]);
    }

    #[test]
    fn dates_are_those_of_rfc_5322() {
        let date = |seconds| {
            let mut out = String::new();
            write_date(seconds, &mut out);
            out
        };
        assert_eq!(date(0), "Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n");
        assert_eq!(date(1_709_251_199), "Date: Thu, 29 Feb 2024 23:59:59 +0000\r\n");
        assert_eq!(date(1_703_980_800), "Date: Sun, 31 Dec 2023 00:00:00 +0000\r\n");
        for beyond in [i64::MIN, -2_208_988_801, 253_402_300_800, i64::MAX] {
            assert_eq!(date(beyond), "");
        }
    }

    #[test]
    fn the_same_draft_is_the_same_bytes_and_another_has_another_boundary() {
        let one = draft("a", "bc", &[]);
        assert_eq!(one.eml(), one.eml());
        assert_ne!(one.boundary(), draft("ab", "c", &[]).boundary());
    }

    proptest! {
        #[test]
        fn whatever_is_drafted_is_read_back(
            subject in "(?s).{0,120}", text in "(?s).{0,200}",
            files in prop::collection::vec(("(?s).{0,90}", "(?s).{0,200}"), 0..3),
        ) {
            let attachments: Vec<_> =
                files.iter().map(|(name, csv)| Attachment { name, csv }).collect();
            let names: Vec<_> = files.iter().map(|(name, _)| file_name(name)).collect();
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            let draft = draft(&subject, &text, &attachments);
            assert_read_back(&draft, &one_line(&subject), &names);
        }
    }
}
