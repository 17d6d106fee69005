use std::cmp::Ordering;

use leptos::prelude::*;

use super::name_of;
use crate::export::Cell;
use crate::order::sort_by;
use crate::page::copying::{copy_own, save_own};
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Picture, cell, panel, row_head, table_region};
use crate::page::view::{View, open_organization};
use crate::report::{OrganizationRow, Policy, Share, TlsCounts};
use crate::text::Catalogue;

/// What a file of it is called, up to its ending.
const NAME: &str = "organizations";

/// What a cell of the overview holds.
enum Figure {
    Text(String),
    /// `None` where no file tells of it.
    Count(Option<u64>),
    /// `None` where nothing is recorded.
    Share(Option<Share>),
}

/// One row for each organization, each the way into its own reports.
pub(crate) fn overview(t: &'static Catalogue, session: Session) -> El {
    let words = &t.organizations;
    let sort = RwSignal::new((0, false));
    let rows = move || {
        let mut rows: Vec<_> = session
            .organizations
            .with(|all| all.iter().map(|row| (row.name.clone(), figures(t, row))).collect());
        let (column, descending) = sort.get();
        sort_by(&mut rows, &|(_, a), (_, b)| {
            let order = compare(a.get(column), b.get(column));
            if descending { order.reverse() } else { order }
        });
        rows
    };
    let head = move || {
        let (current, descending) = sort.get();
        let heads = heads(t).into_iter().enumerate().map(|(index, (name, figure))| {
            // Numbers are looked at from the greatest, names from the first.
            let next = if index == current { !descending } else { figure };
            let sorter = button(&name, move || sort.set((index, next))).class("sorter");
            let arrow = if descending { " \u{2193}" } else { " \u{2191}" };
            let class = if figure { "figure" } else { "text" };
            let head = el("th").attr("scope", "col").class(class);
            if index != current {
                return head.add(sorter);
            }
            let order = if descending { "descending" } else { "ascending" };
            let mark = text_el("span", arrow).attr("aria-hidden", "true");
            head.attr("aria-sort", order).add(sorter.add(mark))
        });
        vec![el("tr").adds(heads)]
    };
    let body = move || {
        let row = |(name, figures): (String, Vec<Figure>)| {
            let mut figures = figures.into_iter();
            let shown = figures.next().map(|first| shown(t, &first)).unwrap_or_default();
            let open = move || open_organization(&View::Dashboard, Some(&name));
            let open = button(&shown, open).class("link row-name").attr("dir", "auto");
            let cell = |figure: Figure| {
                // Days and a domain or two stay in their line; many may wrap.
                let class = match &figure {
                    Figure::Text(text) if text.len() > 40 => "",
                    Figure::Text(_) => "nowrap",
                    Figure::Count(_) | Figure::Share(_) => "figure",
                };
                cell(&shown_or_dash(t, &figure), class)
            };
            el("tr").add(row_head("", "").add(open)).adds(figures.map(cell))
        };
        rows().into_iter().map(row).collect()
    };
    let whole = move || {
        let cell = |figure: Figure| match figure {
            Figure::Count(None) | Figure::Share(None) => Cell::Empty,
            Figure::Count(Some(count)) => Cell::Count(count),
            text => Cell::text(shown(t, &text)),
        };
        let heads = heads(t).into_iter().map(|(name, _)| name).collect();
        let rows = untrack(rows).into_iter();
        (heads, rows.map(|(_, row)| row.into_iter().map(cell).collect()).collect())
    };
    let export = button(t.report.export, move || save_own(NAME, whole()));
    let copy = copy_own(t, session, words.title, NAME, whole);
    let table = el("table").class("grid").add(el("thead").lives(head)).add(el("tbody").lives(body));
    let count = move || (words.summary)(session.organizations.with(Vec::len) as u64);
    panel("panel organizations", "organizations-title", Picture::MailFlow, words.title)
        .add(el("p").live_text(count))
        .add(text_el("p", words.note).class("weak"))
        .add(table_region(words.side_by_side, table))
        .add(el("div").class("buttons").add(export).add(copy))
}

/// The heads of the columns, and whether each is of numbers.
fn heads(t: &'static Catalogue) -> Vec<(String, bool)> {
    let words = &t.organizations;
    let protected = |direction: &str| format!("{direction}, {}", words.protected);
    [
        (words.organization.to_owned(), false),
        (words.outbound.to_owned(), true),
        (protected(words.outbound), true),
        (words.inbound.to_owned(), true),
        (protected(words.inbound), true),
        (words.below.to_owned(), true),
        (words.senders.to_owned(), true),
        (words.submissions.to_owned(), true),
        (words.insights.to_owned(), true),
        ([(t.readiness.policy)(Policy::OldTls), t.readiness.to_fix].join(": "), true),
        (words.days.to_owned(), false),
        (words.own_domains.to_owned(), false),
    ]
    .into()
}

fn figures(t: &'static Catalogue, row: &OrganizationRow) -> Vec<Figure> {
    let flow = row.mail_flow;
    let volume = |counts: TlsCounts| counts.volume();
    let (outbound, inbound) = (flow.map(|flow| flow.outbound), flow.map(|flow| flow.inbound));
    let both = flow.map(|flow| {
        let mut counts = flow.outbound;
        counts.add_all(&flow.inbound);
        counts
    });
    let to_fix = row.readiness.as_ref().and_then(|card| {
        let line = card.lines.iter().find(|line| line.policy == Policy::OldTls)?;
        line.period.map(|_| line.to_fix)
    });
    let periods = [flow.map(|flow| flow.period), row.smtp_auth.map(|auth| auth.period)];
    let days = periods.into_iter().flatten().next();
    vec![
        Figure::Text(name_of(t, row)),
        Figure::Count(outbound.map(volume)),
        Figure::Share(outbound.and_then(|counts| counts.protected_share())),
        Figure::Count(inbound.map(volume)),
        Figure::Share(inbound.and_then(|counts| counts.protected_share())),
        Figure::Count(both.map(|counts| counts.weak())),
        Figure::Count(row.smtp_auth.map(|auth| auth.senders)),
        Figure::Count(row.smtp_auth.map(|auth| auth.counts.volume())),
        Figure::Count(flow.map(|_| row.insights)),
        Figure::Count(to_fix),
        Figure::Text(days.map(|days| t.days_between(days.first, days.last)).unwrap_or_default()),
        Figure::Text(row.own_domains.join(", ")),
    ]
}

fn shown(t: &'static Catalogue, figure: &Figure) -> String {
    match figure {
        Figure::Text(text) => text.clone(),
        Figure::Count(count) => count.map(|count| t.count(count)).unwrap_or_default(),
        Figure::Share(share) => share.map(|share| t.percent(share)).unwrap_or_default(),
    }
}

/// Nothing is not 0.
fn shown_or_dash(t: &'static Catalogue, figure: &Figure) -> String {
    match figure {
        Figure::Count(None) | Figure::Share(None) => "\u{2013}".to_owned(),
        figure => shown(t, figure),
    }
}

fn compare(one: Option<&Figure>, other: Option<&Figure>) -> Ordering {
    match (one, other) {
        (Some(Figure::Text(one)), Some(Figure::Text(other))) => {
            one.to_lowercase().cmp(&other.to_lowercase())
        }
        (Some(Figure::Count(one)), Some(Figure::Count(other))) => one.cmp(other),
        (Some(Figure::Share(one)), Some(Figure::Share(other))) => {
            let part = |share: &Option<Share>| share.map_or(-1.0, Share::fraction);
            part(one).total_cmp(&part(other))
        }
        _ => Ordering::Equal,
    }
}
