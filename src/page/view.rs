use leptos::prelude::window;

use super::address;
use crate::report::{Query, ReadinessQuery, ReportKind};

/// What fills the page below its header. Each has an address, so that the
/// browser's back and forward work, and a finding can be handed on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// The first screen, or the cards once there are files.
    #[default]
    Dashboard,
    /// A report.
    Report(Shown),
    /// What breaks if something old is switched off.
    Readiness(ReadinessQuery),
}

/// How a report is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    /// What it is asked.
    pub(crate) query: Query,
    /// The table ("View details table"), not the chart ("View report").
    pub(crate) table: bool,
}

impl Shown {
    /// A report as it is shown first.
    pub(crate) fn of(report: ReportKind) -> Self {
        Self { query: Query { report, ..Query::default() }, table: false }
    }
}

impl View {
    /// The view that the address names, and whether all of it was understood.
    pub(crate) fn current() -> (Self, bool) {
        address::parse(&window().location().hash().unwrap_or_default())
    }

    /// Its address on this page.
    pub(crate) fn href(&self) -> String {
        address::of(self)
    }

    /// Which report it is.
    pub(crate) fn report(&self) -> Option<ReportKind> {
        match self {
            Self::Report(shown) => Some(shown.query.report),
            Self::Dashboard | Self::Readiness(_) => None,
        }
    }

    /// Puts its address into the place of the one before.
    pub(crate) fn replace(&self) {
        // Fails only for a document that is going away.
        window().location().replace(&self.href()).unwrap_or_default();
    }

    /// Goes to its address; the way back leads to the one before.
    pub(crate) fn open(&self) {
        // Fails only for a document that is going away.
        window().location().set_hash(&self.href()).unwrap_or_default();
    }
}
