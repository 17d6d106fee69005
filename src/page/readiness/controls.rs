use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::mail::Direction;
use crate::page::dom::{El, el, text_el};
use crate::page::report::{PRESETS, filter_button, filters};
use crate::page::session::Session;
use crate::page::shell::{choice, window_link};
use crate::report::{POLICY_DATES, Policy, PolicyDate};
use crate::text::Catalogue;

/// What is switched off, and the days.
pub(super) fn controls(t: &'static Catalogue, session: Session) -> El {
    let readiness = session.readiness;
    let forced = Memo::new(move |_| readiness.query().policy == Policy::ForcedTls);
    let span = Memo::new(move |_| readiness.query().span);
    let period = |session: Session| {
        session.readiness.answer.with(|answer| answer.as_ref().and_then(|answer| answer.period))
    };
    let set = |session: Session, span| session.readiness.change(|query| query.span = span);
    let presets = |_: Session| &PRESETS[..];
    let connector = move || forced.get().then(|| connectors(t, session));
    let filters = filters(t, session, span, period, presets, set);
    let filters = filters.add(filter_button(t, session.reports));
    el("div")
        .class("readiness-controls")
        .add(policies(t, session))
        .add(el("div").class("controls").live(connector).add(filters))
}

fn policies(t: &'static Catalogue, session: Session) -> El {
    let w = &t.readiness;
    let one = |policy: Policy| {
        let input = el("input").attr("type", "radio").attr("name", "policy");
        let element: HtmlInputElement = input.cast();
        let input = input
            .attr("value", policy.code())
            .on("change", move |_| session.readiness.change(|query| query.policy = policy))
            .whenever(move || element.set_checked(session.readiness.query().policy == policy));
        let note = text_el("span", (w.policy_note)(policy)).class("weak");
        let words = el("span").add(text_el("b", (w.policy)(policy))).text(" ").add(note);
        let dates = POLICY_DATES.iter().filter(|date| date.policy == policy);
        let dates: Vec<El> = dates.map(|date| known(t, date)).collect();
        let label = el("label").class("policy").add(input).add(words);
        let item = el("div").add(label);
        if dates.is_empty() {
            item
        } else {
            item.add(el("ul").class("dates").attr("aria-label", w.dates).adds(dates))
        }
    };
    el("fieldset")
        .class("filters policies")
        .add(text_el("legend", w.policies))
        .adds(Policy::ALL.map(one))
}

/// A date that is known, and who says so.
fn known(t: &'static Catalogue, date: &PolicyDate) -> El {
    let w = &t.readiness;
    let (year, month) = date.as_of;
    let source = window_link(t, &(w.as_of)(date.publisher, year, month), date.source);
    el("li")
        .add(text_el("b", &(w.when)(date.when)))
        .text(": ")
        .text((w.event)(date.event))
        .text(" \u{b7} ")
        .add(source)
}

/// All connectors, or one of them.
type Offer = Option<(Direction, String)>;

/// The choice of connectors.
fn connectors(t: &'static Catalogue, session: Session) -> El {
    let readiness = session.readiness;
    let offers = move || {
        let connectors =
            readiness.answer.with(|answer| answer.as_ref().map(|answer| answer.connectors.clone()));
        let mut offers: Vec<Offer> = vec![None];
        offers.extend(connectors.unwrap_or_default().into_iter().map(Some));
        let chosen = readiness.query().connector;
        if !offers.contains(&chosen) {
            offers.push(chosen);
        }
        offers
    };
    choice(
        "connector",
        t.readiness.connector,
        move || {
            let chosen = readiness.query().connector;
            let name = |offer: &Offer| match offer {
                Some((direction, name)) => (t.report.direction_and_name)(*direction, Some(name)),
                None => t.readiness.all_connectors.to_owned(),
            };
            let option =
                |(index, offer): (usize, Offer)| (index.to_string(), name(&offer), offer == chosen);
            let mut options: Vec<_> = offers().into_iter().enumerate().map(option).collect();
            let more = readiness
                .answer
                .with(|answer| answer.as_ref().map_or(0, |answer| answer.more_connectors));
            if more > 0 {
                // Chosen, it does nothing: the list has them.
                options.push((String::new(), (t.report.more)(more), false));
            }
            options
        },
        move |index| {
            if let Some(connector) = untrack(offers).into_iter().nth(index) {
                readiness.change(|query| query.connector = connector);
            }
        },
    )
}
