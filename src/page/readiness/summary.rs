use crate::page::chart::{DayChart, DayChartKind, DaySeries, SeriesName, day_chart};
use crate::page::dates::until;
use crate::page::dom::{El, el, text_el};
use crate::page::shell::{cell, column, row_head, table};
use crate::report::{Outcome, Policy, Readiness, Source};
use crate::text::Catalogue;

/// The figures: in a sentence, by kind and by day.
pub(super) fn summary(t: &'static Catalogue, answer: &Readiness) -> Vec<El> {
    let figures = el("section")
        .class("panel readiness-summary")
        .attr("aria-labelledby", "headline")
        .add(text_el("h2", &title(t, answer)).attr("id", "headline").attr("dir", "auto"))
        .add(period(t, answer))
        .adds(outcome_of(t, answer));
    vec![figures, trend(t, answer)]
}

/// What would become of the messages, in a sentence and by kind.
pub(crate) fn outcome_of(t: &'static Catalogue, answer: &Readiness) -> Vec<El> {
    let w = &t.readiness;
    let outcome = &answer.outcome;
    let share = outcome.share().map(|share| t.percent(share));
    let headline = (w.headline)(*outcome, share.as_deref(), answer.to_fix);
    let untold = (outcome.untold.0 > 0).then(|| text_el("p", &(w.untold_note)(outcome.untold.0)));
    let rounded = outcome.any_rounded().then(|| text_el("p", t.tls.rounded).class("weak"));
    let mut parts = vec![text_el("p", &headline).class("headline")];
    parts.extend(untold);
    parts.extend(sources(t, answer));
    parts.extend(rounded);
    parts.push(kinds(t, answer));
    parts
}

/// What is switched off, and for which connector.
fn title(t: &'static Catalogue, answer: &Readiness) -> String {
    let policy = (t.readiness.policy)(answer.query.policy);
    let connector = answer.query.connector.as_ref();
    match connector.filter(|_| answer.query.policy == Policy::ForcedTls) {
        Some((direction, name)) => {
            [policy, ": ", &(t.report.direction_and_name)(*direction, Some(name))].concat()
        }
        None => policy.to_owned(),
    }
}

fn period(t: &'static Catalogue, answer: &Readiness) -> El {
    let Some(period) = answer.period else { return el("p") };
    text_el("p", &until(t, &period)).class("period")
}

type Covered = fn(u32, u32) -> String;

/// What the files do not cover of either kind of data.
fn sources(t: &'static Catalogue, answer: &Readiness) -> Vec<El> {
    let w = &t.readiness;
    let days = answer.period.map_or(0, |period| period.days());
    let note = |source, missing: &str, covered: Covered| match source {
        Source::Missing => Some(missing.to_owned()),
        Source::Covers(some) if some < days => Some(covered(some, days)),
        Source::NotAsked | Source::Covers(_) => None,
    };
    let notes = [
        note(answer.clients, w.clients_missing, w.clients_covered),
        note(answer.flow, w.flow_missing, w.flow_covered),
    ];
    notes.into_iter().flatten().map(|text| text_el("p", &text).class("weak")).collect()
}

fn kinds(t: &'static Catalogue, answer: &Readiness) -> El {
    let w = &t.readiness;
    let line = |name: &str, outcome: &Outcome| {
        let figure = |amount: (u64, bool)| {
            cell(&t.amount(amount), if amount.0 == 0 { "figure zero" } else { "figure" })
        };
        let share = outcome.share().map(|share| t.percent(share));
        let share = share.unwrap_or_else(|| "\u{2013}".to_owned());
        el("tr")
            .add(row_head(name, "name"))
            .add(figure(outcome.refused))
            .add(cell(&share, "figure"))
            .adds([outcome.untold, outcome.passes, (outcome.all(), false)].map(figure))
    };
    let mut rows: Vec<El> =
        answer.kinds.iter().map(|(kind, of)| line((w.kind)(*kind), of)).collect();
    if rows.len() > 1 {
        rows.push(line(t.report.total, &answer.outcome).class("total"));
    }
    let figures = [w.refused, w.share, w.untold, w.passes, w.all];
    let head =
        std::iter::once(column(w.kind_head, "")).chain(figures.map(|name| column(name, "figure")));
    let label = [w.by_kind, ": ", (w.policy)(answer.query.policy)].concat();
    table(&label, "grid small", head, rows)
}

/// Messages that would be refused, and that nothing can be told of, by day.
fn trend(t: &'static Catalogue, answer: &Readiness) -> El {
    let w = &t.readiness;
    let series = |name: &str, days: &[Option<u64>]| DaySeries {
        name: SeriesName::Named(name.to_owned()),
        days: days.to_vec(),
    };
    let untold = answer.untold.iter().flatten().any(|messages| *messages > 0);
    let untold = untold.then(|| series(w.untold, &answer.untold));
    let series: Vec<_> =
        std::iter::once(series(w.refused, &answer.refused)).chain(untold).collect();
    let first = answer.period.map_or(crate::mail::Day(0), |period| period.first);
    let label = w.trend.to_owned();
    let kind = DayChartKind::Lines;
    let chart = day_chart(t, DayChart { label, kind, first, series });
    el("section")
        .class("panel")
        .attr("aria-labelledby", "trend-title")
        .add(text_el("h2", w.trend).attr("id", "trend-title"))
        .add(chart)
}
