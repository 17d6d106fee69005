//! The page's files, kept in memory: a request can name nothing but what was
//! found in the folder.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::sleep;
use std::time::{Duration, Instant};

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use percent_encoding::percent_decode_str;

use super::folder::{Listing, Settling};
use super::log;
use super::stored::{Stored, tag, tagged};

/// More is no page.
const MOST_FILES: usize = 1_000;
const MOST_BYTES: u64 = 64 << 20;
/// How often the folder is looked at.
const LOOK: Duration = Duration::from_secs(2);

/// The media types of what a page is made of.
const TYPES: [(&str, &str); 12] = [
    ("css", "text/css; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("map", "application/json"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
    ("woff2", "font/woff2"),
];

/// The page's script that keeps it in the browser. The policy in the page does
/// not bind it.
const SERVICE_WORKER: &str = "service-worker.js";
/// So it has one of its own: it asks its own host, and nobody else.
const ITS_POLICY: &str = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

struct SiteFile {
    body: Stored,
    tag: HeaderValue,
    cache: HeaderValue,
}

type Files = HashMap<String, SiteFile>;

/// The page as it is served.
#[derive(Clone, Default)]
pub(super) struct Site(Arc<RwLock<Arc<Files>>>);

impl Site {
    /// Reads a page, and again when it has changed.
    ///
    /// # Errors
    ///
    /// Why it is no page, for people.
    pub(super) fn of(folder: PathBuf) -> Result<Self, String> {
        let listing = listing(&folder)?;
        let site = Self(Arc::new(RwLock::new(Arc::new(files(&listing)?))));
        let mut settling = Settling::new();
        settling.was_read(listing, Duration::ZERO, Instant::now());
        let watched = site.clone();
        std::thread::spawn(move || watched.watch(&folder, settling));
        Ok(site)
    }

    fn watch(&self, folder: &Path, mut settling: Settling<Listing>) {
        loop {
            sleep(LOOK);
            // While a page is built its folder is gone for a moment.
            let Ok(listing) = listing(folder) else { continue };
            let begun = Instant::now();
            if settling.is_due(&listing, begun) {
                match files(&listing) {
                    Ok(files) => {
                        let files = Arc::new(files);
                        *self.0.write().unwrap_or_else(PoisonError::into_inner) = files;
                        log("the page has changed and was read again");
                    }
                    Err(why) => log(&format!("{why}; the last page stands")),
                }
                settling.was_read(listing, begun.elapsed(), Instant::now());
            }
        }
    }

    /// Whether there is no page at all.
    pub(super) fn is_empty(&self) -> bool {
        self.files().is_empty()
    }

    fn files(&self) -> Arc<Files> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The file at a path, as the address has it.
    pub(super) fn answer(&self, path: &str, asked: &HeaderMap) -> Option<Response> {
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let name = path.strip_prefix('/')?;
        let files = self.files();
        let file = files.get(if name.is_empty() { "index.html" } else { name })?;
        let by = "Accept-Encoding";
        let mut answer = tagged(asked, &file.tag, by, || file.body.answer(asked));
        answer.headers_mut().insert(CACHE_CONTROL, file.cache.clone());
        if name == SERVICE_WORKER {
            let policy = HeaderValue::from_static(ITS_POLICY);
            answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
        }
        Some(answer)
    }
}

/// What of a folder is a page's: links that lead out of it are not.
fn listing(folder: &Path) -> Result<Listing, String> {
    let said = |error: std::io::Error| format!("{}: {error}", folder.display());
    let root = folder.canonicalize().map_err(said)?;
    let mut listing = Listing::of(folder).map_err(said)?;
    listing.files.retain(|file| file.path.canonicalize().is_ok_and(|path| path.starts_with(&root)));
    let bytes: u64 = listing.files.iter().map(|file| file.size).sum();
    if listing.files.len() > MOST_FILES || bytes > MOST_BYTES {
        return Err(format!("{} holds more than a page has", folder.display()));
    }
    if listing.files.iter().all(|file| file.name != "index.html") {
        return Err(format!("{} has no index.html", folder.display()));
    }
    Ok(listing)
}

fn files(listing: &Listing) -> Result<Files, String> {
    let mut files = Files::new();
    for entry in &listing.files {
        let said = |error: std::io::Error| format!("{}: {error}", entry.path.display());
        let content = std::fs::read(&entry.path).map_err(said)?;
        let ending = entry.name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let known = TYPES.iter().find(|(known, _)| *known == ending);
        let media_type = known.map_or("application/octet-stream", |(_, media_type)| *media_type);
        let file = SiteFile {
            body: Stored::new(&content, media_type).map_err(said)?,
            tag: tag(&content),
            cache: HeaderValue::from_static(if is_hashed(&entry.name) {
                "public, max-age=31536000, immutable"
            } else {
                "no-cache"
            }),
        };
        files.insert(entry.name.clone(), file);
    }
    Ok(files)
}

/// Whether a name carries the hash of its content, as `tools/finish.mjs` writes
/// it: `style-0123456789abcdef.css`.
fn is_hashed(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == 16 && hash.bytes().all(|sign| matches!(sign, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn hashed_names_are_told_from_others() {
        assert!(is_hashed("page-0123456789abcdef.wasm"));
        for name in ["index.html", "a-0123456789abcde.js", "a-0123456789ABCDEF.js", "abcdef"] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
