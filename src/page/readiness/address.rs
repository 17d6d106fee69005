//! The state of the view in the address: `#/readiness?v=1&policy=basic-auth`.

use crate::page::address::{DIRECTIONS, Fragment};
use crate::report::{Filter, Policy, ReadinessColumn, ReadinessQuery, ReadinessSort};

/// Writes all that is not as usual.
pub(crate) fn write(query: &ReadinessQuery, address: &mut Fragment) {
    if query.policy != Policy::default() {
        address.put("policy", query.policy.code());
    }
    address.put_span(query.span);
    if let Some((direction, name)) = &query.connector {
        let word = DIRECTIONS.iter().find(|(known, _)| known == direction);
        address.put("connector", &format!("{}:{name}", word.map_or("", |(_, word)| word)));
    }
    if !query.search.is_empty() {
        address.put("search", &query.search);
    }
    if let Some(column) = query.sort.column {
        let sign = if query.sort.descending { "-" } else { "" };
        address.put("sort", &format!("{sign}{}", column.code()));
    }
    if query.untold {
        address.put("untold", "list");
    }
    if query.hide_done {
        address.put("done", "hide");
    }
    if !query.filter.is_empty() {
        address.put("filter", &query.filter.written());
    }
}

/// Takes one part; `None` if it is not understood.
pub(crate) fn take(query: &mut ReadinessQuery, name: &str, value: &str) -> Option<()> {
    match (name, value) {
        ("policy", code) => {
            query.policy = Policy::ALL.into_iter().find(|policy| policy.code() == code)?;
        }
        ("connector", of) => {
            let (word, name) = of.split_once(':')?;
            let (direction, _) = DIRECTIONS.iter().find(|(_, known)| *known == word)?;
            query.connector = Some((*direction, name.to_owned()));
        }
        ("search", text) => text.clone_into(&mut query.search),
        ("sort", code) => {
            let descending = code.starts_with('-');
            let code = code.trim_start_matches('-');
            let column = ReadinessColumn::ALL.into_iter().find(|column| column.code() == code);
            query.sort = ReadinessSort { column: Some(column?), descending };
        }
        ("untold", "list") => query.untold = true,
        ("done", "hide") => query.hide_done = true,
        ("filter", text) => {
            let (read, understood) = Filter::read(text);
            query.filter = read;
            return understood.then_some(());
        }
        _ => return None,
    }
    Some(())
}
