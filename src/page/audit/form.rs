//! What the document is to hold.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::Asked;
use super::asked::Part;
use super::digests::digests;
use crate::page::dom::{El, button, el, text_el};
use crate::page::report::{PRESETS, applied, filter_button, filters};
use crate::page::session::Session;
use crate::page::shell::{choice, field};
use crate::report::Policy;
use crate::text::Catalogue;

/// Rows of a list, to choose from.
const ROWS: [u32; 5] = [10, 50, 200, 1_000, 10_000];

/// The form, and the button that prints.
pub(super) fn form(t: &'static Catalogue, session: Session) -> El {
    let w = &t.audit;
    let auditing = session.auditing;
    let title = field(
        "audit-title",
        w.heading,
        "text",
        "input",
        move || auditing.asked().title,
        move |text| auditing.replace(|asked| asked.title = text),
    );
    let organization = field(
        "audit-organization",
        w.organization,
        "text",
        "input",
        move || auditing.asked().organization,
        move |text| auditing.replace(|asked| asked.organization = text),
    );
    let span = Memo::new(move |_| auditing.asked().query.span);
    let period = |session: Session| {
        session.auditing.answer.with(|answer| {
            let (audit, _) = answer.as_ref()?;
            audit.flow.map(|flow| flow.period).or(audit.senders.period)
        })
    };
    let set = |session: Session, span| session.auditing.change(|asked| asked.query.span = span);
    let days = filters(t, session, span, period, |_| &PRESETS[..], set);
    let days = days.add(filter_button(t, session.reports));
    let rows = rows(t, session);
    let addresses = tick(
        session,
        w.addresses,
        |asked| asked.query.addresses,
        |asked, on| {
            asked.query.addresses = on;
        },
    );
    let hash = tick(
        session,
        w.hash,
        |asked| asked.digests,
        move |asked, on| {
            auditing.try_again();
            asked.digests = on;
        },
    );
    let none = move || auditing.answer.with(Option::is_none).then(String::new);
    let print = button(w.print, move || print(t, session)).class("primary");
    el("section")
        .class("panel audit-form")
        .attr("aria-labelledby", "audit-form-title")
        .add(text_el("h2", w.form).attr("id", "audit-form-title"))
        .add(el("div").class("audit-fields").add(title).add(organization).add(rows))
        .add(el("div").class("controls").add(days))
        // What of it is not applied differs from section to section.
        .add(applied(t, session, |_| Vec::new()))
        .add(
            el("div")
                .class("audit-choices")
                .add(group(w.sections, parts(t, session)))
                .add(group(w.work_lists, policies(t, session)))
                .add(
                    el("div")
                        .class("audit-more")
                        .add(addresses)
                        .add(hash)
                        .add(text_el("p", w.hash_help).class("weak"))
                        .add(digests(t, session)),
                ),
        )
        .add(
            el("div")
                .class("audit-print")
                .add(print.live_attr("disabled", none))
                .add(text_el("p", w.print_help).class("weak")),
        )
}

/// A box for each section that can be left out.
fn parts(t: &'static Catalogue, session: Session) -> impl Iterator<Item = El> {
    Part::ALL.into_iter().zip(t.audit.parts).map(move |(part, name)| {
        tick(
            session,
            name,
            move |asked| asked.has(part),
            move |asked, on| {
                asked.without.retain(|left| *left != part);
                if !on {
                    asked.without.push(part);
                    let order = |part: &Part| Part::ALL.iter().position(|known| known == part);
                    crate::order::sort_by(&mut asked.without, &|a, b| order(a).cmp(&order(b)));
                }
            },
        )
    })
}

/// A box for each policy.
fn policies(t: &'static Catalogue, session: Session) -> [El; Policy::ALL.len()] {
    Policy::ALL.map(|policy| {
        tick(
            session,
            (t.readiness.policy)(policy),
            move |asked| asked.query.policies.contains(&policy),
            move |asked, on| {
                let mut policies = Policy::ALL.to_vec();
                policies.retain(|known| {
                    if *known == policy { on } else { asked.query.policies.contains(known) }
                });
                asked.query.policies = policies;
            },
        )
    })
}

/// How many rows of a list are printed.
fn rows(t: &'static Catalogue, session: Session) -> El {
    let w = &t.audit;
    let auditing = session.auditing;
    choice(
        "audit-rows",
        w.rows,
        move || {
            let chosen = auditing.asked().query.rows;
            let mut offers = ROWS.to_vec();
            if !offers.contains(&chosen) {
                offers.push(chosen);
            }
            let option = |rows: u32| (rows.to_string(), (w.rows_of)(rows.into()), rows == chosen);
            offers.into_iter().map(option).collect()
        },
        move |index| {
            if let Some(rows) = ROWS.get(index) {
                auditing.change(|asked| asked.query.rows = *rows);
            }
        },
    )
}

/// Prints the document. Its title is what a PDF file is called.
fn print(t: &'static Catalogue, session: Session) {
    let before = document().title();
    document().set_title(&title(t, &untrack(|| session.auditing.asked())));
    // Fails only in a frame that may not print.
    window().print().unwrap_or_default();
    document().set_title(&before);
}

/// The title of the document.
pub(super) fn title(t: &'static Catalogue, asked: &Asked) -> String {
    match asked.title.trim() {
        "" => t.audit.document.to_owned(),
        title => title.to_owned(),
    }
}

fn group(name: &str, items: impl IntoIterator<Item = El>) -> El {
    el("fieldset").class("audit-group").add(text_el("legend", name)).adds(items)
}

type Set = Box<dyn Fn(&mut Asked, bool)>;

/// A box to tick with its label.
fn tick(
    session: Session,
    label: &str,
    on: impl Fn(&Asked) -> bool + 'static,
    set: impl Fn(&mut Asked, bool) + 'static,
) -> El {
    let input = el("input").attr("type", "checkbox");
    let element: HtmlInputElement = input.cast();
    let ticked = element.clone();
    let on: Box<dyn Fn(&Asked) -> bool> = Box::new(on);
    let set: Set = Box::new(set);
    let input = input
        .on("change", move |_| session.auditing.change(|asked| set(asked, ticked.checked())))
        .whenever(move || element.set_checked(on(&session.auditing.asked())));
    el("label").class("switch").add(input).text(" ").text(label)
}
