//! What became of the rows of a file.

use serde::{Deserialize, Serialize};

use super::border::OwnedBorder;
use crate::account::{FileAccount, Hop};

/// What became of the rows of a file.
#[derive(Debug, Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names of the field")]
pub(in super::super) struct Account {
    pub(in super::super) file: u32,
    /// Where it stands in the list of those that were given.
    pub(in super::super) place: u32,
    pub(in super::super) account: Box<FileAccount>,
    /// By what the hops of `account.path` tell whether they cross the border.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    borders: Vec<Option<OwnedBorder>>,
}

impl Account {
    pub(in super::super) fn of(file: u32, place: u32, account: FileAccount) -> Self {
        let known = account.path.iter().any(|hop| hop.border.is_some());
        let border = |hop: &Hop| hop.border.as_ref().map(OwnedBorder::of);
        let borders = if known { account.path.iter().map(border).collect() } else { Vec::new() };
        Self { file, place, account: Box::new(account), borders }
    }

    pub(in super::super) fn account(self) -> (u32, u32, FileAccount) {
        let mut account = *self.account;
        for (hop, border) in account.path.iter_mut().zip(self.borders) {
            hop.border = border.map(OwnedBorder::border);
        }
        (self.file, self.place, account)
    }
}
