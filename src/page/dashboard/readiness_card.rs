use leptos::prelude::*;

use super::card::{Card, card};
use super::span::span;
use crate::page::dates::until;
use crate::page::dom::{El, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Picture, cell, column, table};
use crate::page::view::View;
use crate::report::{POLICY_DATES, Period, Policy, ReadinessLine, ReadinessQuery};
use crate::text::Catalogue;

/// The card "Readiness" (RP-04): a line for each policy.
pub(super) fn readiness_card(t: &'static Catalogue, session: Session) -> El {
    let filled = Memo::new(move |_| session.dashboard.with(|of| of.readiness.is_some()));
    let w = &t.readiness;
    let of = Card {
        class: "card readiness-card",
        id: "readiness-card",
        picture: Picture::Shield,
        title: w.title,
        filled,
        empty: (w.card_empty, w.card_empty_help),
    };
    card(t, session, of, move || {
        let link = text_el("a", w.title).attr("href", &href(Policy::default()));
        vec![
            span(t, move || period(session)),
            text_el("p", w.card_note),
            lines(t, session),
            el("div").class("card-foot").add(link),
        ]
    })
}

fn href(policy: Policy) -> String {
    View::Readiness(ReadinessQuery { policy, ..ReadinessQuery::default() }).href()
}

/// The days of the first line that has any: mostly those of all.
fn period(session: Session) -> Option<Period> {
    session.dashboard.with(|of| of.readiness.as_ref()?.lines.iter().find_map(|line| line.period))
}

/// The lines stay while their figures change, so that the focus stays too.
fn lines(t: &'static Catalogue, session: Session) -> El {
    let w = &t.readiness;
    let line = |(index, policy): (usize, Policy)| {
        let of =
            move || session.dashboard.with(|of| of.readiness.as_ref()?.lines.get(index).copied());
        let link = text_el("a", (w.policy)(policy)).attr("href", &href(policy));
        let days = text_el("span", "").class("weak").live_text(move || {
            let usual = period(session);
            let own = of().and_then(|line| line.period);
            let other = own.filter(|own| Some(own.last) != usual.map(|usual| usual.last));
            other.map_or_else(String::new, |days| format!(" \u{b7} {}", until(t, &days)))
        });
        let next = POLICY_DATES.iter().find(|date| date.policy == policy);
        let next = next.map(|date| text_el("span", &(w.when)(date.when)).class("weak"));
        let name = el("th").attr("scope", "row").class("name");
        let name = name.add(link).text(if next.is_some() { " \u{b7} " } else { "" });
        let name = name.adds(next).add(days);
        el("tr").add(name).lives(move || of().map(|line| figures(t, &line)).unwrap_or_default())
    };
    let figures = [w.refused, w.to_fix, w.untold].map(|name| column(name, "figure"));
    let head = std::iter::once(column(w.policies, "")).chain(figures);
    table(w.policies, "grid small", head, Policy::ALL.into_iter().enumerate().map(line))
}

fn figures(t: &'static Catalogue, line: &ReadinessLine) -> Vec<El> {
    let w = &t.readiness;
    let outcome = &line.outcome;
    if line.period.is_none() || outcome.all() == 0 {
        return vec![cell(w.no_data_short, "figure zero").attr("colspan", "3")];
    }
    let refused = match outcome.share() {
        None => cell(w.none_told_short, "figure zero"),
        Some(share) => {
            let share = format!("{} ({})", t.amount(outcome.refused), t.percent(share));
            cell(&share, if outcome.refused.0 == 0 { "figure zero" } else { "figure" })
        }
    };
    let untold = t.amount(outcome.untold);
    let untold = cell(&untold, if outcome.untold.0 == 0 { "figure zero" } else { "figure" });
    let to_fix =
        cell(&t.count(line.to_fix), if line.to_fix == 0 { "figure zero" } else { "figure" });
    vec![refused, to_fix, untold]
}
