//! The two reports: chart and table of one question.

mod chart_view;
mod compared;
mod controls;
mod details_flyout;
mod empty;
mod filter;
mod insights;
mod peers_note;
mod refused;
mod reports;

mod request;
mod rows_view;
mod sent_list;
mod sent_view;
mod table_view;
mod trend;
mod unusual;

pub(crate) use chart_view::day_series;
pub(crate) use controls::{PRESETS, filters};
pub(crate) use details_flyout::details_flyout;
pub(crate) use filter::{applied, filter_button, filter_dialog};
pub(crate) use insights::insight_told;
pub(crate) use reports::Reports;
pub(crate) use request::request_report;

use std::sync::Arc;

use leptos::prelude::*;

use self::chart_view::chart_view;
use self::compared::compared;
use self::controls::{command_bar, controls};
use self::empty::empty;
use self::insights::insights;
pub(crate) use self::insights::severity;
use self::refused::refused;
use self::table_view::table_view;
use self::trend::still;
use self::unusual::unusual;
use super::dom::{El, button, el, text_el};
use super::organizations::organization_choice;
use super::session::Session;
use super::shell::{Picture, fictitious, icon, remarks, view_title};
use super::view::View;
use crate::page::dates::written_days;
use crate::report::{Only, Report, ReportKind};
use crate::text::{Catalogue, no_name, report_title};

/// The head of a view: the way back, its title, and whose mail it is of.
pub(crate) fn view_bar(t: &'static Catalogue, session: Session, title: &str) -> El {
    let back = button("", || View::Dashboard.open())
        .class("back")
        .add(icon(Picture::Chevron))
        .text(t.shell.back);
    el("div")
        .class("view-bar")
        .add(back)
        .add(view_title(title))
        .live(move || fictitious(t, session))
        .live(move || organization_choice(t, session, false))
}

/// A report.
pub(crate) fn report(t: &'static Catalogue, session: Session, kind: ReportKind) -> El {
    let reports = session.reports;
    let title = report_title(t, kind);
    let table = Memo::new(move |_| reports.shown().table);
    let damaged = move || {
        let note = text_el("p", t.report.old_address).class("note");
        reports.damaged.get().then_some(note)
    };
    // Built anew for an answer, but not for other rows of the same.
    let body = move || {
        let Some(report) = reports.report.get() else {
            return vec![text_el("p", t.shell.loading)];
        };
        if let Some(empty) = empty(t, session, &report) {
            return vec![empty];
        }
        if table.get() {
            return Vec::new();
        }
        let mut parts = vec![chart_view(t, &report)];
        if report.trend.is_some() {
            parts.extend(still(t, session, &report));
            return parts;
        }
        match kind {
            // Of hosts there are none yet.
            ReportKind::Hosts => {}
            ReportKind::Senders => {
                parts.push(unusual(t, session));
                parts.extend(refused(t, reports, &report.refused));
            }
            _ => parts.push(insights(t, reports, &report)),
        }
        parts.push(compared(t, &report));
        parts
    };
    let remarked = move || {
        let of = |report: &Option<Arc<Report>>| report.as_ref().map(|report| report.remarks);
        remarks(t, &reports.report.with(of).unwrap_or_default(), written_days)
    };
    // Stays while its rows change: the search keeps the focus.
    let has_rows = Memo::new(move |_| {
        let any = |report: &Option<Arc<Report>>| report.as_ref().is_some_and(|r| r.rows_all > 0);
        table.get() && reports.report.with(any)
    });
    el("div")
        .class("report")
        .add(view_bar(t, session, title))
        .live(damaged)
        .add(command_bar(t, session, table))
        .add(controls(t, session, kind))
        .add(applied(t, session, |session| {
            let of = |report: &Option<Arc<Report>>| report.as_ref().map(|r| r.ignored.clone());
            session.reports.report.with(of).unwrap_or_default()
        }))
        .lives(remarked)
        .add(el("div").class("report-body").lives(body))
        .live(move || has_rows.get().then(|| table_view(t, session, kind)))
}

/// The name of what "Show data for" offers.
fn name_of(t: &'static Catalogue, only: &Only, kind: ReportKind) -> String {
    match only {
        Only::All if kind == ReportKind::Senders => t.report.all_domains.to_owned(),
        Only::All if kind == ReportKind::DirectSend => t.peers.all_direct.to_owned(),
        Only::All => t.report.all_flow.to_owned(),
        Only::Direction(direction) => (t.peers.direction)(*direction).to_owned(),
        Only::Peer(name) => name.as_deref().unwrap_or_else(|| no_name(t, kind)).to_owned(),
        Only::Connector(direction, name) => {
            (t.report.direction_and_name)(*direction, name.as_deref())
        }
        Only::Domain(domain) if domain.is_empty() => t.report.no_domain.to_owned(),
        Only::Domain(domain) => domain.clone(),
    }
}
