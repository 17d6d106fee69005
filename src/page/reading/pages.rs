//! All pages of an endpoint: each is asked for, and none counts before the last
//! is there.

use std::cell::Cell;

use js_sys::{Array, Uint8Array};
use web_sys::{Blob, File};

use super::call::{Ask, Call, Got};
use super::collect::Collected;
use super::source::Source;
use crate::answer::{Page, PageEnd};
use crate::text::Trouble;

/// The most pages of an endpoint.
const MOST: usize = 10_000;
/// The most bytes of all pages together, unpacked.
const LIMIT: u64 = 512 << 20;
/// So many bytes go to the browser's store of files at once: what is in there
/// needs no memory of the page.
const PIECE: usize = 4 << 20;

/// A page as it came, which is asked for again only if it has changed.
#[derive(Clone)]
pub(crate) struct Kept {
    url: String,
    etag: Option<String>,
    data: Blob,
    bytes: u64,
    /// The address of the next one.
    next: Option<String>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asking {
    /// Number of the page, from 1.
    pub(crate) page: u32,
    /// Bytes of all pages so far.
    pub(crate) bytes: u64,
    /// Seconds until the host is asked again.
    pub(crate) wait: Option<u32>,
}

impl Call {
    /// All pages, from the first to the one that names no other; `None` if all
    /// are those that are `kept`.
    pub(crate) async fn pages(
        &self,
        source: &Source,
        token: Option<&str>,
        kept: &[Kept],
        tell: &dyn Fn(Asking),
    ) -> Result<Option<Vec<Kept>>, Trouble> {
        let mut pages: Vec<Kept> = Vec::new();
        let (mut url, mut bytes, mut news) = (source.first(), 0, false);
        loop {
            if pages.iter().any(|page| page.url == url) {
                return Err(Trouble::Loop(url));
            }
            if pages.len() == MOST {
                return Err(Trouble::TooManyPages(MOST as u64));
            }
            let known = kept.iter().find(|page| page.url == url);
            let number = u32::try_from(pages.len()).unwrap_or(u32::MAX).saturating_add(1);
            let asking = Asking { page: number, bytes, wait: None };
            let ask =
                Ask { source, url: &url, token, etag: known.and_then(|page| page.etag.as_deref()) };
            let page = match self.page(&ask, asking, tell).await? {
                Some(page) => {
                    news = true;
                    page
                }
                None => known.cloned().ok_or(Trouble::Unreachable)?,
            };
            bytes += page.bytes;
            if bytes > LIMIT {
                return Err(Trouble::TooLarge(LIMIT));
            }
            let next = page.next.as_ref().map(|next| source.next(&url, next)).transpose()?;
            pages.push(page);
            let Some(next) = next else { break };
            url = next;
        }
        news |= pages.len() != kept.len();
        Ok(news.then_some(pages))
    }

    /// One page; `None` if the one that is known has not changed.
    async fn page(
        &self,
        ask: &Ask<'_>,
        asking: Asking,
        tell: &dyn Fn(Asking),
    ) -> Result<Option<Kept>, Trouble> {
        let (mut page, mut body) = (Page::default(), Body::default());
        // Two closures tell of it.
        let now = Cell::new(asking);
        let say = |change: &dyn Fn(&mut Asking)| {
            let mut asking = now.get();
            change(&mut asking);
            now.set(asking);
            tell(asking);
        };
        say(&|_| {});
        let mut take = |chunk: Option<&[u8]>| {
            let Some(chunk) = chunk else {
                (page, body) = (Page::default(), Body::default());
                return Ok(());
            };
            let fits = page.push(chunk, &mut |plain| {
                body.push(plain);
                asking.bytes + body.bytes <= LIMIT
            });
            say(&|now| now.bytes = asking.bytes + body.bytes);
            if fits { Ok(()) } else { Err(Trouble::TooLarge(LIMIT)) }
        };
        let got = self.get(ask, &mut take, &|wait| say(&|now| now.wait = wait)).await?;
        let Got::Body(etag) = got else { return Ok(None) };
        let end = page.finish(&mut |plain| {
            body.push(plain);
            true
        });
        let PageEnd::Whole(next) = end else { return Err(Trouble::BrokeOff) };
        let bytes = body.bytes;
        let data = body.finish().ok_or(Trouble::BrokeOff)?;
        Ok(Some(Kept { url: ask.url.to_owned(), etag, data, bytes, next }))
    }
}

/// The bytes of a page.
#[derive(Default)]
struct Body {
    pieces: Array,
    last: Vec<u8>,
    bytes: u64,
    /// There was no room for some of it.
    lost: bool,
}

impl Body {
    fn push(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.last.extend_from_slice(bytes);
        if self.last.len() >= PIECE {
            self.store();
        }
    }

    fn store(&mut self) {
        let bytes = Array::of1(&Uint8Array::from(self.last.as_slice()));
        self.last.clear();
        match Blob::new_with_u8_array_sequence(&bytes) {
            Ok(piece) => drop(self.pieces.push(&piece)),
            Err(_) => self.lost = true,
        }
    }

    fn finish(mut self) -> Option<Blob> {
        self.store();
        Blob::new_with_blob_sequence(&self.pieces).ok().filter(|_| !self.lost)
    }
}

/// The pages as one file, one behind the other.
pub(crate) fn file_of(source: &Source, pages: &[Kept]) -> Option<Collected> {
    let parts = Array::new();
    for page in pages {
        if parts.length() > 0 {
            // A page of lines need not end its last.
            parts.push(&"\n".into());
        }
        parts.push(&page.data);
    }
    let name = source.name();
    let file = File::new_with_blob_sequence(&parts, &name).ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    let bytes = file.size() as u64;
    Some((file, name, bytes))
}
