//! SHA-256 of the files, while it is worked out.

use leptos::prelude::*;

use super::state::Digest;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Picture, icon};
use crate::text::Catalogue;

/// The places of the files of the organization that is looked at.
pub(super) fn places(session: Session) -> Vec<(u32, u64)> {
    let at = session.looked_at().unwrap_or(0);
    let mut places: Vec<(u32, u64)> = Vec::new();
    session.files.with(|files| {
        for row in files.iter().filter(|row| row.organization as usize == at) {
            let known = places.last().is_some_and(|(place, _)| *place == row.place);
            if let Some(file) = session.file_in(row.place).filter(|_| !known) {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a number of bytes"
                )]
                places.push((row.place, file.size() as u64));
            }
        }
    });
    places
}

/// How far all digests are.
#[derive(Clone, Copy, PartialEq)]
struct Far {
    /// Files that are done, with a digest or without.
    done: u64,
    /// Those of them of which none could be worked out.
    failed: u64,
    /// All files.
    files: u64,
    /// Bytes that are read, of so many.
    read: u64,
    size: u64,
}

/// How far it is, with a way to end it; and what drives it on.
pub(super) fn digests(t: &'static Catalogue, session: Session) -> El {
    let auditing = session.auditing;
    let wanted = Memo::new(move |_| auditing.asked().digests);
    let places = Memo::new(move |_| places(session));
    let far = Memo::new(move |_| {
        let places = places.get();
        let files = places.len() as u64;
        let mut far = Far { done: 0, failed: 0, files, read: 0, size: 0 };
        for (place, bytes) in &places {
            far.size += bytes;
            match auditing.digest(session, *place) {
                Some(Digest::Reading(so_far)) => far.read += so_far,
                Some(done) => {
                    far.done += 1;
                    far.failed += u64::from(matches!(done, Digest::Failed(_)));
                    far.read += bytes;
                }
                None => {}
            }
        }
        far
    });
    Effect::new(move |_| {
        let Far { done, files, .. } = far.get();
        // What is read has the worker for itself.
        let idle = session.reading.with(Option::is_none);
        if wanted.get() && idle && done < files {
            let places: Vec<u32> = places.get().iter().map(|(place, _)| *place).collect();
            session.hash_next(&places);
        }
    });
    let ready = Memo::new(move |_| {
        let Far { done, files, .. } = far.get();
        wanted.get() && files > 0 && done == files
    });
    Effect::new(move |before: Option<bool>| {
        if ready.get() && before == Some(false) {
            let Far { files, failed, .. } = far.get_untracked();
            session.announce(&(t.audit.hashed)(files - failed, failed));
        }
        ready.get()
    });
    let under_way = Memo::new(move |_| {
        let Far { done, files, .. } = far.get();
        wanted.get() && done < files
    });
    let text = move || {
        let Far { done, files, read, size, .. } = far.get();
        (t.audit.hashing)(done, files, &t.bytes(read), &t.bytes(size))
    };
    // Who prints should know before.
    let faulty = Memo::new(move |_| Some(far.get().failed).filter(|n| wanted.get() && *n > 0));
    let faulty = move || {
        let words = faulty.get().map(|failed| text_el("p", &(t.audit.not_hashed)(failed)));
        words.map(|words| {
            el("div").class("file-note warning").add(icon(Picture::Warning)).add(words)
        })
    };
    el("div").class("digests").live(faulty).live(move || {
        under_way.get().then(|| {
            let bar =
                el("progress").attr("aria-label", t.audit.hash).live_attr("value", move || {
                    let Far { read, size, .. } = far.get();
                    Some((read as f64 / size.max(1) as f64).to_string())
                });
            let cancel = button(t.audit.cancel, move || session.end_hashing());
            el("div").class("hashing").add(el("p").live_text(text)).add(bar).add(cancel)
        })
    })
}
