use leptos::prelude::*;

use crate::page::session::{Reading, Session};
use crate::text::Catalogue;

/// How far the reading is, and a way out of it.
#[component]
pub(crate) fn Progress(
    /// The session.
    session: Session,
) -> impl IntoView {
    let busy = Memo::new(move |_| session.reading.with(Option::is_some));
    move || {
        busy.get().then(|| {
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
            let value = move || bytes().map(|(read, _)| read.to_string());
            let max = move || bytes().map_or(1, |(_, total)| total).to_string();
            view! {
                <section class="progress" aria-labelledby="progress-title">
                    <h2 id="progress-title">{t.reading.title}</h2>
                    <progress aria-labelledby="progress-title" value=value max=max></progress>
                    <p>{move || reading().map(|reading| words(t, &reading))}</p>
                    <button
                        type="button"
                        prop:disabled=cancelling
                        on:click=move |_| session.cancel()
                    >
                        {move || if cancelling() { t.reading.cancelling } else { t.reading.cancel }}
                    </button>
                </section>
            }
        })
    }
}

fn words(t: &Catalogue, reading: &Reading) -> String {
    let mut words = Vec::new();
    match reading.progress {
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
