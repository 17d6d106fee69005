use crate::page::dom::{El, el};
use crate::report::Period;
use crate::text::Catalogue;

/// The days that a card speaks of, and whether the files cover them all.
pub(super) fn span(t: &'static Catalogue, period: impl Fn() -> Option<Period> + 'static) -> El {
    el("p").class("period").live_text(move || {
        let Some(period) = period() else { return String::new() };
        let days = (t.flow.period)(period.days(), &period.last.to_string());
        if period.covered == period.days() {
            return days;
        }
        format!("{days} \u{b7} {}", (t.flow.covered)(period.covered, period.days()))
    })
}
