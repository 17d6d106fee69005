use leptos::prelude::*;

use crate::export::Cell;
use crate::page::copying::{OwnTable, copy_own, save_own};
use crate::page::dates::written_days;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Picture, cell, column, disclosure, panel, row_head, table};
use crate::report::{SessionLines, Sessions, TlsDomain, TlsReports};
use crate::text::Catalogue;

/// What a file of them is called, up to its ending.
const NAME: &str = "mailflow-tls-reports";
/// So many domains are open from the start.
const OPEN: usize = 3;
/// A longer list is opened by the person.
const SHORT: usize = 5;

/// What other senders report (RFC 8460): sessions, apart from the cards. Only
/// where there are reports.
pub(super) fn tls_reports(t: &'static Catalogue, session: Session) -> Option<El> {
    session.reported.track();
    session.dashboard.with_untracked(|dashboard| {
        let of = &dashboard.tls_reports;
        if of.domains.is_empty() {
            return None;
        }
        let w = &t.tls_reports;
        let domains = of.domains.iter().enumerate();
        let whole = move || session.dashboard.with_untracked(|of| as_table(t, &of.tls_reports));
        let export = button(t.report.download_csv, move || save_own(NAME, whole()));
        let copy = copy_own(t, session, w.title, NAME, whole);
        let section = panel("panel tls-reports", "tls-reports-title", Picture::Shield, w.title)
            .add(text_el("p", w.note))
            .adds(domains.map(|(index, of)| domain(t, of, index < OPEN)))
            .adds(more(t, of.more))
            .add(el("div").class("buttons").add(export).add(copy));
        Some(section)
    })
}

fn domain(t: &'static Catalogue, of: &TlsDomain, open: bool) -> El {
    let w = &t.tls_reports;
    let sentence = text_el("span", &(w.sentence)(of.sessions)).class("weak");
    let name = text_el("span", &of.domain).attr("dir", "auto");
    let policy = text_el("span", &t.policy(of)).class("badge");
    let heading = el("h3").add(name).text(" ").add(policy).text(" ").add(sentence);
    let days = written_days(t, of.days.0, of.days.1);
    let period = el("p").class("period").text(t.files.period).text(": ").text(&days);
    let part = |outcome: &str, sessions: u64| {
        el("span").class(outcome).style("flex-grow", &sessions.to_string())
    };
    let bar = el("div")
        .class("outcomes")
        .attr("aria-hidden", "true")
        .add(part("successful", of.sessions.successful))
        .adds((of.sessions.failed > 0).then(|| part("failed", of.sessions.failed)));
    let failures = (!of.failures.list.is_empty()).then(|| failures(t, of));
    let modes = (of.modes.list.len() > 1)
        .then(|| lines(t, of, [w.by_mode, w.policy], &of.modes, &|mode| (w.mode)(mode)));
    let organization = |name: &str| name.to_owned();
    let organizations =
        lines(t, of, [w.by_organization, w.organization], &of.organizations, &organization);
    let body = el("div")
        .class("details-body")
        .add(period)
        .add(bar)
        .adds(failures)
        .add(el("div").class("by").add(organizations).adds(modes));
    disclosure(heading, body).class("tls-domain").flag("open", open)
}

/// Each reason, with its meaning and what to do, and what the reports tell of
/// it.
fn failures(t: &'static Catalogue, of: &TlsDomain) -> El {
    let w = &t.tls_reports;
    let one = |(kind, _, sessions): &(String, String, Sessions)| {
        let [name, meaning, todo] = t.failure(kind);
        let code = (name != kind && !kind.is_empty()).then(|| text_el("code", kind).class("weak"));
        let head = el("p")
            .add(text_el("b", name))
            .text(" \u{b7} ")
            .add(text_el("span", &(w.sessions)(sessions.failed)).class("nowrap"))
            .text(" ")
            .adds(code);
        el("li")
            .add(head)
            .add(el("p").text(meaning).text(" ").text(todo))
            .adds(told(t, w.hosts, &of.hosts, kind))
            .adds(told(t, w.reasons, &of.reasons, kind))
    };
    let hidden = of.failures.more + of.hosts.more + of.reasons.more;
    el("div")
        .class("failures")
        .add(text_el("h4", w.failures))
        .adds(of.refuses().then(|| text_el("p", w.not_delivered)))
        .add(el("ul").adds(of.failures.list.iter().map(one)))
        .adds(more(t, hidden))
}

/// The lines of one result type.
fn told(t: &'static Catalogue, title: &str, of: &SessionLines, kind: &str) -> Option<El> {
    let of_kind = of.list.iter().filter(|(own, ..)| own == kind);
    let items: Vec<El> = of_kind
        .map(|(_, text, sessions)| {
            let number = text_el("span", &(t.tls_reports.sessions)(sessions.failed));
            el("li").add(text_el("code", text)).text(" ").add(number.class("weak nowrap"))
        })
        .collect();
    let count = items.len();
    let list = |items| el("ul").adds(items);
    match count {
        0 => None,
        1..=SHORT => Some(el("div").add(text_el("p", title).class("weak")).add(list(items))),
        _ => {
            let title = format!("{title} ({})", t.count(count as u64));
            Some(disclosure(text_el("span", &title), list(items)))
        }
    }
}

fn lines(
    t: &'static Catalogue,
    domain: &TlsDomain,
    [title, name]: [&str; 2],
    of: &SessionLines,
    name_of: &dyn Fn(&str) -> String,
) -> El {
    let w = &t.tls_reports;
    // Each domain has such a table.
    let label = [title, ": ", &domain.domain, ", ", &t.policy(domain)].concat();
    let head =
        [(name, ""), (w.successful, "figure"), (w.failed, "figure"), (w.share_failed, "figure")];
    let head = head.map(|(name, class)| column(name, class));
    let rows = of.list.iter().map(|(name, _, sessions)| row(t, &name_of(name), *sessions));
    let table = table(&label, "grid small", head, rows);
    el("div").add(text_el("h4", title)).add(table).adds(more(t, of.more))
}

fn row(t: &'static Catalogue, name: &str, of: Sessions) -> El {
    let share = of.failed_share().map(|share| t.exact_percent(share)).unwrap_or_default();
    el("tr")
        .add(row_head(name, "").attr("dir", "auto"))
        .adds([t.count(of.successful), t.count(of.failed), share].map(|text| cell(&text, "figure")))
}

fn more(t: &'static Catalogue, more: u64) -> Option<El> {
    (more > 0).then(|| text_el("p", &(t.report.more)(more)).class("weak"))
}

/// Everything that the panel shows, a line a row.
fn as_table(t: &'static Catalogue, reports: &TlsReports) -> OwnTable {
    let w = &t.tls_reports;
    let head = [
        w.domain,
        w.policy,
        t.report.start_date,
        t.report.end_date,
        w.by,
        w.name,
        w.detail,
        w.successful,
        w.failed,
    ];
    let mut rows = Vec::new();
    for of in &reports.domains {
        let (first, last) = (of.days.0.to_string(), of.days.1.to_string());
        let lists = [
            (w.by_organization, &of.organizations),
            (w.by_mode, &of.modes),
            (w.failures, &of.failures),
            (w.hosts, &of.hosts),
            (w.reasons, &of.reasons),
        ];
        for (index, (title, lines)) in lists.into_iter().enumerate() {
            for (name, detail, sessions) in &lines.list {
                let texts =
                    [&*of.domain, &*of.policy_type, &*first, &*last, title, &**name, &**detail];
                let mut row: Vec<Cell<'_>> =
                    texts.into_iter().map(|text| Cell::Text(text.to_owned().into())).collect();
                // Of a reason only failures are known.
                row.push(if index < 2 { Cell::Count(sessions.successful) } else { Cell::Empty });
                row.push(Cell::Count(sessions.failed));
                rows.push(row);
            }
        }
    }
    (head.map(str::to_owned).into(), rows)
}
