//! An answer as it is kept: compressed once, so that it costs neither memory
//! nor time again when many ask for it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};
use zlib_rs::{Inflate, InflateFlush};

use crate::save::gzip;

/// A gzip member, in the numbers of zlib: a window of 2^15 bytes, and 16 for
/// the format.
const GZIP: u8 = 15 + 16;
const CHUNK: usize = 64 << 10;

/// A body, compressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    gzip: Bytes,
    length: u64,
    media_type: &'static str,
}

impl Stored {
    /// # Errors
    ///
    /// The compressor's, which has none but for a fault of its own.
    pub(super) fn new(plain: &[u8], media_type: &'static str) -> io::Result<Self> {
        let gzip = gzip(plain)?;
        Ok(Self { gzip: Bytes::from(gzip), length: plain.len() as u64, media_type })
    }

    /// The answer to a request with these header fields: in gzip where that is
    /// taken.
    pub(super) fn answer(&self, asked: &HeaderMap) -> Response {
        let mut answer = if preference(asked, &ACCEPT_ENCODING, "gzip") > 0 {
            let mut answer = Response::new(Body::from(self.gzip.clone()));
            answer.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            answer
        } else {
            let mut answer = Response::new(Body::new(Inflating::new(self)));
            // Else it is not said in answer to HEAD.
            answer.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(self.length));
            answer
        };
        let headers = answer.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        answer
    }
}

/// An answer with its tag, or 304 where that is known already. `by` names the
/// header fields that another answer may depend on.
pub(super) fn tagged(
    asked: &HeaderMap,
    tag: &HeaderValue,
    by: &'static str,
    answer: impl FnOnce() -> Response,
) -> Response {
    let mut answer = if is_known(asked, tag) {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        answer
    } else {
        answer()
    };
    answer.headers_mut().insert(ETAG, tag.clone());
    answer.headers_mut().insert(VARY, HeaderValue::from_static(by));
    answer
}

/// A tag of the content. It is weak, since compressed and plain are other
/// bytes (RFC 9110 8.8.1).
pub(super) fn tag(content: &[u8]) -> HeaderValue {
    let hash = blake3::hash(content).to_hex();
    let short = hash.get(..32).unwrap_or_default();
    // Digits are no bad value.
    HeaderValue::try_from(format!("W/\"{short}\"")).unwrap_or(HeaderValue::from_static("W/\"\""))
}

/// Whether `If-None-Match` holds the tag (RFC 9110 13.1.2).
fn is_known(asked: &HeaderMap, tag: &HeaderValue) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let Ok(own) = tag.to_str().map(opaque) else { return false };
    let values = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|known| {
        let known = opaque(known);
        known == own || known == "*"
    })
}

/// Whether lines of JSON are liked as much as one JSON: a client that names
/// them can read them.
pub(super) fn prefers_lines(asked: &HeaderMap) -> bool {
    let lines = preference(asked, &ACCEPT, "application/x-ndjson");
    lines > 0 && lines >= preference(asked, &ACCEPT, "application/json")
}

/// How much a client likes something that it names, in thousandths (RFC 9110
/// 12.4.2); 0 for not at all.
fn preference(asked: &HeaderMap, field: &HeaderName, wanted: &str) -> u32 {
    let values = asked.get_all(field).iter().filter_map(|value| value.to_str().ok());
    let named = values.flat_map(|value| value.split(',')).find_map(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(wanted));
        named.then(|| {
            parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q="))).map_or(
                1_000,
                |weight| {
                    let weight: f32 = weight.parse().unwrap_or_default();
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "from 0 to 1000"
                    )]
                    let thousandths = (weight.clamp(0.0, 1.0) * 1_000.0) as u32;
                    thousandths
                },
            )
        })
    });
    named.unwrap_or_default()
}

/// A body that is unpacked while it is sent.
struct Inflating {
    gzip: Bytes,
    at: usize,
    left: u64,
    stream: Inflate,
}

impl Inflating {
    fn new(stored: &Stored) -> Self {
        let (gzip, left) = (stored.gzip.clone(), stored.length);
        Self { gzip, at: 0, left, stream: Inflate::new(true, GZIP) }
    }

    fn next(&mut self) -> io::Result<Bytes> {
        let most = usize::try_from(self.left).map_or(CHUNK, |left| left.min(CHUNK));
        let mut chunk = vec![0; most];
        let (read, written) = (self.stream.total_in(), self.stream.total_out());
        self.stream
            .decompress(
                self.gzip.get(self.at..).unwrap_or_default(),
                &mut chunk,
                InflateFlush::NoFlush,
            )
            .map_err(|error| io::Error::other(error.as_str()))?;
        let written = self.stream.total_out() - written;
        if written == 0 {
            return Err(io::Error::other("the answer ends too early"));
        }
        self.at += usize::try_from(self.stream.total_in() - read).unwrap_or_default();
        self.left -= written;
        chunk.truncate(usize::try_from(written).unwrap_or_default());
        Ok(Bytes::from(chunk))
    }
}

impl HttpBody for Inflating {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let next = self.next();
        if next.is_err() {
            self.left = 0;
        }
        Poll::Ready(Some(next.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn headers(field: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(field, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn what_is_stored_comes_back() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 7] {
            let plain: Vec<u8> = (0..length).map(|at| at.to_le_bytes()[at % 3]).collect();
            let stored = Stored::new(&plain, "text/plain").unwrap();
            let mut by_others = Vec::new();
            flate2::read::GzDecoder::new(&*stored.gzip).read_to_end(&mut by_others).unwrap();
            assert!(by_others == plain, "{length} bytes by another library");
            let mut body = Inflating::new(&stored);
            let mut own = Vec::new();
            while body.left > 0 {
                own.extend_from_slice(&body.next().unwrap());
            }
            assert!(own == plain, "{length} bytes by our own");
        }
    }

    #[test]
    fn lines_are_for_those_who_name_them() {
        for (accept, lines) in [
            ("application/x-ndjson, application/json", true),
            ("application/json, application/x-ndjson", true),
            ("application/x-ndjson;q=0.5, application/json", false),
            ("application/x-ndjson; q=1, application/json; q=0.9", true),
            ("application/x-ndjson;q=0", false),
            ("application/json", false),
            ("*/*", false),
        ] {
            assert_eq!(prefers_lines(&headers(ACCEPT, accept)), lines, "{accept}");
        }
    }

    #[test]
    fn gzip_is_for_those_who_take_it() {
        for (accept, taken) in [
            ("gzip, deflate, br", true),
            ("GZIP;q=0.1", true),
            ("gzip;q=0", false),
            ("gzip;q=nonsense", false),
            ("identity", false),
            ("gzipped", false),
        ] {
            let headers = headers(ACCEPT_ENCODING, accept);
            assert_eq!(preference(&headers, &ACCEPT_ENCODING, "gzip") > 0, taken, "{accept}");
        }
    }

    #[test]
    fn tags_are_compared_weakly() {
        let own = tag(b"content");
        let text = own.to_str().unwrap();
        let strong = text.trim_start_matches("W/");
        for (known, same) in [
            (text.to_owned(), true),
            (strong.to_owned(), true),
            (format!("\"other\", {text}"), true),
            ("*".to_owned(), true),
            ("\"other\"".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(is_known(&headers(IF_NONE_MATCH, &known), &own), same, "{known}");
        }
        assert_ne!(tag(b"other"), own);
    }
}
