//! A page of what an endpoint answers, as it comes: unpacked where it is gzip,
//! and looked through for the address of the page behind it. What it says of
//! mail is read later, when all pages are there.

use crate::import::json_text;
use crate::import::open::Gunzip;

/// The longest address of a page, in bytes.
const LONGEST: usize = 8 << 10;
/// As many bytes tell gzip.
const HEAD: usize = 3;

/// A page that comes in chunks of any size.
#[derive(Default)]
pub struct Page {
    head: Vec<u8>,
    head_seen: bool,
    gunzip: Option<Gunzip>,
    scan: Scan,
}

/// What a page was when it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageEnd {
    /// It is all there, and names the page behind it, if there is one.
    Whole(Option<String>),
    /// It is gzip that is cut off or damaged.
    Damaged,
}

impl Page {
    /// Takes a chunk; `plain` gets what is in it, and says whether to go on.
    /// Returns whether to go on.
    pub fn push(&mut self, chunk: &[u8], plain: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        if self.head_seen {
            return self.unpack(chunk, plain);
        }
        self.head.extend_from_slice(chunk);
        self.head.len() < HEAD || self.end_head(plain)
    }

    /// The answer has ended.
    pub fn finish(mut self, plain: &mut dyn FnMut(&[u8]) -> bool) -> PageEnd {
        if !self.head_seen {
            self.end_head(plain);
        }
        if let Some(gunzip) = self.gunzip {
            let end = gunzip.finish();
            if end.cut_off || end.damaged {
                return PageEnd::Damaged;
            }
        }
        PageEnd::Whole(self.scan.next)
    }

    fn end_head(&mut self, plain: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        self.head_seen = true;
        let head = std::mem::take(&mut self.head);
        self.gunzip = Gunzip::is_gzip(&head).then(Gunzip::new);
        self.unpack(&head, plain)
    }

    fn unpack(&mut self, bytes: &[u8], plain: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        let scan = &mut self.scan;
        let mut each = |bytes: &[u8]| {
            scan.push(bytes);
            plain(bytes)
        };
        match &mut self.gunzip {
            Some(gunzip) => gunzip.push(bytes, &mut each),
            None => each(bytes),
        }
    }
}

/// Looks for `next` in the outermost objects of a text, and in what their `end`
/// is, without reading the rest.
#[derive(Default)]
struct Scan {
    /// Brackets that are open.
    depth: u32,
    /// Whether the second of them opened an `end`.
    in_end: bool,
    in_string: bool,
    escaped: bool,
    /// A string as it stands there, with its first quote; empty if too long.
    string: Vec<u8>,
    /// The name whose value comes, as it stands there.
    name: Option<Vec<u8>>,
    next: Option<String>,
}

impl Scan {
    fn push(&mut self, text: &[u8]) {
        for &byte in text {
            if self.in_string {
                self.string_byte(byte);
            } else if byte == b'"' {
                self.in_string = true;
                self.string.clear();
                self.string.push(byte);
            } else {
                self.sign(byte);
            }
        }
    }

    /// Whether names stand here that matter.
    fn looks(&self) -> bool {
        self.depth == 1 || self.depth == 2 && self.in_end
    }

    fn string_byte(&mut self, byte: u8) {
        let ends = byte == b'"' && !self.escaped;
        self.escaped = byte == b'\\' && !self.escaped;
        if self.looks() && !self.string.is_empty() {
            self.string.push(byte);
            if self.string.len() > LONGEST {
                self.string.clear();
            }
        }
        if !ends {
            return;
        }
        self.in_string = false;
        if self.looks() && self.name.take().is_some_and(|name| name == b"\"next\"") {
            // An empty one is none.
            self.next = json_text(&self.string).filter(|next| !next.is_empty());
        }
    }

    fn sign(&mut self, byte: u8) {
        match byte {
            b'{' | b'[' => {
                let name = self.name.take();
                if self.depth == 1 {
                    self.in_end = byte == b'{' && name.is_some_and(|name| name == b"\"end\"");
                }
                self.depth += 1;
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                self.name = None;
            }
            b':' if self.looks() => self.name = Some(std::mem::take(&mut self.string)),
            b',' => self.name = None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop")]

    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::{Page, PageEnd};

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// What a page is found to be, and its text.
    fn read(bytes: &[u8], size: usize) -> (PageEnd, String) {
        let (mut page, mut text) = (Page::default(), Vec::new());
        let mut take = |bytes: &[u8]| {
            text.extend_from_slice(bytes);
            true
        };
        for chunk in bytes.chunks(size) {
            assert!(page.push(chunk, &mut take));
        }
        (page.finish(&mut take), String::from_utf8_lossy(&text).into_owned())
    }

    #[test]
    fn the_next_page_is_found_wherever_it_may_be_named() {
        let next = Some("?a=1&page=2/\u{d55c}");
        for (text, expected) in [
            (r#"{"version":1,"next":"?a=1\u0026page=2\/한","messages":[]}"#, next),
            ("{\"messages\":[{\"next\":\"no\"}], \"next\" : \"?a=1&page=2/한\"\n}", next),
            ("{\"version\":1,\"next\":\"?a=1&page=2/한\"}\n{\"end\":{\"items\":0}}", next),
            ("{\"version\":1}\n{\"end\":{\"items\":0,\"next\":\"?a=1&page=2/한\"}}", next),
            ("{\"version\":1}\n{\"end\":{\"items\":0},\"next\":\"?a=1&page=2/한\"}", next),
            (
                r#"{"a":"next","b":"\"next\":","c":["next","x"],"d":{"next":"no","end":{"next":"no"}}}"#,
                None,
            ),
            (r#"{"next":null,"x":"no"}"#, None),
            (r#"{"next":"","x":"no"}"#, None),
            (r#"{"next":["no"],"x":{"end":{"next":"no"}}}"#, None),
            (r#"[{"next":"no"}]"#, None),
            ("<html>", None),
            ("", None),
            ("{", None),
        ] {
            let end = PageEnd::Whole(expected.map(str::to_owned));
            for size in [1, 2, 7, 1_000] {
                assert_eq!(read(text.as_bytes(), size), (end.clone(), text.to_owned()), "{text}");
                assert_eq!(read(&gzip(text), size), (end.clone(), text.to_owned()), "{text}");
            }
        }
    }

    #[test]
    fn an_address_without_end_is_none() {
        let text = format!(r#"{{"next":"{}","messages":[]}}"#, "x".repeat(20_000));
        assert_eq!(read(text.as_bytes(), 100).0, PageEnd::Whole(None));
    }

    #[test]
    fn gzip_is_told_to_be_cut_off_or_damaged() {
        let packed = gzip(r#"{"version":1,"messages":[]}"#);
        for end in 3..packed.len() {
            assert_eq!(read(&packed[..end], 5).0, PageEnd::Damaged, "{end}");
        }
        let mut damaged = packed.clone();
        let sum = packed.len() - 6;
        damaged[sum] ^= 1;
        assert_eq!(read(&damaged, 5).0, PageEnd::Damaged);
        let joined = [packed.clone(), packed].concat();
        assert_eq!(read(&joined, 5).0, PageEnd::Whole(None));
    }
}
