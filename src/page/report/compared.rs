use super::name_of;
use crate::mail::TlsState;
use crate::page::chart::state_names;
use crate::page::dates::{with_covered, written};
use crate::page::dom::{El, el, text_el};
use crate::page::shell::{Picture, cell, column, panel, row_head, table};
use crate::report::{ROUNDED, Report, ReportKind, TlsCounts, Words};
use crate::text::{Catalogue, report_words};

/// The period before (RP-02): the difference in points and in messages, for
/// each version, connector or domain.
pub(super) fn compared(t: &'static Catalogue, report: &Report) -> El {
    let section = panel("panel compared", "compared-title", Picture::MailFlow, t.report.compared);
    let Some((period, before)) = &report.before else {
        return section.add(text_el("p", t.report.nothing_before).class("weak"));
    };
    let kind = report.query.report;
    let words = report_words(t, kind);
    let note = (t.report.compared_with)(period.days(), &written(t, period.last));
    let note = with_covered(t, note, period);
    let states = state_names(t);
    let mut head = vec![column(
        match kind {
            ReportKind::Senders => t.report.domain,
            _ => &words.name,
        },
        "",
    )];
    head.extend(states.map(|(_, name)| column(name, "figure")));
    head.push(column(t.report.now, "figure"));
    head.push(column(t.report.before, "figure"));
    head.push(column(t.report.change, "figure"));
    let line = |name: &str, now: &TlsCounts, before: &TlsCounts| {
        let change = now.volume().cast_signed() - before.volume().cast_signed();
        el("tr")
            .add(row_head(name, "name"))
            .adds(states.map(|(state, _)| difference(t, &words, state, now, before)))
            .add(cell(&t.count(now.volume()), "figure"))
            .add(cell(&t.count(before.volume()), "figure"))
            .add(cell(&words.difference(change), "figure"))
    };
    let total = line(t.report.total, &report.counts, before).class("total");
    let rows = report
        .compared
        .iter()
        .map(|of| line(&name_of(t, &of.of, kind), &of.now, &of.before))
        .chain([total]);
    let more = (report.not_compared > 0)
        .then(|| text_el("p", &(t.report.more)(report.not_compared)).class("weak"));
    section
        .add(text_el("p", &note).class("weak"))
        .add(table(t.report.change, "grid small", head, rows))
        .adds(more)
}

/// The share now, and below it how it and the count differ.
fn difference(
    t: &'static Catalogue,
    words: &Words,
    state: TlsState,
    now: &TlsCounts,
    before: &TlsCounts,
) -> El {
    let share = now.share(state);
    let shown = share.map_or_else(|| "\u{2013}".to_owned(), |share| t.percent(share));
    let count = now.get(state).cast_signed() - before.get(state).cast_signed();
    let rounded = now.is_rounded(state) || before.is_rounded(state);
    let mark = if rounded { ROUNDED } else { "" };
    let mut change = [mark, &words.difference(count)].concat();
    if let (Some(now), Some(before)) = (share, before.share(state)) {
        let points = (t.report.points)(&t.points(now, before));
        change = format!("{points}, {change}");
    }
    if now.get(state) == 0 && before.get(state) == 0 {
        return cell(&shown, "figure zero");
    }
    cell(&shown, "figure").text(" ").add(text_el("span", &change).class("weak change"))
}
