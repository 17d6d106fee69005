use std::rc::Rc;

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::table_region;
use crate::page::dom::{El, el};

/// How high the rows are that stand ready beyond the edges of what is seen.
const AHEAD_PIXELS: usize = 2_220;
/// Browsers draw no taller page (Firefox: 17.8 million pixels).
const MOST_PIXELS: usize = 14_800_000;

/// How many rows of that height are shown; the others are not listed.
pub(crate) const fn most_rows(row_height: usize) -> usize {
    MOST_PIXELS / row_height
}

/// A table of which only the rows that are seen are in the document; the worker
/// has the others.
pub(crate) struct LongTable {
    /// What a screen reader calls it.
    pub(crate) label: &'static str,
    /// Its classes.
    pub(crate) class: &'static str,
    /// Height of a row in pixels, as the style sheet has it.
    pub(crate) row_height: usize,
    /// How many rows it has.
    pub(crate) total: Memo<u64>,
    /// The first and the end of the rows that are here; followed.
    pub(crate) here: Rc<dyn Fn() -> Option<(usize, usize)>>,
    /// Its head; followed.
    pub(crate) head: Box<dyn Fn() -> El>,
    /// Its least width; followed.
    pub(crate) width: Box<dyn Fn() -> String>,
    /// The rows from the first to the end of those that are here.
    pub(crate) rows: Box<dyn Fn(usize, usize) -> Vec<El>>,
    /// Asks for so many rows from there on.
    pub(crate) ask: Box<dyn Fn(usize, usize)>,
    /// Follows what makes it another table, which starts at its top.
    pub(crate) renewed: Box<dyn Fn()>,
}

/// The table, in the region in which it scrolls.
pub(crate) fn long_table(is: LongTable) -> El {
    let LongTable { label, class, row_height, total, here, head, width, rows, ask, renewed } = is;
    let most = most_rows(row_height);
    let shown_rows = move || usize::try_from(total.get()).unwrap_or(most).min(most);
    let ahead = (AHEAD_PIXELS / row_height.max(1)).max(1);
    // The rows between these are in the document.
    let seen = RwSignal::new((0, ahead));
    let there = here.clone();
    let body = el("tbody").lives(move || {
        let Some((start, stop)) = there() else { return Vec::new() };
        let (from, to) = seen.get();
        let first = from.clamp(start, stop);
        let end = to.clamp(first, stop);
        let mut parts = vec![space(first, row_height)];
        parts.extend(rows(first, end));
        parts.push(space(untrack(shown_rows).saturating_sub(end), row_height));
        parts
    });
    let table = el("table")
        .class(class)
        .live_attr("aria-rowcount", move || Some((total.get() + 1).to_string()))
        .lives(move || vec![head()])
        .add(body);
    let wide = table.clone();
    // Columns keep their width while rows come and go.
    let table = table.whenever(move || drop(wide.clone().style("min-width", &width())));
    let region = table_region(label, table).class("table-region report-rows");
    let scrolled: HtmlElement = region.cast();
    let look = move || {
        let at = |pixels: i32| usize::try_from(pixels).unwrap_or(0) / row_height;
        let first = at(scrolled.scroll_top()).min(untrack(shown_rows));
        let visible = at(scrolled.client_height()).clamp(10, 200);
        let wanted = (first.saturating_sub(ahead / 2), first + visible + ahead / 2);
        if seen.get_untracked() != wanted {
            seen.set(wanted);
        }
        let missing = untrack(|| here()).is_some_and(|(start, stop)| {
            wanted.0 < start || wanted.1.min(untrack(shown_rows)) > stop
        });
        if missing {
            ask(wanted.0.saturating_sub(ahead), visible + 3 * ahead);
        }
    };
    let top: HtmlElement = region.cast();
    region.on("scroll", move |_| look()).whenever(move || {
        renewed();
        top.set_scroll_top(0);
        seen.set((0, ahead));
    })
}

/// Stands for rows that are not in the document.
fn space(rows: usize, row_height: usize) -> El {
    let space = el("tr").class("space").attr("aria-hidden", "true").flag("hidden", rows == 0);
    space.style("height", &format!("{}px", rows * row_height))
}
