use leptos::prelude::*;

use crate::account::{Field, Preview};
use crate::mail::utc;
use crate::page::dom::{El, el, text_el};
use crate::page::session::Session;
use crate::text::Catalogue;

/// What would be read: how many rows, and of them directions, TLS and times, so
/// that a wrong column is seen.
pub(super) fn outcome(t: &'static Catalogue, session: Session) -> El {
    let lines = move || {
        session.looked.with(|looked| {
            looked.as_ref().map(|looked| lines(t, &looked.preview)).unwrap_or_default()
        })
    };
    el("div").class("outcome").attr("role", "status").lives(lines)
}

fn lines(t: &'static Catalogue, preview: &Preview) -> Vec<El> {
    if let Some(problem) = &preview.problem {
        return vec![text_el("p", &(t.words.problem)(problem).what)];
    }
    let mut rows = (t.mapping.would_read)(preview.read(), preview.rows, preview.whole);
    let left_out: u64 = preview.left_out.iter().map(|(_, rows)| rows).sum();
    if left_out > 0 {
        let reasons = preview.left_out.iter();
        let reasons = reasons.map(|(reason, rows)| (t.words.left_out(*reason), *rows));
        rows.push_str("; ");
        rows.push_str(&(t.mapping.would_not)(left_out, &counts(t, reasons)));
    }
    let directions = preview.directions.iter();
    let directions =
        directions.map(|(direction, messages)| ((t.words.direction)(*direction), *messages));
    let tls = preview.tls.iter().map(|(state, messages)| (t.tls_state(*state), *messages));
    let times: Vec<String> = preview.times.iter().map(|seconds| utc(*seconds)).collect();
    let mut lines = vec![text_el("p", &rows)];
    for (name, text) in [
        ((t.words.field)(Field::Direction), counts(t, directions)),
        ((t.words.field)(Field::Tls), counts(t, tls)),
        (t.mapping.first_times, times.join(", ")),
    ] {
        if !text.is_empty() {
            lines.push(el("p").add(text_el("b", name)).text(" ").text(&text));
        }
    }
    lines
}

fn counts<'a>(t: &Catalogue, counts: impl Iterator<Item = (&'a str, u64)>) -> String {
    let mut text = String::new();
    for (name, count) in counts {
        for part in [if text.is_empty() { "" } else { ", " }, name, ": ", &t.count(count)] {
            text.push_str(part);
        }
    }
    text
}
