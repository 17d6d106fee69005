//! SHA-256 of the files, while it is worked out.

use leptos::prelude::*;

use super::state::Digest;
use crate::page::dom::{El, button, el};
use crate::page::session::Session;
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

/// How far it is, with a way to end it; and what drives it on.
pub(super) fn digests(t: &'static Catalogue, session: Session) -> El {
    let auditing = session.auditing;
    let wanted = Memo::new(move |_| auditing.asked().digests);
    let places = Memo::new(move |_| places(session));
    let far = Memo::new(move |_| {
        let (mut done, mut read, mut size) = (0_u64, 0, 0);
        let places = places.get();
        for (place, bytes) in &places {
            size += bytes;
            match auditing.digest(session, *place) {
                Some(Digest::Reading(so_far)) => read += so_far,
                Some(Digest::Done(_) | Digest::Failed(_)) => {
                    done += 1;
                    read += bytes;
                }
                None => {}
            }
        }
        (done, places.len() as u64, read, size)
    });
    Effect::new(move |_| {
        let (done, all, ..) = far.get();
        // What is read has the worker for itself.
        let idle = session.reading.with(Option::is_none);
        if wanted.get() && idle && done < all {
            let places: Vec<u32> = places.get().iter().map(|(place, _)| *place).collect();
            session.hash_next(&places);
        }
    });
    let ready = Memo::new(move |_| {
        let (done, all, ..) = far.get();
        wanted.get() && all > 0 && done == all
    });
    Effect::new(move |before: Option<bool>| {
        if ready.get() && before == Some(false) {
            session.announce(&(t.audit.hashed)(far.get_untracked().1));
        }
        ready.get()
    });
    let under_way = Memo::new(move |_| {
        let (done, all, ..) = far.get();
        wanted.get() && done < all
    });
    let text = move || {
        let (done, all, read, size) = far.get();
        (t.audit.hashing)(done, all, &t.bytes(read), &t.bytes(size))
    };
    el("div").class("digests").live(move || {
        under_way.get().then(|| {
            let bar =
                el("progress").attr("aria-label", t.audit.hash).live_attr("value", move || {
                    let (_, _, read, size) = far.get();
                    Some((read as f64 / size.max(1) as f64).to_string())
                });
            let cancel = button(t.audit.cancel, move || session.end_hashing());
            el("div").class("hashing").add(el("p").live_text(text)).add(bar).add(cancel)
        })
    })
}
