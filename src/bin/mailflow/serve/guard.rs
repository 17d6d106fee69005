//! Who may ask, and what every answer carries.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, HOST, ORIGIN, WWW_AUTHENTICATE,
};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use mailflow::text::{Language, ServeTexts};

use super::desk::refused;
use super::{App, REPORT_REQUESTS, log};

/// Header fields of every answer, unless it has its own.
pub(super) const FIELDS: [(&str, &str); 7] = [
    ("cache-control", "no-store"),
    // The page's own policy cannot say this: RFC 9110 knows no such field in
    // a document.
    ("content-security-policy", "frame-ancestors 'none'"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
];

/// Signs of a token at least: fewer can be guessed.
const SHORTEST_TOKEN: usize = 16;

/// The other end of a connection.
#[derive(Clone, Copy)]
pub(super) struct Peer(pub(super) SocketAddr);

/// What a request must have.
pub(super) struct Guard {
    /// Names of this server, beside localhost and IP addresses.
    hosts: Vec<String>,
    token: Option<Token>,
}

/// A token, hashed: hashes are compared in constant time, and tell no length.
pub(super) struct Token(blake3::Hash);

impl Token {
    /// # Errors
    ///
    /// Why it is no token, for people.
    pub(super) fn new(text: &str) -> Result<Self, String> {
        if text.len() < SHORTEST_TOKEN {
            return Err(format!("a token has {SHORTEST_TOKEN} signs or more"));
        }
        if !text.bytes().all(|sign| sign.is_ascii_graphic()) {
            return Err("a token is one line of ASCII letters, digits and signs".to_owned());
        }
        Ok(Self(blake3::hash(text.as_bytes())))
    }

    fn is(&self, text: &str) -> bool {
        self.0 == blake3::hash(text.as_bytes())
    }
}

impl Guard {
    pub(super) fn new(hosts: Vec<String>, token: Option<Token>) -> Self {
        Self { hosts, token }
    }

    /// The answer to a request that may not be served.
    fn refuse(&self, request: &Request, texts: &ServeTexts) -> Option<Response> {
        // Where reports are requested, whatever is answered is an outcome.
        let requested = request.uri().path() == REPORT_REQUESTS;
        let said = if requested { refused } else { said };
        if !self.names_us(request) {
            return Some(said(StatusCode::MISDIRECTED_REQUEST, texts.other_host));
        }
        if !request.uri().path().starts_with("/api/") {
            return None;
        }
        if is_of_other_site(request.headers()) {
            return Some(said(StatusCode::FORBIDDEN, texts.other_site));
        }
        let token = self.token.as_ref()?;
        let given = bearer(request.headers());
        if given.is_some_and(|given| token.is(given)) {
            return None;
        }
        let (text, scheme) = if given.is_some() {
            (texts.token_wrong, "Bearer realm=\"mailflow\", error=\"invalid_token\"")
        } else {
            (texts.token_needed, "Bearer realm=\"mailflow\"")
        };
        let mut answer = said(StatusCode::UNAUTHORIZED, text);
        answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(scheme));
        Some(answer)
    }

    /// Whether a request is meant for this server. A page of another site can
    /// have its own name lead here (DNS rebinding), and then its browser says
    /// that name.
    fn names_us(&self, request: &Request) -> bool {
        let mut named = request.headers().get_all(HOST).iter();
        let (Some(host), None) = (named.next(), named.next()) else { return false };
        let host = host.to_str().ok().and_then(|host| host.parse::<Authority>().ok());
        host.is_some_and(|host| self.is_own(host.host()))
            && request.uri().host().is_none_or(|host| self.is_own(host))
    }

    fn is_own(&self, host: &str) -> bool {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        bare.parse::<IpAddr>().is_ok()
            || host.eq_ignore_ascii_case("localhost")
            || self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host))
    }
}

/// What stands behind `Authorization: Bearer`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whether a browser says that a page of another site asks.
fn is_of_other_site(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    site.is_some_and(|site| site != b"same-origin" && site != b"none")
}

/// Whether the page of this server asks, and not that of another site.
pub(super) fn is_of_our_page(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    // The browser's own word, which no page can change; it tells also where a
    // server stands between that changes the host's name.
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text(ORIGIN.as_str()) else { return false };
    let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    host.is_some() && host == text(HOST.as_str())
}

/// The texts in the language that is asked for.
pub(super) fn language(headers: &HeaderMap) -> Language {
    let tags = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let tags = tags.unwrap_or_default().split(',');
    Language::preferred(tags.map(|tag| tag.split(';').next().unwrap_or_default().trim()))
}

/// An answer of words alone.
pub(super) fn said(status: StatusCode, text: &str) -> Response {
    let mut answer = Response::new(Body::from(format!("{text}\n")));
    *answer.status_mut() = status;
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    answer.headers_mut().insert(CONTENT_TYPE, plain);
    answer
}

/// Lets a request through or refuses it, and writes a line of it: neither what
/// stands behind `?` nor a header field, which may be secret.
pub(super) async fn watch(
    State(app): State<Arc<App>>,
    Extension(Peer(peer)): Extension<Peer>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let line = format!("{} {} {}", peer.ip(), request.method(), request.uri().path());
    let texts = language(request.headers()).serve_texts();
    let answer = match app.guard.refuse(&request, texts) {
        Some(refusal) => refusal,
        None => next.run(request).await,
    };
    log(&format!("{line} {} {} ms", answer.status().as_u16(), begun.elapsed().as_millis()));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(fields: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (name.parse().unwrap(), HeaderValue::from_str(value).unwrap())
        };
        fields.iter().map(pair).collect()
    }

    #[test]
    fn names_that_are_not_ours_are_told() {
        let guard = Guard::new(vec!["Mail.Contoso.example".to_owned()], None);
        let fits = |host: &str, target: &str| {
            let request = Request::builder().uri(target).header(HOST, host).body(Body::empty());
            guard.names_us(&request.unwrap())
        };
        for host in [
            "localhost",
            "LOCALHOST:8080",
            "127.0.0.1:80",
            "[::1]:8080",
            "192.0.2.7",
            "mail.contoso.example:8080",
        ] {
            assert!(fits(host, "/"), "{host}");
        }
        for host in
            ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "a b", "a@b@c"]
        {
            assert!(!fits(host, "/"), "{host}");
        }
        assert!(!fits("localhost", "http://evil.example/"));
    }

    #[test]
    fn only_our_page_may_post() {
        let host = ("host", "127.0.0.1:8080");
        let own = ("origin", "http://127.0.0.1:8080");
        assert!(is_of_our_page(&fields(&[host, own])));
        assert!(is_of_our_page(&fields(&[host, ("sec-fetch-site", "same-origin")])));
        for other in [
            &[host][..],
            &[host, ("origin", "null")],
            &[host, ("origin", "http://evil.example")],
            &[host, ("origin", "http://127.0.0.1:8081")],
            &[host, ("origin", "127.0.0.1:8080")],
            &[host, own, ("sec-fetch-site", "cross-site")],
            &[host, own, ("sec-fetch-site", "same-site")],
            &[host, own, ("sec-fetch-site", "none")],
        ] {
            assert!(!is_of_our_page(&fields(other)), "{other:?}");
        }
    }

    #[test]
    fn a_token_is_long_and_one_line() {
        assert!(Token::new("0123456789abcde").is_err());
        assert!(Token::new("0123456789 abcdef").is_err());
        let token = Token::new("0123456789abcdef").unwrap();
        assert!(token.is("0123456789abcdef"));
        assert!(!token.is("0123456789abcdeF"));
        assert!(!token.is(""));
    }
}
