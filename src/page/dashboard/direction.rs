use crate::page::chart::kept_donut;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::report::{Period, TlsCounts};
use crate::text::Catalogue;

/// What stands beside a donut.
pub(super) struct Words {
    /// What the donut is of.
    pub(super) name: &'static str,
    /// What the number is of.
    pub(super) label: &'static str,
    /// A line above the number, if any.
    pub(super) above: Option<El>,
    /// What a click on the number does.
    pub(super) on_number: fn(Session),
}

/// A donut, the number that it is made of, and both in a sentence.
pub(super) fn direction(
    t: &'static Catalogue,
    session: Session,
    words: Words,
    period: impl Fn() -> Option<Period> + 'static,
    counts: impl Fn() -> TlsCounts + Copy + 'static,
    before: impl Fn() -> Option<(u32, TlsCounts)> + 'static,
    sentence: impl Fn() -> String + 'static,
) -> El {
    let Words { name, label, above, on_number } = words;
    let number = button("", move || on_number(session))
        .class("number")
        .add(text_el("span", label))
        .text(" ")
        .add(el("b").live_text(move || t.count(counts().volume())));
    // The period before, and how many days it has (RP-02).
    let change = move || {
        let (days, before) = before()?;
        Some(text_el("p", &t.than_before(days, &counts(), &before)).class("weak"))
    };
    let sentence = el("p").live_text(sentence);
    let beside = el("div").adds(above).add(number).add(sentence).live(change);
    let donut = move || {
        let days = period().map(|period| (period.first, period.last));
        Some(kept_donut(t, name, days, &counts()))
    };
    el("div").class("direction").live(donut).add(beside)
}
