//! "Settings": what no format can say, and a person can (IM-06).

use leptos::prelude::*;
use web_sys::HtmlTextAreaElement;

use super::dom::{El, button, el, text_el};
use super::session::Session;
use super::shell::{Modal, choice, column, labelled, row_head, select, table};
use crate::mail::{Choices, ConnectorType, lower};
use crate::text::Catalogue;

const TYPES: [ConnectorType; 4] = [
    ConnectorType::Unknown,
    ConnectorType::OnPremises,
    ConnectorType::Partner,
    ConnectorType::NoConnector,
];

/// Offsets from UTC, in minutes, that are in use beside those of whole hours.
const BROKEN: [i32; 11] = [-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765];

/// The dialog, while it is open.
pub(crate) fn settings(session: Session) -> Option<El> {
    if !session.settings.get() {
        return None;
    }
    let t = session.texts();
    let closed = move || session.settings.set(false);
    let modal = Modal::new(t, t.settings.title, "box wide", "settings-title", closed);
    let before = session.choices.get_untracked();
    let domains = RwSignal::new(before.own_domains.as_ref().map(|own| own.join("\n")));
    let types = RwSignal::new(before.connector_types);
    let zone = RwSignal::new(before.zone_minutes.unwrap_or(0));
    let hosts = RwSignal::new(before.internal_hosts.join("\n"));
    let apply = {
        let modal = modal.clone();
        move || {
            let own = domains.get_untracked().map(|text| {
                let domain = |word: &str| lower(word.trim_matches(['@', '.']));
                split(&text).map(domain).filter(|domain| !domain.is_empty()).collect()
            });
            modal.close();
            session.choose(Choices {
                own_domains: own,
                connector_types: types.get_untracked(),
                internal_hosts: split(&hosts.get_untracked()).map(str::to_owned).collect(),
                zone_minutes: Some(zone.get_untracked()).filter(|minutes| *minutes != 0),
            });
        }
    };
    let zones = choice(
        "time-zone",
        t.settings.zone,
        move || {
            let chosen = zone.get();
            let option =
                |minutes: i32| (minutes.to_string(), zone_name(minutes), minutes == chosen);
            zones().into_iter().map(option).collect()
        },
        move |index| zone.set(zones().get(index).copied().unwrap_or_default()),
    );
    let hosts = area(
        "internal-hosts",
        t.settings.internal_hosts,
        move || hosts.get(),
        move |text| {
            hosts.set(text);
        },
    );
    let body = el("div")
        .add(own_domains(t, session, domains))
        .add(connector_types(t, session, types))
        .add(zones.add(text_el("p", t.settings.zone_help).class("weak")))
        .add(hosts.add(text_el("p", t.settings.internal_hosts_help).class("weak")));
    let apply = button(t.mapping.apply, apply).class("primary");
    let cancel = modal.close_button(t.mapping.cancel);
    Some(modal.with(body, [apply, cancel]).class("box wide settings"))
}

fn own_domains(t: &'static Catalogue, session: Session, said: RwSignal<Option<String>>) -> El {
    let value = move || {
        let guess = || session.assumptions.with(|used| used.own_domains.join("\n"));
        said.get().unwrap_or_else(guess)
    };
    let state = move || {
        let text = if said.with(Option::is_none) { t.settings.guessed } else { t.settings.said };
        text.to_owned()
    };
    let reset = move || {
        said.set(None);
        session.choose(Choices { own_domains: None, ..session.choices.get_untracked() });
    };
    let reset = move || {
        said.with(Option::is_some).then(|| button(t.settings.use_guess, reset).class("link"))
    };
    let state = el("p").class("state").add(el("span").live_text(state)).text(" ").live(reset);
    area("own-domains", t.settings.own_domains, value, move |text| said.set(Some(text)))
        .add(state)
        .add(text_el("p", t.settings.own_domains_help).class("weak"))
}

fn connector_types(
    t: &'static Catalogue,
    session: Session,
    said: RwSignal<Vec<(String, ConnectorType)>>,
) -> El {
    // Those that have a type now because the person said it can be changed too.
    let mut names = session.assumptions.with_untracked(|used| used.untyped.clone());
    names.extend(said.get_untracked().into_iter().map(|(name, _)| name));
    names.sort();
    names.dedup();
    let row = |name: String| {
        let own = name.clone();
        let chosen = Memo::new(move |_| {
            let known = |said: &Vec<(String, ConnectorType)>| {
                said.iter().find(|(of, _)| *of == own).map(|(_, kind)| *kind)
            };
            said.with(known).unwrap_or_default()
        });
        let option = move |kind: ConnectorType| {
            let word = (t.report.connector_type_word)(kind).to_owned();
            (kind.code().to_owned(), word, kind == chosen.get())
        };
        let own = name.clone();
        let choose = move |index: usize| {
            let kind = TYPES.get(index).copied().unwrap_or_default();
            said.update(|said| {
                said.retain(|(of, _)| *of != own);
                if kind != ConnectorType::Unknown {
                    said.push((own.clone(), kind));
                }
            });
        };
        let select = select(move || TYPES.map(option).to_vec(), choose).attr("aria-label", &name);
        el("tr").add(row_head(&name, "")).add(el("td").add(select))
    };
    let part = el("div")
        .add(text_el("h3", t.settings.connector_types))
        .add(text_el("p", t.settings.connector_types_help).class("weak"));
    if names.is_empty() {
        return part.add(text_el("p", t.settings.no_untyped));
    }
    let head = [t.report.connector, t.report.connector_type].map(|name| column(name, ""));
    let rows = names.into_iter().map(row);
    part.add(table(t.settings.connector_types, "grid small", head, rows))
}

/// A `textarea` with its label; the `id` is its own.
fn area(
    id: &str,
    label: &str,
    value: impl Fn() -> String + 'static,
    enter: impl Fn(String) + 'static,
) -> El {
    let area = el("textarea").attr("id", id).attr("rows", "3").attr("spellcheck", "false");
    let element: HtmlTextAreaElement = area.cast();
    let entered = element.clone();
    let area = area.on("input", move |_| enter(entered.value())).whenever(move || {
        let value = value();
        // Else the caret would jump to the end at every key.
        if element.value() != value {
            element.set_value(&value);
        }
    });
    labelled(id, label, area)
}

/// What stands between blanks, commas and line ends.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\n', '\r', '\t', ',', ';']).filter(|word| !word.is_empty())
}

fn zones() -> Vec<i32> {
    let mut zones: Vec<i32> = (-12..=14).map(|hours| hours * 60).chain(BROKEN).collect();
    zones.sort_unstable();
    zones
}

fn zone_name(minutes: i32) -> String {
    if minutes == 0 {
        return "UTC".to_owned();
    }
    let sign = if minutes < 0 { '\u{2212}' } else { '+' };
    let size = minutes.unsigned_abs();
    format!("UTC{sign}{:02}:{:02}", size / 60, size % 60)
}
