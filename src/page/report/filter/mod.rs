//! The filters of a report (RP-08): what is applied, and the dialog in which
//! they are made. It knows no report: the fields come with the question.

mod condition;
mod dialog;
mod draft;
mod saved;

use leptos::prelude::*;

pub(crate) use self::dialog::filter_dialog;
use super::Reports;
use crate::page::dom::{El, button, el, text_el};
use crate::page::keys::FILTER;
use crate::page::session::Session;
use crate::page::shell::disclosure;
use crate::report::{Field, Filter, Ignored};
use crate::text::Catalogue;

/// More clauses are not told in a line.
const IN_A_LINE: usize = 12;

/// The button that opens the dialog.
pub(crate) fn filter_button(t: &'static Catalogue, reports: Reports) -> El {
    let any = Memo::new(move |_| !reports.filter().is_empty());
    let label = move || if any.get() { t.filters.change } else { t.filters.add }.to_owned();
    button("", move || reports.filtering.set(true))
        .attr("id", "filter-button")
        .attr("aria-haspopup", "dialog")
        .key(FILTER)
        .live_text(label)
}

/// What is applied, as a sentence, and a way to be rid of it; `ignored`: of
/// the answer.
pub(crate) fn applied(
    t: &'static Catalogue,
    session: Session,
    ignored: fn(Session) -> Vec<(Field, Ignored)>,
) -> El {
    let reports = session.reports;
    let filter = Memo::new(move |_| reports.filter());
    let parts = move || {
        let filter = filter.get();
        let count = filter.clauses().count();
        if count == 0 {
            return Vec::new();
        }
        let sentence = t.filter_sentence(&filter);
        let told = if count > IN_A_LINE {
            let summary = el("span").text(t.filters.filtered).text(&(t.filters.conditions)(count));
            disclosure(summary, text_el("p", &sentence).class("details-body"))
        } else {
            el("p").add(text_el("strong", t.filters.filtered)).text(&sentence)
        };
        // What had the focus is gone then.
        let remove = move || {
            focus("filter-button");
            reports.set_filter(Filter::default());
        };
        vec![told.attr("dir", "auto"), button(t.filters.remove_all, remove).class("link")]
    };
    let ignored = move || {
        let sentences = t.ignored_sentences(&ignored(session));
        sentences.iter().map(|text| text_el("p", text).class("note")).collect()
    };
    let line = el("div").class("filter-line").lives(parts);
    el("div").class("filter-applied").add(line).lives(ignored)
}

/// Says of figures beside a filtered report that they are of all messages.
pub(super) fn of_all(t: &'static Catalogue, reports: Reports) -> Option<El> {
    let filtered = untrack(|| !reports.filter().is_empty());
    filtered.then(|| text_el("p", t.filters.of_all).class("weak"))
}

/// Puts the focus on an element, if it is there.
fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        // Fails only for an element that is gone.
        El::of(element).cast::<web_sys::HtmlElement>().focus().unwrap_or_default();
    }
}

/// The same once what has changed is on the page.
fn focus_soon(id: String) {
    request_animation_frame(move || focus(&id));
}
