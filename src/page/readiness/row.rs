use std::sync::Arc;

use leptos::prelude::Set as _;
use web_sys::HtmlInputElement;

use super::words::name;
use crate::mail::TlsState;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::cell;
use crate::report::{Policy, ReadinessRow, Thing};
use crate::text::Catalogue;

/// A row of the work list. Its name opens what is known of it.
pub(super) fn row(
    t: &'static Catalogue,
    session: Session,
    policy: Policy,
    index: usize,
    row: &ReadinessRow,
) -> El {
    let outcome = &row.outcome;
    let figure = |amount: (u64, bool)| {
        cell(&t.amount(amount), if amount.0 == 0 { "figure zero" } else { "figure" })
    };
    let kind = row.thing.kind();
    let todo = (t.readiness.todo_of)(policy, kind);
    let opened = Arc::new(row.clone());
    let open = button(name(t, row), move || session.readiness.opened.set(Some(opened.clone())));
    // A name out of a file has its own direction of writing.
    let open = open.class("link row-name").attr("dir", "auto").attr("title", name(t, row));
    let named = el("th")
        .attr("scope", "row")
        .class("name")
        .add(open)
        .add(text_el("span", (t.readiness.kind)(kind)).class("weak second"));
    let todo = text_el("div", todo).attr("title", todo);
    // The head is the first row.
    el("tr")
        .attr("aria-rowindex", &(index + 2).to_string())
        .add(el("td").class("done").add(tick(t, session, row)))
        .add(named)
        .add(el("td").class("todo").add(todo))
        .add(client(t, row))
        .adds([outcome.refused, outcome.untold, (outcome.all(), false)].map(figure))
        .add(seen(row))
        .add(versions(t, row))
}

/// The box to tick.
fn tick(t: &'static Catalogue, session: Session, row: &ReadinessRow) -> El {
    let address = match &row.thing {
        Thing::Client { client: Some(client), .. } => format!(", {client}"),
        _ => String::new(),
    };
    let label = (t.readiness.done_of)(&[name(t, row), &address].concat());
    let input = el("input").attr("type", "checkbox").attr("aria-label", &label);
    let element: HtmlInputElement = input.cast();
    element.set_checked(session.readiness.is_done(&row.thing));
    let row = row.clone();
    input.on("change", move |_| {
        session.readiness.tick(&row, element.checked());
        session.remember_soon();
    })
}

/// The client's address, and how many others sign in from there; or the host.
fn client(t: &'static Catalogue, row: &ReadinessRow) -> El {
    let w = &t.readiness;
    let hosts = &row.hosts;
    let (first, second) = match &row.thing {
        Thing::Client { client, .. } => {
            let others = row.others.list.len() as u64 + row.others.more;
            let others = (others > 0).then(|| (w.others_short)(others));
            (client.as_deref(), others)
        }
        Thing::Connector { .. } | Thing::Partner { .. } => {
            let first = hosts.list.first().map(|(host, _)| host.as_str());
            let more = (hosts.list.len() as u64 + hosts.more).saturating_sub(1);
            (first, (more > 0).then(|| (w.more_short)(more)))
        }
    };
    let named = match first {
        Some(first) => text_el("bdi", first).attr("title", first),
        None => text_el("span", t.tls.not_recorded).class("weak"),
    };
    let second = second.map(|text| text_el("span", &text).class("weak second"));
    el("td").class("client").add(named).adds(second)
}

/// The days on which refused messages were seen.
fn seen(row: &ReadinessRow) -> El {
    let td = el("td").class("seen");
    let Some((first, last)) = row.seen else { return td };
    let last = (first != last).then(|| text_el("span", &last.to_string()).class("second"));
    td.add(text_el("span", &first.to_string())).adds(last)
}

/// The TLS versions, the weakest first; what does not fit is in the flyout.
fn versions(t: &'static Catalogue, row: &ReadinessRow) -> El {
    let used = TlsState::ALL.into_iter().filter(|state| row.counts.get(*state) > 0);
    let lines: Vec<String> = used
        .map(|state| format!("{}: {}", t.tls_state(state), t.amount(row.counts.amount(state))))
        .collect();
    let line = |text: &String| text_el("span", text).class("second");
    el("td").class("tls").attr("title", &lines.join(", ")).adds(lines.iter().take(3).map(line))
}
