use leptos::prelude::window;

use super::address;
use super::audit::Asked;
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
    /// A document to print.
    Audit(Asked),
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
        address::parse(&fragment())
    }

    /// Its address on this page, of the organization that is looked at.
    pub(crate) fn href(&self) -> String {
        self.href_of(named_organization().as_deref())
    }

    /// Its address, of that organization.
    pub(crate) fn href_of(&self, organization: Option<&str>) -> String {
        address::within(&address::of(self), organization)
    }

    /// Which report it is.
    pub(crate) fn report(&self) -> Option<ReportKind> {
        match self {
            Self::Report(shown) => Some(shown.query.report),
            Self::Dashboard | Self::Readiness(_) | Self::Audit(_) => None,
        }
    }

    /// What files that are made of it are called, up to what tells them apart.
    pub(crate) fn stem(&self) -> &'static str {
        match self {
            Self::Dashboard => "dashboard",
            Self::Readiness(_) => "readiness",
            Self::Audit(_) => "audit-report",
            Self::Report(shown) => match shown.query.report {
                ReportKind::Connectors => "connector-report",
                ReportKind::Senders => "smtp-auth-clients-report",
                ReportKind::Domains => "domains-report",
                ReportKind::Hosts => "hosts-report",
                ReportKind::DirectSend => "direct-send-report",
            },
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

/// The organization that the address names.
pub(crate) fn named_organization() -> Option<String> {
    address::organization(&fragment())
}

/// Goes to a view of that organization, or of the overview.
pub(crate) fn open_organization(view: &View, organization: Option<&str>) {
    // Fails only for a document that is going away.
    window().location().set_hash(&view.href_of(organization)).unwrap_or_default();
}

fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}
