use leptos::prelude::*;

use crate::page::dom::{El, button, el, text_el};
use crate::page::session::{Reading, Session};
use crate::text::Catalogue;

/// How far the reading is, and a way out of it, while `busy`. The `id` is its
/// title's.
pub(crate) fn progress(session: Session, busy: Memo<bool>, id: &str) -> Option<El> {
    if !busy.get() {
        return None;
    }
    let t = session.texts();
    let reading = move || session.reading.get();
    let cancelling = move || reading().is_some_and(|reading| reading.cancelling);
    let bytes = move || {
        let progress = reading().and_then(|reading| reading.progress);
        progress
            .filter(|progress| progress.bytes_total > 0)
            .map(|progress| (progress.bytes_read, progress.bytes_total))
    };
    // Without a value the bar says "some time".
    let bar = el("progress")
        .attr("aria-labelledby", id)
        .live_attr("max", move || Some(bytes().map_or(1, |(_, total)| total).to_string()))
        .live_attr("value", move || bytes().map(|(read, _)| read.to_string()));
    let words = move || reading().map(|reading| words(t, &reading)).unwrap_or_default();
    let label = move || if cancelling() { t.reading.cancelling } else { t.reading.cancel };
    let cancel = move || {
        if !untrack(cancelling) {
            session.cancel();
        }
    };
    // A button that is disabled lets go of the focus.
    let cancel = button("", cancel)
        .live_text(move || label().to_owned())
        .live_attr("aria-disabled", move || cancelling().then(|| "true".to_owned()));
    let section = el("section").class("progress").attr("aria-labelledby", id);
    let title = text_el("h2", t.reading.title).attr("id", id);
    Some(section.add(title).add(bar).add(el("p").live_text(words)).add(cancel))
}

fn words(t: &Catalogue, reading: &Reading) -> String {
    let mut words = Vec::new();
    match reading.progress {
        None if let Some(asking) = reading.asking => {
            words.push(t.endpoint.asking.to_owned());
            if asking.page > 1 || asking.bytes > 0 {
                words.push((t.endpoint.page)(asking.page, &t.bytes(asking.bytes)));
            }
            words.extend(asking.wait.map(t.endpoint.waiting));
        }
        None if reading.listing => words.push(t.reading.listing.to_owned()),
        None => words.push(t.reading.starting.to_owned()),
        Some(progress) => {
            let seconds = (reading.now - reading.since) / 1_000.0;
            if progress.bytes_total > 0 {
                words.push((t.reading.bytes_of)(
                    &t.bytes(progress.bytes_read),
                    &t.bytes(progress.bytes_total),
                ));
            }
            words.push((t.reading.rows)(progress.rows));
            // The first moments say nothing of the speed.
            if seconds > 0.5 {
                let pace = rounded(progress.rows as f64 / seconds);
                words.push((t.reading.rows_a_second)(&t.count(pace)));
                if progress.bytes_read > 0 && progress.bytes_total > progress.bytes_read {
                    let left = (progress.bytes_total - progress.bytes_read) as f64;
                    let left = left * seconds / progress.bytes_read as f64;
                    words.push((t.reading.seconds_left)(rounded(left.ceil())));
                }
            }
        }
    }
    if reading.waiting > 0 {
        words.push((t.reading.waiting)(reading.waiting as u64));
    }
    words.join(" \u{b7} ")
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
fn rounded(value: f64) -> u64 {
    value.round() as u64
}
