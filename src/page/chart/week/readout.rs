//! What is told of a week.

use super::band::{nothing, silent};
use super::scene::Scene;
use super::view::{WeekView, named};
use crate::page::chart::day::{is_narrow, place};
use crate::page::dom::{El, el, text_el};
use crate::report::Week;

/// What is to be said of a week beside its figures: that it has none, or only
/// some days.
fn remark(view: &WeekView, week: &Week) -> Option<String> {
    if week.counts.recorded() == 0 {
        return Some(nothing(view.t, week).to_owned());
    }
    (!week.is_full()).then(|| (view.t.trend.some_days)(week.covered()))
}

/// The box beside the week.
pub(super) fn readout(view: &WeekView, scene: &Scene, at: usize) -> Option<El> {
    let (t, week) = (view.t, view.weeks.get(at)?);
    let row = |class: &str, name: &str, figure: &str| {
        el("div").class(class).add(text_el("span", name)).add(text_el("b", figure))
    };
    let shown = view.bands.iter().zip(view.shown()).filter(|(_, shown)| *shown);
    let shown = shown.filter(|_| week.counts.recorded() > 0);
    let bands = shown.map(|(band, _)| {
        let figure = band.figure(t, week);
        el("div").class("row").adds(named(*band)).add(text_el("b", &figure))
    });
    let silent = silent(t, &week.counts).map(|count| row("row", t.tls.not_recorded, &count));
    let volume = (week.covered() > 0)
        .then(|| row("row sum", t.report.volume, &t.count(week.counts.volume())));
    let (left, width) = place(scene.middle(at), scene.width);
    let readout = el("div")
        .class(if is_narrow(scene.width) { "readout below" } else { "readout" })
        .style("left", &format!("{left}px"))
        .style("width", &format!("{width}px"))
        .add(text_el("p", &week.name()))
        .add(text_el("div", &view.days(week)))
        .adds(remark(view, week).map(|text| text_el("div", &text).class("weak")))
        .adds(bands)
        .adds(silent)
        .adds(volume);
    Some(readout)
}

/// The same in words.
pub(super) fn spoken(view: &WeekView, at: usize) -> String {
    let (t, Some(week)) = (view.t, view.weeks.get(at)) else { return String::new() };
    let mut parts = Vec::from_iter(remark(view, week));
    if week.counts.recorded() > 0 {
        let shown = view.bands.iter().zip(view.shown()).filter(|(_, shown)| *shown);
        parts.extend(shown.map(|(band, _)| (t.tls.call_out)(band.name, &band.figure(t, week))));
    }
    let silent = silent(t, &week.counts);
    parts.extend(silent.map(|count| (t.tls.call_out)(t.tls.not_recorded, &count)));
    if week.covered() > 0 {
        let volume = t.count(week.counts.volume());
        parts.push((t.tls.call_out)(t.report.volume, &volume));
    }
    let name = [week.name(), view.days(week)].join(", ");
    (t.chart.day)(&name, &parts.join(", "))
}
