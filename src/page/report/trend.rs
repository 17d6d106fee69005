//! Whether old TLS versions go away: the weeks, each version, and who still
//! uses the weak ones.

use super::name_of;
use crate::mail::TlsState;
use crate::page::chart::week_chart;
use crate::page::dates::{written, written_days};
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Picture, cell, column, panel, row_head, table};
use crate::report::{Only, ROUNDED, Report, Seen, Still, Subject, TlsCounts, Trend, WEAK, Week};
use crate::text::Catalogue;

/// The weeks of the messages that are called `name`, and what they tell of
/// each version.
pub(super) fn weeks(t: &'static Catalogue, name: &str, trend: &Trend) -> Vec<El> {
    let undated = (trend.undated > 0).then(|| (t.trend.undated)(trend.undated));
    let (Some(first), Some(last)) = (trend.weeks.first(), trend.weeks.last()) else {
        let texts = [t.trend.no_weeks.to_owned()].into_iter().chain(undated);
        return texts.map(|text| text_el("p", &text)).collect();
    };
    let number = |is: fn(&Week) -> bool| trend.weeks.iter().filter(|week| is(week)).count() as u64;
    let shown = (t.trend.shown)(trend.weeks.len() as u64, &first.name(), &last.name());
    let mut notes = vec![shown];
    let partial = number(|week| week.covered() > 0 && !week.is_full());
    notes.extend((partial > 0).then(|| (t.trend.partial)(partial)));
    let gaps = number(|week| week.covered() == 0);
    notes.extend((gaps > 0).then(|| (t.trend.gaps)(gaps)));
    let counts = trend.counts();
    let silent = counts.amount(TlsState::NotRecorded);
    notes.extend((silent.0 > 0).then(|| (t.trend.silent)(&t.amount(silent))));
    notes.extend(undated);
    notes.extend(counts.any_rounded().then(|| t.tls.rounded.to_owned()));
    let notes = el("ul").class("trend-notes weak").adds(notes.iter().map(|n| text_el("li", n)));
    let mut parts = vec![week_chart(t, name, &trend.weeks), notes];
    parts.extend(last_seen(t, trend));
    parts.push(versions(t, trend));
    let short = trend.full().is_none_or(|(first, last)| first == last);
    parts.extend(short.then(|| text_el("p", t.trend.too_short).class("weak")));
    parts
}

/// A sentence for each weak version: when it was last seen.
fn last_seen(t: &'static Catalogue, trend: &Trend) -> Vec<El> {
    let (mut sentences, mut unseen) = (Vec::new(), Vec::new());
    for (state, seen) in states(trend).filter(|(state, _)| WEAK.contains(state)) {
        match seen.days {
            Some((_, day)) => {
                sentences.push((t.trend.last_seen_with)(t.tls_state(state), &written(t, day)));
            }
            None => unseen.push(t.tls_state(state)),
        }
    }
    sentences.extend((!unseen.is_empty()).then(|| (t.trend.not_seen)(&unseen.join(", "))));
    let items = sentences.iter().map(|text| text_el("li", text));
    vec![el("ul").class("trend-last").adds(items)]
}

/// The states that have a row: those that others always show, and any that was
/// seen. What is not recorded is no version.
fn states(trend: &Trend) -> impl Iterator<Item = (TlsState, &Seen)> {
    TlsState::ALL.into_iter().zip(&trend.versions).filter(|(state, seen)| match state {
        TlsState::Older | TlsState::VersionNotStated => seen.days.is_some(),
        state => state.is_recorded(),
    })
}

/// A row for each version: when it was seen, and how its share changed.
fn versions(t: &'static Catalogue, trend: &Trend) -> El {
    let full = trend.full();
    let mut head = vec![column(t.report.tls_version, "")];
    head.extend([t.trend.first_seen, t.trend.last_seen].map(|name| column(name, "")));
    head.push(column(t.report.message_count, "figure"));
    if let Some((first, last)) = full.filter(|(first, last)| first != last) {
        let share = |week: &Week| column(&(t.trend.share_in)(&week.name()), "figure");
        head.extend([share(first), share(last), column(t.report.change, "figure")]);
    }
    let dash = "\u{2013}";
    let rows = states(trend).map(|(state, seen)| {
        let day = |day: Option<crate::mail::Day>| {
            cell(&day.map_or_else(|| dash.to_owned(), |day| day.to_string()), "nowrap")
        };
        let zero = if seen.amount.0 == 0 { "figure zero" } else { "figure" };
        let row = el("tr")
            .add(row_head(t.tls_state(state), ""))
            .add(day(seen.days.map(|days| days.0)))
            .add(day(seen.days.map(|days| days.1)))
            .add(cell(&t.amount(seen.amount), zero));
        let Some((first, last)) = full.filter(|(first, last)| first != last) else { return row };
        let shares = (first.counts.share(state), last.counts.share(state));
        let rounded = first.counts.is_rounded(state) || last.counts.is_rounded(state);
        let mark = if rounded { ROUNDED } else { "" };
        let figure = |text: Option<String>| cell(&text.unwrap_or_else(|| dash.to_owned()), zero);
        let change = shares
            .0
            .zip(shares.1)
            .map(|(before, now)| [mark, &(t.report.points)(&t.points(now, before))].concat());
        row.add(figure(shares.0.map(|share| t.percent(share))))
            .add(figure(shares.1.map(|share| t.percent(share))))
            .add(figure(change))
    });
    table(t.trend.versions, "grid small", head, rows.collect::<Vec<_>>())
}

/// Who still uses the weak versions, with a way to each.
pub(super) fn still(t: &'static Catalogue, session: Session, report: &Report) -> Option<El> {
    let still = report.trend.as_ref()?.still.as_ref()?;
    let week = &still.week;
    let title = (t.trend.still)(&week.name());
    let section = panel("panel still", "still-title", Picture::Warning, &title);
    let days = written_days(t, week.monday, week.sunday());
    let note = if week.is_full() {
        (t.trend.still_full)(&days)
    } else {
        (t.trend.still_partial)(&days, week.covered())
    };
    let section = section.add(text_el("p", &note).class("weak"));
    if still.groups.is_empty() {
        return Some(section.add(text_el("p", t.trend.nobody)));
    }
    let kind = report.query.report;
    let reports = session.reports;
    let groups = still.groups.iter().map(|(only, counts)| {
        let name = name_of(t, only, kind);
        let of = only.clone();
        // Of the one that is shown, its details are what is left to see.
        let subject = match only {
            Only::Connector(direction, name) if report.query.only == *only => {
                Some(Subject::Connector(*direction, name.clone()))
            }
            _ => None,
        };
        let open = button(&name, move || match &subject {
            Some(subject) => session.ask_for(reports.look_at(subject.clone())),
            None => reports.change(|shown| shown.query.only = of.clone()),
        });
        line(t, still, open, &name, counts)
    });
    let groups = groups.collect::<Vec<_>>();
    let by_domain = matches!(still.groups.first(), Some((Only::Domain(_), _)));
    let title = if by_domain { t.trend.domains } else { t.trend.connectors };
    let mut parts = users(t, still, title, groups, still.more_groups);
    if !still.senders.is_empty() {
        let senders = still.senders.iter().map(|(subject, counts)| {
            let name = match subject {
                Subject::Sender(address, _) if !address.is_empty() => address,
                _ => t.report.no_address,
            };
            let of = subject.clone();
            let open = button(name, move || session.ask_for(reports.look_at(of.clone())));
            line(t, still, open, name, counts)
        });
        let senders = senders.collect::<Vec<_>>();
        parts.extend(users(t, still, t.trend.senders, senders, still.more_senders));
    }
    Some(section.adds(parts))
}

/// The weak states that the list has, each with a column.
fn used(still: &Still) -> impl Iterator<Item = TlsState> {
    let counts = still.week.counts;
    WEAK.into_iter().filter(move |state| *state != TlsState::Older || counts.get(*state) > 0)
}

fn line(t: &'static Catalogue, still: &Still, open: El, name: &str, counts: &TlsCounts) -> El {
    // A name out of a file has its own direction of writing.
    let open = open.class("link row-name").attr("dir", "auto").attr("title", name);
    let figures = used(still).map(|state| {
        let amount = counts.amount(state);
        cell(&t.amount(amount), if amount.0 == 0 { "figure zero" } else { "figure" })
    });
    el("tr").add(el("th").attr("scope", "row").class("name").add(open)).adds(figures)
}

fn users(t: &'static Catalogue, still: &Still, title: &str, rows: Vec<El>, more: u64) -> Vec<El> {
    let mut head = vec![column(title, "")];
    head.extend(used(still).map(|state| column(t.tls_state(state), "figure")));
    let more = (more > 0).then(|| text_el("p", &(t.report.more)(more)).class("weak"));
    [table(title, "grid small", head, rows)].into_iter().chain(more).collect()
}
