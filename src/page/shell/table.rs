use crate::page::dom::{El, el, text_el};

/// A table that may be wider than the page: it scrolls by itself, also with
/// the keyboard. The `label` is what a screen reader calls it.
pub(crate) fn table(
    label: &str,
    class: &str,
    head: impl IntoIterator<Item = El>,
    rows: impl IntoIterator<Item = El>,
) -> El {
    let head = el("thead").add(el("tr").adds(head));
    let table = el("table").class(class).add(head).add(el("tbody").adds(rows));
    table_region(label, table)
}

/// The region in which a table scrolls.
pub(crate) fn table_region(label: &str, table: El) -> El {
    el("div")
        .class("table-region")
        .attr("role", "region")
        .attr("aria-label", label)
        .attr("tabindex", "0")
        .add(table)
}

/// The head of a column; `class` is empty, or `figure` for a column of numbers.
pub(crate) fn column(name: &str, class: &str) -> El {
    text_el("th", name).attr("scope", "col").class(class)
}

/// A cell of a column of that class.
pub(crate) fn cell(text: &str, class: &str) -> El {
    text_el("td", text).class(class)
}

/// The cell that names its row.
pub(crate) fn row_head(text: &str, class: &str) -> El {
    text_el("th", text).attr("scope", "row").class(class)
}
