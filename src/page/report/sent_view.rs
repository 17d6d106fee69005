use leptos::prelude::*;
use web_sys::HtmlElement;

use super::sent_list::SentWindow;
use crate::mail::{MESSAGE_BYTES, SentCounts, SentMessage, SentQuery};
use crate::messages::{Request, TableForm};
use crate::page::copying::{copy_menu, uncopied};
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Picture, cell, column, field, icon, progress, row_head, table_region};
use crate::report::{ReportKind, SentWords};
use crate::text::{Catalogue, report_words};

/// Height of a row in pixels, as the style sheet has it.
const ROW: usize = 37;
/// Rows beyond the edges of what is seen.
const AHEAD: usize = 30;
/// More rows would make the page taller than browsers draw.
const MOST: usize = 400_000;

/// What stands in the section.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// The person was not asked yet.
    Offer,
    /// Files are read again.
    Reading,
    /// The messages.
    List,
}

/// A sender's messages (RP-12), once the person wants them to be kept.
pub(super) fn sent_view(t: &'static Catalogue, session: Session, query: SentQuery) -> El {
    let list = session.reports.sent;
    let busy = Memo::new(move |_| session.reading.with(Option::is_some));
    let stage = Memo::new(move |_| match (list.keeping.get(), busy.get()) {
        (false, _) => Stage::Offer,
        (true, true) => Stage::Reading,
        (true, false) => Stage::List,
    });
    let heading = text_el("h3", t.sent.title).attr("tabindex", "-1");
    // What was pressed goes; the focus would fall out of the dialog.
    let title: HtmlElement = heading.cast();
    let stay = move || title.focus().unwrap_or_default();
    let body = move || match stage.get() {
        Stage::Offer => offer(t, session, stay.clone()),
        Stage::Reading => progress(session, busy, "sent-progress-title").into_iter().collect(),
        Stage::List => messages(t, session, query.clone(), stay.clone()),
    };
    // The one of the page lies behind the dialog.
    let uncopied = move || uncopied(session);
    el("section").class("sent").add(heading).lives(body).live(uncopied)
}

fn megabytes() -> u64 {
    MESSAGE_BYTES as u64 / 1_000_000
}

fn offer(t: &'static Catalogue, session: Session, stay: impl Fn() + 'static) -> Vec<El> {
    let show = button(t.sent.show, move || {
        stay();
        session.keep_messages();
    });
    vec![text_el("p", &(t.sent.offer)(megabytes())), el("div").class("buttons").add(show)]
}

fn messages(
    t: &'static Catalogue,
    session: Session,
    query: SentQuery,
    stay: impl Fn() + 'static,
) -> Vec<El> {
    let list = session.reports.sent;
    list.window.set(None);
    let query = RwSignal::new(query);
    let ask = move |from, count| {
        session.ask_for(list.ask(query.get_untracked(), from, count));
    };
    ask(0, 4 * AHEAD);
    let search = field(
        "sent-search",
        t.sent.search,
        "search",
        "input",
        move || query.with(|query| query.search.clone()),
        move |text| {
            query.update(|query| query.search = text);
            ask(0, 4 * AHEAD);
        },
    );
    let counts = Memo::new(move |_| {
        list.window.with(|window| window.as_ref().map(|window| window.counts)).unwrap_or_default()
    });
    let count = el("p").attr("role", "status").live_text(move || {
        let known = list.window.with(Option::is_some);
        let counts = counts.get();
        if known {
            (t.sent.count)(counts.found, counts.messages)
        } else {
            t.shell.loading.to_owned()
        }
    });
    let whole = move |form| {
        let words = Box::new(SentWords { several: String::new(), ..sent_words(t) });
        Request::SentTable { query: query.get_untracked(), form, words }
    };
    let export = button(t.sent.export, move || session.ask_for(whole(TableForm::Csv)));
    let copy = copy_menu(t, session, t.sent.title, whole);
    let forget = button(t.sent.forget, move || {
        stay();
        session.forget_messages();
    });
    let bar = el("div").class("table-bar").add(search).add(count).add(copy);
    let buttons = el("div").class("buttons").add(export).add(forget);
    let notes = el("div").class("sent-notes").lives(move || notes(t, &counts.get()));
    vec![bar, rows(t, session, counts, query, ask), notes, buttons]
}

/// What the list does not show.
fn notes(t: &'static Catalogue, counts: &SentCounts) -> Vec<El> {
    let mut notes = Vec::new();
    if counts.left_out > 0 {
        let words = text_el("p", &(t.sent.left_out)(counts.left_out, megabytes()));
        notes.push(el("div").class("file-note warning").add(icon(Picture::Warning)).add(words));
    }
    let complete = counts.left_out == 0;
    let untraced = (counts.untraced > 0).then(|| (t.sent.untraced)(counts.untraced, complete));
    let only_traced = (counts.only_traced > 0).then(|| (t.sent.only_traced)(counts.only_traced));
    let too_many = (counts.found > MOST as u64).then(|| t.report.too_many_rows.to_owned());
    let kept = (t.sent.kept)(counts.kept, &t.bytes(counts.bytes));
    let plain = [too_many, untraced, only_traced, Some(kept)].into_iter().flatten();
    notes.extend(plain.map(|note| text_el("p", &note).class("weak")));
    notes
}

/// The table, of which only the rows that are seen are in the document.
fn rows(
    t: &'static Catalogue,
    session: Session,
    counts: Memo<SentCounts>,
    query: RwSignal<SentQuery>,
    ask: impl Fn(usize, usize) + Copy + 'static,
) -> El {
    let list = session.reports.sent;
    let total = move |counts: SentCounts| usize::try_from(counts.found).unwrap_or(MOST).min(MOST);
    // The rows between these are in the document.
    let seen = RwSignal::new((0, 2 * AHEAD));
    let words = StoredValue::new(sent_words(t));
    let body = el("tbody").lives(move || {
        let Some(window) = list.window.get() else { return Vec::new() };
        let (from, to) = seen.get();
        let first = from.clamp(window.from, window.from + window.messages.len());
        let end = to.clamp(first, window.from + window.messages.len());
        let mut parts = vec![space(first)];
        parts.extend(words.with_value(|words| shown(words, &window, first, end)));
        parts.push(space(total(window.counts).saturating_sub(end)));
        parts
    });
    let head = words.with_value(|words| {
        let columns = words.heads.iter().map(|name| column(name, ""));
        el("thead").add(el("tr").attr("aria-rowindex", "1").adds(columns))
    });
    let table = el("table")
        .class("grid report-table sent-table")
        .live_attr("aria-rowcount", move || Some((counts.get().found + 1).to_string()))
        .add(head)
        .add(body);
    let region = table_region(t.sent.title, table).class("table-region sent-rows");
    let scrolled: HtmlElement = region.cast();
    let look = move || {
        let at = |pixels: i32| usize::try_from(pixels).unwrap_or(0) / ROW;
        let total = total(counts.get_untracked());
        let first = at(scrolled.scroll_top()).min(total);
        let visible = at(scrolled.client_height()).clamp(10, 200);
        let wanted = (first.saturating_sub(AHEAD), first + visible + AHEAD);
        if seen.get_untracked() != wanted {
            seen.set(wanted);
        }
        let missing = list.window.with_untracked(|window| {
            window.as_ref().is_some_and(|window| {
                let end = window.from + window.messages.len();
                wanted.0 < window.from || wanted.1.min(total) > end
            })
        });
        if missing {
            ask(wanted.0.saturating_sub(AHEAD), visible + 4 * AHEAD);
        }
    };
    let top: HtmlElement = region.cast();
    region.on("scroll", move |_| look()).whenever(move || {
        // Another search starts at its top.
        query.track();
        top.set_scroll_top(0);
        seen.set((0, 2 * AHEAD));
    })
}

fn shown(words: &SentWords, window: &SentWindow, first: usize, end: usize) -> Vec<El> {
    let complete = window.counts.left_out == 0;
    let messages = window.messages.iter().enumerate().skip(first - window.from).take(end - first);
    let row = |(index, message): (usize, &SentMessage)| {
        let cells = words.cells(message, complete);
        let mut cells = cells.iter();
        let time = cells.next().map(|time| row_head(time, "nowrap"));
        // A text out of a file has its own direction of writing.
        let rest = cells.map(|text| cell(text, "name").attr("dir", "auto").attr("title", text));
        // The head is the first row.
        let number = window.from + index + 2;
        el("tr").attr("aria-rowindex", &number.to_string()).adds(time).adds(rest)
    };
    messages.map(row).collect()
}

/// Stands for rows that are not in the document.
fn space(rows: usize) -> El {
    let space = el("tr").class("space").attr("aria-hidden", "true").flag("hidden", rows == 0);
    space.style("height", &format!("{}px", rows * ROW))
}

/// The words of the list, on the page as in its file.
fn sent_words(t: &'static Catalogue) -> SentWords {
    let of_report = report_words(t, ReportKind::Senders);
    let heads = [
        t.sent.time,
        t.sent.recipients,
        t.sent.subject,
        t.sent.status,
        t.report.client,
        "TLS",
        t.report.cipher,
        t.report.methods,
    ];
    SentWords {
        heads: heads.map(str::to_owned),
        states: of_report.states,
        methods: of_report.methods,
        untraced: [t.sent.not_traced, t.sent.not_traced_or_kept].map(str::to_owned),
        not_recorded: t.tls.not_recorded.to_owned(),
        more: t.sent.more.to_owned(),
        several: t.sent.several.to_owned(),
    }
}
