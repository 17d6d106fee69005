use leptos::prelude::*;

use super::Session;
use crate::account::Owners;
use crate::messages::Request;
use crate::page::reading::Grouping;

/// A dropped file, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owned {
    /// Name or path to show.
    pub(crate) name: String,
    /// Whose it is, if the person said so of this file.
    pub(crate) by_hand: Option<Vec<String>>,
}

/// Several organizations side by side.
impl Session {
    /// Whether there are several.
    pub(crate) fn has_several(self) -> bool {
        self.organizations.with(|all| all.len() > 1)
    }

    /// Position of the organization that is looked at: the only one, or the one
    /// that the address names. `None` for the overview of several.
    pub(crate) fn looked_at(self) -> Option<usize> {
        let named = self.organization.get();
        self.organizations.with(|all| {
            let is_named = |name: &String| all.iter().position(|row| Owners::same(&row.name, name));
            named.as_ref().and_then(is_named).or((all.len() <= 1).then_some(0))
        })
    }

    /// Tells the worker whose figures are wanted.
    pub(super) fn look_at_organization(self) {
        let name = self.organization.get_untracked().unwrap_or_default();
        self.post(&Request::Open(name), &[]);
    }

    /// Name of the organization that the worker looks at.
    pub(crate) fn open_organization(self) -> String {
        let at = untrack(|| self.looked_at()).unwrap_or(0);
        self.organizations
            .with_untracked(|all| all.get(at).map(|row| row.name.clone()))
            .unwrap_or_default()
    }

    /// Every dropped file, and by what they are told apart.
    pub(crate) fn owned(self) -> (Grouping, Vec<Owned>) {
        self.intake(|intake| {
            let owned = intake
                .drops()
                .iter()
                .map(|drop| Owned { name: drop.name.clone(), by_hand: drop.by_hand.clone() });
            (intake.grouping(), owned.collect())
        })
    }

    /// The person says whose files are.
    pub(crate) fn group(self, grouping: Grouping, by_hand: Vec<Option<Vec<String>>>) {
        let effects = self.intake(|intake| intake.group(grouping, by_hand));
        if effects.is_empty() {
            return;
        }
        self.begin();
        self.carry_out(effects);
        self.show_reading();
    }
}
