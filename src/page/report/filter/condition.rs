use std::sync::Arc;

use leptos::prelude::*;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use super::draft::{Draft, End};
use super::{focus, focus_soon};
use crate::messages::Request;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Picture, icon};
use crate::report::{Field, FieldKind, Verb};
use crate::text::Catalogue;

/// The parts of the dialog.
#[derive(Clone, Copy)]
pub(super) struct Builder {
    pub(super) t: &'static Catalogue,
    pub(super) session: Session,
    pub(super) draft: Draft,
    /// What can be filtered by.
    pub(super) fields: StoredValue<Vec<Field>>,
    /// The condition that makes no sense.
    pub(super) faulty: RwSignal<Option<u32>>,
}

/// The id of the element that has the field of a condition.
pub(super) fn field_id(id: u32) -> String {
    format!("filter-field-{id}")
}

/// The id of the element that has its value.
pub(super) fn value_id(id: u32) -> String {
    format!("filter-value-{id}")
}

/// The id of the button that removes it.
fn remove_id(id: u32) -> String {
    format!("filter-remove-{id}")
}

impl Builder {
    /// Conditions outside of groups, or those of one.
    pub(super) fn list(self, group: Option<u32>) -> El {
        let draft = self.draft;
        el("div")
            .class("conditions")
            .keyed(move || draft.conditions(group), move |id| self.condition(*id))
    }

    /// One condition: a field, a test and a value.
    fn condition(self, id: u32) -> Option<El> {
        let Self { t, draft, .. } = self;
        let first = draft.get(id)?;
        let name = move || (t.filters.condition)(draft.place(id));
        let remove = move || match draft.remove(id) {
            Some(near) => focus(&remove_id(near)),
            None => focus("filter-add"),
        };
        let remove = button("", remove)
            .class("icon-button")
            .attr("id", &remove_id(id))
            .live_attr("aria-label", move || Some((t.filters.remove)(&name())))
            .add(icon(Picture::Close));
        let is = Memo::new(move |_| draft.get(id).map(|now| (now.field, now.verb)));
        let field = Memo::new(move |_| is.get().map(|(field, _)| field));
        let parts = move || {
            let Some(field) = field.get() else { return Vec::new() };
            vec![self.verbs(id, field)]
        };
        let values = move || {
            let Some((field, verb)) = is.get() else { return Vec::new() };
            self.values(id, field, verb)
        };
        let row = el("div")
            .class("condition")
            .attr("role", "group")
            .live_attr("aria-label", move || Some(name()))
            .add(self.field_choice(id, first.field))
            .add(el("span").class("condition-test").lives(parts))
            .add(el("span").class("condition-values").lives(values))
            .add(remove);
        Some(row)
    }

    /// What can be filtered by, and what the filter has already.
    fn field_choice(self, id: u32, now: Field) -> El {
        let t = self.t;
        let mut fields = self.fields.get_value();
        if !fields.contains(&now) {
            fields.push(now);
        }
        let option = |field: &Field| {
            text_el("option", &t.filter_field(*field))
                .attr("value", &field.code())
                .flag("selected", *field == now)
        };
        let group = |name: &str, of_row: bool| {
            let fields = fields.iter().filter(|field| field.is_of_row() == of_row).map(option);
            el("optgroup").attr("label", name).adds(fields)
        };
        let select = el("select").attr("id", &field_id(id)).attr("aria-label", t.filters.field);
        let select =
            select.add(group(t.filters.of_messages, false)).add(group(t.filters.of_rows, true));
        chosen(select, move |code| {
            if let Some(field) = Field::of_code(&code) {
                self.draft.set_field(id, field);
            }
        })
    }

    fn verbs(self, id: u32, field: Field) -> El {
        let now = untrack(|| self.draft.get(id)).map(|condition| condition.verb);
        let option = |verb: &Verb| {
            text_el("option", (self.t.filters.verb)(field.kind(), *verb))
                .attr("value", verb.code())
                .flag("selected", Some(*verb) == now)
        };
        let select = el("select").attr("aria-label", self.t.filters.test);
        chosen(select.adds(field.verbs().iter().map(option)), move |code| {
            if let Some(verb) = Verb::of_code(&code) {
                self.draft.set_verb(id, verb);
            }
        })
    }

    fn values(self, id: u32, field: Field, verb: Verb) -> Vec<El> {
        let t = self.t;
        let Some(now) = untrack(|| self.draft.get(id)) else { return Vec::new() };
        let faulty = self.faulty;
        let marked = |input: El| {
            let invalid = move || (faulty.get() == Some(id)).then(|| "true".to_owned());
            input
                .attr("id", &value_id(id))
                .attr("aria-describedby", "filter-error")
                .live_attr("aria-invalid", invalid)
        };
        if field.kind() == FieldKind::Choice {
            return vec![marked(self.choices(id, field, &now.value))];
        }
        let mut parts = vec![marked(self.input(id, field, End::Value, &now.value))];
        if verb == Verb::Between {
            parts.push(self.input(id, field, End::To, &now.to));
        }
        if field.kind() == FieldKind::Text {
            let list = format!("filter-known-{id}");
            let input = parts.swap_remove(0).attr("list", &list);
            let silence = matches!(verb, Verb::Is | Verb::IsNot);
            let hint = if silence { (t.filters.silent)(field) } else { "" };
            parts.push(input.attr("placeholder", hint));
            parts.push(self.known(&list, field));
        }
        parts
    }

    fn choices(self, id: u32, field: Field, now: &str) -> El {
        // No report is of these, but an address may ask for them.
        let rare = |code: &str| matches!(code, "internal" | "submission") && code != now;
        let codes = field.codes().into_iter().filter(|code| !rare(code));
        let options = codes.map(|code| {
            text_el("option", self.t.filter_choice(field, code))
                .attr("value", code)
                .flag("selected", code == now)
        });
        let select = el("select").attr("aria-label", self.t.filters.value).adds(options);
        chosen(select, move |code| self.draft.set_value(id, End::Value, &code))
    }

    fn input(self, id: u32, field: Field, end: End, now: &str) -> El {
        let label = match end {
            End::Value => self.t.filters.value,
            End::To => self.t.filters.to,
        };
        let kind = if field.kind() == FieldKind::Day { "date" } else { "text" };
        let input = el("input").attr("type", kind).attr("aria-label", label);
        let input = input.attr("autocomplete", "off").attr("spellcheck", "false");
        let input = match field.kind() {
            FieldKind::Text | FieldKind::Day => input,
            FieldKind::Percent => input.attr("inputmode", "decimal").class("number"),
            _ => input.attr("inputmode", "numeric").class("number"),
        };
        let element: HtmlInputElement = input.cast();
        element.set_value(now);
        input.on("input", move |_| self.draft.set_value(id, end, &element.value()))
    }

    /// What the data has in a field, to choose from.
    fn known(self, list: &str, field: Field) -> El {
        let reports = self.session.reports;
        let known = move || {
            let find = |all: &Vec<(Field, Arc<Vec<String>>)>| {
                all.iter().find(|(of, _)| *of == field).map(|(_, values)| Arc::clone(values))
            };
            reports.known_values.with(find)
        };
        if untrack(known).is_none() {
            // Asked once, however many conditions there are.
            reports.known_values.update(|all| all.push((field, Arc::default())));
            self.session.ask_for(Request::KnownValues(field));
        }
        el("datalist").attr("id", list).lives(move || {
            let values = known().unwrap_or_default();
            values.iter().map(|value| el("option").attr("value", value)).collect()
        })
    }

    /// Adds a condition and goes there.
    pub(super) fn add(self, group: Option<u32>) {
        focus_soon(field_id(self.draft.add(group)));
    }
}

/// Calls `choose` with the value of what is chosen from now on.
fn chosen(select: El, choose: impl Fn(String) + 'static) -> El {
    let element: HtmlSelectElement = select.cast();
    select.on("change", move |_| choose(element.value()))
}
