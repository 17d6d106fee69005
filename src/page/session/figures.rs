//! What the worker counted, as the page shows it.

use std::sync::Arc;

use leptos::prelude::*;

use super::Session;
use crate::account::{FileAccount, Problem};
use crate::messages::{Figures, FileOf};
use crate::order::sort_by;
use crate::page::reading::Intake;
use crate::report::Dashboard;

/// A file's account, with its place in the list of drops and its number among
/// the accounts of that place (an archive gives several).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FileRow {
    /// Place in the list of drops.
    pub(crate) place: u32,
    /// Position of the organization in the list of them.
    pub(crate) organization: u32,
    /// Number within the place.
    pub(crate) number: u32,
    /// What became of it; the same allocation as long as it is the same.
    pub(crate) account: Arc<FileAccount>,
}

impl FileRow {
    /// What it is known by.
    pub(crate) fn id(&self) -> (u32, u32, u32) {
        (self.place, self.organization, self.number)
    }
}

impl Session {
    pub(super) fn show_figures(self, figures: Figures) {
        let mut figures = Some(figures);
        if self.renewed(&mut figures) {
            return;
        }
        let Some(figures) = figures else { return };
        // While files are read again, the first figures of the new worker are
        // of less than is on the page; they come within moments.
        let (finished, held) = (figures.finished, figures.held.clone());
        self.show_counts(figures);
        if finished && self.heed(&held) {
            let effects = self.intake(Intake::again);
            self.carry_out(effects);
            return self.show_reading();
        }
        if finished {
            self.ask_report();
            let effects = self.intake(Intake::finished);
            self.carry_out(effects);
            self.ask_again();
            self.show_reading();
        }
    }

    pub(super) fn show_counts(self, figures: Figures) {
        let same = |known: &Dashboard| known.tls_reports == figures.dashboard.tls_reports;
        let same = self.dashboard.with_untracked(same);
        self.dashboard.set(figures.dashboard);
        self.organizations.set(figures.organizations);
        if !same {
            self.reported.update(|times| *times += 1);
        }
        self.show_files(figures.files);
    }

    /// Shows the worker's accounts, and those of the files it died of.
    pub(super) fn show_files(self, accounts: Vec<FileOf>) {
        let deadly = self.with(|inner| {
            inner
                .intake
                .deadly()
                .map(|(place, drop)| {
                    let starved = inner.starved.contains(&place);
                    let account = FileAccount {
                        name: drop.name.clone(),
                        bytes: drop.bytes,
                        problem: Some(if starved {
                            Problem::OutOfMemory
                        } else {
                            Problem::ReaderDied
                        }),
                        ..FileAccount::default()
                    };
                    (place, 0, account)
                })
                .collect::<Vec<_>>()
        });
        let old = self.files.get_untracked();
        let mut rows = Vec::with_capacity(accounts.len() + deadly.len());
        if accounts.is_empty() {
            // No news but of the deadly ones.
            let known = |row: &FileRow| (row.place, row.organization, Arc::clone(&row.account));
            rows.extend(old.iter().map(known));
            rows.retain(|(place, ..)| deadly.iter().all(|(dead, ..)| dead != place));
        }
        let news = accounts.into_iter().map(|file| (file.place, file.organization, file.account));
        let news = news.chain(deadly);
        rows.extend(news.map(|(place, of, account)| (place, of, Arc::new(account))));
        sort_by(&mut rows, &|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        let mut files: Vec<FileRow> = Vec::with_capacity(rows.len());
        for (place, organization, account) in rows {
            let last = files.last();
            let last = last.filter(|last| (last.place, last.organization) == (place, organization));
            let number = last.map_or(0, |last| last.number + 1);
            let mut row = FileRow { place, organization, number, account };
            // An account that did not change keeps its row on the page.
            let known = old.binary_search_by(|known| known.id().cmp(&row.id()));
            if let Some(known) = known.ok().and_then(|index| old.get(index))
                && known.account == row.account
            {
                row.account = Arc::clone(&known.account);
            }
            files.push(row);
        }
        self.files.set(files);
    }
}
