use leptos::prelude::*;

use super::filter::filter_button;
use super::name_of;
use crate::mail::Day;
use crate::messages::TableForm;
use crate::page::dom::{El, button, el, text_el};
use crate::page::keys::{EXPORT, SWITCH};
use crate::page::session::Session;
use crate::page::shell::{choice, field};
use crate::report::{By, Only, Period, ReportKind, Span};
use crate::text::Catalogue;

/// Presets of the period, in days.
pub(crate) const PRESETS: [u32; 3] = [7, 30, 90];

/// The commands of a report.
pub(super) fn command_bar(t: &'static Catalogue, session: Session, table: Memo<bool>) -> El {
    let reports = session.reports;
    let switch = button("", move || reports.change(|shown| shown.table = !shown.table))
        .class("primary")
        .key(SWITCH)
        .live_text(move || {
            let label = if table.get() { t.report.view_report } else { t.report.details_table };
            label.to_owned()
        });
    let none = move || {
        let rows = reports.report.with(|report| report.as_ref().map_or(0, |report| report.rows));
        (rows == 0).then(String::new)
    };
    let export = button(t.report.export, move || session.ask_for(reports.table(TableForm::Csv)))
        .live_attr("disabled", none)
        .key(EXPORT);
    let kind = reports.kind();
    let request = button(t.report.request, move || reports.requesting.set(kind.get_untracked()));
    el("div").class("command-bar").add(request).add(export).add(switch)
}

/// "Show data for", "View data by" and the filters.
pub(super) fn controls(t: &'static Catalogue, session: Session, kind: ReportKind) -> El {
    let reports = session.reports;
    let query = Memo::new(move |_| reports.shown().query);
    // What is offered comes with the answer; what is chosen is in the question.
    let offered = Memo::new(move |_| {
        reports.report.with(|report| {
            let choices = report.as_ref().map(|report| {
                report.choices.iter().map(|(only, _)| only.clone()).collect::<Vec<_>>()
            });
            let mut offered = vec![Only::All];
            offered.extend(choices.unwrap_or_default());
            offered
        })
    });
    let offers = move || {
        let chosen = query.with(|query| query.only.clone());
        let mut offers = offered.get();
        if !offers.contains(&chosen) {
            offers.push(chosen);
        }
        offers
    };
    let show = choice(
        "show-for",
        t.report.show_for,
        move || {
            let chosen = query.with(|query| query.only.clone());
            let option = |(index, only): (usize, Only)| {
                (index.to_string(), name_of(t, &only, kind), only == chosen)
            };
            let mut options: Vec<_> = offers().into_iter().enumerate().map(option).collect();
            let more = reports.report.with(|report| report.as_ref().map_or(0, |r| r.more_choices));
            if more > 0 {
                // Chosen, it does nothing: the table has them.
                options.push((String::new(), (t.report.more)(more), false));
            }
            options
        },
        move |index| {
            if let Some(only) = untrack(offers).into_iter().nth(index) {
                reports.change(|shown| shown.query.only = only);
            }
        },
    );
    let volume = match kind {
        ReportKind::Senders => t.report.sending_volume,
        _ => t.report.mail_flow,
    };
    let ways = [(By::Volume, volume), (By::Tls, t.report.tls_usage), (By::Trend, t.trend.name)];
    let by = Memo::new(move |_| query.with(|query| query.by));
    let view_by = choice(
        "view-by",
        t.report.view_by,
        move || {
            let option =
                |(way, name): (By, &str)| (name.to_owned(), name.to_owned(), way == by.get());
            ways.map(option).to_vec()
        },
        move |index| {
            if let Some((way, _)) = ways.get(index) {
                reports.change(|shown| shown.query.by = *way);
            }
        },
    );
    let span = Memo::new(move |_| reports.shown().query.days());
    // A few days tell nothing of a trend.
    let presets = |session: Session| match session.reports.shown().query.by {
        By::Trend => &PRESETS[..0],
        By::Volume | By::Tls => &PRESETS[..],
    };
    let period = |session: Session| {
        session.reports.report.with(|report| report.as_ref().and_then(|report| report.period))
    };
    let set = |session: Session, span| session.reports.change(|shown| shown.query.span = span);
    let filters = filters(t, session, span, period, presets, set);
    let filters = filters.add(filter_button(t, reports));
    el("div").class("controls").add(show).add(view_by).add(filters)
}

/// The period: presets and two dates. `period`: of the answer.
pub(crate) fn filters(
    t: &'static Catalogue,
    session: Session,
    span: Memo<Span>,
    period: fn(Session) -> Option<Period>,
    presets: fn(Session) -> &'static [u32],
    change: fn(Session, Span),
) -> El {
    let set = move |span| change(session, span);
    // Of the question, else of the answer.
    let days = Memo::new(move |_| match span.get() {
        Span::Days(first, last) => Some((first, last)),
        _ => period(session).map(|period| (period.first, period.last)),
    });
    let preset = choice(
        "period",
        t.report.period,
        move || {
            let span = span.get();
            let mut options: Vec<_> = presets(session)
                .iter()
                .map(|days| {
                    (days.to_string(), (t.report.last_days)(*days), span == Span::Last(*days))
                })
                .collect();
            options.push(("all".to_owned(), t.report.all_data.to_owned(), span == Span::All));
            if let Span::Last(days) = span
                && !PRESETS.contains(&days)
            {
                options.push((days.to_string(), (t.report.last_days)(days), true));
            }
            if matches!(span, Span::Days(..)) {
                options.push(("dates".to_owned(), t.report.own_dates.to_owned(), true));
            }
            options
        },
        move |index| {
            let presets = untrack(|| presets(session));
            match presets.get(index) {
                Some(days) => set(Span::Last(*days)),
                None if index == presets.len() => set(Span::All),
                None => {}
            }
        },
    );
    let date = |id, label, last: bool| {
        field(
            id,
            label,
            "date",
            "change",
            move || {
                let day = days.get().map(|(from, to)| if last { to } else { from });
                day.map(|day| day.to_string()).unwrap_or_default()
            },
            move |text| {
                let (Some(day), Some((from, to))) = (Day::parse(&text), days.get_untracked())
                else {
                    return;
                };
                set(if last { Span::Days(from, day) } else { Span::Days(day, to) });
            },
        )
    };
    let problem = move || {
        let ends_first = matches!(span.get(), Span::Days(first, last) if last < first);
        ends_first.then(|| text_el("p", t.report.ends_first).class("error").attr("role", "alert"))
    };
    el("fieldset")
        .class("filters")
        .add(text_el("legend", t.report.filters))
        .add(preset)
        .add(date("start-date", t.report.start_date, false))
        .add(date("end-date", t.report.end_date, true))
        .live(problem)
}
