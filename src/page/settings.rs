//! "Settings": what no format can say, and a person can (IM-06).

use leptos::prelude::*;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use super::dom::{El, button, el, text_el};
use super::session::Session;
use super::shell::{Modal, column, labelled, pick, row_head, table};
use super::zones;
use crate::account::Field;
use crate::mail::{Choices, ConnectorType, Zone, lower};
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
    let modal =
        Modal::new(session, t.settings.title, "box wide settings", "settings-title", closed);
    let before = session.choices();
    let said = RwSignal::new(before.own_domains.is_some());
    let domains = area(before.own_domains.as_deref().unwrap_or_default());
    let domains = domains.on("input", move |_| said.set(true));
    let types = connector_types(t, session, &before);
    let connectors = before.connectors.iter().map(|(host, name)| format!("{host} = {name}"));
    let connectors = Input::new(area(&connectors.collect::<Vec<_>>()));
    let zone = Input::new(zone_input(&before.zone.name));
    let year = Input::new(year_input(before.log_year));
    let hosts = Input::new(area(&before.internal_hosts));
    let text = &t.settings;
    let dated = el("div")
        .class("settings-pair")
        .add(zone.part("time-zone", text.zone, text.zone_help).add(zone_list(t)))
        .add(year.part("log-year", text.year, text.year_help));
    let body = el("div")
        .add(own_domains(t, session, said, domains.clone()))
        .add(types_table(t, &types))
        .add(connectors.part("connectors", text.connectors, text.connectors_help))
        .add(dated)
        .add(hosts.part("internal-hosts", text.internal_hosts, text.internal_hosts_help));
    let apply = {
        let modal = modal.clone();
        move || {
            // The first that is wrong is asked for last, and so has the focus.
            let log_year = year_in(t, &year);
            let zone = zone_in(t, &zone, &before);
            let connectors = connectors_in(t, &connectors);
            let (Ok(log_year), Ok(zone), Ok(connectors)) = (log_year, zone, connectors) else {
                return;
            };
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
                internal_hosts: entered(&hosts.element),
                connectors,
                zone,
                log_year,
            });
        }
    };
    let apply = button(t.mapping.apply, apply).class("primary");
    let cancel = modal.close_button(t.mapping.cancel);
    Some(modal.with(body, [apply, cancel]))
}

/// What a person entered cannot be meant, and was said to be so.
struct Refused;

/// An input, and what is wrong with what the person entered.
struct Input {
    element: El,
    fault: RwSignal<String>,
}

impl Input {
    fn new(element: El) -> Self {
        Self { element, fault: RwSignal::new(String::new()) }
    }

    /// What it is for, what to enter, and what is wrong.
    fn part(&self, id: &str, label: &str, help: &str) -> El {
        let fault = self.fault;
        let fault_id = format!("{id}-fault");
        let invalid = move || fault.with(|fault| !fault.is_empty()).then(|| "true".to_owned());
        let element = self.element.clone().live_attr("aria-invalid", invalid);
        let said = el("p").class("error").attr("role", "alert").attr("id", &fault_id);
        let whole = part(id, label, element.clone(), help);
        drop(element.attr("aria-describedby", &format!("{id}-help {fault_id}")));
        whole.add(said.live_text(move || fault.get()))
    }

    /// What was understood; else says what is wrong, and goes there.
    fn told<T>(&self, read: Result<T, String>) -> Result<T, Refused> {
        let fault = match read {
            Ok(read) => {
                self.fault.set(String::new());
                return Ok(read);
            }
            Err(fault) => fault,
        };
        self.fault.set(fault);
        // Fails only for an element that is gone.
        self.element.cast::<HtmlElement>().focus().unwrap_or_default();
        Err(Refused)
    }
}

/// A field for a zone: the person types a part of its name, and chooses.
fn zone_input(name: &str) -> El {
    let input = el("input").attr("type", "text").attr("list", "time-zones");
    let input = input.attr("spellcheck", "false").attr("autocomplete", "off");
    input.cast::<HtmlInputElement>().set_value(name);
    input
}

/// The zones to choose from, the browser's own first.
fn zone_list(t: &'static Catalogue) -> El {
    let option = |name: &str| el("option").attr("value", name);
    let own = zones::own().map(|own| option(&own).attr("label", t.settings.own_zone));
    el("datalist")
        .attr("id", "time-zones")
        .adds(own)
        .adds(ZONES.map(|quarters| option(&Zone::fixed(quarters * 15).name)))
        .adds(zones::all().iter().map(|name| option(name)))
}

fn zone_in(t: &'static Catalogue, input: &Input, before: &Choices) -> Result<Zone, Refused> {
    let name = input.element.cast::<HtmlInputElement>().value();
    let name = name.trim();
    if name == before.zone.name {
        return input.told(Ok(before.zone.clone()));
    }
    let zone = if name.is_empty() { Some(Zone::default()) } else { zones::named(name) };
    input.told(zone.ok_or_else(|| (t.settings.no_zone)(name)))
}

fn year_input(year: Option<i32>) -> El {
    let (first, last) = Choices::LOG_YEARS;
    let input = el("input").attr("type", "number").attr("step", "1");
    let input = input.attr("min", &first.to_string()).attr("max", &last.to_string());
    let value = year.map(|year| year.to_string()).unwrap_or_default();
    input.cast::<HtmlInputElement>().set_value(&value);
    input
}

fn year_in(t: &'static Catalogue, input: &Input) -> Result<Option<i32>, Refused> {
    let element: HtmlInputElement = input.element.cast();
    // What is no number has no value, but is not valid either.
    let year = element.check_validity().then(|| element.value().parse().ok());
    input.told(year.ok_or_else(|| t.settings.no_year.to_owned()))
}

fn connectors_in(t: &'static Catalogue, input: &Input) -> Result<Vec<(String, String)>, Refused> {
    let text = input.element.cast::<HtmlTextAreaElement>().value();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = |line| Choices::connector(line).ok_or_else(|| (t.settings.no_connector)(line));
    input.told(lines.map(read).collect())
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
    let help_id = format!("{id}-help");
    let input = input.attr("id", id).attr("aria-describedby", &help_id);
    labelled(id, label, input).add(text_el("p", help).class("weak").attr("id", &help_id))
}

/// A field for lines.
fn area(lines: &[String]) -> El {
    let area = el("textarea").attr("rows", "3").attr("spellcheck", "false");
    area.cast::<HtmlTextAreaElement>().set_value(&lines.join("\n"));
    area
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
