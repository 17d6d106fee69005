use std::fmt::Write as _;

use super::csv::{Cell, csv, tsv};
use super::markdown::markdown;
use super::table::COPIED_ROWS;
use crate::mail::{AuthMethod, Day, TlsState};
use crate::report::{
    Done, Listed, ReadinessAnswer, ReadinessRow, ReadinessWords, Thing, TlsCounts,
};
use crate::tally::Tally;

/// A work list as CSV: every row that the search leaves, in the order shown.
pub fn readiness_csv(
    tally: &Tally,
    answer: &ReadinessAnswer,
    words: &ReadinessWords,
    done: &Done,
) -> String {
    table(tally, answer, words, done, (csv, usize::MAX))
}

/// The same as text with tabs, for the clipboard: the first [`COPIED_ROWS`].
pub fn readiness_tsv(
    tally: &Tally,
    answer: &ReadinessAnswer,
    words: &ReadinessWords,
    done: &Done,
) -> String {
    table(tally, answer, words, done, (tsv, COPIED_ROWS))
}

/// The same as Markdown.
pub fn readiness_markdown(
    tally: &Tally,
    answer: &ReadinessAnswer,
    words: &ReadinessWords,
    done: &Done,
) -> String {
    table(tally, answer, words, done, (markdown, COPIED_ROWS))
}

type Write = fn(&[&str], &mut dyn Iterator<Item = Vec<Cell<'_>>>) -> String;

fn table(
    tally: &Tally,
    answer: &ReadinessAnswer,
    words: &ReadinessWords,
    done: &Done,
    (write, most): (Write, usize),
) -> String {
    let rounded = answer.readiness.outcome.any_rounded();
    let mut heads: Vec<&str> = words.heads.iter().map(String::as_str).collect();
    if !rounded {
        heads.pop();
    }
    let rows = usize::try_from(answer.readiness.rows).unwrap_or(usize::MAX).min(most);
    // In pieces, so that memory does not follow the table.
    let mut rows = (0..rows).step_by(1_000).flat_map(|from| {
        let rows = answer.rows(tally, from, 1_000.min(rows - from));
        rows.iter().map(|row| cells(row, words, done, rounded)).collect::<Vec<_>>()
    });
    write(&heads, &mut rows)
}

fn cells(
    row: &ReadinessRow,
    words: &ReadinessWords,
    done: &Done,
    rounded: bool,
) -> Vec<Cell<'static>> {
    let kind = row.thing.kind().index();
    let of = |words: &[String]| words.get(kind).cloned().unwrap_or_default();
    let yes_no = |yes: bool| Cell::text(words.yes_no[usize::from(!yes)].clone());
    let day = |day: Option<Day>| day.map_or(Cell::Empty, |day| Cell::text(day.to_string()));
    let name = Some(row.thing.name()).filter(|name| !name.is_empty()).unwrap_or(&words.unnamed);
    let client = match &row.thing {
        Thing::Client { client, .. } => client.clone().unwrap_or_default(),
        Thing::Connector { .. } | Thing::Partner { .. } => names(&row.hosts),
    };
    let mut cells = vec![
        yes_no(done.has(&row.thing)),
        Cell::text(of(&words.kinds)),
        Cell::text(name.to_owned()),
        Cell::text(client),
        Cell::Count(row.outcome.refused.0),
        Cell::Count(row.outcome.untold.0),
        Cell::Count(row.outcome.all()),
        day(row.seen.map(|seen| seen.0)),
        day(row.seen.map(|seen| seen.1)),
        Cell::text(versions(&row.counts, words)),
        Cell::text(names(&row.ciphers)),
        Cell::text(methods(&row.methods, words)),
        Cell::text(names(&row.others)),
        Cell::text(of(&words.todos)),
    ];
    if rounded {
        cells.push(yes_no(row.outcome.any_rounded()));
    }
    cells
}

/// `TLS 1.0: 472; TLS 1.2: 12`.
fn versions(counts: &TlsCounts, words: &ReadinessWords) -> String {
    let used = TlsState::ALL.into_iter().filter(|state| counts.get(*state) > 0);
    let named = used
        .filter_map(|state| Some((words.states.get(state.index())?.as_str(), counts.get(state))));
    joined(named, 0)
}

fn methods(methods: &[(AuthMethod, u64)], words: &ReadinessWords) -> String {
    let named = methods.iter().filter_map(|(method, messages)| {
        let index = AuthMethod::ALL.iter().position(|known| known == method)?;
        Some((words.methods.get(index)?.as_str(), *messages))
    });
    joined(named, 0)
}

fn names(listed: &Listed) -> String {
    joined(listed.list.iter().map(|(name, messages)| (name.as_str(), *messages)), listed.more)
}

fn joined<'n>(names: impl Iterator<Item = (&'n str, u64)>, more: u64) -> String {
    let mut text = String::new();
    for (name, messages) in names {
        let between = if text.is_empty() { "" } else { "; " };
        // Writing to a `String` cannot fail.
        write!(text, "{between}{name}: {messages}").unwrap_or_default();
    }
    if more > 0 {
        write!(text, "; +{more}").unwrap_or_default();
    }
    text
}
