//! What readers elsewhere told, counted here.

use super::{Analysis, Snapshot, Watch};
use crate::account::FileAccount;
use crate::import::{Pause, Sink};
use crate::tally::Store;

/// Nobody watches.
struct Unwatched;

impl Watch for Unwatched {
    fn pause(&mut self, _: &Snapshot<'_>) -> Pause {
        Pause::GoOn
    }
}

impl Analysis {
    /// What is known of all messages.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The same, to take note of what others know.
    pub fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Counts what `tell` hands on, by the numbers that files have there, and
    /// takes what it answers for the place and account of each, by number.
    ///
    /// # Errors
    /// Those of `tell`; what it handed on before counts.
    pub fn observed<E>(
        &mut self,
        tell: impl FnOnce(&mut dyn Sink) -> Result<Vec<(u32, FileAccount)>, E>,
    ) -> Result<(), E> {
        let mut watch = Unwatched;
        let (mut counting, _) = self.counting(0, &mut watch);
        let files = tell(&mut counting)?;
        self.files.extend(files);
        Ok(())
    }
}
