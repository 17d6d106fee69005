//! What is to be done: insights, unusual activity, and the work lists of
//! Readiness with what is ticked off.

use super::paper::{days, filtered, more, section};
use crate::page::dom::{El, el, text_el};
use crate::page::readiness::{name_of_row, outcome_of};
use crate::page::report::insight_told;
use crate::page::shell::{cell, column, row_head, table};
use crate::report::{Audit, FindingKind, Readiness, ReadinessRow, Thing, ThingKind};
use crate::text::Catalogue;

/// Insights of all reports, and unusual activity.
pub(super) fn findings(t: &'static Catalogue, audit: &Audit) -> El {
    let reports = [&audit.connectors, &audit.domains.0, &audit.direct.0];
    let insights = reports.into_iter().flat_map(|report| &report.insights);
    let mut items = Vec::new();
    for (number, insight) in insights.enumerate() {
        // The Domains report tells some that the Connector report tells, too.
        let before = reports.into_iter().flat_map(|report| &report.insights).take(number);
        if !before.into_iter().any(|known| known == insight) {
            items.push(el("li").adds(insight_told(t, insight)));
        }
    }
    let list = if items.is_empty() {
        text_el("p", t.report.no_insights)
    } else {
        el("ul").class("paper-findings").adds(items)
    };
    section(t.audit.findings)
        .add(text_el("h4", t.report.insights))
        .add(list)
        .add(text_el("h4", t.report.unusual))
        .add(days(t, audit.unusual.period))
        .add(text_el("p", t.report.unusual_note).class("weak"))
        .adds((!audit.query.filter.is_empty()).then(|| text_el("p", t.filters.of_all)))
        .adds(unusual(t, audit))
}

fn unusual(t: &'static Catalogue, audit: &Audit) -> Vec<El> {
    let w = &t.audit;
    let found = &audit.unusual.findings;
    if found.is_empty() {
        return vec![text_el("p", t.report.nothing_unusual)];
    }
    let most = audit.query.rows as usize;
    let left = audit.unusual.more + found.len().saturating_sub(most) as u64;
    let mut parts = Vec::new();
    if audit.query.addresses {
        let items = found.iter().take(most).map(|finding| {
            let name = t.sender_name(finding);
            let sentence = t.finding_sentence(finding, &finding.day.to_string());
            el("li")
                .add(el("p").add(text_el("b", name).attr("dir", "auto")))
                .add(text_el("p", &sentence))
        });
        parts.push(el("ul").class("paper-findings").adds(items));
        parts.extend(more(t, left));
    } else {
        let kind = |kind: &FindingKind| match kind {
            FindingKind::AboveHabit { .. } => 0,
            FindingKind::Burst { .. } => 1,
            FindingKind::NewSender { .. } => 2,
            FindingKind::NewClient { .. } => 3,
            FindingKind::WeakerTls { .. } => 4,
        };
        let rows = w.finding_kinds.into_iter().enumerate().map(|(number, name)| {
            let count = found.iter().filter(|finding| kind(&finding.kind) == number).count();
            el("tr").add(row_head(name, "")).add(cell(&t.count(count as u64), "figure"))
        });
        let head = [column(w.finding, ""), column(w.how_many, "figure")];
        parts.push(table(t.report.unusual, "grid small", head, rows));
        parts.extend(more(t, audit.unusual.more));
    }
    let next = el("p").add(text_el("b", t.peers.next)).text(": ").text(w.finding_next);
    parts.push(next);
    parts
}

/// Readiness under each policy that was asked for.
pub(super) fn readiness(t: &'static Catalogue, audit: &Audit) -> Option<El> {
    if audit.readiness.is_empty() {
        return None;
    }
    let parts = audit.readiness.iter().flat_map(|(readiness, rows)| {
        let title = (t.readiness.policy)(readiness.query.policy);
        let mut parts = vec![text_el("h4", title).attr("dir", "auto")];
        let all = readiness.outcome.all();
        parts.extend(filtered(t, audit, all, &readiness.ignored));
        if all == 0 {
            if audit.query.filter.is_empty() {
                parts.push(text_el("p", t.audit.no_data));
            }
            return parts;
        }
        parts.push(text_el("p", (t.readiness.policy_note)(readiness.query.policy)).class("weak"));
        parts.push(days(t, readiness.period));
        parts.extend(outcome_of(t, readiness));
        parts.extend(work_list(t, audit, readiness, rows));
        parts
    });
    Some(section(t.readiness.title).adds(parts))
}

fn work_list(
    t: &'static Catalogue,
    audit: &Audit,
    readiness: &Readiness,
    rows: &[ReadinessRow],
) -> Vec<El> {
    let w = &t.readiness;
    let policy = readiness.query.policy;
    let mut parts = vec![text_el("h5", w.work_list)];
    if readiness.to_fix == 0 {
        parts.push(text_el("p", t.audit.nothing_to_fix));
        return parts;
    }
    parts.push(text_el("p", &(t.audit.done_of)(readiness.done, readiness.to_fix)));
    if !audit.query.addresses {
        return parts;
    }
    let line = |row: &ReadinessRow| {
        // A word beside the mark: fonts and ears may lack it.
        let done = if row.done { ["\u{2611} ", w.yes] } else { ["\u{2610} ", w.no] }.concat();
        let client = match &row.thing {
            Thing::Client { client, .. } => client.clone().unwrap_or_default(),
            _ => row.hosts.list.first().map(|(host, _)| host.clone()).unwrap_or_default(),
        };
        let figure = |amount: (u64, bool)| {
            cell(&t.amount(amount), if amount.0 == 0 { "figure zero" } else { "figure" })
        };
        let seen = row.seen.map(|(first, last)| t.days_between(first, last)).unwrap_or_default();
        let kind = text_el("span", (w.kind)(row.thing.kind())).class("weak second");
        el("tr")
            .add(cell(&done, "nowrap"))
            .add(row_head("", "name").add(text_el("bdi", name_of_row(t, row))).add(kind))
            .add(cell(&client, "name").attr("dir", "auto"))
            .adds([row.outcome.refused, row.outcome.untold, (row.outcome.all(), false)].map(figure))
            .add(cell(&seen, ""))
    };
    let figures = [w.refused, w.untold, w.all].map(|name| column(name, "figure"));
    let head = [column(w.done, ""), column(w.name, ""), column(w.client, "")];
    let head = head.into_iter().chain(figures).chain([column(w.seen, "")]);
    let label = [w.work_list, ": ", (w.policy)(policy)].concat();
    parts.push(table(&label, "grid small work", head, rows.iter().map(line)));
    parts.extend(more(t, readiness.rows.saturating_sub(rows.len() as u64)));
    let kinds =
        ThingKind::ALL.into_iter().filter(|kind| rows.iter().any(|row| row.thing.kind() == *kind));
    let todos = kinds.map(|kind| {
        el("li").add(text_el("b", (w.kind)(kind))).text(": ").text((w.todo_of)(policy, kind))
    });
    parts.push(text_el("h5", w.todo));
    parts.push(el("ul").adds(todos));
    parts
}
