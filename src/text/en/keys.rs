//! English of the keys.

use crate::text::Keys;

pub(super) const KEYS: Keys = Keys {
    title: "Keyboard shortcuts",
    note: "They do nothing while you type, and nothing in a dialog. Everything can be reached with Tab, Enter and Space, too.",
    key: "Key",
    does: "What it does",
    this_list: "This list",
    open_files: "Choose files to read",
    filter: "Filter the messages of a report",
    switch: "Switch between chart and table",
    search: "Search in the table",
    export: "Export the table",
    in_chart: "In a chart that has the focus",
    point_to_point: "To the point or slice before or behind",
    first_and_last: "To the first or the last",
    leave_point: "Away from it",
    on: "Use single keys as shortcuts",
    on_help: "Switched off, that is remembered in this browser. The list stays behind the button \u{201c}?\u{201d}.",
    skip: "Skip to the content",
};
