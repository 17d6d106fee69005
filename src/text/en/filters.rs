//! English of filters.

use crate::report::{Fault, Field, FieldKind, Ignored, Join, Verb};
use crate::text::Filters;

pub(super) const FILTERS: Filters = Filters {
    add: "Add filter",
    change: "Change filter",
    remove_all: "Remove filters",
    title: "Filter messages",
    filtered: "Filtered: ",
    conditions: |count| format!("{count} conditions"),
    nothing_passes: "No messages of this period pass the filter",
    of_all: "The filter does not change this: it is of everything that was read.",
    join: "Show messages that meet",
    group_join: "A message of this group meets",
    all: "all conditions",
    any: "any condition",
    of_messages: "Of the message",
    of_rows: "Of its row in the period, before filtering",
    field: "Field",
    test: "Test",
    value: "Value",
    to: "And",
    condition: |number| format!("Condition {number}"),
    group: |number| format!("Group {number}"),
    add_condition: "Add condition",
    add_group: "Add group",
    add_to_group: |group| format!("Add condition to {}", inside(group)),
    remove: |what| format!("Remove {}", inside(what)),
    none_yet: "No conditions: all messages are shown.",
    too_many: |most| format!("A filter holds at most {most} conditions"),
    fault: |kind, fault| match (fault, kind) {
        (Fault::NotOfKind, FieldKind::Percent) => "Enter a percentage from 0 to 100",
        (Fault::NotOfKind, FieldKind::Day) => "Enter a date",
        (Fault::NotOfKind, _) => "Enter a whole number",
        _ => "Enter a value",
    },
    saved: "Saved filters",
    choose_saved: "Choose\u{2026}",
    name: "Name",
    save: "Save in this browser",
    save_note: "Only a filter that you save is kept, in this browser alone.",
    saved_now: |name| format!("Saved as {name}"),
    not_saved: "This browser does not keep it.",
    no_name: "Enter a name",
    delete: |name| format!("Delete {name}"),
    deleted: |name| format!("Deleted {name}"),
    apply: "Apply",
    silent: |field| match field {
        Field::Connector => "No connector",
        _ => "Not recorded",
    },
    fields: |field| match field {
        Field::Date => "Date",
        Field::Direction => "Direction",
        Field::Connector => "Connector",
        Field::ConnectorType => "Connector type",
        Field::ForcedTls => "Forced TLS",
        Field::Tls => "TLS version",
        Field::Cipher => "Cipher suite",
        Field::SenderDomain => "Sender domain",
        Field::RemoteDomain => "Domain on the other side",
        Field::RemoteHost => "Host on the other side",
        Field::Account => "Sender address",
        Field::Domain => "Domain",
        Field::Method => "Authentication protocol",
        Field::ClientIp => "Client IP address",
        Field::Change => "Change to the period before",
        _ => "Volume",
    },
    count_of: |state| format!("Count of {state}"),
    share_of: |state| format!("Share of {state}"),
    verb: |kind, verb| match (verb, kind) {
        (Verb::Is, _) => "is",
        (Verb::IsNot, _) => "is not",
        (Verb::Contains, _) => "contains",
        (Verb::StartsWith, _) => "starts with",
        (Verb::EndsWith, _) => "ends with",
        (Verb::MoreThan, FieldKind::Day) => "is after",
        (Verb::LessThan, FieldKind::Day) => "is before",
        (Verb::MoreThan, _) => "is more than",
        (Verb::LessThan, _) => "is less than",
        (Verb::Between, _) => "is between",
    },
    clause: |field, kind, verb, value, to| {
        let (field, verb_word) = (inside(field), (FILTERS.verb)(kind, verb));
        let end = if verb == Verb::Between { format!(" and {to}") } else { String::new() };
        format!("{field} {verb_word} {value}{end}")
    },
    silence: |name, field, silent| match (field, silent) {
        (Field::Connector, true) => "there is no connector".to_owned(),
        (Field::Connector, false) => "there is a connector".to_owned(),
        (_, true) => format!("{} is not recorded", inside(name)),
        (_, false) => format!("{} is recorded", inside(name)),
    },
    joint: |join| match join {
        Join::All => ", and ",
        Join::Any => ", or ",
    },
    or: " or ",
    direction_unknown: "Not recorded",
    internal: "Internal",
    submission: "SMTP AUTH",
    ignored: |field, why| {
        let field = inside(field);
        match why {
            Ignored::NotInReport => format!("Not applied: this report has no {field}."),
            Ignored::NotInData => format!("Not applied: this data has no {field}."),
            Ignored::NothingBefore => {
                format!("Not applied: {field}, since the files do not reach back to it.")
            }
        }
    },
};

/// A name inside a sentence: `TLS version` keeps its capitals, `Sender domain`
/// does not.
fn inside(name: &str) -> String {
    let mut signs = name.chars();
    match (signs.next(), signs.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            let rest = &name[first.len_utf8()..];
            first.to_lowercase().chain(rest.chars()).collect()
        }
        _ => name.to_owned(),
    }
}
