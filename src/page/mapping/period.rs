use leptos::prelude::*;

use crate::mail::Day;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Modal, field};
use crate::text::Catalogue;

/// Asks of which days the counts of a file are that have no date: of the file
/// called `name`, in `place` in the list of drops.
pub(super) fn ask_period(t: &'static Catalogue, session: Session, place: u32, name: &str) -> El {
    let closed = move || session.asking.set(None);
    let modal = Modal::new(session, t.mapping.period_title, "box", "asking-title", closed);
    let said = session.mapping(place).period;
    let first = RwSignal::new(said.map(|(first, _)| first));
    let last = RwSignal::new(said.map(|(_, last)| last));
    let period = move || first.get().zip(last.get());
    let date = |id, label, day: RwSignal<Option<Day>>| {
        let value = move || day.get().map(|day| day.to_string()).unwrap_or_default();
        field(id, label, "date", "change", value, move |text| day.set(Day::parse(&text)))
    };
    let apply = {
        let modal = modal.clone();
        move || {
            let mut mapping = session.mapping(place);
            mapping.period = period();
            modal.close();
            session.remap(place, mapping);
        }
    };
    let ends_first = move || period().is_some_and(|(first, last)| last < first);
    let incomplete = move || (period().is_none() || ends_first()).then(String::new);
    let error = el("p").class("error").attr("role", "alert");
    let body = el("div")
        .add(text_el("p", &(t.mapping.period_explanation)(name)))
        .add(date("period-first", t.report.start_date, first))
        .add(date("period-last", t.report.end_date, last))
        .add(error.live_text(move || {
            if ends_first() { t.report.ends_first.to_owned() } else { String::new() }
        }));
    let apply = button(t.mapping.apply, apply).class("primary").live_attr("disabled", incomplete);
    let cancel = modal.close_button(t.mapping.cancel);
    modal.with(body, [apply, cancel])
}
