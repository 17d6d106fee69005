//! A saved analysis: all that is known of organizations, to go on with later
//! or elsewhere. What was read for it is known row by row, so whatever is read
//! beside it is joined with it, and second copies are known.

use serde::{Deserialize, Serialize};

use super::{Analysis, Counting};
use crate::account::{Elsewhere, FileAccount, NoMail, SavedFault};
use crate::import::{saved_body, saved_file};
use crate::mail::Choices;
use crate::tally::Partial;

/// What is saved of one organization.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SavedOrganization {
    /// Its name; empty where several are not told apart.
    pub name: String,
    /// What the person said of it.
    pub choices: Choices,
    /// What the person ticked off in Readiness.
    pub ticks: Vec<String>,
    /// Its files; their numbers are those of the store.
    files: Vec<FileAccount>,
    store: Partial,
}

/// All that is saved.
#[derive(Deserialize)]
struct Saved {
    /// Version of the program that saved it.
    _program: String,
    organizations: Vec<SavedOrganization>,
}

/// What saved analyses held beside files.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    /// Organizations are left for those who tell them apart.
    pub(super) apart: bool,
    /// Organizations that were left, each with the name of the file.
    pub(super) left: Vec<(String, SavedOrganization)>,
    /// What was said of the first of them, in an analysis of which nothing was
    /// said.
    pub(super) choices: Option<Choices>,
    pub(super) ticks: Vec<String>,
    /// What was said of each.
    said: Vec<Choices>,
}

/// Organizations as a file, before it is packed with gzip.
pub fn save(organizations: &[SavedOrganization]) -> Vec<u8> {
    let saved = (env!("CARGO_PKG_VERSION"), organizations);
    // Only a length that is not known beforehand could fail, and none is.
    saved_file(&postcard::to_allocvec(&saved).unwrap_or_default())
}

/// The organizations of a file that is not packed.
///
/// # Errors
/// [`SavedFault`] where it is not as it was saved.
pub fn read_saved(file: &[u8]) -> Result<Vec<SavedOrganization>, SavedFault> {
    organizations(saved_body(file)?)
}

fn organizations(body: &[u8]) -> Result<Vec<SavedOrganization>, SavedFault> {
    let read = postcard::take_from_bytes::<Saved>(body);
    let (saved, rest) = read.map_err(|_| SavedFault::Damaged)?;
    let sound = |known: &SavedOrganization| {
        known.store.files() as usize <= known.files.len() && known.store.is_sound()
    };
    if !rest.is_empty() || !saved.organizations.iter().all(sound) {
        return Err(SavedFault::Damaged);
    }
    let whole = saved.organizations.iter().all(SavedOrganization::adds_up);
    if whole { Ok(saved.organizations) } else { Err(SavedFault::Account) }
}

/// Whether a reader could have made this account, which is as it was before the
/// store told what became of `credited` rows of the file.
fn could_be(account: &FileAccount, credited: u64) -> bool {
    /// So many rows are in no file.
    const MOST: u64 = 1 << 53;
    let FileAccount { messages, joined, policies, duplicates, no_mail, unreadable, .. } = account;
    let in_order = no_mail.is_sorted_by(|(one, _), (other, _)| one < other)
        && unreadable.is_sorted_by(|(one, _), (other, _)| one < other);
    let told = [*messages, *joined, *policies, *duplicates];
    let left_out = no_mail.iter().map(|(_, rows)| *rows);
    let left_out = left_out.chain(unreadable.iter().map(|(_, rows)| *rows));
    let reasons_count = left_out.clone().all(|rows| rows > 0);
    let small = told.into_iter().chain(left_out).all(|rows| rows < MOST);
    // What was counted elsewhere is told of whole; all else the store tells.
    let is_whole = if account.is_counted_elsewhere() {
        credited == 0 && account.covered.is_none_or(|(one, other)| one.max(other) < MOST)
    } else {
        told == [0; 4]
            && account.covered.is_none()
            && no_mail.iter().all(|(reason, _)| *reason != NoMail::CoveredByMessages)
    };
    let read = account.format.is_some();
    in_order
        && reasons_count
        && small
        && is_whole
        && account.rows < MOST
        && account.rows
            == told.iter().sum::<u64>()
                + account.no_mail_rows()
                + account.unreadable_rows()
                + credited
        && read != account.problem.is_some()
        && (read || account.rows == 0)
        && account.period.is_none_or(|(first, last)| first <= last)
}

impl SavedOrganization {
    /// Whether every row of its files is accounted for, exactly once.
    fn adds_up(&self) -> bool {
        let Some(credited) = self.store.credited_rows() else { return false };
        let credited = credited.into_iter().chain(std::iter::repeat(0));
        self.files.iter().zip(credited).all(|(account, credited)| could_be(account, credited))
    }

    /// The accounts of its files, as those of a file of that name.
    fn accounts(&self, file: &str) -> Vec<FileAccount> {
        self.files.iter().map(|account| account.within(file)).collect()
    }
}

impl Counting<'_> {
    /// Takes up a saved analysis whose files have the numbers from `entry` on.
    pub(super) fn take_up(
        &mut self,
        entry: u32,
        name: &str,
        body: &[u8],
    ) -> Result<Vec<FileAccount>, SavedFault> {
        let organizations = organizations(body)?;
        if self.taken.apart {
            self.taken.left.extend(organizations.into_iter().map(|one| (name.to_owned(), one)));
            return Ok(Vec::new());
        }
        let several = organizations.len() > 1;
        let mut number = self.first + entry;
        let mut accounts = Vec::new();
        for known in organizations {
            let name = if several { format!("{name}/{}", known.name) } else { name.to_owned() };
            self.store.merge(number, &known.store);
            number += u32::try_from(known.files.len()).unwrap_or(u32::MAX);
            accounts.extend(known.accounts(&name));
            self.taken.said.push(known.choices.clone());
            if self.silent && self.taken.choices.is_none() {
                self.store.choose(&known.choices);
                self.taken.choices = Some(known.choices);
            }
            self.taken.add_ticks(known.ticks);
        }
        Ok(accounts)
    }
}

impl Taken {
    fn add_ticks(&mut self, ticks: Vec<String>) {
        for tick in ticks {
            if !self.ticks.contains(&tick) {
                self.ticks.push(tick);
            }
        }
    }
}

impl Analysis {
    /// All that is known, to be saved under the name of its organization, with
    /// what is ticked off in Readiness. Single messages that are kept are not
    /// in it.
    pub fn to_saved(&self, name: &str, ticks: Vec<String>) -> SavedOrganization {
        // It is within what saves it, not within what brought it here.
        let as_read = |(_, account): &(u32, FileAccount)| FileAccount {
            name: account.read_as().to_owned(),
            elsewhere: account.elsewhere.clone().filter(|way| matches!(way, Elsewhere::Counted(_))),
            ..account.clone()
        };
        SavedOrganization {
            name: name.to_owned(),
            choices: self.settings.choices.clone(),
            ticks,
            files: self.files.iter().map(as_read).collect(),
            store: self.store.to_partial(),
        }
    }

    /// Takes up what was saved of an organization, as the files of a file of
    /// that name, which stands at `place`. Where nothing was read or said yet,
    /// what was said there holds.
    pub fn take_up(&mut self, place: u32, name: &str, saved: SavedOrganization) {
        let first = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.store.merge(first, &saved.store);
        let silent = self.files.is_empty() && self.settings.choices == Choices::default();
        self.files.extend(saved.accounts(name).into_iter().map(|account| (place, account)));
        self.taken.add_ticks(saved.ticks);
        self.taken.said.push(saved.choices.clone());
        if silent {
            self.choose(saved.choices);
        }
    }

    /// Organizations of saved analyses are left to be handed out.
    pub(super) fn set_apart(&mut self) {
        self.taken.apart = true;
    }

    /// The organizations that were left by the file that was read last. Where
    /// it was nothing but a saved analysis, it is no file of this one.
    pub(super) fn leave(&mut self) -> Vec<(String, SavedOrganization)> {
        let left = std::mem::take(&mut self.taken.left);
        let last = self.files.last().map(|(place, _)| *place);
        let of_last = self.files.iter().rev().take_while(|(place, _)| Some(*place) == last);
        if !left.is_empty() && of_last.count() == 1 {
            self.files.pop();
        }
        left
    }

    /// Whether nothing was read.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What holds of what no file can say: what the person said, or what a
    /// saved analysis brought.
    pub const fn choices(&self) -> &Choices {
        &self.settings.choices
    }

    /// What was said in the saved analyses that were read, one by one.
    pub fn said_elsewhere(&self) -> &[Choices] {
        &self.taken.said
    }

    /// What was ticked off in Readiness in the saved analyses that were read.
    pub fn ticks(&self) -> &[String] {
        &self.taken.ticks
    }
}
