//! What is known of each organization, and what was counted of it.

use std::rc::Rc;

use super::Worker;
use crate::account::FileAccount;
use crate::engine::{Organization, Organizations};
use crate::import::Settings;
use crate::mail::Choices;
use crate::messages::{Figures, FileOf, Held};
use crate::report::{Dashboard, OrganizationRow, whole_dashboard};
use crate::tally::Tally;

/// The counts, and the account of every file with its place.
pub(super) type Counted = (Tally, Vec<(u32, FileAccount)>);

/// What is to be shown of an organization that nobody looks at more closely.
pub(super) struct Summary {
    pub(super) row: OrganizationRow,
    pub(super) dashboard: Dashboard,
    pub(super) files: Vec<(u32, FileAccount)>,
}

impl Worker {
    /// The organizations, which are to change; with the first files there are
    /// none yet.
    pub(super) fn organizations(
        &self,
        settings: Settings,
        said: Vec<(String, Choices)>,
    ) -> Organizations {
        let new = || Organizations::new(settings, said, self.open.borrow().clone());
        self.take().unwrap_or_else(new)
    }

    /// The organizations, which are to change.
    pub(super) fn take(&self) -> Option<Organizations> {
        self.forget_answers();
        self.organizations.borrow_mut().take()
    }

    /// Puts the organizations back, and counts those in the places `touched`.
    pub(super) fn put_back(&self, organizations: Organizations, touched: &[usize]) {
        let open = self.place_of_open(&organizations);
        let now = organizations.now();
        let mut summaries = self.summaries.borrow_mut();
        for (place, organization) in organizations.list().iter().enumerate() {
            if place < summaries.len() && !touched.contains(&place) {
                continue;
            }
            let counted = organization.analysis.figures();
            let dashboard = whole_dashboard(&counted.0, now);
            let row = OrganizationRow::new(&organization.name, &counted.0, &dashboard);
            let summary = Summary { row, dashboard, files: counted.1.clone() };
            match summaries.get_mut(place) {
                Some(known) => *known = summary,
                None => summaries.push(summary),
            }
            // Of all others only the summary is kept.
            if place == open {
                *self.counted.borrow_mut() = Some(Rc::new(counted));
            }
        }
        *self.organizations.borrow_mut() = Some(organizations);
    }

    pub(super) fn forget_answers(&self) {
        *self.counted.borrow_mut() = None;
        *self.answer.borrow_mut() = None;
        *self.unusual.borrow_mut() = None;
        *self.sent.borrow_mut() = None;
        self.readying.forget();
    }

    pub(super) fn forget_messages(&self) {
        *self.sent.borrow_mut() = None;
        if let Some(organizations) = &mut *self.organizations.borrow_mut() {
            organizations.forget_messages();
        }
    }

    /// What the page shows, of what was counted last.
    pub(super) fn figures(&self, finished: bool) -> Box<Figures> {
        let summaries = self.summaries.borrow();
        let open = self.organizations.borrow().as_ref().map_or(0, |all| self.place_of_open(all));
        let files = (0..).zip(&*summaries).flat_map(|(organization, summary)| {
            let files = summary.files.iter();
            files.map(move |(place, account)| FileOf {
                place: *place,
                organization,
                account: account.clone(),
            })
        });
        let organizations = self.organizations.borrow();
        let held = organizations.as_ref().map_or(&[][..], Organizations::list).iter().map(held);
        Box::new(Figures {
            held: held.collect(),
            dashboard: summaries.get(open).map(|open| open.dashboard.clone()).unwrap_or_default(),
            organizations: summaries.iter().map(|summary| summary.row.clone()).collect(),
            files: files.collect(),
            finished,
        })
    }

    /// The counts of the organization that is looked at, made once.
    pub(super) fn counted(&self) -> Rc<Counted> {
        let mut counted = self.counted.borrow_mut();
        let make = || {
            let organizations = self.organizations.borrow();
            let open = organizations.as_ref().and_then(|organizations| {
                organizations.list().get(self.place_of_open(organizations))
            });
            Rc::new(open.map(|open| open.analysis.figures()).unwrap_or_default())
        };
        Rc::clone(counted.get_or_insert_with(make))
    }

    pub(super) fn now(&self) -> u32 {
        self.organizations.borrow().as_ref().map_or(0, Organizations::now)
    }

    /// The name of the organization that is looked at, where there are several.
    pub(super) fn name_of_open(&self) -> Option<String> {
        let summaries = self.summaries.borrow();
        let organizations = self.organizations.borrow();
        let open = organizations.as_ref().map_or(0, |all| self.place_of_open(all));
        let row = summaries.get(open).filter(|_| summaries.len() > 1);
        row.map(|summary| summary.row.name.clone())
    }

    /// Which organization is looked at: the first, if none has that name.
    pub(super) fn place_of_open(&self, organizations: &Organizations) -> usize {
        organizations.find(&self.open.borrow()).unwrap_or(0)
    }
}

/// What saved analyses told of an organization beside its files.
fn held(organization: &Organization) -> Held {
    let analysis = &organization.analysis;
    Held {
        choices: analysis.choices().clone(),
        elsewhere: analysis.said_elsewhere().to_vec(),
        ticks: analysis.ticks().to_vec(),
    }
}
