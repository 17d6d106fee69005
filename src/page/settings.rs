//! "Settings": what no format can say, and a person can (IM-06).

use leptos::prelude::*;
use web_sys::{HtmlSelectElement, HtmlTextAreaElement};

use super::dom::{El, button, el, text_el};
use super::session::Session;
use super::shell::{Modal, column, labelled, pick, row_head, table};
use crate::account::Field;
use crate::mail::{Choices, ConnectorType, lower};
use crate::order::sort_by;
use crate::text::Catalogue;

const TYPES: [ConnectorType; 4] = [
    ConnectorType::Unknown,
    ConnectorType::OnPremises,
    ConnectorType::Partner,
    ConnectorType::NoConnector,
];

/// Offsets from UTC that are in use, in quarters of an hour.
const ZONES: [i32; 38] = [
    -48, -44, -40, -38, -36, -32, -28, -24, -20, -16, -14, -12, -8, -4, 0, 4, 8, 12, 14, 16, 18,
    20, 22, 23, 24, 26, 28, 32, 35, 36, 38, 40, 42, 44, 48, 51, 52, 56,
];

/// The dialog, while it is open.
pub(crate) fn settings(session: Session) -> Option<El> {
    if !session.settings.get() {
        return None;
    }
    let t = session.texts();
    let closed = move || session.settings.set(false);
    let modal = Modal::new(t, t.settings.title, "box wide settings", "settings-title", closed);
    let before = session.choices();
    let said = RwSignal::new(before.own_domains.is_some());
    let domains = area().on("input", move |_| said.set(true));
    let own = before.own_domains.as_deref().unwrap_or_default();
    domains.cast::<HtmlTextAreaElement>().set_value(&own.join("\n"));
    let types = connector_types(t, session, &before);
    let zone = before.zone_minutes.unwrap_or(0) / 15;
    let zone = pick(ZONES.map(|of| (zone_name(of), of == zone)), |_| {});
    let hosts = area();
    hosts.cast::<HtmlTextAreaElement>().set_value(&before.internal_hosts.join("\n"));
    let body = el("div")
        .add(own_domains(t, session, said, domains.clone()))
        .add(types_table(t, &types))
        .add(part("time-zone", t.settings.zone, zone.clone(), t.settings.zone_help))
        .add(part(
            "internal-hosts",
            t.settings.internal_hosts,
            hosts.clone(),
            t.settings.internal_hosts_help,
        ));
    let apply = {
        let modal = modal.clone();
        move || {
            let own = || {
                let own = entered(&domains).into_iter();
                let own = own.map(|word| lower(word.trim_matches(['@', '.'])));
                own.filter(|domain| !domain.is_empty()).collect()
            };
            let chosen = types.iter().map(|(name, select)| {
                let kind = TYPES.get(index(select)).copied().unwrap_or_default();
                (name.clone(), kind)
            });
            modal.close();
            session.choose(Choices {
                own_domains: said.get_untracked().then(own),
                connector_types: chosen
                    .filter(|(_, kind)| *kind != ConnectorType::Unknown)
                    .collect(),
                internal_hosts: entered(&hosts),
                connectors: Vec::new(),
                zone_minutes: ZONES.get(index(&zone)).map(|of| of * 15).filter(|of| *of != 0),
            });
        }
    };
    let apply = button(t.mapping.apply, apply).class("primary");
    let cancel = modal.close_button(t.mapping.cancel);
    Some(modal.with(body, [apply, cancel]))
}

/// The own domains: the guess as long as the person says nothing.
fn own_domains(t: &'static Catalogue, session: Session, said: RwSignal<bool>, area: El) -> El {
    let element: HtmlTextAreaElement = area.cast();
    let area = area.whenever(move || {
        let own = session.dashboard.with(|dashboard| dashboard.assumptions.own_domains.join("\n"));
        // What the person enters stays as it is.
        if !said.get() {
            element.set_value(&own);
        }
    });
    let reset = move || {
        said.set(false);
        session.choose(Choices { own_domains: None, ..session.choices() });
    };
    let state = el("p").class("state").lives(move || {
        if said.get() {
            let reset = button(t.settings.use_guess, reset).class("link");
            vec![text_el("span", t.settings.said), reset]
        } else {
            let none = session.dashboard.with(|all| all.assumptions.own_domains.is_empty());
            vec![text_el("span", if none { t.settings.no_guess } else { t.settings.guessed })]
        }
    });
    part("own-domains", t.settings.own_domains, area, t.settings.own_domains_help).add(state)
}

/// Connectors that have no type, or one because the person said it, each with
/// a choice of types.
fn connector_types(t: &'static Catalogue, session: Session, said: &Choices) -> Vec<(String, El)> {
    let said = &said.connector_types;
    let mut names: Vec<String> = said.iter().map(|(name, _)| name.clone()).collect();
    session.dashboard.with_untracked(|dashboard| {
        names.extend(dashboard.assumptions.untyped.iter().cloned());
    });
    sort_by(&mut names, &Ord::cmp);
    let select = |name: String| {
        let known = said.iter().find(|(of, _)| *of == name).map(|(_, kind)| *kind);
        let known = known.unwrap_or_default();
        let options =
            TYPES.map(|kind| ((t.report.connector_type_word)(kind).to_owned(), kind == known));
        let select = pick(options, |_| {}).attr("aria-label", &name);
        (name, select)
    };
    names.into_iter().map(select).collect()
}

fn types_table(t: &'static Catalogue, types: &[(String, El)]) -> El {
    let part = el("div")
        .add(text_el("h3", t.settings.connector_types))
        .add(text_el("p", t.settings.connector_types_help).class("weak"));
    if types.is_empty() {
        return part.add(text_el("p", t.settings.no_untyped));
    }
    let head =
        [Field::Connector, Field::ConnectorType].map(t.words.field).map(|name| column(name, ""));
    let rows = types
        .iter()
        .map(|(name, select)| el("tr").add(row_head(name, "")).add(el("td").add(select.clone())));
    part.add(table(t.settings.connector_types, "grid small", head, rows))
}

/// An input, what it is for, and what to enter.
fn part(id: &str, label: &str, input: El, help: &str) -> El {
    labelled(id, label, input.attr("id", id)).add(text_el("p", help).class("weak"))
}

fn area() -> El {
    el("textarea").attr("rows", "3").attr("spellcheck", "false")
}

/// What stands between blanks, commas and line ends.
fn entered(area: &El) -> Vec<String> {
    let text = area.cast::<HtmlTextAreaElement>().value();
    let words = text.split([' ', '\n', '\r', '\t', ',', ';']);
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn index(select: &El) -> usize {
    usize::try_from(select.cast::<HtmlSelectElement>().selected_index()).unwrap_or(0)
}

/// The name of an offset from UTC in quarters of an hour.
fn zone_name(quarters: i32) -> String {
    if quarters == 0 {
        return "UTC".to_owned();
    }
    let sign = if quarters < 0 { '\u{2212}' } else { '+' };
    let size = quarters.unsigned_abs();
    let [hours, minutes] = [size / 4, size % 4 * 15];
    format!("UTC{sign}{hours:02}:{minutes:02}")
}
