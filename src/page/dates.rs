//! UTC days in running text, headings and tooltips, as the browser writes them
//! in the language of the page. Tables, files and the audit report have ISO
//! 8601 instead ([`Day`]'s own text, [`Catalogue::days_between`]).

use super::intl::Format;
use crate::mail::Day;
use crate::report::Period;
use crate::text::Catalogue;

/// `24 November 2026`.
pub(super) fn written(t: &'static Catalogue, day: Day) -> String {
    written_days(t, day, day)
}

/// `18 – 24 November 2026`, or one day.
pub(super) fn written_days(t: &'static Catalogue, first: Day, last: Day) -> String {
    // Beyond the calendar no browser knows a day either.
    let known = first.calendar().is_some() && last.calendar().is_some() && first <= last;
    let format = Format::with(t.locale, [("dateStyle", "long"), ("timeZone", "UTC")]);
    let at = |day: Day| f64::from(day.0) * 86_400_000.0;
    let text = format.filter(|_| known).map(|of| of.format_range(at(first), at(last)));
    text.and_then(Result::ok).unwrap_or_else(|| t.days_between(first, last))
}

/// The days of a period: `7 days to 24 November 2026, UTC`.
pub(super) fn until(t: &'static Catalogue, period: &Period) -> String {
    (t.flow.period)(period.days(), &written(t, period.last))
}

/// What is said of the days of a period, with how many of them the files cover
/// where that is not all.
pub(super) fn with_covered(t: &'static Catalogue, mut days: String, period: &Period) -> String {
    if period.covered < period.days() {
        days.push_str(" \u{b7} ");
        days.push_str(&(t.flow.covered)(period.covered, period.days()));
    }
    days
}
