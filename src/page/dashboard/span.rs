use crate::page::dates::{until, with_covered};
use crate::page::dom::{El, el};
use crate::report::Period;
use crate::text::Catalogue;

/// The days that a card speaks of, and whether the files cover them all.
pub(super) fn span(t: &'static Catalogue, period: impl Fn() -> Option<Period> + 'static) -> El {
    el("p").class("period").live_text(move || {
        let period = period();
        period.map_or_else(String::new, |of| with_covered(t, until(t, &of), &of))
    })
}
