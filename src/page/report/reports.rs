//! What the page knows of the report that it shows.

use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;

use super::sent_list::SentList;
use crate::messages::{Request, TableForm};
use crate::page::view::{Shown, View};
use crate::report::{
    By, Details, Field, Filter, Only, Query, Report, ReportKind, Rows, Span, Subject, Unusual,
};
use crate::text::{Catalogue, report_words};

/// Handle to the reports; copies are the same. They last as long as the page.
#[derive(Clone, Copy)]
pub(crate) struct Reports(&'static State);

impl Deref for Reports {
    type Target = State;

    fn deref(&self) -> &State {
        self.0
    }
}

/// What the reports show.
pub(crate) struct State {
    /// What fills the page.
    pub(crate) view: RwSignal<View>,
    /// Whether the address was not understood as a whole.
    pub(crate) damaged: RwSignal<bool>,
    /// The answer to the last question that has one.
    pub(crate) report: RwSignal<Option<Arc<Report>>>,
    /// The rows of its table that are here.
    pub(crate) window: RwSignal<Option<RowWindow>>,
    /// What is unusual in the days of the report.
    pub(crate) unusual: RwSignal<Option<Arc<Unusual>>>,
    /// Of which report "Request report" is open.
    pub(crate) requesting: RwSignal<Option<ReportKind>>,
    /// Of whom the flyout is.
    pub(crate) subject: RwSignal<Option<Subject>>,
    /// What is known of it.
    pub(crate) details: RwSignal<Option<Arc<Details>>>,
    /// Whether the dialog for the filter is open.
    pub(crate) filtering: RwSignal<bool>,
    /// What the data has in fields, as far as it was asked.
    pub(crate) known_values: RwSignal<Vec<(Field, Arc<Vec<String>>)>>,
    /// The messages of a sender.
    pub(crate) sent: SentList,
    /// How each report was last shown.
    last: StoredValue<[Shown; ReportKind::ALL.len()]>,
    /// Number of the last question.
    id: StoredValue<u32>,
}

/// Some rows of the table, and where they start.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RowWindow {
    /// Number of the first.
    pub(crate) from: usize,
    /// The rows.
    pub(crate) rows: Arc<Rows>,
}

impl Reports {
    /// Nothing asked yet.
    pub(crate) fn new() -> Self {
        Self(Box::leak(Box::new(State {
            view: RwSignal::new(View::Dashboard),
            damaged: RwSignal::new(false),
            report: RwSignal::new(None),
            window: RwSignal::new(None),
            unusual: RwSignal::new(None),
            requesting: RwSignal::new(None),
            subject: RwSignal::new(None),
            details: RwSignal::new(None),
            filtering: RwSignal::new(false),
            known_values: RwSignal::new(Vec::new()),
            sent: SentList::new(),
            last: StoredValue::new(ReportKind::ALL.map(Shown::of)),
            id: StoredValue::new(0),
        })))
    }

    /// Which report is shown; it changes less often than how.
    pub(crate) fn kind(self) -> Memo<Option<ReportKind>> {
        Memo::new(move |_| self.view.with(View::report))
    }

    /// How the report is shown.
    pub(crate) fn shown(self) -> Shown {
        self.view.with(|view| match view {
            View::Report(shown) => shown.clone(),
            View::Dashboard | View::Readiness(_) | View::Audit(_) => Shown::default(),
        })
    }

    /// Takes what the address says. The days stay the same from report to
    /// report.
    pub(crate) fn go(self, (view, understood): (View, bool)) {
        self.damaged.set(!understood);
        if let View::Report(shown) = &view {
            self.last.update_value(|last| {
                for known in last {
                    known.query.span = shown.query.span;
                    if known.query.report == shown.query.report {
                        *known = shown.clone();
                    }
                }
            });
            let other = self.report.with_untracked(|report| {
                report.as_ref().is_some_and(|known| known.query.report != shown.query.report)
            });
            if other {
                self.forget();
            }
        }
        self.view.set(view);
    }

    /// The view of a report as it was last left.
    pub(crate) fn view_of(self, report: ReportKind) -> View {
        let shown = self
            .last
            .with_value(|last| last.iter().find(|shown| shown.query.report == report).cloned());
        View::Report(shown.unwrap_or_else(|| Shown::of(report)))
    }

    /// Changes how the report is shown; the address follows.
    pub(crate) fn change(self, change: impl FnOnce(&mut Shown)) {
        let mut shown = untrack(|| self.shown());
        change(&mut shown);
        View::Report(shown).open();
    }

    /// The same without a step on the way back: for what changes at every key.
    pub(crate) fn replace(self, change: impl FnOnce(&mut Shown)) {
        let mut shown = untrack(|| self.shown());
        change(&mut shown);
        View::Report(shown).replace();
    }

    /// Which messages the view is of.
    pub(crate) fn filter(self) -> Filter {
        self.view.with(|view| match view {
            View::Report(shown) => shown.query.filter.clone(),
            View::Readiness(query) => query.filter.clone(),
            View::Audit(asked) => asked.query.filter.clone(),
            View::Dashboard => Filter::default(),
        })
    }

    /// Changes that; the address follows.
    pub(crate) fn set_filter(self, filter: Filter) {
        let mut view = self.view.get_untracked();
        match &mut view {
            View::Report(shown) => shown.query.filter = filter,
            View::Readiness(query) => query.filter = filter,
            View::Audit(asked) => asked.query.filter = filter,
            View::Dashboard => return,
        }
        view.open();
    }

    /// What a file of the report is called, up to its ending.
    pub(crate) fn file_name(self, rest: &str) -> String {
        let name = match self.view.with_untracked(View::stem) {
            // Its own have no such files; a request may be made of its flyouts.
            "dashboard" => "connector-report",
            name => name,
        };
        format!("{name}{rest}")
    }

    /// What a file of its table is called.
    pub(crate) fn table_name(self) -> String {
        let by_week = untrack(|| self.shown()).query.by == By::Trend;
        self.file_name(if by_week { "-by-week.csv" } else { ".csv" })
    }

    /// Asks for everything of one connector or domain.
    pub(crate) fn show_only(self, only: Only, table: bool) {
        self.change(|shown| {
            shown.query.only = only;
            shown.query.search.clear();
            shown.table = table;
        });
    }

    /// Nothing is known any more: the data has changed or gone.
    pub(crate) fn forget(self) {
        self.report.set(None);
        self.window.set(None);
        self.unusual.set(None);
        self.subject.set(None);
        self.known_values.set(Vec::new());
    }

    /// The question that the view asks.
    pub(crate) fn question(self, t: &'static Catalogue) -> Option<Request> {
        let View::Report(Shown { query, .. }) = self.view.get_untracked() else { return None };
        let id = self.id.get_value() + 1;
        self.id.set_value(id);
        let words = Box::new(report_words(t, query.report));
        Some(Request::Report { id, query: Box::new(query), words })
    }

    /// Number of the last question.
    pub(crate) fn last_id(self) -> u32 {
        self.id.get_value()
    }

    /// Takes the answer, unless another question has been asked since.
    pub(crate) fn answered(self, id: u32, report: Report, rows: Rows) {
        if id == self.id.get_value() {
            self.window.set(Some(RowWindow { from: 0, rows: Arc::new(rows) }));
            self.report.set(Some(Arc::new(report)));
        }
    }

    /// Asks for other rows of the table.
    pub(crate) fn rows_from(self, from: usize, count: usize) -> Request {
        let number = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Request::Rows { id: self.id.get_value(), from: number(from), count: number(count) }
    }

    /// Asks what is unusual, where the report is of senders.
    pub(crate) fn look_for_unusual(self) -> Option<Request> {
        let query = untrack(|| self.shown()).query;
        let senders = self.view.with_untracked(View::report) == Some(ReportKind::Senders);
        // Nothing of it is shown beside a trend, whose days are many.
        (senders && query.by != By::Trend)
            .then(|| Request::Unusual { id: self.id.get_value(), span: self.span() })
    }

    /// Takes what is unusual.
    pub(crate) fn looked_for(self, id: u32, unusual: Unusual) {
        if id == self.id.get_value() {
            self.unusual.set(Some(Arc::new(unusual)));
        }
    }

    /// Takes other rows.
    pub(crate) fn rows(self, id: u32, from: u32, rows: Rows) {
        if id == self.id.get_value() {
            let window = RowWindow { from: from as usize, rows: Arc::new(rows) };
            self.window.set(Some(window));
        }
    }

    /// Asks for the whole table.
    pub(crate) fn table(self, form: TableForm) -> Request {
        Request::Table { id: self.id.get_value(), form }
    }

    /// Opens the flyout of a sender or connector, and asks for what is in it.
    pub(crate) fn look_at(self, subject: Subject) -> Request {
        self.details.set(None);
        self.subject.set(Some(subject.clone()));
        Request::Details { id: self.id.get_value(), span: self.span(), subject }
    }

    /// Takes what is known of the subject.
    pub(crate) fn looked(self, id: u32, details: Details) {
        if id == self.id.get_value() {
            self.details.set(Some(Arc::new(details)));
        }
    }

    fn span(self) -> Span {
        let query: Query = untrack(|| self.shown()).query;
        query.days()
    }
}
