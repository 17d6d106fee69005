use crate::page::dom::{El, button, el};
use crate::page::session::Session;
use crate::page::shell::{cell, row_head};
use crate::report::{Column, ROUNDED, ReportKind, Row, Subject, Value, Words};
use crate::text::Catalogue;

/// A row of a report's table. Its name opens what is known of it.
pub(super) fn row(
    t: &'static Catalogue,
    session: Session,
    kind: ReportKind,
    words: &Words,
    columns: &[Column],
    index: usize,
    row: Row<'_>,
) -> El {
    let cells = columns.iter().map(|column| {
        let value = words.value(row, *column, ROUNDED);
        let shown = words.shown(&value, *column);
        if *column == Column::Name {
            return name(t, session, kind, shown, row);
        }
        if *column == Column::Week {
            return row_head(&shown, "nowrap");
        }
        let none = match value {
            Value::Text(_) => matches!(column, Column::Tls(state) if row.counts().get(*state) == 0),
            Value::Number(number) => number == 0,
        };
        let class = match (column, column.is_figure(), none) {
            (_, true, true) => "figure zero",
            (_, true, false) => "figure",
            (Column::Date | Column::Monday | Column::First | Column::Last, ..) => "nowrap",
            _ => "name",
        };
        cell(&shown, class)
    });
    // The head is the first row.
    el("tr").attr("aria-rowindex", &(index + 2).to_string()).adds(cells)
}

fn name(
    t: &'static Catalogue,
    session: Session,
    kind: ReportKind,
    shown: String,
    row: Row<'_>,
) -> El {
    let subject = match row {
        Row::Connector(row) => Subject::Connector(row.direction, row.connector.clone()),
        Row::Sender(row) => Subject::Sender(row.address.clone(), row.domain.clone()),
        // A week has no name that opens anything.
        Row::Week(_) => return cell(&shown, "name"),
        Row::Peer(row) => {
            let (direction, name) = (row.direction, row.name.clone());
            match kind {
                ReportKind::Hosts => Subject::Host(direction, name),
                ReportKind::DirectSend => {
                    Subject::Direct(name, row.sender.clone(), row.domain.clone())
                }
                _ => Subject::Domain(direction, name),
            }
        }
    };
    let shown = if shown.is_empty() { t.report.no_address.to_owned() } else { shown };
    let open = button(&shown, move || {
        session.ask_for(session.reports.look_at(subject.clone()));
    });
    // A name out of a file has its own direction of writing.
    let open = open.class("link row-name").attr("dir", "auto").attr("title", &shown);
    el("th").attr("scope", "row").class("name").add(open)
}
